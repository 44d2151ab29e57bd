//! `memory/<annotator>.ron`: what an annotator's decisions have taught.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::record::{Checked, Record, is_default};
use super::{Broken, FORMAT, Parsed, Refusal, Versioned, parse, print};
use crate::model::{Annotator, Example, Experience, Lesson, Memory};

#[derive(Serialize, Deserialize)]
#[serde(rename = "memory", deny_unknown_fields)]
struct File {
    format: u32,
    annotator: Annotator,
    lessons: Vec<Checked<LessonRecord>>,
}

impl Versioned for File {
    fn format(&self) -> u32 {
        self.format
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename = "lesson", deny_unknown_fields)]
struct LessonRecord {
    lesson: Lesson,
    taught: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    hits: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    misses: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    examples: Vec<Example>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    check: Option<String>,
}

impl Record for LessonRecord {
    fn check(&mut self) -> &mut Option<String> {
        &mut self.check
    }
}

impl LessonRecord {
    fn of((lesson, experience): (&Lesson, &Experience)) -> Self {
        let Experience {
            taught,
            hits,
            misses,
            examples,
        } = experience.clone();
        Self {
            lesson: lesson.clone(),
            taught,
            hits,
            misses,
            examples,
            check: None,
        }
    }

    fn open(self) -> (Lesson, Experience) {
        let Self {
            lesson,
            taught,
            hits,
            misses,
            examples,
            check: _,
        } = self;
        let experience = Experience {
            taught,
            hits,
            misses,
            examples,
        };
        (lesson, experience)
    }
}

/// Reads a memory's file.
pub(in crate::store) fn read_memory(
    path: &Path,
    bytes: &[u8],
) -> Result<Parsed<(Annotator, Memory)>, Refusal> {
    let Parsed { content, newer } = parse::<File>(path, bytes)?;
    let mut memory = Memory::default();
    for record in content.lessons {
        let (lesson, experience) = record.open().open();
        if memory.get(&lesson).is_some() {
            let message = format!("two entries are for the lesson {lesson:?}; expected one");
            return Err(Broken::whole(path, message).into());
        }
        memory.set(lesson, Some(experience));
    }
    Ok(Parsed {
        content: (content.annotator, memory),
        newer,
    })
}

/// Prints an annotator's memory.
pub(in crate::store) fn write_memory(annotator: &Annotator, memory: &Memory) -> Result<String, ron::Error> {
    print(&File {
        format: FORMAT,
        annotator: annotator.clone(),
        lessons: memory.iter().map(LessonRecord::of).map(Checked::seal).collect(),
    })
}
