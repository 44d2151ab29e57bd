//! Takes out what stands at the edges of every page: running heads and page numbers.

use std::collections::HashMap;

use super::layout::{Lines, TextLine};

/// So many lines at either edge of a page may be running ones.
const AT_EDGE: usize = 3;
/// Running lines stand within this share of the page's height from its edges.
const EDGE: f64 = 0.14;
/// Running lines of different pages differ by less than this. Points.
const SAME_PLACE: f64 = 4.0;

/// The pages without them.
pub(super) fn without(mut pages: Vec<Lines>) -> Vec<Lines> {
    let mut seen: HashMap<(String, i64), usize> = HashMap::new();
    for page in &pages {
        for index in at_edges(page) {
            if let Some(line) = page.lines.get(index) {
                *seen.entry(key(line)).or_default() += 1;
            }
        }
    }
    // Left and right pages may differ.
    let needed = (pages.len() * 2 / 5).max(2);
    for page in &mut pages {
        let running: Vec<usize> = at_edges(page)
            .into_iter()
            .filter(|index| {
                page.lines.get(*index).is_some_and(|line| {
                    is_page_number(&line.words())
                        || seen.get(&key(line)).is_some_and(|count| *count >= needed)
                })
            })
            .collect();
        let mut index = 0;
        page.lines.retain(|_| {
            index += 1;
            !running.contains(&(index - 1))
        });
    }
    pages
}

/// The lines at the edges of a page.
fn at_edges(page: &Lines) -> Vec<usize> {
    let mut order: Vec<usize> = (0..page.lines.len()).collect();
    let y = |index: &usize| page.lines.get(*index).map_or(0.0, |line| line.y);
    order.sort_by(|a, b| y(a).total_cmp(&y(b)));
    let edge = page.height * EDGE;
    let top = order.iter().take(AT_EDGE).filter(|index| y(index) < edge);
    let bottom = order
        .iter()
        .rev()
        .take(AT_EDGE)
        .filter(|index| y(index) > page.height - edge);
    top.chain(bottom).copied().collect()
}

/// What running lines of two pages share: their words without figures, and their place.
fn key(line: &TextLine) -> (String, i64) {
    let words = line
        .words()
        .chars()
        .filter(|char| !char.is_ascii_digit() && !char.is_whitespace())
        .collect();
    (words, (line.y / SAME_PLACE).round() as i64)
}

/// A number with what stands round one: — 3 —, 第3页 共12页, 3/12.
fn is_page_number(words: &str) -> bool {
    let has_digit = words.contains(|char: char| char.is_ascii_digit() || ('０'..='９').contains(&char));
    has_digit
        && words.chars().count() <= 16
        && words.chars().all(|char| {
            char.is_ascii_digit()
                || char.is_whitespace()
                || ('０'..='９').contains(&char)
                || "-–—―－·•.第页共/|～~[]".contains(char)
        })
}
