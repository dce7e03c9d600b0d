//! Compression, the same bytes every time.

use std::io::{self, Read, Write};

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// For bodies packed while somebody waits, and for files so large that the smallest form would take a minute.
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
    let mut packed = Vec::with_capacity(bytes.len() / 2);
    // Writing to a Vec does not fail; were it to, the empty answer would be caught by whoever unpacks it.
    match gzip_to(&mut &bytes[..], &mut packed, level) {
        Ok(()) => packed,
        Err(_) => Vec::new(),
    }
}

/// The same from and to what is not held as a whole.
pub(crate) fn gzip_to(from: &mut impl Read, to: &mut impl Write, level: Compression) -> io::Result<()> {
    let mut encoder = GzEncoder::new(to, level);
    io::copy(from, &mut encoder)?;
    encoder.finish().map(drop)
}

/// `bytes` in Brotli.
pub(crate) fn brotli(bytes: &[u8], effort: Effort) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len() / 3);
    match brotli_to(&mut &bytes[..], &mut packed, bytes.len(), effort) {
        Ok(()) => packed,
        Err(_) => Vec::new(),
    }
}

/// The same of `len` bytes from and to what is not held as a whole.
pub(crate) fn brotli_to(
    from: &mut impl Read,
    to: &mut impl Write,
    len: usize,
    effort: Effort,
) -> io::Result<()> {
    let params = BrotliEncoderParams {
        quality: effort.quality(),
        // The window that browsers take is 4 MiB; smaller ones cost bytes, larger ones than the file only time.
        lgwin: if len <= 1 << 16 { 16 } else { 22 },
        size_hint: len,
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(from, to, &params).map(drop)
}

/// `bytes` in gzip at its smallest.
pub(crate) fn gzip_small(bytes: &[u8]) -> Vec<u8> {
    gzip(bytes, SMALL)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that gives a few bytes at a time, as a pipe may.
    struct Trickle<'a>(&'a [u8]);

    impl Read for Trickle<'_> {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            let few = to.len().min(700);
            self.0.read(&mut to[..few])
        }
    }

    #[test]
    fn how_the_bytes_come_makes_no_difference() {
        let text: Vec<u8> = (0..30_000_u32).flat_map(|n| (n * n % 7919).to_string().into_bytes()).collect();
        for effort in [Effort::Some, Effort::Much] {
            let mut packed = Vec::new();
            brotli_to(&mut Trickle(&text), &mut packed, text.len(), effort).unwrap();
            assert!(packed == brotli(&text, effort) && packed.len() < text.len());
            let mut unpacked = Vec::new();
            brotli::Decompressor::new(&packed[..], 4096).read_to_end(&mut unpacked).unwrap();
            assert!(unpacked == text);
        }
        let mut packed = Vec::new();
        gzip_to(&mut Trickle(&text), &mut packed, QUICK).unwrap();
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut unpacked).unwrap();
        assert!(unpacked == text && packed.len() < text.len());
    }
}
