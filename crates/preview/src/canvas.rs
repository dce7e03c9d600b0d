//! A picture in few colours: each pixel is an ink and how much of it.

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use zeno::{Command, Mask, PathBuilder as _, PathData, Transform};

/// What is drawn with: a colour over the ground it lies on, which its edges mix with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink(u8);

type Rgb = [u8; 3];

// The app's light colours, as in `public/styles/tokens.css`.
const PAPER: Rgb = [0xfb, 0xf7, 0xf0];
const WHITE: Rgb = [0xff; 3];
const DARK: Rgb = [0x2a, 0x21, 0x1b];
const GREY: Rgb = [0x66, 0x5a, 0x50];
const RED: Rgb = [0xb9, 0x3c, 0x0a];
const SAND: Rgb = [0xe4, 0xdc, 0xcf];
const AMBER: Rgb = [0x8a, 0x4b, 0x00];
const LIGHT: Rgb = [0xff, 0xf0, 0xd6];

/// Every ink: its ground and its colour.
const INKS: [(Rgb, Rgb); 10] = [
    (PAPER, DARK),
    (PAPER, GREY),
    (PAPER, RED),
    (RED, WHITE),
    (PAPER, SAND),
    (SAND, WHITE),
    (WHITE, DARK),
    (WHITE, RED),
    (PAPER, LIGHT),
    (LIGHT, AMBER),
];
/// Words on the paper.
pub(super) const TEXT: Ink = Ink(0);
/// Words that matter less.
pub(super) const SOFT: Ink = Ink(1);
/// The site's colour on the paper.
pub(super) const ACCENT: Ink = Ink(2);
/// Words and pictures on that.
pub(super) const ON_ACCENT: Ink = Ink(3);
/// A line around something.
pub(super) const LINE: Ink = Ink(4);
/// What is inside of such a line.
pub(super) const CHIP: Ink = Ink(5);
/// Words in there.
pub(super) const CHIP_TEXT: Ink = Ink(6);
/// A picture in there.
pub(super) const CHIP_ACCENT: Ink = Ink(7);
/// A place for words of warning.
pub(super) const TAG: Ink = Ink(8);
/// Such words.
pub(super) const TAG_TEXT: Ink = Ink(9);

/// Steps from an ink's ground to its colour. More look the same in a chat and cost a fifth more bytes.
const STEPS: u8 = 5;

/// A picture being drawn; empty paper first.
pub(super) struct Canvas {
    width: u32,
    height: u32,
    /// Row by row. 0 is paper, then each ink's steps.
    pixels: Vec<u8>,
}

impl Canvas {
    /// Empty paper.
    pub(super) fn new(width: u32, height: u32) -> Self {
        Self { width, height, pixels: vec![0; width as usize * height as usize] }
    }

    /// Fills a path. What lies outside of the picture is cut off.
    pub(super) fn fill(&mut self, ink: Ink, path: impl PathData, transform: Transform) {
        let (coverage, place) = Mask::new(path).transform(Some(transform)).render();
        if place.width == 0 {
            return;
        }
        let first = 1 + ink.0 * STEPS;
        for (y, row) in (place.top..).zip(coverage.chunks_exact(place.width as usize)) {
            for (x, &coverage) in (place.left..).zip(row) {
                // At most STEPS, as coverage is at most 255.
                let steps = (u16::from(coverage) * u16::from(STEPS) + 127) / 255;
                let steps = u8::try_from(steps).unwrap_or(STEPS);
                if let Some(pixel) = self.pixel(x, y).filter(|_| steps > 0) {
                    let new = first + steps - 1;
                    // Where two strokes of an ink meet, the stronger counts.
                    let is_same = (first..first + STEPS).contains(pixel);
                    *pixel = if is_same { new.max(*pixel) } else { new };
                }
            }
        }
    }

    /// Fills a rectangle, `[x, y, width, height]`, with round corners.
    pub(super) fn round_rect(&mut self, ink: Ink, [x, y, width, height]: [f32; 4], radius: f32) {
        let mut path: Vec<Command> = Vec::new();
        path.add_round_rect([x, y], width, height, radius, radius);
        self.fill(ink, path.as_slice(), Transform::IDENTITY);
    }

    fn pixel(&mut self, x: i32, y: i32) -> Option<&mut u8> {
        let (x, y) = (u32::try_from(x).ok()?, u32::try_from(y).ok()?);
        let at = y as usize * self.width as usize + x as usize;
        if x < self.width { self.pixels.get_mut(at) } else { None }
    }

    /// The picture as a file.
    pub(super) fn png(&self) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, self.width, self.height);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_palette(palette());
        encoder.set_compression(Compression::Balanced);
        // After the compression, which brings a filter of its own.
        encoder.set_filter(Filter::NoFilter);
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&self.pixels).ok()?;
        writer.finish().ok()?;
        Some(out)
    }
}

/// Red, green and blue of every value a pixel can have.
fn palette() -> Vec<u8> {
    let mut palette = PAPER.to_vec();
    for (ground, colour) in INKS {
        for step in 1..=u16::from(STEPS) {
            let mix = |(ground, colour): (u8, u8)| {
                let (ground, colour, all) = (u16::from(ground), u16::from(colour), u16::from(STEPS));
                // Between the two, so it fits.
                u8::try_from((ground * (all - step) + colour * step + all / 2) / all).unwrap_or(u8::MAX)
            };
            palette.extend(ground.into_iter().zip(colour).map(mix));
        }
    }
    palette
}
