//! Loads more stations: the one whose page is open, what the list takes, what the map shows, and then what is next. What is no longer wanted
//! because somebody looks elsewhere is no longer loaded.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use domain::filter::Filter;
use domain::published::FileKind;
use domain::search::Query;
use domain::shards::{self, Blob, Entry, Extent, Need, Step};
use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::{Effect, untrack};
use wasm_bindgen_futures::spawn_local;

use crate::data::{self, World};
use crate::routes::Page;
use crate::state::freshness::{BUDGET, ROOM, Refresh};
use crate::state::{App, FIRST_ROWS, Origin};

thread_local! {
    // What is being loaded; a newer wish stops it.
    static LOADING: RefCell<Option<AbortHandle>> = const { RefCell::new(None) };
    // What the map shows, and how many degrees of longitude a badge covers there.
    static SIGHT: Cell<Option<(Extent, f64)>> = const { Cell::new(None) };
}

/// Loads what is wanted now, and whenever something else is.
pub(super) fn start(app: App) {
    Effect::new(move |_| {
        app.origin.track();
        app.filter.track();
        look_farther(app);
    });
    Effect::new(move |_| {
        app.page.track();
        app.budget.track();
        untrack(move || again(app));
    });
}

/// Loads what is wanted now, and for it so many stations as may be.
pub(super) fn look_farther(app: App) {
    let held = app.world.with_untracked(|world| world.as_ref().map_or(0, |world| world.catalogue.len()));
    app.budget.set(held + BUDGET);
}

/// Says that more may come of what is being typed, before it is asked for.
pub(super) fn expect(app: App) {
    if app.world.with_untracked(|world| world.as_ref().is_some_and(|world| !world.atlas.is_whole())) {
        say(app, Refresh::Asking);
    }
}

/// The id in the address.
pub(super) fn station(app: App) -> Option<String> {
    match app.page.get_untracked() {
        Page::Station(id) => Some(id),
        _ => None,
    }
}

/// Loads what is wanted now, from the beginning.
pub(super) fn again(app: App) {
    if app.world.with_untracked(Option::is_none) {
        return;
    }
    let (loading, handle) = abortable(load_all(app));
    if let Some(before) = LOADING.replace(Some(handle)) {
        before.abort();
    }
    spawn_local(async move {
        // What was stopped has nothing more to say.
        let _ = loading.await;
    });
}

/// Loads what belongs to a map of `area`, on which a badge is `badge` degrees of longitude wide.
pub fn look_over(app: App, area: Extent, badge: f64) {
    // The map aims anew when what was wanted did not come; that is no new wish.
    if SIGHT.replace(Some((area, badge))) == Some((area, badge)) {
        return;
    }
    let lacks =
        app.world.with_untracked(|world| world.as_ref().is_some_and(|world| !in_sight(world).is_empty()));
    if lacks {
        again(app);
    }
}

fn in_sight(world: &World) -> Vec<Entry> {
    SIGHT.get().map(|(area, badge)| world.atlas.in_sight(area, badge)).unwrap_or_default()
}

async fn load_all(app: App) {
    while let Some(world) = app.world.get_untracked() {
        let mut next = (*world).clone();
        let wish = wish(app, &world);
        // Nobody waits for what is only loaded ahead, and the map says by numbers what it lacks.
        let ahead =
            matches!(wish, Wish::Seen(_) | Wish::Ahead(_) | Wish::Places | Wish::Words { ahead: true });
        say(
            app,
            match wish {
                Wish::Nothing => Refresh::Done,
                _ if ahead => Refresh::Ahead,
                _ => Refresh::Asking,
            },
        );
        let outcome = match &wish {
            Wish::Nothing => return,
            Wish::Needed(entries) | Wish::Seen(entries) | Wish::Ahead(entries) => {
                data::grow(&mut next, entries).await
            }
            Wish::Places => data::load_places(&mut next).await,
            Wish::Words { .. } => data::load_words(&mut next).await,
            Wish::Nodes(nodes) => data::look_up(&mut next, nodes).await,
            Wish::Station(id) => data::find(&mut next, id).await,
        };
        // A newer edition that came meanwhile has its own.
        if app.world.with_untracked(|now| now.as_ref().is_some_and(|now| now.index.seq == next.index.seq)) {
            app.world.set(Some(Arc::new(next)));
        }
        if let Err(error) = outcome {
            say(app, if ahead { Refresh::Done } else { Refresh::Failed { error, age: None } });
            return;
        }
    }
}

/// Says how it goes, where that is news: whoever looks on builds the list anew.
fn say(app: App, how: Refresh) {
    if app.growth.with_untracked(|before| *before != how) {
        app.growth.set(how);
    }
}

/// What to load.
enum Wish {
    /// Nothing.
    Nothing,
    /// The station of the address.
    Station(String),
    /// What the list takes.
    Needed(Vec<Entry>),
    /// What the map shows.
    Seen(Vec<Entry>),
    /// What is next to it.
    Ahead(Vec<Entry>),
    /// The districts.
    Places,
    /// What every search takes, and whether there is none yet.
    Words { ahead: bool },
    /// What this one takes.
    Nodes(Vec<Blob>),
}

fn wish(app: App, world: &World) -> Wish {
    if let Some(id) = station(app)
        && app.chosen.get_untracked().is_none()
        && world.absent.as_ref() != Some(&id)
    {
        return Wish::Station(id);
    }
    let query = untrack(move || app.query());
    let without_words = world.finder.is_none() && world.index.file(FileKind::Words).is_some();
    if !query.is_empty() && (query.is_spelt() || !world.atlas.is_whole()) {
        if without_words {
            return Wish::Words { ahead: false };
        }
        let missing = world.finder.as_ref().filter(|_| !world.atlas.is_whole());
        let missing = missing.map(|finder| finder.missing(&query)).unwrap_or_default();
        if !missing.is_empty() {
            return Wish::Nodes(missing);
        }
    }
    let step = step(app, world, &query);
    let seen = if matches!(step, Step::Needed(_)) { Vec::new() } else { in_sight(world) };
    match step {
        Step::Needed(entries) => Wish::Needed(entries),
        _ if !seen.is_empty() => Wish::Seen(seen),
        Step::Ahead(entries) => Wish::Ahead(entries),
        Step::Done if world.places.is_none() => Wish::Places,
        Step::Done if without_words => Wish::Words { ahead: true },
        Step::Done => Wish::Nothing,
    }
}

/// What of the tree to load.
fn step(app: App, world: &World, query: &Query) -> Step {
    let shown = app.shown.get_untracked();
    let rows = if shown > FIRST_ROWS { shown } else { shards::FIRST_ROWS };
    let place = app.origin.with_untracked(Origin::position);
    let from = world.from(place);
    let held = world.catalogue.len();
    // Few fit: looking on through the nation is for somebody to say.
    let spent = held >= app.budget.get_untracked();
    if !query.is_empty() {
        let step = app.hits.with_untracked(|hits| world.seek(query, place, rows, hits));
        return match step {
            Step::Done => world.around(from, shards::FIRST_ROWS, ROOM),
            _ if spent => Step::Done,
            _ => step,
        };
    }
    if place.is_none() {
        return world.around(from, rows, ROOM);
    }
    let limit = app.hits.with_untracked(|hits| hits.get(rows - 1).and_then(|hit| hit.metres));
    if limit.is_none() && spent && app.filter.get_untracked() != Filter::default() {
        return Step::Done;
    }
    world.atlas.next(from, Need { rows, limit, held, room: ROOM })
}
