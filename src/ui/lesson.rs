//! What was learnt, as a sentence in the window's language.

use super::cx::Cx;
use super::messages::name_of;
use crate::model::{IndicatorId, Lesson};

/// A lesson as a sentence.
pub fn sentence(cx: &Cx<'_>, lesson: &Lesson) -> String {
    match lesson {
        Lesson::Name { words, indicator } => cx.f("lesson.name", &[words, &entry(cx, indicator)]),
        Lesson::Rename { proposed, words } => cx.f("lesson.rename", &[proposed, words]),
        Lesson::Never { phrase, reason } => {
            cx.f("lesson.never", &[phrase, cx.t(&format!("reason.{reason}"))])
        }
        Lesson::Unit { indicator, unit } => cx.f("lesson.unit", &[&entry(cx, indicator), unit]),
        Lesson::Nature { words, nature } => {
            cx.f("lesson.nature", &[words, cx.t(&format!("value_nature.{nature}"))])
        }
        Lesson::Extend { words } => cx.f("lesson.extend", &[words]),
        Lesson::Always { phrase } => cx.f("lesson.always", &[phrase]),
        Lesson::Area { words } => cx.f("lesson.area", &[words]),
    }
}

fn entry(cx: &Cx<'_>, id: &IndicatorId) -> String {
    let entry = cx.state.project.catalogue.get(id);
    entry.map_or_else(|| id.to_string(), |entry| name_of(cx, entry))
}
