//! The words that name a value: chosen in the text, or typed and then looked up in it.

use super::{curate, decide, navigate};
use crate::app::notice::Message;
use crate::app::ports::Ports;
use crate::app::state::AppState;
use crate::model::{Decision, Observation, Ruling, Span};
use crate::text::{search, segment};

/// Takes the selected words as the name of the current value's indicator.
pub(super) fn use_as_name(app: &mut AppState, ports: &mut Ports) {
    let Some(span) = app.selection() else {
        app.notify(Message::NothingSelected);
        return;
    };
    let (Some(current), Some(document)) = (app.view.current, app.document().cloned()) else {
        app.notify(Message::NothingToDecide);
        return;
    };
    let span = segment::trimmed(&document.text, span);
    let words = document.words(span).to_owned();
    (app.view.anchor, app.view.head) = (current.start, current.start);
    if app.current_case().is_some() {
        curate::set_name(app, span, &words);
        return;
    }
    let entry = app.project.catalogue.named(&words).map(|entry| entry.id.clone());
    let named = move |observation: &mut Observation| {
        observation.indicator_text.clone_from(&words);
        observation.indicator_span = Some(span);
        if entry.is_some() {
            observation.indicator.clone_from(&entry);
        }
    };
    if let Some(decision) = app.current_decision().cloned() {
        if let Ruling::Tagged(observation) = &decision.ruling {
            let mut observation = observation.clone();
            named(&mut observation);
            let decision = Decision::clone(&decision).ruled(Ruling::Tagged(observation));
            decide::put(app, ports, "use-as-name", decision);
        }
        return;
    }
    let draft = app
        .current_observation()
        .cloned()
        .or_else(|| navigate::draft(app, current));
    if let (Some(mut observation), Some(proposal)) = (draft, &mut app.view.proposal) {
        named(&mut observation);
        proposal.ruling = Ruling::Tagged(Box::new(observation));
        proposal.changed = true;
    }
}

/// Where the open report says these words, as near as can be to a value; `None` where it does not, or only far away.
pub(super) fn place_of(app: &AppState, value: Span, words: &str) -> Option<Span> {
    search::nearest(&app.document()?.text, words, value)
}
