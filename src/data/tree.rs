//! Files of the tree of stations: fetched where they are needed, verified, and kept.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use domain::coords::Wgs84;
use domain::published::{FileKind, IndexFile};
use domain::shards::{Blob, Entry, Place, Step, ids};
use domain::wire::{Wire, decode};

use super::kept::keep_fresh;
use super::latest::{TIMEOUT_MS, get_verified};
use super::verify::LoadError;
use super::world::World;

/// Loads files that the world misses, all at once, and keeps them. Those that came are in it, also where others did not: the error
/// is of the first of these.
pub async fn grow(world: &mut World, entries: &[Entry]) -> Result<(), LoadError> {
    let outcome = load(world, entries).await;
    keep_fresh(world);
    outcome
}

/// The same without keeping them yet: the edition that names them may not be kept itself.
pub(super) async fn load(world: &mut World, entries: &[Entry]) -> Result<(), LoadError> {
    let ask = |entry: &Entry| (bytes(entry.blob, entry.below.kind()), None);
    let mut asked: Vec<(Answer, Option<Came>)> = entries.iter().map(ask).collect();
    // All at once. Few enough to look at each whenever one of them moves.
    poll_fn(|context| {
        let mut is_over = true;
        for (answer, came) in &mut asked {
            if came.is_none() {
                match answer.as_mut().poll(context) {
                    Poll::Ready(answer) => *came = Some(answer),
                    Poll::Pending => is_over = false,
                }
            }
        }
        if is_over { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    let mut outcome = Ok(());
    for (entry, answer) in entries.iter().zip(asked.into_iter().filter_map(|(_, came)| came)) {
        let added = answer.and_then(|bytes| {
            world.add(entry, &bytes)?;
            world.fresh.push((entry.blob.path(entry.below.kind()), bytes));
            Ok(())
        });
        outcome = outcome.and(added);
    }
    outcome
}

/// Loads what the nearest `rows` take.
pub(super) async fn load_around(world: &mut World, from: Wgs84, rows: usize) -> Result<(), LoadError> {
    while let Step::Needed(entries) = world.around(from, rows, 0) {
        load(world, &entries).await?;
    }
    Ok(())
}

/// Loads the shard of the station with this id, and keeps it; or takes note that there is no such station.
pub async fn find(world: &mut World, id: &str) -> Result<(), LoadError> {
    let found = seek(world, id).await;
    keep_fresh(world);
    if !found? {
        world.absent = Some(id.to_owned());
    }
    Ok(())
}

/// The same without keeping it yet. False if there is no such station.
pub(super) async fn seek(world: &mut World, id: &str) -> Result<bool, LoadError> {
    if world.catalogue.find(id).is_some() {
        return Ok(true);
    }
    if world.atlas.is_whole() {
        return Ok(false);
    }
    let table: ids::Table = value(&world.root.ids, FileKind::Ids).await?;
    let Some(bucket) = table.bucket(id) else { return Ok(false) };
    let bucket: ids::Bucket = value(bucket, FileKind::Ids).await?;
    for place in bucket.find(id) {
        while world.catalogue.find(id).is_none() {
            let missing = world.atlas.missing_at(place);
            if missing.is_empty() {
                break;
            }
            load(world, &missing).await?;
        }
    }
    Ok(world.catalogue.find(id).is_some())
}

/// Loads the districts.
pub async fn load_places(world: &mut World) -> Result<(), LoadError> {
    let blob = world.root.places;
    let bytes = bytes(blob, FileKind::Places).await?;
    let path = blob.path(FileKind::Places);
    let places: Vec<Place> = decode(&bytes).ok_or_else(|| LoadError::Invalid { file: path.clone() })?;
    world.fresh.push((path, bytes));
    keep_fresh(world);
    world.places = Some(Arc::new(places));
    Ok(())
}

async fn value<T: Wire>(blob: &Blob, kind: FileKind) -> Result<T, LoadError> {
    let bytes = bytes(*blob, kind).await?;
    decode(&bytes).ok_or_else(|| LoadError::Invalid { file: blob.path(kind) })
}

/// A file that is on its way.
type Answer = Pin<Box<dyn Future<Output = Came>>>;
/// What came of one.
type Came = Result<Vec<u8>, LoadError>;

/// The file, verified. Boxed, so that what it takes to wait is in the download once.
fn bytes(blob: Blob, kind: FileKind) -> Answer {
    Box::pin(async move { Ok(get_verified(&file(&blob, kind), TIMEOUT_MS).await?.1) })
}

/// A file of the tree as if the index named it.
pub(super) fn file(blob: &Blob, kind: FileKind) -> IndexFile {
    IndexFile { kind, path: blob.path(kind), sha256: blob.hex(), len: blob.len, bbox: None }
}
