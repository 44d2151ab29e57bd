//! Reading a `.ann`, with the `.txt` beside it where there is one.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::NAMED;
use crate::exchange::annotated::{NAME, put_label};
use crate::exchange::record::{At, Object, Record, Refused, Why};
use crate::model::Field;

/// A text-bound annotation with all that is said of it.
struct Bound<'a> {
    at: At,
    kind: &'a str,
    /// In code points.
    place: (usize, usize),
    words: &'a str,
    /// Whether it stands in more than one piece.
    in_pieces: bool,
    said: Object,
}

/// Reads the annotations of one report, which is called `name`; `text` is what its `.txt` holds.
pub(in crate::exchange) fn read(name: &str, bytes: &[u8], text: Option<String>) -> Vec<Record> {
    let mut record = Record {
        name: Some(name.to_owned()),
        text,
        ..Record::default()
    };
    let lines = String::from_utf8_lossy(bytes);
    let mut bound: BTreeMap<String, Bound<'_>> = BTreeMap::new();
    let mut order = Vec::new();
    let mut about = Vec::new();
    let numbered = lines
        .lines()
        .enumerate()
        .map(|(number, line)| (At::line(number + 1), line));
    for (at, line) in numbered.filter(|(_, line)| !line.trim().is_empty()) {
        match line.split_once('\t') {
            Some((id, rest)) if id.starts_with('T') => match text_bound(at, rest) {
                Some(found) => {
                    bound.insert(id.to_owned(), found);
                    order.push(id);
                }
                None => record.refused.push(Refused {
                    at,
                    why: Why::NoPlace,
                }),
            },
            Some((id, rest)) => about.push((at, id, rest)),
            None => record.refused.push(unread(at, line)),
        }
    }
    for (at, id, rest) in about {
        if !say(&mut bound, id, rest) {
            record.refused.push(unread(at, &format!("{id} {rest}")));
        }
    }
    for id in order {
        let Some(mut found) = bound.remove(id).filter(|found| found.kind != NAME) else {
            continue;
        };
        if found.in_pieces && !is_whole(&found, record.text.as_deref()) {
            record.refused.push(Refused {
                at: found.at,
                why: Why::Pieces,
            });
            continue;
        }
        found.said.insert("start".to_owned(), json!(found.place.0));
        found.said.insert("end".to_owned(), json!(found.place.1));
        if !found.in_pieces {
            found.said.insert("text".to_owned(), json!(found.words));
        }
        put_label(&mut found.said, found.kind);
        record.mentions.push((found.at, found.said));
    }
    vec![record]
}

fn unread(at: At, line: &str) -> Refused {
    Refused {
        at,
        why: Why::Unread(line.to_owned()),
    }
}

/// `Money 456 468;470 472<TAB>$100 million 5`
fn text_bound(at: At, rest: &str) -> Option<Bound<'_>> {
    let (head, words) = rest.split_once('\t')?;
    let (kind, places) = head.split_once(' ')?;
    let piece = |piece: &str| {
        let (start, end) = piece.trim().split_once(' ')?;
        Some((start.parse::<usize>().ok()?, end.parse::<usize>().ok()?))
    };
    let pieces: Vec<(usize, usize)> = places.split(';').map(piece).collect::<Option<_>>()?;
    Some(Bound {
        at,
        kind,
        place: (pieces.first()?.0, pieces.last()?.1),
        words,
        in_pieces: pieces.len() > 1,
        said: Object::new(),
    })
}

/// Whether the pieces are parted by line breaks and other space alone.
fn is_whole(found: &Bound<'_>, text: Option<&str>) -> bool {
    let (start, end) = found.place;
    let whole = text.map(|text| text.chars().skip(start).take(end.saturating_sub(start)));
    let solid = |words: &mut dyn Iterator<Item = char>| -> String {
        words.filter(|it| !it.is_whitespace()).collect()
    };
    whole.is_some_and(|mut whole| solid(&mut whole) == solid(&mut found.words.chars()))
}

/// Takes an attribute, a note or the name of a value; answers whether there is such a thing.
fn say(bound: &mut BTreeMap<String, Bound<'_>>, id: &str, rest: &str) -> bool {
    let (head, tail) = rest.split_once('\t').unwrap_or((rest, ""));
    let words: Vec<&str> = head.split(' ').collect();
    match (id.chars().next(), words.as_slice()) {
        (Some('A' | 'M'), [name, of, value @ ..]) => {
            let Some(found) = bound.get_mut(*of) else {
                return false;
            };
            let value = value.first().copied().unwrap_or("true");
            if Field::ALL.iter().any(|field| field.name() == *name) {
                found.said.insert((*name).to_owned(), json!(value));
            }
            true
        }
        (Some('#'), [_, of, ..]) => {
            let Some(found) = bound.get_mut(*of) else {
                return true;
            };
            match serde_json::from_str(tail) {
                Ok(Json::Object(fields)) => found.said.extend(fields),
                _ => {
                    found.said.insert(Field::Note.name().to_owned(), json!(tail));
                }
            }
            true
        }
        (Some('R'), [name, value, words]) if *name == NAMED => {
            let id = |argument: &'_ str| argument.split_once(':').map(|(_, id)| id.to_owned());
            let (Some(value), Some(words)) = (id(value), id(words)) else {
                return false;
            };
            let Some(place) = bound.get(&words).map(|found| found.place) else {
                return false;
            };
            let Some(found) = bound.get_mut(&value) else {
                return false;
            };
            found
                .said
                .insert("indicator_span".to_owned(), json!([place.0, place.1]));
            true
        }
        // A reference to a data base says nothing that a decision has.
        (Some('N'), _) => true,
        _ => false,
    }
}
