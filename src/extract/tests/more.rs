//! Sentences of city bureaus, city reports and bulletins, and how doubts and printed digits come out.

use super::sentences::{FIVE_YEARS, PLAN, REVIEW};
use super::{assert_told, read, report};
use crate::model::{DismissReason, Field, Report, Ruling};

/// A heading, a sentence, and what each of its values should be.
const SENTENCES: &[(&str, &str, &[&str])] = &[
    // Who has them stands before, what is counted behind.
    (
        REVIEW,
        "自贸试验区159项改革试验任务全面实施，壮大13条重点产业链，60万户居民用上燃气。",
        &[
            "改革试验任务 level 159 2025 actual",
            "重点产业链 level 13 2025 actual",
            "居民用上燃气 level 600000 2025 actual",
        ],
    ),
    // How much of a plan was done.
    (
        REVIEW,
        "技术合同登记额22.9亿元，完成省定目标的135%；转化科技成果34项，完成全年任务的61.8%。",
        &[
            "技术合同登记额 level 2290000000 2025 actual",
            "技术合同登记额 share 135 2025 actual in 省定目标",
            "转化科技成果 level 34 2025 actual",
            "转化科技成果 share 61.8 2025 actual in 任务",
        ],
    ),
    // The years of a move, one by one.
    (
        REVIEW,
        "入库企业由2022年的20家，飞速增长到2023年的40家、2024年的48家。",
        &[
            "入库企业 level 20 2022 actual",
            "入库企业 level 40 2023 actual",
            "入库企业 level 48 2024 actual",
        ],
    ),
    // What a plan starts from was reached.
    (
        PLAN,
        "去年高企存量突破2000家，今年要净增300家以上；高新技术企业由目前的900家增加到1500家。",
        &[
            "高企存量 level 2000 2025 actual",
            "高企存量 increase 300 2026 target",
            "高新技术企业 level 900 2025 actual",
            "高新技术企业 level 1500 2026 target",
        ],
    ),
    // A target in a review is for the year that begins.
    (
        REVIEW,
        "今年主要预期目标是：地区生产总值增长6%左右，力争达到5000亿元。",
        &[
            "地区生产总值 growth_rate 6 2026 target",
            "地区生产总值 level 500000000000 2026 target",
        ],
    ),
    // Flows of several years and levels at their end.
    (
        FIVE_YEARS,
        "中欧班列累计开行2.6万列、占全国23.9%，国际友城增至24家，客运航线运送旅客407万人次，在周边国家实施民生项目280个。",
        &[
            "中欧班列累计开行 level 26000 2021-2025 actual",
            "中欧班列累计开行 share 23.9 2021-2025 actual in 全国",
            "国际友城 level 24 2025 actual",
            "客运航线运送旅客 level 4070000 2021-2025 actual",
            "民生项目 level 280 2021-2025 actual",
        ],
    ),
    // A move of several years told by its ends, and the average over it.
    (
        FIVE_YEARS,
        "地区生产总值从2011年的1091亿元增加到2016年的1650亿元，年均增长9.3%；人均GDP从2.4万元提高到3.6万元，年均增长9.2%。",
        &[
            "地区生产总值 level 109100000000 2011 actual",
            "地区生产总值 level 165000000000 2016 actual",
            "地区生产总值 growth_rate 9.3 2012-2016 actual",
            "人均GDP level 24000 2011 actual",
            "人均GDP level 36000 2016 actual",
            "人均GDP growth_rate 9.2 2012-2016 actual",
        ],
    ),
    (
        FIVE_YEARS,
        "生产总值年均增长12.2%，2025年达到1156亿元；财政总收入年均增长15.2%。",
        &[
            "生产总值 growth_rate 12.2 2021-2025 actual",
            "生产总值 level 115600000000 2025 actual",
            "财政总收入 growth_rate 15.2 2021-2025 actual",
        ],
    ),
    (
        REVIEW,
        "社会消费品零售总额两年平均增长5.1%，三年来累计培育企业20家，总量由全国第7进到第6位。",
        &[
            "社会消费品零售总额 growth_rate 5.1 2024-2025 actual",
            "培育企业 level 20 2023-2025 actual",
            "培育企业 rank 7 2022 actual in 全国",
            "培育企业 rank 6 2025 actual in 全国",
        ],
    ),
    // What was expected of a move's end; what its start was is known.
    (
        REVIEW,
        "预计地区生产总值从1091亿元增加到1650亿元、跨越两个千亿元台阶。",
        &[
            "地区生产总值 level 109100000000 2024 actual",
            "地区生产总值 level 165000000000 2025 estimate",
            "地区生产总值 level 2 2025 estimate",
        ],
    ),
    // A rate with a name of its own in brackets.
    (
        REVIEW,
        "城镇人口34.76万人，占常住人口比重（常住人口城镇化率）为65%，比上年末提高1.31个百分点。",
        &[
            "城镇人口 level 347600 2025 actual",
            "常住人口城镇化率 level 65 2025 actual",
            "常住人口城镇化率 change 1.31 2025 actual",
        ],
    ),
    // A conjunction inside a word joins nothing.
    (
        REVIEW,
        "农村自来水、卫生厕所普及率超过98%、85%。",
        &[
            "农村自来水 level 98 2025 actual",
            "卫生厕所普及率 level 85 2025 actual",
        ],
    ),
    // An addition, then the level that it led to.
    (
        FIVE_YEARS,
        "铁路运营里程新增1700公里、突破7000公里，新争取政策性资金500亿元。",
        &[
            "铁路运营里程 increase 1700 2021-2025 actual",
            "铁路运营里程 level 7000 2025 actual",
            "政策性资金 increase 50000000000 2021-2025 actual",
        ],
    ),
    // 35年来 is no 5年来, and what continued since a plan is not of its years.
    (
        REVIEW,
        "规上工业增加值增长9.5%，增速居全省第一，为35年来首次，延续了“十三五”以来增势；固定资产投资增长8.3%。",
        &[
            "规上工业增加值 growth_rate 9.5 2025 actual",
            "规上工业增加值增速 rank 1 2025 actual in 福建省",
            "固定资产投资 growth_rate 8.3 2025 actual",
        ],
    ),
];

#[test]
fn other_reports_are_read_as_well() {
    assert_told(SENTENCES, &report());
}

#[test]
fn digits_are_kept_as_they_were_printed() {
    let (_, suggestions) = read("一、2025年工作回顾\n固定资产投资下降7.4%，气温-5.0℃。", &report());
    let printed: Vec<(&str, String)> = suggestions
        .iter()
        .filter_map(|suggestion| suggestion.ruling.observation())
        .map(|observation| (observation.obs_value.as_str(), observation.value.to_string()))
        .collect();
    assert_eq!(printed.first(), Some(&("7.4", "-7.4".to_owned())));
}

#[test]
fn counts_in_a_glossary_only_qualify() {
    let text = "一、2025年工作回顾\n新增高企5家。\n名词解释\n1.“四早”工程：由6个部门实施的8项工程。\n";
    let (_, suggestions) = read(text, &report());
    let (first, glossary) = suggestions.split_first().unwrap();
    assert!(first.ruling.observation().is_some());
    assert!(!glossary.is_empty());
    for suggestion in glossary {
        assert_eq!(suggestion.ruling, Ruling::Dismissed(DismissReason::Criterion));
    }
}

#[test]
fn a_doubt_offers_what_else_it_could_be() {
    let (_, suggestions) = read("一、“十四五”时期工作回顾\n国家高新技术企业1.5万家。", &report());
    let doubts = &suggestions.first().unwrap().doubts;
    assert_eq!(doubts.len(), 1);
    assert_eq!(doubts.first().unwrap().field, Field::TimePeriod);
    assert_eq!(doubts.first().unwrap().alternative, "2021-2025");
}

#[test]
fn what_is_said_plainly_is_not_in_doubt() {
    let (_, suggestions) = read("一、2025年工作回顾\n高企保有量达3300家，增长12%。", &report());
    for suggestion in &suggestions {
        assert_eq!(suggestion.doubts, [], "{:?}", suggestion.span);
    }
}

#[test]
fn the_city_of_a_district_is_no_scope_of_its_own_name() {
    let district = Report {
        area: "滨湖区".to_owned(),
        ..report()
    };
    let (_, suggestions) = read("一、2025年工作回顾\n专利授权量5300件，居全市第一。", &district);
    let rank = suggestions.last().and_then(|s| s.ruling.observation()).unwrap();
    assert_eq!(
        (rank.ref_area.as_str(), rank.ref_scope.as_str()),
        ("滨湖区", "全市")
    );
}
