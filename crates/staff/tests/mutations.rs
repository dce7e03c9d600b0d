//! 4,000 mutated data files: no panic, no invalid one accepted, neither by the staff tool nor by the reader alone (on
//! the typed value, without the tool's look at the JSON), and what is accepted reaches the app as it is.
//!
//! What is valid is said by `mutations/referee.rs`, which was written from the contract and not from the program.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "mutations/breaks.rs"]
mod breaks;
#[path = "mutations/contract.rs"]
mod contract;
#[path = "mutations/dice.rs"]
mod dice;
#[path = "mutations/referee.rs"]
mod referee;

use std::cell::Cell;

use contract::{SITE, STATIONS};
use dice::Dice;
use domain::dto::StationsDto;
use domain::dto_site::SiteDto;
use domain::published::StationsFile;
use domain::read::{read_site, read_stations};
use domain::wire::{decode, encode};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use referee::{judge_site, judge_stations};
use serde_json::Value;
use staff::source;
use staff::trouble::{Item, Level};

const GOOD_STATIONS: &[u8] = include_bytes!("data/good/data/stations.json");
const GOOD_SITE: &[u8] = include_bytes!("data/good/data/site.json");

/// Runs `property` on so many seeds, the same ones every time; more with `PROPTEST_CASES`.
fn for_seeds(count: u32, property: impl Fn(u64) -> Result<(), TestCaseError>) {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let config = Config { cases: asked.unwrap_or(count), failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    runner.run(&any::<u64>(), property).unwrap();
}

fn errors(items: &[Item]) -> Vec<&Item> {
    items.iter().filter(|item| item.trouble.level() == Level::Error).collect()
}

/// Whether an error was found at `path`, below it, or at a whole that it belongs to.
fn found(items: &[Item], path: &str) -> bool {
    let within = |path: &str, above: &str| {
        path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    errors(items)
        .iter()
        .any(|item| within(&item.path, path) || (!item.path.is_empty() && within(path, &item.path)))
}

/// Whether the reader would take the file for stations.
fn reader_takes_stations(bytes: &[u8]) -> bool {
    serde_json::from_slice::<StationsDto>(bytes).is_ok_and(|dto| read_stations(dto).findings.is_empty())
}

fn reader_takes_site(bytes: &[u8]) -> bool {
    serde_json::from_slice::<SiteDto>(bytes).is_ok_and(|dto| read_site(dto).is_ok())
}

#[test]
fn the_files_to_break_are_whole() {
    for (bytes, items, judge) in [
        (
            GOOD_STATIONS,
            source::stations(GOOD_STATIONS).2,
            judge_stations as fn(&Value) -> Result<(), String>,
        ),
        (GOOD_SITE, source::site(GOOD_SITE).2, judge_site),
    ] {
        assert!(items.is_empty(), "{items:?}");
        judge(&serde_json::from_slice(bytes).unwrap()).unwrap();
    }
    assert!(reader_takes_stations(GOOD_STATIONS) && reader_takes_site(GOOD_SITE));
}

/// Every break is found, where it was made.
#[test]
fn known_breaks_are_found_in_their_place() {
    let stations: Value = serde_json::from_slice(GOOD_STATIONS).unwrap();
    let site: Value = serde_json::from_slice(GOOD_SITE).unwrap();
    let (station_places, site_places) = (breaks::places(&stations, STATIONS), breaks::places(&site, SITE));
    assert!(
        station_places.len() > 60 && site_places.len() > 20,
        "{} {}",
        station_places.len(),
        site_places.len()
    );
    let count = Cell::new(0);
    for_seeds(2000, |seed| {
        let mut dice = Dice::new(seed);
        let (items, path, what, taken) = match dice.below(10) {
            0..6 => {
                let (mut file, place) = (stations.clone(), &station_places[dice.below(station_places.len())]);
                let what = breaks::break_field(&mut file, place, &mut dice);
                let bytes = file.to_string().into_bytes();
                // The reader takes a file without the list for an empty one, which the staff tool refuses.
                let taken = reader_takes_stations(&bytes) && place.path != "stations";
                (source::stations(&bytes).2, place.path.clone(), what, taken)
            }
            6..8 => {
                let mut file = stations.clone();
                let (path, what) = breaks::break_together(&mut file, &mut dice);
                let bytes = file.to_string().into_bytes();
                (source::stations(&bytes).2, path, what.to_owned(), reader_takes_stations(&bytes))
            }
            _ => {
                let (mut file, place) = (site.clone(), &site_places[dice.below(site_places.len())]);
                let what = breaks::break_field(&mut file, place, &mut dice);
                let bytes = file.to_string().into_bytes();
                (source::site(&bytes).2, place.path.clone(), what, reader_takes_site(&bytes))
            }
        };
        // A position is judged as a whole, and so are a layer's zooms.
        let whole =
            [".lat", ".lng", ".min_zoom"].iter().find_map(|part| path.strip_suffix(part)).unwrap_or(&path);
        prop_assert!(found(&items, whole), "{path} was {what}; found {:?}", errors(&items));
        prop_assert!(!taken, "the reader takes a file whose {path} was {what}");
        count.set(count.get() + 1);
        Ok(())
    });
    println!("{} known breaks: all found in their place", count.get());
}

/// Whatever is accepted is valid.
fn accepted_is_valid(bytes: &[u8], accepted: &Cell<u32>) -> Result<(), TestCaseError> {
    let (written, reading, items) = source::stations(bytes);
    let staff_takes = errors(&items).is_empty();
    if staff_takes {
        let judged = serde_json::from_slice(bytes)
            .map_err(|error| error.to_string())
            .and_then(|file| judge_stations(&file));
        prop_assert!(judged.is_ok(), "{} in {}", judged.unwrap_err(), String::from_utf8_lossy(bytes));
        prop_assert_eq!(reading.stations.len(), written.len());
        if let Some(dataset) = reading.dataset {
            let published = StationsFile { dataset, stations: reading.stations };
            prop_assert_eq!(decode(&encode(&published)), Some(published));
        }
        accepted.set(accepted.get() + 1);
    }
    if reader_takes_stations(bytes) && !staff_takes {
        // Only for what the reader takes for nothing at all: a list that is missing, a key that stands twice, broken
        // UTF-8 in the value of a key that it does not know.
        let mut file: Value = serde_json::from_str(&String::from_utf8_lossy(bytes)).unwrap();
        if file["stations"].is_null() {
            file["stations"] = Value::Array(Vec::new());
        }
        let judged = judge_stations(&file);
        prop_assert!(
            judged.is_ok(),
            "the reader: {} in {}",
            judged.unwrap_err(),
            String::from_utf8_lossy(bytes)
        );
    }
    Ok(())
}

#[test]
fn shaken_files_are_refused_or_valid() {
    let good: Value = serde_json::from_slice(GOOD_STATIONS).unwrap();
    let (count, accepted) = (Cell::new(0), Cell::new(0));
    for_seeds(1000, |seed| {
        let mut dice = Dice::new(seed);
        let mut file = good.clone();
        for _ in 0..=dice.below(3) {
            dice.shake(&mut file);
            if !file.is_object() {
                break;
            }
        }
        count.set(count.get() + 1);
        accepted_is_valid(file.to_string().as_bytes(), &accepted)
    });
    println!("{} files with parts replaced: {} accepted, all valid", count.get(), accepted.get());
    assert!(accepted.get() > 0, "a test that accepts nothing shows nothing");
}

#[test]
fn scratched_files_are_refused_or_valid() {
    let (count, accepted) = (Cell::new(0), Cell::new(0));
    for_seeds(1000, |seed| {
        let mut bytes = GOOD_STATIONS.to_vec();
        Dice::new(seed).scratch(&mut bytes);
        count.set(count.get() + 1);
        accepted_is_valid(&bytes, &accepted)
    });
    println!("{} files with bytes changed: {} accepted, all valid", count.get(), accepted.get());
    assert!(accepted.get() > 0, "a test that accepts nothing shows nothing");
}
