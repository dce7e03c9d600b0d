//! stub
use crate::coords::Wgs84;
pub fn distance_m(_: Wgs84, _: Wgs84) -> f64 { 0.0 }
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)] pub enum Distance { Metres(u32), Tenths(u32) }
impl Distance { pub fn rounded(_: f64) -> Self { Self::Metres(0) } }
pub struct TravelTime; impl TravelTime { pub fn walking(_: f64) -> Self { Self } pub fn riding(_: f64) -> Self { Self } pub fn minutes(&self) -> u32 { 0 } }
#[derive(Debug, Clone, Copy)] pub enum Compass { North, NorthEast, East, SouthEast, South, SouthWest, West, NorthWest }
impl Compass { pub fn from_to(_: Wgs84, _: Wgs84) -> Self { Self::North } }
