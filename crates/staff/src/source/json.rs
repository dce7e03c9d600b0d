//! From bytes to a JSON value, with what a plain parser would keep to itself: where it stopped, and keys that
//! stand twice in one object, of which it would silently take the last.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::path::{Path, Step};

/// Why bytes are no JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonError {
    /// Not UTF-8 from this line on, counted from 1.
    NotUtf8 {
        /// The line.
        line: usize,
    },
    /// Not JSON from this place on.
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1; 0 where the line is not there any more.
        column: usize,
        /// What the parser said, in English.
        said: String,
    },
}

/// A parsed file.
#[derive(Debug)]
pub(super) struct Parsed {
    /// What it holds.
    pub(super) value: Value,
    /// The keys that stand twice in one object, each once more than it should.
    pub(super) repeated: Vec<Path>,
}

/// Parses a file. A byte order mark, which Windows editors write, is skipped.
pub(super) fn parse(bytes: &[u8]) -> Result<Parsed, JsonError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = &bytes[..error.valid_up_to()];
        JsonError::NotUtf8 { line: good.split(|&byte| byte == b'\n').count() }
    })?;
    let mut notes = Notes::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Node(&mut notes).deserialize(&mut deserializer).map_err(|error| syntax(&error))?;
    deserializer.end().map_err(|error| syntax(&error))?;
    Ok(Parsed { value, repeated: notes.repeated })
}

fn syntax(error: &serde_json::Error) -> JsonError {
    let said = error.to_string();
    // The place is told apart, so that it can be shown as file:line:column.
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said).to_owned();
    JsonError::Syntax { line: error.line(), column: error.column(), said }
}

#[derive(Default)]
struct Notes {
    here: Vec<Step>,
    repeated: Vec<Path>,
}

/// Reads one value, noting repeated keys on the way.
struct Node<'a>(&'a mut Notes);

impl Node<'_> {
    fn inside<T>(&mut self, step: Step, read: impl FnOnce(Node<'_>) -> T) -> T {
        self.0.here.push(step);
        let value = read(Node(self.0));
        self.0.here.pop();
        value
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = self.inside(Step::Index(list.len()), |node| seq.next_element_seed(node))? {
            list.push(value);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let step = Step::Key(key.clone());
            let value = self.inside(step.clone(), |node| map.next_value_seed(node))?;
            if object.insert(key, value).is_some() {
                let here = self.0.here.iter().cloned().chain([step]).collect();
                self.0.repeated.push(here);
            }
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_as_a_plain_parser_reads_them() {
        let text = r#"{"a": [1, -2, 2.5, null, true, "驿\u7ad9", {"b": {}}], "c": []}"#;
        let parsed = parse(text.as_bytes()).unwrap();
        assert_eq!(parsed.value, serde_json::from_str::<Value>(text).unwrap());
        assert!(parsed.repeated.is_empty());
    }

    #[test]
    fn keys_that_stand_twice_are_named() {
        let parsed = parse(br#"{"a": [{"x": 1}, {"x": 1, "y": 2, "x": 3}], "a": 1}"#).unwrap();
        let repeated: Vec<String> = parsed.repeated.iter().map(Path::to_string).collect();
        assert_eq!(repeated, ["a[1].x", "a"]);
    }

    #[test]
    fn the_place_is_told() {
        let syntax = |line, column, said: &str| Err(JsonError::Syntax { line, column, said: said.into() });
        let cases: [(&[u8], Result<(), JsonError>); 7] = [
            (b"\xEF\xBB\xBF{}", Ok(())),
            (b"", syntax(1, 0, "EOF while parsing a value")),
            (b"{\n  \"a\": 1,\n}", syntax(3, 1, "trailing comma")),
            (b"{} {}", syntax(1, 4, "trailing characters")),
            (b"{\"a\": 1e999}", syntax(1, 11, "number out of range")),
            (b"{\"a\":\n\"\xFF\"}", Err(JsonError::NotUtf8 { line: 2 })),
            (b"{\"a\": NaN}", syntax(1, 7, "expected value")),
        ];
        for (bytes, expected) in cases {
            assert_eq!(parse(bytes).map(|_| ()), expected, "{}", String::from_utf8_lossy(bytes));
        }
        assert!(matches!(parse("[".repeat(100_000).as_bytes()), Err(JsonError::Syntax { .. })));
    }
}
