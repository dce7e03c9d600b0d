//! `cargo xtask bench …`: what things cost, beside what other people would pick. Prints tables for
//! `docs/performance.md`; never a test, as a busy machine is no fault of the code.

mod index;

use std::path::Path;

use crate::trouble::Trouble;

const HELP: &str = "\
cargo xtask bench [COMMAND]

  index  the index, the clusters and the opening hours as WebAssembly, beside npm packages in one Node

Without a command: all of them.
";

/// Runs the benchmark that is asked for.
pub fn run(root: &Path, words: &[String]) -> Result<(), Trouble> {
    match words.first().map_or("", String::as_str) {
        "" | "index" => index::run(root),
        other => Err(Trouble::Usage(format!("there is no benchmark {other}\n\n{HELP}"))),
    }
}
