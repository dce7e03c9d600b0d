//! A station for machines: JSON-LD in schema.org's words.
//!
//! Says what the data says and no more: what is not known is left out, as is what schema.org has no true words for, like hours
//! that follow the holiday table. A block of data is no script to a browser: the content security policy lets it be.

use domain::amenity::AmenityState;
use domain::hours::Span;
use domain::site::Site;
use domain::station::{Access, Location, Notice, NoticeKind, Station};
use domain::text::Lang;
use domain::time::{DAY_MINUTES, LocalDateTime};
use serde_json::{Map, Value, json};

use super::meta::Image;
use crate::words;

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// Opening and closing at once is how a day is said to be shut.
const SHUT: &str = "00:00";

/// The station in a block for a page's head.
pub(super) fn block(site: &Site, station: &Station, image: Option<Image<'_>>) -> String {
    // The two lines that JSON allows and JavaScript does not, and whatever could end the block.
    let mut json = place(site, station, image).to_string();
    for (sign, escape) in [
        ('<', "\\u003c"),
        ('>', "\\u003e"),
        ('&', "\\u0026"),
        ('\u{2028}', "\\u2028"),
        ('\u{2029}', "\\u2029"),
    ] {
        if json.contains(sign) {
            json = json.replace(sign, escape);
        }
    }
    format!("<script type=\"application/ld+json\">{json}</script>")
}

fn place(site: &Site, station: &Station, image: Option<Image<'_>>) -> Value {
    let mut out = Map::new();
    let mut add = |key: &str, value: Value| drop(out.insert(key.to_owned(), value));
    add("@context", "https://schema.org".into());
    add("@type", "Place".into());
    add("identifier", station.id.as_str().into());
    add("name", station.name.get(Lang::Zh).into());
    if let Some(english) = station.name.english() {
        add("alternateName", json!({"@language": "en", "@value": english}));
    }
    if let Some(origin) = site.site_url.get() {
        let url = format!("{origin}/s/{}/", station.id);
        add("url", url.as_str().into());
        if let Some(image) = image {
            add("image", image.urls(origin).map(|(url, _)| url).to_vec().into());
        }
        let photo = |photo: &domain::station::Photo| {
            let url = format!("{origin}/data/{}_960.jpg", photo.file);
            json!({"@type": "ImageObject", "contentUrl": url, "caption": photo.alt.get(Lang::Zh)})
        };
        if !station.photos.is_empty() {
            add("photo", station.photos.iter().map(photo).collect());
        }
        if let Some(changed) = station.updated_at {
            let page = json!({"@type": "WebPage", "url": url, "inLanguage": "zh-CN", "dateModified": changed.to_string()});
            add("subjectOf", page);
        }
    }
    let Location { position, city, district, address, directions: _ } = &station.location;
    let mut postal = json!({"@type": "PostalAddress", "addressLocality": format!("{city}{district}")});
    if let Some(street) = address {
        postal["streetAddress"] = street.get(Lang::Zh).into();
    }
    add("address", postal);
    if let Some(position) = position {
        add(
            "geo",
            json!({"@type": "GeoCoordinates", "latitude": position.lat(), "longitude": position.lng()}),
        );
    }
    if let Some(dial) = station.first_call().and_then(|(_, phone)| phone.dial()) {
        add("telephone", dial.into());
    }
    if let Some((hours, special)) = hours(station) {
        add("openingHoursSpecification", hours.into());
        if !special.is_empty() {
            add("specialOpeningHoursSpecification", special.into());
        }
    }
    let feature = |name: &str, value: bool| json!({"@type": "LocationFeatureSpecification", "name": name, "value": value});
    let features = station.offers.iter().filter_map(|offer| match offer.state {
        AmenityState::Ok => Some(feature(words::amenity(offer.amenity), true)),
        AmenityState::Out => Some(feature(words::amenity(offer.amenity), false)),
        AmenityState::Unknown => None,
    });
    let features: Vec<Value> = features.collect();
    if !features.is_empty() {
        add("amenityFeature", features.into());
    }
    // What one has to show or sign at the door may keep somebody out.
    if station.access == Some(Access::Free) {
        add("publicAccess", true.into());
        add("isAccessibleForFree", true.into());
    }
    out.into()
}

/// The hours and the days on which they do not hold. None where they depend on more than the day of the week, or where a
/// notice shuts the station for a time that cannot be said in days.
fn hours(station: &Station) -> Option<(Vec<Value>, Vec<Value>)> {
    let week = station.hours.as_ref()?.rules().ok()?.weekly()?;
    let shut = station.notices.iter().filter(|notice| notice.kind == NoticeKind::Closed);
    let shut: Vec<Value> = shut.map(shut_days).collect::<Option<_>>()?;
    let mut said: Vec<(Span, Vec<&str>)> = Vec::new();
    for (day, spans) in DAYS.into_iter().zip(&week) {
        for &span in spans {
            match said.iter_mut().find(|(other, _)| *other == span) {
                Some((_, days)) => days.push(day),
                None => said.push((span, vec![day])),
            }
        }
    }
    let spec = |(span, days): &(Span, Vec<&str>)| {
        let (opens, closes) = clocks(*span)?;
        let days: Vec<String> = days.iter().map(|day| format!("https://schema.org/{day}")).collect();
        Some(
            json!({"@type": "OpeningHoursSpecification", "dayOfWeek": days, "opens": opens, "closes": closes}),
        )
    };
    let said: Vec<Value> = said.iter().map(spec).collect::<Option<_>>()?;
    // Open at no time is not said by saying nothing.
    (!said.is_empty()).then_some((said, shut))
}

/// When a span opens and closes. A closing that is not after the opening is on the next day; a whole day ends a minute
/// before midnight, as search engines ask for it. None for a span longer than a day.
fn clocks(span: Span) -> Option<(String, String)> {
    let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    if span.start() == 0 && span.end() == DAY_MINUTES {
        return Some((clock(0), clock(DAY_MINUTES - 1)));
    }
    let short = span.end() - span.start() < DAY_MINUTES;
    short.then(|| (clock(span.start()), clock(span.end() % DAY_MINUTES)))
}

/// A notice that shuts the station for whole days, with an end.
fn shut_days(notice: &Notice) -> Option<Value> {
    let through = notice.until?.last_day()?;
    let mut shut = json!({"@type": "OpeningHoursSpecification", "opens": SHUT, "closes": SHUT});
    if let Some(from) = notice.from {
        if from != LocalDateTime::midnight(from.date()) {
            return None;
        }
        shut["validFrom"] = from.date().to_string().into();
    }
    shut["validThrough"] = through.to_string().into();
    Some(shut)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use domain::station::{Until, WrittenHours};
    use domain::text::Text;
    use domain::time::Date;

    use super::*;
    use crate::source::Source;

    fn station() -> (Site, Station) {
        let source = Source::read(Path::new("tests/data/good"));
        (source.site.unwrap(), source.reading.stations.into_iter().next().unwrap())
    }

    /// A station's hours as the block says them: days, opening, closing.
    fn said(station: &Station) -> Vec<(usize, String)> {
        let (site, image) = (self::station().0, None);
        let place = place(&site, station, image);
        let list = place["openingHoursSpecification"].as_array().cloned().unwrap_or_default();
        let time = |spec: &Value| {
            format!("{}-{}", spec["opens"].as_str().unwrap(), spec["closes"].as_str().unwrap())
        };
        list.iter().map(|spec| (spec["dayOfWeek"].as_array().unwrap().len(), time(spec))).collect()
    }

    #[test]
    fn hours_that_can_be_said_truly() {
        let (_, mut station) = station();
        for (text, expected) in [
            ("24小时", &[(7, "00:00-23:59")][..]),
            ("18:00-02:00", &[(7, "18:00-02:00")]),
            ("12:00-24:00", &[(7, "12:00-00:00")]),
            ("周一至周五 08:30-12:00,13:00-17:30", &[(5, "08:30-12:00"), (5, "13:00-17:30")]),
            ("周一至周五 08:00-17:00; 周六 09:00-12:00", &[(5, "08:00-17:00"), (1, "09:00-12:00")]),
            ("工作日 08:30-17:00", &[]),
            ("周一至周五 08:30-17:00; 节假日除外", &[]),
            ("冬季 11-1 至 3-31 07:30-17:30", &[]),
            ("随缘", &[]),
        ] {
            station.hours = Some(WrittenHours::new(text));
            let expected: Vec<_> = expected.iter().map(|(days, time)| (*days, (*time).to_owned())).collect();
            assert_eq!(said(&station), expected, "{text}");
        }
        station.hours = None;
        assert!(said(&station).is_empty());
    }

    /// Hours that a notice suspends are only said where its days are said, too.
    #[test]
    fn a_shut_station_is_not_said_to_be_open() {
        let (site, mut station) = station();
        let day = |text: &str| Date::parse(text).unwrap();
        let midnight = LocalDateTime::midnight(day("2026-12-01"));
        let through = Until::whole_day(day("2026-12-10"));
        station.hours = Some(WrittenHours::new("24小时"));
        for (from, until, expected) in [
            (Some(midnight), Some(through), true),
            (None, Some(through), true),
            (Some(midnight), None, false),
            (Some(LocalDateTime::at(day("2026-12-01"), 600)), Some(through), false),
            (None, Some(Until::minute(midnight)), false),
        ] {
            station.notices =
                vec![Notice { kind: NoticeKind::Closed, text: Text::zh("检修"), from, until }];
            let place = place(&site, &station, None);
            assert_eq!(place.get("openingHoursSpecification").is_some(), expected, "{from:?} {until:?}");
            let special = &place["specialOpeningHoursSpecification"][0];
            assert_eq!(special["validThrough"] == "2026-12-10", expected);
            assert_eq!(special["validFrom"] == "2026-12-01", expected && from.is_some());
        }
    }

    #[test]
    fn nothing_ends_the_block() {
        let (site, mut station) = station();
        let name = "</script><!-- & \u{2028}\u{2029}";
        station.name = Text::zh(name);
        let block = block(&site, &station, None);
        let json = block.strip_prefix("<script type=\"application/ld+json\">").unwrap();
        let json = json.strip_suffix("</script>").unwrap();
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
        assert_eq!(serde_json::from_str::<Value>(json).unwrap()["name"], name);
    }
}
