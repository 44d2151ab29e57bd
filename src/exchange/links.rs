//! Links from what is written to the files of a project.

use std::path::{Component, Path, PathBuf};

/// The path of a project's file, seen from the folder `from`; from the project's own folder where that is unknown.
///
/// Parts are joined by `/`. Nothing where the project has no folder yet, or lies on another drive.
pub(super) fn to_file(project: Option<&Path>, from: Option<&Path>, inner: &Path) -> Option<String> {
    let project = project?;
    let from = match from {
        None => return Some(joined(inner.components())),
        Some(from) if from.as_os_str().is_empty() => Path::new("."),
        Some(from) => from,
    };
    let (from, project) = (from.canonicalize().ok()?, project.canonicalize().ok()?);
    let shared = from
        .components()
        .zip(project.components())
        .take_while(|(one, other)| one == other)
        .count();
    if shared == 0 {
        return None;
    }
    let mut path: PathBuf = from
        .components()
        .skip(shared)
        .map(|_| Component::ParentDir)
        .collect();
    path.extend(project.components().skip(shared));
    Some(joined(path.join(inner).components()))
}

fn joined<'a>(parts: impl Iterator<Item = Component<'a>>) -> String {
    let words = |part: Component<'_>| part.as_os_str().to_string_lossy().into_owned();
    parts.map(words).collect::<Vec<_>>().join("/")
}

/// The path with its signs escaped that would mean something else in a link; other scripts stay readable.
pub(super) fn escaped(path: &str) -> String {
    let is_safe = |letter: char| {
        !letter.is_ascii() || letter.is_ascii_alphanumeric() || "/.-_~!$&'()*+,;=:@".contains(letter)
    };
    path.chars()
        .fold(String::with_capacity(path.len()), |mut link, letter| {
            if is_safe(letter) {
                link.push(letter);
            } else {
                link.extend(['%', hex(u32::from(letter) >> 4), hex(u32::from(letter) & 15)]);
            }
            link
        })
}

fn hex(digit: u32) -> char {
    char::from_digit(digit, 16).unwrap_or('0').to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_from_the_folder_that_is_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("项目");
        let inner = Path::new("reports/年报.txt");
        std::fs::create_dir_all(project.join("out/deep")).unwrap();
        let to = |from: &Path| to_file(Some(&project), Some(from), inner).unwrap();
        assert_eq!(to(&project), "reports/年报.txt");
        assert_eq!(to(&project.join("out/deep")), "../../reports/年报.txt");
        assert_eq!(to(folder.path()), "项目/reports/年报.txt");
        assert_eq!(to_file(Some(&project), None, inner).unwrap(), "reports/年报.txt");
        assert_eq!(to_file(None, None, inner), None);
        assert_eq!(escaped("../项 目/100%.txt"), "../项%20目/100%25.txt");
    }
}
