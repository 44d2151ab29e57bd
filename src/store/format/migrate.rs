//! Formats other than the one that this program writes.
//!
//! When the format changes, its old structures move here as `v1`, with a pure function that
//! carries them up to the next format; `tests/fixtures/v1` keeps a project of each for ever.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::options;

/// How many unknown names of a newer format are looked past before it is given up.
const MOST_UNKNOWN: usize = 64;

#[derive(Deserialize)]
struct Peek {
    format: u32,
}

/// The format that a file names, whatever else it holds.
pub(super) fn format_of(text: &str) -> Option<u32> {
    options().from_str::<Peek>(text).ok().map(|peek| peek.format)
}

/// Reads a newer file without the fields that this program does not know.
///
/// `None` where the newer format has changed more than by adding fields.
pub(super) fn read_what_is_known<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut value: ron::Value = options().from_str(text).ok()?;
    for _ in 0..MOST_UNKNOWN {
        match value.clone().into_rust::<T>() {
            Ok(content) => return Some(content),
            Err(ron::Error::NoSuchStructField { found, .. }) => forget(&mut value, &found),
            Err(_) => return None,
        }
    }
    None
}

fn forget(value: &mut ron::Value, name: &str) {
    match value {
        ron::Value::Map(map) => {
            map.retain(|key, _| !matches!(key, ron::Value::String(found) if found == name));
            map.values_mut().for_each(|inner| forget(inner, name));
        }
        ron::Value::Seq(list) => list.iter_mut().for_each(|inner| forget(inner, name)),
        ron::Value::Option(Some(inner)) => forget(inner, name),
        _ => {}
    }
}
