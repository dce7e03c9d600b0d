//! `staff check`: everything that is wrong in the source folder, and what a careful editor would want to know.

mod english;
mod neighbours;
mod reports;
mod station;

use std::collections::HashSet;

use domain::basemap::Basemap;
use domain::dto_site::SiteDto;
use domain::finding::Problem;
use domain::holidays::Holidays;
use domain::time::{Date, LocalDateTime};

use crate::district::Districts;
use crate::source::{self, HOLIDAYS, SITE, STATIONS, Source};
use crate::trouble::{Item, Keep, Report, Trouble};
use neighbours::Neighbours;
use station::Look;

/// The holiday table should reach this many days ahead.
const AHEAD: i32 = 60;
/// Two stations closer than this, in metres, are perhaps one.
const CLOSE_M: f64 = 15.0;

/// What is wrong in `source`, and what is worth a look on `today`; of the latter so many of each kind.
pub fn check(source: &Source, today: Date, keep: Keep) -> Report {
    let written = &source.written;
    let mut report = Report::new(written.len(), keep);
    report.extend(source.items.iter().cloned());
    let map = source.basemap.as_deref().and_then(Basemap::from_bytes);
    let districts = map.as_ref().map(Districts::of);
    let misshapen = misshapen(&source.items);
    let mut neighbours = Neighbours::within(CLOSE_M);
    // Station by station, so that no more than one need be there at a time.
    for (index, station) in written.stations().enumerate() {
        let whole = !misshapen.contains(&index);
        Look { index, station: &station, whole, today, report: &mut report }.all(districts.as_ref());
        neighbours.look(index, &station, &mut report);
    }
    settings(source, today, &mut report);
    reports::look(source, today, &mut report);
    if let Some(through) = source.holidays.as_ref().and_then(Holidays::through)
        && through < today.add_days(AHEAD)
    {
        report.add(at(HOLIDAYS, "through", Trouble::HolidaysEnd { through }));
    }
    for (file, path, fields) in [
        (STATIONS, "dataset", written.dataset.as_ref().map(english::dataset)),
        (SITE, "", Some(english::site(&source.site_dto))),
        (HOLIDAYS, "", Some(english::holidays(&source.holidays_dto))),
    ] {
        if let Some(fields) = fields.filter(|fields| !fields.is_empty()) {
            report.add(at(file, path, Trouble::Untranslated { fields }));
        }
    }
    report.sort();
    report
}

/// The stations in which something is of a wrong type: what they lack may only be written wrongly.
fn misshapen(items: &[Item]) -> HashSet<usize> {
    let wrong = items.iter().filter(|item| matches!(item.trouble, Trouble::Field(Problem::WrongType(_))));
    wrong.filter_map(|item| source::station_index(&item.path)).collect()
}

/// What is worth a look in the settings.
fn settings(source: &Source, today: Date, report: &mut Report) {
    let SiteDto { emergency, service_numbers, .. } = &source.site_dto;
    let Some(site) = &source.site else { return };
    if site.boundaries && site.review_number.is_none() {
        report.add(at(SITE, "review_number", Trouble::UnreviewedBoundaries));
    }
    if site.site_url.get().is_none() {
        report.add(at(SITE, "site_url", Trouble::NoSiteUrl));
    }
    let until = emergency.as_ref().and_then(|emergency| emergency.until.as_ref());
    if let (Some(emergency), Some(until)) = (&site.emergency, until)
        && emergency.until.is_some_and(|until| until.end() <= LocalDateTime::midnight(today))
    {
        report.add(at(SITE, "emergency.until", Trouble::Over { until: until.clone() }));
    }
    let mut numbers = |list: &str, index: usize, cell: Option<&str>| {
        for trouble in station::phones(cell) {
            report.add(at(SITE, &format!("{list}[{index}].phone"), trouble));
        }
    };
    let contacts = emergency.iter().flat_map(|emergency| emergency.contacts.iter().flatten());
    for (index, contact) in contacts.enumerate() {
        numbers("emergency.contacts", index, contact.phone.as_deref());
    }
    for (index, service) in service_numbers.iter().flatten().enumerate() {
        numbers("service_numbers", index, service.phone.as_deref());
    }
}

fn at(file: &'static str, path: &str, trouble: Trouble) -> Item {
    Item { file, station: None, path: path.to_owned(), trouble }
}
