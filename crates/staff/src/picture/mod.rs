//! Pictures: what a camera made becomes what a phone shows.
//!
//! A photo is read with limits, turned upright, scaled down to [`WIDTHS`] and written anew as WebP and JPEG. Nothing of
//! the original but its pixels goes on: neither where it was taken nor with what.
//!
//! Written with libwebp (the crate `webp`, C built along): encoders in Rust write WebP without loss alone, five times the
//! bytes. What strangers' files reach, the decoders, is Rust.

mod read;
mod write;

pub(crate) use read::{check, decode};
pub(crate) use write::{encode, is_whole};

/// The largest file that is looked at, in bytes.
pub(crate) const MOST_BYTES: u64 = 20 * 1024 * 1024;
/// The most pixels that are decoded.
pub(crate) const MOST_PIXELS: u64 = 50_000_000;
/// The widths a picture is published in, in pixels; never more than it has.
pub(crate) const WIDTHS: [u32; 2] = [480, 960];
/// What a published picture's name ends with, after its base: width by width, and in the order that [`encode`] writes.
pub(crate) const ENDINGS: [&str; 4] = ["_480.webp", "_480.jpg", "_960.webp", "_960.jpg"];
/// Goes up when the same photo becomes other bytes, so that its name does too.
pub(crate) const RECIPE: &[u8] = b"1";
