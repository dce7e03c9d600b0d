//! Compression, the same bytes every time.

use std::io::Write as _;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// For bodies packed while somebody waits.
pub(crate) const QUICK: Compression = Compression::new(5);
/// For files packed once and sent often.
pub(crate) const SMALL: Compression = Compression::new(9);

/// `bytes` in gzip, without a time or a name in its header.
pub(crate) fn gzip(bytes: &[u8], level: Compression) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), level);
    // Writing to a Vec does not fail; were it to, the empty answer would be caught by whoever unpacks it.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default()
}

/// `bytes` in Brotli at its smallest.
pub(crate) fn brotli(bytes: &[u8]) -> Vec<u8> {
    let params = BrotliEncoderParams {
        quality: 11,
        // The window that browsers take, 4 MiB; smaller ones cost bytes.
        lgwin: 22,
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
