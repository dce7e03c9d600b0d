//! The bottom sheet: dragged by its handle, moved by a tap, arrow keys, or by what happens in it.
//! On a wide or a low, wide screen the style sheet turns it into a pane beside the map.

use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, PointerEvent};

use super::slot::{attribute, class, follow, hear, keep};
use crate::edge::dom::set_style;
use crate::edge::{clock, page, pointer};
use crate::i18n::{Key, tr};
use crate::state::App;
use crate::state::actions;
use crate::state::sheet::Height;
use crate::state::signal::RwSignal;

/// A finger on the handle.
#[derive(Clone, Copy)]
struct Drag {
    pointer: i32,
    from_y: f64,
    from_pixels: f64,
    last_y: f64,
    last_ms: f64,
    speed: f64,
    moved: bool,
}

const HANDLE: &str = "sheet-handle";
/// Movements smaller than this are a tap, in CSS pixels.
const TAP_PX: f64 = 6.0;

/// The lowest that a finger can drag the sheet, in CSS pixels.
const LOWEST_PX: f64 = 96.0;

/// Makes the sheet follow fingers, keys and the state.
pub fn start(app: App) {
    let window = RwSignal::new(page::window_size().1);
    keep(Box::new(page::on_resize(move || window.set(page::window_size().1))));
    let pixels = RwSignal::new(None::<f64>);
    follow_finger(app, pixels, window);
    follow_height(app, pixels, window);
}

/// What a finger, a tap or a key does with the handle.
fn follow_finger(app: App, pixels: RwSignal<Option<f64>>, window: RwSignal<f64>) {
    let drag = RwSignal::new(None::<Drag>);
    // A mouse that let go of what it dragged also clicks it.
    let dragged = RwSignal::new(false);
    let down = move |event: &PointerEvent| {
        pointer::capture(event);
        let y = f64::from(event.client_y());
        let from_pixels = app.height().pixels(window.get_untracked());
        dragged.set(false);
        drag.set(Some(Drag {
            pointer: event.pointer_id(),
            from_y: y,
            from_pixels,
            last_y: y,
            last_ms: clock::milliseconds(),
            speed: 0.0,
            moved: false,
        }));
    };
    let moved = move |event: &PointerEvent| {
        let Some(mut now) = drag.get_untracked().filter(|drag| drag.pointer == event.pointer_id()) else {
            return;
        };
        let (y, ms) = (f64::from(event.client_y()), clock::milliseconds());
        now.moved |= (y - now.from_y).abs() > TAP_PX;
        if ms > now.last_ms {
            now.speed = (now.last_y - y) / (ms - now.last_ms);
        }
        (now.last_y, now.last_ms) = (y, ms);
        drag.set(Some(now));
        if now.moved {
            let top = Height::Full.pixels(window.get_untracked());
            // Not `clamp`: its panic prints floats, 4 KB of code.
            pixels.set(Some((now.from_pixels + now.from_y - y).max(LOWEST_PX).min(top)));
        }
    };
    let up = move |event: &PointerEvent| {
        let Some(end) = drag.get_untracked().filter(|drag| drag.pointer == event.pointer_id()) else {
            return;
        };
        drag.set(None);
        dragged.set(end.moved);
        if let Some(at) = pixels.get_untracked() {
            pixels.set(None);
            // A finger that rested before it let go throws nothing.
            let speed = if clock::milliseconds() - end.last_ms > 80.0 { 0.0 } else { end.speed };
            actions::set_height(app, Height::settle(at, speed, window.get_untracked()));
        }
    };
    let finger = |kind, act: Box<dyn Fn(&PointerEvent)>| {
        let act = move |event: &Event| event.dyn_ref().into_iter().for_each(&act);
        hear(HANDLE, kind, Box::new(act));
    };
    finger("pointerdown", Box::new(down));
    finger("pointermove", Box::new(moved));
    finger("pointerup", Box::new(up));
    finger("pointercancel", Box::new(up));
    let tap = move |_: &Event| {
        if dragged.get_untracked() {
            dragged.set(false);
        } else {
            actions::set_height(app, app.height().tapped());
        }
    };
    hear(HANDLE, "click", Box::new(tap));
    hear(HANDLE, "keydown", Box::new(move |event| key(app, event)));
}

fn key(app: App, event: &Event) {
    let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else { return };
    let height = app.height();
    let next = match pressed.key().as_str() {
        "ArrowUp" => height.up(),
        "ArrowDown" => height.down(),
        "Home" => Height::Full,
        "End" => Height::Peek,
        _ => return,
    };
    event.prevent_default();
    actions::set_height(app, next);
}

/// What the sheet shows of its height, `pixels` while a finger drags it in a window so high.
fn follow_height(app: App, pixels: RwSignal<Option<f64>>, window: RwSignal<f64>) {
    follow(Box::new(move || {
        let height = pixels.get().unwrap_or_else(|| app.height().pixels(window.get()));
        set_style("sheet", "--sheet-height", &whole(height));
    }));
    class("sheet", "dragging", Box::new(move || pixels.get().is_some()));
    class("sheet", "is-peek", Box::new(move || app.height() == Height::Peek));
    class("sheet", "is-full", Box::new(move || app.height() == Height::Full));
    attribute(
        HANDLE,
        "aria-label",
        Box::new(move || {
            let key = if app.height() == Height::Full { Key::SheetDown } else { Key::SheetUp };
            Some(tr(app.lang(), key).to_owned())
        }),
    );
    attribute(HANDLE, "aria-expanded", Box::new(move || Some((app.height() != Height::Peek).to_string())));
}

/// Whole CSS pixels: no fractions to print, and text stays sharp.
#[expect(clippy::cast_possible_truncation, reason = "a screen has fewer pixels than an i32 holds")]
pub fn whole(pixels: f64) -> String {
    format!("{}px", pixels as i32)
}
