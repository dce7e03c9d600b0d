//! Whether bytes are what the index says they are.

use domain::published::{FileKind, Index, IndexFile};
use domain::{APP_LEVEL, SCHEMA};
use sha2::{Digest, Sha256};

use crate::edge::net::FetchError;

/// Why there is no data, or no newer data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// A file did not come.
    Fetch {
        /// Its path.
        file: String,
        /// Why.
        error: FetchError,
    },
    /// A file is not the one that the index names: cut short, mixed up or changed on the way.
    Corrupt {
        /// Its path.
        file: String,
    },
    /// A file is whole but makes no sense.
    Invalid {
        /// Its path.
        file: String,
    },
    /// The index names no file of a kind that the app cannot do without.
    Incomplete(FileKind),
    /// The data is of a newer shape: the app must be updated.
    NewerSchema,
}

/// The index in `bytes`, when this app can read what it names.
pub fn index(path: &str, bytes: &[u8]) -> Result<Index, LoadError> {
    let index: Index =
        serde_json::from_slice(bytes).map_err(|_| LoadError::Invalid { file: path.to_owned() })?;
    if index.schema > SCHEMA || index.min_app > APP_LEVEL {
        return Err(LoadError::NewerSchema);
    }
    Ok(index)
}

/// The text of `file`, when `bytes` have the length and the hash that the index promised.
pub fn text(file: &IndexFile, bytes: Vec<u8>) -> Result<String, LoadError> {
    let corrupt = || LoadError::Corrupt { file: file.path.clone() };
    if u64::try_from(bytes.len()) != Ok(file.len) || !has_hash(&bytes, &file.sha256) {
        return Err(corrupt());
    }
    String::from_utf8(bytes).map_err(|_| corrupt())
}

/// Whether the SHA-256 of `bytes` is `expected`, 64 lower-case hexadecimal digits.
///
/// Computed here and not by `crypto.subtle`, which is missing where a page is not secure.
fn has_hash(bytes: &[u8], expected: &str) -> bool {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digest = Sha256::digest(bytes);
    let digits = digest.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    expected.len() == 64 && digits.eq(expected.bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(len: u64) -> IndexFile {
        IndexFile {
            kind: FileKind::Site,
            path: "site.json".into(),
            // printf abc | sha256sum
            sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".into(),
            len,
            bbox: None,
        }
    }

    #[test]
    fn only_the_promised_bytes_pass() {
        let corrupt = Err(LoadError::Corrupt { file: "site.json".into() });
        assert_eq!(text(&file(3), b"abc".to_vec()).as_deref(), Ok("abc"));
        assert_eq!(text(&file(3), b"abd".to_vec()), corrupt);
        assert_eq!(text(&file(4), b"abc".to_vec()), corrupt);
        assert_eq!(text(&file(3), b"".to_vec()), corrupt);
        let mut short = file(3);
        short.sha256.truncate(10);
        assert_eq!(text(&short, b"abc".to_vec()), corrupt);
    }

    #[test]
    fn a_newer_shape_asks_for_an_update() {
        let json = |schema, min_app| {
            format!(r#"{{"seq":1,"schema":{schema},"min_app":{min_app},"published_at":"","files":[]}}"#)
        };
        let read = |json: String| index("index.json", json.as_bytes());
        assert!(read(json(SCHEMA, APP_LEVEL)).is_ok());
        assert_eq!(read(json(SCHEMA + 1, APP_LEVEL)), Err(LoadError::NewerSchema));
        assert_eq!(read(json(SCHEMA, APP_LEVEL + 1)), Err(LoadError::NewerSchema));
        assert_eq!(read("<html>".into()), Err(LoadError::Invalid { file: "index.json".into() }));
    }
}
