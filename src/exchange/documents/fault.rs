//! What is wrong with a container, before it is known which file it is.

use std::io;

use zip::result::ZipError;

use crate::text::read::{Container, ReadError};

/// What is wrong with a container.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is damaged.
    Broken(String),
    /// It breaks this limit.
    Bomb(String),
    /// It is locked with a password.
    Locked,
    /// Its pages, of which there are so many, are pictures.
    Scanned(usize),
}

impl Fault {
    /// The error for this file.
    pub fn of(self, file_name: &str, container: Container) -> ReadError {
        let file_name = file_name.to_owned();
        match self {
            Self::Broken(what) => ReadError::Broken {
                file_name,
                container,
                what,
            },
            Self::Bomb(limit) => ReadError::Bomb {
                file_name,
                container,
                limit,
            },
            Self::Locked => ReadError::Locked { file_name, container },
            Self::Scanned(pages) => ReadError::Scanned { file_name, pages },
        }
    }

    /// What is wrong with the XML of a part.
    pub fn xml(error: &quick_xml::Error) -> Self {
        Self::Broken(format!("its XML is damaged ({error})"))
    }
}

impl From<ZipError> for Fault {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Self::Locked,
            ZipError::CompressionMethodNotSupported(_) => {
                Self::Broken("it is compressed in a way that is not known here".to_owned())
            }
            error => Self::Broken(error.to_string()),
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Broken(format!("its compressed data is damaged ({error})"))
    }
}
