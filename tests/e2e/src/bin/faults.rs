//! The matrix of faults over the built app, for `cargo xtask test` (`--bounded`) and `cargo xtask faults [CASE…]`.

use std::process::ExitCode;
use std::time::Instant;

use e2e::faults::{Choice, Matrix};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let choice = match words.first().map(String::as_str) {
        None => Choice::Whole,
        Some("--bounded") => Choice::Bounded,
        Some(_) => Choice::Named(words.into_iter().filter(|word| word != "--list").collect()),
    };
    match run(&choice, std::env::args().any(|word| word == "--list")) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all cases hold.
fn run(choice: &Choice, list: bool) -> Result<bool, String> {
    let start = Instant::now();
    let matrix = Matrix::prepare(!matches!(choice, Choice::Bounded), |_| Ok(()))?;
    let cases = matrix.cases(choice);
    if cases.is_empty() {
        return Err("no case of that name".to_owned());
    }
    if list {
        for case in &cases {
            println!("{case}");
        }
        return Ok(true);
    }
    let tally = matrix.run(cases);
    for case in &tally.unsteady {
        println!("held only alone: cargo xtask faults {case}");
    }
    for (case, _) in &tally.failed {
        println!("failed: cargo xtask faults {case}");
    }
    println!("tried {}, failed {} ({} s)", tally.tried, tally.failed.len(), start.elapsed().as_secs());
    Ok(tally.failed.is_empty())
}
