//! The README's key table is the table of commands.

use std::fmt::Write as _;
use std::path::Path;

use indicator_annotator::app::command::{COMMANDS, Command, Menu};
use indicator_annotator::model::Language;
use indicator_annotator::ui::StringTable;

const BEGIN: &str = "<!-- keys -->";
const END: &str = "<!-- /keys -->";

/// Set to anything, it has the test write the table instead of comparing it.
const UPDATE: &str = "UPDATE_README";

/// The table as Markdown: keys, and the command in both languages, menu by menu.
fn key_table() -> String {
    let words =
        [Language::Chinese, Language::English].map(|language| StringTable::built_in(language).unwrap());
    let both = |key: &str| words.each_ref().map(|table| table.t(key).to_owned());
    let mut table = String::from("| Keys | 中文 | English |\n|---|---|---|\n");
    for menu in Menu::ALL {
        let [zh, en] = both(menu.id());
        writeln!(table, "| | **{zh}** | **{en}** |").unwrap();
        for spec in COMMANDS
            .iter()
            .filter(|spec| spec.menu == menu && !spec.keys.is_empty())
        {
            let (keys, [zh, en]) = match spec.command.favourite_place() {
                Some(0) => (favourite_keys(), both("bar.favourites")),
                Some(_) => continue,
                None => (keys_of(spec.command), both(&format!("command.{}", spec.id))),
            };
            writeln!(table, "| {keys} | {zh} | {en} |").unwrap();
        }
    }
    table
}

fn keys_of(command: Command) -> String {
    let keys: Vec<String> = command.spec().keys.iter().map(|key| format!("`{key}`")).collect();
    keys.join(" ")
}

/// One row for the nine favourites: each of their chords from the first to the last.
fn favourite_keys() -> String {
    let ends = Command::Favourite1
        .spec()
        .keys
        .iter()
        .zip(Command::Favourite9.spec().keys);
    let stretches: Vec<String> = ends.map(|(first, last)| format!("`{first}`–`{last}`")).collect();
    stretches.join(" ")
}

/// A README with the table between its markers; `None` where it has no markers.
fn with_table(readme: &str, table: &str) -> Option<String> {
    let (before, rest) = readme.split_once(BEGIN)?;
    let (_, behind) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{table}{END}{behind}"))
}

#[test]
fn the_readme_shows_the_keys_of_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let Ok(readme) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: README.md is not there");
        return;
    };
    let wanted = with_table(&readme, &key_table()).expect("README.md has markers for the key table");
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&path, wanted).unwrap();
        return;
    }
    assert!(
        readme == wanted,
        "the key table is old; run `{UPDATE}=1 cargo test --test it commands`\n{}",
        key_table()
    );
}

#[test]
fn the_table_names_every_key_once() {
    let table = key_table();
    let rows = COMMANDS
        .iter()
        .filter(|spec| !spec.keys.is_empty() && spec.command.favourite_place().is_none());
    for spec in rows {
        let keys = keys_of(spec.command);
        assert_eq!(table.matches(&format!("| {keys} |")).count(), 1, "{keys}");
    }
    assert!(!table.contains("⟨?⟩") && table.contains("`1`–`9` `Alt+1`–`Alt+9`"));
}

#[test]
fn words_around_the_markers_stay() {
    let readme = format!("# A\n{BEGIN}\nold\n{END}\nrest\n");
    assert_eq!(
        with_table(&readme, "new\n").unwrap(),
        format!("# A\n{BEGIN}\nnew\n{END}\nrest\n")
    );
    assert_eq!(with_table("# A\n", "new\n"), None);
}
