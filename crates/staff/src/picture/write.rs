//! Writing pictures for phones.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ExtendedColorType};
use webp::PixelLayout;

use super::{ENDINGS, WIDTHS};

/// Where WebP stops getting visibly better for a photo of a door.
const WEBP_QUALITY: f32 = 72.0;
/// The same for JPEG, which the oldest phones get.
const JPEG_QUALITY: u8 = 78;

/// A picture in every width and kind, each with the ending of its name. None where it cannot be written.
pub(crate) fn encode(picture: &DynamicImage) -> Option<Vec<(&'static str, Vec<u8>)>> {
    let mut endings = ENDINGS.into_iter();
    let mut out = Vec::with_capacity(ENDINGS.len());
    for width in WIDTHS {
        let scaled = scale(picture, width);
        let scaled = scaled.as_ref().unwrap_or(picture).to_rgb8();
        let (width, height) = scaled.dimensions();
        let webp = webp::Encoder::new(&scaled, PixelLayout::Rgb, width, height);
        out.push((endings.next()?, webp.encode_simple(false, WEBP_QUALITY).ok()?.to_vec()));
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY)
            .encode(&scaled, width, height, ExtendedColorType::Rgb8)
            .ok()?;
        out.push((endings.next()?, jpeg));
    }
    Some(out)
}

/// The picture at a width; none where it has no more than that.
fn scale(picture: &DynamicImage, width: u32) -> Option<DynamicImage> {
    if picture.width() <= width {
        return None;
    }
    let height = u64::from(picture.height()) * u64::from(width) / u64::from(picture.width());
    let height = u32::try_from(height).unwrap_or(1).max(1);
    Some(picture.resize_exact(width, height, FilterType::Lanczos3))
}

/// Whether bytes look like a picture that was written to its end.
pub(crate) fn is_whole(bytes: &[u8]) -> bool {
    match bytes {
        [b'R', b'I', b'F', b'F', a, b, c, d, ..] => {
            u64::from(u32::from_le_bytes([*a, *b, *c, *d])) + 8 == bytes.len() as u64
        }
        [0xFF, 0xD8, .., 0xFF, 0xD9] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(width: u32, height: u32) -> Vec<(&'static str, u32, u32)> {
        let picture = DynamicImage::new_rgb8(width, height);
        let written = encode(&picture).unwrap();
        let size = |(ending, bytes): (&'static str, Vec<u8>)| {
            assert!(is_whole(&bytes) && !is_whole(&bytes[..bytes.len() - 1]), "{ending}");
            let picture = image::load_from_memory(&bytes).unwrap();
            (ending, picture.width(), picture.height())
        };
        written.into_iter().map(size).collect()
    }

    #[test]
    fn never_larger_than_it_was() {
        for (from, small, large) in [
            ((1920, 1080), (480, 270), (960, 540)),
            ((700, 500), (480, 342), (700, 500)),
            ((100, 300), (100, 300), (100, 300)),
            ((4000, 1), (480, 1), (960, 1)),
        ] {
            let expected = [small, small, large, large];
            let expected: Vec<_> =
                ENDINGS.into_iter().zip(expected).map(|(ending, (w, h))| (ending, w, h)).collect();
            assert_eq!(sizes(from.0, from.1), expected);
        }
    }
}
