//! A range of latitudes and longitudes around points: a node of the index's tree.

use super::sphere::{BELOW, cosine};
use crate::coords::Wgs84;

/// A range of latitudes and longitudes in degrees that does not cross the antimeridian, rounded outwards.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    /// The latitude and the longitude in the middle.
    pub(super) middle: (f32, f32),
    /// How far to the north and south and how far to the east and west it reaches from there.
    pub(super) half: (f32, f32),
    /// The least cosine of a latitude.
    pub(super) cos: f32,
}

impl Area {
    /// All of `positions`.
    pub(super) fn of(positions: &[Wgs84]) -> Self {
        let sides = sides(positions);
        // A cosine is least where the latitude is farthest from the equator.
        Self::between(sides, cosine(larger(sides[1].abs(), sides[3].abs())) * BELOW)
    }

    /// All of `areas`.
    pub(super) fn around(areas: &[Self]) -> Self {
        let nothing = (NOTHING.map(rank), 1.0);
        let (sides, cos) = areas.iter().fold(nothing, |(all, cos), area| {
            let own = area.sides().map(rank);
            let sides = [all[0].min(own[0]), all[1].min(own[1]), all[2].max(own[2]), all[3].max(own[3])];
            (sides, smaller(cos, f64::from(area.cos)))
        });
        Self::between(sides.map(ranked), cos)
    }

    #[expect(clippy::cast_possible_truncation, reason = "what is lost of the middle, the halves make good")]
    fn between([west, south, east, north]: [f64; 4], cos: f64) -> Self {
        let half = |from: f64, middle: f32, to: f64| {
            let middle = f64::from(middle);
            (larger(middle - from, to - middle) as f32).next_up()
        };
        let middle = (f64::midpoint(south, north) as f32, f64::midpoint(west, east) as f32);
        Self { middle, half: (half(south, middle.0, north), half(west, middle.1, east)), cos: cos as f32 }
    }

    /// West, south, east and north.
    pub(super) fn sides(&self) -> [f64; 4] {
        let (lat, lng) = (f64::from(self.middle.0), f64::from(self.middle.1));
        let (high, wide) = (f64::from(self.half.0), f64::from(self.half.1));
        [lng - wide, lat - high, lng + wide, lat + high]
    }
}

/// The sides of nothing.
const NOTHING: [f64; 4] = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];

/// West, south, east and north of positions.
pub(super) fn sides(positions: &[Wgs84]) -> [f64; 4] {
    positions
        .iter()
        .fold(NOTHING.map(rank), |[west, south, east, north], position| {
            let (lat, lng) = (rank(position.lat()), rank(position.lng()));
            [west.min(lng), south.min(lat), east.max(lng), north.max(lat)]
        })
        .map(ranked)
}

/// The place of a number among all numbers: by its bits, of which those below the sign count the other way where it is negative. Of
/// whole numbers a processor takes the smaller without a choice of a path; for others WebAssembly in V8 makes one, and foresees it badly.
fn rank(number: f64) -> i64 {
    let bits = number.to_bits().cast_signed();
    bits ^ (bits >> 63 & i64::MAX)
}

/// The number at a place.
fn ranked(place: i64) -> f64 {
    f64::from_bits((place ^ (place >> 63 & i64::MAX)).cast_unsigned())
}

/// The smaller of two numbers. `f64::min` is a call in WebAssembly, since it also has an answer for what is no number.
pub(super) fn smaller<T: PartialOrd>(a: T, b: T) -> T {
    if a < b { a } else { b }
}

/// The larger of two numbers.
pub(super) fn larger<T: PartialOrd>(a: T, b: T) -> T {
    if a > b { a } else { b }
}
