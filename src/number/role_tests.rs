//! What numbers are there for: text in, roles out.

use super::tests::{expect, lines};

#[test]
fn what_a_glossary_counts_is_no_figure() {
    let text = "建成6个中心。\n名词解释\n1.“六纵”：指6个工程，投资60亿元。";
    let found = lines(text);
    assert_eq!(found[0], "6个 indicator count =6 个");
    assert_eq!(
        found[3..],
        [
            "6个 criterion count =6 个",
            "60亿元 indicator amount =6000000000 元"
        ]
    );
}

#[test]
fn dates_and_periods() {
    expect(&[
        ("2024年主要工作", &["2024年 date"]),
        ("2020年2月26日", &["2020年2月26日 date"]),
        ("日期:2025-03-11", &["2025-03-11 date"]),
        ("时间:2020-02-26 16:47", &["2020-02-26 16:47 date"]),
        ("12月16日下午", &["12月16日 date"]),
        ("2021—2025年平均", &["2021—2025年 date"]),
        ("2019年1-6月", &["2019年1-6月 date"]),
        ("2026年02月10日 07时41分", &["2026年02月10日 07时41分 date"]),
        ("2024、2025两年，", &["2024、2025 date", "两年 date"]),
        ("2023、2024年均", &["2023、2024年 date"]),
        ("1—9月累计", &["1—9月 date"]),
        ("一季度增长5%", &["一季度 date", "5% indicator percent =5 %"]),
        ("近三年来", &["三年 date"]),
        ("过去五年", &["五年 date"]),
        (
            "净增数连续两年第一",
            &["两年 indicator duration =2 年", "第一 indicator rank =1"],
        ),
        ("二〇二五年", &["二〇二五年 date"]),
        ("二十世纪", &["二十世纪 date"]),
        ("连续24个月增长", &["24个月 indicator duration =24 个月"]),
        (
            "企业数3年翻一番",
            &["3年 date", "翻一番 indicator multiple =2 倍"],
        ),
    ]);
}

#[test]
fn cells_of_a_table_inherit_their_unit() {
    expect(&[
        (
            "单位：万元\n| 指标 | 2024年 | 同比增长（%） |\n|---|---|---|\n| 收入 | 1200 | 5.5 |",
            &[
                "2024年 date",
                "1200 indicator amount =12000000 元",
                "5.5 indicator percent =5.5 %",
            ],
        ),
        (
            "| 指标 | 单位 | 数值 | 增速 |\n| 产值 | 亿元 | 239.06 | 7 |\n| 企业 | 家 | 12 | 3 |",
            &[
                "239.06 indicator amount =23906000000 元",
                "7 indicator percent =7 %",
                "12 indicator count =12 家",
                "3 indicator percent =3 %",
            ],
        ),
        (
            "序号 | 指标 | 2024年实际 | 2025年预期\n1 | 就业（万人） | 46.8 | 45以上\n2 | 排放量（吨） | 3 | 不超过2",
            &[
                "2024年 date",
                "2025年 date",
                "1 enumerator",
                "46.8 indicator count =468000 人",
                "45 indicator count >=450000 人",
                "2 enumerator",
                "3 indicator quantity =3 吨",
                "2 indicator quantity <=2 吨",
            ],
        ),
        (
            "单位：亿元\n指标 | 11月 | 同比±% | 同比增减 | 全省位次\n收入 | 8.12 | -4.3 | -0.3 | 3",
            &[
                "11月 date",
                "8.12 indicator amount =812000000 元",
                "-4.3 indicator percent =-4.3 %",
                "-0.3 indicator amount =-30000000 元",
                "3 indicator rank =3",
            ],
        ),
        (
            "指标 | 单位 | 2024年 | | 2025年 |\n| | 绝对量 | 增长（%） | 绝对量 | 增长（%）\n产值 | 亿元 | 3 | 5 | 4 | 6左右",
            &[
                "2024年 date",
                "2025年 date",
                "3 indicator amount =300000000 元",
                "5 indicator percent =5 %",
                "4 indicator amount =400000000 元",
                "6 indicator percent ~6 %",
            ],
        ),
        (
            "单位：家、亿元、%\n领域 | 企业数 | 同期±%\n医药 | 31 | 5.5",
            &["31 indicator count =31", "5.5 indicator percent =5.5 %"],
        ),
        (
            "设区市 | 合计（人） | 乡镇（个）\n全省 | 2020 | 488",
            &["2020 indicator count =2020 人", "488 indicator count =488 个"],
        ),
        (
            "年份 | 企业（家）\n2023 | 1407\n位次 | 地区\n1 | 甲县",
            &[
                "2023 date",
                "1407 indicator count =1407 家",
                "1 indicator rank =1",
            ],
        ),
        (
            "| 面积（万亩） | 30 |\n\n单位：人\n别的话\n| 人口 | 30 |",
            &["30 indicator area =300000 亩", "30 indicator count =30"],
        ),
    ]);
}

#[test]
fn numberings_documents_and_identifiers() {
    expect(&[
        ("(一)科技指标", &["(一) enumerator"]),
        ("目标。\n二、工作", &["二、 enumerator"]),
        ("新高地。一是推进", &["一是 enumerator"]),
        ("1.“两重”：是指", &["1. enumerator", "两重 name"]),
        (
            "20.2026年10件实事",
            &["20. enumerator", "2026年 date", "10件 indicator count =10 件"],
        ),
        ("厦科〔2024〕9号", &["〔2024〕9号 document"]),
        (
            "|1|研发|亿元|239.06|",
            &["1 enumerator", "239.06 indicator amount =23906000000 元"],
        ),
        ("第十二条第二款", &["第十二条 document", "第二款 document"]),
        ("出台1号文", &["1号 document"]),
        ("电话：0591-87654321", &["0591-87654321 identifier"]),
        ("闽ICP备12345678号", &["12345678号 identifier"]),
        (
            "https://a.gov.cn/t20240102_1234.htm",
            &["https://a.gov.cn/t20240102_1234.htm identifier"],
        ),
    ]);
}

#[test]
fn names_are_no_candidates() {
    expect(&[
        ("“315”体系", &["“315” name"]),
        ("“三区三线”划定", &["三区三线 name"]),
        ("“11条措施”出台", &["“11条措施” name"]),
        (
            "党的二十大和二十届三中全会",
            &["二十大 name", "二十届三中全会 name"],
        ),
        ("十四五时期", &["十四五 name"]),
        ("第13届大赛", &["第13届 name"]),
        (
            "PM2.5浓度30微克",
            &["PM2.5 name", "30微克 indicator quantity =30 微克"],
        ),
        (
            "5G基站18.8万个",
            &["5G name", "18.8万个 indicator count =188000 个"],
        ),
        ("8英寸碳化硅", &["8英寸 name"]),
        ("构建8+4产业", &["8+4 name"]),
        ("第三代半导体", &["第三代 name"]),
        ("水质达到Ⅱ类", &["Ⅱ类 name"]),
        ("获得二等奖2项", &["二等奖 name", "2项 indicator count =2 项"]),
        ("三大工程", &["三大 name"]),
        ("全国首台300兆瓦燃气轮机", &["300兆瓦 name"]),
        ("COVID-19疫情", &["COVID-19 name"]),
        ("打造1小时通勤圈", &["1小时 name"]),
        ("办好12345热线", &["12345 name"]),
        ("第二轮、二轮延包", &["第二轮 name", "二轮 name"]),
        ("株洲608所AES100发动机", &["608所 name", "AES100 name"]),
        ("世界500强企业", &["500强 name"]),
    ]);
}

#[test]
fn qualifiers_are_criteria() {
    expect(&[
        ("每万名劳动者", &["万名 criterion count =10000 名"]),
        ("35周岁以下青年", &["35周岁 criterion duration <=35 周岁"]),
        (
            "亿元以上项目1213个",
            &[
                "亿元 criterion amount >=100000000 元",
                "1213个 indicator count =1213 个",
            ],
        ),
        ("产值（亿元）、单位：万元", &[]),
        (
            "跨入生产总值两万亿级城市行列",
            &["两万亿 indicator amount >=2000000000000 元"],
        ),
        ("百亿级产业", &["百亿 criterion amount =10000000000 元"]),
        (
            "4个千亿县",
            &[
                "4个 indicator count =4 个",
                "千亿 criterion amount =100000000000 元",
            ],
        ),
        ("先后获得荣誉两项、", &["两项 indicator count =2 项"]),
        ("学前一年免费", &["一年 criterion duration =1 年"]),
        ("等四项引智计划", &["四项 criterion count =4 项"]),
    ]);
}

#[test]
fn figures_of_speech_are_no_mentions() {
    for text in [
        "进一步加强统一领导，形成一批一体化平台",
        "第一时间回应，万事俱备，千方百计，百姓安居",
        "一定要一般性地一些一样一直一旦",
        "数字经济、数据要素、半导体、零售",
        "唯一、同一、每一、之一、逐一",
    ] {
        let found: Vec<String> = lines(text).into_iter().filter(|l| !l.ends_with("name")).collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn numbers_of_pages_and_tables() {
    expect(&[
        ("浏览次数：1236 字号", &["1236 identifier"]),
        ("点击：4582次", &["4582次 identifier"]),
        ("网站标识码：9900000013", &["9900000013 identifier"]),
        ("表1 主要指标", &["1 name"]),
        ("防洪能力达到50年一遇标准", &["50年 criterion duration =50 年"]),
        ("经过八年努力", &["八年 date"]),
        ("诞生了许多第一。", &[]),
        (
            "由全省第7进到第6位",
            &["第7 indicator rank =7", "第6位 indicator rank =6 位"],
        ),
        ("排前三位的是滨江区", &["前三位 criterion rank <=3 位"]),
    ]);
}
