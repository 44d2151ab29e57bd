//! A ZIP archive, and the parts and relations of an Office document in one.

use std::io::{Cursor, Read};

use encoding_rs::GB18030;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::fault::Fault;
use super::xml::{Node, Xml};

/// More members than this are no collection of reports.
pub(super) const MOST_MEMBERS: usize = 10_000;
/// The most that one part of a document, or one member, may unpack to. Bytes.
pub(super) const LARGEST_PART: u64 = 128 << 20;
/// The most that all that is read of one archive may unpack to. Bytes.
pub(super) const LARGEST_WHOLE: u64 = 512 << 20;
/// No honest member that is large is packed this many times over.
const HIGHEST_RATIO: u64 = 400;
/// Members below this size may be packed as tightly as they like. Bytes.
const SMALL: u64 = 4 << 20;

/// What an archive holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A Word document.
    Word,
    /// An Excel workbook.
    Excel,
    /// A document of another program; what it is, with its article.
    Other(&'static str),
    /// Files.
    Archive,
}

/// An archive that is being read.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The part that all others belong to.
    pub main: String,
    /// How much may still be unpacked. Bytes.
    left: u64,
}

/// What one part of a document says of another.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub id: String,
    /// The last word of its type: `styles`, `worksheet`.
    pub kind: String,
    /// The name of the part.
    pub part: String,
}

impl<'a> Package<'a> {
    /// Opens an archive and tells what it holds.
    pub fn open(bytes: &'a [u8]) -> Result<(Kind, Self), Fault> {
        let archive = ZipArchive::new(Cursor::new(bytes))?;
        if archive.len() > MOST_MEMBERS {
            let limit = format!("it has {} members, and {MOST_MEMBERS} is the most", archive.len());
            return Err(Fault::Bomb(limit));
        }
        let mut package = Package {
            archive,
            main: String::new(),
            left: LARGEST_WHOLE,
        };
        let kind = package.kind()?;
        Ok((kind, package))
    }

    fn kind(&mut self) -> Result<Kind, Fault> {
        if let Some(kind) = self.part("mimetype")?
            && kind.starts_with("application/vnd.oasis.")
        {
            return Ok(Kind::Other("an OpenDocument file"));
        }
        if self.archive.index_for_name("[Content_Types].xml").is_none() {
            return Ok(Kind::Archive);
        }
        let main = self
            .relations("")?
            .into_iter()
            .find(|relation| relation.kind == "officeDocument");
        let Some(main) = main else {
            return Ok(Kind::Archive);
        };
        self.main = main.part;
        Ok(match self.main.split('/').next() {
            Some("word") => Kind::Word,
            Some("xl") if self.main.to_ascii_lowercase().ends_with(".bin") => {
                Kind::Other("a binary Excel workbook (XLSB)")
            }
            Some("xl") => Kind::Excel,
            Some("ppt") => Kind::Other("a PowerPoint presentation"),
            _ => Kind::Archive,
        })
    }

    /// The paths of all members, in their order.
    pub fn paths(&self) -> Vec<String> {
        self.archive.file_names_raw().map(decode_name).collect()
    }

    /// The unpacked bytes of a member; `None` for a folder or a link.
    pub fn member(&mut self, index: usize) -> Result<Option<Vec<u8>>, Fault> {
        let mut file = self.archive.by_index(index)?;
        if file.is_dir() || file.is_symlink() {
            return Ok(None);
        }
        unpack(&mut file, &mut self.left).map(Some)
    }

    /// The text of a part; `None` where there is no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let Some(index) = self.archive.index_for_name(name) else {
            return Ok(None);
        };
        let bytes = unpack(&mut self.archive.by_index(index)?, &mut self.left)?;
        let text = match encoding_rs::Encoding::for_bom(&bytes) {
            Some((encoding, _)) => encoding.decode(&bytes).0.into_owned(),
            None => String::from_utf8(bytes)
                .map_err(|error| Fault::Broken(format!("its part `{name}` is no UTF-8 ({error})")))?,
        };
        Ok(Some(text))
    }

    /// What a part (the package itself where it is empty) relates to.
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Fault> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let separator = if folder.is_empty() { "" } else { "/" };
        let Some(text) = self.part(&format!("{folder}{separator}_rels/{name}.rels"))? else {
            return Ok(Vec::new());
        };
        let mut xml = Xml::new(&text);
        let mut relations = Vec::new();
        while let Some(node) = xml.next()? {
            if let Node::Open(tag) = node
                && tag.is("Relationship")
                && tag.value("TargetMode").as_deref() != Some("External")
            {
                let target = tag.value("Target").unwrap_or_default();
                let kind = tag.value("Type").unwrap_or_default();
                relations.push(Relation {
                    id: tag.value("Id").unwrap_or_default(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    part: resolve(folder, &target),
                });
            }
        }
        Ok(relations)
    }

    /// The text of the part of this kind that the main part relates to.
    pub fn related(&mut self, relations: &[Relation], kind: &str) -> Result<Option<String>, Fault> {
        match relations.iter().find(|relation| relation.kind == kind) {
            Some(relation) => self.part(&relation.part),
            None => Ok(None),
        }
    }

    /// The title that the document's properties name.
    pub fn title(&mut self) -> Result<String, Fault> {
        let Some(text) = self.part("docProps/core.xml")? else {
            return Ok(String::new());
        };
        let mut xml = Xml::new(&text);
        let mut title = String::new();
        let mut in_title = false;
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => in_title = tag.is("title"),
                Node::Close(_) => in_title = false,
                Node::Words(words) if in_title => title.push_str(&words),
                Node::Words(_) => {}
            }
        }
        Ok(title)
    }
}

/// Unpacks a member within the limits; what is declared of its size is not trusted.
fn unpack<R: Read>(file: &mut ZipFile<'_, R>, left: &mut u64) -> Result<Vec<u8>, Fault> {
    let (packed, declared) = (file.compressed_size(), file.size());
    let too_tight = |size: u64| size > SMALL && size / packed.max(1) > HIGHEST_RATIO;
    let most = LARGEST_PART.min(*left);
    let bomb = || {
        let name = decode_name(file.name_raw());
        let limit = format!(
            "its part `{name}` would unpack to more than {} MB, or is packed more than {HIGHEST_RATIO} times over",
            most >> 20
        );
        Fault::Bomb(limit)
    };
    if declared > most || too_tight(declared) {
        return Err(bomb());
    }
    let mut bytes = Vec::with_capacity(declared.min(SMALL) as usize);
    let read = Read::take(&mut *file, most + 1).read_to_end(&mut bytes)? as u64;
    if read > most || too_tight(read) {
        let name = decode_name(file.name_raw());
        return Err(Fault::Bomb(format!(
            "its part `{name}` unpacks to more than it declares, and than {} MB",
            most >> 20
        )));
    }
    *left -= read;
    Ok(bytes)
}

/// A member's path; archives made on Chinese Windows have it in GBK.
fn decode_name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_not_unicode) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// The part that a target in a folder of the package names; it never leaves the package.
fn resolve(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}
