//! Drawing a picture that can be saved: in-app browsers save an `<img>` with a data address, not a canvas and not a
//! `blob:` address.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, window};

/// The fonts of the style sheet, for text in pictures.
const FONTS: &str =
    "system-ui, -apple-system, \"PingFang SC\", \"Noto Sans CJK SC\", \"Microsoft YaHei\", sans-serif";

/// A picture being drawn. Lengths are its pixels, from its upper left corner.
pub struct Canvas {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Canvas {
    /// A white picture; none where the browser has no canvas.
    pub fn new(width: u32, height: u32) -> Option<Self> {
        let canvas = window()?.document()?.create_element("canvas").ok()?;
        let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
        canvas.set_width(width);
        canvas.set_height(height);
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let picture = Self { canvas, context };
        picture.rectangle("#fff", 0.0, 0.0, f64::from(width), f64::from(height));
        Some(picture)
    }

    fn set(&self, name: &str, value: &str) {
        // A colour or font that the browser does not know leaves the one before.
        let _ = Reflect::set(&self.context, &name.into(), &JsValue::from_str(value));
    }

    /// A filled rectangle.
    pub fn rectangle(&self, colour: &str, x: f64, y: f64, width: f64, height: f64) {
        self.set("fillStyle", colour);
        self.context.fill_rect(x, y, width, height);
    }

    /// A filled circle.
    pub fn circle(&self, colour: &str, x: f64, y: f64, radius: f64) {
        self.set("fillStyle", colour);
        self.context.begin_path();
        // Refused only for a negative radius.
        let _ = self.context.arc(x, y, radius, 0.0, core::f64::consts::TAU);
        self.context.fill();
    }

    /// A line through points, or the area inside them.
    pub fn path(&self, colour: &str, width: Option<f64>, points: impl Iterator<Item = (f64, f64)>) {
        self.context.begin_path();
        points.for_each(|(x, y)| self.context.line_to(x, y));
        if let Some(width) = width {
            self.set("strokeStyle", colour);
            self.context.set_line_width(width);
            self.context.stroke();
        } else {
            self.set("fillStyle", colour);
            self.context.fill();
        }
    }

    /// Draws nothing outside of a rectangle from now on.
    pub fn clip(&self, x: f64, y: f64, width: f64, height: f64) {
        self.context.save();
        self.context.begin_path();
        self.context.rect(x, y, width, height);
        self.context.clip();
    }

    /// Draws everywhere again.
    pub fn unclip(&self) {
        self.context.restore();
    }

    /// A line of text; `y` is its base line. No wider than `width`: longer ones are squeezed.
    pub fn text(&self, colour: &str, font: Font, x: f64, y: f64, width: f64, text: &str) {
        self.set_font(font);
        self.set("fillStyle", colour);
        // Refused for numbers that are none.
        let _ = self.context.fill_text_with_max_width(text, x, y, width);
    }

    /// Breaks a text into lines no wider than `width`, at most so many, the last one ending in … where there was more.
    pub fn wrap(&self, font: Font, width: f64, most: usize, text: &str) -> Vec<String> {
        self.set_font(font);
        let fits =
            |line: &str| self.context.measure_text(line).is_ok_and(|measured| measured.width() <= width);
        let mut lines = vec![String::new()];
        for c in text.chars() {
            let Some(line) = lines.last_mut() else { break };
            line.push(c);
            if fits(line) || line.chars().count() == 1 {
                continue;
            }
            line.pop();
            if lines.len() == most {
                // Room for the mark.
                if let Some(line) = lines.last_mut() {
                    line.pop();
                    line.push('…');
                }
                return lines;
            }
            // English words stay whole.
            let last = lines.last_mut().map(|line| {
                let at =
                    line.rfind(' ').filter(|_| c.is_ascii_alphanumeric()).map_or(line.len(), |at| at + 1);
                line.split_off(at)
            });
            lines.push(last.unwrap_or_default() + c.encode_utf8(&mut [0; 4]));
        }
        lines
    }

    fn set_font(&self, font: Font) {
        let weight = if font.bold { "bold " } else { "" };
        self.context.set_font(&format!("{weight}{}px {FONTS}", font.pixels));
    }

    /// The picture as the address of a PNG; none where the browser refuses.
    pub fn address(&self) -> Option<String> {
        self.canvas.to_data_url().ok().filter(|address| address.starts_with("data:image/png"))
    }
}

/// How a text is written.
#[derive(Clone, Copy)]
pub struct Font {
    /// Height of the letters.
    pub pixels: u32,
    /// Heavy.
    pub bold: bool,
}
