//! What riders report.

use std::collections::BTreeSet;

use domain::report::Kind;
use domain::time::{Date, LocalDateTime};
use serde_json::{Value as Json, json};

use super::event::{Event, Report};
use super::files::Files;
use super::state::{State, reports_of};
use super::store::{Store, StoreError};
use super::view::View;
use crate::hash::sha256_hex;

/// Reports of one station that are kept at most.
pub const OF_ONE: usize = 200;
/// Reports of all stations that are kept at most.
pub const OF_ALL: usize = 10_000;
/// Days that a report is kept.
pub const DAYS: i32 = 365;

impl<F: Files> Store<F> {
    /// Takes a report down, once however often it comes; one that comes again after the host has answered it is news, once. Whether the
    /// list has its station.
    pub fn report(&mut self, mut report: Report) -> Result<bool, StoreError> {
        let hold = self.hold()?;
        if self.state.place(&report.station).is_none() {
            return Ok(false);
        }
        if let Some(answer) = self.state.answered(&report) {
            // A name that follows from both, so that it comes once however often it comes.
            report.uuid = sha256_hex(format!("{} {answer}", report.uuid).as_bytes());
            report.uuid.truncate(32);
        }
        if !self.state.has_report(&report.uuid) {
            // First, so that what is confirmed is kept, or nothing is confirmed.
            if let Some(trimmed) = self.state.trim(&report) {
                self.write(&trimmed)?;
            }
            self.write(&Event::Report(report))?;
        }
        drop(hold);
        Ok(true)
    }
}

/// A report as the file has it.
struct Kept<'a> {
    uuid: &'a str,
    station: &'a str,
    at: &'a str,
    counted: bool,
}

impl<'a> Kept<'a> {
    fn of(one: &'a Json) -> Self {
        let text = |key: &str| one.get(key).and_then(Json::as_str).unwrap_or_default();
        let counted = one.get("counted").and_then(Json::as_bool).unwrap_or(true);
        Self { uuid: text("uuid"), station: text("station"), at: text("at"), counted }
    }
}

impl State {
    /// When a station's host answered last, by the minute.
    pub fn answer_of(&self, station: &str) -> Option<&str> {
        self.reports.as_ref()?.value.get("answers")?.get(station)?.as_str()
    }

    /// Whether a report is known: it came before, or staff took it out of a chat.
    fn has_report(&self, uuid: &str) -> bool {
        self.reported.contains(uuid) || self.reports_in_file().any(|one| one.uuid == uuid)
    }

    fn reports_in_file(&self) -> impl Iterator<Item = Kept<'_>> {
        let all = self.reports.as_ref().and_then(|view| view.value.get("reports")?.as_array());
        all.into_iter().flatten().map(Kept::of)
    }

    /// The answer to a report that came before, if there is one. Only a warning is settled by an answer: praise again is the same praise.
    fn answered(&self, report: &Report) -> Option<&str> {
        Kind::from_word(&report.kind).filter(|kind| kind.is_warning())?;
        let known = self.reports_in_file().find(|one| one.uuid == report.uuid)?;
        // Minutes as texts are in order.
        self.answer_of(&report.station).filter(|answer| known.at <= *answer)
    }

    /// What has to go before a report is taken down: whatever is over, and of what is too much first what does not count, then the oldest.
    fn trim(&self, new: &Report) -> Option<Event> {
        let today = LocalDateTime::parse(&new.at)?.date();
        let since = LocalDateTime::midnight(Date::add_days(today, -DAYS)).to_string();
        let mut kept: Vec<Kept<'_>> = self.reports_in_file().collect();
        let over: Vec<String> =
            kept.iter().filter(|one| one.at < since.as_str()).map(|one| one.uuid.to_owned()).collect();
        kept.retain(|one| one.at >= since.as_str());
        kept.sort_by_key(|one| (one.counted, one.at));
        let own = kept.iter().filter(|one| one.station == new.station);
        let much = (own.clone().count() + 1).saturating_sub(OF_ONE);
        let mut dropped: BTreeSet<&str> = own.take(much).map(|one| one.uuid).collect();
        let much = (kept.len() - dropped.len() + 1).saturating_sub(OF_ALL);
        let rest: Vec<&str> =
            kept.iter().map(|one| one.uuid).filter(|uuid| !dropped.contains(uuid)).collect();
        dropped.extend(rest.into_iter().take(much));
        let dropped: Vec<String> = dropped.into_iter().map(str::to_owned).collect();
        let is_needed = !over.is_empty() || !dropped.is_empty();
        is_needed.then(|| Event::Trimmed { over, dropped, at: new.at.clone() })
    }

    /// Reports are kept no longer; of those that were too many it is said how many.
    pub(super) fn trimmed(&mut self, over: &[String], dropped: &[String], at: &str) -> Option<()> {
        let view = self.reports.as_mut()?;
        let gone = |one: &Json, names: &[String]| names.iter().any(|name| name == Kept::of(one).uuid);
        let all = reports_of(view)?;
        let stations: Vec<String> =
            all.iter().filter(|one| gone(one, dropped)).map(|one| Kept::of(one).station.to_owned()).collect();
        all.retain(|one| !gone(one, over) && !gone(one, dropped));
        for station in stations {
            let count = counted(&view.value, &station) + 1;
            let file = view.change().as_object_mut()?;
            let counts = file.entry("dropped").or_insert_with(|| json!({})).as_object_mut()?;
            counts.insert(station, json!({"count": count, "last": at}));
        }
        for name in over.iter().chain(dropped) {
            self.reported.remove(name);
        }
        Some(())
    }

    /// What was too much goes on being said, whatever somebody wrote into the file, which they opened before.
    pub(super) fn keep_counts(&self, view: &mut View) {
        let own = self.reports.as_ref().and_then(|own| own.value.get("dropped")?.as_object());
        for (station, said) in own.into_iter().flatten() {
            if counted(&view.value, station) < said.get("count").and_then(Json::as_u64).unwrap_or(0)
                && let Some(file) = view.change().as_object_mut()
                && let Some(counts) = file.entry("dropped").or_insert_with(|| json!({})).as_object_mut()
            {
                counts.insert(station.clone(), said.clone());
            }
        }
    }

    /// A host has changed a station: that answers what riders said of it until then.
    pub(super) fn answer(&mut self, station: &str) {
        let Some(view) = &mut self.reports else { return };
        let all = view.value.get("reports").and_then(Json::as_array).into_iter().flatten().map(Kept::of);
        // Minutes as texts are in order.
        let last = all.filter(|one| one.station == station).map(|one| one.at).max();
        let Some(last) = last.map(str::to_owned) else { return };
        let answered = view.value.get("answers").and_then(|answers| answers.get(station)?.as_str());
        if answered.is_some_and(|answered| answered >= last.as_str()) {
            return;
        }
        let Some(file) = view.change().as_object_mut() else { return };
        if let Some(answers) = file.entry("answers").or_insert_with(|| json!({})).as_object_mut() {
            answers.insert(station.to_owned(), json!(last));
        }
    }
}

/// How many of a station were too many until now.
fn counted(file: &Json, station: &str) -> u64 {
    let said = file.get("dropped").and_then(|counts| counts.get(station)?.get("count")?.as_u64());
    said.unwrap_or(0)
}
