//! Invented stations, for tests and for showing the map: where people live, of every kind, with hours, contacts and gaps as
//! real lists have them. Every name says 示例, no number reaches anybody.
//!
//! The same seed gives the same bytes on every machine, and a longer list begins with the shorter one.

mod cities;
mod dice;
mod phrases;
mod station;
mod town;
mod trades;

use std::cell::RefCell;
use std::io;

use domain::basemap::Basemap;
use domain::dto::{DatasetDto, StationDto};
use domain::text::Text;
use domain::time::Date;
use serde::ser::{Serialize, Serializer};
use serde_json::ser::PrettyFormatter;

use dice::Dice;
use station::Maker;
use town::Land;

/// The most stations of a sample: five times what the whole country has.
pub const MOST: u64 = 1_000_000;

/// Invented stations, one after the other, without end.
pub struct Sample<'a> {
    land: Land<'a>,
    seed: u64,
    today: Date,
    made: u64,
}

impl<'a> Sample<'a> {
    /// The stations of a seed in the districts of a map, with notices and dates around `today`; none where the map has no
    /// district of Liaoning.
    pub fn new(map: &'a Basemap, seed: u64, today: Date) -> Option<Self> {
        Some(Self { land: Land::new(map, seed)?, seed, today, made: 0 })
    }
}

impl Iterator for Sample<'_> {
    type Item = StationDto;

    fn next(&mut self) -> Option<StationDto> {
        let mut dice = Dice::new(self.seed, self.made);
        self.made += 1;
        let address = self.land.door(&mut dice)?;
        Some(Maker { dice, number: self.made, today: self.today, address }.station())
    }
}

/// Writes a whole `stations.json` of the first `count` stations, one by one. `made` hears of each.
pub fn write(to: &mut impl io::Write, sample: Sample<'_>, count: u64, made: impl Fn()) -> io::Result<()> {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let stations = sample.take(count).inspect(|_| made());
    let file = File {
        reference: "stations.schema.json",
        schema: domain::SCHEMA,
        dataset: dataset(),
        stations: Once(RefCell::new(Some(stations))),
    };
    file.serialize(&mut serde_json::Serializer::with_formatter(&mut *to, PrettyFormatter::new()))?;
    to.write_all(b"\n")
}

fn dataset() -> DatasetDto {
    DatasetDto {
        title: Some(Text::both("爱心驿站地图（示例数据）", "Love Stations (sample data)")),
        publisher: Some(Text::both("staff sample（示例）", "staff sample (invented)")),
        contact: Some(Text::both(
            "示例数据：站点、位置、时间和电话均为虚构；区号后以 0000 开头的号码拨打不会接通任何人。",
            "Sample data: stations, places, hours and numbers are invented; a number with 0000 after the area code reaches nobody.",
        )),
        licence: Some("CC0-1.0".into()),
        sample: Some(true),
        revision: Some(1),
    }
}

/// A list whose stations are made while it is written.
#[derive(serde::Serialize)]
#[serde(bound(serialize = "I: Iterator<Item = StationDto>"))]
struct File<I> {
    #[serde(rename = "$schema")]
    reference: &'static str,
    schema: u32,
    dataset: DatasetDto,
    stations: Once<I>,
}

/// An iterator that is written once.
struct Once<I>(RefCell<Option<I>>);

impl<I: Iterator<Item = StationDto>> Serialize for Once<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.borrow_mut().take().into_iter().flatten())
    }
}
