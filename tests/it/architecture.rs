//! Holds `src/` to its rooms: who may use whom, and what each room never contains.

use crate::source::{self, Source};

/// No file is longer, in lines.
const LONGEST_FILE: usize = 600;

/// Each room with the rooms that it may use besides itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("text", &["model"]),
    ("number", &["model", "text"]),
    ("extract", &["model", "text", "number"]),
    ("edit", &["model", "text", "number"]),
    ("query", &["model", "text", "number", "edit"]),
    ("store", &["model", "text", "number", "extract", "edit", "query"]),
    (
        "exchange",
        &["model", "text", "number", "extract", "edit", "query", "store"],
    ),
    (
        "app",
        &[
            "model", "text", "number", "extract", "edit", "query", "store", "exchange",
        ],
    ),
    ("ui", &["app", "model", "query", "text", "number"]),
    (
        "cli",
        &[
            "model", "text", "number", "extract", "edit", "query", "store", "exchange", "app",
        ],
    ),
];

/// Files that may use one more room, only to put its errors and its gestures into words.
const MAY_ALSO_USE: &[(&str, &str)] = &[
    ("ui/messages.rs", "edit"),
    ("ui/messages.rs", "store"),
    ("ui/fronts/questions.rs", "edit"),
    ("ui/fronts/questions.rs", "store"),
];

/// The rooms that are pure functions of what they are given.
const PURE: &[&str] = &["model", "text", "number", "extract", "edit", "query"];

/// What pure rooms never contain.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::thread",
    "std::process",
    "std::env",
    "SystemTime",
    "Instant",
    "static mut",
    "thread_local!",
];

/// The rooms in which a float would be a value that is no longer exact.
const EXACT: &[&str] = &["number", "extract", "edit"];

/// What the window never contains.
const NOT_IN_WINDOW: &[&str] = &[
    "std::fs",
    "std::thread",
    "std::net",
    "rfd",
    "&mut Project",
    "&mut AppState",
    "Color32::from_",
    "Rgba::from_",
];

/// Words that need no translation, with the file that may say them.
const NOT_TRANSLATED: &[(&str, &str)] = &[
    // A switch between languages names each in its own.
    ("ui/panels/top_bar.rs", "中 / EN"),
    ("ui/panels/top_bar.rs", "EN / 中"),
    ("ui/fronts/settings.rs", "中文"),
    // An error in a theme that comes with the program: a test sees it, and no person.
    ("ui/theme.rs", "`{code}` is no colour like #1f8a70"),
];

/// What is wrong with one file, in words.
fn faults(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |words: String| faults.push(format!("src/{}: {words}", source.path));
    let lines = source.text.lines().count();
    if lines > LONGEST_FILE {
        fault(format!("{lines} lines; at most {LONGEST_FILE}"));
    }
    if source.is_test() {
        return faults;
    }
    let read = source.read();
    for word in [
        ".unwrap()",
        ".expect(",
        "panic!(",
        "todo!(",
        "unimplemented!(",
        "dbg!(",
        "println!(",
    ] {
        if contains(&read.code, word) {
            fault(format!("`{word}` outside of tests"));
        }
    }
    if contains(&read.code, "unsafe") {
        fault("`unsafe`".to_owned());
    }
    let Some(room) = source.room() else {
        return faults;
    };
    let Some((_, may_use)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        fault(format!("the house has no room `{room}`"));
        return faults;
    };
    for used in used_rooms(&read.code) {
        let excepted = MAY_ALSO_USE.contains(&(&source.path, &used));
        if used != room && !may_use.contains(&used.as_str()) && !excepted {
            fault(format!("`{room}` may not use `{used}`"));
        }
    }
    if leaves_its_room(&read.code, source.depth()) {
        fault("climbs out of its room by `super`; say `crate::…`".to_owned());
    }
    for word in forbidden_in(source, room) {
        if contains(&read.code, word) {
            fault(format!("`{word}`"));
        }
    }
    if room == "ui" {
        for literal in read.literals.iter().filter(|literal| !literal.in_attribute) {
            let known = NOT_TRANSLATED.contains(&(&source.path, &literal.words));
            if !known && is_said_to_the_person(&literal.words) {
                fault(format!(
                    "line {}: \"{}\" belongs in assets/strings",
                    literal.line, literal.words
                ));
            }
        }
    }
    faults
}

/// What a file of a room never contains.
fn forbidden_in<'a>(source: &'a Source, room: &'a str) -> impl Iterator<Item = &'static str> + 'a {
    let of_window = NOT_IN_WINDOW.iter().filter(move |_| room == "ui");
    let of_pure = IMPURE.iter().filter(move |_| PURE.contains(&room));
    let floats = ["f32", "f64"].iter().filter(move |_| EXACT.contains(&room));
    let drawing = ["egui", "eframe"].iter().filter(move |_| room != "ui");
    // The theme is where colours are made.
    let is_allowed = |word: &&str| source.path == "ui/theme.rs" && word.ends_with("::from_");
    of_window
        .chain(of_pure)
        .chain(floats)
        .chain(drawing)
        .copied()
        .filter(move |word| !is_allowed(word))
}

/// Whether `word` stands in code as a word of its own.
fn contains(code: &str, word: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    let (first, last) = (word.starts_with(is_letter), word.ends_with(char::is_alphanumeric));
    code.match_indices(word).any(|(at, _)| {
        let goes_on_before = first && code[..at].ends_with(is_letter);
        let goes_on_behind = last && code[at + word.len()..].starts_with(is_letter);
        !goes_on_before && !goes_on_behind
    })
}

/// The rooms that code names behind `crate::`, alone or in braces.
fn used_rooms(code: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            None => rooms.push(first_word(rest)),
            Some(group) => {
                let mut depth = 0;
                let mut part = String::new();
                for letter in group.chars() {
                    match letter {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => rooms.push(first_word(&std::mem::take(&mut part))),
                        _ if depth == 0 => part.push(letter),
                        _ => {}
                    }
                }
                rooms.push(first_word(&part));
            }
        }
    }
    rooms.retain(|room| !room.is_empty());
    rooms.sort();
    rooms.dedup();
    rooms
}

fn first_word(code: &str) -> String {
    code.trim_start()
        .chars()
        .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
        .collect()
}

/// Whether a chain of `super::` reaches the crate's root.
fn leaves_its_room(code: &str, depth: usize) -> bool {
    code.match_indices("super::").any(|(at, _)| {
        let chain = code[at..].split("::").take_while(|part| *part == "super").count();
        chain >= depth
    })
}

/// Whether a literal of the window is something that a person would read.
fn is_said_to_the_person(words: &str) -> bool {
    let is_han = |letter: char| matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
    let letters: Vec<char> = words.chars().collect();
    let is_sentence = letters
        .windows(3)
        .any(|three| three[0].is_ascii_lowercase() && three[1] == ' ' && three[2].is_ascii_alphabetic());
    is_sentence || words.chars().any(is_han)
}

#[test]
fn every_room_keeps_to_its_rules() {
    let sources = source::all();
    assert!(sources.len() > 100, "src/ was not found");
    let faults: Vec<String> = sources.iter().flat_map(faults).collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn every_room_of_the_table_is_there() {
    let sources = source::all();
    for (room, _) in ROOMS {
        assert!(
            sources.iter().any(|source| source.room() == Some(room)),
            "src/{room}/ is missing"
        );
    }
}

/// The rules themselves: small files that break one each, and some that break none.
#[test]
fn a_broken_rule_is_found() {
    for (path, text, expected) in [
        (
            "model/a.rs",
            "use crate::text::offsets;",
            "`model` may not use `text`",
        ),
        (
            "text/a.rs",
            "use crate::{model::Span, edit::Edit};",
            "`text` may not use `edit`",
        ),
        (
            "query/a.rs",
            "fn f() { crate::store::layout::key() }",
            "`query` may not use `store`",
        ),
        (
            "store/a.rs",
            "use crate::app::state;",
            "`store` may not use `app`",
        ),
        ("app/a.rs", "use crate::ui::App;", "`app` may not use `ui`"),
        ("ui/a.rs", "use crate::store::Store;", "`ui` may not use `store`"),
        ("cli/a.rs", "use crate::ui::launch;", "`cli` may not use `ui`"),
        ("attic/a.rs", "", "no room `attic`"),
        ("model/span.rs", "use super::super::text;", "climbs out"),
        ("model/mod.rs", "use super::text;", "climbs out"),
        ("extract/a.rs", "use std::fs;", "`std::fs`"),
        (
            "number/a.rs",
            "fn f() { std::thread::yield_now() }",
            "`std::thread`",
        ),
        ("edit/a.rs", "use std::time::SystemTime;", "`SystemTime`"),
        ("edit/a.rs", "fn f(x: &str) { x.parse::<f32>() }", "`f32`"),
        ("exchange/a.rs", "use egui::Ui;", "`egui`"),
        ("ui/a.rs", "use std::fs;", "`std::fs`"),
        ("ui/a.rs", "fn f() { rfd::FileDialog::new() }", "`rfd`"),
        ("ui/a.rs", "fn f(p: &mut Project) {}", "`&mut Project`"),
        (
            "ui/a.rs",
            "const RED: C = Color32::from_rgb(1, 2, 3);",
            "`Color32::from_`",
        ),
        (
            "ui/a.rs",
            "fn f() { label(\"保存\") }",
            "belongs in assets/strings",
        ),
        (
            "ui/a.rs",
            "fn f() { label(\"Save it\") }",
            "belongs in assets/strings",
        ),
        ("text/a.rs", "fn f() { x.unwrap() }", "`.unwrap()` outside"),
        ("text/a.rs", "fn f() { unsafe { g() } }", "`unsafe`"),
        ("main.rs", "fn f() { println!(\"\") }", "`println!(` outside"),
    ] {
        let source = Source {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let found = faults(&source);
        assert!(
            found.iter().any(|fault| fault.contains(expected)),
            "{path}: {text}\nfound {found:?}"
        );
    }
    let long = Source {
        path: "text/a.rs".to_owned(),
        text: "\n".repeat(LONGEST_FILE + 1),
    };
    assert_eq!(faults(&long).len(), 1);
    for (path, text) in [
        (
            "model/a.rs",
            "use super::Span; // crate::text\nconst X: &str = \"crate::store\";",
        ),
        ("text/a/b.rs", "use super::super::offsets;"),
        (
            "text/a.rs",
            "#[cfg(test)]\nmod tests { fn f() { x.unwrap(); std::fs::read(p); } }",
        ),
        ("text/a/tests.rs", "fn f() { x.unwrap() }"),
        ("query/a.rs", "fn egui_like() {} fn f() { x.unwrap_or(1) }"),
        ("ui/theme.rs", "fn f() { Color32::from_rgb(1, 2, 3) }"),
        ("ui/messages.rs", "use crate::store::SaveError;"),
        (
            "ui/a.rs",
            "#[expect(lint, reason = \"said in words\")]\nfn f() { t(\"menu.file\"); u(\"{0} / {1}\") }",
        ),
    ] {
        let source = Source {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        assert_eq!(faults(&source), Vec::<String>::new(), "{path}: {text}");
    }
}
