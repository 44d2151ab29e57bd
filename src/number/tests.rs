//! Text in, mentions out.

use crate::model::{Mention, Role};

use super::{mentions, parse_quantity, unit_measure, value_type_of_unit};

/// A mention in one line: `words role type comparator value unit`, without what does not apply.
fn line(text: &str, mention: &Mention) -> String {
    let words = mention.span.of(text).unwrap();
    let quantity = mention.quantity.as_ref().filter(|_| mention.is_candidate());
    let worth = quantity.map_or(String::new(), |q| {
        let value = q.value().map_or("?".to_owned(), |v| v.to_string());
        format!(" {} {}{} {}", q.value_type, q.comparator, value, q.unit)
    });
    format!("{words} {}{worth}", mention.role).trim_end().to_owned()
}

fn lines(text: &str) -> Vec<String> {
    mentions(text).iter().map(|mention| line(text, mention)).collect()
}

/// Each row: a text, and the mentions expected in it.
#[track_caller]
fn expect(rows: &[(&str, &[&str])]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(text, wanted)| lines(text) != *wanted)
        .map(|(text, wanted)| format!("{text}\n  wanted {wanted:?}\n  found  {:?}", lines(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn numerals_of_every_script() {
    expect(&[
        ("投入239.06亿元", &["239.06亿元 indicator amount =23906000000 元"]),
        (
            "总产值达１，２３４．５万元",
            &["１，２３４．５万元 indicator amount =12345000 元"],
        ),
        ("企业1,609家", &["1,609家 indicator count =1609 家"]),
        ("人口816 000人", &["816 000人 indicator count =816000 人"]),
        ("资金三千亿元", &["三千亿元 indicator amount =300000000000 元"]),
        (
            "资金一万五千亿元",
            &["一万五千亿元 indicator amount =1500000000000 元"],
        ),
        (
            "拨款壹仟贰佰叁拾万元",
            &["壹仟贰佰叁拾万元 indicator amount =12300000 元"],
        ),
        ("共一百十一人", &["一百十一人 indicator count =111 人"]),
        ("共一千零十二人", &["一千零十二人 indicator count =1012 人"]),
        ("共3千5百人", &["3千5百人 indicator count =3500 人"]),
        ("增长三点五%", &["三点五% indicator percent =3.5 %"]),
        ("培训2万5千人次", &["2万5千人次 indicator count =25000 人次"]),
        (
            "算力10.36百亿亿次/秒",
            &["10.36百亿亿次/秒 indicator quantity =10360000000000000000 次/秒"],
        ),
        ("覆盖三四百户", &["三四百户 indicator count =300..400 户"]),
        ("突破千亿元", &["千亿元 indicator amount >100000000000 元"]),
        ("突破百万辆", &["百万辆 indicator count >1000000 辆"]),
        ("气温为-7.5℃", &["-7.5℃ indicator quantity =-7.5 ℃"]),
    ]);
}

#[test]
fn approximators_and_comparators() {
    expect(&[
        ("培训3.5万余人", &["3.5万余人 indicator count >35000 人"]),
        ("惠及20多万户", &["20多万户 indicator count >200000 户"]),
        ("推出130余项", &["130余项 indicator count >130 项"]),
        ("科技型中小企业超1500家", &["1500家 indicator count >1500 家"]),
        ("总数突破500家", &["500家 indicator count >500 家"]),
        ("材料近600家", &["600家 indicator count ~<600 家"]),
        (
            "优于全国约1个百分点",
            &["1个百分点 indicator percentage_point ~1 个百分点"],
        ),
        ("占比降至13%左右", &["13% indicator percent ~13 %"]),
        ("成交额22亿元以上", &["22亿元 indicator amount >=2200000000 元"]),
        ("失业率5.5%以内", &["5.5% indicator percent <=5.5 %"]),
        ("比例不低于20%", &["20% indicator percent >=20 %"]),
        ("高企数不低于保有量的20%", &["20% indicator percent >=20 %"]),
        ("占比不超过5%", &["5% indicator percent <=5 %"]),
        ("覆盖率不足30%", &["30% indicator percent <30 %"]),
        (
            "总产值迈上6万亿元台阶",
            &["6万亿元 indicator amount >=6000000000000 元"],
        ),
        ("减负1000亿元", &["1000亿元 indicator amount =100000000000 元"]),
        ("通过3家验收", &["3家 indicator count =3 家"]),
    ]);
}

#[test]
fn ranges_ranks_and_fractions() {
    expect(&[
        ("引进4—5个团队", &["4—5个 indicator count =4..5 个"]),
        ("组建5-7个服务团", &["5-7个 indicator count =5..7 个"]),
        ("推荐10家—20家", &["10家—20家 indicator count =10..20 家"]),
        ("新增2—3万人", &["2—3万人 indicator count =20000..30000 人"]),
        ("引进三到五百人", &["三到五百人 indicator count =300..500 人"]),
        (
            "共四十五六万人",
            &["四十五六万人 indicator count =450000..460000 人"],
        ),
        ("占十分之一", &["十分之一 indicator fraction =0.1"]),
        ("增长5%至6%", &["5%至6% indicator percent =5..6 %"]),
        (
            "从14.7%降至13%",
            &["14.7% indicator percent =14.7 %", "13% indicator percent =13 %"],
        ),
        ("居全省第1;", &["第1 indicator rank =1"]),
        ("位列第26位", &["第26位 indicator rank =26 位"]),
        ("稳居全国前十强、", &["前十强 indicator rank <=10 强"]),
        ("均居全国前三。", &["前三 indicator rank <=3"]),
        ("位次上升11位", &["11位 indicator rank =11 位"]),
        ("占全省的三分之一", &["三分之一 indicator fraction =0.333333"]),
        ("上云率近六成，", &["六成 indicator fraction ~<0.6"]),
        ("占百分之十五", &["百分之十五 indicator percent =15 %"]),
        ("占全省的1/6强。", &["1/6 indicator fraction =0.166667"]),
        ("产量占全国1/4、", &["1/4 indicator fraction =0.25"]),
        ("企业数实现翻番", &["翻番 indicator multiple =2 倍"]),
        ("翻了近一番", &["翻了近一番 indicator multiple =2 倍"]),
        ("总量翻两番", &["翻两番 indicator multiple =4 倍"]),
        ("增长1.5倍", &["1.5倍 indicator multiple =1.5 倍"]),
        ("收入比缩小至2.5∶1", &["2.5∶1 indicator multiple =2.5"]),
        ("实现“二十二连丰”", &["二十二连丰 indicator duration =22 年"]),
    ]);
}

#[test]
fn declines_are_negative_and_lists_share() {
    expect(&[
        ("能耗下降7.4%", &["7.4% indicator percent =-7.4 %"]),
        ("浓度下降约13.7%", &["13.7% indicator percent ~-13.7 %"]),
        ("下降到13%", &["13% indicator percent =13 %"]),
        (
            "事故起数、死亡人数分别下降4.3%、5.6%",
            &["4.3% indicator percent =-4.3 %", "5.6% indicator percent =-5.6 %"],
        ),
        (
            "分别提高15、22个百分点",
            &[
                "15 indicator percentage_point =15 个百分点",
                "22个百分点 indicator percentage_point =22 个百分点",
            ],
        ),
    ]);
}

#[test]
fn units_simple_and_compound() {
    expect(&[
        ("廉政谈话51(人)次", &["51(人)次 indicator count =51 (人)次"]),
        (
            "租赁住房3.8万套（间）",
            &["3.8万套（间） indicator count =38000 套（间）"],
        ),
        ("标准提高至842元/月", &["842元/月 indicator amount =842 元/月"]),
        (
            "浓度30微克/立方米",
            &["30微克/立方米 indicator quantity =30 微克/立方米"],
        ),
        (
            "节约5万吨标准煤",
            &["5万吨标准煤 indicator quantity =50000 吨标准煤"],
        ),
        (
            "专利12.5件/万人",
            &["12.5件/万人 indicator quantity =12.5 件/万人"],
        ),
        ("装机386万千瓦", &["386万千瓦 indicator quantity =3860000 千瓦"]),
        (
            "改造高标准农田200.9万亩",
            &["200.9万亩 indicator area =2009000 亩"],
        ),
        ("投入为180.7亿，", &["180.7亿 indicator amount =18070000000 元"]),
        ("平台用户超1亿，", &["1亿 indicator count >100000000"]),
        ("迈上两个台阶", &["两个 indicator count =2 个"]),
        ("办结率｜45 ％", &["45 ％ indicator percent =45 %"]),
        (
            "高于全国0.3个百分点",
            &["0.3个百分点 indicator percentage_point =0.3 个百分点"],
        ),
    ]);
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
            &["1 enumerator", "239.06 indicator count =239.06"],
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
        ("COVID-19疫情", &["COVID-19 name"]),
        ("打造1小时通勤圈", &["1小时 name"]),
        ("办好12345热线", &["12345 name"]),
        ("第二轮、二轮延包", &["第二轮 name", "二轮 name"]),
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
fn core_is_numeral_and_magnitude() {
    for (text, core) in [
        ("达3.5万余人", "3.5万"),
        ("第26位", "26"),
        ("引进4—5个", "4—5"),
        ("239.06亿元", "239.06亿"),
    ] {
        let found = mentions(text);
        assert_eq!(found[0].core.of(text), Some(core), "{text}");
    }
}

#[test]
fn printed_digits_keep_their_zeros() {
    let quantity = parse_quantity("82,225.00万元").unwrap();
    assert_eq!(quantity.printed.to_string(), "82225.00");
    assert_eq!(quantity.unit_mult, 4);
    assert_eq!(quantity.unit_measure, Some("CNY"));
    assert_eq!(quantity.value().unwrap().to_string(), "822250000");
}

#[test]
fn chosen_words_parse_even_alone() {
    for (words, value) in [
        ("三", "3"),
        ("一", "1"),
        ("十二", "12"),
        ("共 1609 家", "1609"),
        ("两手", "2"),
    ] {
        assert_eq!(
            parse_quantity(words).unwrap().value().unwrap().to_string(),
            value,
            "{words}"
        );
    }
    assert_eq!(parse_quantity("没有数"), None);
}

#[test]
fn units_have_codes_and_kinds() {
    assert_eq!(unit_measure("元"), Some("CNY"));
    assert_eq!(unit_measure("个百分点"), Some("PP"));
    assert_eq!(unit_measure("元/月"), None);
    assert_eq!(unit_measure("台阶"), None);
    assert_eq!(value_type_of_unit("家").unwrap().code(), "count");
    assert_eq!(value_type_of_unit("元/千瓦时").unwrap().code(), "amount");
    assert_eq!(value_type_of_unit("产业"), None);
}

#[test]
fn too_many_digits_are_an_identifier() {
    let found = mentions("9999999999999999999999999999999999999999家");
    assert_eq!(
        (found.len(), found[0].role, &found[0].quantity),
        (1, Role::Identifier, &None)
    );
}
