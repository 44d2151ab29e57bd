//! Tells from its content what a file is written in.

use super::{Format, csv};

/// How far into a file this looks, in bytes.
const SAMPLE: usize = 1 << 16;

/// Elements that only HTML has, and that make up its lines.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "!doctype", "html", "head", "body", "p", "div", "br", "table", "tr", "td", "ul", "ol", "li", "h1", "h2",
    "h3", "pre", "section", "article", "span", "center", "font", "meta", "style", "script",
];

/// The format of a file's body, which begins behind its front matter.
pub(super) fn of(body: &str, file_name: &str, has_front_matter: bool) -> Format {
    let body = body.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}');
    let sample = body.get(..body.floor_char_boundary(SAMPLE)).unwrap_or(body);
    let is_markdown = has_front_matter || has_suffix(file_name, &["md", "markdown", "mdown"]);
    let starts_with_tag = sample.starts_with("<!--") || sample.starts_with("<?xml") || block_at(sample, 0);
    let tags = memchr::memchr_iter(b'<', sample.as_bytes())
        .filter(|at| block_at(sample, *at))
        .take(3)
        .count();
    let is_html = match (starts_with_tag, is_markdown) {
        (true, _) => tags > 0,
        (false, true) => false,
        (false, false) => {
            tags >= if has_suffix(file_name, &["html", "htm", "xhtml", "shtml"]) {
                1
            } else {
                3
            }
        }
    };
    if is_html {
        Format::Html
    } else if has_suffix(file_name, &["csv", "tsv"]) && csv::delimiter(body).is_some() {
        Format::Csv
    } else if is_markdown {
        Format::Markdown
    } else {
        Format::Plain
    }
}

/// Whether a tag of one of [`BLOCKS`] starts at this byte.
fn block_at(text: &str, at: usize) -> bool {
    let Some(tag) = text.as_bytes().get(at..).and_then(|rest| rest.strip_prefix(b"<")) else {
        return false;
    };
    let length = tag
        .iter()
        .take(9)
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'!')
        .count();
    let ends = matches!(tag.get(length), Some(b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'));
    ends && tag.get(..length).is_some_and(|name| {
        BLOCKS
            .iter()
            .any(|block| name.eq_ignore_ascii_case(block.as_bytes()))
    })
}

fn has_suffix(file_name: &str, suffixes: &[&str]) -> bool {
    file_name
        .rsplit_once('.')
        .is_some_and(|(_, suffix)| suffixes.iter().any(|known| suffix.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_the_suffix_helps() {
        let cases = [
            ("一、工作总结\n增长19.4%。", "a.txt", false, Format::Plain),
            ("# 工作总结\n\n- 增长", "a.md", false, Format::Markdown),
            ("一、工作总结", "a.txt", true, Format::Markdown),
            ("<p>27日</p>\n <p>今年</p>", "a.txt", true, Format::Html),
            ("\n<!DOCTYPE html>\n<html>", "a.txt", false, Format::Html),
            ("\u{feff}<HTML><BODY>", "a", false, Format::Html),
            ("x < 5，y<br>z，<b>粗</b>", "a.txt", false, Format::Plain),
            ("标题\n<p>一</p><p>二</p><p>三</p>", "a.txt", false, Format::Html),
            (
                "# 标题\n<p>一</p><p>二</p><p>三</p>",
                "a.md",
                false,
                Format::Markdown,
            ),
            ("", "a.html", false, Format::Plain),
            ("指标,值\n高企,5", "a.csv", false, Format::Csv),
            ("一、情况\n高企5家，增长。", "a.csv", false, Format::Plain),
        ];
        for (body, file_name, front_matter, expected) in cases {
            assert_eq!(
                of(body, file_name, front_matter),
                expected,
                "{body:?} in {file_name}"
            );
        }
    }
}
