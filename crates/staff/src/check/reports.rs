//! What is worth a look in what riders reported, and in the shelters of an emergency: stations that are none, and days to come.

use std::collections::HashSet;

use domain::station::StationId;
use domain::time::Date;

use super::at;
use crate::source::{REPORTS, SITE, Source};
use crate::trouble::{Report, Trouble};

/// Looks at both.
pub(super) fn look(source: &Source, today: Date, report: &mut Report) {
    let known: HashSet<&StationId> = source.reading.stations.iter().map(|station| &station.id).collect();
    // Only a list that is read whole says which stations there are.
    let whole = source.reading.stations.len() == source.written.len();
    let unknown = |id: &StationId| whole && !known.contains(id);
    let emergency = source.site.as_ref().and_then(|site| site.emergency.as_ref());
    let shelters = emergency.and_then(|emergency| emergency.shelters.as_deref()).unwrap_or_default();
    for (index, id) in shelters.iter().enumerate().filter(|(_, id)| unknown(id)) {
        let path = format!("emergency.stations[{index}]");
        report.add(at(SITE, &path, Trouble::NoStation { id: id.to_string() }));
    }
    let Some(reports) = &source.reports else { return };
    for (index, one) in reports.list.iter().enumerate() {
        let id = one.report.station();
        if unknown(id) {
            let path = format!("reports[{index}].station");
            report.add(at(REPORTS, &path, Trouble::NoStation { id: id.to_string() }));
        }
        // A clock may be a day ahead; a year ahead, the report would be fresh for a year.
        if one.at.date() > today.add_days(1) {
            report.add(at(REPORTS, &format!("reports[{index}].at"), Trouble::Future { date: one.at.date() }));
        }
    }
}
