//! Photos that stations name: files below `data/photos/`, and nothing else.

use std::fs;
use std::path::{Component, Path};

use domain::dto::StationsDto;

use super::STATIONS;
use crate::trouble::{Item, PhotoTrouble, Trouble};

const PICTURES: [&str; 5] = ["webp", "jpg", "jpeg", "png", "avif"];

/// Notes photos that cannot be published. Names that are no safe path are the domain's to note.
pub(super) fn check(folder: &Path, stations: &StationsDto, items: &mut Vec<Item>) {
    for (at, station) in stations.stations.iter().flatten().enumerate() {
        for (index, photo) in station.photos.iter().flatten().enumerate() {
            let Some(file) = &photo.file else { continue };
            if let Some(trouble) = trouble(&folder.join("data"), file) {
                items.push(Item {
                    file: STATIONS,
                    station: station.id.clone(),
                    path: format!("stations[{at}].photos[{index}].file"),
                    trouble: Trouble::Photo(trouble),
                });
            }
        }
    }
}

fn trouble(data: &Path, file: &str) -> Option<PhotoTrouble> {
    let path = Path::new(file);
    let parts: Vec<Component<'_>> = path.components().collect();
    if file.is_empty() || !parts.iter().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    if parts.first() != Some(&Component::Normal("photos".as_ref())) || parts.len() < 2 {
        return Some(PhotoTrouble::Elsewhere);
    }
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("");
    if !PICTURES.contains(&extension) {
        return Some(PhotoTrouble::NotAPicture);
    }
    let mut here = data.to_owned();
    for (depth, part) in parts.iter().enumerate() {
        here.push(part);
        // Of the link itself, not of what it leads to: a link could lead out of the folder.
        let Ok(metadata) = fs::symlink_metadata(&here) else {
            return Some(PhotoTrouble::Missing);
        };
        let fits = if depth + 1 == parts.len() { metadata.is_file() } else { metadata.is_dir() };
        if !fits {
            return Some(PhotoTrouble::NotAPlainFile);
        }
    }
    None
}
