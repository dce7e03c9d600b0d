//! `staff check`: everything that is wrong in the source folder, and what a careful editor would want to know.

use domain::dto::StationsDto;
use domain::holidays::Holidays;
use domain::hours::Hours;
use domain::text::Lang;
use domain::time::{Date, LocalDateTime};

use crate::source::{HOLIDAYS, SITE, STATIONS, Source};
use crate::trouble::{Item, Report, Trouble};

/// The holiday table should reach this many days ahead.
const AHEAD: i32 = 60;

/// What is wrong in `source`, and what is worth a look on `today`.
pub fn check(source: &Source, today: Date) -> Report {
    let mut items = source.items.clone();
    stations(&source.stations_dto, today, &mut items);
    if let Some(site) = &source.site {
        if site.boundaries && site.review_number.is_none() {
            items.push(at(SITE, "review_number", Trouble::UnreviewedBoundaries));
        }
        if site.site_url.get().is_none() {
            items.push(at(SITE, "site_url", Trouble::NoSiteUrl));
        }
        let until = source.site_dto.emergency.as_ref().and_then(|emergency| emergency.until.as_ref());
        if let (Some(emergency), Some(until)) = (&site.emergency, until)
            && emergency.until.is_some_and(|until| until.end() <= LocalDateTime::midnight(today))
        {
            items.push(at(SITE, "emergency.until", Trouble::Over { until: until.clone() }));
        }
    }
    if let Some(through) = source.holidays.as_ref().and_then(Holidays::through)
        && through < today.add_days(AHEAD)
    {
        items.push(at(HOLIDAYS, "through", Trouble::HolidaysEnd { through }));
    }
    crate::source::sort(&mut items);
    Report { stations: source.stations_dto.stations.as_ref().map_or(0, Vec::len), items }
}

/// What is worth a look in the stations as written, good or not.
fn stations(dto: &StationsDto, today: Date, items: &mut Vec<Item>) {
    let now = LocalDateTime::midnight(today);
    for (index, station) in dto.stations.iter().flatten().enumerate() {
        let mut note = |field: String, trouble| {
            let path = format!("stations[{index}].{field}");
            items.push(Item { file: STATIONS, station: station.id.clone(), path, trouble });
        };
        if let Some(characters) = station.name.as_ref().map(|name| preview::lacking(name.get(Lang::Zh)))
            && !characters.is_empty()
        {
            note("name".into(), Trouble::Undrawable { characters });
        }
        if let Some(trouble) = station.hours.as_deref().and_then(unclear) {
            note("hours".into(), trouble);
        }
        for (index, contact) in station.contacts.iter().flatten().enumerate() {
            if let Some(trouble) = contact.hours.as_deref().and_then(unclear) {
                note(format!("contacts[{index}].hours"), trouble);
            }
        }
        for (index, notice) in station.notices.iter().flatten().enumerate() {
            if let Some(until) = &notice.until
                && is_over(until, now)
            {
                note(format!("notices[{index}].until"), Trouble::Over { until: until.clone() });
            }
        }
    }
}

fn unclear(text: &str) -> Option<Trouble> {
    // Hours that are nothing but spaces are the domain's to note.
    if text.trim().is_empty() {
        return None;
    }
    Hours::parse(text).err().map(|error| Trouble::UnclearHours { text: text.to_owned(), error })
}

/// Whether an end as written, a whole day or a minute, has passed. False for what is no end.
fn is_over(until: &str, now: LocalDateTime) -> bool {
    let end = Date::parse(until).map(|day| LocalDateTime::midnight(day.add_days(1)));
    end.or_else(|| LocalDateTime::parse(until)).is_some_and(|end| end <= now)
}

fn at(file: &'static str, path: &str, trouble: Trouble) -> Item {
    Item { file, station: None, path: path.to_owned(), trouble }
}
