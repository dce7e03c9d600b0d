//! Texts made to deceive, in every field of a change: refused, or harmless as text.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

#[path = "patch/field.rs"]
mod field;

use domain::amenity::{Amenity, AmenityState};
use domain::finding::Problem;
use domain::patch::{Patch, PatchError, Uuid, Value};
use domain::phone::Phone;
use domain::station::{Contact, Event, EventKind, Notice, NoticeKind, Offer, Role, StationId};
use domain::text::Text;
use domain::wire::encode;
use field::{at, from_nothing, patch};

/// Harmless as text, whatever somebody hopes that a view does with them.
const PLAIN: [&str; 10] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "${7*7}",
    "{{constructor}}",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE stations;--",
    "&lt;b&gt;",
    "data:text/html,<script>",
    "https://evil.example/?q=驿站",
];

const HIDDEN: [char; 29] = [
    '\u{0}',
    '\u{7}',
    '\u{8}',
    '\t',
    '\n',
    '\r',
    '\u{1b}',
    '\u{7f}',
    '\u{85}',
    '\u{9b}',
    '\u{ad}',
    '\u{61c}',
    '\u{180e}',
    '\u{200b}',
    '\u{200d}',
    '\u{200e}',
    '\u{200f}',
    '\u{2028}',
    '\u{2029}',
    '\u{202a}',
    '\u{202d}',
    '\u{202e}',
    '\u{2060}',
    '\u{2066}',
    '\u{2069}',
    '\u{feff}',
    '\u{fff9}',
    '\u{e0001}',
    '\u{e0041}',
];

fn hostile_texts() -> Vec<String> {
    let mut texts: Vec<String> = PLAIN.map(str::to_owned).to_vec();
    for c in HIDDEN {
        texts.extend([
            format!("驿站{c}"),
            format!("{c}驿站"),
            format!("开{c}放"),
            format!("{c}"),
            format!("<b>{c}</b>"),
        ]);
        texts.extend([
            format!("https://example.org/{c}x"),
            format!("024-{c}00000001"),
            format!("a{c}\u{202e}gnp.exe"),
        ]);
    }
    texts.extend(["", " ", "\u{3000}", "　　"].map(str::to_owned));
    texts.extend((0..40).map(|more| "长".repeat(121 + more * 40)));
    texts.extend((0..24).map(|more| format!("{}{}", "a".repeat(more), "\u{202e}<script>alert(1)</script>")));
    texts
}

/// A text in every field that has one.
fn values_with(text: &str) -> [Value; 11] {
    let notice = |text: Text| Value::Notice(Notice { kind: NoticeKind::Info, text, from: None, until: None });
    let contact = |organisation: Option<&str>, person: Option<&str>, phone: &str| {
        let hours = None;
        let (organisation, person) = (organisation.map(Text::zh), person.map(str::to_owned));
        Value::Contact(Contact { role: Role::Host, organisation, person, phones: Phone::all(phone), hours })
    };
    let event = |title: &str, note: Option<&str>| {
        let (title, note) = (Text::zh(title), note.map(Text::zh));
        Value::Event(Event {
            kind: EventKind::Clinic,
            title,
            starts: at("2026-11-28T09:00"),
            ends: None,
            note,
        })
    };
    let (amenity, state) = (Amenity::Water, AmenityState::Ok);
    [
        Value::Hours(text.to_owned()),
        Value::Text(Text::zh(text)),
        Value::Text(Text::both("门", text)),
        notice(Text::zh(text)),
        notice(Text::both("门", text)),
        contact(Some(text), None, "12345"),
        contact(None, Some(text), "12345"),
        contact(None, None, text),
        event(text, None),
        event("义诊", Some(text)),
        Value::Offer(Offer { amenity, state, note: Some(Text::zh(text)), access: None }),
    ]
}

/// 300 texts in every field that has one: none gets through that a file could not hold, so no view ever shows it.
#[test]
fn hostile_texts_are_refused_or_harmless() {
    let texts = hostile_texts();
    let (mut refused, mut taken) = (0, 0);
    for text in &texts {
        for value in values_with(text) {
            match patch(vec![from_nothing(value.clone())]) {
                Err(PatchError::Rule(finding)) => {
                    let problem = &finding.problem;
                    let known = matches!(
                        problem,
                        Problem::Empty | Problem::TooLong { .. } | Problem::HiddenCharacter(_)
                    );
                    assert!(known, "{problem:?}");
                    refused += 1;
                }
                Ok(good) => {
                    let bytes = encode(&good);
                    let hides = |c: &char| {
                        let mut buffer = [0; 4];
                        let c = c.encode_utf8(&mut buffer).as_bytes();
                        c.len() > 1 && bytes.windows(c.len()).any(|window| window == c)
                    };
                    assert_eq!(HIDDEN.iter().find(|c| hides(c)), None, "{good:?}");
                    taken += 1;
                }
                Err(other) => panic!("{other:?} of {text:?}"),
            }
        }
        let hours = from_nothing(Value::Hours("24小时".into()));
        let id = StationId::new("a").unwrap();
        let signed =
            Patch::new(Uuid([1; 16]), id, 0, vec![hours], Some(text.clone()), at("2026-11-24T08:30"));
        assert_eq!(signed.is_ok(), PLAIN.contains(&text.as_str()), "{text:?}");
    }
    println!(
        "{} hostile texts in 11 fields: {refused} refused, {taken} harmless as text, 0 hidden",
        texts.len()
    );
    assert!(texts.len() >= 300 && refused > texts.len() * 8);
}
