//! What a numeric expression is there for, by strong cues right beside it.

use crate::model::{Comparator, Role, Value, ValueType};

use super::expression::Expression;
use super::glyph::{is_gap, is_han};
use super::numeral::Script;
use super::place::{after, before, begins_sentence, char_at, clause_before, stands_alone};
use super::units::Unit;
use super::words::{ASPECT, BASE_BEFORE, BEFORE, CLASS_NOUN, COUNT_HEAD, FIXED};

/// The role of an expression; `None` where its words are a figure of speech and no number.
pub(super) fn role_of(text: &str, found: &Expression) -> Option<Role> {
    if found.script != Script::Arabic && stands_alone(text, found.span.start, found.span.end) {
        // 亿元 alone in a cell is a heading; 三 is a value.
        let kind = found.unit.as_ref().map(|unit| unit.kind);
        let is_part = matches!(kind, Some(ValueType::Percent | ValueType::Fraction));
        let is_heading = found.script == Script::Magnitude && (kind.is_some() || found.core.len() == 3);
        return (is_part || !is_heading).then_some(Role::Indicator);
    }
    if found.ordinal {
        let many = ["许多", "多个", "多项", "诸多", "无数"];
        let head = before(text, found.span.start);
        let idiom =
            after(text, found.span.end).starts_with("时间") || many.iter().any(|word| head.ends_with(word));
        return (!idiom).then(|| ordinal_role(text, found));
    }
    if found.script == Script::Chinese && found.small_whole() == Some(1) {
        return chinese_role(text, found);
    }
    if let Some(role) = qualifier_role(text, found) {
        return Some(role);
    }
    match found.script {
        Script::Arabic => Some(arabic_role(text, found)),
        Script::Chinese => chinese_role(text, found),
        Script::Magnitude => magnitude_role(text, found),
    }
}

/// 第一 is a rank, 第三届 a name, 第五条 a document's.
fn ordinal_role(text: &str, found: &Expression) -> Role {
    let behind = after(text, found.span.end);
    if found.unit_is(&["位", "名"]) {
        return Role::Indicator;
    }
    if behind.starts_with(['条', '章', '款']) || found.unit_is(&["条", "款"]) {
        return Role::Document;
    }
    if found.unit.is_some() {
        return Role::Name;
    }
    match behind.chars().next() {
        Some('，' | '、' | ',' | '：') if begins_sentence(text, found.span.start) => Role::Enumerator,
        Some(c) if is_han(c) && !"的和且并进升跃提上降退下前后".contains(c) => Role::Name,
        _ => Role::Indicator,
    }
}

/// Cues that hold for a numeral of any script.
fn qualifier_role(text: &str, found: &Expression) -> Option<Role> {
    let (head, behind) = (before(text, found.span.start), after(text, found.span.end));
    if BASE_BEFORE.has(head) || is_one_of(behind) || is_ranked_among(found, head, behind) {
        return Some(Role::Criterion);
    }
    if found.leading {
        // 排前三位的是…: which ones are meant.
        let listed = behind.starts_with("的是") || behind.starts_with("的为") || behind.starts_with("的分别");
        return Some(if listed { Role::Criterion } else { Role::Indicator });
    }
    if head.ends_with('后') && behind.starts_with("的是") {
        return Some(Role::Criterion);
    }
    let words = found.unit.as_ref().map_or("", |unit| unit.words.as_ref());
    unit_role(text, found, words).or_else(|| neighbour_role(text, found))
}

/// What some units say of a number by themselves or with the words beside them.
fn unit_role(text: &str, found: &Expression, unit: &str) -> Option<Role> {
    let (head, behind) = (before(text, found.span.start), after(text, found.span.end));
    match unit {
        "部门" | "方面" | "层面" | "环节" => Some(Role::Criterion),
        "强" if head.ends_with(['国', '省', '球']) => Some(Role::Criterion),
        "号" => Some(numbered_role(head, behind)),
        "所" if is_institute(found, behind) => Some(Role::Name),
        "届" if COUNT_HEAD.has(head) => Some(Role::Indicator),
        "代" | "版" | "英寸" | "千伏" | "周年" | "强" | "届" => Some(Role::Name),
        // 万人发明专利拥有量: what is told of every ten thousand.
        "人" | "名"
            if found.script == Script::Magnitude
                && behind.starts_with(['有', '发', '拥', '高', '就', '医', '口']) =>
        {
            Some(Role::Criterion)
        }
        "个" | "大" if ASPECT.has(behind) => Some(Role::Criterion),
        "小时" | "分钟" if names_circle(behind) => Some(Role::Name),
        "批" | "轮" | "期" if head.ends_with(['前', '首']) => Some(Role::Name),
        "年" if head.ends_with("学前") => Some(Role::Criterion),
        "年" if behind.starts_with("一遇") => Some(Role::Criterion),
        "年" if behind.starts_with(['行', '计', '规', '制']) => Some(Role::Name),
        "岁" | "周岁" if !clause_before(text, found.span.start, 12).contains("寿命") => {
            Some(Role::Criterion)
        }
        _ => None,
    }
}

/// What the words beside a number say whatever its unit.
fn neighbour_role(text: &str, found: &Expression) -> Option<Role> {
    let (head, behind) = (before(text, found.span.start), after(text, found.span.end));
    let kind = found.unit.as_ref().map(|unit| unit.kind);
    let is_money = kind == Some(ValueType::Amount);
    if behind.starts_with('级') && enters_class(text, found) {
        return Some(Role::Indicator);
    }
    let is_class = is_money || kind.is_none() && found.mult >= 4;
    if kind == Some(ValueType::Quantity) && (is_superlative(head) || behind.starts_with('级')) {
        return Some(Role::Name);
    }
    if kind == Some(ValueType::Quantity) && is_first_of_its_kind(text, found, behind) {
        return Some(Role::Name);
    }
    let qualifies = found.unit.as_ref().is_some_and(Unit::is_place)
        || head.ends_with("个过")
        || head.ends_with('个') && (behind.starts_with("台阶") || behind.starts_with("大关"))
        || is_money && behind.starts_with('的') && BEFORE.has(head)
        || is_class && CLASS_NOUN.has(behind)
        || behind.starts_with('级') && (kind.is_some() || found.mult >= 4)
        || limits_a_noun(found, behind);
    qualifies.then_some(Role::Criterion)
}

/// Whether a place or branch enters a class by the figure named right before (跨入生产总值两万亿级城市行列).
pub(super) fn enters_class(text: &str, found: &Expression) -> bool {
    let head = clause_before(text, found.span.start, 12);
    let named = ["生产总值", "GDP", "总量", "产值", "营收", "收入", "规模"];
    let entered = ["跨入", "迈入", "跻身", "进入", "步入", "迈进"];
    named.iter().any(|word| head.ends_with(word)) && entered.iter().any(|word| head.contains(word))
}

/// Whether a number of 所 is an institute's own (608所研制), which a maker's verb or product follows.
fn is_institute(found: &Expression, behind: &str) -> bool {
    let made = ["研制", "研发", "自主", "攻克"]
        .iter()
        .any(|verb| behind.starts_with(verb));
    let product = behind.starts_with(|c: char| c.is_ascii_uppercase());
    found.script == Script::Arabic && (2..=4).contains(&found.core.len()) && (made || product)
}

/// Whether the size belongs to a product that is the first of its kind (首台300兆瓦燃气轮机).
fn is_first_of_its_kind(text: &str, found: &Expression, behind: &str) -> bool {
    let product =
        behind.starts_with(|c: char| is_han(c) && !"以左的及和至、".contains(c) || c.is_ascii_alphabetic());
    let head = clause_before(text, found.span.start, 8);
    product
        && ["首台", "首款", "首套", "首艘", "首架", "首座"]
            .iter()
            .any(|word| head.contains(word))
}

/// Whether 圈 stands close behind (1小时通勤圈).
fn names_circle(behind: &str) -> bool {
    behind
        .chars()
        .take(8)
        .take_while(|c| is_han(*c) || *c == '”')
        .any(|c| c == '圈')
}

/// Whether something is ranked among so many (在全国217家开发区考评中位列第13位).
fn is_ranked_among(found: &Expression, head: &str, behind: &str) -> bool {
    const LONGEST: usize = 60;
    let counts = found
        .unit
        .as_ref()
        .is_some_and(|unit| unit.kind == ValueType::Count);
    if !counts || !head.ends_with(['国', '省', '市', '区', '县', '球']) {
        return false;
    }
    let near = before(behind, behind.floor_char_boundary(LONGEST));
    let Some(at) = near.find('中') else {
        return false;
    };
    let rest = after(behind, at + '中'.len_utf8());
    let ranks = ["位列", "位居", "排名", "排在", "名列", "居第", "排第"];
    let whole = !before(behind, at).contains(['，', '。', '、', '；', '\n']);
    whole && ranks.iter().any(|verb| rest.starts_with(verb))
}

/// Whether 之一 stands close behind (4个省份之一).
fn is_one_of(behind: &str) -> bool {
    let mut near = behind
        .chars()
        .take(6)
        .take_while(|c| is_han(*c))
        .skip_while(|c| *c != '之');
    near.next() == Some('之') && near.next() == Some('一')
}

/// A long number without a unit before a noun is a name (12345热线); any other counts.
fn arabic_role(text: &str, found: &Expression) -> Role {
    let head = before(text, found.span.start);
    let bare = found.unit.is_none() && found.mult == 0 && found.core == found.span && found.core.len() >= 3;
    let named = bare
        && char_at(text, found.span.end).is_some_and(is_han)
        && head.ends_with(is_han)
        && !head.ends_with(|c| "达为超近约至到共计数增逾有过".contains(c));
    let closed = char_at(text, found.span.end) == Some('》');
    let titled = found.unit.is_none() && found.mult == 0 && (closed || head.ends_with('道'));
    if counts_readers(head) {
        Role::Identifier
    } else if titled || named || labels_table(head, found) {
        Role::Name
    } else {
        Role::Indicator
    }
}

/// Whether a page tells here how often it was read (浏览次数：1236).
fn counts_readers(head: &str) -> bool {
    const READERS: &[&str] = &[
        "浏览",
        "点击",
        "阅读",
        "访问",
        "浏览量",
        "点击量",
        "阅读量",
        "访问量",
        "点击数",
        "阅读数",
        "点击率",
        "浏览次数",
        "点击次数",
        "阅读次数",
        "访问次数",
    ];
    let label = head.trim_end_matches(is_gap).strip_suffix(['：', ':']);
    label.is_some_and(|label| READERS.iter().any(|word| label.ends_with(word)))
}

/// Whether a number is that of a table or figure (表1, at a line's start or in brackets).
fn labels_table(head: &str, found: &Expression) -> bool {
    let bare = found.unit.is_none() && found.mult == 0;
    let head = head.trim_end_matches(is_gap);
    let rest = head
        .strip_suffix(['表', '图'])
        .or_else(|| head.strip_suffix("专栏"));
    bare && rest.is_some_and(|rest| {
        let rest = rest.strip_suffix('附').unwrap_or(rest);
        rest.is_empty() || rest.ends_with(['\n', '（', '(', '|', '见', '\u{3000}'])
    })
}

/// Whether the words end in 最大, 最高 and the like.
fn is_superlative(head: &str) -> bool {
    head.chars().nth_back(1) == Some('最')
}

/// `1号文` is a document, `2号楼` a name, `中山路2号` an address.
fn numbered_role(head: &str, behind: &str) -> Role {
    if behind.starts_with(['文', '令', '公', '）', '）', ')']) {
        Role::Document
    } else if head.ends_with(['路', '街', '道', '巷', '弄']) {
        Role::Identifier
    } else {
        Role::Name
    }
}

/// Whether 以上 or 以下 behind a size makes it the limit of the noun that follows (亿元以上项目).
fn limits_a_noun(found: &Expression, behind: &str) -> bool {
    let kind = found.unit.as_ref().map(|unit| unit.kind);
    let sized = matches!(
        kind,
        Some(ValueType::Amount | ValueType::Area | ValueType::Quantity | ValueType::Duration)
    );
    let sized = sized || found.unit_is(&["户", "人"]) || kind.is_none() && found.mult >= 4;
    let Some(rest) = ["及以上", "以上", "及以下", "以下"]
        .iter()
        .find_map(|word| behind.strip_prefix(word))
    else {
        return false;
    };
    let follower = rest.chars().next();
    sized && follower.is_some_and(|c| is_han(c) && !matches!(c, '和' | '且' | '并'))
}

/// Chinese numerals with digits: a quantity only with a unit that may be counted so.
fn chinese_role(text: &str, found: &Expression) -> Option<Role> {
    let head = before(text, found.span.start);
    let single = found.small_whole();
    let Some(unit) = &found.unit else {
        let worth = found.mult >= 4 || found.core.len() > 3 && is_worth_alone(text, found);
        return worth.then_some(Role::Indicator);
    };
    if matches!(
        unit.kind,
        ValueType::Fraction | ValueType::Percent | ValueType::PercentagePoint | ValueType::Multiple
    ) {
        return Some(Role::Indicator);
    }
    if single == Some(1) {
        return (unit.words == "年" && head.ends_with("学前")).then_some(Role::Criterion);
    }
    if unit.words == "大" {
        return Some(if single == Some(2) {
            Role::Criterion
        } else {
            Role::Name
        });
    }
    if unit.words == "期" || unit.words == "届" {
        return Some(Role::Name);
    }
    // 二轮 is the second, 两轮 are two.
    if unit.kind == ValueType::Count && found.core.of(text) == Some("二") {
        return Some(Role::Name);
    }
    let is_small = single.is_some_and(|n| n < 100);
    if !unit.meaning.countable && single.is_some_and(|n| n <= 10) && unit.words.chars().count() == 1 {
        return None;
    }
    let counts = unit.kind != ValueType::Count && unit.kind != ValueType::Duration
        || found.inner == Comparator::Greater
        || matches!(unit.words.as_ref(), "家" | "名" | "位" | "户" | "所")
        || COUNT_HEAD.has(head)
        || closes_a_count(text, found);
    if !is_small || counts {
        return Some(Role::Indicator);
    }
    Some(Role::Criterion)
}

/// Whether a Chinese numeral counts without a unit: 三万二千, 零点五 or 三点一四, but no time (五点零二分).
fn is_worth_alone(text: &str, found: &Expression) -> bool {
    let words = found.core.of(text).unwrap_or_default();
    let scale = match found.printed {
        Some(Value::Exact(number)) => number.scale(),
        _ => 0,
    };
    if scale == 0 {
        return words.contains(['万', '亿', '萬', '億']);
    }
    let telling = scale >= 2 || words.starts_with(['零', '〇']);
    let timed = after(text, found.span.end).starts_with(['分', '刻', '半', '钟', '许', '点', '十']);
    words.contains(['点', '點']) && telling && !timed
}

/// Whether the counted noun stands before and nothing behind (获荣誉两项、).
fn closes_a_count(text: &str, found: &Expression) -> bool {
    let closed = char_at(text, found.span.end).is_none_or(|c| "，、。；,;）)".contains(c));
    closed && before(text, found.span.start).ends_with(is_han)
}

/// Magnitudes alone: 千亿元, 百万辆, 千项; but not 百姓 or 万象.
fn magnitude_role(text: &str, found: &Expression) -> Option<Role> {
    let head = before(text, found.span.start);
    let behind = after(text, found.span.end);
    let Some(unit) = &found.unit else {
        let spoken = COUNT_HEAD.has(head) || behind.starts_with("以上");
        // A lone 万 or 亿 begins a name or an idiom (万寿岩, 亿联).
        let worth = found.core.len() > '万'.len_utf8() && (found.mult >= 8 || found.mult >= 4 && spoken);
        let role = if spoken { Role::Indicator } else { Role::Criterion };
        return worth.then_some(role);
    };
    let unit_fits = unit.meaning.countable
        && !matches!(
            unit.kind,
            ValueType::Duration | ValueType::Multiple | ValueType::Fraction
        );
    // 单位：亿元 and 产值（亿元） name the unit of other numbers.
    let heads = head.ends_with(['：', ':', '（', '(', '/'])
        || head.ends_with('、') && clause_before(text, found.span.start, 12).contains("单位：");
    if heads || !unit_fits || FIXED.has(after(text, found.core.start)) {
        return None;
    }
    let builds = matches!(unit.words.as_ref(), "吨" | "亩")
        && behind.starts_with(is_han)
        && !behind.starts_with(['以', '台', '大', '左']);
    if builds {
        return Some(Role::Name);
    }
    if unit.words == "元" && found.mult == 4 && behind.starts_with(['G', '产', '地', '工', '生']) {
        return Some(Role::Criterion);
    }
    Some(Role::Indicator)
}
