//! `staff build`: the source folder becomes the published data, and the app's page is completed with it.
//!
//! Everything is made in memory first: whatever is refused is refused before anything is written. Then each file
//! is put in place whole, and the index, which names the others, comes last.

mod conf;
mod html;
mod list;
mod not_found;
mod page;
mod publish;
mod write;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use domain::published::Index;
use domain::text::Lang;
use domain::time::Date;
use serde::Serialize;

use crate::check;
use crate::source::Source;
use crate::trouble::Report;
use publish::{File, Published};
use write::at;

pub use write::DiskError;

const INDEX: &str = "data/index.json";
const PAGE: &str = "index.html";
const LIST: &str = "list.html";

/// What to build from what, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The source folder, `public`.
    pub source: PathBuf,
    /// Where the site is put. The app's build must have put its `index.html` there.
    pub out: PathBuf,
    /// Where the site that is published now lies, whose number the new one follows. Often the same as `out`.
    pub previous: PathBuf,
    /// Where the pieces for other web servers go; none: `.deploy` in `out`.
    pub conf: Option<PathBuf>,
    /// Whether to put Brotli and gzip forms beside the files.
    pub packed: bool,
    /// For what the check says of ending holidays and notices that are over.
    pub today: Date,
}

/// What was built.
#[derive(Clone, Debug, Serialize)]
pub struct Built {
    /// The number of the published data.
    pub seq: u64,
    /// Whether the data is the same as what was published before.
    pub unchanged: bool,
    /// How many stations there are.
    pub stations: usize,
    /// The published data files, relative to the site.
    pub files: Vec<String>,
    /// Their bytes together, before any packing.
    pub bytes: usize,
    /// What the check found; it has no errors.
    #[serde(skip)]
    pub report: Report,
}

/// Why nothing was built.
#[derive(Debug)]
pub enum BuildError {
    /// The source has errors.
    Refused(Report),
    /// There is no page to complete: the app was not built into the folder.
    NoPage(PathBuf),
    /// The page has no place, or more than one, for these.
    Markers {
        /// The page.
        page: PathBuf,
        /// What to look for.
        markers: Vec<&'static str>,
    },
    /// The index of what is published now makes no sense, so that its number cannot be followed.
    Previous(PathBuf),
    /// The disk.
    Disk(DiskError),
    /// A value that the published form cannot hold.
    Unwritable,
}

impl From<DiskError> for BuildError {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

/// Builds the site.
pub fn build(options: &Options) -> Result<Built, BuildError> {
    let source = Source::read(&options.source);
    let report = check::check(&source, options.today);
    let (Some(dataset), Some(site), 0) = (&source.reading.dataset, &source.site, report.errors()) else {
        return Err(BuildError::Refused(report));
    };
    let previous = previous(&options.previous)?;
    let Published { index, files } =
        publish::publish(&source, previous.as_ref()).ok_or(BuildError::Unwritable)?;

    let mut preload = vec![INDEX.to_owned()];
    preload.extend(files.iter().map(|file| file.path.clone()));
    let parts = page::Parts { title: site.title.get(Lang::Zh), preload: &preload };
    let page = complete(&options.out.join(PAGE), &parts)?;
    let list = list::Plain { dataset, site, stations: &source.reading.stations, styles: page::styles(&page) }
        .to_string();
    let photos = photos(&source, &options.source)?;

    let built = Built {
        seq: index.seq,
        unchanged: previous.as_ref() == Some(&index),
        stations: source.reading.stations.len(),
        files: files.iter().map(|file| file.path.clone()).collect(),
        bytes: files.iter().map(|file| file.bytes.len()).sum(),
        report,
    };
    let site_files = [
        File { path: "404.html".into(), bytes: not_found::page(site).into_bytes() },
        File { path: LIST.into(), bytes: list.into_bytes() },
        File { path: PAGE.into(), bytes: page.into_bytes() },
    ];
    let index =
        File { path: INDEX.into(), bytes: publish::json(&index).map_err(|_| BuildError::Unwritable)? };
    write_all(options, files.iter().chain(&photos).chain(&site_files), &index)?;
    conf::put(&options.out, options.conf.as_deref())?;
    Ok(built)
}

/// Writes everything, the index last.
fn write_all<'a>(
    options: &Options,
    files: impl Iterator<Item = &'a File>,
    index: &File,
) -> Result<(), DiskError> {
    let out = options.out.as_path();
    for file in files {
        write::put(out, file)?;
    }
    let mut paths = write::packable(out)?;
    paths.retain(|path| path != INDEX);
    write::pack_all(out, &paths, options.packed)?;
    // A packed index that is older than the index would hide it.
    write::pack_all(out, &[INDEX.to_owned()], false)?;
    write::put(out, index)?;
    write::pack_all(out, &[INDEX.to_owned()], options.packed)
}

/// The index that is published now, if any.
fn previous(folder: &Path) -> Result<Option<Index>, BuildError> {
    let path = folder.join(INDEX);
    match fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|_| BuildError::Previous(path)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(DiskError { path, error }.into()),
    }
}

/// The app's page, completed.
fn complete(path: &Path, parts: &page::Parts<'_>) -> Result<String, BuildError> {
    let page = match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(BuildError::NoPage(path.to_owned())),
        read => at(path, read)?,
    };
    page::complete(&page, parts).map_err(|markers| BuildError::Markers { page: path.to_owned(), markers })
}

/// The photos that stations name, by the path they name them with.
fn photos(source: &Source, folder: &Path) -> Result<Vec<File>, DiskError> {
    let names =
        source.reading.stations.iter().flat_map(|station| &station.photos).map(|photo| photo.file.as_str());
    let names: std::collections::BTreeSet<&str> = names.collect();
    let read = |name: &str| {
        let from = folder.join("data").join(name);
        Ok(File { path: format!("data/{name}"), bytes: at(&from, fs::read(&from))? })
    };
    names.into_iter().map(read).collect()
}
