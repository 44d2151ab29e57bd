//! What a report says of itself: title, issuer, date, area and period.

mod area;
mod date;
mod label;

use super::Metadata;
use super::front_matter::FrontMatter;
use super::hints::Hints;
use crate::text::outline::{BlockKind, Outline};

/// So many bytes at either end of a report may say what it is.
const HEAD: usize = 6000;
const TAIL: usize = 1200;

/// Labels of the title in the table that heads a bulletin.
const TITLE: &[&str] = &["标题", "公文标题", "信息名称", "文件名称", "名称"];
/// Labels of who published a report, and of where it was taken from.
const ISSUER: &[&str] = &[
    "发布机构",
    "发布单位",
    "发文机关",
    "发文单位",
    "制发机关",
    "制定机关",
    "公开机构",
    "發布機構",
];
const SOURCE: &[&str] = &["信息来源", "文章来源", "稿件来源", "来源", "稿源", "來源"];
/// Labels of when it was published.
#[rustfmt::skip]
const DATE: &[&str] = &[
    "公文生成日期", "生成日期", "成文日期", "发文日期", "印发日期", "发布日期", "发布时间", "公开日期", "日期", "时间", "發布日期", "時間",
];
/// What the name of a body of government ends in.
const BODIES: &[&str] = &["人民政府", "委员会", "办公室", "局", "厅", "委"];

/// The first calendar date in `words`, as `2025-03-11`.
pub(super) fn date_in(words: &str) -> Option<String> {
    date::find(words)
}

/// Reads the metadata of a report off its shown text and what its file says besides.
pub(super) fn of(text: &str, front: Option<&FrontMatter<'_>>, hints: &Hints) -> Metadata {
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or(text);
    let tail = text.get(text.ceil_char_boundary(text.len().saturating_sub(TAIL).max(head.len()))..);
    let file = File { front, hints };
    let page = Page {
        head,
        tail: tail.unwrap_or_default(),
        outline: Outline::of(head),
    };
    let title = title(&file, &page);
    let area = area(&file, &page, &title);
    let date = date(&file, &page);
    Metadata {
        issuer: issuer(&file, &page, &title, &area),
        period: period(&title, &date, &page),
        title,
        date,
        area,
    }
}

/// What the file says besides its text.
struct File<'a> {
    front: Option<&'a FrontMatter<'a>>,
    hints: &'a Hints,
}

impl<'a> File<'a> {
    fn field(&self, front_matter: &[&str], meta: &[&str]) -> Option<&'a str> {
        let in_front = self.front.and_then(|front| front.value(front_matter));
        in_front.or_else(|| self.hints.meta(meta)).map(str::trim)
    }
}

/// Both ends of the shown text.
struct Page<'a> {
    head: &'a str,
    tail: &'a str,
    outline: Outline,
}

impl<'a> Page<'a> {
    /// The lines of these kinds near the top.
    fn lines(&self, wanted: fn(BlockKind) -> bool) -> impl Iterator<Item = &'a str> {
        self.outline
            .blocks
            .iter()
            .filter(move |block| wanted(block.kind))
            .filter_map(|block| block.span.of(self.head))
    }

    fn labelled(&self, labels: &[&str]) -> Option<&'a str> {
        label::value(self.head, labels).or_else(|| label::value(self.tail, labels))
    }
}

fn title(file: &File<'_>, page: &Page<'_>) -> String {
    let given = file.field(&["title", "标题"], &["articletitle", "og:title"]);
    let headline = Some(file.hints.headline.as_str()).filter(|words| !words.is_empty());
    let title = given
        .or(headline)
        .or_else(|| label::value(page.head, TITLE))
        .or_else(|| page.lines(|kind| kind == BlockKind::Title).next())
        .unwrap_or_else(|| site_free(&file.hints.page_title));
    // A notice is not what a person looks for, but the report that it is about.
    let attached = title
        .split_once("印发《")
        .or_else(|| title.split_once("公布《"))
        .and_then(|(_, rest)| rest.rsplit_once('》'))
        .map(|(name, _)| name);
    let title = attached.unwrap_or(title);
    let bare = title.strip_prefix('《').and_then(|rest| rest.strip_suffix('》'));
    bare.unwrap_or(title).trim().to_owned()
}

/// A page's title without the site's name behind it.
fn site_free(page_title: &str) -> &str {
    let parts = page_title.split(['_', '|', '-', '–']);
    parts
        .map(str::trim)
        .max_by_key(|part| part.len().min(30))
        .unwrap_or_default()
}

fn issuer(file: &File<'_>, page: &Page<'_>, title: &str, area: &str) -> String {
    let given = file.field(
        &["issuer", "publisher", "author", "发布机构", "source", "来源"],
        &["contentsource", "source"],
    );
    let source = page.labelled(SOURCE);
    let is_body = |name: &&str| !area::is_medium(name);
    page.labelled(ISSUER)
        .or_else(|| given.filter(is_body))
        .or_else(|| body_in_title(page, title))
        .or_else(|| source.filter(is_body))
        .map(str::to_owned)
        .or_else(|| government(title, area))
        .or_else(|| given.or(source).map(str::to_owned))
        .unwrap_or_default()
}

/// The body whose name begins the title: 福州市科学技术局关于….
fn body_in_title<'t>(page: &Page<'t>, title: &'t str) -> Option<&'t str> {
    let titles = page.lines(|kind| kind == BlockKind::Title).chain([title]);
    titles
        .filter_map(|line| line.find("关于").and_then(|at| line.get(..at)))
        .find(|name| name.chars().count() <= 24 && BODIES.iter().any(|body| name.ends_with(body)))
}

/// A government work report is the government's, whoever printed it.
fn government(title: &str, area: &str) -> Option<String> {
    (title.contains("政府工作报告") && !area.is_empty()).then(|| format!("{area}人民政府"))
}

fn date(file: &File<'_>, page: &Page<'_>) -> String {
    let given = file.field(
        &["date", "日期"],
        &["pubdate", "publishdate", "article:published_time"],
    );
    given
        .and_then(date::find)
        .or_else(|| label::value(page.head, DATE).and_then(date::find))
        .or_else(|| page.head.lines().take(40).find_map(date::alone))
        .or_else(|| page.head.lines().take(12).find_map(date::in_byline))
        .or_else(|| label::value(page.tail, DATE).and_then(date::find))
        .or_else(|| page.tail.lines().rev().find_map(date::alone))
        .or_else(|| {
            page.lines(|kind| kind == BlockKind::Paragraph)
                .take(6)
                .find_map(date::of_meeting)
        })
        .unwrap_or_default()
}

fn area(file: &File<'_>, page: &Page<'_>, title: &str) -> String {
    if let Some(area) = file.field(&["area", "region", "地区"], &[]) {
        return area.to_owned();
    }
    let given = file.field(
        &["issuer", "publisher", "author", "source"],
        &["contentsource", "sitename"],
    );
    let names = [page.labelled(ISSUER), Some(title), given, page.labelled(SOURCE)];
    let titles = page.lines(|kind| kind == BlockKind::Title);
    names
        .into_iter()
        .flatten()
        .chain(titles)
        .find_map(area::at_start)
        .or_else(|| page.head.lines().take(40).find_map(area::of_congress))
        .or_else(|| page.head.lines().take(40).find_map(area::of_official))
        .or_else(|| names.into_iter().flatten().find_map(area::of_medium))
        .or_else(|| page.tail.lines().find_map(area::of_medium_named_as_source))
        .unwrap_or_default()
}

fn period(title: &str, date: &str, page: &Page<'_>) -> String {
    let year = date::years(title).next();
    if title.contains("政府工作报告") || title.contains("人民政府工作报告") {
        // It is given early in a year and looks back on the one before, or late in that year itself.
        let dated = date.get(..4).and_then(|year| year.parse::<u32>().ok());
        let reviewed = dated.map(|year| if date::month(date) >= 10 { year } else { year - 1 });
        let reviewed = year.map(|year| year - 1).or(reviewed);
        return reviewed.map_or_else(String::new, |year| year.to_string());
    }
    if let Some(plan) = date::five_year_plan(title)
        && year.is_none()
    {
        return plan;
    }
    let in_heading = || {
        page.lines(|kind| matches!(kind, BlockKind::Heading(1)))
            .find(|line| {
                ["情况", "总结", "回顾", "完成", "成效"]
                    .iter()
                    .any(|word| line.contains(word))
            })
            .and_then(|line| date::years(line).last())
    };
    year.or_else(in_heading)
        .map_or_else(String::new, |year| year.to_string())
}

#[cfg(test)]
mod tests;
