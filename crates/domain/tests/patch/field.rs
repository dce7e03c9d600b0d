//! A small station, and random changes to it.

#![allow(dead_code, reason = "each test file uses its own part of this module")]

use domain::amenity::{Amenity, AmenityState};
use domain::coords::Wgs84;
use domain::patch::{Current, Field, Op, Patch, PatchError, Record, Uuid, Value};
use domain::phone::Phone;
use domain::read::read_stations;
use domain::station::{
    Access, Contact, Event, EventKind, Notice, NoticeKind, Offer, Role, Station, StationId, Until,
    WrittenHours,
};
use domain::text::Text;
use domain::time::LocalDateTime;
use domain::wire::encode;

/// A station or, once removed, none.
pub type Kept = Option<Station>;

pub const STATION: &str = r#"{"schema": 1, "dataset": {"title": "t"}, "stations": [{
  "id": "sy-yuetanshan", "name": {"zh": "樾檀山社区驿站", "en": "Yuetanshan"}, "kind": "community",
  "location": {"lat": 41.7421531, "lng": 123.4312072, "city": "沈阳市", "district": "浑南区", "address": "示例路 1 号"},
  "hours": "工作日 08:30-17:00", "access": "free",
  "notices": [{"kind": "info", "text": "备有手套"}, {"kind": "limited", "text": "检修", "until": "2026-12-01"}],
  "amenities": [{"id": "water", "state": "ok", "note": "矿泉水"}, {"id": "toilet", "state": "ok"}],
  "contacts": [{"role": "host", "person": "甲", "phone": "024-00000001；12345"}, {"role": "legal_aid", "phone": "12348"}],
  "events": [{"kind": "clinic", "title": "义诊", "starts": "2026-11-28T09:00"}]
}]}"#;

/// The station that all start from.
pub fn station() -> Station {
    read_stations(serde_json::from_str(STATION).unwrap()).stations.remove(0)
}

pub fn at(text: &str) -> LocalDateTime {
    LocalDateTime::parse(text).unwrap()
}

/// Random numbers from a seed (`SplitMix64`, Steele, Lea and Flood 2014).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(end).unwrap()).unwrap()
    }

    pub fn one<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }

    pub fn uuid(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.roll().to_be_bytes());
        bytes[8..].copy_from_slice(&self.roll().to_be_bytes());
        Uuid(bytes)
    }
}

/// What a station says, whatever the order of its lists.
pub fn facts(station: &Kept) -> Vec<Vec<u8>> {
    let Some(mut station) = station.clone() else { return Vec::new() };
    let mut facts: Vec<Vec<u8>> = station.notices.drain(..).map(|one| encode(&one)).collect();
    facts.extend(station.contacts.drain(..).map(|one| encode(&one)));
    facts.extend(station.events.drain(..).map(|one| encode(&one)));
    facts.sort();
    facts.push(encode(&station));
    facts
}

/// A field, of few, so that changes meet.
pub fn any_field(dice: &mut Dice) -> Field {
    let amenity = dice.one(&[Amenity::Water, Amenity::Toilet, Amenity::Wifi]);
    match dice.below(12) {
        0 => Field::Name,
        1 => Field::Position,
        2 => Field::Address,
        3 => Field::Directions,
        4 => Field::Hours,
        5 => Field::Access,
        6 => Field::Amenity(amenity),
        7 => Field::AmenityState(amenity),
        8 => Field::AmenityNote(amenity),
        9 => Field::Notice(dice.one(&["备有手套", "检修", "停电"]).into()),
        10 => Field::Event(
            dice.one(&["义诊", "讲座"]).into(),
            dice.one(&[at("2026-11-28T09:00"), at("2026-12-05T09:00")]),
        ),
        _ => {
            let person = dice.one(&[Some("甲".to_owned()), None]);
            Field::Contact(dice.one(&[Role::Host, Role::LegalAid]), None, person)
        }
    }
}

/// A value that the field can have; none where it can be without one.
pub fn any_value(field: &Field, dice: &mut Dice) -> Option<Value> {
    let empty = !matches!(field, Field::Name | Field::AmenityState(_)) && dice.below(4) == 0;
    if empty {
        return None;
    }
    let text = dice.one(&[Text::zh("甲"), Text::both("乙", "B"), Text::zh("丙")]);
    let state = dice.one(AmenityState::ALL);
    let note = dice.one(&[None, Some(text.clone())]);
    let value = match field {
        Field::Name | Field::Address | Field::Directions | Field::AmenityNote(_) => Value::Text(text),
        Field::Position => Value::Position(
            Wgs84::new(41.74 + f64::from(u8::try_from(dice.below(3)).unwrap()) * 0.001, 123.43).unwrap(),
        ),
        Field::Hours => Value::Hours(dice.one(&["24小时", "工作日 08:30-17:00", "看门口"]).into()),
        Field::Access => Value::Access(dice.one(Access::ALL)),
        Field::AmenityState(_) => Value::State(state),
        Field::Amenity(amenity) => Value::Offer(Offer { amenity: *amenity, state, note, access: None }),
        Field::Notice(zh) => {
            let until = dice.one(&[
                None,
                Some(Until::whole_day(at("2026-12-01T00:00").date())),
                Some(Until::minute(at("2026-12-01T18:00"))),
            ]);
            Value::Notice(Notice { kind: dice.one(NoticeKind::ALL), text: Text::zh(zh), from: None, until })
        }
        Field::Event(zh, starts) => Value::Event(Event {
            kind: dice.one(EventKind::ALL),
            title: Text::zh(zh),
            starts: *starts,
            ends: None,
            note,
        }),
        Field::Contact(role, _, person) => {
            let phones = Phone::all(dice.one(&["", "024-00000002", "024-00000001;138****5596"]));
            let hours = dice.one(&[None, Some(WrittenHours::new("09:00-16:00"))]);
            Value::Contact(Contact { role: *role, organisation: None, person: person.clone(), phones, hours })
        }
        Field::Station => return None,
    };
    Some(value.normal())
}

/// A change of one field as somebody makes it who looks at `seen`; none where it cannot be made there.
pub fn any_op(seen: &Kept, field: Field, dice: &mut Dice) -> Option<Op> {
    let Current::Is(before) = seen.current(&field) else { return None };
    let after = any_value(&field, dice);
    (before != after).then_some(Op { field, before, after })
}

/// A change of one to three fields as somebody makes it who looks at `seen`.
pub fn any_patch(seen: &Kept, made_at: LocalDateTime, dice: &mut Dice) -> Patch {
    loop {
        let mut ops: Vec<Op> = Vec::new();
        for _ in 0..=dice.below(3) {
            let field = any_field(dice);
            if !ops.iter().any(|op| op.field.overlaps(&field)) {
                ops.extend(any_op(seen, field, dice));
            }
        }
        if !ops.is_empty() {
            let id = StationId::new("sy-yuetanshan").unwrap();
            return Patch::new(dice.uuid(), id, 3, ops, Some("甲".into()), made_at).unwrap();
        }
    }
}

/// A change of these fields.
pub fn patch(ops: Vec<Op>) -> Result<Patch, PatchError> {
    let id = StationId::new("sy-yuetanshan").unwrap();
    Patch::new(Uuid([9; 16]), id, 3, ops, Some("王姐".into()), at("2026-11-24T08:30"))
}

/// A value where nothing was.
pub fn from_nothing(after: Value) -> Op {
    let field = Field::of(&after).unwrap_or(match after {
        Value::Hours(_) => Field::Hours,
        _ => Field::Directions,
    });
    Op { field, before: None, after: Some(after) }
}
