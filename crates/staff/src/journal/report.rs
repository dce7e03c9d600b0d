//! What riders report.

use super::event::{Event, Report};
use super::files::Files;
use super::store::{Store, StoreError};

impl<F: Files> Store<F> {
    /// Takes a report down, once however often it comes. Whether the list has its station.
    pub fn report(&mut self, report: Report) -> Result<bool, StoreError> {
        let hold = self.hold()?;
        if self.state.place(&report.station).is_none() {
            return Ok(false);
        }
        if !self.state.reported.contains(&report.uuid) {
            self.write(&Event::Report(report))?;
        }
        drop(hold);
        Ok(true)
    }
}
