//! The index and the clusters against an oracle that looks at every point, on random scenes with borders, ties, heaps
//! and duplicates, at the poles and on both sides of the antimeridian.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::coords::Wgs84;
use domain::geodesy::distance_m;
use domain::spatial::{Bounds, Cluster, ClusterOptions, Clusters, PointIndex};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

const SCENES: u32 = 1000;

fn at(lat: f64, lng: f64) -> Wgs84 {
    Wgs84::new(lat, lng).unwrap()
}

/// A latitude and a longitude, as scenes have them: anywhere, close together in a city, on a lattice whose points are
/// equally far apart, and on the edges of the world.
fn place() -> impl Strategy<Value = Wgs84> {
    let anywhere = (-90.0..=90.0, -180.0..=180.0).prop_map(|(lat, lng)| at(lat, lng));
    let city = (-0.05..0.05, -0.05..0.05).prop_map(|(lat, lng)| at(41.8 + lat, 123.43 + lng));
    let street = (-500_i32..500).prop_map(|step| at(41.8, 123.43 + f64::from(step) * 1e-5));
    let lattice = (-3_i32..=3, -3_i32..=3).prop_map(|(y, x)| at(f64::from(y) * 30.0, f64::from(x) * 60.0));
    let seam = (-1e-3..1e-3, -1e-3..1e-3)
        .prop_map(|(lat, lng): (f64, f64)| at(lat, if lng < 0.0 { 180.0 + lng } else { lng - 180.0 }));
    let pole = (prop::bool::ANY, 0.0..1e-3, -180.0..=180.0)
        .prop_map(|(north, lat, lng)| if north { at(90.0 - lat, lng) } else { at(lat - 90.0, lng) });
    let edge = (
        prop::sample::select(vec![-90.0, -85.06, 0.0, 85.06, 90.0]),
        prop::sample::select(vec![-180.0, 0.0, 180.0]),
    )
        .prop_map(|(lat, lng)| at(lat, lng));
    prop_oneof![3 => anywhere, 4 => city, 2 => street, 2 => lattice, 2 => seam, 2 => pole, 1 => edge]
}

/// Points, some of unknown position, some at the place of another.
fn scene() -> impl Strategy<Value = Vec<Option<Wgs84>>> {
    let point = prop_oneof![1 => Just(None), 12 => place().prop_map(Some)];
    (prop::collection::vec(point, 0..90), prop::collection::vec(any::<prop::sample::Index>(), 0..24))
        .prop_map(|(mut points, doubles)| {
            for double in doubles {
                if !points.is_empty() {
                    let again = points[double.index(points.len())];
                    points.push(again);
                }
            }
            points
        })
}

/// Bounds whose borders are often those of points.
fn bounds(
    points: &[Option<Wgs84>],
    picks: [prop::sample::Index; 2],
    corners: [Wgs84; 2],
    exact: bool,
) -> Bounds {
    let known: Vec<Wgs84> = points.iter().copied().flatten().collect();
    let [from, to] =
        if exact && !known.is_empty() { picks.map(|pick| known[pick.index(known.len())]) } else { corners };
    let (south, north) = (from.lat().min(to.lat()), from.lat().max(to.lat()));
    Bounds::new(at(south, from.lng()), at(north, to.lng())).unwrap()
}

/// What holds of a position within bounds, written anew: a point on the antimeridian has two longitudes.
fn is_within(bounds: &Bounds, position: Wgs84) -> bool {
    let (west, east) = (bounds.west(), bounds.east());
    let east_of = |lng: f64| west <= lng;
    let west_of = |lng: f64| lng <= east;
    let between = |lng| {
        if west <= east { east_of(lng) && west_of(lng) } else { east_of(lng) || west_of(lng) }
    };
    let lngs = if position.lng().abs() >= 180.0 { vec![-180.0, 180.0] } else { vec![position.lng()] };
    (bounds.south()..=bounds.north()).contains(&position.lat()) && lngs.into_iter().any(between)
}

fn nearest_by_hand(
    points: &[Option<Wgs84>],
    from: Wgs84,
    k: usize,
    admits: impl Fn(u32) -> bool,
) -> Vec<u32> {
    let mut all: Vec<(f64, u32)> = (0..)
        .zip(points)
        .filter(|(id, _)| admits(*id))
        .filter_map(|(id, point)| Some((distance_m(from, (*point)?), id)))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    all.into_iter().take(k).map(|(_, id)| id).collect()
}

fn sorted(mut ids: Vec<u32>) -> Vec<u32> {
    ids.sort_unstable();
    ids
}

fn runner() -> TestRunner {
    TestRunner::new(Config { cases: SCENES, failure_persistence: None, ..Config::default() })
}

#[test]
fn the_nearest_are_those_of_measuring_all() {
    let (ties, asked) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let input = (scene(), place(), 0..40_usize, 1..5_u32);
    let outcome = runner().run(&input, |(points, from, k, step)| {
        let index = PointIndex::new(points.iter().copied());
        let admits = |id: u32| id.is_multiple_of(step);
        // Points themselves are asked from too, so that there are distances of nothing.
        let own = points.iter().copied().flatten().take(3);
        for from in own.chain([from, at(90.0, 17.0), at(-90.0, 0.0), at(0.0, 180.0), at(41.8, 123.43)]) {
            let expected = nearest_by_hand(&points, from, k, |_| true);
            let apart: HashSet<u64> =
                expected.iter().map(|&id| distance_m(from, points[id as usize].unwrap()).to_bits()).collect();
            ties.fetch_add(expected.len() - apart.len(), Ordering::Relaxed);
            asked.fetch_add(1, Ordering::Relaxed);
            prop_assert_eq!(index.nearest(from, k), expected);
            let expected = nearest_by_hand(&points, from, k, admits);
            prop_assert_eq!(&index.nearest_where(from, k, admits), &expected);
            prop_assert_eq!(index.nearest_in(&index.select(admits), from, k), expected);
        }
        Ok(())
    });
    outcome.unwrap();
    println!("{SCENES} scenes, {asked:?} questions, {ties:?} ties");
    assert!(ties.into_inner() > 1000);
}

#[test]
fn what_is_in_view_is_what_lies_within() {
    let (hits, crossing) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let picks = || [any::<prop::sample::Index>(), any::<prop::sample::Index>()];
    let input = (scene(), picks(), [place(), place()], prop::bool::ANY, 1..5_u32);
    let outcome = runner().run(&input, |(points, picks, corners, exact, step)| {
        let index = PointIndex::new(points.iter().copied());
        let bounds = bounds(&points, picks, corners, exact);
        let within = |admits: &dyn Fn(u32) -> bool| -> Vec<u32> {
            let inside = |point: &Option<Wgs84>| point.is_some_and(|point| is_within(&bounds, point));
            (0..).zip(&points).filter(|(id, point)| admits(*id) && inside(point)).map(|(id, _)| id).collect()
        };
        let expected = within(&|_| true);
        hits.fetch_add(expected.len(), Ordering::Relaxed);
        crossing.fetch_add(usize::from(bounds.west() > bounds.east()), Ordering::Relaxed);
        prop_assert_eq!(sorted(index.within(&bounds)), expected);
        let admits = |id: u32| id.is_multiple_of(step);
        let selection = index.select(admits);
        prop_assert_eq!(sorted(index.within_of(&selection, &bounds)), within(&admits));
        let known = points.iter().flatten().count();
        prop_assert_eq!(index.within(&Bounds::WORLD).len(), known);
        prop_assert_eq!((index.len(), index.is_empty()), (known, known == 0));
        Ok(())
    });
    outcome.unwrap();
    println!("{SCENES} scenes, {hits:?} hits, {crossing:?} across the antimeridian");
    assert!(hits.into_inner() > 1000);
}

/// Where the web map draws a position, as a part of the world.
#[expect(clippy::disallowed_methods, reason = "an oracle of its own")]
fn drawn(position: Wgs84) -> (f64, f64) {
    let sine = position.lat().to_radians().sin();
    let y = 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * std::f64::consts::PI);
    ((position.lng() + 180.0) / 360.0, y.clamp(0.0, 1.0))
}

fn pixels_apart(a: &Cluster, b: &Cluster, tile: f64, zoom: u8) -> f64 {
    let ((ax, ay), (bx, by)) = (drawn(a.position), drawn(b.position));
    let x = (ax - bx).abs();
    x.min(1.0 - x).hypot(ay - by) * tile * f64::from(zoom).exp2()
}

#[test]
fn clusters_keep_their_laws() {
    let (made, pairs) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let input = (scene(), 1..=64_u16, prop::sample::select(vec![0_u8, 3, 16, 20]), 1..5_u32);
    let outcome = runner().run(&input, |(points, radius, finest, step)| {
        let options = ClusterOptions::new(radius, 256, finest).unwrap();
        let clusters = Clusters::new(points.iter().copied(), options);
        let known: Vec<u32> = (0..).zip(&points).filter(|(_, it)| it.is_some()).map(|(id, _)| id).collect();
        let all = clusters.tally(|id| Some(id.is_multiple_of(3)));
        let judge = |id: u32| id.is_multiple_of(step).then_some(id.is_multiple_of(2));
        let some = clusters.tally(judge);
        for zoom in 0..=finest + 1 {
            let found = clusters.within(&all, &Bounds::WORLD, zoom);
            // Each point once.
            let leaves = found.iter().flat_map(|it| clusters.leaves(it.id).iter().copied()).collect();
            prop_assert_eq!(sorted(leaves), known.clone(), "zoom {}", zoom);
            for (place, one) in found.iter().enumerate() {
                let leaves = clusters.leaves(one.id);
                let open = leaves.iter().filter(|id| id.is_multiple_of(3)).count();
                prop_assert_eq!((one.count as usize, one.open as usize), (leaves.len(), open));
                prop_assert_eq!(one.alone.is_some(), one.count == 1);
                made.fetch_add(1, Ordering::Relaxed);
                if zoom > finest {
                    prop_assert_eq!(one.count, 1);
                    continue;
                }
                // The radius apart, but for the rounding of a centre to a step and back.
                for other in &found[place + 1..] {
                    let slack = 3.0 / 4_294_967_296.0 * 256.0 * f64::from(zoom).exp2();
                    let apart = pixels_apart(one, other, 256.0, zoom);
                    prop_assert!(apart >= f64::from(radius) - slack, "{} px at zoom {}", apart, zoom);
                    pairs.fetch_add(1, Ordering::Relaxed);
                }
            }
            // What counts adds up.
            let counted = clusters.within(&some, &Bounds::WORLD, zoom);
            let sum = counted.iter().fold((0, 0), |sum, it| (sum.0 + it.count, sum.1 + it.open));
            let admitted: Vec<bool> = known.iter().filter_map(|&id| judge(id)).collect();
            let open = admitted.iter().filter(|open| **open).count();
            prop_assert_eq!((sum.0 as usize, sum.1 as usize), (admitted.len(), open), "zoom {}", zoom);
            prop_assert_eq!((some.count(), some.open()), sum);
            for one in counted.iter().filter(|it| it.count == 1) {
                let id = one.alone.unwrap();
                prop_assert!(judge(id).is_some() && clusters.leaves(one.id).contains(&id));
                prop_assert_eq!(Some(one.position), points[id as usize]);
            }
        }
        Ok(())
    });
    outcome.unwrap();
    println!("{SCENES} scenes, {made:?} clusters, {pairs:?} pairs a radius apart");
    assert!(made.into_inner() > 10_000);
}

#[test]
fn zooming_in_parts_clusters_and_views_are_parts_of_the_whole() {
    let picks = || [any::<prop::sample::Index>(), any::<prop::sample::Index>()];
    let input = (scene(), picks(), [place(), place()], prop::bool::ANY, 1..5_u32);
    let outcome = runner().run(&input, |(points, picks, corners, exact, step)| {
        let clusters = Clusters::new(points.iter().copied(), ClusterOptions::default());
        let tally = clusters.tally(|id| id.is_multiple_of(step).then_some(true));
        let bounds = bounds(&points, picks, corners, exact);
        for zoom in 0..=clusters.finest() + 1 {
            let whole = clusters.within(&tally, &Bounds::WORLD, zoom);
            let expected: Vec<Cluster> =
                whole.iter().filter(|it| is_within(&bounds, it.position)).copied().collect();
            prop_assert_eq!(clusters.within(&tally, &bounds, zoom), expected, "zoom {}", zoom);
            for one in whole {
                prop_assert_eq!(clusters.get(&tally, one.id), Some(one));
                let Some(parts_at) = clusters.expansion_zoom(&tally, one.id) else {
                    prop_assert_eq!(one.count, 1);
                    continue;
                };
                prop_assert!(parts_at > zoom && parts_at <= clusters.finest() + 1);
                let inside: HashSet<u32> = clusters.leaves(one.id).iter().copied().collect();
                let parts = |zoom| -> Vec<Cluster> {
                    let all = clusters.within(&tally, &Bounds::WORLD, zoom);
                    all.into_iter().filter(|it| inside.contains(&clusters.leaves(it.id)[0])).collect()
                };
                prop_assert_eq!(parts(parts_at - 1).len(), 1, "not before");
                prop_assert!(parts(parts_at).len() > 1, "but then");
                let children = clusters.children(&tally, one.id);
                prop_assert_eq!(children.iter().map(|it| it.count).sum::<u32>(), one.count);
            }
        }
        Ok(())
    });
    outcome.unwrap();
}

/// A cluster without its numbers.
type Plain = (u64, u64, u32, u32);

#[test]
fn the_order_of_the_points_does_not_matter() {
    let input = scene().prop_flat_map(|points| {
        let shuffled = Just((0..points.len()).collect::<Vec<usize>>()).prop_shuffle();
        (Just(points), shuffled)
    });
    let outcome = runner().run(&input, |(points, order)| {
        let plain = |points: &[Option<Wgs84>]| -> Vec<Vec<Plain>> {
            let clusters = Clusters::new(points.iter().copied(), ClusterOptions::default());
            let tally = clusters.tally(|id| Some(points[id as usize].is_some_and(|it| it.lat() > 41.8)));
            (0..=17)
                .map(|zoom| {
                    let found = clusters.within(&tally, &Bounds::WORLD, zoom);
                    let bits = |it: &Cluster| {
                        (it.position.lat().to_bits(), it.position.lng().to_bits(), it.count, it.open)
                    };
                    let mut plain: Vec<Plain> = found.iter().map(bits).collect();
                    plain.sort_unstable();
                    plain
                })
                .collect()
        };
        let shuffled: Vec<Option<Wgs84>> = order.iter().map(|&place| points[place]).collect();
        prop_assert_eq!(plain(&points), plain(&shuffled));
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn a_centre_is_the_mean_of_its_points() {
    let outcome = runner().run(&scene(), |points| {
        let clusters = Clusters::new(points.iter().copied(), ClusterOptions::default());
        let tally = clusters.tally(|_| Some(true));
        for zoom in [0, 4, 9, 14, 16] {
            for one in clusters.within(&tally, &Bounds::WORLD, zoom) {
                let (x, y) = drawn(one.position);
                let leaves = clusters.leaves(one.id);
                let sum = leaves.iter().fold((0.0, 0.0), |sum, &id| {
                    let (px, py) = drawn(points[id as usize].unwrap());
                    // The way from the centre is the short one around the world.
                    let way = (px - x + 1.5).rem_euclid(1.0) - 0.5;
                    (sum.0 + way, sum.1 + py - y)
                });
                let count = f64::from(one.count);
                prop_assert!((sum.1 / count).abs() < 1e-9, "north or south by {}", sum.1 / count);
                // A mean on a circle is one of several if the points go all around; then some other turn fits.
                let off = sum.0 / count;
                let turns = off * count;
                prop_assert!(off.abs() < 1e-9 || (turns - turns.round()).abs() < 1e-6, "east by {off}");
            }
        }
        Ok(())
    });
    outcome.unwrap();
}
