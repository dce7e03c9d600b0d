//! stub
#[derive(Debug)] pub struct Basemap;
impl Basemap { pub fn from_bytes(_: &[u8]) -> Option<Self> { Some(Self) } }
