//! Footnotes and endnotes: a mark where they belong, their words at the end.

use std::collections::BTreeMap;

use super::body::Body;
use super::numbering::Numbering;
use super::styles::Styles;
use crate::exchange::documents::fault::Fault;
use crate::exchange::documents::mark;
use crate::exchange::documents::xml::{Node, Xml};
use crate::text::read::Line;

/// Where a note stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Footnote,
    Endnote,
}

/// The notes that the text refers to, in the order of their numbers.
#[derive(Debug, Default)]
pub(super) struct Notes(Vec<(Kind, String)>);

impl Notes {
    /// Refers to a note; the mark for it.
    pub fn refer(&mut self, kind: Kind, id: String) -> String {
        self.0.push((kind, id));
        mark::of_note(self.0.len())
    }

    /// The lines of all notes, each behind its mark.
    pub fn lines(
        self,
        footnotes: Option<&str>,
        endnotes: Option<&str>,
        styles: &Styles,
        numbering: &mut Numbering,
    ) -> Result<Vec<Line>, Fault> {
        let mut read = |part: Option<&str>| match part {
            Some(text) if !self.0.is_empty() => of_part(text, styles, numbering),
            _ => Ok(BTreeMap::new()),
        };
        let (footnotes, endnotes) = (read(footnotes)?, read(endnotes)?);
        let mut lines = Vec::new();
        for (index, (kind, id)) in self.0.iter().enumerate() {
            let notes = match kind {
                Kind::Footnote => &footnotes,
                Kind::Endnote => &endnotes,
            };
            for (place, line) in notes.get(id).into_iter().flatten().enumerate() {
                lines.push(match line {
                    Line::Paragraph(words) if place == 0 => {
                        Line::Paragraph(format!("{} {}", mark::of_note(index + 1), words.trim_start()))
                    }
                    line => line.clone(),
                });
            }
        }
        if !lines.is_empty() {
            lines.insert(0, Line::Gap);
        }
        Ok(lines)
    }
}

/// The lines of the notes of a part, by their ids.
fn of_part(
    text: &str,
    styles: &Styles,
    numbering: &mut Numbering,
) -> Result<BTreeMap<String, Vec<Line>>, Fault> {
    let mut xml = Xml::new(text);
    let mut notes = BTreeMap::new();
    while let Some(node) = xml.next()? {
        if let Node::Open(tag) = node
            && matches!(tag.name(), "footnote" | "endnote")
        {
            let id = tag.value("id").unwrap_or_default();
            // A note has no notes of its own.
            let mut none = Notes::default();
            let lines = Body::new(styles, numbering, &mut none).read_element(&mut xml)?;
            notes.insert(id, lines);
        }
    }
    Ok(notes)
}
