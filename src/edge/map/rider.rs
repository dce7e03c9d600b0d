//! Where the rider is: a dot, how sure that is, rings of distance, and the line to the chosen station.

use domain::coords::Wgs84;
use leaflet::{Circle, LatLng, Polyline};
use wasm_bindgen::JsValue;

use super::Inner;
use super::js::{drawn, line as points, marker, options};

/// The rings, in metres.
pub const RINGS: [u32; 4] = [500, 1000, 3000, 10_000];
/// Below this, in metres, an uncertainty is smaller than the dot.
const CERTAIN: f64 = 30.0;
/// Metres in a degree of latitude.
const DEGREE: f64 = 111_200.0;

/// Where the rider is.
#[derive(Clone, Copy)]
pub struct Rider {
    /// The middle.
    pub position: Wgs84,
    /// How far off that may be, in metres; 0 for a place that was chosen.
    pub accuracy_m: f64,
}

impl Inner {
    /// Draws the rider, the rings and the line anew.
    pub(super) fn draw_around(&self) {
        self.around.clear_layers();
        let (words, rider, line, datum) = {
            let state = self.state.borrow();
            (state.words.clone(), state.rider, state.line, state.datum)
        };
        let (ink, soft) = (self.colour("--map-ring"), self.colour("--map-me"));
        if let Some((from, to)) = line {
            let style = [
                ("color", self.colour("--map-line")),
                ("weight", 4.into()),
                ("dashArray", "2 9".into()),
                ("interactive", false.into()),
            ];
            self.around.add_layer(&Polyline::new_with_options(&points(&[from, to], datum), &options(&style)));
        }
        let Some(rider) = rider else { return };
        let middle = drawn(rider.position, datum);
        for (metres, words) in RINGS.iter().zip(&words.rings) {
            let ring = [
                ("radius", (*metres).into()),
                ("color", ink.clone()),
                ("weight", 1.5.into()),
                ("dashArray", "1 5".into()),
                ("fill", false.into()),
                ("interactive", false.into()),
            ];
            self.around.add_layer(&Circle::new_with_options(&middle, &options(&ring)));
            let top = LatLng::new(middle.lat() + f64::from(*metres) / DEGREE, middle.lng());
            self.around.add_layer(&marker(&top, "ring", words, None));
        }
        if rider.accuracy_m > CERTAIN {
            let circle = [
                ("radius", rider.accuracy_m.into()),
                ("stroke", false.into()),
                ("fillColor", soft),
                ("fillOpacity", JsValue::from_f64(0.14)),
                ("interactive", false.into()),
            ];
            self.around.add_layer(&Circle::new_with_options(&middle, &options(&circle)));
        }
        let dot = marker(&middle, "map-me", &words.rider, None);
        dot.set_z_index_offset(3000.0);
        self.around.add_layer(&dot);
    }
}
