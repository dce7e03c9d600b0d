//! Compression, the same bytes every time.

use std::io::Write as _;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// For bodies packed while somebody waits.
pub(crate) const QUICK: Compression = Compression::new(5);
/// For files packed once and sent often.
pub(crate) const SMALL: Compression = Compression::new(9);

/// How hard Brotli tries. Each step down is some tenfold faster and some 5 % larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// Every byte counts.
    Most,
    /// For files so large that the most would take minutes.
    Much,
    /// For files so large or so many that more would take an hour.
    Some,
}

impl Effort {
    /// What a file of `len` bytes is worth: the app and a city's data the most, a country's download some.
    pub(crate) const fn of_len(len: usize) -> Self {
        const MIB: usize = 1 << 20;
        if len <= 2 * MIB {
            Self::Most
        } else if len <= 16 * MIB {
            Self::Much
        } else {
            Self::Some
        }
    }

    const fn quality(self) -> i32 {
        match self {
            Self::Most => 11,
            Self::Much => 9,
            Self::Some => 5,
        }
    }
}

/// `bytes` in gzip, without a time or a name in its header.
pub(crate) fn gzip(bytes: &[u8], level: Compression) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), level);
    // Writing to a Vec does not fail; were it to, the empty answer would be caught by whoever unpacks it.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default()
}

/// `bytes` in Brotli.
pub(crate) fn brotli(bytes: &[u8], effort: Effort) -> Vec<u8> {
    let params = BrotliEncoderParams {
        quality: effort.quality(),
        // The window that browsers take is 4 MiB; smaller ones cost bytes, larger ones than the file only time.
        lgwin: if bytes.len() <= 1 << 16 { 16 } else { 22 },
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::with_capacity(bytes.len() / 3);
    let mut input = bytes;
    match brotli::BrotliCompress(&mut input, &mut packed, &params) {
        Ok(_) => packed,
        Err(_) => Vec::new(),
    }
}

/// `bytes` in gzip at its smallest.
pub(crate) fn gzip_small(bytes: &[u8]) -> Vec<u8> {
    gzip(bytes, SMALL)
}
