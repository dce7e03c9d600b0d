//! What is worth a look in the stations as written, good or not.

use domain::coords::Wgs84;
use domain::dto::{ContactDto, EventDto, LocationDto, StationDto};
use domain::hours::Hours;
use domain::phone::Phone;
use domain::text::Lang;
use domain::time::{Date, LocalDateTime};

use super::english;
use crate::district::Districts;
use crate::source::STATIONS;
use crate::trouble::{Item, Kind, Report, Trouble};

/// After so many days somebody should look again.
const STALE_DAYS: i32 = 180;
/// An event that ended so many days ago can go.
const PAST_DAYS: i32 = 30;
/// A position may lie so many metres outside the district it names. The embedded map's borders are coarse: the true ones
/// stray from them by up to 632 m, as a test measures, so that less than this says nothing.
const TOLERANCE_M: f64 = 700.0;

/// What is wrong with the numbers in a cell.
pub(super) fn phones(cell: Option<&str>) -> Vec<Trouble> {
    let phones = cell.map(Phone::all).unwrap_or_default();
    let bad = phones.into_iter().filter(|phone| phone.dial().is_none());
    bad.map(|phone| {
        let text = phone.text().to_owned();
        if phone.is_masked() { Trouble::Masked(text) } else { Trouble::Undialable(text) }
    })
    .collect()
}

/// A look at one station.
pub(super) struct Look<'a> {
    /// Its place in the list.
    pub(super) index: usize,
    /// The station.
    pub(super) station: &'a StationDto,
    /// Whether everything in it is of the type that it should be: else what it lacks may only be written wrongly, and
    /// nothing is said of it.
    pub(super) whole: bool,
    /// The day.
    pub(super) today: Date,
    /// Where everything is noted.
    pub(super) report: &'a mut Report,
}

impl Look<'_> {
    /// Notes all that is worth a look.
    pub(super) fn all(mut self, districts: Option<&Districts<'_>>) {
        self.times();
        self.contacts();
        self.verified();
        self.district(districts);
        self.english();
        self.name();
    }

    /// Notes a trouble at a field of the station; at the station itself where none is named.
    fn note(&mut self, field: &str, trouble: Trouble) {
        self.note_with(field, trouble.kind(), || trouble);
    }

    fn note_with(&mut self, field: &str, kind: Kind, trouble: impl FnOnce() -> Trouble) {
        let Self { index, station, report, .. } = self;
        let point = if field.is_empty() { "" } else { "." };
        report.add_with(kind, || Item {
            file: STATIONS,
            station: station.id.clone(),
            path: format!("stations[{index}]{point}{field}"),
            trouble: trouble(),
        });
    }

    /// Hours, and what held until a time that has passed.
    fn times(&mut self) {
        let station = self.station;
        let now = LocalDateTime::midnight(self.today);
        if let Some(trouble) = station.hours.as_deref().and_then(unclear) {
            self.note("hours", trouble);
        }
        for (index, notice) in station.notices.iter().flatten().enumerate() {
            if let Some(until) = notice.until.as_deref()
                && end(until).is_some_and(|end| end <= now)
            {
                self.note(&format!("notices[{index}].until"), Trouble::Over { until: until.to_owned() });
            }
        }
        let past = LocalDateTime::midnight(self.today.add_days(-PAST_DAYS));
        for (index, EventDto { starts, ends, .. }) in station.events.iter().flatten().enumerate() {
            if let Some(ended) = ends.as_deref().or(starts.as_deref())
                && end(ended).is_some_and(|end| end <= past)
            {
                self.note(&format!("events[{index}]"), Trouble::EventOver { ended: ended.to_owned() });
            }
        }
    }

    fn contacts(&mut self) {
        let station = self.station;
        let mut numbers = 0;
        for (index, ContactDto { phone, hours, .. }) in station.contacts.iter().flatten().enumerate() {
            let phone = phone.as_deref();
            numbers += phone.map_or(0, |cell| Phone::all(cell).len());
            for trouble in phones(phone) {
                self.note(&format!("contacts[{index}].phone"), trouble);
            }
            if let Some(trouble) = hours.as_deref().and_then(unclear) {
                self.note(&format!("contacts[{index}].hours"), trouble);
            }
        }
        if numbers == 0 && self.whole {
            self.note("contacts", Trouble::NoContact);
        }
    }

    fn verified(&mut self) {
        let Some(written) = self.station.verified_at.as_deref() else {
            if self.whole {
                self.note("verified_at", Trouble::NeverVerified);
            }
            return;
        };
        // What is no day is the domain's to note.
        let Some(date) = Date::parse(written) else { return };
        let days = self.today.days_since(date);
        if days < 0 {
            self.note("verified_at", Trouble::Future { date });
        } else if days > STALE_DAYS {
            self.note("verified_at", Trouble::Stale { days });
        }
    }

    fn district(&mut self, districts: Option<&Districts<'_>>) {
        let (Some(location), Some(districts)) = (&self.station.location, districts) else { return };
        let LocationDto { lat: Some(lat), lng: Some(lng), city, district: Some(district), .. } = location
        else {
            return;
        };
        let Ok(at) = Wgs84::new(*lat, *lng) else { return };
        let city = city.as_deref().unwrap_or_default();
        if let Some(metres) = districts.metres_outside(city, district, at)
            && metres > TOLERANCE_M
        {
            self.note_with("location", Kind::Elsewhere, || Trouble::Elsewhere {
                district: district.clone(),
                metres,
                around: districts.around(at).map(str::to_owned),
            });
        }
    }

    /// Whether the preview image can show the name.
    fn name(&mut self) {
        let name = self.station.name.as_ref();
        if let Some(characters) = name.map(|name| preview::lacking(name.get(Lang::Zh)))
            && !characters.is_empty()
        {
            self.note("name", Trouble::Undrawable { characters });
        }
    }

    fn english(&mut self) {
        let station = self.station;
        if english::is_missing(station) {
            self.note_with("", Kind::Untranslated, || Trouble::Untranslated {
                fields: english::station(station),
            });
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

/// An end as written, a whole day or a minute; none for what is no end.
fn end(until: &str) -> Option<LocalDateTime> {
    let day = Date::parse(until).map(|day| LocalDateTime::midnight(day.add_days(1)));
    day.or_else(|| LocalDateTime::parse(until))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trouble::Keep;
    use domain::basemap::Basemap;
    use domain::dto::StationsDto;

    const MAP: &[u8] = include_bytes!("../../../../public/basemap/liaoning.bin");
    const STATIONS_FILE: &[u8] = include_bytes!("../../../../public/data/stations.json");
    /// The true borders, which the map's are made from.
    const BORDERS: &[u8] = include_bytes!("../../../../basemap/source/liaoning-districts.geojson");

    /// Whoever stands on the true border of a district is not told to be elsewhere: the tolerance is as wide as the
    /// map's borders are coarse.
    #[test]
    fn no_place_on_a_true_border_is_elsewhere() {
        let map = Basemap::from_bytes(MAP).unwrap();
        let borders: serde_json::Value = serde_json::from_slice(BORDERS).unwrap();
        let (mut count, mut farthest, mut over) = (0, 0.0_f64, 0);
        // The map has the districts in the order of the source.
        for (number, feature) in borders["features"].as_array().unwrap().iter().enumerate() {
            let mut points = Vec::new();
            collect(&feature["geometry"]["coordinates"], &mut points);
            for point in points {
                let at = Wgs84::new(point[1].as_f64().unwrap(), point[0].as_f64().unwrap()).unwrap();
                let metres = if map.is_within(number, at) { 0.0 } else { map.border_m(number, at) };
                count += 1;
                farthest = farthest.max(metres);
                over += usize::from(metres > TOLERANCE_M);
            }
        }
        println!(
            "{count} points of true borders: at most {farthest:.0} m outside, {over} over {TOLERANCE_M} m"
        );
        assert!(count > 10_000 && farthest > 200.0, "{count} {farthest}");
        assert_eq!(over, 0);
    }

    /// All points of rings of polygons.
    fn collect<'a>(value: &'a serde_json::Value, points: &mut Vec<&'a serde_json::Value>) {
        if value[0].is_number() {
            points.push(value);
        } else {
            value.as_array().unwrap().iter().for_each(|below| collect(below, points));
        }
    }

    #[test]
    fn the_sample_is_where_it_says_and_is_missed_where_it_does_not() {
        let map = Basemap::from_bytes(MAP).unwrap();
        let districts = Districts::of(&map);
        let elsewhere = |dto: &StationsDto| {
            let mut report = Report::new(0, Keep::ALL);
            let today = Date::parse("2026-11-20").unwrap();
            for (index, station) in dto.stations.iter().flatten().enumerate() {
                Look { index, station, whole: true, today, report: &mut report }.all(Some(&districts));
            }
            report.counts().find(|(kind, _)| *kind == Kind::Elsewhere).map_or(0, |(_, count)| count)
        };
        let mut dto: StationsDto = serde_json::from_slice(STATIONS_FILE).unwrap();
        assert_eq!(elsewhere(&dto), 0);
        let mut moved = 0;
        for station in dto.stations.iter_mut().flatten() {
            if let Some(lat) = station.location.as_mut().and_then(|location| location.lat.as_mut()) {
                (*lat, moved) = (*lat + 0.5, moved + 1);
            }
        }
        let found = elsewhere(&dto);
        println!("{moved} stations moved by half a degree: {found} found");
        assert!(found * 100 > moved * 95, "{found} of {moved}");
    }
}
