//! Projects to test with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::faults::FaultFiles;
use crate::model::{
    Annotator, CandidateRule, Catalogue, Decision, DismissReason, Doubt, Evidence, Field, Indicator,
    Language, Layer, Measure, Observation, Origin, Project, Report, ReportId, Role, RuleEffect, Ruling,
    Score, Span, Suggestion, Tint, Value, ValueNature, ValueType,
};
use crate::store::{Opened, Part, Store};
use crate::text::offsets::fingerprint;

pub const TEXT: &str = "泉州市科技工作总结\n\n2023年全社会R&D投入239.06亿元,增长19.4%,增速居全省第1;\
                        R&D投入强度1.96%,提升0.31个百分点。\n高新技术企业2000家,力争2024年达到2500家。\n";

/// A new folder, in memory where the system has such a place: waiting for a disk proves nothing here.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}

/// The span of the first `words` in `text`.
pub fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len())
}

pub fn tagged(text: &str, words: &str) -> Decision {
    Decision {
        span: span(text, words),
        ruling: Ruling::Tagged(Box::new(Observation {
            indicator: Some("rd_expenditure".into()),
            indicator_text: "R&D投入".to_owned(),
            indicator_span: Some(span(text, "R&D投入")),
            value_type: ValueType::Amount,
            obs_value: "239.06".to_owned(),
            unit_mult: 8,
            value: "23906000000".parse::<Value>().unwrap(),
            unit: "元".to_owned(),
            unit_measure: "CNY".to_owned(),
            measure: Measure::Level,
            time_period: "2023".to_owned(),
            ref_area: "泉州市".to_owned(),
            value_nature: ValueNature::Actual,
            note: "含\"引号\"\\与\n换行".to_owned(),
            ..Observation::default()
        })),
        origin: Origin::PredictionChanged,
        agent: "built-in".to_owned(),
        score: Some(Score(873)),
        proposed: None,
        provenance: None,
    }
}

pub fn dismissed(text: &str, words: &str, reason: DismissReason) -> Decision {
    Decision::manual(span(text, words), Ruling::Dismissed(reason))
}

pub fn layer(decisions: impl IntoIterator<Item = Decision>) -> Layer {
    let mut layer = Layer::default();
    for decision in decisions {
        layer.insert(Arc::new(decision));
    }
    layer
}

pub fn report(id: &str, text: &str) -> Report {
    Report {
        id: id.into(),
        title: format!("报告 {id}"),
        issuer: "泉州市科技局".to_owned(),
        date: "2024-01-05".to_owned(),
        area: String::new(),
        period: "2023".to_owned(),
        original: format!("{id}.html"),
        encoding: "gb18030".to_owned(),
        fingerprint: fingerprint(text),
    }
}

/// A project with something of everything.
pub fn everything() -> Opened {
    let (lin, report_a, report_b): (Annotator, ReportId, ReportId) =
        ("林".into(), "000_泉州".into(), "b".into());
    let second = "第二份报告：投入12亿元。";
    let first_layer = layer([
        dismissed(TEXT, "2023年", DismissReason::Date),
        tagged(TEXT, "239.06亿元"),
        dismissed(TEXT, "第1", DismissReason::Irrelevant),
    ]);
    let mut project = Project {
        title: "科技指标 2023".to_owned(),
        language: Language::English,
        guidelines: "# 约定\n只标数字。\n".to_owned(),
        reports: vec![report("000_泉州", TEXT), report("b", second)],
        catalogue: Catalogue {
            indicators: vec![Indicator {
                id: "rd_expenditure".into(),
                name: "R&D投入".to_owned(),
                name_en: "R&D expenditure".to_owned(),
                aliases: vec!["全社会研发投入".to_owned()],
                value_type: ValueType::Amount,
                unit: "元".to_owned(),
                min: Some("0".parse().unwrap()),
                max: None,
                tint: Tint(3),
                pinned: true,
                note: "全口径".to_owned(),
            }],
        },
        rules: vec![CandidateRule {
            name: "页码".to_owned(),
            pattern: r"第(?<number>\d+)页".to_owned(),
            effect: RuleEffect::RuleOut(Role::Enumerator),
            enabled: true,
        }],
        layers: BTreeMap::from([(
            lin,
            BTreeMap::from([
                (report_a.clone(), first_layer),
                (
                    report_b.clone(),
                    layer([dismissed(second, "12亿元", DismissReason::Name)]),
                ),
            ]),
        )]),
        ..Project::default()
    };
    let suggestion = Suggestion {
        span: span(TEXT, "1.96%"),
        ruling: Ruling::Dismissed(DismissReason::Criterion),
        agent: "built-in".to_owned(),
        score: Score(640),
        reasons: vec![
            Evidence::UnitDiffers {
                found: "%".to_owned(),
                expected: "元".to_owned(),
            },
            Evidence::Qualifies,
        ],
        doubts: vec![Doubt {
            field: Field::Measure,
            alternative: "share".to_owned(),
        }],
    };
    project.suggestions = BTreeMap::from([(report_a.clone(), Arc::from([suggestion]))]);
    Opened {
        project,
        texts: BTreeMap::from([(report_a, Arc::from(TEXT)), (report_b, Arc::from(second))]),
        ..Opened::default()
    }
}

/// All parts of a project, in no helpful order.
pub fn parts(opened: &Opened) -> Vec<Part> {
    let Opened { project, texts, .. } = opened;
    let mut parts = vec![
        Part::Head {
            title: project.title.clone(),
            language: project.language,
            reports: project.reports.clone(),
        },
        Part::Guidelines(project.guidelines.clone()),
        Part::Rules(project.rules.clone()),
        Part::Catalogue(project.catalogue.clone()),
    ];
    for (annotator, layers) in &project.layers {
        parts.extend(layers.iter().map(|(report, layer)| Part::Layer {
            annotator: annotator.clone(),
            report: report.clone(),
            layer: layer.clone(),
            text: texts[report].clone(),
        }));
    }
    parts.extend(
        project
            .suggestions
            .iter()
            .map(|(report, suggestions)| Part::Suggestions {
                report: report.clone(),
                suggestions: suggestions.clone(),
                text: texts[report].clone(),
            }),
    );
    parts.extend(texts.iter().map(|(report, text)| Part::Text {
        report: report.clone(),
        text: text.clone(),
    }));
    parts
}

/// Saves a project in a new folder.
pub fn saved(opened: &Opened, root: &Path) -> Store {
    let mut store = Store::create_on(Arc::new(FaultFiles::well()), root).unwrap();
    store.write(&parts(opened)).unwrap();
    store
}

/// Every file below `root` with what it holds, by its path below `root`.
pub fn files_below(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(
                    path.strip_prefix(root).unwrap().to_owned(),
                    std::fs::read(&path).unwrap(),
                );
            }
        }
    }
    found
}
