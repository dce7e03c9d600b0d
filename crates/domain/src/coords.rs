//! The three datums of maps in China, each a type of its own, so that one is never drawn as another.
//!
//! Stations are stored in WGS-84, which phones give. Amap and Tencent draw GCJ-02, Baidu draws BD-09; a GCJ-02
//! point drawn as WGS-84 is off by about 500 m. The inverses iterate the forward formula until it gives the point
//! back, since the common one-step inverse is off by metres.
//!
//! ```
//! use domain::coords::{Bd09, Gcj02, Wgs84};
//! let station = Wgs84::new(41.8033, 123.4253)?;
//! let back = Bd09::from(Gcj02::from(station)).to_wgs84();
//! assert!((back.lat() - station.lat()).abs() < 1e-8);
//! # Ok::<(), domain::coords::CoordError>(())
//! ```

use std::f64::consts::PI;

use crate::angle::{cos, sin};

/// Semi-major axis of Krasovsky's ellipsoid, in metres, as the published GCJ-02 formula has it.
const GCJ_AXIS: f64 = 6_378_245.0;
/// First eccentricity squared of that ellipsoid.
const GCJ_ECCENTRICITY: f64 = 0.006_693_421_622_965_823;
/// The angular frequency of BD-09's ripple.
const BD_TURN: f64 = PI * 3000.0 / 180.0;
/// The constant shift of BD-09 to the north and to the east, in degrees.
const BD_SHIFT: (f64, f64) = (0.006, 0.0065);
/// The iteration ends when a round moves the point by less, in degrees (0.1 micrometres).
const CLOSE: f64 = 1e-12;
/// Three or four rounds suffice; the limit only bounds a point on the edge of the shifted area.
const ROUNDS: usize = 12;

/// Why a pair of numbers is no position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoordError {
    /// The latitude is no number from −90 to 90.
    Latitude,
    /// The longitude is no number from −180 to 180.
    Longitude,
}

macro_rules! datum {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name(Point);

        impl $name {
            /// From degrees north and degrees east.
            pub fn new(lat: f64, lng: f64) -> Result<Self, CoordError> {
                Point::new(lat, lng).map(Self)
            }

            /// Degrees north, −90 to 90.
            pub const fn lat(self) -> f64 {
                self.0.lat
            }

            /// Degrees east, −180 to 180.
            pub const fn lng(self) -> f64 {
                self.0.lng
            }
        }
    };
}

datum! {
    /// A position as satellites give it. CGCS2000 (Tianditu) is the same for a map's purposes.
    Wgs84
}
datum! {
    /// A position as Amap and Tencent draw it; the same as WGS-84 far from China.
    Gcj02
}
datum! {
    /// A position as Baidu draws it.
    Bd09
}

impl From<Wgs84> for Gcj02 {
    fn from(position: Wgs84) -> Self {
        Self(gcj_of_wgs(position.0))
    }
}

impl From<Gcj02> for Bd09 {
    fn from(position: Gcj02) -> Self {
        Self(bd_of_gcj(position.0))
    }
}

impl From<Wgs84> for Bd09 {
    fn from(position: Wgs84) -> Self {
        Gcj02::from(position).into()
    }
}

impl Wgs84 {
    /// 0° N 0° E: stands where a file turned out to be nonsense, or where there is nothing to look from; never seen.
    pub const fn null_island() -> Self {
        Self(Point { lat: 0.0, lng: 0.0 })
    }
}

impl Gcj02 {
    /// The position that shifts to this one: exact to 1e-9 degrees in China.
    #[must_use]
    pub fn to_wgs84(self) -> Wgs84 {
        Wgs84(inverse(gcj_of_wgs, self.0))
    }
}

impl Bd09 {
    /// The position that shifts to this one: exact to 1e-9 degrees in China.
    #[must_use]
    pub fn to_gcj02(self) -> Gcj02 {
        Gcj02(inverse(bd_of_gcj, self.0))
    }

    /// The position that shifts to this one: exact to 1e-8 degrees in China.
    #[must_use]
    pub fn to_wgs84(self) -> Wgs84 {
        self.to_gcj02().to_wgs84()
    }
}

/// Degrees, of whichever datum the type around it says.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Point {
    lat: f64,
    lng: f64,
}

impl Point {
    fn new(lat: f64, lng: f64) -> Result<Self, CoordError> {
        // Not a number is in no range.
        if !(-90.0..=90.0).contains(&lat) {
            Err(CoordError::Latitude)
        } else if (-180.0..=180.0).contains(&lng) {
            Ok(Self { lat, lng })
        } else {
            Err(CoordError::Longitude)
        }
    }
}

/// The published GCJ-02 shift; the identity outside its box around China.
fn gcj_of_wgs(point: Point) -> Point {
    let Point { lat, lng } = point;
    if !(72.004..=137.8347).contains(&lng) || !(0.8293..=55.8271).contains(&lat) {
        return point;
    }
    let (x, y) = (lng - 105.0, lat - 35.0);
    let wave = |size: f64, angle: f64| size * sin(angle * PI) * 2.0 / 3.0;
    let both = 0.1 * x * y + wave(20.0, 6.0 * x) + wave(20.0, 2.0 * x);
    let root = x.abs().sqrt();
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.2 * root
        + both
        + wave(20.0, y)
        + wave(40.0, y / 3.0)
        + wave(160.0, y / 12.0)
        + wave(320.0, y / 30.0);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * root
        + both
        + wave(20.0, x)
        + wave(40.0, x / 3.0)
        + wave(150.0, x / 12.0)
        + wave(300.0, x / 30.0);
    let phi = lat.to_radians();
    let flat = 1.0 - GCJ_ECCENTRICITY * sin(phi) * sin(phi);
    let meridian = GCJ_AXIS * (1.0 - GCJ_ECCENTRICITY) / (flat * flat.sqrt());
    let parallel = GCJ_AXIS / flat.sqrt() * cos(phi);
    Point { lat: lat + (north / meridian).to_degrees(), lng: lng + (east / parallel).to_degrees() }
}

/// The published BD-09 shift of a GCJ-02 position.
fn bd_of_gcj(point: Point) -> Point {
    let Point { lat: y, lng: x } = point;
    let radius = (x * x + y * y).sqrt() + 2e-5 * sin(y * BD_TURN);
    let angle = y.atan2(x) + 3e-6 * cos(x * BD_TURN);
    Point { lat: radius * sin(angle) + BD_SHIFT.0, lng: radius * cos(angle) + BD_SHIFT.1 }
}

/// The point whose image under `forward` is `image`. A shift changes so slowly that taking off what is too much
/// converges at once.
fn inverse(forward: fn(Point) -> Point, image: Point) -> Point {
    let mut point = image;
    for _ in 0..ROUNDS {
        let reached = forward(point);
        let (north, east) = (reached.lat - image.lat, reached.lng - image.lng);
        point = Point { lat: point.lat - north, lng: point.lng - east };
        if north.abs() < CLOSE && east.abs() < CLOSE {
            break;
        }
    }
    point
}
