//! Deciding: tag, dismiss, accept, correct, reopen.

use std::sync::Arc;

use super::{commit, curate, naming, navigate};
use crate::app::action::Front;
use crate::app::notice::Message;
use crate::app::ports::Ports;
use crate::app::state::{AppState, Proposal};
use crate::edit::Edit;
use crate::model::{
    Comparator, Decision, DismissReason, Field, IndicatorId, Observation, Provenance, RejectReason, Ruling,
    Span, ValueNature,
};

/// Accepts what the decision bar shows; goes on when the words have been decided on already.
pub(super) fn accept(app: &mut AppState, ports: &mut Ports) {
    if app.selection().is_none() && app.current_decision().is_some() {
        navigate::advance(app, ports);
        return;
    }
    let Some(span) = app.target() else {
        // Enter with nothing current begins the work.
        navigate::step(app, navigate::Among::Open, true);
        return;
    };
    let proposal = app.view.proposal.clone().filter(|proposal| proposal.span == span);
    let Some(proposal) = proposal.or_else(|| navigate::propose(app, span)) else {
        return;
    };
    let unnamed = proposal
        .ruling
        .observation()
        .is_some_and(|observation| observation.indicator.is_none() && observation.indicator_text.is_empty());
    if unnamed {
        app.view.front = Some(Front::ChooseIndicator);
        return;
    }
    let decision = match &proposal.suggestion {
        None => Decision::manual(span, proposal.ruling),
        Some(suggestion) => Decision::accepted(suggestion).ruled(proposal.ruling),
    };
    decide(app, ports, "accept", decision);
}

/// Tags the target as a value of a catalogue entry.
pub(super) fn tag_as(app: &mut AppState, ports: &mut Ports, id: &IndicatorId) {
    app.view.front = None;
    if app.case_at_hand().is_some() {
        curate::set_words(app, Field::Indicator, &id.to_string());
        return;
    }
    let Some(span) = app.target() else {
        app.notify(Message::NothingToDecide);
        return;
    };
    let Some((decision, mut observation)) = starting_point(app, span) else {
        return;
    };
    observation.indicator = Some(id.clone());
    if observation.indicator_text.is_empty()
        && let Some(entry) = app.project.catalogue.get(id)
    {
        observation.indicator_text.clone_from(&entry.name);
    }
    decide(app, ports, "tag", decision.ruled(Ruling::Tagged(observation)));
}

/// Dismisses the target for a reason, which becomes the reason of the next dismissal.
pub(super) fn dismiss(app: &mut AppState, ports: &mut Ports, reason: DismissReason) {
    app.view.front = None;
    let Some(span) = app.target() else {
        app.notify(Message::NothingToDecide);
        return;
    };
    app.settings.last_reason = reason;
    if app.case_at_hand().is_some() {
        curate::dismiss(app, ports, reason);
        return;
    }
    let Some((decision, _)) = starting_point(app, span) else {
        return;
    };
    decide(app, ports, "dismiss", decision.ruled(Ruling::Dismissed(reason)));
}

/// The reason that X dismisses with: what the extractor says the words are, else the last one chosen.
pub(super) fn reason_at_hand(app: &AppState) -> DismissReason {
    match app.view.proposal.as_ref().map(|proposal| &proposal.ruling) {
        Some(Ruling::Dismissed(reason)) => *reason,
        _ => app.settings.last_reason,
    }
}

/// Opens a decided number again.
pub(super) fn reopen(app: &mut AppState, ports: &mut Ports) {
    let (Some(report), Some(span)) = (app.view.report.clone(), app.view.current) else {
        app.notify(Message::NothingToDecide);
        return;
    };
    if app.current_decision().is_none() {
        return;
    }
    let annotator = app.annotator();
    commit::commit(
        app,
        ports,
        "reopen",
        vec![Edit::Decide {
            annotator,
            report,
            span,
            decision: None,
        }],
    );
    // The mention there may have other edges than the decision had.
    if let Some(mark) = app.marks.within(span).first().copied() {
        navigate::set_current(app, mark.span, false);
    }
}

/// Sets a field of the current observation: at once where it has been decided on, else in the proposal.
pub(super) fn set_field(app: &mut AppState, ports: &mut Ports, field: Field, words: &str) {
    let Some(span) = app.view.current else {
        app.notify(Message::NothingToDecide);
        return;
    };
    if app.case_at_hand().is_some() {
        curate::set_words(app, field, words);
        return;
    }
    if app.current_decision().is_some() {
        set_field_at(app, ports, span, field, words);
        return;
    }
    let mut observation = match app.current_observation().cloned() {
        Some(observation) => observation,
        None => match navigate::draft(app, span) {
            Some(observation) => observation,
            None => return,
        },
    };
    let before = observation.clone();
    if let Err(error) = set(app, span, &mut observation, field, words) {
        app.notify(Message::FieldRefused(error));
        return;
    }
    if let Some(proposal) = &mut app.view.proposal
        && (before != observation || proposal.ruling.observation().is_none())
    {
        proposal.ruling = Ruling::Tagged(Box::new(observation));
        proposal.changed = true;
    }
}

/// Proposes a value where a dismissal was proposed, so that its fields can be edited.
pub(super) fn propose_value(app: &mut AppState) {
    let is_dismissal = app.current_decision().is_none() && app.current_observation().is_none();
    let draft = app.view.current.filter(|_| is_dismissal);
    let draft = draft.and_then(|span| navigate::draft(app, span));
    if let (Some(draft), Some(proposal)) = (draft, &mut app.view.proposal) {
        proposal.ruling = Ruling::Tagged(Box::new(draft));
        proposal.changed = true;
    }
}

/// Sets what the person had set in the proposal for some words in that for the current ones too.
pub(super) fn set_again(app: &mut AppState, before: &Proposal) {
    if !before.changed {
        return;
    }
    let proposed = navigate::propose(app, before.span);
    let proposed = proposed.and_then(|proposal| proposal.ruling.observation().cloned());
    let proposed = proposed.or_else(|| navigate::draft(app, before.span));
    let drafted = app.current_observation().cloned();
    let drafted = drafted.or_else(|| navigate::draft(app, app.view.current?));
    let (Some(set), Some(proposed), Some(mut drafted)) = (before.ruling.observation(), proposed, drafted)
    else {
        return;
    };
    for field in Field::ALL {
        let words = set.words(*field);
        // The field has taken these words before, so it does not refuse them.
        if proposed.words(*field) != words && drafted.set_words(*field, &words).is_err() {
            return;
        }
    }
    if proposed.indicator_span != set.indicator_span {
        drafted.indicator_span = set.indicator_span;
    }
    if let Some(proposal) = &mut app.view.proposal {
        proposal.ruling = Ruling::Tagged(Box::new(drafted));
        proposal.changed = true;
    }
}

/// Sets a field of the decision on a span.
pub(super) fn set_field_at(app: &mut AppState, ports: &mut Ports, span: Span, field: Field, words: &str) {
    let Some(decision) = app.layer().and_then(|layer| layer.get(span)).cloned() else {
        return;
    };
    let Ruling::Tagged(observation) = &decision.ruling else {
        return;
    };
    let mut changed = observation.clone();
    if let Err(error) = set(app, span, &mut changed, field, words) {
        app.notify(Message::FieldRefused(error));
        return;
    }
    if changed == *observation {
        return;
    }
    let decision = Decision::clone(&decision).ruled(Ruling::Tagged(changed));
    put(app, ports, "edit-field", decision);
}

/// Switches between actual and target.
pub(super) fn toggle_nature(app: &mut AppState, ports: &mut Ports) {
    let Some(nature) = app
        .current_observation()
        .map(|observation| observation.value_nature)
    else {
        app.notify(Message::NothingToDecide);
        return;
    };
    let other = if nature == ValueNature::Target {
        ValueNature::Actual
    } else {
        ValueNature::Target
    };
    set_field(app, ports, Field::ValueNature, other.code());
}

/// Sets a field of the current observation to the next thing that it could be.
pub(super) fn cycle(app: &mut AppState, ports: &mut Ports, field: Field) {
    let all = app.alternatives(field);
    let Some(now) = app
        .current_observation()
        .map(|observation| observation.words(field))
    else {
        app.notify(Message::NothingToDecide);
        return;
    };
    let place = all
        .iter()
        .position(|words| *words == now)
        .map_or(0, |place| place + 1);
    match all.get(place).or(all.first()).filter(|words| **words != now) {
        Some(words) => set_field(app, ports, field, words),
        None => app.notify(Message::NoAlternative),
    }
}

/// Shows the open numbers with the same words as the current one.
pub(super) fn show_alike(app: &mut AppState) {
    let (Some(current), Some(document)) = (app.view.current, app.document()) else {
        app.notify(Message::NothingToDecide);
        return;
    };
    let words = document.words(current);
    let open = app
        .marks
        .all()
        .iter()
        .filter(|mark| mark.standing.is_open() && mark.span != current);
    let alike: Vec<Span> = open
        .filter(|mark| document.words(mark.span) == words)
        .map(|mark| mark.span)
        .collect();
    if alike.is_empty() {
        app.notify(Message::NoneAlike);
    } else {
        app.view.front = Some(Front::Alike(alike));
    }
}

/// Decides on the current words and on all these spans alike, as one gesture.
pub(super) fn decide_alike(app: &mut AppState, ports: &mut Ports, spans: &[Span]) {
    app.view.front = None;
    let (Some(report), Some(current)) = (app.view.report.clone(), app.view.current) else {
        return;
    };
    let annotator = app.annotator();
    let decided = app.current_decision().map(|decision| decision.ruling.clone());
    let Some(ruling) = decided.or_else(|| app.view.proposal.as_ref().map(|proposal| proposal.ruling.clone()))
    else {
        return;
    };
    let already = app.current_decision().is_some();
    let targets = spans.iter().copied().chain((!already).then_some(current));
    let edits: Vec<Edit> = targets
        .map(|span| {
            let mut ruling = ruling.clone();
            if let Ruling::Tagged(observation) = &mut ruling
                && span != current
            {
                // The words that name the indicator stand elsewhere for each of them.
                observation.indicator_span =
                    navigate::draft(app, span).and_then(|draft| draft.indicator_span);
            }
            let decision = Decision::manual(span, ruling);
            Edit::Decide {
                annotator: annotator.clone(),
                report: report.clone(),
                span,
                decision: Some(decision.into()),
            }
        })
        .collect();
    let count = edits.len();
    if commit::commit(app, ports, "same-for-all", edits) {
        app.notify(Message::DecidedAlike(count));
    }
}

/// Puts a decision in place of whatever it overlaps, and goes on if the words were open.
fn decide(app: &mut AppState, ports: &mut Ports, name: &'static str, decision: Decision) {
    let span = decision.span;
    let was_open = app
        .layer()
        .is_none_or(|layer| layer.overlapping(span).next().is_none());
    let selected = app.selection().is_some();
    if let Some(id) = decision
        .ruling
        .observation()
        .and_then(|observation| observation.indicator.clone())
    {
        *app.uses.entry(id).or_default() += 1;
    }
    put(app, ports, name, decision);
    navigate::set_current(app, span, false);
    if was_open && !selected {
        navigate::advance(app, ports);
    }
}

/// Commits a decision, taking away the others that it overlaps.
pub(super) fn put(app: &mut AppState, ports: &mut Ports, name: &'static str, decision: Decision) {
    let edits = edits_to_put(app, decision);
    commit::commit(app, ports, name, edits);
}

/// What puts a decision into the open report and takes away the others that it overlaps.
pub(super) fn edits_to_put(app: &AppState, mut decision: Decision) -> Vec<Edit> {
    if app.curation.is_some() {
        decision.provenance = Some(Provenance::Adjudicated { by: app.person() });
    }
    let Some(report) = app.view.report.clone() else {
        return Vec::new();
    };
    let (annotator, span) = (app.annotator(), decision.span);
    let overlapped = app.layer().into_iter().flat_map(|layer| layer.overlapping(span));
    let put = |span, decision| Edit::Decide {
        annotator: annotator.clone(),
        report: report.clone(),
        span,
        decision,
    };
    let mut edits: Vec<Edit> = overlapped
        .map(|other| other.span)
        .filter(|other| *other != span)
        .map(|other| put(other, None))
        .collect();
    edits.push(put(span, Some(Arc::new(decision))));
    edits
}

/// Rejects what is proposed for the target. What is no value, or said elsewhere, is dismissed; the rest stays open.
pub(super) fn reject(app: &mut AppState, ports: &mut Ports, reason: RejectReason) {
    app.view.front = None;
    match reason {
        RejectReason::NotAnIndicator => dismiss(app, ports, reason_at_hand(app)),
        RejectReason::Duplicate => dismiss(app, ports, DismissReason::Duplicate),
        _ => turn_down(app, ports, reason),
    }
}

/// Records what is wrong with a proposal, and goes on.
fn turn_down(app: &mut AppState, ports: &mut Ports, reason: RejectReason) {
    let suggestion = app
        .view
        .proposal
        .as_ref()
        .and_then(|proposal| proposal.suggestion.as_ref());
    let (Some(report), Some(suggestion)) = (app.view.report.clone(), suggestion.cloned()) else {
        app.notify(Message::NothingToReject);
        return;
    };
    let edit = Edit::Reject {
        annotator: app.annotator(),
        report,
        span: suggestion.span,
        agent: suggestion.agent,
        reason: Some(reason),
    };
    if commit::commit(app, ports, "reject", vec![edit]) {
        navigate::advance(app, ports);
    }
}

/// What a decision on `span` starts from, and the observation that it would be if it is tagged.
fn starting_point(app: &AppState, span: Span) -> Option<(Decision, Box<Observation>)> {
    let standing = app.layer().and_then(|layer| layer.get(span));
    if let Some(decision) = standing
        && let Some(observation) = decision.ruling.observation()
    {
        return Some((Decision::clone(decision), Box::new(observation.clone())));
    }
    let proposal = app.view.proposal.clone().filter(|proposal| proposal.span == span);
    let proposal = proposal.or_else(|| navigate::propose(app, span))?;
    let decision = match &proposal.suggestion {
        Some(suggestion) => Decision::accepted(suggestion),
        None => Decision::manual(span, proposal.ruling.clone()),
    };
    let observation = match proposal.ruling {
        Ruling::Tagged(observation) => observation,
        Ruling::Dismissed(_) => Box::new(navigate::draft(app, span)?),
    };
    Some((decision, observation))
}

/// Sets a field of an observation on `span`, with what follows from it.
fn set(
    app: &AppState,
    span: Span,
    observation: &mut Observation,
    field: Field,
    words: &str,
) -> Result<(), crate::model::FieldError> {
    // A comparator is drawn with one sign where its code has two.
    let words = match (field, words) {
        (Field::Comparator, "≥") => Comparator::AtLeast.code(),
        (Field::Comparator, "≤") => Comparator::AtMost.code(),
        _ => words,
    };
    if field == Field::IndicatorText && observation.indicator_text != words.trim() {
        observation.indicator_span = naming::place_of(app, span, words.trim());
    }
    if field == Field::Unit {
        let code = crate::number::unit_measure(words.trim()).unwrap_or_default();
        code.clone_into(&mut observation.unit_measure);
    }
    observation.set_words(field, words)
}
