//! What importing says.

use super::{Said, problem, visible};
use crate::import::{Change, Field, Note, Place, Why};
use crate::sheet::column_name;

/// Where something stands: file, sheet, row, column.
pub fn place(at: &Place) -> Said {
    let column = at.column.map(column_name);
    let (row, column) = (at.row, column.unwrap_or_default());
    let (file, sheet) = (visible(&at.file), visible(&at.sheet));
    let sheet = if sheet.is_empty() { String::new() } else { format!(" [{sheet}]") };
    match (row, column.as_str()) {
        (0, _) => Said::new(format!("{file}{sheet}"), format!("{file}{sheet}")),
        (row, "") => Said::new(format!("{file}{sheet} 第 {row} 行"), format!("{file}{sheet} row {row}")),
        (row, column) => Said::new(
            format!("{file}{sheet} 第 {row} 行 {column} 列"),
            format!("{file}{sheet} row {row} column {column}"),
        ),
    }
}

/// Why a row is not taken.
pub fn why(why: &Why) -> Said {
    match why {
        Why::NoName => Said::new("没有名称", "no name"),
        Why::NoArea => Said::new("看不出是哪个市、哪个区县", "neither city nor district"),
        Why::BadId => Said::new(
            "编号只能用小写字母、数字和减号，最多 40 个",
            "an id has small letters, digits and hyphens, 40 at most",
        ),
        Why::HalfPoint => Said::new("经度、纬度只有一个", "one of longitude and latitude alone"),
        Why::BadPoint => Said::new("不是坐标", "not a position"),
        Why::BadRaw => {
            Said::new("原始数据被改坏了；删掉这一格再导入", "the raw data are broken; empty the cell")
        }
        Why::Twice { first } => {
            let first = place(first);
            Said::new(format!("与 {} 是同一个站", first.zh), format!("the same station as {}", first.en))
        }
        Why::Rule { path, problem } => {
            let said = problem::say(problem);
            Said::new(format!("{}：{}", visible(path), said.zh), format!("{}: {}", visible(path), said.en))
        }
    }
}

/// A note without its place, and the place.
pub fn note(note: &Note) -> (&Place, Said) {
    match note {
        Note::Column(at, word) => {
            let word = visible(word);
            (at, Said::new(format!("没认出这一列：{word}"), format!("column not understood: {word}")))
        }
        Note::NoHeader(at) => (
            at,
            Said::new(
                "没找到有“名称”一列的表头，整张表没有读",
                "no header with a name column; the sheet was not read",
            ),
        ),
        Note::Cleaned(at, text) => {
            let text = visible(text);
            (
                at,
                Said::new(
                    format!("去掉了看不见的字符：{text}"),
                    format!("invisible characters taken out: {text}"),
                ),
            )
        }
        Note::Word(at, field, word) => {
            let (word, header) = (visible(word), field_word(*field));
            (
                at,
                Said::new(
                    format!("{header}：不认识“{word}”，没有导入"),
                    format!("{header}: \"{word}\" is not known and was left out"),
                ),
            )
        }
        Note::Amenities(at, words) => {
            let words = visible(&words.join("、"));
            (
                at,
                Said::new(
                    format!("不认识的设施写进了公告：{words}"),
                    format!("unknown amenities became a notice: {words}"),
                ),
            )
        }
        Note::Hours(at, text) => {
            let text = visible(text);
            (
                at,
                Said::new(
                    format!("开放时间读不懂，按原文保留：{text}"),
                    format!("opening hours make no sense, kept as written: {text}"),
                ),
            )
        }
        Note::BadDate(at, text) => {
            let text = visible(text);
            (at, Said::new(format!("不是日期，没有导入：{text}"), format!("not a date, left out: {text}")))
        }
        Note::Area(at, text) => {
            let text = visible(text);
            (
                at,
                Said::new(
                    format!("按地址或位置补上：{text}"),
                    format!("taken from the address or the position: {text}"),
                ),
            )
        }
    }
}

fn field_word(field: Field) -> &'static str {
    field.header()
}

/// One field that differs.
pub fn change(change: &Change) -> String {
    let short = |value: &serde_json::Value| match value {
        serde_json::Value::Null => "—".to_owned(),
        serde_json::Value::String(text) => visible(text),
        other => visible(&other.to_string()),
    };
    format!("{}: {} → {}", visible(&change.path), short(&change.before), short(&change.after))
}
