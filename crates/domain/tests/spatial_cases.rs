//! The index and the clusters where things are special: none, one, many at one place, the poles, the antimeridian.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

use domain::coords::Wgs84;
use domain::spatial::{Bounds, Cluster, ClusterOptions, Clusters, PointIndex};

fn at(lat: f64, lng: f64) -> Wgs84 {
    Wgs84::new(lat, lng).unwrap()
}

fn known(points: &[(f64, f64)]) -> Vec<Option<Wgs84>> {
    points.iter().map(|&(lat, lng)| Some(at(lat, lng))).collect()
}

fn clusters(points: &[Option<Wgs84>]) -> Clusters {
    Clusters::new(points.iter().copied(), ClusterOptions::default())
}

fn world(clusters: &Clusters, zoom: u8) -> Vec<Cluster> {
    clusters.within(&clusters.tally(|_| Some(false)), &Bounds::WORLD, zoom)
}

#[test]
fn nothing_is_a_scene_too() {
    for points in [vec![], vec![None, None]] {
        let index = PointIndex::new(points.iter().copied());
        assert!(index.is_empty() && index.nearest(at(0.0, 0.0), 10).is_empty());
        assert!(index.within(&Bounds::WORLD).is_empty() && index.select(|_| true).is_empty());
        let clusters = clusters(&points);
        assert!(clusters.is_empty() && world(&clusters, 0).is_empty());
        assert_eq!(clusters.tally(|_| Some(true)).count(), 0);
    }
}

#[test]
fn one_is_found_wherever_it_is() {
    for (lat, lng) in [(41.8, 123.4), (90.0, 0.0), (-90.0, 55.0), (0.0, 180.0), (0.0, -180.0), (86.0, 10.0)] {
        let points = vec![None, Some(at(lat, lng))];
        let index = PointIndex::new(points.iter().copied());
        assert_eq!(index.nearest(at(-41.8, -56.6), 3), [1]);
        assert!(index.nearest(at(-41.8, -56.6), 0).is_empty());
        assert_eq!(index.within(&Bounds::WORLD), [1]);
        let clusters = clusters(&points);
        for zoom in [0, 9, 16, 17, 30] {
            let found = world(&clusters, zoom);
            assert_eq!(found.len(), 1);
            assert_eq!((found[0].position, found[0].count, found[0].alone), (at(lat, lng), 1, Some(1)));
            assert_eq!(clusters.expansion_zoom(&clusters.tally(|_| Some(true)), found[0].id), None);
        }
    }
}

#[test]
fn many_at_one_place_are_one_until_the_finest_zoom() {
    let points = known(&vec![(41.8, 123.4); 3000]);
    let index = PointIndex::new(points.iter().copied());
    assert_eq!(index.nearest(at(41.9, 123.4), 5), [0, 1, 2, 3, 4], "ties by number");
    assert_eq!(index.nearest(at(41.8, 123.4), 3000).len(), 3000);
    assert_eq!(index.within(&Bounds::new(at(41.8, 123.4), at(41.8, 123.4)).unwrap()).len(), 3000);
    let clusters = clusters(&points);
    let tally = clusters.tally(|id| (id < 2).then_some(id == 0));
    for zoom in 0..=16 {
        let found = clusters.within(&tally, &Bounds::WORLD, zoom);
        assert_eq!((found.len(), found[0].count, found[0].open), (1, 2, 1));
        assert_eq!(clusters.expansion_zoom(&tally, found[0].id), Some(17));
        assert_eq!(clusters.leaves(found[0].id).len(), 3000);
        assert_eq!(clusters.children(&tally, found[0].id).len(), 2);
    }
    assert_eq!(clusters.within(&tally, &Bounds::WORLD, 17).len(), 2);
}

#[test]
fn the_poles_are_near_from_every_side() {
    let points = known(&[(89.9, 0.0), (89.9, 180.0), (89.0, 90.0), (-89.9, 0.0), (0.0, 0.0)]);
    let index = PointIndex::new(points.iter().copied());
    assert_eq!(index.nearest(at(89.95, 179.0), 3), [1, 0, 2]);
    assert_eq!(index.nearest(at(-90.0, 123.0), 1), [3]);
    assert_eq!(index.within(&Bounds::new(at(89.5, -180.0), at(90.0, 180.0)).unwrap()).len(), 2);
    assert_eq!(world(&clusters(&points), 0).iter().map(|it| it.count).sum::<u32>(), 5);
}

#[test]
fn the_antimeridian_is_no_border() {
    let points = known(&[(0.0, 179.999), (0.0, -179.999), (0.0, 180.0), (0.0, 179.0)]);
    let index = PointIndex::new(points.iter().copied());
    assert_eq!(index.nearest(at(0.0, -179.9994), 3), [1, 2, 0]);
    let across = Bounds::new(at(-1.0, 179.5), at(1.0, -179.5)).unwrap();
    let mut found = index.within(&across);
    found.sort_unstable();
    assert_eq!(found, [0, 1, 2]);
    let west = Bounds::new(at(-1.0, -180.0), at(1.0, -179.5)).unwrap();
    assert_eq!(index.within(&west).len(), 2, "180° is −180°");
    let clusters = clusters(&points);
    let found = world(&clusters, 10);
    let across = found.iter().find(|it| it.count == 3).expect("those beside the antimeridian are one");
    assert!(across.position.lng().abs() > 179.9999 && across.position.lat().abs() < 1e-6);
    let tally = clusters.tally(|_| Some(true));
    let view = Bounds::new(at(-1.0, 179.9), at(1.0, -179.9)).unwrap();
    assert_eq!(clusters.within(&tally, &view, 10), [Cluster { open: 3, ..*across }]);
}

#[test]
fn a_filter_changes_counts_and_not_places() {
    let points = known(&[(41.8, 123.4), (41.8001, 123.4), (41.8, 123.4001), (41.9, 123.4)]);
    let clusters = clusters(&points);
    let all = clusters.tally(|_| Some(true));
    let before = clusters.within(&all, &Bounds::WORLD, 12);
    let together = before.iter().find(|it| it.count == 3).expect("three are one");
    assert_eq!(before.len(), 2);
    let some = clusters.tally(|id| (id == 1 || id == 2).then_some(id == 2));
    let after = clusters.within(&some, &Bounds::WORLD, 12);
    assert_eq!(after, [Cluster { count: 2, open: 1, ..*together }]);
    let one = clusters.tally(|id| (id == 2).then_some(true));
    let after = clusters.within(&one, &Bounds::WORLD, 12);
    assert_eq!((after[0].position, after[0].alone), (points[2].unwrap(), Some(2)));
    assert_eq!(clusters.get(&clusters.tally(|_| None), together.id), None);
}

#[test]
fn options_that_make_no_sense_are_none() {
    let cases = [
        (48, 256, 16, true),
        (0, 256, 16, false),
        (64, 256, 16, true),
        (65, 256, 16, false),
        (1, 0, 0, false),
        (1, 256, 23, true),
        (1, 256, 24, false),
        (64, 256, 255, false),
    ];
    for (radius, tile, finest, good) in cases {
        assert_eq!(ClusterOptions::new(radius, tile, finest).is_some(), good, "{radius} {tile} {finest}");
    }
    assert_eq!(Bounds::new(at(1.0, 0.0), at(0.0, 0.0)), None);
}
