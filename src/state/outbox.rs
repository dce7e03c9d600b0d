//! Riders' reports on their way: each waits on this phone until the server took it, and is the same one however often it is sent.
//!
//! They are kept as forms, a line each. What the server will never take is given up; everything else stays for the next time the
//! network is back or the page is looked at.

use std::cell::Cell;

use domain::patch::Uuid;
use domain::report::{FRESH_DAYS, Kind, Report, digits};
use domain::station::StationId;
use domain::time::Date;
use leptos::prelude::WithUntracked;
use leptos::task::spawn_local;

use super::actions::toast;
use super::{App, Toast};
use crate::edge::net::{Call, call};
use crate::edge::{device, storage};

const WAITING: &str = "ls.reports";
const TIMEOUT_MS: u32 = 20_000;

thread_local! {
    /// One at a time, so that none is on its way twice.
    static SENDING: Cell<bool> = const { Cell::new(false) };
}

/// A report of this phone. Who says the same again while it is fresh says the same report, so that riders are counted and not taps.
pub fn report(station: &StationId, kind: Kind, text: &str, today: Date) -> Report {
    let key = ["ls.said.", station.as_str(), ".", kind.word()].concat();
    let kept = storage::read(&key).and_then(|kept| again(&kept, today)).filter(|_| kind.is_counted());
    let uuid = kept.unwrap_or_else(|| {
        let uuid = Uuid(device::random());
        // A phone that keeps nothing counts anew.
        let _ = storage::write(&key, &[&today.to_string(), " ", &digits(uuid)].concat());
        uuid
    });
    Report::typed(uuid, station.clone(), kind, text)
}

/// The report that was made on a day that is kept, if that is not long ago.
fn again(kept: &str, today: Date) -> Option<Uuid> {
    let (day, uuid) = kept.split_once(' ')?;
    (today.days_since(Date::parse(day)?) <= FRESH_DAYS).then(|| Uuid::parse(uuid))?
}

/// Sends a report, now or as soon as can be, and says which.
pub fn add(app: App, report: &Report) {
    let form = report.form();
    let waiting = storage::read(WAITING).unwrap_or_default();
    let kept = storage::write(WAITING, &with(&waiting, &form)).is_ok();
    send(app, Some((form, kept)));
}

/// Sends what waits, if there is a server that takes it. Of a new report it is told what became of it; `kept` says whether
/// it waits on the phone, too.
pub fn send(app: App, new: Option<(String, bool)>) {
    let can = app.world.with_untracked(|world| world.as_ref().is_some_and(|world| world.index.api));
    if !can || SENDING.replace(true) {
        return;
    }
    spawn_local(async move {
        let (mut word, tell) = (None, new.is_some());
        let mut unkept = new.filter(|(_, kept)| !kept).map(|(form, _)| form);
        loop {
            let is_kept = unkept.is_none();
            let first = || first(&storage::read(WAITING)?);
            let Some(form) = unkept.take().or_else(first) else { break };
            let asked = Call {
                method: "POST",
                path: "/api/reports",
                headers: &[("Content-Type", "application/x-www-form-urlencoded")],
                body: Some(&form),
            };
            let status = call(&asked, TIMEOUT_MS).await.map_or(0, |reply| reply.status);
            let taken = (200..300).contains(&status);
            if !taken && !is_final(status) {
                let words = if is_kept { Toast::Waiting } else { Toast::NotSent };
                word = tell.then_some(words);
                break;
            }
            word = Some(if taken { Toast::Sent } else { Toast::NotSent });
            let waiting = without(&storage::read(WAITING).unwrap_or_default(), &form);
            // What cannot be written was not kept either.
            let _ = storage::write(WAITING, &waiting);
        }
        SENDING.set(false);
        if let Some(word) = word {
            toast(app, word);
        }
    });
}

/// Whether a server that answers so will never take it: a report that is none, of a station that is gone.
const fn is_final(status: u16) -> bool {
    matches!(status, 400..=499) && !matches!(status, 401 | 403 | 408 | 425 | 429)
}

fn first(waiting: &str) -> Option<String> {
    waiting.lines().next().map(str::to_owned)
}

/// What waits, and one more; once, whatever is typed beside it.
fn with(waiting: &str, form: &str) -> String {
    let mut all = without(waiting, form);
    all.push_str(form);
    all.push('\n');
    all
}

fn without(waiting: &str, form: &str) -> String {
    let name = |form: &str| form.split('&').next().unwrap_or_default().to_owned();
    waiting.lines().filter(|line| name(line) != name(form)).flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_waits_once_and_in_its_turn() {
        let waiting = with(&with(&with("", "uuid=1&text=a"), "uuid=2&text=b"), "uuid=1&text=c");
        assert_eq!(waiting, "uuid=2&text=b\nuuid=1&text=c\n");
        assert_eq!(first(&waiting).as_deref(), Some("uuid=2&text=b"));
        let waiting = without(&waiting, "uuid=2&text=b");
        assert_eq!(without(&waiting, "uuid=3"), "uuid=1&text=c\n");
        assert_eq!(first(&without(&waiting, "uuid=1&text=other")), None);
    }

    #[test]
    fn the_same_is_said_once_while_it_is_fresh() {
        let day = |text: &str| Date::parse(text).unwrap();
        let kept = format!("2026-11-20 {}", "07".repeat(16));
        for (today, expected) in [("2026-11-20", true), ("2026-11-27", true), ("2026-11-28", false)] {
            assert_eq!(again(&kept, day(today)).is_some(), expected, "{today}");
        }
        for kept in ["", "2026-11-20", "soon 07", "2026-11-20 07"] {
            assert_eq!(again(kept, day("2026-11-20")), None, "{kept}");
        }
    }

    #[test]
    fn what_is_refused_for_good_is_given_up() {
        for (status, expected) in [
            (0, false),
            (202, false),
            (400, true),
            (404, true),
            (413, true),
            (429, false),
            (500, false),
            (507, false),
        ] {
            assert_eq!(is_final(status), expected, "{status}");
        }
    }
}
