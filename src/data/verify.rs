//! Whether bytes are what the index says they are.

use domain::published::{FileKind, Index, IndexFile};
use domain::{APP_LEVEL, SCHEMA};
use sha2::{Digest, Sha256};

use crate::edge::json::Json;
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
    let text = core::str::from_utf8(bytes).ok();
    let index = text.and_then(Json::parse).and_then(|json| read_index(&json));
    let index = index.ok_or_else(|| LoadError::Invalid { file: path.to_owned() })?;
    if index.schema > SCHEMA || index.min_app > APP_LEVEL {
        return Err(LoadError::NewerSchema);
    }
    Ok(index)
}

fn read_index(json: &Json) -> Option<Index> {
    let small = |key: &str| u32::try_from(json.get(key)?.whole()?).ok();
    let read_file = |json: &Json| {
        Some(IndexFile {
            kind: FileKind::from_word(&json.get("kind")?.text()?),
            path: json.get("path")?.text()?,
            sha256: json.get("sha256")?.text()?,
            len: json.get("len")?.whole()?,
            bbox: None,
        })
    };
    Some(Index {
        seq: json.get("seq")?.whole()?,
        schema: small("schema")?,
        min_app: small("min_app")?,
        published_at: json.get("published_at")?.text()?,
        api: json.get("api").is_some_and(|api| api.is_true()),
        files: json.get("files")?.entries()?.iter().map(read_file).collect::<Option<_>>()?,
    })
}

/// `bytes`, when they have the length and the hash that the index promised for `file`.
pub fn whole(file: &IndexFile, bytes: Vec<u8>) -> Result<Vec<u8>, LoadError> {
    if u64::try_from(bytes.len()) == Ok(file.len) && has_hash(&bytes, &file.sha256) {
        Ok(bytes)
    } else {
        Err(LoadError::Corrupt { file: file.path.clone() })
    }
}

/// Whether the SHA-256 of `bytes` is `expected`, 64 lower-case hexadecimal digits.
///
/// Computed here and not by `crypto.subtle`, which is missing where a page is not secure.
fn has_hash(bytes: &[u8], expected: &str) -> bool {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digest = Sha256::digest(bytes);
    let digits =
        digest.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    expected.len() == 64 && digits.eq(expected.bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(len: u64) -> IndexFile {
        IndexFile {
            kind: FileKind::Site,
            path: "site.bin".into(),
            // printf abc | sha256sum
            sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".into(),
            len,
            bbox: None,
        }
    }

    #[test]
    fn only_the_promised_bytes_pass() {
        let corrupt = Err(LoadError::Corrupt { file: "site.bin".into() });
        assert_eq!(whole(&file(3), b"abc".to_vec()), Ok(b"abc".to_vec()));
        assert_eq!(whole(&file(3), b"abd".to_vec()), corrupt);
        assert_eq!(whole(&file(4), b"abc".to_vec()), corrupt);
        assert_eq!(whole(&file(3), b"".to_vec()), corrupt);
        let mut short = file(3);
        short.sha256.truncate(10);
        assert_eq!(whole(&short, b"abc".to_vec()), corrupt);
    }
}
