//! Merging what the whole project shares: reports, catalogue, rules, guidelines, memories and waivers.

use std::collections::{BTreeMap, BTreeSet};

use super::Conflict;
use super::pick::{Pick, pick, scalar};
use crate::model::{
    Annotator, CandidateRule, Catalogue, Experience, Indicator, IndicatorId, Language, Memory, Project,
    Report,
};

/// The three copies.
pub(super) struct Lists<'a> {
    pub base: Option<&'a Project>,
    pub ours: &'a Project,
    pub theirs: &'a Project,
}

/// Things by their keys.
pub(super) fn keyed<'a, T, K: Ord>(things: &'a [T], key: impl Fn(&'a T) -> K) -> BTreeMap<K, &'a T> {
    things.iter().map(|thing| (key(thing), thing)).collect()
}

/// The keys of both, in their order.
pub(super) fn keys<K: Ord + Copy, V>(
    ours: &BTreeMap<K, V>,
    theirs: &BTreeMap<K, V>,
) -> impl Iterator<Item = K> {
    let all: BTreeSet<K> = ours.keys().chain(theirs.keys()).copied().collect();
    all.into_iter()
}

/// Merges two ordered lists by key: ours in our order, then what only they have in theirs.
fn merge_list<T: PartialEq + Clone, K: Ord>(
    sides: [&[T]; 3],
    key: impl for<'t> Fn(&'t T) -> K,
    is_used: impl Fn(&T) -> bool,
    mut both: impl FnMut(Option<&T>, &T, &T) -> T,
) -> Vec<T> {
    let [base, ours, theirs] = sides.map(|side| {
        side.iter()
            .map(|thing| (key(thing), thing))
            .collect::<BTreeMap<_, _>>()
    });
    let only_theirs = sides[2].iter().filter(|thing| !ours.contains_key(&key(thing)));
    let mut merged = Vec::with_capacity(sides[1].len());
    for thing in sides[1].iter().chain(only_theirs) {
        let key = key(thing);
        let (known, mine, other) = (base.get(&key), ours.get(&key), theirs.get(&key));
        match (mine, other) {
            (Some(mine), Some(other)) => merged.push(both(known.copied(), mine, other)),
            // It is gone on one side; a deleted one stays where the other side has changed or still uses it.
            _ if known.is_none_or(|known| **known != *thing) || is_used(thing) => merged.push(thing.clone()),
            _ => {}
        }
    }
    merged
}

impl Lists<'_> {
    fn sides<'s, T>(&'s self, list: impl Fn(&'s Project) -> &'s [T]) -> [&'s [T]; 3] {
        [self.base.map_or(&[], &list), list(self.ours), list(self.theirs)]
    }

    /// The reports; one with decisions or suggestions in what is merged stays.
    pub fn reports(&self, merged: &Project, conflicts: &mut Vec<Conflict>) -> Vec<Report> {
        let is_used = |report: &Report| merged.is_annotated(&report.id);
        let key = |report: &Report| report.id.clone();
        let reports = self.sides(|project| &project.reports);
        merge_list(reports, key, is_used, |base, ours, theirs| {
            merge_report(base, ours, theirs, conflicts)
        })
    }

    /// The catalogue; an entry that values in what is merged are tagged with stays.
    pub fn catalogue(&self, merged: &Project, conflicts: &mut Vec<Conflict>) -> Catalogue {
        let used: BTreeSet<&IndicatorId> = merged.used_indicators().collect();
        let is_used = |indicator: &Indicator| used.contains(&indicator.id);
        let key = |indicator: &Indicator| indicator.id.clone();
        let entries = self.sides(|project| &project.catalogue.indicators);
        let indicators = merge_list(entries, key, is_used, |base, ours, theirs| {
            merge_indicator(base, ours, theirs, conflicts)
        });
        Catalogue { indicators }
    }

    /// The rules, told apart by name and pattern: where both changed a pattern, both rules stay.
    pub fn rules(&self, conflicts: &mut Vec<Conflict>) -> Vec<CandidateRule> {
        let key = |rule: &CandidateRule| (rule.name.clone(), rule.pattern.clone());
        let rules = self.sides(|project| &project.rules);
        merge_list(
            rules,
            key,
            |_| false,
            |base, ours, theirs| {
                let (rule, is_contested) = scalar(base, ours, theirs);
                if is_contested {
                    conflicts.push(Conflict::Rule {
                        name: rule.name.clone(),
                    });
                }
                rule
            },
        )
    }

    /// The guidelines: where both changed them, what is new in theirs follows ours.
    pub fn guidelines(&self, conflicts: &mut Vec<Conflict>) -> String {
        let (ours, theirs) = (&self.ours.guidelines, &self.theirs.guidelines);
        let base = self.base.map(|base| &base.guidelines);
        let (merged, is_contested) = scalar(base, ours, theirs);
        let known: BTreeSet<&str> = [Some(ours), base]
            .into_iter()
            .flatten()
            .flat_map(|words| paragraphs(words))
            .collect();
        let new: Vec<&str> = paragraphs(theirs)
            .filter(|words| !known.contains(words))
            .collect();
        if !is_contested || new.is_empty() {
            return merged;
        }
        if ours.trim().is_empty() {
            return theirs.clone();
        }
        conflicts.push(Conflict::Guidelines);
        let heading = match self.ours.language {
            Language::Chinese => "## 另一份指南中的新内容",
            Language::English => "## New in the other copy",
        };
        format!("{}\n\n{heading}\n\n{}\n", merged.trim_end(), new.join("\n\n"))
    }

    /// The memories: what both sides have learnt since is added up.
    pub fn memories(&self) -> BTreeMap<Annotator, Memory> {
        let annotators: BTreeSet<&Annotator> = self
            .ours
            .memories
            .keys()
            .chain(self.theirs.memories.keys())
            .collect();
        let none = Memory::default();
        let of = |project: &'_ Project, annotator: &Annotator| project.memories.get(annotator).cloned();
        let mut memories = BTreeMap::new();
        for annotator in annotators {
            let base = self.base.map(|base| of(base, annotator).unwrap_or_default());
            let [ours, theirs] = [self.ours, self.theirs].map(|project| of(project, annotator));
            let (ours, theirs) = (ours.as_ref().unwrap_or(&none), theirs.as_ref().unwrap_or(&none));
            let memory = merge_memory(base.as_ref(), ours, theirs);
            if !memory.is_empty() {
                memories.insert(annotator.clone(), memory);
            }
        }
        memories
    }

    /// The waivers; where both give another reason for one finding, it has both.
    pub fn waivers(&self) -> BTreeMap<Annotator, BTreeMap<String, String>> {
        let all = [Some(self.ours), Some(self.theirs)].into_iter().flatten();
        let all: BTreeSet<(&Annotator, &String)> = all
            .flat_map(|project| &project.waivers)
            .flat_map(|(annotator, waivers)| waivers.keys().map(move |finding| (annotator, finding)))
            .collect();
        let mut merged: BTreeMap<Annotator, BTreeMap<String, String>> = BTreeMap::new();
        for (annotator, finding) in all {
            let reason = |project: &'_ Project| project.waivers.get(annotator)?.get(finding).cloned();
            let [base, ours, theirs] =
                [self.base, Some(self.ours), Some(self.theirs)].map(|project| project.and_then(reason));
            let stands = match pick(base.as_ref(), ours.as_ref(), theirs.as_ref()) {
                Pick::Contested => ours.zip(theirs).map(|(ours, theirs)| join(&ours, &theirs, "; ")),
                picked => picked.of(ours, theirs),
            };
            if let Some(reason) = stands {
                let waivers = merged.entry(annotator.clone()).or_default();
                waivers.insert(finding.clone(), reason);
            }
        }
        merged
    }
}

fn paragraphs(words: &str) -> impl Iterator<Item = &str> {
    let paragraphs = words.split("\n\n").map(str::trim);
    paragraphs.filter(|paragraph| !paragraph.is_empty())
}

/// Both words, unless one says it all.
fn join(ours: &str, theirs: &str, between: &str) -> String {
    if ours.contains(theirs) {
        ours.to_owned()
    } else if theirs.contains(ours) {
        theirs.to_owned()
    } else {
        format!("{ours}{between}{theirs}")
    }
}

fn merge_report(
    base: Option<&Report>,
    ours: &Report,
    theirs: &Report,
    conflicts: &mut Vec<Conflict>,
) -> Report {
    let mut conflict = |field, theirs: &str| {
        conflicts.push(Conflict::Report {
            report: ours.id.clone(),
            field,
            theirs: theirs.to_owned(),
        });
    };
    let mut words = |field, of: fn(&Report) -> &String| {
        let (stands, is_contested) = scalar(base.map(of), of(ours), of(theirs));
        if is_contested {
            conflict(field, of(theirs));
        }
        stands
    };
    let (title, issuer) = (words("title", |r| &r.title), words("issuer", |r| &r.issuer));
    let (date, area) = (words("date", |r| &r.date), words("area", |r| &r.area));
    let period = words("period", |r| &r.period);
    // The file, its encoding and its text are one thing.
    let text = |report: &Report| {
        let Report {
            original,
            encoding,
            fingerprint,
            ..
        } = report.clone();
        (original, encoding, fingerprint)
    };
    let (stands, is_contested) = scalar(base.map(text).as_ref(), &text(ours), &text(theirs));
    if is_contested {
        conflict("text", &theirs.fingerprint.sha256);
    }
    let (original, encoding, fingerprint) = stands;
    Report {
        id: ours.id.clone(),
        title,
        issuer,
        date,
        area,
        period,
        original,
        encoding,
        fingerprint,
    }
}

fn merge_indicator(
    base: Option<&Indicator>,
    ours: &Indicator,
    theirs: &Indicator,
    conflicts: &mut Vec<Conflict>,
) -> Indicator {
    let mut conflict = |is_contested: bool, field, theirs: String| {
        if is_contested {
            conflicts.push(Conflict::Indicator {
                id: ours.id.clone(),
                field,
                theirs,
            });
        }
    };
    let number =
        |number: Option<crate::model::Decimal>| number.map(|number| number.to_string()).unwrap_or_default();
    let mut aliases = merge_list(
        [
            base.map_or(&[], |base| &base.aliases),
            &ours.aliases,
            &theirs.aliases,
        ],
        String::clone,
        |_| false,
        |_, ours, _| ours.clone(),
    );
    let (name, is_contested) = scalar(base.map(|base| &base.name), &ours.name, &theirs.name);
    conflict(is_contested, "name", theirs.name.clone());
    if is_contested && !aliases.contains(&theirs.name) {
        aliases.push(theirs.name.clone());
    }
    let (name_en, is_contested) = scalar(base.map(|base| &base.name_en), &ours.name_en, &theirs.name_en);
    conflict(is_contested, "name_en", theirs.name_en.clone());
    let (value_type, is_contested) = scalar(
        base.map(|base| &base.value_type),
        &ours.value_type,
        &theirs.value_type,
    );
    conflict(is_contested, "value_type", theirs.value_type.to_string());
    let (unit, is_contested) = scalar(base.map(|base| &base.unit), &ours.unit, &theirs.unit);
    conflict(is_contested, "unit", theirs.unit.clone());
    let (min, is_contested) = scalar(base.map(|base| &base.min), &ours.min, &theirs.min);
    conflict(is_contested, "min", number(theirs.min));
    let (max, is_contested) = scalar(base.map(|base| &base.max), &ours.max, &theirs.max);
    conflict(is_contested, "max", number(theirs.max));
    let (mut note, is_contested) = scalar(base.map(|base| &base.note), &ours.note, &theirs.note);
    if is_contested {
        note = join(&ours.note, &theirs.note, "\n");
    }
    Indicator {
        id: ours.id.clone(),
        name,
        name_en,
        aliases,
        value_type,
        unit,
        min,
        max,
        tint: scalar(base.map(|base| &base.tint), &ours.tint, &theirs.tint).0,
        pinned: scalar(base.map(|base| &base.pinned), &ours.pinned, &theirs.pinned).0,
        note,
    }
}

/// Counts of both sides since the base are added up; without a base the larger ones stand, for two copies have
/// most of their past in common.
fn merge_memory(base: Option<&Memory>, ours: &Memory, theirs: &Memory) -> Memory {
    let mut merged = Memory::default();
    let lessons: BTreeSet<_> = ours
        .iter()
        .chain(theirs.iter())
        .map(|(lesson, _)| lesson)
        .collect();
    for lesson in lessons {
        let known = base.and_then(|base| base.get(lesson));
        let stands = match (ours.get(lesson), theirs.get(lesson)) {
            (Some(mine), Some(other)) => {
                let common = match base {
                    Some(_) => known.cloned().unwrap_or_default(),
                    None => in_common(mine, other),
                };
                Some(add_up(&common, mine, other))
            }
            (Some(one), None) | (None, Some(one)) => (known != Some(one)).then(|| one.clone()),
            (None, None) => None,
        };
        merged.set(lesson.clone(), stands);
    }
    merged
}

fn in_common(ours: &Experience, theirs: &Experience) -> Experience {
    Experience {
        taught: ours.taught.min(theirs.taught),
        hits: ours.hits.min(theirs.hits),
        misses: ours.misses.min(theirs.misses),
        examples: Vec::new(),
    }
}

fn add_up(base: &Experience, ours: &Experience, theirs: &Experience) -> Experience {
    let sum = |of: fn(&Experience) -> u32| of(ours).saturating_add(of(theirs)).saturating_sub(of(base));
    let most = ours.examples.len().max(theirs.examples.len());
    let mut examples = ours.examples.clone();
    if theirs.examples != base.examples {
        let new = theirs
            .examples
            .iter()
            .filter(|example| !ours.examples.contains(example));
        examples.extend(new.cloned());
        // The newest are the last ones.
        examples.drain(..examples.len().saturating_sub(most));
    }
    Experience {
        taught: sum(|experience| experience.taught),
        hits: sum(|experience| experience.hits),
        misses: sum(|experience| experience.misses),
        examples,
    }
}
