//! Why a file could not be read as a report.

use std::fmt;

/// A file that holds a report in a form of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// A Word document (DOCX).
    Word,
    /// An Excel workbook (XLSX).
    Excel,
    /// A PDF document.
    Pdf,
    /// A ZIP archive.
    Archive,
}

impl Container {
    /// What it is, with its article.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Word => "a Word document",
            Self::Excel => "an Excel workbook",
            Self::Pdf => "a PDF document",
            Self::Archive => "a ZIP archive",
        }
    }
}

/// Why a row of a corpus is no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowFault {
    /// It cannot be taken apart; the parser's words.
    Broken(String),
    /// It is JSON, but no object.
    NotObject,
    /// It has another number of cells than the table has heads.
    Cells {
        /// Its cells.
        found: u64,
        /// The heads.
        heads: u64,
    },
    /// The column of the text, which is empty or missing.
    NoText(String),
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(words) => f.write_str(words),
            Self::NotObject => f.write_str("it is no JSON object"),
            Self::Cells { found, heads } => write!(f, "it has {found} cells where the heads are {heads}"),
            Self::NoText(column) => write!(f, "it has no text in `{column}`"),
        }
    }
}

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
    /// It is damaged, or not made as its kind is.
    Broken {
        /// The file.
        file_name: String,
        /// What it is.
        container: Container,
        /// What is wrong, in words.
        what: String,
    },
    /// It would unpack to more than a report can be.
    Bomb {
        /// The file.
        file_name: String,
        /// What it is.
        container: Container,
        /// Which limit it breaks, in words.
        limit: String,
    },
    /// It is locked with a password.
    Locked {
        /// The file.
        file_name: String,
        /// What it is.
        container: Container,
    },
    /// A PDF of pictures of pages.
    Scanned {
        /// The file.
        file_name: String,
        /// How many pages it has.
        pages: usize,
    },
    /// A member of an archive whose path leads out of it.
    Outside {
        /// The member.
        file_name: String,
    },
    /// A row of a corpus that is no report.
    Row {
        /// The file.
        file_name: String,
        /// The line on which the row begins; in a JSON array, the element.
        line: usize,
        /// What is wrong with it.
        fault: RowFault,
    },
    /// A corpus without a column of running text.
    NoText {
        /// The file.
        file_name: String,
        /// The columns that it has.
        columns: String,
    },
    /// An archive where one report was expected.
    Archive {
        /// The file.
        file_name: String,
    },
}

impl ReadError {
    /// The size in bytes from which on a file is refused.
    pub const LARGEST_FILE: usize = 512 << 20;

    /// The error for a file that is no text; `looks_like` says what it is, with its article.
    pub fn binary(file_name: &str, looks_like: &'static str) -> Self {
        Self::Binary {
            file_name: file_name.to_owned(),
            looks_like,
        }
    }

    /// The error for a file of so many bytes.
    pub fn too_large(file_name: &str, bytes: usize) -> Self {
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
            Self::Broken {
                file_name,
                container,
                what,
            } => write!(
                f,
                "`{file_name}` is {} that cannot be read: {what}; open it in the program it belongs to, save it \
                 anew, and open that",
                container.words()
            ),
            Self::Bomb {
                file_name,
                container,
                limit,
            } => write!(
                f,
                "`{file_name}` is {} that was not unpacked: {limit}; if you trust it, unpack or split it yourself and open the parts",
                container.words()
            ),
            Self::Locked { file_name, container } => write!(
                f,
                "`{file_name}` is {} with a password; save it without one and open that",
                container.words()
            ),
            Self::Scanned { file_name, pages } => write!(
                f,
                "`{file_name}` is a scanned PDF document: its {pages} pages are pictures without text; have a program for \
                 text recognition (OCR) add a text layer, and open that"
            ),
            Self::Outside { file_name } => write!(
                f,
                "`{file_name}` was left in its archive: its path leads out of it; rename it there and open it again"
            ),
            Self::Row {
                file_name,
                line,
                fault,
            } => write!(
                f,
                "line {line} of `{file_name}` was left out: {fault}; mend the row and import it again"
            ),
            Self::NoText { file_name, columns } => write!(
                f,
                "`{file_name}` has no column of running text that would make its rows reports; name one of its columns \
                 ({columns}) with `import --as reports --text`"
            ),
            Self::Archive { file_name } => write!(
                f,
                "`{file_name}` is a ZIP archive with reports in it, where one report was expected; open the archive itself"
            ),
        }
    }
}

impl std::error::Error for ReadError {}
