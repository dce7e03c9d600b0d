//! The served folder: files are found, hashed once and read here, and nothing outside of it ever is.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{Read as _, Seek as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::SystemTime;

use bytes::Bytes;

use crate::hash::sha256_hex;

/// A folder that is served.
#[derive(Debug)]
pub(super) struct Folder {
    /// With every symlink resolved, so that a file's own resolved path can be compared with it.
    root: PathBuf,
    /// Entity tags of the files asked for so far: a 304 needs no reading.
    tags: Mutex<HashMap<PathBuf, Tag>>,
    /// Bytes that are being sent: a hundred riders who ask for one file at once share one copy of it.
    sent: Mutex<HashMap<PathBuf, Sent>>,
}

#[derive(Debug)]
struct Sent {
    len: u64,
    modified: Option<SystemTime>,
    bytes: Weak<Vec<u8>>,
}

/// A share in bytes that are being sent.
struct Share(Arc<Vec<u8>>);

impl AsRef<[u8]> for Share {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

#[derive(Clone, Debug)]
struct Tag {
    len: u64,
    modified: Option<SystemTime>,
    etag: String,
}

/// A file in the folder, held open: a file put in its place meanwhile does not mix with it.
#[derive(Debug)]
pub(super) struct Found {
    path: PathBuf,
    file: File,
    len: u64,
    modified: Option<SystemTime>,
}

impl Found {
    /// Its length in bytes.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// Its bytes.
    pub(super) fn read(&self) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut file = &self.file;
        file.rewind()?;
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Folder {
    /// Opens a folder.
    pub(super) fn open(path: &Path) -> std::io::Result<Self> {
        Ok(Self { root: fs::canonicalize(path)?, tags: Mutex::default(), sent: Mutex::default() })
    }

    /// The plain file at `path`, made of safe parts, if there is one and it really lies in the folder: a symlink
    /// that leads out is as good as nothing.
    pub(super) fn find(&self, path: &str) -> Option<Found> {
        let path = fs::canonicalize(self.root.join(path)).ok()?;
        if !path.starts_with(&self.root) || !fs::metadata(&path).ok()?.is_file() {
            return None;
        }
        let file = File::open(&path).ok()?;
        let metadata = file.metadata().ok()?;
        Some(Found { path, file, len: metadata.len(), modified: metadata.modified().ok() })
    }

    /// The strong entity tag of a file: a hash of its bytes, kept while its length and time stay the same.
    pub(super) fn etag(&self, found: &Found) -> std::io::Result<String> {
        // A panic elsewhere leaves the map whole: every entry is put in at once.
        let known = self.tags.lock().unwrap_or_else(PoisonError::into_inner).get(&found.path).cloned();
        if let Some(tag) = known
            && tag.len == found.len
            && tag.modified.is_some()
            && tag.modified == found.modified
        {
            return Ok(tag.etag);
        }
        let mut etag = sha256_hex(&found.read()?);
        etag.truncate(32);
        let tag = Tag { len: found.len, modified: found.modified, etag: etag.clone() };
        self.tags.lock().unwrap_or_else(PoisonError::into_inner).insert(found.path.clone(), tag);
        Ok(etag)
    }

    /// A file's bytes, shared with whoever is being sent the same.
    pub(super) fn bytes(&self, found: &Found) -> std::io::Result<Bytes> {
        let share = |bytes| Bytes::from_owner(Share(bytes));
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = sent.get(&found.path)
            && (same.len, same.modified) == (found.len, found.modified)
            && let Some(bytes) = same.bytes.upgrade()
        {
            return Ok(share(bytes));
        }
        drop(sent);
        let bytes = Arc::new(found.read()?);
        sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        // Those that nobody is sent any more are no use.
        sent.retain(|_, sent| sent.bytes.strong_count() > 0);
        let entry = Sent { len: found.len, modified: found.modified, bytes: Arc::downgrade(&bytes) };
        sent.insert(found.path.clone(), entry);
        Ok(share(bytes))
    }
}
