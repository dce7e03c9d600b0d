//! The newest published data.

use domain::published::{FileKind, IndexFile};
use futures::future::try_join_all;

use super::kept::{keep, kept_bytes};
use super::verify::{self, LoadError};
use super::world::{Loaded, World};
use crate::edge::net::{Freshness, fetch};

const FOLDER: &str = "/data/";
const INDEX: &str = "index.json";
/// Longest wait for one file. A rider in the snow gives up sooner, but a list that comes late beats none.
const TIMEOUT_MS: u32 = 20_000;

/// What asking for the newest data gave.
pub enum Latest {
    /// A newer edition.
    New(Box<World>),
    /// What is shown already is the newest.
    Unchanged,
}

/// Asks for the newest data, compared with the edition `shown` (its `seq`).
///
/// An older edition than the one shown counts as unchanged: `seq` never goes back, whatever a cache on the way serves.
pub async fn latest(shown: Option<u64>) -> Result<Latest, LoadError> {
    let bytes = get(INDEX, Freshness::Ask).await?;
    let index = verify::index(INDEX, &bytes)?;
    if shown.is_some_and(|shown| index.seq <= shown) {
        return Ok(Latest::Unchanged);
    }
    let wanted = index.files.iter().filter(|file| file.kind != FileKind::Other);
    let files = try_join_all(wanted.map(get_verified)).await?;
    let world = World::build(index, &files)?;
    if let Ok(text) = core::str::from_utf8(&bytes) {
        keep(&world.index, text, &files);
    }
    Ok(Latest::New(Box::new(world)))
}

async fn get(path: &str, freshness: Freshness) -> Result<Vec<u8>, LoadError> {
    let mut url = String::from(FOLDER);
    url.push_str(path);
    fetch(&url, freshness, TIMEOUT_MS)
        .await
        .map_err(|error| LoadError::Fetch { file: path.to_owned(), error })
}

async fn get_verified(file: &IndexFile) -> Result<Loaded, LoadError> {
    if let Some(bytes) = kept_bytes(file) {
        return Ok((file.clone(), bytes));
    }
    let bytes = get(&file.path, Freshness::Kept).await?;
    Ok((file.clone(), verify::whole(file, bytes)?))
}
