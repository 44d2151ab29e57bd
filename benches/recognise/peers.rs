//! Recognisers of other projects that Python can install; `peers.py` runs them.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::Deserialize;

use crate::Effort;
use crate::common::Outcome;
use crate::table::{Measured, Table};

/// As much text is enough for programs that are this slow.
const BYTES: usize = 1_000_000;

/// What `peers.py` prints for each of them.
#[derive(Deserialize)]
struct Peer {
    name: String,
    #[serde(flatten)]
    result: Result,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Result {
    Ran {
        version: String,
        bytes: usize,
        seconds: f64,
        found: usize,
    },
    Missing {
        missing: String,
    },
}

/// Adds a row for each.
pub fn measure(table: &mut Table, text: &str, effort: Effort, folder: &Path) -> Outcome<()> {
    let path = folder.join("part.txt");
    std::fs::write(&path, &text[..text.floor_char_boundary(BYTES)])?;
    let python = env::var_os("PEERS_PYTHON").unwrap_or_else(|| "python3".into());
    let output = Command::new(&python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/recognise/peers.py"))
        .arg(&path)
        .arg(effort.patience.to_string())
        .stderr(Stdio::inherit())
        .output();
    let Ok(output) = output else {
        Table::missing("peers in Python", &format!("cannot run {}", python.display()));
        return Ok(());
    };
    if !output.status.success() {
        return Err(format!("peers.py ended with {}", output.status).into());
    }
    for line in String::from_utf8(output.stdout)?.lines() {
        let Peer { name, result } = serde_json::from_str(line)?;
        match result {
            Result::Ran {
                version,
                bytes,
                seconds,
                found,
            } => {
                let time = Duration::from_secs_f64(seconds);
                let measured = Measured {
                    bytes,
                    time,
                    found: Some(found),
                };
                table.row(&format!("{name} {version}"), measured, &[]);
            }
            Result::Missing { missing } => Table::missing(&name, &missing),
        }
    }
    Ok(())
}
