//! The hosts' keys: Ed25519 (RFC 8032), for telling whose a change is. A key says who may be believed, not what is right.

use std::fs;
use std::io;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::patch::{Code, Patch, Signature};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use serde::Deserialize;

/// The keys that staff know. Their file is never published: it lies outside of the source folder.
#[derive(Debug, Default)]
pub struct Keys(Vec<Key>);

#[derive(Debug)]
struct Key {
    name: String,
    public: VerifyingKey,
    stations: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileDto {
    keys: Vec<KeyDto>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyDto {
    name: String,
    key: String,
    stations: Option<Vec<String>>,
}

/// Why a file has no keys.
#[derive(Debug)]
pub enum KeyError {
    /// The disk.
    Disk(io::Error),
    /// Not of the form `{"keys": [{"name", "key", "stations"}]}`.
    Json(String),
    /// This one's key is no Ed25519 key of 32 bytes in base 64.
    Key(String),
}

/// Whose a change is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nobody signed it.
    Unsigned,
    /// Signed with this one's key.
    Key(String),
    /// Signed with this one's key, which is for other stations.
    Elsewhere(String),
    /// Signed with a key that is not known, or signed wrongly.
    Stranger,
}

impl Keys {
    /// The keys in a file: `{"keys": [{"name": "王姐", "key": "<base 64>", "stations": ["sy-yuetanshan"]}]}`; without
    /// `stations` a key is good for all.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let text = fs::read(path).map_err(KeyError::Disk)?;
        let file: FileDto =
            serde_json::from_slice(&text).map_err(|error| KeyError::Json(error.to_string()))?;
        let key = |KeyDto { name, key, stations }: KeyDto| {
            let bytes = STANDARD.decode(key.trim()).ok().and_then(|bytes| bytes.try_into().ok());
            // A weak key is one that signatures of anybody fit.
            let key =
                bytes.and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok()).filter(|key| !key.is_weak());
            key.map(|public| Key { name: name.clone(), public, stations }).ok_or(KeyError::Key(name))
        };
        file.keys.into_iter().map(key).collect::<Result<_, _>>().map(Self)
    }

    /// Whose a change is.
    pub fn known(&self, code: &Code) -> Known {
        let Some(signature) = &code.signature else { return Known::Unsigned };
        let (signature, signed) =
            (ed25519_dalek::Signature::from_bytes(signature), Code::signed(&code.patch));
        let own = self.0.iter().find(|one| one.public.verify_strict(&signed, &signature).is_ok());
        match own {
            None => Known::Stranger,
            Some(Key { name, stations, .. }) => {
                let id = code.patch.station().as_str();
                let here = stations.as_ref().is_none_or(|all| all.iter().any(|one| one == id));
                if here { Known::Key(name.clone()) } else { Known::Elsewhere(name.clone()) }
            }
        }
    }
}

/// Signs a change with the secret key in a file, 32 bytes in base 64; none where there is no such key in it. With the
/// public key that belongs to it, as [`Keys::read`] wants it.
pub fn sign(patch: &Patch, secret: &Path) -> io::Result<Option<(Signature, String)>> {
    let text = fs::read_to_string(secret)?;
    let seed = STANDARD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
    Ok(seed.map(|seed| {
        let key = SigningKey::from_bytes(&seed);
        (key.sign(&Code::signed(patch)).to_bytes(), STANDARD.encode(key.verifying_key().to_bytes()))
    }))
}
