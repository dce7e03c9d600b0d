//! Lists put together from a few words, and what is typed to find them.

use domain::dto::{ContactDto, DatasetDto, LocationDto, StationDto, StationsDto};
use domain::published::StationsFile;
use domain::read::read_stations;
use domain::text::Text;
use proptest::prelude::*;
use proptest::sample::select;

/// A small table: some characters with one reading, some with several.
pub fn spell(c: char) -> Vec<String> {
    let all = [
        ("沈", "shen chen"),
        ("阳", "yang"),
        ("浑", "hun"),
        ("南", "nan na"),
        ("区", "qu ou"),
        ("长", "chang zhang"),
        ("安", "an"),
        ("西", "xi"),
        ("爱", "ai"),
        ("心", "xin"),
        ("驿", "yi"),
        ("站", "zhan"),
        ("市", "shi"),
        ("银", "yin"),
        ("行", "xing hang"),
    ];
    let found = all.iter().find(|(other, _)| other.starts_with(c));
    found.map(|(_, readings)| readings.split(' ').map(str::to_owned).collect()).unwrap_or_default()
}

/// What names, addresses and organisations are put together from, and what is typed.
const PARTS: [&str; 16] = [
    "浑南",
    "长安",
    "西安",
    "沈阳",
    "爱心",
    "驿站",
    "银行",
    "区",
    "5号",
    "Bank",
    "ＡＢＣ",
    " ",
    "·",
    "某",
    "南",
    "行",
];
const TYPED: [&str; 34] = [
    "hnq",
    "hunnan",
    "hunn",
    "hun",
    "浑南",
    "浑",
    "站",
    "驿站",
    "爱心驿站",
    "axyz",
    "aixin",
    "沈阳",
    "chenyang",
    "sy",
    "syshn",
    "changan",
    "zhangan",
    "xian",
    "bank",
    "BANK",
    "ban",
    "ａｂｃ",
    "abc",
    "某浑南",
    "某",
    "浑南 bank",
    "hn bank",
    "5号",
    "沈阳浑南",
    "沈阳市·浑南区",
    "yinhang",
    "yinxing",
    "nothing",
    "an5",
];

/// Where, in which district, with which name, address and organisation.
pub type Made = (Option<(f64, f64)>, usize, Vec<&'static str>, Vec<&'static str>, Vec<&'static str>);

pub fn list(made: &[Made]) -> StationsFile {
    let areas = [("沈阳市", "浑南区"), ("沈阳市", "沈河区"), ("西安市", "长安区"), ("安阳市", "南区")];
    let stations = made.iter().enumerate().map(|(number, (at, area, name, address, organisation))| {
        let text =
            |parts: &Vec<&str>| Some(Text::zh(parts.concat())).filter(|_| !parts.concat().trim().is_empty());
        let (city, district) = areas[area % areas.len()];
        StationDto {
            id: Some(format!("s{}", number * 7919 % 100_003)),
            name: Some(text(name).unwrap_or_else(|| Text::zh("站"))),
            kind: Some("other".into()),
            hours: Some("24小时".into()),
            location: Some(LocationDto {
                lat: at.map(|at| (at.0 * 1e7).round() / 1e7),
                lng: at.map(|at| (at.1 * 1e7).round() / 1e7),
                city: Some(city.into()),
                district: Some(district.into()),
                address: text(address),
                ..LocationDto::default()
            }),
            contacts: text(organisation).map(|name| {
                vec![ContactDto {
                    role: Some("host".into()),
                    organisation: Some(name),
                    phone: Some("024-12345678".into()),
                    ..ContactDto::default()
                }]
            }),
            ..StationDto::default()
        }
    });
    let dataset = Some(DatasetDto { title: Some(Text::zh("t")), ..DatasetDto::default() });
    let stations = Some(stations.collect());
    let reading = read_stations(StationsDto { schema: Some(1), dataset, stations });
    assert_eq!(reading.findings, []);
    StationsFile { dataset: reading.dataset.unwrap(), stations: reading.stations }
}

fn parts() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(select(&PARTS[..]), 0..5)
}

pub fn made() -> impl Strategy<Value = Made> {
    let place = prop_oneof![
        6 => (41.70f64..41.90, 123.30f64..123.60).prop_map(Some),
        2 => (0u8..4, 0u8..4).prop_map(|(x, y)| Some((31.0 + f64::from(x) / 300.0, 121.0 + f64::from(y) / 300.0))),
        1 => (-90.0f64..90.0, -180.0f64..180.0).prop_map(Some),
        1 => Just(None),
    ];
    (place, 0usize..4, parts(), parts(), parts())
}

pub fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => select(&TYPED[..]).prop_map(str::to_owned),
        1 => prop::collection::vec(select(&PARTS[..]), 1..5).prop_map(|parts| parts.concat()),
        1 => "[a-z]{1,7}",
    ]
}
