//! Walks through the body of a document, or of a note.

use super::notes::{Kind, Notes};
use super::numbering::Numbering;
use super::styles::{Place, Styles};
use super::table::{Table, Vertical};
use crate::exchange::documents::fault::Fault;
use crate::exchange::documents::xml::{Node, Tag, Xml};
use crate::text::read::Line;

/// Elements whose content is not shown: what was deleted or moved away, former formats, field codes, what stands
/// in for a drawing that is read already, pronunciations, section marks.
const UNSEEN: &[&str] = &[
    "delText",
    "delInstrText",
    "instrText",
    "moveFrom",
    "pPrChange",
    "rPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
    "Fallback",
    "rt",
    "sectPr",
    "tabs",
    "tblGrid",
    "binData",
];

/// The walk.
pub(super) struct Body<'b> {
    styles: &'b Styles,
    numbering: &'b mut Numbering,
    notes: &'b mut Notes,
    lines: Vec<Line>,
    /// The paragraphs that are open: one, and those of drawings in it.
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    /// The properties of a paragraph are being read.
    in_properties: bool,
    in_row_properties: bool,
    in_run: bool,
    in_words: bool,
    /// The run being read is not shown.
    is_hidden: bool,
    /// The words of a paragraph whose end was deleted.
    left_over: String,
}

#[derive(Default)]
struct Paragraph {
    words: String,
    style: String,
    place: Option<Place>,
    /// Its end was deleted, so that it goes on with the next.
    goes_on: bool,
}

impl<'b> Body<'b> {
    pub fn new(styles: &'b Styles, numbering: &'b mut Numbering, notes: &'b mut Notes) -> Self {
        Self {
            styles,
            numbering,
            notes,
            lines: Vec::new(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            in_properties: false,
            in_row_properties: false,
            in_run: false,
            in_words: false,
            is_hidden: false,
            left_over: String::new(),
        }
    }

    /// The lines of a whole part.
    pub fn read(mut self, text: &str) -> Result<Vec<Line>, Fault> {
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            self.take(node, &mut xml)?;
        }
        Ok(self.lines)
    }

    /// The lines of the element that has just opened.
    pub fn read_element(mut self, xml: &mut Xml<'_>) -> Result<Vec<Line>, Fault> {
        let outside = xml.depth();
        while let Some(node) = xml.next()? {
            if xml.depth() < outside {
                break;
            }
            self.take(node, xml)?;
        }
        Ok(self.lines)
    }

    fn take(&mut self, node: Node<'_>, xml: &mut Xml<'_>) -> Result<(), Fault> {
        match node {
            Node::Open(tag) if UNSEEN.contains(&tag.name()) => xml.skip()?,
            Node::Open(tag) if tag.is("del") => {
                self.deleted();
                xml.skip()?;
            }
            Node::Open(tag) => self.open(&tag),
            Node::Close(name) => self.close(&name),
            Node::Words(words) if self.in_words && !self.is_hidden => self.write(&words),
            Node::Words(_) => {}
        }
        Ok(())
    }

    /// A mark says that what it stands in was deleted; round runs, that they were.
    fn deleted(&mut self) {
        if self.in_row_properties {
            if let Some(table) = self.tables.last_mut() {
                table.delete_row();
            }
        } else if self.in_properties
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.goes_on = true;
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "p" => {
                self.in_run = false;
                self.paragraphs.push(Paragraph {
                    words: std::mem::take(&mut self.left_over),
                    ..Paragraph::default()
                });
            }
            "pPr" => self.in_properties = true,
            "trPr" => self.in_row_properties = true,
            "r" => {
                self.in_run = true;
                self.is_hidden = false;
            }
            "t" => self.in_words = true,
            // A box of text stands in a run, but what is in it does not.
            "tbl" => {
                self.in_run = false;
                self.tables.iter_mut().for_each(|outer| outer.is_layout = true);
                self.tables.push(Table::default());
            }
            _ if self.in_properties => self.property(tag),
            _ if self.in_run => self.sign(tag),
            _ => self.table_part(tag),
        }
    }

    fn property(&mut self, tag: &Tag<'_>) {
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        match tag.name() {
            "pStyle" => paragraph.style = tag.value("val").unwrap_or_default(),
            "numId" => paragraph.place.get_or_insert_default().list = tag.number("val").unwrap_or(0),
            "ilvl" => paragraph.place.get_or_insert_default().level = tag.number("val").unwrap_or(0),
            _ => {}
        }
    }

    /// What stands in a run besides its words.
    fn sign(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "vanish" => self.is_hidden |= tag.is_on(),
            "rStyle" => {
                let style = tag.value("val").unwrap_or_default();
                self.is_hidden |= self.styles.is_hidden(&style);
            }
            _ if self.is_hidden => {}
            "tab" | "ptab" => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "footnoteReference" => self.note(Kind::Footnote, tag),
            "endnoteReference" => self.note(Kind::Endnote, tag),
            _ => {}
        }
    }

    fn note(&mut self, kind: Kind, tag: &Tag<'_>) {
        let mark = self.notes.refer(kind, tag.value("id").unwrap_or_default());
        self.write(&mark);
    }

    fn table_part(&mut self, tag: &Tag<'_>) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        match tag.name() {
            "tr" => table.open_row(),
            "tc" => table.open_cell(),
            "gridBefore" => table.skip_columns(tag.number("val").unwrap_or(0)),
            "gridSpan" => table.set_span(tag.number("val").unwrap_or(1)),
            "vMerge" => table.set_merge(match tag.value("val").as_deref() {
                Some("restart") => Vertical::Begins,
                _ => Vertical::GoesOn,
            }),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "pPr" => self.in_properties = false,
            "trPr" => self.in_row_properties = false,
            "r" => {
                self.in_run = false;
                self.is_hidden = false;
            }
            "t" => self.in_words = false,
            "tbl" => {
                if let Some(table) = self.tables.pop() {
                    let lines = table.lines();
                    self.here().extend(lines);
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else {
            return;
        };
        if paragraph.goes_on {
            self.left_over = paragraph.words;
            return;
        }
        if self.styles.is_contents(&paragraph.style) {
            return;
        }
        let place = paragraph
            .place
            .or_else(|| self.styles.numbering(&paragraph.style));
        let is_blank = paragraph.words.trim().is_empty();
        let number = place
            .filter(|_| !is_blank)
            .and_then(|place| self.numbering.next(place));
        let words = match number {
            Some(number) if number.ends_with(|char: char| char.is_ascii()) => {
                format!("{number} {}", paragraph.words.trim_start())
            }
            Some(number) => number + paragraph.words.trim_start(),
            None => paragraph.words,
        };
        let is_title = self.styles.is_title(&paragraph.style) && self.tables.is_empty();
        let lines = self.here();
        for line in words.split('\n') {
            let line = line.to_owned();
            lines.push(if is_title {
                Line::Title(line)
            } else {
                Line::Paragraph(line)
            });
        }
    }

    /// The lines that are being written: those of a cell, or of the document.
    fn here(&mut self) -> &mut Vec<Line> {
        match self.tables.last_mut().and_then(Table::cell_lines) {
            Some(lines) => lines,
            None => &mut self.lines,
        }
    }

    fn write(&mut self, words: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.words.push_str(words);
        }
    }
}
