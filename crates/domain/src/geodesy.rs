//! Distance and direction on the ellipsoid, and what they mean to somebody on foot or on an e-bike.

use crate::angle::{cos, sin};
use crate::coords::Wgs84;

/// WGS-84's semi-major axis in metres.
const AXIS: f64 = 6_378_137.0;
/// WGS-84's flattening.
const FLATTENING: f64 = 1.0 / 298.257_223_563;

/// Metres along the geodesic between two positions, by Lambert's formula for long lines: within a
/// hundred-thousandth, 10 cm in ten kilometres. Near the antipode, where the formula has no answer,
/// half the earth's girth is a fair one.
///
/// Source: W. D. Lambert, "The distance between two widely separated points on the surface of the earth",
/// J. Washington Academy of Sciences 32 (1942).
pub fn distance_m(a: Wgs84, b: Wgs84) -> f64 {
    let (one, two) = (reduced(a), reduced(b));
    let half_lat = (two - one) / 2.0;
    let half_lng = (b.lng() - a.lng()).to_radians() / 2.0;
    let mean = f64::midpoint(one, two);
    let across = sin(half_lng);
    let sin_half = sin(half_lat);
    // Haversine of the central angle, kept in range against rounding.
    let hav = (sin_half * sin_half + cos(one) * cos(two) * across * across).clamp(0.0, 1.0);
    if hav == 0.0 {
        return 0.0;
    }
    let angle = 2.0 * hav.sqrt().atan2((1.0 - hav).sqrt());
    if 1.0 - hav < 1e-6 {
        return AXIS * angle;
    }
    let (sin_mean, cos_mean, cos_half) = (sin(mean), cos(mean), cos(half_lat));
    let (along, aside) = (sin_mean * cos_half, cos_mean * sin_half);
    let sine = sin(angle);
    let x = (angle - sine) * along * along / (1.0 - hav);
    let y = (angle + sine) * aside * aside / hav;
    AXIS * (angle - FLATTENING / 2.0 * (x + y))
}

/// The reduced latitude in radians: that of the point's image on the sphere around the ellipsoid.
fn reduced(position: Wgs84) -> f64 {
    let phi = position.lat().to_radians();
    ((1.0 - FLATTENING) * sin(phi)).atan2(cos(phi))
}

/// Degrees clockwise from north, 0 up to 360, in which a traveller sets out from `from` to `to` on a great circle.
pub fn bearing(from: Wgs84, to: Wgs84) -> f64 {
    let (one, two) = (from.lat().to_radians(), to.lat().to_radians());
    let turn = (to.lng() - from.lng()).to_radians();
    let east = sin(turn) * cos(two);
    let north = cos(one) * sin(two) - sin(one) * cos(two) * cos(turn);
    let degrees = east.atan2(north).to_degrees();
    if degrees < 0.0 { degrees + 360.0 } else { degrees }
}

/// A distance as a person is told it. Ordered by length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Distance {
    /// Under a kilometre: metres, a multiple of ten.
    Metres(u32),
    /// From one kilometre on: tenths of a kilometre, whole kilometres from ten on.
    Tenths(u32),
}

impl Distance {
    /// The nearest distance a person is told. Nothing is told as nearer than 10 m.
    pub fn rounded(metres: f64) -> Self {
        let tens = whole(metres / 10.0).max(1);
        if tens < 100 {
            return Self::Metres(tens * 10);
        }
        let tenths = whole(metres / 100.0);
        Self::Tenths(if tenths < 100 { tenths } else { whole(metres / 1000.0).saturating_mul(10) })
    }
}

/// How long a way takes, in whole minutes, at least one. Streets are longer than the straight line; by how much is
/// an average over cities, so that the figure is a guide and no promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TravelTime(u32);

impl TravelTime {
    /// Metres a person walks in a minute: 4.8 km/h.
    const WALK: f64 = 80.0;
    /// Metres an e-bike rides in a minute: 15 km/h, the limit for delivery bikes on many roads.
    const RIDE: f64 = 250.0;
    /// How much longer a street is than the straight line.
    const DETOUR: f64 = 1.3;

    /// On foot, for a straight line of `metres`.
    pub fn walking(metres: f64) -> Self {
        Self(whole((metres * Self::DETOUR / Self::WALK).ceil()).max(1))
    }

    /// On an e-bike, for a straight line of `metres`.
    pub fn riding(metres: f64) -> Self {
        Self(whole((metres * Self::DETOUR / Self::RIDE).ceil()).max(1))
    }

    /// Minutes.
    pub const fn minutes(self) -> u32 {
        self.0
    }
}

/// One of eight directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compass {
    /// 北
    North,
    /// 东北
    NorthEast,
    /// 东
    East,
    /// 东南
    SouthEast,
    /// 南
    South,
    /// 西南
    SouthWest,
    /// 西
    West,
    /// 西北
    NorthWest,
}

impl Compass {
    /// The direction nearest to the bearing from `from` to `to`.
    pub fn from_to(from: Wgs84, to: Wgs84) -> Self {
        match whole(bearing(from, to) / 45.0) {
            1 => Self::NorthEast,
            2 => Self::East,
            3 => Self::SouthEast,
            4 => Self::South,
            5 => Self::SouthWest,
            6 => Self::West,
            7 => Self::NorthWest,
            _ => Self::North,
        }
    }
}

/// The nearest whole number; none below zero, and none for what is no number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates and turns NaN to 0, which is what is meant"
)]
fn whole(value: f64) -> u32 {
    (value + 0.5) as u32
}
