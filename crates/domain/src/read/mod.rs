//! From the data as written to values that are understood: the one place where both meet.
//!
//! Reading never stops at the first problem and never guesses: each [`Finding`] names the field, and a station
//! with a finding is left out of the result. Every conversion takes its DTO apart field by field, so that a new
//! field does not compile until somebody decides what it means.

mod field;
mod holidays;
mod patch;
mod reports;
mod site;
mod station;

use std::collections::BTreeMap;

use crate::dto::{DatasetDto, StationDto, StationsDto};
use crate::finding::{Finding, Findings, Place, Problem};
use crate::station::Station;
use crate::text::Text;

pub(crate) use field::is_hidden;
pub use field::{FILE, HIDDEN, LINE, NOTE, URL};
pub use holidays::read_holidays;
pub(crate) use patch::{judge_author, judge_value};
pub use reports::read_reports;
pub use site::read_site;

/// The version of `stations.json`, `site.json`, `holidays.json` and `reports.json` that this program knows.
pub const SCHEMA: u32 = 1;

/// What the list is and who answers for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// Title.
    pub title: Text,
    /// Who publishes it.
    pub publisher: Option<Text>,
    /// How to reach the publisher.
    pub contact: Option<Text>,
    /// Licence of the data.
    pub licence: Option<String>,
    /// Whether the stations are invented, which is shown as 示例数据.
    pub sample: bool,
    /// Counts up with each edition.
    pub revision: u64,
}

/// What reading a stations file gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What the list is; none where that itself is wrong.
    pub dataset: Option<Dataset>,
    /// The stations without findings, in the file's order.
    pub stations: Vec<Station>,
    /// Everything that is wrong, in the file's order.
    pub findings: Vec<Finding>,
}

/// Understands a stations file.
pub fn read_stations(dto: StationsDto) -> Reading {
    let StationsDto { schema, dataset, stations } = dto;
    let (dataset, mut findings) = read_head(schema, dataset);
    let stations = stations.unwrap_or_default();
    let mut reader = StationReader::default();
    let mut read = Vec::with_capacity(stations.len());
    for dto in stations {
        let (station, own) = reader.read(dto);
        read.extend(station);
        findings.extend(own);
    }
    Reading { dataset, stations: read, findings }
}

/// Understands what a stations file says beside its list.
pub fn read_head(schema: Option<u32>, dataset: Option<DatasetDto>) -> (Option<Dataset>, Vec<Finding>) {
    let mut out = Findings::default();
    let root = Place::ROOT;
    field::schema(&mut out, &root, schema);
    let dataset = out.require(&root.key("dataset"), dataset);
    let dataset = dataset.and_then(|dto| read_dataset(&mut out, &root.key("dataset"), dto));
    (dataset, out.list)
}

/// Understands a file's stations one after the other, so that not all of them need be there at once.
#[derive(Debug, Default)]
pub struct StationReader {
    first_with: BTreeMap<String, usize>,
    read: usize,
}

impl StationReader {
    /// Understands the next station of the list: the station, where nothing is wrong with it, and what is.
    pub fn read(&mut self, dto: StationDto) -> (Option<Station>, Vec<Finding>) {
        let list = Place::ROOT.key("stations");
        let index = self.read;
        let place = list.index(index);
        self.read += 1;
        let mut out = Findings { station: dto.id.clone(), list: Vec::new() };
        if let Some(id) = &dto.id {
            if let Some(first) = self.first_with.get(id) {
                let first = list.index(*first).to_string();
                out.note::<()>(&place.key("id"), Problem::Duplicate { first });
            } else {
                self.first_with.insert(id.clone(), index);
            }
        }
        let station = station::read_station(&mut out, &place, dto);
        (station.filter(|_| out.list.is_empty()), out.list)
    }
}

fn read_dataset(out: &mut Findings, place: &Place<'_>, dto: DatasetDto) -> Option<Dataset> {
    let DatasetDto { title, publisher, contact, licence, sample, revision } = dto;
    let title = out.require(&place.key("title"), title);
    let title = field::text(out, &place.key("title"), title, field::LINE);
    let publisher = field::text(out, &place.key("publisher"), publisher, field::LINE);
    let contact = field::text(out, &place.key("contact"), contact, field::NOTE);
    let licence = field::plain(out, &place.key("licence"), licence, field::LINE);
    Some(Dataset {
        title: title?,
        publisher,
        contact,
        licence,
        sample: sample.unwrap_or(false),
        revision: revision.unwrap_or(0),
    })
}
