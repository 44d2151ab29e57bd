//! Projects to test with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::faults::FaultFiles;
use crate::model::{
    Annotator, CURATED, CandidateRule, Catalogue, Change, Decision, DismissReason, Doubt, Evidence, Example,
    Experience, Extractor, Field, Indicator, Language, Layer, Lesson, Measure, Memory, Observation, Origin,
    Project, Provenance, RejectReason, Report, ReportId, Role, RuleEffect, Ruling, Score, Span, Suggestion,
    Tint, Value, ValueNature, ValueType,
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

/// A project of reports, catalogue, decisions and suggestions.
pub fn plain() -> Opened {
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
        reports: vec![report("000_泉州", TEXT), report("b", second)].into(),
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

/// A project with something of everything: what a review adds to `plain`.
pub fn everything() -> Opened {
    let mut opened = plain();
    let project = &mut opened.project;
    let (lin, wang, a): (Annotator, Annotator, ReportId) = ("林".into(), "王".into(), "000_泉州".into());
    project.extractor = Some(Extractor {
        name: "tagger".to_owned(),
        command: vec!["python3".to_owned(), "标注 \"a\".py".to_owned(), "-q".to_owned()],
        seconds: 300,
    });
    let layer = project.layers.get_mut(&lin).unwrap().get_mut(&a).unwrap();
    layer.reject(span(TEXT, "1.96%"), "built-in", Some(RejectReason::Value));
    layer.reject(span(TEXT, "1.96%"), "tagger", Some(RejectReason::Indicator));
    layer.reject(span(TEXT, "2023年"), "tagger", Some(RejectReason::NotAnIndicator));
    let theirs = Arc::new(tagged(TEXT, "06亿元"));
    layer.contest(span(TEXT, "239.06亿元"), Some(theirs));
    layer.contest(
        span(TEXT, "第1"),
        Some(Arc::new(dismissed(TEXT, "第1", DismissReason::Name))),
    );
    // Layers of rejections or conflicts alone are layers too.
    let mut rejecting = Layer::default();
    rejecting.reject(span(TEXT, "2000家"), "built-in", Some(RejectReason::Period));
    let mut contested = Layer::default();
    let theirs = dismissed("第二份报告：投入12亿元。", "12亿元", DismissReason::Date);
    contested.contest(theirs.span, Some(Arc::new(theirs)));
    let layers = BTreeMap::from([(a.clone(), rejecting), ("b".into(), contested)]);
    project.layers.insert(wang.clone(), layers);
    let mut unanimous = dismissed(TEXT, "2023年", DismissReason::Date);
    unanimous.provenance = Some(Provenance::Unanimous);
    let mut adjudicated = Decision {
        proposed: Some(Arc::new(Ruling::Dismissed(DismissReason::Criterion))),
        ..tagged(TEXT, "239.06亿元")
    };
    adjudicated.provenance = Some(Provenance::Adjudicated { by: wang.clone() });
    let curated = BTreeMap::from([(a, self::layer([unanimous, adjudicated]))]);
    project.layers.insert(CURATED.into(), curated);
    project.memories = BTreeMap::from([(lin.clone(), memory())]);
    let waived = [("scale/000_泉州/24", "原文如此"), ("sum/b/8", "含\"其他\"\n两行")];
    let waived = waived.map(|(finding, reason)| (finding.to_owned(), reason.to_owned()));
    project.waivers = BTreeMap::from([(lin, BTreeMap::from(waived))]);
    opened
}

fn memory() -> Memory {
    let mut memory = Memory::default();
    let lessons = [
        Lesson::Name {
            words: "研发\"投入\"".to_owned(),
            indicator: "rd_expenditure".into(),
        },
        Lesson::Rename {
            proposed: "全社会R&D".to_owned(),
            words: "R&D投入".to_owned(),
        },
        Lesson::Never {
            phrase: "居全省第#".to_owned(),
            reason: DismissReason::Irrelevant,
        },
        Lesson::Unit {
            indicator: "rd_expenditure".into(),
            unit: "元".to_owned(),
        },
        Lesson::Nature {
            words: "力争".to_owned(),
            nature: ValueNature::Target,
        },
    ];
    for (n, lesson) in (1..).zip(lessons) {
        let examples = vec![Example {
            report: "b".into(),
            words: "投入12亿元".to_owned(),
        }];
        let experience = Experience {
            taught: n,
            hits: n / 2,
            misses: n / 3,
            examples: if n == 2 { Vec::new() } else { examples },
        };
        memory.set(lesson, Some(experience));
    }
    memory
}

/// How the value of the sample came to be tagged, by two people.
pub fn changes() -> Vec<Change> {
    let (lin, wang): (Annotator, Annotator) = ("林".into(), "王".into());
    let first = Arc::new(dismissed(TEXT, "239.06亿元", DismissReason::Name));
    let second = Arc::new(tagged(TEXT, "239.06亿元"));
    let other = Arc::new(dismissed(TEXT, "第1", DismissReason::Irrelevant));
    let change =
        |at: u64, by: &Annotator, before: Option<&Arc<Decision>>, after: Option<&Arc<Decision>>| Change {
            at: 1_764_000_000_000 + at,
            took: (at != 2).then_some(1200),
            by: by.clone(),
            gesture: "dismiss.\"name\"\n".to_owned(),
            span: before.or(after).unwrap().span,
            before: before.cloned(),
            after: after.cloned(),
        };
    vec![
        change(1, &lin, None, Some(&first)),
        change(2, &lin, None, Some(&other)),
        change(3, &wang, Some(&first), Some(&second)),
        change(4, &lin, Some(&other), None),
        change(5, &lin, None, Some(&other)),
    ]
}

/// The part that adds changes to the timeline of the sample.
pub fn timeline(changes: &[Change]) -> Part {
    Part::Timeline {
        annotator: "林".into(),
        report: "000_泉州".into(),
        changes: changes.to_vec(),
        text: TEXT.into(),
    }
}

/// All parts of a project, in no helpful order.
pub fn parts(opened: &Opened) -> Vec<Part> {
    let Opened { project, texts, .. } = opened;
    let mut parts = vec![
        Part::Head {
            title: project.title.clone(),
            language: project.language,
            extractor: project.extractor.clone(),
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
    parts.extend(project.memories.iter().map(|(annotator, memory)| Part::Memory {
        annotator: annotator.clone(),
        memory: memory.clone(),
    }));
    parts.extend(project.waivers.iter().map(|(annotator, waivers)| Part::Waivers {
        annotator: annotator.clone(),
        waivers: waivers.clone(),
    }));
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
