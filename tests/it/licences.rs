//! What is built into the program: where it comes from, and under which licence, as `deny.toml` allows.

use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;

/// The words of a list in `deny.toml`.
fn list(toml: &str, name: &str) -> Vec<String> {
    let start = toml.find(&format!("\n{name} = [")).unwrap();
    let list = &toml[start..start + toml[start..].find(']').unwrap()];
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether a licence expression can be met with these licences.
fn is_met(expression: &str, allowed: &[String]) -> bool {
    // Old packages write a stroke where `OR` is meant.
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut place = 0;
    let met = any(&tokens, &mut place, allowed);
    assert_eq!(place, tokens.len(), "{expression}");
    met
}

fn any(tokens: &[&str], place: &mut usize, allowed: &[String]) -> bool {
    let mut met = all(tokens, place, allowed);
    while tokens.get(*place) == Some(&"OR") {
        *place += 1;
        met |= all(tokens, place, allowed);
    }
    met
}

fn all(tokens: &[&str], place: &mut usize, allowed: &[String]) -> bool {
    let mut met = one(tokens, place, allowed);
    while tokens.get(*place) == Some(&"AND") {
        *place += 1;
        met &= one(tokens, place, allowed);
    }
    met
}

fn one(tokens: &[&str], place: &mut usize, allowed: &[String]) -> bool {
    if tokens[*place] == "(" {
        *place += 1;
        let met = any(tokens, place, allowed);
        assert_eq!(tokens[*place], ")");
        *place += 1;
        return met;
    }
    // `MPL-2.0+` may be taken as `MPL-2.0`.
    let mut licence = tokens[*place].trim_end_matches('+').to_owned();
    *place += 1;
    if tokens.get(*place) == Some(&"WITH") {
        licence = format!("{licence} WITH {}", tokens[*place + 1]);
        *place += 2;
    }
    allowed.contains(&licence)
}

#[test]
fn expressions_are_understood() {
    let allowed = ["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
    for (expression, met) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR GPL-3.0) AND Zlib", true),
        ("MIT OR GPL-3.0 AND Zlib", true),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0", false),
    ] {
        assert_eq!(is_met(expression, &allowed), met, "{expression}");
    }
}

#[test]
fn every_package_is_from_the_registry_under_a_licence_that_is_allowed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let toml = std::fs::read_to_string(root.join("deny.toml")).unwrap();
    let allowed = list(&toml, "allow");
    let registries = list(&toml, "allow-registry");
    let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let cargo = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--offline",
            "--filter-platform",
            &host,
        ])
        .current_dir(root)
        .output()
        .unwrap();
    if !cargo.status.success() {
        eprintln!(
            "skipped: not every package is at hand: {}",
            String::from_utf8_lossy(&cargo.stderr)
        );
        return;
    }
    let metadata: Json = serde_json::from_slice(&cargo.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50, "{}", packages.len());
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(is_met(licence, &allowed), "{name}: {licence}; see deny.toml");
        let source = package["source"]
            .as_str()
            .map(|source| source.trim_start_matches("registry+"));
        let is_ours = source.is_none() && name == env!("CARGO_PKG_NAME");
        let is_known = source.is_some_and(|source| registries.iter().any(|registry| registry == source));
        assert!(is_ours || is_known, "{name} is from {source:?}; see deny.toml");
    }
}
