//! Tables in, observations out: one table a kind, with what each of its values is.

use super::{read, report, told};
use crate::model::Report;

/// Compares what is told of each value of a table, one line a value.
#[track_caller]
fn expect(table: &str, wanted: &[&str]) {
    let (_, suggestions) = read(table, &report());
    let observations = suggestions.iter().filter_map(|s| s.ruling.observation());
    let found: Vec<String> = observations.map(told).collect();
    assert_eq!(found, wanted, "{table}");
}

#[test]
fn a_cell_is_named_by_its_row_or_its_column() {
    expect(
        "一、2025年工作回顾\n\
        指标 | 单位 | 2024年 | 比上年增长（%）\n\
        其中：原煤产量 | 万吨 | 12.5 | -3.2\n\
        地区 | 地区生产总值（亿元） | 占全市比重（%）\n\
        思明区 | 120.5 | 25.0\n\
        年份 | 高新技术企业（家）\n\
        2023年 | 1407\n\
        2022 | 1301\n",
        &[
            "原煤产量 level 125000 2024 actual",
            "原煤产量 growth_rate -3.2 2024 actual",
            "地区生产总值 level 12050000000 2025 actual of 思明区",
            "地区生产总值 share 25 2025 actual of 思明区",
            "高新技术企业 level 1407 2023 actual",
            "高新技术企业 level 1301 2022 actual",
        ],
    );
}

#[test]
fn heads_say_the_year_and_whether_it_was_reached() {
    expect(
        "二、2026年工作安排\n\
        附件：2026年主要预期目标\n\
        序号 | 指标名称 | 2025年实际 | 2026年预期\n\
        1 | 地区生产总值增长（%） | 5.6 | 5.5左右\n\
        2 | 城镇新增就业（万人） | 46.8 | 45以上\n\
        3 | 居民消费价格涨幅（%） | 0.2 | 2\n\
        4 | 单位GDP能耗下降（%） | 3.1 | 完成上级任务\n\
        序号 | 指标 | 属性 | 年度目标 | 完成情况 | 完成率（%）\n\
        1 | 新增高新技术企业（家） | 预期性 | 120 | 136 | 113.3\n",
        &[
            "地区生产总值 growth_rate 5.6 2025 actual",
            "地区生产总值 growth_rate 5.5 2026 target",
            "城镇新增就业 increase 468000 2025 actual",
            "城镇新增就业 increase 450000 2026 target",
            "居民消费价格涨幅 growth_rate 0.2 2025 actual",
            "居民消费价格涨幅 growth_rate 2 2026 target",
            "单位GDP能耗 growth_rate -3.1 2025 actual",
            "高新技术企业 increase 120 2026 target",
            "高新技术企业 increase 136 2026 actual",
            "高新技术企业 share 113.3 2026 actual",
        ],
    );
}

#[test]
fn a_table_may_have_heads_of_several_rows() {
    let wanted = [
        "地区生产总值 level 238650000000 2025 actual",
        "地区生产总值 growth_rate 6.1 2025 actual",
        "地区生产总值 level 255000000000 2026 target",
        "地区生产总值 growth_rate 6 2026 target",
    ];
    let row = "地区生产总值 | 亿元 | 2386.5 | 6.1 | 2550左右 | 6以上\n";
    for heads in [
        "指标名称 | 单位 | 2025年完成 | 2026年计划\n绝对量 | 增长（%） | 绝对量 | 增长（%）\n",
        "指标名称 | 单位 | 2025年完成 | | 2026年计划 |\n| | 绝对量 | 增长（%） | 绝对量 | 增长（%）\n",
    ] {
        expect(&format!("一、2025年工作回顾\n{heads}{row}"), &wanted);
    }
}

#[test]
fn changes_shares_ranks_and_sums_are_told_of_what_they_stand_beside() {
    expect(
        "一、2025年工作回顾\n\
        表1 高新技术企业分领域情况\n\
        单位：家\n\
        领域 | 2024年 | 2025年 | 同比增减 | 增速 | 占比\n\
        合计 | 1520 | 1788 | 268 | 17.6% | 100%\n\
        附表 各县区R&D经费情况\n\
        地区 | R&D经费（万元） | 同比增长（%） | 位次\n\
        全市 | 186540 | 12.3 | —\n\
        思明区 | 98234.6 | 14.1 | 1\n\
        2025年居民消费价格涨跌幅度\n\
        单位：%\n\
        指标 | 全市 | 城市\n\
        食品烟酒 | -0.2 | -0.1\n",
        &[
            "高新技术企业 level 1520 2024 actual",
            "高新技术企业 level 1788 2025 actual",
            "高新技术企业 change 268 2025 actual",
            "高新技术企业 growth_rate 17.6 2025 actual",
            "高新技术企业 share 100 2025 actual",
            "R&D经费 level 1865400000 2025 actual",
            "R&D经费 growth_rate 12.3 2025 actual",
            "R&D经费 level 982346000 2025 actual of 思明区",
            "R&D经费 growth_rate 14.1 2025 actual of 思明区",
            "R&D经费 rank 1 2025 actual of 思明区",
            "食品烟酒 growth_rate -0.2 2025 actual",
            "食品烟酒 growth_rate -0.1 2025 actual",
        ],
    );
}

#[test]
fn names_have_no_verbs_and_no_area() {
    expect(
        "一、2025年工作回顾\n\
        任务 | 2025年计划 | 2025年完成\n\
        培育科技型中小企业（家） | 200 | 231\n\
        全市R&D经费支出增速 | 12%以上 | 13.4%\n\
        建设用地面积（亩） | 300 | 290\n",
        &[
            "科技型中小企业 level 200 2025 target",
            "科技型中小企业 level 231 2025 actual",
            "R&D经费支出 growth_rate 12 2025 target",
            "R&D经费支出 growth_rate 13.4 2025 actual",
            "建设用地面积 level 300 2025 target",
            "建设用地面积 level 290 2025 actual",
        ],
    );
}

#[test]
fn a_plan_says_how_binding_its_targets_are() {
    expect(
        "专栏1 “十四五”时期科技创新主要指标\n\
        序号 | 指标 | 单位 | 2020年 | 2025年 | 年均增长 | 属性\n\
        1 | 高新技术企业数 | 家 | 310 | 600左右 | 14.1% | 预期性\n\
        2 | 技术合同成交额 | 亿元 | 45.3 | ≥90 | — | 约束性\n",
        &[
            "高新技术企业数 level 310 2020 actual",
            "高新技术企业数 level 600 2025 target",
            "高新技术企业数 growth_rate 14.1 2021-2025 target",
            "技术合同成交额 level 4530000000 2020 actual",
            "技术合同成交额 level 9000000000 2025 target",
        ],
    );
}

#[test]
fn months_of_heads_are_those_of_the_title() {
    let report = Report {
        title: "云口县2025年9月份主要经济指标完成情况".to_owned(),
        ..report()
    };
    let table = "单位：万元\n\
        指标 | 本月 | 本月止累计 | 上年同期 | 累计同比增长（%）\n\
        一般公共预算收入 | 3120 | 30655 | 31020 | -1.2\n";
    let (_, suggestions) = read(table, &report);
    let observations = suggestions.iter().filter_map(|s| s.ruling.observation());
    let periods: Vec<&str> = observations.map(|o| o.time_period.as_str()).collect();
    assert_eq!(
        periods,
        ["2025-09", "2025-01/2025-09", "2024-01/2024-09", "2025-01/2025-09"]
    );
}

#[test]
fn rows_may_leave_out_the_class_that_they_share() {
    expect(
        "一、2025年工作回顾\n\
        类别 | 序号 | 指标名称 | 2024年 | 2025年 | 2025年全省排名\n\
        投入 | 1 | 全社会R&D经费 | 32.6亿元 | 36.1亿元 | 第5位\n\
        2 | 财政科技支出占比 | 2.1% | 超2.4% | 6\n",
        &[
            "全社会R&D经费 level 3260000000 2024 actual",
            "全社会R&D经费 level 3610000000 2025 actual",
            "全社会R&D经费 rank 5 2025 actual",
            "财政科技支出 share 2.1 2024 actual",
            "财政科技支出 share 2.4 2025 actual",
            "财政科技支出 rank 6 2025 actual",
        ],
    );
}
