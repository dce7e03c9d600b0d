//! How far two positions are apart, cheaply and with a known error, so that the exact distance need be computed
//! only where it decides.
//!
//! The measure is the haversine of the angle between the two on a sphere that takes geodetic latitudes for its own:
//! 0 at the same place, 1 at the antipode, growing with the distance. Its sines are polynomials.
//!
//! The north and the east of it are weighted as the ellipsoid has them at the origin, so that near the origin the
//! measure is that of [`distance_m`](crate::geodesy::distance_m) but for a small part, which grows with the distance. Within a degree
//! the sphere is a plane, on which meridians draw together: that takes no polynomial.
//!
//! **How it bounds `distance_m`**, with f the flattening. Everywhere: the correction of Lambert's formula lies between 0 and
//! −f of the angle between reduced latitudes, since its two quotients are at most 1; a path is at most 1/(1−f)
//! longer or shorter on the sphere of reduced latitudes than on that of geodetic ones, since each degree is;
//! and the weights lie between (1−f)⁴ and (1−f)⁻². As sin(c·x) ≤ c·sin(x), a haversine 1.045 times another is of
//! a greater distance. Near the origin: for small angles the formula is the length of the way north times
//! (1−f·cos²β)·dβ/dφ and east times cosβ/cosφ, which are the weights; the second order of f is 5e-5 of a haversine, the plane's
//! error 3e-5, and what the weights change on the way is at most 0.03 of the angle, for each of the two that are compared. What is
//! taken is twice as much, nearly.

use std::f64::consts::PI;

use super::area::{Area, smaller};
use crate::coords::Wgs84;

/// WGS-84's flattening.
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// What a haversine must be greater by to be surely of a greater distance, everywhere.
const FAR: f64 = 0.045;
/// The same right at the origin, and what is added for each unit of the haversine's root, half an angle.
const NEAR: (f64, f64) = (3e-4, 0.25);
/// The haversine of two millimetres, below which rounding may decide.
const TINY: f64 = 2.5e-20;
/// What makes a computed lower bound one in spite of the cosine's error and of rounding, to 32 bits too.
pub(super) const BELOW: f64 = 1.0 - 1e-6;
/// A degree in radians.
const DEGREE: f64 = PI / 180.0;
/// Half of a degree in radians, squared.
const HALF_SQUARED: f64 = (PI / 360.0) * (PI / 360.0);

/// The smallest measure that is surely farther away than one of `measure`.
pub(super) fn surely_beyond(measure: f64) -> f64 {
    let near = NEAR.0 + NEAR.1 * measure.sqrt();
    measure * (1.0 + smaller(near, FAR)) + TINY
}

/// Where distances are measured from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    lat: f64,
    lng: f64,
    /// What a haversine northwards counts for.
    north: f64,
    /// The same eastwards, with the cosine of the origin's latitude.
    east: f64,
    /// What a square of degrees northwards counts for near the origin.
    near_north: f64,
    /// The same eastwards, with both cosines; what a degree to the north takes from that, and its square.
    near_east: [f64; 3],
    /// What a square of degrees, doubled, to an area's north counts for, and to its east with the cosine there; a hair less.
    area_north: f64,
    area_east: f64,
}

impl Origin {
    /// The origin at a position.
    pub(super) fn new(position: Wgs84) -> Self {
        let (lat, cos) = (position.lat(), cosine(position.lat()));
        let kept = (1.0 - FLATTENING) * (1.0 - FLATTENING);
        // cos²φ + (1−f)²·sin²φ, by which reduced latitudes β differ from geodetic ones φ.
        let bend = cos * cos + kept * (1.0 - cos * cos);
        let correction = 1.0 - FLATTENING * cos * cos / bend;
        let north = kept / (bend * bend) * correction * correction;
        let east = cos / bend;
        let near = east * HALF_SQUARED;
        let falls = sine(lat.abs() * DEGREE).copysign(lat) * DEGREE;
        let near_east = [near * cos, near * falls, near * cos * DEGREE * DEGREE / 2.0];
        Self {
            lat,
            lng: position.lng(),
            north,
            east,
            near_north: north * HALF_SQUARED,
            near_east,
            area_north: north * HALF_SQUARED / 4.0 * BELOW,
            area_east: near / 4.0 * BELOW,
        }
    }

    /// The measure of a position, within 3e-5 of itself; something greater than `limit` if that is all there is to say.
    pub(super) fn measure(&self, to: Wgs84, limit: f64) -> f64 {
        let (north, east) = (to.lat() - self.lat, to.lng() - self.lng);
        let (squared, across) = (north * north, east * east);
        // Within a degree the sine of half an angle is the half, to 1.3e-5, and three terms make the cosine.
        if squared + across < 1.0 {
            let [flat, falls, bends] = self.near_east;
            return squared * self.near_north + across * (flat - north * (falls + north * bends));
        }
        self.measure_far(to, limit)
    }

    /// The same from about a hundred kilometres on, within 3e-7.
    #[inline(never)]
    fn measure_far(&self, to: Wgs84, limit: f64) -> f64 {
        let north = half_sine_squared((to.lat() - self.lat).abs()) * self.north;
        if north > limit {
            return north;
        }
        north + self.east * cosine(to.lat()) * half_sine_squared(turn(to.lng() - self.lng))
    }

    /// At most the measure of each position in `area`. It has no choice to make, neither of a path nor of a number: a choice that
    /// the processor cannot foresee costs more than all of this.
    pub(super) fn measure_to(&self, area: &Area) -> f64 {
        let north = (self.lat - f64::from(area.middle.0)).abs() - f64::from(area.half.0);
        // Beyond 180 degrees the other way around is shorter.
        let east =
            180.0 - (180.0 - (self.lng - f64::from(area.middle.1)).abs()).abs() - f64::from(area.half.1);
        self.area_north * at_least(north) + self.area_east * f64::from(area.cos) * at_least(east)
    }
}

/// At most the square of the sine of half of `degrees`, up to 180, for half a degree squared and quartered; nothing below 0.
/// x² − x⁴/3 is at most the square of the sine of x, being its series up to a term that takes off.
fn at_least(degrees: f64) -> f64 {
    let twice = degrees + degrees.abs();
    let square = twice * twice;
    square - square * square * (HALF_SQUARED / 12.0)
}

/// The smaller of the two turns that a difference of longitudes, −360 to 360 degrees, stands for.
fn turn(degrees: f64) -> f64 {
    let degrees = degrees.abs();
    if degrees > 180.0 { 360.0 - degrees } else { degrees }
}

/// The square of the sine of half of `degrees`, 0 to 180.
fn half_sine_squared(degrees: f64) -> f64 {
    let sine = sine(degrees * (PI / 360.0));
    sine * sine
}

/// The cosine of a latitude in degrees.
pub(super) fn cosine(lat: f64) -> f64 {
    sine((90.0 - lat.abs()) * DEGREE)
}

/// The sine of `x` radians, 0 to π/2: Taylor's series to the eleventh power, the error below 6e-8 of the value.
fn sine(x: f64) -> f64 {
    let y = x * x;
    let tail = y * (1.0 / 362_880.0 - y * (1.0 / 39_916_800.0));
    x * (1.0 - y * (1.0 / 6.0 - y * (1.0 / 120.0 - y * (1.0 / 5040.0 - tail))))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "what ours are measured by")]
mod tests {
    use super::*;
    use crate::geodesy::distance_m;

    /// Of many places around many origins, near ones and far ones: whoever is surely beyond another is.
    #[test]
    fn what_is_surely_beyond_is_farther() -> Result<(), crate::coords::CoordError> {
        let lats = [-90.0, -89.999, -60.0, -45.0, -1e-3, 0.0, 20.0, 41.8, 45.0, 70.0, 89.0, 90.0];
        let mut told = 0;
        for lat in lats {
            let from = Wgs84::new(lat, 0.0)?;
            let origin = Origin::new(from);
            let mut places = Vec::new();
            for size in
                [1e-6, 1e-4, 1e-3, 0.01, 0.1, 0.5, 1.0, 3.0, 10.0, 30.0, 60.0, 90.0, 140.0, 179.0, 179.99]
            {
                for part in 0..24 {
                    // All around, and a hair farther from one to the next.
                    let (east, north) = (f64::from(part) * PI / 12.0).sin_cos();
                    let size = size * (1.0 + f64::from(part * 7 % 24) * 4e-4);
                    let north = (lat + size * north).clamp(-90.0, 90.0);
                    let east = (size * east / lat.to_radians().cos().max(0.01)).clamp(-180.0, 180.0);
                    let to = Wgs84::new(north, east)?;
                    places.push((origin.measure(to, 9.0), distance_m(from, to)));
                }
            }
            for &(measure, metres) in &places {
                let beyond = |other: &&(f64, f64)| other.0 > surely_beyond(measure);
                for other in places.iter().filter(beyond) {
                    assert!(other.1 > metres, "from {lat}: {other:?} and {measure} {metres}");
                    told += 1;
                }
            }
        }
        assert!(told > 600_000, "{told}");
        Ok(())
    }

    /// Of areas small and large around points near and far, also over the poles and beside the antimeridian.
    #[test]
    fn an_area_is_no_farther_than_what_is_in_it() -> Result<(), crate::coords::CoordError> {
        let sizes = [0.0, 1e-9, 1e-5, 1e-3, 0.1, 1.0, 20.0, 90.0, 180.0];
        let mut close = 0;
        for from in [(0.0, 0.0), (41.8, 123.4), (-89.9, 10.0), (90.0, 0.0), (60.0, 179.99), (-5.0, -180.0)] {
            let origin = Origin::new(Wgs84::new(from.0, from.1)?);
            for (away, size) in sizes.iter().flat_map(|&away| sizes.map(|size| (away, size))) {
                for part in 0..16 {
                    let (east, north) = (f64::from(part) * PI / 8.0 + 0.1).sin_cos();
                    let at = |way: f64| {
                        let lng = from.1 + east * way;
                        Wgs84::new(
                            (from.0 + north * way).clamp(-90.0, 90.0),
                            lng - (lng / 360.0).round() * 360.0,
                        )
                    };
                    let positions = [at(away)?, at(away + size * 0.3)?, at(away + size)?];
                    let area = Area::of(&positions);
                    for parent in
                        [area, Area::around(&[area]), Area::around(&[area, Area::of(&positions[..1])])]
                    {
                        let [west, south, east, north] = parent.sides();
                        for &position in &positions {
                            let (bound, measure) =
                                (origin.measure_to(&parent), origin.measure(position, 9.0));
                            assert!(bound <= measure + TINY, "{from:?} {positions:?}: {bound:e} {measure:e}");
                            close += u32::from(bound > measure * 0.99);
                            let (lat, lng) = (position.lat(), position.lng());
                            assert!(
                                south <= lat && lat <= north && west <= lng && lng <= east,
                                "{position:?}"
                            );
                        }
                    }
                }
            }
        }
        assert!(close > 5_000, "{close}");
        Ok(())
    }

    #[test]
    fn the_sine_is_within_its_error() {
        for step in 1..=1000 {
            let x = f64::from(step) / 1000.0 * PI / 2.0;
            assert!((sine(x) / x.sin() - 1.0).abs() < 6e-8, "{x}");
            let square = half_sine_squared(2.0 * x.to_degrees());
            assert!((square / x.sin().powi(2) - 1.0).abs() < 2e-7, "{x}");
        }
    }
}
