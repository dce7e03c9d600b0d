//! A host's key as one line that survives a chat, as a change's code does: `RK1.<key>.<check>`.
//!
//! The check is 80 bits of SHA-256 over the key. Read out on the phone it tells staff that the key in the chat is the host's.

use super::CodeError;
use super::code::{CHECK, bytes, checksum, letters, symbols};

/// What a key's line begins with, before the first dot. The digit is the version of the line's form.
pub const KEY_PREFIX: &str = "RK1";

/// Symbols that hold the key: 256 bits, five in each.
const LENGTH: usize = 52;

/// An Ed25519 public key (RFC 8032), whether or not it is one that anybody should trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostKey(pub [u8; 32]);

impl HostKey {
    /// The line.
    pub fn text(&self) -> String {
        [KEY_PREFIX, ".", &letters(&self.0), ".", &letters(&checksum(KEY_PREFIX, &self.0))].concat()
    }

    /// What people compare, in fours: `GA35-C8GX-6A8T-C9Y9`.
    pub fn check(&self) -> String {
        let mut text = String::new();
        for (at, letter) in letters(&checksum(KEY_PREFIX, &self.0)).chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                text.push('-');
            }
            text.push(letter);
        }
        text
    }

    /// Reads one line that holds a key and nothing else, but for spaces and invisible characters.
    pub fn parse(line: &str) -> Result<Self, CodeError> {
        let symbols = symbols(line, KEY_PREFIX)?;
        let (have, want) = (symbols.len(), LENGTH + CHECK.1);
        if have != want {
            return Err(CodeError::Length { have, want });
        }
        let (key, check) = symbols.split_at(LENGTH);
        let key: Option<[u8; 32]> = bytes(key).and_then(|bytes| bytes.try_into().ok());
        let key = key.ok_or(CodeError::Checksum)?;
        if bytes(check).is_none_or(|check| check != checksum(KEY_PREFIX, &key)) {
            return Err(CodeError::Checksum);
        }
        Ok(Self(key))
    }
}
