//! How far two positions are apart, cheaply and with a known error, so that the exact distance need be computed
//! only where it decides.
//!
//! The measure is the haversine of the angle between the two on a sphere that takes geodetic latitudes for its own:
//! 0 at the same place, 1 at the antipode, growing with the distance. Its sines are polynomials.
//!
//! The north and the east of it are weighted as the ellipsoid has them at the origin, so that near the origin the
//! measure is that of [`distance_m`](crate::geodesy::distance_m) but for a small part, which grows with the distance.
//!
//! **How it bounds `distance_m`**, with f the flattening. Everywhere: the correction of Lambert's formula lies between 0 and
//! −f of the angle between reduced latitudes, since its two quotients are at most 1; a path is at most 1/(1−f)
//! longer or shorter on the sphere of reduced latitudes than on that of geodetic ones, since each degree is;
//! and the weights lie between (1−f)⁴ and (1−f)⁻². As sin(c·x) ≤ c·sin(x), a haversine 1.045 times another is of
//! a greater distance. Near the origin: for small angles the formula is the length of the way north times
//! (1−f·cos²β)·dβ/dφ and east times cosβ/cosφ, which are the weights; the second order of f is 5e-5 of a haversine, and what
//! the weights change on the way is at most 0.03 of the angle, for each of the two that are compared. What is
//! taken is twice as much.

use std::f64::consts::PI;

use crate::coords::Wgs84;

/// WGS-84's flattening.
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// What a haversine must be greater by to be surely of a greater distance, everywhere.
const FAR: f64 = 0.045;
/// The same right at the origin, and what is added for each unit of the haversine's root, half an angle.
const NEAR: (f64, f64) = (3e-4, 0.25);
/// The haversine of two millimetres, below which rounding may decide.
const TINY: f64 = 2.5e-20;
/// What makes a computed lower bound one in spite of the polynomials' error.
const BELOW: f64 = 1.0 - 1e-6;

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
}

impl Origin {
    /// The origin at a position.
    pub(super) fn new(position: Wgs84) -> Self {
        let cos = cosine(position.lat());
        let kept = (1.0 - FLATTENING) * (1.0 - FLATTENING);
        // cos²φ + (1−f)²·sin²φ, by which reduced latitudes β differ from geodetic ones φ.
        let bend = cos * cos + kept * (1.0 - cos * cos);
        let correction = 1.0 - FLATTENING * cos * cos / bend;
        let north = kept / (bend * bend) * correction * correction;
        Self { lat: position.lat(), lng: position.lng(), north, east: cos / bend }
    }

    /// The measure of a position, within 3e-7 of itself; something greater than `limit` if that is all there is to say.
    pub(super) fn measure(&self, to: Wgs84, limit: f64) -> f64 {
        let north = half_sine_squared((to.lat() - self.lat).abs()) * self.north;
        if north > limit {
            return north;
        }
        north + self.east * cosine(to.lat()) * half_sine_squared(turn(to.lng() - self.lng))
    }

    /// At most the measure of each position in `area`; something greater than `limit` if that is all there is to say.
    pub(super) fn measure_to(&self, area: &Area, limit: f64) -> f64 {
        let away = larger(larger(area.south - self.lat, self.lat - area.north), 0.0);
        let north = half_sine_squared(away) * self.north * BELOW;
        if north > limit || (area.west <= self.lng && self.lng <= area.east) {
            return north;
        }
        let lng = smaller(turn(area.west - self.lng), turn(self.lng - area.east));
        north + self.east * area.cos * half_sine_squared(lng) * BELOW
    }
}

/// A range of latitudes and longitudes in degrees that does not cross the antimeridian.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    /// The least longitude.
    pub(super) west: f64,
    /// The least latitude.
    pub(super) south: f64,
    /// The greatest longitude.
    pub(super) east: f64,
    /// The greatest latitude.
    pub(super) north: f64,
    /// The least cosine of a latitude.
    cos: f64,
}

impl Area {
    /// Nothing; grows with what is added.
    pub(super) const EMPTY: Self = Self {
        west: f64::INFINITY,
        south: f64::INFINITY,
        east: f64::NEG_INFINITY,
        north: f64::NEG_INFINITY,
        cos: 1.0,
    };

    /// All of `positions`.
    pub(super) fn of(positions: &[Wgs84]) -> Self {
        let mut all = Self::EMPTY;
        for &position in positions {
            all.add(position);
        }
        // A cosine is least where the latitude is farthest from the equator.
        all.cos = cosine(larger(all.south.abs(), all.north.abs()));
        all
    }

    /// Grows around a position, but for the cosine.
    pub(super) fn add(&mut self, position: Wgs84) {
        self.west = smaller(self.west, position.lng());
        self.south = smaller(self.south, position.lat());
        self.east = larger(self.east, position.lng());
        self.north = larger(self.north, position.lat());
    }

    /// All of `areas`.
    pub(super) fn around(areas: &[Self]) -> Self {
        areas.iter().fold(Self::EMPTY, |all, area| Self {
            west: smaller(all.west, area.west),
            south: smaller(all.south, area.south),
            east: larger(all.east, area.east),
            north: larger(all.north, area.north),
            cos: smaller(all.cos, area.cos),
        })
    }
}

/// The smaller of two numbers. `f64::min` is a call in WebAssembly, since it also has an answer for what is no number.
fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// The larger of two numbers.
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The smaller of the two turns that a difference of longitudes, −360 to 360 degrees, stands for.
fn turn(degrees: f64) -> f64 {
    let degrees = degrees.abs();
    if degrees > 180.0 { 360.0 - degrees } else { degrees }
}

/// The square of the sine of half of `degrees`, 0 to 180.
fn half_sine_squared(degrees: f64) -> f64 {
    let x = degrees * (PI / 360.0);
    let y = x * x;
    // Up to 380 km the first two powers are as good, with an error of 5e-8.
    if y < 1e-3 {
        return y - y * y * (1.0 / 3.0);
    }
    let sine = sine(x);
    sine * sine
}

/// The cosine of a latitude in degrees.
fn cosine(lat: f64) -> f64 {
    sine((90.0 - lat.abs()) * (PI / 180.0))
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
