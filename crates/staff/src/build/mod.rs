//! `staff build`: the source folder becomes the published site around the app's page.
//!
//! Whatever is refused is refused before anything is written. Then the site grows from its leaves: first the files whose
//! names hold their content, which nothing names yet, then the pages, then the app's page, and last the index, which is
//! what an app that runs asks for. Each file is put in place whole, and what the old page and the old index name stays
//! for a month. So at any moment, also when the build is killed, a reader finds the old site or the new one.

mod conf;
mod html;
mod list;
mod loader;
mod manifest;
mod named;
mod not_found;
mod open;
mod packed;
mod page;
mod pages;
mod photos;
mod publish;
mod shrink;
mod sitemap;
mod station;
mod worker;
mod write;

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use domain::published::{Index, StationsFile};
use domain::site::Site;
use domain::text::Lang;
use domain::time::Date;
use serde::Serialize;

use crate::check;
use crate::headers::Headers;
use crate::pack::Effort;
use crate::source::{self, Source};
use crate::trouble::{Item, Report};
use loader::Guarded;
use manifest::MANIFEST;
use named::Old;
use page::Template;
use photos::Photos;
use publish::{File, Published};
use worker::{SHELL, Shell, WORKER};
use write::at;

pub use write::DiskError;

const INDEX: &str = "data/index.json";
const PAGE: &str = "index.html";
const LIST: &str = "list.html";
const NOT_FOUND: &str = "404.html";
/// The folder of the stations' pages.
const PAGES: &str = "s";
/// Where the build writes: none of these may be a symlink.
const PLACES: [&str; 10] =
    ["data", "data/photos", "data/open", PAGES, PAGE, LIST, INDEX, SHELL, WORKER, MANIFEST];

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
}

impl From<DiskError> for BuildError {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

/// Everything that is written, known to be good.
struct Plan<'a> {
    source: &'a Source,
    site: &'a Site,
    file: &'a StationsFile,
    published: &'a Published,
    photos: &'a Photos,
    page: String,
    template: Template,
    made: Vec<File>,
    replaced: Vec<String>,
    shell: Shell,
}

/// The photos of a source that are broken beyond what [`Source::read`] sees: those that cannot be decoded.
pub fn broken_photos(source: &Source, folder: &Path) -> Vec<Item> {
    Photos::look(source, folder, &[]).1
}

/// Builds the site.
pub fn build(options: &Options) -> Result<Built, BuildError> {
    let (out, before) = (options.out.as_path(), options.previous.as_path());
    let mut source = Source::read(&options.source);
    let mut report = check::check(&source, options.today);
    let (photos, broken) = Photos::look(&source, &options.source, &[out, before]);
    report.items.extend(broken);
    source::sort(&mut report.items);
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
    let published = publish::publish(&source, &file, previous.as_ref()).ok_or(BuildError::Unwritable)?;

    let mut preload = vec![INDEX.to_owned()];
    preload.extend(published.files.iter().map(|file| file.path.clone()));
    let (Guarded { page, mut made, replaced }, template) =
        complete(&out.join(PAGE), site, &preload, file.stations.len())?;
    let mut built = Built {
        seq: published.index.seq,
        unchanged: previous.as_ref() == Some(&published.index),
        stations: file.stations.len(),
        files: published.files.iter().map(|file| file.path.clone()).collect(),
        bytes: published.files.iter().map(|file| file.bytes.len()).sum(),
        photos: photos.len(),
        old: 0,
        removed: 0,
        report,
    };
    made.push(manifest::manifest(site));
    let shell = Shell::read(out, &page, INDEX, &made)?;
    let plan = Plan {
        source: &source,
        site,
        file: &file,
        published: &published,
        photos: &photos,
        page,
        template,
        made,
        replaced,
        shell,
    };
    (built.old, built.removed) = write_all(options, &plan)?;
    Ok(built)
}

/// Writes everything, the index last. Gives back how many old files stay, and how many went.
fn write_all(options: &Options, plan: &Plan<'_>) -> Result<(usize, usize), BuildError> {
    let Plan { source, site, file, published, photos, page, template, made, replaced, shell } = plan;
    let (out, before) = (options.out.as_path(), options.previous.as_path());
    write::clean(out)?;
    photos.put(out)?;
    for file in &published.files {
        write::put(out, file)?;
    }
    let mut named: BTreeSet<String> = photos.paths().collect();
    named.extend(published.files.iter().map(|file| file.path.clone()));
    let mut old = Old::find(out, before, &named, page, options.today)?;
    let expired = old.expire(options.today, options.prune);
    old.carry(before, out)?;
    pages::put(out, before, template, site, file, options.packed)?;
    open::write(out, &file.dataset, &file.stations, &source.stations_dto, photos)?;
    sitemap::write(out, site, &file.stations)?;
    let list =
        list::Plain { dataset: &file.dataset, site, stations: &file.stations, styles: page::styles(page) };
    write::put_with(out, LIST, |to| write!(to, "{list}"))?;
    write::put(out, &File { path: NOT_FOUND.into(), bytes: not_found::page(site).into_bytes() })?;
    let effort = options.packed.then_some(Effort::Most);
    for file in made.iter().chain([&shell.page]) {
        packed::put_page(out, file, effort)?;
    }
    write::put(out, &File { path: PAGE.into(), bytes: page.clone().into_bytes() })?;
    named::remove_all(out, replaced)?;
    let mut paths = packed::packable(out)?;
    paths.retain(|path| path != INDEX && path != WORKER);
    packed::pack_all(out, &paths, options.packed)?;
    old.write_record(out)?;
    // A packed index that is older than the index would hide it.
    let bytes = publish::json(&published.index).map_err(|_| BuildError::Unwritable)?;
    packed::put_page(out, &File { path: INDEX.into(), bytes }, effort)?;
    put_worker(options, shell, effort)?;
    named::remove_all(out, &expired)?;
    conf::put(out, options.conf.as_deref())?;
    write::clean(out)?;
    Ok((old.len(), expired.len()))
}

/// Puts the service worker in place, which names what is there by now and the headers that follow from it; or takes it
/// away.
fn put_worker(options: &Options, shell: &Shell, effort: Option<Effort>) -> Result<(), BuildError> {
    let out = options.out.as_path();
    if options.worker {
        let headers = at(out, Headers::of_site(out))?;
        return Ok(packed::put_page(out, &shell.worker(&headers), effort)?);
    }
    packed::remove_packed(out, WORKER)?;
    Ok(write::remove(&out.join(WORKER))?)
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
    stations: usize,
) -> Result<(Guarded, Template), BuildError> {
    let page = match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(BuildError::NoPage(path.to_owned())),
        read => at(path, read)?,
    };
    let refused = |markers| BuildError::Markers { page: path.to_owned(), markers };
    let parts = page::Parts { title: site.title.get(Lang::Zh), preload };
    let page = page::complete(&page, &parts).map_err(refused)?;
    let folder = path.parent().unwrap_or(path);
    let guarded = loader::guard(&page, folder)?;
    let template = Template::new(&guarded.page, pages::preload(preload, stations)).map_err(refused)?;
    Ok((guarded, template))
}
