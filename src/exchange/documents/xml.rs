//! The XML of Office documents: elements by their local names, and words.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::fault::Fault;

/// No honest document nests deeper than this.
const DEEPEST: usize = 512;

/// Walks through a part.
pub(super) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
}

/// What the walk comes across. An empty element opens and closes.
pub(super) enum Node<'x> {
    Open(Tag<'x>),
    /// The local name of the element that ends.
    Close(String),
    Words(Cow<'x, str>),
}

/// The start of an element.
pub(super) struct Tag<'x>(BytesStart<'x>);

impl Tag<'_> {
    /// Its local name.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Whether this is its local name.
    pub fn is(&self, name: &str) -> bool {
        self.name() == name
    }

    /// The value of the attribute with this local name.
    pub fn value(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        // Looking for doubled names takes time that grows with the square of their number.
        attributes.with_checks(false);
        attributes
            .filter_map(Result::ok)
            .find(|attribute| attribute.key.local_name().as_ref() == name)
            .and_then(|attribute| {
                Some(
                    attribute
                        .normalized_value(XmlVersion::Implicit1_0)
                        .ok()?
                        .into_owned(),
                )
            })
    }

    /// The number in the attribute with this local name.
    pub fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.value(name)?.trim().parse().ok()
    }

    /// Whether an element that switches something switches it on.
    pub fn is_on(&self) -> bool {
        !matches!(self.value("val").as_deref(), Some("0" | "false" | "off"))
    }
}

impl<'x> Xml<'x> {
    pub fn new(text: &'x str) -> Self {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, depth: 0 }
    }

    /// The next node; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Node<'x>>, Fault> {
        loop {
            match self.reader.read_event().map_err(|error| Fault::xml(&error))? {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(Fault::Bomb(format!(
                            "its XML nests deeper than {DEEPEST} elements"
                        )));
                    }
                    return Ok(Some(Node::Open(Tag(start))));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Node::Close(end.local_name().into_inner().to_owned())));
                }
                Event::Text(words) => return Ok(Some(Node::Words(words.into_inner()))),
                Event::CData(words) => return Ok(Some(Node::Words(words.into_inner()))),
                Event::GeneralRef(entity) => {
                    let char = entity.resolve_char_ref().map_err(|error| Fault::xml(&error))?;
                    let words = match char {
                        Some(char) => Cow::Owned(char.to_string()),
                        None => Cow::Borrowed(resolve_xml_entity(&entity).unwrap_or_default()),
                    };
                    return Ok(Some(Node::Words(words)));
                }
                Event::DocType(_) => {
                    return Err(Fault::Broken(
                        "its XML declares entities of its own, which Office documents never do".to_owned(),
                    ));
                }
                Event::Eof if self.depth > 0 => {
                    return Err(Fault::Broken("its XML ends in the middle".to_owned()));
                }
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Passes over the rest of the element that has just opened.
    pub fn skip(&mut self) -> Result<(), Fault> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.next()?.is_some() {}
        Ok(())
    }
}
