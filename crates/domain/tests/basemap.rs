//! The embedded map that is shipped, and bytes that are none.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

use domain::basemap::{Basemap, BasemapDto, Border, BorderRank, DistrictDto, to_draw};
use domain::coords::Wgs84;
use domain::geodesy::distance_m;
use domain::text::Lang;
use proptest::prelude::*;

const SHIPPED: &[u8] = include_bytes!("../../../public/basemap/liaoning.bin");

#[test]
fn the_shipped_map_knows_liaoning() {
    let map = Basemap::from_bytes(SHIPPED).unwrap();
    assert_eq!((map.districts().count(), map.cities().len()), (100, 14));
    let cases = [
        ("和平区", 41.785, 123.40),
        ("浑南区", 41.72, 123.45),
        ("铁西区", 41.80, 123.35),
        ("凤城市", 40.45, 124.07),
        ("昌图县", 42.78, 124.11),
        ("瓦房店市", 39.63, 122.0),
    ];
    for (name, lat, lng) in cases {
        let found = map.district_at(Wgs84::new(lat, lng).unwrap()).map(|name| name.get(Lang::Zh));
        assert_eq!(found, Some(name));
    }
    assert_eq!(map.district_at(Wgs84::new(38.5, 122.5).unwrap()), None, "the sea");
    for (number, label) in map.districts().enumerate() {
        let around: Vec<usize> = (0..101).filter(|&one| map.is_within(one, label.position)).collect();
        assert_eq!(around, [number], "{}", label.name.get(Lang::Zh));
    }
    for rank in [BorderRank::Coast, BorderRank::Province, BorderRank::City, BorderRank::District] {
        assert!(map.borders().iter().any(|border| border.rank == rank), "{rank:?}");
    }
    let away = |label: &domain::basemap::Label| map.district_at(label.position) != Some(&label.name);
    assert_eq!(map.districts().filter(|label| away(label)).count(), 0, "each name stands in its district");
}

#[test]
fn what_phones_get_draws_the_same() {
    let bytes = to_draw(SHIPPED).unwrap();
    let (whole, drawn) = (Basemap::from_bytes(SHIPPED).unwrap(), Basemap::from_bytes(&bytes).unwrap());
    assert_eq!((drawn.sea(), drawn.rivers(), drawn.cities()), (whole.sea(), whole.rivers(), whole.cities()));
    assert!(drawn.districts().eq(whole.districts()));
    let inland = |border: &&Border| border.rank != BorderRank::Coast;
    assert!(drawn.borders().iter().eq(whole.borders().iter().filter(inland)));
    assert!(bytes.len() + 2_000 < SHIPPED.len(), "{}", bytes.len());
    assert_eq!(to_draw(&SHIPPED[1..]), None);
}

#[test]
fn borders_are_as_far_as_they_are() {
    // A square of a tenth of a degree.
    let map = BasemapDto {
        per_degree: 10,
        south: 40,
        west: 120,
        arcs: vec![(1, vec![0, 0, 1, 0, 0, 1, -1, 0, 0, -1])],
        districts: vec![DistrictDto { name: "区".into(), label: (0, 0), rings: vec![vec![0]] }],
        ..BasemapDto::default()
    };
    let map = Basemap::from_bytes(&map.to_bytes().unwrap()).unwrap();
    for (lat, lng, inside) in [
        (40.05, 120.05, true),
        (40.001, 120.03, true),
        (39.999, 120.05, false),
        (40.05, 120.101, false),
        (40.102, 120.102, false),
        (39.9, 119.9, false),
    ] {
        let at = Wgs84::new(lat, lng).unwrap();
        assert_eq!(map.is_within(0, at), inside, "{lat} {lng}");
        // The nearest of many points on the border, by the ellipsoid.
        let steps = (0..=1000).map(|step| f64::from(step) / 10_000.0);
        let edge = steps.flat_map(|d| {
            [(40.0, 120.0 + d), (40.1, 120.0 + d), (40.0 + d, 120.0), (40.0 + d, 120.1)]
                .map(|(lat, lng)| distance_m(at, Wgs84::new(lat, lng).unwrap()))
        });
        let nearest = edge.fold(f64::INFINITY, f64::min);
        let found = map.border_m(0, at);
        assert!((found - nearest).abs() < 6.0 + nearest / 100.0, "{lat} {lng}: {found}, really {nearest}");
    }
    assert!(!map.is_within(1, Wgs84::new(40.05, 120.05).unwrap()));
    assert!(map.border_m(1, Wgs84::new(40.05, 120.05).unwrap()).is_infinite());
}

#[test]
fn an_empty_map_is_one() {
    let map = Basemap::from_bytes(&BasemapDto { per_degree: 1, ..BasemapDto::default() }.to_bytes().unwrap())
        .unwrap();
    assert_eq!(map.district_at(Wgs84::new(41.0, 123.0).unwrap()), None);
}

#[test]
fn what_is_no_map_is_refused() {
    let good = BasemapDto {
        per_degree: 10,
        south: 40,
        west: 120,
        arcs: vec![(1, vec![0, 0, 10, 0, 0, 10, -10, -10])],
        districts: vec![DistrictDto { name: "区".into(), label: (5, 2), rings: vec![vec![!0]] }],
        ..BasemapDto::default()
    };
    let map = Basemap::from_bytes(&good.to_bytes().unwrap()).unwrap();
    assert!(map.district_at(Wgs84::new(40.2, 120.5).unwrap()).is_some());
    let bad: [fn(&mut BasemapDto); 7] = [
        |map| map.per_degree = 0,
        |map| map.south = 127,
        |map| map.arcs[0].0 = 4,
        |map| map.arcs[0].1.push(1),
        |map| map.arcs[0].1.truncate(2),
        |map| map.arcs[0].1[2] = i32::MAX,
        |map| map.districts[0].rings[0][0] = 1,
    ];
    for (number, spoil) in bad.iter().enumerate() {
        let mut map = good.clone();
        spoil(&mut map);
        assert_eq!(map.to_bytes(), None, "case {number}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn damaged_bytes_never_panic(at in 0..SHIPPED.len(), value: u8, keep in 0..=SHIPPED.len()) {
        let mut bytes = SHIPPED.to_vec();
        bytes[at] = value;
        bytes.truncate(keep);
        if let Some(map) = Basemap::from_bytes(&bytes) {
            map.district_at(Wgs84::new(41.8, 123.4).unwrap());
        }
    }
}
