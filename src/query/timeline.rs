//! How a decision came about, field by field, and how a layer stood before a change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Annotator, Change, Decision, DismissReason, Field, Layer, Ruling, Span};

/// One step of how a decision came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// When: milliseconds since the start of 1970, UTC.
    pub at: u64,
    /// Who made it.
    pub by: Annotator,
    /// The gesture's name, as a key of the window's strings.
    pub gesture: String,
    /// What it changed.
    pub what: Changed,
}

/// What a change has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// The words were tagged, dismissed or opened again.
    Ruling {
        /// How they stood before.
        from: Stand,
        /// How they stood after.
        to: Stand,
    },
    /// The decision's edges were moved.
    Words {
        /// The words before. Bytes.
        from: Span,
        /// The words after. Bytes.
        to: Span,
    },
    /// A field of the observation.
    Field {
        /// Which one.
        field: Field,
        /// What it held, as files write it; `None` where the words were not tagged before.
        from: Option<String>,
        /// What it holds.
        to: String,
    },
}

/// How words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Nobody has ruled on them.
    Open,
    /// They are an indicator's value.
    Tagged,
    /// They are none, for this reason.
    Dismissed(DismissReason),
}

impl Stand {
    /// How words with this decision stand.
    pub fn of(decision: Option<&Decision>) -> Self {
        match decision.map(|decision| &decision.ruling) {
            None => Self::Open,
            Some(Ruling::Tagged(_)) => Self::Tagged,
            Some(Ruling::Dismissed(reason)) => Self::Dismissed(*reason),
        }
    }
}

/// How the decision on `span` came about, newest last. `changes` are its layer's, newest last.
///
/// A decision whose edges were moved is followed back over its earlier words. Of one gesture the
/// ruling comes first, then the words, then the fields in the order of [`Field::ALL`].
pub fn field_history(changes: &[Change], span: Span) -> Vec<FieldChange> {
    let mut words = span;
    let mut rest = changes;
    let mut newest_first = Vec::new();
    while let Some((change, earlier)) = rest.split_last() {
        rest = earlier;
        if change.span != words {
            continue;
        }
        let mut before = change.before.as_deref();
        if before.is_none()
            && change.after.is_some()
            && let Some((start, origin)) = origin(changes, earlier.len())
        {
            (words, before) = (origin.span, origin.before.as_deref());
            rest = earlier.get(..start).unwrap_or_default();
        }
        newest_first.push(differences(change, words, before));
    }
    newest_first.into_iter().rev().flatten().collect()
}

/// What one change by itself has done to the decision on its words.
pub fn steps(change: &Change) -> Vec<FieldChange> {
    differences(change, change.span, change.before.as_deref())
}

/// Where the decision that the change at `place` puts stood before the same gesture, if it was moved:
/// the first change of those words in the gesture, and where the gesture begins.
fn origin(changes: &[Change], place: usize) -> Option<(usize, &Change)> {
    let put = changes.get(place)?;
    let is_same = |other: &&Change| other.at == put.at && other.by == put.by && other.gesture == put.gesture;
    let (earlier, later) = changes.split_at_checked(place)?;
    let start = place - earlier.iter().rev().take_while(is_same).count();
    let end = place + later.iter().take_while(is_same).count();
    let gesture = changes.get(start..end)?;
    let mut ends: BTreeMap<Span, (&Change, &Change)> = BTreeMap::new();
    for change in gesture.iter().filter(|change| change.span.overlaps(put.span)) {
        let entry = ends.entry(change.span).or_insert((change, change));
        entry.1 = change;
    }
    let taken = ends
        .into_values()
        .filter(|(first, last)| first.span != put.span && first.before.is_some() && last.after.is_none());
    let shared = |span: Span| span.end.min(put.span.end) - span.start.max(put.span.start);
    let (first, _) = taken.max_by_key(|(first, _)| shared(first.span))?;
    Some((start, first))
}

/// What `change` has changed on a decision that was `before`, on the words `from`.
fn differences(change: &Change, from: Span, before: Option<&Decision>) -> Vec<FieldChange> {
    let mut found = Vec::new();
    let after = change.after.as_deref();
    let (was, is) = (Stand::of(before), Stand::of(after));
    if was != is {
        found.push(Changed::Ruling { from: was, to: is });
    }
    if from != change.span {
        found.push(Changed::Words {
            from,
            to: change.span,
        });
    }
    let old = before.and_then(|decision| decision.ruling.observation());
    if let Some(new) = after.and_then(|decision| decision.ruling.observation()) {
        for &field in Field::ALL {
            let from = old.map(|old| old.words(field));
            let to = new.words(field);
            let is_changed = from.as_ref().map_or(!to.is_empty(), |from| *from != to);
            if is_changed {
                found.push(Changed::Field { field, from, to });
            }
        }
    }
    let step = |what| FieldChange {
        at: change.at,
        by: change.by.clone(),
        gesture: change.gesture.clone(),
        what,
    };
    found.into_iter().map(step).collect()
}

/// What to decide, in this order and as one transaction, so that `layer` stands again as it did before
/// the change at `index`. `changes` are all of the layer's since then; nothing is said of words that
/// stand as they did.
///
/// Where changes are missing from the timeline, it goes by those that are there: a decision that lies
/// over one that is put back is opened, and of two that would overlap the first in the text is put back.
pub fn state_before(layer: &Layer, changes: &[Change], index: usize) -> Vec<(Span, Option<Arc<Decision>>)> {
    let mut then: BTreeMap<Span, Option<&Arc<Decision>>> = BTreeMap::new();
    for change in changes.get(index..).unwrap_or_default() {
        then.entry(change.span).or_insert(change.before.as_ref());
    }
    let mut reached = 0;
    for (span, decision) in &mut then {
        if decision.is_some() && span.start < reached {
            *decision = None;
        } else if decision.is_some() {
            reached = span.end;
        }
    }
    let put_back = then
        .iter()
        .filter_map(|(&span, decision)| Some((span, (*decision)?)));
    let mut open = BTreeSet::new();
    for (span, _) in put_back.clone() {
        let in_the_way = layer.overlapping(span).map(|other| other.span);
        open.extend(in_the_way.filter(|&other| other != span));
    }
    let emptied = then
        .iter()
        .filter(|(span, decision)| decision.is_none() && layer.get(**span).is_some());
    open.extend(emptied.map(|(&span, _)| span));
    let put_back = put_back.filter(|&(span, decision)| layer.get(span) != Some(decision));
    let opened = open.into_iter().map(|span| (span, None));
    opened
        .chain(put_back.map(|(span, decision)| (span, Some(Arc::clone(decision)))))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Observation;

    const WORDS: Span = Span { start: 3, end: 9 };

    fn tagged(span: Span, unit: &str) -> Arc<Decision> {
        let observation = Observation {
            unit: unit.to_owned(),
            ..Observation::default()
        };
        Arc::new(Decision::manual(span, Ruling::Tagged(Box::new(observation))))
    }

    fn dismissed(span: Span, reason: DismissReason) -> Arc<Decision> {
        Arc::new(Decision::manual(span, Ruling::Dismissed(reason)))
    }

    fn change(at: u64, by: &str, before: Option<&Arc<Decision>>, after: Option<&Arc<Decision>>) -> Change {
        Change {
            at,
            took: None,
            by: by.into(),
            gesture: "edit".to_owned(),
            span: before.or(after).unwrap().span,
            before: before.cloned(),
            after: after.cloned(),
        }
    }

    /// The history in few words: when and who, and what.
    fn told(changes: &[Change], span: Span) -> Vec<String> {
        let shown = |stand: Stand| match stand {
            Stand::Open => "open".to_owned(),
            Stand::Tagged => "tagged".to_owned(),
            Stand::Dismissed(reason) => reason.code().to_owned(),
        };
        let steps = field_history(changes, span).into_iter();
        let steps = steps.filter_map(|step| {
            let what = match step.what {
                Changed::Ruling { from, to } => format!("{} > {}", shown(from), shown(to)),
                Changed::Words { from, to } => {
                    format!("{}..{} > {}..{}", from.start, from.end, to.start, to.end)
                }
                Changed::Field {
                    field: Field::Unit,
                    from,
                    to,
                } => format!("unit {} > {to}", from.unwrap_or_default()),
                Changed::Field { from: None, .. } => return None,
                Changed::Field { field, .. } => field.name().to_owned(),
            };
            Some(format!("{} {}: {what}", step.at, step.by))
        });
        steps.collect()
    }

    #[test]
    fn every_step_is_told() {
        let (a, b) = (tagged(WORDS, "元"), tagged(WORDS, "万元"));
        let c = dismissed(WORDS, DismissReason::Date);
        let d = dismissed(WORDS, DismissReason::Name);
        let other = dismissed(Span::new(20, 24), DismissReason::Date);
        let changes = [
            change(1, "林", None, Some(&a)),
            change(2, "林", None, Some(&other)),
            change(3, "王", Some(&a), Some(&b)),
            change(4, "林", Some(&b), Some(&c)),
            change(5, "林", Some(&c), Some(&d)),
            change(6, "林", Some(&d), None),
            change(7, "林", None, Some(&a)),
        ];
        let expected = [
            "1 林: open > tagged",
            "1 林: unit  > 元",
            "3 王: unit 元 > 万元",
            "4 林: tagged > date",
            "5 林: date > name",
            "6 林: name > open",
            "7 林: open > tagged",
            "7 林: unit  > 元",
        ];
        assert_eq!(told(&changes, WORDS), expected);
        assert_eq!(told(&changes, other.span), ["2 林: open > date"]);
        assert_eq!(told(&changes, Span::new(3, 8)), Vec::<String>::new());
        let first = &field_history(&changes, WORDS)[1];
        assert!(matches!(&first.what, Changed::Field { from: None, .. }));
    }

    #[test]
    fn moved_edges_are_followed_back() {
        let wide = Span::new(0, 9);
        let (a, b) = (tagged(WORDS, "元"), tagged(wide, "元"));
        let (c, aside) = (
            tagged(wide, "人"),
            dismissed(Span::new(0, 2), DismissReason::Date),
        );
        // The wider words take another decision's place too; an undo and a redo go the same way.
        let changes = [
            change(1, "林", None, Some(&a)),
            change(1, "林", None, Some(&aside)),
            change(2, "林", Some(&aside), None),
            change(2, "林", Some(&a), None),
            change(2, "林", None, Some(&b)),
            change(3, "林", Some(&b), None),
            change(3, "林", None, Some(&a)),
            change(4, "林", Some(&a), None),
            change(4, "林", None, Some(&b)),
            change(5, "林", Some(&b), Some(&c)),
        ];
        let expected = [
            "1 林: open > tagged",
            "1 林: unit  > 元",
            "2 林: 3..9 > 0..9",
            "3 林: 0..9 > 3..9",
            "4 林: 3..9 > 0..9",
            "5 林: unit 元 > 人",
        ];
        assert_eq!(told(&changes, wide), expected);
        // Words that were opened and others that were tagged later are two decisions.
        let apart = [
            change(1, "林", None, Some(&a)),
            change(2, "林", Some(&a), None),
            change(3, "林", None, Some(&b)),
        ];
        assert_eq!(told(&apart, wide), ["3 林: open > tagged", "3 林: unit  > 元"]);
    }

    /// Decides as an edit does, which refuses overlaps.
    fn decide(layer: &mut Layer, span: Span, decision: Option<Arc<Decision>>) {
        match decision {
            Some(decision) => {
                assert!(layer.overlapping(span).all(|other| other.span == span));
                layer.insert(decision);
            }
            None => assert!(layer.remove(span).is_some(), "nothing to open"),
        }
    }

    fn go_back(layer: &Layer, changes: &[Change], index: usize) -> Layer {
        let mut layer = layer.clone();
        for (span, decision) in state_before(&layer.clone(), changes, index) {
            decide(&mut layer, span, decision);
        }
        layer
    }

    #[test]
    fn gaps_in_a_timeline_break_nothing() {
        let (a, wide) = (tagged(WORDS, "元"), tagged(Span::new(0, 12), "元"));
        let narrow = tagged(Span::new(3, 5), "元");
        let mut layer = Layer::default();
        layer.insert(Arc::clone(&wide));
        // How the wide decision came is not known.
        let changes = [
            change(1, "林", Some(&a), None),
            change(2, "林", Some(&narrow), None),
        ];
        let before = go_back(&layer, &changes, 0);
        assert_eq!(before.iter().collect::<Vec<_>>(), [&narrow]);
        assert_eq!(go_back(&layer, &changes, 2), layer);
        assert_eq!(go_back(&layer, &changes, 9), layer);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        /// Whatever was done, every earlier state can be gone back to, and from there every other.
        #[test]
        fn every_earlier_state_comes_back(
            gestures in proptest::collection::vec((0..14usize, 1..5usize, 0..4usize, any::<bool>()), 1..40),
            backs in proptest::collection::vec(any::<proptest::sample::Index>(), 1..4),
        ) {
            let mut layer = Layer::default();
            let mut changes: Vec<Change> = Vec::new();
            let mut states: Vec<Layer> = Vec::new();
            let mut at = 0;
            let mut commit = |layer: &mut Layer, changes: &mut Vec<Change>, states: &mut Vec<Layer>, all: Vec<(Span, Option<Arc<Decision>>)>| {
                at += 1;
                for (span, after) in all {
                    let before = layer.get(span).cloned();
                    states.push(layer.clone());
                    changes.push(Change {
                        at,
                        took: None,
                        by: "林".into(),
                        gesture: String::new(),
                        span,
                        before,
                        after: after.clone(),
                    });
                    decide(layer, span, after);
                }
            };
            for (start, len, kind, clears) in gestures {
                let span = Span::new(start, start + len);
                let in_the_way: Vec<Span> = layer.overlapping(span).map(|other| other.span).collect();
                let mut all: Vec<_> = in_the_way.iter().filter(|other| clears || **other != span).map(|&other| (other, None)).collect();
                if kind > 0 {
                    let decision = if kind == 1 { dismissed(span, DismissReason::Date) } else { tagged(span, ["元", "人"][kind - 2]) };
                    all.push((span, Some(decision)));
                }
                commit(&mut layer, &mut changes, &mut states, all);
            }
            for (index, state) in states.iter().enumerate() {
                prop_assert_eq!(&go_back(&layer, &changes, index), state);
                field_history(&changes, changes[index].span);
            }
            // Going back is a gesture like any other.
            for back in backs {
                if changes.is_empty() {
                    break;
                }
                let index = back.index(changes.len());
                let all = state_before(&layer, &changes, index);
                commit(&mut layer, &mut changes, &mut states, all);
                prop_assert_eq!(&layer, &states[index]);
            }
            for (index, state) in states.iter().enumerate() {
                prop_assert_eq!(&go_back(&layer, &changes, index), state);
            }
        }
    }
}
