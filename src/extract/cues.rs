//! What the words right before a value, and those that open its clause, tell of it.
//!
//! Data: each list is one line of meaning and its words. To teach the extractor a word, add it to its line.

use std::sync::LazyLock;

use super::words::Words;

/// What a word beside a value tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Cue {
    /// The value is reached or passed (达, 超过).
    Reach,
    /// The value is the new level after a move (提升至).
    To,
    /// The value is the level before a move (由).
    From,
    /// A growth.
    Grow,
    /// A decline.
    Fall,
    /// An absolute addition.
    Add,
    /// A part of a whole.
    Share,
    /// An average over the years of the period.
    Average,
    /// A sum over the period.
    Total,
    /// Values in the order of the names before.
    Each,
    /// A comparison with an earlier period.
    Since,
    /// A streak of years.
    Streak,
    /// Aimed at.
    Plan,
    /// Expected.
    Estimate,
    /// Done or already there.
    Done,
    /// A verb of doing, whose object is counted.
    Act,
    /// A verb that adds something where it is planned.
    Found,
    /// A prize, won in a contest that is named behind the verb.
    Won,
    /// How something is done, where a verb follows; else part of a name (重点项目).
    Manner,
    /// A word that opens a clause and says nothing of the value.
    Filler,
    /// A word for the reporting area.
    Area,
    /// A word for a period.
    Time,
}

impl Cue {
    const COUNT: usize = Self::Time as usize + 1;
}

/// The cues found beside one value, each with its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cues {
    words: [&'static str; Cue::COUNT],
}

impl Cues {
    /// Whether the cue was found.
    pub(super) fn has(&self, cue: Cue) -> bool {
        !self.words(cue).is_empty()
    }

    /// The words of the cue; empty where it was not found.
    pub(super) fn words(&self, cue: Cue) -> &'static str {
        self.words.get(cue as usize).copied().unwrap_or_default()
    }

    /// Notes a cue; the first words of each kind stay.
    pub(super) fn note(&mut self, cue: Cue, words: &'static str) {
        if let Some(place) = self.words.get_mut(cue as usize)
            && place.is_empty()
        {
            *place = words;
        }
    }

    /// The first of these cues that was found.
    pub(super) fn first_of(&self, cues: &[Cue]) -> Option<Cue> {
        cues.iter().copied().find(|cue| self.has(*cue))
    }
}

/// The words that may stand between an indicator's name and its value.
pub(super) static BEFORE_VALUE: LazyLock<Words<'static, Cue>> = LazyLock::new(|| {
    Words::new(&[
        (
            Cue::Reach,
            "达到 达 约为 约合 折合 相当于 高达 多达 已达 为 是 超过 超 首超 首破 突破 冲破 近 接近 约 大约 逾 共有 共计 总计 合计 \
             低于 高于 少于 多于 不低于 不少于 不超过 不高于 不足 至少 最高 保持在 保持 稳定在 稳定 控制在 维持在 站上 迈上 跃上 跨上 \
             跨越 跨过 迈入 迈过 迈向 完成 实现 首次 仅 仅为 可达 将达 成功 连跨 只有 仅有 有 出现 位于 一举 稳步 持续",
        ),
        (
            Cue::To,
            "提升至 提升到 提升为 提高到 提高至 提高为 上升至 上升到 上升为 增至 增到 增加到 增加至 增长到 增长至 \
             扩容至 扩大到 扩大至 扩展到 扩展至 扩面至 整合为 整合至 缩小至 缩小到 收窄到 降至 降到 下降至 下降到 降低到 降低至 减至 减少到 减少至 缩短至 \
             缩短到 压缩至 压缩到 压减至 压减到 升至 升到 跃升至 跃升到 跃升为 跃至 发展到 发展至 拓展到 拓展至 延伸至 \
             进到 进至 攀升至 回升至 达至 至 到 调整为 优化至 壮大到 恢复至 恢复到 回落至 收窄至 跃居",
        ),
        (Cue::From, "从 由"),
        (
            Cue::Grow,
            "增长 增加 比增 同比增 调增 增产 增收 上调 调高 增长了 增加了 增幅 增速 增长率 增 递增 扩大 增多 多增 提升 提升了 提高 提高了 上升 上升了 前移 \
             前进 跃升 攀升 回升 上浮 上涨 上涨了 涨幅 增幅达 翻",
        ),
        (
            Cue::Fall,
            "下降 减产 减收 改善 调减 调低 下降了 减少 减少了 降低 降低了 压减 缩减 下跌 负增长 降幅 缩短 缩短了 下调 压缩 压降 回落 下滑 后移 \
             收窄 少增 减",
        ),
        (Cue::Add, "新增 净增 增量 净增加 新增加"),
        (Cue::Share, "占比 占比重 比重 占 占到"),
        (
            Cue::Average,
            "年均 平均 年平均 每年 五年 5年 三年 3年 两年平均 三年平均 3年平均 2年平均 五年平均",
        ),
        (Cue::Total, "累计 总共 共"),
        (Cue::Each, "分别 依次 均"),
        (
            Cue::Since,
            "同比 环比 比上年 较上年 较去年 比去年 较上年同期 比上年同期 比去年同期 较去年同期 同口径 按可比价格 按可比价 \
             按可比口径 按不变价格 按不变价 可比 实际 名义 累计实现 继续 平稳 逆势 大幅 大幅度 快速 稳定 双双 连年 飞速 迅速 显著 明显 逐步 再",
        ),
        (Cue::Streak, "连续 已连续"),
        (Cue::Plan, "力争 确保 计划 要 将 努力 争取"),
        (
            Cue::Filler,
            "每立方米 每平方米 每平方公里 每亩 每人 每人每月 每月 每千人 每万人 每百人 每公斤 每小时",
        ),
        (Cue::Done, "现有 现已有 已有 拥有 目前有 目前的 现有的"),
        (Cue::Estimate, "预计 预期 有望"),
    ])
});

/// The words that may open a clause before the indicator's name.
pub(super) static OPENING: LazyLock<Words<'static, Cue>> = LazyLock::new(|| {
    Words::new(&[
        (
            Cue::Filler,
            "其中 包括 同时 也 还 又 且 而 以及 特别是 尤其是 此外 另 另有 持续 不断 进一步 全面 深入 大力 \
             加快 着力 成功 首次 首批 率先 有序 扎实 统筹 稳步 有针对性地 超额 提前 顺利 牵头 配套 分批 \
             全力 坚持 间接 年度 使 把 将 让 为 继续 在全省 在全市 在全国 在全区 高效 累积 总共",
        ),
        (
            Cue::Plan,
            "力争 力促 确保 计划 拟 争取完成 争取实现 争取达到 努力实现 努力",
        ),
        (
            Cue::Manner,
            "务实 积极 精准 重点 集中 联合 主动 直接 高标准 高质量 高水平 有效 科学 妥善 优质 新",
        ),
        (Cue::Estimate, "预计 预期 有望"),
        (Cue::Done, "已 已经 现有 现已 目前 截至目前 截至 截止"),
        (Cue::Total, "累计 共计 总计 合计 累计已"),
        (
            Cue::Add,
            "新增 净增 新增加 净增加 新改造 新改造提升 新改建 新引进 新建 新认定 新培育 新设 新设立 新签 新签约 新注册 新登记 新建成 新建设 新获批 \
             新入库 新选认 新发现 新开工 新投产 新引建 新(改)建 新（改）建 新改扩建 新扩建 新改建 新开通 新组建 新创建 新落户 \
             新落地 新打造 新备案 新评选 新聘 新招引 新纳入 新当选 新开业 新结 新续 新孵化 新命名 新创 新通过 新集聚 新吸纳 新发 新采购 新招录 新招收 新开辟 新拓展 新申请 新申报 新受理 新制定 新修订 新授权 新入选 新获 新招 新育 新批 新列入 新布局 新成立 新挂牌 \
             年新增 年净增 再引 再引进 再新增 再添 新添 增设 增建 增补 增加 还新增",
        ),
        (Cue::To, "增加到 增加至 增加为"),
        (Cue::Found, "引进 组建 创建 设立 引建 招引 新招引"),
        (
            Cue::Act,
            "应对 抗御 整合 召开 组织召开 实施好 办好 用好 建好 落实好 做好 抓好 培育 建设 建成 成立 举办 开展 实施 发布 出台 推荐 推动 推进 促进 落实 签约 签订 立项 立项实施 编发 编制 策划 \
             遴选 筛选 筛选储备 储备 资助 扶持 完成 实现 获得 获批 获评 取得 争取 组织 组织实施 指导 建立 打造 形成 \
             布局 安排 下达 兑现 拨付 吸引 集聚 汇聚 引育 拥有 输送 发放 发行 改善 铺排 铺排落实 推出 制定 印发 修订 承担 承接 \
             承办 主办 提出 梳理 征集 评选 选派 选认 派出 获批建设 启动 启动建设 启动实施 推动建设 推动建立 建成投用 建成投产 投用 \
             落地实施 谋划 谋划实施 滚动实施 分解 认领 提供 办好 授予 评定 备案 给予 派驻 促成 达成 撬动 投放 \
             支持建设 支持开展 引导 鼓励 帮助 协助 配备 开设 增派 聘请 聘任 动员 培养 造就",
        ),
        (
            Cue::Area,
            "全省 全市 全区 全县 全州 全盟 全旗 全系统 我省 我市 我区 我县 我州 本省 本市 本区 本县 我们 我局 市科技局 全域 该省 该市 该县 该区 省内 市内 \
             全社会的",
        ),
        (
            Cue::Time,
            "近三年 近五年 近3年 近5年 3年 5年 10年 三年 十年 两年 逐年 每年 全年 今年 去年 当年 年内 本年 上年 明年 五年来 一年来 这五年 五年 十年来 年末 年底 上半年 下半年 \
             “十四五”时期 “十四五”期间 “十四五”以来 “十四五” “十五五”时期 “十五五”期间 “十三五”时期 “十三五”期间",
        ),
    ])
});

/// Words inside a clause after which the counted thing is named.
pub(super) static INSIDE: LazyLock<Words<'static, Cue>> = LazyLock::new(|| {
    Words::new(&[
        (
            Cue::Add,
            "新增 净增 新建成 新建 新引进 新培育 新认定 新设立 新组建 新引建 新签约 新获批 新入选 新投产 新开工 新设 新注册 新登记 新发现 新签",
        ),
        (Cue::Total, "累计 累计推动 累计建成 累计完成"),
        (Cue::Estimate, "预计 预计实现 预计完成 有望达到"),
        (Cue::Plan, "力争 力争实现 力争完成 确保实现"),
        (
            Cue::Act,
            "出台 举办 发布 印发 推荐 遴选 签约 立项 推动建设 推动建立 拥有 达成 编发 选派 资助 \
             建成 引进 立项实施 完成 实现 获批 组建",
        ),
    ])
});

/// Verbs that make a rank of what follows.
pub(super) static RANKING: LazyLock<Words<'static, Cue>> = LazyLock::new(|| {
    Words::new(&[
        (
            Cue::Reach,
            "居 位居 位列 列 稳居 跃居 排名 排 排在 居于 名列 位次 进入 跻身 首次进入 首次跻身 入围 进位至 升至 跃升至 上升至 \
             跃至 并列 继续位居 连续位居 保持 位于 排位 位次居 前移至 提升至 提升到 上升到 达到 升到 均居 分别居 分别位居 \
             分别列 分别位列 分别排 稳定在 稳居于 蝉联 均列 均位居 均排 占 跃升到 跃升为 实现",
        ),
        (Cue::From, "由 从"),
        (Cue::Won, "获 荣获 夺得 摘得 斩获 获得 夺 赢得"),
    ])
});

/// Bodies that a rank or a share is taken within.
pub(super) static SCOPES: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::new(&[(
        (),
        "全国 全省 全市 全区 全县 全球 世界 国内 省内 中部 中部地区 西部 西部地区 东部 东部地区 中西部 中西部地区 东北 东北地区 \
         华东 华南 华北 华中 西南 西北 长三角 长三角地区 京津冀 粤港澳大湾区 长江经济带 成渝地区 同类城市 省会城市 副省级城市 \
         计划单列市 地级市 各地市 各设区市 设区市 各市 沿海 全国省会城市 全国地级市 全国副省级城市 全国城市 中部六省 六省 \
         西部省份 中部省份 华东地级市 全国同类 全国高新区 国家高新区 全国国家高新区 全国各省 各省 各省市 各省区市 亚洲",
    )])
});

/// Words that measure a distance to a benchmark.
pub(super) static GAPS: LazyLock<Words<'static, Cue>> = LazyLock::new(|| {
    Words::new(&[
        (Cue::Grow, "高于 快于 高出 好于 优于 超出 领先 领先于 高过"),
        (Cue::Fall, "低于 慢于 落后 落后于"),
    ])
});

/// Heads that say nothing without the indicator that was named before them.
pub(super) static ELIDED: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::list(
        "提升幅度 改善幅度 净增数 新增数 增加数 总户数 总家数 规模 增速 增幅 总量 数量 总数 均 增量 总额 排名 位次 水平 总体 合计 两项 三项 增长率 占比 比重 \
                                 年均 降幅 总规模 数 总人数 累计数",
    )
});

/// Heads of indicators' names that say too little alone: what the sentence is about makes them whole.
pub(super) static HEADS_ALONE: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::list(
        "强度 投入强度 经费投入强度 成交额 成交金额 合同成交额 交易额 登记额 授权量 申请量 拥有量 保有量 产值 \
         营业收入 主营业务收入 总收入 利润总额 增加值 余额",
    )
});

/// Adverbs that open a predicate behind a counted noun (13条重点产业链全面起势).
pub(super) static PREDICATES: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::new(&[(
        (),
        "全面 深入 加快 加速 稳步 顺利 全部 已经 已 均 持续 扎实 有序 高效 蓬勃 竞相 如期 按期 相继 陆续 先后 基本建成 基本完成",
    )])
});

/// Verbs that stay in a name (改造农村危房) and make its level a sum over the period.
pub(super) static DEEDS: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::new(&[(
        (),
        "认定 获 入选 缔结 吸纳 办理 办结 造林 营造 复制推广 发送 发射 引进 重组 运送 投入 提请 审议 修改 缔结 改造 治理 筹集 开挖 开行 发放 清收 解决 突破 退出 植树 修复 整治 接待 完成 培训 救助 惠及 支持 减税 清理 化解 处置 查处 \
         搬迁 安置 资助 开工 承接 转移 输送 新建 改建 扩建 加装 新改建 拆除 回收 淘汰 关停 销售 交付 盘活 带动 拉动",
    )])
});

/// The same verbs behind their object (老旧小区改造, 中欧班列开行).
pub(super) static DEED_ENDS: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::list(
        "开行 发放 改造 治理 修复 整治 安置 救助 惠及 化解 处置 查处 搬迁 拆除 加装 新建 改建 扩建 建成投用 建成通车 转化 \
         清退 关停 交付 盘活 办结 培训 退出",
    )
});

/// Deeds that a name tells of wherever they stand in it (客运航线运送旅客).
pub(super) static DEEDS_INSIDE: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::list("运送 发送 发射 接待 发放 开行 办理 审议 缔结 救助 惠及 安置 处置 查处 化解 清理 搬迁 输送")
});

/// The ends of names of what is measured at one time or a year, whatever stands before them.
pub(super) static STANDING: LazyLock<Words<'static, ()>> =
    LazyLock::new(|| Words::list("量 率 力 额 值 水平 比例 比重 总数 规模"));
