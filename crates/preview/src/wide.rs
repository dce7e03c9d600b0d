//! The image over a link, 1200 by 630: everything that the card says.

use super::canvas::{self, Canvas};
use super::font::Fonts;
use super::{Card, Labelled, SIZES, icon};

const WIDTH: f32 = 1200.0;
/// Chats round the corners and cut the edges.
const MARGIN: f32 = 72.0;
const INNER: f32 = WIDTH - 2.0 * MARGIN;
/// The lowest that anything goes.
const BOTTOM: f32 = 562.0;
/// The name: a short one large on one line, a long one on two.
const NAMES: [(f32, usize); 5] = [(92.0, 1), (80.0, 1), (74.0, 2), (66.0, 2), (58.0, 2)];
/// The same where a line of English follows.
const NAMES_BEFORE_ENGLISH: [(f32, usize); 4] = [(88.0, 1), (76.0, 1), (62.0, 2), (56.0, 2)];
/// A bar at the foot, so that the card ends where it ends on a chat's white.
const FOOT: f32 = 16.0;
const CHIP: f32 = 64.0;
const GAP: f32 = 14.0;

/// Draws a card.
pub(super) fn draw(card: &Card, fonts: &Fonts) -> Canvas {
    let mut canvas = Canvas::new(SIZES[0].width, SIZES[0].height);
    canvas.round_rect(canvas::ACCENT, [0.0, 630.0 - FOOT, WIDTH, FOOT], 0.0);
    head(&mut canvas, card, fonts);
    let y = name(&mut canvas, card, fonts);
    let y = card.lines.iter().fold(y, |y, line| {
        icon::draw(&mut canvas, canvas::SOFT, line.picture, [MARGIN, y + 8.0, 36.0]);
        let at = [MARGIN + 52.0, y + 40.0, INNER - 52.0];
        let size = if fonts.regular.width(&line.words, 38.0) > at[2] { 32.0 } else { 38.0 };
        fonts.regular.write(&mut canvas, canvas::SOFT, &line.words, at, size);
        y + 56.0
    });
    let rows = if BOTTOM - y >= 2.0 * CHIP + 3.0 * GAP { 2 } else { 1 };
    chips(&mut canvas, &card.offers, fonts, rows);
    canvas
}

/// Whose card it is.
fn head(canvas: &mut Canvas, card: &Card, fonts: &Fonts) {
    canvas.round_rect(canvas::ACCENT, [MARGIN, 52.0, 56.0, 56.0], 14.0);
    icon::draw(canvas, canvas::ON_ACCENT, "ui-heart", [MARGIN + 11.0, 63.0, 34.0]);
    let tag = card.tag.as_deref().unwrap_or_default();
    let wide = if tag.is_empty() { 0.0 } else { fonts.bold.width(tag, 28.0) + 40.0 };
    let at = [MARGIN + 74.0, 92.0, INNER - 74.0 - wide - GAP];
    fonts.bold.write(canvas, canvas::ACCENT, &card.brand, at, 34.0);
    if wide > 0.0 {
        let x = WIDTH - MARGIN - wide;
        canvas.round_rect(canvas::TAG, [x, 54.0, wide, 52.0], 26.0);
        fonts.bold.write(canvas, canvas::TAG_TEXT, tag, [x + 20.0, 90.0, wide], 28.0);
    }
}

/// What the link leads to. Gives back where it ends.
fn name(canvas: &mut Canvas, card: &Card, fonts: &Fonts) -> f32 {
    let sizes = if card.english.is_some() { &NAMES_BEFORE_ENGLISH[..] } else { &NAMES };
    let (size, lines) = fonts.bold.fit(&card.name, INNER, sizes);
    let mut y = 130.0;
    for line in &lines {
        y += size * 1.2;
        fonts.bold.write(canvas, canvas::TEXT, line, [MARGIN, y - size * 0.16, INNER], size);
    }
    if let Some(english) = &card.english {
        fonts.regular.write(canvas, canvas::SOFT, english, [MARGIN, y + 38.0, INNER], 34.0);
        y += 50.0;
    }
    y + 14.0
}

/// What the place has, in rows that end at the bottom. What there is no room for is counted.
fn chips(canvas: &mut Canvas, offers: &[Labelled], fonts: &Fonts, most: u8) {
    let wide = |words: &str| 78.0 + fonts.bold.width(words, 32.0) + 24.0;
    let more = |left: usize| format!("+{left}");
    let mut rows: Vec<Vec<(f32, &Labelled)>> = Vec::new();
    let mut x = INNER;
    let mut left = offers.len();
    for offer in offers {
        let width = wide(&offer.words);
        // On the last row stays room for the count of the others.
        let is_last = rows.len() == usize::from(most);
        let kept = if is_last && left > 1 { GAP + fonts.bold.width(&more(left - 1), 32.0) } else { 0.0 };
        if x + width + kept > INNER {
            if is_last {
                break;
            }
            rows.push(Vec::new());
            x = 0.0;
        }
        if let Some(row) = rows.last_mut() {
            row.push((x, offer));
        }
        x += width + GAP;
        left -= 1;
    }
    let mut y = BOTTOM - CHIP;
    for (index, row) in rows.iter().enumerate().rev() {
        for (x, offer) in row {
            let (x, width) = (MARGIN + x, wide(&offer.words));
            canvas.round_rect(canvas::LINE, [x, y, width, CHIP], CHIP / 2.0);
            canvas.round_rect(canvas::CHIP, [x + 2.0, y + 2.0, width - 4.0, CHIP - 4.0], CHIP / 2.0 - 2.0);
            icon::draw(canvas, canvas::CHIP_ACCENT, offer.picture, [x + 26.0, y + 14.0, 36.0]);
            fonts.bold.write(
                canvas,
                canvas::CHIP_TEXT,
                &offer.words,
                [x + 76.0, y + 43.0, f32::INFINITY],
                32.0,
            );
        }
        if index + 1 == rows.len() && left > 0 {
            let at = [MARGIN + x, y + 43.0, f32::INFINITY];
            fonts.bold.write(canvas, canvas::SOFT, &more(left), at, 32.0);
        }
        y -= CHIP + GAP;
    }
}
