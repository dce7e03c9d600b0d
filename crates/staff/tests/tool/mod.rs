//! Runs the built `staff` as people do.

#![allow(dead_code, reason = "each test file uses its own part of this module")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of `tests/data`.
pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// The tool, untouched by variables that Trunk or a person may have set.
pub fn staff() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_staff"));
    for name in ["TRUNK_STAGING_DIR", "TRUNK_DIST_DIR", "TRUNK_PROFILE"] {
        command.env_remove(name);
    }
    command
}

/// What a run said and how it ended, in one text for a snapshot; `hide` are folders that differ from run to run.
pub fn told(output: &Output, hide: &[(&Path, &str)]) -> String {
    let mut text = format!("exit {}\n", output.status.code().unwrap());
    for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        if !bytes.is_empty() {
            text.push_str(&["--- ", name, "\n", std::str::from_utf8(bytes).unwrap()].concat());
        }
    }
    hide.iter().fold(text, |text, (path, word)| text.replace(path.to_str().unwrap(), word))
}

/// Every file below a folder, with its bytes; folders with nothing.
pub fn listing(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(here) = folders.pop() {
        for entry in fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_owned();
            if path.is_dir() {
                found.insert(name, None);
                folders.push(path);
            } else {
                found.insert(name, Some(fs::read(&path).unwrap()));
            }
        }
    }
    found
}

/// Copies a folder, so that a test can change it.
pub fn copy(from: &Path, to: &Path) {
    for (name, bytes) in listing(from) {
        let path = to.join(name);
        match bytes {
            None => fs::create_dir_all(path).unwrap(),
            Some(bytes) => {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
        }
    }
}

/// Replaces text in a file; the text must be there.
pub fn replace(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{} has no {from}", file.display());
    fs::write(file, text.replace(from, to)).unwrap();
}
