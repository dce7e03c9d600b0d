//! Words, measured, broken into lines and drawn.
//!
//! Glyph after glyph, as Chinese is set: what needs shaping, as Arabic does, is not in the font.

use std::sync::LazyLock;

use ttf_parser::{Face, GlyphId, OutlineBuilder};
use zeno::{Command, Point, Transform};

use super::canvas::{Canvas, Ink};

pub(super) const BOLD: &[u8] = include_bytes!("../fonts/NotoSansSC-Bold.otf");
pub(super) const REGULAR: &[u8] = include_bytes!("../fonts/NotoSansSC-Regular.otf");

/// Stands for a character that the font lacks, as printers mark one that they have no type for.
const GETA: char = '〓';
/// Ends what was cut.
const ELLIPSIS: char = '…';
/// No line begins with these.
const CLOSING: &str = "，。、；：！？）》」』】”’…·%,.;:!?)]}";
/// No line ends with these.
const OPENING: &str = "（《「『【“‘([{";

/// The fonts.
pub(super) struct Fonts {
    pub(super) bold: Font,
    pub(super) regular: Font,
}

impl Fonts {
    /// The fonts, read once; nothing of a glyph is decoded before it is drawn.
    pub(super) fn load() -> Option<&'static Self> {
        static FONTS: LazyLock<Option<Fonts>> =
            LazyLock::new(|| Some(Fonts { bold: Font::read(BOLD)?, regular: Font::read(REGULAR)? }));
        FONTS.as_ref()
    }
}

/// A font.
pub(super) struct Font(Face<'static>);

impl Font {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        Face::parse(bytes, 0).ok().map(Self)
    }

    /// Whether a character is shown, or not seen anyway.
    pub(super) fn can_show(&self, c: char) -> bool {
        c.is_whitespace() || is_unseen(c) || self.0.glyph_index(c).is_some()
    }

    /// A text as it is drawn: on one line, without what is not seen. A letter that the font lacks is marked; a sign that it
    /// lacks, as an emoji, is left out.
    fn drawable(&self, text: &str) -> String {
        let mut out = String::new();
        for c in text.chars() {
            match c {
                c if c.is_whitespace() && (out.is_empty() || out.ends_with(' ')) => {}
                c if c.is_whitespace() => out.push(' '),
                c if is_unseen(c) => {}
                c if self.0.glyph_index(c).is_some() => out.push(c),
                c if c.is_alphanumeric() => out.push(GETA),
                _ => {}
            }
        }
        out.truncate(out.trim_end().len());
        out
    }

    fn scale(&self, size: f32) -> f32 {
        size / f32::from(self.0.units_per_em())
    }

    fn glyph(&self, c: char) -> GlyphId {
        self.0.glyph_index(c).unwrap_or_default()
    }

    fn advance(&self, c: char, size: f32) -> f32 {
        f32::from(self.0.glyph_hor_advance(self.glyph(c)).unwrap_or(0)) * self.scale(size)
    }

    /// How wide a text is at a size, both in pixels.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        self.drawable(text).chars().map(|c| self.advance(c, size)).sum()
    }

    /// Draws a text on one line, cut where it is wider than `width`. `y` is the line that the letters stand on. Gives back
    /// where it ends.
    pub(super) fn write(
        &self,
        canvas: &mut Canvas,
        ink: Ink,
        text: &str,
        [x, y, width]: [f32; 3],
        size: f32,
    ) -> f32 {
        let mut x = x;
        let scale = self.scale(size);
        for c in self.cut(&self.drawable(text), size, width).chars() {
            let mut path = Outline(Vec::new());
            if self.0.outline_glyph(self.glyph(c), &mut path).is_some() {
                canvas.fill(ink, path.0.as_slice(), Transform::new(scale, 0.0, 0.0, -scale, x, y));
            }
            x += self.advance(c, size);
        }
        x
    }

    /// As much of a text as there is room for.
    fn cut(&self, text: &str, size: f32, width: f32) -> String {
        let total: f32 = text.chars().map(|c| self.advance(c, size)).sum();
        if total <= width {
            return text.to_owned();
        }
        let mut left = width - self.advance(ELLIPSIS, size);
        let fits = text.chars().take_while(|&c| {
            left -= self.advance(c, size);
            left >= 0.0
        });
        let fits: String = fits.collect();
        let is_part = |c: char| c.is_ascii_alphanumeric() || "-:".contains(c);
        // Half a number is another number; half a word is better than none.
        let whole = match text[fits.len()..].chars().next() {
            Some(next) if is_part(next) => fits.trim_end_matches(is_part),
            _ => fits.as_str(),
        };
        let whole = whole.trim_end_matches(|c: char| c == ' ' || CLOSING.contains(c) || OPENING.contains(c));
        format!("{}{ELLIPSIS}", if whole.is_empty() { &fits } else { whole })
    }

    /// A text in the largest of `sizes` at which it takes no more lines than go with that size, and those lines; in the last
    /// size cut.
    pub(super) fn fit(&self, text: &str, width: f32, sizes: &[(f32, usize)]) -> (f32, Vec<String>) {
        let text = self.drawable(text);
        let mut fitted = (0.0, Vec::new());
        for &(size, most) in sizes {
            let lines = self.balanced(&text, size, width);
            let fits = lines.len() <= most;
            fitted = (size, lines);
            if fits {
                break;
            }
            let rest = fitted.1.split_off(most.saturating_sub(1)).concat();
            fitted.1.push(self.cut(&rest, size, width));
        }
        fitted
    }

    /// A text in as few lines as there must be, about as wide as each other: a last line of one character looks forgotten.
    fn balanced(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let lines = self.lines(text, size, width);
        if lines.len() < 2 {
            return lines;
        }
        let mut best = lines;
        let mut narrower = width - size / 2.0;
        while narrower > size * 2.0 {
            let lines = self.lines(text, size, narrower);
            if lines.len() > best.len() {
                break;
            }
            best = lines;
            narrower -= size / 2.0;
        }
        best
    }

    /// A text in lines, broken between Chinese characters and between words.
    fn lines(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        let mut used = 0.0;
        for piece in pieces(text) {
            let wide: f32 = piece.trim_end().chars().map(|c| self.advance(c, size)).sum();
            if used > 0.0 && used + wide > width {
                lines.push(String::new());
                used = 0.0;
            }
            used += piece.chars().map(|c| self.advance(c, size)).sum::<f32>();
            if let Some(line) = lines.last_mut() {
                line.push_str(&piece);
            }
        }
        lines
    }
}

/// What stays together on a line: a word with the space after it, a Chinese character, each with the signs that cling to it.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in text.chars() {
        let is_letter = |c: char| c.is_ascii_graphic() || ('\u{a1}'..'\u{2000}').contains(&c);
        let clings = CLOSING.contains(c)
            || c == ' '
            || OPENING.contains(before)
            || (is_letter(c) && is_letter(before));
        match pieces.last_mut().filter(|_| clings) {
            Some(piece) => piece.push(c),
            None => pieces.push(c.into()),
        }
        before = c;
    }
    pieces
}

/// Whether a character has no look of its own: control, direction, zero width, or a choice between looks of the one before.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e01ef}')
}

/// A glyph's outline, as the canvas fills it.
struct Outline(Vec<Command>);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(Command::MoveTo(Point::new(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(Command::LineTo(Point::new(x, y)));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.push(Command::QuadTo(Point::new(x1, y1), Point::new(x, y)));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.push(Command::CurveTo(Point::new(x1, y1), Point::new(x2, y2), Point::new(x, y)));
    }

    fn close(&mut self) {
        self.0.push(Command::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_people_break_them() {
        let fonts = Fonts::load().unwrap();
        // In characters of 10 pixels each.
        for (text, width, expected) in [
            ("太原街工会驿站", 100.0, &["太原街工会驿站"][..]),
            ("太原街工会驿站", 60.0, &["太原街工", "会驿站"]),
            ("驿站（东门）", 50.0, &["驿站（东", "门）"]),
            ("老驿站（东门）", 41.0, &["老驿站", "（东门）"]),
            ("一二三四，五六", 42.0, &["一二三", "四，五六"]),
            ("Union Station", 50.0, &["Union ", "Station"]),
            ("24小时", 30.0, &["24小", "时"]),
            ("", 30.0, &[""]),
        ] {
            assert_eq!(fonts.regular.balanced(text, 10.0, width), expected, "{text}");
        }
    }

    #[test]
    fn no_number_is_cut_in_two() {
        let fonts = Fonts::load().unwrap();
        let cut = |text: &str, width| fonts.regular.cut(text, 10.0, width);
        assert_eq!(cut("周六 09:30-15:30", 500.0), "周六 09:30-15:30");
        assert_eq!(cut("周六、周日 09:30-15:30", 100.0), "周六、周日…");
        assert_eq!(cut("太原街工会驿站", 45.0), "太原街…");
        assert_eq!(cut("Xxxxxxxxxxxxx", 40.0), "Xxxxx…");
    }

    #[test]
    fn what_the_font_lacks_is_marked_or_left_out() {
        let fonts = Fonts::load().unwrap();
        let drawable = |text| fonts.bold.drawable(text);
        assert_eq!(drawable(" 驿\n 站\u{200b}\u{202e} "), "驿 站");
        assert_eq!(drawable("龘站"), "〓站");
        assert_eq!(drawable("热水☕️"), "热水");
    }
}
