//! A JSON file as the journal holds it.

use serde_json::Value as Json;

use super::forget::{contains, rub};
use crate::import::file;

/// A JSON file as it is shown: its text, and its value for changing it.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The value.
    pub value: Json,
    indent: usize,
    /// The text, where it is known to be that of the value.
    text: Option<Vec<u8>>,
}

impl View {
    /// The view of a text, which is kept as it is until something changes.
    pub fn of(text: &[u8]) -> Option<Self> {
        let plain = std::str::from_utf8(text).ok()?;
        let plain = plain.strip_prefix('\u{feff}').unwrap_or(plain);
        let value: Json = serde_json::from_str(plain).ok().filter(Json::is_object)?;
        let line = plain.lines().nth(1).unwrap_or_default();
        let indent = (line.len() - line.trim_start_matches(' ').len()).clamp(1, 8);
        Some(Self { value, indent, text: Some(text.to_owned()) })
    }

    /// The view of a value that has no file yet.
    pub const fn new(value: Json) -> Self {
        Self { value, indent: 2, text: None }
    }

    /// Its text.
    pub fn text(&mut self) -> &[u8] {
        let Self { value, indent, text } = self;
        // A value is always writable; nothing would be written otherwise.
        text.get_or_insert_with(|| file::text(value, *indent).unwrap_or_default())
    }

    pub(super) fn change(&mut self) -> &mut Json {
        self.text = None;
        &mut self.value
    }

    /// Takes a text out of it; whether it was there.
    pub(super) fn rub(&mut self, text: &str) -> bool {
        let found = contains(&self.value, text);
        if found {
            rub(self.change(), text);
        }
        found
    }
}
