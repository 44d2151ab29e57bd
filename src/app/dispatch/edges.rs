//! Moving the edges of the current words, by key and by dragging.

use super::{commit, curate, decide, navigate};
use crate::app::notice::Message;
use crate::app::ports::Ports;
use crate::app::state::AppState;
use crate::edit::Edit;
use crate::model::{Decision, Ruling, Span};
use crate::number;
use crate::text::segment;

/// Which edge a key moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// The first character.
    Start,
    /// The last character.
    End,
}

/// Moves an edge of the current words by one character.
pub(super) fn nudge(app: &mut AppState, ports: &mut Ports, edge: Edge, forward: bool) {
    let current = curate::edges(app).or(app.view.current);
    let (Some(span), Some(document)) = (current, app.document()) else {
        app.notify(Message::NothingToDecide);
        return;
    };
    let text = &document.text;
    let step = |offset| {
        if forward {
            segment::next_grapheme(text, offset)
        } else {
            segment::prev_grapheme(text, offset)
        }
    };
    let moved = match edge {
        Edge::Start => (step(span.start), span.end),
        Edge::End => (span.start, step(span.end)),
    };
    if moved.0 < moved.1 {
        move_edges(app, ports, span, Span::new(moved.0, moved.1));
    }
}

/// Moves the edges of the words at `from` to `to`: of a decision at once, of an open number in its proposal.
pub(super) fn move_edges(app: &mut AppState, ports: &mut Ports, from: Span, to: Span) {
    let Some(document) = app.document().cloned() else {
        return;
    };
    if to.is_empty() || to == from || to.of(&document.text).is_none() {
        return;
    }
    if app.case_at_hand().is_some() {
        curate::set_edges(app, to);
        return;
    }
    let Some(decision) = app.layer().and_then(|layer| layer.get(from)).cloned() else {
        let before = app.view.proposal.take().filter(|proposal| proposal.span == from);
        navigate::set_current(app, to, false);
        if let Some(before) = before {
            decide::set_again(app, &before);
        }
        return;
    };
    let Some(report) = app.view.report.clone() else {
        return;
    };
    let mut ruling = decision.ruling.clone();
    if let Ruling::Tagged(observation) = &mut ruling {
        let parsed = |span: Span| number::parse_quantity(document.words(span));
        let printed = parsed(from).and_then(|quantity| quantity.value());
        // A value that the person typed stays; one that was read off the words follows them.
        if printed.is_none_or(|value| value.normalized() == observation.value.normalized())
            && let Some(quantity) = parsed(to)
            && let Some(value) = quantity.value()
        {
            observation.value = value;
            observation.obs_value = quantity.printed.to_string();
            observation.unit_mult = quantity.unit_mult;
            observation.unit = quantity.unit.to_string();
            quantity
                .unit_measure
                .unwrap_or_default()
                .clone_into(&mut observation.unit_measure);
            observation.value_type = quantity.value_type;
        }
    }
    let annotator = app.annotator();
    let mut edits = vec![Edit::Decide {
        annotator: annotator.clone(),
        report: report.clone(),
        span: from,
        decision: None,
    }];
    let moved = Decision {
        span: to,
        ..Decision::clone(&decision).ruled(ruling)
    };
    edits.push(Edit::Decide {
        annotator,
        report,
        span: to,
        decision: Some(moved.into()),
    });
    commit::commit(app, ports, "move-edge", edits);
    if app.layer().is_some_and(|layer| layer.get(to).is_some()) {
        navigate::set_current(app, to, false);
    }
}
