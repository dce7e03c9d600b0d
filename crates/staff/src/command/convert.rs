//! `staff convert`: points between the three datums, as a filter.

use std::io::{self, BufRead as _, BufWriter, Write};

use serde_json::{Value, json};

use super::{GOOD, REFUSED};
use crate::convert::{Crs, LineError, line};
use crate::words::{Lang, Said, visible};

/// The longest line taken in, in bytes; no point is longer.
const LONGEST: u64 = 4096;

/// From where to where.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 原来的坐标系：wgs84（GPS、天地图）gcj02（高德、腾讯）bd09（百度）/ whose points they are
    #[arg(long, value_enum, value_name = "wgs84|gcj02|bd09", hide_possible_values = true)]
    from: Crs,
    /// 要换成的坐标系 / whose points they become
    #[arg(long, value_enum, value_name = "wgs84|gcj02|bd09", hide_possible_values = true)]
    to: Crs,
    /// 输出 JSON，每行一个对象 / print JSON, an object a line
    #[arg(long)]
    json: bool,
}

/// Converts standard input to standard output, a line for a line. What is no point becomes an empty line, so that the
/// lines still match, and is named with its number to standard error; the rest is converted all the same.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let Args { from, to, json } = args;
    let mut input = io::stdin().lock();
    let mut out = BufWriter::new(io::stdout().lock());
    let mut code = GOOD;
    let mut bytes = Vec::new();
    for number in 1_u64.. {
        bytes.clear();
        if io::Read::take(&mut input, LONGEST).read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        if bytes.len() as u64 == LONGEST && bytes.last() != Some(&b'\n') {
            input.skip_until(b'\n')?;
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| LineError::NotText);
        let done = text.and_then(|text| line(text, *from, *to));
        if let Err(error) = done {
            code = REFUSED;
            if !json {
                let said = bad_line(number, error, &String::from_utf8_lossy(&bytes));
                writeln!(io::stderr(), "{}", said.get(lang))?;
            }
        }
        if *json {
            writeln!(out, "{}", line_json(number, &done))?;
        } else {
            writeln!(out, "{}", done.ok().flatten().unwrap_or_default())?;
        }
    }
    out.flush()?;
    Ok(code)
}

fn line_json(number: u64, done: &Result<Option<String>, LineError>) -> Value {
    match done {
        Ok(point) => json!({"line": number, "ok": true, "point": point}),
        Err(error) => {
            let Said { zh, en } = say(*error);
            json!({"line": number, "ok": false, "zh": zh, "en": en})
        }
    }
}

fn bad_line(number: u64, error: LineError, text: &str) -> Said {
    let (Said { zh, en }, text) = (say(error), visible(text.trim_end()));
    Said::new(format!("第 {number} 行：{zh}：{text}"), format!("line {number}: {en}: {text}"))
}

fn say(error: LineError) -> Said {
    match error {
        LineError::NotTwo => {
            Said::new("应是两个数“经度,纬度”", "should be two numbers, longitude and latitude")
        }
        LineError::Longitude => {
            Said::new("经度应在 -180 到 180 之间", "the longitude is not within -180 to 180")
        }
        LineError::Latitude => Said::new("纬度应在 -90 到 90 之间", "the latitude is not within -90 to 90"),
        LineError::Swapped => Said::new(
            "经度和纬度像是写反了，应是经度在前",
            "longitude and latitude look swapped; the longitude comes first",
        ),
        LineError::NotText => Said::new("不是 UTF-8 文本", "not text in UTF-8"),
    }
}
