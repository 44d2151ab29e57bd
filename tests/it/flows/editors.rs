//! The editors in front of the text: catalogue, candidate rules, guidelines, settings, metadata.

use egui::Key;
use indicator_annotator::app::action::{Action, Front};
use indicator_annotator::model::{Role, RuleEffect};

use crate::window::{CTRL, Window};

#[test]
fn a_rule_is_written_with_a_preview_and_takes_effect() {
    let mut window = Window::with_reports();
    let open = window.state().marks.ledger().open;
    window.keys(&[Key::F7]);
    window.click(&window.t("rules.add"));
    window.click(&window.t("rules.name"));
    window.type_words("场所");
    window.click(&window.t("rules.pattern"));
    window.type_words("众创空间");
    assert!(window.shows(&window.f("rules.matches", "1")));
    // What the preview found leads to its place.
    window.click("众创空间");
    assert_eq!(window.current(), "众创空间");
    window.click(&window.t("rules.apply"));
    assert_eq!(window.state().marks.ledger().open, open + 1);
    let rule = &window.state().project.rules[0];
    assert_eq!(
        (rule.name.as_str(), rule.effect, rule.enabled),
        ("场所", RuleEffect::Add, true)
    );
    // The same numbers ruled out.
    window.click(&window.t("rules.pattern"));
    window.replace_words("12家");
    assert!(window.shows(&window.f("rules.matches", "2")));
    let is_name = window.f("rules.is", &window.t("role.name"));
    window.click(&is_name);
    window.click(&window.t("rules.apply"));
    assert_eq!(window.state().marks.ledger().open, open - 2);
    assert_eq!(
        window.state().project.rules[0].effect,
        RuleEffect::RuleOut(Role::Name)
    );
    window.click(&window.t("rules.remove"));
    window.click(&window.t("rules.apply"));
    assert_eq!(window.state().marks.ledger().open, open);
}

#[test]
fn a_broken_rule_shows_the_place_of_the_fault() {
    let mut window = Window::with_reports();
    window.keys(&[Key::F7]);
    window.click(&window.t("rules.add"));
    window.click(&window.t("rules.pattern"));
    window.type_words("企业(达");
    let beginning = window
        .t("rules.error")
        .split("{1}")
        .next()
        .unwrap()
        .replace("{0}", "3");
    assert!(window.shows_part(beginning.trim_end()), "{beginning}");
    assert!(window.shows("··▲·"), "the place is pointed at");
    window.replace_words("企业(达|有)");
    assert!(!window.shows_part("▲"));
}

#[test]
fn an_indicator_is_made_edited_ordered_and_removed() {
    let mut window = Window::with_reports();
    let before = window.state().project.catalogue.clone();
    window.keys(&[Key::F6]);
    let names = window.rect_of(&window.t("catalogue.new"));
    window.click_at(names.center());
    let count = before.indicators.len();
    assert_eq!(window.state().project.catalogue.indicators.len(), count + 1);
    window.click(&window.t("catalogue.name"));
    window.replace_words("科技副总");
    window.click(&window.t("catalogue.aliases"));
    window.type_words("科技副总经理\n企业科技副总");
    window.click(&window.t("catalogue.max"));
    window.type_words("很多");
    assert!(window.shows(&window.t("catalogue.unfit")));
    window.replace_words("5000");
    assert!(!window.shows(&window.t("catalogue.unfit")));
    window.click(&window.t("catalogue.apply"));
    let entry = window
        .state()
        .project
        .catalogue
        .named("企业科技副总")
        .unwrap()
        .clone();
    assert_eq!((entry.name.as_str(), entry.max), ("科技副总", Some(5000.into())));
    window.scroll_to(&window.t("catalogue.remove"));
    window.click(&window.t("catalogue.up"));
    assert_eq!(
        window.state().project.catalogue.position(&entry.id),
        Some(count - 1)
    );
    window.click(&window.t("catalogue.remove"));
    assert!(window.state().project.catalogue == before);
}

#[test]
fn an_indicator_is_merged_into_another() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab, Key::I]);
    window.type_words("全社会研究投入");
    window.keys(&[Key::Enter]);
    let known = window.state().project.catalogue.named("R&D投入").unwrap().clone();
    window.keys(&[Key::F6]);
    window.click(&window.t("catalogue.filter"));
    window.type_words("全社会研究投入");
    window.click_last("全社会研究投入");
    window.scroll_to(&window.t("catalogue.merge.go"));
    window.click_list(&window.t("catalogue.merge"));
    window.click_last(&known.name);
    window.click(&window.t("catalogue.merge.go"));
    assert_eq!(window.observation("239.06亿元").indicator, Some(known.id.clone()));
    let merged = window.state().project.catalogue.get(&known.id).unwrap();
    assert!(merged.aliases.contains(&"全社会研究投入".to_owned()));
    window.keys(&[Key::Escape]);
    window.press(CTRL, Key::Z);
    let parted = window.state().project.catalogue.named("全社会研究投入").unwrap();
    assert_ne!(parted.id, known.id);
    assert_eq!(
        window.observation("239.06亿元").indicator.as_ref(),
        Some(&parted.id)
    );
}

#[test]
fn the_catalogue_is_filtered_by_pinyin() {
    let mut window = Window::with_reports();
    window.keys(&[Key::F6]);
    window.click(&window.t("catalogue.filter"));
    window.type_words("jshtcje");
    window.click("技术合同成交额");
    assert!(window.shows(&window.t("catalogue.merge.go")));
}

#[test]
fn guidelines_are_written_and_kept() {
    let mut window = Window::with_reports();
    window.keys(&[Key::F2]);
    window.click_field(&window.t("guidelines.title"));
    window.type_words("# 约定\n\n规模以上口径一律标为规上。");
    window.keys(&[Key::Escape, Key::Escape]);
    assert!(
        window.state().project.guidelines.contains("规模以上口径"),
        "{:?}",
        window.state().project.guidelines
    );
}

#[test]
fn settings_take_hold_at_once() {
    let mut window = Window::with_reports();
    window.keys(&[Key::F10]);
    window.click(&window.t("settings.annotator"));
    window.replace_words("新的标注者");
    window.keys(&[Key::Enter]);
    assert_eq!(window.state().settings.annotator, "新的标注者");
    window.click("English");
    assert!(window.shows("Settings"));
    window.keys(&[Key::Escape]);
    assert_eq!(window.state().view.front, None);
}

#[test]
fn metadata_is_changed_in_its_sheet() {
    let mut window = Window::with_reports();
    window.send(Action::Show(Front::ReportDetails));
    window.click(&window.t("details.area"));
    window.replace_words("南屿县");
    window.click(&window.t("details.apply"));
    assert_eq!(window.state().report().unwrap().area, "南屿县");
    assert_eq!(window.state().view.front, None);
}
