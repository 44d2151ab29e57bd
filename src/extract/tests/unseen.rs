//! Sentences of reports of other places, years and kinds: five-year reviews, bulletins with tables, zones.

use super::sentences::{FIVE_YEARS, PLAN, REVIEW};
use super::{assert_told, read, report};
use crate::model::Report;

/// A heading, a sentence, and what each of its values should be.
const SENTENCES: &[(&str, &str, &[&str])] = &[
    // What held through the years, and the steps that were climbed in them.
    (
        FIVE_YEARS,
        "粮食产量稳定在800亿斤以上，地区生产总值连跨两个万亿元台阶，耕地面积实现5连增。",
        &[
            "粮食产量 level 80000000000 2021-2025 actual",
            "地区生产总值 level 2 2021-2025 actual",
            "耕地面积 duration 5 2025 actual",
        ],
    ),
    // A government's term is its five years.
    (
        REVIEW,
        "本届政府任期累计新增高新技术企业1470家。",
        &["高新技术企业 increase 1470 2021-2025 actual"],
    ),
    // What is owned or entered is so at the end.
    (
        FIVE_YEARS,
        "拥有产值亿元以上企业1470家、上市企业74家。7家地方国企进入中国企业500强。",
        &[
            "产值亿元以上企业 level 1470 2025 actual",
            "上市企业 level 74 2021-2025 actual",
            "地方国企进入中国企业500强 level 7 2025 actual",
        ],
    ),
    // Growth since a year that the clause compares with.
    (
        REVIEW,
        "2025年居民人均可支配收入2万元、农民人均纯收入1万元，比2020年分别增长83%、97.4%。",
        &[
            "居民人均可支配收入 level 20000 2025 actual",
            "农民人均纯收入 level 10000 2025 actual",
            "居民人均可支配收入 growth_rate 83 2021-2025 actual",
            "农民人均纯收入 growth_rate 97.4 2021-2025 actual",
        ],
    ),
    (
        REVIEW,
        "2025年研发经费投入9386亿元，与2015年相比，年均增长12.2%，较去年全年提高2个百分点。",
        &[
            "研发经费投入 level 938600000000 2025 actual",
            "研发经费投入 growth_rate 12.2 2016-2025 actual",
            "研发经费投入 change 2 2025 actual",
        ],
    ),
    // Months said in the midst of a sentence end with their part of it.
    (
        REVIEW,
        "全社会研发投入23亿元；1—9月财政科技支出10亿元，增长4%；培育科技型中小企业462家。",
        &[
            "全社会研发投入 level 2300000000 2025 actual",
            "财政科技支出 level 1000000000 2025-01/2025-09 actual",
            "财政科技支出 growth_rate 4 2025-01/2025-09 actual",
            "科技型中小企业 level 462 2025 actual",
        ],
    ),
    // The same names for a second row of values.
    (
        FIVE_YEARS,
        "生产总值、财政总收入年均分别增长14.1%、22.1%，达4270亿元、500亿元。",
        &[
            "生产总值 growth_rate 14.1 2021-2025 actual",
            "财政总收入 growth_rate 22.1 2021-2025 actual",
            "生产总值 level 427000000000 2025 actual",
            "财政总收入 level 50000000000 2025 actual",
        ],
    ),
    // As many names as values make a row; an addition goes on in a list, but not into what it brings about.
    (
        REVIEW,
        "组织实施水利工程、电网建设、水环境整治项目121个、186个和743个。",
        &[
            "水利工程 level 121 2025 actual",
            "电网建设 level 186 2025 actual",
            "水环境整治项目 level 743 2025 actual",
        ],
    ),
    (
        REVIEW,
        "新增孵化载体53个、物理空间194平方米、带动就业36人。",
        &[
            "孵化载体 increase 53 2025 actual",
            "物理空间 increase 194 2025 actual",
            "带动就业 level 36 2025 actual",
        ],
    ),
    // Places that are counted are no name and no place.
    (
        REVIEW,
        "新增福州、厦门、泉州3个千亿元城市。",
        &["千亿元城市 increase 3 2025 actual"],
    ),
    // Zones and rings of cities have values of their own.
    (
        REVIEW,
        "福州都市圈经济总量达到3.8万亿元，厦门高新区营业收入5亿元。",
        &[
            "福州都市圈经济总量 level 3800000000000 2025 actual of 福州都市圈",
            "厦门高新区营业收入 level 500000000 2025 actual of 厦门高新区",
        ],
    ),
    // A word beside one value does not reach the next part; at the head of a list it does.
    (
        REVIEW,
        "居民收入预计4.6万元，增长10%；失业率为2.3%。",
        &[
            "居民收入 level 46000 2025 estimate",
            "居民收入 growth_rate 10 2025 estimate",
            "失业率 level 2.3 2025 actual",
        ],
    ),
    // 其中 goes on with the sentence before.
    (
        REVIEW,
        "2023年财政科技支出为6454亿元。其中，中央财政科技支出为2899亿元。",
        &[
            "财政科技支出 level 645400000000 2023 actual",
            "中央财政科技支出 level 289900000000 2023 actual",
        ],
    ),
    // A streak of an honour is named after it; so much of a whole is its share.
    (
        REVIEW,
        "连续两年夺得全省“科技创新鼎”，这三个区贡献了高新技术产业增加值的55.9%。",
        &[
            "夺得全省“科技创新鼎” duration 2 2025 actual",
            "这三个区贡献了高新技术产业增加值 share 55.9 2025 actual",
        ],
    ),
    (
        PLAN,
        "城乡居民人均收入年均增长8%，力争2030年比2025年翻一番。",
        &[
            "城乡居民人均收入 growth_rate 8 2026 target",
            "城乡居民人均收入 growth_rate 2 2026-2030 target",
        ],
    ),
];

#[test]
fn reports_of_other_kinds_are_read_as_well() {
    assert_told(SENTENCES, &report());
}

#[test]
fn a_short_name_is_linked_by_what_the_sentence_is_about() {
    let report = Report {
        title: "2025年福州市科技工作总结".to_owned(),
        ..report()
    };
    for text in [
        "全社会R&D投入239亿元，强度达2.1%。",
        "全社会Ｒ＆Ｄ投入239亿元，强度达2.1%。",
    ] {
        let (_, suggestions) = read(text, &report);
        let linked: Vec<Option<String>> = suggestions
            .iter()
            .filter_map(|s| s.ruling.observation())
            .map(|o| o.indicator.as_ref().map(ToString::to_string))
            .collect();
        let expected = ["rd_expenditure", "rd_intensity"].map(|id| Some(id.to_owned()));
        assert_eq!(linked, expected, "{text}");
    }
}
