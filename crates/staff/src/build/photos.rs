//! The photos that stations name, made fit for phones: each becomes four files with one base,
//! `photos/door-0123456789abcdef`, that the published data names.
//!
//! The hash in the base is of the original, so that a photo that was made before is known by its name and not made
//! again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use domain::station::Station;

use super::packed::each;
use super::publish::File;
use super::write::{DiskError, at, is_plain_file, put};
use crate::hash::sha256_hex;
use crate::picture::{self, ENDINGS, RECIPE};
use crate::source::Source;
use crate::source::photo::{find, note};
use crate::trouble::{Item, PhotoTrouble};

/// The photos of a source, by the path that stations name them with.
pub(super) struct Photos {
    photos: Vec<(String, Photo)>,
}

struct Photo {
    /// Where the original lies.
    from: PathBuf,
    /// Where the files go, without their endings, relative to the data folder.
    base: String,
    /// The site in which all four were found.
    made: Option<PathBuf>,
}

impl Photos {
    /// Looks at every photo, and decodes those that were not made before: in `sites`, the first that has them. Gives back
    /// also what is wrong with them, beyond what [`crate::source`] says.
    pub(super) fn look(source: &Source, folder: &Path, sites: &[&Path]) -> (Self, Vec<Item>) {
        let data = folder.join("data");
        let mut names: Vec<&str> = source.written.photos().iter().map(|photo| photo.file.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let found: Mutex<BTreeMap<usize, Result<Photo, PhotoTrouble>>> = Mutex::default();
        let look = |index: usize| -> Result<(), ()> {
            // What has no path or no good one is the source's to note.
            if let Some(Ok(from)) = find(&data, names[index])
                && picture::check(&from).is_ok()
            {
                let photo = look(names[index], from, sites);
                found.lock().unwrap_or_else(PoisonError::into_inner).insert(index, photo);
            }
            Ok(())
        };
        // Never an error.
        let _ = each(names.len(), look);
        let (mut photos, mut wrong) = (Vec::new(), BTreeMap::new());
        for (index, photo) in found.into_inner().unwrap_or_else(PoisonError::into_inner) {
            match photo {
                Ok(photo) => photos.push((names[index].to_owned(), photo)),
                Err(trouble) => drop(wrong.insert(names[index], trouble)),
            }
        }
        let items = note(&source.written, |file| wrong.get(file).copied());
        (Self { photos }, items)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.photos.len()
    }

    /// The base of a photo's files, by the path that stations name it with.
    pub(super) fn base(&self, name: &str) -> Option<&str> {
        let at = self.photos.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
        Some(&self.photos[at].1.base)
    }

    /// Lets the stations name the files that are published.
    pub(super) fn rename(&self, stations: &mut [Station]) {
        for photo in stations.iter_mut().flat_map(|station| &mut station.photos) {
            if let Some(base) = self.base(&photo.file) {
                base.clone_into(&mut photo.file);
            }
        }
    }

    /// The files that are published, relative to the site.
    pub(super) fn paths(&self) -> impl Iterator<Item = String> {
        self.photos.iter().flat_map(|(_, photo)| ENDINGS.map(|ending| photo.path(ending)))
    }

    /// Puts every photo's files in place.
    pub(super) fn put(&self, out: &Path) -> Result<(), DiskError> {
        each(self.photos.len(), |index| self.photos[index].1.put(out))
    }
}

fn look(name: &str, from: PathBuf, sites: &[&Path]) -> Result<Photo, PhotoTrouble> {
    let bytes = fs::read(&from).map_err(|error| PhotoTrouble::Unreadable(error.kind()))?;
    let hash = sha256_hex(&[RECIPE, &bytes].concat());
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut photo = Photo { base: format!("{stem}-{}", &hash[..16]), from, made: None };
    photo.made = sites.iter().find(|site| photo.is_made(site)).map(|site| site.to_path_buf());
    if photo.made.is_none() {
        // Twice the work for a new photo, so that nothing is written before everything is known to be good, and no more
        // than a few photos are in memory.
        picture::decode(&photo.from, &bytes)?;
    }
    Ok(photo)
}

impl Photo {
    fn path(&self, ending: &str) -> String {
        format!("data/{}{ending}", self.base)
    }

    fn is_made(&self, site: &Path) -> bool {
        ENDINGS.iter().all(|ending| {
            let path = site.join(self.path(ending));
            is_plain_file(&path) && fs::read(&path).is_ok_and(|bytes| picture::is_whole(&bytes))
        })
    }

    fn put(&self, out: &Path) -> Result<(), DiskError> {
        let put =
            |ending: &str, bytes: Vec<u8>| put(out, &File { path: self.path(ending), bytes }).map(|_| ());
        match &self.made {
            Some(site) if site == out => Ok(()),
            Some(site) => ENDINGS.iter().try_for_each(|ending| {
                let from = site.join(self.path(ending));
                put(ending, at(&from, fs::read(&from))?)
            }),
            None => {
                let bytes = at(&self.from, fs::read(&self.from))?;
                let made =
                    picture::decode(&self.from, &bytes).ok().and_then(|picture| picture::encode(&picture));
                // It was decoded a moment ago: somebody changes it just now.
                let made = made.ok_or_else(|| DiskError {
                    path: self.from.clone(),
                    error: std::io::ErrorKind::InvalidData.into(),
                })?;
                made.into_iter().try_for_each(|(ending, bytes)| put(ending, bytes))
            }
        }
    }
}
