//! What becomes of the photos.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::time::SystemTime;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::json;

use super::Site;
use crate::tool::listing;

/// A picture whose left half is red and whose right half is blue.
fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let colour = |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) };
    let mut bytes = Vec::new();
    let picture = DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, colour));
    picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// A JPEG with a camera's notes: who made it, that it lies on its side, and where it was taken.
fn from_a_camera() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x03".to_vec();
    let (text_at, places_at) = (8 + 2 + 3 * 12 + 4, 8 + 2 + 3 * 12 + 4 + 12);
    tiff.extend(entry(0x010F, 2, 12, u32::to_be_bytes(text_at)));
    tiff.extend(entry(0x0112, 3, 1, [0, 6, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, u32::to_be_bytes(places_at)));
    tiff.extend([0; 4]);
    tiff.extend(b"SecretCamera");
    // North, and 41 degrees.
    tiff.extend(2_u16.to_be_bytes());
    tiff.extend(entry(1, 2, 2, *b"N\0\0\0"));
    tiff.extend(entry(2, 5, 1, u32::to_be_bytes(places_at + 2 + 2 * 12 + 4)));
    tiff.extend([0; 4]);
    tiff.extend([41_u32.to_be_bytes(), 1_u32.to_be_bytes()].concat());
    let notes = [b"Exif\0\0", tiff.as_slice()].concat();
    let length = u16::try_from(notes.len() + 2).unwrap().to_be_bytes();
    let plain = picture(1200, 800, ImageFormat::Jpeg);
    [&plain[..2], &[0xFF, 0xE1], &length, &notes, &plain[2..]].concat()
}

impl Site {
    /// Puts a photo beside the data and lets the first station name it.
    fn photo(&self, name: &str, bytes: &[u8]) {
        fs::write(self.folder.path().join("public/data/photos").join(name), bytes).unwrap();
        self.change(|stations| {
            let photos = stations[0]["photos"].as_array_mut().unwrap();
            photos.push(json!({"file": format!("photos/{name}"), "alt": "门"}));
        });
    }

    /// The published photos, by the ends of their names.
    fn published(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        let files = listing(&self.path("data/photos")).into_iter();
        let files = files.map(|(path, bytes)| (path.display().to_string(), bytes.unwrap()));
        let files = files.filter(|(path, _)| path.starts_with(name));
        files.map(|(path, bytes)| (path[path.find('_').unwrap()..].to_owned(), bytes)).collect()
    }
}

#[test]
fn position_and_camera_stay_at_home() {
    let site = Site::new();
    let original = from_a_camera();
    let secrets: [&[u8]; 3] = [b"Exif", b"SecretCamera", b"N\0\0\0"];
    for secret in secrets {
        assert!(original.windows(secret.len()).any(|found| found == secret), "the test is one");
    }
    site.photo("camera.jpg", &original);
    site.build();
    let published = site.published("camera-");
    assert_eq!(published.keys().collect::<Vec<_>>(), ["_480.jpg", "_480.webp", "_960.jpg", "_960.webp"]);
    for (name, bytes) in &published {
        for secret in &secrets[..2] {
            assert!(!bytes.windows(secret.len()).any(|found| found == *secret), "{name}");
        }
        // A WebP's notes have a chunk of their own, a JPEG's a segment.
        assert!(!bytes.windows(4).any(|found| found == b"EXIF" || found == b"XMP "), "{name}");
        assert!(name.contains(".webp") || !bytes.windows(2).any(|found| found == [0xFF, 0xE1]), "{name}");
        // It lay on its side: upright it is higher than wide, and what was left is above.
        let picture = image::load_from_memory(bytes).unwrap().into_rgb8();
        let width = if name.starts_with("_480") { 480 } else { 800 };
        assert_eq!((picture.width(), picture.height()), (width, width * 3 / 2), "{name}");
        let (above, below) =
            (picture.get_pixel(width / 2, 20), picture.get_pixel(width / 2, width * 3 / 2 - 20));
        assert!(
            above[0] > 180 && above[2] < 80 && below[2] > 180 && below[0] < 80,
            "{name}: {above:?} {below:?}"
        );
    }
    assert!(!site.path("data/photos/camera.jpg").exists());
}

#[test]
fn the_data_names_what_is_there() {
    let site = Site::new();
    site.photo("wide.png", &picture(1500, 900, ImageFormat::Png));
    site.build();
    let index: domain::published::Index =
        serde_json::from_slice(&fs::read(site.path("data/index.json")).unwrap()).unwrap();
    let file = index.file(domain::published::FileKind::Root).unwrap();
    let bytes = fs::read(site.path("data").join(&file.path)).unwrap();
    let root: domain::shards::Root = domain::wire::decode(&bytes).unwrap();
    let shards = root.entries.iter().flat_map(|entry| {
        let bytes = fs::read(site.path("data").join(entry.blob.path(entry.below.kind()))).unwrap();
        domain::wire::decode::<Vec<domain::station::Station>>(&bytes).unwrap()
    });
    let with_photos = shards.filter(|station| !station.photos.is_empty());
    let photos: Vec<String> =
        with_photos.flat_map(|station| station.photos).map(|photo| photo.file).collect();
    assert!(
        photos.len() == 2 && photos[0].starts_with("photos/door-") && photos[1].starts_with("photos/wide-")
    );
    for photo in photos {
        for ending in ["_480.webp", "_480.jpg", "_960.webp", "_960.jpg"] {
            assert!(site.path(&format!("data/{photo}{ending}")).is_file(), "{photo}{ending}");
        }
    }
}

#[test]
fn every_bad_photo_is_named_at_once() {
    let site = Site::new();
    let jpeg = picture(200, 100, ImageFormat::Jpeg);
    let png = picture(200, 100, ImageFormat::Png);
    // The measures stand in the head; a PNG that says it is huge and is not.
    let mut huge = png.clone();
    huge[16..24].copy_from_slice(&[0, 0, 0x20, 0, 0, 0, 0x20, 0]);
    let sum = crc32(&huge[12..29]).to_be_bytes();
    huge[29..33].copy_from_slice(&sum);
    let heavy = [jpeg.as_slice(), &vec![0; 20 * 1024 * 1024]].concat();
    let half = &jpeg[..jpeg.len() / 2];
    for (name, bytes) in [
        ("a-cut.jpg", half),
        ("b-cut.png", &png[..png.len() / 2]),
        ("c-script.jpg", b"<script>alert(1)</script>"),
        ("d-empty.png", b""),
        ("e-disguised.jpg", &png),
        ("f-huge.png", &huge),
        ("g-heavy.jpg", &heavy),
        ("h-good.jpg", &jpeg),
    ] {
        site.photo(name, bytes);
    }
    site.change(|stations| stations[1]["kind"] = "firm".into());
    let before = listing(&site.out());
    insta::assert_snapshot!("bad_photos", site.told(&site.run("2026-10-20", &[])));
    assert_eq!(before, listing(&site.out()));
}

#[test]
fn a_photo_is_made_once() {
    let site = Site::new();
    site.photo("wide.jpg", &picture(1500, 900, ImageFormat::Jpeg));
    site.build();
    let large = site.names("data/photos").into_iter().find(|name| name.ends_with("_960.webp")).unwrap();
    let large = site.path("data/photos").join(large);
    let modified = |path: &std::path::Path| -> SystemTime { fs::metadata(path).unwrap().modified().unwrap() };
    let (before, bytes) = (modified(&large), fs::read(&large).unwrap());
    site.build();
    assert_eq!(modified(&large), before);
    // Unless it is no longer whole.
    fs::write(&large, &bytes[..bytes.len() / 2]).unwrap();
    site.build();
    assert_eq!(fs::read(&large).unwrap(), bytes);
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}
