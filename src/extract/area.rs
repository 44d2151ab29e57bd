//! Which place a value is for, and what it is ranked or shared within.
//!
//! Pure.

use super::frame::Frame;
use super::places;

/// What makes a place's name the name of a body that acts elsewhere too.
const ORGANISATIONS: &[&str] = &[
    "大学",
    "学院",
    "师范",
    "银行",
    "日报",
    "晚报",
    "理工",
    "工业大学",
    "农业大学",
    "医科",
    "、",
    "—",
    "-",
    "和",
    "与",
    "至",
    "等",
    "农商",
];

/// The place that a clause names as its own, if it opens with one inside the report's province.
pub(super) fn beside(frame: &Frame, clause: &str) -> Option<places::Known> {
    let place = places::starting(clause)?;
    let behind = clause.get(place.words.len()..)?;
    if ORGANISATIONS.iter().any(|word| behind.starts_with(word)) {
        return None;
    }
    let own = place.name == frame.area || place.is_province || frame.area.starts_with(place.words);
    let inside = place.province == frame.province && frame.area == frame.province;
    (!own && inside).then_some(place)
}

/// The scope that words like 全省 stand for.
pub(super) fn scope(frame: &Frame, words: &str) -> String {
    let words = words
        .trim_end_matches("平均水平")
        .trim_end_matches("平均")
        .trim_end_matches("水平")
        .trim_end_matches("总量")
        .trim_end_matches("排名")
        .trim_end_matches("位次")
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '的' | '、' | '，'));
    match words {
        "全省" | "省内" | "全区" if !frame.province.is_empty() => frame.province.to_owned(),
        "全市" if !frame.area.is_empty() => frame.area.clone(),
        "国内" => "全国".to_owned(),
        _ if words.chars().count() > 20 => String::new(),
        _ => words.to_owned(),
    }
}
