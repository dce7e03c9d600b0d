//! The image beside a link, 300 by 300: read at the size of a thumb, so it says little and says it large.

use super::canvas::{self, Canvas};
use super::font::Fonts;
use super::{Card, SIZES, icon};

const EDGE: f32 = 300.0;
const MARGIN: f32 = 20.0;
const INNER: f32 = EDGE - 2.0 * MARGIN;
/// How high the band is that says whose card it is.
const BAND: f32 = 60.0;
/// The name, in three lines at most.
const NAMES: [(f32, usize); 4] = [(52.0, 2), (43.0, 3), (37.0, 3), (32.0, 3)];
/// How many things that the place has are shown.
const OFFERS: usize = 5;

/// Draws a card.
pub(super) fn draw(card: &Card, fonts: &Fonts) -> Canvas {
    let mut canvas = Canvas::new(SIZES[1].width, SIZES[1].height);
    canvas.round_rect(canvas::ACCENT, [0.0, 0.0, EDGE, BAND], 0.0);
    icon::draw(&mut canvas, canvas::ON_ACCENT, "ui-heart", [MARGIN, 16.0, 28.0]);
    let at = [MARGIN + 40.0, 40.0, INNER - 40.0];
    fonts.bold.write(&mut canvas, canvas::ON_ACCENT, &card.brand, at, 27.0);

    // The name stands in the middle of what is left.
    let offers = &card.offers[..card.offers.len().min(OFFERS)];
    let area = card.area.as_deref();
    let low =
        EDGE - 16.0 - if offers.is_empty() { 0.0 } else { 46.0 } - if area.is_some() { 34.0 } else { 0.0 };
    let (size, lines) = fonts.bold.fit(&card.name, INNER, &NAMES);
    let high = lines.iter().fold(0.0, |high, _| high + size * 1.18);
    let mut y = BAND + ((low - BAND - high) / 2.0).max(4.0);
    for line in &lines {
        y += size * 1.18;
        fonts.bold.write(&mut canvas, canvas::TEXT, line, [MARGIN, y - size * 0.2, INNER], size);
    }
    if let Some(area) = area {
        fonts.regular.write(&mut canvas, canvas::SOFT, area, [MARGIN, low + 24.0, INNER], 24.0);
    }
    let step = (INNER - 36.0) / 4.0;
    let mut x = MARGIN;
    for offer in offers {
        icon::draw(&mut canvas, canvas::ACCENT, offer.picture, [x, EDGE - 52.0, 36.0]);
        x += step;
    }
    canvas
}
