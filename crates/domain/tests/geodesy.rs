//! Distances against `GeographicLib`, and the figures a person is told.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

use domain::coords::Wgs84;
use domain::geodesy::{Compass, Distance, TravelTime, bearing, distance_m};
use geographiclib_rs::{Geodesic, InverseGeodesic};
use proptest::prelude::*;

fn at(lat: f64, lng: f64) -> Wgs84 {
    Wgs84::new(lat, lng).unwrap()
}

fn reference(a: Wgs84, b: Wgs84) -> f64 {
    Geodesic::wgs84().inverse(a.lat(), a.lng(), b.lat(), b.lng())
}

#[test]
fn edges_of_the_earth() {
    let cases = [
        (at(0.0, 0.0), at(0.0, 0.0), 0.0, 0.0),
        (at(41.8, 123.4), at(41.8, 123.4), 0.0, 0.0),
        (at(10.0, 179.999), at(10.0, -179.999), 219.3, 0.1),
        (at(90.0, 0.0), at(90.0, 137.0), 0.0, 1e-6),
        (at(90.0, 0.0), at(-90.0, 0.0), 20_003_931.0, 40_000.0),
        (at(0.0, 0.0), at(0.0, 180.0), 20_003_931.0, 40_000.0),
    ];
    for (a, b, metres, within) in cases {
        let found = distance_m(a, b);
        assert!((found - metres).abs() <= within, "{a:?} {b:?}: {found}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn within_a_city_to_a_hundred_thousandth(lat in 38.0..44.0, lng in 118.0..126.0, north in -0.2..0.2, east in -0.2..0.2) {
        let (a, b) = (at(lat, lng), at(lat + north, lng + east));
        let metres = reference(a, b);
        prop_assert!((distance_m(a, b) - metres).abs() <= metres * 1e-5 + 1e-6);
    }

    #[test]
    fn within_the_nation_to_ten_metres(a in (4.0..53.0, 74.0..135.0), b in (4.0..53.0, 74.0..135.0)) {
        let (a, b) = (at(a.0, a.1), at(b.0, b.1));
        prop_assert!((distance_m(a, b) - reference(a, b)).abs() < 10.0);
        prop_assert_eq!(distance_m(a, b).to_bits(), distance_m(b, a).to_bits());
    }

    #[test]
    fn bearing_agrees_in_a_city(lat in 38.0..44.0, lng in 118.0..126.0, north in -0.1..0.1_f64, east in -0.1..0.1_f64) {
        prop_assume!(north.abs() + east.abs() > 1e-4);
        let (a, b) = (at(lat, lng), at(lat + north, lng + east));
        let (azimuth, _, _): (f64, f64, f64) = Geodesic::wgs84().inverse(a.lat(), a.lng(), b.lat(), b.lng());
        let off = (bearing(a, b) - azimuth).rem_euclid(360.0);
        // The great circle's bearing and the ellipsoid's differ by a fraction of a degree.
        prop_assert!(off.min(360.0 - off) < 0.3, "{} {}", bearing(a, b), azimuth);
    }

    #[test]
    fn what_is_told_keeps_the_order(a in 0.0..2e5_f64, b in 0.0..2e5_f64) {
        prop_assert!(a > b || Distance::rounded(a) <= Distance::rounded(b));
        prop_assert!(a > b || TravelTime::walking(a) <= TravelTime::walking(b));
        prop_assert!(TravelTime::riding(a) <= TravelTime::walking(a));
    }
}

#[test]
fn distances_as_they_are_told() {
    let cases = [
        (0.0, Distance::Metres(10)),
        (4.0, Distance::Metres(10)),
        (346.0, Distance::Metres(350)),
        (994.9, Distance::Metres(990)),
        (995.0, Distance::Tenths(10)),
        (1_249.0, Distance::Tenths(12)),
        (9_940.0, Distance::Tenths(99)),
        (9_960.0, Distance::Tenths(100)),
        (10_600.0, Distance::Tenths(110)),
        (f64::NAN, Distance::Metres(10)),
    ];
    for (metres, told) in cases {
        assert_eq!(Distance::rounded(metres), told, "{metres}");
    }
}

#[test]
fn eight_directions() {
    let from = at(41.8, 123.4);
    let cases = [
        (0.01, 0.0, Compass::North),
        (0.01, 0.0134, Compass::NorthEast),
        (0.0, 0.01, Compass::East),
        (-0.01, 0.0134, Compass::SouthEast),
        (-0.01, 0.0, Compass::South),
        (-0.01, -0.0134, Compass::SouthWest),
        (0.0, -0.01, Compass::West),
        (0.01, -0.0134, Compass::NorthWest),
        (0.01, -0.0005, Compass::North),
    ];
    for (north, east, direction) in cases {
        assert_eq!(Compass::from_to(from, at(41.8 + north, 123.4 + east)), direction);
    }
    assert_eq!(TravelTime::walking(800.0).minutes(), 13);
    assert_eq!(TravelTime::riding(0.0).minutes(), 1);
}
