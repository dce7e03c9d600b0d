//! From bytes to a JSON value, with what a plain parser would keep to itself: where it stopped, and keys that
//! stand twice in one object, of which it would silently take the last.
//!
//! A long list is given away entry by entry as it is parsed: held as values, the country's stations are gigabytes.

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

/// What is given away of a list while a file is parsed.
pub(super) enum Part {
    /// The list begins; a second time where its key stands twice, and what came before is void.
    Start,
    /// The next entry, and the keys that stand twice in it.
    Entry(Value, Vec<Path>),
}

/// Parses a file. A byte order mark, which Windows editors write, is skipped.
pub(super) fn parse(bytes: &[u8]) -> Result<Parsed, JsonError> {
    parse_list(bytes, None, &mut |_| {})
}

/// Parses a file whose outermost object has a long list: the list's entries are given to `part` one by one, and it is empty
/// in what is given back. All of it is void where there is an error in the end.
pub(super) fn parse_list(
    bytes: &[u8],
    list: Option<&str>,
    part: &mut dyn FnMut(Part),
) -> Result<Parsed, JsonError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = &bytes[..error.valid_up_to()];
        JsonError::NotUtf8 { line: good.split(|&byte| byte == b'\n').count() }
    })?;
    let mut notes = Notes { here: Vec::new(), repeated: Vec::new(), list, part };
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

struct Notes<'p> {
    here: Vec<Step>,
    repeated: Vec<Path>,
    list: Option<&'p str>,
    part: &'p mut dyn FnMut(Part),
}

impl Notes<'_> {
    /// Whether the value here is the list, below the outermost object's key.
    fn is_list(&self) -> bool {
        matches!((&self.here[..], self.list), ([Step::Key(key)], Some(list)) if key == list)
    }
}

/// Reads one value, noting repeated keys on the way.
struct Node<'a, 'p>(&'a mut Notes<'p>);

impl<'p> Node<'_, 'p> {
    fn inside<T>(&mut self, step: Step, read: impl FnOnce(Node<'_, 'p>) -> T) -> T {
        self.0.here.push(step);
        let value = read(Node(self.0));
        self.0.here.pop();
        value
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_, '_> {
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
        let given_away = self.0.is_list();
        for index in 0.. {
            let known = self.0.repeated.len();
            let Some(value) = self.inside(Step::Index(index), |node| seq.next_element_seed(node))? else {
                break;
            };
            if given_away {
                let repeated = self.0.repeated.split_off(known);
                (self.0.part)(Part::Entry(value, repeated));
            } else {
                list.push(value);
            }
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let step = Step::Key(key.clone());
            let value = self.inside(step.clone(), |node| {
                if node.0.is_list() {
                    (node.0.part)(Part::Start);
                }
                map.next_value_seed(node)
            })?;
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
    fn a_list_is_given_away() {
        let mut told = Vec::new();
        let text = br#"{"a": 1, "l": [1, {"x": 1, "x": 2}], "b": {"l": [3]}, "l": [{"y": [4]}], "b": 5}"#;
        let parsed = parse_list(text, Some("l"), &mut |part| {
            told.push(match part {
                Part::Start => "start".to_owned(),
                Part::Entry(value, repeated) => {
                    let repeated: Vec<String> = repeated.iter().map(Path::to_string).collect();
                    format!("{value} {repeated:?}")
                }
            });
        })
        .unwrap();
        assert_eq!(told, ["start", "1 []", r#"{"x":2} ["l[1].x"]"#, "start", r#"{"y":[4]} []"#]);
        assert_eq!(parsed.value, serde_json::json!({"a": 1, "l": [], "b": 5}));
        let repeated: Vec<String> = parsed.repeated.iter().map(Path::to_string).collect();
        assert_eq!(repeated, ["l", "b"]);
        assert!(parse_list(br#"[{"l": [1]}]"#, Some("l"), &mut |_| unreachable!()).is_ok());
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
