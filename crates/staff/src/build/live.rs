//! Publishing the data alone, at once: the files whose names hold their content, then the index that names them.

use std::path::Path;

use domain::published::{Index, StationsFile};

use super::photos::Photos;
use super::publish::{self, File};
use super::write::{self, DiskError};
use super::{BuildError, INDEX, Options, PLACES, packed, previous};
use crate::pack::Effort;
use crate::trouble::{Keep, Report};

/// Publishes the data of a server's list into a site that was built before. The files that the index named until now and does not
/// any more, relative to the site: who loaded the index a moment ago still asks for them.
pub fn publish_data(options: &Options) -> Result<Vec<String>, BuildError> {
    let out: &Path = &options.out;
    let mut source = options.source();
    let (photos, broken) = Photos::look(&source, &options.source, &[out]);
    let mut report = Report::new(source.written.len(), Keep::WARNINGS);
    report.extend(std::mem::take(&mut source.items));
    report.extend(broken);
    let (Some(dataset), 0) = (source.reading.dataset.take(), report.errors()) else {
        return Err(BuildError::Refused(report));
    };
    if let Some(link) = write::symlink(out, &PLACES) {
        return Err(BuildError::Symlink(link));
    }
    let mut file = StationsFile { dataset, stations: std::mem::take(&mut source.reading.stations) };
    photos.rename(&mut file.stations);
    let before = previous(out)?;
    let published = publish::publish(&source, &file, before.as_ref(), options.edition());
    let published = published.ok_or(BuildError::Unwritable)?;
    if before.as_ref() == Some(&published.index) {
        return Ok(Vec::new());
    }
    if let Some(before) = &before
        && before.seq >= published.index.seq
    {
        return Err(BuildError::Behind(before.seq));
    }
    photos.put(out)?;
    for file in &published.files {
        // A packed form that fits is there already where the file is.
        if write::put(out, file)? && options.packed {
            packed::put_page(out, file, Some(Effort::Some))?;
        }
    }
    let bytes = publish::json(&published.index).map_err(|_| BuildError::Unwritable)?;
    packed::put_page(out, &File { path: INDEX.into(), bytes }, options.packed.then_some(Effort::Some))?;
    Ok(gone(before.as_ref(), &published.index))
}

/// Takes away files that nothing names any more, with their packed forms.
pub(crate) fn remove(out: &Path, paths: &[String]) -> Result<(), DiskError> {
    super::named::remove_all(out, paths)
}

fn gone(before: Option<&Index>, now: &Index) -> Vec<String> {
    let is_named = |path: &str| now.files.iter().any(|file| file.path == path);
    let old = before.iter().flat_map(|index| &index.files).filter(|file| !is_named(&file.path));
    old.map(|file| format!("data/{}", file.path)).collect()
}
