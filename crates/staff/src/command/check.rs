//! `staff check`: everything that is wrong, and worth a look.

use std::io::{self, Write as _};
use std::path::PathBuf;

use domain::time::Date;

use super::{code, report_json, system_date, write_report};
use crate::build::broken_photos;
use crate::check;
use crate::cli::day;
use crate::progress::Progress;
use crate::source::Source;
use crate::words::Lang;

/// What to check, and how to tell it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 源文件夹 / source folder
    #[arg(long, value_name = "DIR", default_value = "public")]
    source: PathBuf,
    /// 以这一天为今天，如 2026-11-20；默认取系统日期 / take this day for today; default: the system's date
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
    /// 输出 JSON / print JSON
    #[arg(long)]
    json: bool,
}

/// Checks.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let Args { source, today, json } = args;
    let progress = Progress::new(lang, *json);
    let read = Source::read_telling(source, progress);
    let mut report = check::check(&read, today.unwrap_or_else(system_date));
    // What is found good here must not be refused by the build.
    report.items.extend(broken_photos(&read, source));
    crate::source::sort(&mut report.items);
    let mut out = io::stdout().lock();
    if *json {
        writeln!(out, "{:#}", report_json(&report))?;
    } else {
        write_report(&mut out, &report, lang)?;
    }
    Ok(code(&report))
}
