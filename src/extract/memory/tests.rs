//! Decisions in, other suggestions out.

use super::{draft_reminded, learn, remind};
use crate::extract::{Context, suggest};
use crate::model::{
    Catalogue, Decision, DismissReason, Evidence, Field, Fingerprint, Indicator, IndicatorId, Lesson, Memory,
    Mention, Observation, Report, ReportId, Ruling, Span, Suggestion, Tint, ValueNature, ValueType,
};
use crate::number;
use crate::text::outline::Outline;

/// A report that is being decided on.
struct Desk {
    text: String,
    outline: Outline,
    report: Report,
    catalogue: Catalogue,
    mentions: Vec<Mention>,
}

impl Desk {
    fn new(text: &str) -> Self {
        let entry = |id: &str, name: &str, value_type, unit: &str| Indicator {
            id: IndicatorId::from(id),
            name: name.to_owned(),
            name_en: String::new(),
            aliases: Vec::new(),
            value_type,
            unit: unit.to_owned(),
            min: None,
            max: None,
            tint: Tint::default(),
            pinned: false,
            note: String::new(),
        };
        let report = Report {
            id: ReportId::from("r"),
            title: "2024年工作总结".to_owned(),
            issuer: String::new(),
            date: String::new(),
            area: "泉州市".to_owned(),
            period: "2024".to_owned(),
            original: String::new(),
            encoding: String::new(),
            fingerprint: Fingerprint::default(),
        };
        Self {
            text: text.to_owned(),
            outline: Outline::of(text),
            report,
            catalogue: Catalogue {
                indicators: vec![
                    entry("rd_expenditure", "研发经费", ValueType::Amount, "元"),
                    entry("rd_intensity", "研发经费占比", ValueType::Percent, "%"),
                    entry("gazelles", "瞪羚企业", ValueType::Count, "家"),
                ],
            },
            mentions: number::mentions(text),
        }
    }

    fn context(&self) -> Context<'_> {
        Context {
            text: &self.text,
            outline: &self.outline,
            report: &self.report,
            catalogue: &self.catalogue,
        }
    }

    fn suggestions(&self, memory: &Memory) -> Vec<Suggestion> {
        let mut all = suggest(&self.context(), &self.mentions);
        remind(memory, &self.context(), &self.mentions, &mut all);
        all
    }

    fn span(&self, words: &str) -> Span {
        let at = self.text.find(words).unwrap();
        Span::new(at, at + words.len())
    }

    fn suggestion(&self, memory: &Memory, words: &str) -> Suggestion {
        let span = self.span(words);
        let mut all = self.suggestions(memory).into_iter();
        all.find(|suggestion| suggestion.span == span).unwrap()
    }

    fn value(&self, memory: &Memory, words: &str) -> Observation {
        let ruling = self.suggestion(memory, words).ruling;
        ruling.observation().unwrap().clone()
    }

    /// Tags the number with what is suggested after a correction.
    fn tag(&self, memory: &mut Memory, words: &str, correct: impl FnOnce(&mut Observation)) -> Decision {
        let span = self.span(words);
        let mut observation = draft_reminded(memory, &self.context(), &self.mentions, span);
        correct(&mut observation);
        self.decide(memory, span, Ruling::Tagged(Box::new(observation)))
    }

    fn dismiss(&self, memory: &mut Memory, words: &str, reason: DismissReason) -> Decision {
        self.decide(memory, self.span(words), Ruling::Dismissed(reason))
    }

    fn decide(&self, memory: &mut Memory, span: Span, ruling: Ruling) -> Decision {
        let decision = Decision::manual(span, ruling);
        self.learn(memory, None, Some(&decision));
        decision
    }

    fn learn(&self, memory: &mut Memory, before: Option<&Decision>, after: Option<&Decision>) {
        for (lesson, experience) in learn(memory, &self.context(), &self.mentions, before, after) {
            memory.set(lesson, experience);
        }
    }

    /// Takes other words of the text as the name.
    fn name(&self, words: &str) -> impl FnOnce(&mut Observation) {
        let span = self.span(words);
        let words = words.to_owned();
        move |observation| {
            observation.indicator_text = words;
            observation.indicator_span = Some(span);
        }
    }
}

fn id(words: &str) -> IndicatorId {
    IndicatorId::from(words)
}

#[test]
fn words_that_were_tagged_with_an_indicator_name_it() {
    let mut memory = Memory::default();
    let first = Desk::new("科技投入强度达到2.37%。");
    first.tag(&mut memory, "2.37%", |observation| {
        observation.indicator = Some(id("rd_intensity"));
    });
    let next = Desk::new("全市科技投入强度提高到2.5%，比上年提高0.13个百分点。");
    for words in ["2.5%", "0.13个百分点"] {
        assert_eq!(
            next.value(&memory, words).indicator,
            Some(id("rd_intensity")),
            "{words}"
        );
    }
    let suggestion = next.suggestion(&memory, "2.5%");
    let lesson = Lesson::Name {
        words: "科技投入强度".to_owned(),
        indicator: IndicatorId::from("rd_intensity"),
    };
    assert_eq!(suggestion.reasons[0], Evidence::Learnt { lesson, times: 1 });
    assert_eq!(
        (
            suggestion.doubts[0].field,
            suggestion.doubts[0].alternative.as_str()
        ),
        (Field::Indicator, "")
    );
    let amount = Desk::new("科技投入强度资金达100亿元。");
    assert_eq!(
        amount.value(&memory, "100亿元").indicator,
        None,
        "its values are percentages"
    );
    let longer = Desk::new("规上企业科技投入强度达到3.1%。");
    assert_eq!(
        longer.value(&memory, "3.1%").indicator,
        Some(id("rd_intensity")),
        "the words end the name"
    );
}

#[test]
fn a_name_that_was_corrected_is_corrected_from_then_on() {
    let mut memory = Memory::default();
    let first = Desk::new("企业享受研发经费补助3亿元。");
    first.tag(&mut memory, "3亿元", first.name("研发经费补助"));
    let next = Desk::new("今年企业享受研发经费补助4亿元。");
    let value = next.value(&memory, "4亿元");
    assert_eq!(value.indicator_text, "研发经费补助");
    assert_eq!(value.indicator_span, Some(next.span("研发经费补助")));
    let doubts = next.suggestion(&memory, "4亿元").doubts;
    assert_eq!(doubts[0].alternative, "企业享受研发经费补助");
}

#[test]
fn what_was_corrected_back_rests() {
    let mut memory = Memory::default();
    let first = Desk::new("企业享受研发经费补助3亿元。");
    first.tag(&mut memory, "3亿元", first.name("研发经费补助"));
    first.tag(&mut memory, "3亿元", first.name("企业享受研发经费补助"));
    let lesson = Lesson::Rename {
        proposed: "企业享受研发经费补助".to_owned(),
        words: "研发经费补助".to_owned(),
    };
    let experience = memory.get(&lesson).unwrap();
    assert_eq!((experience.taught, experience.hits, experience.misses), (1, 0, 1));
    assert!(!lesson.acts(experience));
    assert_eq!(
        first.value(&memory, "3亿元").indicator_text,
        "企业享受研发经费补助"
    );
}

#[test]
fn what_was_accepted_counts() {
    let mut memory = Memory::default();
    let first = Desk::new("企业享受研发经费补助3亿元。");
    first.tag(&mut memory, "3亿元", first.name("研发经费补助"));
    let next = Desk::new("企业享受研发经费补助4亿元。");
    next.tag(&mut memory, "4亿元", |_| ());
    let (_, experience) = memory
        .iter()
        .find(|(lesson, _)| lesson.kind() == "rename")
        .unwrap();
    assert_eq!((experience.taught, experience.hits, experience.misses), (2, 1, 0));
    assert_eq!(experience.examples.len(), 2);
    assert_eq!(experience.examples[1].words, "企业享受研发经费补助4亿元");
}

#[test]
fn words_behind_a_name_are_learnt_for_other_names() {
    let mut memory = Memory::default();
    let first = Desk::new("研发经费占地区产值比重达到3.2%。");
    let raw = first.value(&memory, "3.2%");
    assert_eq!(raw.indicator_text, "研发经费");
    first.tag(&mut memory, "3.2%", first.name("研发经费占地区产值比重"));
    let next = Desk::new("海洋产业增加值占地区产值比重提高到30%，海洋产业增加值达900亿元。");
    assert_eq!(
        next.value(&memory, "30%").indicator_text,
        "海洋产业增加值占地区产值比重"
    );
    assert_eq!(next.value(&memory, "900亿元").indicator_text, "海洋产业增加值");
}

#[test]
fn numbers_in_a_dismissed_phrase_are_dismissed_until_one_is_tagged() {
    let mut memory = Memory::default();
    let first = Desk::new("来访人数：123次\n发布会3场。");
    first.dismiss(&mut memory, "123次", DismissReason::Irrelevant);
    let next = Desk::new("来访人数：4567次\n全年开放89次。");
    let rulings = |memory: &Memory| {
        ["4567次", "89次"].map(|words| next.suggestion(memory, words).ruling.observation().is_some())
    };
    assert_eq!(rulings(&memory), [false, true]);
    next.tag(&mut memory, "4567次", |_| ());
    assert_eq!(rulings(&memory), [true, true]);
}

#[test]
fn a_duplicate_teaches_nothing() {
    let mut memory = Memory::default();
    Desk::new("来访人数：123次。").dismiss(&mut memory, "123次", DismissReason::Duplicate);
    assert!(memory.is_empty());
}

#[test]
fn a_muted_number_that_was_tagged_is_suggested_next_time() {
    let mut memory = Memory::default();
    let words = "第十四届";
    let first = Desk::new("召开第十四届博览会。");
    assert!(first.suggestions(&memory).is_empty());
    let mention = first.mentions.first().unwrap().span;
    let ruling = Ruling::Tagged(Box::default());
    first.decide(&mut memory, mention, ruling);
    assert!(
        memory.iter().any(|(lesson, _)| lesson.kind() == "always"),
        "{words}"
    );
    let next = Desk::new("召开第十五届博览会。");
    let found = next.suggestions(&memory);
    assert_eq!(found.len(), 1);
    assert!(matches!(found[0].reasons[0], Evidence::Learnt { .. }));
}

#[test]
fn the_usual_unit_fills_a_table() {
    let mut memory = Memory::default();
    Desk::new("研发经费达1609亿元。").tag(&mut memory, "1609亿元", |_| ());
    let next = Desk::new("研发经费达1700。");
    let value = next.value(&memory, "1700");
    assert_eq!((value.unit.as_str(), value.unit_mult), ("元", 8));
    assert_eq!(value.value.to_string(), "170000000000");
    assert_eq!(value.value_type, ValueType::Amount);
}

#[test]
fn a_nature_and_a_place_are_learnt_by_their_words() {
    let mut memory = Memory::default();
    let first = Desk::new("拟安排研发经费5亿元。在洛秀片区，瞪羚企业达30家。");
    first.tag(&mut memory, "5亿元", |value| {
        value.value_nature = ValueNature::Target;
    });
    first.tag(&mut memory, "30家", |value| {
        value.ref_area = "洛秀片区".to_owned();
    });
    let next = Desk::new("拟安排研发经费6亿元。洛秀片区新增瞪羚企业3家。全市瞪羚企业达90家。");
    assert_eq!(next.value(&memory, "6亿元").value_nature, ValueNature::Target);
    assert_eq!(next.value(&memory, "3家").ref_area, "洛秀片区");
    assert_eq!(next.value(&memory, "90家").ref_area, "泉州市");
}

#[test]
fn a_decision_that_is_taken_back_takes_back_what_it_taught() {
    let mut memory = Memory::default();
    let desk = Desk::new("企业享受研发经费补助3亿元。来访人数：123次");
    let name = desk.tag(&mut memory, "3亿元", desk.name("研发经费补助"));
    let never = desk.dismiss(&mut memory, "123次", DismissReason::Irrelevant);
    assert!(!memory.is_empty());
    desk.learn(&mut memory, Some(&name), None);
    desk.learn(&mut memory, Some(&never), None);
    assert!(memory.is_empty(), "{memory:?}");
}

#[test]
fn no_memory_and_odd_spans_change_nothing() {
    let desk = Desk::new("研发经费达1609亿元。");
    let all = suggest(&desk.context(), &desk.mentions);
    assert_eq!(desk.suggestions(&Memory::default()), all);
    let mut memory = Memory::default();
    let odd = Decision::manual(Span::new(1, 4000), Ruling::Tagged(Box::default()));
    desk.learn(&mut memory, None, Some(&odd));
    desk.suggestions(&memory);
}
