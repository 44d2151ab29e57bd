//! What holds for a whole report: its years, its area, whether it reviews or plans.

use super::{read, report};
use crate::model::Report;

#[test]
fn the_frame_comes_from_what_the_report_says_of_itself() {
    for (title, date, text, expected) in [
        (
            "福州市2019年科技工作总结及2020年主要工作任务",
            "2020-02-26",
            "一、2019年主要工作情况\n新增高企5家。",
            "2019 actual 福州市",
        ),
        (
            "",
            "2025-03-11",
            "泉州市科技局\n一、2024年主要工作情况\n新增高企5家。",
            "2024 actual 泉州市",
        ),
        (
            "力争新增高企超500家",
            "2022-01-29",
            "泉州市今年将新增高企5家。",
            "2022 target 泉州市",
        ),
        (
            "2024年泉州市国民经济和社会发展统计公报",
            "",
            "新增高企5家。",
            "2024 actual 泉州市",
        ),
    ] {
        let report = Report {
            title: title.to_owned(),
            date: date.to_owned(),
            area: String::new(),
            ..report()
        };
        let (_, suggestions) = read(text, &report);
        let observation = suggestions.last().and_then(|s| s.ruling.observation()).unwrap();
        let found = format!(
            "{} {} {}",
            observation.time_period, observation.value_nature, observation.ref_area
        );
        assert_eq!(found, expected, "{title} {text}");
    }
}

/// Title, date, text, and what its last value should be: period, nature, area.
const DATED: &[(&str, &str, &str, &str)] = &[
    // The first months of a year, and what is planned for the rest of it.
    (
        "霍山县科技局2021年上半年工作总结和下半年工作打算",
        "",
        "一、主要工作开展情况\n上半年，全县技术合同成交额5亿元。",
        "2021-H1 actual 霍山县",
    ),
    (
        "霍山县科技局2021年上半年工作总结和下半年工作打算",
        "",
        "二、下半年工作打算\n全年力争新增高企10家以上。",
        "2021 target 霍山县",
    ),
    (
        "霍山县科技局2021年上半年工作总结",
        "",
        "一、主要工作开展情况\n1—5月，完成技术合同成交额5亿元，完成全年任务的65%。",
        "2021-01/2021-05 actual 霍山县",
    ),
    (
        "2021年霍山县科技局工作总结",
        "",
        "截至11月底，全县申请发明专利207件。",
        "2021-11 actual 霍山县",
    ),
    // A congress late in a year, and a term of five years.
    (
        "临夏县政府工作报告",
        "2021-11-18",
        "一、十七届人民政府工作回顾\n改造农村危房9767户。",
        "2017-2021 actual 临夏县",
    ),
    // Lines without numbers that head a part.
    (
        "2017年湖州市政府工作报告",
        "",
        "过去的五年\n城市化率从59.5%提高到62.9%。\n今后五年的重点目标\n财政总收入突破500亿元。",
        "2021 target 湖州市",
    ),
    // Who speaks of 全市 and compares with the province is a city.
    (
        "山东省区域科技创新能力评价报告发布 济南居首",
        "2022-03-25",
        "2021年，济南市技术合同成交额居全省第一。济南全市高企总数居全省第一。全市R&D经费265亿元。",
        "2021 actual 济南市",
    ),
    (
        "重庆高新区创新发展成效明显",
        "2022-02-10",
        "2021年，全市高新区新增研发机构33家。",
        "2021 actual 重庆市",
    ),
    (
        "长三角新增发明专利超21万件",
        "2023-12-25",
        "据浙江省统计局消息，2022年，长三角地区生产总值为29.03万亿元。",
        "2022 actual 长三角",
    ),
    // Where news was written is not what it is about.
    (
        "国家高新区持续支撑国民经济",
        "2022-09-15",
        "新华社北京9月15日电 截至目前，全国国家高新区总数达173家。",
        "2022 actual 全国",
    ),
    (
        "国家高新区持续支撑国民经济",
        "2022-09-15",
        "“今年1至7月，国家高新区实现营业收入27.4万亿元。”",
        "2022-01/2022-07 actual ",
    ),
];

#[test]
fn reports_of_other_times_and_bodies() {
    for (title, date, text, expected) in DATED {
        let report = Report {
            title: (*title).to_owned(),
            date: (*date).to_owned(),
            area: if title.contains('县') {
                title
                    .find('县')
                    .and_then(|at| title.get(..at + 3))
                    .unwrap_or_default()
                    .trim_start_matches("2021年")
                    .to_owned()
            } else {
                String::new()
            },
            ..report()
        };
        let (_, suggestions) = read(text, &report);
        let observation = suggestions.iter().rev().find_map(|s| {
            s.ruling
                .observation()
                .filter(|found| found.measure.code() != "share")
        });
        let observation = observation.unwrap();
        let found = format!(
            "{} {} {}",
            observation.time_period, observation.value_nature, observation.ref_area
        );
        assert_eq!(found, *expected, "{title} {text}");
    }
}
