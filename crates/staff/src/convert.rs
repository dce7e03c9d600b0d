//! `staff convert`: points from one of the three datums to another, one to a line.

use domain::coords::{Bd09, CoordError, Gcj02, Wgs84};

/// Whose coordinates they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Crs {
    /// Satellites, Tianditu, `OpenStreetMap`.
    Wgs84,
    /// Amap, Tencent.
    Gcj02,
    /// Baidu.
    Bd09,
}

/// Why a line is no point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineError {
    /// Not two numbers.
    NotTwo,
    /// The first is no longitude, −180 to 180.
    Longitude,
    /// The second is no latitude, −90 to 90.
    Latitude,
    /// The second cannot be a latitude but the first could: they are perhaps swapped.
    Swapped,
    /// Not text in UTF-8.
    NotText,
}

/// A line `lng,lat` in the other datum, at 1e-9 degrees; none for a blank one. The numbers may be parted by commas,
/// semicolons, spaces or tabs, full-width ones too.
pub fn line(text: &str, from: Crs, to: Crs) -> Result<Option<String>, LineError> {
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | ';' | '；' | '、' | '\u{feff}'))
        .filter(|part| !part.is_empty())
        .collect();
    let (lng, lat) = match parts.as_slice() {
        [] => return Ok(None),
        [lng, lat] => (degrees(lng)?, degrees(lat)?),
        _ => return Err(LineError::NotTwo),
    };
    let (lng, lat) = point(lng, lat, from, to).map_err(|error| match error {
        CoordError::Longitude => LineError::Longitude,
        CoordError::Latitude if lng.abs() <= 90.0 && lat.abs() <= 180.0 => LineError::Swapped,
        CoordError::Latitude => LineError::Latitude,
    })?;
    Ok(Some(format!("{lng:.9},{lat:.9}")))
}

/// A number as people write coordinates: digits, a point, a sign. Neither `inf` nor `NaN`.
fn degrees(text: &str) -> Result<f64, LineError> {
    let is_plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
    if is_plain { text.parse().map_err(|_| LineError::NotTwo) } else { Err(LineError::NotTwo) }
}

/// A point, east before north as in the lines.
fn point(lng: f64, lat: f64, from: Crs, to: Crs) -> Result<(f64, f64), CoordError> {
    let wgs = |point: Wgs84| (point.lng(), point.lat());
    let gcj = |point: Gcj02| (point.lng(), point.lat());
    let bd = |point: Bd09| (point.lng(), point.lat());
    Ok(match (from, to) {
        (Crs::Wgs84, Crs::Wgs84) => wgs(Wgs84::new(lat, lng)?),
        (Crs::Wgs84, Crs::Gcj02) => gcj(Wgs84::new(lat, lng)?.into()),
        (Crs::Wgs84, Crs::Bd09) => bd(Wgs84::new(lat, lng)?.into()),
        (Crs::Gcj02, Crs::Wgs84) => wgs(Gcj02::new(lat, lng)?.to_wgs84()),
        (Crs::Gcj02, Crs::Gcj02) => gcj(Gcj02::new(lat, lng)?),
        (Crs::Gcj02, Crs::Bd09) => bd(Gcj02::new(lat, lng)?.into()),
        (Crs::Bd09, Crs::Wgs84) => wgs(Bd09::new(lat, lng)?.to_wgs84()),
        (Crs::Bd09, Crs::Gcj02) => gcj(Bd09::new(lat, lng)?.to_gcj02()),
        (Crs::Bd09, Crs::Bd09) => bd(Bd09::new(lat, lng)?),
    })
}
