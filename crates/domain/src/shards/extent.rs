//! What part of the earth a file of the tree covers.

use crate::angle::{cos, sin};
use crate::coords::Wgs84;
use crate::wire::{Reader, Wire, Writer};

/// Steps of a degree: 11 m, which costs three bytes and loads nothing that a finer one would spare.
const PER_DEGREE: f64 = 1e4;
/// The least radius of curvature of the WGS-84 ellipsoid in metres, a(1−e²), that of a meridian at the equator. A path on the
/// ellipsoid is at least as long as the same path of latitudes and longitudes on a sphere of this radius. A
/// ten-thousandth is taken off, ten times what [`distance_m`](crate::geodesy::distance_m) is off by.
const LEAST_RADIUS_M: f64 = 6_335_439.0 * (1.0 - 1e-4);

/// A range of latitudes and longitudes in whole steps of 1e-4 degrees, rounded outwards. It does not cross the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    pub(super) west: i32,
    pub(super) south: i32,
    pub(super) east: i32,
    pub(super) north: i32,
}

impl Extent {
    /// The square around a position.
    #[expect(clippy::cast_possible_truncation, reason = "180 degrees are 1.8e6 steps")]
    pub fn of(position: Wgs84) -> Self {
        let (lng, lat) = (position.lng() * PER_DEGREE, position.lat() * PER_DEGREE);
        Self {
            west: lng.floor() as i32,
            south: lat.floor() as i32,
            east: lng.ceil() as i32,
            north: lat.ceil() as i32,
        }
    }

    /// Both, and what lies between.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// True if the two have a point in common.
    pub const fn touches(&self, other: &Self) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    /// Its middle; None if it is no place on earth, as in a file that was made up.
    pub fn middle(&self) -> Option<Wgs84> {
        let half = |one: i32, other: i32| f64::midpoint(f64::from(one), f64::from(other)) / PER_DEGREE;
        Wgs84::new(half(self.south, self.north), half(self.west, self.east)).ok()
    }

    /// With so many degrees more on each side.
    #[expect(clippy::cast_possible_truncation, reason = "a saturated side is beyond the earth, too")]
    pub(super) fn wider(&self, degrees: f64) -> Self {
        let more = (degrees * PER_DEGREE) as i32;
        Self {
            west: self.west.saturating_sub(more),
            south: self.south.saturating_sub(more),
            east: self.east.saturating_add(more),
            north: self.north.saturating_add(more),
        }
    }

    /// Its south-western and its north-eastern corner.
    pub fn corners(&self) -> Option<[Wgs84; 2]> {
        let at =
            |lat: i32, lng: i32| Wgs84::new(f64::from(lat) / PER_DEGREE, f64::from(lng) / PER_DEGREE).ok();
        Some([at(self.south, self.west)?, at(self.north, self.east)?])
    }

    /// How long its longer side is on a web map, in degrees of longitude: a degree of latitude is as long as these on the ground, and
    /// drawn longer the farther it is from the equator.
    pub fn side(&self) -> f64 {
        let [wide, high] =
            [self.east - self.west, self.north - self.south].map(|steps| f64::from(steps) / PER_DEGREE);
        let middle = f64::midpoint(f64::from(self.south), f64::from(self.north)) / PER_DEGREE;
        wide.max(high / cos(middle.to_radians()).max(0.01))
    }

    /// At most the metres, as [`distance_m`](crate::geodesy::distance_m) has them, from a position to anything in here.
    pub fn least_m(&self, from: Wgs84) -> f64 {
        let [west, south, east, north] =
            [self.west, self.south, self.east, self.north].map(|step| f64::from(step) / PER_DEGREE);
        let lat = (south - from.lat()).max(from.lat() - north).max(0.0);
        let lng = if west <= from.lng() && from.lng() <= east {
            0.0
        } else {
            turn(west - from.lng()).min(turn(from.lng() - east))
        };
        // The least cosine of a latitude in here is at the edge that is farther from the equator.
        let far = south.abs().max(north.abs());
        let (up, aside) = (sin(lat.to_radians() / 2.0), sin(lng.to_radians() / 2.0));
        let hav = up * up + cos(from.lat().to_radians()) * cos(far.to_radians()) * aside * aside;
        // Rounding may take it past the antipode; not `clamp`, whose panic prints floats.
        let angle = 2.0 * hav.sqrt().atan2((1.0 - hav).max(0.0).sqrt());
        // What rounding may add to the same place measured twice.
        (LEAST_RADIUS_M * angle - 0.01).max(0.0)
    }
}

/// The smaller of the two turns that a difference of longitudes, −360 to 360 degrees, stands for.
fn turn(degrees: f64) -> f64 {
    let degrees = degrees.abs();
    if degrees > 180.0 { 360.0 - degrees } else { degrees }
}

// A corner and the sides, which are short.
impl Wire for Extent {
    fn put(&self, out: &mut Writer) {
        for step in [self.west, self.south, self.east - self.west, self.north - self.south] {
            step.put(out);
        }
    }
    fn take(from: &mut Reader<'_>) -> Self {
        let [west, south, wide, high] = [(); 4].map(|()| i32::take(from));
        Self { west, south, east: west.saturating_add(wide), north: south.saturating_add(high) }
    }
}
