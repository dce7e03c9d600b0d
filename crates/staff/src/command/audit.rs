//! `staff audit`: who changed what when, and that the journal is whole.

use std::io::{self, Write as _};

use domain::time::{Date, LocalDateTime};
use serde_json::{Value as Json, json};

use super::journal::{Failure, failure, open, when};
use super::review::Place;
use super::{CHINA_MINUTES, GOOD, answer};
use crate::cli::day;
use crate::journal::{Event, event};
use crate::words::{Lang, Said, journal as say, plural, visible};

/// What to show of the journal.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 只看这个站 / of this station alone
    #[arg(long, value_name = "ID")]
    station: Option<String>,
    /// 从这一天起 / from this day on
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<Date>,
    #[command(flatten)]
    place: Place,
}

/// Tells.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    match audit_lines(args, lang) {
        Ok((lines, _)) if !args.place.json => {
            let mut out = io::stdout().lock();
            lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
            Ok(GOOD)
        }
        Ok((_, value)) => {
            writeln!(io::stdout(), "{}", crate::words::json(&value))?;
            Ok(GOOD)
        }
        Err((said, code)) => answer(&said, code, args.place.json, lang),
    }
}

fn audit_lines(args: &Args, lang: Lang) -> Result<(Vec<String>, Json), Failure> {
    let store = open(&args.place.data)?;
    let all = store.lines().map_err(|error| failure(&error))?;
    let (mut told, mut values) = (Vec::new(), Vec::new());
    for line in &all {
        if args.since.is_some_and(|since| LocalDateTime::from_unix(line.at, CHINA_MINUTES).date() < since) {
            continue;
        }
        let known =
            if line.body.is_some() { Some(event(line).map_err(|error| failure(&error))?) } else { None };
        let (station, link) = match &known {
            Some(Event::Change(change)) => (Some(change.station.clone()), Some(change.link)),
            Some(Event::Link(link)) => (Some(link.station.clone()), Some(link.number)),
            Some(Event::Report(report)) => (Some(report.station.clone()), None),
            Some(Event::Rotated { number, .. } | Event::Revoked { number } | Event::Used { number, .. }) => {
                (store.state().links.get(number).map(|link| link.station.clone()), Some(*number))
            }
            Some(Event::Undone { put: Some(put), .. }) => (Some(put.id.clone()), None),
            Some(Event::Review(review)) => (review.put.as_ref().map(|put| put.id.clone()), None),
            _ => (None, None),
        };
        if args.station.is_some() && args.station != station {
            continue;
        }
        let said = match &known {
            None => say::forgotten(&line.kind),
            Some(_) if line.seq == 1 => say::beginning(),
            Some(known) => say::event(known),
        };
        let name = link.and_then(|link| store.state().links.get(&link)).map(|link| visible(&link.name));
        let who = name.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
        told.push(format!("{} {}{who} {}", line.seq, when(line.at), said.clone().get(lang)));
        if let Some(Event::Change(change)) = &known
            && let Ok(code) = domain::patch::Code::parse(&change.code)
        {
            told.extend(
                code.patch.ops().iter().map(|op| format!("    {}", crate::words::change::op(op).get(lang))),
            );
        }
        values.push(json!({"seq": line.seq, "at": when(line.at), "kind": line.kind, "station": station, "link": link, "for": name, "zh": said.zh, "en": said.en}));
    }
    let count = all.len();
    let said = Said::new(
        format!("记录 {count} 条，从头核对无误"),
        format!("{}, checked from the first: whole", plural(count, "entry", "entries")),
    );
    told.push(said.get(lang));
    Ok((told, json!({"ok": true, "entries": values, "checked": count})))
}
