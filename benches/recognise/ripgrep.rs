//! ripgrep on one core: as fast as numbers can be found when nobody asks what they say.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::COMPARABLE;
use crate::common::Outcome;
use crate::programs::cost;
use crate::table::{Measured, Table};

/// Processor time is told in steps, so that one run reads the text as often as this.
const COPIES: u32 = 4;

/// Adds the row that the others are compared with.
pub fn measure(table: &mut Table, text: &str, folder: &Path, times: usize) -> Outcome<()> {
    let what = "rg -j1 -o";
    let Some(version) = version() else {
        Table::missing(what, "not installed: apt install ripgrep");
        return Ok(());
    };
    let path = folder.join("report.txt");
    std::fs::write(&path, text)?;
    let mut time = Duration::MAX;
    for _ in 0..times {
        let mut command = Command::new("rg");
        command
            .args(["-j1", "-o", "--no-filename", COMPARABLE])
            .args([&path; COPIES as usize]);
        time = time.min(cost(&mut command)?.processor / COPIES);
    }
    let counted = Command::new("rg")
        .args(["--count-matches", COMPARABLE])
        .arg(&path)
        .output()?;
    let found = String::from_utf8(counted.stdout)?.trim().parse()?;
    let measured = Measured {
        bytes: text.len(),
        time,
        found: Some(found),
    };
    table.ripgrep(&format!("{what} ({version})"), measured);
    Ok(())
}

/// What ripgrep calls its version, if it is there.
fn version() -> Option<String> {
    let output = Command::new("rg")
        .arg("--version")
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let words = String::from_utf8(output.stdout).ok()?;
    words.split_whitespace().nth(1).map(str::to_owned)
}
