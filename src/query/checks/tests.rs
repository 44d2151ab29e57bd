//! Two reports that are right and say nothing, and errors planted in them that are each found.

mod source;

use super::{Finding, Kind, Why};
use crate::model::Field;
use source::found;

/// What stands in braces is an observation: words, name, measure, period and other fields.
const SUMMARY: &str = "清河市科技局2024年工作总结和2025年工作计划\n\
    一年来，全社会研发投入{24.0亿元|全社会研发投入|level|2024}，增长{20.0%|全社会研发投入|growth_rate|2024}，\
    占全省{8%|全社会研发投入|share|2024|ref_scope=云岭省}；全省投入{300亿元|全社会研发投入|level|2024|ref_area=云岭省}。\
    研发投入强度{2.05%|研发投入强度|level|2024}，提升{0.25个百分点|研发投入强度|change|2024}，\
    高于全省{0.15个百分点|研发投入强度|change|2024|ref_scope=云岭省}，\
    全省为{1.90%|研发投入强度|level|2024|ref_area=云岭省}。\n\
    高新技术企业净增{380家|高新技术企业|increase|2024}、增长{37%|高新技术企业|growth_rate|2024}，\
    达到{1407家|高新技术企业|level|2024}。\n\
    技术合同成交额{50.1亿元|技术合同成交额|level|2024}、增长{7.1%|技术合同成交额|growth_rate|2024}，\
    其中技术交易额{20.4亿元|技术交易额|level|2024}。\n\
    众创空间{111家|众创空间|level|2024}，其中国家级{7家|国家级众创空间|level|2024}、\
    省级{58家|省级众创空间|level|2024}、市级{46家|市级众创空间|level|2024}。新增众创空间{12家|众创空间|increase|2024}。\n\
    第一、二、三产业增加值分别占{4.5%|第一产业增加值|share|2024|ref_scope=地区生产总值}、\
    {38.1%|第二产业增加值|share|2024|ref_scope=地区生产总值}、\
    {57.4%|第三产业增加值|share|2024|ref_scope=地区生产总值}。\n\
    （一）培育主体。全市高新技术企业{1407家|高新技术企业|level|2024}，居全省{第3位|高新技术企业|rank|2024|ref_scope=云岭省}，\
    财政科技支出{超10亿元|财政科技支出|level|2024}，{10.46亿元|财政科技支出|level|2024}。安全事故下降{18%|事故起数|growth_rate|2024}。\n\
    2025年，力争全社会研发投入增长{12%|全社会研发投入|growth_rate|2025|value_nature=target}，\
    技术合同成交额达到{60.5亿元|技术合同成交额|level|2025|value_nature=target}。\
    科技服务：技术合同成交额{60.5亿元|技术合同成交额|level|2025|value_nature=target}。\n";

const YEAR_BEFORE: &str = "清河市科技局2023年工作总结\n\
    全社会研发投入{20.0亿元|全社会研发投入|level|2023}，研发投入强度{1.80%|研发投入强度|level|2023}。\
    高新技术企业{1027家|高新技术企业|level|2023}，技术合同成交额{46.8亿元|技术合同成交额|level|2023}。\n";

/// One planted error.
enum Plant {
    /// The text and what was tagged both say it: a misprint, or a figure taken from elsewhere.
    Said(&'static [(&'static str, &'static str)]),
    /// The text is right, but the fields of the observation of these words are not.
    Tagged(&'static [(&'static str, Field, &'static str)]),
}

use Plant::{Said, Tagged};

/// The error, the kind of finding that must be there, and words of one of its observations.
const PLANTS: &[(Plant, &str, &str)] = &[
    // Wrong scale.
    (
        Tagged(&[("50.1亿元", Field::Value, "50100000000000")]),
        "not_as_printed",
        "50.1亿元",
    ),
    (
        Tagged(&[("20.4亿元", Field::Value, "204000")]),
        "not_as_printed",
        "20.4亿元",
    ),
    (Said(&[("{46.8亿元", "{46.8万元")]), "magnitude", "46.8万元"),
    (
        Said(&[("{20.4亿元", "{20.4万亿元")]),
        "part_above_total",
        "20.4万亿元",
    ),
    (Said(&[("{380家", "{380万家")]), "increase", "380万家"),
    // Wrong year.
    (
        Tagged(&[("24.0亿元", Field::TimePeriod, "2042")]),
        "period_outside",
        "24.0亿元",
    ),
    (
        Tagged(&[("111家", Field::TimePeriod, "1924")]),
        "period_far",
        "111家",
    ),
    (
        Tagged(&[("第3位", Field::TimePeriod, "2019")]),
        "period_outside",
        "第3位",
    ),
    (
        Tagged(&[("7.1%", Field::TimePeriod, "24")]),
        "period_form",
        "7.1%",
    ),
    // Values swapped.
    (
        Tagged(&[
            ("24.0亿元", Field::Value, "5010000000"),
            ("50.1亿元", Field::Value, "2400000000"),
        ]),
        "not_as_printed",
        "24.0亿元",
    ),
    (
        Said(&[("{24.0亿元", "{50.1亿元"), ("{50.1亿元|技", "{24.0亿元|技")]),
        "growth",
        "50.1亿元",
    ),
    (
        Said(&[
            ("{2.05%", "{1.90%"),
            (
                "{1.90%|研发投入强度|level|2024|",
                "{2.05%|研发投入强度|level|2024|",
            ),
        ]),
        "gap",
        "0.15个百分点",
    ),
    // A digit dropped, changed or doubled.
    (
        Tagged(&[("380家", Field::Value, "38")]),
        "not_as_printed",
        "380家",
    ),
    (
        Said(&[("全市高新技术企业{1407家", "全市高新技术企业{147家")]),
        "said_twice",
        "147家",
    ),
    (Said(&[("{380家", "{38家")]), "increase", "38家"),
    (Said(&[("{1027家", "{1072家")]), "increase", "1072家"),
    (Said(&[("{10.46亿元", "{1.46亿元")]), "said_twice", "1.46亿元"),
    (Said(&[("{111家", "{11家")]), "increase_above_level", "11家"),
    (Said(&[("{20.4亿元", "{204亿元")]), "part_above_total", "204亿元"),
    (Said(&[("{58家", "{85家")]), "parts_above_total", "85家"),
    // Rates, changes and shares.
    (Said(&[("{37%", "{31%")]), "growth", "31%"),
    (Said(&[("{20.0%", "{29.0%")]), "growth", "29.0%"),
    (Said(&[("{7.1%", "{17.1%")]), "growth", "17.1%"),
    (Said(&[("{0.25个", "{0.52个")]), "change", "0.52个百分点"),
    (Said(&[("{0.15个", "{1.5个")]), "gap", "1.5个百分点"),
    (Said(&[("{38.1%", "{83.1%")]), "shares_above_whole", "83.1%"),
    (Said(&[("{57.4%", "{54.7%")]), "shares_off_whole", "54.7%"),
    (Said(&[("占全省{8%", "占全省{18%")]), "share_of_levels", "18%"),
    (Said(&[("占全省{8%", "占全省{108%")]), "impossible", "108%"),
    (Said(&[("下降{18%", "下降{180%")]), "impossible", "180%"),
    // Reached and aimed at confused.
    (
        Tagged(&[("12%", Field::ValueNature, "actual")]),
        "actual_too_early",
        "12%",
    ),
    (
        Tagged(&[("37%", Field::ValueNature, "target")]),
        "target_too_late",
        "37%",
    ),
    (
        Tagged(&[("60.5亿元", Field::ValueNature, "actual")]),
        "reached_and_aimed_at",
        "60.5亿元",
    ),
    // Type, unit and catalogue.
    (
        Tagged(&[("58家", Field::Unit, "亿元")]),
        "unit_not_as_printed",
        "58家",
    ),
    (
        Tagged(&[("20.4亿元", Field::Unit, "个")]),
        "unit_not_as_printed",
        "20.4亿元",
    ),
    (
        Tagged(&[("24.0亿元", Field::ValueType, "count")]),
        "type_differs",
        "24.0亿元",
    ),
    (
        Tagged(&[("46家", Field::Indicator, "rd_intensity")]),
        "type_differs",
        "46家",
    ),
    (
        Tagged(&[("46家", Field::Indicator, "nothing")]),
        "unknown_indicator",
        "46家",
    ),
    (Said(&[("{1.80%", "{180%")]), "too_large", "180%"),
];

#[test]
fn right_reports_say_nothing() {
    let found = found(SUMMARY, YEAR_BEFORE, &[]);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_planted_error_is_found() {
    for (plant, kind, words) in PLANTS {
        let found = planted(plant);
        let is_found = found
            .iter()
            .any(|(finding, quotes)| finding.kind.code() == *kind && quotes.contains(&(*words).to_owned()));
        assert!(is_found, "{kind} of {words} is not among {found:#?}");
    }
}

#[test]
fn the_wrong_one_is_named() {
    for (plant, words, why) in [
        (
            Said(&[("全市高新技术企业{1407家", "全市高新技术企业{147家")]),
            "147家",
            Why::OthersFit,
        ),
        (Said(&[("{37%", "{31%")]), "31%", Why::OthersFit),
        (
            Said(&[("{46.8亿元", "{46.8万元")]),
            "46.8万元",
            Why::Magnitude { exponent: 4 },
        ),
        (Said(&[("{1027家", "{1270家")]), "1270家", Why::OthersFit),
        (Tagged(&[("380家", Field::Value, "38")]), "380家", Why::Alone),
    ] {
        let found = planted(&plant);
        let names = |(finding, quotes): &(Finding, Vec<String>)| {
            finding.suspect.is_some_and(|suspect| {
                suspect.why == why && quotes.get(suspect.index).is_some_and(|it| it == words)
            })
        };
        assert!(found.iter().any(names), "{words} is not named in {found:#?}");
    }
}

#[test]
fn one_report_is_enough_for_growth() {
    for (from, to) in [("{380家", "{38家"), ("{37%", "{31%"), ("{37%", "{3.7%")] {
        let found = found(&SUMMARY.replacen(from, to, 1), "", &[]);
        assert!(
            found.iter().any(|(finding, _)| finding.kind == Kind::Growth),
            "{to}: {found:#?}"
        );
    }
}

#[test]
fn what_is_rounded_or_only_compared_holds() {
    for (from, to) in [
        // 1407/1027 is 37.00 %.
        ("{37%", "{37.0%"),
        ("{37%", "{超36%"),
        ("{111家", "{110余家"),
        ("全市高新技术企业{1407家", "全市高新技术企业{1400多家"),
        ("全市高新技术企业{1407家", "全市高新技术企业{约1420家"),
        ("全市高新技术企业{1407家", "全市高新技术企业{近1500家"),
        ("{10.46亿元", "{10.5亿元"),
        ("{24.0亿元", "{24亿元"),
        ("{20.4亿元", "{50.1亿元"),
        // Prices and revisions move a rate of output or of money by a little.
        ("{20.0%", "{21.5%"),
    ] {
        let found = self::found(&SUMMARY.replacen(from, to, 1), YEAR_BEFORE, &[]);
        assert!(SUMMARY.contains(from) && found.is_empty(), "{to}: {found:#?}");
    }
}

#[test]
fn what_only_looks_like_a_contradiction_says_nothing() {
    for source in [
        // The parts of a ratio, and a list under one name.
        "三次产业结构为{8.7%|三次产业结构|level|2024}：{41.2%|三次产业结构|level|2024}：{50.1%|三次产业结构|level|2024}。",
        "引进人才{5人|人才|level|2024}、{19人|人才|level|2024}。",
        // More than all of a plan.
        "城镇新增就业完成全年目标的{118.2%|城镇新增就业|share|2024|ref_scope=全年目标}。",
        // Parts that have members in common.
        "企业{1000家|企业|level|2024}，其中规上企业{600家|规上企业|level|2024}，民营企业{900家|民营企业|level|2024}。",
        // Growth of output at constant prices, levels at current ones.
        "增加值从{400亿元|增加值|level|2023}增至{416亿元|增加值|level|2024}，增长{5.8%|增加值|growth_rate|2024}。",
        // What a plan starts from.
        "“十四五”以来，从{80户|小巨人企业|level|2020}增加到{810户|小巨人企业|level|2024}。",
        // Stocks and what was added in five years.
        "过去五年新增{370万户|经营主体|increase|2020-2024}，总量{1160.5万户|经营主体|level|2024}。",
    ] {
        let found = found(source, "", &[]);
        assert!(found.is_empty(), "{source}: {found:#?}");
    }
}

#[test]
fn neighbours_of_a_printed_number_are_other_numbers() {
    for (from, to) in [
        ("全市高新技术企业{1407家", "全市高新技术企业{1408家"),
        ("{10.46亿元", "{8.9亿元"),
        (
            "科技服务：技术合同成交额{60.5亿元",
            "科技服务：技术合同成交额{60.6亿元",
        ),
    ] {
        let found = found(&SUMMARY.replacen(from, to, 1), YEAR_BEFORE, &[]);
        assert!(
            found.iter().any(|(finding, _)| finding.kind == Kind::SaidTwice),
            "{to}: {found:#?}"
        );
    }
}

#[test]
fn a_key_stays_until_a_value_changes() {
    let key = |to: &'static str| {
        let found = found(&SUMMARY.replacen("{37%", to, 1), YEAR_BEFORE, &[]);
        let growth = found.iter().find(|(finding, _)| finding.kind == Kind::Growth);
        growth.map(|(finding, _)| finding.key.clone()).unwrap()
    };
    assert_eq!(key("{31%"), key("{31%"));
    assert_ne!(key("{31%"), key("{32%"));
}

/// The findings after planting, each with the words that it is about.
fn planted(plant: &Plant) -> Vec<(Finding, Vec<String>)> {
    match plant {
        Said(changes) => {
            let (mut summary, mut before) = (SUMMARY.to_owned(), YEAR_BEFORE.to_owned());
            for (from, to) in *changes {
                assert!(summary.contains(from) || before.contains(from), "{from}");
                let report = if summary.contains(from) {
                    &mut summary
                } else {
                    &mut before
                };
                *report = report.replacen(from, to, 1);
            }
            found(&summary, &before, &[])
        }
        Tagged(changes) => found(SUMMARY, YEAR_BEFORE, changes),
    }
}
