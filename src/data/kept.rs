//! The last good data, kept on this phone so that the list opens without a network.
//!
//! The index is written last and the files it no longer names are removed after it: at any moment the kept index
//! names kept files only, or it fails its check and counts as nothing kept. Of the tree of stations what was seen is kept, until
//! the room is needed for what is seen later. Storage holds texts, so that a byte is kept as the character of the same
//! number.

use std::sync::Arc;

use domain::published::{FileKind, Index, IndexFile};
use domain::shards::words::{Finder, Table};
use domain::shards::{Entry, Extent, Place};
use domain::text::holds;
use domain::wire::decode;

use super::tree::file;
use super::verify;
use super::world::{Loaded, World};
use crate::edge::storage;

const INDEX: &str = "ls.data.index";
/// The files of the tree that are kept, the one kept longest first: path, `:`, bytes, a space.
const SEEN: &str = "ls.data.seen";
/// Most bytes of the tree that are kept: some 4,000 stations. A phone gives a site five million characters.
const ROOM: usize = 1_500_000;

fn key(path: &str) -> String {
    let mut key = String::from("ls.data.");
    key.push_str(path);
    key
}

/// The last good data, if they are still whole, with all of the tree that is kept.
pub fn kept() -> Option<World> {
    let index = kept_index()?;
    let mut files = Vec::new();
    for file in index.files.iter().filter(|file| file.kind != FileKind::Other) {
        match kept_bytes(file) {
            Some(bytes) => files.push((file.clone(), bytes)),
            // They do not come with the rest, see [`super::latest`].
            None if matches!(file.kind, FileKind::Basemap | FileKind::Census | FileKind::Words) => {}
            None => return None,
        }
    }
    let mut world = World::build(index, &files).ok()?;
    let seen = seen();
    loop {
        let before = world.atlas.clone();
        for entry in before.missing() {
            let file = file(&entry.blob, entry.below.kind());
            if seen.iter().any(|(path, _)| *path == file.path)
                && let Some(bytes) = kept_bytes(&file)
            {
                // What makes no sense is as good as not kept.
                world.add(&entry, &bytes);
            }
        }
        if world.atlas.missing() == before.missing() {
            break;
        }
    }
    // What the table leads to is of no use without a network; the readings are.
    if let Some(bytes) = world.index.file(FileKind::Words).and_then(kept_bytes)
        && let Some(table) = decode::<Table>(&bytes)
        && let Some(readings) = kept_bytes(&file(&table.readings, FileKind::Readings))
    {
        world.readings = decode(&readings).map(Arc::new).unwrap_or_default();
        world.finder = Some(Finder::new(table));
    }
    let places = kept_bytes(&file(&world.root.places, FileKind::Places));
    world.places = places.and_then(|bytes| decode::<Vec<Place>>(&bytes)).map(Arc::new);
    // A list of which nothing is there is no list.
    (world.root.count == 0 || !world.catalogue.is_empty()).then_some(world)
}

fn kept_index() -> Option<Index> {
    verify::index(INDEX, storage::read(INDEX)?.as_bytes()).ok()
}

/// The kept bytes of `file`, if they are still exactly that file.
pub(super) fn kept_bytes(file: &IndexFile) -> Option<Vec<u8>> {
    let text = storage::read(&key(&file.path))?;
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    verify::whole(file, bytes?).ok()
}

fn write(path: &str, bytes: &[u8]) -> Result<(), storage::StorageError> {
    let text: String = bytes.iter().copied().map(char::from).collect();
    storage::write(&key(path), &text)
}

/// Keeps an edition that was verified: the files that the index names, then what of the tree is new, and no more what it does
/// not name. A phone that refuses keeps what it had. Whether this edition, or a newer one that another tab was given, is kept.
pub(super) fn keep(world: &mut World, index_text: &str, files: &[Loaded]) -> bool {
    if kept_index().is_some_and(|kept| kept.seq > world.index.seq) {
        return true;
    }
    let mut is_kept = keep_index(&world.index, index_text, files);
    if !is_kept {
        // What was seen elsewhere makes room for what is true now.
        for (path, _) in seen() {
            storage::remove(&key(&path));
        }
        let _ = write_seen(&[]);
        is_kept = keep_index(&world.index, index_text, files);
    }
    if is_kept {
        forget_old(world);
        keep_fresh(world);
    }
    is_kept
}

fn keep_index(index: &Index, index_text: &str, files: &[Loaded]) -> bool {
    let before = kept_index();
    let named = |path: &str| index.files.iter().any(|file| file.path == path);
    let needed =
        |path: &str| before.as_ref().is_some_and(|before| before.files.iter().any(|file| file.path == path));
    let written = files.iter().try_for_each(|(file, bytes)| write(&file.path, bytes));
    let written = written.and_then(|()| storage::write(INDEX, index_text));
    if written.is_ok() {
        let old = before.iter().flat_map(|before| &before.files);
        old.filter(|file| !named(&file.path)).for_each(|file| storage::remove(&key(&file.path)));
    } else {
        // Half of a new edition is no use: give the room back, except what the old one needs.
        let new = files.iter().map(|(file, _)| file);
        new.filter(|file| !needed(&file.path)).for_each(|file| storage::remove(&key(&file.path)));
    }
    written.is_ok()
}

/// The files of the tree that are kept, and their bytes.
fn seen() -> Vec<(String, usize)> {
    let text = storage::read(SEEN).unwrap_or_default();
    let entry = |entry: &str| {
        let (path, len) = entry.split_once(':')?;
        Some((path.to_owned(), len.parse().ok()?))
    };
    text.split(' ').filter_map(entry).collect()
}

fn write_seen(seen: &[(String, usize)]) -> Result<(), storage::StorageError> {
    let mut text = String::new();
    for (path, len) in seen {
        text.push_str(path);
        text.push(':');
        text.push_str(&len.to_string());
        text.push(' ');
    }
    storage::write(SEEN, &text)
}

/// Keeps the verified files of the tree that are new; the shards that were kept longest make room for them, but for those of the
/// districts that somebody keeps. A phone that refuses keeps what it had.
pub(super) fn keep_fresh(world: &mut World) {
    let mut seen = seen();
    let saved: Vec<String> = world.saved_shards().map(|entry| entry.blob.path(entry.below.kind())).collect();
    // Without the pages nothing leads to a shard.
    let can_go = |path: &String| holds(path, FileKind::Stations.word()) && !saved.contains(path);
    for (path, bytes) in std::mem::take(&mut world.fresh) {
        if seen.iter().any(|(other, _)| *other == path) {
            continue;
        }
        let is_full =
            |seen: &[(String, usize)]| seen.iter().map(|(_, len)| len).sum::<usize>() + bytes.len() > ROOM;
        while is_full(&seen)
            && let Some(at) = seen.iter().position(|(path, _)| can_go(path))
        {
            storage::remove(&key(&seen.remove(at).0));
        }
        if is_full(&seen) && can_go(&path) {
            // All that is there is to stay.
            let _ = write_seen(&seen);
            continue;
        }
        seen.push((path, bytes.len()));
        // Named before it is written: nothing is ever kept that nothing knows of.
        let named = write_seen(&seen).is_ok();
        let written = seen.last().filter(|_| named).is_some_and(|(path, _)| write(path, &bytes).is_ok());
        if !written {
            seen.pop();
            // Shorter than before, so that it fits.
            let _ = write_seen(&seen);
        }
    }
}

/// What is to be loaded before all stations of an area are kept: what is not here, otherwise what is here and is not kept.
pub fn lacking(world: &World, area: Extent) -> Vec<Entry> {
    let missing = world.atlas.missing_at(Some(area));
    if !missing.is_empty() {
        return missing;
    }
    let seen = seen();
    let is_kept = |path: String| seen.iter().any(|(other, _)| *other == path);
    let mut shards = world.atlas.shards();
    shards.retain(|entry| {
        entry.extent.is_some_and(|it| it.touches(&area)) && !is_kept(entry.blob.path(entry.below.kind()))
    });
    shards
}

/// Forgets the files of the tree that this edition does not name, as far as it is known: it has all that was kept before.
fn forget_old(world: &World) {
    let shards = world.atlas.shards();
    let named = |path: &String| {
        shards.iter().any(|entry| entry.blob.path(entry.below.kind()) == *path)
            || world.atlas.pages().any(|page| page == *path)
            || world.root.places.path(FileKind::Places) == *path
            || world.index.file(FileKind::Words).is_some_and(|file| file.path == *path)
            || world.finder.as_ref().is_some_and(|finder| finder.readings() == *path)
    };
    let (stay, old): (Vec<_>, Vec<_>) = seen().into_iter().partition(|(path, _)| named(path));
    for (path, _) in &old {
        storage::remove(&key(path));
    }
    // Shorter than before, so that it fits.
    let _ = write_seen(&stay);
}
