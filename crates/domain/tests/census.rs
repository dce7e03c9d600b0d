//! What is said of stations that are not loaded is what they would say themselves.

#![allow(clippy::unwrap_used, reason = "a test that fails does so here")]

#[path = "census/host.rs"]
mod host;

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use domain::filter::OpenWhen;
use domain::holidays::Holidays;
use domain::shards::census::{Census, Door, ROOT, Region};
use domain::shards::{Atlas, Extent, Root};
use domain::text::Text;
use domain::time::LocalDateTime;
use domain::wire::{decode, encode};
use host::{HOURS, Host, Made, at, list, sorted};
use proptest::prelude::*;

fn everywhere(root: &Root) -> Option<Extent> {
    root.entries.iter().filter_map(|entry| entry.extent).reduce(Extent::with)
}

fn whens() -> [OpenWhen; 4] {
    [OpenWhen::Any, OpenWhen::Now, OpenWhen::At(at("2026-11-21T23:00")), OpenWhen::Always]
}

fn made() -> impl Strategy<Value = Made> {
    let place = prop_oneof![
        4 => (370u16..390, 530u16..560).prop_map(Some),
        2 => (0u16..500, 0u16..700).prop_map(Some),
        1 => Just(None),
    ];
    let hours =
        prop_oneof![4 => (0..HOURS.len()).prop_map(|at| HOURS[at].to_owned()), 1 => Just(String::new())];
    (place, hours, prop::bool::weighted(0.2))
}

fn instant() -> impl Strategy<Value = LocalDateTime> {
    (20u32..28, 0u32..24).prop_map(|(day, hour)| at(&format!("2026-11-{day}T{hour:02}:30")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Whatever is loaded, at any time: where nothing is loaded as many fit and are open as the stations there say.
    #[test]
    fn what_is_not_loaded_is_counted_right(
        made in prop::collection::vec(made(), 0..400), now in instant(), loaded in prop::collection::vec(prop::bool::ANY, 20),
    ) {
        let host = Host::new(&list(&made));
        let mut atlas = Atlas::new(host.root.entries.clone());
        let mut dice = loaded.iter().copied().cycle();
        host.load(&mut atlas, || dice.next().unwrap());
        if let Some(all) = everywhere(&host.root) {
            prop_assert!(host.count(&mut atlas, all) <= 1, "below 5,000 stations there is one file");
        }
        for open in whens() {
            let found = atlas.regions(Some(open), now, &Holidays::default());
            prop_assert_eq!(sorted(found), host.regions(&atlas, open, now));
        }
        // What is not asked for by hours alone is said to be unknown.
        let unknown = atlas.regions(None, now, &Holidays::default());
        prop_assert!(unknown.iter().all(|region| region.unseen == region.count && region.open == 0));
    }
}

/// A list that takes pages: 20,000 stations.
fn nation() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(|| {
        let mut seed = 42_u64;
        let mut dice = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        let mut station = |_| {
            let place = [500, 700].map(|below| u16::try_from(dice(below)).unwrap());
            let hours = HOURS[usize::try_from(dice(6)).unwrap()].to_owned();
            (Some((place[0], place[1])), hours, dice(10) == 0)
        };
        Host::new(&list(&(0..20_000).map(&mut station).collect::<Vec<_>>()))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    /// The same across pages; an area asks for what it shows and no more.
    #[test]
    fn a_nation_is_counted_page_by_page(
        now in instant(), when in 0usize..4, loaded in prop::collection::vec(prop::bool::ANY, 150),
        (south, west) in (0i32..45_000, 0i32..65_000),
    ) {
        let host = nation();
        prop_assert!(host.root.entries.iter().all(|entry| entry.below.is_page()));
        let mut atlas = Atlas::new(host.root.entries.clone());
        let mut dice = loaded.iter().copied().cycle();
        for _ in 0..2 {
            host.load(&mut atlas, || dice.next().unwrap());
        }
        let corner = |lat: i32, lng: i32| {
            let degrees = |steps: i32| f64::from(steps) / 1e4;
            Extent::of(domain::coords::Wgs84::new(38.0 + degrees(lat), 118.0 + degrees(lng)).unwrap())
        };
        let area = corner(south, west).with(corner(south + 5_000, west + 5_000));
        let before = atlas.clone();
        let files = host.count(&mut atlas, area);
        let open = whens()[when];
        let known = |region: &Region| region.extent.touches(&area);
        let [found, expected] = [atlas.regions(Some(open), now, &Holidays::default()), host.regions(&atlas, open, now)]
            .map(|regions| sorted(regions.into_iter().filter(known).collect()));
        prop_assert_eq!(found, expected);
        // The root's, and of each page in sight one.
        let pages = host.root.entries.iter().filter(|entry| entry.extent.unwrap().touches(&area)).count();
        prop_assert!(files <= 1 + pages, "{} files for {} pages", files, pages);
        // Before they came nothing was said.
        for region in before.regions(Some(open), now, &Holidays::default()) {
            prop_assert_eq!((region.open, region.unseen), (0, region.count));
        }
    }
}

/// A new edition knows what was counted of pages that are the same, and of the root if that is; of other pages nothing.
#[test]
fn what_is_the_same_stays_counted() {
    let host = nation();
    let mut atlas = Atlas::new(host.root.entries.clone());
    host.load(&mut atlas, || true);
    let all = everywhere(&host.root).unwrap();
    host.count(&mut atlas, all);
    let mut next = Atlas::new(host.root.entries[1..].to_vec());
    // Every other page is there.
    let mut dice = [true, false].into_iter().cycle();
    host.load(&mut next, || dice.next().unwrap());
    let lacking = next.uncounted(all, 0.0);
    next.inherit_counts(&atlas, false);
    assert!(!next.is_counted());
    // The pages are counted, what stands beside them is not.
    assert_eq!((lacking, next.uncounted(all, 0.0)), (vec![ROOT], vec![ROOT]));
    let known = |atlas: &Atlas| {
        let regions = atlas.regions(Some(OpenWhen::Any), at_noon(), &Holidays::default());
        regions.iter().filter(|region| region.unseen == 0).count()
    };
    let pages = next.pages().count();
    assert!(pages > 1 && known(&next) > pages, "{} in {pages}", known(&next));
    let mut same = Atlas::new(host.root.entries.clone());
    same.inherit_counts(&atlas, true);
    assert!(same.is_counted());
    assert_eq!(known(&same), host.root.entries.len());
}

/// Where hardly two stations keep the same hours, the commonest count, and the rest is said to be unknown.
#[test]
fn rare_hours_are_unknown_and_never_guessed() {
    let hours = |number: u32| match number % 2 {
        0 => "24小时".to_owned(),
        _ => format!("{:02}:{:02}-{:02}:{:02}", number % 12, number / 12 % 60, 12 + number % 11, number % 60),
    };
    let made: Vec<Made> = (0..2_000).map(|number| (Some((1, 1)), hours(number), false)).collect();
    let host = Host::new(&list(&made));
    let doors = made.iter().map(|made| &made.1).collect::<BTreeSet<_>>().len();
    assert!(doors > 500 && host.census.doors.len() == 128, "{doors}");
    assert_eq!(host.census.doors[0].0.hours.as_ref().unwrap().text(), "24小时");
    let mut atlas = Atlas::new(host.root.entries.clone());
    host.count(&mut atlas, everywhere(&host.root).unwrap());
    let now = at("2026-11-23T13:30");
    let [found, truth] = [
        atlas.regions(Some(OpenWhen::Now), now, &Holidays::default()),
        host.regions(&atlas, OpenWhen::Now, now),
    ]
    .map(sorted);
    assert_eq!(found.len(), truth.len());
    let sum = |regions: &[Region], of: fn(&Region) -> u64| regions.iter().map(of).sum::<u64>();
    let (open, unseen) = (sum(&found, |region| region.open), sum(&found, |region| region.unseen));
    let all = sum(&truth, |region| region.open);
    assert!(open >= 1_000 && open < all && all <= open + unseen, "{open} {all} {unseen}");
    assert_eq!(sum(&found, |region| region.count), open + unseen);
}

/// What a notice says stays in the station's own file; that it closes the station counts.
#[test]
fn a_door_has_no_words() {
    let list = list(&[(Some((1, 1)), HOURS[0].into(), true), (Some((1, 1)), HOURS[0].into(), false)]);
    let doors: Vec<Door> = list.stations.iter().map(Door::of).collect();
    assert_eq!((doors[0].notices.len(), doors[1].notices.len()), (1, 0));
    let host = Host::new(&list);
    let census = encode(&host.census);
    assert!(!String::from_utf8_lossy(&census).contains("维修"));
    assert_eq!(host.census.doors.len(), 2);
}

/// A name that changes leaves all counts as they are; hours change what leads there and nothing else.
#[test]
fn an_edit_of_hours_changes_what_counts_them() {
    let list = |hours: &str, name: &str| {
        let made: Vec<Made> = (0..12_000_u16)
            .map(|number| {
                let hours = if number == 7_000 { hours } else { HOURS[usize::from(number % 6)] };
                (Some((number % 500, number / 20)), hours.to_owned(), false)
            })
            .collect();
        let mut list = list(&made);
        list.stations[7_000].name = Text::zh(name);
        let host = Host::new(&list);
        let names: BTreeSet<String> =
            host.files.keys().filter(|path| path.contains("/census-")).cloned().collect();
        (encode(&host.census), names)
    };
    let before = list("10:00-11:00", "站");
    assert_eq!(list("10:00-11:00", "改名"), before);
    let after = list("10:00-12:00", "站");
    assert_ne!(after.0, before.0);
    assert_eq!(after.1.difference(&before.1).count(), 1);
}

#[test]
fn a_file_cut_short_or_changed_is_no_census() {
    let host = nation();
    let bytes = encode(&host.census);
    for end in 0..bytes.len() {
        assert_eq!(decode::<Census>(&bytes[..end]), None, "{end}");
    }
    for at in 0..bytes.len() {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x55;
        // Nonsense or not: never a panic, also where it is used.
        let Some(census) = decode::<Census>(&bytes) else { continue };
        let mut atlas = Atlas::new(host.root.entries.clone());
        atlas.add_census(ROOT.0, Arc::new(census));
        let _ = atlas.regions(Some(OpenWhen::Now), at_noon(), &Holidays::default());
    }
}

fn at_noon() -> LocalDateTime {
    at("2026-11-23T12:00")
}
