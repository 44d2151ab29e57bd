//! Whether what a person decides on in some reports makes the suggestions for the next ones better.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use indicator_annotator::extract::{self, Context};
use indicator_annotator::model::{
    Catalogue, Comparator, Decision, DismissReason, Fingerprint, Indicator, Measure, Memory, Mention,
    Observation, Report, ReportId, Role, Ruling, Span, Suggestion, Value, ValueNature, ValueType,
};
use indicator_annotator::number;
use indicator_annotator::text::outline::Outline;
use indicator_annotator::text::read;
use serde_json::Value as Json;

/// A report with the decisions that it should end up with.
pub struct Sample {
    report: Report,
    text: String,
    outline: Outline,
    mentions: Vec<Mention>,
    suggestions: Vec<Suggestion>,
    gold: Vec<Decision>,
}

/// How many of the suggestions for a report are right.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    gold: usize,
    /// Right as a whole, with a name that covers half of the gold's or half of itself.
    whole: usize,
    /// Right as a whole with exactly the gold's name.
    exact: usize,
    /// Values suggested that are none.
    spurious: usize,
    roles: usize,
    fields: [usize; FIELDS.len()],
}

/// What is counted by itself.
const FIELDS: [&str; 10] = [
    "found", "span", "value", "unit", "comp", "measure", "nature", "period", "area", "name",
];

impl Tally {
    /// How many more values are right than in another tally, by the name rule that is worse.
    pub fn worst(&self, without: &Self) -> isize {
        let more = |a: usize, b: usize| a.cast_signed() - b.cast_signed();
        more(self.whole, without.whole).min(more(self.exact, without.exact))
    }
}

impl Sample {
    fn context<'a>(&'a self, catalogue: &'a Catalogue) -> Context<'a> {
        Context {
            text: &self.text,
            outline: &self.outline,
            report: &self.report,
            catalogue,
        }
    }

    fn reminded(&self, memory: &Memory, catalogue: &Catalogue) -> Vec<Suggestion> {
        let mut suggestions = self.suggestions.clone();
        extract::remind(memory, &self.context(catalogue), &self.mentions, &mut suggestions);
        suggestions
    }
}

/// The reports of a folder of gold files, whose texts stand in `texts`.
pub fn samples(gold: &Path, texts: &Path, catalogue: &Catalogue) -> Vec<Sample> {
    let mut files: Vec<PathBuf> = fs::read_dir(gold)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    files.iter().map(|path| sample(path, texts, catalogue)).collect()
}

fn sample(gold: &Path, texts: &Path, catalogue: &Catalogue) -> Sample {
    let stem = gold.file_stem().unwrap().to_str().unwrap();
    let name = format!("{stem}.txt");
    let reading = read::read(&fs::read(texts.join(&name)).unwrap(), &name, None).unwrap();
    let metadata = reading.metadata.clone();
    let report = Report {
        id: ReportId::from(stem),
        title: metadata.title,
        issuer: metadata.issuer,
        date: metadata.date,
        area: metadata.area,
        period: metadata.period,
        original: name,
        encoding: String::new(),
        fingerprint: Fingerprint::default(),
    };
    let shown = |row: &Json| {
        let span = (row[0].as_u64()? as usize, row[1].as_u64()? as usize);
        reading.source_map.shown_span(span, &reading.text)
    };
    let lines = fs::read_to_string(gold).unwrap();
    let rows = lines
        .lines()
        .map(|line| serde_json::from_str::<Json>(line).unwrap());
    let gold = rows.map(|row| {
        let span = shown(&serde_json::json!([row["start"], row["end"]])).unwrap();
        let ruling = match Role::from_code(row["role"].as_str().unwrap()).unwrap() {
            Role::Indicator => Ruling::Tagged(Box::new(observation(&row, shown(&row["indicator_span"])))),
            role => Ruling::Dismissed(Option::<DismissReason>::from(role).unwrap()),
        };
        Decision::manual(span, ruling)
    });
    let gold = gold.collect();
    let outline = Outline::of(&reading.text);
    let mentions = number::mentions(&reading.text);
    let cx = Context {
        text: &reading.text,
        outline: &outline,
        report: &report,
        catalogue,
    };
    let suggestions = extract::suggest(&cx, &mentions);
    Sample {
        report,
        text: reading.text.clone(),
        outline,
        mentions,
        suggestions,
        gold,
    }
}

fn observation(row: &Json, name: Option<Span>) -> Observation {
    let words = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let value = |key: &str| words(key).parse().unwrap();
    Observation {
        indicator_text: words("indicator_text"),
        indicator_span: name,
        value_type: ValueType::from_code(&words("value_type")).unwrap(),
        value: if row["value"].is_string() {
            Value::Exact(value("value")).normalized()
        } else {
            Value::Range(value("value_min"), value("value_max")).normalized()
        },
        unit: words("unit"),
        comparator: Comparator::from_code(&words("comparator")).unwrap(),
        measure: Measure::from_code(&words("measure")).unwrap(),
        value_nature: ValueNature::from_code(&words("value_nature")).unwrap(),
        time_period: words("time_period"),
        ref_area: words("ref_area"),
        ref_scope: words("ref_scope"),
        ..Observation::default()
    }
}

/// One to one, those with the most words in common first.
fn pairs(ours: &[Span], gold: &[Span]) -> Vec<(usize, usize)> {
    let common = |a: Span, b: Span| a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let mut all = Vec::new();
    for (i, &a) in ours.iter().enumerate() {
        let from = gold.partition_point(|b| b.end <= a.start);
        for (j, &b) in gold
            .iter()
            .enumerate()
            .skip(from)
            .take_while(|(_, b)| b.start < a.end)
        {
            all.push((std::cmp::Reverse(common(a, b)), i, j));
        }
    }
    all.sort_unstable();
    let (mut left, mut right, mut found) = (vec![false; ours.len()], vec![false; gold.len()], Vec::new());
    for (_, i, j) in all {
        if !left[i] && !right[j] {
            (left[i], right[j]) = (true, true);
            found.push((i, j));
        }
    }
    found
}

fn is_named(a: Option<Span>, b: Option<Span>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let common = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    2 * common >= a.len().min(b.len())
}

/// Which of the fields are right, without the span.
fn right(ours: &Observation, gold: &Observation) -> [bool; 8] {
    let unit = |unit: &str| unit.replace("人民币", "").replace('個', "个");
    let area = |area: &str| area.trim_end_matches(['市', '省', '县', '区']).to_owned();
    [
        ours.value == gold.value,
        unit(&ours.unit) == unit(&gold.unit),
        ours.comparator == gold.comparator,
        ours.measure == gold.measure,
        ours.value_nature == gold.value_nature,
        ours.time_period == gold.time_period,
        area(&ours.ref_area) == area(&gold.ref_area),
        is_named(ours.indicator_span, gold.indicator_span),
    ]
}

/// Counts what is right, as `score.py` beside the gold does.
fn tally(sample: &Sample, suggestions: &[Suggestion]) -> Tally {
    let mut tally = Tally::default();
    let ruling = |span: Span| suggestions.iter().find(|s| s.span == span).map(|s| &s.ruling);
    let role = |ruling: &Ruling| match ruling {
        Ruling::Tagged(_) => Some(Role::Indicator),
        Ruling::Dismissed(reason) => Option::<Role>::from(*reason),
    };
    let ours: Vec<Span> = sample.mentions.iter().map(|mention| mention.span).collect();
    let gold: Vec<Span> = sample.gold.iter().map(|decision| decision.span).collect();
    for (i, j) in pairs(&ours, &gold) {
        let mention = &sample.mentions[i];
        let found = ruling(mention.span).map_or(Some(mention.role), role);
        tally.roles += usize::from(found == role(&sample.gold[j].ruling));
    }
    let ours: Vec<_> = suggestions
        .iter()
        .filter_map(|s| Some((s.span, s.ruling.observation()?)))
        .collect();
    let gold: Vec<_> = sample
        .gold
        .iter()
        .filter_map(|s| Some((s.span, s.ruling.observation()?)))
        .collect();
    let spans = |all: &[(Span, &Observation)]| all.iter().map(|(span, _)| *span).collect::<Vec<_>>();
    let found = pairs(&spans(&ours), &spans(&gold));
    tally.gold = gold.len();
    tally.spurious = ours.len() - found.len();
    for (i, j) in found {
        let (span, observation) = ours[i];
        let (gold_span, expected) = gold[j];
        let fields = right(observation, expected);
        let is_span = span == gold_span;
        let all = std::iter::once(true).chain([is_span]).chain(fields);
        for (count, right) in tally.fields.iter_mut().zip(all) {
            *count += usize::from(right);
        }
        let whole = is_span && fields.iter().all(|right| *right);
        tally.whole += usize::from(whole);
        tally.exact += usize::from(whole && observation.indicator_span == expected.indicator_span);
    }
    tally
}

/// What a person makes of a proposal: what is right stays, what is wrong is put right.
fn corrected(proposed: &Observation, gold: &Observation) -> Observation {
    let right = right(proposed, gold);
    let mut observation = proposed.clone();
    if !right[0] || !right[1] {
        (observation.value, observation.unit) = (gold.value, gold.unit.clone());
    }
    observation.comparator = gold.comparator;
    observation.measure = gold.measure;
    observation.value_nature = gold.value_nature;
    observation.time_period.clone_from(&gold.time_period);
    if !right[6] {
        observation.ref_area.clone_from(&gold.ref_area);
    }
    if proposed.indicator_span != gold.indicator_span {
        observation.indicator_span = gold.indicator_span;
        observation.indicator_text.clone_from(&gold.indicator_text);
        observation.indicator = None;
    }
    observation
}

/// Teaches a memory by bringing a report's suggestions to the gold, one after another, and returns each suggestion as
/// it stood when it was its turn.
fn teach(memory: &mut Memory, sample: &Sample, catalogue: &Catalogue) -> Vec<Suggestion> {
    let cx = sample.context(catalogue);
    let learn = |memory: &mut Memory, decision: &Decision| {
        for (lesson, experience) in extract::learn(memory, &cx, &sample.mentions, None, Some(decision)) {
            memory.set(lesson, experience);
        }
    };
    let ours: Vec<Span> = sample
        .suggestions
        .iter()
        .map(|suggestion| suggestion.span)
        .collect();
    let gold: Vec<Span> = sample.gold.iter().map(|decision| decision.span).collect();
    let paired: BTreeMap<usize, usize> = pairs(&ours, &gold).into_iter().collect();
    let mut seen = Vec::new();
    for (i, &span) in ours.iter().enumerate() {
        let now = sample.reminded(memory, catalogue);
        let suggestion = now
            .into_iter()
            .find(|suggestion| suggestion.span == span)
            .unwrap();
        let decision = match paired.get(&i).map(|&j| &sample.gold[j]) {
            None => Decision::accepted(&suggestion).ruled(Ruling::Dismissed(DismissReason::Idiom)),
            Some(expected) => {
                let ruling = match (&expected.ruling, &suggestion.ruling) {
                    (Ruling::Tagged(gold), Ruling::Tagged(ours)) => {
                        Ruling::Tagged(Box::new(corrected(ours, gold)))
                    }
                    (ruling, _) => ruling.clone(),
                };
                if span == expected.span {
                    Decision::accepted(&suggestion).ruled(ruling)
                } else {
                    Decision::manual(expected.span, ruling)
                }
            }
        };
        learn(memory, &decision);
        seen.push(suggestion);
    }
    let done: Vec<usize> = paired.into_values().collect();
    for (j, expected) in sample.gold.iter().enumerate() {
        if let Ruling::Tagged(gold) = &expected.ruling
            && !done.contains(&j)
        {
            let draft = extract::draft_reminded(memory, &cx, &sample.mentions, expected.span);
            let ruling = Ruling::Tagged(Box::new(corrected(&draft, gold)));
            learn(memory, &Decision::manual(expected.span, ruling));
        }
    }
    seen
}

/// Replays reports in an order. For each, what is right without memory, with that of the reports before it, and with
/// that of every decision before the suggestion's turn.
pub fn replay(samples: &[Sample], order: &[usize], catalogue: &Catalogue) -> (Vec<[Tally; 3]>, Memory) {
    let mut memory = Memory::default();
    let mut tallies = Vec::new();
    for &at in order {
        let sample = &samples[at];
        let with = sample.reminded(&memory, catalogue);
        let live = teach(&mut memory, sample, catalogue);
        tallies.push([&sample.suggestions, &with, &live].map(|suggestions| tally(sample, suggestions)));
    }
    (tallies, memory)
}

/// The same orders each time: as they are, backwards, and `more` mixed ones.
pub fn orders(count: usize, more: usize) -> Vec<Vec<usize>> {
    let forth: Vec<usize> = (0..count).collect();
    let back = forth.iter().rev().copied().collect();
    let mut orders = vec![forth.clone(), back];
    let mut seed: u64 = 20_260_101;
    for _ in 0..more {
        let mut mixed = forth.clone();
        for at in (1..count).rev() {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            mixed.swap(at, (seed >> 33) as usize % (at + 1));
        }
        orders.push(mixed);
    }
    orders
}

/// One line a report, and the sum.
pub fn table(samples: &[Sample], order: &[usize], tallies: &[[Tally; 3]]) -> String {
    let mut table = format!(
        "{:28}{:>6}{:>15}{:>15}{:>15}{:>15}",
        "report", "gold", "whole", "exact name", "spurious", "roles"
    );
    for name in FIELDS {
        table += format!("{name:>14}").as_str();
    }
    let mut sum = [Tally::default(); 3];
    let line = |name: &str, [without, with, live]: &[Tally; 3]| {
        let row = |a: usize, b: usize, c: usize| {
            if a == b && b == c {
                format!("{a}")
            } else {
                format!("{a}>{b}>{c}")
            }
        };
        let mut line = format!("\n{name:28}{:>6}", without.gold);
        for (a, b, c) in [
            (without.whole, with.whole, live.whole),
            (without.exact, with.exact, live.exact),
            (without.spurious, with.spurious, live.spurious),
            (without.roles, with.roles, live.roles),
        ] {
            line += format!("{:>15}", row(a, b, c)).as_str();
        }
        for ((a, b), c) in without.fields.iter().zip(with.fields).zip(live.fields) {
            line += format!("{:>14}", row(*a, b, c)).as_str();
        }
        line
    };
    for (&at, pair) in order.iter().zip(tallies) {
        table.push_str(&line(&samples[at].report.id.0, pair));
        for (sum, one) in sum.iter_mut().zip(pair) {
            add(sum, one);
        }
    }
    table.push_str(&line("sum", &sum));
    table
}

fn add(sum: &mut Tally, one: &Tally) {
    sum.gold += one.gold;
    sum.whole += one.whole;
    sum.exact += one.exact;
    sum.spurious += one.spurious;
    sum.roles += one.roles;
    for (sum, one) in sum.fields.iter_mut().zip(one.fields) {
        *sum += one;
    }
}

/// The indicators that come with the program.
pub fn catalogue(assets: &Path) -> Catalogue {
    let mut indicators: Vec<Indicator> = Vec::new();
    for name in ["science-technology", "government-work-report"] {
        let words = fs::read_to_string(assets.join(format!("catalogues/{name}.ron"))).unwrap();
        for indicator in ron::from_str::<Catalogue>(&words).unwrap().indicators {
            if indicators.iter().all(|known| known.id != indicator.id) {
                indicators.push(indicator);
            }
        }
    }
    Catalogue { indicators }
}

#[test]
fn later_reports_are_suggested_better_with_the_memory_of_the_earlier_ones() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let gold = root.join("../shared/gold");
    if !gold.exists() {
        eprintln!("skipped: the annotated reports are not at {}", gold.display());
        return;
    }
    let catalogue = catalogue(&root.join("assets"));
    let samples = samples(&gold, &root.join("../shared/reports"), &catalogue);
    for order in orders(samples.len(), 0) {
        let (tallies, _) = replay(&samples, &order, &catalogue);
        let table = table(&samples, &order, &tallies);
        let sum = |at: usize, count: fn(&Tally) -> usize| {
            tallies.iter().map(|pair| count(&pair[at])).sum::<usize>()
        };
        assert!(sum(1, |t| t.exact) > sum(0, |t| t.exact), "no better:\n{table}");
        assert!(
            sum(2, |t| t.exact) > sum(1, |t| t.exact),
            "no better at once:\n{table}"
        );
        assert!(sum(1, |t| t.whole) >= sum(0, |t| t.whole), "worse:\n{table}");
        for [without, with, live] in &tallies {
            assert!(
                with.worst(without) >= -1 && live.worst(without) >= -1,
                "worse:\n{table}"
            );
        }
    }
}
