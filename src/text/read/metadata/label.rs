//! Finds `label: value`, however the page lays it out.

/// The value behind the first of these labels that has one: on its line, in the next cell of its
/// row, or on the next line.
pub(super) fn value<'t>(text: &'t str, labels: &[&str]) -> Option<&'t str> {
    labels.iter().find_map(|label| {
        text.match_indices(label)
            .filter(|(at, _)| begins_field(text.get(..*at).unwrap_or_default()))
            .find_map(|(at, label)| behind(text.get(at + label.len()..)?))
    })
}

/// Whether a field may begin behind these words.
fn begins_field(before: &str) -> bool {
    before.chars().next_back().is_none_or(|char| {
        char.is_whitespace() || matches!(char, '|' | '-' | '（' | '(' | '【' | '[' | '　' | '·')
    })
}

/// The value that stands behind a label.
fn behind(rest: &str) -> Option<&str> {
    let colon = rest.trim_start_matches([' ', '\u{3000}']);
    let value = match colon.strip_prefix(['：', ':']) {
        // The value may stand on the next line, but not behind a blank one.
        Some(value) => value
            .trim_start_matches([' ', '\u{3000}', '|'])
            .trim_start_matches('\n'),
        None => colon.strip_prefix("| ")?,
    };
    let line = value.lines().next()?.trim_start();
    let end = line
        .find(['|', '）', ')', '】', '\u{3000}'])
        .unwrap_or(line.len());
    let field = line.get(..end)?.trim_end();
    let is_value = !field.is_empty() && field.chars().count() <= 40 && !field.ends_with(['：', ':']);
    // A second field may follow behind a space.
    let words = field.split_once(' ').filter(|(_, second)| {
        second.contains(['：', ':']) && !second.starts_with(|char: char| char.is_ascii_digit())
    });
    is_value.then(|| words.map_or(field, |(first, _)| first))
}
