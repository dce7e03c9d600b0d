//! What a field may hold, as JSON Schema, and tied to the type that holds it.

use std::fmt::Write as _;
use std::marker::PhantomData;

use domain::dto::StationsDto;
use domain::read::{FILE, HIDDEN, LINE, NOTE, URL};
use domain::station::StationId;
use domain::text::Text;
use serde_json::{Map, Value, json};

use crate::words::Said;

/// What a field of type `T` may hold.
pub(super) struct Rule<T> {
    /// The schema, without its `type`.
    body: Map<String, Value>,
    /// The JSON types that it may be of, null aside.
    types: &'static [&'static str],
    /// What it is called among the definitions, where it is one.
    name: Option<&'static str>,
    of: PhantomData<fn() -> T>,
}

/// Whether a field must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// It must, and not be null.
    Required,
    /// It may be left away, or be null.
    Optional,
}

impl<T> Rule<T> {
    fn new(types: &'static [&'static str], body: Value) -> Self {
        let body = match body {
            Value::Object(body) => body,
            _ => Map::new(),
        };
        Self { body, types, name: None, of: PhantomData }
    }

    /// The same, as a definition of that name.
    fn named(self, name: &'static str) -> Self {
        Self { name: Some(name), ..self }
    }

    /// The same, with values to show what is meant.
    pub(super) fn like(mut self, examples: &[&str]) -> Self {
        self.body.insert("examples".into(), examples.into());
        self
    }

    /// What it is called among the definitions, and its schema there.
    pub(super) fn definition(self) -> (String, Value) {
        let mut schema = Map::new();
        // A scalar may be null unless its field says otherwise, an object is what it is.
        let need = if self.types == ["object"] { Need::Required } else { Need::Optional };
        schema.insert("type".into(), self.type_names(need));
        let Self { body, name, .. } = self;
        schema.extend(body);
        (name.unwrap_or_default().to_owned(), Value::Object(schema))
    }

    /// The schema of a field that holds it.
    pub(super) fn field(self, need: Need, title: &Said, description: &Said) -> Value {
        let mut schema = Map::new();
        schema.insert("title".into(), both(title));
        schema.insert("description".into(), both(description));
        if let Some(name) = self.name {
            schema.insert("$ref".into(), format!("#/$defs/{name}").into());
            if need == Need::Required && self.types != ["object"] {
                schema.insert("type".into(), self.type_names(need));
            }
            // What is said of the values is said here, beside the definition.
            schema.extend(self.body.into_iter().filter(|(key, _)| key == "examples"));
            return Value::Object(schema);
        }
        schema.insert("type".into(), self.type_names(need));
        schema.extend(self.body);
        if let (Need::Optional, Some(Value::Array(words))) = (need, schema.get_mut("enum")) {
            words.push(Value::Null);
        }
        Value::Object(schema)
    }

    fn type_names(&self, need: Need) -> Value {
        let null = (need == Need::Optional).then_some("null");
        match self.types {
            [one] if null.is_none() => (*one).into(),
            types => types.iter().copied().chain(null).collect(),
        }
    }
}

/// Both languages in one text, as an editor shows it.
pub(super) fn both(said: &Said) -> Value {
    format!("{} / {}", said.zh, said.en).into()
}

/// Compiles if a rule is for the type of a field.
pub(super) fn fits<T>(_: Option<&T>, _: &Rule<T>) {}

/// The key of what an editor says where a pattern does not fit, of Visual Studio Code; to others it is a note.
const SAID: &str = "patternErrorMessage";

/// The characters that may not be shown, for a class in a pattern. Above the first plane a pattern needs the flag `u`,
/// with which editors and validators read it.
fn hidden() -> String {
    let mut class = String::new();
    for (from, to) in HIDDEN {
        let (from, to) = (u32::from(from), u32::from(to));
        // Writing to a String does not fail.
        let _ = match (from, to) {
            (0x1_0000.., _) => write!(class, "\\u{{{from:x}}}-\\u{{{to:x}}}"),
            (from, to) if from == to => write!(class, "\\u{from:04x}"),
            _ => write!(class, "\\u{from:04x}-\\u{to:04x}"),
        };
    }
    class
}

/// Words: not only spaces, nothing hidden, so many characters at most.
fn words(max: usize) -> Value {
    let hidden = hidden();
    json!({
        "minLength": 1,
        "maxLength": max,
        "pattern": format!("^[^{hidden}]*[^\\s{hidden}][^{hidden}]*$"),
        SAID: "不能为空，也不能有看不见的字符 / neither empty nor with invisible characters",
    })
}

/// Words of one language on a line.
pub(super) fn line() -> Rule<String> {
    Rule::new(&["string"], words(LINE)).named("line")
}

/// More words of one language.
pub(super) fn note() -> Rule<String> {
    Rule::new(&["string"], words(NOTE)).named("note")
}

/// Words in Chinese, or in both languages, on a line.
pub(super) fn line_text() -> Rule<Text> {
    text(LINE).named("line_text")
}

/// More words in Chinese, or in both languages.
pub(super) fn note_text() -> Rule<Text> {
    text(NOTE).named("note_text")
}

fn text(max: usize) -> Rule<Text> {
    let language = |types: Value, max, title: &str| {
        let mut schema = json!({"title": title, "type": types});
        if let (Value::Object(schema), Value::Object(words)) = (&mut schema, words(max)) {
            schema.extend(words);
        }
        schema
    };
    let mut schema = words(max);
    schema["properties"] = json!({
        "zh": language("string".into(), max, "中文 / Chinese"),
        // English takes about twice the characters of Chinese.
        "en": language(json!(["string", "null"]), max * 2, "英文 / English"),
    });
    schema["required"] = json!(["zh"]);
    close(&mut schema);
    Rule::new(&["string", "object"], schema)
}

/// Nothing but what is named, and notes to oneself: `$…` and `_…`.
fn close(schema: &mut Value) {
    schema["patternProperties"] = json!({"^[$_]": true});
    schema["additionalProperties"] = false.into();
}

/// One of a list of words, each with what it means.
pub(super) fn word<W: Copy>(all: &[W], word: fn(W) -> &'static str, name: fn(W) -> Said) -> Rule<String> {
    let words: Vec<&str> = all.iter().map(|one| word(*one)).collect();
    let names: Vec<Value> = all.iter().map(|one| both(&name(*one))).collect();
    Rule::new(&["string"], json!({"enum": words, "enumDescriptions": names}))
}

const DATE: &str = "[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))";

/// A day.
pub(super) fn date() -> Rule<String> {
    Rule::new(&["string"], json!({"format": "date", "pattern": format!("^{DATE}$"), SAID: "应写作 2026-11-20 / write it like 2026-11-20"})).named("date")
}

/// A day, or a minute of local time.
pub(super) fn moment() -> Rule<String> {
    let pattern = format!("^{DATE}(T([01][0-9]|2[0-3]):[0-5][0-9])?$");
    let said = "应写作 2026-11-20 或 2026-11-20T18:00 / write it like 2026-11-20 or 2026-11-20T18:00";
    Rule::new(&["string"], json!({"pattern": pattern, SAID: said})).named("moment")
}

/// A station's id.
pub(super) fn id() -> Rule<String> {
    let pattern = format!("^[a-z0-9-]{{1,{}}}$", StationId::MAX_LEN);
    let said = "只用小写字母、数字和减号 / small letters, digits and hyphens alone";
    Rule::new(&["string"], json!({"pattern": pattern, SAID: said}))
}

/// An address on the web.
pub(super) fn url() -> Rule<String> {
    let hidden = hidden();
    let host = format!("[^/?#@\\\\<>\"'\\s{hidden}]*");
    let pattern = format!("^https://{host}\\.{host}([/?#][^\\s{hidden}]*)?$");
    Rule::new(
        &["string"],
        json!({"maxLength": URL, "pattern": pattern, SAID: "应是 https:// 网址 / an https:// address"}),
    )
}

/// A picture below `photos/`.
pub(super) fn photo() -> Rule<String> {
    let part = "[A-Za-z0-9_-][A-Za-z0-9._-]*";
    let pattern = format!("^photos/({part}/)*{part}\\.(webp|jpg|jpeg|png)$");
    let said = "应写作 photos/door.jpg：英文文件名，.webp .jpg .png / write it like photos/door.jpg";
    Rule::new(&["string"], json!({"maxLength": FILE, "pattern": pattern, SAID: said}))
}

/// Degrees from the equator or from Greenwich, at most so many.
pub(super) fn degrees(far: u8) -> Rule<f64> {
    Rule::new(&["number"], json!({"minimum": -i16::from(far), "maximum": far}))
}

/// True or false.
pub(super) fn truth() -> Rule<bool> {
    Rule::new(&["boolean"], json!({}))
}

/// A whole number from 0.
pub(super) fn count() -> Rule<u64> {
    Rule::new(&["integer"], json!({"minimum": 0}))
}

/// The number of the schema that this program knows.
pub(super) fn version() -> Rule<u32> {
    Rule::new(&["integer"], json!({"const": domain::SCHEMA}))
}

/// A list of objects that are defined.
pub(super) fn list<T>(entry: &Rule<T>) -> Rule<Vec<T>> {
    let name = entry.name.unwrap_or_default();
    Rule::new(&["array"], json!({"items": {"$ref": format!("#/$defs/{name}")}}))
}

/// An object of those fields, each with whether it must be there.
pub(super) fn object<T>(name: &'static str, fields: Vec<(&'static str, Need, Value)>) -> Rule<T> {
    let required = fields.iter().filter(|(_, need, _)| *need == Need::Required).map(|(key, ..)| *key);
    let mut schema = json!({"required": required.collect::<Vec<_>>()});
    let properties = fields.into_iter().map(|(key, _, field)| (key.to_owned(), field));
    schema["properties"] = Value::Object(properties.collect());
    close(&mut schema);
    Rule::new(&["object"], schema).named(name)
}

impl<T> Rule<T> {
    /// The same, with a rule that is of the object as a whole.
    pub(super) fn with(mut self, more: Value) -> Self {
        if let Value::Object(more) = more {
            self.body.extend(more);
        }
        self
    }
}

impl Rule<StationsDto> {
    /// The schema of the whole file.
    pub(super) fn root(self, title: &Said, description: &Said, definitions: Map<String, Value>) -> Value {
        let mut schema = Map::new();
        schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
        schema.insert("title".into(), both(title));
        schema.insert("description".into(), both(description));
        schema.insert("type".into(), "object".into());
        schema.extend(self.body);
        schema.insert("$defs".into(), definitions.into());
        Value::Object(schema)
    }
}
