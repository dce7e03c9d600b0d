//! What is true of the stations, worked out from the source data without any code of the app.

use std::fs;

use serde_json::Value;

/// A station as `public/data/stations.json` has it.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: String,
    pub name: String,
    pub place: Option<(f64, f64)>,
    pub district: String,
    json: Value,
}

/// All stations.
pub fn stations() -> Vec<Known> {
    let path = e2e::workspace().join("public/data/stations.json");
    let json: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    json["stations"].as_array().unwrap().iter().map(Known::new).collect()
}

/// The station with this id.
pub fn station(id: &str) -> Known {
    stations().into_iter().find(|station| station.id == id).unwrap()
}

/// Great-circle distance in metres on a sphere of the earth's mean radius (haversine), in degrees.
pub fn metres(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (lat1, lat2) = (from.0.to_radians(), to.0.to_radians());
    let (dlat, dlng) = (lat2 - lat1, (to.1 - from.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlng / 2.0).sin().powi(2);
    2.0 * 6_371_008.8 * h.sqrt().asin()
}

/// The stations of known place that pass, with their distance from `from`, the nearest first.
pub fn nearest(from: (f64, f64), passes: impl Fn(&Known) -> bool) -> Vec<(Known, f64)> {
    let placed = stations().into_iter().filter(|station| passes(station));
    let mut found: Vec<_> =
        placed.filter_map(|station| Some((station.clone(), metres(from, station.place?)))).collect();
    found.sort_by(|a, b| a.1.total_cmp(&b.1));
    found
}

/// The nearest station that is open, when no other open one is as near to within what a rider is shown.
pub fn nearest_open(from: (f64, f64), at: &Moment) -> Known {
    let found = nearest(from, |station| station.is_open(at));
    assert!(found[1].1 - found[0].1 > 100.0, "choose a place where it is clear which one is nearest");
    found[0].0.clone()
}

impl Known {
    fn new(json: &Value) -> Self {
        let location = &json["location"];
        let place = location["lat"].as_f64().zip(location["lng"].as_f64());
        Self {
            id: json["id"].as_str().unwrap().to_owned(),
            name: text(&json["name"]),
            place,
            district: location["district"].as_str().unwrap().to_owned(),
            json: json.clone(),
        }
    }

    /// Whether it has this and it is not known to be broken.
    pub fn has(&self, amenity: &str) -> bool {
        let offers = self.json["amenities"].as_array().unwrap();
        offers.iter().any(|offer| offer["id"] == amenity && offer["state"] != "out")
    }

    /// Numbers that can be dialled: not masked.
    pub fn phones(&self) -> Vec<String> {
        let contacts = self.json["contacts"].as_array().unwrap();
        let written = contacts.iter().filter_map(|contact| contact["phone"].as_str());
        written.flat_map(|phones| phones.split([';', '；', '、'])).map(str::trim).map(str::to_owned).collect()
    }

    /// Whether it is known to be open.
    pub fn is_open(&self, at: &Moment) -> bool {
        let notices = self.json["notices"].as_array().unwrap();
        let shut = notices.iter().any(|notice| notice["kind"] == "closed" && at.is_in(notice));
        !shut && self.json["hours"].as_str().is_some_and(|hours| is_open(hours, at))
    }
}

/// The Chinese of a text, which is a string or `{zh, en}`.
fn text(value: &Value) -> String {
    value.as_str().or_else(|| value["zh"].as_str()).unwrap().to_owned()
}

/// An instant in China, on an ordinary day: no holiday, no shifted working day.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Days since Monday 2026-11-23.
    day: i64,
    minute: i64,
    month_day: (u32, u32),
    written: String,
}

impl Moment {
    /// An instant of November 2026, by its day, hour and minute.
    pub fn november(day: u32, hour: u32, minute: u32) -> Self {
        Self {
            day: i64::from(day) - 23,
            minute: i64::from(hour * 60 + minute),
            month_day: (11, day),
            written: format!("2026-11-{day:02}T{hour:02}:{minute:02}"),
        }
    }

    /// As a browser's clock takes it.
    pub fn iso(&self) -> String {
        format!("{}:00+08:00", self.written)
    }

    fn is_in(&self, notice: &Value) -> bool {
        // Written this way, dates and times compare as texts; a day as its end lasts until its midnight.
        let begun = notice["from"].as_str().is_none_or(|from| *from <= *self.written);
        let over = notice["until"].as_str().is_some_and(|until| {
            if until.len() == 10 { *until < self.written[..10] } else { *until <= *self.written }
        });
        begun && !over
    }
}

/// Whether hours, in the ways of writing that the sample data use, cover an instant.
fn is_open(hours: &str, at: &Moment) -> bool {
    hours.split(';').map(str::trim).any(|rule| match rule {
        "24小时" => true,
        // Says something about holidays only.
        "节假日除外" | "PH off" => false,
        _ => rule_covers(rule, at),
    })
}

fn rule_covers(rule: &str, at: &Moment) -> bool {
    let (days, spans) = rule.rsplit_once(' ').unwrap_or(("每日", rule));
    let in_spans = |minute: i64| {
        spans.split(',').any(|span| {
            let (from, to) = span.split_once('-').unwrap();
            let (from, to) = (clock(from), clock(to));
            let to = if to <= from { to + 1440 } else { to };
            (from..to).contains(&minute)
        })
    };
    // What began yesterday may last past midnight.
    let yesterday = Moment { day: at.day - 1, ..at.clone() };
    (is_day(days, at) && in_spans(at.minute)) || (is_day(days, &yesterday) && in_spans(at.minute + 1440))
}

fn clock(text: &str) -> i64 {
    let (hour, minute) = text.split_once(':').unwrap_or_else(|| panic!("no time of day: {text}"));
    hour.parse::<i64>().unwrap() * 60 + minute.parse::<i64>().unwrap()
}

fn is_day(days: &str, at: &Moment) -> bool {
    const ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    const EN: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
    let weekday = usize::try_from(at.day.rem_euclid(7)).unwrap();
    let number = |name: &str| ZH.iter().chain(&EN).position(|day| *day == name).map(|at| at % 7);
    match days {
        "每日" => return true,
        "工作日" => return weekday < 5,
        _ => {}
    }
    if let Some((first, last)) = days.split_once(" 至 ") {
        // A season: 冬季 11-1 至 3-31. Its name says nothing more.
        let first = first.rsplit(' ').next().unwrap();
        let (first, last) = (month_day(first), month_day(last));
        let day = at.month_day;
        return if first <= last { (first..=last).contains(&day) } else { day >= first || day <= last };
    }
    days.split(['、', ',']).any(|part| {
        let (first, last) = part.split_once('至').or_else(|| part.split_once('-')).unwrap_or((part, part));
        let (first, last) = number(first).zip(number(last)).unwrap_or_else(|| panic!("which days? {days}"));
        (first..=last).contains(&weekday)
    })
}

fn month_day(text: &str) -> (u32, u32) {
    let (month, day) = text.split_once('-').unwrap();
    (month.parse().unwrap(), day.parse().unwrap())
}

#[test]
fn hours_are_understood() {
    let monday = Moment::november(23, 10, 30);
    let sunday_night = Moment::november(22, 23, 30);
    let early = Moment::november(24, 1, 0);
    for (hours, [on_monday, on_sunday, in_the_night]) in [
        ("24小时", [true, true, true]),
        ("10:00-01:30", [true, true, true]),
        ("20:00-06:00", [false, true, true]),
        ("工作日 08:30-12:00,13:00-17:00", [true, false, false]),
        ("周一至周六 08:00-18:00; 周日 09:00-23:45", [true, true, false]),
        ("周一、周三、周五 09:00-11:30", [true, false, false]),
        ("冬季 11-1 至 3-31 07:30-10:00; 夏季 4-1 至 10-31 06:00-20:00", [false, false, false]),
        ("Mo-Fr 08:00-18:00; Sa,Su 09:00-24:00; PH off", [true, true, false]),
    ] {
        let found = [&monday, &sunday_night, &early].map(|at| is_open(hours, at));
        assert_eq!(found, [on_monday, on_sunday, in_the_night], "{hours}");
    }
    // All that the sample data use: an unknown way of writing panics.
    assert!(stations().iter().any(|station| station.is_open(&monday)));
}
