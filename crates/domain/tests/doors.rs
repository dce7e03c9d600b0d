//! Whether one can walk in: opening hours and notices together, as a table.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

use domain::dto::StationsDto;
use domain::holidays::Holidays;
use domain::read::read_stations;
use domain::station::Station;
use domain::status::{Status, status};
use domain::time::LocalDateTime;

fn at(text: &str) -> LocalDateTime {
    LocalDateTime::parse(text).unwrap()
}

fn station(hours: &str, notices: &str) -> Station {
    let json = format!(
        r#"{{"schema":1,"dataset":{{"title":"t"}},"stations":[{{"id":"a","name":"n","kind":"other",
        "location":{{"city":"沈阳市","district":"浑南区"}},"hours":{hours},"notices":[{notices}]}}]}}"#
    );
    let dto: StationsDto = serde_json::from_str(&json).unwrap();
    let reading = read_stations(dto);
    assert_eq!(reading.findings, [], "{json}");
    reading.stations.into_iter().next().unwrap()
}

fn closed(from: Option<&str>, until: Option<&str>) -> String {
    let quote = |text: Option<&str>| text.map_or("null".into(), |text| format!("\"{text}\""));
    format!(r#"{{"kind":"closed","text":"整修","from":{},"until":{}}}"#, quote(from), quote(until))
}

/// What is said of a station with these hours and notices, on Monday 2026-11-23 at 15:00.
fn check(hours: &str, notices: &str, expected: Status) {
    let station = station(hours, notices);
    let found = status(&station, at("2026-11-23T15:00"), &Holidays::default());
    assert_eq!(found, expected, "{hours} {notices}");
}

const NINE_TO_FIVE: &str = r#""09:00-17:00""#;
const ALWAYS: &str = r#""24小时""#;

#[test]
fn hours_alone() {
    check(NINE_TO_FIVE, "", Status::Open { until: at("2026-11-23T17:00") });
    check(ALWAYS, "", Status::OpenAlways);
    check(r#""09:00-12:00""#, "", Status::Closed { opens: Some(at("2026-11-24T09:00")) });
    check("null", "", Status::NoHours);
    check(r#""看心情""#, "", Status::Unreadable);
}

#[test]
fn a_closing_notice_wins() {
    for hours in [NINE_TO_FIVE, ALWAYS, "null", r#""看心情""#] {
        check(hours, &closed(None, None), Status::ClosedByNotice { until: None });
    }
    let station = station(NINE_TO_FIVE, &closed(None, Some("2026-12-01")));
    let Status::ClosedByNotice { until: Some(until) } =
        status(&station, at("2026-11-23T15:00"), &Holidays::default())
    else {
        panic!("closed until December");
    };
    assert_eq!(until.end(), at("2026-12-02T00:00"));
}

#[test]
fn other_notices_close_nothing() {
    let limited = r#"{"kind":"limited","text":"无热水"}"#;
    check(NINE_TO_FIVE, limited, Status::Open { until: at("2026-11-23T17:00") });
    check(NINE_TO_FIVE, &closed(None, Some("2026-11-22")), Status::Open { until: at("2026-11-23T17:00") });
    check(
        NINE_TO_FIVE,
        &closed(None, Some("2026-11-23T15:00")),
        Status::Open { until: at("2026-11-23T17:00") },
    );
}

#[test]
fn the_last_end_counts_and_no_end_is_last() {
    let two = format!("{},{}", closed(None, Some("2026-11-25")), closed(None, Some("2026-11-30")));
    let station_two = station(NINE_TO_FIVE, &two);
    let Status::ClosedByNotice { until: Some(until) } =
        status(&station_two, at("2026-11-23T15:00"), &Holidays::default())
    else {
        panic!("closed");
    };
    assert_eq!(until.end(), at("2026-12-01T00:00"));
    let endless = format!("{},{}", closed(None, None), closed(None, Some("2026-11-30")));
    check(NINE_TO_FIVE, &endless, Status::ClosedByNotice { until: None });
}

#[test]
fn a_coming_notice_moves_the_closing_and_the_opening() {
    check(
        NINE_TO_FIVE,
        &closed(Some("2026-11-23T16:00"), None),
        Status::Open { until: at("2026-11-23T16:00") },
    );
    check(ALWAYS, &closed(Some("2026-11-25"), None), Status::Open { until: at("2026-11-25T00:00") });
    check(
        r#""09:00-12:00""#,
        &closed(Some("2026-11-24"), Some("2026-11-25")),
        Status::Closed { opens: Some(at("2026-11-26T09:00")) },
    );
    check(r#""09:00-12:00""#, &closed(Some("2026-11-24"), None), Status::Closed { opens: None });
    check(
        r#""09:00-12:00""#,
        &closed(Some("2026-11-24"), Some("2026-11-24T10:00")),
        Status::Closed { opens: Some(at("2026-11-24T10:00")) },
    );
}
