//! Changes to a station: what was, what shall be, by whom; three-way, so that nothing said is lost silently.
//!
//! A change is made against the station as somebody saw it and reaches the list later, perhaps twice, perhaps after
//! other changes. For each field it says what it saw (`before`) and what it wants (`after`): where the list still has the
//! one, it gets the other; where it has the other already, there is nothing to do; where it has something else, both are
//! kept for a person to decide ([`Conflict`]), and the list stays as it is in that field. So changes of different fields
//! commute, a change that arrives twice changes nothing, and its [inverse](Patch::inverse) takes it back.
//!
//! Values are those of [`crate::station`], the same in the app, which has no JSON, and in the staff tool, which maps them
//! onto the list's JSON so that keys it does not know stay; both do so behind one trait, [`Record`]. A [`Patch`] that exists
//! keeps the rules of [`mod@crate::read`]: what it puts into a valid station leaves it valid. [`Code`] is a patch as one line for a chat.
//!
//! ```
//! use domain::patch::{Field, Op, Patch, Uuid, Value};
//! # use domain::{station::StationId, time::LocalDateTime};
//! # let (id, now) = (StationId::new("sy-yuetanshan").unwrap(), LocalDateTime::parse("2026-11-24T08:30").unwrap());
//! let hours = |text: &str| Some(Value::Hours(text.into()));
//! let ops = vec![Op { field: Field::Hours, before: hours("24小时"), after: hours("工作日 08:30-17:00") }];
//! let patch = Patch::new(Uuid([7; 16]), id, 12, ops, Some("王姐".into()), now)?;
//! assert_eq!(patch.ops().len(), 1);
//! # Ok::<(), domain::patch::PatchError>(())
//! ```

mod code;
mod field;
mod form;
mod key;
mod merge;
mod station;

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::finding::Finding;
use crate::read::{judge_author, judge_value};
use crate::station::StationId;
use crate::time::LocalDateTime;
use crate::wire::encode;

pub use code::{Code, CodeError, MAX_BYTES, PREFIX, Signature, expected, symbol};
pub use field::{Field, Tier, Value, written_phones};
pub use key::{HostKey, KEY_PREFIX};
pub use merge::{
    Conflict, Current, Decision, Fate, Ledger, Record, Seen, Settled, apply, merge, preview, same,
};
pub use station::fingerprint;

/// The version of changes that this program makes and understands.
pub const VERSION: u8 = 1;

/// Most fields that one change may change.
pub const MAX_OPS: usize = 64;

/// Names a change: 128 random bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(pub [u8; 16]);

impl Uuid {
    /// 32 hexadecimal digits, with or without the usual four dashes.
    pub fn parse(text: &str) -> Option<Self> {
        let mut digits = text.bytes().filter(|&byte| byte != b'-').map(|byte| char::from(byte).to_digit(16));
        let mut bytes = [0; 16];
        for byte in &mut bytes {
            let (high, low) = (digits.next()??, digits.next()??);
            *byte = u8::try_from(high * 16 + low).ok()?;
        }
        digits.next().is_none().then_some(Self(bytes))
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            let dash = if matches!(index, 4 | 6 | 8 | 10) { "-" } else { "" };
            write!(f, "{dash}{byte:02x}")?;
        }
        Ok(())
    }
}

/// One field: what it was when somebody looked, and what it shall be. None: nothing is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Op {
    /// What changes.
    pub field: Field,
    /// What it was.
    pub before: Option<Value>,
    /// What it shall be.
    pub after: Option<Value>,
}

/// A change to one station.
#[derive(Clone, Debug, PartialEq)]
pub struct Patch {
    uuid: Uuid,
    station: StationId,
    base_rev: u64,
    ops: Vec<Op>,
    by: Option<String>,
    made_at: LocalDateTime,
}

/// Why something is no change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatchError {
    /// It changes nothing.
    Empty,
    /// It changes more fields than [`MAX_OPS`].
    TooMany,
    /// A value is not of its field's sort, or the field cannot be without one.
    Misfit(Field),
    /// Before and after are the same.
    Nothing(Field),
    /// It changes the same thing twice.
    Twice(Field),
    /// A value breaks the rules of the data.
    Rule(Box<Finding>),
}

impl Patch {
    /// A change of `station`, seen in the published edition `base_rev` (0 where that is not known), made at a minute of
    /// local time. Every value is judged as [`mod@crate::read`] judges what stands in a file.
    pub fn new(
        uuid: Uuid,
        station: StationId,
        base_rev: u64,
        ops: Vec<Op>,
        by: Option<String>,
        made_at: LocalDateTime,
    ) -> Result<Self, PatchError> {
        if ops.is_empty() {
            return Err(PatchError::Empty);
        }
        if ops.len() > MAX_OPS {
            return Err(PatchError::TooMany);
        }
        let rule = |finding: Option<Finding>| match finding {
            Some(mut finding) => {
                finding.station = Some(station.as_str().to_owned());
                Err(PatchError::Rule(Box::new(finding)))
            }
            None => Ok(()),
        };
        rule(judge_author(by.as_deref(), made_at))?;
        let mut normal: Vec<Op> = Vec::with_capacity(ops.len());
        for Op { field, before, after } in ops {
            let (before, after) = (before.map(Value::normal), after.map(Value::normal));
            if !field.fits(before.as_ref()) || !field.fits(after.as_ref()) {
                return Err(PatchError::Misfit(field));
            }
            // A station can be taken away; a new one needs more than a change can say.
            if field == Field::Station && before.is_none() {
                return Err(PatchError::Misfit(field));
            }
            if before == after {
                return Err(PatchError::Nothing(field));
            }
            if normal.iter().any(|other| other.field.overlaps(&field)) {
                return Err(PatchError::Twice(field));
            }
            for value in [&before, &after].into_iter().flatten() {
                rule(judge_value(&field, value))?;
            }
            normal.push(Op { field, before, after });
        }
        Ok(Self { uuid, station, base_rev, ops: normal, by, made_at })
    }

    /// Its own name: a change that arrives again is known by it.
    pub const fn uuid(&self) -> Uuid {
        self.uuid
    }

    /// The station it changes.
    pub const fn station(&self) -> &StationId {
        &self.station
    }

    /// The published edition that its author looked at; 0 where that is not known. For people: what counts is each
    /// field's `before`.
    pub const fn base_rev(&self) -> u64 {
        self.base_rev
    }

    /// Field by field; no two of them overlap, and there is at least one.
    pub fn ops(&self) -> &[Op] {
        &self.ops
    }

    /// Who says so, in their own words.
    pub fn by(&self) -> Option<&str> {
        self.by.as_deref()
    }

    /// The minute it was made, by the clock of the phone it was made on.
    pub const fn made_at(&self) -> LocalDateTime {
        self.made_at
    }

    /// The higher of its fields' tiers.
    pub fn tier(&self) -> Tier {
        self.ops.iter().map(|op| op.field.tier()).max().unwrap_or(Tier::Staff)
    }

    /// The change that takes this one back; none for a removal, whose station the change does not hold.
    pub fn inverse(&self, uuid: Uuid, by: Option<String>, made_at: LocalDateTime) -> Option<Self> {
        let back =
            |op: &Op| Op { field: op.field.clone(), before: op.after.clone(), after: op.before.clone() };
        let ops = self.ops.iter().rev().map(back).collect();
        Self::new(uuid, self.station.clone(), self.base_rev, ops, by, made_at).ok()
    }

    /// The first 128 bits of the SHA-256 of its published form: tells two changes of one name apart.
    pub fn print(&self) -> [u8; 16] {
        first(&Sha256::digest(encode(self)))
    }
}

/// The first bytes of a hash.
fn first<const N: usize>(hash: &[u8]) -> [u8; N] {
    hash.first_chunk().copied().unwrap_or([0; N])
}
