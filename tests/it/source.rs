//! Reading Rust source as far as rules about it need: code, literals, and neither comments nor tests.

use std::path::{Path, PathBuf};

/// One file of `src/`.
pub struct Source {
    /// Its path below `src/`, with `/`.
    pub path: String,
    /// Everything that stands in it.
    pub text: String,
}

/// A string literal of a file.
pub struct Literal {
    /// Its line, from 1.
    pub line: usize,
    /// What stands between its quotes.
    pub words: String,
    /// Whether it belongs to an attribute.
    pub in_attribute: bool,
}

/// A file's code with literals emptied, and the literals.
pub struct Read {
    /// The code; lines are where they were.
    pub code: String,
    /// The string literals outside of tests.
    pub literals: Vec<Literal>,
}

/// Every Rust file below `src/`.
pub fn all() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let read = |path: PathBuf| Source {
        text: std::fs::read_to_string(&path).unwrap(),
        path: path
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/"),
    };
    files.into_iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

impl Source {
    /// Whether the whole file is compiled for tests alone.
    pub fn is_test(&self) -> bool {
        self.path
            .split('/')
            .any(|part| part == "tests" || part == "tests.rs")
    }

    /// The room that the file belongs to; `None` for `lib.rs` and `main.rs`.
    pub fn room(&self) -> Option<&str> {
        self.path.split_once('/').map(|(room, _)| room)
    }

    /// How many modules deep its code stands: 1 for a room's own `mod.rs`.
    pub fn depth(&self) -> usize {
        let parts = self.path.split('/').count();
        if self.path.ends_with("/mod.rs") {
            parts - 1
        } else {
            parts
        }
    }

    /// Its code and literals, without comments and without what is compiled for tests alone.
    pub fn read(&self) -> Read {
        let mut read = lex(&self.text);
        let cut = test_parts(&read.code);
        let line_of = |offset: usize| 1 + read.code[..offset].matches('\n').count();
        let lines: Vec<_> = cut
            .iter()
            .map(|part| line_of(part.start)..=line_of(part.end))
            .collect();
        read.literals
            .retain(|literal| !lines.iter().any(|lines| lines.contains(&literal.line)));
        let blank = |part: &str| part.chars().filter(|c| *c == '\n').collect::<String>();
        for part in cut.into_iter().rev() {
            let lines = blank(&read.code[part.clone()]);
            read.code.replace_range(part, &lines);
        }
        read
    }
}

/// Where the items behind `#[cfg(test)]` stand in code whose literals are empty.
fn test_parts(code: &str) -> Vec<std::ops::Range<usize>> {
    let mut parts = Vec::new();
    let mut from = 0;
    while let Some(start) = code[from..].find("#[cfg(test)]").map(|at| at + from) {
        let mut depth = 0_usize;
        let mut end = code.len();
        for (at, letter) in code[start..].char_indices() {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 && matches!(letter, '}' | ';') {
                end = start + at + 1;
                break;
            }
        }
        parts.push(start..end);
        from = end;
    }
    parts
}

/// Empties literals and comments, keeps line ends.
fn lex(text: &str) -> Read {
    let (mut code, mut literals) = (String::new(), Vec::new());
    let mut line = 1;
    let mut attribute = 0_usize;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let (length, shown, literal) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), String::new(), None)
        } else if rest.starts_with("/*") {
            (
                rest.find("*/").map_or(rest.len(), |end| end + 2),
                String::new(),
                None,
            )
        } else if let Some((length, words)) = string_at(rest).filter(|_| !is_in_word(&code)) {
            (length, "\"\"".to_owned(), Some(words))
        } else if let Some(length) = letter_at(rest) {
            (length, "' '".to_owned(), None)
        } else {
            attribute = match letter {
                '[' if attribute > 0 || code.ends_with('#') || code.ends_with("#!") => attribute + 1,
                ']' => attribute.saturating_sub(1),
                _ => attribute,
            };
            (letter.len_utf8(), letter.to_string(), None)
        };
        let taken = &rest[..length];
        if let Some(words) = literal {
            literals.push(Literal {
                line,
                words: words.to_owned(),
                in_attribute: attribute > 0,
            });
        }
        code.push_str(&shown);
        let lines = taken.matches('\n').count();
        if lines > 0 && !shown.contains('\n') {
            code.push_str(&"\n".repeat(lines));
        }
        line += lines;
        rest = &rest[length..];
    }
    Read { code, literals }
}

/// Whether the code ends within a word, so that a following `r` or `b` begins no literal.
fn is_in_word(code: &str) -> bool {
    code.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_')
}

/// The length of the string literal that `rest` begins with, and what stands in it.
fn string_at(rest: &str) -> Option<(usize, &str)> {
    let bare = rest.strip_prefix('b').unwrap_or(rest);
    let prefix = rest.len() - bare.len();
    if let Some(raw) = bare.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let inner = raw[hashes..].strip_prefix('"')?;
        let close = format!("\"{}", "#".repeat(hashes));
        let end = inner.find(&close)?;
        return Some((prefix + 1 + hashes + 1 + end + close.len(), &inner[..end]));
    }
    let inner = bare.strip_prefix('"')?;
    let mut escaped = false;
    for (at, letter) in inner.char_indices() {
        match letter {
            '"' if !escaped => return Some((prefix + 1 + at + 1, &inner[..at])),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}

/// The length of the character literal that `rest` begins with; a lifetime is none.
fn letter_at(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let length = match inner.strip_prefix('\\') {
        Some(escape) => {
            1 + escape
                .char_indices()
                .skip(1)
                .find(|(_, letter)| *letter == '\'')?
                .0
        }
        None => inner.chars().next()?.len_utf8(),
    };
    inner[length..].starts_with('\'').then_some(1 + length + 1)
}

#[test]
fn code_literals_and_tests_are_told_apart() {
    let source = Source {
        path: "ui/x.rs".to_owned(),
        text: concat!(
            "// crate::store\n#[expect(lint, reason = \"because of it\")]\n",
            "fn f<'a>() { g(\"a \\\" {b}\", r#\"raw \"q\"\"#, '{', '\\'', b\"x\"); }\n",
            "#[cfg(test)]\nmod tests {\n fn t() { \"in test\"; }\n}\nfn after() { \"after\" }\n",
        )
        .to_owned(),
    };
    let Read { code, literals } = source.read();
    let words: Vec<_> = literals
        .iter()
        .map(|literal| (literal.line, literal.words.as_str()))
        .collect();
    assert_eq!(
        words,
        [
            (2, "because of it"),
            (3, "a \\\" {b}"),
            (3, "raw \"q\""),
            (3, "x"),
            (8, "after")
        ]
    );
    assert!(literals[0].in_attribute && !literals[1].in_attribute);
    assert!(!code.contains("crate::store") && !code.contains("mod tests") && code.contains("fn after()"));
    assert_eq!(code.matches('\n').count(), source.text.matches('\n').count());
}
