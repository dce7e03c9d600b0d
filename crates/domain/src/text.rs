//! Words that are shown: Chinese always, English beside it where somebody wrote it.
//!
//! In the data a text is either `"中文"` or `{"zh": "中文", "en": "English"}`.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A language the app speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// 简体中文, the first language: every text has it.
    #[default]
    Zh,
    /// English.
    En,
}

/// A text in Chinese, and in English where it was translated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text {
    zh: String,
    en: Option<String>,
}

impl Text {
    /// A text in Chinese alone.
    pub fn zh(zh: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: None }
    }

    /// A text in both languages.
    pub fn both(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: Some(en.into()) }
    }

    /// The text in `lang`, falling back to Chinese where there is no translation.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => self.en.as_deref().unwrap_or(&self.zh),
        }
    }

    /// The language that [`Text::get`] really answers in, for an element's `lang` attribute.
    pub fn lang(&self, wanted: Lang) -> Lang {
        if self.en.is_some() { wanted } else { Lang::Zh }
    }

    /// The English text, if somebody translated it.
    pub fn english(&self) -> Option<&str> {
        self.en.as_deref()
    }
}

/// Whether `part` occurs in `text`, as [`str::contains`] says. That prepares for long texts, which these are not, and is a kilobyte of the
/// app's download.
pub fn holds(text: &str, part: &str) -> bool {
    part.is_empty() || text.as_bytes().windows(part.len()).any(|window| window == part.as_bytes())
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return (&self.zh, &self.en).serialize(serializer);
        }
        match &self.en {
            None => serializer.serialize_str(&self.zh),
            Some(en) => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("zh", &self.zh)?;
                map.serialize_entry("en", en)?;
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Text {
    // By hand and not `#[serde(untagged)]`: that buffers the value and answers "did not match any variant",
    // which tells an editor nothing.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or {\"zh\", \"en\"}")
            }

            fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Text, E> {
                Ok(Text::zh(value))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let (mut zh, mut en) = (None, None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "zh" => zh = Some(map.next_value()?),
                        "en" => en = map.next_value()?,
                        _ => drop(map.next_value::<serde::de::IgnoredAny>()?),
                    }
                }
                let zh = zh.ok_or_else(|| serde::de::Error::missing_field("zh"))?;
                Ok(Text { zh, en })
            }
        }

        if !deserializer.is_human_readable() {
            let (zh, en) = Deserialize::deserialize(deserializer)?;
            return Ok(Self { zh, en });
        }
        deserializer.deserialize_any(TextVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_where_it_is() {
        for (text, part) in [
            ("浑南区", "南"),
            ("浑南区", "区"),
            ("浑南区", ""),
            ("", ""),
            ("aab", "ab"),
            ("iPhone", "iPad"),
            ("a", "ab"),
        ] {
            assert_eq!(holds(text, part), text.contains(part), "{text} {part}");
        }
    }

    #[test]
    fn both_forms_read_and_write_back() {
        for json in [r#""驿站""#, r#"{"zh":"驿站","en":"Station"}"#] {
            let text: Text = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&text).unwrap(), json);
        }
    }

    #[test]
    fn english_falls_back_to_chinese() {
        let text = Text::zh("驿站");
        assert_eq!(text.get(Lang::En), "驿站");
        assert_eq!(text.lang(Lang::En), Lang::Zh);
        assert_eq!(Text::both("驿站", "Station").get(Lang::En), "Station");
    }

    #[test]
    fn other_shapes_are_refused() {
        for json in ["1", "null", "[]", r#"{"en":"Station"}"#, r#"{"zh":1}"#] {
            assert!(serde_json::from_str::<Text>(json).is_err(), "{json}");
        }
    }
}
