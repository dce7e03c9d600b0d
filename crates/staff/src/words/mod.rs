//! Every word the tool shows, in Chinese and in English.

pub(crate) mod api;
pub mod change;
pub mod import;
pub mod journal;
mod kinds;
mod lint;
pub mod merge;
mod problem;
pub mod report;
pub mod rider;
pub mod sheet;
mod trouble;

use std::fmt::{Display, Write as _};

pub use kinds::{
    access, amenity, amenity_both, amenity_state, event_kind, notice_kind, role, role_both, station_kind,
};
pub use lint::{kind, level, more};

use crate::progress::Stage;
use crate::source::JsonError;
use crate::trouble::{Item, Level, Report, Trouble};

/// The languages that something is said in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
    /// 中文 / English
    Both,
}

/// The same thing in Chinese and in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Said {
    /// A thing said in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// In the wanted language, or both.
    pub fn get(self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
            Lang::Both => format!("{} / {}", self.zh, self.en),
        }
    }
}

/// What an item says.
pub fn say(item: &Item) -> Said {
    trouble::say(&item.trouble)
}

/// Where in its file something is no JSON: the line, and the column where there is one.
pub(crate) fn place(error: &JsonError) -> (usize, Option<usize>) {
    trouble::place(error)
}

/// An item in one line: file, station, field, what it is.
pub fn line(item: &Item, lang: Lang) -> String {
    let mut line = String::new();
    // Writing to a String does not fail.
    let level = item.trouble.level();
    if level != Level::Error {
        let _ = write!(line, "{} ", self::level(level).get(lang).replace(" / ", "/"));
    }
    line.push_str(item.file);
    if let Trouble::Json(error) = &item.trouble {
        let (at, column) = trouble::place(error);
        let _ = write!(line, ":{at}");
        if let Some(column) = column {
            let _ = write!(line, ":{column}");
        }
    }
    line.push_str(": ");
    if let Some(station) = &item.station {
        let word = Said::new("站点", "station").get(lang).replace(" / ", "/");
        let _ = write!(line, "{word} {}: ", visible(station));
    }
    if !item.path.is_empty() {
        let _ = write!(line, "{}: ", visible(&item.path));
    }
    line + &say(item).get(lang)
}

/// What is being done, for who waits for it.
pub(crate) fn stage(stage: Stage) -> Said {
    let (zh, en) = match stage {
        Stage::Reading => ("读取清单", "reading the list"),
        Stage::Making => ("生成示例", "making stations"),
        Stage::Pages => ("生成网页", "writing pages"),
        Stage::Packing => ("压缩文件", "packing files"),
        Stage::Sheets => ("读取表格", "reading sheets"),
        Stage::Rows => ("导入各行", "taking in rows"),
    };
    Said::new(zh, en)
}

/// The one line at the end of a check.
pub fn summary(report: &Report) -> Said {
    let stations = report.stations;
    let [errors, warnings, advice] =
        [Level::Error, Level::Warning, Level::Advice].map(|level| report.count(level));
    Said::new(
        format!("{stations} 个站点，{errors} 处错误，{warnings} 处警告，{advice} 条建议"),
        format!(
            "{}, {}, {}, {} of advice",
            plural(stations, "station", "stations"),
            plural(errors, "error", "errors"),
            plural(warnings, "warning", "warnings"),
            plural(advice, "piece", "pieces")
        ),
    )
}

/// A number with what is counted, in English: one, or more.
pub(crate) fn plural<N: Copy + Display + PartialEq + From<u8>>(count: N, one: &str, more: &str) -> String {
    let is_one = count == N::from(1);
    format!("{count} {}", if is_one { one } else { more })
}

/// Most characters shown of a value from a file.
const SHOWN: usize = 80;

/// A value from a file, safe to show on a terminal and in a log: on one line, not too long, and with control and
/// invisible characters by their code point.
pub fn visible(value: &str) -> String {
    visible_part(value, SHOWN)
}

/// The same for a text that is to be read to its end.
pub fn visible_whole(value: &str) -> String {
    visible_part(value, usize::MAX)
}

fn visible_part(value: &str, most: usize) -> String {
    let mut out = String::new();
    for (count, c) in value.chars().enumerate() {
        if count == most {
            out.push('…');
            break;
        }
        if is_hidden(c) {
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// A value as JSON, in lines: with hidden characters escaped, as a terminal may be what reads it.
pub(crate) fn json(value: &serde_json::Value) -> String {
    let mut out = String::new();
    for c in format!("{value:#}").chars() {
        if is_hidden(c) && c != '\n' {
            // They stand in texts alone, where an escape says the same.
            out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a character is not seen: control, bidirectional, zero width.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_play_tricks_on_a_terminal() {
        assert_eq!(visible("驿站"), "驿站");
        assert_eq!(visible("a\u{1b}[2J\nb\u{202e}c"), "a<U+001B>[2J<U+000A>b<U+202E>c");
        assert_eq!(visible(&"长".repeat(200)).chars().count(), SHOWN + 1);
        let value = serde_json::json!({"驿\u{9b}": ["a\u{1b}\u{202e}", "\u{e0041}🧨"]});
        let text = json(&value);
        assert_eq!(text, "{\n  \"驿\\u009b\": [\n    \"a\\u001b\\u202e\",\n    \"\\udb40\\udc41🧨\"\n  ]\n}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }
}
