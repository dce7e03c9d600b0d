//! Puts files into a folder that may be in use: each is whole from the moment it is there. Never through a symlink.

use std::fs::{self, File as OpenFile, OpenOptions};
use std::io::{self, BufReader, BufWriter, ErrorKind, Read as _, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::publish::File;

/// Where files are written before they are moved into place, below the site's folder. Hidden, so never served.
const NEW: &str = ".staff-new";

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
/// A file that already holds the same bytes is left alone. Whether there was something to write.
pub(super) fn put(out: &Path, file: &File) -> Result<bool, DiskError> {
    let path = out.join(&file.path);
    if is_plain_file(&path) && fs::read(&path).is_ok_and(|bytes| bytes == file.bytes) {
        return Ok(false);
    }
    put_with(out, &file.path, |to| to.write_all(&file.bytes))
}

/// The same for a file that is written piece by piece and never held as a whole.
pub(super) fn put_with(
    out: &Path,
    path: &str,
    write: impl FnOnce(&mut BufWriter<OpenFile>) -> io::Result<()>,
) -> Result<bool, DiskError> {
    make_folders(out, path)?;
    let new = temporary(out)?;
    let open = OpenOptions::new().write(true).create_new(true).open(&new);
    let written = open.and_then(|file| {
        let mut to = BufWriter::new(file);
        write(&mut to)?;
        to.flush()
    });
    let path = out.join(path);
    let done = written.and_then(|()| {
        if is_plain_file(&path) && same(&path, &new)? {
            fs::remove_file(&new)?;
            return Ok(false);
        }
        fs::rename(&new, &path)?;
        Ok(true)
    });
    if done.is_err() {
        // What remains is hidden and never served; the first error is the one to tell.
        let _ = fs::remove_file(&new);
    }
    at(&path, done)
}

/// Makes the folders that a file of the site lies in. Refused where a symlink or a file is in the way.
pub(super) fn make_folders(out: &Path, path: &str) -> Result<(), DiskError> {
    let mut here = out.to_owned();
    for part in Path::new(path).parent().into_iter().flat_map(Path::iter) {
        here.push(part);
        match fs::symlink_metadata(&here) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return at(&here, Err(ErrorKind::NotADirectory.into())),
            Err(error) if error.kind() == ErrorKind::NotFound => match fs::create_dir(&here) {
                // Another thread was faster.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                made => at(&here, made)?,
            },
            Err(error) => return at(&here, Err(error)),
        }
    }
    Ok(())
}

/// Takes away what a build that was killed left of its temporary files, and the folder they were in. Nobody else may be writing there: a
/// server, which publishes and builds at once, does it before it begins.
pub(crate) fn clean(out: &Path) -> Result<(), DiskError> {
    let folder = out.join(NEW);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => at(&folder, Err(error)),
        _ => Ok(()),
    }
}

/// Takes a file away, where there is one.
pub(super) fn remove(path: &Path) -> Result<(), DiskError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => at(path, Err(error)),
        _ => Ok(()),
    }
}

/// Whether there is a file, and no symlink to one.
pub(super) fn is_plain_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
}

/// The first of these paths below `out` at which there is a symlink.
pub(super) fn symlink(out: &Path, paths: &[&str]) -> Option<PathBuf> {
    let paths = paths.iter().map(|path| out.join(path)).chain([out.join(NEW)]);
    paths.into_iter().find(|path| fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()))
}

/// A name that no other thread and no other build uses.
fn temporary(out: &Path) -> Result<PathBuf, DiskError> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    make_folders(out, ".staff-new/x")?;
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    Ok(out.join(NEW).join(format!("{}-{number}", std::process::id())))
}

/// Whether two files hold the same bytes.
fn same(one: &Path, other: &Path) -> io::Result<bool> {
    let (one, other) = (OpenFile::open(one)?, OpenFile::open(other)?);
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let (mut one, mut other) = (BufReader::new(one).bytes(), BufReader::new(other).bytes());
    loop {
        match (one.next().transpose()?, other.next().transpose()?) {
            (None, None) => return Ok(true),
            (one, other) if one != other => return Ok(false),
            _ => {}
        }
    }
}
