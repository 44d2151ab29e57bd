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

pub(super) fn lines(text: &str) -> Vec<String> {
    mentions(text).iter().map(|mention| line(text, mention)).collect()
}

/// Each row: a text, and the mentions expected in it.
#[track_caller]
pub(super) fn expect(rows: &[(&str, &[&str])]) {
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
        (
            "共计五亿七千万零十七",
            &["五亿七千万零十七 indicator count =570000017"],
        ),
        ("共3千5百人", &["3千5百人 indicator count =3500 人"]),
        ("增长三点五%", &["三点五% indicator percent =3.5 %"]),
        ("培训2万5千人次", &["2万5千人次 indicator count =25000 人次"]),
        (
            "算力10.36百亿亿次/秒",
            &["10.36百亿亿次/秒 indicator quantity =10360000000000000000 次/秒"],
        ),
        ("覆盖三四百户", &["三四百户 indicator count =300..400 户"]),
        ("突破千亿元", &["千亿元 indicator amount >100000000000 元"]),
        ("阅读量100w+", &["100w indicator count =1000000"]),
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
        ("低于每立方米19微克", &["19微克 indicator quantity <19 微克"]),
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
fn halves_and_ones() {
    expect(&[
        (
            "提高一个百分点",
            &["一个百分点 indicator percentage_point =1 个百分点"],
        ),
        (
            "提高半个百分点",
            &["半个百分点 indicator percentage_point =0.5 个百分点"],
        ),
        ("增长近一倍", &["一倍 indicator multiple ~<1 倍"]),
        ("占全省一半以上", &["一半 indicator fraction >=0.5"]),
        ("超半数", &["半数 indicator fraction >0.5"]),
        ("另一半，半导体，一体化", &[]),
        ("缩短2个半小时", &["2个半小时 indicator duration =2.5 个小时"]),
        ("占三成半", &["三成半 indicator fraction =0.35"]),
        ("过去三年半", &["三年半 date"]),
        (
            "半径三公里，三公经费",
            &["三公里 indicator quantity =3 公里", "三公 name"],
        ),
    ]);
}

#[test]
fn signs_and_parts_in_words() {
    expect(&[
        ("同比增长-2.3%", &["-2.3% indicator percent =-2.3 %"]),
        ("下降-1.2%", &["-1.2% indicator percent =-1.2 %"]),
        ("增长负3.5%", &["负3.5% indicator percent =-3.5 %"]),
        ("增速为百分之负三", &["百分之负三 indicator percent =-3 %"]),
        ("零下20℃", &["零下20℃ indicator quantity =-20 ℃"]),
        ("为企业减负3%", &["3% indicator percent =3 %"]),
        (
            "达百分之三十到四十",
            &["百分之三十到四十 indicator percent =30..40 %"],
        ),
        ("合格率百分百。", &["百分百 indicator percent =100 %"]),
        ("前五百分之一", &["五百分之一 indicator fraction =0.002"]),
        ("系数为零点五", &["零点五 indicator count =0.5"]),
    ]);
}

#[test]
fn money_as_it_is_printed() {
    expect(&[
        ("每千瓦时3元5角2分", &["3元5角2分 indicator amount =3.52 元"]),
        ("电价5角", &["5角 indicator amount =0.5 元"]),
        ("港币5000万元", &["5000万元 indicator amount =50000000 港元"]),
        ("折合人民币3.5亿", &["3.5亿 indicator amount =350000000 元"]),
        (
            "补助10万元（含）—50万元",
            &["10万元（含）—50万元 indicator amount =100000..500000 元"],
        ),
        ("投入2——3万元", &["2——3万元 indicator amount =20000..30000 元"]),
    ]);
}

#[test]
fn ratios_and_structures() {
    expect(&[
        ("师生比1:12.5", &["1:12.5 indicator multiple =0.08"]),
        (
            "结构为8.7∶41.2∶50.1",
            &[
                "8.7 indicator count =8.7",
                "41.2 indicator count =41.2",
                "50.1 indicator count =50.1",
            ],
        ),
        ("会议8:30开始", &["8:30 date"]),
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
        ("人才总量超696万，", &["696万 indicator count >6960000"]),
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
