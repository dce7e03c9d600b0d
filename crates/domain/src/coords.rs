//! stub
#[derive(Debug, Clone, Copy, PartialEq)] pub struct Wgs84(f64, f64);
#[derive(Debug)] pub struct CoordError;
impl Wgs84 { pub fn new(a: f64, b: f64) -> Result<Self, CoordError> { Ok(Self(a, b)) } pub fn lat(self) -> f64 { self.0 } pub fn lng(self) -> f64 { self.1 } }
