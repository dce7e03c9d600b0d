//! `staff build`: the source folder becomes the published site around the app's page.
//!
//! Whatever is refused is refused before anything is written. Then the site grows from its leaves: first the files whose
//! names hold their content, which nothing names yet, then the pages, then the app's page, and last the index, which is
//! what an app that runs asks for. Each file is put in place whole, and what the old page and the old index name stays
//! for a month. So at any moment, also when the build is killed, a reader finds the old site or the new one.

mod areas;
mod conf;
mod edit;
mod emergency;
mod html;
mod ld;
mod list;
mod live;
mod loader;
mod manifest;
mod marks;
mod meta;
mod named;
mod not_found;
mod open;
mod packed;
mod page;
mod pages;
mod photos;
mod places;
mod previews;
mod publish;
mod put;
mod shrink;
mod sitemap;
mod station;
mod text;
mod worker;
mod write;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use domain::published::{Index, StationsFile};
use domain::site::Site;
use domain::text::Lang;
use domain::time::Date;
use serde::Serialize;

use crate::check;
use crate::progress::Progress;
use crate::source::{Files, Source};
use crate::trouble::{Item, Keep, Report};
use loader::Guarded;
use manifest::MANIFEST;
use meta::Meta;
use page::Template;
use photos::Photos;
use places::Places;
use previews::Previews;
use put::Plan;
use worker::{SHELL, Shell, WORKER};
use write::at;

pub(crate) use live::remove;
pub use live::{Named, publish_data};
pub use write::DiskError;
pub(crate) use write::clean;

const INDEX: &str = "data/index.json";
const PAGE: &str = "index.html";
const LIST: &str = "list.html";
const NOT_FOUND: &str = "404.html";
/// The folder of the stations' tree.
const TREE: &str = "data/tree";
/// The folder of the stations' pages.
const PAGES: &str = "s";
/// The folder of the pages by place.
const AREAS: &str = "list";
/// Where the build writes: none of these may be a symlink.
const PLACES: [&str; 14] = [
    "data",
    TREE,
    "data/photos",
    "data/open",
    previews::FOLDER,
    PAGES,
    AREAS,
    PAGE,
    edit::EDIT,
    LIST,
    INDEX,
    SHELL,
    WORKER,
    MANIFEST,
];

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
    /// Whether to make the service worker. Where there is none, phones that have one take it off.
    pub worker: bool,
    /// Whether to take old files away at once instead of after a month.
    pub prune: bool,
    /// For what the check says of ending holidays and notices that are over, and for how long files have been old.
    pub today: Date,
    /// How much of what the check found is kept for telling.
    pub keep: Keep,
    /// Whom to tell how far it is.
    pub progress: Progress,
    /// What a server that takes changes has. It publishes the data by itself ([`publish_data`]): only what stands around them is
    /// built then, and the index is left alone.
    pub live: Option<Live>,
}

/// What a server that takes changes publishes.
#[derive(Clone, Debug)]
pub struct Live {
    /// The edition: the number of the index.
    pub edition: u64,
    /// The list of stations, the settings and the reports, whatever stands in their files just now.
    pub(crate) files: Files,
}

impl Options {
    fn source(&self) -> Source {
        match &self.live {
            None => Source::read_telling(&self.source, self.progress),
            Some(live) => Source::with(&self.source, &live.files, self.progress),
        }
    }

    fn edition(&self) -> Option<u64> {
        self.live.as_ref().map(|live| live.edition)
    }
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
    /// How many photos there are.
    pub photos: usize,
    /// How many preview images there are, each in two sizes.
    pub previews: usize,
    /// Old files that stay for now, for who still asks for them.
    pub old: usize,
    /// Old files that were taken away.
    pub removed: usize,
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
    /// The app's script is none that wasm-bindgen made: there is nothing to start.
    Glue(PathBuf),
    /// There is a symlink where the build would write.
    Symlink(PathBuf),
    /// The index of what is published now makes no sense, so that its number cannot be followed.
    Previous(PathBuf),
    /// The disk.
    Disk(DiskError),
    /// A value that the published form cannot hold.
    Unwritable,
    /// What is published now has this number, which is not below the edition, and is something else.
    Behind(u64),
}

impl From<DiskError> for BuildError {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

/// The photos of a source that are broken beyond what [`Source::read`] sees: those that cannot be decoded.
pub fn broken_photos(source: &Source, folder: &Path) -> Vec<Item> {
    Photos::look(source, folder, &[]).1
}

/// Builds the site.
pub fn build(options: &Options) -> Result<Built, BuildError> {
    let (out, before) = (options.out.as_path(), options.previous.as_path());
    let mut source = options.source();
    let mut report = check::check(&source, options.today, options.keep);
    let (photos, broken) = Photos::look(&source, &options.source, &[out, before]);
    report.extend(broken);
    report.sort();
    let (Some(dataset), 0) = (source.reading.dataset.take(), report.errors()) else {
        return Err(BuildError::Refused(report));
    };
    let mut file = StationsFile { dataset, stations: std::mem::take(&mut source.reading.stations) };
    let Some(site) = &source.site else {
        return Err(BuildError::Refused(report));
    };
    photos.rename(&mut file.stations);
    if let Some(link) = write::symlink(out, &PLACES) {
        return Err(BuildError::Symlink(link));
    }
    let previous = previous(before)?;
    let published = publish::publish(&source, &file, previous.as_ref(), None, options.edition())
        .ok_or(BuildError::Unwritable)?;

    let mut preload = vec![INDEX.to_owned()];
    preload.extend(published.files.iter().take(published.named).map(|file| file.path.clone()));
    let places = Places::new(&file.stations);
    let previews = Previews::new(site, &file, &places);
    let (Guarded { page, mut made, replaced }, template) =
        complete(&out.join(PAGE), site, &preload, &published.early, file.stations.len(), &previews)?;
    made.push(manifest::manifest(site));
    let edit = edit::complete(out, site)?;
    let shell = Shell::read(out, &page, INDEX, &made, edit.as_ref())?;
    let mut built = Built {
        seq: published.index.seq,
        unchanged: previous.as_ref() == Some(&published.index),
        stations: file.stations.len(),
        files: published.files.iter().map(|file| file.path.clone()).collect(),
        bytes: published.files.iter().map(|file| file.bytes.len()).sum(),
        photos: photos.len(),
        previews: previews.len(),
        old: 0,
        removed: 0,
        report,
    };
    let (published, photos) = (&published, &photos);
    let (source, file) = (&source, &file);
    let plan = Plan {
        source,
        site,
        file,
        published,
        photos,
        places,
        previews,
        page,
        template,
        made,
        replaced,
        edit,
        shell,
    };
    (built.old, built.removed) = put::all(options, &plan)?;
    Ok(built)
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

/// The app's page, completed, and what the stations' pages are made from.
fn complete(
    path: &Path,
    site: &Site,
    preload: &[String],
    early: &[String],
    stations: usize,
    previews: &Previews,
) -> Result<(Guarded, Template), BuildError> {
    let page = match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(BuildError::NoPage(path.to_owned())),
        read => at(path, read)?,
    };
    let refused = |markers| BuildError::Markers { page: path.to_owned(), markers };
    let title = site.title.get(Lang::Zh);
    let description = page::description(&page);
    let meta = Meta { site, title, description: &description, path: "/", image: previews.site() };
    // A station's page begins at that station, not where the list does.
    let all = [preload, early].concat();
    let parts = page::Parts { title, preload: &all, head: &meta.to_string() };
    let page = page::complete(&page, &parts).map_err(refused)?;
    let folder = path.parent().unwrap_or(path);
    let guarded = loader::guard(&page, folder)?;
    let template = Template::new(&guarded.page, pages::preload(preload, stations)).map_err(refused)?;
    Ok((guarded, template))
}
