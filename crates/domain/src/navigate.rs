//! stub
use crate::coords::Wgs84;
#[derive(Debug, Clone, Copy, PartialEq, Eq)] pub enum MapApp { Tencent, Amap, Baidu, Apple, Geo }
impl MapApp { pub const ALL: &'static [Self] = &[Self::Tencent]; }
#[derive(Debug, Clone, Copy, PartialEq, Eq)] pub enum TravelMode { Ride, Walk, Drive }
pub fn link(_: MapApp, _: TravelMode, _: Wgs84, _: &str, _: &str, _: &str) -> String { String::new() }
pub fn percent_encode(s: &str) -> String { s.into() }
