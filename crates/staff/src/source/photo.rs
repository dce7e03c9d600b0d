//! Photos that stations name: files below `data/photos/`, and nothing else.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::STATIONS;
use super::written::{NamedPhoto, Written};
use crate::picture;
use crate::trouble::{Item, PhotoTrouble, Trouble};

/// Notes photos that cannot be published, as far as can be said without decoding them. Names that are no safe path
/// are the domain's to note.
pub(super) fn check(folder: &Path, written: &Written, items: &mut Vec<Item>) {
    items.extend(note(written, |file| trouble(&folder.join("data"), file)));
}

/// What `look` finds wrong, at every place that names the photo.
pub(crate) fn note(written: &Written, look: impl Fn(&str) -> Option<PhotoTrouble>) -> Vec<Item> {
    let place = |photo: &NamedPhoto| {
        let NamedPhoto { station, id, index, file } = photo;
        let path = format!("stations[{station}].photos[{index}].file");
        let trouble = Trouble::Photo { file: file.clone(), trouble: look(file)? };
        Some(Item { file: STATIONS, station: id.clone(), path, trouble })
    };
    written.photos().iter().filter_map(place).collect()
}

/// Where a photo lies, if it is named as it should be and is a plain file. None for a name that is no safe path.
pub(crate) fn find(data: &Path, file: &str) -> Option<Result<PathBuf, PhotoTrouble>> {
    let path = Path::new(file);
    let parts: Vec<Component<'_>> = path.components().collect();
    if file.is_empty() || !parts.iter().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    if parts.first() != Some(&Component::Normal("photos".as_ref())) || parts.len() < 2 {
        return Some(Err(PhotoTrouble::Elsewhere));
    }
    let mut here = data.to_owned();
    for (depth, part) in parts.iter().enumerate() {
        here.push(part);
        // Of the link itself, not of what it leads to: a link could lead out of the folder.
        let Ok(metadata) = fs::symlink_metadata(&here) else {
            return Some(Err(PhotoTrouble::Missing));
        };
        let fits = if depth + 1 == parts.len() { metadata.is_file() } else { metadata.is_dir() };
        if !fits {
            return Some(Err(PhotoTrouble::NotAPlainFile));
        }
    }
    Some(Ok(here))
}

fn trouble(data: &Path, file: &str) -> Option<PhotoTrouble> {
    const PICTURES: [&str; 4] = ["webp", "jpg", "jpeg", "png"];
    let found = find(data, file)?;
    let extension = Path::new(file).extension().and_then(|extension| extension.to_str()).unwrap_or("");
    if found != Err(PhotoTrouble::Elsewhere) && !PICTURES.contains(&extension) {
        return Some(PhotoTrouble::NotAPicture);
    }
    found.and_then(|path| picture::check(&path)).err()
}
