//! Where a project's files stand, and how names become file names.
//!
//! Every path here is relative to the project's folder and made of safe names only, so
//! nothing that a project file says can lead out of that folder.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::model::{Annotator, Report, ReportId};

/// The file that a person opens.
pub const HEAD: &str = "project.ron";
/// The typed indicators.
pub const CATALOGUE: &str = "catalogue.ron";
/// The project's candidate rules.
pub const RULES: &str = "rules.ron";
/// What annotators have agreed on.
pub const GUIDELINES: &str = "guidelines.md";
/// The folder of the reports' texts.
pub const REPORTS: &str = "reports";
/// The folder of the annotators' folders.
pub const LAYERS: &str = "layers";
/// The folder of what extractors proposed.
pub const SUGGESTIONS: &str = "suggestions";
/// The folder of what the annotators' decisions have taught.
pub const MEMORY: &str = "memory";
/// The folder of the findings that annotators let stand.
pub const WAIVERS: &str = "waivers";
/// The folder of the annotators' folders of timelines.
pub const HISTORY: &str = "history";

/// The longest stem of a file name, in bytes; leaves room for suffixes within the usual 255.
const LONGEST_STEM: usize = 180;

/// The text of a report, as annotated.
pub fn text_path(report: &ReportId) -> PathBuf {
    Path::new(REPORTS).join(format!("{}.txt", file_stem(&report.0)))
}

/// The file that a report was read from, beside its text.
///
/// It is named after the report, so that two reports whose files have the same name do not meet.
pub fn original_path(report: &Report) -> PathBuf {
    original_path_of(&report.id, &report.original)
}

/// As [`original_path`], with the original file's name given apart.
pub fn original_path_of(report: &ReportId, original: &str) -> PathBuf {
    let stem = file_stem(&report.0);
    let extension = original.rsplit_once('.').map_or("", |(_, extension)| extension);
    let safe = !extension.is_empty()
        && extension.len() <= 16
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let name = match safe {
        true if extension.eq_ignore_ascii_case("txt") => format!("{stem}~original.{extension}"),
        true => format!("{stem}.{extension}"),
        false => format!("{stem}~original"),
    };
    Path::new(REPORTS).join(name)
}

/// One annotator's decisions on one report.
pub fn layer_path(annotator: &Annotator, report: &ReportId) -> PathBuf {
    let folder = Path::new(LAYERS).join(file_stem(&annotator.0));
    folder.join(format!("{}.ron", file_stem(&report.0)))
}

/// What extractors proposed for one report.
pub fn suggestions_path(report: &ReportId) -> PathBuf {
    Path::new(SUGGESTIONS).join(format!("{}.ron", file_stem(&report.0)))
}

/// What an annotator's decisions have taught.
pub fn memory_path(annotator: &Annotator) -> PathBuf {
    Path::new(MEMORY).join(format!("{}.ron", file_stem(&annotator.0)))
}

/// The findings of checks that an annotator lets stand.
pub fn waivers_path(annotator: &Annotator) -> PathBuf {
    Path::new(WAIVERS).join(format!("{}.ron", file_stem(&annotator.0)))
}

/// How one annotator's decisions on one report came about.
pub fn timeline_path(annotator: &Annotator, report: &ReportId) -> PathBuf {
    let folder = Path::new(HISTORY).join(file_stem(&annotator.0));
    folder.join(format!("{}.log", file_stem(&report.0)))
}

/// A file name, without suffix, that any common file system takes and that stands for `name` alone.
///
/// Letters of any script stay as they are. What a file system may refuse is written `%` and two
/// hexadecimal digits for each byte; a name too long is cut and ends in `~` and a hash.
pub fn file_stem(name: &str) -> String {
    let mut stem = String::with_capacity(name.len());
    let last = name.chars().count().saturating_sub(1);
    for (place, letter) in name.chars().enumerate() {
        let at_edge = place == 0 || place == last;
        if is_unsafe(letter) || (at_edge && matches!(letter, '.' | ' ')) {
            escape(&mut stem, letter);
        } else {
            stem.push(letter);
        }
    }
    if stem.is_empty() {
        return "%".to_owned();
    }
    if is_reserved(&stem) {
        let mut letters = stem.chars();
        let mut escaped = String::new();
        if let Some(first) = letters.next() {
            escape(&mut escaped, first);
        }
        stem = escaped + letters.as_str();
    }
    if stem.len() > LONGEST_STEM {
        return shortened(&stem, name);
    }
    stem
}

/// Whether a path is that of a file of records, by its suffix.
pub fn is_record(path: &Path) -> bool {
    path.extension().is_some_and(|suffix| suffix == "ron")
}

/// The name by which `path` would meet another one on a file system that ignores case.
pub fn folded(path: &Path) -> String {
    path.to_string_lossy().to_lowercase()
}

/// The same file name with a hash of `name`, for a name that differs from another one by case alone.
pub fn told_apart(path: &Path, name: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let suffix = path.extension().map(|suffix| suffix.to_string_lossy());
    let told = format!("{stem}~{}", short_hash(name));
    path.with_file_name(match suffix {
        Some(suffix) => format!("{told}.{suffix}"),
        None => told,
    })
}

/// A key for what a machine keeps about the project or source at `place`, outside of its folder.
pub fn key_of(place: &Path) -> String {
    let digest = Sha256::digest(place.to_string_lossy().as_bytes());
    hex(&digest, 8)
}

fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%' | '~'
        )
        // Marks that reverse or hide what follows make a name look like another one.
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Windows keeps these names for devices, with any suffix.
fn is_reserved(stem: &str) -> bool {
    let base = stem.split('.').next().unwrap_or_default().trim_end();
    let device = base.to_ascii_uppercase();
    matches!(
        device.as_str(),
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$"
    ) || ["COM", "LPT"].iter().any(|port| {
        device.strip_prefix(port).is_some_and(|rest| {
            let mut digits = rest.chars();
            matches!(digits.next(), Some('0'..='9' | '¹' | '²' | '³')) && digits.next().is_none()
        })
    })
}

fn escape(stem: &mut String, letter: char) {
    let mut bytes = [0; 4];
    for byte in letter.encode_utf8(&mut bytes).bytes() {
        // Writing to a string cannot fail.
        write!(stem, "%{byte:02X}").unwrap_or_default();
    }
}

fn shortened(stem: &str, name: &str) -> String {
    let hash = short_hash(name);
    let mut end = LONGEST_STEM - hash.len() - 1;
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}~{hash}", stem.get(..end).unwrap_or_default())
}

fn short_hash(name: &str) -> String {
    hex(&Sha256::digest(name.as_bytes()), 4)
}

/// The first so many bytes in hexadecimal digits.
pub(super) fn hex(bytes: &[u8], most: usize) -> String {
    let mut digits = String::with_capacity(most * 2);
    for byte in bytes.iter().take(most) {
        // Writing to a string cannot fail.
        write!(digits, "{byte:02x}").unwrap_or_default();
    }
    digits
}
