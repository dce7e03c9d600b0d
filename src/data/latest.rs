//! The newest published data.

use std::sync::Arc;

use domain::basemap::Basemap;
use domain::coords::Wgs84;
use domain::published::{FileKind, IndexFile};
use domain::shards::FIRST_ROWS;

use super::kept::{keep, kept_bytes};
use super::tree::{load, load_around, seek};
use super::verify::{self, LoadError};
use super::world::{Loaded, World};
use crate::edge::net::{FetchError, Freshness, fetch};

const FOLDER: &str = "/data/";
const INDEX: &str = "index.json";
/// Longest wait for one file. A rider in the snow gives up sooner, but a list that comes late beats none.
pub(super) const TIMEOUT_MS: u32 = 20_000;
/// Longest wait for what the list can do without, once the rest is there.
const MAP_TIMEOUT_MS: u32 = 2_000;
/// Longest wait for the index while older data show: the rider shall soon know that they are.
const SHOWN_TIMEOUT_MS: u32 = 8_000;

/// What asking for the newest data gave.
pub enum Latest {
    /// A newer edition, and whether this phone keeps it.
    New(Box<World>, bool),
    /// What is shown already is the newest.
    Unchanged,
    /// What is shown is newer than what a cache on the way gave.
    Older,
}

/// What is looked at, so that it is there when the data first show.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Where the rider is, or chose to look from.
    pub from: Option<Wgs84>,
    /// The station whose page is open.
    pub station: Option<String>,
}

/// Asks for the newest data, compared with what is `shown`, with what a `view` takes and all that was shown.
///
/// An older edition than the one shown is not taken: `seq` never goes back, whatever a cache on the way serves.
pub async fn latest(shown: Option<&World>, view: &View) -> Result<Latest, LoadError> {
    let timeout = if shown.is_some() { SHOWN_TIMEOUT_MS } else { TIMEOUT_MS };
    let bytes = get(INDEX, Freshness::Ask, timeout).await?;
    let index = verify::index(INDEX, &bytes)?;
    match shown {
        Some(shown) if index.seq < shown.index.seq => return Ok(Latest::Older),
        Some(shown) if index.seq == shown.index.seq && shown.is_whole() => return Ok(Latest::Unchanged),
        _ => {}
    }
    // Words are for who types some, numbers for a map that has moved.
    let later =
        |kind| matches!(kind, FileKind::Basemap | FileKind::Census | FileKind::Words | FileKind::Other);
    let wanted = index.files.iter().filter(|file| !later(file.kind));
    // One after the other: on a first visit the page has asked for them already, later most are kept.
    let mut files = Vec::new();
    for file in wanted {
        files.push(get_verified(file, TIMEOUT_MS).await?);
    }
    let mut world = World::build(index, &files)?;
    if let Some(shown) = shown {
        world.inherit(shown);
        // What changed of all that the edition before showed: it is replaced as a whole, or not.
        loop {
            let missing = world.atlas.missing_since(&shown.atlas);
            if missing.is_empty() {
                break;
            }
            load(&mut world, &missing).await?;
        }
    }
    // A station's page shows as soon as the station is there; what is around it comes after.
    let found = match &view.station {
        Some(id) => seek(&mut world, id).await?,
        None => false,
    };
    if !found {
        let from = world.from(view.from);
        load_around(&mut world, from, FIRST_ROWS).await?;
    }
    // A list without the land beneath its map is better than none; the next visit asks for it again.
    if let Some(file) = world.index.file(FileKind::Basemap)
        && let Ok(loaded) = get_verified(file, MAP_TIMEOUT_MS).await
    {
        world.basemap = Basemap::from_bytes(&loaded.1).map(Arc::new);
        files.push(loaded);
    }
    let is_kept = core::str::from_utf8(&bytes).is_ok_and(|text| keep(&mut world, text, &files));
    // What this phone did not keep with its edition, it does not keep later.
    world.fresh.clear();
    Ok(Latest::New(Box::new(world), is_kept))
}

async fn get(path: &str, freshness: Freshness<'_>, timeout: u32) -> Result<Vec<u8>, LoadError> {
    let mut url = String::from(FOLDER);
    url.push_str(path);
    let mut answer = fetch(&url, freshness, timeout).await;
    if answer == Err(FetchError::Unreachable) {
        // Chromium hands out the failure of an early request again; and in a lift the second try often comes through.
        answer = fetch(&url, freshness, timeout).await;
    }
    answer.map_err(|error| LoadError::Fetch { file: path.to_owned(), error })
}

pub(super) async fn get_verified(file: &IndexFile, timeout: u32) -> Result<Loaded, LoadError> {
    if let Some(bytes) = kept_bytes(file) {
        return Ok((file.clone(), bytes));
    }
    let bytes = match verify::whole(file, get(&file.path, Freshness::Kept, timeout).await?) {
        // A cache on the way keeps something else under this name: past it, once.
        Err(LoadError::Corrupt { .. }) => {
            verify::whole(file, get(&file.path, Freshness::Ask, timeout).await?)?
        }
        verified => verified?,
    };
    Ok((file.clone(), bytes))
}
