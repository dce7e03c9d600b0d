//! The domain's index, clusters and hours as exports without glue, for `cargo xtask bench index`.
//!
//! JavaScript asks for room, writes its input into the memory there, calls, and reads the answer from the memory
//! at [`answer`]. One process runs one benchmark, so all state is one thread's.

#![expect(unsafe_code, reason = "an export's name must be kept; there is no other unsafe code")]

use std::cell::RefCell;

use domain::coords::Wgs84;
use domain::holidays::Holidays;
use domain::hours::{Hours, OpenState};
use domain::spatial::{Bounds, ClusterOptions, Clusters, PointIndex, Selection, Tally};
use domain::time::LocalDateTime;

#[derive(Default)]
struct State {
    /// Longitude and latitude of each point, one after the other.
    places: Vec<f64>,
    index: Option<PointIndex>,
    selection: Option<Selection>,
    clusters: Option<(Clusters, Tally)>,
    /// What the last question found: numbers, five for each cluster.
    answer: Vec<f64>,
    text: Vec<u8>,
    hours: Vec<Hours>,
    holidays: Holidays,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

fn with<T>(action: impl FnOnce(&mut State) -> T) -> T {
    STATE.with_borrow_mut(action)
}

impl State {
    fn positions(&self) -> impl Iterator<Item = Option<Wgs84>> {
        self.places.as_chunks::<2>().0.iter().map(|&[lng, lat]| Wgs84::new(lat, lng).ok())
    }

    fn tell(&mut self, ids: Vec<u32>) -> usize {
        self.answer.clear();
        self.answer.extend(ids.into_iter().map(f64::from));
        self.answer.len()
    }
}

fn bounds(west: f64, south: f64, east: f64, north: f64) -> Bounds {
    let corners = Wgs84::new(south, west).ok().zip(Wgs84::new(north, east).ok());
    corners.and_then(|(from, to)| Bounds::new(from, to)).unwrap_or(Bounds::WORLD)
}

/// Room for the longitudes and latitudes of `count` points.
#[unsafe(no_mangle)]
pub extern "C" fn places(count: usize) -> *mut f64 {
    with(|state| {
        state.places = vec![0.0; count * 2];
        state.places.as_mut_ptr()
    })
}

/// Where the answer to the last question is.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const f64 {
    with(|state| state.answer.as_ptr())
}

/// Builds the index; how many points it has.
#[unsafe(no_mangle)]
pub extern "C" fn build_index() -> usize {
    with(|state| {
        // The one before is garbage, as the peers' is.
        state.index = None;
        let index = PointIndex::new(state.positions());
        state.index.insert(index).len()
    })
}

/// Selects every point whose number `step` divides; how many these are.
#[unsafe(no_mangle)]
pub extern "C" fn select(step: u32) -> usize {
    with(|state| {
        let Some(index) = &state.index else { return 0 };
        state.selection.insert(index.select(|id| id.is_multiple_of(step.max(1)))).len()
    })
}

/// The nearest `k`; how many were found.
#[unsafe(no_mangle)]
pub extern "C" fn nearest(lng: f64, lat: f64, k: usize) -> usize {
    with(|state| {
        let (Some(index), Ok(from)) = (&state.index, Wgs84::new(lat, lng)) else { return 0 };
        let ids = index.nearest(from, k);
        state.tell(ids)
    })
}

/// The nearest `k` of what is selected.
#[unsafe(no_mangle)]
pub extern "C" fn nearest_selected(lng: f64, lat: f64, k: usize) -> usize {
    with(|state| {
        let (Some(index), Some(selection)) = (&state.index, &state.selection) else { return 0 };
        let Ok(from) = Wgs84::new(lat, lng) else { return 0 };
        let ids = index.nearest_in(selection, from, k);
        state.tell(ids)
    })
}

/// The points in view; how many there are.
#[unsafe(no_mangle)]
pub extern "C" fn within(west: f64, south: f64, east: f64, north: f64) -> usize {
    with(|state| {
        let Some(index) = &state.index else { return 0 };
        let ids = index.within(&bounds(west, south, east, north));
        state.tell(ids)
    })
}

/// Clusters all points for the zooms 0 to 16; how many points there are.
#[unsafe(no_mangle)]
pub extern "C" fn build_clusters(radius: u16, tile: u16) -> usize {
    with(|state| {
        state.clusters = None;
        let options = ClusterOptions::new(radius, tile, 16).unwrap_or_default();
        let clusters = Clusters::new(state.positions(), options);
        let tally = clusters.tally(|id| Some(id.is_multiple_of(2)));
        state.clusters.insert((clusters, tally)).0.len()
    })
}

/// Counts the points whose number `step` divides; how many these are.
#[unsafe(no_mangle)]
pub extern "C" fn tally(step: u32) -> u32 {
    with(|state| {
        let Some((clusters, tally)) = &mut state.clusters else { return 0 };
        *tally = clusters.tally(|id| id.is_multiple_of(step.max(1)).then_some(id.is_multiple_of(2)));
        tally.count()
    })
}

/// The clusters in view: number, longitude, latitude, count and open of each; how many there are.
#[unsafe(no_mangle)]
pub extern "C" fn clusters_within(west: f64, south: f64, east: f64, north: f64, zoom: u8) -> usize {
    with(|state| {
        let Some((clusters, tally)) = &state.clusters else { return 0 };
        let found = clusters.within(tally, &bounds(west, south, east, north), zoom);
        state.answer.clear();
        for (place, one) in (0_u32..).zip(&found) {
            let (lat, lng) = (one.position.lat(), one.position.lng());
            state.answer.extend([f64::from(place), lng, lat, f64::from(one.count), f64::from(one.open)]);
        }
        found.len()
    })
}

/// Room for `length` bytes of opening hours.
#[unsafe(no_mangle)]
pub extern "C" fn text(length: usize) -> *mut u8 {
    with(|state| {
        state.text = vec![0; length];
        state.text.as_mut_ptr()
    })
}

/// Reads the hours written there, one a line; how many were understood.
#[unsafe(no_mangle)]
pub extern "C" fn read_hours() -> usize {
    with(|state| {
        let text = String::from_utf8_lossy(&state.text);
        state.hours = text.lines().filter_map(|line| Hours::parse(line).ok()).collect();
        state.hours.len()
    })
}

/// How many stations are open at a minute of local time since 1970.
#[unsafe(no_mangle)]
pub extern "C" fn open_at(minute: u32) -> usize {
    with(|state| {
        let at = LocalDateTime::from_unix(i64::from(minute) * 60, 0);
        let open = |hours: &&Hours| {
            let found = hours.state(at, &state.holidays);
            matches!(found, OpenState::OpenAlways | OpenState::Open { .. } | OpenState::OpenUntilUnknown)
        };
        state.hours.iter().filter(open).count()
    })
}
