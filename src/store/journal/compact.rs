//! What many gestures come to: where nothing can be saved for long, the log must not grow without end.

use std::collections::{BTreeMap, BTreeSet};

use super::Transaction;
use super::record::EditRecord;
use crate::model::{Annotator, Lesson, ReportId};

/// One transaction that leads to where all of these lead.
///
/// Of the edits of one thing only the last is kept. What is said of reports that the list gains, loses or changes
/// meanwhile stays in its place between these changes, for it must not come before a report is there.
pub(super) fn compacted(transactions: Vec<Transaction>) -> Transaction {
    let at = transactions.first().map_or(0, |transaction| transaction.at);
    let (mut on, mut texts, mut all) = (Vec::new(), BTreeMap::new(), Vec::new());
    for transaction in transactions {
        on.extend(transaction.on);
        texts.extend(transaction.texts);
        all.extend(transaction.edits);
    }
    let listed: BTreeSet<ReportId> = all.iter().filter_map(listed).cloned().collect();
    let (bound, free): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|edit| edit.report().is_some_and(|report| listed.contains(report)));
    let mut edits = in_places(bound);
    edits.append(&mut lasting(&free));
    Transaction {
        at,
        on,
        texts: texts.into_iter().collect(),
        edits,
    }
}

/// The report that an edit adds to the list, takes from it or changes in it.
fn listed(edit: &EditRecord) -> Option<&ReportId> {
    edit.report().filter(|_| thing(edit).is_none())
}

/// Changes of the list of reports, with what lasts of the edits between them.
fn in_places(bound: Vec<EditRecord>) -> Vec<EditRecord> {
    let (mut edits, mut run): (Vec<EditRecord>, _) = (Vec::new(), Vec::new());
    for edit in bound {
        if thing(&edit).is_some() {
            run.push(edit);
            continue;
        }
        edits.append(&mut lasting(&std::mem::take(&mut run)));
        match (edits.last(), &edit) {
            // Taken away again, and changed again.
            (Some(EditRecord::InsertReport { report, .. }), EditRecord::RemoveReport(id))
                if report.id == *id =>
            {
                edits.pop();
            }
            (Some(EditRecord::SetReport(before)), EditRecord::SetReport(report))
                if before.id == report.id =>
            {
                edits.pop();
                edits.push(edit);
            }
            _ => edits.push(edit),
        }
    }
    edits.append(&mut lasting(&run));
    edits
}

/// The last edit of each thing, so ordered that each can be made: no decision comes before one that it overlaps is
/// gone, and no catalogue before all that need another one are.
fn lasting(run: &[EditRecord]) -> Vec<EditRecord> {
    let mut seen = BTreeSet::new();
    let is_last: Vec<bool> = run.iter().rev().map(|edit| seen.insert(thing(edit))).collect();
    let kept = run
        .iter()
        .zip(is_last.iter().rev())
        .filter(|(_, is_last)| **is_last);
    let mut kept: Vec<EditRecord> = kept.map(|(edit, _)| edit.clone()).collect();
    kept.sort_by_key(|edit| match edit {
        EditRecord::Decide { decision: None, .. } => 0,
        EditRecord::SetCatalogue(_) => 2,
        _ => 1,
    });
    kept
}

/// What an edit sets: a later edit of the same leaves nothing of it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Thing<'a> {
    Decision(&'a Annotator, &'a ReportId, (usize, usize)),
    Rejection(&'a Annotator, &'a ReportId, (usize, usize), &'a str),
    Conflict(&'a Annotator, &'a ReportId, (usize, usize)),
    Suggestions(&'a ReportId),
    Lesson(&'a Annotator, &'a Lesson),
    Waiver(&'a Annotator, &'a str),
    Catalogue,
    Rules,
    Guidelines,
    Title,
    Extractor,
}

/// What an edit sets; `None` for the list of reports.
fn thing(edit: &EditRecord) -> Option<Thing<'_>> {
    Some(match edit {
        EditRecord::Decide {
            annotator,
            report,
            span,
            ..
        } => Thing::Decision(annotator, report, *span),
        EditRecord::Reject {
            annotator,
            report,
            span,
            agent,
            ..
        } => Thing::Rejection(annotator, report, *span, agent),
        EditRecord::Contest {
            annotator,
            report,
            span,
            ..
        } => Thing::Conflict(annotator, report, *span),
        EditRecord::SetSuggestions { report, .. } => Thing::Suggestions(report),
        EditRecord::SetLesson {
            annotator, lesson, ..
        } => Thing::Lesson(annotator, lesson),
        EditRecord::SetWaiver {
            annotator, finding, ..
        } => Thing::Waiver(annotator, finding),
        EditRecord::SetCatalogue(_) => Thing::Catalogue,
        EditRecord::SetRules(_) => Thing::Rules,
        EditRecord::SetGuidelines(_) => Thing::Guidelines,
        EditRecord::SetTitle(_) => Thing::Title,
        EditRecord::SetExtractor(_) => Thing::Extractor,
        EditRecord::SetReport(_) | EditRecord::InsertReport { .. } | EditRecord::RemoveReport(_) => {
            return None;
        }
    })
}
