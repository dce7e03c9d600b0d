//! Does what the command line says, and tells how it went.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use domain::time::{Date, LocalDateTime};
use serde_json::{Value, json};

use crate::build::{self, BuildError, Built, DiskError};
use crate::check;
use crate::cli::{Cli, Command};
use crate::serve::{self, ServeError};
use crate::source::Source;
use crate::trouble::{Item, Level, Report, Trouble};
use crate::words::{self, Lang, Said};

const GOOD: u8 = 0;
const REFUSED: u8 = 1;
const DISK: u8 = 3;

/// Minutes that China is ahead of UTC; the system's date is taken there, wherever the machine stands.
const CHINA_MINUTES: i32 = 480;

/// Does what the command line says. The exit code is the one that `--help` explains.
pub fn run(cli: &Cli) -> ExitCode {
    let lang = cli.lang;
    let code = match &cli.command {
        Command::Check { source, today, json } => check(source, *today, *json, lang),
        Command::Build { source, out, previous, no_pack, today, json } => {
            let options = build::Options {
                source: source.clone(),
                out: out.clone(),
                previous: previous.clone().unwrap_or_else(|| out.clone()),
                // Packing takes longer than `trunk serve` should make one wait.
                packed: !no_pack
                    && std::env::var_os("TRUNK_PROFILE").is_none_or(|profile| profile != "debug"),
                today: today.unwrap_or_else(system_date),
            };
            build(&options, *json, lang)
        }
        Command::Serve { dist, listen } => {
            let started = |address| {
                let said = Said::new(
                    format!("网站在 http://{address}/ ，按 Ctrl+C 停止"),
                    format!("serving at http://{address}/ until Ctrl+C"),
                );
                print(&said.get(lang));
            };
            match serve::serve(dist, *listen, started) {
                Ok(()) => Ok(GOOD),
                Err(error) => fail(&serve_error(&error), lang),
            }
        }
    };
    // The reader of the output left: there is nobody to tell.
    ExitCode::from(code.unwrap_or(DISK))
}

fn check(source: &Path, today: Option<Date>, json: bool, lang: Lang) -> io::Result<u8> {
    let report = check::check(&Source::read(source), today.unwrap_or_else(system_date));
    let mut out = io::stdout().lock();
    if json {
        writeln!(out, "{:#}", report_json(&report))?;
    } else {
        write_report(&mut out, &report, lang)?;
    }
    Ok(code(&report))
}

fn code(report: &Report) -> u8 {
    match report {
        report if report.is_unreadable() => DISK,
        report if report.errors() > 0 => REFUSED,
        _ => GOOD,
    }
}

fn build(options: &build::Options, json: bool, lang: Lang) -> io::Result<u8> {
    match build::build(options) {
        Ok(built) if json => {
            let mut value = serde_json::to_value(&built)?;
            value["ok"] = true.into();
            value["check"] = report_json(&built.report);
            writeln!(io::stdout(), "{value:#}")?;
            Ok(GOOD)
        }
        Ok(built) => {
            let mut out = io::stdout().lock();
            write_report(&mut out, &built.report, lang)?;
            writeln!(out, "{}", said_built(&built).get(lang))?;
            Ok(GOOD)
        }
        Err(BuildError::Refused(report)) => {
            let refused = Said::new("数据有错，什么也没写", "the data has errors; nothing was written");
            if json {
                writeln!(io::stdout(), "{:#}", json!({"ok": false, "check": report_json(&report)}))?;
            } else {
                let mut out = io::stderr().lock();
                write_report(&mut out, &report, lang)?;
                writeln!(out, "{}", refused.get(lang))?;
            }
            Ok(code(&report))
        }
        Err(error) => {
            let (said, code) = build_error(&error);
            if json {
                writeln!(io::stdout(), "{:#}", json!({"ok": false, "zh": said.zh, "en": said.en}))?;
            } else {
                fail(&said, lang)?;
            }
            Ok(code)
        }
    }
}

fn said_built(built: &Built) -> Said {
    let Built { seq, unchanged, stations, files, bytes, report: _ } = built;
    let kilobytes = bytes.div_ceil(1024);
    let count = files.len();
    let (zh, en) = if *unchanged { ("数据未变", "unchanged") } else { ("已更新", "updated") };
    Said::new(
        format!("第 {seq} 号数据（{zh}）：{stations} 个站点，{count} 个文件，{kilobytes} KB"),
        format!("data {seq} ({en}): {stations} stations, {count} files, {kilobytes} KB"),
    )
}

fn build_error(error: &BuildError) -> (Said, u8) {
    match error {
        BuildError::Refused(report) => (words::summary(report), code(report)),
        BuildError::NoPage(path) => {
            let path = path.display();
            let zh = format!("没有 {path}，请先用 trunk build 生成网页；什么也没写");
            (
                Said::new(zh, format!("no {path}: build the app first (trunk build); nothing was written")),
                DISK,
            )
        }
        BuildError::Markers { page, markers } => {
            let (page, markers) = (page.display(), markers.join(" "));
            let zh = format!("{page} 里缺少（或不止一处）标记 {markers}；什么也没写");
            (Said::new(zh, format!("{page} lacks, or has twice, {markers}; nothing was written")), REFUSED)
        }
        BuildError::Previous(path) => {
            let path = path.display();
            let zh =
                format!("{path} 读不懂，序号无法接续；请修复，或删去它并调高 dataset.revision；什么也没写");
            let en = format!(
                "{path} makes no sense, so its number cannot be followed: mend it, or delete it and raise \
                 dataset.revision; nothing was written"
            );
            (Said::new(zh, en), REFUSED)
        }
        BuildError::Disk(DiskError { path, error }) => {
            let path = path.display();
            (Said::new(format!("{path} 读写失败：{error}"), format!("{path}: {error}")), DISK)
        }
        BuildError::Unwritable => {
            (Said::new("数据写不成发布的格式", "the data does not fit the published form"), REFUSED)
        }
    }
}

fn serve_error(error: &ServeError) -> Said {
    match error {
        ServeError::NotBuilt(path) => {
            let path = path.display();
            Said::new(
                format!("{path} 里没有 index.html，请先生成网站"),
                format!("{path} has no index.html: build first"),
            )
        }
        ServeError::Listen(address, error) => {
            let zh = format!("无法监听 {address}：{error}；可用 --listen 换一个");
            Said::new(zh, format!("cannot listen at {address}: {error}; choose another with --listen"))
        }
        ServeError::Runtime(error) => {
            Said::new(format!("系统出错：{error}"), format!("the system failed: {error}"))
        }
    }
}

fn fail(said: &Said, lang: Lang) -> io::Result<u8> {
    writeln!(io::stderr(), "{}", said.clone().get(lang))?;
    Ok(DISK)
}

fn print(line: &str) {
    // Somebody waits for the address, perhaps through a pipe. Without a reader, serving goes on all the same.
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn write_report(out: &mut impl Write, report: &Report, lang: Lang) -> io::Result<()> {
    for item in &report.items {
        writeln!(out, "{}", words::line(item, lang))?;
    }
    writeln!(out, "{}", words::summary(report).get(lang))
}

fn report_json(report: &Report) -> Value {
    json!({
        "ok": report.errors() == 0,
        "stations": report.stations,
        "errors": report.errors(),
        "warnings": report.warnings(),
        "findings": report.items.iter().map(item_json).collect::<Vec<_>>(),
    })
}

fn item_json(item: &Item) -> Value {
    let Said { zh, en } = words::say(item);
    let level = if item.trouble.level() == Level::Error { "error" } else { "warning" };
    let mut value = json!({
        "level": level,
        "file": item.file,
        "station": item.station,
        "path": item.path,
        "zh": zh,
        "en": en,
    });
    if let Trouble::Json(error) = &item.trouble {
        let (line, column) = words::place(error);
        value["line"] = line.into();
        value["column"] = column.into();
    }
    value
}

/// Today in China.
fn system_date() -> Date {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
    LocalDateTime::from_unix(passed.cast_signed(), CHINA_MINUTES).date()
}
