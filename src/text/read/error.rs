//! Why a file could not be read as a report.

use std::fmt;

/// Why a file could not be read as a report. Its display says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The content is no text.
    Binary {
        /// The file.
        file_name: String,
        /// What it seems to be, with its article: `a PDF document`.
        looks_like: &'static str,
    },
    /// It is larger than any report.
    TooLarge {
        /// The file.
        file_name: String,
        /// Its size in bytes.
        bytes: usize,
    },
}

impl ReadError {
    /// The size in bytes from which on a file is refused.
    pub const LARGEST_FILE: usize = 512 << 20;

    pub(super) fn binary(file_name: &str, looks_like: &'static str) -> Self {
        Self::Binary {
            file_name: file_name.to_owned(),
            looks_like,
        }
    }

    pub(super) fn too_large(file_name: &str, bytes: usize) -> Self {
        Self::TooLarge {
            file_name: file_name.to_owned(),
            bytes,
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Binary {
                file_name,
                looks_like,
            } => write!(
                f,
                "`{file_name}` seems to be {looks_like}, not a text; save it as plain text (UTF-8) or as HTML \
                 in the program it belongs to, and open that"
            ),
            Self::TooLarge { file_name, bytes } => write!(
                f,
                "`{file_name}` has {} MB, and {} MB is the most a report can have; split it and open the parts",
                bytes >> 20,
                Self::LARGEST_FILE >> 20
            ),
        }
    }
}

impl std::error::Error for ReadError {}
