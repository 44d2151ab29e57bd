//! The `---` block of `key: value` lines that may stand at the head of a file.

use std::ops::Range;

/// A file's front matter.
pub(super) struct FrontMatter<'a> {
    /// Keys in lower case as far as they are ASCII, each with where its value stands.
    fields: Vec<(String, Range<usize>)>,
    /// The byte behind the block.
    pub end: usize,
    source: &'a str,
}

impl<'a> FrontMatter<'a> {
    /// The front matter at the head of `source`; `None` where there is none or it is no list of fields.
    pub fn of(source: &'a str) -> Option<Self> {
        let mark = usize::from(source.starts_with('\u{feff}')) * '\u{feff}'.len_utf8();
        let mut fields = Vec::new();
        let mut at = mark;
        for (number, line) in source.get(mark..)?.split_inclusive('\n').enumerate() {
            let end = at + line.len();
            let words = line.trim_end();
            if number == 0 {
                if words != "---" {
                    return None;
                }
            } else if matches!(words, "---" | "...") {
                return (!fields.is_empty()).then_some(Self { fields, end, source });
            } else if let Some(field) = field(line, at) {
                fields.push(field);
            } else if !is_continuation(line) {
                return None;
            }
            at = end;
        }
        None
    }

    /// Where the value of this key stands; bytes of the source.
    pub fn range(&self, key: &str) -> Option<Range<usize>> {
        self.fields
            .iter()
            .find(|(name, range)| name == key && !range.is_empty())
            .map(|(_, range)| range.clone())
    }

    /// The value of the first of these keys that has one.
    pub fn value(&self, keys: &[&str]) -> Option<&'a str> {
        let range = keys.iter().find_map(|key| self.range(key))?;
        self.source.get(range)
    }
}

/// A `key: value` line that starts at byte `at`; quotes round the value are left out.
fn field(line: &str, at: usize) -> Option<(String, Range<usize>)> {
    if line.starts_with([' ', '\t', '-', '#']) {
        return None;
    }
    let (key, behind) = line.split_once([':', '：'])?;
    if key.is_empty() || key.contains([' ', '<', '，', '。']) {
        return None;
    }
    let rest = line.len() - behind.len();
    let value = behind.trim();
    let start = at + rest + behind.len() - behind.trim_start().len();
    let quoted = value.len() >= 2
        && ['"', '\'']
            .iter()
            .any(|quote| value.starts_with(*quote) && value.ends_with(*quote));
    let range = start + usize::from(quoted)..start + value.len() - usize::from(quoted);
    let range = if value.is_empty() { start..start } else { range };
    Some((key.trim().to_ascii_lowercase(), range))
}

/// A list item, a folded line, a comment or nothing.
fn is_continuation(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with([' ', '\t', '-', '#'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_and_unquoted() {
        let source = "---\ntitle: \"力争超1500家\"\ndate: 2022-01-29 08:55\ntags:\n  - a\n---\n正文";
        let front = FrontMatter::of(source).unwrap();
        assert_eq!(front.value(&["title"]), Some("力争超1500家"));
        assert_eq!(front.value(&["issuer", "date"]), Some("2022-01-29 08:55"));
        assert_eq!(front.value(&["tags"]), None);
        assert_eq!(&source[front.end..], "正文");
    }

    #[test]
    fn a_rule_or_an_open_block_is_no_front_matter() {
        for source in [
            "---\n正文。\n---\n",
            "---\ntitle: a\n",
            "一、\n---\na: b\n---\n",
            "---\n---\n",
            "",
        ] {
            assert!(FrontMatter::of(source).is_none(), "{source:?}");
        }
    }
}
