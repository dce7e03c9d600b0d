//! Everything the app knows, built once from the published files and then only asked.

use domain::basemap::Basemap;
use domain::catalogue::Catalogue;
use domain::dto::StationsDto;
use domain::holidays::Holidays;
use domain::published::{FileKind, Index, IndexFile};
use domain::read::{read_holidays, read_site, read_stations};
use domain::site::Site;

use super::verify::LoadError;

/// Everything the app knows.
#[derive(Debug)]
pub struct World {
    /// Which edition this is.
    pub index: Index,
    /// The stations.
    pub catalogue: Catalogue,
    /// The site's settings.
    pub site: Site,
    /// The holiday table.
    pub holidays: Holidays,
    /// The embedded map; without it the list still works.
    pub basemap: Option<Basemap>,
}

impl World {
    /// Understands the files of `index`, given as (file, verified text) in any order.
    pub fn build(index: Index, files: &[(IndexFile, String)]) -> Result<Self, LoadError> {
        let catalogue = read_catalogue(files)?;
        let site = one(files, FileKind::Site, |text| read_site(serde_json::from_str(text).ok()?).ok())?;
        let holidays =
            one(files, FileKind::Holidays, |text| read_holidays(serde_json::from_str(text).ok()?).ok())?;
        let basemap = one(files, FileKind::Basemap, |text| Basemap::from_json(text).ok()).ok();
        Ok(Self { index, catalogue, site, holidays, basemap })
    }
}

/// All stations of all stations files; a single bad one refuses the edition, for it was checked before it was
/// published, so that something is wrong with this copy.
fn read_catalogue(files: &[(IndexFile, String)]) -> Result<Catalogue, LoadError> {
    let mut dataset = None;
    let mut stations = Vec::new();
    for (file, text) in files.iter().filter(|(file, _)| file.kind == FileKind::Stations) {
        let invalid = || LoadError::Invalid { file: file.path.clone() };
        let dto: StationsDto = serde_json::from_str(text).map_err(|_| invalid())?;
        let reading = read_stations(dto);
        if !reading.findings.is_empty() {
            return Err(invalid());
        }
        stations.extend(reading.stations);
        dataset = dataset.or(reading.dataset);
    }
    let dataset = dataset.ok_or(LoadError::Incomplete(FileKind::Stations))?;
    Ok(Catalogue::new(dataset, stations))
}

fn one<T>(
    files: &[(IndexFile, String)],
    kind: FileKind,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, LoadError> {
    let (file, text) = files.iter().find(|(file, _)| file.kind == kind).ok_or(LoadError::Incomplete(kind))?;
    read(text).ok_or_else(|| LoadError::Invalid { file: file.path.clone() })
}
