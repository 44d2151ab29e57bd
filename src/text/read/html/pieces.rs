//! Cuts HTML into the few pieces that matter for reading it.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Starts and ends a line.
    Block,
    /// Starts and ends a line, and its text may be the report's title.
    Headline,
    /// Ends a line.
    LineBreak,
    Table,
    Row,
    Cell,
    /// Is parted from another one right before it.
    Link,
    /// Keeps its line ends.
    Preformatted,
    /// Is not shown.
    Unseen,
    /// Is not shown in the page, but names it.
    Title,
}

/// The elements that are more than a stretch of text.
#[rustfmt::skip]
const ELEMENTS: &[(&str, Role)] = &[
    ("a", Role::Link), ("address", Role::Block), ("article", Role::Block), ("aside", Role::Block),
    ("blockquote", Role::Block), ("body", Role::Block), ("br", Role::LineBreak), ("button", Role::Block),
    ("caption", Role::Block), ("center", Role::Block), ("dd", Role::Block), ("details", Role::Block),
    ("div", Role::Block), ("dl", Role::Block), ("dt", Role::Block), ("fieldset", Role::Block),
    ("figcaption", Role::Block), ("figure", Role::Block), ("footer", Role::Block), ("form", Role::Block),
    ("h1", Role::Headline), ("h2", Role::Block), ("h3", Role::Block), ("h4", Role::Block),
    ("h5", Role::Block), ("h6", Role::Block), ("header", Role::Block), ("hr", Role::Block),
    ("iframe", Role::Unseen), ("legend", Role::Block), ("li", Role::Block), ("main", Role::Block),
    ("nav", Role::Block), ("noscript", Role::Unseen), ("ol", Role::Block), ("option", Role::Block),
    ("p", Role::Block), ("pre", Role::Preformatted), ("script", Role::Unseen), ("section", Role::Block),
    ("select", Role::Unseen), ("style", Role::Unseen), ("summary", Role::Block), ("svg", Role::Unseen),
    ("table", Role::Table), ("td", Role::Cell), ("template", Role::Unseen), ("textarea", Role::Unseen),
    ("th", Role::Cell), ("title", Role::Title), ("tr", Role::Row), ("ul", Role::Block),
];

/// An element's place in [`ELEMENTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element(u8);

impl Element {
    fn named(name: &[u8]) -> Option<Self> {
        ELEMENTS
            .binary_search_by(|(known, _)| known.as_bytes().cmp(name))
            .ok()
            .map(|index| Self(index as u8))
    }

    pub fn role(self) -> Role {
        ELEMENTS
            .get(usize::from(self.0))
            .map_or(Role::Block, |(_, role)| *role)
    }
}

/// A piece of a page. Ranges are bytes of the HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Open { element: Element, role: Role, at: usize },
    Close { element: Element, role: Role, at: usize },
    Text(Range<usize>),
}

/// The pieces of some HTML, and what its `<meta>` elements say.
#[derive(Default)]
pub(super) struct Pieces {
    pub pieces: Vec<Piece>,
    /// Names in lower case, and contents.
    pub meta: Vec<(String, String)>,
}

impl Pieces {
    /// Cuts `html` into pieces.
    pub fn of(html: &str) -> Self {
        let mut cutter = Cutter::default();
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
            cutter.take(&event, span);
            None::<Infallible>
        });
        emitter.naively_switch_states(true);
        let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
        cutter.found
    }
}

#[derive(Default)]
struct Cutter {
    found: Pieces,
    /// The tag being read is a `<meta>`.
    in_meta: bool,
    attribute: Vec<u8>,
    meta_name: String,
    meta_content: String,
}

impl Cutter {
    fn take(&mut self, event: &CallbackEvent<'_>, span: Span<usize>) {
        match *event {
            CallbackEvent::OpenStartTag { name } => self.open(name, span.start),
            CallbackEvent::AttributeName { name } => name.clone_into(&mut self.attribute),
            CallbackEvent::AttributeValue { value } => self.attribute_value(value),
            CallbackEvent::CloseStartTag { .. } if self.in_meta => self.close_meta(),
            CallbackEvent::EndTag { name } => {
                if let Some(element) = Element::named(name) {
                    let (role, at) = (element.role(), span.end);
                    self.found.pieces.push(Piece::Close { element, role, at });
                }
            }
            CallbackEvent::String { .. } => self.found.pieces.push(Piece::Text(span.start..span.end)),
            _ => {}
        }
    }

    fn open(&mut self, name: &[u8], at: usize) {
        self.in_meta = name == b"meta";
        self.attribute.clear();
        if let Some(element) = Element::named(name) {
            let role = element.role();
            self.found.pieces.push(Piece::Open { element, role, at });
        }
    }

    fn attribute_value(&mut self, value: &[u8]) {
        let words = || String::from_utf8_lossy(value).trim().to_owned();
        match self.attribute.as_slice() {
            b"name" | b"property" if self.in_meta => self.meta_name = words().to_ascii_lowercase(),
            b"content" if self.in_meta => self.meta_content = words(),
            b"style" if !self.in_meta => self.conceal(value),
            _ => {}
        }
    }

    /// Takes the element out of the page if its style hides it.
    fn conceal(&mut self, style: &[u8]) {
        let style: Vec<u8> = style
            .iter()
            .filter(|byte| **byte != b' ')
            .map(u8::to_ascii_lowercase)
            .collect();
        // Only elements that must be closed: an open `<p>` would hide the rest of the page.
        if memchr::memmem::find(&style, b"display:none").is_some()
            && let Some(Piece::Open { element, role, .. }) = self.found.pieces.last_mut()
            && ["div", "section", "ul"]
                .iter()
                .any(|name| Element::named(name.as_bytes()) == Some(*element))
        {
            *role = Role::Unseen;
        }
    }

    fn close_meta(&mut self) {
        self.in_meta = false;
        let name = std::mem::take(&mut self.meta_name);
        let content = std::mem::take(&mut self.meta_content);
        if !name.is_empty() && !content.is_empty() {
            self.found.meta.push((name, content));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_elements_is_sorted() {
        assert!(ELEMENTS.is_sorted_by_key(|(name, _)| *name));
    }
}
