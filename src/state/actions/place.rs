//! Where distances are measured from: the phone's position, a place that was chosen, or nowhere.

use std::cell::RefCell;

use domain::coords::Wgs84;
use wasm_bindgen_futures::spawn_local;

use super::{SAVED, close_dialog, go_home, keep, raise, toast};
use crate::edge::clock::{self, Later};
use crate::edge::geolocation::{self, FixError};
use crate::state::sheet::Height;
use crate::state::{App, Locating, Origin, Toast, saved};

/// Longest wait for a fix, once the rider has allowed it.
const FIX_MS: u32 = 12_000;
/// Longest wait for anything: some apps' browsers neither ask nor answer.
const SILENCE_MS: u32 = 40_000;

thread_local! {
    static SILENCE: RefCell<Option<Later>> = const { RefCell::new(None) };
}

/// Asks the phone where it is. A second tap while it is asked does nothing.
pub fn locate(app: App) {
    ask(app, true);
}

/// Asks again for a rider who comes back to the page: they may have ridden on. Where it cannot be told the old place stays, and that is
/// said.
pub fn locate_again(app: App) {
    if matches!(app.origin.get_untracked(), Origin::Rider(_)) {
        ask(app, false);
    }
}

fn ask(app: App, is_waited_for: bool) {
    if app.locating.get_untracked() == Locating::Asking {
        return;
    }
    app.locating.set(Locating::Asking);
    app.picking.set(false);
    let failed = move |error| {
        if app.locating.get_untracked() == Locating::Asking {
            app.locating.set(Locating::Failed(error));
            if is_waited_for {
                raise(app, Height::Half);
            }
        }
    };
    SILENCE.set(Some(clock::after(SILENCE_MS, move || failed(FixError::TimedOut))));
    spawn_local(async move {
        let fix = geolocation::locate(FIX_MS, geolocation::RIDERS_AGE_MS).await;
        // Idle: meanwhile somebody chose a place.
        if app.locating.get_untracked() == Locating::Idle {
            return;
        }
        match fix {
            Ok(fix) => {
                app.origin.set(Origin::Rider(fix));
                app.locating.set(Locating::Idle);
            }
            Err(error) => failed(error),
        }
    });
}

/// Measures distances from a chosen place.
pub fn look_from(app: App, position: Wgs84, name: Option<String>) {
    app.origin.set(Origin::Chosen { position, name });
    app.locating.set(Locating::Idle);
    app.picking.set(false);
    close_dialog(app);
}

/// Measures distances from the nth of the areas that can be chosen.
pub fn look_from_area(app: App, number: usize) {
    let place = app.world.with_untracked(|world| world.as_ref()?.places.as_ref()?.get(number).cloned());
    if let Some(place) = place {
        look_from(app, place.center, Some(place.district));
    }
}

/// Keeps the nth of these areas on this phone, or no longer.
pub fn save_area(app: App, number: usize) {
    let places = app.world.with_untracked(|world| world.as_ref()?.places.clone());
    let Some((places, place)) = places.as_ref().and_then(|places| Some((places, places.get(number)?))) else {
        return;
    };
    match app.saved.with_untracked(|saved| saved::toggled(saved, place, places)) {
        Some(now) => {
            keep(SAVED, &now);
            app.saved.set(now);
        }
        None => toast(app, Toast::TooMuch),
    }
}

/// Lets the next tap on the map choose a place, or not any more.
pub fn pick_on_map(app: App, picking: bool) {
    app.picking.set(picking);
    if picking {
        close_dialog(app);
        go_home(app);
        app.height.set(Height::Peek);
    }
}

/// Forgets where the rider is.
pub fn forget_place(app: App) {
    app.origin.set(Origin::Unknown);
    app.locating.set(Locating::Idle);
}
