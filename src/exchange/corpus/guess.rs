//! Which columns of a corpus hold what, and whether it is a corpus at all.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::Columns;
use super::rows::Row;
use crate::exchange::tables;

/// So many rows tell.
pub(super) const SAMPLE: usize = 200;
/// The running text of a report has so many letters on an average at least.
const SHORTEST_TEXT: usize = 24;
/// An id has so many letters at most.
const LONGEST_ID: usize = 80;

const TEXTS: &[&str] = &[
    "text",
    "content",
    "body",
    "article",
    "正文",
    "内容",
    "全文",
    "文本",
    "报告内容",
    "报告正文",
];
const IDS: &[&str] = &[
    "id",
    "doc_id",
    "docid",
    "document",
    "uuid",
    "key",
    "编号",
    "文件名",
    "文号",
    "报告编号",
    "序号",
];
const TITLES: &[&str] = &[
    "title",
    "headline",
    "name",
    "标题",
    "题目",
    "名称",
    "报告名称",
    "报告标题",
];
const ISSUERS: &[&str] = &[
    "issuer",
    "publisher",
    "source",
    "author",
    "机构",
    "发布机构",
    "发文机关",
    "单位",
    "来源",
];
const DATES: &[&str] = &[
    "date",
    "published",
    "publish_date",
    "pub_date",
    "time",
    "日期",
    "发布日期",
    "发布时间",
    "成文日期",
    "时间",
];
const AREAS: &[&str] = &[
    "area", "region", "province", "city", "地区", "地方", "省份", "城市", "区域",
];
const PERIODS: &[&str] = &["period", "year", "时期", "年份", "年度"];

/// The columns, of which `named` are known; `None` where no column holds running text.
pub(super) fn columns(rows: &[Row], named: &Columns) -> Option<Columns> {
    let heads = names(rows);
    if named.text.is_none() && tables::csv::is_ours(&heads.join(",")) {
        return None;
    }
    let text = match &named.text {
        Some(column) => rows
            .iter()
            .any(|row| row.words(column).is_some())
            .then(|| column.clone())?,
        None => text(rows, &heads)?,
    };
    let of = |named: &Option<String>, known: &[&str]| {
        let called = || {
            known.iter().find_map(|known| {
                heads
                    .iter()
                    .find(|name| own_name(name).eq_ignore_ascii_case(known))
            })
        };
        named
            .clone()
            .or_else(|| called().filter(|name| **name != text).cloned())
    };
    Some(Columns {
        id: named.id.clone().or_else(|| id(rows, of(&None, IDS)?)),
        title: of(&named.title, TITLES),
        issuer: of(&named.issuer, ISSUERS),
        date: of(&named.date, DATES),
        area: of(&named.area, AREAS),
        period: of(&named.period, PERIODS),
        text: Some(text),
    })
}

/// What the columns are called, in the order in which rows name them first; `a.b` within an object `a`.
pub(super) fn names(rows: &[Row]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let cells = rows.iter().take(SAMPLE).filter_map(|row| row.cells.as_ref().ok());
    for (name, value) in cells.flatten() {
        let of_cell: Vec<String> = match value {
            Json::Object(inner) => inner.keys().map(|inner| format!("{name}.{inner}")).collect(),
            _ => vec![name.clone()],
        };
        for name in of_cell {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// What a column is called within the object that it stands in.
fn own_name(column: &str) -> &str {
    column.rsplit_once('.').map_or(column, |(_, inner)| inner)
}

/// The column that holds running text: most of all letters, or a name that says so.
fn text(rows: &[Row], names: &[String]) -> Option<String> {
    let all: Vec<Measure<'_>> = names.iter().map(|name| Measure::of(rows, name)).collect();
    let letters: usize = all.iter().map(|measure| measure.letters).sum();
    let is_called_text = |measure: &&Measure<'_>| {
        TEXTS
            .iter()
            .any(|known| own_name(measure.name).eq_ignore_ascii_case(known))
    };
    let running = || all.iter().filter(|measure| measure.is_running());
    let called = running().find(is_called_text);
    let most = || {
        running()
            .max_by_key(|measure| measure.letters)
            .filter(|most| most.letters * 2 > letters)
    };
    called.or_else(most).map(|measure| measure.name.to_owned())
}

/// What stands in a column.
struct Measure<'a> {
    name: &'a str,
    /// Cells with words in them.
    filled: usize,
    /// Cells with sentences in them.
    sentences: usize,
    letters: usize,
}

impl<'a> Measure<'a> {
    fn of(rows: &[Row], name: &'a str) -> Self {
        let mut measure = Self {
            name,
            filled: 0,
            sentences: 0,
            letters: 0,
        };
        for words in rows.iter().take(SAMPLE).filter_map(|row| row.words(name)) {
            measure.filled += 1;
            measure.sentences += usize::from(has_sentence(&words));
            measure.letters += words.chars().count();
        }
        measure
    }

    fn is_running(&self) -> bool {
        self.sentences * 2 > self.filled && self.letters >= self.filled * SHORTEST_TEXT
    }
}

/// Whether words have the stops that sentences have.
fn has_sentence(words: &str) -> bool {
    words.contains(['。', '！', '？', '；', '，']) || words.contains(". ") || words.trim_end().ends_with('.')
}

/// A column as that of the ids, if most rows have one and no two have the same.
fn id(rows: &[Row], column: String) -> Option<String> {
    let ids: Vec<String> = rows.iter().filter_map(|row| row.words(&column)).collect();
    let told_apart: BTreeSet<&String> = ids.iter().collect();
    let is_short = |id: &String| id.chars().count() <= LONGEST_ID;
    let tells = ids.len() * 2 > rows.len() && told_apart.len() == ids.len() && ids.iter().all(is_short);
    tells.then_some(column)
}
