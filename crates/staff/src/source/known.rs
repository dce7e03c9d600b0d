//! The keys that the data can have, and the ones in a file that nothing reads: a typo like `adress` would
//! otherwise be an address that nobody sees.

use domain::dto::{
    AmenityDto, ContactDto, DatasetDto, EventDto, LinkDto, LocationDto, NoticeDto, PhotoDto, StationDto,
    StationsDto,
};
use domain::dto_report::{ReportDto, ReportsDto};
use domain::dto_site::{
    EmergencyDto, HolidaysDto, NamedDayDto, NamedNumberDto, ServiceNumberDto, SiteDto, TileLayerDto,
};
use domain::text::Text;
use serde::Serialize;
use serde_json::Value;

use super::path::{Path, Step};
use super::shape::LIST;
use super::typo::nearest;

/// A key that nothing reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    /// Where it is.
    pub(super) path: String,
    /// The known key that was perhaps meant.
    pub(super) meant: Option<String>,
}

/// What comparing a file with the known keys shows.
#[derive(Debug, Default)]
pub(super) struct Differences {
    /// Keys that nothing reads.
    pub(super) unknown: Vec<Unknown>,
    /// Lists where an object belongs: the typed reader would take one for an object whose keys were left away.
    pub(super) lists: Vec<String>,
}

/// The known keys of a `stations.json`, for comparing it station by station.
pub(super) struct KnownStations {
    file: Value,
    station: Value,
}

impl KnownStations {
    /// The known keys.
    pub(super) fn new() -> Self {
        Self { file: tree(&stations()), station: tree(&station()) }
    }

    /// Compares the file without its list.
    pub(super) fn compare_head(&self, value: &Value) -> Differences {
        let mut out = Differences::default();
        walk(value, &self.file, &mut Path::default(), &mut out);
        out
    }

    /// Compares the station at an index of the list.
    pub(super) fn compare_station(&self, value: &Value, index: usize) -> Differences {
        let mut out = Differences::default();
        let mut at = [Step::Key(LIST.into()), Step::Index(index)].into_iter().collect();
        walk(value, &self.station, &mut at, &mut out);
        out
    }
}

/// Compares a `site.json` with the known keys.
pub(super) fn compare_site(value: &Value) -> Differences {
    compare(value, &site())
}

/// Compares a `holidays.json` with the known keys.
pub(super) fn compare_holidays(value: &Value) -> Differences {
    compare(value, &holidays())
}

/// Compares a `reports.json` with the known keys. Those of its answers are stations.
pub(super) fn compare_reports(value: &Value) -> Differences {
    compare(value, &reports())
}

/// The sample serialized: a tree of all keys. Serializing plain structs does not fail; were it to, every key would
/// be reported as unknown, which the tests would show.
fn tree(sample: &impl Serialize) -> Value {
    serde_json::to_value(sample).unwrap_or_default()
}

fn compare(value: &Value, sample: &impl Serialize) -> Differences {
    let mut out = Differences::default();
    walk(value, &tree(sample), &mut Path::default(), &mut out);
    out
}

fn walk(value: &Value, known: &Value, path: &mut Path, out: &mut Differences) {
    match (value, known) {
        (Value::Object(object), Value::Object(known)) => {
            for (key, value) in object {
                path.push(Step::Key(key.clone()));
                match known.get(key) {
                    Some(known) => walk(value, known, path, out),
                    // `$schema` is for editors, `_…` for notes to oneself.
                    None if key.starts_with(['$', '_']) => {}
                    None => {
                        let meant = nearest(key, known.keys().filter(|known| !object.contains_key(*known)));
                        out.unknown.push(Unknown { path: path.to_string(), meant });
                    }
                }
                path.pop();
            }
        }
        (Value::Array(list), Value::Array(known)) => {
            let Some(known) = known.first() else { return };
            for (index, value) in list.iter().enumerate() {
                path.push(Step::Index(index));
                walk(value, known, path, out);
                path.pop();
            }
        }
        (Value::Array(_), Value::Object(_)) => out.lists.push(path.to_string()),
        _ => {}
    }
}

// Every field below is filled and no `..` is used: a new field does not compile until it is known here too.

#[expect(clippy::unnecessary_wraps, reason = "the fields it fills are optional")]
fn text() -> Option<Text> {
    Some(Text::both("", ""))
}

#[expect(clippy::unnecessary_wraps, reason = "the fields it fills are optional")]
fn word() -> Option<String> {
    Some(String::new())
}

fn stations() -> StationsDto {
    StationsDto {
        schema: Some(0),
        dataset: Some(DatasetDto {
            title: text(),
            publisher: text(),
            contact: text(),
            licence: word(),
            sample: Some(true),
            revision: Some(0),
        }),
        stations: Some(vec![station()]),
    }
}

fn station() -> StationDto {
    StationDto {
        id: word(),
        name: text(),
        kind: word(),
        location: Some(LocationDto {
            lat: Some(0.0),
            lng: Some(0.0),
            city: word(),
            district: word(),
            address: text(),
            directions: text(),
        }),
        hours: word(),
        access: word(),
        notices: Some(vec![NoticeDto { kind: word(), text: text(), from: word(), until: word() }]),
        amenities: Some(vec![AmenityDto { id: word(), state: word(), note: text(), access: word() }]),
        contacts: Some(vec![ContactDto {
            role: word(),
            organisation: text(),
            person: word(),
            phone: word(),
            hours: word(),
        }]),
        events: Some(vec![EventDto {
            kind: word(),
            title: text(),
            starts: word(),
            ends: word(),
            note: text(),
        }]),
        photos: Some(vec![PhotoDto { file: word(), alt: text() }]),
        links: Some(vec![LinkDto { title: text(), url: word() }]),
        verified_at: word(),
        updated_at: word(),
        source: word(),
    }
}

fn site() -> SiteDto {
    SiteDto {
        schema: Some(0),
        title: text(),
        site_url: word(),
        utc_offset_minutes: Some(0),
        boundaries: Some(true),
        review_number: word(),
        map_source: text(),
        icp: word(),
        police_icp: word(),
        tiles: Some(vec![TileLayerDto {
            name: text(),
            url: word(),
            subdomains: Some(vec![String::new()]),
            datum: word(),
            min_zoom: Some(0),
            max_zoom: Some(0),
            attribution: word(),
            overlay: Some(true),
        }]),
        emergency: Some(EmergencyDto {
            text: text(),
            until: word(),
            since: word(),
            stations: Some(vec![String::new()]),
            contacts: Some(vec![NamedNumberDto { name: text(), phone: word() }]),
        }),
        service_numbers: Some(vec![ServiceNumberDto {
            name: text(),
            phone: word(),
            note: text(),
            city: word(),
        }]),
    }
}

fn holidays() -> HolidaysDto {
    let days = || Some(vec![NamedDayDto { date: word(), name: text() }]);
    HolidaysDto {
        schema: Some(0),
        from: word(),
        through: word(),
        source: word(),
        holidays: days(),
        workdays: days(),
    }
}

fn reports() -> ReportsDto {
    ReportsDto {
        schema: Some(0),
        reports: Some(vec![ReportDto {
            uuid: word(),
            station: word(),
            kind: word(),
            text: word(),
            at: word(),
            counted: Some(true),
        }]),
        // Serialized as null, below which nothing is compared.
        answers: None,
        dropped: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_full_file_has_no_unknown_keys() {
        for differences in [
            compare(&serde_json::to_value(stations()).unwrap(), &stations()),
            KnownStations::new().compare_station(&serde_json::to_value(station()).unwrap(), 0),
            compare_site(&serde_json::to_value(site()).unwrap()),
            compare_holidays(&serde_json::to_value(holidays()).unwrap()),
            compare_reports(&json!({"schema": 1, "reports": [], "answers": {"sy-1": "2026-11-25"}})),
        ] {
            assert!(differences.unknown.is_empty() && differences.lists.is_empty(), "{differences:?}");
        }
    }

    #[test]
    fn typos_are_named_with_what_was_meant() {
        let known = KnownStations::new();
        let file = json!({"$schema": "stations.schema.json", "_note": "mine", "station": [], "stations": []});
        let mut differences = known.compare_head(&file);
        for (index, station) in [
            json!({"location": {"adress": "x", "city": "y", "ciyt": "z", "altitude": 4}, "Hours": "24小时"}),
            json!({"notices": [{"untill": "2026-01-01"}], "location": [1, 2]}),
        ]
        .iter()
        .enumerate()
        {
            let more = known.compare_station(station, index);
            differences.unknown.extend(more.unknown);
            differences.lists.extend(more.lists);
        }
        let meant =
            |path: &str, meant: Option<&str>| Unknown { path: path.into(), meant: meant.map(str::to_owned) };
        assert_eq!(
            differences.unknown,
            [
                meant("station", None),
                meant("stations[0].location.adress", Some("address")),
                meant("stations[0].location.ciyt", None),
                meant("stations[0].location.altitude", None),
                meant("stations[0].Hours", Some("hours")),
                meant("stations[1].notices[0].untill", Some("until")),
            ]
        );
        assert_eq!(differences.lists, ["stations[1].location"]);
    }
}
