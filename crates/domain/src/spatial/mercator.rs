//! The web map's plane, in whole numbers: the world is a square of 2³² by 2³² steps, of 9 mm at the equator.
//!
//! Whole numbers make sums exact in any order, and a difference that wraps is the short way over the antimeridian.

use std::f64::consts::PI;

use crate::coords::Wgs84;

/// Steps on a side of the world.
const SIDE: f64 = 4_294_967_296.0;

/// A place on the plane: eastwards from the antimeridian and southwards from 85.05° north.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) x: u32,
    pub(super) y: u32,
}

impl Spot {
    /// Where the map draws `position`. What lies beyond 85.05° is drawn on the map's edge.
    pub(super) fn of(position: Wgs84) -> Self {
        let sine = crate::angle::sin(position.lat() * (PI / 180.0));
        let y = 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * PI);
        Self { x: around((position.lng() + 180.0) / 360.0 * SIDE), y: edge(y * SIDE) }
    }

    /// The position that is drawn there.
    pub(super) fn position(self) -> Wgs84 {
        let lng = f64::from(self.x) * (360.0 / SIDE) - 180.0;
        Wgs84::new(latitude(1.0 - f64::from(self.y) * (2.0 / SIDE)), lng).unwrap_or(Wgs84::null_island())
    }

    /// The place at these steps, of whichever world.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "worlds are 2³² steps apart")]
    pub(super) fn wrapped(x: i64, y: i64) -> Self {
        Self { x: x as u32, y: y as u32 }
    }

    /// Steps from here to `other`, the short way around the world.
    pub(super) fn to(self, other: Self) -> (i64, i64) {
        (i64::from(other.x.wrapping_sub(self.x).cast_signed()), i64::from(other.y) - i64::from(self.y))
    }

    /// The square of the distance to `other` in steps; the greatest number for what is still farther.
    pub(super) fn square(self, other: Self) -> u64 {
        let (x, y) = self.to(other);
        let (x, y) = (x.unsigned_abs(), y.unsigned_abs());
        (x * x).saturating_add(y * y)
    }
}

/// The latitude in degrees of what the map draws so far north of the equator, in halves of the world: the Gudermannian function of
/// π times that, 2·atan(e^x) − π/2, as a quotient of two polynomials of the square, which meets it at Chebyshev's points
/// of 0 to 1. The error is below 6e-10 degrees, a tenth of a step where steps are smallest.
fn latitude(north: f64) -> f64 {
    const ABOVE: [f64; 7] = [
        179.999_999_994_312_25,
        1_461.912_854_489_109,
        4_096.251_223_858_784,
        4_756.869_776_037_589,
        2_191.467_590_832_965,
        316.995_715_748_622_1,
        5.468_298_790_325_21,
    ];
    const BELOW: [f64; 7] = [
        1.0,
        9.766_672_136_295_341,
        34.763_771_558_994_215,
        55.606_896_042_695_766,
        39.977_588_680_222_68,
        11.159_997_136_067_656,
        0.679_722_389_683_940_8,
    ];
    let square = north * north;
    let sum = |terms: &[f64; 7]| terms.iter().rev().fold(0.0, |sum, term| sum * square + term);
    north * sum(&ABOVE) / sum(&BELOW)
}

/// On a circle of 2³² steps, where 180° is −180° again.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "2³² is 0 again, which is what is meant"
)]
fn around(steps: f64) -> u32 {
    steps as u64 as u32
}

/// Between two edges.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, which is what is meant"
)]
fn edge(steps: f64) -> u32 {
    steps as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_has_edges_and_a_seam() -> Result<(), crate::coords::CoordError> {
        let cases = [
            (0.0, 0.0, 1 << 31, 1 << 31),
            (0.0, -180.0, 0, 1 << 31),
            (0.0, 180.0, 0, 1 << 31),
            (90.0, 90.0, 3_221_225_472, 0),
            (-90.0, 90.0, 3_221_225_472, u32::MAX),
            (85.1, -90.0, 1 << 30, 0),
        ];
        for (lat, lng, x, y) in cases {
            assert_eq!(Spot::of(Wgs84::new(lat, lng)?), Spot { x, y }, "{lat} {lng}");
        }
        let (east, west) = (Spot { x: u32::MAX, y: 0 }, Spot { x: 1, y: u32::MAX });
        assert_eq!((east.to(west), west.to(east)), ((2, i64::from(u32::MAX)), (-2, -i64::from(u32::MAX))));
        let far = u64::from(u32::MAX);
        assert_eq!(east.square(west), far * far + 4);
        assert_eq!(
            Spot { x: 1 << 31, ..west }.square(Spot { x: 0, y: 0 }),
            u64::MAX,
            "more than can be told"
        );
        Ok(())
    }

    /// Beside the formula, over all of the plane.
    #[test]
    fn latitudes_are_those_of_the_formula() {
        for step in -100_000..=100_000 {
            let north = f64::from(step) / 1e5;
            let lat = ((PI * north).exp().atan() * 2.0 - PI / 2.0).to_degrees();
            assert!((latitude(north) - lat).abs() < 6e-10, "{north}: {} {lat}", latitude(north));
        }
    }

    #[test]
    fn there_and_back_is_within_a_step() -> Result<(), crate::coords::CoordError> {
        for (lat, lng) in [(41.8033, 123.4253), (-33.9, 151.2), (85.05, -179.999), (-85.0, 0.1), (0.0, 0.0)] {
            let spot = Spot::of(Wgs84::new(lat, lng)?);
            let back = spot.position();
            assert!((back.lat() - lat).abs() < 1e-7 && (back.lng() - lng).abs() < 1e-7, "{back:?}");
            let (x, y) = spot.to(Spot::of(back));
            assert!(x.abs() <= 1 && y.abs() <= 1, "{x} {y}");
        }
        Ok(())
    }
}
