//! One entry of the journal as one line, and a run of lines as a chain.
//!
//! `LS1 seq at kind prev digest hash salt body`: `hash` is the SHA-256 of all before it, `prev` the hash of the line before, so that
//! nothing in the middle is changed, taken away or put in unseen. Of the body the chain holds `digest`, the SHA-256 of a random
//! salt and the body: a body that has to be forgotten goes with its salt (both become `-`), the chain stays as it is, and
//! what is left of it cannot be guessed from.

use std::fmt;

use crate::hash::sha256_hex;

/// How a line begins; the digit is the version of its form.
const BEGIN: &str = "LS1";
/// What stands for a body that was forgotten, and for its salt.
const FORGOTTEN: &str = "-";
/// What the first line has for the hash of the one before it.
pub const ROOT: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// An entry as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub seq: u64,
    /// When it was written, in seconds since 1970 UTC.
    pub at: i64,
    /// What happened, in a word.
    pub kind: String,
    /// The hash of the line before.
    pub prev: String,
    /// The hash of its body.
    pub digest: String,
    /// Its own hash.
    pub hash: String,
    /// The salt and the body, JSON; none where they were forgotten.
    pub body: Option<(String, String)>,
}

impl Line {
    /// A new line after the one of `prev`.
    pub fn new(seq: u64, at: i64, kind: &str, prev: &str, salt: String, body: String) -> Self {
        let digest = digest(&salt, &body);
        let hash = sha256_hex(head(seq, at, kind, prev, &digest).as_bytes());
        let (kind, prev) = (kind.to_owned(), prev.to_owned());
        Self { seq, at, kind, prev, digest, hash, body: Some((salt, body)) }
    }

    /// The line without what it says.
    #[must_use]
    pub fn forgotten(self) -> Self {
        Self { body: None, ..self }
    }

    /// A line, without its end; none where it is not exactly one that was written.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(9, ' ');
        let mut next = || parts.next();
        let (begin, seq, at, kind) = (next()?, next()?.parse().ok()?, next()?.parse().ok()?, next()?);
        let (prev, digest, hash, salt, body) = (next()?, next()?, next()?, next()?, next()?);
        let body = match (salt, body) {
            (FORGOTTEN, FORGOTTEN) => None,
            _ => Some((salt.to_owned(), body.to_owned())),
        };
        let [kind, prev, digest, hash] = [kind, prev, digest, hash].map(str::to_owned);
        let line = Self { seq, at, kind, prev, digest, hash, body };
        let whole = begin == BEGIN && line.is_whole() && line.to_string().trim_end_matches('\n') == text;
        whole.then_some(line)
    }

    fn is_whole(&self) -> bool {
        let head = head(self.seq, self.at, &self.kind, &self.prev, &self.digest);
        let said = self.body.as_ref().is_none_or(|(salt, body)| digest(salt, body) == self.digest);
        said && sha256_hex(head.as_bytes()) == self.hash
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (salt, body) =
            self.body.as_ref().map_or((FORGOTTEN, FORGOTTEN), |(salt, body)| (salt.as_str(), body.as_str()));
        let head = head(self.seq, self.at, &self.kind, &self.prev, &self.digest);
        writeln!(f, "{head} {} {salt} {body}", self.hash)
    }
}

fn head(seq: u64, at: i64, kind: &str, prev: &str, digest: &str) -> String {
    format!("{BEGIN} {seq} {at} {kind} {prev} {digest}")
}

fn digest(salt: &str, body: &str) -> String {
    sha256_hex(format!("{salt} {body}").as_bytes())
}

/// The end of a chain: the last number and its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tip {
    /// The number of the last line; 0 before the first.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
    /// Where the next line begins in the file, in bytes.
    pub offset: u64,
}

impl Default for Tip {
    fn default() -> Self {
        Self { seq: 0, hash: ROOT.to_owned(), offset: 0 }
    }
}

/// What follows the last good line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Nothing.
    Nothing,
    /// So many bytes of a line that was being written when the power went.
    Torn(u64),
    /// Something else stands where this line should, and good ones come after it: the file was damaged or changed.
    Damaged(u64),
}

/// Reads on from a tip. Nothing is skipped: the first line that does not follow ends the reading.
pub fn read(bytes: &[u8], tip: &Tip) -> (Vec<Line>, Tip, Rest) {
    let (mut lines, mut tip, mut rest) = (Vec::new(), tip.clone(), bytes);
    loop {
        if rest.is_empty() {
            return (lines, tip, Rest::Nothing);
        }
        let end = rest.iter().position(|&byte| byte == b'\n');
        let line = end.and_then(|end| parse(&rest[..end]));
        let next = line.filter(|line| line.seq == tip.seq + 1 && line.prev == tip.hash);
        let (Some(line), Some(end)) = (next, end) else {
            // A line is written when the one before it is whole: one that is whole here, or farther on, is no rest of a write.
            let what =
                if has_line(rest) { Rest::Damaged(tip.seq + 1) } else { Rest::Torn(rest.len() as u64) };
            return (lines, tip, what);
        };
        rest = &rest[end + 1..];
        tip = Tip { seq: line.seq, hash: line.hash.clone(), offset: tip.offset + end as u64 + 1 };
        lines.push(line);
    }
}

/// Whether a whole line with its end is somewhere in these bytes, even behind something that should end and does not.
fn has_line(bytes: &[u8]) -> bool {
    let begins = bytes.windows(BEGIN.len()).enumerate().filter(|(_, four)| *four == BEGIN.as_bytes());
    begins.into_iter().any(|(at, _)| {
        let end = bytes[at..].iter().position(|&byte| byte == b'\n');
        end.is_some_and(|end| parse(&bytes[at..at + end]).is_some())
    })
}

fn parse(line: &[u8]) -> Option<Line> {
    Line::parse(std::str::from_utf8(line).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(count: u64) -> String {
        let (mut text, mut prev) = (String::new(), ROOT.to_owned());
        for seq in 1..=count {
            let line =
                Line::new(seq, 1_795_494_607, "report", &prev, "s a l t".replace(' ', ""), "{}".into());
            prev.clone_from(&line.hash);
            text += &line.to_string();
        }
        text
    }

    #[test]
    fn every_flipped_bit_is_seen_and_every_cut_is_torn() {
        let text = chain(3);
        let (lines, tip, rest) = read(text.as_bytes(), &Tip::default());
        assert_eq!((lines.len(), tip.seq, tip.offset, rest), (3, 3, text.len() as u64, Rest::Nothing));
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        for at in 0..text.len() {
            for bit in 0..8 {
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                let (lines, _, rest) = read(&bytes, &Tip::default());
                let own = ends.iter().filter(|&&end| end <= at).count();
                assert_eq!(lines.len(), own, "{at} {bit}");
                let last = own == 2;
                assert_eq!(matches!(rest, Rest::Torn(_)), last, "{at} {bit}");
                assert!(last || rest == Rest::Damaged(own as u64 + 1), "{at} {bit}");
            }
            let (lines, tip, rest) = read(&text.as_bytes()[..at], &Tip::default());
            assert_eq!(lines.len(), ends.iter().filter(|&&end| end <= at).count());
            let torn = at as u64 - tip.offset;
            assert_eq!(rest, if torn == 0 { Rest::Nothing } else { Rest::Torn(torn) });
        }
        // Also one that was taken out, put twice, or put elsewhere.
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for order in [&[0, 2][..], &[0, 0, 1], &[1, 0, 2], &[0, 2, 1]] {
            let text: String = order.iter().map(|&at| lines[at]).collect();
            assert!(matches!(read(text.as_bytes(), &Tip::default()).2, Rest::Damaged(_)));
        }
    }

    #[test]
    fn a_forgotten_body_leaves_the_chain_whole() {
        let (lines, ..) = read(chain(3).as_bytes(), &Tip::default());
        let text: String = lines
            .iter()
            .map(|line| if line.seq == 2 { line.clone().forgotten() } else { line.clone() }.to_string())
            .collect();
        let (again, tip, rest) = read(text.as_bytes(), &Tip::default());
        assert_eq!((again.len(), tip.seq, rest), (3, 3, Rest::Nothing));
        assert_eq!(again[1].body, None);
        assert!(!text.split('\n').nth(1).unwrap().contains("salt"));
    }
}
