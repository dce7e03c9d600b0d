//! The JSON Schema of `stations.json`, for editors: made from the types that read the file, so that a field that is
//! new, gone, or of another type does not compile until it is here too. What a field may hold comes from the domain:
//! its words, its lengths, its hidden characters.
//!
//! By hand and not by a derive: what is required, the patterns and the words are not in the types, where every field is an
//! optional text, but in the reader that judges them; each would be an attribute beside a field, and as far from
//! the reader as here.

mod dtos;
mod rule;

use serde_json::Value;

/// The schema.
pub fn schema() -> Value {
    dtos::file()
}

/// The schema as the text of its file.
pub fn text() -> String {
    format!("{:#}\n", schema())
}
