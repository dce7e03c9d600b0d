//! The matrix of faults over the built app, for `cargo xtask test` (`--bounded`) and `cargo xtask faults [CASE…]`.

use std::process::ExitCode;
use std::time::Instant;

use e2e::faults::{Choice, Matrix};

fn main() -> ExitCode {
    let (options, words): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|word| word.starts_with("--"));
    let has = |option: &str| options.iter().any(|word| word == option);
    let choice = if has("--bounded") {
        Choice::Bounded
    } else if words.is_empty() {
        Choice::Whole
    } else {
        Choice::Named(words)
    };
    match run(&choice, has("--list")) {
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
