//! The hosts' keys: Ed25519 (RFC 8032), for telling whose a change is. A key says who may be believed, not what is right.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::patch::{Code, HostKey, Patch, Signature};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::import::file::replace_held;

/// The keys that staff know. Their file is never published: it lies outside of the source folder.
#[derive(Debug, Default)]
pub struct Keys(Vec<Key>);

#[derive(Debug)]
struct Key {
    name: String,
    public: VerifyingKey,
    stations: Option<Vec<String>>,
}

/// The file of keys as staff change it.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct KeyFile {
    keys: Vec<KeyDto>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct KeyDto {
    name: String,
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    stations: Option<Vec<String>>,
}

/// One key of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Whose it is.
    pub name: String,
    /// The key.
    pub key: HostKey,
    /// The stations it is good for; none: all.
    pub stations: Option<Vec<String>>,
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
        let key = |KeyDto { name, key, stations }: KeyDto| {
            let key = public(&key).map(|public| Key { name: name.clone(), public, stations });
            key.ok_or(KeyError::Key(name))
        };
        KeyFile::read(path)?.keys.into_iter().map(key).collect::<Result<_, _>>().map(Self)
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

/// The key in a text. A weak one, which signatures of anybody fit, is none.
fn public(base64: &str) -> Option<VerifyingKey> {
    let bytes: [u8; 32] = STANDARD.decode(base64.trim()).ok()?.try_into().ok()?;
    VerifyingKey::from_bytes(&bytes).ok().filter(|key| !key.is_weak())
}

impl KeyFile {
    /// The keys in a file, each of them one that can be used.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let text = fs::read(path).map_err(KeyError::Disk)?;
        let file: Self = serde_json::from_slice(&text).map_err(|error| KeyError::Json(error.to_string()))?;
        match file.keys.iter().find(|one| public(&one.key).is_none()) {
            Some(bad) => Err(KeyError::Key(bad.name.clone())),
            None => Ok(file),
        }
    }

    /// Puts them into a file, in place of what is there or not at all.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        replace_held(path, |to| to.write_all(text.as_bytes()))
    }

    /// The keys in their order.
    pub fn list(&self) -> Vec<Listed> {
        let one = |KeyDto { name, key, stations }: &KeyDto| {
            let key = HostKey(public(key)?.to_bytes());
            Some(Listed { name: name.clone(), key, stations: stations.clone() })
        };
        self.keys.iter().filter_map(one).collect()
    }

    /// Adds a key; whether it is one that can be used.
    pub fn add(&mut self, name: &str, key: HostKey, stations: Option<Vec<String>>) -> bool {
        let text = STANDARD.encode(key.0);
        let is_good = public(&text).is_some();
        if is_good {
            self.keys.push(KeyDto { name: name.to_owned(), key: text, stations });
        }
        is_good
    }

    /// Takes the keys of a name out, and the one whose check begins so, of at least one group of four; how many there were.
    pub fn remove(&mut self, name: &str) -> usize {
        let start = name.to_ascii_uppercase();
        let before = self.keys.len();
        self.keys.retain(|one| {
            let check = public(&one.key).map(|key| HostKey(key.to_bytes()).check()).unwrap_or_default();
            one.name != name && !(start.len() >= 4 && check.starts_with(&start))
        });
        before - self.keys.len()
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
