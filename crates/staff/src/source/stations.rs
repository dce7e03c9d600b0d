//! The list of stations, read one by one: of a station's JSON value and its typed form, each many times as large as its text,
//! only one is there at a time.

use domain::finding::Finding;
use domain::read::{Reading, StationReader, read_head};
use domain::station::Station;
use serde_json::Value;

use super::json::{self, Part};
use super::known::KnownStations;
use super::path::Path;
use super::shape::{self, LIST};
use super::written::Written;
use super::{STATIONS, note, repeated, station_index, whole};
use crate::progress::{Bar, Progress, Stage};
use crate::trouble::{Item, Trouble};

/// Reads the bytes of a `stations.json`: the stations as written, as understood, and everything that is wrong.
pub fn stations(bytes: &[u8]) -> (Written, Reading, Vec<Item>) {
    read(bytes, &Progress::none().stage(Stage::Reading, None))
}

/// The same, telling of each station.
pub(super) fn read(bytes: &[u8], bar: &Bar) -> (Written, Reading, Vec<Item>) {
    let mut list = List::new();
    let parsed = json::parse_list(bytes, Some(LIST), &mut |part| match part {
        Part::Start => list.start(),
        Part::Entry(value, repeated) => {
            list.add(&value, repeated);
            bar.step();
        }
    });
    match parsed {
        Ok(parsed) => list.end(&parsed.value, &parsed.repeated),
        Err(error) => (Written::default(), nothing(), vec![whole(STATIONS, Trouble::Json(error))]),
    }
}

/// What there is of a list that cannot be read.
pub(super) fn nothing() -> Reading {
    Reading { dataset: None, stations: Vec::new(), findings: Vec::new() }
}

/// The list as far as it is read.
struct List {
    known: KnownStations,
    reader: StationReader,
    stations: Vec<Station>,
    written: Written,
    findings: Vec<Finding>,
    items: Vec<Item>,
    /// The keys that stand twice in the list.
    twice: Vec<Path>,
    /// Those of a list that this one took the place of.
    void: Vec<Path>,
}

impl List {
    fn new() -> Self {
        Self {
            known: KnownStations::new(),
            reader: StationReader::default(),
            stations: Vec::new(),
            written: Written::default(),
            findings: Vec::new(),
            items: Vec::new(),
            twice: Vec::new(),
            void: Vec::new(),
        }
    }

    /// The list begins. One that came before it is void, but for the keys that stand twice in it.
    fn start(&mut self) {
        let before = std::mem::replace(self, Self::new());
        self.void = before.void;
        self.void.extend(before.twice);
    }

    fn add(&mut self, value: &Value, twice: Vec<Path>) {
        let index = self.written.len();
        let id = value.get("id").and_then(Value::as_str);
        self.items.extend(twice.iter().map(|path| repeated(STATIONS, id.map(str::to_owned), path)));
        let shaped = shape::shape_station(value, index);
        let differences = self.known.compare_station(value, index);
        self.written.add(&shaped.dto);
        let (station, findings) = self.reader.read(shaped.dto.clone());
        note(STATIONS, id, &shaped, differences, &findings, &mut self.items);
        self.stations.extend(station);
        self.findings.extend(findings);
        self.twice.extend(twice);
    }

    /// What the whole file says, with what stands in it beside the list.
    fn end(mut self, head: &Value, twice: &[Path]) -> (Written, Reading, Vec<Item>) {
        let shaped = shape::shape_head(head);
        let (dataset, mut findings) = read_head(shaped.dto.schema, shaped.dto.dataset.clone());
        let mut items: Vec<Item> = twice.iter().map(|path| repeated(STATIONS, None, path)).collect();
        note(STATIONS, None, &shaped, self.known.compare_head(head), &findings, &mut items);
        items.extend(self.void.iter().map(|path| {
            let index = station_index(&path.to_string());
            repeated(STATIONS, index.and_then(|index| self.written.id(index)), path)
        }));
        items.append(&mut self.items);
        findings.append(&mut self.findings);
        self.written.dataset = shaped.dto.dataset;
        self.stations.shrink_to_fit();
        (self.written, Reading { dataset, stations: self.stations, findings }, items)
    }
}
