//! The commands: each a module with its arguments and what it tells. What they do is elsewhere.

pub mod audit;
pub mod build;
pub mod change;
pub mod check;
pub mod convert;
pub mod emergency;
pub mod export;
pub mod import;
mod journal;
pub mod key;
pub mod link;
pub mod merge;
pub mod redact;
pub mod reports;
pub mod review;
pub mod sample;
pub mod schema;
pub mod serve;
pub mod sheet;
mod sheet_worker;

pub(crate) use build::build_error;

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Subcommand;
use domain::time::{Date, LocalDateTime};
use serde_json::{Map, Value, json};

use crate::cli::{
    CHECK_EXIT_CODES, COMMANDS, Cli, EXIT_CODES, IMPORT_EXIT_CODES, MERGE_EXIT_CODES, OPTIONS, TEMPLATE,
};
use crate::trouble::{Item, Level, Report, Trouble};
use crate::words::{self, Lang, Said};

/// Done.
const GOOD: u8 = 0;
/// What was given has errors; nothing was written.
const REFUSED: u8 = 1;
/// Wrong usage.
const USAGE: u8 = 2;
/// A file or the network failed.
const DISK: u8 = 3;

/// Minutes that China is ahead of UTC; the system's date is taken there, wherever the machine stands.
const CHINA_MINUTES: i32 = 480;

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 检查数据，一次列出全部问题 / check the data; all problems at once
    #[command(after_help = CHECK_EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Check(check::Args),
    /// 生成发布用的数据，并补全 index.html；数据有错就什么也不写 / make the published data and complete index.html
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Build(build::Args),
    /// 在本机提供生成好的网站 / serve the built site
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Serve(serve::Args),
    /// 在坐标系之间换算，每行一个“经度,纬度”，看不懂的行变成空行 / convert points, a line each; a bad line becomes an empty one
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Convert(convert::Args),
    /// 把驿站清单导出成表格或点位 / write the list as a sheet or as points
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Export(export::Args),
    /// 把表格导入驿站清单 / import sheets into the list of stations
    #[command(after_help = IMPORT_EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Import(import::Args),
    /// 输出 stations.json 的 JSON Schema，供编辑器提示 / print the JSON Schema of stations.json, for editors
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Schema(schema::Args),
    /// 生成示例驿站，供试用和测试 / make sample stations, for trying and for tests
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Sample(sample::Args),
    /// 把群里发来的改动编码合并进清单 / merge the changes that hosts sent to the chat into the list
    #[command(after_help = MERGE_EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Merge(merge::Args),
    /// 替站长写一条改动，得到可发到群里的编码 / write a change, as a code for the chat
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Change(change::Args),
    /// 站长手机的密钥：记下、列出、去掉 / the keys of hosts' phones: take in, list, take out
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS, subcommand_help_heading = COMMANDS)]
    Key(key::Args),
    /// 骑友的反映：列出、从群里记进来、回应 / riders' reports: list, take in from a chat, answer
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS, subcommand_help_heading = COMMANDS)]
    Reports(reports::Args),
    /// 紧急开关：洪水、暴雪时的通知和避险点 / the emergency switch: a notice and the shelters, for floods and storms
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS, subcommand_help_heading = COMMANDS)]
    Emergency(emergency::Args),
    /// 给站长发链接，让他们自己更新本站 / links by which hosts keep their station true
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS, subcommand_help_heading = COMMANDS)]
    Link(link::Args),
    /// 审站长改的名称、位置、电话、撤站 / decide on changes of names, places, numbers and removals
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS, subcommand_help_heading = COMMANDS)]
    Review(review::Args),
    /// 一字不差地撤回一条改动 / take a change back, to the byte
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Undo(review::UndoArgs),
    /// 把清单恢复到某一刻 / make the list what it was at some time
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Restore(review::RestoreArgs),
    /// 从清单、反馈、链接和历史里抹去某人的信息 / take somebody's data out of the list, the reports, the links and the journal
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Redact(redact::Args),
    /// 谁在何时改了什么，并核对记录完好 / who changed what when; checks that the journal is whole
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Audit(audit::Args),
    /// 显示从表格里读到了什么：工作表、行、列 / show what is read from a sheet: tables, rows, columns
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Sheet(sheet::Args),
    /// The process that parses a file for another of this program; not for people.
    #[command(name = crate::sheet::WORKER, hide = true)]
    SheetWorker(sheet_worker::Args),
}

/// Does what the command line says. The exit code is the one that `--help` explains.
pub fn run(cli: &Cli) -> ExitCode {
    let code = match &cli.command {
        Command::Check(args) => check::run(args, cli.lang),
        Command::Build(args) => build::run(args, cli.lang),
        Command::Serve(args) => serve::run(args, cli.lang),
        Command::Convert(args) => convert::run(args, cli.lang),
        Command::Export(args) => export::run(args, cli.lang),
        Command::Import(args) => import::run(args, cli.lang),
        Command::Schema(args) => schema::run(args, cli.lang),
        Command::Sample(args) => sample::run(args, cli.lang),
        Command::Merge(args) => merge::run(args, cli.lang),
        Command::Change(args) => change::run(args, cli.lang),
        Command::Key(args) => key::run(args, cli.lang),
        Command::Reports(args) => reports::run(args, cli.lang),
        Command::Emergency(args) => emergency::run(args, cli.lang),
        Command::Link(args) => link::run(args, cli.lang),
        Command::Review(args) => review::run(args, cli.lang),
        Command::Undo(args) => review::undo(args, cli.lang),
        Command::Restore(args) => review::restore(args, cli.lang),
        Command::Redact(args) => redact::run(args, cli.lang),
        Command::Audit(args) => audit::run(args, cli.lang),
        Command::Sheet(args) => sheet::run(args, cli.lang),
        Command::SheetWorker(args) => sheet_worker::run(args),
    };
    // The reader of the output left: there is nobody to tell.
    ExitCode::from(code.unwrap_or(DISK))
}

fn code(report: &Report) -> u8 {
    match report {
        report if report.is_unreadable() => DISK,
        report if report.errors() > 0 => REFUSED,
        _ => GOOD,
    }
}

fn fail(said: &Said, lang: Lang) -> io::Result<u8> {
    writeln!(io::stderr(), "{}", said.clone().get(lang))?;
    Ok(DISK)
}

/// Tells the one thing that came of a command, as JSON or in words, and gives its code.
fn answer(said: &Said, code: u8, json: bool, lang: Lang) -> io::Result<u8> {
    if json {
        writeln!(
            io::stdout(),
            "{}",
            crate::words::json(&json!({"ok": code == GOOD, "zh": said.zh, "en": said.en}))
        )?;
    } else if code == GOOD {
        writeln!(io::stdout(), "{}", said.clone().get(lang))?;
    } else {
        fail(said, lang)?;
    }
    Ok(code)
}

fn print(line: &str) {
    // Somebody waits for the address, perhaps through a pipe. Without a reader, serving goes on all the same.
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// The errors as they stand in the files; what is less kind by kind, with how many more there are.
fn write_report(out: &mut impl Write, report: &Report, lang: Lang) -> io::Result<()> {
    for item in report.items().iter().filter(|item| item.trouble.level() == Level::Error) {
        writeln!(out, "{}", words::line(item, lang))?;
    }
    for (kind, count) in report.counts().filter(|(kind, _)| kind.level() > Level::Error) {
        let of_kind = report.items().iter().filter(|item| item.trouble.kind() == kind);
        let mut told = 0;
        for item in of_kind {
            writeln!(out, "{}", words::line(item, lang))?;
            told += 1;
        }
        if (1..count).contains(&told) {
            writeln!(out, "{}", words::more(count - told).get(lang))?;
        }
    }
    Ok(())
}

/// What `--json` says of a check.
fn report_json(report: &Report) -> Value {
    json!({
        "ok": report.errors() == 0,
        "stations": report.stations,
        "errors": report.errors(),
        "warnings": report.count(Level::Warning),
        "advice": report.count(Level::Advice),
        "kinds": report.counts().map(|(kind, count)| (kind.word().to_owned(), count.into())).collect::<Map<_, _>>(),
        "findings": report.items().iter().map(item_json).collect::<Vec<_>>(),
    })
}

fn item_json(item: &Item) -> Value {
    let Said { zh, en } = words::say(item);
    let kind = item.trouble.kind();
    let mut value = json!({
        "level": kind.level().word(),
        "kind": kind.word(),
        "file": item.file,
        "station": item.station,
        "path": item.path,
        "zh": zh,
        "en": en,
    });
    if let Trouble::Untranslated { fields } = &item.trouble {
        value["fields"] = fields.as_slice().into();
    }
    if let Trouble::Json(error) = &item.trouble {
        let (line, column) = words::place(error);
        value["line"] = line.into();
        value["column"] = column.into();
    }
    value
}

/// Today in China.
fn system_date() -> Date {
    now().date()
}

/// This minute in China.
fn now() -> LocalDateTime {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
    LocalDateTime::from_unix(passed.cast_signed(), CHINA_MINUTES)
}
