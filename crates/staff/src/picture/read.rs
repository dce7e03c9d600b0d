//! Reading photos that nobody vouches for.

use std::fs;
use std::io::{BufReader, Cursor, Read as _};
use std::path::Path;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

use super::{MOST_BYTES, MOST_PIXELS};
use crate::trouble::PhotoTrouble;

/// Bytes that tell what a file is.
const HEAD: usize = 64;
/// Sixteen bits each of red, green, blue and opacity.
const BYTES_PER_PIXEL: u64 = 8;

/// The kind that a file's name promises.
fn promised(path: &Path) -> Option<ImageFormat> {
    match path.extension()?.to_str()? {
        "jpg" | "jpeg" => Some(ImageFormat::Jpeg),
        "png" => Some(ImageFormat::Png),
        "webp" => Some(ImageFormat::WebP),
        _ => None,
    }
}

/// What is wrong with a photo as far as can be said without decoding it: its size, its kind, its measures.
pub(crate) fn check(path: &Path) -> Result<(), PhotoTrouble> {
    let unreadable = |error: std::io::Error| PhotoTrouble::Unreadable(error.kind());
    let format = promised(path).ok_or(PhotoTrouble::NotAPicture)?;
    if fs::metadata(path).map_err(unreadable)?.len() > MOST_BYTES {
        return Err(PhotoTrouble::TooHeavy);
    }
    let mut head = Vec::new();
    let file = fs::File::open(path).map_err(unreadable)?;
    file.take(HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
    is_what_it_says(&head, format)?;
    let file = BufReader::new(fs::File::open(path).map_err(unreadable)?);
    let decoder = ImageReader::with_format(file, format).into_decoder().map_err(|_| PhotoTrouble::Broken)?;
    fits(decoder.dimensions())
}

/// The picture in the bytes of the file `path`: upright, without opacity, in eight bits.
pub(crate) fn decode(path: &Path, bytes: &[u8]) -> Result<DynamicImage, PhotoTrouble> {
    let format = promised(path).ok_or(PhotoTrouble::NotAPicture)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(PhotoTrouble::TooHeavy);
    }
    is_what_it_says(bytes, format)?;
    if format == ImageFormat::Jpeg && !jpeg_ends(bytes) {
        return Err(PhotoTrouble::Broken);
    }
    let broken = |_| PhotoTrouble::Broken;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_PIXELS * BYTES_PER_PIXEL);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    fits(decoder.dimensions())?;
    // What cannot be read of the camera's notes is as good as not written.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(orientation);
    Ok(DynamicImage::ImageRgb8(on_white(picture)))
}

fn is_what_it_says(head: &[u8], format: ImageFormat) -> Result<(), PhotoTrouble> {
    match image::guess_format(head) {
        Ok(found) if found == format => Ok(()),
        Ok(_) => Err(PhotoTrouble::Disguised),
        Err(_) => Err(PhotoTrouble::Broken),
    }
}

fn fits((width, height): (u32, u32)) -> Result<(), PhotoTrouble> {
    if width == 0 || height == 0 {
        Err(PhotoTrouble::Broken)
    } else if u64::from(width) * u64::from(height) > MOST_PIXELS {
        Err(PhotoTrouble::TooManyPixels { width, height })
    } else {
        Ok(())
    }
}

/// Whether a JPEG's data ends as it should; the decoder would fill up one that was cut with grey.
fn jpeg_ends(bytes: &[u8]) -> bool {
    const SCAN: u8 = 0xDA;
    let mut at = 2;
    // The segments up to the first scan say how long they are; a preview in one of them has its own end.
    while let Some([0xFF, kind, rest @ ..]) = bytes.get(at..) {
        match (*kind, rest) {
            (SCAN, rest) => return rest.windows(2).any(|pair| pair == [0xFF, 0xD9]),
            (0xFF, _) => at += 1,
            (_, [high, low, ..]) => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
            _ => return false,
        }
    }
    false
}

/// A picture without opacity: what shines through is white, as the page of a book.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let mut out = RgbImage::new(picture.width(), picture.height());
    for (to, from) in out.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, opacity] = from.0.map(u16::from);
        // At most 255, as both weights together are 255.
        let mix = |colour: u16| u8::try_from((colour * opacity + 255 * (255 - opacity)) / 255).unwrap_or(255);
        *to = Rgb([mix(red), mix(green), mix(blue)]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_jpeg_has_no_end() {
        let mut bytes = Vec::new();
        let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(40, 30, Rgb([200, 10, 10])));
        picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Jpeg).unwrap();
        let path = Path::new("door.jpg");
        assert!(decode(path, &bytes).is_ok());
        for len in [0, 1, 2, 20, bytes.len() / 2, bytes.len() - 1] {
            assert_eq!(decode(path, &bytes[..len]).err(), Some(PhotoTrouble::Broken), "{len}");
        }
        assert_eq!(decode(Path::new("door.png"), &bytes).err(), Some(PhotoTrouble::Disguised));
    }

    #[test]
    fn what_shines_through_is_white() {
        let clear =
            image::RgbaImage::from_fn(2, 1, |x, _| image::Rgba([10, 20, 30, if x == 0 { 0 } else { 255 }]));
        let flat = on_white(DynamicImage::ImageRgba8(clear));
        assert_eq!((flat.get_pixel(0, 0).0, flat.get_pixel(1, 0).0), ([255, 255, 255], [10, 20, 30]));
    }
}
