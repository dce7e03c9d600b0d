//! A long ride through the built app, for `cargo xtask ride [MINUTES [SEED]]`.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use e2e::ride::{End, growth, ride};
use e2e::{Scene, visit};

/// How long, unless somebody says otherwise.
const MINUTES: u64 = 120;
/// Things done between two looks at what the app holds.
const STRETCH: usize = 50;

fn main() -> ExitCode {
    let numbers: Result<Vec<u64>, _> = std::env::args().skip(1).map(|word| word.parse()).collect();
    let Ok(numbers) = numbers else {
        eprintln!("ride [MINUTES [SEED]]");
        return ExitCode::FAILURE;
    };
    let minutes = numbers.first().copied().unwrap_or(MINUTES);
    let seed = numbers.get(1).copied().unwrap_or(1);
    let mut grown = Vec::new();
    let begun = Instant::now();
    visit(Scene::phone(), |page| {
        let end = End::After(Duration::from_secs(minutes * 60));
        let ridden = ride(page, seed, end, STRETCH, |acts, gauge| {
            println!("{:>5} s, {acts:>6} acts: {gauge}", begun.elapsed().as_secs());
        });
        println!("{} acts in {minutes} minutes, seed {seed}: 0 complaints", ridden.acts);
        grown = growth(&ridden.gauges);
    });
    for what in &grown {
        println!("grew: {what}");
    }
    if grown.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
