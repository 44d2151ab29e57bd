use super::*;

/// Breaks `text` at `em` units of width (Han 2, the rest 1) and joins the rows with `|`.
fn broken(text: &str, em: f32, keep: &[&str]) -> String {
    let mut rows = Vec::new();
    let mut measure = Measure {
        width: em * 2.0,
        first_indent: 0.0,
        advance,
    };
    let keep = keep.iter().map(|words| {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    });
    break_rows(text, &mut measure, keep, &mut rows);
    rows.iter()
        .map(|row| &text[row.start..row.end])
        .collect::<Vec<_>>()
        .join("|")
}

fn advance(c: char) -> f32 {
    match c {
        '\u{300}'..='\u{36F}' | '\u{FE0F}' | '\u{200D}' => 0.0,
        '\0'..='\u{7F}' => 1.0,
        _ => 2.0,
    }
}

#[test]
fn cases() {
    let cases: &[(f32, &[&str], &str)] = &[
        (4.0, &[], ""),
        (4.0, &[], "一二三四|五"),
        (4.0, &[], "一二三|四，五六|七"),
        (4.0, &[], "他说：|（这里）"),
        (4.0, &[], "一二三|（四五|六）"),
        (4.0, &[], "一二三|“四五”"),
    ];
    for (em, keep, expected) in cases {
        assert_eq!(broken(&expected.replace('|', ""), *em, keep), *expected);
    }
}
