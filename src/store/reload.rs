//! Reading one part of a project again, for example after another program has changed it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::error::OpenError;
use super::folder::Store;
use super::open::Opened;
use super::read::{Reader, read_prose, read_text};
use super::records::Texts;
use super::{Part, StoreNotice, format, layout};
use crate::model::{Report, ReportId};

impl Store {
    /// Reads one file again, for example after another program has changed it.
    ///
    /// `None` where the file is gone or is none of a project's. `reports` and `texts` are the
    /// project's own. After a text, the layers and suggestions on it are to be read again too. Timelines
    /// are none of these files: they only grow, and [`Store::timeline`] reads one.
    ///
    /// # Errors
    /// When the file cannot be read or understood; it is then not overwritten by a save.
    pub fn reload(
        &mut self,
        path: &Path,
        reports: &[Report],
        texts: &BTreeMap<ReportId, Arc<str>>,
    ) -> Result<(Option<Part>, Vec<StoreNotice>), OpenError> {
        let inner = self.inner(path);
        let mut notices = Vec::new();
        self.known.remove(&inner);
        let part = match inner.to_str() {
            Some(layout::HEAD) => {
                let mut opened = Opened::default();
                let head = self.open_head(&mut opened)?;
                notices = opened.notices;
                Some(Part::Head {
                    title: head.title,
                    language: head.language,
                    extractor: head.extractor,
                    reports: head.reports.into(),
                })
            }
            _ => self.reading(&mut notices, |reader| reader.part(&inner, reports, texts)),
        };
        Ok((part, notices))
    }
}

impl Reader<'_> {
    /// What one file holds, but for the head.
    fn part(
        &mut self,
        inner: &Path,
        reports: &[Report],
        texts: &BTreeMap<ReportId, Arc<str>>,
    ) -> Option<Part> {
        let over = Texts::of(reports, texts);
        match inner.to_str() {
            Some(layout::CATALOGUE) => self.get(inner, format::read_catalogue).map(Part::Catalogue),
            Some(layout::RULES) => self.get(inner, format::read_rules).map(Part::Rules),
            Some(layout::GUIDELINES) => self.get(inner, read_prose).map(Part::Guidelines),
            _ if inner.starts_with(layout::REPORTS) => {
                let report = reports
                    .iter()
                    .find(|report| self.store.text_file(&report.id) == inner);
                let report = report.map(|report| report.id.clone());
                report.and_then(|report| {
                    let text = self.get(inner, read_text);
                    text.map(|text| Part::Text { report, text })
                })
            }
            _ if inner.starts_with(layout::LAYERS) => {
                self.layer(inner, &over).and_then(|(annotator, report, layer)| {
                    let text = texts.get(&report)?.clone();
                    Some(Part::Layer {
                        annotator,
                        report,
                        layer,
                        text,
                    })
                })
            }
            _ if inner.starts_with(layout::SUGGESTIONS) => {
                self.suggestions(inner, &over).and_then(|(report, suggestions)| {
                    let text = texts.get(&report)?.clone();
                    Some(Part::Suggestions {
                        report,
                        suggestions,
                        text,
                    })
                })
            }
            _ if inner.starts_with(layout::MEMORY) => self
                .memory(inner)
                .map(|(annotator, memory)| Part::Memory { annotator, memory }),
            _ if inner.starts_with(layout::WAIVERS) => self
                .waivers(inner)
                .map(|(annotator, waivers)| Part::Waivers { annotator, waivers }),
            _ => None,
        }
    }
}
