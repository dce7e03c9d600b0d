//! Puts the site in place, from its leaves to the index.

use std::collections::BTreeSet;
use std::io::Write as _;

use domain::published::StationsFile;
use domain::site::Site;

use super::areas::Areas;
use super::edit::{self, EDIT};
use super::loader::Guarded;
use super::marks::Marks;
use super::named::{self, Old};
use super::page::{self, Template};
use super::pages;
use super::photos::Photos;
use super::places::Places;
use super::previews::Previews;
use super::publish::{self, File, Published};
use super::station::Pages;
use super::worker::{Shell, WORKER};
use super::write::{self, at};
use super::{
    BuildError, INDEX, LIST, NOT_FOUND, Options, PAGE, conf, list, live, not_found, open, packed, sitemap,
};
use crate::headers::Headers;
use crate::pack::Effort;
use crate::progress::Stage;
use crate::source::Source;

/// Everything that is written, known to be good.
pub(super) struct Plan<'a> {
    pub(super) source: &'a Source,
    pub(super) site: &'a Site,
    pub(super) file: &'a StationsFile,
    pub(super) published: &'a Published,
    pub(super) photos: &'a Photos,
    pub(super) places: Places<'a>,
    pub(super) previews: Previews,
    pub(super) page: String,
    pub(super) template: Template,
    pub(super) made: Vec<File>,
    pub(super) replaced: Vec<String>,
    /// The hosts' page.
    pub(super) edit: Option<Guarded>,
    pub(super) shell: Shell,
}

/// Writes everything, the index last. Gives back how many old files stay, and how many went.
pub(super) fn all(options: &Options, plan: &Plan<'_>) -> Result<(usize, usize), BuildError> {
    let Plan {
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
    } = plan;
    let (out, before) = (options.out.as_path(), options.previous.as_path());
    if options.live.is_none() {
        write::clean(out)?;
    }
    photos.put(out)?;
    previews.put(out, before)?;
    for file in &published.files {
        write::put(out, file)?;
    }
    let mut named: BTreeSet<String> = photos.paths().chain(previews.paths()).collect();
    named.extend(published.files.iter().map(|file| file.path.clone()));
    if options.live.is_some() {
        // The server is perhaps an edition ahead by now: what that names must not go, whatever is pruned.
        named.extend(super::previous(out)?.iter().flat_map(|index| live::named(out, index)));
    }
    let mut apps = page.clone();
    apps.extend(edit.as_ref().map(|edit| edit.page.as_str()));
    let mut old = Old::find(out, before, &named, &apps, options.today)?;
    let expired = old.expire(options.today, options.prune);
    old.carry(before, out)?;
    let (dataset, stations, styles) = (&file.dataset, &file.stations, &page::styles(page));
    let marks = &Marks::new(site, source.reports.as_ref(), options.today);
    {
        let bar = options.progress.stage(Stage::Pages, Some(stations.len()));
        let pages = Pages { template, dataset, site, places, marks };
        pages::put(out, before, &pages, stations, previews, options.packed, &bar)?;
    }
    let areas = Areas { dataset, site, places, marks, previews, styles };
    areas.put(out, before, pages::effort(areas.len(), options.packed))?;
    open::write(out, dataset, stations, &source.written, photos)?;
    sitemap::write(out, site, &areas.urls(), stations)?;
    let list = list::Plain { dataset, site, stations, places, marks, image: previews.site(), styles };
    write::put_with(out, LIST, |to| write!(to, "{list}"))?;
    write::put(out, &File { path: NOT_FOUND.into(), bytes: not_found::page(site).into_bytes() })?;
    let effort = options.packed.then_some(Effort::Most);
    for file in made.iter().chain([&shell.page]) {
        packed::put_page(out, file, effort)?;
    }
    write::put(out, &File { path: PAGE.into(), bytes: page.clone().into_bytes() })?;
    named::remove_all(out, replaced)?;
    if let Some(Guarded { page, made, replaced }) = edit {
        for file in made {
            packed::put_page(out, file, effort)?;
        }
        edit::put(out, page, stations, effort)?;
        named::remove_all(out, replaced)?;
    }
    let mut paths = packed::packable(out)?;
    paths.retain(|path| ![INDEX, WORKER, EDIT].contains(&path.as_str()));
    packed::pack_all(
        out,
        &paths,
        options.packed,
        &options.progress.stage(Stage::Packing, Some(paths.len())),
    )?;
    old.write_record(out)?;
    // A packed index that is older than the index would hide it.
    if options.live.is_none() {
        let bytes = publish::json(&published.index).map_err(|_| BuildError::Unwritable)?;
        packed::put_page(out, &File { path: INDEX.into(), bytes }, effort)?;
    }
    put_worker(options, shell, effort)?;
    named::remove_all(out, &expired)?;
    conf::put(out, options.conf.as_deref())?;
    if options.live.is_none() {
        write::clean(out)?;
    }
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
