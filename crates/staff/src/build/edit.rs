//! The hosts' page, `/s/{id}/edit/`: one page for all stations, and an app of its own.
//!
//! The app's build puts `edit.html` beside `index.html`; a site without it has no such page. It is completed as the
//! app's page is. Hosts that can be told answer every station's address with it; for those that cannot, it stands as a
//! file in each station's folder.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use domain::site::Site;
use domain::station::{Station, StationId};
use domain::text::Lang;

use super::loader::{self, Guarded};
use super::page::{self, Parts};
use super::publish::File;
use super::write::{DiskError, at, is_plain_file, remove};
use super::{BuildError, INDEX, PAGES, packed, pages};
use crate::pack::Effort;

/// The page, relative to the site.
pub(super) const EDIT: &str = "edit.html";
/// Up to this many stations each has the page as a file: 20 MB and 15,000 files with the packed forms. Beyond, a copy for
/// each would be most of the site, and such a site has a host that can be told ([`crate::headers`]).
const FILES: usize = 5_000;
/// Stands in every copy that was written here.
const OURS: &str = "<body class=\"editor\"";

/// The page, completed; none where the app's build made none.
pub(super) fn complete(out: &Path, site: &Site) -> Result<Option<Guarded>, BuildError> {
    let path = out.join(EDIT);
    let page = match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        read => at(&path, read)?,
    };
    let title = format!("更新驿站信息 - {}", site.title.get(Lang::Zh));
    // Only the index: what else there is, changes with every edition, and this page shall not.
    let parts = Parts { title: &title, preload: &[INDEX.to_owned()], head: "" };
    let page = page::complete(&page, &parts)
        .map_err(|markers| BuildError::Markers { page: path.clone(), markers })?;
    loader::guard(&page, out).map(Some)
}

/// Puts the page in place, and its copies in the stations' folders; takes away copies for stations that are gone.
pub(super) fn put(
    out: &Path,
    page: &str,
    stations: &[Station],
    effort: Option<Effort>,
) -> Result<(), DiskError> {
    let wanted: BTreeSet<&StationId> = if stations.len() <= FILES {
        stations.iter().map(|station| &station.id).collect()
    } else {
        BTreeSet::new()
    };
    let mut paths: Vec<String> = wanted.iter().map(|id| copy(id)).collect();
    paths.push(EDIT.to_owned());
    packed::put_copies(out, &paths, page.as_bytes(), effort)?;
    for id in pages::with_page(out)? {
        let path = copy(&id);
        let file = out.join(&path);
        if !wanted.contains(&id)
            && is_plain_file(&file)
            && fs::read_to_string(&file).is_ok_and(|page| page.contains(OURS))
        {
            packed::remove_packed(out, &path)?;
            remove(&file)?;
        }
    }
    Ok(())
}

fn copy(id: &StationId) -> String {
    format!("{PAGES}/{id}/edit/index.html")
}

/// What the page is, as a file of the site.
pub(super) fn file(page: &str) -> File {
    File { path: EDIT.to_owned(), bytes: page.as_bytes().to_vec() }
}
