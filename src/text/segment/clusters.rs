//! A text's grapheme clusters, fast where the text is plain.

use std::str::Chars;
use unicode_segmentation::UnicodeSegmentation;

/// Bytes after which a cluster is cut: real ones are far shorter, and a hostile one must not be
/// read again and again.
const MAX_CLUSTER_BYTES: usize = 128;

/// One cluster: what a reader takes for a character.
#[derive(Clone, Copy, Debug)]
pub(in crate::text) struct Cluster {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The character that it begins with.
    pub first: char,
}

impl Cluster {
    /// Whether it has more characters than the first.
    pub fn has_more(self) -> bool {
        self.end - self.start > self.first.len_utf8()
    }
}

/// Walks a text cluster by cluster; asks the Unicode tables only where a character is not plain.
pub(in crate::text) struct Clusters<'a> {
    text: &'a str,
    at: usize,
    rest: Chars<'a>,
    next: Option<(char, bool)>,
}

impl<'a> Clusters<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut clusters = Self {
            text,
            at: 0,
            rest: text.chars(),
            next: None,
        };
        clusters.step();
        clusters
    }

    fn step(&mut self) {
        self.next = self.rest.next().map(|c| (c, is_plain(c)));
    }

    /// The end of the cluster at `start`, by the Unicode tables, with the walk set behind it.
    fn look_up_end(&mut self, start: usize) -> usize {
        let limit = self.text.floor_char_boundary(start + MAX_CLUSTER_BYTES);
        let ahead = self.text.get(start..limit).unwrap_or_default();
        let len = ahead.graphemes(true).next().map_or(ahead.len(), str::len);
        self.rest = self.text.get(start + len..).unwrap_or_default().chars();
        self.step();
        start + len
    }
}

impl Iterator for Clusters<'_> {
    type Item = Cluster;

    fn next(&mut self) -> Option<Cluster> {
        let (first, plain) = self.next?;
        let start = self.at;
        self.step();
        let ends_here = plain && self.next.is_none_or(|(_, plain)| plain);
        self.at = if ends_here {
            start + first.len_utf8()
        } else {
            self.look_up_end(start)
        };
        Some(Cluster {
            start,
            end: self.at,
            first,
        })
    }
}

/// Whether `c` is a cluster by itself between others such as it.
fn is_plain(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}'
        | '\0'..='\u{C}' | '\u{E}'..='\u{2FF}'
        | '\u{3000}'..='\u{3029}' | '\u{3030}'..='\u{3098}' | '\u{309B}'..='\u{4DBF}'
        | '\u{FF01}'..='\u{FF9D}'
        | '\u{370}'..='\u{482}' | '\u{48A}'..='\u{52F}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{2070}'..='\u{20CF}'
        | '\u{2100}'..='\u{2CEE}')
}
