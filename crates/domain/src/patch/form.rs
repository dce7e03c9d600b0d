//! How a change stands in a code: in the form of published files. Read back, it is judged again.

use super::{Field, Op, Patch, PatchError, Uuid, VERSION, Value};
use crate::amenity::Amenity;
use crate::station::StationId;
use crate::time::LocalDateTime;
use crate::wire::{Reader, Wire, Writer, wire};

/// A change as it was written, good or not.
pub(super) struct Raw {
    /// Only [`VERSION`] is written and read; another is seen before the rest is.
    version: u8,
    uuid: Uuid,
    station: StationId,
    base_rev: u64,
    ops: Vec<Op>,
    by: Option<String>,
    made_at: LocalDateTime,
}

wire! {
    Raw { version, uuid, station, base_rev, ops, by, made_at }
}

impl Raw {
    pub(super) fn judged(self) -> Result<Patch, PatchError> {
        let Self { version: _, uuid, station, base_rev, ops, by, made_at } = self;
        Patch::new(uuid, station, base_rev, ops, by, made_at)
    }
}

impl Wire for Patch {
    fn put(&self, out: &mut Writer) {
        let Self { uuid, station, base_rev, ops, by, made_at } = self.clone();
        Raw { version: VERSION, uuid, station, base_rev, ops, by, made_at }.put(out);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        let raw = Raw::take(from);
        let (uuid, station, base_rev, made_at) = (raw.uuid, raw.station.clone(), raw.base_rev, raw.made_at);
        let sound = raw.version == VERSION;
        match raw.judged() {
            Ok(patch) if sound => patch,
            _ => {
                from.fail();
                Self { uuid, station, base_rev, ops: Vec::new(), by: None, made_at }
            }
        }
    }
}

impl Wire for Uuid {
    fn put(&self, out: &mut Writer) {
        for byte in self.0 {
            byte.put(out);
        }
    }
    fn take(from: &mut Reader<'_>) -> Self {
        Self([(); 16].map(|()| from.byte()))
    }
}

impl Field {
    /// The sort of a field by number. Numbers never change: codes lie in chats for years.
    const fn number(&self) -> u8 {
        match self {
            Self::Name => 0,
            Self::Position => 1,
            Self::Address => 2,
            Self::Directions => 3,
            Self::Hours => 4,
            Self::Access => 5,
            Self::Amenity(_) => 6,
            Self::AmenityState(_) => 7,
            Self::AmenityNote(_) => 8,
            Self::Notice(_) => 9,
            Self::Event(..) => 10,
            Self::Contact(..) => 11,
            Self::Station => 12,
        }
    }
}

impl Wire for Op {
    fn put(&self, out: &mut Writer) {
        self.field.number().put(out);
        if let Field::AmenityState(one) | Field::AmenityNote(one) = &self.field {
            one.put(out);
        }
        for value in [&self.before, &self.after] {
            value.is_some().put(out);
            match value {
                None => {}
                Some(Value::Text(value)) => value.put(out),
                Some(Value::Hours(value)) => value.put(out),
                Some(Value::Position(value)) => value.put(out),
                Some(Value::Access(value)) => value.put(out),
                Some(Value::State(value)) => value.put(out),
                Some(Value::Offer(value)) => value.put(out),
                Some(Value::Notice(value)) => value.put(out),
                Some(Value::Event(value)) => value.put(out),
                Some(Value::Contact(value)) => value.put(out),
                Some(Value::Seen(value)) => value.iter().for_each(|byte| byte.put(out)),
            }
        }
    }
    fn take(from: &mut Reader<'_>) -> Self {
        let number = from.byte();
        // Entries of lists are named by their values; these two are not.
        let named = match number {
            7 => Some(Field::AmenityState(Amenity::take(from))),
            8 => Some(Field::AmenityNote(Amenity::take(from))),
            _ => None,
        };
        let mut value = || {
            bool::take(from).then(|| match number {
                0 | 2 | 3 | 8 => Value::Text(Wire::take(from)),
                1 => Value::Position(Wire::take(from)),
                4 => Value::Hours(Wire::take(from)),
                5 => Value::Access(Wire::take(from)),
                6 => Value::Offer(Wire::take(from)),
                7 => Value::State(Wire::take(from)),
                9 => Value::Notice(Wire::take(from)),
                10 => Value::Event(Wire::take(from)),
                11 => Value::Contact(Wire::take(from)),
                _ => Value::Seen([(); 8].map(|()| from.byte())),
            })
        };
        let (before, after) = (value(), value());
        let entry = || before.as_ref().or(after.as_ref()).and_then(Field::of);
        let field = named.or_else(|| match number {
            0 => Some(Field::Name),
            1 => Some(Field::Position),
            2 => Some(Field::Address),
            3 => Some(Field::Directions),
            4 => Some(Field::Hours),
            5 => Some(Field::Access),
            6 | 9 | 10 | 11 => entry(),
            12 => Some(Field::Station),
            _ => None,
        });
        if field.is_none() {
            from.fail();
        }
        Self { field: field.unwrap_or(Field::Station), before, after }
    }
}
