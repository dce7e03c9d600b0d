//! Asking the catalogue: search, filters, order, against a plain count of what must hold.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

use domain::amenity::{Amenity, AmenitySet};
use domain::catalogue::{Catalogue, Question};
use domain::coords::Wgs84;
use domain::dto::{AmenityDto, DatasetDto, LocationDto, StationDto, StationsDto};
use domain::filter::{Filter, OpenWhen};
use domain::geodesy::{Distance, distance_m};
use domain::holidays::Holidays;
use domain::read::read_stations;
use domain::search::Query;
use domain::station::{Kind, StationId};
use domain::text::Text;
use domain::time::LocalDateTime;
use proptest::prelude::*;

fn now() -> LocalDateTime {
    LocalDateTime::parse("2026-11-23T15:00").unwrap()
}

fn dto(id: &str, name: Text) -> StationDto {
    StationDto {
        id: Some(id.into()),
        name: Some(name),
        kind: Some("other".into()),
        location: Some(LocationDto {
            city: Some("沈阳市".into()),
            district: Some("浑南区".into()),
            ..LocationDto::default()
        }),
        ..StationDto::default()
    }
}

fn catalogue(stations: Vec<StationDto>) -> Catalogue {
    let dataset = Some(DatasetDto { title: Some(Text::zh("t")), ..DatasetDto::default() });
    let reading = read_stations(StationsDto { schema: Some(1), dataset, stations: Some(stations) });
    assert_eq!(reading.findings, []);
    Catalogue::new(reading.dataset.unwrap(), reading.stations)
}

fn ids(catalogue: &Catalogue, question: &Question) -> Vec<String> {
    let hits = catalogue.ask(question, now(), &Holidays::default());
    hits.iter().map(|hit| catalogue.station(hit.index).unwrap().id.to_string()).collect()
}

#[test]
fn nothing_in_nothing_out() {
    let empty = catalogue(vec![]);
    assert_eq!(ids(&empty, &Question::default()), [""; 0]);
    assert_eq!(empty.find("a"), None);
    assert_eq!(empty.station(0), None);
}

#[test]
fn ids_lead_to_their_station() {
    let three = catalogue(["c", "a", "b"].map(|id| dto(id, Text::zh(id))).into());
    for (index, id) in (0u32..).zip(["c", "a", "b"]) {
        assert_eq!(three.find(id), Some(index));
    }
    for absent in ["d", "", "A", "../a"] {
        assert_eq!(three.find(absent), None, "{absent}");
    }
}

/// Whether a station named `name` in 沈阳市浑南区 is found by what was typed.
fn check_search(typed: &str, name: &str, found: bool) {
    let one = catalogue(vec![dto("a", Text::both(name, "Hunnan Rest Stop"))]);
    let question = Question { query: Query::new(typed), ..Question::default() };
    assert_eq!(!ids(&one, &question).is_empty(), found, "{typed:?} in {name:?}");
}

#[test]
fn search_ignores_width_case_spaces_and_punctuation() {
    let name = "樾檀山社区“蜂行沈阳”爱心驿站ＡＢ１２";
    for typed in [
        "",
        "  ",
        "樾檀山",
        "蜂行沈阳爱心",
        "ab12",
        "ＡＢ１２",
        "aB 12",
        "樾 檀 山",
        "爱心 樾檀",
        "浑南",
        "沈阳浑南",
        "沈阳市浑南区",
        "沈阳　驿站",
        "hunnan",
        "HUNNAN rest",
        "“蜂行”",
        "，。",
        "社区·蜂行",
    ] {
        check_search(typed, name, true);
    }
    for typed in ["铁西", "樾檀山 铁西", "站ab12沈", "stop沈阳"] {
        check_search(typed, name, false);
    }
}

#[test]
fn filters_ask_for_all_that_is_set() {
    let amenity = |id: &str, state: &str| AmenityDto {
        id: Some(id.into()),
        state: Some(state.into()),
        ..AmenityDto::default()
    };
    let mut ok = dto("ok", Text::zh("甲"));
    ok.amenities = Some(vec![amenity("water", "ok"), amenity("toilet", "ok")]);
    ok.hours = Some("09:00-17:00".into());
    let mut unsure = dto("unsure", Text::zh("乙"));
    unsure.amenities = Some(vec![amenity("water", "unknown")]);
    unsure.hours = Some("24小时".into());
    unsure.kind = Some("bank".into());
    let mut out = dto("out", Text::zh("丙"));
    out.amenities = Some(vec![amenity("water", "out")]);
    let all = catalogue(vec![out, unsure, ok]);
    let ask = |filter: Filter| ids(&all, &Question { filter, ..Question::default() });
    let at = |text| OpenWhen::At(LocalDateTime::parse(text).unwrap());

    let water = AmenitySet::EMPTY.with(Amenity::Water);
    assert_eq!(ask(Filter { amenities: water, ..Filter::default() }), ["ok", "unsure"]);
    let both = water.with(Amenity::Toilet);
    assert_eq!(ask(Filter { amenities: both, ..Filter::default() }), ["ok"]);
    assert_eq!(ask(Filter { kind: Some(Kind::Bank), ..Filter::default() }), ["unsure"]);
    // Equal in everything: by id, whatever the list's order.
    assert_eq!(ask(Filter { open: OpenWhen::Now, ..Filter::default() }), ["ok", "unsure"]);
    assert_eq!(ask(Filter { open: OpenWhen::Always, ..Filter::default() }), ["unsure"]);
    assert_eq!(ask(Filter { open: at("2026-11-23T20:00"), ..Filter::default() }), ["unsure"]);
    assert_eq!(ask(Filter { open: at("2026-11-24T09:00"), ..Filter::default() }), ["ok", "unsure"]);
    assert_eq!(ask(Filter { open: OpenWhen::Now, kind: Some(Kind::Bank), amenities: both }), [""; 0]);
}

#[test]
fn favourites_come_first_only_without_a_position() {
    let mut stations: Vec<_> = ["a", "b", "c"].map(|id| dto(id, Text::zh(id))).into();
    for (station, lat) in stations.iter_mut().zip([41.80, 41.81, 41.82]) {
        let location = station.location.as_mut().unwrap();
        (location.lat, location.lng) = (Some(lat), Some(123.4));
    }
    let all = catalogue(stations);
    let first = vec![StationId::new("c").unwrap(), StationId::new("gone").unwrap()];
    let question = Question { first, ..Question::default() };
    assert_eq!(ids(&all, &question), ["c", "a", "b"]);
    let from = Some(Wgs84::new(41.8, 123.4).unwrap());
    assert_eq!(ids(&all, &Question { from, ..question }), ["a", "b", "c"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The order is what the words promise: shown distance, then open, unsure, shut, then true distance.
    #[test]
    fn the_order_is_total_and_as_promised(
        places in prop::collection::vec((41.0f64..41.05, 123.0f64..123.05, 0usize..4, prop::bool::ANY), 0..40),
    ) {
        let hours = [Some("24小时"), Some("09:00-17:00"), Some("01:00-02:00"), None];
        let stations = places.iter().enumerate().map(|(number, &(lat, lng, hour, placed))| {
            let mut station = dto(&format!("s{number}"), Text::zh("站"));
            station.hours = hours[hour].map(Into::into);
            if placed {
                let location = station.location.as_mut().unwrap();
                (location.lat, location.lng) = (Some(lat), Some(lng));
            }
            station
        });
        let all = catalogue(stations.collect());
        let from = Wgs84::new(41.02, 123.02).unwrap();
        let question = Question { from: Some(from), ..Question::default() };
        let hits = all.ask(&question, now(), &Holidays::default());
        prop_assert_eq!(hits.len(), places.len());
        let key = |hit: &domain::catalogue::Hit| {
            let metres = all.station(hit.index).unwrap().location.position.map(|to| distance_m(from, to));
            assert_eq!(metres, hit.metres);
            let far = metres.map_or((1, Distance::rounded(0.0)), |metres| (0, Distance::rounded(metres)));
            (far, hit.status.order(), metres.unwrap_or(0.0))
        };
        for pair in hits.windows(2) {
            let (a, b) = (key(&pair[0]), key(&pair[1]));
            prop_assert!(a.partial_cmp(&b) != Some(core::cmp::Ordering::Greater), "{:?} before {:?}", a, b);
        }
    }
}
