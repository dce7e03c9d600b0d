//! Links for hosts: one for each person and station, known again by hashes alone.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::patch::symbol;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::event::{Event, Link};
use super::files::{Files, put};
use super::store::{Store, StoreError, at};
use crate::hash::{hex, sha256_hex};

/// What short codes are hashed under: whoever has the journal alone cannot try codes.
const KEY: &str = ".staff/key";
/// Symbols of a short code: 60 bits.
const CODE: usize = 12;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A link's secrets, which are shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    /// The token: 128 random bits in base64url.
    pub token: String,
    /// The short code, in three groups.
    pub code: String,
}

impl fmt::Debug for Keys {
    /// Nobody prints secrets by accident.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys")
    }
}

/// A link that was made, or made anew.
#[derive(Debug)]
pub struct Made {
    /// The link.
    pub link: Link,
    /// Its secrets.
    pub keys: Keys,
}

/// Whether somebody typed what could be a short code: its symbols.
pub fn is_code(typed: &str) -> Option<String> {
    let plain = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '－'));
    let mut code = String::new();
    for c in plain.take(CODE + 1) {
        code.push(char::from(ALPHABET[usize::from(symbol(c)?)]));
    }
    (code.len() == CODE).then_some(code)
}

fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    at("getrandom", getrandom::fill(&mut bytes).map_err(std::io::Error::from))?;
    Ok(bytes)
}

fn token() -> Result<String, StoreError> {
    Ok(URL_SAFE_NO_PAD.encode(random::<16>()?))
}

fn token_hash(token: &str) -> String {
    sha256_hex(token.as_bytes())
}

impl<F: Files> Store<F> {
    /// Makes a link for a person and a station, good until then (seconds since 1970 UTC).
    pub fn make_link(&mut self, station: &str, name: &str, until: i64) -> Result<Option<Made>, StoreError> {
        let hold = self.hold()?;
        if self.state.place(station).is_none() {
            return Ok(None);
        }
        let keys = Keys { token: token()?, code: new_code()? };
        let number = self.state.links.keys().next_back().map_or(1, |last| last + 1);
        let (station, name) = (station.to_owned(), name.to_owned());
        let code = self.keyed(&keys.code)?;
        let tokens = vec![token_hash(&keys.token)];
        let link = Link { number, station, name, tokens, code, until, revoked: false };
        self.write(&Event::Link(link.clone()))?;
        drop(hold);
        Ok(Some(Made { link, keys }))
    }

    /// Gives a link new secrets; what it had is good for nothing any more.
    pub fn rotate_link(&mut self, number: u32, until: i64) -> Result<Option<Made>, StoreError> {
        let hold = self.hold()?;
        if !self.state.links.contains_key(&number) {
            return Ok(None);
        }
        let keys = Keys { token: token()?, code: new_code()? };
        let (token, code) = (token_hash(&keys.token), self.keyed(&keys.code)?);
        self.write(&Event::Rotated { number, token, code, until })?;
        drop(hold);
        Ok(self.state.links.get(&number).cloned().map(|link| Made { link, keys }))
    }

    /// Takes a link away; whether there is one. One that is gone already stays so.
    pub fn revoke_link(&mut self, number: u32) -> Result<bool, StoreError> {
        let hold = self.hold()?;
        let Some(link) = self.state.links.get(&number) else { return Ok(false) };
        if !link.revoked {
            self.write(&Event::Revoked { number })?;
        }
        drop(hold);
        Ok(true)
    }

    /// The link of a token, if it is good now.
    pub fn link_of(&self, token: &str) -> Option<&Link> {
        let hash = token_hash(token);
        let now = self.now();
        let mut good = self.state.links.values().filter(|link| link.is_good_at(now));
        good.find(|link| link.tokens.contains(&hash))
    }

    /// Whether a link by which somebody was let in is still good: neither taken away nor given new secrets since. The journal is held.
    pub(super) fn is_good(&self, link: &Link) -> bool {
        self.state.links.get(&link.number).is_some_and(|known| {
            known.is_good_at(self.now()) && known.tokens.iter().any(|token| link.tokens.contains(token))
        })
    }

    /// A token for a typed short code, and the link it is of; none where no good link has that code.
    pub fn use_code(&mut self, typed: &str) -> Result<Option<(String, Link)>, StoreError> {
        let Some(code) = is_code(typed) else { return Ok(None) };
        let hash = self.keyed(&code)?;
        let now = self.now();
        let is_good = |link: &&Link| link.is_good_at(now) && link.code == hash;
        if !self.state.links.values().any(|link| is_good(&link)) {
            return Ok(None);
        }
        let hold = self.hold()?;
        let Some(link) = self.state.links.values().find(is_good).cloned() else { return Ok(None) };
        let token = token()?;
        self.write(&Event::Used { number: link.number, token: token_hash(&token) })?;
        drop(hold);
        Ok(Some((token, link)))
    }

    /// HMAC-SHA-256 of a short code under the folder's key, which is made when it is needed first.
    fn keyed(&self, code: &str) -> Result<String, StoreError> {
        let key = if at(KEY, self.files.stat(KEY))?.is_some() {
            at(KEY, self.files.read(KEY, 0))?
        } else {
            let key = random::<32>()?;
            at(KEY, put(&self.files, KEY, &key))?;
            key.to_vec()
        };
        let code = is_code(code).unwrap_or_default();
        let refused = |_| StoreError::Disk(KEY.to_owned(), std::io::ErrorKind::InvalidData.into());
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(refused)?;
        mac.update(code.as_bytes());
        Ok(hex(&mac.finalize().into_bytes()))
    }
}

fn new_code() -> Result<String, StoreError> {
    let symbols = random::<CODE>()?.map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
    let text: String = symbols.iter().collect();
    Ok([&text[..4], &text[4..8], &text[8..]].join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_type_them() {
        for (typed, code) in [
            ("ABCD-EFGH-JKMN", Some("ABCDEFGHJKMN")),
            (" abcd efgh jkmn ", Some("ABCDEFGHJKMN")),
            ("oOiL-0011-2345", Some("001100112345")),
            ("ＡＢＣＤ－ＥＦＧＨ－ＪＫＭＮ", Some("ABCDEFGHJKMN")),
            ("ABCD-EFGH-JKM", None),
            ("ABCD-EFGH-JKMNP", None),
            ("ABCD-EFGH-JKMU", None),
            ("", None),
        ] {
            assert_eq!(is_code(typed).as_deref(), code, "{typed}");
        }
        assert_eq!(is_code(&new_code().unwrap()).unwrap().len(), CODE);
        assert_eq!(token().unwrap().len(), 22);
    }
}
