//! Changes as codes: what is written is read, what is altered is refused, and no value gets in that a file could not hold.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails does so here")]

#[path = "patch/field.rs"]
mod field;

use domain::amenity::{Amenity, AmenityState};
use domain::finding::Problem;
use domain::patch::{
    Code, CodeError, Field, MAX_OPS, Op, PREFIX, PatchError, Tier, Uuid, Value, expected, symbol,
};
use domain::station::{Notice, NoticeKind, Until};
use domain::text::Text;
use domain::wire::{decode, encode};
use field::{Dice, any_field, any_op, any_patch, at, from_nothing, patch, station};
use sha2::{Digest as _, Sha256};

fn symbols(text: &str) -> Vec<u8> {
    text.strip_prefix(PREFIX).unwrap().chars().filter_map(symbol).collect()
}

#[test]
fn what_is_written_is_read() {
    let start = Some(station());
    let mut dice = Dice::new(1);
    for number in 0..5000_u32 {
        let patch = any_patch(&start, at("2026-11-24T08:30"), &mut dice);
        assert_eq!(decode(&encode(&patch)).as_ref(), Some(&patch));
        let signature = (number % 3 == 0).then(|| [number.to_le_bytes()[0]; 64]);
        let code = Code { patch, signature };
        let text = code.text().unwrap();
        assert!(text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'.')));
        assert_eq!(expected(&symbols(&text)), Some(symbols(&text).len()));
        let wide: String = text.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
        let spoken = text.to_lowercase().replacen('0', "o", 1).replacen('1', "l", 3);
        let broken = text.replace('A', "A\u{200b}\n ").replace('.', "。");
        for text in [text, wide, spoken, broken] {
            assert_eq!(Code::parse(&text).as_ref(), Ok(&code), "{text}");
        }
    }
}

/// Codes lie in chats for years: this one must read for ever. A new form gets a new version.
#[test]
fn an_old_code_is_read_for_ever() {
    let ops = vec![
        Op { field: Field::Hours, before: Some(Value::Hours("24小时".into())), after: None },
        Op {
            field: Field::AmenityState(Amenity::Water),
            before: Some(Value::State(AmenityState::Ok)),
            after: Some(Value::State(AmenityState::Out)),
        },
    ];
    let code = Code { patch: patch(ops).unwrap(), signature: None };
    let text = "RS1.01200981144GJ289144GJ289144GJ289146G60G4044001R0040020810VDC80QY0DSQJBBSENJQ8RBEEDM62VHJ6KJV13Z6JYVEF3MBWPKS0.GA35C8GX6A8TC9Y9";
    assert_eq!(code.text().as_deref(), Some(text));
    assert_eq!(Code::parse(text), Ok(code));
}

#[test]
fn what_is_altered_is_refused() {
    let start = Some(station());
    let mut dice = Dice::new(2);
    let mut tried = 0;
    for _ in 0..60 {
        let patch = any_patch(&start, at("2026-11-24T08:30"), &mut dice);
        let good = symbols(&Code { patch, signature: None }.text().unwrap());
        for place in 0..good.len() {
            let mut bad = good.clone();
            bad[place] ^= 1 << dice.below(5);
            assert!(Code::open(&bad).is_err());
            bad.remove(place);
            assert!(Code::open(&bad).is_err());
            assert!(Code::open(&good[..place]).is_err());
            if place + 1 < good.len() && good[place] != good[place + 1] {
                let mut bad = good.clone();
                bad.swap(place, place + 1);
                assert!(Code::open(&bad).is_err());
            }
            tried += 4;
        }
        assert!(Code::open(&[good.as_slice(), &[0]].concat()).is_err());
    }
    println!("{tried} altered codes refused");
}

/// Two texts must not mean one change: a copy could pass for another.
#[test]
fn only_the_text_that_was_written_is_read() {
    let code =
        Code { patch: patch(vec![from_nothing(Value::Hours("24小时".into()))]).unwrap(), signature: None };
    let change = encode(&code.patch);
    // The edition, 3, in two bytes instead of one: the same number, written longer.
    let (shape, at) = (change[0], 1 + 1 + 16 + 1);
    assert_eq!(change[at], 3);
    let longer = [&[shape + 1], &change[1..at], &[0x83, 0], &change[at + 1..]].concat();
    for (change, expected) in [(change, Ok(code)), (longer, Err(CodeError::Malformed))] {
        let size = u16::try_from(change.len() + 3).unwrap().to_be_bytes();
        let payload = [size.as_slice(), &[0], &change].concat();
        let check = &Sha256::digest([PREFIX.as_bytes(), &payload].concat())[..10];
        assert_eq!(Code::open(&[fives(&payload), fives(check)].concat()), expected);
    }
}

/// Bytes in groups of five bits.
fn fives(bytes: &[u8]) -> Vec<u8> {
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    bits.chunks(5).map(|five| (0..5).fold(0, |all, bit| all << 1 | five.get(bit).unwrap_or(&0))).collect()
}

#[test]
fn noise_is_no_code() {
    let mut dice = Dice::new(3);
    for _ in 0..20_000 {
        let noise: Vec<u8> = (0..dice.below(400)).map(|_| u8::try_from(dice.below(32)).unwrap()).collect();
        assert!(Code::open(&noise).is_err());
    }
    assert_eq!(Code::parse("你好"), Err(CodeError::NoPrefix));
    assert_eq!(Code::parse("RS1.0123!"), Err(CodeError::Foreign('!')));
    assert_eq!(Code::parse("RS1."), Err(CodeError::Checksum));
    assert!(Code::parse("RS2.0123").is_err());
}

#[test]
fn what_contradicts_itself_is_no_change() {
    let hours = |text: &str| Some(Value::Hours(text.into()));
    let op = |field, before, after| Op { field, before, after };
    let name = |text: &str| Some(Value::Text(Text::zh(text)));
    let cases = [
        (vec![], PatchError::Empty),
        (vec![op(Field::Hours, hours("甲"), hours("甲"))], PatchError::Nothing(Field::Hours)),
        (vec![op(Field::Hours, hours("甲"), name("乙"))], PatchError::Misfit(Field::Hours)),
        (vec![op(Field::Name, name("甲"), None)], PatchError::Misfit(Field::Name)),
        (vec![op(Field::Station, None, Some(Value::Seen([1; 8])))], PatchError::Misfit(Field::Station)),
        (
            vec![op(
                Field::Notice("甲".into()),
                None,
                Some(Value::Notice(Notice {
                    kind: NoticeKind::Info,
                    text: Text::zh("乙"),
                    from: None,
                    until: None,
                })),
            )],
            PatchError::Misfit(Field::Notice("甲".into())),
        ),
        (
            vec![op(Field::Hours, None, hours("甲")), op(Field::Hours, None, hours("乙"))],
            PatchError::Twice(Field::Hours),
        ),
        (vec![op(Field::Hours, None, hours("甲")); MAX_OPS + 1], PatchError::TooMany),
    ];
    for (ops, expected) in cases {
        assert_eq!(patch(ops), Err(expected));
    }
    let ends = |until| {
        let value = Value::Notice(Notice {
            kind: NoticeKind::Closed,
            text: Text::zh("停电"),
            from: Some(at("2026-11-24T08:00")),
            until: Some(until),
        });
        patch(vec![from_nothing(value)])
    };
    assert!(
        ends(Until::minute(at("2026-11-24T08:01"))).is_ok()
            && ends(Until::whole_day(at("2026-11-24T08:00").date())).is_ok()
    );
    assert!(
        matches!(ends(Until::minute(at("2026-11-24T08:00"))), Err(PatchError::Rule(finding)) if finding.problem == Problem::EndsBeforeStart)
    );
    let far = Until::whole_day(at("2026-11-24T08:00").date().add_days(3_000_000));
    assert!(
        matches!(ends(far), Err(PatchError::Rule(finding)) if matches!(finding.problem, Problem::BadDate(_)))
    );
}

#[test]
fn what_waits_for_staff() {
    let start = Some(station());
    let mut dice = Dice::new(8);
    for _ in 0..500 {
        let field = any_field(&mut dice);
        let staff = matches!(
            field,
            Field::Name | Field::Position | Field::Address | Field::Directions | Field::Contact(..)
        );
        assert_eq!(field.tier(), if staff { Tier::Staff } else { Tier::Live });
        if let Some(op) = any_op(&start, field, &mut dice) {
            assert_eq!(patch(vec![op.clone()]).unwrap().tier(), op.field.tier());
        }
    }
    let both = [Value::Hours("24小时".into()), Value::Text(Text::zh("北门"))].map(from_nothing);
    assert_eq!(patch(both.to_vec()).unwrap().tier(), Tier::Staff);
    assert_eq!(Field::Station.tier(), Tier::Staff);
}

#[test]
fn a_change_has_a_name() {
    let text = "0123456789abcdef0123456789abcdef";
    let uuid = Uuid::parse(text).unwrap();
    assert_eq!(uuid.to_string(), "01234567-89ab-cdef-0123-456789abcdef");
    assert_eq!(Uuid::parse(&uuid.to_string()), Some(uuid));
    for bad in ["", "0", &text[1..], &format!("{text}0"), &text.replace('a', "g"), &text.replace('a', "驿")]
    {
        assert_eq!(Uuid::parse(bad), None, "{bad}");
    }
}
