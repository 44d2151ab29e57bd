//! Everything that the text view marks: mentions and decisions, merged and in order.
//!
//! Building costs a pass over the report; a decision afterwards costs only its own neighbourhood,
//! so that the time of a key does not grow with the report.
//!
//! A proposal to tag words makes a number of them, also where the recogniser saw none or another one. A proposal
//! to dismiss is one only where there is a candidate to dismiss.

use std::sync::Arc;

use super::Ledger;
use crate::model::{Layer, Mention, Role, Ruling, Span, Suggestion};

/// How a marked number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// No candidate: the recogniser or a rule knows what else it is.
    Muted(Role),
    /// A candidate that nobody has decided on and nothing proposes anything for.
    Open,
    /// A candidate with a suggestion.
    Suggested,
    /// Decided: an indicator's value.
    Tagged,
    /// Decided: not one.
    Dismissed,
}

impl Standing {
    /// Whether the person still has to decide.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Suggested)
    }

    /// Whether it has been decided on.
    pub fn is_decided(self) -> bool {
        matches!(self, Self::Tagged | Self::Dismissed)
    }
}

/// One marked number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The marked words. Bytes.
    pub span: Span,
    /// How it stands.
    pub standing: Standing,
    /// Its place among the report's mentions; `None` for a free selection.
    pub mention: Option<usize>,
}

/// As many marks are counted together.
const BLOCK: usize = 256;

/// The marks of one report in one layer, sorted by span; no two overlap.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    mentions: Arc<[Mention]>,
    suggested: Arc<[Suggestion]>,
    sorted: Vec<Mark>,
    /// How many of each block of marks are open, so that every frame can ask for a place among them.
    open: Vec<usize>,
    ledger: Ledger,
}

impl Marks {
    /// Merges a report's mentions and suggestions (both sorted and without overlaps) with a layer's decisions.
    pub fn new(mentions: Arc<[Mention]>, suggested: Arc<[Suggestion]>, layer: Option<&Layer>) -> Self {
        let mut marks = Self {
            mentions,
            suggested,
            ..Self::default()
        };
        marks.sorted = marks.merge(Span::new(0, usize::MAX), layer);
        marks.ledger = count(&marks.sorted);
        marks.count_open(0, marks.sorted.len());
        marks
    }

    /// Brings the marks up to date after a change of the decision on `span`.
    pub fn update(&mut self, span: Span, layer: Option<&Layer>) {
        let area = self.settle(span, layer);
        let from = self.sorted.partition_point(|mark| mark.span.end <= area.start);
        let to = from + self.sorted[from..].partition_point(|mark| mark.span.start < area.end);
        let fresh = self.merge(area, layer);
        let (gone, come) = (count(&self.sorted[from..to]), count(&fresh));
        // The marks behind stay in their blocks unless their places change.
        let changed_to = if fresh.len() == to - from { to } else { usize::MAX };
        self.sorted.splice(from..to, fresh);
        self.count_open(from, changed_to);
        self.ledger = Ledger {
            tagged: self.ledger.tagged + come.tagged - gone.tagged,
            dismissed: self.ledger.dismissed + come.dismissed - gone.dismissed,
            open: self.ledger.open + come.open - gone.open,
        };
    }

    /// The counts over all marks.
    pub fn ledger(&self) -> Ledger {
        self.ledger
    }

    /// All marks in order.
    pub fn all(&self) -> &[Mark] {
        &self.sorted
    }

    /// The marks that share at least one byte with `span`.
    pub fn within(&self, span: Span) -> &[Mark] {
        let from = self.sorted.partition_point(|mark| mark.span.end <= span.start);
        let to = from + self.sorted[from..].partition_point(|mark| mark.span.start < span.end);
        &self.sorted[from..to]
    }

    /// The mark over exactly this span.
    pub fn at(&self, span: Span) -> Option<&Mark> {
        let place = self.sorted.binary_search_by_key(&span, |mark| mark.span).ok()?;
        self.sorted.get(place)
    }

    /// The mark over the byte at `offset`.
    pub fn under(&self, offset: usize) -> Option<&Mark> {
        self.within(Span::new(offset, offset + 1)).first()
    }

    /// The first mark that starts behind `offset` and passes `wanted`, or from the top if there is none.
    pub fn next(&self, offset: Option<usize>, wanted: impl Fn(Standing) -> bool) -> Option<&Mark> {
        let from = offset.map_or(0, |offset| {
            self.sorted.partition_point(|mark| mark.span.start <= offset)
        });
        let (before, behind) = self.sorted.split_at(from);
        behind.iter().chain(before).find(|mark| wanted(mark.standing))
    }

    /// The last mark that starts before `offset` and passes `wanted`, or from the end if there is none.
    pub fn previous(&self, offset: Option<usize>, wanted: impl Fn(Standing) -> bool) -> Option<&Mark> {
        let to = offset.map_or(self.sorted.len(), |offset| {
            self.sorted.partition_point(|mark| mark.span.start < offset)
        });
        let (before, behind) = self.sorted.split_at(to);
        before
            .iter()
            .rev()
            .chain(behind.iter().rev())
            .find(|mark| wanted(mark.standing))
    }

    /// How many open numbers stand before `offset`, which is the place of the next one among them.
    pub fn open_before(&self, offset: usize) -> usize {
        let to = self.sorted.partition_point(|mark| mark.span.start < offset);
        let whole = to / BLOCK;
        let rest = self.sorted[whole * BLOCK..to]
            .iter()
            .filter(|mark| mark.standing.is_open())
            .count();
        self.open[..whole].iter().sum::<usize>() + rest
    }

    /// The first open number that starts at `offset` or behind it.
    pub fn open_from(&self, offset: usize) -> Option<&Mark> {
        let from = self.sorted.partition_point(|mark| mark.span.start < offset);
        let is_open = |mark: &&Mark| mark.standing.is_open();
        let (here, next) = self.sorted[from..].split_at((BLOCK - from % BLOCK).min(self.sorted.len() - from));
        let behind = next.chunks(BLOCK).zip(self.open.iter().skip(from / BLOCK + 1));
        here.iter().find(is_open).or_else(|| {
            let (block, _) = behind.into_iter().find(|(_, open)| **open > 0)?;
            block.iter().find(is_open)
        })
    }

    /// Counts the open ones again in the blocks that hold the marks of these places.
    fn count_open(&mut self, from: usize, to: usize) {
        self.open.resize(self.sorted.len().div_ceil(BLOCK), 0);
        let counted = self.open.iter_mut().zip(self.sorted.chunks(BLOCK));
        for (open, block) in counted.take(to.div_ceil(BLOCK)).skip(from / BLOCK) {
            *open = block.iter().filter(|mark| mark.standing.is_open()).count();
        }
    }

    /// The stretch around `span` that no mention, no suggestion and no decision reaches out of.
    fn settle(&self, span: Span, layer: Option<&Layer>) -> Span {
        let mut area = span;
        loop {
            let mut wider = area;
            for mention in overlapping(&self.mentions, |mention| mention.span, area) {
                wider = join(wider, mention.span);
            }
            for suggestion in overlapping(&self.suggested, |suggestion| suggestion.span, area) {
                wider = join(wider, suggestion.span);
            }
            for mark in self.within(area) {
                wider = join(wider, mark.span);
            }
            for decision in layer.into_iter().flat_map(|layer| layer.overlapping(area)) {
                wider = join(wider, decision.span);
            }
            if wider == area {
                return area;
            }
            area = wider;
        }
    }

    /// The marks of the mentions, suggestions and decisions that lie in `area`.
    fn merge(&self, area: Span, layer: Option<&Layer>) -> Vec<Mark> {
        let first = self
            .mentions
            .partition_point(|mention| mention.span.end <= area.start);
        let mut mentions = (first..self.mentions.len())
            .take_while(|&place| self.mentions[place].span.start < area.end)
            .peekable();
        let mut marks = Vec::new();
        for (span, standing) in self.claims(area, layer) {
            while let Some(place) = mentions.next_if(|&place| self.mentions[place].span.end <= span.start) {
                marks.push(self.undecided(place));
            }
            let mut mention = None;
            while let Some(place) = mentions.next_if(|&place| self.mentions[place].span.start < span.end) {
                mention = mention.or(Some(place));
            }
            marks.push(Mark {
                span,
                standing,
                mention,
            });
        }
        marks.extend(mentions.map(|place| self.undecided(place)));
        marks
    }

    /// What takes words for itself, whatever mentions lie there: decisions, and suggestions that are no mention.
    fn claims(&self, area: Span, layer: Option<&Layer>) -> Vec<(Span, Standing)> {
        let decided = |span| layer.into_iter().flat_map(move |layer| layer.overlapping(span));
        let mut claims: Vec<(Span, Standing)> = decided(area)
            .map(|decision| {
                let standing = match decision.ruling {
                    Ruling::Tagged(_) => Standing::Tagged,
                    Ruling::Dismissed(_) => Standing::Dismissed,
                };
                (decision.span, standing)
            })
            .collect();
        let decisions = claims.len();
        let mut mentions = overlapping(&self.mentions, |mention| mention.span, area).peekable();
        for suggestion in overlapping(&self.suggested, |suggestion| suggestion.span, area) {
            let span = suggestion.span;
            while mentions.next_if(|mention| mention.span < span).is_some() {}
            let is_mention = mentions.peek().is_some_and(|mention| mention.span == span);
            if !is_mention && self.makes_number(suggestion) && decided(span).next().is_none() {
                claims.push((span, Standing::Suggested));
            }
        }
        if claims.len() > decisions {
            claims.sort_unstable_by_key(|(span, _)| *span);
        }
        claims
    }

    /// Whether there is something to decide where this is proposed.
    fn makes_number(&self, suggestion: &Suggestion) -> bool {
        let mut candidates = overlapping(&self.mentions, |mention| mention.span, suggestion.span);
        match suggestion.ruling {
            Ruling::Tagged(_) => !suggestion.span.is_empty(),
            Ruling::Dismissed(_) => candidates.any(Mention::is_candidate),
        }
    }

    fn undecided(&self, place: usize) -> Mark {
        let mention = &self.mentions[place];
        let suggested = || {
            let place = self
                .suggested
                .binary_search_by_key(&mention.span, |suggestion| suggestion.span);
            place.ok().and_then(|place| self.suggested.get(place))
        };
        let standing = match suggested() {
            Some(suggestion) if self.makes_number(suggestion) => Standing::Suggested,
            _ if mention.is_candidate() => Standing::Open,
            _ => Standing::Muted(mention.role),
        };
        Mark {
            span: mention.span,
            standing,
            mention: Some(place),
        }
    }
}

/// Those of some sorted things without overlaps that share a byte with `area`.
fn overlapping<T>(sorted: &[T], span: impl Fn(&T) -> Span, area: Span) -> impl Iterator<Item = &T> {
    let from = sorted.partition_point(|thing| span(thing).end <= area.start);
    sorted[from..]
        .iter()
        .take_while(move |thing| span(thing).start < area.end)
}

fn join(one: Span, other: Span) -> Span {
    Span::new(one.start.min(other.start), one.end.max(other.end))
}

fn count(marks: &[Mark]) -> Ledger {
    let mut ledger = Ledger::default();
    for mark in marks {
        match mark.standing {
            Standing::Tagged => ledger.tagged += 1,
            Standing::Dismissed => ledger.dismissed += 1,
            Standing::Open | Standing::Suggested => ledger.open += 1,
            Standing::Muted(_) => {}
        }
    }
    ledger
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Decision, DismissReason};

    /// As many candidates of one byte, two bytes apart.
    fn mentions(count: usize) -> Arc<[Mention]> {
        let mention = |place: usize| {
            let span = Span::new(place * 2, place * 2 + 1);
            Mention {
                span,
                core: span,
                role: Role::Indicator,
                quantity: None,
            }
        };
        (0..count).map(mention).collect()
    }

    fn dismiss(layer: &mut Layer, span: Span) {
        let ruling = Ruling::Dismissed(DismissReason::Criterion);
        layer.insert(Arc::new(Decision::manual(span, ruling)));
    }

    #[test]
    fn open_numbers_are_counted_and_found_as_if_one_by_one() {
        let count = BLOCK * 3 + 7;
        let mut layer = Layer::default();
        let mut marks = Marks::new(mentions(count), Arc::from([]), None);
        // The second half of the first block, all of the second, and one decision over two mentions.
        let spans = (BLOCK / 2..BLOCK * 2).map(|place| Span::new(place * 2, place * 2 + 1));
        for span in spans.chain([Span::new(BLOCK * 4 + 10, BLOCK * 4 + 13)]) {
            dismiss(&mut layer, span);
            marks.update(span, Some(&layer));
        }
        let again = Marks::new(mentions(count), Arc::from([]), Some(&layer));
        assert_eq!(marks.all(), again.all());
        let open: Vec<usize> = marks
            .all()
            .iter()
            .filter(|mark| mark.standing.is_open())
            .map(|mark| mark.span.start)
            .collect();
        assert_eq!(open.len(), marks.ledger().open);
        for offset in 0..count * 2 + 2 {
            let before = open.partition_point(|start| *start < offset);
            assert_eq!(marks.open_before(offset), before, "before {offset}");
            let found = marks.open_from(offset).map(|mark| mark.span.start);
            assert_eq!(found, open.get(before).copied(), "from {offset}");
        }
    }

    fn suggestion(span: Span, ruling: Ruling) -> Suggestion {
        Suggestion {
            span,
            ruling,
            agent: "m".to_owned(),
            score: crate::model::Score(500),
            reasons: Vec::new(),
            doubts: Vec::new(),
        }
    }

    fn shown(marks: &Marks) -> Vec<String> {
        let all = marks.all().iter();
        let word = |mark: &Mark| {
            format!(
                "{}-{} {:?} {:?}",
                mark.span.start, mark.span.end, mark.standing, mark.mention
            )
        };
        all.map(word).collect()
    }

    #[test]
    fn another_agents_words_are_a_number_too() {
        let tag = || Ruling::Tagged(Box::default());
        let dismiss_it = || Ruling::Dismissed(DismissReason::Date);
        // Mentions stand at 0, 2, 4; the one at 2 is a date.
        let mentions: Arc<[Mention]> = mentions(3)
            .iter()
            .cloned()
            .map(|mention| match mention.span.start {
                2 => Mention {
                    role: Role::Date,
                    ..mention
                },
                _ => mention,
            })
            .collect();
        let open = ["0-1 Open Some(0)", "2-3 Muted(Date) Some(1)", "4-5 Open Some(2)"];
        let cases: &[(Span, Ruling, &[&str])] = &[
            (
                Span::new(0, 1),
                tag(),
                &["0-1 Suggested Some(0)", open[1], open[2]],
            ),
            (
                Span::new(0, 1),
                dismiss_it(),
                &["0-1 Suggested Some(0)", open[1], open[2]],
            ),
            (
                Span::new(2, 3),
                tag(),
                &[open[0], "2-3 Suggested Some(1)", open[2]],
            ),
            (Span::new(2, 3), dismiss_it(), &open),
            (Span::new(2, 4), dismiss_it(), &open),
            (
                Span::new(0, 2),
                dismiss_it(),
                &["0-2 Suggested Some(0)", open[1], open[2]],
            ),
            (Span::new(0, 3), tag(), &["0-3 Suggested Some(0)", open[2]]),
            (
                Span::new(6, 9),
                tag(),
                &[open[0], open[1], open[2], "6-9 Suggested None"],
            ),
            (Span::new(6, 9), dismiss_it(), &open),
        ];
        for (span, ruling, expected) in cases {
            let suggested: Arc<[Suggestion]> = [suggestion(*span, ruling.clone())].into();
            let mut marks = Marks::new(Arc::clone(&mentions), suggested, None);
            assert_eq!(shown(&marks), *expected, "{span:?}");
            let mut layer = Layer::default();
            dismiss(&mut layer, Span::new(2, 5));
            marks.update(Span::new(2, 5), Some(&layer));
            let anew = Marks::new(Arc::clone(&mentions), Arc::clone(&marks.suggested), Some(&layer));
            assert_eq!(shown(&marks), shown(&anew), "{span:?} decided");
            assert_eq!(marks.ledger(), anew.ledger());
            marks.update(Span::new(2, 5), None);
            assert_eq!(shown(&marks), *expected, "{span:?} opened again");
        }
    }
}
