use super::*;
use proptest::prelude::*;

/// What a character advances by, where an em is 2.
fn advance(c: char) -> f32 {
    match c {
        '\u{300}'..='\u{36F}' | '\u{FE0F}' | '\u{200B}'..='\u{200D}' => 0.0,
        '\0'..='\u{FF}' => 1.0,
        _ => 2.0,
    }
}

fn rows_of(text: &str, em: f32, first_indent: f32, keep: &[Span]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut measure = Measure {
        width: em * 2.0,
        first_indent: first_indent * 2.0,
        advance,
    };
    break_rows(text, &mut measure, keep.iter().copied(), &mut rows);
    rows
}

fn words_of<'t>(text: &'t str, rows: &[Row]) -> Vec<&'t str> {
    rows.iter().map(|row| &text[row.start..row.end]).collect()
}

/// Breaks the text of `expected`, where `|` stands for a row's end and `[` and `]` around kept
/// words, into rows of `em`, and expects the same.
#[track_caller]
fn check(em: f32, first_indent: f32, expected: &str) {
    let (mut text, mut keep) = (String::new(), Vec::new());
    for c in expected.chars() {
        match c {
            '|' => {}
            '[' => keep.push(Span::new(text.len(), text.len())),
            ']' => keep
                .last_mut()
                .into_iter()
                .for_each(|span: &mut Span| span.end = text.len()),
            _ => text.push(c),
        }
    }
    let rows = rows_of(&text, em, first_indent, &keep);
    let shown = expected.replace(['[', ']'], "");
    assert_eq!(words_of(&text, &rows).join("|"), shown, "{expected} at {em} em");
}

#[test]
fn rows_break_by_chinese_rules() {
    for (em, expected) in [
        (4.0, ""),
        (4.0, "一二三四|五"),
        // Starts of rows.
        (4.0, "一二三|四，五六|七"),
        (4.0, "一二三|四。”五|六"),
        (4.0, "一二三|四）五六"),
        (4.0, "一二三|四；五六"),
        (4.0, "一二三|四·五六"),
        (4.0, "一二三|四々五六"),
        (5.0, "一二三四|五)，六"),
        // Ends of rows.
        (4.0, "他说：|（这里）"),
        (4.0, "一二三|“四五”"),
        (4.0, "一二三|《四》"),
        (4.0, "一二三|（《四》|）"),
        (4.0, "一二三|(四五六|七)"),
        (4.0, "居全省|第1名"),
        // Pairs.
        (4.0, "一二|三……四"),
        (4.0, "一二三|——四五"),
        (4.0, "一二——|三四"),
        // Words and numbers.
        (4.0, "投入科|R&D经费"),
        (4.0, "一二 |GDP3.5三|四"),
        (5.0, "one two |three四五"),
        (5.0, "增|长-3.25%，|居"),
        (5.0, "投入|1,234元，"),
        (6.0, "大约|239.5亿元。"),
        (5.0, "大约|239.5亿|元。"),
        (5.0, "共有|3.5亿元。"),
        (5.0, "共有人|２５０家"),
        (5.0, "一二三|4—5个一"),
        (5.0, "一二三|4～5个二"),
        (5.0, "一二三|¥55元二"),
        (5.0, "don’t |don’t"),
        (5.0, "他们说|‘don’t’"),
        (5.0, "共同达5%,|R&D投入"),
        (5.0, "一亩均元/|平方米"),
        // Spaces hang.
        (4.0, "一二三四   |五"),
        (4.0, "一二三四　|五"),
        (4.0, "一二三 |四五六"),
        (4.0, "　　一二|三四五"),
        (4.0, "一二三|四 ，五"),
        (4.0, "一二三|（ 四五"),
        (4.0, "一二三|四\u{a0}五"),
        (4.5, "一二三四\u{a0}\u{a0}\u{a0}|五"),
        // Kept words.
        (5.0, "一二|[三百二十亿|美元]五"),
        (6.0, "一二|[三百二十亿]五"),
        (5.0, "一二三|[第 12 位]四"),
        (6.0, "一二三|[百分之五]，"),
        // Wider than a row.
        (4.0, "12345678|90123456|78"),
        (4.0, "见：|http://|a.b/c/d/|e"),
        (2.0, "（（|（一|二"),
        (2.0, "一。|。。|。二"),
        (0.0, "一|二|三"),
        // Clusters.
        (2.0, "e\u{301}e\u{301}e\u{301}e\u{301}|e\u{301}"),
        (2.0, "👨\u{200D}👩|一"),
        (2.0, "한국|어か|\u{20BB7}野"),
        (2.0, "🇨🇳|🇨🇳"),
        (1.0, "❤\u{FE0F}|❤\u{FE0F}"),
    ] {
        check(em, 0.0, expected);
    }
}

#[test]
fn the_first_row_is_shorter_by_its_indent() {
    check(4.0, 2.0, "一二|三四五六|七");
    check(4.0, 9.0, "一|三四五六|七");
}

#[test]
fn hanging_spaces_have_no_width() {
    let text = "一二 三四  五";
    let rows = rows_of(text, 4.5, 0.0, &[]);
    assert_eq!(words_of(text, &rows), ["一二 三四  ", "五"]);
    assert_eq!(rows.iter().map(|row| row.width).collect::<Vec<_>>(), [9.0, 2.0]);
}

#[test]
fn many_small_errors_do_not_cost_a_character() {
    let text = "字".repeat(90);
    let mut rows = Vec::new();
    break_rows(
        &text,
        &mut Measure {
            width: 17.6 * 45.0,
            first_indent: 0.0,
            advance: |_| 17.6,
        },
        [],
        &mut rows,
    );
    assert_eq!(rows.len(), 2);
}

#[test]
fn hostile_lines_become_rows_of_bounded_length() {
    for unit in [
        "。", "（", "7", " ", "\u{301}", "\u{200D}", "🇨🇳", "\u{600}", "a （，",
    ] {
        let text = unit.repeat(40_000);
        for keep in [vec![], vec![Span::new(1, text.len() - 1)]] {
            let rows = rows_of(&text, 20.0, 0.0, &keep);
            assert!(
                rows.iter().all(|row| row.end - row.start <= MAX_ROW_BYTES + 200),
                "{unit:?}"
            );
            assert_eq!(words_of(&text, &rows).concat(), text);
        }
    }
}

/// Texts made of what makes breaking hard.
fn texts() -> impl Strategy<Value = String> {
    const PARTS: &[&str] = &[
        "中",
        "国",
        "发展",
        "，",
        "。",
        "、",
        "（",
        "）",
        "“",
        "”",
        "《",
        "》",
        "……",
        "——",
        "1234",
        "3.14",
        "%",
        "亿元",
        "GDP",
        "R&D",
        " ",
        "　",
        "e\u{301}",
        "👨\u{200D}👩",
        "\u{20BB7}",
        "한",
        "～",
        "·",
        "第",
        "个百分点",
        "(",
        ")",
        ",",
        "；",
        "：",
    ];
    prop::collection::vec(prop::sample::select(PARTS), 0..60).prop_map(|parts| parts.concat())
}

/// Whether a row may end at `at` by the rules for its edges alone.
fn is_clean(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    let (Some(last), Some(first)) = (before.chars().next_back(), text[at..].chars().next()) else {
        return true;
    };
    let edges = "（“《第(".contains(last) || "，。、）”》…%～·),；：".contains(first);
    let parted = last == '—' && first == '—' && before.len() == at;
    !edges && !parted && !first.is_whitespace()
}

/// The places between clusters of `text` inside a row.
fn places(text: &str, row: &Row) -> Vec<usize> {
    let clusters = Clusters::new(&text[..row.end]).map(|cluster| cluster.start);
    clusters
        .filter(|&at| at > row.start && !text[row.start..at].trim().is_empty())
        .collect()
}

proptest! {
    #[test]
    fn rows_partition_the_text_and_fit(text in texts(), em in 1.0_f32..30.0, indent in 0.0_f32..3.0) {
        let rows = rows_of(&text, em, indent, &[]);
        prop_assert_eq!(words_of(&text, &rows).concat(), text.as_str());
        prop_assert!(text.is_empty() || rows.iter().all(|row| row.start < row.end));
        for (i, row) in rows.iter().enumerate() {
            let words = &text[row.start..row.end];
            let room = if i == 0 { em - indent } else { em } * 2.0 + TOLERANCE;
            let ink: f32 = words.trim_end().chars().map(advance).sum();
            prop_assert!((row.width - ink).abs() < 0.01, "{} for {}", row.width, words);
            prop_assert!(ink <= room || Clusters::new(words.trim_end()).count() <= 1, "{words}");
        }
    }

    #[test]
    fn a_row_has_a_fault_only_where_it_has_no_clean_place(text in texts(), em in 1.0_f32..30.0) {
        for row in rows_of(&text, em, 0.0, &[]).iter().filter(|row| row.end < text.len()) {
            let clean = is_clean(&text, row.end);
            let other = places(&text, row).into_iter().any(|at| is_clean(&text, at));
            prop_assert!(clean || !other, "{}", &text[row.start..row.end]);
        }
    }

    #[test]
    fn a_row_broken_again_is_one_row(text in texts(), em in 1.0_f32..30.0) {
        for row in rows_of(&text, em, 0.0, &[]) {
            prop_assert_eq!(rows_of(&text[row.start..row.end], em, 0.0, &[]).len(), 1);
        }
    }

    #[test]
    fn what_fits_is_kept_whole(
        parts in prop::collection::vec(("[，。]?[中国发展]{1,9}", "[一二三0-9]{1,4}[ ]?[万亿]元"), 1..12),
        em in 8.0_f32..30.0,
    ) {
        let (mut text, mut keep) = (String::new(), Vec::new());
        for (between, kept) in &parts {
            text.push_str(between);
            keep.push(Span::new(text.len(), text.len() + kept.len()));
            text.push_str(kept);
        }
        for row in rows_of(&text, em, 0.0, &keep) {
            prop_assert!(!keep.iter().any(|span| span.start < row.end && row.end < span.end));
        }
    }
}
