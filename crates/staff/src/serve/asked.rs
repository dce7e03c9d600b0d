//! What the headers of a request ask for: packed forms, a part, or only what is not known yet.

use std::ops::Range;

/// A way of packing a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Brotli.
    Brotli,
    /// Gzip.
    Gzip,
}

impl Encoding {
    /// The word in `Content-Encoding`.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// What a precompressed file adds to its name.
    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }
}

/// The packings that `accept`, an `Accept-Encoding`, allows; the smallest first, unless the asker prefers another.
pub(super) fn encodings(accept: &str) -> Vec<Encoding> {
    // In thousandths, as the header has at most three decimals.
    let quality = |wanted: &str| -> u32 {
        let mut any = 0;
        for entry in accept.split(',') {
            let mut fields = entry.split(';').map(str::trim);
            let name = fields.next().unwrap_or("");
            let q = fields.find_map(|field| field.strip_prefix("q=")).map_or(1000, thousandths);
            if name.eq_ignore_ascii_case(wanted) {
                return q;
            }
            if name == "*" {
                any = q;
            }
        }
        any
    };
    let mut found: Vec<(u32, Encoding)> =
        [Encoding::Brotli, Encoding::Gzip].map(|one| (quality(one.word()), one)).to_vec();
    found.retain(|(q, _)| *q > 0);
    // Stable: at equal wish, Brotli stays first.
    found.sort_by_key(|(q, _)| std::cmp::Reverse(*q));
    found.into_iter().map(|(_, one)| one).collect()
}

fn thousandths(q: &str) -> u32 {
    let (whole, part) = q.split_once('.').unwrap_or((q, ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u32>(), digits.parse::<u32>()) {
        (Ok(whole), Ok(part)) => (whole * 1000 + part).min(1000),
        _ => 0,
    }
}

/// Whether `etag` is named by an `If-None-Match`.
pub(super) fn matches_etag(if_none_match: &str, etag: &str) -> bool {
    if_none_match
        .split(',')
        .map(str::trim)
        .any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == etag)
}

/// What a `Range` header asks of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it: no range, several ranges, or a unit that is not bytes.
    All,
    /// These bytes of it.
    Part(Range<usize>),
    /// Bytes that it does not have.
    Beyond,
}

/// What `range`, a `Range` header, asks of a body of `len` bytes.
pub(super) fn wanted(range: &str, len: usize) -> Wanted {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Wanted::All;
    };
    if last.contains(',') {
        return Wanted::All;
    }
    let part = match (first.trim().parse::<usize>(), last.trim().parse::<usize>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(len),
        (Ok(first), Err(_)) if last.trim().is_empty() => first..len,
        (Err(_), Ok(count)) if first.trim().is_empty() => len.saturating_sub(count)..len,
        _ => return Wanted::All,
    };
    if part.start < part.end { Wanted::Part(part) } else { Wanted::Beyond }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_follow_the_wish() {
        use Encoding::{Brotli, Gzip};
        let cases: [(&str, &[Encoding]); 10] = [
            ("", &[]),
            ("identity", &[]),
            ("gzip", &[Gzip]),
            ("gzip, deflate, br, zstd", &[Brotli, Gzip]),
            ("br;q=0, gzip", &[Gzip]),
            ("br;q=0.5, gzip;q=0.9", &[Gzip, Brotli]),
            ("*", &[Brotli, Gzip]),
            ("*;q=0.1, br;q=0.000", &[Gzip]),
            ("GZIP;q=1", &[Gzip]),
            ("br;q=nonsense", &[]),
        ];
        for (accept, expected) in cases {
            assert_eq!(encodings(accept), expected, "{accept}");
        }
    }

    #[test]
    fn etags_match_strong_weak_and_star() {
        assert!(matches_etag(r#""a", "b""#, r#""b""#));
        assert!(matches_etag(r#"W/"b""#, r#""b""#));
        assert!(matches_etag("*", r#""b""#));
        assert!(!matches_etag(r#""a""#, r#""b""#));
        assert!(!matches_etag("", r#""b""#));
    }

    #[test]
    fn ranges() {
        let cases = [
            ("bytes=0-3", Wanted::Part(0..4)),
            ("bytes=4-", Wanted::Part(4..10)),
            ("bytes=-3", Wanted::Part(7..10)),
            ("bytes=-30", Wanted::Part(0..10)),
            ("bytes=8-99", Wanted::Part(8..10)),
            ("bytes=8-18446744073709551615", Wanted::Part(8..10)),
            ("bytes=10-", Wanted::Beyond),
            ("bytes=-0", Wanted::Beyond),
            ("bytes=5-4", Wanted::All),
            ("bytes=0-1,4-5", Wanted::All),
            ("bytes=a-b", Wanted::All),
            ("lines=0-1", Wanted::All),
        ];
        for (range, expected) in cases {
            assert_eq!(wanted(range, 10), expected, "{range}");
        }
        assert_eq!(wanted("bytes=0-", 0), Wanted::Beyond);
    }
}
