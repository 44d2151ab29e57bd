//! Rows of names before rows of values: 城镇、农村居民人均可支配收入分别增长4.4%、5.9%.
//!
//! Pure.

use super::clause::{self, is_conjunction, skip_behind_value};
use super::link::{Link, Linker};
use crate::model::{Mention, Span};

/// No report prints longer rows, and no value looks farther.
const LONGEST: usize = 16;

/// How many values stand in a row from the mention at `index` on; no more than [`LONGEST`].
pub(super) fn length(text: &str, mentions: &[Mention], index: usize) -> usize {
    let mut end = mentions.get(index).map_or(0, |mention| mention.span.end);
    let mut length = 1;
    for next in mentions.iter().skip(index + 1).take(LONGEST - 1) {
        let gap = text.get(end..next.span.start).unwrap_or_default();
        let gap = gap.get(skip_behind_value(gap)..).unwrap_or_default().trim();
        let mut chars = gap.chars();
        let single = chars
            .next()
            .is_some_and(|c| is_conjunction(c) || matches!(c, '，' | ','));
        if !single || !chars.as_str().is_empty() {
            break;
        }
        length += 1;
        end = next.span.end;
    }
    length
}

/// How many values follow each other from the mention at `index` on with no more than a verb between them.
pub(super) fn loose_length(text: &str, mentions: &[Mention], index: usize) -> usize {
    let ends = mentions.iter().skip(index).map(|mention| mention.span.end);
    let starts = mentions.iter().skip(index + 1).map(|mention| mention.span.start);
    let joined = |(end, start): &(usize, usize)| {
        let gap = text.get(*end..*start).unwrap_or_default();
        gap.starts_with(is_conjunction) && gap.chars().count() <= 5
    };
    1 + ends.zip(starts).take_while(joined).count()
}

/// How many conjunctions stand between the names of a row.
pub(super) fn conjunctions(text: &str, row: Span) -> usize {
    clause::conjunctions(row.of(text).unwrap_or_default()).count()
}

/// The last `count` names of a row of names, in reverse order.
pub(super) fn names(text: &str, row: Span, count: usize) -> Vec<Span> {
    let words = row.of(text).unwrap_or_default();
    let mut names = Vec::with_capacity(count);
    let mut end = words.len();
    while names.len() + 1 < count {
        let head = words.get(..end).unwrap_or_default();
        let joint = clause::conjunctions(head)
            .rev()
            .find(|&(at, c)| at > 0 && at + c.len_utf8() < head.len());
        let Some((at, c)) = joint else { break };
        names.push(Span::new(row.start + at + c.len_utf8(), row.start + end));
        end = at;
    }
    names.push(Span::new(row.start, row.start + end));
    names
}

/// A name of a row with the head that it shares with the last name (城镇 + 居民人均可支配收入), if the catalogue
/// knows it so.
pub(super) fn complete<'c>(
    text: &str,
    linker: &Linker<'c>,
    name: Span,
    last: Span,
) -> Option<(String, Link<'c>)> {
    let start = name.of(text)?;
    let head = last.of(text)?;
    head.char_indices().skip(1).find_map(|(at, _)| {
        let whole = format!("{start}{}", head.get(at..)?);
        // 工业、工业技改投资: what makes one name the other is not what they share.
        if whole == head {
            return None;
        }
        let link = linker.exactly(&whole)?;
        Some((whole, link))
    })
}
