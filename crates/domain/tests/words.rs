//! Searching a list by its index of words finds what looking through the whole list finds, in its order.

#![allow(clippy::unwrap_used, reason = "a test that fails does so here")]

#[path = "words/host.rs"]
mod host;
#[path = "words/list.rs"]
mod list;

use std::collections::BTreeSet;

use domain::coords::Wgs84;
use domain::published::StationsFile;
use domain::search::Query;
use domain::shards::words::{Draft, Finder, Limits};
use domain::text::Text;
use host::{Host, search, whole};
use list::{Made, list, made, spell, typed};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_search_finds_what_the_whole_list_has_in_its_order(
        made in prop::collection::vec(made(), 0..300), typed in typed(), rows in 1usize..40,
        lat in 31.0f64..42.0, lng in 121.0f64..123.5, cells in 1usize..300, node in 64usize..8_000,
    ) {
        let list = list(&made);
        let host = Host::within(&list, Limits { cells, node });
        let from = Wgs84::new(lat, lng).unwrap();
        let found = search(&host, &typed, from, rows);
        prop_assert_eq!(found.ids, whole(&list, &typed, from, rows), "{}", typed);
    }
}

/// A nation: a town every 2 degrees, each with the same names and one of its own.
fn nation(count: usize) -> Vec<Made> {
    let mut seed = 42_u64;
    let mut dice = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(seed >> 33).unwrap()) / f64::from(1_u32 << 31)
    };
    let station = |number: usize| {
        let (x, y) = (number % 10, number / 10 % 10);
        let at = |town: usize, more: f64| f64::from(u8::try_from(town).unwrap()) * 2.0 + more;
        let at = (at(x, 22.0) + dice() / 5.0, at(y, 104.0) + dice() / 5.0);
        ((!number.is_multiple_of(97)).then_some(at), number, vec!["爱心", "驿站"], vec!["某"], vec!["银行"])
    };
    (0..count).map(station).collect()
}

#[test]
fn a_far_name_is_found_with_a_few_files() {
    let mut made = nation(20_000);
    made[19_999].2 = vec!["西", "浑", "长", "行"];
    let list = list(&made);
    let host = Host::new(&list);
    let most =
        host.files.iter().filter(|(path, _)| path.contains("/words-")).map(|(_, bytes)| bytes.len()).max();
    assert!(most < Some(24_000), "{most:?}");
    let from = Wgs84::new(22.1, 104.1).unwrap();
    for typed in ["西浑长行", "xihunchang", "xhch"] {
        let found = search(&host, typed, from, 10);
        assert_eq!(found.ids, [list.stations[19_999].id.to_string()], "{typed}");
        assert!(found.words <= 6 && found.shards <= 4, "{typed}: {} and {} files", found.words, found.shards);
    }
    // What is everywhere is found next to the rider.
    for typed in ["站", "驿站", "axyz"] {
        let found = search(&host, typed, from, 10);
        assert_eq!(found.ids, whole(&list, typed, from, 10), "{typed}");
        assert!(found.words <= 6 && found.shards <= 4, "{typed}: {} and {} files", found.words, found.shards);
    }
    // What is nowhere takes no shard.
    let found = search(&host, "某西某", from, 10);
    assert_eq!((found.ids.len(), found.shards), (0, 0));
}

#[test]
fn an_edit_changes_the_files_of_its_words() {
    let names = |list: &StationsFile| {
        let (_, made) = Draft::new(list, &spell).publish(Limits::default());
        made.into_iter().map(|made| made.path).collect::<BTreeSet<_>>()
    };
    let hash = |list: &StationsFile| Draft::new(list, &spell).hash();
    let mut list = list(&nation(5_000));
    let (before, first) = (names(&list), hash(&list));
    list.stations[77].hours = None;
    assert_eq!((names(&list), hash(&list)), (before.clone(), first), "no word changed");
    list.stations.reverse();
    assert_eq!((names(&list), hash(&list)), (before.clone(), first), "the same list in another order");
    list.stations[77].name = Text::zh("浑南驿站");
    let after = names(&list);
    assert_ne!(hash(&list), first);
    assert!(after.difference(&before).count() <= 14, "{}", after.difference(&before).count());
}

#[test]
fn the_empty_list_is_searched() {
    let host = Host::new(&list(&[]));
    assert!(search(&host, "浑南", Wgs84::new(22.1, 104.1).unwrap(), 10).ids.is_empty());
}

#[test]
fn what_is_changed_is_no_node() {
    let host = Host::new(&list(&nation(300)));
    let bytes = host.files.iter().find(|(path, _)| path.contains("/words-")).unwrap().1;
    for at in 0..bytes.len() {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x55;
        // Nonsense or not: never a panic.
        let mut finder = Finder::new(host.table.clone());
        let blob = finder.missing(&Query::new("驿站"))[0];
        if finder.add(blob.hash, &bytes) {
            let _ = finder.cells(&Query::new("驿站"));
        }
    }
    for end in 0..bytes.len() {
        assert!(!Finder::new(host.table.clone()).add([0; 16], &bytes[..end]), "{end}");
    }
}
