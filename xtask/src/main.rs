//! Developer commands; `cargo xtask help` lists them.

mod basemap;
mod bench;
mod build;
mod edit;
mod size;
mod slim;
mod step;
mod test;
mod tidy;
mod tools;
mod trouble;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use step::Step;
use tools::Tools;
use trouble::Trouble;

const HELP: &str = "\
cargo xtask COMMAND

  run      set up what is missing, build the release app, serve it at http://127.0.0.1:8080
  test     set up what is missing, run every check and test: fmt, clippy, tidy, native, wasm, Chromium
  build    set up what is missing, build the release app into dist/, print what a first load costs
  edit     build the hosts' page alone, into the site that Trunk is building; Trunk's own hook
  serve    serve dist/ as it is
  tidy     check the rules of the house: import arrows, file lengths, vendored files
  basemap  make public/basemap/ from basemap/source/
  bench    measure beside other people's programs, and write docs/performance.md; words after it choose what
  e2e      build, and run the tests in Chromium alone; words after it choose tests
  faults   build, and run the whole matrix of faults; words after it choose cases by how their names begin, --list names them
  ride     build, and ride through the app for 120 minutes or so many, with a seed: nothing may fail, no memory may grow
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let outcome = root().and_then(|root| run(&root, &words));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\nxtask: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run(root: &Path, words: &[String]) -> Result<(), Trouble> {
    let command = words.first().map_or("help", String::as_str);
    match command {
        "run" => {
            build::build(root, &Tools::for_building(root)?)?;
            serve(root)
        }
        "serve" => serve(root),
        "build" => build::build(root, &Tools::for_building(root)?).map(drop),
        "edit" => edit::build(root, &Tools::for_building(root)?),
        "test" => test::all(root),
        "e2e" => test::in_chromium(root, &words[1..]),
        "faults" => test::faults(root, &words[1..]),
        "ride" => test::ride(root, &words[1..]),
        "tidy" => tidy::run(root),
        "basemap" => basemap::run(root),
        "bench" => bench::run(root, &words[1..]),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(Trouble::Usage(format!("there is no command {other}\n\n{HELP}"))),
    }
}

/// Serves `dist` until it is stopped; `staff serve` prints the address.
fn serve(root: &Path) -> Result<(), Trouble> {
    Step::cargo(root, &["run", "--quiet", "--package", "staff", "--", "serve", "--dist", "dist"]).run("serve")
}

/// The workspace's folder.
fn root() -> Result<PathBuf, Trouble> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent()
        .map(Path::to_owned)
        .ok_or_else(|| Trouble::Usage("the workspace is not where it was built".into()))
}
