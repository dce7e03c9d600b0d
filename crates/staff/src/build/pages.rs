//! The stations' pages, made one by one and never all in memory, and the pages of stations that are gone.
//!
//! A link to a station lives on in group chats. So the page of a station that is no longer listed never goes away: it
//! becomes one that says so and leads to the list. It keeps nothing of the station.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use std::collections::HashSet;

use domain::site::Site;
use domain::station::{Station, StationId};
use domain::text::Lang;

use super::PAGES;
use super::html::Escaped;
use super::packed::{each, put_page};
use super::page::STATION;
use super::previews::Previews;
use super::publish::File;
use super::station::{self, Pages};
use super::write::{DiskError, at, is_plain_file};
use crate::pack::Effort;
use crate::progress::Bar;

/// Up to this many pages are packed as small as can be. More would make a city wait for minutes.
const FEW: usize = 1_000;
/// Up to this many pages are packed at all: beyond, the packed forms would be most of half a million files, and a host
/// packs four kilobytes as it sends them.
const MANY: usize = 20_000;
/// Up to this many stations a page says which data to load early. Beyond, every page would change with every edition.
const PRELOADED: usize = 5_000;

/// How hard `count` pages are packed.
pub(super) fn effort(count: usize, packed: bool) -> Option<Effort> {
    match count {
        _ if !packed => None,
        few if few <= FEW => Some(Effort::Most),
        many if many <= MANY => Some(Effort::Some),
        _ => None,
    }
}

/// What the pages of `count` stations load early, of what the app's page does; the index comes first.
pub(super) fn preload(all: &[String], count: usize) -> &[String] {
    if count <= PRELOADED { all } else { all.get(..1).unwrap_or(all) }
}

/// Puts every station's page in place, and what takes the place of pages whose station is gone from here or from the site
/// published before.
pub(super) fn put(
    out: &Path,
    previous: &Path,
    pages: &Pages<'_>,
    stations: &[Station],
    previews: &Previews,
    packed: bool,
    bar: &Bar,
) -> Result<(), DiskError> {
    let effort = effort(stations.len(), packed);
    each(stations.len(), |index| {
        let station = &stations[index];
        let bytes = pages.page(station, previews.station(station, pages.places)).into_bytes();
        put_page(out, &File { path: station::path(&station.id), bytes }, effort)?;
        bar.step();
        Ok(())
    })?;
    let listed: HashSet<&StationId> = stations.iter().map(|station| &station.id).collect();
    let gone = gone(pages.site).into_bytes();
    for folder in [out, previous] {
        for id in with_page(folder)? {
            if !listed.contains(&id) && is_ours(&folder.join(station::path(&id))) {
                put_page(out, &File { path: station::path(&id), bytes: gone.clone() }, effort)?;
            }
        }
    }
    Ok(())
}

/// The ids that have a page of this tool's in a site, in order. Whatever else is there is somebody else's.
pub(super) fn with_page(site: &Path) -> Result<Vec<StationId>, DiskError> {
    let folder = site.join(PAGES);
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        read => at(&folder, read)?,
    };
    let mut ids = Vec::new();
    for entry in entries {
        let entry = at(&folder, entry)?;
        let is_folder = at(&entry.path(), entry.file_type())?.is_dir();
        let id = entry.file_name().to_str().and_then(StationId::new);
        if let Some(id) = id.filter(|_| is_folder) {
            ids.push(id);
        }
    }
    ids.sort();
    Ok(ids)
}

/// Whether the page at `path` was written by this tool.
fn is_ours(path: &Path) -> bool {
    is_plain_file(path) && fs::read_to_string(path).is_ok_and(|page| page.contains(STATION))
}

/// The page of a station that is gone.
fn gone(site: &Site) -> String {
    let title = Escaped(site.title.get(Lang::Zh));
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <link rel=\"icon\" href=\"/icons/favicon.svg\" type=\"image/svg+xml\">\n<title>这个站点已不在列表里 - {title}</title>\n\
         </head>\n<body>\n<main>{STATION}\n<h1>这个站点已不在列表里</h1>\n\
         <p>它可能已经撤销或搬走了。</p>\n<p><a href=\"/\">打开{title}，找最近的站点</a></p>\n\
         <p><a href=\"/list.html\">全部站点（文字版）</a></p>\n\
         <p lang=\"en\">This station is no longer listed. <a href=\"/\">Find the nearest one</a></p>\n\
         </main>\n</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_pages_are_packed_less() {
        for (count, packed, expected) in [
            (0, true, Some(Effort::Most)),
            (1_000, true, Some(Effort::Most)),
            (1_001, true, Some(Effort::Some)),
            (20_000, true, Some(Effort::Some)),
            (20_001, true, None),
            (1, false, None),
        ] {
            assert_eq!(effort(count, packed), expected, "{count}");
        }
    }

    #[test]
    fn pages_of_many_stations_stay_the_same() {
        let all = ["data/index.json".to_owned(), "data/stations-0.bin".to_owned()];
        assert_eq!(preload(&all, 5_000), all);
        assert_eq!(preload(&all, 5_001), &all[..1]);
        assert!(preload(&[], 5_001).is_empty());
    }
}
