//! `cargo xtask edit`: the hosts' page, `/s/{id}/edit/`, which is an app of its own so that riders never load it.
//!
//! Trunk builds one page at a time: the app's build calls this before its own (see Trunk.toml), and what comes out goes
//! into the site that it stages, where `staff build` completes it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::slim::slim;
use crate::step::Step;
use crate::tools::Tools;
use crate::trouble::{Trouble, at};

/// Makes both pages' scripts and style sheets slim, then builds it into `target/edit-page`, and from there into the site that Trunk is building, if it is.
pub fn build(root: &Path, tools: &Tools) -> Result<(), Trouble> {
    slim(root)?;
    let made = root.join("target/edit-page");
    let debug = env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "debug");
    let arguments: &[&str] = if debug { &["build"] } else { &["build", "--release"] };
    // What the build around it says to its hooks would be orders to this one.
    Step::new(&root.join("editor"), "trunk", arguments)
        .without("TRUNK_")
        .env("PATH", &tools.path)
        .run("build the hosts' page")?;
    let Some(site) = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        return Ok(());
    };
    at(&site, fs::create_dir_all(&site))?;
    for entry in at(&made, fs::read_dir(&made))? {
        let entry = at(&made, entry)?;
        if at(&entry.path(), entry.file_type())?.is_file() {
            at(&entry.path(), fs::copy(entry.path(), site.join(entry.file_name())))?;
        }
    }
    Ok(())
}
