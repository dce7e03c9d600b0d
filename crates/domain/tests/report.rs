//! What riders say: in every form it comes back, and it means what it should for what is shown.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

use domain::catalogue::{Catalogue, Question};
use domain::dto_report::ReportsDto;
use domain::finding::Problem;
use domain::now::Now;
use domain::patch::Uuid;
use domain::published::StationsFile;
use domain::read::{read_holidays, read_reports, read_site, read_stations};
use domain::report::{
    Cut, FRESH_DAYS, FormError, Heard, Kind, Received, Report, Reports, SEVERAL, TEXT, Told, clean, helpers,
    takes_text,
};
use domain::site::Site;
use domain::station::StationId;
use domain::time::{Date, LocalDateTime};
use domain::wire::{decode, encode};
use proptest::prelude::*;

fn id(text: &str) -> StationId {
    StationId::new(text).unwrap()
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn report(number: u8, kind: Kind, at: &str) -> Received {
    let report = Report::new(Uuid([number; 16]), id("a"), kind, "").unwrap();
    Received { report, at: LocalDateTime::parse(at).unwrap(), counted: true }
}

fn heard(list: &[Received], answered: Option<&str>) -> Heard {
    let answers = answered.into_iter().map(|at| (id("a"), LocalDateTime::parse(at).unwrap())).collect();
    let reports = Reports { list: list.to_vec(), answers, ..Reports::default() };
    reports.heard().remove(&id("a")).unwrap_or_default()
}

fn told(kind: Kind, riders: u16, last: &str) -> Told {
    Told { kind, riders, last: day(last) }
}

/// Its name, the reports, the answer, and what is told.
type Case = (&'static str, Vec<Received>, Option<&'static str>, Vec<Told>);

#[test]
fn several_riders_are_heard_and_one_is_not() {
    use Kind::{Closed, Dispute, Moved, NoWater, Praise, Suggestion};
    let one = report(1, Closed, "2026-11-20T08:00");
    let other = report(2, Closed, "2026-11-22T09:00");
    let again = Received { counted: false, ..other.clone() };
    let cases: [Case; 10] = [
        ("nobody", vec![], None, vec![]),
        ("one", vec![one.clone()], None, vec![]),
        ("two", vec![one.clone(), other.clone()], None, vec![told(Closed, 2, "2026-11-22")]),
        ("one after the answer", vec![one.clone(), other.clone()], Some("2026-11-21T00:00"), vec![]),
        (
            "answered in the minute of the last",
            vec![one.clone(), other.clone()],
            Some("2026-11-22T09:00"),
            vec![],
        ),
        (
            "answered before both",
            vec![one.clone(), other.clone()],
            Some("2026-11-20T07:59"),
            vec![told(Closed, 2, "2026-11-22")],
        ),
        ("too far apart", vec![one.clone(), report(2, Closed, "2026-11-28T08:00")], None, vec![]),
        ("one, and the same place again", vec![one.clone(), again], None, vec![]),
        ("other things", vec![one.clone(), report(2, Moved, "2026-11-20T08:00")], None, vec![]),
        (
            "the latest first",
            vec![
                one,
                other,
                report(3, NoWater, "2026-11-23T08:00"),
                report(4, NoWater, "2026-11-24T08:00"),
                report(5, NoWater, "2026-11-24T08:00"),
            ],
            None,
            vec![told(NoWater, 3, "2026-11-24"), told(Closed, 2, "2026-11-22")],
        ),
    ];
    for (name, list, answered, expected) in cases {
        assert_eq!(heard(&list, answered), Heard { praise: 0, told: expected }, "{name}");
    }
    // Neither ideas nor disputes are ever told, however many there are.
    let quiet: Vec<Received> = (0..20)
        .map(|n| report(n, if n % 2 == 0 { Suggestion } else { Dispute }, "2026-11-20T08:00"))
        .collect();
    assert_eq!(heard(&quiet, None), Heard::default());
    // Praise is counted, and no answer takes it away.
    let praise: Vec<Received> = (0..3).map(|n| report(n, Praise, "2025-01-01T08:00")).collect();
    assert_eq!(heard(&praise, Some("2026-11-24T00:00")), Heard { praise: 3, told: vec![] });
}

#[test]
fn what_was_told_is_fresh_for_a_while() {
    let told = told(Kind::Closed, 2, "2026-11-22");
    for (today, expected) in
        [("2026-11-21", true), ("2026-11-22", true), ("2026-11-29", true), ("2026-11-30", false)]
    {
        assert_eq!(told.is_fresh(day(today)), expected, "{today}");
    }
    assert_eq!((FRESH_DAYS, SEVERAL), (7, 2), "said in docs/staff/reports.md");
}

#[test]
fn forms_that_are_none_are_refused() {
    let uuid = "0123456789abcdef0123456789abcdef";
    let good = format!("uuid={uuid}&station=sy-1&kind=closed&text=%E9%97%A8+x&lat=41.8&device=7");
    let report = Report::from_form(&good).unwrap();
    assert_eq!(report.text(), "门 x");
    assert_eq!(report.form(), format!("uuid={uuid}&station=sy-1&kind=closed&text=%E9%97%A8%20x"));
    let bare = Report::from_form(&format!("kind=praise&station=sy-1&uuid={uuid}")).unwrap();
    assert_eq!((bare.kind(), bare.text()), (Kind::Praise, ""));
    for (form, expected) in [
        (String::new(), FormError::Missing("uuid")),
        (format!("uuid={uuid}"), FormError::Missing("station")),
        (format!("uuid={uuid}&station=a"), FormError::Missing("kind")),
        (format!("uuid={uuid}&uuid={uuid}&station=a&kind=closed"), FormError::Twice("uuid")),
        ("uuid=0123&station=a&kind=closed".into(), FormError::Value("uuid")),
        (format!("uuid={uuid}&station=..%2Fa&kind=closed"), FormError::Value("station")),
        (format!("uuid={uuid}&station=a&kind=broken"), FormError::Value("kind")),
        (format!("uuid={uuid}&station=a&kind=closed&text=%ff"), FormError::Value("text")),
        (
            format!("uuid={uuid}&station=a&kind=closed&text=a%E2%80%AEb"),
            FormError::Text(Problem::HiddenCharacter('\u{202e}')),
        ),
        (
            format!("uuid={uuid}&station=a&kind=closed&text={}", "x".repeat(TEXT + 1)),
            FormError::Text(Problem::TooLong { max: TEXT }),
        ),
    ] {
        assert_eq!(Report::from_form(&form), Err(expected), "{form}");
    }
}

#[test]
fn reports_are_found_in_a_chat() {
    let chat = "王姐 08:30\n【驿站反馈】关着门：北站驿站\n门口贴了\u{200b}条子\n第二行\n#LS closed sy-1 0123456789abcdef0123456789abcdef\n\
                收到 ＃LS　praise\u{a0}sy-2 1123456789ABCDEF0123456789abcdef 谢谢\n\
                #LS shut sy-1 0123456789abcdef0123456789abcdef\n#LS closed 站 0123456789abcdef0123456789abcdef\n\
                #LS closed sy-1 0123456789abcdef0123456789abcde\n#LS closed sy-1\nLS #LSclosed\n";
    let found = Report::heard_in(chat);
    let lines: Vec<usize> = found.iter().map(|one| one.line).collect();
    assert_eq!(lines, [5, 6, 7, 8, 9, 10]);
    let texts: Vec<_> = found.iter().map(|one| one.report.as_ref().map(Report::text)).collect();
    assert_eq!(texts[..2], [Ok("门口贴了条子 第二行"), Ok("")]);
    assert_eq!(texts[2..], [Err(&Cut::Kind), Err(&Cut::Station), Err(&Cut::Number), Err(&Cut::Number)]);
}

#[test]
fn every_problem_of_a_file_has_its_place() {
    let json = r#"{"schema": 2, "reports": [
        {"uuid": "0123456789abcdef0123456789abcdef", "station": "a", "kind": "closed", "at": "2026-11-25T08:30"},
        {"uuid": "0123456789ABCDEF0123456789abcdef", "station": "A", "kind": "shut", "text": "a\u0000b", "at": "now"},
        {"uuid": "x"}
      ], "answers": {"a": "2026-11-25", "B": "2026-11-25", "c": "later", "d": null}}"#;
    let dto: ReportsDto = serde_json::from_str(json).unwrap();
    let findings = read_reports(dto).unwrap_err();
    let places: Vec<&str> = findings.iter().map(|finding| finding.path.as_str()).collect();
    assert_eq!(
        places,
        [
            "schema",
            "reports[1].uuid",
            "reports[1].station",
            "reports[1].kind",
            "reports[1].at",
            "reports[1].text",
            "reports[2].uuid",
            "reports[2].station",
            "reports[2].kind",
            "reports[2].at",
            "answers.B",
            "answers.c",
            "answers.d",
        ]
    );
    assert_eq!(findings[0].problem, Problem::UnknownSchema(2));
    assert_eq!(findings[1].problem, Problem::Duplicate { first: "reports[0]".into() });
}

#[test]
fn whom_to_call() {
    let list = r#"{"schema":1,"dataset":{"title":"x"},"stations":[{"id":"a","name":"北","kind":"union",
        "location":{"city":"沈阳市","district":"沈河区"},"contacts":[
        {"role":"host","phone":"138****5596；024-00000001"},{"role":"mediation","phone":"024-00000002"},
        {"role":"legal_aid"}]},{"id":"b","name":"南","kind":"union","location":{"city":"沈阳市","district":"沈河区"}}]}"#;
    let stations = read_stations(serde_json::from_str(list).unwrap()).stations;
    let site = r#"{"schema":1,"title":"x","service_numbers":[{"name":"12345","phone":"12345"},
        {"name":"12351","phone":"12351"},{"name":"119","phone":"119"}]}"#;
    let site = read_site(serde_json::from_str(site).unwrap()).unwrap();
    let dials = |kind, station: usize| -> Vec<String> {
        let mut dials = Vec::new();
        helpers(kind, &stations[station], &site, &mut |_, phone| {
            dials.push(phone.dial().unwrap().to_owned());
        });
        dials
    };
    assert_eq!(dials(Kind::Closed, 0), ["02400000001", "12345"]);
    assert_eq!(dials(Kind::Dispute, 0), ["02400000002", "12351"]);
    assert_eq!(dials(Kind::Closed, 1), ["12345"]);
    assert_eq!(dials(Kind::Dispute, 1), ["12351"]);
    for (dial, expected) in
        [("13800000000", true), ("+8613800000000", true), ("02400000001", false), ("12345", false)]
    {
        assert_eq!(takes_text(dial), expected, "{dial}");
    }
}

const STATIONS: &str = include_str!("../../../public/data/stations.json");
const HOLIDAYS: &str = include_str!("../../../public/data/holidays.json");
const SITE: &str = include_str!("../../../public/data/site.json");

/// Praise and warnings stand in a file of their own: the stations are the same bytes with them and without, so that nothing that
/// ranks stations can see them.
#[test]
fn no_rank_sees_what_riders_say() {
    let reading = read_stations(serde_json::from_str(STATIONS).unwrap());
    let holidays = read_holidays(serde_json::from_str(HOLIDAYS).unwrap()).unwrap();
    let now = LocalDateTime::parse("2026-11-24T10:00").unwrap();
    let site = read_site(serde_json::from_str(SITE).unwrap()).unwrap();
    let file = StationsFile { dataset: reading.dataset.unwrap(), stations: reading.stations };
    let before = encode(&file);
    let list: Vec<Received> = (0..200_u8)
        .map(|number| {
            let last = file.stations.last().unwrap().id.clone();
            let report = Report::new(Uuid([number; 16]), last, Kind::Praise, "").unwrap();
            Received { report, at: now, counted: true }
        })
        .collect();
    let said = Now::new(&site, &Reports { list, ..Reports::default() });
    assert_eq!(said.heard[0].1, Heard { praise: 200, told: vec![] });
    assert_eq!(encode(&file), before);
    let catalogue = Catalogue::new(file.dataset, file.stations);
    let asked = catalogue.ask(&Question::default(), now, &holidays);
    assert_ne!(asked[0].index as usize, catalogue.len() - 1, "praise moves nobody up");
}

/// Apps that were published before there were shelters read the settings as ever.
#[test]
fn shelters_stand_beside_the_settings() {
    let site = |more: &str| -> Site {
        let json = format!(
            r#"{{"schema":1,"title":"x","emergency":{{"text":"暴雨","contacts":[{{"name":"应急","phone":"119"}}]{more}}}}}"#
        );
        read_site(serde_json::from_str(&json).unwrap()).unwrap()
    };
    let (plain, every) = (site(""), site(r#","stations":[],"since":"2026-11-24T18:00""#));
    let some = site(r#","stations":["b","a"]"#);
    assert_eq!(encode(&plain), encode(&every));
    for (site, shelters) in [(&plain, [false, false]), (&every, [true, true]), (&some, [true, false])] {
        let now: Now = decode(&encode(&Now::new(site, &Reports::default()))).unwrap();
        let mut back: Site = decode(&encode(site)).unwrap();
        assert!(now.settle(&mut back).is_empty());
        assert_eq!(back, *site);
        let emergency = back.emergency.unwrap();
        assert_eq!([id("a"), id("c")].map(|id| emergency.is_shelter(&id)), shelters);
    }
    let wrong = r#"{"schema":1,"title":"x","emergency":{"text":"x","stations":["a","B"],"since":"2026-11-25","until":"2026-11-24"}}"#;
    let findings = read_site(serde_json::from_str(wrong).unwrap()).unwrap_err();
    let places: Vec<&str> = findings.iter().map(|finding| finding.path.as_str()).collect();
    assert_eq!(places, ["emergency.until", "emergency.stations[1]"]);
}

fn a_kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(Kind::ALL)
}

prop_compose! {
    fn a_report()(uuid: [u8; 16], station in "[a-c]", kind in a_kind(), text in "\\PC{0,40}") -> Report {
        Report::typed(Uuid(uuid), StationId::new(&station).unwrap(), kind, &text)
    }
}

prop_compose! {
    fn a_received()(number in 0..6_u8, station in "[ab]", kind in a_kind(), days in 0..20_i32, minute in 0..1440_u32) -> Received {
        let report = Report::new(Uuid([number; 16]), StationId::new(&station).unwrap(), kind, "").unwrap();
        let at = LocalDateTime::at(Date::parse("2026-11-01").unwrap().add_days(days), minute);
        Received { report, at, counted: true }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn forms_and_messages_come_back(report in a_report(), name in "\\PC{0,20}", around in "\\PC{0,20}") {
        prop_assert_eq!(Report::from_form(&report.form()), Ok(report.clone()));
        prop_assume!(!report.text().contains("#LS ") && !report.text().contains('【') && !around.contains("LS"));
        prop_assume!(!report.text().contains('＃') && !around.contains('【') && !name.contains("LS"));
        let message = report.message(&name.replace("#LS", ""));
        let chat = format!("{around}\n{}\r\n{around}", message.replace('\n', "\u{200b}\r\n\u{2060}"));
        let found = Report::heard_in(&chat);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].report.clone(), Ok(report));
    }

    #[test]
    fn what_is_typed_can_be_sent(text in any::<String>(), noise in prop::collection::vec(any::<char>(), 0..400)) {
        for text in [text, noise.into_iter().collect()] {
            let sent = Report::typed(Uuid([1; 16]), StationId::new("a").unwrap(), Kind::Closed, &text);
            prop_assert_eq!(Report::new(Uuid([1; 16]), StationId::new("a").unwrap(), Kind::Closed, sent.text()), Ok(sent.clone()));
            prop_assert_eq!(clean(sent.text()), sent.text());
        }
    }

    #[test]
    fn noise_is_no_report_and_no_panic(form in any::<String>(), chat in any::<String>()) {
        let _ = Report::from_form(&form);
        let _ = Report::heard_in(&chat);
    }

    /// Order does not count, nor does a report that comes again; one rider alone warns nobody; an answer to all leaves
    /// praise alone; what is heard is true by counting anew.
    #[test]
    fn laws_of_hearing(list in prop::collection::vec(a_received(), 0..24), turn in any::<prop::sample::Index>()) {
        let heard = |list: &[Received]| Reports { list: list.to_vec(), ..Reports::default() }.heard();
        let now = heard(&list);
        let mut turned = list.clone();
        turned.rotate_left(if list.is_empty() { 0 } else { turn.index(list.len()) });
        turned.extend(list.iter().cloned());
        prop_assert_eq!(&heard(&turned), &now);
        for number in 0..6_u8 {
            let own: Vec<_> = list.iter().filter(|one| one.report.uuid() == Uuid([number; 16])).cloned().collect();
            prop_assert!(heard(&own).values().all(|heard| heard.told.is_empty() && heard.praise <= 1));
        }
        for (id, heard) in &now {
            for told in &heard.told {
                prop_assert!(told.kind.is_warning());
                let mut riders: Vec<Uuid> = list
                    .iter()
                    .filter(|one| one.report.station() == id && one.report.kind() == told.kind)
                    .filter(|one| (0..=FRESH_DAYS).contains(&told.last.days_since(one.at.date())))
                    .map(|one| one.report.uuid())
                    .collect();
                riders.sort();
                riders.dedup();
                prop_assert_eq!(riders.len(), usize::from(told.riders));
                prop_assert!(riders.len() >= SEVERAL);
            }
        }
        let late = LocalDateTime::parse("2027-01-01T00:00").unwrap();
        let answers = ["a", "b"].map(|id| (StationId::new(id).unwrap(), late)).into_iter().collect();
        let answered = Reports { list: list.clone(), answers, ..Reports::default() }.heard();
        prop_assert!(answered.values().all(|heard| heard.told.is_empty() && heard.praise > 0));
        let file = Now { heard: now.into_iter().collect(), ..Now::default() };
        prop_assert_eq!(decode(&encode(&file)), Some(file));
    }

    #[test]
    fn damaged_files_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let _ = decode::<Now>(&bytes);
    }
}
