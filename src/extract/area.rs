//! Which place a value is for, and what it is ranked or shared within.
//!
//! Pure.

use std::sync::LazyLock;

use super::frame::Frame;
use super::places::GAZETTEER;
use super::words::Words;
use crate::model::Span;

/// A place said beside a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The words that say it.
    pub(super) words: Span,
    /// Its full name, where the words are short for it.
    full: Option<&'static str>,
}

impl Place {
    /// The place of these words, whatever they are.
    pub(super) const fn said(words: Span) -> Self {
        Self { words, full: None }
    }

    /// Whether the gazetteer has it.
    pub(super) fn is_known(self) -> bool {
        self.full.is_some()
    }

    /// The full name, or the words where they are all that is known.
    pub(super) fn name(self, text: &str) -> &str {
        self.full
            .unwrap_or_else(|| self.words.of(text).unwrap_or_default())
    }
}

/// What a table's row is about where its name is that of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Area {
    /// The area of the whole report.
    Whole,
    /// A place in it or around it.
    Place(Place),
}

/// The place that a table's row is about, where its name is that of a place: 思明区, 全省, 全国.
pub(super) fn of_row(frame: &Frame, text: &str, label: Span) -> Option<Area> {
    let words = label.of(text)?;
    let province = Some(frame.province).filter(|province| !province.is_empty() && frame.area != *province);
    match words {
        "全国" => Some(Area::Place(Place::said(label))),
        "全省" if province.is_some() => Some(Area::Place(Place {
            words: label,
            full: province,
        })),
        "全省" | "全市" | "全县" | "全区" | "全州" | "全旗" | "全域" => Some(Area::Whole),
        _ if is_bare(words) => Some(beside(frame, text, label).map_or(Area::Whole, Area::Place)),
        _ => None,
    }
}

/// What makes a place's name the name of a body that acts elsewhere too, or one of several places.
static ELSEWHERE: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::list(
        "平原 都市圈 经济圈 城市群 流域 盆地 宣言 大学 学院 师范 银行 日报 晚报 理工 工业大学 农业大学 医科 农商 、 — - 和 与 至 等",
    )
});

/// What makes a place's name the name of a zone in it or of the cities around it.
static ZONES: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::list(
        "都市圈 高新区 经开区 高新技术产业开发区 经济技术开发区 综合保税区 综保区 自贸区 自贸试验区 新区 自贸片区",
    )
});

/// What ends the name of a county or district.
const KINDS: &[char] = &['县', '区', '市', '旗', '州'];

/// Words that end like a place and are none.
static NO_PLACES: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::list(
        "园区 社区 地区 新区 片区 城区 库区 景区 校区 小区 试验区 开发区 高新区 经开区 示范区 自贸区 合作区 \
    亿县 亿市 强县 强市 强区 贫困县 脱贫县 试点县 示范县 大县 小县 重点县 先进县 县级市 地级市 直辖市 中心城市 各区 各市 \
    边境县 民族县 帮扶县 灌区 牧区 林区 山区 老区 矿区 湾区 郊区 农区 股市 楼市 夜市 门市 都市 特区 园区 先行区 保税区 集聚区 自创区 城市 上市 超市 全市 我市 全区 全县 各市 县市 各县",
    )
});

/// The place that a clause names as its own, if it opens with one inside the report's area.
pub(super) fn beside(frame: &Frame, text: &str, clause: Span) -> Option<Place> {
    let words = clause.of(text)?;
    if let Some(zone) = part_of_zone(text, clause) {
        return Some(zone);
    }
    let Some(place) = GAZETTEER.starting(words) else {
        return is_bare(words).then_some(Place {
            words: clause,
            full: None,
        });
    };
    let behind = words.get(place.text.len()..)?;
    if let Some(zone) = ZONES.starting(behind)
        && !behind
            .get(zone.text.len()..)?
            .starts_with(['、', '和', '与', '等', '及'])
    {
        let words = Span::new(clause.start, clause.start + place.text.len() + zone.text.len());
        return Some(Place { words, full: None });
    }
    // 武汉东湖、襄阳、宜昌3家: none of several places is the value's own.
    let listed = behind
        .split('、')
        .skip(1)
        .any(|word| GAZETTEER.starting(word).is_some());
    if listed || ELSEWHERE.starting(behind).is_some() {
        return None;
    }
    let own = place.tag.name == frame.area || place.tag.is_province() || frame.area.starts_with(place.text);
    let inside = place.tag.province == frame.province && frame.area == frame.province;
    let words = Span::new(clause.start, clause.start + place.text.len());
    (!own && inside).then_some(Place {
        words,
        full: Some(place.tag.name),
    })
}

/// The part of a larger zone that a clause is about: 国家自创区长沙片区.
fn part_of_zone(text: &str, clause: Span) -> Option<Place> {
    const PART: &str = "片区";
    let words = clause.of(text)?;
    let end = words
        .find('片')
        .filter(|at| words.get(*at..).is_some_and(|rest| rest.starts_with(PART)))?;
    let place = GAZETTEER.ending(words.get(..end)?)?;
    let start = clause.start + end - place.text.len();
    let words = Span::new(start, clause.start + end + PART.len());
    Some(Place { words, full: None })
}

/// Whether words are the name of a county, district or city and nothing else.
pub(super) fn is_bare(words: &str) -> bool {
    let is_kind = words.ends_with(KINDS) && (2..=5).contains(&words.chars().count());
    (is_kind && NO_PLACES.ending(words).is_none()) || GAZETTEER.hold(words)
}

/// The scope that words like 全省 stand for.
pub(super) fn scope(frame: &Frame, words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    let mut words = words.split_once("比重").map_or(words, |(before, _)| before);
    for ending in ["平均水平", "平均", "水平", "总量", "排名", "位次"] {
        while let Some(shorter) = words.strip_suffix(ending) {
            words = shorter;
        }
    }
    let words = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '的' | '、' | '，'));
    match words {
        "全区" | "全市" | "全县" if frame.area.ends_with(words.trim_start_matches('全')) => {
            frame.area.clone()
        }
        "全区" if !frame.province.ends_with("自治区") => words.to_owned(),
        "全省" | "省内" | "全区" if !frame.province.is_empty() => frame.province.to_owned(),
        "国内" => "全国".to_owned(),
        _ if words.chars().count() > 20 => String::new(),
        _ => words.to_owned(),
    }
}
