//! Codes to be read by a phone's camera, drawn into a picture.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment};

use super::canvas::Canvas;

/// Light squares around a code, which readers need (ISO/IEC 18004, 9.1).
const QUIET: i32 = 4;

/// How much of a code may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worn {
    /// A third: for paper on a door.
    Third,
    /// A little: for a screen, where a long text shall still have large squares.
    Little,
}

/// Draws the code of a text into a white square. None where the text is too long.
pub fn draw(canvas: &Canvas, text: &str, worn: Worn, x: f64, y: f64, size: f64) -> Option<()> {
    let level = match worn {
        Worn::Third => QrCodeEcc::High,
        Worn::Little => QrCodeEcc::Low,
    };
    // As `QrCode::encode_text` would, but for digits alone, which no text here is.
    let is_short = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b' ' | b'$' | b'%' | b'*' | b'+' | b'-' | b'.' | b'/' | b':'));
    let segment =
        if is_short { QrSegment::make_alphanumeric(text) } else { QrSegment::make_bytes(text.as_bytes()) };
    let code = QrCode::encode_segments(&[segment], level).ok()?;
    let across = code.size() + 2 * QUIET;
    // Whole pixels, so that no light line runs between the squares.
    let unit = (size / f64::from(across)).floor();
    let edge = ((size - unit * f64::from(across)) / 2.0).floor();
    canvas.rectangle("#fff", x, y, size, size);
    for row in 0..code.size() {
        for column in 0..code.size() {
            if code.get_module(column, row) {
                let at = |number: i32| edge + f64::from(number + QUIET) * unit;
                canvas.rectangle("#000", x + at(column), y + at(row), unit, unit);
            }
        }
    }
    Some(())
}
