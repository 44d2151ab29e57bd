//! Projects and scripts of edits as they may come.

use std::collections::BTreeMap;
use std::sync::Arc;

use indicator_annotator::edit::Edit;
use indicator_annotator::model::{
    Annotator, CandidateRule, Catalogue, Comparator, Decision, DismissReason, Indicator, Language, Layer,
    Measure, ObsStatus, Observation, Origin, Project, Report, ReportId, Role, RuleEffect, Ruling, Score,
    Span, Tint, Value, ValueNature, ValueType,
};
use indicator_annotator::text::offsets::fingerprint;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What texts are made of: numbers that are recognised, and letters that files must escape or count.
pub const PIECES: &[&str] = &[
    "高新技术企业",
    "1609家",
    "239.06亿元",
    ",",
    "。",
    "\n",
    "增长19.4%",
    "第1",
    "2024年",
    "12家",
    "\"",
    "\\",
    "😀",
    " ",
    "é",
    "(一)",
    "4—5个",
    "null",
    "\u{a0}",
    "三成",
];

/// Names that a file system or a format may stumble over.
pub const NAMES: &[&str] = &[
    "林",
    "Lin",
    "lin",
    "a/b",
    "..",
    "CON",
    " 空格 ",
    "引\"号",
    "😀",
    "很长的名字很长的名字",
];

/// Words of fields, with everything that a string of RON has to escape.
pub fn words() -> impl Strategy<Value = String> {
    select(
        &[
            "",
            "泉州市",
            "a\nb",
            "\"引\"",
            "\\",
            "\u{1}",
            "tab\t",
            "// no comment",
            "(1, 2)",
            "😀é",
            "r#\"x\"#",
        ][..],
    )
    .prop_map(ToOwned::to_owned)
}

prop_compose! {
    pub fn a_text()(pieces in vec(select(PIECES), 1..30)) -> String {
        pieces.concat().trim().to_owned()
    }
}

pub fn a_value() -> impl Strategy<Value = Value> {
    let number =
        || (any::<i64>(), 0_u32..6).prop_map(|(digits, scale)| rust_decimal::Decimal::new(digits, scale));
    prop_oneof![
        number().prop_map(Value::Exact),
        (number(), number()).prop_map(|(low, high)| Value::Range(low, high)),
    ]
}

pub fn a_ruling() -> impl Strategy<Value = Ruling> {
    let codes = (
        select(ValueType::ALL),
        select(Comparator::ALL),
        select(Measure::ALL),
        select(ValueNature::ALL),
        select(ObsStatus::ALL),
    );
    let tagged = (
        codes,
        a_value(),
        vec(words(), 8),
        0_u8..=28,
        prop::option::of(0_usize..3),
    )
        .prop_map(
            |(
                (value_type, comparator, measure, value_nature, obs_status),
                value,
                words,
                unit_mult,
                indicator,
            )| {
                let [
                    indicator_text,
                    obs_value,
                    unit,
                    unit_measure,
                    time_period,
                    ref_area,
                    ref_scope,
                    note,
                ] = words.try_into().unwrap();
                Ruling::Tagged(Box::new(Observation {
                    indicator: indicator.map(|place| INDICATORS[place].into()),
                    indicator_text,
                    indicator_span: None,
                    value_type,
                    comparator,
                    obs_value,
                    unit_mult,
                    value,
                    unit,
                    unit_measure,
                    measure,
                    time_period,
                    ref_area,
                    ref_scope,
                    value_nature,
                    obs_status,
                    note,
                }))
            },
        );
    prop_oneof![3 => tagged, 1 => select(DismissReason::ALL).prop_map(Ruling::Dismissed)]
}

pub const INDICATORS: &[&str] = &["rd", "hightech", "新指标"];

/// A decision without its place, and where the place begins and ends as shares of the text.
pub fn a_decision() -> impl Strategy<Value = (Decision, u16, u16)> {
    let origin = (select(Origin::ALL), words(), prop::option::of(0_u16..=1000));
    (a_ruling(), origin, any::<u16>(), 1_u16..2000).prop_map(
        |(ruling, (origin, agent, score), at, length)| {
            let decision = Decision {
                origin,
                agent,
                score: score.map(Score),
                ..Decision::manual(Span::default(), ruling)
            };
            (decision, at, length)
        },
    )
}

/// The decision at its place in a text; `None` where no letter lies there.
pub fn placed(text: &str, (decision, at, length): &(Decision, u16, u16)) -> Option<Decision> {
    let point = |share: f64| text.floor_char_boundary((share * text.len() as f64) as usize);
    let start = point(f64::from(*at) / 65_536.0);
    let end = text.ceil_char_boundary((start + 1 + usize::from(*length) / 100).min(text.len()));
    let span = Span::new(start, end);
    let mut decision = decision.clone();
    decision.span = span;
    if let Ruling::Tagged(observation) = &mut decision.ruling {
        observation.indicator_span = length.is_multiple_of(3).then_some(span);
    }
    (!span.is_empty()).then_some(decision)
}

/// A layer of those decisions that overlap none before them.
pub fn layer_of(text: &str, decisions: &[(Decision, u16, u16)]) -> Layer {
    let mut layer = Layer::default();
    for decision in decisions.iter().filter_map(|decision| placed(text, decision)) {
        if layer.overlapping(decision.span).next().is_none() {
            layer.insert(Arc::new(decision));
        }
    }
    layer
}

pub fn an_indicator(place: usize) -> impl Strategy<Value = Indicator> {
    (
        vec(words(), 4),
        select(ValueType::ALL),
        prop::option::of(-9_i64..9),
        0_u8..Tint::COUNT,
        any::<bool>(),
    )
        .prop_map(move |(words, value_type, bound, tint, pinned)| {
            let [name_en, alias, unit, note] = words.try_into().unwrap();
            Indicator {
                id: INDICATORS[place].into(),
                name: format!("指标{place}"),
                name_en,
                aliases: vec![format!("别名{place}{alias}")],
                value_type,
                unit,
                min: bound.map(Into::into),
                max: None,
                tint: Tint(tint),
                pinned,
                note,
            }
        })
}

pub fn a_rule() -> impl Strategy<Value = CandidateRule> {
    let effect = prop_oneof![
        Just(RuleEffect::Add),
        select(Role::ALL).prop_map(RuleEffect::RuleOut)
    ];
    (words(), words(), effect, any::<bool>()).prop_map(|(name, pattern, effect, enabled)| CandidateRule {
        name,
        pattern,
        effect,
        enabled,
    })
}

pub fn a_report(id: &str, text: &str, words: &[String]) -> Report {
    Report {
        id: id.into(),
        title: words[0].clone(),
        issuer: words[1].clone(),
        date: String::new(),
        area: words[2].clone(),
        period: words[3].clone(),
        original: String::new(),
        encoding: String::new(),
        fingerprint: fingerprint(text),
    }
}

/// A project and the texts of its reports.
pub type Texts = BTreeMap<ReportId, Arc<str>>;

pub fn a_project() -> impl Strategy<Value = (Project, Texts)> {
    let reports = vec((a_text(), vec(words(), 4), vec(vec(a_decision(), 0..8), 2)), 1..4);
    let catalogue = (an_indicator(0), an_indicator(1), an_indicator(2));
    let names = select(NAMES).prop_flat_map(|first| {
        select(NAMES)
            .prop_filter("two names", move |second| *second != first)
            .prop_map(move |second| [first, second])
    });
    let head = (words(), select(Language::ALL), vec(a_rule(), 0..3));
    (reports, catalogue, names, head).prop_map(|(reports, (a, b, c), names, (title, language, rules))| {
        let mut project = Project {
            title,
            language,
            rules,
            guidelines: "# 约定\n\n只标数字。\n".to_owned(),
            catalogue: Catalogue {
                indicators: vec![a, b, c],
            },
            ..Project::default()
        };
        let mut texts = Texts::new();
        for (place, (text, words, layers)) in reports.iter().enumerate() {
            let report = a_report(&format!("报告{place}"), text, words);
            for (name, decisions) in names.iter().zip(layers) {
                let layer = layer_of(text, decisions);
                if !layer.is_empty() {
                    project
                        .layers
                        .entry(Annotator::from(*name))
                        .or_default()
                        .insert(report.id.clone(), layer);
                }
            }
            texts.insert(report.id.clone(), text.as_str().into());
            project.reports.push(report);
        }
        (project, texts)
    })
}

/// One step of a script; what it makes of the project it meets may well be refused.
#[derive(Clone, Debug)]
pub enum Step {
    Decide(usize, usize, (Decision, u16, u16)),
    Reopen(usize, usize),
    Title(String),
    Guidelines(String),
    Rules(Vec<CandidateRule>),
    KeepIndicators(usize),
    DoubleIndicator,
    Retitle(usize, String),
    Insert(usize, String),
    Remove(usize),
}

pub fn a_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0_usize..2, 0_usize..4, a_decision()).prop_map(|(who, report, it)| Step::Decide(who, report, it)),
        4 => (0_usize..4, 0_usize..8).prop_map(|(report, place)| Step::Reopen(report, place)),
        1 => words().prop_map(Step::Title),
        1 => words().prop_map(Step::Guidelines),
        1 => vec(a_rule(), 0..3).prop_map(Step::Rules),
        1 => (0_usize..4).prop_map(Step::KeepIndicators),
        1 => Just(Step::DoubleIndicator),
        1 => (0_usize..4, words()).prop_map(|(report, title)| Step::Retitle(report, title)),
        1 => (0_usize..6, a_text()).prop_map(|(place, text)| Step::Insert(place, text)),
        1 => (0_usize..4).prop_map(Step::Remove),
    ]
}

impl Step {
    pub fn edit(&self, project: &Project, texts: &mut Texts) -> Option<Edit> {
        let report = |place: &usize| project.reports.get(*place);
        Some(match self {
            Self::Decide(who, place, decision) => {
                let id = report(place)?.id.clone();
                let decision = placed(texts.get(&id)?, decision)?;
                let annotator = Annotator::from(NAMES[*who]);
                Edit::Decide {
                    annotator,
                    report: id,
                    span: decision.span,
                    decision: Some(Arc::new(decision)),
                }
            }
            Self::Reopen(at, nth) => {
                let id = report(at)?.id.clone();
                let (annotator, layer) = project
                    .layers
                    .iter()
                    .find_map(|(who, reports)| Some((who.clone(), reports.get(&id)?)))?;
                let span = layer
                    .iter()
                    .nth(*nth)
                    .map_or(Span::new(0, 1), |decision| decision.span);
                Edit::Decide {
                    annotator,
                    report: id,
                    span,
                    decision: None,
                }
            }
            Self::Title(words) => Edit::SetTitle(words.clone()),
            Self::Guidelines(words) => Edit::SetGuidelines(words.clone()),
            Self::Rules(rules) => Edit::SetRules(rules.clone()),
            Self::KeepIndicators(count) => {
                let mut catalogue = project.catalogue.clone();
                catalogue.indicators.truncate(*count);
                Edit::SetCatalogue(catalogue)
            }
            Self::DoubleIndicator => {
                let mut catalogue = project.catalogue.clone();
                catalogue.indicators.push(catalogue.indicators.first()?.clone());
                Edit::SetCatalogue(catalogue)
            }
            Self::Retitle(place, title) => Edit::SetReport(Box::new(Report {
                title: title.clone(),
                ..report(place)?.clone()
            })),
            Self::Insert(index, text) => {
                let id = format!("新{index}");
                let new = a_report(&id, text, &vec![id.clone(); 4]);
                texts
                    .entry(new.id.clone())
                    .or_insert_with(|| text.as_str().into());
                Edit::InsertReport {
                    index: *index,
                    report: Box::new(new),
                }
            }
            Self::Remove(place) => Edit::RemoveReport(report(place)?.id.clone()),
        })
    }
}
