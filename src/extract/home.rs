//! The area that a report is about: from its metadata, its title, or the place that it names most.
//!
//! Pure.

use super::places::{GAZETTEER, Known};
use crate::model::Report;

/// Regions of several provinces that reports are about.
const REGIONS: &[&str] = &[
    "长三角",
    "京津冀",
    "粤港澳大湾区",
    "成渝地区",
    "长江经济带",
    "长江中游城市群",
];

/// The area that a report is about and its province; empty where unknown.
pub(super) fn area(report: &Report, title: &str, start: &str) -> (String, &'static str) {
    if let Some(region) = REGIONS.iter().find(|region| title.starts_with(**region)) {
        return ((*region).to_owned(), "");
    }
    let stated = [&report.area, &report.issuer]
        .into_iter()
        .filter(|words| !words.is_empty())
        .find_map(|words| first_place(words))
        .or_else(|| first_place(title));
    if let Some(city) = stated.and_then(|place| city_of(place, &report.area, start)) {
        return (city.name.to_owned(), city.province);
    }
    if report.area.is_empty() {
        let place = stated.or_else(|| most_named(start));
        return match place {
            Some(place) => (place.name.to_owned(), place.province),
            None if start.contains("全国") || start.contains("我国") => ("全国".to_owned(), ""),
            None => (String::new(), ""),
        };
    }
    let province = stated
        .or_else(|| most_named(start))
        .map_or("", |place| place.province);
    (known_end(&report.area), province)
}

/// The city that a text speaks of as 全市, where what names it first is a zone of it or its province.
fn city_of(stated: Known, area: &str, start: &str) -> Option<Known> {
    let count = |word: &str| start.matches(word).count();
    // 位居全省第一, 占全市50%: what a report compares with is not what it is about.
    let own = |(at, _): &(usize, &str)| {
        let before = start.get(..*at).unwrap_or_default();
        !before.ends_with(['居', '于', '占', '列', '在', '是', '获'])
    };
    let whole = |word: &str| start.match_indices(word).filter(own).count();
    let (cities, provinces) = (whole("全市") + count("我市"), whole("全省") + count("我省"));
    // 16个高新区: not one zone's report.
    let several = ["个高新区", "个开发区"].iter().any(|word| start.contains(word));
    if cities == 0 && !several {
        return None;
    }
    let zone = ["高新区", "开发区", "经开区", "新区"]
        .iter()
        .any(|kind| area.ends_with(kind))
        && GAZETTEER.starting(area).is_some_and(|place| place.text != area);
    if zone && count("全区") + count("我区") == 0 {
        return Some(stated);
    }
    let province = stated.is_province() && !stated.name.ends_with('市');
    if !province || cities < 2 || cities < provinces {
        return None;
    }
    most_named(start).filter(|place| place.province == stated.name && !place.is_province())
}

/// An area's words without what stands before the place that they end with (上半年荆州市).
fn known_end(area: &str) -> String {
    let place = GAZETTEER.ending(area).filter(|place| {
        let before = area.strip_suffix(place.text).unwrap_or_default();
        !before.is_empty() && GAZETTEER.first_in(before).is_none()
    });
    place.map_or_else(|| area.to_owned(), |place| place.tag.name.to_owned())
}

fn first_place(words: &str) -> Option<Known> {
    GAZETTEER.first_in(words).map(|(_, place)| place.tag)
}

/// The place that a text names most often; of equals the first.
fn most_named(start: &str) -> Option<Known> {
    let mut counts: Vec<(Known, usize)> = Vec::new();
    for (at, place) in GAZETTEER.all_in(start) {
        // 新华社北京9月15日电: where the news was written.
        let before = start.get(..at).unwrap_or_default();
        if before.ends_with(['社', '报', '网']) {
            continue;
        }
        match counts.iter_mut().find(|(known, _)| *known == place.tag) {
            Some((_, count)) => *count += 1,
            None => counts.push((place.tag, 1)),
        }
    }
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map(|(place, _)| *place)
}
