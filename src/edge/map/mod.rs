//! stub
use domain::{coords::Wgs84, text::Lang, basemap::Basemap, site::TileLayer};
pub struct MapView; pub struct MapError;
pub struct MapOptions { pub reduced_motion: bool, pub lang: Lang, pub words: MapWords }
pub struct MapWords { pub zoom_in: String, pub zoom_out: String, pub sketch: String, pub rider: String }
pub struct Pin { pub index: u32, pub position: Wgs84, pub look: PinLook, pub name: String, pub front: bool }
pub enum PinLook { Open, Closed, Unknown }
pub struct Rider { pub position: Wgs84, pub accuracy_m: f64 }
#[derive(Clone, Copy)] pub struct Covered { pub left: f64, pub top: f64, pub right: f64, pub bottom: f64 }
pub enum MapEvent { Chosen(u32), Clicked(Wgs84), TilesFailed, Moved }
impl MapView { pub fn create(_: &web_sys::HtmlElement, _: MapOptions, _: impl Fn(MapEvent) + 'static) -> Result<Self, MapError> { Err(MapError) }
 pub fn set_basemap(&self, _: &Basemap, _: bool, _: Lang) {} pub fn set_tiles(&self, _: &[TileLayer], _: Lang) {} pub fn set_pins(&self, _: &[Pin]) {} pub fn set_selected(&self, _: Option<u32>) {} pub fn set_rider(&self, _: Option<Rider>) {} pub fn set_line(&self, _: Option<(Wgs84, Wgs84)>) {} pub fn show(&self, _: &[Wgs84], _: Covered, _: u8) {} pub fn resized(&self) {} pub fn restyle(&self) {} pub fn set_picking(&self, _: bool) {} }
