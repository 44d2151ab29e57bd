use super::*;
use proptest::prelude::*;

/// Compiles a pattern; flags are `r` regular expression, `c` case counts, `w` whole words.
fn compile(pattern: &str, flags: &str) -> Result<Needle, SearchError> {
    Needle::compile(&Query {
        pattern: pattern.to_owned(),
        regex: flags.contains('r'),
        match_case: flags.contains('c'),
        whole_word: flags.contains('w'),
    })
}

fn needle(pattern: &str, flags: &str) -> Needle {
    compile(pattern, flags).unwrap_or_else(|error| panic!("{pattern}: {error}"))
}

fn words<'t>(text: &'t str, found: &[Span]) -> Vec<&'t str> {
    found.iter().map(|span| &text[span.start..span.end]).collect()
}

#[test]
fn finds_words_and_patterns() {
    for (pattern, flags, text, expected) in [
        ("企业", "", "高新技术企业和企业", &["企业", "企业"][..]),
        (
            "r&d 1.5%",
            "",
            "R&D 1.5% Ｒ＆Ｄ　１．５％ R&D 145%",
            &["R&D 1.5%", "Ｒ＆Ｄ　１．５％"],
        ),
        ("Ｇdp", "", "GDP gdp ＧＤＰ", &["GDP", "gdp", "ＧＤＰ"]),
        ("r&d", "c", "R&D r&d ｒ＆ｄ", &["r&d"]),
        ("a.b*[", "", "a.b*[ aab*[", &["a.b*["]),
        ("9.4", "w", "19.4 9.4 9.45 达9.4%", &["9.4", "9.4"]),
        ("gdp", "w", "GDP增长 GDPs sGDP", &["GDP"]),
        ("企业", "w", "高新技术企业", &["企业"]),
        (
            r"\d+(\.\d+)?亿元",
            "r",
            "投入239.06亿元，5亿元",
            &["239.06亿元", "5亿元"],
        ),
        ("^全.", "r", "全市\n全省全国", &["全市", "全省"]),
        (".$", "r", "全市\n全省", &["市", "省"]),
        (r"市\s*全", "r", "市\n全 市 全", &["市 全"]),
        ("x*", "r", "axxb", &["xx"]),
        ("aa", "", "aaaaa", &["aa", "aa"]),
        ("中", "", "", &[]),
    ] {
        assert_eq!(
            words(text, &needle(pattern, flags).find_in(text, 100)),
            expected,
            "{pattern}"
        );
    }
}

#[test]
fn an_error_points_into_the_pattern() {
    for (pattern, start, end) in [
        ("亿(元", 1, 2),
        ("亿元)", 2, 3),
        ("元[z-a]", 2, 5),
        (r"元\p{Xy}", 1, 7),
        ("", 0, 0),
    ] {
        let error = compile(pattern, "r").err().map(|error| (error.start, error.end));
        assert_eq!(error, Some((start, end)), "{pattern}");
    }
    for pattern in [r"(\w{500}){500}".to_owned(), "(".repeat(200) + &")".repeat(200)] {
        assert!(compile(&pattern, "r").is_err(), "{pattern}");
    }
}

#[test]
fn stops_at_the_limit_and_when_cancelled() {
    let (text, needle) = ("中\n中中\n中", needle("中", ""));
    assert_eq!(needle.find_in(text, 2).len(), 2);
    assert_eq!(needle.find_in(text, 0).len(), 0);
    assert_eq!(needle.find_unless(text, 9, &AtomicBool::new(true)), None);
}

proptest! {
    #[test]
    fn before_and_after_agree_with_all(
        text in "[ab中\n]{0,24}",
        pattern in prop::sample::select(&["a", "ab", "a+b?", "中$", "^a", "b|ba", r"a\s*b"][..]),
        from in 0_usize..60,
    ) {
        let needle = needle(pattern, "r");
        let all = needle.find_in(&text, usize::MAX);
        prop_assert!(all.windows(2).all(|pair| pair[0].end <= pair[1].start));
        prop_assert_eq!(needle.find_after(&text, from), all.iter().copied().find(|span| span.start >= from));
        let before = all.iter().copied().rfind(|span| span.start < from);
        prop_assert_eq!(needle.find_before(&text, from), before);
    }
}

#[test]
fn words_that_belong_to_a_place_are_the_nearest_in_its_sentence() {
    let text = "专利申请量大。专利申请量5件,授权专利申请量7件。新增8家科技企业,另有科技企业。";
    for (place, words, expected) in [
        ("5件", "专利申请量", Some("。专利申请量5")),
        ("7件", "专利申请量", Some("权专利申请量7")),
        ("5件", "申请", Some("利申请量5")),
        ("8家", "科技企业", Some("家科技企业,")),
        ("8家", "专利", Some("权专利申")),
        ("8家", "8家", None),
        ("8家", "没有", None),
        ("8家", "", None),
    ] {
        let start = text.find(place).unwrap();
        let found = nearest(text, words, Span::new(start, start + place.len()));
        let expected = expected.map(|around| {
            let start = text.find(around).unwrap() + around.find(words).unwrap();
            Span::new(start, start + words.len())
        });
        assert_eq!(found, expected, "{words} of {place}");
    }
}
