//! What the journal asks of a disk, in few words, so that a modelled one can stand in and forget what was not synced.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

/// What is known of a file without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stat {
    /// Its length in bytes.
    pub len: u64,
    /// Which file it is: another one that took its name has another number.
    pub id: u64,
    /// When it was written to last, in nanoseconds of some clock.
    pub modified: u128,
}

/// A folder of files, named by paths with `/`, below it. Nothing is on the disk for sure before it was synced: a file's bytes by
/// [`Files::sync`], its name, another name or none by [`Files::sync_folder`].
pub trait Files {
    /// Held as long as nobody else may write.
    type Lock;
    /// Waits until nobody else writes.
    fn lock(&self) -> io::Result<Self::Lock>;
    /// A file's state; none where there is no such file.
    fn stat(&self, path: &str) -> io::Result<Option<Stat>>;
    /// A file's bytes from an offset to its end.
    fn read(&self, path: &str, from: u64) -> io::Result<Vec<u8>>;
    /// Creates a file, or empties it, and writes into it.
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()>;
    /// Writes at the end of a file that is there.
    fn append(&self, path: &str, bytes: &[u8]) -> io::Result<()>;
    /// Takes away what is in a file past a length.
    fn cut(&self, path: &str, len: u64) -> io::Result<()>;
    /// Brings a file's bytes to the disk.
    fn sync(&self, path: &str) -> io::Result<()>;
    /// Gives a file another name, in place of what has it.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Takes a file away; one that is not there is no error.
    fn remove(&self, path: &str) -> io::Result<()>;
    /// Makes a folder; one that is there is no error.
    fn make_folder(&self, path: &str) -> io::Result<()>;
    /// Brings the names in a folder to the disk.
    fn sync_folder(&self, path: &str) -> io::Result<()>;
    /// The names of the files in a folder, in order.
    fn list(&self, folder: &str) -> io::Result<Vec<String>>;
}

/// The folder that a path lies in.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Puts a file in place: whoever looks, whenever the power goes, finds the old one or the new one.
pub fn put(files: &impl Files, path: &str, bytes: &[u8]) -> io::Result<()> {
    put_if(files, path, bytes, || Ok(true)).map(drop)
}

/// The same where the file is still as it was looked at: what somebody writes meanwhile is not written over. What is known of the
/// new file, so that the next edit of it is seen; none where somebody was faster, and nothing was written.
pub fn put_over(files: &impl Files, path: &str, bytes: &[u8], was: Option<Stat>) -> io::Result<Option<Stat>> {
    put_if(files, path, bytes, || Ok(files.stat(path)? == was))
}

fn put_if(
    files: &impl Files,
    path: &str,
    bytes: &[u8],
    may: impl FnOnce() -> io::Result<bool>,
) -> io::Result<Option<Stat>> {
    let new = match path.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/.{name}.new"),
        None => format!(".{path}.new"),
    };
    let place = || {
        files.write(&new, bytes)?;
        files.sync(&new)?;
        // Under its new name it is the same file.
        let stat = files.stat(&new)?;
        if !may()? {
            return Ok(None);
        }
        files.rename(&new, path)?;
        files.sync_folder(folder(path))?;
        Ok(stat)
    };
    let done = place();
    if !matches!(done, Ok(Some(_))) {
        // What remains is hidden; the first error is the one to tell.
        let _ = files.remove(&new);
    }
    done
}

/// A real folder. What is below `.staff` is nobody's but its owner's to read.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
    /// The file that was written to last, so that it is synced through the handle that wrote: a disk tells an error there.
    last: Mutex<Option<(String, File)>>,
}

/// Where the lock is.
pub(crate) const LOCK: &str = ".staff/lock";

/// The folder whose lock is held by whoever writes a file: `DIR` of `DIR/data/stations.json`, where the journal is, if there is
/// one; the file's own folder where that is not called `data`.
pub(crate) fn home(file: &Path) -> PathBuf {
    let whole = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let own = whole.parent().unwrap_or(Path::new(""));
    let above = own.parent().filter(|_| own.ends_with("data"));
    above.unwrap_or(own).to_owned()
}

/// The lock of the journal that a list belongs to, if there is one.
pub(crate) fn hold_beside(list: &Path) -> io::Result<Option<File>> {
    let folder = home(list);
    let disk = Disk::new(&folder);
    if disk.symlink(&[super::FOLDER, LOCK]).is_some() || !folder.join(super::LOG).is_file() {
        return Ok(None);
    }
    disk.lock().map(Some)
}

impl Disk {
    /// The folder at a path.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), last: Mutex::default() }
    }

    /// Its path.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The first of the places that are written to at which there is a symlink, through which nothing is.
    pub fn symlink(&self, paths: &[&str]) -> Option<PathBuf> {
        let mut paths = paths.iter().map(|path| self.root.join(path));
        paths.find(|path| fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()))
    }

    /// The lock's file, not yet held.
    pub(crate) fn lock_file(&self) -> io::Result<File> {
        self.open(LOCK, OpenOptions::new().write(true).create(true).truncate(false))
    }

    fn keep(&self, path: &str, file: File) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((path.to_owned(), file));
    }

    fn open(&self, path: &str, options: &mut OpenOptions) -> io::Result<File> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
            if path.starts_with(".staff") {
                options.mode(0o600);
            }
        }
        options.open(self.root.join(path))
    }
}

impl Files for Disk {
    type Lock = File;

    fn lock(&self) -> io::Result<File> {
        let file = self.lock_file()?;
        // flock(2): gone with the process, however it ends.
        file.lock()?;
        Ok(file)
    }

    fn stat(&self, path: &str) -> io::Result<Option<Stat>> {
        let found = match fs::metadata(self.root.join(path)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            found => found?,
        };
        #[cfg(unix)]
        let id = std::os::unix::fs::MetadataExt::ino(&found);
        #[cfg(not(unix))]
        let id = 0;
        let since = found.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        Ok(Some(Stat { len: found.len(), id, modified: since.map_or(0, |since| since.as_nanos()) }))
    }

    fn read(&self, path: &str, from: u64) -> io::Result<Vec<u8>> {
        let mut file = self.open(path, OpenOptions::new().read(true))?;
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.open(path, OpenOptions::new().write(true).create(true).truncate(true))?;
        file.write_all(bytes)?;
        self.keep(path, file);
        Ok(())
    }

    fn append(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.open(path, OpenOptions::new().append(true))?;
        file.write_all(bytes)?;
        self.keep(path, file);
        Ok(())
    }

    fn cut(&self, path: &str, len: u64) -> io::Result<()> {
        let file = self.open(path, OpenOptions::new().write(true))?;
        file.set_len(len)?;
        self.keep(path, file);
        Ok(())
    }

    fn sync(&self, path: &str) -> io::Result<()> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).take();
        match last {
            Some((known, file)) if known == path => file.sync_all(),
            _ => self.open(path, OpenOptions::new().write(true))?.sync_all(),
        }
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.root.join(from), self.root.join(to))
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        match fs::remove_file(self.root.join(path)) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    fn make_folder(&self, path: &str) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        if path.starts_with(".staff") {
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        }
        match builder.create(self.root.join(path)) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            made => made,
        }
    }

    fn sync_folder(&self, path: &str) -> io::Result<()> {
        // Not every system lets a folder be opened.
        let opened = File::open(self.root.join(path));
        if cfg!(unix) { opened?.sync_all() } else { Ok(()) }
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.root.join(folder))? {
            names.extend(entry?.file_name().into_string().ok());
        }
        names.sort();
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_meanwhile_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::new(folder.path());
        let path = folder.path().join("list");
        fs::write(&path, "looked at").unwrap();
        let was = disk.stat("list").unwrap();
        let put = put_over(&disk, "list", b"ours", was).unwrap();
        assert_eq!(put, disk.stat("list").unwrap(), "what is known of it is of what was written");
        // Somebody writes after that was looked at.
        fs::write(&path, "theirs").unwrap();
        assert_eq!(put_over(&disk, "list", b"ours again", put).unwrap(), None);
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
