//! Reading what belongs to reports and annotators: layers, suggestions, memories and waivers.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::error::Broken;
use super::folder::Guard;
use super::format::{self, Laid};
use super::read::{Got, Reader};
use super::{StoreNotice, layout};
use crate::model::{Annotator, Fingerprint, Layer, Memory, Report, ReportId, Suggestion};

/// The texts that layers and suggestions are laid over, with their fingerprints.
#[derive(Default)]
pub(super) struct Texts {
    /// The listed reports; one whose text is missing has none.
    texts: BTreeMap<ReportId, Option<(Arc<str>, Fingerprint)>>,
}

impl Texts {
    pub fn of(reports: &[Report], texts: &BTreeMap<ReportId, Arc<str>>) -> Self {
        let listed = reports.iter().map(|report| {
            let text = texts.get(&report.id).cloned();
            (
                report.id.clone(),
                text.map(|text| (text, report.fingerprint.clone())),
            )
        });
        Self {
            texts: listed.collect(),
        }
    }

    pub fn add(&mut self, report: ReportId, text: Option<(Arc<str>, Fingerprint)>) {
        self.texts.insert(report, text);
    }

    fn get(&self, id: &ReportId) -> Option<&(Arc<str>, Fingerprint)> {
        self.texts.get(id)?.as_ref()
    }

    fn lists(&self, id: &ReportId) -> bool {
        self.texts.contains_key(id)
    }
}

impl Reader<'_> {
    pub fn layer(&mut self, inner: &Path, texts: &Texts) -> Option<(Annotator, ReportId, Layer)> {
        let Got::Read(layered) = self.get(inner, format::read_layer) else {
            return None;
        };
        let (annotator, report) = (layered.annotator.clone(), layered.report.clone());
        let named = format!("{annotator}/{report}");
        let path = self.store.root.join(inner);
        if !belongs(inner, &layout::layer_path(&annotator, &report), &named) {
            let message =
                format!("the file is by `{annotator}` on `{report}`; expected the names of its path");
            self.leave_out(inner, Broken::whole(&path, message));
            return None;
        }
        let (text, print) = self.text_for(inner, &report, texts)?;
        let Laid {
            layer,
            unanchored,
            anchoring,
        } = layered.lay(text, print);
        self.known.entry(inner.to_owned()).or_default().unanchored = unanchored;
        if anchoring.is_notable() {
            self.notices.push(StoreNotice::Anchored {
                annotator: Some(annotator.clone()),
                report: report.clone(),
                anchoring,
                path,
            });
        }
        Some((annotator, report, layer))
    }

    pub fn suggestions(&mut self, inner: &Path, texts: &Texts) -> Option<(ReportId, Arc<[Suggestion]>)> {
        let Got::Read(suggested) = self.get(inner, format::read_suggestions) else {
            return None;
        };
        let report = suggested.report.clone();
        let path = self.store.root.join(inner);
        if !belongs(inner, &layout::suggestions_path(&report), &report.0) {
            let message = format!("the file is on `{report}`; expected the name of its path");
            self.leave_out(inner, Broken::whole(&path, message));
            return None;
        }
        let (text, print) = self.text_for(inner, &report, texts)?;
        let (suggestions, anchoring) = suggested.lay(text, print);
        if anchoring.is_notable() {
            self.notices.push(StoreNotice::Anchored {
                annotator: None,
                report: report.clone(),
                anchoring,
                path,
            });
        }
        Some((report, suggestions.into()))
    }

    pub fn memory(&mut self, inner: &Path) -> Option<(Annotator, Memory)> {
        let Got::Read((annotator, memory)) = self.get(inner, format::read_memory) else {
            return None;
        };
        let is_theirs = self.is_by(inner, &annotator, &layout::memory_path(&annotator));
        is_theirs.then_some((annotator, memory))
    }

    pub fn waivers(&mut self, inner: &Path) -> Option<(Annotator, BTreeMap<String, String>)> {
        let Got::Read((annotator, waivers)) = self.get(inner, format::read_waivers) else {
            return None;
        };
        let is_theirs = self.is_by(inner, &annotator, &layout::waivers_path(&annotator));
        is_theirs.then_some((annotator, waivers))
    }

    /// Whether a file by `annotator` stands at `plain`, where it belongs; elsewhere it is left out.
    fn is_by(&mut self, inner: &Path, annotator: &Annotator, plain: &Path) -> bool {
        let is_theirs = belongs(inner, plain, &annotator.0);
        if !is_theirs {
            let message = format!("the file is by `{annotator}`; expected the name of its path");
            self.leave_out(inner, Broken::whole(&self.store.root.join(inner), message));
        }
        is_theirs
    }

    /// The text that a record file is about; without one the file is guarded.
    fn text_for<'a>(
        &mut self,
        inner: &Path,
        report: &ReportId,
        texts: &'a Texts,
    ) -> Option<&'a (Arc<str>, Fingerprint)> {
        let found = texts.get(report);
        if found.is_none() {
            self.guard(inner, Guard::NotRead);
            // A listed report without a text has been told of already.
            if !texts.lists(report) {
                self.notices.push(StoreNotice::UnknownReport {
                    report: report.clone(),
                    path: self.store.root.join(inner),
                });
            }
        }
        found
    }
}

/// Whether a file stands where one with this content belongs.
///
/// Where the system takes names for the same that differ by case alone, a file may stand in a folder that is spelled
/// another way. Elsewhere such a name is another one, and one letter of the file has been damaged.
pub(super) fn belongs(inner: &Path, plain: &Path, name: &str) -> bool {
    let is_caseless = cfg!(any(windows, target_os = "macos"));
    inner == plain
        || is_caseless && layout::folded(inner) == layout::folded(plain)
        || layout::folded(inner) == layout::folded(&layout::told_apart(plain, name))
}
