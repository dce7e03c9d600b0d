//! The map: the only user of Leaflet. Takes positions in WGS-84, whatever is drawn below.
//!
//! From below: the embedded sketch or tiles, distance rings, the line to the chosen station, lone stations
//! on a canvas, badges for many together, and the nearest and the chosen as elements that can be focused. Colours come from the style sheet's
//! custom properties, read again by [`MapView::restyle`].

mod aim;
mod crowd;
mod hear;
mod js;
mod names;
mod pins;
mod rider;
mod sketch;
mod tiles;

use std::cell::RefCell;
use std::rc::Rc;

use domain::basemap::Basemap;
use domain::coords::Wgs84;
use domain::shards::{Badge, Extent, Region};
use domain::site::{Datum, TileLayer};
use domain::text::Lang;
use gloo_events::EventListener;
use leaflet::{EventedHandle, FeatureGroup, LatLng, LatLngBounds, LayerGroup, Map, MouseEvent};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

pub use aim::Covered;
use js::options;
pub use pins::{Pin, PinLook};
pub use rider::{RINGS, Rider};

/// How far one can pan.
const WORLD: [(f64, f64); 2] = [(17.0, 70.0), (54.5, 140.0)];

/// How to make a map.
pub struct MapOptions {
    /// What hides parts of it at first.
    pub covered: Covered,
    /// Moves jump instead of gliding.
    pub reduced_motion: bool,
    /// What it says.
    pub words: MapWords,
}

/// What the map says, in the language of the page.
#[derive(Clone)]
pub struct MapWords {
    /// Name of the button that shows less, nearer.
    pub zoom_in: String,
    /// Name of the button that shows more.
    pub zoom_out: String,
    /// That this is a sketch, and its review number.
    pub sketch: String,
    /// Name of the rider's dot.
    pub rider: String,
    /// How the rings around the rider are labelled, from the inside.
    pub rings: [String; RINGS.len()],
    /// The name of a badge, in this language.
    pub badge: fn(Lang, &Badge) -> String,
    /// The language.
    pub lang: Lang,
}

/// What the person did on the map.
pub enum MapEvent {
    /// Chose the station with this index.
    Chosen(u32),
    /// Wants to see what is in the badge that stands for this.
    Opened(Extent),
    /// Touched a place.
    Clicked(Wgs84),
    /// Moved: this is shown, and so many degrees of longitude are as wide as a badge.
    Moved(Extent, f64),
    /// The tiles did not come; the sketch shows instead.
    TilesFailed,
}

/// Why there is no map: Leaflet did not come, or not whole.
#[derive(Debug)]
pub struct MapError;

/// A map in an element. Leaves the element as it was when dropped.
pub struct MapView(Rc<Inner>);

struct Inner {
    map: Map,
    container: HtmlElement,
    glides: bool,
    hear: Box<dyn Fn(MapEvent)>,
    sketch: LayerGroup,
    names: LayerGroup,
    tiles: LayerGroup,
    around: LayerGroup,
    crowd: FeatureGroup,
    pins: FeatureGroup,
    chosen: FeatureGroup,
    state: RefCell<State>,
    /// Ended before the map is removed.
    held: RefCell<Held>,
}

/// What is on the map, to draw it again in other colours or on another datum.
struct State {
    words: MapWords,
    datum: Datum,
    drawn: Vec<sketch::Drawn>,
    names: Vec<names::Name>,
    pins: Vec<Pin>,
    crowd: Option<crowd::Drawn>,
    front: Vec<(u32, leaflet::Marker)>,
    selected: Option<u32>,
    rider: Option<Rider>,
    line: Option<(Wgs84, Wgs84)>,
    picking: bool,
    colours: Vec<(String, JsValue)>,
}

#[derive(Default)]
struct Held {
    mouse: Vec<EventedHandle<MouseEvent>>,
    map: Vec<EventedHandle<leaflet::Event>>,
    tiles: Vec<EventedHandle<leaflet::Event>>,
    keys: Option<EventListener>,
}

impl MapView {
    /// Makes a map of Liaoning in the element with this id; it tells `hear` what is done on it.
    pub fn create(id: &str, made: MapOptions, hear: impl Fn(MapEvent) + 'static) -> Result<Self, MapError> {
        // The bindings would throw past Rust where Leaflet is not there.
        let ready = js_sys::Reflect::get(&js_sys::global(), &"L".into()).is_ok_and(|l| l.is_object());
        if !ready {
            return Err(MapError);
        }
        let container = super::dom::by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
        let container = container.ok_or(MapError)?;
        let MapOptions { covered, reduced_motion, words } = made;
        let glides = !reduced_motion;
        let map = Map::new_with_element(
            &container,
            &options(&[
                ("minZoom", 5.into()),
                ("maxZoom", 18.into()),
                ("maxBounds", bounds(WORLD).into()),
                ("zoomAnimation", glides.into()),
                ("fadeAnimation", glides.into()),
                ("markerZoomAnimation", glides.into()),
                ("inertia", glides.into()),
                ("renderer", crowd::canvas()),
            ]),
        )
        .map_err(|_| MapError)?;
        aim::at(&map, &bounds(aim::HOME), covered, 18, false);
        // Below the tiles, so that these hide the sketch where they come.
        let _ = map.create_pane_by_name(sketch::PANE).style().set_property("z-index", "150");
        let [around, sketch, names, tiles] = [(); 4].map(|()| LayerGroup::new());
        let [crowd, pins, chosen] = [(); 3].map(|()| FeatureGroup::new());
        for layer in [&sketch, &names, &tiles, &around] {
            layer.add_to(&map);
        }
        for layer in [&crowd, &pins, &chosen] {
            layer.add_to(&map);
        }
        let state = State {
            words,
            datum: Datum::Wgs84,
            drawn: Vec::new(),
            names: Vec::new(),
            pins: Vec::new(),
            crowd: None,
            front: Vec::new(),
            selected: None,
            rider: None,
            line: None,
            picking: false,
            colours: Vec::new(),
        };
        let inner = Rc::new(Inner {
            map,
            container,
            glides,
            hear: Box::new(hear),
            sketch,
            names,
            tiles,
            around,
            crowd,
            pins,
            chosen,
            state: RefCell::new(state),
            held: RefCell::default(),
        });
        hear::listen(&inner);
        inner.say();
        inner.note_move();
        Ok(Self(inner))
    }

    /// Says everything in other words.
    pub fn set_words(&self, words: MapWords) {
        self.0.state.borrow_mut().words = words;
        self.0.say();
        self.0.draw_around();
        self.0.clear_crowd();
        self.0.draw_crowd();
    }

    /// Draws the embedded map, with or without boundaries.
    pub fn set_basemap(&self, basemap: &Basemap, boundaries: bool) {
        self.0.draw_sketch(basemap, boundaries);
    }

    /// Writes its names on it, in a language.
    pub fn set_names(&self, basemap: &Basemap, lang: Lang) {
        self.0.take_names(basemap, lang);
    }

    /// Puts tiles over the embedded map; stations move to where the tiles' datum has them.
    pub fn set_tiles(&self, layers: &[TileLayer]) {
        tiles::set(&self.0, layers);
    }

    /// Shows these stations and no others, and these regions, of which no station is there.
    pub fn set_pins(&self, pins: Vec<Pin>, regions: Vec<Region>) {
        self.0.state.borrow_mut().pins = pins;
        self.0.gather(regions);
        self.0.draw_pins();
    }

    /// Moves closer, so that what is in an area comes apart.
    pub fn open(&self, area: Extent, covered: Covered) {
        let datum = self.0.state.borrow().datum;
        let (Some([one, other]), Some(middle)) = (area.corners(), area.middle()) else { return };
        let seen = LatLngBounds::new(&js::drawn(one, datum), &js::drawn(other, datum));
        let pixels = area.side() / self.0.degrees();
        aim::into(&self.0.map, &seen, &js::drawn(middle, datum), pixels, covered, self.0.glides);
    }

    /// Marks the chosen station, which is one of the pins.
    pub fn set_selected(&self, index: Option<u32>) {
        self.0.state.borrow_mut().selected = index;
        self.0.draw_chosen();
    }

    /// Shows where the rider is, with rings of distance.
    pub fn set_rider(&self, rider: Option<Rider>) {
        self.0.state.borrow_mut().rider = rider;
        self.0.draw_around();
    }

    /// Draws a straight line from the rider to the chosen station.
    pub fn set_line(&self, line: Option<(Wgs84, Wgs84)>) {
        self.0.state.borrow_mut().line = line;
        self.0.draw_around();
    }

    /// Moves so that `points` are seen in the part that nothing covers, no closer than `zoom`.
    pub fn show(&self, points: &[Wgs84], covered: Covered, zoom: u8) {
        let datum = self.0.state.borrow().datum;
        let mut points = points.iter().map(|point| js::drawn(*point, datum));
        let Some(first) = points.next() else { return };
        let seen = LatLngBounds::new(&first, &first);
        points.for_each(|point| drop(seen.extend(&point)));
        // A pin stands up from its point, and has a width.
        let Covered { left, top, right, bottom } = covered;
        let covered =
            Covered { left: left + 24.0, top: top + 48.0, right: right + 24.0, bottom: bottom + 8.0 };
        aim::at(&self.0.map, &seen, covered, zoom, self.0.glides);
    }

    /// The element has another size.
    pub fn resized(&self) {
        self.0.map.invalidate_size(false);
    }

    /// The style sheet's colours are others now.
    pub fn restyle(&self) {
        self.0.state.borrow_mut().colours.clear();
        self.0.paint_sketch();
        self.0.clear_crowd();
        self.0.draw_pins();
        self.0.draw_around();
    }

    /// While picking, a touch on a station is a touch of its place.
    pub fn set_picking(&self, picking: bool) {
        self.0.state.borrow_mut().picking = picking;
    }
}

impl Drop for MapView {
    fn drop(&mut self) {
        self.0.held.take();
        self.0.map.remove();
    }
}

impl Inner {
    /// A colour of the style sheet. Asked for once in each style: the browser works out the styles of the whole page before it answers.
    fn colour(&self, name: &str) -> JsValue {
        let known = self.state.borrow().colours.iter().find(|(known, _)| known == name).cloned();
        if let Some((_, colour)) = known {
            return colour;
        }
        let style =
            web_sys::window().and_then(|window| window.get_computed_style(&self.container).ok().flatten());
        let colour = style.and_then(|style| style.get_property_value(name).ok()).unwrap_or_default();
        let colour = JsValue::from_str(colour.trim());
        self.state.borrow_mut().colours.push((name.to_owned(), colour.clone()));
        colour
    }

    /// The map stands elsewhere: tells what it shows, and draws what belongs there.
    fn note_move(&self) {
        self.draw_crowd();
        self.draw_names();
        if let Some((area, badge)) = self.sight() {
            (self.hear)(MapEvent::Moved(area, badge));
        }
    }

    /// Puts the words where Leaflet has English ones or none.
    fn say(&self) {
        let words = self.state.borrow().words.clone();
        let name = |selector: &str, words: &str| {
            if let Ok(Some(button)) = self.container.query_selector(selector) {
                let _ = button.set_attribute("title", words);
                let _ = button.set_attribute("aria-label", words);
            }
        };
        name(".leaflet-control-zoom-in", &words.zoom_in);
        name(".leaflet-control-zoom-out", &words.zoom_out);
        self.attribute(&words.sketch);
    }

    /// Names the sources in the corner, as text.
    fn attribute(&self, words: &str) {
        if let Ok(Some(corner)) = self.container.query_selector(".leaflet-control-attribution") {
            corner.set_text_content(Some(words));
        }
    }
}

fn bounds(corners: [(f64, f64); 2]) -> LatLngBounds {
    let [south_west, north_east] = corners.map(|(lat, lng)| LatLng::new(lat, lng));
    LatLngBounds::new(&south_west, &north_east)
}
