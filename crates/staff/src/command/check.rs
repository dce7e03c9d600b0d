//! `staff check`: everything that is wrong, and worth a look.

use std::io::{self, Write as _};
use std::path::PathBuf;

use domain::time::Date;

use super::{DISK, GOOD, REFUSED, report_json, system_date, write_report};
use crate::build::broken_photos;
use crate::check;
use crate::cli::day;
use crate::progress::Progress;
use crate::source::Source;
use crate::trouble::{Keep, Level, Report};
use crate::words::{self, Lang};

/// What to check, and how to tell it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 源文件夹 / source folder
    #[arg(long, value_name = "DIR", default_value = "public")]
    source: PathBuf,
    /// 以这一天为今天，如 2026-11-20；默认取系统日期 / take this day for today; default: the system's date
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
    /// 有这个级别或更重的问题就以 1 退出 / exit with 1 for problems of this level or worse
    #[arg(
        long,
        value_enum,
        value_name = "error|warning|advice",
        hide_possible_values = true,
        default_value = "error"
    )]
    fail_on: Level,
    /// 全部列出，不省略 / list everything
    #[arg(long)]
    all: bool,
    /// 输出 JSON，总是全部列出 / print JSON, always with everything
    #[arg(long)]
    json: bool,
}

/// Checks.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let Args { source, today, fail_on, all, json } = args;
    let progress = Progress::new(lang, *json);
    let read = Source::read_telling(source, progress);
    let keep = if *all || *json { Keep::ALL } else { Keep::FEW };
    let mut report = check::check(&read, today.unwrap_or_else(system_date), keep);
    // What is found good here must not be refused by the build.
    report.extend(broken_photos(&read, source));
    report.sort();
    let code = if report.is_unreadable() {
        DISK
    } else if report.has(*fail_on) {
        REFUSED
    } else {
        GOOD
    };
    let mut out = io::stdout().lock();
    if *json {
        let mut value = report_json(&report);
        value["ok"] = (code == GOOD).into();
        writeln!(out, "{}", crate::words::json(&value))?;
    } else {
        write_report(&mut out, &report, lang)?;
        write_counts(&mut out, &report, lang)?;
        writeln!(out, "{}", words::summary(&report).get(lang))?;
    }
    Ok(code)
}

/// A line for each kind that was found: its level, how many, what it is, and its word in JSON.
fn write_counts(out: &mut impl io::Write, report: &Report, lang: Lang) -> io::Result<()> {
    let digits = report.counts().map(|(_, count)| count.to_string().len()).max().unwrap_or(0);
    for (kind, count) in report.counts() {
        let (level, title) = (words::level(kind.level()), words::kind(kind));
        let level = level.get(lang).replace(" / ", "/");
        let width = if lang == Lang::Zh { 2 } else { 7 };
        writeln!(out, "  {level:<width$} {count:>digits$}  {}  {}", title.get(lang), kind.word())?;
    }
    Ok(())
}
