//! Word documents: paragraphs, headings, lists with their numbers, tables, notes. Deleted and hidden text is left out.

mod body;
mod notes;
mod numbering;
mod styles;
mod table;

use super::fault::Fault;
use super::package::Package;
use crate::text::read::Manuscript;
use body::Body;
use notes::Notes;
use numbering::Numbering;
use styles::Styles;

/// Reads the document.
pub(super) fn read(package: &mut Package<'_>) -> Result<Manuscript, Fault> {
    let relations = package.relations(&package.main.clone())?;
    let styles = match package.related(&relations, "styles")? {
        Some(text) => Styles::read(&text)?,
        None => Styles::default(),
    };
    let mut numbering = match package.related(&relations, "numbering")? {
        Some(text) => Numbering::read(&text)?,
        None => Numbering::default(),
    };
    let main = package.main.clone();
    let text = package
        .part(&main)?
        .ok_or_else(|| Fault::Broken(format!("its part `{main}` is missing")))?;
    let mut notes = Notes::default();
    let mut lines = Body::new(&styles, &mut numbering, &mut notes).read(&text)?;
    let footnotes = package.related(&relations, "footnotes")?;
    let endnotes = package.related(&relations, "endnotes")?;
    lines.extend(notes.lines(footnotes.as_deref(), endnotes.as_deref(), &styles, &mut numbering)?);
    Ok(Manuscript {
        lines,
        title: package.title()?,
        pages: Vec::new(),
    })
}
