//! What was learnt, as a sentence in the window's language.

use super::cx::Cx;
use super::messages;
use crate::model::Lesson;

/// A lesson as a sentence.
pub fn sentence(cx: &Cx<'_>, lesson: &Lesson) -> String {
    match lesson {
        Lesson::Name { words, indicator } => {
            cx.f("lesson.name", &[words, &messages::indicator(cx, indicator)])
        }
        Lesson::Rename { proposed, words } => cx.f("lesson.rename", &[proposed, words]),
        Lesson::Never { phrase, reason } => {
            cx.f("lesson.never", &[phrase, cx.t(&format!("reason.{reason}"))])
        }
        Lesson::Unit { indicator, unit } => cx.f("lesson.unit", &[&messages::indicator(cx, indicator), unit]),
        Lesson::Nature { words, nature } => {
            cx.f("lesson.nature", &[words, cx.t(&format!("value_nature.{nature}"))])
        }
        Lesson::Extend { words } => cx.f("lesson.extend", &[words]),
        Lesson::Always { phrase } => cx.f("lesson.always", &[phrase]),
        Lesson::Area { words } => cx.f("lesson.area", &[words]),
    }
}
