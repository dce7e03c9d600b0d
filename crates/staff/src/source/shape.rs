//! From a JSON value to the types that the domain reads, noting every field of a wrong type and not only the first.
//!
//! A typed reader stops at the first field that does not fit. Here that field is noted, blanked in a copy, and the
//! reading starts again, until it gets through. What was blanked is remembered, so that the domain's complaint that
//! it is missing can be kept back.

use std::collections::HashSet;

use domain::dto::{StationDto, StationsDto};
use domain::finding::{Finding, Problem};
use serde::Deserialize as _;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::path::{Path, Step, is_within, wholes};

/// The key of the stations.
pub(super) const LIST: &str = "stations";

/// Most fields of a wrong type that are named in one station or one small file. Each costs another reading, and
/// whoever has that many has no use for more.
const MOST: usize = 1000;

/// A typed value, and what did not fit.
#[derive(Debug, Default)]
pub(super) struct Shaped<T> {
    /// The value, without what did not fit.
    pub(super) dto: T,
    /// What did not fit.
    pub(super) findings: Vec<Finding>,
    blanked: HashSet<String>,
}

impl<T> Shaped<T> {
    /// Whether a finding is only there because a field of a wrong type was blanked.
    pub(super) fn is_echo(&self, finding: &Finding) -> bool {
        // A set and not a search through all that was blanked: a hopeless file has as much of both.
        wholes(&finding.path).any(|whole| self.blanked.contains(whole))
    }
}

/// Reads a whole file of one type.
pub(super) fn shape<T: DeserializeOwned + Default>(value: &Value) -> Shaped<T> {
    let mut shaped = Shaped::default();
    shaped.dto = read(value, &Path::default(), None, &mut shaped.findings, &mut shaped.blanked);
    shaped
}

/// Reads a stations file without its list.
pub(super) fn shape_head(value: &Value) -> Shaped<StationsDto> {
    let mut shaped = Shaped::<StationsDto>::default();
    let head = match value {
        Value::Object(file) => file
            .iter()
            .filter(|(key, _)| *key != LIST)
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
        other => other.clone(),
    };
    let Shaped { findings, blanked, .. } = &mut shaped;
    let mut wrong = |problem| {
        findings.push(Finding { station: None, path: LIST.to_owned(), problem });
    };
    match value.get(LIST) {
        // The app takes a file without the list for an empty one; whoever wrote it did not mean that.
        None | Some(Value::Null) if value.is_object() => wrong(Problem::Missing),
        None | Some(Value::Array(_)) => {}
        Some(other) => {
            let error = Vec::<StationDto>::deserialize(other);
            wrong(Problem::WrongType(error.err().map(|error| error.to_string()).unwrap_or_default()));
        }
    }
    shaped.dto = read(&head, &Path::default(), None, findings, blanked);
    shaped
}

/// Reads the station at an index of the list.
pub(super) fn shape_station(value: &Value, index: usize) -> Shaped<StationDto> {
    let mut shaped = Shaped::default();
    let at: Path = [Step::Key(LIST.into()), Step::Index(index)].into_iter().collect();
    let id = value.get("id").and_then(Value::as_str);
    shaped.dto = read(value, &at, id, &mut shaped.findings, &mut shaped.blanked);
    shaped
}

fn read<T: DeserializeOwned + Default>(
    value: &Value,
    at: &Path,
    station: Option<&str>,
    findings: &mut Vec<Finding>,
    blanked: &mut HashSet<String>,
) -> T {
    if let Ok(dto) = T::deserialize(value) {
        return dto;
    }
    let mut copy = value.clone();
    let known = findings.len();
    // Entries of lists that are empty objects because this put them there.
    let mut emptied: Vec<Path> = Vec::new();
    loop {
        let error = match serde_path_to_error::deserialize(&copy) {
            Ok(dto) => return dto,
            Err(error) => error,
        };
        if findings.len() - known == MOST {
            blanked.insert(at.to_string());
            return T::default();
        }
        let mut below = Path::of_error(error.path());
        let path = at.join(&below).to_string();
        // A second complaint about a place is about what was put there, or about something below it.
        if !findings[known..].iter().any(|finding| is_within(&finding.path, &path)) {
            let problem = Problem::WrongType(error.into_inner().to_string());
            findings.push(Finding { station: station.map(str::to_owned), path, problem });
        }
        loop {
            blanked.insert(at.join(&below).to_string());
            match below.find_mut(&mut copy) {
                // Most fields may be null; an entry of a list may not, but may be an empty object.
                Some(node) if !node.is_null() && !emptied.contains(&below) => *node = Value::Null,
                Some(node) if node.is_null() && below.is_entry() => {
                    *node = Value::Object(Map::new());
                    emptied.push(below);
                }
                // Neither helps: the whole that it belongs to is given up.
                _ => {
                    if below.pop().is_none() {
                        return T::default();
                    }
                    continue;
                }
            }
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::dto_site::SiteDto;
    use serde_json::json;

    fn paths<T>(shaped: &Shaped<T>) -> Vec<&str> {
        shaped.findings.iter().map(|finding| finding.path.as_str()).collect()
    }

    /// A whole file, station by station and then the rest.
    fn shape_stations(value: &Value) -> Shaped<StationsDto> {
        let mut all = Shaped::<StationsDto>::default();
        let list = value.get(LIST).and_then(Value::as_array);
        let shaped = list.into_iter().flatten().enumerate().map(|(index, value)| shape_station(value, index));
        let stations = shaped.map(|shaped| {
            all.findings.extend(shaped.findings);
            all.blanked.extend(shaped.blanked);
            shaped.dto
        });
        let stations = stations.collect();
        let head = shape_head(value);
        all.findings.extend(head.findings);
        all.blanked.extend(head.blanked);
        all.dto = StationsDto { stations: Some(stations), ..head.dto };
        all
    }

    #[test]
    fn every_wrong_type_is_named_and_the_rest_is_kept() {
        let shaped = shape_stations(&json!({
            "schema": "1",
            "dataset": {"title": {"en": "no Chinese"}, "sample": "yes"},
            "stations": [
                5,
                null,
                {"id": "a", "name": {"zh": 1}, "location": {"lat": "41", "lng": 123.0, "city": "沈阳市"}},
                {"id": "b", "amenities": [null, {"id": "water", "state": 1}, "seat"], "notices": {}, "hours": ["x"]},
                {"id": 7, "name": "c"},
            ],
        }));
        assert_eq!(
            paths(&shaped),
            [
                "stations[0]",
                "stations[1]",
                "stations[2].name.zh",
                "stations[2].location.lat",
                "stations[3].amenities[0]",
                "stations[3].amenities[1].state",
                "stations[3].amenities[2]",
                "stations[3].notices",
                "stations[3].hours",
                "stations[4].id",
                "schema",
                "dataset.title",
                "dataset.sample",
            ]
        );
        let stations = shaped.dto.stations.as_ref().unwrap();
        assert_eq!(stations.len(), 5);
        assert_eq!(stations[2].location.as_ref().unwrap().lng, Some(123.0));
        assert_eq!(stations[3].amenities.as_ref().unwrap()[1].id.as_deref(), Some("water"));
        assert!(shaped.findings[3].station.as_deref() == Some("a"));
        let echo = |path: &str| {
            shaped.is_echo(&Finding { station: None, path: path.into(), problem: Problem::Missing })
        };
        assert!(echo("stations[2].name") && echo("stations[0].id") && echo("stations[2].location.lat"));
        assert!(!echo("stations[2].location.lng") && !echo("stations[4].name"));
    }

    #[test]
    fn a_hopeless_station_does_not_take_for_ever() {
        let shaped =
            shape_stations(&json!({"stations": [{"id": "a", "amenities": vec![3; 5000]}, {"id": 5}]}));
        assert_eq!(shaped.findings.len(), MOST + 1);
        assert_eq!(shaped.findings[MOST].path, "stations[1].id");
    }

    #[test]
    fn wholes_of_a_wrong_type_leave_nothing() {
        for value in [json!(null), json!([]), json!("x"), json!(1)] {
            assert_eq!(paths(&shape_stations(&value)), [""], "{value}");
            assert_eq!(paths(&shape::<SiteDto>(&value)), [""], "{value}");
        }
        assert_eq!(paths(&shape_stations(&json!({}))), ["stations"]);
        assert_eq!(paths(&shape_stations(&json!({"stations": {}}))), ["stations"]);
        assert_eq!(
            paths(&shape::<SiteDto>(&json!({"tiles": [{"subdomains": ["a", null]}]}))),
            ["tiles[0].subdomains[1]"]
        );
    }
}
