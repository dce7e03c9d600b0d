//! Puts files into a folder that may be in use: each is whole from the moment it is there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::publish::File;
use crate::media;
use crate::pack;

/// A file or folder that could not be read or written.
#[derive(Debug)]
pub struct DiskError {
    /// Which.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

/// Names the file in an error.
pub(super) fn at<T>(path: &Path, result: io::Result<T>) -> Result<T, DiskError> {
    result.map_err(|error| DiskError { path: path.to_owned(), error })
}

/// Writes a file by way of a temporary one, so that a reader sees the old one or the new one and nothing between.
/// A file that already holds the same bytes is left alone.
pub(super) fn put(out: &Path, file: &File) -> Result<(), DiskError> {
    let path = out.join(&file.path);
    if fs::read(&path).is_ok_and(|bytes| bytes == file.bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        at(folder, fs::create_dir_all(folder))?;
    }
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = path.with_file_name(name);
    let done = fs::write(&temporary, &file.bytes).and_then(|()| fs::rename(&temporary, &path));
    if done.is_err() {
        // What remains is hidden and never served; the first error is the one to tell.
        let _ = fs::remove_file(&temporary);
    }
    at(&path, done)
}

/// Puts a Brotli and a gzip form beside a file, or takes stale ones away where `packed` is false or they would be
/// no smaller. Gives back how many bytes the Brotli form has, where there is one.
pub(super) fn put_packed(out: &Path, path: &str, packed: bool) -> Result<(), DiskError> {
    let file = out.join(path);
    let bytes = if packed { at(&file, fs::read(&file))? } else { Vec::new() };
    for (suffix, pack) in [(".br", pack::brotli as fn(&[u8]) -> Vec<u8>), (".gz", pack::gzip_small)] {
        let path = format!("{path}{suffix}");
        let packed = if packed { pack(&bytes) } else { Vec::new() };
        if !packed.is_empty() && packed.len() < bytes.len() {
            put(out, &File { path, bytes: packed })?;
        } else {
            let stale = out.join(&path);
            match fs::remove_file(&stale) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(DiskError { path: stale, error });
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// Every file in `out` that is worth packing, relative to it, in order. Hidden files and symlinks are left alone.
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
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && media::is_compressible(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Packs files, on as many threads as the machine runs at once.
pub(super) fn pack_all(out: &Path, paths: &[String], packed: bool) -> Result<(), DiskError> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(8);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || -> Result<(), DiskError> {
        while let Some(path) = paths.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            put_packed(out, path, packed)?;
        }
        Ok(())
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
