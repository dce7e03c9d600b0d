//! `staff reports`: what riders report, listed, taken in from a chat, and answered.

mod tell;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use domain::report::{Report, Reports};
use domain::station::StationId;
use domain::text::Lang as DomainLang;
use domain::time::{Date, LocalDateTime};
use serde_json::{Value, json};

use super::{DISK, GOOD, REFUSED, answer, journal, now, system_date};
use crate::cli::{EXIT_CODES, OPTIONS, TEMPLATE, day, minute};
use crate::kept::{Kept, KeptError, source_of};
use crate::source;
use crate::words::{self, Lang, Said, report as say};

/// What riders report.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 反映记录 / the file of reports
    #[arg(long, value_name = "FILE", default_value = "public/data/reports.json", global = true)]
    from: PathBuf,
    /// 只看这天（含）以来的 / only those since this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<Date>,
    /// 只看这个站 / only those of this station
    #[arg(long, value_name = "ID")]
    station: Option<String>,
    /// 以这一天为今天 / take this day for today
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
    /// 输出 JSON / print JSON
    #[arg(long, global = true)]
    json: bool,
    /// 做什么；不写就是列出 / what to do; nothing: list them
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// 把群里的反映记进来 / take in reports that were pasted from a chat
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Add {
        /// 群聊文字，文件或 - 表示粘贴到这里 / what was copied out of the chat; - for the standard input
        #[arg(value_name = "FILE", default_value = "-")]
        file: PathBuf,
        /// 何时收到；默认现在 / when they arrived; default: now
        #[arg(long, value_name = "MINUTE", value_parser = minute)]
        at: Option<LocalDateTime>,
    },
    /// 站长已回应：到现在为止的反映不再提示 / the host has answered: what came up to now is settled
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Answer {
        /// 哪个站 / the station
        #[arg(value_name = "ID")]
        id: String,
        /// 何时回应；默认现在 / when; default: now
        #[arg(long, value_name = "MINUTE", value_parser = minute)]
        at: Option<LocalDateTime>,
    },
}

type Failure = (Said, u8);

/// The file as it is, understood, and the stations' names.
struct Opened {
    kept: Kept,
    reports: Reports,
    names: BTreeMap<String, String>,
}

/// Does what is asked.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let done = match &args.action {
        None => list(args, lang),
        Some(Action::Add { file, at }) => add(args, file, at.unwrap_or_else(now), lang),
        Some(Action::Answer { id, at }) => answered(args, id, at.unwrap_or_else(now)),
    };
    match done {
        Ok(Done::Told(code)) => Ok(code),
        Ok(Done::Said(said)) => answer(&said, GOOD, args.json, lang),
        Err((said, code)) => answer(&said, code, args.json, lang),
    }
}

enum Done {
    /// Everything is told, and the code is this.
    Told(u8),
    /// This is to be told.
    Said(Said),
}

fn list(args: &Args, lang: Lang) -> Result<Done, Failure> {
    let Opened { reports, names, .. } = open(args, false)?;
    // What was said of a station that is gone can still be read.
    let is_known = |id: &&str| {
        names.contains_key(*id) || reports.list.iter().any(|one| one.report.station().as_str() == *id)
    };
    if let Some(id) = args.station.as_deref().filter(|id| !is_known(id)) {
        return Err((say::no_station(id), REFUSED));
    }
    let wanted = |one: &domain::report::Received| {
        args.since.is_none_or(|since| one.at.date() >= since)
            && args.station.as_deref().is_none_or(|id| one.report.station().as_str() == id)
    };
    let today = args.today.unwrap_or_else(system_date);
    let shown = tell::Shown::new(&reports, &names, today, args.station.as_deref(), wanted);
    let told = if args.json {
        writeln!(io::stdout(), "{}", crate::words::json(&shown.json()))
    } else {
        shown.write(&mut io::stdout().lock(), lang)
    };
    told.map(|()| Done::Told(GOOD)).map_err(|error| disk(Path::new("stdout"), error))
}

fn add(args: &Args, file: &Path, at: LocalDateTime, lang: Lang) -> Result<Done, Failure> {
    let (_, text) = super::merge::text(file)?;
    let Opened { mut kept, reports, names } = open(args, true)?;
    let mut known: std::collections::BTreeSet<_> = reports.list.iter().map(|one| one.report.uuid()).collect();
    let mut added: Vec<Report> = Vec::new();
    let (mut again, mut refused) = (0_usize, Vec::new());
    for one in Report::heard_in(&text) {
        match one.report {
            Err(cut) => refused.push((one.line, say::cut(cut))),
            Ok(report) if !names.contains_key(report.station().as_str()) => {
                refused.push((one.line, say::no_station(report.station().as_str())));
            }
            Ok(report) if known.insert(report.uuid()) => added.push(report),
            Ok(_) => again += 1,
        }
    }
    if !added.is_empty() {
        let list = kept.value["reports"].as_array_mut();
        let new = added.iter().map(|report| entry(report, at));
        match list {
            Some(list) => list.extend(new),
            None => kept.value["reports"] = new.collect(),
        }
        write(&args.from, &kept)?;
    }
    let code = if refused.is_empty() { GOOD } else { REFUSED };
    let told = tell::Added { new: &added, again, refused: &refused, names: &names };
    let written = if args.json {
        writeln!(io::stdout(), "{}", crate::words::json(&told.json(code == GOOD)))
    } else {
        told.write(&mut io::stdout().lock(), lang)
    };
    written.map(|()| Done::Told(code)).map_err(|error| disk(Path::new("stdout"), error))
}

/// A report as it stands in the file.
fn entry(report: &Report, at: LocalDateTime) -> Value {
    json!({
        "uuid": domain::report::digits(report.uuid()),
        "station": report.station().as_str(),
        "kind": report.kind().word(),
        "text": report.text(),
        "at": at.to_string(),
    })
}

fn answered(args: &Args, id: &str, at: LocalDateTime) -> Result<Done, Failure> {
    let Opened { mut kept, reports, names } = open(args, true)?;
    let station = StationId::new(id).filter(|id| names.contains_key(id.as_str()));
    let Some(station) = station else { return Err((say::no_station(id), REFUSED)) };
    let before = reports.answers.get(&station);
    let open = reports.list.iter().filter(|one| {
        *one.report.station() == station
            && one.report.kind().is_warning()
            && one.at <= at
            && before.is_none_or(|before| one.at > *before)
    });
    let open = open.count();
    if open == 0 {
        return Ok(Done::Said(Said::new(
            format!("{id}：没有等着回应的反映；什么也没写"),
            format!("{id}: no report waits for an answer; nothing was written"),
        )));
    }
    if !kept.value["answers"].is_object() {
        kept.value["answers"] = json!({});
    }
    kept.value["answers"][id] = at.to_string().into();
    write(&args.from, &kept)?;
    let next = say::next();
    Ok(Done::Said(Said::new(
        format!("{id}：{open} 条反映已回应，不再提示；{}", next.zh),
        format!(
            "{id}: {} answered and no longer shown; {}",
            words::plural(open, "report is", "reports are"),
            next.en
        ),
    )))
}

/// The file, without errors. Nobody lists or edits what cannot be understood: its errors are told instead.
fn open(args: &Args, writes: bool) -> Result<Opened, Failure> {
    let path = &args.from;
    // What the journal knows stands in the file before it is edited, and nothing comes in between; the edit is taken in as one by hand.
    let held = if writes { journal::hold_shown(path)? } else { None };
    let stations = source_of(path).join(source::STATIONS);
    // Before anything is made beside a list that is not there.
    let bytes = fs::read(&stations).map_err(|error| disk(&stations, error))?;
    let (_, reading, _) = source::stations(&bytes);
    let name = |station: &domain::station::Station| {
        (station.id.to_string(), station.name.get(DomainLang::Zh).to_owned())
    };
    let names = reading.stations.iter().map(name).collect();
    let empty = json!({"schema": domain::SCHEMA, "reports": [], "answers": {}});
    let kept = Kept::open_held(path, Some(empty), writes, held).map_err(|error| failure(path, &error))?;
    if kept.bytes().is_empty() {
        return Ok(Opened { kept, reports: Reports::default(), names });
    }
    match source::reports(kept.bytes()) {
        (_, Some(reports), _) => Ok(Opened { kept, reports, names }),
        (_, None, items) => {
            let line = |lang| items.iter().map(|item| words::line(item, lang)).collect::<Vec<_>>().join("\n");
            Err((Said::new(line(Lang::Zh), line(Lang::En)), REFUSED))
        }
    }
}

fn write(path: &Path, kept: &Kept) -> Result<(), Failure> {
    match kept.write() {
        Ok(true) => Ok(()),
        Ok(false) => Err((say::overtaken(path), REFUSED)),
        Err(error) => Err(disk(path, error)),
    }
}

pub(super) fn failure(path: &Path, error: &KeptError) -> Failure {
    let code = if matches!(error, KeptError::Disk(_)) { DISK } else { REFUSED };
    (say::kept(path, error), code)
}

pub(super) fn disk(path: &Path, error: io::Error) -> Failure {
    failure(path, &KeptError::Disk(error))
}
