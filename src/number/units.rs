//! The units: what words may follow a number, what kind of quantity they make it, and their codes.
//!
//! Adding a unit is adding its word to a row of `UNITS`.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::model::ValueType;

use super::lexicon::{Edge, Lexicon};
use super::place::{after, char_at, skip_gap};

/// What is known of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The kind of quantity; `None` for words that only look like a unit (台阶, 部队).
    pub kind: Option<ValueType>,
    /// The code that files use.
    pub code: Option<&'static str>,
    /// Whether a small Chinese numeral alone may count it (三项, but not 三峡).
    pub countable: bool,
}

const fn plain(kind: ValueType) -> Meaning {
    Meaning {
        kind: Some(kind),
        code: None,
        countable: false,
    }
}

const fn coded(kind: ValueType, code: &'static str) -> Meaning {
    Meaning {
        kind: Some(kind),
        code: Some(code),
        countable: true,
    }
}

const fn countable(kind: ValueType) -> Meaning {
    Meaning {
        kind: Some(kind),
        code: None,
        countable: true,
    }
}

const NO_UNIT: Meaning = Meaning {
    kind: None,
    code: None,
    countable: false,
};

use ValueType::{Amount, Area, Count, Duration, Multiple, Percent, PercentagePoint, Quantity};

/// Words of a unit, with what they mean. The longest word that fits is taken.
const UNITS: &[(&str, Meaning)] = &[
    // Money.
    (
        "元 圆 圓 元人民币 人民币 人民幣 块钱 塊錢 元整 元正 圆整 圆正",
        coded(Amount, "CNY"),
    ),
    ("角 分钱", plain(Amount)),
    ("美元 美金 USD", coded(Amount, "USD")),
    ("欧元", coded(Amount, "EUR")),
    ("港元 港币 港幣", coded(Amount, "HKD")),
    ("日元 日币 日圆", coded(Amount, "JPY")),
    ("英镑", coded(Amount, "GBP")),
    ("澳元", coded(Amount, "AUD")),
    ("韩元", coded(Amount, "KRW")),
    ("新台币 台币 新台幣", coded(Amount, "TWD")),
    ("卢布", coded(Amount, "RUB")),
    ("泰铢", coded(Amount, "THB")),
    ("瑞士法郎", coded(Amount, "CHF")),
    ("加元", coded(Amount, "CAD")),
    ("新加坡元 新元", coded(Amount, "SGD")),
    ("令吉 林吉特 马来西亚令吉 马来西亚林吉特", coded(Amount, "MYR")),
    (
        "卢比 印度卢比 印尼盾 越南盾 里亚尔 迪拉姆 坚戈 兰特 比索 雷亚尔",
        plain(Amount),
    ),
    // Ratios.
    ("% ％ ﹪ 个百分比", coded(Percent, "PT")),
    ("‰ 个千分点", coded(Percent, "PM")),
    ("个百分点 百分点 个pct pct pp", coded(PercentagePoint, "PP")),
    ("个基点 基点 BP bp", coded(PercentagePoint, "BP")),
    ("成", plain(ValueType::Fraction)),
    ("倍 番", coded(Multiple, "FACTOR")),
    // Time.
    ("年 周年", coded(Duration, "ANN")),
    ("个月 個月 个半月", coded(Duration, "MON")),
    ("天 日 个工作日 工作日 个自然日 昼夜", coded(Duration, "DAY")),
    ("周 个星期 星期 个周", coded(Duration, "WEE")),
    (
        "小时 小時 个小时 个半小时 个学时 学时 课时 个课时 机时",
        coded(Duration, "HUR"),
    ),
    ("分钟 分鐘", coded(Duration, "MIN")),
    ("秒 秒钟", coded(Duration, "SEC")),
    ("毫秒 微秒 纳秒", plain(Duration)),
    ("岁 周岁 个季度", countable(Duration)),
    // Areas.
    ("亩", coded(Area, "MU")),
    ("公顷 顷", coded(Area, "HAR")),
    ("平方米 平米 平方 ㎡ m² m2", coded(Area, "MTK")),
    ("平方公里 平方千米 km² km2 k㎡", coded(Area, "KMK")),
    ("方", plain(Area)),
    // Lengths.
    ("公里 公裏 千米 km KM", coded(Quantity, "KMT")),
    ("米 m 延米 公尺", coded(Quantity, "MTR")),
    ("厘米 公分 cm", coded(Quantity, "CMT")),
    ("毫米 mm", coded(Quantity, "MMT")),
    ("微米 μm", plain(Quantity)),
    ("纳米 nm", plain(Quantity)),
    (
        "里 英里 海里 英寸 英尺 英裏 英吋 英呎 寸 车道公里 皮长公里 芯公里",
        plain(Quantity),
    ),
    // Weights and volumes.
    ("吨 噸 公吨", coded(Quantity, "TNE")),
    ("公斤 千克 kg", coded(Quantity, "KGM")),
    ("斤", coded(Quantity, "JIN")),
    ("克 g", coded(Quantity, "GRM")),
    ("毫克 mg 微克 μg 克拉", plain(Quantity)),
    ("立方米 方水 m³ m3 标方", coded(Quantity, "MTQ")),
    ("升 公升 L", coded(Quantity, "LTR")),
    ("毫升 mL ml 立方 立方厘米 桶 加仑 加侖 摩尔", plain(Quantity)),
    ("吨标准煤 吨标煤", coded(Quantity, "TCE")),
    ("吨二氧化碳 吨二氧化碳当量", coded(Quantity, "TCO2E")),
    ("载重吨 综合吨 总吨 吨公里 人公里 吨位", plain(Quantity)),
    ("标箱 标准箱 TEU", coded(Quantity, "TEU")),
    // Energy, power and computing.
    ("千瓦时 度电 kWh KWh", coded(Quantity, "KWH")),
    ("度", plain(Quantity)),
    ("兆瓦时 MWh", coded(Quantity, "MWH")),
    ("千瓦 kW KW", coded(Quantity, "KWT")),
    ("兆瓦 MW", coded(Quantity, "MAW")),
    ("吉瓦 吉瓦时 GW GWh 太瓦时 瓦 W 瓦时 Wh", plain(Quantity)),
    (
        "千伏 kV KV 伏特 千伏安 kVA 伏安 兆伏安 马力 焦耳 千焦 千卡 兆帕 千帕 赫兹 兆赫 安培",
        plain(Quantity),
    ),
    (
        "P PFLOPS PFlops EFLOPS EFlops EF PF TFLOPS PB TB GB MB EB ZB",
        plain(Quantity),
    ),
    (
        "比特 量子比特 字节 个量子比特 Gbps Mbps Tbps M 像素 万像素 token",
        plain(Quantity),
    ),
    ("摄氏度 攝氏度 华氏度 華氏度 ℃ °C ℉ °F ° 分贝 dB", plain(Quantity)),
    ("次/秒 标准机柜 个标准机架 标准机架", plain(Quantity)),
    // A score; 分 begins many verbs, which stand below.
    ("分", plain(Quantity)),
    // Counts.
    (
        "款 家 个 项 名 位 场 份 条 支 所 种 人 户 套 座 件 次 步 类 项次",
        countable(Count),
    ),
    (
        "轮 批 台 辆 处 只 部 张 篇 枚 颗 棵 株 艘 架 列 宗 笔 起 例 间 栋 幢 座次 届次 台套 台次 架次 车次 班次 航次",
        countable(Count),
    ),
    (
        "期 班 对 双 组 队 站 层 厅 门 字 句 页 行 点 盏 本 册 首 卷 粒 头 匹 节 根 片 口 桩 幅 班列 块地",
        plain(Count),
    ),
    (
        "人次 户次 家次 场次 件次 (人)次 （人）次 人(次) 人（次） 辆次 艘次 头次 例次 批次 单 票 宗次",
        countable(Count),
    ),
    (
        "台（套） 台(套) 套（间） 套(间) 家（次） 家(次) 个（次） 项（次） 项(次) 头（只） 人（户） 户（次） 项（个） 个（项）",
        countable(Count),
    ),
    (
        "個 項 戶 場 條 種 類 輛 處 隻 張 顆 棟 間 雙 對 層 門 組 隊 頁 冊",
        countable(Count),
    ),
    ("人年 人月 人天 人日", countable(Count)),
    (
        "部门 省份 省区市 省市 市州 县区 市县 市（州） 县市",
        countable(Count),
    ),
    ("国 省 市 县 区 镇 村 校 企 城 乡 街道 社区", plain(Count)),
    ("大类 大项 小项 方面 层面 环节 大", countable(Count)),
    ("强", plain(Count)),
    ("英亩", coded(Area, "ACR")),
    (
        "手 羽 尾 丛 窝 床 席 桌 盒 箱 袋 瓶 包 件套 剂 剂次 针 针次 人份 亩次 趟 遍 回 代 号 版 届 单位 块 卡 集 堂 讲 眼 道 则",
        plain(Count),
    ),
    // Longer words that begin like a unit and are none.
    (
        "成立 成为 成功 成员 成果 成本 成效 成就 成都 成长 成熟 成品 成交 成份 成绩 成色 成型 成片 成套 成群 成分 成人 成年 成德 成渝 成规 成势 成形 成龙 成网 成链",
        NO_UNIT,
    ),
    (
        "角度 角落 角色 角逐 角膜 角力 分百 分别 分為 分为 分批 分类 分期 分布 分级 分成 分区 分层 分步 分解 分析 分享 分工 分行 分支 分校 分公司 分会 分局 分院 \
         分中心 分红 分散 分流 分担 分配 分设 分段 分项 分省 分市 分县 分年 分月 分季 分季度 分门 分管 分场 分片 分组 分队 分馆 分钟社 分析师 分赛 分销 分拣 分离 分娩 分局 分厂 分所 分田 分开 分头 分子 分母 分野 分裂 分量 分外 分明 分清 分发 分水 分洪 分户 分业 分辨 分时 分包 分置 分论坛 分园 分区域 分档 分等 分领域 分行业 分阶段",
        NO_UNIT,
    ),
    (
        "台阶 台湾 部队 部分 部署 部长 位于 位居 位列 位次 对接 对外 对口 对标 对于 对全 支持 支撑 支付 支出 名列 处于 处理 处置",
        NO_UNIT,
    ),
    (
        "年轻 年年 年货 人均 人大 人工 人民 人才 人口 人力 人社 人类 家庭 家电 家居 组织 组建 组成 列入 列为 列全 起到 起步 点燃",
        NO_UNIT,
    ),
    (
        "大学 大会 大型 大幅 大力 大数据 大院 大众 大规模 大模型 大气 大湾 大道 大关 大桥 大棚 大事 大步 大于 条例 项目 门户 门槛",
        NO_UNIT,
    ),
    (
        "市场 市委 市政 市级 市值 市域 省级 省委 省政 省内 省外 省直 区域 区间 区位 区块 县域 县级 县城 城市 城镇 城乡 城区 城际 国家 国际 国内 国有 国道 村庄 村民 村级 乡村 乡镇企 企业 校园 校企 校地 省道 县道",
        NO_UNIT,
    ),
    (
        "分别 分类 分之 行业 行动 行政 行列 班子 站位 字号 点位 节约 节能 节点 节日 节会 级别 里程 里面 升级 升至 升到 升学 克服 克难 米字 斤斤 方案 方式 方向 方位 方阵 方米 方能 方可 期间 期末 期货 度夏 度过 度假 天然 天津 天地 天候 日益 日均 日常 时间 周边 周期 周围 手机 手段 手续 代表 代码 代价 号召 号码 版权 单位面 单独 单体 口岸 口径 片区 层次 层级 首次 首批 首个 首创 首位 本级 本科 本地 本省 本土 本市 本年 本届 间接 双向 双边 双高 双一 队伍 只有 只要 张家 份额 种植 种子 种业 种类 种质 场景 场所 场地 次高 次年 批复 批准 批发 起来 例如 床位数 卡脖 块状 头部 头条 根本 根据 架构 棵树 笔记 集中 集群 集聚 集团 集成 集体 集合 道路 道德 讲话 卡车 单产 条款 款项 款待 票房 回升 回落 回归 包括 包含 版图 强化 强调 强度 强劲 强省",
        NO_UNIT,
    ),
];

/// The lexicon of `UNITS`.
static LEXICON: LazyLock<Lexicon<Meaning>> = LazyLock::new(|| Lexicon::new(Edge::Start, UNITS));

/// A unit that stands behind a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// One past its last byte.
    pub end: usize,
    /// Its words.
    pub words: Cow<'static, str>,
    /// What it means.
    pub meaning: Meaning,
    /// What kind of quantity it makes a number.
    pub kind: ValueType,
}

impl Unit {
    /// Whether it is a kind of place, which a class of money only qualifies (千亿县).
    pub(super) fn is_place(&self) -> bool {
        matches!(
            self.words.as_ref(),
            "省" | "市" | "县" | "区" | "镇" | "村" | "企" | "县市" | "市县" | "县区"
        )
    }

    /// Whether it measures temperature.
    pub(super) fn is_degree(&self) -> bool {
        matches!(
            self.words.as_ref(),
            "℃" | "°C" | "摄氏度" | "攝氏度" | "度" | "°" | "华氏度" | "華氏度" | "℉" | "°F"
        )
    }

    /// A unit that is not printed behind the number but follows from how it is written.
    pub(super) fn given(words: &'static str, kind: ValueType, end: usize) -> Self {
        let meaning = LEXICON.longest(words).map_or(plain(kind), |(_, meaning)| meaning);
        Self {
            end,
            words: Cow::Borrowed(words),
            meaning,
            kind,
        }
    }
}

/// The unit that begins at `start`.
pub(super) fn unit_at(text: &str, start: usize) -> Option<Unit> {
    let (word, meaning) = simple_unit(text, start)?;
    let kind = meaning.kind?;
    let simple = Unit {
        end: start + word.len(),
        words: Cow::Borrowed(plain_words(word)),
        meaning,
        kind,
    };
    let bracketed = bracketed(text, simple.end);
    let end = per_unit(text, bracketed).unwrap_or(bracketed);
    if end == simple.end {
        return Some(simple);
    }
    let kind = if end > bracketed { per_kind(kind) } else { kind };
    let code = meaning.code.filter(|_| end == bracketed);
    let words = Cow::Owned(text.get(start..end)?.to_owned());
    Some(Unit {
        end,
        words,
        meaning: Meaning { code, ..meaning },
        kind,
    })
}

/// The unit at `end` or behind one space there.
pub(super) fn unit_behind(text: &str, end: usize) -> Option<Unit> {
    unit_at(text, skip_gap(text, end))
}

/// The words of a unit where they are printed with other characters.
fn plain_words(word: &'static str) -> &'static str {
    match word {
        "％" | "﹪" => "%",
        other => other,
    }
}

fn simple_unit(text: &str, start: usize) -> Option<(&'static str, Meaning)> {
    LEXICON
        .all(after(text, start))
        .find(|(word, _)| !splits_word(text, start, start + word.len()))
}

/// Whether the end of a Latin unit would cut a word (`m` of `mRNA`).
fn splits_word(text: &str, start: usize, end: usize) -> bool {
    let latin = |at| char_at(text, at).is_some_and(|c: char| c.is_ascii_alphanumeric());
    latin(start) && latin(end)
}

/// Takes in a second unit in brackets, as of 套（间）.
fn bracketed(text: &str, end: usize) -> usize {
    let Some(open) = char_at(text, end).filter(|c| matches!(c, '（' | '(')) else {
        return end;
    };
    let start = end + open.len_utf8();
    let Some((word, meaning)) = simple_unit(text, start) else {
        return end;
    };
    let inner = start + word.len();
    match char_at(text, inner) {
        Some(close @ ('）' | ')')) if meaning.kind == Some(Count) => inner + close.len_utf8(),
        _ => end,
    }
}

/// Takes in `/千瓦时`, `/万人` behind a unit.
fn per_unit(text: &str, end: usize) -> Option<usize> {
    let slash = char_at(text, end).filter(|c| matches!(c, '/' | '／' | '每'))?;
    let mut at = end + slash.len_utf8();
    while let Some(c) = char_at(text, at).filter(|c| matches!(c, '百' | '千' | '万' | '亿')) {
        if LEXICON
            .longest(after(text, at))
            .is_some_and(|(_, meaning)| meaning.kind.is_some())
        {
            break;
        }
        at += c.len_utf8();
    }
    if char_at(text, at) == Some('月') {
        return Some(at + '月'.len_utf8());
    }
    let (word, meaning) = simple_unit(text, at)?;
    meaning.kind.is_some().then_some(at + word.len())
}

/// The kind of a unit per another: money stays money, all else is a compound quantity.
fn per_kind(kind: ValueType) -> ValueType {
    match kind {
        Amount => Amount,
        _ => Quantity,
    }
}

/// What the words of a unit mean; `None` for words that are no unit.
pub(super) fn meaning_of(words: &str) -> Option<Unit> {
    unit_at(words, 0).filter(|unit| unit.end == words.len())
}

/// The code of a unit's words (`元` → `CNY`); `None` where it has no common one.
pub fn unit_measure(unit: &str) -> Option<&'static str> {
    meaning_of(unit)?.meaning.code
}

/// The kind of quantity that a unit's words make a number; `None` for words that are no unit.
pub fn value_type_of_unit(unit: &str) -> Option<ValueType> {
    Some(meaning_of(unit)?.kind)
}
