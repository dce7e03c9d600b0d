//! Files of the tree of stations: fetched where they are needed, verified, and kept.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use domain::coords::Wgs84;
use domain::published::{FileKind, IndexFile};
use domain::shards::census::Uncounted;
use domain::shards::words::{Finder, Table};
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
    let files = entries.iter().map(|entry| file(&entry.blob, entry.below.kind())).collect();
    let add = |world: &mut World, number: usize, bytes: Vec<u8>| {
        let Some(entry) = entries.get(number).filter(|entry| world.add(entry, &bytes)) else { return false };
        world.fresh.push((entry.blob.path(entry.below.kind()), bytes));
        true
    };
    take(world, files, Box::new(add)).await
}

/// Takes in the bytes of the file of a number; false where they make no sense.
type Add<'a> = Box<dyn Fn(&mut World, usize, Vec<u8>) -> bool + 'a>;

/// Loads files, all at once. Those that came are taken in, also where others did not: the error is of the first of these.
async fn take(world: &mut World, files: Vec<IndexFile>, add: Add<'_>) -> Result<(), LoadError> {
    let came = all(files.iter().map(|file| answer(file.clone())).collect()).await;
    let mut outcome = Ok(());
    for (number, (file, answer)) in files.into_iter().zip(came).enumerate() {
        let added = answer.and_then(|bytes| {
            let is_read = add(world, number, bytes);
            is_read.then_some(()).ok_or(LoadError::Invalid { file: file.path })
        });
        outcome = outcome.and(added);
    }
    outcome
}

/// What came of each of these, asked for all at once.
async fn all(answers: Vec<Answer>) -> Vec<Came> {
    let mut asked: Vec<(Answer, Option<Came>)> = answers.into_iter().map(|answer| (answer, None)).collect();
    // Few enough to look at each whenever one of them moves.
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
    asked.into_iter().filter_map(|(_, came)| came).collect()
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

/// Loads what every search takes: the table of words, and how characters are read. Without a network the readings go on being of
/// use, so that both are kept.
pub async fn load_words(world: &mut World) -> Result<(), LoadError> {
    let Some(entry) = world.index.file(FileKind::Words).cloned() else { return Ok(()) };
    let path = entry.path.clone();
    let table_bytes = answer(entry).await?;
    let table: Table = decode(&table_bytes).ok_or_else(|| LoadError::Invalid { file: path.clone() })?;
    let readings_bytes = bytes(table.readings, FileKind::Readings).await?;
    let finder = Finder::new(table);
    let file = finder.readings();
    let readings = decode(&readings_bytes).ok_or_else(|| LoadError::Invalid { file: file.clone() })?;
    world.fresh.extend([(path, table_bytes), (file, readings_bytes)]);
    keep_fresh(world);
    world.readings = Arc::new(readings);
    world.finder = Some(finder);
    Ok(())
}

/// Loads nodes of the tree of words. They are not kept: they lead to what is not here.
pub async fn look_up(world: &mut World, nodes: &[Blob]) -> Result<(), LoadError> {
    let files = nodes.iter().map(|node| file(node, FileKind::Words)).collect();
    let add = |world: &mut World, number: usize, bytes: Vec<u8>| {
        let Some((finder, node)) = world.finder.as_mut().zip(nodes.get(number)) else { return true };
        finder.add(node.hash, &bytes)
    };
    take(world, files, Box::new(add)).await
}

/// Loads how many stations keep which hours, of pages of which nothing or little is here. They are not kept, as the nodes of words.
pub async fn count(world: &mut World, pages: &[Uncounted]) -> Result<(), LoadError> {
    let file_of = |page: &Uncounted| match &page.1 {
        Some(blob) => Some(file(blob, FileKind::Census)),
        None => world.index.file(FileKind::Census).cloned(),
    };
    let files = pages.iter().map_while(file_of).collect();
    let add = |world: &mut World, number: usize, bytes: Vec<u8>| {
        let read = pages.get(number).zip(decode(&bytes));
        read.map(|(page, census)| world.atlas.add_census(page.0, Arc::new(census))).is_some()
    };
    take(world, files, Box::new(add)).await
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
    answer(file(&blob, kind))
}

fn answer(file: IndexFile) -> Answer {
    Box::pin(async move { Ok(get_verified(&file, TIMEOUT_MS).await?.1) })
}

/// A file of the tree as if the index named it.
pub(super) fn file(blob: &Blob, kind: FileKind) -> IndexFile {
    IndexFile { kind, path: blob.path(kind), sha256: blob.hex(), len: blob.len, bbox: None }
}
