//! What a map shows.

use crate::coords::Wgs84;

/// A range of latitudes and longitudes, its borders included; it may cross the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Bounds {
    /// The whole world.
    pub const WORLD: Self = Self { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };

    /// From the south-west corner eastwards to the north-east one: across the antimeridian if the second lies
    /// west of the first. None if the second lies south of the first.
    pub fn new(south_west: Wgs84, north_east: Wgs84) -> Option<Self> {
        let (west, south) = (south_west.lng(), south_west.lat());
        let (east, north) = (north_east.lng(), north_east.lat());
        (south <= north).then_some(Self { west, south, east, north })
    }

    /// The western border in degrees; greater than the eastern one if the antimeridian lies between.
    pub const fn west(&self) -> f64 {
        self.west
    }

    /// The southern border in degrees.
    pub const fn south(&self) -> f64 {
        self.south
    }

    /// The eastern border in degrees.
    pub const fn east(&self) -> f64 {
        self.east
    }

    /// The northern border in degrees.
    pub const fn north(&self) -> f64 {
        self.north
    }

    /// True if `position` is within or on the border. −180° and 180° are one meridian.
    pub fn contains(&self, position: Wgs84) -> bool {
        let lng = position.lng();
        let lat = position.lat();
        self.south <= lat
            && lat <= self.north
            && (self.between(lng) || (lng.abs() >= 180.0 && self.between(-lng)))
    }

    /// True if this number is on the way from the western border to the eastern one.
    pub(super) fn between(&self, lng: f64) -> bool {
        if self.west <= self.east {
            self.west <= lng && lng <= self.east
        } else {
            self.west <= lng || lng <= self.east
        }
    }

    /// The ranges of longitudes: two if the antimeridian lies between, the second empty otherwise.
    pub(super) fn spans(&self) -> [(f64, f64); 2] {
        if self.west <= self.east {
            [(self.west, self.east), (f64::INFINITY, f64::NEG_INFINITY)]
        } else {
            [(self.west, 180.0), (-180.0, self.east)]
        }
    }
}
