//! The styles of paragraphs, as far as they change what is read.

use std::collections::BTreeMap;

use crate::exchange::documents::fault::Fault;
use crate::exchange::documents::xml::{Node, Xml};

/// Styles are based on styles, but no further than this.
const LONGEST_CHAIN: usize = 16;

/// The styles of a document, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

#[derive(Debug, Default)]
struct Style {
    /// Its name in lower case, the same in every language of Word.
    name: String,
    based_on: String,
    numbering: Option<Place>,
    is_hidden: bool,
}

/// A paragraph's place in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The list; 0 is none.
    pub list: u32,
    /// The level from 0.
    pub level: usize,
}

impl Styles {
    /// Reads the part of a document that defines them.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let mut xml = Xml::new(text);
        let mut styles = BTreeMap::new();
        let mut style: Option<(String, Style)> = None;
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if tag.is("style") => {
                    style = Some((tag.value("styleId").unwrap_or_default(), Style::default()));
                }
                Node::Open(tag) => {
                    if let Some((_, style)) = &mut style {
                        match tag.name() {
                            "name" => style.name = tag.value("val").unwrap_or_default().to_lowercase(),
                            "basedOn" => style.based_on = tag.value("val").unwrap_or_default(),
                            "numId" => {
                                style.numbering.get_or_insert_default().list = tag.number("val").unwrap_or(0);
                            }
                            "ilvl" => {
                                style.numbering.get_or_insert_default().level =
                                    tag.number("val").unwrap_or(0);
                            }
                            "vanish" => style.is_hidden = tag.is_on(),
                            _ => {}
                        }
                    }
                }
                Node::Close(name) if name == "style" => styles.extend(style.take()),
                Node::Close(_) | Node::Words(_) => {}
            }
        }
        Ok(Self(styles))
    }

    /// Whether the style is that of the document's title.
    pub fn is_title(&self, id: &str) -> bool {
        self.0.get(id).is_some_and(|style| style.name == "title")
    }

    /// Whether the style is that of a line of a table of contents.
    pub fn is_contents(&self, id: &str) -> bool {
        let name = self.0.get(id).map_or("", |style| style.name.as_str());
        name.strip_prefix("toc ")
            .or_else(|| name.strip_prefix("contents "))
            .is_some_and(|level| level.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// Whether text in the style is not shown.
    pub fn is_hidden(&self, id: &str) -> bool {
        self.0.get(id).is_some_and(|style| style.is_hidden)
    }

    /// The place in a list that a style gives its paragraphs.
    pub fn numbering(&self, id: &str) -> Option<Place> {
        let mut style = self.0.get(id)?;
        for _ in 0..LONGEST_CHAIN {
            if let Some(place) = style.numbering {
                return Some(place);
            }
            style = self.0.get(&style.based_on)?;
        }
        None
    }
}
