//! The last good data, kept on this phone so that the list opens without a network.
//!
//! The index is written last and the files it no longer names are removed after it: at any moment the kept index
//! names kept files only, or it fails its check and counts as nothing kept. Storage holds texts, so that a byte
//! is kept as the character of the same number.

use domain::published::{FileKind, Index, IndexFile};

use super::verify;
use super::world::{Loaded, World};
use crate::edge::storage;

const INDEX: &str = "ls.data.index";

fn key(file: &IndexFile) -> String {
    let mut key = String::from("ls.data.");
    key.push_str(&file.path);
    key
}

/// The last good data, if it is still whole.
pub fn kept() -> Option<World> {
    let index = kept_index()?;
    let mut files = Vec::new();
    for file in index.files.iter().filter(|file| file.kind != FileKind::Other) {
        match kept_bytes(file) {
            Some(bytes) => files.push((file.clone(), bytes)),
            // It did not come with the rest, see [`super::latest`].
            None if file.kind == FileKind::Basemap => {}
            None => return None,
        }
    }
    World::build(index, &files).ok()
}

fn kept_index() -> Option<Index> {
    verify::index(INDEX, storage::read(INDEX)?.as_bytes()).ok()
}

/// The kept bytes of `file`, if they are still exactly that file.
pub(super) fn kept_bytes(file: &IndexFile) -> Option<Vec<u8>> {
    let text = storage::read(&key(file))?;
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    verify::whole(file, bytes?).ok()
}

/// Keeps an edition that was verified. A phone that refuses keeps what it had.
pub(super) fn keep(index: &Index, index_text: &str, files: &[Loaded]) {
    let before = kept_index();
    let named = |path: &str| index.files.iter().any(|file| file.path == path);
    let needed =
        |path: &str| before.as_ref().is_some_and(|before| before.files.iter().any(|file| file.path == path));
    let write = |(file, bytes): &Loaded| {
        let text: String = bytes.iter().copied().map(char::from).collect();
        storage::write(&key(file), &text)
    };
    let written = files.iter().try_for_each(write).and_then(|()| storage::write(INDEX, index_text));
    if written.is_ok() {
        let old = before.iter().flat_map(|before| &before.files);
        old.filter(|file| !named(&file.path)).for_each(|file| storage::remove(&key(file)));
    } else {
        // Half of a new edition is no use: give the room back, except what the old one needs.
        let new = files.iter().map(|(file, _)| file);
        new.filter(|file| !needed(&file.path)).for_each(|file| storage::remove(&key(file)));
    }
}
