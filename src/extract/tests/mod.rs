//! Text in, observations out.

mod frames;
mod more;
mod robust;
mod sentences;
mod tables;
mod unseen;

use super::{Context, draft, suggest};
use crate::model::{
    Catalogue, Decimal, DismissReason, Evidence, Fingerprint, Indicator, IndicatorId, Mention, Observation,
    Report, ReportId, Ruling, Span, Suggestion, Tint, ValueType,
};
use crate::number;
use crate::text::outline::Outline;

fn catalogue() -> Catalogue {
    let entry = |id: &str, names: &[&str], value_type, unit: &str| Indicator {
        id: IndicatorId::from(id),
        name: names.first().map(ToString::to_string).unwrap_or_default(),
        name_en: String::new(),
        aliases: names.iter().skip(1).map(ToString::to_string).collect(),
        value_type,
        unit: unit.to_owned(),
        min: None,
        max: None::<Decimal>,
        tint: Tint::default(),
        pinned: false,
        note: String::new(),
    };
    Catalogue {
        indicators: vec![
            entry(
                "rd_expenditure",
                &["全社会R&D投入", "R&D投入"],
                ValueType::Amount,
                "元",
            ),
            entry("rd_intensity", &["R&D投入强度"], ValueType::Percent, "%"),
            entry(
                "high_tech_enterprises",
                &["高新技术企业", "高企"],
                ValueType::Count,
                "家",
            ),
            entry(
                "urban_income",
                &["城镇常住居民人均可支配收入"],
                ValueType::Amount,
                "元",
            ),
            entry(
                "rural_income",
                &["农村常住居民人均可支配收入"],
                ValueType::Amount,
                "元",
            ),
        ],
    }
}

fn report() -> Report {
    Report {
        id: ReportId::from("r"),
        title: "2026年福建省政府工作报告".to_owned(),
        issuer: String::new(),
        date: String::new(),
        area: "福建省".to_owned(),
        period: String::new(),
        original: String::new(),
        encoding: String::new(),
        fingerprint: Fingerprint::default(),
    }
}

/// What is suggested for a text, and the mentions it is suggested for.
fn read(text: &str, report: &Report) -> (Vec<Mention>, Vec<Suggestion>) {
    let catalogue = catalogue();
    let outline = Outline::of(text);
    let cx = Context {
        text,
        outline: &outline,
        report,
        catalogue: &catalogue,
    };
    let mentions = number::mentions(text);
    let suggestions = suggest(&cx, &mentions);
    for suggestion in &suggestions {
        if let Ruling::Tagged(observation) = &suggestion.ruling {
            assert_eq!(
                &draft(&cx, &mentions, suggestion.span),
                &**observation,
                "a draft is the suggestion"
            );
        }
    }
    (mentions, suggestions)
}

/// `name measure value period scope nature` of an observation; the scope only where there is one.
fn told(observation: &Observation) -> String {
    let mut told = format!(
        "{} {} {} {} {}",
        observation.indicator_text,
        observation.measure,
        observation.value,
        observation.time_period,
        observation.value_nature
    );
    if !observation.ref_scope.is_empty() {
        told = format!("{told} in {}", observation.ref_scope);
    }
    if observation.ref_area != "福建省" {
        told = format!("{told} of {}", observation.ref_area);
    }
    told
}

/// Asserts what each value of each text should be, in a report whose text is a heading and a sentence.
fn assert_told(sentences: &[(&str, &str, &[&str])], report: &Report) {
    for (heading, sentence, expected) in sentences {
        let (_, suggestions) = read(&format!("{heading}{sentence}"), report);
        let found: Vec<String> = suggestions
            .iter()
            .filter_map(|suggestion| suggestion.ruling.observation())
            .map(told)
            .collect();
        assert_eq!(found, *expected, "{sentence}");
    }
}

#[test]
fn a_report_on_one_line_has_its_sections_too() {
    let text =
        "一、2025年工作回顾 入库科技型中小企业1609家。二、2026年工作安排 入库科技型中小企业2500家以上。";
    let (_, suggestions) = read(text, &report());
    let found: Vec<String> = suggestions
        .iter()
        .filter_map(|s| s.ruling.observation())
        .map(told)
        .collect();
    assert_eq!(
        found,
        [
            "入库科技型中小企业 level 1609 2025 actual",
            "入库科技型中小企业 level 2500 2026 target"
        ]
    );
}

#[test]
fn the_catalogue_and_the_reasons_are_named() {
    let (_, suggestions) = read("一、2025年工作回顾\n高企保有量达3300家。", &report());
    let suggestion = suggestions.first().unwrap();
    let observation = suggestion.ruling.observation().unwrap();
    assert_eq!(
        observation.indicator,
        Some(IndicatorId::from("high_tech_enterprises"))
    );
    assert_eq!(
        suggestion.reasons,
        [
            Evidence::AliasMatched {
                words: "高企".to_owned()
            },
            Evidence::UnitAgrees {
                unit: "家".to_owned()
            },
            Evidence::PeriodFromHeading {
                words: "2025年工作回顾".to_owned()
            },
            Evidence::AreaFromReport {
                words: "福建省".to_owned()
            },
        ]
    );
    assert!(suggestion.score.0 > 900, "{:?}", suggestion.score);
}

#[test]
fn a_short_alias_is_not_found_inside_another_word() {
    let (_, suggestions) = read("提高企业退休人员基本养老金10%。", &report());
    let observation = suggestions.first().and_then(|s| s.ruling.observation()).unwrap();
    assert_eq!(observation.indicator, None);
}

#[test]
fn what_only_qualifies_is_dismissed() {
    let (mentions, suggestions) = read("培育35周岁以下青年人才20名。", &report());
    let dismissed: Vec<Span> = suggestions
        .iter()
        .filter(|s| s.ruling == Ruling::Dismissed(DismissReason::Criterion))
        .map(|s| s.span)
        .collect();
    let criteria: Vec<Span> = mentions
        .iter()
        .filter(|m| m.role == crate::model::Role::Criterion)
        .map(|m| m.span)
        .collect();
    assert_eq!(dismissed, criteria);
    assert_eq!(dismissed.len(), 1);
}

#[test]
fn any_words_can_be_drafted() {
    let text = "一、2025年工作回顾\n实现营业收入突破大关，达到很多。";
    let catalogue = catalogue();
    let outline = Outline::of(text);
    let report = report();
    let cx = Context {
        text,
        outline: &outline,
        report: &report,
        catalogue: &catalogue,
    };
    let at = text.find("很多").unwrap();
    let observation = draft(&cx, &[], Span::new(at, at + "很多".len()));
    assert_eq!(observation.time_period, "2025");
    assert_eq!(
        draft(&cx, &[], Span::new(text.len() + 5, text.len() + 9)),
        Observation::default()
    );
    assert_eq!(draft(&cx, &[], Span::new(at + 1, at + 2)).ref_area, "福建省");
}
