//! Everything the app knows, built once from the published files and then only asked.

use domain::basemap::Basemap;
use domain::catalogue::Catalogue;
use domain::holidays::Holidays;
use domain::now::Now;
use domain::published::{FileKind, Index, IndexFile, StationsFile};
use domain::report::Heard;
use domain::site::{Emergency, Site};
use domain::station::StationId;
use domain::time::LocalDateTime;
use domain::wire::decode;

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
    /// What riders say, by station.
    pub heard: Vec<(StationId, Heard)>,
    /// The embedded map; without it the list still works.
    pub basemap: Option<Basemap>,
}

/// A file with its verified bytes.
pub type Loaded = (IndexFile, Vec<u8>);

impl World {
    /// The emergency that there is at a time.
    pub fn emergency(&self, at: LocalDateTime) -> Option<&Emergency> {
        self.site.emergency.as_ref().filter(|emergency| !emergency.is_over(at))
    }

    /// Understands the files of `index`, in any order.
    pub fn build(index: Index, files: &[Loaded]) -> Result<Self, LoadError> {
        let catalogue = read_catalogue(files)?;
        let mut site = one(files, FileKind::Site, decode)?;
        // There is none where there is nothing to say.
        let now: Now = one(files, FileKind::Now, decode).unwrap_or_default();
        let heard = now.settle(&mut site);
        let holidays = one(files, FileKind::Holidays, decode)?;
        let basemap = one(files, FileKind::Basemap, Basemap::from_bytes).ok();
        Ok(Self { index, catalogue, site, holidays, heard, basemap })
    }
}

/// All stations of all stations files; a single bad one refuses the edition, for it was checked before it was
/// published, so that something is wrong with this copy.
fn read_catalogue(files: &[Loaded]) -> Result<Catalogue, LoadError> {
    let mut dataset = None;
    let mut stations = Vec::new();
    for (file, bytes) in files.iter().filter(|(file, _)| file.kind == FileKind::Stations) {
        let invalid = || LoadError::Invalid { file: file.path.clone() };
        let part: StationsFile = decode(bytes).ok_or_else(invalid)?;
        stations.extend(part.stations);
        dataset = dataset.or(Some(part.dataset));
    }
    let dataset = dataset.ok_or(LoadError::Incomplete(FileKind::Stations))?;
    Ok(Catalogue::new(dataset, stations))
}

fn one<T>(files: &[Loaded], kind: FileKind, read: fn(&[u8]) -> Option<T>) -> Result<T, LoadError> {
    let (file, bytes) =
        files.iter().find(|(file, _)| file.kind == kind).ok_or(LoadError::Incomplete(kind))?;
    read(bytes).ok_or_else(|| LoadError::Invalid { file: file.path.clone() })
}
