//! The Brotli and gzip forms beside the files.
//!
//! A packed form hides its file from a browser that takes it. A file whose content is not in its name therefore loses its
//! packed forms before it changes, so that whatever is there fits the file, whenever a build is killed.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::published::FileKind;

use super::named;
use super::publish::File;
use super::write::{DiskError, at, is_plain_file, put, put_with, remove};
use crate::media;
use crate::pack::{self, Effort};
use crate::progress::Bar;

/// A larger file is not read whole to be packed.
const LARGE: u64 = 16 << 20;
/// What a packed form adds to a name.
pub(super) const SUFFIXES: [&str; 2] = [".br", ".gz"];

/// Puts a Brotli and a gzip form beside a file, or takes stale ones away where `packed` is false or they would be
/// no smaller.
fn put_packed(out: &Path, path: &str, packed: bool) -> Result<(), DiskError> {
    let file = out.join(path);
    let len = at(&file, fs::metadata(&file))?.len();
    if packed && len > LARGE {
        return put_large(out, path, len);
    }
    let bytes = if packed { at(&file, fs::read(&file))? } else { Vec::new() };
    put_forms(out, path, &bytes, packed.then(|| effort_of(path, bytes.len())))
}

/// What a file is worth. Of a nation's words there are thousands of files, of which a phone loads a few when somebody types.
fn effort_of(path: &str, len: usize) -> Effort {
    let is_word =
        path.strip_prefix("data/tree/").is_some_and(|name| name.starts_with(FileKind::Words.word()));
    if is_word { Effort::Much } else { Effort::of_len(len) }
}

/// The same for a file so large that it is packed as it is read.
fn put_large(out: &Path, path: &str, len: u64) -> Result<(), DiskError> {
    let file = out.join(path);
    for suffix in SUFFIXES {
        let form = format!("{path}{suffix}");
        put_with(out, &form, |to| {
            let mut from = fs::File::open(&file)?;
            if suffix == ".br" {
                let len = usize::try_from(len).unwrap_or(usize::MAX);
                pack::brotli_to(&mut from, to, len, Effort::of_len(len))
            } else {
                pack::gzip_to(&mut from, to, pack::QUICK)
            }
        })?;
        let form = out.join(form);
        if at(&form, fs::metadata(&form))?.len() >= len {
            remove(&form)?;
        }
    }
    Ok(())
}

fn put_forms(out: &Path, path: &str, bytes: &[u8], effort: Option<Effort>) -> Result<(), DiskError> {
    for suffix in SUFFIXES {
        let packed = match (effort, suffix) {
            (None, _) => Vec::new(),
            (Some(effort), ".br") => pack::brotli(bytes, effort),
            _ => pack::gzip_small(bytes),
        };
        let path = format!("{path}{suffix}");
        if !packed.is_empty() && packed.len() < bytes.len() {
            put(out, &File { path, bytes: packed })?;
        } else {
            remove(&out.join(path))?;
        }
    }
    Ok(())
}

fn has_forms(out: &Path, path: &str) -> bool {
    SUFFIXES.iter().all(|suffix| is_plain_file(&out.join(format!("{path}{suffix}"))))
}

/// Takes the packed forms of a file away.
pub(super) fn remove_packed(out: &Path, path: &str) -> Result<(), DiskError> {
    SUFFIXES.iter().try_for_each(|suffix| remove(&out.join(format!("{path}{suffix}"))))
}

/// Puts a page with its packed forms, which are made anew only where the page is.
pub(super) fn put_page(out: &Path, page: &File, effort: Option<Effort>) -> Result<(), DiskError> {
    let path = out.join(&page.path);
    let same = is_plain_file(&path) && fs::read(&path).is_ok_and(|bytes| bytes == page.bytes);
    if !same {
        remove_packed(out, &page.path)?;
        put(out, page)?;
    }
    if effort.is_none() {
        remove_packed(out, &page.path)
    } else if same && has_forms(out, &page.path) {
        Ok(())
    } else {
        put_forms(out, &page.path, &page.bytes, effort)
    }
}

/// Puts one page under many paths, packed once for all.
pub(super) fn put_copies(
    out: &Path,
    paths: &[String],
    bytes: &[u8],
    effort: Option<Effort>,
) -> Result<(), DiskError> {
    let smaller = |packed: Vec<u8>| (packed.len() < bytes.len()).then_some(packed);
    let brotli = effort.and_then(|effort| smaller(pack::brotli(bytes, effort)));
    let gzip = effort.and_then(|_| smaller(pack::gzip_small(bytes)));
    each(paths.len(), |index| {
        let path = &paths[index];
        let file = out.join(path);
        let same = is_plain_file(&file) && fs::read(&file).is_ok_and(|there| there == bytes);
        if same && has_forms(out, path) == brotli.is_some() {
            return Ok(());
        }
        remove_packed(out, path)?;
        put(out, &File { path: path.clone(), bytes: bytes.to_vec() })?;
        for (suffix, packed) in SUFFIXES.iter().zip([&brotli, &gzip]) {
            if let Some(packed) = packed {
                put(out, &File { path: format!("{path}{suffix}"), bytes: packed.clone() })?;
            }
        }
        Ok(())
    })
}

/// Every file in `out` that is worth packing, relative to it, in order. Hidden files, symlinks, and the pages of
/// stations and places, which are packed as they are put, are left alone.
pub(super) fn packable(out: &Path) -> Result<Vec<String>, DiskError> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let here = out.join(&folder);
        for entry in at(&here, fs::read_dir(&here))? {
            let entry = at(&here, entry)?;
            let kind = at(&entry.path(), entry.file_type())?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if kind.is_dir() && ![super::PAGES, super::AREAS].contains(&path.as_str()) {
                folders.push(path);
            } else if kind.is_file() && media::is_compressible(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Packs files, on as many threads as the machine runs at once. A file whose name holds its content was packed when it
/// came.
pub(super) fn pack_all(out: &Path, paths: &[String], packed: bool, bar: &Bar) -> Result<(), DiskError> {
    each(paths.len(), |index| {
        let path = &paths[index];
        if packed && named::holds_content(path) && has_forms(out, path) {
            return Ok(());
        }
        put_packed(out, path, packed)?;
        bar.step();
        Ok(())
    })
}

/// Does `work` for every number below `count`, on as many threads as the machine runs at once; the first error, once all
/// threads have stopped.
pub(super) fn each<E: Send>(count: usize, work: impl Fn(usize) -> Result<(), E> + Sync) -> Result<(), E> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(8);
    let next = AtomicUsize::new(0);
    let work = || -> Result<(), E> {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return Ok(());
            }
            if let Err(error) = work(index) {
                // The others stop, too.
                next.store(count, Ordering::Relaxed);
                return Err(error);
            }
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mine = work();
        workers.into_iter().fold(mine, |result, worker| {
            let other = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            result.and(other)
        })
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn large_files_are_packed_as_they_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        let text = "驿站，".repeat(50_000).into_bytes();
        fs::write(out.join("large.csv"), &text).unwrap();
        put_large(out, "large.csv", text.len() as u64).unwrap();
        let form = |suffix: &str| fs::read(out.join(format!("large.csv{suffix}")));
        let (mut brotli, mut gzip) = (Vec::new(), Vec::new());
        brotli::Decompressor::new(&form(".br").unwrap()[..], 4096).read_to_end(&mut brotli).unwrap();
        flate2::read::GzDecoder::new(&form(".gz").unwrap()[..]).read_to_end(&mut gzip).unwrap();
        assert!(brotli == text && gzip == text);
        // What does not get smaller has no forms, and loses those that it had.
        fs::write(out.join("large.csv"), [0x5a]).unwrap();
        put_large(out, "large.csv", 1).unwrap();
        assert!(form(".br").is_err() && form(".gz").is_err());
    }
}
