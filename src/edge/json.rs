//! Reading a small JSON text with the browser's own parser.

use wasm_bindgen::{JsCast, JsValue};

/// A value of a JSON text.
pub struct Json(JsValue);

impl Json {
    /// Parses `text`.
    pub fn parse(text: &str) -> Option<Self> {
        js_sys::JSON::parse(text).ok().map(Self)
    }

    /// The member of an object.
    pub fn get(&self, key: &str) -> Option<Self> {
        js_sys::Reflect::get(&self.0, &JsValue::from_str(key))
            .ok()
            .filter(|value| !value.is_undefined())
            .map(Self)
    }

    /// A text.
    pub fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    /// Whether it is `true`, and nothing that is merely like it.
    pub fn is_true(&self) -> bool {
        self.0.as_bool() == Some(true)
    }

    /// A whole number from 0 to 2^53.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be whole and in range"
    )]
    pub fn whole(&self) -> Option<u64> {
        let number = self.0.as_f64()?;
        (number.fract() == 0.0 && (0.0..=9_007_199_254_740_992.0).contains(&number)).then_some(number as u64)
    }

    /// The entries of an array.
    pub fn entries(&self) -> Option<Vec<Self>> {
        let array: &js_sys::Array = self.0.dyn_ref()?;
        Some(array.iter().map(Self).collect())
    }
}
