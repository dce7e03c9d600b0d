//! Where the door is: as the phone finds it, and as the host moves it about.

use domain::coords::Wgs84;
use love_stations::edge::geolocation;

use crate::state::{Editor, Finding};
use crate::wanted::{position, position_text};

/// Longest wait for a position, after it was allowed.
const FIX_MS: u32 = 20_000;
/// An error of more than this many metres is too much for a door: the next one may be nearer.
const COARSEST_M: f64 = 50.0;
/// Metres across the sketch.
pub const ACROSS_M: f64 = 160.0;
/// Metres of a degree of latitude on a sphere of 6,371 km.
const DEGREE_M: f64 = 111_195.0;

/// Asks the phone where it is now: what it knew before may be why somebody asks again. A position that is exact enough becomes the pin's.
pub async fn find(editor: &Editor) {
    let found = geolocation::locate(FIX_MS, 0).await;
    editor.update(|shown| {
        shown.finding = match found {
            Err(error) => Finding::Failed(error),
            Ok(fix) if fix.accuracy_m > COARSEST_M => Finding::Coarse(whole(fix.accuracy_m)),
            Ok(fix) => {
                shown.form.set("pos", &position_text(fix.position));
                Finding::Around(fix.position, Some(whole(fix.accuracy_m)))
            }
        };
    });
}

/// Begins to move the pin about from where it is.
pub fn begin(editor: &Editor) {
    let Some(id) = &editor.id else { return };
    let at = editor.with(|shown| {
        let pin = shown.form.get("pos").and_then(position);
        pin.or_else(|| shown.station(id)?.location.position)
    });
    if let Some(at) = at {
        editor.update(|shown| shown.finding = Finding::Around(at, None));
    }
}

/// Moves the pin by so many metres.
pub fn nudge(editor: &Editor, north: f64, east: f64) {
    editor.update(|shown| {
        let Finding::Around(middle, _) = shown.finding else { return };
        let pin = shown.form.get("pos").and_then(position).unwrap_or(middle);
        if let Some(moved) = moved(pin, north, east) {
            shown.form.set("pos", &position_text(moved));
        }
    });
}

/// Puts the pin to a point of the sketch, 0 to 1 from its upper left corner.
pub fn pin(editor: &Editor, x: f64, y: f64) {
    editor.update(|shown| {
        let Finding::Around(middle, _) = shown.finding else { return };
        if let Some(moved) = moved(middle, (0.5 - y) * ACROSS_M, (x - 0.5) * ACROSS_M) {
            shown.form.set("pos", &position_text(moved));
        }
    });
}

fn moved(from: Wgs84, north: f64, east: f64) -> Option<Wgs84> {
    let narrow = from.lat().to_radians().cos().max(0.01);
    Wgs84::new(from.lat() + north / DEGREE_M, from.lng() + east / (DEGREE_M * narrow)).ok()
}

/// How far a point is from another: metres north and east.
pub fn away(from: Wgs84, to: Wgs84) -> (f64, f64) {
    let narrow = from.lat().to_radians().cos();
    ((to.lat() - from.lat()) * DEGREE_M, (to.lng() - from.lng()) * DEGREE_M * narrow)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an error in metres; a huge one stays huge"
)]
fn whole(metres: f64) -> u32 {
    metres.ceil() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_as_long_as_it_says() {
        let door = Wgs84::new(41.8057, 123.4315).unwrap();
        for (north, east) in [(5.0, 0.0), (0.0, -5.0), (80.0, 80.0)] {
            let to = moved(door, north, east).unwrap();
            let (north_again, east_again) = away(door, to);
            assert!((north - north_again).abs() < 0.01 && (east - east_again).abs() < 0.01);
            let far = domain::geodesy::distance_m(door, to);
            assert!((far - north.hypot(east)).abs() < 0.1, "{far}");
        }
    }
}
