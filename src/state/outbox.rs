//! Riders' reports on their way: each waits on this phone until the server took it, and is the same one however often it is sent.
//!
//! They are kept as forms, a line each. What the server will never take is given up; everything else stays for the next time the
//! network is back or the page is looked at.

use std::cell::{Cell, RefCell};

use domain::report::{FRESH_DAYS, Kind};
use domain::time::Date;
use wasm_bindgen_futures::spawn_local;

use super::actions::toast;
use super::{App, Toast};
use crate::edge::net::{FetchError, Freshness, fetch};
use crate::edge::{device, storage};

const WAITING: &str = "ls.reports";
const TIMEOUT_MS: u32 = 20_000;
/// Length of a form's first field, its uuid, and of a day.
const NAME: usize = 37;
const DAY: usize = 10;

thread_local! {
    /// One at a time, so that none is on its way twice.
    static SENDING: Cell<bool> = const { Cell::new(false) };
    /// What this phone would not keep: it goes while the page is open, or is said not to have gone.
    static UNKEPT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The name of a report. Who says the same again while it is fresh says the same report, so that riders are counted and not taps.
pub fn name(station: &str, kind: Kind, today: Date) -> String {
    let key = ["ls.said.", station, ".", kind.word()].concat();
    let kept = storage::read(&key).and_then(|kept| again(&kept, today)).filter(|_| kind.is_counted());
    kept.unwrap_or_else(|| {
        let name = device::random_digits();
        // A phone that keeps nothing counts anew.
        let _ = storage::write(&key, &[&today.to_string(), name.as_str()].concat());
        name
    })
}

/// The name that was kept with its day, if that is not long ago. Days as texts are in order.
fn again(kept: &str, today: Date) -> Option<String> {
    let (day, name) = kept.split_at_checked(DAY)?;
    (name.len() == 32 && day >= today.add_days(-FRESH_DAYS).to_string().as_str()).then(|| name.to_owned())
}

/// Sends a report, now or as soon as can be, and says which.
pub fn add(app: App, form: &str) {
    if storage::write(WAITING, &with(&waiting(), form)).is_ok() {
        toast(app, Toast::Waiting);
    } else {
        UNKEPT.with_borrow_mut(|unkept| *unkept = with(unkept, form));
    }
    send(app);
}

/// Sends what waits, if there is a server that takes it; before that, once, what could not be kept.
pub fn send(app: App) {
    let can = app.world.with_untracked(|world| world.as_ref().is_some_and(|world| world.index.api));
    if !can || SENDING.replace(true) {
        return;
    }
    spawn_local(async move {
        loop {
            let unkept = UNKEPT.with_borrow(|unkept| first(unkept));
            let is_kept = unkept.is_empty();
            let form = if is_kept { first(&waiting()) } else { unkept };
            UNKEPT.with_borrow_mut(|unkept| *unkept = without(unkept, &form));
            if form.is_empty() {
                break;
            }
            let sent = fetch("/api/reports", Freshness::Form(&form), TIMEOUT_MS).await;
            let is_done = sent.as_ref().map_or_else(is_final, |_| true);
            if is_done && is_kept {
                // What cannot be written was not kept either.
                let _ = storage::write(WAITING, &without(&waiting(), &form));
            }
            if sent.is_ok() {
                toast(app, Toast::Sent);
            } else if is_done || !is_kept {
                toast(app, Toast::NotSent);
            }
            if !is_done && is_kept {
                break;
            }
        }
        SENDING.set(false);
    });
}

fn waiting() -> String {
    storage::read(WAITING).unwrap_or_default()
}

fn first(waiting: &str) -> String {
    waiting.split('\n').next().unwrap_or_default().to_owned()
}

/// What waits when its first has arrived; as it is where another tab was faster.
fn without(waiting: &str, form: &str) -> String {
    let rest = waiting.strip_prefix(form).and_then(|rest| rest.strip_prefix('\n'));
    rest.unwrap_or(waiting).to_owned()
}

/// Whether a server that says so will never take it: a report that is none, of a station that is gone.
const fn is_final(error: &FetchError) -> bool {
    matches!(error, FetchError::Status(400 | 404 | 405 | 410..=422))
}

/// What waits, and one more; the same once, as it was said last.
fn with(waiting: &str, form: &str) -> String {
    let name = form.get(..NAME).unwrap_or_default();
    let mut lines: Vec<&str> = waiting.split_terminator('\n').collect();
    match lines.iter_mut().find(|line| line.starts_with(name)) {
        Some(line) => *line = form,
        None => lines.push(form),
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_waits_once_and_in_its_turn_as_it_was_said_last() {
        let form = |name: u8, text: &str| format!("uuid={}&text={text}", format!("{name:02x}").repeat(16));
        let waiting = with(&with(&with("", &form(1, "a")), &form(2, "b")), &form(1, "c"));
        assert_eq!(waiting, format!("{}\n{}\n", form(1, "c"), form(2, "b")));
        assert_eq!(first(&waiting), form(1, "c"));
        assert_eq!(without(&waiting, &form(2, "b")), waiting);
        let waiting = without(&without(&waiting, &form(1, "c")), &form(2, "b"));
        assert_eq!((waiting.as_str(), first(&waiting)), ("", String::new()));
    }

    #[test]
    fn the_same_is_said_once_while_it_is_fresh() {
        let day = |text: &str| Date::parse(text).unwrap();
        let kept = format!("2026-11-20{}", "07".repeat(16));
        for (today, expected) in [("2026-11-20", true), ("2026-11-27", true), ("2026-11-28", false)] {
            assert_eq!(again(&kept, day(today)).is_some(), expected, "{today}");
        }
        for kept in ["", "2026-11-20", "站站站站站", "2026-11-2007"] {
            assert_eq!(again(kept, day("2026-11-20")), None, "{kept}");
        }
    }

    #[test]
    fn what_is_refused_for_good_is_given_up() {
        for (status, expected) in
            [(400, true), (404, true), (413, true), (408, false), (429, false), (500, false), (507, false)]
        {
            assert_eq!(is_final(&FetchError::Status(status)), expected, "{status}");
        }
        assert!(!is_final(&FetchError::Unreachable) && !is_final(&FetchError::TimedOut));
    }
}
