//! `cargo xtask build`: the release app and its data, into `dist/`, and only if it is whole.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::size;
use crate::step::Step;
use crate::tools::Tools;
use crate::trouble::{Trouble, at};

/// Builds beside `dist`, looks whether everything is there, and only then puts it in its place. Whether the first load
/// is within its budget: with another site's data it may not be, and is served all the same.
pub fn build(root: &Path, tools: &Tools) -> Result<bool, Trouble> {
    let next = root.join("target/site-next");
    let before = root.join("target/site-before");
    let dist = root.join("dist");
    for folder in [&next, &before] {
        if folder.exists() {
            at(folder, fs::remove_dir_all(folder))?;
        }
    }
    // What is published now: the number of the new data follows its, its old files stay, photos are not made again.
    if dist.is_dir() {
        link(&dist, &next)?;
    }
    Step::cargo(root, &["build", "--quiet", "--package", "staff"]).run("build the staff tool")?;
    Step::new(root, "trunk", &["build", "--release", "--dist", &next.to_string_lossy()])
        .env("PATH", &tools.path)
        .run("build the app and its data (a minute or two)")?;
    check(&next)?;
    if dist.exists() {
        at(&dist, fs::rename(&dist, &before))?;
    }
    at(&dist, fs::rename(&next, &dist))?;
    let _ = fs::remove_dir_all(&before);
    size::print(&dist)
}

/// Gives every file of a folder, but no symlink, a second name in another. Nobody writes into a file that has one: builds
/// put new files in the place of old ones.
fn link(from: &Path, to: &Path) -> Result<(), Trouble> {
    at(to, fs::create_dir_all(to))?;
    for entry in at(from, fs::read_dir(from))? {
        let entry = at(from, entry)?;
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        let kind = at(&path, entry.file_type())?;
        if kind.is_dir() {
            link(&path, &to)?;
        } else if kind.is_file() && fs::hard_link(&path, &to).is_err() {
            at(&path, fs::copy(&path, &to))?;
        }
    }
    Ok(())
}

/// Looks whether every file that the pages and the data's index name is there and what it should be.
fn check(site: &Path) -> Result<(), Trouble> {
    let broken = |what: String| Trouble::Failed(format!("the build ({what}); dist/ is as it was, and"));
    let mut named = Vec::new();
    for page in ["index.html", size::EDIT] {
        let page = site.join(page);
        named.extend(size::named(&at(&page, fs::read_to_string(&page))?));
    }
    for file in named {
        let bytes = fs::read(site.join(&file)).map_err(|_| broken(format!("{file} is missing")))?;
        let is_wasm = Path::new(&file).extension().is_some_and(|it| it == "wasm");
        if bytes.is_empty() || (is_wasm && !bytes.starts_with(b"\0asm")) {
            return Err(broken(format!("{file} is not whole")));
        }
    }
    let index = site.join("data/index.json");
    let index = at(&index, fs::read(&index))?;
    let index: Value =
        serde_json::from_slice(&index).map_err(|error| broken(format!("data/index.json: {error}")))?;
    for file in index["files"].as_array().into_iter().flatten() {
        let name = file["path"].as_str().unwrap_or_default();
        let len = fs::metadata(site.join("data").join(name)).map_or(0, |found| found.len());
        if file["len"].as_u64() != Some(len) {
            return Err(broken(format!("data/{name} is not as long as the index says")));
        }
    }
    Ok(())
}
