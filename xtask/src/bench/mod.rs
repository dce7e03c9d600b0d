//! `cargo xtask bench …`: what things cost, in time and memory, beside what other people would pick. Prints tables for
//! `docs/performance.md`; never a test, as a busy machine is no fault of the code.

mod index;
mod load;
mod measure;
pub(crate) mod pages;
mod sheet;
mod staff;

use std::path::Path;

use crate::trouble::Trouble;

const HELP: &str = "\
cargo xtask bench [COMMAND]

  index           the index, the clusters and the opening hours as WebAssembly, beside npm packages in one Node
  staff [COUNT…]  the staff tool's import, check and build, with 5,000 and 200,000 stations or with so many
  pages [COUNT…] [runs=N]
                  the app in Chromium on a slow phone and network, beside a page of Leaflet with markercluster and one of MapLibre
                  GL, with 3,000 and 200,000 stations; fails if the nation takes a phone more than 1.3 times a city
  load [SECONDS]  readers and 20 changes a second on `staff serve --data` for a minute or so long; needs wrk

Without a command: index, staff and pages.
";

/// Runs the benchmark that is asked for.
pub fn run(root: &Path, words: &[String]) -> Result<(), Trouble> {
    let rest = words.get(1..).unwrap_or_default();
    match words.first().map_or("", String::as_str) {
        "" => {
            index::run(root)?;
            staff::run(root, &[])?;
            pages::run(root, &[])
        }
        "index" => index::run(root),
        "staff" => staff::run(root, rest),
        "pages" => pages::run(root, rest),
        "load" => load::run(root, rest),
        measure::COMMAND => measure::child(rest),
        staff::PARSE => staff::parse(rest),
        other => Err(Trouble::Usage(format!("there is no benchmark {other}\n\n{HELP}"))),
    }
}
