//! Reports in the files of other programs: Word, Excel, PDF, and ZIP archives of reports.
//!
//! The content decides what a file is, never its name. Every reader bounds what it unpacks.

mod archive;
mod docx;
mod fault;
mod grid;
mod mark;
mod package;
mod pdf;
#[cfg(test)]
mod tests;
mod xlsx;
mod xml;

use crate::text::read::{Container, Format, ReadError, Reading};

pub use archive::{Member, for_each_member};

use package::{Kind, Package};

/// Reads a file that holds one report; `None` where it is none of these and may be a text.
pub fn read(bytes: &[u8], file_name: &str) -> Option<Result<Reading, ReadError>> {
    let is_pdf = pdf::is_pdf(bytes);
    if !is_zip(bytes) && !is_pdf {
        return None;
    }
    if bytes.len() > ReadError::LARGEST_FILE {
        return Some(Err(ReadError::too_large(file_name, bytes.len())));
    }
    if is_pdf {
        let read = pdf::read(bytes).map(|found| found.reading(Format::Pdf));
        return Some(read.map_err(|fault| fault.of(file_name, Container::Pdf)));
    }
    let (container, reading) = match Package::open(bytes) {
        Err(fault) => (Container::Archive, Err(fault)),
        Ok((Kind::Word, mut package)) => (
            Container::Word,
            docx::read(&mut package).map(|found| found.reading(Format::Word)),
        ),
        Ok((Kind::Excel, mut package)) => (
            Container::Excel,
            xlsx::read(&mut package).map(|found| found.reading(Format::Excel)),
        ),
        Ok((Kind::Other(looks_like), _)) => return Some(Err(ReadError::binary(file_name, looks_like))),
        Ok((Kind::Archive, _)) => {
            let file_name = file_name.to_owned();
            return Some(Err(ReadError::Archive { file_name }));
        }
    };
    Some(reading.map_err(|fault| fault.of(file_name, container)))
}

/// Whether these bytes are a ZIP archive that holds files rather than one document.
pub fn is_archive(bytes: &[u8]) -> bool {
    is_zip(bytes) && matches!(Package::open(bytes), Ok((Kind::Archive, _)))
}

fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}
