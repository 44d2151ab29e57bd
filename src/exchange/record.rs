//! What a reader of annotations makes of a file, before any words are sought in the project's reports.

use serde_json::{Map, Value as Json, json};

pub(super) use super::predictions::{At, Refused, Why, whole};
use super::ruler::{Ruler, Unit};

/// A JSON object.
pub(super) type Object = Map<String, Json>;

/// What a file says of one report.
#[derive(Default)]
pub(super) struct Record {
    /// What the report is called there.
    pub name: Option<String>,
    /// The text that the offsets are counted in, if the file has it.
    pub text: Option<String>,
    /// What is said, with offsets in code points, in the names of `predictions`.
    pub mentions: Vec<(At, Object)>,
    /// What cannot be understood.
    pub refused: Vec<Refused>,
}

impl Record {
    /// A piece of a file that cannot be understood.
    pub fn refused(refused: Refused) -> Self {
        Self {
            refused: vec![refused],
            ..Self::default()
        }
    }

    /// Turns offsets counted in `unit` into code points of the record's text.
    pub fn count_code_points(&mut self, unit: Unit) {
        let Some(text) = self.text.as_deref().filter(|_| unit != Unit::CodePoints) else {
            return;
        };
        let ruler = Ruler::new(text, unit);
        let counted = |json: Option<&Json>| json.and_then(whole).and_then(|offset| ruler.code_point(offset));
        let mut kept = Vec::new();
        for (at, mut mention) in std::mem::take(&mut self.mentions) {
            let (start, end) = (counted(mention.get("start")), counted(mention.get("end")));
            if start.is_none() || end.is_none() {
                self.refused.push(Refused {
                    at,
                    why: Why::NoPlace,
                });
                continue;
            }
            mention.insert("start".to_owned(), json!(start));
            mention.insert("end".to_owned(), json!(end));
            let name = mention
                .get("indicator_span")
                .and_then(Json::as_array)
                .map(Vec::as_slice);
            if let Some([from, to]) = name {
                let span = json!([counted(Some(from)), counted(Some(to))]);
                mention.insert("indicator_span".to_owned(), span);
            }
            kept.push((at, mention));
        }
        self.mentions = kept;
    }
}

/// The words of a key, if it has any.
pub(super) fn words(object: &Object, keys: &[&str]) -> Option<String> {
    let found = keys
        .iter()
        .find_map(|key| object.get(*key).filter(|json| !json.is_null()));
    match found? {
        Json::String(words) => Some(words.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The object that a piece is.
pub(super) fn object(at: At, json: Json) -> Result<Object, Refused> {
    match json {
        Json::Object(object) => Ok(object),
        _ => Err(Refused {
            at,
            why: Why::UnknownShape,
        }),
    }
}

/// A piece of a file, or why it is none.
pub(super) type Piece = (At, Result<Json, Refused>);

/// The pieces of a file of JSON: its lines, or the elements of the one array, or the one value that it is.
pub(super) fn json_pieces(bytes: &[u8]) -> Box<dyn Iterator<Item = Piece> + '_> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let is_empty = |line: &[u8]| line.trim_ascii().is_empty();
    let first_line = bytes.split(|byte| *byte == b'\n').find(|line| !is_empty(line));
    let is_lines = first_line.is_some_and(|line| {
        line.trim_ascii_start().starts_with(b"{") && serde_json::from_slice::<Json>(line).is_ok()
    });
    let whole = if is_lines {
        None
    } else {
        serde_json::from_slice(bytes).ok()
    };
    match whole {
        Some(Json::Array(items)) => {
            let items = items.into_iter().enumerate();
            Box::new(items.map(|(item, json)| (At::item(item + 1), Ok(json))))
        }
        Some(json) => Box::new(std::iter::once((At::item(1), Ok(json)))),
        None => {
            let lines = bytes.split(|byte| *byte == b'\n').enumerate();
            Box::new(lines.filter(move |(_, line)| !is_empty(line)).map(piece))
        }
    }
}

fn piece((number, line): (usize, &[u8])) -> Piece {
    let at = At::line(number + 1);
    let refused = |error: serde_json::Error| Refused {
        at,
        // The parser counts the lines of what it was given, which is one.
        why: Why::NotJson(error.to_string().replace(" at line 1 column ", " at column ")),
    };
    (at, serde_json::from_slice(line.trim_ascii()).map_err(refused))
}
