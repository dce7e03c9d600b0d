//! The published form: what goes in comes out, and nothing else is taken for it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

use domain::amenity::{Amenity, AmenityState};
use domain::holidays::Holidays;
use domain::published::StationsFile;
use domain::read::{read_holidays, read_site, read_stations};
use domain::site::{Datum, Site};
use domain::station::{Access, EventKind, Kind, NoticeKind, Role};
use domain::wire::{decode, encode};
use proptest::prelude::*;

const STATIONS: &str = include_str!("../../../public/data/stations.json");
const SITE: &str = include_str!("../../../public/data/site.json");
const HOLIDAYS: &str = include_str!("../../../public/data/holidays.json");

fn stations() -> StationsFile {
    let reading = read_stations(serde_json::from_str(STATIONS).unwrap());
    StationsFile { dataset: reading.dataset.unwrap(), stations: reading.stations }
}

/// Only some of the stations, so that a mutation is soon felt and a case is fast.
fn some_stations() -> StationsFile {
    let mut file = stations();
    file.stations.truncate(12);
    file
}

#[test]
fn what_is_published_comes_back() {
    let stations = stations();
    assert!(stations.stations.len() >= 120);
    assert_eq!(decode(&encode(&stations)), Some(stations));
    let site: Site = read_site(serde_json::from_str(SITE).unwrap()).unwrap();
    assert_eq!(decode(&encode(&site)), Some(site));
    let holidays: Holidays = read_holidays(serde_json::from_str(HOLIDAYS).unwrap()).unwrap();
    assert_eq!(decode(&encode(&holidays)), Some(holidays));
}

/// Words are published by number: one in the middle of its list, or two exchanged, would make every phone that has
/// not updated show one thing for another. New ones go to the end of these, or `SCHEMA` goes up.
#[test]
fn the_numbers_of_words_stay() {
    assert_eq!(
        Kind::WORDS.join(" "),
        "union community party bank pharmacy drivers_home company clinic other"
    );
    assert_eq!(Access::WORDS.join(" "), "free scan face register");
    assert_eq!(NoticeKind::WORDS.join(" "), "closed limited info");
    assert_eq!(Role::WORDS.join(" "), "host party_branch community volunteer mediation legal_aid emergency");
    assert_eq!(EventKind::WORDS.join(" "), "clinic activity");
    assert_eq!(Datum::WORDS.join(" "), "wgs84 gcj02 bd09");
    assert_eq!(AmenityState::WORDS.join(" "), "ok out unknown");
    assert_eq!(
        Amenity::WORDS.join(" "),
        "water hot_water charging seat toilet heating cooling microwave first_aid aed ebike wifi parking umbrella meal fridge tools shower laundry haircut books legal step_free guide"
    );
}

#[test]
fn nothing_may_be_missing_or_left_over() {
    let bytes = encode(&some_stations());
    for end in 0..bytes.len() {
        assert_eq!(decode::<StationsFile>(&bytes[..end]), None, "{end} of {} bytes", bytes.len());
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    assert_eq!(decode::<StationsFile>(&longer), None);
    assert_eq!(decode::<StationsFile>(br#"{"schema":1,"stations":[]}"#), None);
}

/// A length that nothing stands behind must not take the phone's memory.
#[test]
fn a_boast_is_refused_at_once() {
    let huge = [[5].as_slice(), &[0xff, 0xff, 0xff, 0xff, 0x0f]].concat();
    assert_eq!(decode::<Vec<Site>>(&huge), None);
    assert_eq!(decode::<String>(&huge), None);
    assert_eq!(decode::<u64>(&[[10].as_slice(), &[0xff; 10]].concat()), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_come_back(signed: i32, small: u16, large: u64) {
        prop_assert_eq!(decode(&encode(&signed)), Some(signed));
        prop_assert_eq!(decode(&encode(&(small, large))), Some((small, large)));
    }

    /// Damaged bytes are refused, or they mean something that could have been published.
    #[test]
    fn damaged_files_never_panic(
        at in any::<prop::sample::Index>(),
        how in 0..4,
        byte: u8,
        more in prop::collection::vec(any::<u8>(), 0..12),
    ) {
        let mut bytes = GOOD.with(Clone::clone);
        let at = at.index(bytes.len());
        match how {
            0 => bytes[at] = byte,
            1 => bytes[at] ^= 1 << (byte & 7),
            2 => drop(bytes.splice(at..at, more)),
            _ => drop(bytes.drain(at..bytes.len().min(at + more.len()))),
        }
        if let Some(file) = decode::<StationsFile>(&bytes) {
            for station in &file.stations {
                prop_assert!(domain::station::StationId::new(station.id.as_str()).is_some());
                let position = station.location.position;
                prop_assert!(position.is_none_or(|at| at.lat().abs() <= 90.0 && at.lng().abs() <= 180.0));
            }
            prop_assert_eq!(decode(&encode(&file)), Some(file));
        }
    }

    #[test]
    fn noise_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode::<StationsFile>(&bytes);
        let _ = decode::<Site>(&bytes);
        let _ = decode::<Holidays>(&bytes);
    }
}

thread_local! {
    static GOOD: Vec<u8> = encode(&some_stations());
}
