//! `staff merge --undo`: takes a change back, to the byte.

use std::io::{self, Write as _};
use std::path::Path;

use domain::time::Date;
use serde_json::{Value, json};

use super::{Args, Failure, GOOD, List, REFUSED, disk};
use crate::merge::book::{Noted, Verdict};
use crate::merge::{Piece, Stuck, take_back};
use crate::words::merge as say;
use crate::words::{Lang, Said};

/// Takes the change back whose number begins like this.
pub(super) fn run(args: &Args, start: &str, today: Date, lang: Lang) -> Result<u8, Failure> {
    let mut list = List::open(&args.into, args.dry_run)?;
    let found = list.book.find(start);
    let mut numbers = found.iter();
    let (Some(&uuid), None) = (numbers.next(), numbers.next()) else {
        let count = found.len();
        return Err((
            Said::new(
                format!("合并记录里编号以 {start} 开头的有 {count} 条，应正好一条"),
                format!("{count} merged changes have numbers that begin with {start}, not one"),
            ),
            REFUSED,
        ));
    };
    if list.book.is_forgotten(uuid) {
        let said = Said::new(
            format!("{uuid} 已用 staff redact 抹去，不能撤回"),
            format!("{uuid} was taken out by staff redact: it cannot be taken back"),
        );
        return Err((said, REFUSED));
    }
    let Some((patch, noted)) = list.book.of(uuid).filter(|(_, noted)| noted.verdict == Verdict::Merged)
    else {
        let said = Said::new(
            format!("{uuid} 没有合并，或已撤回"),
            format!("{uuid} is not merged, or was taken back"),
        );
        return Err((said, REFUSED));
    };
    let (patch, noted) = (patch.clone(), noted.clone());
    let id = patch.station().as_str();
    let mut value = list.value.clone();
    let Some(stations) = value.get_mut("stations").and_then(Value::as_array_mut) else {
        return Err((say::stuck(&Stuck::Station, id), REFUSED));
    };
    let at = stations.iter().position(|one| one.get("id").and_then(Value::as_str) == Some(id));
    let back = take_back(at.map(|at| &stations[at]), &patch, &noted.edits).map_err(|stuck| {
        let op = match stuck {
            Stuck::Changed(op) => patch.ops().get(op),
            Stuck::Station => None,
        };
        let field = op.map(|op| op.field.path()).unwrap_or_default();
        (say::stuck(&stuck, &field), REFUSED)
    })?;
    if let Some(at) = at {
        stations[at] = back;
    } else {
        let place = noted.edits.iter().find_map(|edit| match edit.piece {
            Piece::Removed { at, .. } => Some(at),
            _ => None,
        });
        let end = stations.len();
        stations.insert(place.unwrap_or(end).min(end), back);
    }
    if !args.dry_run {
        let (same, edits) = (Vec::new(), Vec::new());
        let noted = Noted { verdict: Verdict::TakenBack, code: noted.code, forgotten: None, same, edits };
        list.write(&value, vec![noted], today)?;
    }
    let (zh, en) = if args.dry_run {
        ("（试撤回，什么也没写）", " (dry run, nothing was written)")
    } else {
        ("", "")
    };
    let said = Said::new(format!("已撤回 {uuid}：{id}{zh}"), format!("taken back {uuid}: {id}{en}"));
    let mut out = io::stdout().lock();
    let told = if args.json {
        writeln!(
            out,
            "{}",
            crate::words::json(
                &json!({"ok": true, "dry_run": args.dry_run, "number": uuid.to_string(), "station": id})
            )
        )
    } else {
        writeln!(out, "{}", said.get(lang))
    };
    told.map(|()| GOOD).map_err(|error| disk(Path::new("stdout"), &error))
}
