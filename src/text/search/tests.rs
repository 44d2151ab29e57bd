use super::*;

fn needle(pattern: &str, flags: &str) -> Needle {
    Needle::compile(&query(pattern, flags)).unwrap()
}

/// Flags: `r` regular expression, `c` case counts, `w` whole words.
fn query(pattern: &str, flags: &str) -> Query {
    Query {
        pattern: pattern.to_owned(),
        regex: flags.contains('r'),
        match_case: flags.contains('c'),
        whole_word: flags.contains('w'),
    }
}

fn found<'t>(pattern: &str, flags: &str, text: &'t str) -> Vec<&'t str> {
    needle(pattern, flags)
        .find_in(text, usize::MAX)
        .into_iter()
        .map(|span| span.of(text).unwrap())
        .collect()
}

#[test]
fn words_are_found_in_either_width_and_case() {
    assert_eq!(
        found("r&d 19.4%", "", "R&D 19.4% Ｒ＆Ｄ　１９．４％ R&D 1914%"),
        ["R&D 19.4%", "Ｒ＆Ｄ　１９．４％"]
    );
    assert_eq!(found("r&d", "c", "R&D r&d ｒ＆ｄ"), ["r&d"]);
}
