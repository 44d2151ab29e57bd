//! Words in XML.

/// Words as an attribute's value or as content, without what XML cannot hold.
pub(super) fn xml(words: &str) -> String {
    let is_allowed = |letter: &char| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}');
    let words: String = words
        .replace(['\t', '\n', '\r'], " ")
        .chars()
        .filter(is_allowed)
        .collect();
    quick_xml::escape::escape(words).into_owned()
}
