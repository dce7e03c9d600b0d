use proptest::prelude::*;

use super::*;
use crate::wanted::tests::{form, now, station as plain};
use crate::wanted::wanted;

fn at(text: &str) -> LocalDateTime {
    LocalDateTime::parse(text).unwrap()
}

fn event(kind: EventKind, title: Text, starts: &str, ends: Option<&str>, note: Option<Text>) -> Event {
    Event { kind, title, starts: at(starts), ends: ends.map(at), note }
}

/// A station with one that is over, one that is on, one to come, and one over night.
fn station() -> Station {
    let (clinic, activity) = (EventKind::Clinic, EventKind::Activity);
    let title = Text::both("量血压", "Blood pressure");
    let note = Some(Text::both("带病历", "Bring records"));
    let events = vec![
        event(activity, Text::zh("中秋送月饼"), "2026-09-24T15:00", Some("2026-09-24T17:00"), None),
        event(activity, Text::zh("换胎日"), "2026-11-23T09:00", Some("2026-11-23T12:00"), None),
        event(clinic, title, "2026-11-29T09:30", Some("2026-11-29T11:30"), note),
        event(activity, Text::zh("守岁"), "2027-02-05T20:00", Some("2027-02-06T01:00"), None),
    ];
    Station { events, ..plain() }
}

/// The fields of the event at a place in the station, with what is put into them.
fn of(number: usize, parts: &[(Part, &str)]) -> Vec<(String, String)> {
    let station = station();
    let asked = Asked::there(&station.events[number]);
    parts.iter().map(|(part, value)| (asked.field(*part), (*value).to_owned())).collect()
}

/// The fields of a new one, begun.
fn new(number: usize, parts: &[(Part, &str)]) -> Vec<(String, String)> {
    let asked = Asked::new(number);
    let parts = parts.iter().map(|(part, value)| (asked.field(*part), (*value).to_owned()));
    parts.chain([(asked.begins(), "1".to_owned())]).collect()
}

fn gone(number: usize) -> Vec<(String, String)> {
    vec![(of_removal(&station().events[number]), "1".to_owned())]
}

fn asked_for(fields: &[Vec<(String, String)>]) -> (Vec<String>, Vec<Trouble>) {
    let fields: Vec<(&str, &str)> =
        fields.iter().flatten().map(|(field, value)| (field.as_str(), value.as_str())).collect();
    let found = wanted(&form(&fields), &station(), now());
    let today = now().date();
    (found.ops.iter().map(|op| crate::words::op(Lang::Zh, op, today)).collect(), found.troubles)
}

#[track_caller]
fn check(fields: &[Vec<(String, String)>], expected: &[&str]) {
    let expected: Vec<String> = expected.iter().map(|&words| words.to_owned()).collect();
    assert_eq!(asked_for(fields), (expected, Vec::new()), "{fields:?}");
}

const CLINIC: &str =
    "义诊，“量血压” / \"Blood pressure\"，11月29日周日 09:30–11:30，“带病历” / \"Bring records\"";

#[test]
fn what_stays_as_it_is_is_no_change() {
    check(&[], &[]);
    check(&[of(2, &[(Part::Title, " 量血压 "), (Part::Day, "2026-11-29"), (Part::Kind, "clinic")])], &[]);
    check(&[of(3, &[(Part::Last, "2027-02-06"), (Part::Note, " ")])], &[]);
    // Begun and left alone.
    check(&[new(1, &[]), new(2, &[(Part::Kind, "clinic")])], &[]);
    // Written, and given up: the fields stay, what begins them does not.
    check(&[vec![(Asked::new(3).field(Part::Title), "灯谜".to_owned())]], &[]);
}

#[test]
fn an_event_comes_changes_moves_and_goes() {
    let lantern = [(Part::Title, "灯谜"), (Part::Day, "2027-02-20"), (Part::From, "18:00")];
    check(&[new(1, &lantern)], &["活动安排：新增 活动，“灯谜”，2027年2月20日周六 18:00"]);
    let night =
        [&lantern[..], &[(Part::Last, "2027-02-21"), (Part::To, "01:30"), (Part::Kind, "clinic")]].concat();
    check(
        &[new(1, &night)],
        &["活动安排：新增 义诊，“灯谜”，2027年2月20日周六 18:00 – 2027年2月21日周日 01:30"],
    );
    check(
        &[of(2, &[(Part::To, "12:00"), (Part::Note, "")])],
        &[&format!("活动安排：{CLINIC} → 义诊，“量血压” / \"Blood pressure\"，11月29日周日 09:30–12:00")],
    );
    // Another day is another event.
    check(
        &[of(2, &[(Part::Day, "2026-11-30")])],
        &[
            &format!("活动安排：去掉 {CLINIC}"),
            &format!("活动安排：新增 {}", CLINIC.replace("29日周日", "30日周一")),
        ],
    );
    check(&[gone(0)], &["活动安排：去掉 活动，“中秋送月饼”，9月24日周四 15:00–17:00"]);
    // One that is on may end now; what is taken away is not changed.
    check(
        &[of(1, &[(Part::To, "10:00")])],
        &["活动安排：活动，“换胎日”，11月23日周一 09:00–12:00 → 活动，“换胎日”，11月23日周一 09:00–10:00"],
    );
    check(&[gone(2), of(2, &[(Part::Title, "")])], &[&format!("活动安排：去掉 {CLINIC}")]);
    // Gone and come again otherwise: one change.
    check(
        &[gone(2), new(1, &[(Part::Title, "量血压"), (Part::Day, "2026-11-29"), (Part::From, "09:30")])],
        &[&format!("活动安排：{CLINIC} → 活动，“量血压”，11月29日周日 09:30")],
    );
}

#[test]
fn what_is_wrong_with_an_event_is_said() {
    let check = |fields: Vec<(String, String)>, expected| {
        let found = asked_for(std::slice::from_ref(&fields));
        assert_eq!(found, (Vec::new(), vec![expected]), "{fields:?}");
    };
    let lantern = |more: &[(Part, &str)]| {
        let all = [(Part::Title, "灯谜"), (Part::Day, "2027-02-20"), (Part::From, "18:00")];
        new(1, &[&all[..], more].concat())
    };
    check(lantern(&[(Part::Title, " ")]), Trouble::EventNoTitle);
    check(lantern(&[(Part::Day, "")]), Trouble::EventNoStart);
    check(lantern(&[(Part::From, "")]), Trouble::EventNoStart);
    check(lantern(&[(Part::Day, "20262-02-20")]), Trouble::EventNoStart);
    check(lantern(&[(Part::To, "18:00")]), Trouble::EventEnds);
    check(lantern(&[(Part::To, "17:59")]), Trouble::EventEnds);
    check(lantern(&[(Part::Last, "2027-02-21")]), Trouble::EventEnds);
    check(lantern(&[(Part::Last, "2027-02-19"), (Part::To, "19:00")]), Trouble::EventEnds);
    check(lantern(&[(Part::Day, "2026-11-22")]), Trouble::EventOver);
    check(of(2, &[(Part::Title, "")]), Trouble::EventNoTitle);
    check(of(3, &[(Part::Last, "")]), Trouble::EventEnds);
}

#[test]
fn two_events_are_never_made_one() {
    let same = [(Part::Title, "量血压"), (Part::Day, "2026-11-29"), (Part::From, "09:30")];
    let found = asked_for(&[new(1, &same)]);
    assert_eq!(found, (Vec::new(), vec![Trouble::EventTwice]));
    let other = [(Part::Title, "灯谜"), (Part::Day, "2027-02-20"), (Part::From, "18:00")];
    let (ops, troubles) = asked_for(&[new(1, &other), new(2, &other)]);
    assert_eq!((ops.len(), troubles), (1, vec![Trouble::EventTwice]));
    // Moved onto one that stays, and onto one that goes.
    let moved = [(Part::Title, "量血压"), (Part::Day, "2026-11-29"), (Part::From, "09:30"), (Part::Last, "")];
    let moved = [&moved[..], &[(Part::To, "10:00")]].concat();
    assert_eq!(asked_for(&[of(3, &moved)]).1, [Trouble::EventTwice]);
    assert_eq!(asked_for(&[of(3, &moved), gone(2)]).1, []);
}

proptest! {
    /// Whatever an event is, its fields hold all of it.
    #[test]
    fn the_fields_hold_the_whole_event(
        (kind, title, english) in (0..2_usize, "[一-龥a-z]{1,9}", prop::option::of("[a-z]{1,9}")),
        (day, minute) in (0..400_i32, 0..1440_u32),
        lasts in prop::option::of(1..5000_u32),
        note in prop::option::of(("[一-龥]{1,9}", prop::option::of("[a-z]{1,9}"))),
        touched in 0..Part::ALL.len(),
    ) {
        let text = |zh: String, en: Option<String>| both(&zh, &en.unwrap_or_default());
        let date = now().date().add_days(day + 1);
        let event = Event {
            kind: EventKind::ALL[kind],
            title: text(title, english),
            starts: LocalDateTime::at(date, minute),
            ends: lasts.map(|lasts| LocalDateTime::at(date, minute + lasts)),
            note: note.map(|(zh, en)| text(zh, en)),
        };
        let asked = Asked::there(&event);
        let mut form = Form::default();
        let part = Part::ALL[touched];
        form.set(&asked.field(part), &asked.value(&Form::default(), part));
        prop_assert_eq!(asked.read(&form, now()), Some(Ok(event.clone())));
    }
}
