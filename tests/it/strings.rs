//! The window's words: both languages have the same, and every key that the program names is there.

use std::collections::{BTreeMap, BTreeSet};

use indicator_annotator::app::action::Format;
use indicator_annotator::app::command::{COMMANDS, Menu};
use indicator_annotator::model::{
    DismissReason, Field, Language, Measure, ObsStatus, RejectReason, Role, ValueNature, ValueType,
};
use indicator_annotator::query::queue::KindName;
use indicator_annotator::ui::StringTable;
use regex::Regex;

use crate::source::{self, Source};

fn tables() -> [StringTable; 2] {
    [Language::Chinese, Language::English].map(|language| StringTable::built_in(language).unwrap())
}

fn keys(table: &StringTable) -> BTreeSet<String> {
    table.keys().map(ToOwned::to_owned).collect()
}

/// The files of `src/ui` and `src/app`, and those that write what people read.
fn sources() -> Vec<Source> {
    let mut sources = source::all();
    let writes_words = |source: &Source| {
        ["words", "tables/", "html/"]
            .iter()
            .any(|name| source.path.starts_with(&format!("exchange/{name}")))
    };
    sources.retain(|source| {
        (matches!(source.room(), Some("ui" | "app")) || writes_words(source)) && !source.is_test()
    });
    sources
}

/// The names of transactions, which `done.<name>` puts into words.
fn transaction_names() -> BTreeSet<String> {
    let call =
        Regex::new(r#"\b(?:(?:try_)?commit|put|decide|take_down)\(\s*app,\s*ports,\s*"([a-z-]+)""#).unwrap();
    let sources = sources();
    let texts = sources
        .iter()
        .filter(|source| source.path.starts_with("app/dispatch/"));
    texts
        .flat_map(|source| call.captures_iter(&source.text).map(|found| found[1].to_owned()))
        .collect()
}

/// The codes that an `impl` in the checks' file of findings gives.
fn codes_of(name: &str) -> Vec<String> {
    let sources = source::all();
    let file = sources
        .iter()
        .find(|source| source.path == "query/checks/finding.rs");
    let text = &file.unwrap().text;
    let from = text.find(&format!("impl {name} {{")).unwrap();
    let until = from + text[from..].find("\n}\n").unwrap();
    let code = Regex::new(r#"=> "([a-z_]+)""#).unwrap();
    code.captures_iter(&text[from..until])
        .map(|found| found[1].to_owned())
        .collect()
}

/// Every key that is put together while the program runs.
fn composed_keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut add = |key: String| keys.insert(key);
    for spec in COMMANDS {
        add(format!("command.{}", spec.id));
        add(format!("command.{}.hint", spec.id));
    }
    for menu in Menu::ALL {
        add(menu.id().to_owned());
    }
    for format in Format::ALL {
        add(format!("export.format.{format}"));
    }
    for kind in KindName::ALL {
        add(format!("queue.kind.{}", kind.code()));
    }
    for reason in RejectReason::ALL {
        add(format!("reject_reason.{reason}"));
        add(format!("reject_reason.{reason}.hint"));
    }
    for reason in DismissReason::ALL {
        add(format!("reason.{reason}"));
        add(format!("reason.{reason}.hint"));
    }
    for code in codes_of("Kind") {
        add(format!("finding.{code}"));
    }
    for code in codes_of("Why").iter().filter(|code| *code != "alone") {
        add(format!("finding.why.{code}"));
    }
    for name in transaction_names() {
        add(format!("done.{name}"));
    }
    for (vocabulary, codes) in [
        (
            "role",
            Role::ALL.iter().map(|term| term.code()).collect::<Vec<_>>(),
        ),
        ("field", Field::ALL.iter().map(|field| field.name()).collect()),
        (
            "value_type",
            ValueType::ALL.iter().map(|term| term.code()).collect(),
        ),
        ("measure", Measure::ALL.iter().map(|term| term.code()).collect()),
        (
            "value_nature",
            ValueNature::ALL.iter().map(|term| term.code()).collect(),
        ),
        (
            "obs_status",
            ObsStatus::ALL.iter().map(|term| term.code()).collect(),
        ),
    ] {
        for code in codes {
            add(format!("{vocabulary}.{code}"));
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_keys_and_no_empty_words() {
    let [chinese, english] = tables();
    let (zh, en) = (keys(&chinese), keys(&english));
    assert_eq!(
        zh.difference(&en).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "missing in English"
    );
    assert_eq!(
        en.difference(&zh).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "missing in Chinese"
    );
    for key in &zh {
        for table in [&chinese, &english] {
            assert!(!table.t(key).trim().is_empty(), "{key} has no words");
        }
    }
}

#[test]
fn no_key_is_written_twice_in_a_table() {
    let line = Regex::new(r#"(?m)^\s*"([^"]+)"\s*:"#).unwrap();
    for table in [
        include_str!("../../assets/strings/zh.ron"),
        include_str!("../../assets/strings/en.ron"),
    ] {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for found in line.captures_iter(table) {
            *seen.entry(found.get(1).unwrap().as_str()).or_default() += 1;
        }
        let twice: Vec<_> = seen.into_iter().filter(|(_, count)| *count > 1).collect();
        assert_eq!(twice, []);
    }
}

#[test]
fn both_languages_have_the_same_placeholders() {
    let placeholder = Regex::new(r"\{\d+\}").unwrap();
    let of = |words: &str| {
        placeholder
            .find_iter(words)
            .map(|found| found.as_str().to_owned())
            .collect()
    };
    let [chinese, english] = tables();
    for key in chinese.keys() {
        let zh: BTreeSet<String> = of(chinese.t(key));
        let en: BTreeSet<String> = of(english.t(key));
        assert_eq!(zh, en, "{key}");
    }
}

#[test]
fn english_words_are_english() {
    let [_, english] = tables();
    let is_han = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    // Hints that quote what stands in Chinese reports.
    let quotes = |key: &str| {
        key.starts_with("reason.")
            || key.split('.').next_back() == Some("hint")
            || key == "error.field.magnitude"
    };
    for key in english.keys().filter(|key| !quotes(key)) {
        let words = english.t(key);
        assert!(!words.chars().any(is_han), "{key}: {words}");
    }
}

#[test]
fn every_key_that_is_asked_for_is_there() {
    let asked = Regex::new(r#"\.[tf]\(\s*"([^"]+)""#).unwrap();
    let formed = Regex::new(r"^[a-z][a-z_]*(\.[a-z0-9_-]+)+$").unwrap();
    let known = keys(&tables()[0]);
    let first = |key: &str| key.split('.').next().unwrap_or_default().to_owned();
    let families: BTreeSet<String> = known.iter().map(|key| first(key)).collect();
    let mut missing = Vec::new();
    for source in sources() {
        let in_window = source.room() == Some("ui");
        let direct = asked.captures_iter(&source.text).map(|found| found[1].to_owned());
        let direct: Vec<String> = direct.filter(|_| in_window).collect();
        let literals = source.read().literals.into_iter().map(|literal| literal.words);
        let formed = literals.filter(|words| formed.is_match(words) && families.contains(&first(words)));
        let is_file = |key: &String| {
            ["ron", "md", "txt"]
                .iter()
                .any(|ending| key.ends_with(&format!(".{ending}")))
        };
        let wrong = direct
            .into_iter()
            .chain(formed)
            .filter(|key| !known.contains(key) && !is_file(key));
        missing.extend(wrong.map(|key| format!("src/{}: {key}", source.path)));
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn everything_that_is_named_while_the_program_runs_has_words() {
    assert!(transaction_names().len() >= 15, "{:?}", transaction_names());
    for table in tables() {
        let missing: Vec<String> = composed_keys()
            .into_iter()
            .filter(|key| !table.has(key))
            .collect();
        assert_eq!(missing, Vec::<String>::new());
    }
}

#[test]
fn every_term_of_the_agreement_pane_is_explained() {
    let asked = Regex::new(r#"\.[tf]\(\s*"([^"]+)""#).unwrap();
    let known = keys(&tables()[0]);
    let mut terms = BTreeSet::new();
    for source in sources() {
        if !source.path.starts_with("ui/fronts/agreement/") || source.path.ends_with("mod.rs") {
            continue;
        }
        let titles: BTreeSet<&str> = asked
            .captures_iter(&source.text)
            .filter_map(|found| Some(found.get(1)?.as_str()))
            .collect();
        let literals = source.read().literals.into_iter().map(|literal| literal.words);
        terms.extend(literals.filter(|words| known.contains(words) && !titles.contains(words.as_str())));
    }
    assert!(terms.len() > 25, "{terms:?}");
    let unexplained: Vec<&String> = terms
        .iter()
        .filter(|term| !known.contains(&format!("{term}.hint")))
        .collect();
    assert_eq!(unexplained, Vec::<&String>::new());
}

#[test]
fn no_key_is_left_over() {
    let mut used = composed_keys();
    for source in sources() {
        used.extend(source.read().literals.into_iter().map(|literal| literal.words));
    }
    // What a table's head or first column says is explained by the key with `.hint` behind it.
    let explains = |key: &str| key.strip_suffix(".hint").is_some_and(|term| used.contains(term));
    let left_over: Vec<String> = keys(&tables()[0])
        .into_iter()
        .filter(|key| !used.contains(key) && !explains(key))
        .collect();
    assert_eq!(left_over, Vec::<String>::new());
}
