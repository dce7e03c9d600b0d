//! A few small texts kept on this phone. Everything works without: a private window or a full phone refuses.

use web_sys::Storage;

/// Why nothing was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// There is no storage here.
    Missing,
    /// The storage is full or refuses.
    Refused,
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// The text under `key`, if one is kept.
pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps `value` under `key`.
pub fn write(key: &str, value: &str) -> Result<(), StorageError> {
    storage().ok_or(StorageError::Missing)?.set_item(key, value).map_err(|_| StorageError::Refused)
}

/// Forgets what is under `key`.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        // Nothing to do where it fails: the key is then as unreachable as if it were gone.
        let _ = storage.remove_item(key);
    }
}
