//! The mouse: everything that keys do, and what only a pointer can.

use egui::{Key, Pos2, vec2};
use indicator_annotator::app::command::Command;
use indicator_annotator::model::{Field, Ruling};
use indicator_annotator::query::Column;

use crate::window::Window;

/// Short lines, none of which is broken, so that letters stand where they are reckoned to stand.
const SHORT: &str = "清河市科技工作总结\n\n2024年高新技术企业达1609家。\n\n新增科技特派员310名。\n";

/// The width of a Chinese letter of the report, in points.
fn letter(window: &Window) -> f32 {
    f32::from(window.state().settings.text_size)
}

/// The place `count` Chinese letters before the number with this name.
fn before(window: &Window, label: &str, count: f32) -> Pos2 {
    let rect = window.rect_of(label);
    rect.left_center() - vec2(count * letter(window), 0.0)
}

#[test]
fn a_number_is_chosen_tagged_and_dismissed_by_clicks() {
    let mut window = Window::with_reports();
    window.click(&window.mark("1609家", "suggested"));
    assert_eq!(window.current(), "1609家");
    window.click(&window.t("command.accept"));
    assert!(window.decision("1609家").is_some());
    window.click(&window.mark("1609家", "tagged"));
    window.click(&window.t("command.reopen"));
    assert!(window.decision("1609家").is_none());
    window.click(&window.mark("1609家", "suggested"));
    window.click(&window.t("command.dismiss"));
    assert!(matches!(
        window.decision("1609家").unwrap().ruling,
        Ruling::Dismissed(_)
    ));
    window.click(&window.mark("19.4%", "suggested"));
    let id = window.state().favourites[0].clone();
    let name = window.state().project.catalogue.get(&id).unwrap().name.clone();
    window.click(&format!("1 {name}"));
    assert_eq!(window.observation("19.4%").indicator, Some(id));
}

#[test]
fn hovering_a_number_tells_its_exact_value() {
    let mut window = Window::with_reports();
    let rect = window.rect_of(&window.mark("239.06亿元", "suggested"));
    window.hover(rect.center());
    assert!(window.shows("23,906,000,000 CNY"));
}

#[test]
fn dragged_words_become_the_name() {
    let mut window = Window::on(SHORT);
    let mark = window.mark("1609家", "suggested");
    window.click(&mark);
    let (from, to) = (before(&window, &mark, 6.9), before(&window, &mark, 1.1));
    window.drag(from, to);
    assert_eq!(window.selected(), "高新技术企业");
    assert_eq!(
        window.current(),
        "1609家",
        "the number stays the one that is worked on"
    );
    window.keys(&[Key::W, Key::Enter]);
    let observation = window.observation("1609家");
    assert_eq!(observation.indicator_text, "高新技术企业");
    assert_eq!(
        observation.indicator_span.unwrap().of(SHORT),
        Some("高新技术企业")
    );
}

#[test]
fn two_clicks_choose_a_word_and_three_a_sentence() {
    let mut window = Window::on(SHORT);
    let place = before(&window, &window.mark("1609家", "suggested"), 4.5);
    window.click_times(place, 2);
    assert!(
        "高新技术企业达".contains(window.selected()) && !window.selected().is_empty(),
        "{}",
        window.selected()
    );
    window.wait(1.0);
    window.click_times(place, 3);
    assert_eq!(window.selected(), "2024年高新技术企业达1609家。");
    window.wait(1.0);
    window.click_at(place);
    assert_eq!(window.selected(), "");
}

#[test]
fn dragging_an_edge_moves_it() {
    let mut window = Window::on(SHORT);
    let mark = window.mark("1609家", "suggested");
    window.click(&mark);
    window.keys(&[Key::Enter]);
    let mark = window.mark("1609家", "tagged");
    window.click(&mark);
    let rect = window.rect_of(&mark);
    // The handle leaves the current words' edges to the text: they stand a little outside of it.
    let (edge, target) = (
        rect.right_center() + vec2(5.0, 0.0),
        rect.right_center() - vec2(12.0, 0.0),
    );
    window.drag(edge, target);
    assert_eq!(window.current(), "1609");
    assert_eq!(window.observation("1609").value.to_string(), "1609");
    window.command(Command::Undo);
    assert_eq!(window.observation("1609家").unit, "家");
}

#[test]
fn a_report_of_the_list_opens_with_a_click() {
    let mut window = Window::with_reports();
    window.click("松桥区2024年科技工作总结");
    assert_eq!(window.state().report().unwrap().title, "松桥区2024年科技工作总结");
    assert!(window.shows(&window.mark("217家", "suggested")));
}

#[test]
fn a_command_is_carried_out_from_its_menu() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab, Key::Enter]);
    window.click(&window.t("menu.edit"));
    window.click_row(Command::Undo);
    assert!(window.layer().is_empty());
    window.click(&window.t("menu.view"));
    window.click_row(Command::SwitchLanguage);
    assert!(window.shows("File"));
}

#[test]
fn the_table_leads_to_the_words_and_sorts() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab, Key::Enter, Key::Enter, Key::Enter, Key::Enter]);
    let name = window
        .state()
        .project
        .catalogue
        .named("高新技术企业")
        .unwrap()
        .name
        .clone();
    assert_eq!(window.observation("1609家").indicator_text, name);
    window.click("1,609");
    assert_eq!(window.current(), "1609家");
    window.click(&window.t("field.time_period"));
    assert_eq!(
        window.state().view.sort,
        Some((Column::Of(Field::TimePeriod), false))
    );
}

#[test]
fn a_cell_of_the_table_is_edited_in_place() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab, Key::Enter, Key::K]);
    let cell = window.harness.ctx.content_rect();
    let labels: Vec<_> = rects(&window, "23,906,000,000")
        .into_iter()
        .filter(|rect| rect.center().y > cell.center().y)
        .collect();
    window.click_times(labels[0].center(), 2);
    window.replace_words("24,000,000,000");
    window.keys(&[Key::Enter]);
    assert_eq!(window.observation("239.06亿元").value.to_string(), "24000000000");
    window.command(Command::Undo);
    assert_eq!(window.observation("239.06亿元").value.to_string(), "23906000000");
}

fn rects(window: &Window, label: &str) -> Vec<egui::Rect> {
    use egui_kittest::kittest::Queryable as _;
    window
        .harness
        .query_all_by_label(label)
        .map(|node| node.rect())
        .collect()
}

#[test]
fn the_strip_leads_to_another_place() {
    let lines = "2024年高新技术企业达1609家。\n\n".repeat(200);
    let mut window = Window::on(&format!("清河市总结\n\n{lines}年末共有科技特派员77名。\n"));
    let visible = rects(&window, &window.mark("1609家", "suggested")).len();
    assert!(visible < 30, "only what is visible has handles: {visible}");
    let last = window.mark("77名", "suggested");
    assert!(!window.shows(&last));
    let strip = window.rect_of(&window.t("strip.name"));
    window.click_at(strip.center_bottom() - vec2(0.0, 2.0));
    assert!(window.shows(&last));
    window.click_at(strip.center_top() + vec2(0.0, 2.0));
    assert!(!window.shows(&last));
}

#[test]
fn buttons_find_and_history_are_under_the_text() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab, Key::Enter]);
    window.click(&window.t("tab.history"));
    assert!(window.shows(&window.t("done.accept")));
    window.click(&window.t("tab.find"));
    window.click(&window.t("find.hint"));
    window.type_words("众创空间");
    assert_eq!(window.state().view.search.finds.len(), 1);
    window.click("›");
    window.click(&window.t("find.project"));
    assert!(window.state().view.search.in_project);
    window.click(&window.t("find.hint"));
    window.replace_words("217");
    let (before, words, behind) = window.state().view.search.finds[0].words.clone();
    window.click(&format!("{before}{words}{behind}"));
    assert_eq!(window.selected(), "217");
    assert_eq!(window.state().report().unwrap().title, "松桥区2024年科技工作总结");
}
