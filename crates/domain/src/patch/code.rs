//! A change as one line that survives a chat: `RS1.<payload>.<checksum>`.
//!
//! The alphabet is Crockford's base 32 (<https://www.crockford.com/base32.html>), written in capitals. Chats break lines, make characters
//! full-width, change case, turn `-`, `_` and `*` into formats and `/`, `?` and `@` into links: letters and digits alone, of
//! either case, come through, and people can read them out (no I, L, O, U; I and L read as 1, O as 0). Base 64 would be a fifth
//! shorter as text, but longer as a QR code, which packs capitals and digits by themselves into 5.5 bits each.
//!
//! The payload begins with its own length, so that a reader that meets a code in pieces knows when it has all of it. The
//! checksum is 80 bits of SHA-256 over the payload: a piece too many, too few or altered is not taken for the code, even by a reader
//! that tries thousands of ways to put pieces together.

use sha2::{Digest as _, Sha256};

use super::form::Raw;
use super::{Patch, PatchError, VERSION, first};
use crate::wire::{decode, encode};

/// What a code begins with, before the first dot. The digit is the version of the line's form.
pub const PREFIX: &str = "RS1";

/// The longest payload, in bytes: some 6,600 characters, more than a QR code holds.
pub const MAX_BYTES: usize = 4096;

/// An Ed25519 signature (RFC 8032) of [`Code::signed`].
pub type Signature = [u8; 64];

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Bytes and symbols of the checksum.
pub(super) const CHECK: (usize, usize) = (10, 16);
/// Bytes before the change: the payload's length, big end first, and a byte that says whether it is signed.
const HEAD: usize = 3;
/// Symbols that hold the length.
const LENGTH: usize = 4;

/// A change, and the signature of its author's phone where it has one.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// The change.
    pub patch: Patch,
    /// Of [`Code::signed`]. Whose, the reader finds out by the keys it knows.
    pub signature: Option<Signature>,
}

/// Why something is no code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// It does not begin with [`PREFIX`].
    NoPrefix,
    /// A character that no code has, by its place.
    Foreign(char),
    /// It has another number of symbols than it says.
    Length {
        /// How many there are.
        have: usize,
        /// How many it says.
        want: usize,
    },
    /// The checksum is of something else: a symbol was altered or lost.
    Checksum,
    /// Whole, but in a form that this program does not know.
    Newer,
    /// Whole, but no change.
    Malformed,
    /// Whole, but its change breaks a rule.
    Patch(PatchError),
}

/// The value of a character as a symbol, 0 to 31, of either case and either width; none for any other character.
pub fn symbol(c: char) -> Option<u8> {
    let plain = match c {
        // Full-width forms are ASCII's, moved as a block.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0)?,
        _ => c,
    };
    let capital = match plain.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        other => other,
    };
    let at = ALPHABET.iter().position(|&one| char::from(one) == capital)?;
    u8::try_from(at).ok()
}

/// How many symbols a code has in all, payload and checksum, by its first four. None: no code begins like this.
pub fn expected(symbols: &[u8]) -> Option<usize> {
    let bits = symbols.get(..LENGTH)?.iter().fold(0, |bits, &symbol| bits << 5 | usize::from(symbol));
    let bytes = bits >> 4;
    (HEAD..=MAX_BYTES).contains(&bytes).then(|| (bytes * 8).div_ceil(5) + CHECK.1)
}

impl Code {
    /// What a signature is of: these bytes and no others, so that a key's other uses cannot be turned into changes.
    pub fn signed(patch: &Patch) -> Vec<u8> {
        [b"love-stations change 1\n".as_slice(), &encode(patch)].concat()
    }

    /// The line. None where the change is longer than [`MAX_BYTES`].
    pub fn text(&self) -> Option<String> {
        let change = encode(&self.patch);
        let signature = self.signature.as_ref().map_or(&[][..], <[u8; 64]>::as_slice);
        let length = HEAD + change.len() + signature.len();
        let size = u16::try_from(length).ok().filter(|_| length <= MAX_BYTES)?;
        let flag = u8::from(self.signature.is_some());
        let payload = [size.to_be_bytes().as_slice(), &[flag], &change, signature].concat();
        Some([PREFIX, ".", &letters(&payload), ".", &letters(&checksum(PREFIX, &payload))].concat())
    }

    /// Reads one line that holds a code and nothing else, but for spaces and invisible characters.
    pub fn parse(line: &str) -> Result<Self, CodeError> {
        Self::open(&symbols(line, PREFIX)?)
    }

    /// The code of these symbols, payload and checksum. Only the very text that was written is read: of two texts that
    /// decode to one change, one is refused.
    pub fn open(symbols: &[u8]) -> Result<Self, CodeError> {
        let have = symbols.len();
        let want = expected(symbols).ok_or(CodeError::Checksum)?;
        if have != want {
            return Err(CodeError::Length { have, want });
        }
        let (payload, check) = symbols.split_at(want - CHECK.1);
        let (payload, check) = bytes(payload).zip(bytes(check)).ok_or(CodeError::Checksum)?;
        if check != checksum(PREFIX, &payload) {
            return Err(CodeError::Checksum);
        }
        let (head, change) = payload.split_at_checked(HEAD).ok_or(CodeError::Malformed)?;
        let (change, signature) = match head.last() {
            Some(0) => (change, None),
            Some(1) => {
                let (change, signature) = change.split_last_chunk().ok_or(CodeError::Malformed)?;
                (change, Some(*signature))
            }
            _ => return Err(CodeError::Newer),
        };
        // The form of published files begins with a length of one or two bytes, then the first byte of the shape.
        let version = change.iter().skip_while(|byte| **byte >= 0x80).nth(1);
        if version != Some(&VERSION) {
            return Err(CodeError::Newer);
        }
        let raw: Raw = decode(change).ok_or(CodeError::Malformed)?;
        let patch = raw.judged().map_err(CodeError::Patch)?;
        if encode(&patch) != change {
            return Err(CodeError::Malformed);
        }
        Ok(Self { patch, signature })
    }
}

/// The symbols of a line after its prefix.
pub(super) fn symbols(line: &str, prefix: &str) -> Result<Vec<u8>, CodeError> {
    let is_nothing = |c: &char| c.is_whitespace() || crate::read::is_hidden(*c);
    let mut rest = line.chars().filter(|c| !is_nothing(c));
    for letter in prefix.chars() {
        if rest.next().is_none_or(|c| symbol(c) != symbol(letter)) {
            return Err(CodeError::NoPrefix);
        }
    }
    let rest = rest.filter(|c| !matches!(c, '.' | '。' | '．'));
    rest.map(|c| symbol(c).ok_or(CodeError::Foreign(c))).collect()
}

/// The check of what stands behind a prefix.
pub(super) fn checksum(prefix: &str, payload: &[u8]) -> [u8; CHECK.0] {
    first(&Sha256::new_with_prefix(prefix).chain_update(payload).finalize())
}

/// Bytes as symbols, five bits each, the last filled up with zeros.
pub(super) fn letters(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut bits, mut count) = (0_u32, 0);
    for &byte in bytes {
        (bits, count) = (bits << 8 | u32::from(byte), count + 8);
        while count >= 5 {
            count -= 5;
            text.push(letter(bits >> count));
        }
        bits &= 0xff;
    }
    if count > 0 {
        text.push(letter(bits << (5 - count)));
    }
    text
}

fn letter(bits: u32) -> char {
    char::from(ALPHABET[(bits & 31) as usize])
}

/// The bytes of symbols; none where the bits that fill up the last one are not zero.
pub(super) fn bytes(symbols: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(symbols.len() * 5 / 8);
    let (mut bits, mut count) = (0_u32, 0);
    for &symbol in symbols {
        (bits, count) = (bits << 5 | u32::from(symbol), count + 5);
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).ok()?);
            bits &= 0xff;
        }
    }
    (count < 5 && bits & ((1 << count) - 1) == 0).then_some(bytes)
}
