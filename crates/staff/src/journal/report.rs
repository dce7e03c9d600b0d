//! What riders report.

use serde_json::{Value as Json, json};

use super::event::{Event, Report};
use super::files::Files;
use super::state::State;
use super::store::{Store, StoreError};
use crate::hash::sha256_hex;

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
        if !self.state.reported.contains(&report.uuid) {
            self.write(&Event::Report(report))?;
        }
        drop(hold);
        Ok(true)
    }
}

impl State {
    /// The answer to a report that came before, if there is one.
    fn answered(&self, report: &Report) -> Option<&str> {
        let file = &self.reports.as_ref()?.value;
        let mut all = file.get("reports")?.as_array()?.iter();
        let known = all.find(|one| one.get("uuid").and_then(Json::as_str) == Some(report.uuid.as_str()))?;
        let answer = file.get("answers")?.get(&report.station)?.as_str()?;
        // Minutes as texts are in order.
        (known.get("at")?.as_str()? <= answer).then_some(answer)
    }

    /// A host has changed a station: that answers what riders said of it until then.
    pub(super) fn answer(&mut self, station: &str) {
        let Some(view) = &mut self.reports else { return };
        let all = view.value.get("reports").and_then(Json::as_array).into_iter().flatten();
        let own = all.filter(|one| one.get("station").and_then(Json::as_str) == Some(station));
        // Minutes as texts are in order.
        let last = own.filter_map(|one| one.get("at")?.as_str()).max().map(str::to_owned);
        let Some(last) = last else { return };
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
