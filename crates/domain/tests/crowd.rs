//! What a map of a part-loaded nation shows: everything once, and what it does not know said.

#![allow(clippy::unwrap_used, reason = "a test that fails does so here")]

use domain::coords::Wgs84;
use domain::shards::{Atlas, Below, Blob, Crowd, Entry, Extent, Region};
use domain::spatial::Bounds;
use proptest::prelude::*;

fn at(lat: f64, lng: f64) -> Wgs84 {
    Wgs84::new(lat, lng).unwrap()
}

/// Somewhere in a town, or in the province.
fn place() -> impl Strategy<Value = Wgs84> {
    prop_oneof![
        (41.70f64..41.90, 123.30f64..123.60).prop_map(|(lat, lng)| at(lat, lng)),
        (38.5f64..43.5, 118.5f64..126.0).prop_map(|(lat, lng)| at(lat, lng)),
        Just(at(41.8, 123.4)),
    ]
}

fn part(number: u8, below: Below, one: Wgs84, other: Wgs84, count: u64) -> Entry {
    let blob = Blob { hash: [number; 16], len: 1 };
    Entry { below, blob, extent: Some(Extent::of(one).with(Extent::of(other))), count }
}

prop_compose! {
    fn parts()(made in prop::collection::vec((prop::bool::ANY, place(), place(), 1u64..500), 0..30)) -> Vec<Entry> {
        let below = |page| if page { Below::Page } else { Below::Placed };
        (0u8..).zip(made).map(|(n, (page, one, other, count))| part(n, below(page), one, other, count)).collect()
    }
}

prop_compose! {
    fn regions()(made in prop::collection::vec((place(), place(), 1u64..500, 0u64..500, 0u64..500), 0..30)) -> Vec<Region> {
        let region = |(one, other, count, unseen, open): (Wgs84, Wgs84, u64, u64, u64)| {
            let unseen = unseen.min(count);
            Region { extent: Extent::of(one).with(Extent::of(other)), count, unseen, open: open.min(count - unseen) }
        };
        made.into_iter().map(region).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// At every zoom each station counts once, loaded or not, and as open where it is known to be.
    #[test]
    fn badges_add_up(stations in prop::collection::vec((place(), prop::bool::ANY), 0..200), regions in regions()) {
        let crowd = Crowd::new(&stations, regions.clone());
        let all = |of: fn(&Region) -> u64| regions.iter().map(of).sum::<u64>();
        let (count, unseen) = (all(|region| region.count), all(|region| region.unseen));
        let open = stations.iter().filter(|station| station.1).count() as u64 + all(|region| region.open);
        for zoom in 3..=18 {
            let badges = crowd.within(&Bounds::WORLD, zoom);
            let sum = |of: fn(&domain::shards::Badge) -> u64| badges.iter().map(of).sum::<u64>();
            prop_assert_eq!(sum(|badge| badge.count), stations.len() as u64 + count);
            prop_assert_eq!(sum(|badge| badge.unseen), unseen);
            prop_assert_eq!(sum(|badge| badge.open), open);
            for badge in badges {
                let extent = crowd.extent(badge.id).unwrap();
                if let Some(alone) = badge.alone {
                    prop_assert_eq!((badge.count, badge.unseen, badge.position), (1, 0, stations[alone].0));
                    prop_assert_eq!(extent, Extent::of(stations[alone].0));
                }
                // What it stands for lies around it: to zoom in there leads to all of it.
                let [one, other] = extent.corners().unwrap();
                let near = 1e-6;
                prop_assert!(one.lat() - near <= badge.position.lat() && badge.position.lat() <= other.lat() + near);
                prop_assert!(one.lng() - near <= badge.position.lng() && badge.position.lng() <= other.lng() + near);
            }
        }
    }

    /// What is to be loaded for a map is missing, in sight and larger than a badge (a page: than four); when nothing is left, the rest is
    /// not, or more stations are in sight than there is room for, of which none was loaded.
    #[test]
    fn what_is_in_sight_is_loaded(
        parts in parts(), one in place(), other in place(), zoom in 5u8..18, room in prop_oneof![Just(u64::MAX), 0..200_u64],
    ) {
        let mut atlas = Atlas::new(parts.clone());
        let area = Extent::of(one).with(Extent::of(other));
        let badge = 48.0 * 360.0 / 256.0 / f64::from(1_u32 << zoom);
        let mut asked = 0;
        let is_large = |entry: &Entry| {
            let extent = entry.extent.unwrap();
            extent.touches(&area) && extent.side() >= if entry.below.is_page() { 4.0 * badge } else { badge }
        };
        let shards = || parts.iter().filter(|entry| !entry.below.is_page() && is_large(entry));
        let fits = shards().map(|entry| entry.count).sum::<u64>() <= room;
        loop {
            let next = atlas.in_sight(area, badge, room);
            if next.is_empty() {
                break;
            }
            asked += next.len();
            for entry in next {
                prop_assert!(is_large(&entry));
                prop_assert!(entry.below.is_page() || fits, "more than there is room for");
                if entry.below.is_page() {
                    atlas.add_page(entry.blob.hash, std::sync::Arc::new(Vec::new()));
                } else {
                    atlas.add_shard(entry.blob.hash);
                }
            }
            prop_assert!(asked <= parts.len(), "nothing is asked for twice");
        }
        for entry in atlas.missing() {
            prop_assert!(!is_large(&entry) || (!fits && !entry.below.is_page()));
        }
    }
}

#[test]
fn an_empty_crowd_shows_nothing() {
    let crowd = Crowd::new(&[], Vec::new());
    assert_eq!(crowd.within(&Bounds::WORLD, 5), []);
}

#[test]
fn a_part_stands_in_its_middle_and_is_as_long_as_it_is_drawn() {
    let entry = part(1, Below::Placed, at(60.0, 20.0), at(61.0, 20.5), 64);
    let extent = entry.extent.unwrap();
    assert_eq!(extent.middle(), Some(at(60.5, 20.25)));
    // Half as many degrees of longitude are as long there, so that one of latitude is drawn twice as long.
    assert!((extent.side() - 2.03).abs() < 0.01, "{}", extent.side());
    let region = Region { extent, count: 64, open: 20, unseen: 10 };
    let badges = Crowd::new(&[], vec![region]).within(&Bounds::WORLD, 12);
    assert_eq!(badges.len(), 1);
    assert_eq!((badges[0].count, badges[0].open, badges[0].unseen, badges[0].alone), (64, 20, 10, None));
}
