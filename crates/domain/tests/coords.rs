//! The datums against published vectors, and there and back over all China.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

use domain::coords::{Bd09, CoordError, Gcj02, Wgs84};
use domain::navigate::{MapApp, TravelMode, link, percent_encode};
use proptest::prelude::*;
use serde_json::Value;

type Convert = fn(f64, f64) -> Result<(f64, f64), CoordError>;

fn conversion(from: &str, to: &str) -> Convert {
    match (from, to) {
        ("wgs84", "gcj02") => |lat, lng| {
            let to = Gcj02::from(Wgs84::new(lat, lng)?);
            Ok((to.lat(), to.lng()))
        },
        ("gcj02", "bd09") => |lat, lng| {
            let to = Bd09::from(Gcj02::new(lat, lng)?);
            Ok((to.lat(), to.lng()))
        },
        ("wgs84", "bd09") => |lat, lng| {
            let to = Bd09::from(Wgs84::new(lat, lng)?);
            Ok((to.lat(), to.lng()))
        },
        ("gcj02", "wgs84") => |lat, lng| {
            let to = Gcj02::new(lat, lng)?.to_wgs84();
            Ok((to.lat(), to.lng()))
        },
        other => panic!("no such conversion: {other:?}"),
    }
}

#[test]
fn the_published_vectors_hold() {
    let vectors: Vec<Value> = serde_json::from_str(include_str!("data/coords.json")).unwrap();
    assert_eq!(vectors.len(), 11);
    for vector in &vectors {
        let number = |key: &str, index: usize| vector[key][index].as_f64().unwrap();
        let convert = conversion(vector["from"].as_str().unwrap(), vector["to"].as_str().unwrap());
        match convert(number("in", 1), number("in", 0)) {
            Ok((lat, lng)) => {
                let off = (lat - number("out", 1)).abs().max((lng - number("out", 0)).abs());
                assert!(off <= vector["tolerance_deg"].as_f64().unwrap(), "{vector}: off by {off}");
            }
            // The one vector past the antimeridian is no position at all here.
            Err(error) => assert_eq!((error, number("in", 0)), (CoordError::Longitude, 183.0), "{vector}"),
        }
    }
}

#[test]
fn what_is_no_position_is_refused() {
    let cases = [
        (f64::NAN, 120.0, CoordError::Latitude),
        (90.000_1, 120.0, CoordError::Latitude),
        (123.4, 41.8, CoordError::Latitude),
        (41.8, f64::INFINITY, CoordError::Longitude),
        (41.8, -180.5, CoordError::Longitude),
    ];
    for (lat, lng, error) in cases {
        assert_eq!(Wgs84::new(lat, lng), Err(error), "{lat}, {lng}");
    }
    assert!(Wgs84::new(-90.0, 180.0).is_ok());
}

#[test]
fn far_from_china_nothing_is_shifted() {
    for (lat, lng) in [(48.8, 2.3), (-33.9, 151.2), (41.8, 140.0), (0.5, 110.0)] {
        let shifted = Gcj02::from(Wgs84::new(lat, lng).unwrap());
        assert_eq!((shifted.lat(), shifted.lng()), (lat, lng));
    }
}

/// All of China, with room around it.
fn china() -> impl Strategy<Value = (f64, f64)> {
    (3.8..53.6, 73.4..135.1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn there_and_back_is_the_same_place((lat, lng) in china()) {
        let from = Wgs84::new(lat, lng).unwrap();
        let gcj = Gcj02::from(from);
        let bd = Bd09::from(gcj);
        for back in [gcj.to_wgs84(), bd.to_wgs84()] {
            prop_assert!((back.lat() - lat).abs() < 1e-8 && (back.lng() - lng).abs() < 1e-8, "{back:?}");
        }
        let back = bd.to_gcj02();
        prop_assert!((back.lat() - gcj.lat()).abs() < 1e-9 && (back.lng() - gcj.lng()).abs() < 1e-9);
    }

    #[test]
    fn coordinates_in_a_link_are_the_position_to_a_millionth(lat in -90.0..90.0_f64, lng in -180.0..180.0_f64) {
        let address = link(MapApp::Geo, TravelMode::Walk, Wgs84::new(lat, lng).unwrap(), "", "", "");
        let written = address.split_once(':').unwrap().1.split_once('?').unwrap().0;
        let (y, x) = written.split_once(',').unwrap();
        for (text, number) in [(y, lat), (x, lng)] {
            prop_assert!((text.parse::<f64>().unwrap() - number).abs() <= 5.1e-7, "{text} for {number}");
            prop_assert_eq!(text.split_once('.').unwrap().1.len(), 6);
        }
    }
}

#[test]
fn links_are_those_the_makers_document() {
    let to = Wgs84::new(41.803_262_9, 123.425_330_6).unwrap();
    let with = |app, mode| link(app, mode, to, "驿站 A", "青年大街1号", "love-stations");
    let cases = [
        (
            MapApp::Tencent,
            TravelMode::Walk,
            "https://apis.map.qq.com/uri/v1/routeplan?type=walk&to=%E9%A9%BF%E7%AB%99%20A&tocoord=41.805698,123.431473&coord_type=2&referer=love-stations",
        ),
        (
            MapApp::Amap,
            TravelMode::Ride,
            "https://uri.amap.com/navigation?to=123.431473,41.805698,%E9%A9%BF%E7%AB%99%20A&mode=ride&src=love-stations&callnative=1",
        ),
        (
            MapApp::Baidu,
            TravelMode::Drive,
            "https://api.map.baidu.com/marker?location=41.811397,123.438089&title=%E9%A9%BF%E7%AB%99%20A&content=%E9%9D%92%E5%B9%B4%E5%A4%A7%E8%A1%971%E5%8F%B7&output=html&coord_type=bd09ll&src=webapp.love-stations.love-stations",
        ),
        (
            MapApp::Apple,
            TravelMode::Drive,
            "https://maps.apple.com/?daddr=41.805698,123.431473&dirflg=d&q=%E9%A9%BF%E7%AB%99%20A",
        ),
        (
            MapApp::Geo,
            TravelMode::Ride,
            "geo:41.803263,123.425331?q=41.803263,123.425331(%E9%A9%BF%E7%AB%99%20A)",
        ),
    ];
    for (app, mode, expected) in cases {
        assert_eq!(with(app, mode), expected);
    }
    assert_eq!(percent_encode("a-b._~&=/?#\u{0}é"), "a-b._~%26%3D%2F%3F%23%00%C3%A9");
}
