//! Curating: equal decisions are merged by themselves, the rest is chosen point by point.

use std::collections::BTreeSet;

use super::{commit, naming, navigate, reading, submit};
use crate::app::action::{Front, Tab};
use crate::app::curation::Compared;
use crate::app::jobs::Lane;
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::ports::Ports;
use crate::app::state::AppState;
use crate::edit::Edit;
use crate::model::{DismissReason, Field, RejectReason, ReportId, Span};
use crate::query::curate::{Case, Point, Sides, Verdict};

/// Begins to curate, or goes back to the person's own layer.
pub(super) fn toggle(app: &mut AppState, ports: &mut Ports) {
    if app.curation.is_some() {
        app.curation = None;
        app.view.tab = Tab::Observations;
        navigate::change_layer(app, ports);
        return;
    }
    if reading::must_wait(app) {
        return;
    }
    compare(app, ports);
}

/// Lays the layers side by side in a job.
fn compare(app: &mut AppState, ports: &mut Ports) {
    app.wait("waiting.comparing", None);
    let (project, step) = (app.project.clone(), app.steps_made);
    submit(app, ports, Lane::Front, move || {
        Outcome::Compared(Box::new(Compared::of(&project, step)))
    });
}

/// Begins with the layers compared: what all say the same is merged as one step.
pub(super) fn begin(app: &mut AppState, ports: &mut Ports, compared: Option<Compared>) {
    app.waiting = None;
    let Some(compared) = compared else {
        app.notify(Message::NothingToCurate);
        return;
    };
    if compared.step != app.steps_made {
        // Something was done meanwhile, and who agrees with whom may be another matter.
        compare(app, ports);
        return;
    }
    app.review.on = false;
    app.view.tab = Tab::Cases;
    app.settings.show_table = true;
    app.settings.show_inspector = true;
    let edits = compared.unanimous;
    app.curation = Some(compared.curation);
    navigate::change_layer(app, ports);
    if !edits.is_empty() {
        let merged = edits.iter().filter(|edit| is_decision(edit)).count();
        if commit::commit(app, ports, "merge-agreed", edits) {
            app.notify(Message::AgreedMerged(merged));
        }
    }
    step(app, ports, true);
}

fn is_decision(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::Decide {
            decision: Some(_),
            ..
        }
    )
}

/// Compares the layers of reports again that edits were about.
pub(super) fn renew(app: &mut AppState, edits: &[Edit]) {
    let Some(curation) = &mut app.curation else {
        return;
    };
    let reports = edits.iter().filter_map(|edit| match edit {
        Edit::Decide { report, .. } | Edit::Reject { report, .. } => Some(report),
        _ => None,
    });
    let reports: BTreeSet<&ReportId> = reports.collect();
    if !reports.is_empty() {
        curation.renew(&app.project, reports.into_iter());
    }
}

/// Goes to the next or previous case that is listed.
pub(super) fn step(app: &mut AppState, ports: &mut Ports, forward: bool) {
    let Some(curation) = &app.curation else {
        return;
    };
    let listed = &curation.listed;
    let key = |report: &ReportId, span: Span| (app.project.reports.place(report), span);
    let here = app.view.report.as_ref().zip(app.view.current);
    let here = here.map(|(report, span)| key(report, span));
    let place = |(report, span): &(ReportId, Span)| key(report, *span);
    let next = if forward {
        let behind = listed.partition_point(|case| here.is_some_and(|here| place(case) <= here));
        listed.get(behind).or(listed.first())
    } else {
        let before = listed.partition_point(|case| here.is_some_and(|here| place(case) < here));
        before.checked_sub(1).map_or(listed.last(), |at| listed.get(at))
    };
    match next.cloned() {
        Some((report, span)) => navigate::show_report(app, ports, &report, Some(span)),
        None => app.notify(Message::CurationComplete),
    }
}

/// Lists settled and agreed cases too, or only those that differ.
pub(super) fn list_all(app: &mut AppState, all: bool) {
    if let Some(curation) = &mut app.curation {
        curation.show_all = all;
        curation.list(&app.project);
    }
}

/// Takes what one annotator says: of the point that is being chosen, or of the whole case.
pub(super) fn take(app: &mut AppState, side: usize) {
    let Some(case) = app.current_case().cloned() else {
        app.notify(Message::NothingToDecide);
        return;
    };
    let Some(curation) = app.curation.as_mut().filter(|_| side < case.readings.len()) else {
        return;
    };
    match curation.point {
        None => curation.verdict = Some(Verdict::whole(&case, side)),
        Some(point) => {
            let verdict = curation.verdict.get_or_insert_with(|| Verdict::of(&case));
            if verdict.take(&case, point, side) {
                curation.point = verdict.open().next().or(Some(point));
            } else {
                app.notify(Message::NoAlternative);
            }
        }
    }
}

/// Goes to the next or previous point on which the readings differ; past the last one to the case as a whole.
pub(super) fn step_point(app: &mut AppState, forward: bool) {
    let points = app
        .current_case()
        .map(|case| case.difference().points)
        .unwrap_or_default();
    let Some(curation) = &mut app.curation else {
        return;
    };
    let at = curation
        .point
        .and_then(|point| points.iter().position(|other| *other == point));
    let next = match (at, forward) {
        (Some(at), true) => Some(at + 1),
        (Some(at), false) => at.checked_sub(1),
        (None, true) => Some(0),
        (None, false) => points.len().checked_sub(1),
    };
    curation.point = next.and_then(|next| points.get(next)).copied();
}

/// Says something else of a field than any of the annotators.
pub(super) fn set_words(app: &mut AppState, field: Field, words: &str) {
    let Some(case) = app.current_case().cloned() else {
        return;
    };
    let place = naming::place_of(app, case.span, words.trim());
    let draft = navigate::draft(app, case.span);
    let Some(curation) = &mut app.curation else {
        return;
    };
    let verdict = curation.verdict.get_or_insert_with(|| Verdict::of(&case));
    if let (None, Some(draft)) = (verdict.observation(), draft) {
        // Nobody has tagged the words, so there is nothing yet that could have a field.
        verdict.observe(draft);
    }
    match verdict.set_words(field, words) {
        Ok(()) if field == Field::IndicatorText => verdict.set_name_place(place),
        Ok(()) => {}
        Err(error) => app.notify(Message::FieldRefused(error)),
    }
}

/// Says which words name the indicator, whatever the annotators have taken.
pub(super) fn set_name(app: &mut AppState, name: Span, words: &str) {
    set_words(app, Field::IndicatorText, words);
    let verdict = app
        .curation
        .as_mut()
        .and_then(|curation| curation.verdict.as_mut());
    if let Some(verdict) = verdict {
        verdict.set_name_place(Some(name));
    }
}

/// Says where the words of the current case begin and end.
pub(super) fn set_edges(app: &mut AppState, span: Span) {
    if let (Some(case), Some(curation)) = (app.current_case().cloned(), &mut app.curation) {
        let verdict = curation.verdict.get_or_insert_with(|| Verdict::of(&case));
        verdict.set_edges(span);
    }
}

/// Where the words of the current case begin and end by what has been chosen so far.
pub(super) fn edges(app: &AppState) -> Option<Span> {
    let case = app.case_at_hand()?;
    let verdict = app.curation.as_ref()?.verdict.as_ref();
    Some(verdict.map_or(case.span, Verdict::span))
}

/// Rules that the words of the current case are no value, for this reason.
pub(super) fn dismiss(app: &mut AppState, ports: &mut Ports, reason: DismissReason) {
    let Some(case) = app.current_case().cloned() else {
        return;
    };
    let mut verdict = Verdict::of(&case);
    verdict.dismiss(reason);
    verdict.set_edges(case.span);
    let by = app.person();
    write(app, ports, |sides| sides.settle(&case, &verdict, &by));
}

/// Opens the editor of the field that is being chosen.
pub(super) fn edit_point(app: &mut AppState) {
    let point = app.curation.as_ref().and_then(|curation| curation.point);
    let field = match point {
        Some(Point::Of(Field::Indicator)) => {
            app.view.front = Some(Front::ChooseIndicator);
            return;
        }
        Some(Point::Of(field)) => Some(field),
        _ => app
            .current_case()
            .and_then(|case| case.difference().fields().next()),
    };
    match field {
        Some(field) => app.view.editing = Some(field),
        None => app.notify(Message::NothingToDecide),
    }
}

/// Carries the verdict out, or goes to what is still to be chosen; a settled case may be settled anew.
pub(super) fn settle(app: &mut AppState, ports: &mut Ports) {
    let verdict = app
        .curation
        .as_ref()
        .and_then(|curation| curation.verdict.clone());
    let (Some(case), Some(verdict)) = (app.current_case().cloned(), verdict) else {
        if app.current_case().is_some_and(Case::is_open) {
            step_point(app, true);
        } else {
            step(app, ports, true);
        }
        return;
    };
    if let Some(open) = verdict.open().next() {
        if let Some(curation) = &mut app.curation {
            curation.point = Some(open);
        }
        app.notify(Message::NotAllChosen);
        return;
    }
    let by = app.person();
    write(app, ports, |sides| sides.settle(&case, &verdict, &by));
}

/// Rules that there is nothing here that the data set wants.
pub(super) fn nothing_here(app: &mut AppState, ports: &mut Ports) {
    if let Some(case) = app.current_case().cloned() {
        let by = app.person();
        write(app, ports, |sides| sides.nothing_here(&case, &by));
    }
}

/// Rules that nobody is right: the words stay open in the curated layer.
pub(super) fn nobody(app: &mut AppState, ports: &mut Ports) {
    if let Some(case) = app.current_case().cloned() {
        write(app, ports, |sides| sides.nobody(&case, RejectReason::Value));
    }
}

/// Takes back what the curated layer says of the current case.
pub(super) fn reopen(app: &mut AppState, ports: &mut Ports) {
    let Some((case, report)) = app.current_case().cloned().zip(app.view.report.clone()) else {
        return;
    };
    let edits = edits_by(app, &report, |sides| sides.reopen(&case));
    commit::commit(app, ports, "curate-again", edits);
}

fn write(app: &mut AppState, ports: &mut Ports, make: impl FnOnce(&Sides<'_>) -> Vec<Edit>) {
    let Some(report) = app.view.report.clone() else {
        return;
    };
    let edits = edits_by(app, &report, make);
    if edits.is_empty() {
        return;
    }
    commit::commit(app, ports, "curate", edits);
    step(app, ports, true);
}

fn edits_by(app: &AppState, report: &ReportId, make: impl FnOnce(&Sides<'_>) -> Vec<Edit>) -> Vec<Edit> {
    let annotators = app
        .curation
        .as_ref()
        .map(|curation| curation.annotators.as_slice());
    let sides = annotators.and_then(|annotators| Sides::of(&app.project, report, annotators));
    sides.map_or_else(Vec::new, |sides| make(&sides))
}
