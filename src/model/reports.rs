//! The list of a project's reports.

use std::collections::HashMap;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::{Report, ReportId};

/// Reports in the order of the list. It is cheap to clone, and a report is found by its id without looking at all.
#[derive(Clone, Default)]
pub struct Reports {
    list: Arc<Vec<Report>>,
    /// Where each report stands, or stood once: only a hint.
    places: Arc<HashMap<ReportId, usize>>,
}

impl Reports {
    /// The place of a report in the list.
    pub fn place(&self, id: &ReportId) -> Option<usize> {
        let hint = self.places.get(id).copied();
        let stands_there = |place: &usize| self.list.get(*place).is_some_and(|report| report.id == *id);
        hint.filter(stands_there)
            .or_else(|| self.list.iter().position(|report| report.id == *id))
    }

    /// The report with this id.
    pub fn find(&self, id: &ReportId) -> Option<&Report> {
        self.list.get(self.place(id)?)
    }

    /// The report with this id, to change it.
    pub fn find_mut(&mut self, id: &ReportId) -> Option<&mut Report> {
        let place = self.place(id)?;
        self.get_mut(place)
    }

    /// Adds a report at the end.
    pub fn push(&mut self, report: Report) {
        Arc::make_mut(&mut self.places).insert(report.id.clone(), self.list.len());
        Arc::make_mut(&mut self.list).push(report);
    }

    /// Adds a report at a place.
    ///
    /// # Panics
    /// When the list ends before that place.
    pub fn insert(&mut self, place: usize, report: Report) {
        Arc::make_mut(&mut self.list).insert(place, report);
        self.places = places(&self.list);
    }

    /// Takes the report at a place off the list.
    ///
    /// # Panics
    /// When there is none.
    pub fn remove(&mut self, place: usize) -> Report {
        let report = Arc::make_mut(&mut self.list).remove(place);
        self.places = places(&self.list);
        report
    }
}

fn places(list: &[Report]) -> Arc<HashMap<ReportId, usize>> {
    let places = list.iter().zip(0..);
    Arc::new(places.map(|(report, place)| (report.id.clone(), place)).collect())
}

impl From<Vec<Report>> for Reports {
    fn from(list: Vec<Report>) -> Self {
        Self {
            places: places(&list),
            list: Arc::new(list),
        }
    }
}

impl FromIterator<Report> for Reports {
    fn from_iter<I: IntoIterator<Item = Report>>(reports: I) -> Self {
        reports.into_iter().collect::<Vec<_>>().into()
    }
}

impl Deref for Reports {
    type Target = [Report];

    fn deref(&self) -> &[Report] {
        &self.list
    }
}

impl DerefMut for Reports {
    fn deref_mut(&mut self) -> &mut [Report] {
        let list: &mut Vec<Report> = Arc::make_mut(&mut self.list);
        list
    }
}

impl<'a> IntoIterator for &'a Reports {
    type Item = &'a Report;
    type IntoIter = std::slice::Iter<'a, Report>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl PartialEq for Reports {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl Eq for Reports {}

impl fmt::Debug for Reports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.list.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(id: &str) -> Report {
        Report {
            id: id.into(),
            title: String::new(),
            issuer: String::new(),
            date: String::new(),
            area: String::new(),
            period: String::new(),
            original: String::new(),
            encoding: String::new(),
            fingerprint: super::super::Fingerprint::default(),
        }
    }

    #[test]
    fn a_report_is_found_wherever_it_has_moved_to() {
        let mut reports: Reports = ["a", "b", "c"].map(report).into_iter().collect();
        let before = reports.clone();
        reports.remove(0);
        reports.push(report("d"));
        reports.insert(1, report("e"));
        reports.swap(0, 3);
        reports[2].id = "f".into();
        let found = ["a", "b", "c", "d", "e", "f"].map(|id| reports.place(&id.into()));
        assert_eq!(found, [None, Some(3), None, Some(0), Some(1), Some(2)]);
        assert_eq!(before.len(), 3, "what was cloned stays as it was");
    }
}
