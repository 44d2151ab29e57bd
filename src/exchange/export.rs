//! Annotations out: which formats there are, and writing a layer in one of them.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use super::annotated::{Annotated, Mark, Refusal};
use super::losses::{Loss, Losses};
use super::ruler::Unit;
use super::target::Target;
use super::{
    brat, cas, conll, doccano, html, label_studio, mentions, sdmx_csv, spacy, tables, web_annotation,
    webanno_tsv, xbrl,
};
use crate::model::{Annotator, Project, Report, ReportId};
use crate::text::read::PageStart;

/// A format of annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Label Studio's JSON: tasks with annotations and predictions.
    LabelStudio,
    /// doccano's JSON Lines for sequence labelling.
    Doccano,
    /// JSON Lines as Prodigy writes them and spaCy's users read them.
    Spacy,
    /// brat's folder of `.txt` and `.ann`.
    Brat,
    /// CoNLL-2003's columns with IOB2 tags, one character a token.
    Conll,
    /// The W3C's Web Annotations in JSON-LD.
    WebAnnotation,
    /// UIMA's CAS in JSON, a folder with a file for each report.
    Cas,
    /// `INCEpTION`'s and `WebAnno`'s TSV 3.3, a folder with a file for each report.
    WebAnnoTsv,
    /// XBRL's facts as JSON, a folder with a file for each report and the taxonomy.
    XbrlJson,
    /// XBRL's facts as CSV, a folder with one table and the taxonomy.
    XbrlCsv,
    /// SDMX-CSV 2.0: observations as programs for statistics read them.
    SdmxCsv,
    /// Our own JSON Lines of mentions.
    Mentions,
    /// A table of observations as CSV.
    Csv,
    /// An Excel workbook: observations, reports and dismissed numbers.
    Xlsx,
    /// A table of observations as Parquet.
    Parquet,
    /// A page of HTML: the texts with their tags, and tables under them.
    Html,
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Self] = &[
        Self::LabelStudio,
        Self::Doccano,
        Self::Spacy,
        Self::Brat,
        Self::Conll,
        Self::WebAnnotation,
        Self::Cas,
        Self::WebAnnoTsv,
        Self::XbrlJson,
        Self::XbrlCsv,
        Self::SdmxCsv,
        Self::Mentions,
        Self::Csv,
        Self::Xlsx,
        Self::Parquet,
        Self::Html,
    ];

    /// Its name on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LabelStudio => "label-studio",
            Self::Doccano => "doccano",
            Self::Spacy => "spacy",
            Self::Brat => "brat",
            Self::Conll => "conll",
            Self::WebAnnotation => "web-annotation",
            Self::Cas => "cas-json",
            Self::WebAnnoTsv => "webanno-tsv",
            Self::XbrlJson => "xbrl-json",
            Self::XbrlCsv => "xbrl-csv",
            Self::SdmxCsv => "sdmx-csv",
            Self::Mentions => "jsonl",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
            Self::Html => "html",
        }
    }

    /// The format of this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.code() == code)
    }

    /// What its offsets count.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Doccano | Self::Cas | Self::WebAnnoTsv => Unit::Utf16,
            _ => Unit::CodePoints,
        }
    }

    /// Whether it can be read again; the others are for people, and for programs that only read.
    pub const fn comes_in(self) -> bool {
        !matches!(
            self,
            Self::XbrlCsv | Self::SdmxCsv | Self::Xlsx | Self::Parquet | Self::Html
        )
    }

    /// Whether it is a folder of files.
    pub const fn is_folder(self) -> bool {
        matches!(
            self,
            Self::Brat | Self::Cas | Self::WebAnnoTsv | Self::XbrlJson | Self::XbrlCsv
        )
    }

    /// What it cannot carry.
    pub const fn losses(self) -> &'static [Loss] {
        match self {
            Self::LabelStudio | Self::Spacy | Self::Html => {
                &[Loss::Before, Loss::Rejections, Loss::Conflicts]
            }
            Self::Brat | Self::Cas | Self::WebAnnoTsv => {
                &[Loss::Before, Loss::Rejections, Loss::Conflicts, Loss::Metadata]
            }
            Self::XbrlJson | Self::Csv | Self::Parquet => &[
                Loss::Before,
                Loss::Rejections,
                Loss::Conflicts,
                Loss::Metadata,
                Loss::Text,
                Loss::Dismissals,
            ],
            Self::XbrlCsv | Self::SdmxCsv => &[
                Loss::NameSpan,
                Loss::Origin,
                Loss::Before,
                Loss::Rejections,
                Loss::Conflicts,
                Loss::Metadata,
                Loss::Text,
                Loss::Dismissals,
            ],
            Self::WebAnnotation | Self::Mentions => &[
                Loss::Before,
                Loss::Rejections,
                Loss::Conflicts,
                Loss::Metadata,
                Loss::Text,
            ],
            Self::Xlsx => &[Loss::Before, Loss::Rejections, Loss::Conflicts, Loss::Text],
            Self::Conll => &[
                Loss::Fields,
                Loss::NameSpan,
                Loss::Origin,
                Loss::Before,
                Loss::Rejections,
                Loss::Conflicts,
                Loss::Metadata,
                Loss::Spacing,
            ],
            Self::Doccano => &[
                Loss::Fields,
                Loss::NameSpan,
                Loss::Origin,
                Loss::Before,
                Loss::Rejections,
                Loss::Conflicts,
                Loss::Metadata,
            ],
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What is written: one layer's decisions on some reports.
pub struct Selection<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its reports' texts.
    pub texts: &'a BTreeMap<ReportId, Arc<str>>,
    /// Whose layer.
    pub annotator: &'a Annotator,
    /// Which reports, in this order.
    pub reports: Vec<ReportId>,
    /// The project's folder, if it has one: where links lead.
    pub folder: Option<&'a Path>,
    /// Where the pages of what a report was read from begin, where it has pages.
    pub pages: BTreeMap<ReportId, Vec<PageStart>>,
}

/// What has been written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// So many reports.
    pub reports: usize,
    /// So many decisions.
    pub decisions: usize,
    /// What stayed behind.
    pub losses: Losses,
    /// What was refused, because a reader would find other words there.
    pub refused: Vec<Refusal>,
}

impl<'a> Selection<'a> {
    /// All reports of a project that a layer says something of, in the project's order.
    pub fn decided(
        project: &'a Project,
        texts: &'a BTreeMap<ReportId, Arc<str>>,
        annotator: &'a Annotator,
    ) -> Self {
        let ids = project.reports.iter().map(|report| &report.id);
        let is_decided = |id: &&ReportId| {
            project
                .layer(annotator, id)
                .is_some_and(|layer| !layer.is_empty())
        };
        let reports = ids.filter(is_decided).cloned().collect();
        Self {
            project,
            texts,
            annotator,
            reports,
            folder: None,
            pages: BTreeMap::new(),
        }
    }

    /// The reports that are written, each with its text.
    pub fn readable(&self) -> impl Iterator<Item = (&'a Report, &'a str)> {
        let ids = self.reports.iter();
        ids.filter_map(|id| Some((self.project.report(id)?, &**self.texts.get(id)?)))
    }

    /// Visits each report in turn, with offsets in `format`'s unit.
    pub(super) fn visit(
        &self,
        format: Format,
        mut visit: impl FnMut(&Annotated<'_>) -> io::Result<()>,
    ) -> io::Result<Written> {
        let mut written = Written {
            losses: Losses::of(format.losses()),
            ..Written::default()
        };
        for id in &self.reports {
            let report = self.project.report(id).zip(self.texts.get(id));
            let Some((report, text)) = report else {
                written.refused.push(Refusal {
                    report: id.clone(),
                    span: None,
                });
                continue;
            };
            let layer = self
                .project
                .layer(self.annotator, id)
                .cloned()
                .unwrap_or_default();
            let suggestions = self.project.suggested(id);
            let mut page = Annotated::new(
                (report, text),
                (&self.annotator.0, &layer),
                suggestions,
                format.unit(),
            );
            page.pages = self.pages.get(id).map_or(&[], Vec::as_slice);
            let carries = |mark: &Mark<'_>| format.losses().iter().all(|loss| loss.keeps(mark.ruling));
            page.marks.retain(carries);
            visit(&page)?;
            written.reports += 1;
            written.decisions += page.marks.len();
            written.refused.append(&mut page.refused);
            written.losses.add(report, &layer);
        }
        Ok(written)
    }
}

/// Writes a selection in a format that is one file; the same selection gives the same bytes.
///
/// # Errors
/// When `out` cannot be written to, or the format is a folder.
pub fn write(selection: &Selection<'_>, format: Format, out: &mut dyn Write) -> io::Result<Written> {
    write_from(selection, format, None, out)
}

/// The same, for a file that will stand in the folder `from`.
fn write_from(
    selection: &Selection<'_>,
    format: Format,
    from: Option<&Path>,
    out: &mut dyn Write,
) -> io::Result<Written> {
    match format {
        Format::LabelStudio => array(selection, format, out, label_studio::export::task),
        Format::Doccano => selection.visit(format, |page| line(out, &doccano::line(page))),
        Format::Spacy => selection.visit(format, |page| line(out, &spacy::line(page))),
        Format::Conll => selection.visit(format, |page| out.write_all(conll::report(page).as_bytes())),
        Format::WebAnnotation => web_annotation::write(selection, out),
        Format::Mentions => selection.visit(format, |page| {
            mentions::lines(page)
                .iter()
                .try_for_each(|mention| line(out, mention))
        }),
        Format::Csv => tables::csv::write(selection, out),
        Format::Xlsx => tables::workbook::write(selection, from, out),
        Format::Parquet => tables::parquet::write(selection, out),
        Format::Html => html::write(selection, out),
        Format::SdmxCsv => sdmx_csv::write(selection, out),
        Format::Brat | Format::Cas | Format::WebAnnoTsv | Format::XbrlJson | Format::XbrlCsv => Err(
            io::Error::new(io::ErrorKind::IsADirectory, "this format is a folder of files"),
        ),
    }
}

/// Writes a selection to a path: a file that appears whole or not at all, or a folder of such files.
///
/// # Errors
/// When something cannot be written there; what stood at the path of that file is then untouched.
pub fn save(selection: &Selection<'_>, format: Format, path: &Path) -> io::Result<Written> {
    if format.is_folder() {
        std::fs::create_dir_all(path)?;
        let mut put = |name: &str, bytes: &[u8]| {
            let mut target = Target::beside(&path.join(name))?;
            target.write_all(bytes)?;
            target.finish()
        };
        return write_folder(selection, format, &mut put);
    }
    let mut target = Target::beside(path)?;
    let written = write_from(selection, format, path.parent(), &mut target)?;
    target.finish()?;
    Ok(written)
}

/// Writes the labelling configuration that Label Studio needs for a selection; the file appears whole or not at all.
///
/// # Errors
/// When it cannot be written there; what stood at the path is then untouched.
pub fn save_config(selection: &Selection<'_>, path: &Path) -> io::Result<()> {
    let mut target = Target::beside(path)?;
    target.write_all(label_studio::config(selection).as_bytes())?;
    target.finish()
}

/// Hands over each file of a format that is a folder: its name and what it holds.
///
/// # Errors
/// When `put` fails, or the format is one file.
pub fn write_folder(
    selection: &Selection<'_>,
    format: Format,
    put: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
) -> io::Result<Written> {
    match format {
        Format::Brat => brat::write(selection, put),
        Format::Cas => cas::write(selection, put),
        Format::WebAnnoTsv => webanno_tsv::write(selection, put),
        Format::XbrlJson => xbrl::json::write(selection, put),
        Format::XbrlCsv => xbrl::csv::write(selection, put),
        _ => Err(io::Error::new(
            io::ErrorKind::NotADirectory,
            "this format is one file",
        )),
    }
}

fn line(out: &mut dyn Write, json: &serde_json::Value) -> io::Result<()> {
    serde_json::to_writer(&mut *out, json)?;
    out.write_all(b"\n")
}

/// One JSON array with an element for each report, each on a line of its own.
fn array(
    selection: &Selection<'_>,
    format: Format,
    out: &mut dyn Write,
    element: impl Fn(&Annotated<'_>) -> serde_json::Value,
) -> io::Result<Written> {
    let mut separator: &[u8] = b"[\n";
    let written = selection.visit(format, |page| {
        out.write_all(std::mem::replace(&mut separator, b",\n"))?;
        Ok(serde_json::to_writer(&mut *out, &element(page))?)
    })?;
    out.write_all(if written.reports == 0 { b"[]\n" } else { b"\n]\n" })?;
    Ok(written)
}
