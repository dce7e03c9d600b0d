//! Publishing the data alone, at once: the files whose names hold their content, then the index that names them.

use std::path::Path;
use std::sync::Arc;

use domain::published::{FileKind, Index, StationsFile};
use domain::shards::words::{Node, Table};
use domain::shards::{Atlas, Blob, Census, Root, ids};
use domain::wire::{Wire, decode};

use super::photos::Photos;
use super::publish::{self, File};
use super::write::{self, DiskError};
use super::{BuildError, INDEX, Options, PLACES, packed, previous};
use crate::pack::Effort;
use crate::trouble::{Keep, Report};

/// Files of the site's data, relative to the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Those that the index names.
    pub now: Vec<String>,
    /// Those that it named until now and does not any more: who loaded the index a moment ago still asks for them.
    pub old: Vec<String>,
}

/// Publishes the data of a server's list into a site that was built before.
pub fn publish_data(options: &Options) -> Result<Named, BuildError> {
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
    let table = before.as_ref().and_then(|before| table(out, before));
    let published = publish::publish(&source, &file, before.as_ref(), table.as_ref(), options.edition());
    let published = published.ok_or(BuildError::Unwritable)?;
    if before.as_ref() == Some(&published.index) {
        return Ok(Named { now: files(&published.index), old: Vec::new() });
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
    let now = files(&published.index);
    let mut old = before.as_ref().map(files).unwrap_or_default();
    old.retain(|path| !now.contains(path));
    Ok(Named { now, old })
}

/// The files that a published index names, relative to the site, those that its tree names among them. What cannot be read names
/// nothing.
pub(super) fn named(out: &Path, index: &Index) -> Vec<String> {
    let mut paths: Vec<String> = index.files.iter().map(|file| file.path.clone()).collect();
    let root: Option<Root> = index.file(FileKind::Root).and_then(|file| read(out, &file.path));
    if let Some(root) = root {
        paths.extend([root.places.path(FileKind::Places), root.ids.path(FileKind::Ids)]);
        let table: Option<ids::Table> = read(out, &root.ids.path(FileKind::Ids));
        let buckets = table.map(|table| table.buckets).unwrap_or_default();
        paths.extend(buckets.iter().map(|bucket| bucket.path(FileKind::Ids)));
        let mut atlas = Atlas::new(root.entries);
        while let missing = atlas.missing()
            && !missing.is_empty()
        {
            for entry in missing {
                let path = entry.blob.path(entry.below.kind());
                if entry.below.is_page() {
                    atlas.add_page(entry.blob.hash, Arc::new(read(out, &path).unwrap_or_default()));
                } else {
                    atlas.add_shard(entry.blob.hash);
                }
                paths.push(path);
            }
        }
    }
    let census = index.file(FileKind::Census).and_then(|file| read::<Census>(out, &file.path));
    let mut below: Vec<Blob> = census.into_iter().flat_map(|census| census.below).flatten().collect();
    while let Some(blob) = below.pop() {
        let path = blob.path(FileKind::Census);
        let census = read::<Census>(out, &path).unwrap_or_default();
        below.extend(census.below.into_iter().flatten());
        paths.push(path);
    }
    if let Some(table) = table(out, index) {
        paths.push(table.readings.path(FileKind::Readings));
        let mut below = table.below;
        while let Some(blob) = below.pop() {
            let path = blob.path(FileKind::Words);
            below.extend(read::<Node>(out, &path).map(|node| node.below).unwrap_or_default());
            paths.push(path);
        }
    }
    paths.iter().map(|path| format!("data/{path}")).collect()
}

/// The table of words that an index names.
fn table(out: &Path, index: &Index) -> Option<Table> {
    read(out, &index.file(FileKind::Words)?.path)
}

fn read<T: Wire>(out: &Path, path: &str) -> Option<T> {
    decode(&std::fs::read(out.join("data").join(path)).ok()?)
}

/// Takes away files that nothing names any more, with their packed forms.
pub(crate) fn remove(out: &Path, paths: &[String]) -> Result<(), DiskError> {
    super::named::remove_all(out, paths)
}

fn files(index: &Index) -> Vec<String> {
    index.files.iter().map(|file| format!("data/{}", file.path)).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use domain::coords::Wgs84;
    use domain::station::{Station, StationId};

    use super::*;
    use crate::progress::Progress;
    use crate::source::Source;

    /// The sample's list so many times over, each time a little farther north.
    fn list(times: u32) -> StationsFile {
        let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/data/stations.json");
        let (_, reading, _) = crate::source::stations(&fs::read(list).unwrap());
        let copy = |(time, station): (u32, &Station)| {
            let mut station = station.clone();
            station.id = StationId::new(&format!("{}-{time}", station.id)).unwrap();
            let moved = |at: Wgs84| Wgs84::new(at.lat() + f64::from(time) * 0.001, at.lng()).unwrap();
            station.location.position = station.location.position.map(moved);
            station
        };
        let all = (0..times).flat_map(|time| reading.stations.iter().map(move |station| (time, station)));
        StationsFile { dataset: reading.dataset.unwrap(), stations: all.map(copy).collect() }
    }

    #[test]
    fn an_index_names_all_of_its_tree() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public");
        let source = Source::read_telling(&folder, Progress::none());
        // So many that there are pages.
        let published = publish::publish(&source, &list(60), None, None, None).unwrap();
        let out = tempfile::tempdir().unwrap();
        for file in &published.files {
            let path = out.path().join(&file.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &file.bytes).unwrap();
        }
        let mut expected: Vec<String> = published.files.iter().map(|file| file.path.clone()).collect();
        let mut named = named(out.path(), &published.index);
        for kind in ["page", "census", "words"] {
            let of_kind = expected.iter().filter(|path| path.starts_with(&format!("data/tree/{kind}-")));
            assert!(of_kind.count() > 1, "{kind}");
        }
        expected.sort();
        expected.dedup();
        named.sort();
        named.dedup();
        assert_eq!(named, expected);
    }
}
