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
