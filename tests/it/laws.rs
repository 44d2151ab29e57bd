//! What holds for every project and every script of edits.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use indicator_annotator::edit::{Edit, History, Transaction, apply};
use indicator_annotator::model::{
    Annotator, CandidateRule, Catalogue, Comparator, Decision, DismissReason, Indicator, Language, Layer,
    Measure, ObsStatus, Observation, Origin, Project, Report, ReportId, Role, RuleEffect, Ruling, Score,
    Span, Suggestion, Tint, Value, ValueNature, ValueType,
};
use indicator_annotator::number;
use indicator_annotator::query::Marks;
use indicator_annotator::store::{Part, Store, layout};
use indicator_annotator::text::offsets::fingerprint;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::Config;
use tempfile::TempDir;

fn config(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

/// What texts are made of: numbers that are recognised, and letters that files must escape or count.
const PIECES: &[&str] = &[
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
const NAMES: &[&str] = &[
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
fn words() -> impl Strategy<Value = String> {
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
    fn a_text()(pieces in vec(select(PIECES), 1..30)) -> String {
        pieces.concat().trim().to_owned()
    }
}

fn a_value() -> impl Strategy<Value = Value> {
    let number =
        || (any::<i64>(), 0_u32..6).prop_map(|(digits, scale)| rust_decimal::Decimal::new(digits, scale));
    prop_oneof![
        number().prop_map(Value::Exact),
        (number(), number()).prop_map(|(low, high)| Value::Range(low, high)),
    ]
}

fn a_ruling() -> impl Strategy<Value = Ruling> {
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

const INDICATORS: &[&str] = &["rd", "hightech", "新指标"];

/// A decision without its place, and where the place begins and ends as shares of the text.
fn a_decision() -> impl Strategy<Value = (Decision, u16, u16)> {
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
fn placed(text: &str, (decision, at, length): &(Decision, u16, u16)) -> Option<Decision> {
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
fn layer_of(text: &str, decisions: &[(Decision, u16, u16)]) -> Layer {
    let mut layer = Layer::default();
    for decision in decisions.iter().filter_map(|decision| placed(text, decision)) {
        if layer.overlapping(decision.span).next().is_none() {
            layer.insert(Arc::new(decision));
        }
    }
    layer
}

fn an_indicator(place: usize) -> impl Strategy<Value = Indicator> {
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

fn a_rule() -> impl Strategy<Value = CandidateRule> {
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

fn a_report(id: &str, text: &str, words: &[String]) -> Report {
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
type Texts = BTreeMap<ReportId, Arc<str>>;

fn a_project() -> impl Strategy<Value = (Project, Texts)> {
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
enum Step {
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

fn a_step() -> impl Strategy<Value = Step> {
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
    fn edit(&self, project: &Project, texts: &mut Texts) -> Option<Edit> {
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

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn an_edit_and_its_inverse_leave_the_project_as_it_was(
        (mut project, mut texts) in a_project(), steps in vec(a_step(), 1..20)
    ) {
        for step in steps {
            let Some(edit) = step.edit(&project, &mut texts) else { continue };
            let before = project.clone();
            let Ok(inverse) = apply(&mut project, edit.clone()) else {
                prop_assert_eq!(&project, &before, "a refused edit changed something: {:?}", edit);
                continue;
            };
            let after = project.clone();
            let again = apply(&mut project, inverse).unwrap();
            prop_assert_eq!(&project, &before);
            apply(&mut project, again).unwrap();
            prop_assert_eq!(&project, &after);
        }
    }

    #[test]
    fn undo_and_redo_walk_through_the_same_projects(
        (mut project, mut texts) in a_project(),
        script in vec(vec(a_step(), 1..4), 1..12),
        walk in vec(any::<bool>(), 0..30)
    ) {
        let mut history = History::default();
        let mut states = vec![project.clone()];
        for steps in &script {
            // Steps of one transaction are made for the project before it, so the later ones may be refused.
            let edits: Vec<Edit> = steps.iter().filter_map(|step| step.edit(&project, &mut texts)).collect();
            let transaction = Transaction { name: "tag".into(), edits, place: None };
            match history.commit(&mut project, transaction) {
                Ok(()) => states.push(project.clone()),
                Err(_refused) => prop_assert_eq!(&project, states.last().unwrap()),
            }
        }
        let mut at = states.len() - 1;
        for forward in walk {
            let moved = if forward { history.redo(&mut project) } else { history.undo(&mut project) };
            match (forward, moved.is_some()) {
                (true, true) => at += 1,
                (false, true) => at -= 1,
                (true, false) => prop_assert_eq!(at, states.len() - 1),
                (false, false) => prop_assert_eq!(at, 0),
            }
            prop_assert_eq!(&project, &states[at]);
        }
        while history.undo(&mut project).is_some() {}
        prop_assert_eq!(&project, &states[0]);
        while history.redo(&mut project).is_some() {}
        prop_assert_eq!(&project, states.last().unwrap());
    }

    #[test]
    fn marks_brought_up_to_date_are_marks_made_anew(
        text in a_text(), decisions in vec((a_decision(), any::<bool>()), 1..25), suggested in any::<u64>()
    ) {
        let mentions: Arc<[_]> = number::mentions(&text).into();
        let suggestions: Arc<[Suggestion]> = mentions
            .iter()
            .enumerate()
            .filter(|(place, _)| suggested >> (place % 64) & 1 == 1)
            .map(|(_, mention)| Suggestion {
                span: mention.span,
                ruling: Ruling::Dismissed(DismissReason::Date),
                agent: "test".to_owned(),
                score: Score(500),
                reasons: Vec::new(),
                doubts: Vec::new(),
            })
            .collect();
        let mut layer = Layer::default();
        let mut marks = Marks::new(Arc::clone(&mentions), Arc::clone(&suggestions), None);
        for (decision, reopen) in decisions {
            let Some(decision) = placed(&text, &decision) else { continue };
            let gone: Vec<Span> = layer.overlapping(decision.span).map(|other| other.span).collect();
            for span in gone {
                layer.remove(span);
                marks.update(span, Some(&layer));
            }
            if !reopen {
                let span = decision.span;
                layer.insert(Arc::new(decision));
                marks.update(span, Some(&layer));
            }
            let anew = Marks::new(Arc::clone(&mentions), Arc::clone(&suggestions), Some(&layer));
            prop_assert_eq!(marks.all(), anew.all());
            prop_assert_eq!(marks.ledger(), anew.ledger());
        }
    }
}

/// Everything of a project as files.
fn parts(project: &Project, texts: &Texts) -> Vec<Part> {
    let mut parts = vec![
        Part::Head {
            title: project.title.clone(),
            language: project.language,
            extractor: project.extractor.clone(),
            reports: project.reports.clone(),
        },
        Part::Catalogue(project.catalogue.clone()),
        Part::Rules(project.rules.clone()),
        Part::Guidelines(project.guidelines.clone()),
    ];
    let texts_of = texts.iter().map(|(report, text)| Part::Text {
        report: report.clone(),
        text: Arc::clone(text),
    });
    parts.extend(texts_of);
    for (annotator, reports) in &project.layers {
        let layers = reports
            .iter()
            .map(|(report, layer)| layer_part(annotator, report, layer, texts));
        parts.extend(layers);
    }
    parts
}

fn layer_part(annotator: &Annotator, report: &ReportId, layer: &Layer, texts: &Texts) -> Part {
    Part::Layer {
        annotator: annotator.clone(),
        report: report.clone(),
        layer: layer.clone(),
        text: Arc::clone(&texts[report]),
    }
}

fn files_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_in(&path));
        } else {
            files.insert(path.display().to_string(), std::fs::read(&path).unwrap());
        }
    }
    files
}

/// Whether the lines that differ belong to one decision at most, on either side.
fn differs_in_one_decision(before: &str, after: &str) -> bool {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = |(one, other): &(&&str, &&str)| one == other;
    let head = before.iter().zip(&after).take_while(same).count();
    let tail = before[head..]
        .iter()
        .rev()
        .zip(after[head..].iter().rev())
        .take_while(same)
        .count();
    let is_one = |lines: &[&str]| {
        let middle = &lines[head..lines.len() - tail];
        let starts = middle
            .iter()
            .filter(|line| line.trim_start().starts_with("at: ("))
            .count();
        let is_header =
            |line: &&&str| line.starts_with("    ") && !line.starts_with("     ") && line.contains(':');
        starts <= 1 && !middle.iter().any(|line| is_header(&line))
    };
    is_one(&before) && is_one(&after)
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn a_project_comes_back_from_its_files_as_it_was((project, texts) in a_project()) {
        let root = TempDir::new().unwrap();
        let folder = root.path().join("project");
        let mut store = Store::create(&folder).unwrap();
        store.write(&parts(&project, &texts)).unwrap();
        let before = files_in(&folder);
        drop(store);
        let (mut store, opened) = Store::open(&folder).unwrap();
        prop_assert_eq!(&opened.notices, &Vec::new());
        prop_assert_eq!(&opened.project, &project);
        prop_assert_eq!(&opened.texts, &texts);
        store.write(&parts(&opened.project, &opened.texts)).unwrap();
        prop_assert_eq!(files_in(&folder), before, "saving unchanged writes the same bytes");
    }

    #[test]
    fn one_decision_changes_its_own_lines(
        (mut project, texts) in a_project(), (place, step) in (0_usize..3, a_decision()), reopen in any::<bool>()
    ) {
        let root = TempDir::new().unwrap();
        let mut store = Store::create(&root.path().join("project")).unwrap();
        store.write(&parts(&project, &texts)).unwrap();
        let Some((annotator, reports)) = project.layers.iter().next().map(|(who, reports)| (who.clone(), reports.clone())) else {
            return Ok(());
        };
        let (report, layer) = reports.iter().nth(place % reports.len()).unwrap();
        let decision = if reopen { None } else { placed(&texts[report], &step) };
        let chosen = decision.as_ref().map(|decision| decision.span);
        let span = chosen.or_else(|| layer.iter().next().map(|first| first.span)).unwrap();
        let edit = Edit::Decide {
            annotator: annotator.clone(),
            report: report.clone(),
            span,
            decision: decision.map(Arc::new),
        };
        prop_assume!(apply(&mut project, edit).is_ok());
        let before = files_in(store.root());
        let changed = project.layer(&annotator, report).cloned().unwrap_or_default();
        store.write(&[layer_part(&annotator, report, &changed, &texts)]).unwrap();
        let after = files_in(store.root());
        let path = store.root().join(layout::layer_path(&annotator, report)).display().to_string();
        let others = |files: &BTreeMap<String, Vec<u8>>| {
            files.iter().filter(|(name, _)| **name != path).map(|(name, bytes)| (name.clone(), bytes.clone())).collect::<Vec<_>>()
        };
        prop_assert_eq!(others(&before), others(&after), "no other file changes");
        if let (Some(before), Some(after)) = (before.get(&path), after.get(&path)) {
            let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
            prop_assert!(differs_in_one_decision(&before, &after), "{before}\n--- and ---\n{after}");
        }
    }
}
