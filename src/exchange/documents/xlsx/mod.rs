//! Excel workbooks: each sheet a caption and its rows, cells as they are printed, merged heads filled.

mod date;
mod format;
mod sheet;
mod styles;

use super::fault::Fault;
use super::package::Package;
use super::xml::{Node, Xml};
use crate::text::read::{Line, Manuscript};
use styles::Styles;

/// What a sheet needs to know of its workbook.
pub(super) struct Workbook {
    /// The words that cells share.
    strings: Vec<String>,
    styles: Styles,
    /// Days are counted from 1904 on rather than from 1900.
    since_1904: bool,
}

/// Reads the sheets that are not hidden.
pub(super) fn read(package: &mut Package<'_>) -> Result<Manuscript, Fault> {
    let main = package.main.clone();
    let relations = package.relations(&main)?;
    let text = package
        .part(&main)?
        .ok_or_else(|| Fault::Broken(format!("its part `{main}` is missing")))?;
    let (sheets, since_1904) = sheets(&text)?;
    let strings = match package.related(&relations, "sharedStrings")? {
        Some(text) => shared_strings(&text)?,
        None => Vec::new(),
    };
    let styles = match package.related(&relations, "styles")? {
        Some(text) => Styles::read(&text)?,
        None => Styles::default(),
    };
    let workbook = Workbook {
        strings,
        styles,
        since_1904,
    };
    let mut manuscript = Manuscript {
        title: package.title()?,
        ..Manuscript::default()
    };
    for (number, sheet) in (1..).zip(sheets) {
        let Some(relation) = relations.iter().find(|relation| relation.id == sheet.relation) else {
            continue;
        };
        if sheet.is_hidden || relation.kind != "worksheet" {
            continue;
        }
        let Some(text) = package.part(&relation.part)? else {
            continue;
        };
        let lines = sheet::read(&text, &workbook)?.lines();
        if lines.is_empty() {
            continue;
        }
        manuscript.pages.push((manuscript.lines.len(), number));
        if !is_given_by_program(&sheet.name) {
            manuscript.lines.push(Line::Paragraph(sheet.name));
        }
        manuscript.lines.extend(lines);
    }
    Ok(manuscript)
}

struct Sheet {
    name: String,
    relation: String,
    is_hidden: bool,
}

/// The sheets of a workbook in their order, and whether days are counted from 1904 on.
fn sheets(text: &str) -> Result<(Vec<Sheet>, bool), Fault> {
    let mut xml = Xml::new(text);
    let (mut sheets, mut since_1904) = (Vec::new(), false);
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "sheet" => sheets.push(Sheet {
                name: tag.value("name").unwrap_or_default(),
                relation: tag.value("id").unwrap_or_default(),
                is_hidden: tag.value("state").is_some_and(|state| state != "visible"),
            }),
            "workbookPr" => since_1904 = matches!(tag.value("date1904").as_deref(), Some("1" | "true")),
            _ => {}
        }
    }
    Ok((sheets, since_1904))
}

/// Whether a sheet has the name that it was made with, which says nothing.
fn is_given_by_program(name: &str) -> bool {
    ["Sheet", "工作表", "表"].iter().any(|start| {
        name.strip_prefix(start)
            .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

fn shared_strings(text: &str) -> Result<Vec<String>, Fault> {
    let mut xml = Xml::new(text);
    let mut strings = Vec::new();
    while let Some(node) = xml.next()? {
        if let Node::Open(tag) = node
            && tag.is("si")
        {
            strings.push(rich_text(&mut xml)?);
        }
    }
    Ok(strings)
}

/// The words of the element that has just opened, without those that tell how they are pronounced.
fn rich_text(xml: &mut Xml<'_>) -> Result<String, Fault> {
    let outside = xml.depth();
    let mut words = String::new();
    let mut in_words = false;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) if tag.is("rPh") => xml.skip()?,
            Node::Open(tag) => in_words = tag.is("t"),
            Node::Words(text) if in_words => words.push_str(&text),
            Node::Words(_) => {}
            Node::Close(_) => {
                in_words = false;
                if xml.depth() < outside {
                    break;
                }
            }
        }
    }
    Ok(words)
}
