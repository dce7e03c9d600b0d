//! The source folder, `public/`: what staff edit, read and understood, with everything that is wrong in it.

mod json;
mod known;
mod path;
pub(crate) mod photo;
mod shape;
mod stations;
mod typo;
mod written;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::Path as FilePath;

use domain::basemap::Basemap;
use domain::dto_report::ReportsDto;
use domain::dto_site::{HolidaysDto, SiteDto};
use domain::finding::{Finding, Problem};
use domain::holidays::Holidays;
use domain::read::{Reading, read_holidays, read_reports, read_site};
use domain::report::Reports;
use domain::site::Site;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::progress::{Progress, Stage};
use crate::trouble::{Item, Level, Trouble};
use known::Differences;
use path::Path;
use shape::Shaped;

pub use json::JsonError;
pub use stations::stations;
pub use written::Written;
pub(crate) use written::filled;

/// The list of stations, below the source folder.
pub const STATIONS: &str = "data/stations.json";
/// The site's settings, below the source folder.
pub const SITE: &str = "data/site.json";
/// The holiday table, below the source folder.
pub const HOLIDAYS: &str = "data/holidays.json";
/// What riders reported, below the source folder; there may be none.
pub const REPORTS: &str = "data/reports.json";
/// The embedded map, below the source folder.
pub const BASEMAP: &str = "basemap/liaoning.bin";

/// Files that stand in for those of a folder, by their paths below it.
pub(crate) type Files = BTreeMap<&'static str, Vec<u8>>;

/// The source folder, read.
#[derive(Debug)]
pub struct Source {
    /// The stations as written.
    pub written: Written,
    /// The stations as understood.
    pub reading: Reading,
    /// The settings as written.
    pub site_dto: SiteDto,
    /// The settings as understood; none where something in them is wrong.
    pub site: Option<Site>,
    /// The holiday table as written.
    pub holidays_dto: HolidaysDto,
    /// The holiday table as understood; none where something in it is wrong.
    pub holidays: Option<Holidays>,
    /// What riders reported; none where something in it is wrong.
    pub reports: Option<Reports>,
    /// The embedded map, byte by byte; none where there is none or it is wrong.
    pub basemap: Option<Vec<u8>>,
    /// Everything that is wrong, and the keys that nothing reads.
    pub items: Vec<Item>,
}

impl Source {
    /// Reads a source folder. Whatever is wrong is in [`Source::items`]; nothing stops the reading.
    pub fn read(folder: &FilePath) -> Self {
        Self::read_telling(folder, Progress::none())
    }

    /// The same, telling how far it is.
    pub fn read_telling(folder: &FilePath, progress: Progress) -> Self {
        Self::with(folder, &Files::new(), progress)
    }

    /// The same with these files in place of the folder's.
    pub(crate) fn with(folder: &FilePath, files: &Files, progress: Progress) -> Self {
        let read = |path| match files.get(path) {
            Some(bytes) => Ok(bytes.clone()),
            None => fs::read(folder.join(path)),
        };
        let (written, reading, mut items) = match read(STATIONS) {
            Ok(bytes) => stations::read(&bytes, &progress.stage(Stage::Reading, None)),
            Err(error) => (Written::default(), stations::nothing(), vec![unreadable(STATIONS, &error)]),
        };
        let (site_dto, site) = match read(SITE) {
            Ok(bytes) => also(site(&bytes), &mut items),
            Err(error) => (SiteDto::default(), none(unreadable(SITE, &error), &mut items)),
        };
        let (holidays_dto, holidays) = match read(HOLIDAYS) {
            Ok(bytes) => also(holidays(&bytes), &mut items),
            Err(error) => (HolidaysDto::default(), none(unreadable(HOLIDAYS, &error), &mut items)),
        };
        let reports = match read(REPORTS) {
            Ok(bytes) => also(reports(&bytes), &mut items).1,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some(Reports::default()),
            Err(error) => none(unreadable(REPORTS, &error), &mut items),
        };
        let basemap = match fs::read(folder.join(BASEMAP)) {
            Ok(bytes) => basemap(bytes, &mut items),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                none(whole(BASEMAP, Trouble::NoBasemap), &mut items)
            }
            Err(error) => none(unreadable(BASEMAP, &error), &mut items),
        };
        photo::check(folder, &written, &mut items);
        sort(&mut items);
        Self { written, reading, site_dto, site, holidays_dto, holidays, reports, basemap, items }
    }
}

/// Orders items by file, and in the list of stations by station.
pub(crate) fn sort(items: &mut [Item]) {
    items.sort_by_key(|item| (file_order(item.file), station_order(&item.path)));
}

/// Reads the bytes of a `site.json`: the settings as written, as understood, and everything that is wrong.
pub fn site(bytes: &[u8]) -> (SiteDto, Option<Site>, Vec<Item>) {
    read(SITE, bytes, known::compare_site, read_site)
}

/// Reads the bytes of a `holidays.json`: the table as written, as understood, and everything that is wrong.
pub fn holidays(bytes: &[u8]) -> (HolidaysDto, Option<Holidays>, Vec<Item>) {
    read(HOLIDAYS, bytes, known::compare_holidays, read_holidays)
}

/// Reads the bytes of a `reports.json`: the reports as written, as understood, and everything that is wrong.
pub fn reports(bytes: &[u8]) -> (ReportsDto, Option<Reports>, Vec<Item>) {
    read(REPORTS, bytes, known::compare_reports, read_reports)
}

/// The first thing in one of the four JSON files for which a build refuses it; none where it can be published.
pub(crate) fn wrong(path: &'static str, read: Result<&[u8], &io::Error>) -> Option<Item> {
    let bytes = match read {
        Err(error) => return Some(unreadable(path, error)),
        Ok(bytes) => bytes,
    };
    let items = match path {
        STATIONS => stations(bytes).2,
        SITE => site(bytes).2,
        HOLIDAYS => holidays(bytes).2,
        _ => reports(bytes).2,
    };
    items.into_iter().find(|item| item.trouble.level() == Level::Error)
}

fn read<D, T>(
    file: &'static str,
    bytes: &[u8],
    compare: fn(&Value) -> Differences,
    understand: fn(D) -> Result<T, Vec<Finding>>,
) -> (D, Option<T>, Vec<Item>)
where
    D: Clone + Default + DeserializeOwned,
{
    let mut items = Vec::new();
    let Some(value) = parse(file, bytes, &mut items) else {
        return (D::default(), None, items);
    };
    let shaped: Shaped<D> = shape::shape(&value);
    let (understood, findings) = match understand(shaped.dto.clone()) {
        Ok(understood) => (Some(understood), Vec::new()),
        Err(findings) => (None, findings),
    };
    note(file, None, &shaped, compare(&value), &findings, &mut items);
    (shaped.dto, understood, items)
}

/// Puts what one file has wrong with the rest.
fn also<D, T>((dto, understood, more): (D, T, Vec<Item>), items: &mut Vec<Item>) -> (D, T) {
    items.extend(more);
    (dto, understood)
}

fn parse(file: &'static str, bytes: &[u8], items: &mut Vec<Item>) -> Option<Value> {
    match json::parse(bytes) {
        Ok(parsed) => {
            items.extend(parsed.repeated.iter().map(|path| repeated(file, None, path)));
            Some(parsed.value)
        }
        Err(error) => none(whole(file, Trouble::Json(error)), items),
    }
}

fn repeated(file: &'static str, station: Option<String>, path: &Path) -> Item {
    Item { file, station, path: path.to_string(), trouble: Trouble::RepeatedKey }
}

/// Brings together what is wrong with the types, the fields and the keys of a file, or of one station in it.
fn note<D>(
    file: &'static str,
    station: Option<&str>,
    shaped: &Shaped<D>,
    differences: Differences,
    understood: &[Finding],
    items: &mut Vec<Item>,
) {
    let at = |path: String, trouble| Item { file, station: station.map(str::to_owned), path, trouble };
    let of = |finding: &Finding| Item {
        file,
        station: finding.station.clone(),
        path: finding.path.clone(),
        trouble: Trouble::Field(finding.problem.clone()),
    };
    items.extend(shaped.findings.iter().map(of));
    items.extend(understood.iter().filter(|finding| !shaped.is_echo(finding)).map(of));
    let known: HashSet<&str> = shaped.findings.iter().map(|finding| finding.path.as_str()).collect();
    for path in differences.lists.into_iter().filter(|path| !known.contains(path.as_str())) {
        // The words of serde, so that both sorts of wrong type are said in the same way.
        let said = "invalid type: sequence, expected struct".to_owned();
        items.push(at(path, Trouble::Field(Problem::WrongType(said))));
    }
    for unknown in differences.unknown {
        items.push(at(unknown.path, Trouble::UnknownKey { meant: unknown.meant }));
    }
}

fn basemap(bytes: Vec<u8>, items: &mut Vec<Item>) -> Option<Vec<u8>> {
    match Basemap::from_bytes(&bytes) {
        Some(_) => Some(bytes),
        None => none(whole(BASEMAP, Trouble::Basemap), items),
    }
}

fn none<T>(item: Item, items: &mut Vec<Item>) -> Option<T> {
    items.push(item);
    None
}

fn whole(file: &'static str, trouble: Trouble) -> Item {
    Item { file, station: None, path: String::new(), trouble }
}

fn unreadable(file: &'static str, error: &io::Error) -> Item {
    whole(file, Trouble::Unreadable(error.kind()))
}

fn file_order(file: &str) -> Option<usize> {
    [STATIONS, SITE, HOLIDAYS, REPORTS, BASEMAP].iter().position(|one| *one == file)
}

/// The index of the station that `path` leads into.
pub(crate) fn station_index(path: &str) -> Option<usize> {
    path.strip_prefix("stations[")?.split(']').next()?.parse().ok()
}

/// What is no station's comes first.
fn station_order(path: &str) -> usize {
    station_index(path).map_or(0, |index| index.saturating_add(1))
}
