//! The last good data, kept on this phone so that the list opens without a network.
//!
//! The index is written last and the files it no longer names are removed after it: at any moment the kept index
//! names kept files only, or it fails its check and counts as nothing kept.

use domain::published::{Index, IndexFile};

use super::verify;
use super::world::World;
use crate::edge::storage;

const INDEX: &str = "ls.data.index";

fn key(file: &IndexFile) -> String {
    format!("ls.data.{}", file.path)
}

/// The last good data, if it is still whole.
pub fn kept() -> Option<World> {
    let index = kept_index()?;
    let files: Option<Vec<_>> =
        index.files.iter().map(|file| kept_text(file).map(|text| (file.clone(), text))).collect();
    World::build(index, &files?).ok()
}

fn kept_index() -> Option<Index> {
    verify::index(INDEX, storage::read(INDEX)?.as_bytes()).ok()
}

/// The kept text of `file`, if it is still exactly that file.
pub(super) fn kept_text(file: &IndexFile) -> Option<String> {
    verify::text(file, storage::read(&key(file))?.into_bytes()).ok()
}

/// Keeps an edition that was verified. A phone that refuses keeps what it had.
pub(super) fn keep(index: &Index, files: &[(IndexFile, String)]) {
    let before = kept_index();
    let is_named = |file: &IndexFile| index.files.iter().any(|named| named.path == file.path);
    let written = files.iter().try_for_each(|(file, text)| storage::write(&key(file), text));
    let written = written.and_then(|()| {
        let json = serde_json::to_string(index).map_err(|_| storage::StorageError::Refused)?;
        storage::write(INDEX, &json)
    });
    let (stale, fresh): (Vec<_>, &[_]) = match (&written, &before) {
        (Ok(()), Some(before)) => (before.files.iter().filter(|file| !is_named(file)).collect(), &[]),
        (Ok(()), None) => (Vec::new(), &[]),
        (Err(_), _) => (Vec::new(), files),
    };
    for file in stale {
        storage::remove(&key(file));
    }
    // Half of a new edition is no use: give the room back, except what the old one needs.
    for (file, _) in fresh {
        let needed = before.as_ref().is_some_and(|before| before.files.iter().any(|old| old.path == file.path));
        if !needed {
            storage::remove(&key(file));
        }
    }
}
