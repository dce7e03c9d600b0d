//! What reports mean for what is shown.

use std::collections::{BTreeMap, BTreeSet};

use super::{Kind, Received};
use crate::patch::Uuid;
use crate::station::StationId;
use crate::time::{Date, LocalDateTime};
use crate::wire::wire;

/// For so many days after the last of them, reports are fresh; and only those that lie no further apart count together.
pub const FRESH_DAYS: i32 = 7;
/// So many riders must say the same before others are told: one may be mistaken, or wish a station ill.
pub const SEVERAL: usize = 2;

/// All reports that came, and when hosts answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reports {
    /// The reports, in the file's order.
    pub list: Vec<Received>,
    /// When the host last answered what riders said of a station: what came up to then is settled.
    pub answers: BTreeMap<StationId, LocalDateTime>,
    /// What of a station was too much to be kept.
    pub dropped: BTreeMap<StationId, Dropped>,
}

/// Reports that were too many to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// How many.
    pub count: u32,
    /// When the last of them went, local time.
    pub last: LocalDateTime,
}

/// What riders say of one station, as it is published: no text, nobody's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// How many praised it, as far as it is kept.
    pub praise: u16,
    /// What several say, the latest first.
    pub told: Vec<Told>,
}

/// What several riders say alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What.
    pub kind: Kind,
    /// How many.
    pub riders: u16,
    /// The day of the last of them.
    pub last: Date,
}

wire! {
    Heard { praise, told }
    Told { kind, riders, last }
}

impl Told {
    /// Whether it is still fresh on a day. So a page that is shown for long stops saying it by itself.
    pub fn is_fresh(&self, today: Date) -> bool {
        today.days_since(self.last) <= FRESH_DAYS
    }
}

impl Reports {
    /// What is shown of each station: of those with something to show. Does not depend on the day, but for
    /// [`Told::is_fresh`], so that the same reports are the same bytes on every day.
    pub fn heard(&self) -> BTreeMap<StationId, Heard> {
        let mut by_station: BTreeMap<&StationId, Vec<&Received>> = BTreeMap::new();
        for one in self.list.iter().filter(|one| one.counted) {
            by_station.entry(one.report.station()).or_default().push(one);
        }
        let heard = by_station.into_iter().map(|(id, list)| (id.clone(), self.of(id, &list)));
        heard.filter(|(_, heard)| *heard != Heard::default()).collect()
    }

    fn of(&self, id: &StationId, own: &[&Received]) -> Heard {
        let answered = self.answers.get(id);
        let open = |one: &&&Received| answered.is_none_or(|answered| one.at > *answered);
        let of_kind = |kind| own.iter().filter(move |one| one.report.kind() == kind);
        let riders = |list: &mut dyn Iterator<Item = &&Received>| {
            let count = list.map(|one| one.report.uuid()).collect::<BTreeSet<Uuid>>().len();
            u16::try_from(count).unwrap_or(u16::MAX)
        };
        let mut told = Vec::new();
        for &kind in Kind::ALL.iter().filter(|kind| kind.is_warning()) {
            let Some(last) = of_kind(kind).filter(open).map(|one| one.at.date()).max() else { continue };
            let together = |one: &&&Received| last.days_since(one.at.date()) <= FRESH_DAYS;
            let count = riders(&mut of_kind(kind).filter(open).filter(together));
            if usize::from(count) >= SEVERAL {
                told.push(Told { kind, riders: count, last });
            }
        }
        told.sort_by_key(|told| core::cmp::Reverse(told.last));
        Heard { praise: riders(&mut of_kind(Kind::Praise)), told }
    }
}
