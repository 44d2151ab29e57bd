//! Sentences as reports print them, and what the observations in them should be.

use super::{assert_told, report};

pub(super) const REVIEW: &str = "一、2025年工作回顾\n";
pub(super) const FIVE_YEARS: &str = "一、“十四五”时期工作回顾\n";
pub(super) const PLAN: &str = "二、2026年重点工作\n";

/// A heading, a sentence, and what each of its values should be.
const SENTENCES: &[(&str, &str, &[&str])] = &[
    (
        REVIEW,
        "2023年全社会R&D投入239.06亿元，增长19.4%，增速居全国第1；R&D投入强度1.96%，提升0.31个百分点。",
        &[
            "全社会R&D投入 level 23906000000 2023 actual",
            "全社会R&D投入 growth_rate 19.4 2023 actual",
            "全社会R&D投入增速 rank 1 2023 actual in 全国",
            "R&D投入强度 level 1.96 2023 actual",
            "R&D投入强度 change 0.31 2023 actual",
        ],
    ),
    (
        REVIEW,
        "指导推动854家企业通过前三批高企认定。",
        &["企业通过前三批高企认定 level 854 2025 actual"],
    ),
    (
        REVIEW,
        "新引进高层次人才团队20个、科技小巨人企业15家，累计达84个。",
        &[
            "高层次人才团队 increase 20 2025 actual",
            "科技小巨人企业 increase 15 2025 actual",
            "科技小巨人企业 level 84 2025 actual",
        ],
    ),
    (
        REVIEW,
        "城镇、农村常住居民人均可支配收入分别增长4.4%、5.9%。",
        &[
            "城镇常住居民人均可支配收入 growth_rate 4.4 2025 actual",
            "农村常住居民人均可支配收入 growth_rate 5.9 2025 actual",
        ],
    ),
    (
        REVIEW,
        "生产安全事故起数和死亡人数分别下降4.3%、5.6%。",
        &[
            "生产安全事故起数 growth_rate -4.3 2025 actual",
            "死亡人数 growth_rate -5.6 2025 actual",
        ],
    ),
    (
        REVIEW,
        "规模工业增加值增长6.2%、高于全国平均0.3个百分点。",
        &[
            "规模工业增加值 growth_rate 6.2 2025 actual",
            "规模工业增加值 change 0.3 2025 actual in 全国",
        ],
    ),
    (
        REVIEW,
        "园区规模工业增加值占全省比重增至76%以上。",
        &["园区规模工业增加值 share 76 2025 actual in 福建省"],
    ),
    (
        REVIEW,
        "产业投资占全部投资比重从26.7%提高到52.1%。",
        &[
            "产业投资 share 26.7 2024 actual in 全部投资",
            "产业投资 share 52.1 2025 actual",
        ],
    ),
    (
        REVIEW,
        "区域创新能力由全国第12位跃升至第9位。",
        &[
            "区域创新能力 rank 12 2024 actual in 全国",
            "区域创新能力 rank 9 2025 actual in 全国",
        ],
    ),
    (
        REVIEW,
        "粮食总产量连续9年稳定在1300亿斤以上。",
        &[
            "粮食总产量 duration 9 2025 actual",
            "粮食总产量 level 130000000000 2025 actual",
        ],
    ),
    (
        REVIEW,
        "厦门新增研发机构800余家。",
        &["研发机构 increase 800 2025 actual of 厦门市"],
    ),
    (
        REVIEW,
        "数字经济增加值预计达3.4万亿元。",
        &["数字经济增加值 level 3400000000000 2025 estimate"],
    ),
    (
        REVIEW,
        "新增科技型中小企业3562家，其中：思明区新增120家。",
        &[
            "科技型中小企业 increase 3562 2025 actual",
            "科技型中小企业 increase 120 2025 actual of 思明区",
        ],
    ),
    (
        REVIEW,
        "专利授权3.2万件，其中发明专利授权3286件，分别比上年下降21.4%、增长7.2%。",
        &[
            "专利授权 level 32000 2025 actual",
            "发明专利授权 level 3286 2025 actual",
            "专利授权 growth_rate -21.4 2025 actual",
            "发明专利授权 growth_rate 7.2 2025 actual",
        ],
    ),
    (
        REVIEW,
        "数字经济占比由2020年的7.2%提升至7.4%。",
        &["数字经济 share 7.2 2020 actual", "数字经济 share 7.4 2025 actual"],
    ),
    (
        REVIEW,
        "R&D投入强度达到2.37%，超过全国的2.18%。",
        &[
            "R&D投入强度 level 2.37 2025 actual",
            "R&D投入强度 level 2.18 2025 actual of 全国",
        ],
    ),
    (
        REVIEW,
        "新认定市级众创空间10家，省级14家。",
        &[
            "市级众创空间 increase 10 2025 actual",
            "省级众创空间 increase 14 2025 actual",
        ],
    ),
    (
        REVIEW,
        "目前，国家级星创天地4家、省级6家、市级19家，省级补助资金50万元。",
        &[
            "国家级星创天地 level 4 2025 actual",
            "省级星创天地 level 6 2025 actual",
            "市级星创天地 level 19 2025 actual",
            "省级补助资金 level 500000 2025 actual",
        ],
    ),
    (
        REVIEW,
        "超50%的行政村达到美丽乡村标准。",
        &["行政村达到美丽乡村标准 share 50 2025 actual"],
    ),
    (
        FIVE_YEARS,
        "改造城镇老旧小区174万户，农村自来水普及率97%，居民人均可支配收入年均增长6%。",
        &[
            "改造城镇老旧小区 level 1740000 2021-2025 actual",
            "农村自来水普及率 level 97 2025 actual",
            "居民人均可支配收入 growth_rate 6 2021-2025 actual",
        ],
    ),
    (
        FIVE_YEARS,
        "高新技术企业数量实现翻番、达1.8万家。",
        &[
            "高新技术企业数量 growth_rate 2 2021-2025 actual",
            "高新技术企业数量 level 18000 2025 actual",
        ],
    ),
    (
        PLAN,
        "力争高企保有量达3300家，城镇新增就业50万人以上，引进4—5个高水平科技创新平台。",
        &[
            "高企保有量 level 3300 2026 target",
            "城镇新增就业 increase 500000 2026 target",
            "高水平科技创新平台 increase 4..5 2026 target",
        ],
    ),
    (
        PLAN,
        "到2030年，常住人口城镇化率达到65%左右。",
        &["常住人口城镇化率 level 65 2030 target"],
    ),
    (
        PLAN,
        "“十五五”时期，全社会研发经费投入年均增长10%以上。",
        &["全社会研发经费投入 growth_rate 10 2026-2030 target"],
    ),
];

#[test]
fn sentences_become_observations() {
    assert_told(SENTENCES, &report());
}
