use super::*;

/// The word at the first `^` of `marked`, where `^` stands before a character.
fn at_mark(marked: &str, find: fn(&str, usize) -> Span) -> String {
    let byte = marked.find('^').unwrap();
    let text = marked.replacen('^', "", 1);
    find(&text, byte).of(&text).unwrap().to_owned()
}

#[test]
fn a_double_click_selects_a_name_or_a_number() {
    for (marked, word) in [
        ("2023年全社会R&^D投入239.06亿元", "全社会R&D投入"),
        ("2023年全^社会R&D投入239.06亿元", "全社会R&D投入"),
        ("投入23^9.06亿元,增长", "239.06"),
        ("新增众创空^间12家，", "新增众创空间"),
        ("12家众创^空间", "众创空间"),
        ("12万人次参^观", "参观"),
        ("^", ""),
    ] {
        assert_eq!(at_mark(marked, word_at), word, "{marked}");
    }
}
