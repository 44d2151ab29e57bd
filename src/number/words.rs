//! The words beside a number that say what it is: data, one line each.

use std::sync::LazyLock;

use crate::model::{Comparator, Role};

use super::lexicon::{Edge, Lexicon};

use Comparator::{About, AtLeast, AtMost, Greater, JustUnder, Less};

/// Words right before a number that say how the true value relates to it; `None` for words that only look so.
const COMPARATORS_BEFORE: &[(&str, Option<Comparator>)] = &[
    (
        "超 超过 超出 突破 突破了 已突破 逾 已逾 大于 多于 高于 超过了 过 ＞",
        Some(Greater),
    ),
    (
        "不低于 不少于 不小于 不短于 至少 迈上 迈上了 跨上 跃上 站上 登上 站稳 迈过 跨过 迈入 跃上 达到或超过 ≥ ⩾ ≧",
        Some(AtLeast),
    ),
    (
        "不足 低于 小于 少于 未满 不满 不到 未达 未达到 不及 ＜",
        Some(Less),
    ),
    ("近 接近 将近 逼近", Some(JustUnder)),
    ("不超过 不超 不高于 不多于 不大于 至多 ≤ ⩽ ≦", Some(AtMost)),
    (
        "约 约为 约合 约合人民币 大约 大约为 大概 约达 约占 大致",
        Some(About),
    ),
    (
        "通过 经过 度过 渡过 超越过 胜过 错过 越过 见过 去过 不过 条约 节约 合约 公约 预约 契约 附近 最近 邻近 就近 亲近 临近 未超过 没有超过",
        None,
    ),
];

/// Words right behind a number with the same office.
const COMPARATORS_AFTER: &[(&str, Comparator)] = &[
    (
        "以上 及以上 （含）以上 (含)以上 （含）及以上 或以上 之上 （含）",
        AtLeast,
    ),
    (
        "以下 及以下 （含）以下 以内 之内 （含）以内 （不含）以下 之下",
        AtMost,
    ),
    ("左右 上下 前后", About),
    ("之多", Comparator::Equal),
    ("开外 有余 还多 多", Greater),
];

/// Verbs of decline: what stands right behind one is negative; `false` where only a rate is.
const DECLINES: &[(&str, bool)] = &[
    (
        "下降 下降了 分别下降 降低 降低了 减少 减少了 回落 下滑 下跌 后移 下移",
        true,
    ),
    (
        "缩减 压减 压缩 压降 缩短 缩小 收窄 降 负增长 减 跌 精简 削减 萎缩 递减",
        false,
    ),
];

/// Verbs of moving in an order: the places behind one are a change of rank.
const RANK_MOVES: &[(&str, ())] = &[(
    "上升 上升了 提升 提升了 前移 前移了 跃升 下降 下降了 后移 前进 前进了 晋升 攀升 上移 进 进位 跃居 提高 提高了 \
     位次上升 位次前移 升 回升 跌 下滑",
    (),
)];

/// Words that make the number behind them the base or the limit of something else.
const BASES_BEFORE: &[(&str, ())] = &[(
    "每 每个 每一 单笔 每笔 单个 单项 单体 单户 单套 人均每 单台 单次 时速 设计时速",
    (),
)];

/// Words before a small Chinese numeral that make it a reported count.
const COUNT_HEADS: &[(&str, ())] = &[(
    "新增 增加 增加了 建成 达 达到 达成 突破 超 超过 连续 连跨 累计 共 近 约 逾 上 数 过 完成 新建 获批 荣获 获得 提升 前移 上升 跃升 新设 \
     已有 拥有 共有 总计 合计 增至 扩大到 增加到 发展到 跨越 连夺 斩获 摘得 不少于 不低于 至少 不足 接近 约为 延长 缩短 提前 培育 引进 新引进 创建 举办 \
     迈上 迈入 登上 站上 提高到",
    (),
)];

/// Nouns that a report only uses to arrange what it counts (4个方面).
const ASPECTS: &[(&str, ())] = &[("方面 方向 层面 环节 维度 部门 重点领域 领域", ())];

/// Nouns behind a bare class of money (百亿级, 千亿县) that it only qualifies.
const CLASS_NOUNS: &[(&str, ())] = &[(
    "级 县 产业 集群 企业 项目 城市 园区 俱乐部 镇 强县 开发区 的县 的企业 的产业 县市 县区 区 村 以上项目 以上企业 主导产业 \
     规模级 工程 大县 乡镇",
    (),
)];

/// Money words: a bare 亿 behind one of them is money.
const MONEY_WORDS: &[&str] = &[
    "投入",
    "产值",
    "收入",
    "总额",
    "额",
    "GDP",
    "生产总值",
    "资金",
    "投资",
    "营收",
    "总量",
    "贷款",
    "存款",
    "余额",
    "税",
    "利润",
    "支出",
    "预算",
    "市值",
    "增加值",
    "资产",
    "规模",
    "成本",
    "债",
    "融资",
    "基金",
    "补助",
    "奖励",
    "消费",
    "出口",
    "进出口",
    "迈上",
    "销售",
    "保费",
];

/// Currencies right before a number, and the unit that they give it.
const CURRENCIES: &[(&str, &str)] = &[
    ("人民币 人民幣 ￥ ¥ RMB", "元"),
    ("美元 美金 US$ USD $ ＄", "美元"),
    ("港币 港幣 港元 HK$", "港元"),
    ("欧元 €", "欧元"),
    ("日元 日圆", "日元"),
    ("英镑 £", "英镑"),
    ("新台币 新台幣 台币", "新台币"),
];

/// Headings of the part of a report that explains its terms.
pub(super) const GLOSSARY_HEADS: &[&str] =
    &["名词解释", "名词注释", "名词说明", "术语解释", "注释", "名词释义"];

/// What a Chinese word that begins with a numeral is, where its numeral counts nothing.
const FIXED_WORDS: &[(&str, Option<Role>)] = &[
    ("两位数 三位数 个位数 四位数", Some(Role::Criterion)),
    (
        "一带一路 三农 两会 两院 两岸 三峡 三江 三次产业 三门峡 三亚 三明 三沙 九江 六安 六盘水 十堰 百色 万州 九寨 九寨沟 五粮液 五台山 四平 \
         八达岭 三星堆 三苏 千岛湖 万宁 双一流 一流大学 三一重工 三甲 三甲医院 三级甲等 二十四节气 两癌 四好农村路 \
         三线 五险 四库全书 八车道 两山 四川 三明市 九绵 九龙 八闽 三秦 一汽 万科 万华 万达 三资 三公 两业 二重 一重 \
         八项规定 十年禁渔 三角 十字 红十字 三产 二产 一产 一二三产 二三产业 三医 两用 三北 两弹一星 一老一小 两不愁 三保障 三会 五保 百强",
        Some(Role::Name),
    ),
    (
        "一届 二氧化碳 一氧化碳 二氧化硫 千兆 万兆 一批 一些 一定 一般 一体 一样 一致 一切 一旦 一起 一同 一系列 一直 一线 一贯 一并 一心 一律 一流 一揽子 一道 一方面 一手 一步 \
         一点 一旁 一味 一再 一向 一举 一生 一时 一刻 一代 一度 一经 一边 一如既往 一以贯之 一往无前 一锤定音 一视同仁 一脉相承 \
         一张 一条 一个 一种 一次 一项 一家 一名 一位 一座 一片 一段 一部 一件 一门 一场 一轮 一幅 一支 一类 一环 一体化 一对一 一站式 \
         一网 一窗 一码 一卡 一键 一企 一市 一县 一村 一品 一策 一事 一业 一把手 一盘棋 一张图 一股 一番 一面 一员 一角 一席 一新 一百年 \
         万一 万众 万事 万象 万物 万里 万千 万分 万岁 万能 万万 万向 万元户 万方 万民 万山 万紫千红 亿万 \
         千方百计 千家万户 千军万马 千行百业 千千万万 千载 千里 千秋 千年 千古 千姿 千山 千园 千百 千帆 千钧 千变万化 千头万绪 千言万语 \
         百姓 百年 百货 百花 百业 百尺 百感 百折 百鸟 百倍 百般 百科 百态 百舸 百川 百废 百看 百读 百戏 百合 百度 百万雄师 \
         十分 十足 十全 十佳 十拿九稳 十指 十字 八方 八仙 八面 九州 九天 九韶 九牛 九霄 七彩 七夕 六合 五湖四海 五洲 五金 五彩 五谷 五星 \
         五四 四海 四季 四方 四面 四周 四处 四肢 四通八达 四梁八柱 四级 四域 三方 三思 三军 三伏 三国 三餐 三轮 三令五申 三番 三言两语 \
         三维 三通 三心二意 两手 两侧 两边 两头 两面 两端发力 两极 两全 两回事 两地 两国 两难 两轮 两翼 两栖 两者  二维 二手 二次 \
         二元 二十四史 二胎 半导体 半岛 半数 半壁 半径 半途 半成品 半挂 半固态 半边天 半山 半路 半夜 半空 几何 几乎 几代 几经 几许 数字 数据 \
         数量 数值 数智 数控 数码 数学 数额 数实 数商 数联 数居 数增 数达 数比 数组 零售 零工 零碳 零基 零部件 零距离 零散 零星 零容忍 零件 零食 \
         零就业 零配件 零跑 零投诉 零突破 零增长 零关税 零排放 零担 零差评 零首付 零的突破 零事故 零死亡 零距 零起点 零售额 零一 \
         一月份以来的 一去不复返 一无 一文 一言 一字 一气呵成 一目了然 一丝不苟 一尘不染 一念 一意 一己 一应 一处 一本 一刀切 一窝蜂 一鼓作气 一招 \
         三三两两 五花八门 七上八下 九死一生 十里 百里 万里长江 万里黄河 两相 两条腿 双双 六月飞雪 七七 八一 七一 五一 十一黄金周 \
         四不两直 一不 二不 三不",
        None,
    ),
];

pub(super) static BEFORE: LazyLock<Lexicon<Option<Comparator>>> =
    LazyLock::new(|| Lexicon::new(Edge::End, COMPARATORS_BEFORE));
pub(super) static AFTER: LazyLock<Lexicon<Comparator>> =
    LazyLock::new(|| Lexicon::new(Edge::Start, COMPARATORS_AFTER));
pub(super) static DECLINE: LazyLock<Lexicon<bool>> = LazyLock::new(|| Lexicon::new(Edge::End, DECLINES));
pub(super) static RANK_MOVE: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new(Edge::End, RANK_MOVES));
pub(super) static BASE_BEFORE: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new(Edge::End, BASES_BEFORE));
pub(super) static COUNT_HEAD: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new(Edge::End, COUNT_HEADS));
pub(super) static ASPECT: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new(Edge::Start, ASPECTS));
pub(super) static CLASS_NOUN: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new(Edge::Start, CLASS_NOUNS));
pub(super) static CURRENCY: LazyLock<Lexicon<&str>> = LazyLock::new(|| Lexicon::new(Edge::End, CURRENCIES));
pub(super) static FIXED: LazyLock<Lexicon<Option<Role>>> =
    LazyLock::new(|| Lexicon::new(Edge::Start, FIXED_WORDS));

/// Words that begin with 半 and are no half of what stands before.
const HALF_WORDS: &[&str] = &[
    "半导",
    "半岛",
    "半数",
    "半径",
    "半年",
    "半天",
    "半山",
    "半边",
    "半夜",
    "半路",
    "半途",
    "半成",
    "半自",
    "半固",
    "半挂",
    "半日",
    "半月",
    "半程",
    "半壁",
    "半个",
    "半小时",
    "半空",
    "半封",
    "半开",
];

/// Whether `words` begin with a word of 半 that counts no half of the unit before it (30年半导体).
pub(super) fn speaks_of_half(words: &str) -> bool {
    HALF_WORDS.iter().any(|word| words.starts_with(word))
}

/// Words for people: a bare 万 behind one of them counts heads, whatever money words are near.
const PEOPLE_WORDS: &[&str] = &[
    "人才", "人口", "人数", "群众", "就业", "旅客", "游客", "粉丝", "用户", "户数", "职工", "学生",
];

/// Whether one of the money words stands in `clause`.
pub(super) fn speaks_of_money(clause: &str) -> bool {
    MONEY_WORDS.iter().any(|word| clause.contains(word))
}

/// Whether a word for people stands in `clause`.
pub(super) fn speaks_of_people(clause: &str) -> bool {
    PEOPLE_WORDS.iter().any(|word| clause.contains(word))
}
