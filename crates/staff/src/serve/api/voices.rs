//! Whose word counts: from one household the same thing about the same station once a day, whatever its phones call themselves. In memory
//! alone, and for that day.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use domain::report::Kind;

use super::super::visitors::household;
use crate::journal::Report;

/// A household, a station and what was said of it.
type Said = (IpAddr, String, String);

/// What was said today, and the minute in which it was said last and counted.
#[derive(Debug, Default)]
pub(super) struct Voices(Mutex<(String, HashMap<Said, String>)>);

impl Voices {
    /// Whether a report counts as another rider's. What the host has answered since counts once more.
    pub(super) fn counts(&self, from: IpAddr, report: &Report, answered: Option<&str>) -> bool {
        let said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (day, minutes) = &*said;
        let before = minutes.get(&key(from, report)).filter(|_| *day == date(report));
        // Minutes as texts are in order.
        !is_counted(report)
            || before.is_none_or(|at| answered.is_some_and(|answered| answered >= at.as_str()))
    }

    /// Takes note of a report that was taken down and counts.
    pub(super) fn note(&self, from: IpAddr, report: &Report) {
        if !is_counted(report) {
            return;
        }
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (day, minutes) = &mut *said;
        if *day != date(report) {
            date(report).clone_into(day);
            minutes.clear();
        }
        minutes.insert(key(from, report), report.at.clone());
    }
}

fn key(from: IpAddr, report: &Report) -> Said {
    (household(from), report.station.clone(), report.kind.clone())
}

fn date(report: &Report) -> &str {
    report.at.split('T').next().unwrap_or_default()
}

fn is_counted(report: &Report) -> bool {
    Kind::from_word(&report.kind).is_some_and(Kind::is_counted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_heard_once_a_day_for_each_thing() {
        let voices = Voices::default();
        let heard = |from: &str, station: &str, kind: &str, at: &str, answered: Option<&str>| {
            let (station, kind, at) = (station.to_owned(), kind.to_owned(), at.to_owned());
            let report =
                Report { uuid: String::new(), station, kind, text: String::new(), at, counted: true };
            let from = from.parse().unwrap();
            let counts = voices.counts(from, &report, answered);
            if counts {
                voices.note(from, &report);
            }
            counts
        };
        let (one, other) = ("203.0.113.7", "203.0.113.8");
        let cases = [
            (one, "a", "closed", "2026-11-24T08:00", None, true),
            (one, "a", "closed", "2026-11-24T08:01", None, false),
            (one, "a", "closed", "2026-11-24T23:59", None, false),
            ("::ffff:203.0.113.7", "a", "closed", "2026-11-24T09:00", None, false),
            (one, "a", "no_water", "2026-11-24T09:00", None, true),
            (one, "b", "closed", "2026-11-24T09:00", None, true),
            (other, "a", "closed", "2026-11-24T09:00", None, true),
            ("2001:db8:0:1::1", "a", "closed", "2026-11-24T09:00", None, true),
            ("2001:db8:0:1:ffff::2", "a", "closed", "2026-11-24T09:00", None, false),
            (one, "a", "praise", "2026-11-24T09:00", None, true),
            (one, "a", "praise", "2026-11-24T09:01", None, false),
            // Another suggestion is another one.
            (one, "a", "suggestion", "2026-11-24T09:00", None, true),
            (one, "a", "suggestion", "2026-11-24T09:00", None, true),
            // An answer before it settles nothing; one after it does, once.
            (one, "a", "closed", "2026-11-24T10:00", Some("2026-11-24T07:59"), false),
            (one, "a", "closed", "2026-11-24T10:00", Some("2026-11-24T09:30"), true),
            (one, "a", "closed", "2026-11-24T10:01", Some("2026-11-24T09:30"), false),
            (one, "a", "closed", "2026-11-25T00:00", None, true),
            (one, "b", "closed", "2026-11-25T00:01", None, true),
            (one, "b", "closed", "2026-11-25T00:02", None, false),
        ];
        for (from, station, kind, at, answered, counts) in cases {
            assert_eq!(heard(from, station, kind, at, answered), counts, "{from} {station} {kind} {at}");
        }
        assert_eq!(voices.0.lock().unwrap().1.len(), 2, "yesterday is forgotten");
    }
}
