//! stub
use crate::coords::Wgs84;
pub fn distance_m(a: Wgs84, b: Wgs84) -> f64 { let (x, y) = (a.lat().to_radians(), b.lat().to_radians()); let dl = (b.lng() - a.lng()).to_radians(); let h = ((y - x) / 2.0).sin().powi(2) + x.cos() * y.cos() * (dl / 2.0).sin().powi(2); 2.0 * 6371008.8 * h.sqrt().asin() }
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)] pub enum Distance { Metres(u32), Tenths(u32) }
impl Distance { pub fn rounded(m: f64) -> Self { let r = (m / 10.0).round() as u32 * 10; if r < 1000 { Self::Metres(r) } else { Self::Tenths((m / 100.0).round() as u32) } } }
pub struct TravelTime(u32); impl TravelTime { pub fn walking(m: f64) -> Self { Self((m * 1.3 / 83.3).ceil().max(1.0) as u32) } pub fn riding(m: f64) -> Self { Self((m * 1.25 / 250.0).ceil().max(1.0) as u32) } pub fn minutes(&self) -> u32 { self.0 } }
#[derive(Debug, Clone, Copy)] pub enum Compass { North, NorthEast, East, SouthEast, South, SouthWest, West, NorthWest }
impl Compass { pub fn from_to(_: Wgs84, _: Wgs84) -> Self { Self::North } }
