//! `cargo xtask tidy`: the rules of the house that a compiler does not know. ARCHITECTURE.md says why.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::trouble::{Trouble, at};

/// Lines in a file of code, at most; beyond it the file holds two things.
const LINES: usize = 360;

/// What each part of the app may name of the others.
const ARROWS: [(&str, &[&str]); 7] = [
    ("edge", &["edge"]),
    ("data", &["data", "edge"]),
    ("i18n", &["i18n", "data"]),
    ("state", &["state", "data", "edge", "i18n", "routes"]),
    ("view", &["view", "state", "data", "edge", "i18n", "routes"]),
    ("routes.rs", &["routes"]),
    ("app.rs", &["view", "state", "data", "edge", "i18n", "routes", "app"]),
];

/// Crates that only one place may name.
const OWNED: [(&str, &str); 5] = [
    ("leaflet::", "src/edge/map/"),
    ("web_sys::", "src/edge/"),
    ("js_sys::", "src/edge/"),
    ("gloo_events::", "src/edge/"),
    ("gloo_timers::", "src/edge/"),
];

/// The folders that hold files of others.
const VENDORED: [&str; 2] = ["public/vendor", "crates/preview/fonts"];

/// Places outside `edge` that may name the DOM's types, which Leptos hands to them.
const DOM_TYPES: [&str; 2] = ["src/view/", "src/app.rs"];

/// Checks everything and says all that is wrong at once.
pub fn run(root: &Path) -> Result<(), Trouble> {
    let mut untidy = Vec::new();
    let mut files = Vec::new();
    for folder in ["src", "crates", "editor/src", "xtask", "tests"] {
        rust_files(&root.join(folder), &mut files)?;
    }
    files.sort();
    for path in &files {
        let text = at(path, fs::read_to_string(path))?;
        let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        file(&name, &text, &mut untidy);
    }
    for vendor in VENDORED {
        vendored(root, vendor, &mut untidy)?;
    }
    if untidy.is_empty() {
        eprintln!("✔ tidy ({} files)", files.len());
        Ok(())
    } else {
        Err(Trouble::Untidy(untidy))
    }
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Trouble> {
    for entry in at(folder, fs::read_dir(folder))? {
        let path = at(folder, entry)?.path();
        if path.is_dir() {
            rust_files(&path, files)?;
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

/// The rules for one file.
fn file(name: &str, text: &str, untidy: &mut Vec<String>) {
    let lines = text.lines().count();
    if lines > LINES {
        untidy.push(format!("{name}: {lines} lines, more than {LINES}"));
    }
    for (number, line) in text.lines().enumerate() {
        let at = || format!("{name}:{}", number + 1);
        // Spelt apart, so that this file keeps its own rule.
        if [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")]
            .iter()
            .any(|mark| line.contains(mark))
        {
            untidy.push(format!("{}: unfinished business belongs into an issue", at()));
        }
        let code = line.split("//").next().unwrap_or(line);
        if let Some(part) = name.strip_prefix("src/") {
            arrows(part, code, &at, untidy);
            owners(name, code, &at, untidy);
        }
        if name.starts_with("editor/") {
            owners(name, code, &at, untidy);
        }
        if name.starts_with("crates/domain/src/") {
            for word in
                ["std::time", "std::fs", "std::net", "std::env", "std::io", "js_sys", "web_sys", "println!"]
            {
                if code.contains(word) {
                    untidy.push(format!("{}: the domain is pure, without {word}", at()));
                }
            }
        }
        if name.starts_with("crates/staff/src/") && code.contains("love_stations") {
            untidy.push(format!("{}: staff knows the domain alone", at()));
        }
    }
}

fn arrows(part: &str, code: &str, at: &impl Fn() -> String, untidy: &mut Vec<String>) {
    let home = part.split('/').next().unwrap_or(part);
    let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == home) else {
        return;
    };
    for rest in code.split("crate::").skip(1) {
        let named: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let is_part = ARROWS.iter().any(|(name, _)| name.trim_end_matches(".rs") == named);
        if is_part && !allowed.contains(&named.as_str()) {
            untidy.push(format!("{}: {home} must not know {named}", at()));
        }
    }
}

fn owners(name: &str, code: &str, at: &impl Fn() -> String, untidy: &mut Vec<String>) {
    for (word, place) in OWNED {
        let lent = word == "web_sys::" && DOM_TYPES.iter().any(|place| name.starts_with(place));
        if code.contains(word) && !name.starts_with(place) && !lent {
            untidy.push(format!("{}: {word} belongs into {place}", at()));
        }
    }
}

/// Vendored files are those of their makers: the folder's `VENDOR.toml` has a hash for each.
fn vendored(root: &Path, vendor: &str, untidy: &mut Vec<String>) -> Result<(), Trouble> {
    let folder = root.join(vendor);
    let list = folder.join("VENDOR.toml");
    let text = at(&list, fs::read_to_string(&list))?;
    let mut known = 0;
    for (file, hash) in text.lines().filter_map(|line| line.split_once(" = \"sha256:")) {
        let file = file.trim().trim_matches('"');
        let path = folder.join(file);
        let bytes = at(&path, fs::read(&path))?;
        let found = Sha256::digest(&bytes).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        known += 1;
        if found != hash.trim_end_matches('"') {
            untidy.push(format!("{vendor}/{file}: not the file of VENDOR.toml, but sha256:{found}"));
        }
    }
    if known == 0 {
        untidy.push(format!("{vendor}/VENDOR.toml names no file"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(name: &str, text: &str) -> Vec<String> {
        let mut untidy = Vec::new();
        file(name, text, &mut untidy);
        untidy
    }

    #[test]
    fn arrows_point_one_way() {
        let cases = [
            ("src/edge/net.rs", "use crate::state::App;", 1),
            ("src/edge/net.rs", "use crate::edge::page;", 0),
            ("src/data/latest.rs", "use crate::view::shell;", 1),
            ("src/state/mod.rs", "use crate::data::World;", 0),
            ("src/view/list.rs", "use leaflet::Map;", 1),
            ("src/edge/map/mod.rs", "use leaflet::Map;", 0),
            ("src/state/mod.rs", "let x = js_sys::Date::now();", 1),
            ("crates/domain/src/rank.rs", "use std::time::Instant;", 1),
            ("crates/domain/src/rank.rs", "// unlike std::time", 0),
        ];
        for (name, text, expected) in cases {
            assert_eq!(complaints(name, text).len(), expected, "{name}: {text}");
        }
        assert_eq!(complaints("src/app.rs", &"\n".repeat(LINES + 1)).len(), 1);
    }
}
