use super::*;
use proptest::prelude::*;

/// What `find` finds at the `^` of `marked`, which stands before a character.
fn at_mark(marked: &str, find: fn(&str, usize) -> Span) -> String {
    let Some((before, after)) = marked.split_once('^') else {
        panic!("no mark in {marked}")
    };
    let text = format!("{before}{after}");
    let span = find(&text, before.len());
    text[span.start..span.end].to_owned()
}

/// `text` with a `|` at each place that `step` stops at, from the start to the end.
fn stops(text: &str, step: fn(&str, usize) -> usize) -> String {
    let (mut at, mut parts) = (0, Vec::new());
    while at < text.len() {
        let next = step(text, at);
        parts.push(&text[at..next]);
        at = next;
    }
    parts.join("|")
}

#[test]
fn a_double_click_selects_a_name_or_a_number() {
    for (marked, word) in [
        ("2023年全^社会R&D投入239.06亿元", "全社会R&D投入"),
        ("2023年全社会R^&D投入239.06亿元", "全社会R&D投入"),
        ("投入23^9.06亿元,增长", "239.06"),
        ("实现营业收入１２^３．５亿元", "１２３．５"),
        ("新增众创空^间12家，", "新增众创空间"),
        ("12家众创^空间", "众创空间"),
        ("12万人次参^观", "参观"),
        ("300余家企^业", "企业"),
        ("10家以上科^研院所", "科研院所"),
        ("规模以^上工业企业", "规模以上工业企业"),
        ("R&D投入强度达^到1.96%", "达到"),
        ("高新技术企业^达3300家", "达"),
        ("规上工业增加值^增长6.5%", "增长"),
        ("规上工业^增加值增长6.5%", "规上工业增加值"),
        ("高企保有^量达3300家", "高企保有量"),
        ("研发经费^占GDP比重", "占"),
        ("居民人均^可支配收入", "居民人均可支配收入"),
        ("PM2^.5平均浓度为30", "PM2.5平均浓度"),
        ("居全省第^1", "1"),
        ("𠮷林^省的人口", "𠮷林省"),
        ("中国^，", "，"),
        ("a ^  b", "   "),
        ("收入^", "收入"),
        ("cafe\u{301}^ 5", " "),
        ("ca^fe\u{301} 5", "cafe\u{301}"),
        ("👨\u{200D}👩^\u{200D}👧", "👨\u{200D}👩\u{200D}👧"),
        ("^", ""),
        ("一\n^\n二", ""),
    ] {
        assert_eq!(at_mark(marked, word_at), word, "{marked}");
    }
}

#[test]
fn a_sentence_ends_with_its_stop_and_what_closes_after_it() {
    for (marked, sentence) in [
        ("前句。后^句！", "后句！"),
        ("前句^。后句！", "前句。"),
        ("他说“好^。”然后走。", "他说“好。”"),
        ("他说“好。^”然后走。", "他说“好。”"),
        ("他说“好。”^然后走。", "然后走。"),
        ("增长1^9.4%,居第1;强度1.96%。", "增长19.4%,居第1;"),
        ("　　第一段^话。\n第二段", "第一段话。"),
        ("第一段。\n第^二段", "第二段"),
        ("真的？！^对。", "对。"),
        ("The U^.N. agreed 3.5 pct. Done.", "The U.N."),
        ("没有句号^", "没有句号"),
        ("。。。^", "。。。"),
        ("^", ""),
    ] {
        assert_eq!(at_mark(marked, sentence_at), sentence, "{marked}");
    }
}

#[test]
fn a_clause_ends_at_a_comma_too() {
    for (marked, clause) in [
        ("投入1,2^34元,增长19.4%。", "投入1,234元,"),
        ("投入1,234元,增^长19.4%。", "增长19.4%。"),
        ("甲、^乙、丙", "乙、"),
        ("其中：^甲", "甲"),
        ("8:3^0开会", "8:30开会"),
    ] {
        assert_eq!(at_mark(marked, clause_at), clause, "{marked}");
    }
}

#[test]
fn a_paragraph_is_a_line() {
    for (marked, line) in [
        ("一^二\n三", "一二"),
        ("一二^\n三", "一二"),
        ("一二\n^三", "三"),
        ("\n^", ""),
    ] {
        assert_eq!(at_mark(marked, paragraph_at), line, "{marked}");
    }
}

#[test]
fn moving_by_word_stops_at_words_and_line_ends() {
    let text = "R&D投入  239.06亿元，增长\n\n全市";
    assert_eq!(stops(text, next_word), "R&D投入  |239.06|亿元|，|增长|\n|\n|全市");
    let mut back = vec![text.len()];
    while let Some(&at) = back.last().filter(|at| **at > 0) {
        back.push(prev_word(text, at));
    }
    let words: Vec<&str> = back.windows(2).map(|pair| &text[pair[1]..pair[0]]).collect();
    assert_eq!(
        words,
        ["全市", "\n", "\n", "增长", "，", "亿元", "239.06", "R&D投入  "]
    );
}

#[test]
fn moving_by_character_takes_what_a_reader_takes_for_one() {
    assert_eq!(
        stops("e\u{301}中👨\u{200D}👩🇨🇳𠮷", next_grapheme),
        "e\u{301}|中|👨\u{200D}👩|🇨🇳|𠮷"
    );
    assert_eq!(prev_grapheme("中e\u{301}", 6), 3);
    assert_eq!(prev_grapheme("中", 0), 0);
}

#[test]
fn clusters_are_those_of_the_unicode_tables() {
    use unicode_segmentation::UnicodeSegmentation;
    let text = "中e\u{301}\r\n。👨\u{200D}👩🇨🇳🇨🇳❤\u{FE0F}각\u{1100}\u{1161}か\u{3099}の\u{600}1\u{200D}中";
    let clusters: Vec<&str> = Clusters::new(text)
        .map(|cluster| &text[cluster.start..cluster.end])
        .collect();
    assert_eq!(clusters, text.graphemes(true).collect::<Vec<_>>());
}

proptest! {
    #[test]
    fn any_offset_has_a_word_a_sentence_and_neighbours(
        text in "[中国的达增长0-9a-z.,，。”“ \n&\u{301}\u{200D}\u{903}👨𠮷(]{0,40}",
        byte in 0_usize..200,
    ) {
        let floor = text.floor_char_boundary(byte);
        for find in [word_at, sentence_at, clause_at, paragraph_at] {
            let span = find(&text, byte);
            prop_assert!(span.of(&text).is_some(), "{span:?}");
        }
        let word = word_at(&text, byte);
        let at_line_end = text[floor..].is_empty() || text[floor..].starts_with('\n');
        prop_assert!(at_line_end || word.contains(floor), "{word:?}");
        for step in [next_word, next_grapheme] {
            let next = step(&text, byte);
            prop_assert!(text.is_char_boundary(next) && (next > floor || next == text.len()));
        }
        for step in [prev_word, prev_grapheme] {
            let prev = step(&text, byte);
            prop_assert!(text.is_char_boundary(prev) && (prev < floor || prev == 0));
        }
    }
}
