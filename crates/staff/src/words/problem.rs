//! What the domain finds wrong with a field, in words.

use domain::finding::Problem;
use domain::holidays::HolidayError;

use super::{Said, visible};

/// What a problem says.
pub(super) fn say(problem: &Problem) -> Said {
    match problem {
        Problem::Missing => Said::new("缺少此项", "missing"),
        Problem::WrongType(said) => wrong_type(said),
        Problem::Empty => Said::new("内容为空", "empty"),
        Problem::TooLong { max } => {
            Said::new(format!("太长，最多 {max} 个字"), format!("too long, at most {max} characters"))
        }
        Problem::HiddenCharacter(c) => {
            let code = u32::from(*c);
            Said::new(
                format!("含有看不见的字符 U+{code:04X}，请删去"),
                format!("has an invisible character U+{code:04X}; delete it"),
            )
        }
        Problem::UnknownWord { value, allowed } => {
            let (value, allowed) = (visible(value), allowed.join("、"));
            Said::new(
                format!("不认识“{value}”，只能是：{allowed}"),
                format!("unknown word \"{value}\"; may be: {}", allowed.replace('、', ", ")),
            )
        }
        Problem::BadId(value) => Said::new(
            format!("编号“{}”不合规：只用 1 至 40 个小写字母、数字和 -", visible(value)),
            format!("bad id \"{}\": 1 to 40 lower-case letters, digits and -", visible(value)),
        ),
        Problem::BadUuid(value) => Said::new(
            format!("“{}”不是编号，应是 32 位十六进制数", visible(value)),
            format!("\"{}\" is no number of 32 hexadecimal digits", visible(value)),
        ),
        Problem::Duplicate { first } => Said::new(format!("与 {first} 重复"), format!("the same as {first}")),
        Problem::BadDate(value) => Said::new(
            format!("“{}”不是日期，应写作 2026-11-20", visible(value)),
            format!("\"{}\" is not a date like 2026-11-20", visible(value)),
        ),
        Problem::BadMoment(value) => Said::new(
            format!("“{}”不是时间，应写作 2026-11-20 或 2026-11-20T18:00", visible(value)),
            format!("\"{}\" is not a time like 2026-11-20 or 2026-11-20T18:00", visible(value)),
        ),
        Problem::EndsBeforeStart => Said::new("结束早于开始", "ends before it starts"),
        Problem::HalfPosition => {
            Said::new("经度和纬度要么都写，要么都不写", "latitude and longitude stand or fall together")
        }
        Problem::OffEarth => Said::new("不在地球上", "not a position on Earth"),
        Problem::BadUrl(value) => Said::new(
            format!("“{}”不是可用的 https:// 网址", visible(value)),
            format!("\"{}\" is not a usable https:// address", visible(value)),
        ),
        Problem::BadPath(value) => Said::new(
            format!("“{}”不是 data 文件夹里的普通文件名", visible(value)),
            format!("\"{}\" is not a plain file below the data folder", visible(value)),
        ),
        Problem::UnknownSchema(schema) => Said::new(
            format!("本程序不认识第 {schema} 版格式，请更新程序"),
            format!("this program does not know schema {schema}; update it"),
        ),
        Problem::OutOfRange => Said::new("数值超出范围", "out of range"),
        Problem::Table(error) => holiday_table(error),
    }
}

/// Serde's words, `invalid type: string "x", expected f64`, in the words of people who edit JSON.
fn wrong_type(said: &str) -> Said {
    let parts = said
        .strip_prefix("invalid type: ")
        .or_else(|| said.strip_prefix("invalid value: "))
        .and_then(|rest| rest.rsplit_once(", expected "));
    let Some((found, wanted)) = parts else {
        let said = visible(said);
        return Said::new(format!("类型不对（{said}）"), format!("wrong type ({said})"));
    };
    let (found, wanted) = (found_type(found), wanted_type(wanted));
    // Chinese beside a letter or a digit wants a space.
    let apart = |zh: &str| format!("{}{zh}", if zh.starts_with(|c: char| c.is_ascii()) { " " } else { "" });
    Said::new(
        format!("类型不对：这里是{}，应是{}", apart(&found.zh), apart(&wanted.zh)),
        format!("wrong type: {} where {} belongs", found.en, wanted.en),
    )
}

fn found_type(found: &str) -> Said {
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    let value = visible(value.trim_start_matches("point ").trim_matches(['`', '"']));
    match kind {
        "string" => Said::new(format!("文字“{value}”"), format!("text \"{value}\"")),
        "integer" | "floating" => Said::new(format!("数字 {value}"), format!("number {value}")),
        "boolean" => Said::new(value.as_str(), value.as_str()),
        "null" => Said::new("null", "null"),
        "sequence" => Said::new("列表 […]", "a list […]"),
        "map" => Said::new("对象 {…}", "an object {…}"),
        _ => Said::new(visible(found), visible(found)),
    }
}

fn wanted_type(wanted: &str) -> Said {
    match wanted {
        "a string" => Said::new("文字", "text"),
        "f64" => Said::new("数字", "a number"),
        "u64" | "u32" | "u8" => Said::new("不小于 0 的整数", "a whole number from 0"),
        "i32" => Said::new("整数", "a whole number"),
        "a boolean" => Said::new("true 或 false", "true or false"),
        "a sequence" => Said::new("列表 […]", "a list […]"),
        _ if wanted.starts_with("struct") => Said::new("对象 {…}", "an object {…}"),
        _ if wanted.starts_with("a text") => {
            Said::new("文字，或 {\"zh\": …, \"en\": …}", "text, or {\"zh\": …, \"en\": …}")
        }
        _ => Said::new(visible(wanted), visible(wanted)),
    }
}

fn holiday_table(error: &HolidayError) -> Said {
    match error {
        HolidayError::RangeReversed => Said::new("结束早于开始", "ends before it starts"),
        HolidayError::Outside { date, .. } => {
            Said::new(format!("{date} 不在表的起止日期之内"), format!("{date} is outside of the table"))
        }
        HolidayError::Twice { date, .. } => {
            Said::new(format!("{date} 写了两次"), format!("{date} stands twice"))
        }
    }
}
