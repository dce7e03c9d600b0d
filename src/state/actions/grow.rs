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

use crate::data::{self, World};
use crate::edge::{clock, turns};
use crate::routes::Page;
use crate::state::freshness::{BUDGET, ROOM, Refresh, TOWN};
use crate::state::{App, FIRST_ROWS, Origin, saved};

/// How many files of the districts that are kept are asked for at once: what came of them is there if the network goes.
const AT_ONCE: usize = 4;

/// How long what nobody waits for may wait to be shown, in milliseconds.
const SHOWN_MS: f64 = 1_000.0;

thread_local! {
    // What is being loaded; a newer wish stops it.
    static LOADING: RefCell<Option<AbortHandle>> = const { RefCell::new(None) };
    // What of it is on its way.
    static WISH: RefCell<Wish> = const { RefCell::new(Wish::Nothing) };
    // What the map shows, and how many degrees of longitude a badge covers there.
    static SIGHT: Cell<Option<(Extent, f64)>> = const { Cell::new(None) };
    // Whether the map told what it shows from the beginning, which nobody asked for.
    static STANDS: Cell<bool> = const { Cell::new(false) };
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
        app.saved.track();
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
    // What is on its way for the same wish goes on.
    let wish =
        app.world.with_untracked(|world| world.as_ref().map_or(Wish::Nothing, |world| wish(app, world)));
    if wish != Wish::Nothing && WISH.with_borrow(|current| *current == wish) {
        return;
    }
    // Not in its turn: nobody shall see, even for a moment, that all is there.
    say(app, wish.asks());
    let (loading, handle) = abortable(load_all(app));
    if let Some(before) = LOADING.replace(Some(handle)) {
        before.abort();
    }
    WISH.set(Wish::Nothing);
    turns::spawn(async move {
        // What was stopped has nothing more to say.
        let _ = loading.await;
    });
}

/// Loads what belongs to a map of `area`, on which a badge is `badge` degrees of longitude wide.
pub fn look_over(app: App, area: Extent, badge: f64) {
    if !STANDS.replace(true) {
        return;
    }
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
    SIGHT.get().map(|(area, badge)| world.atlas.in_sight(area, badge, shards::SIGHT)).unwrap_or_default()
}

/// What was loaded, and whether it is shown. What nobody waits for is shown a little later, much at once: the list, the map and their
/// numbers are made anew each time.
struct Loaded {
    app: App,
    /// What is shown.
    shown: Arc<World>,
    /// That and what came since.
    world: World,
    /// Since when something waits to be shown, by the phone's clock in milliseconds.
    waits: Option<f64>,
}

impl Loaded {
    fn show(&mut self) {
        self.waits = None;
        let now = self.app.world.get_untracked();
        match now {
            Some(now) if Arc::ptr_eq(&now, &self.shown) => {
                self.shown = Arc::new(self.world.clone());
                self.app.world.set(Some(Arc::clone(&self.shown)));
            }
            // A newer edition that came meanwhile has its own.
            Some(now) => {
                self.world = (*now).clone();
                self.shown = now;
            }
            None => {}
        }
    }
}

// Also where another wish stops it.
impl Drop for Loaded {
    fn drop(&mut self) {
        if self.waits.is_some() {
            self.show();
        }
    }
}

async fn load_all(app: App) {
    let Some(shown) = app.world.get_untracked() else { return };
    let mut loaded = Loaded { app, world: (*shown).clone(), shown, waits: None };
    let mut tried = Vec::new();
    loop {
        loaded.world.saved = saved(app, &loaded.world);
        let mut wish = wish(app, &loaded.world);
        if let Wish::Saved(entries) = &wish {
            // They came, and this phone does not keep them.
            if *entries == tried {
                wish = Wish::Nothing;
            } else {
                tried.clone_from(entries);
            }
        }
        let ahead = wish.asks() == Refresh::Ahead;
        let now = clock::milliseconds();
        if loaded.waits.is_some_and(|since| !ahead || !(0.0..SHOWN_MS).contains(&(now - since))) {
            loaded.show();
            continue;
        }
        say(app, wish.asks());
        WISH.set(wish.clone());
        let world = &mut loaded.world;
        let outcome = match &wish {
            Wish::Nothing => return,
            Wish::Needed(entries) | Wish::Seen(entries) | Wish::Ahead(entries) | Wish::Saved(entries) => {
                data::grow(world, entries).await
            }
            Wish::Places => data::load_places(world).await,
            Wish::Words { .. } => data::load_words(world).await,
            Wish::Nodes(nodes) => data::look_up(world, nodes).await,
            Wish::Station(id) => data::find(world, id).await,
        };
        WISH.set(Wish::Nothing);
        loaded.waits = loaded.waits.or(Some(now));
        if !ahead || outcome.is_err() {
            loaded.show();
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
#[derive(Clone, PartialEq)]
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
    /// Of the districts that are kept.
    Saved(Vec<Entry>),
    /// What every search takes, and whether there is none yet.
    Words { ahead: bool },
    /// What this one takes.
    Nodes(Vec<Blob>),
}

impl Wish {
    /// What is said of it. Nobody waits for what is only loaded ahead, and the map says by numbers what it lacks.
    const fn asks(&self) -> Refresh {
        match self {
            Self::Nothing => Refresh::Done,
            Self::Seen(_) | Self::Ahead(_) | Self::Places | Self::Saved(_) | Self::Words { ahead: true } => {
                Refresh::Ahead
            }
            Self::Station(_) | Self::Needed(_) | Self::Words { ahead: false } | Self::Nodes(_) => {
                Refresh::Asking
            }
        }
    }
}

/// What the districts cover that are kept on this phone.
pub(super) fn saved(app: App, world: &World) -> Vec<Extent> {
    let places = world.places.as_deref().map(Vec::as_slice).unwrap_or_default();
    app.saved.with_untracked(|saved| saved::extents(saved, places))
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
        Step::Done => {
            let lacking = world.saved.iter().map(|area| data::lacking(world, *area));
            lacking.into_iter().find(|lacking| !lacking.is_empty()).map_or(Wish::Nothing, |mut lacking| {
                lacking.truncate(AT_ONCE);
                Wish::Saved(lacking)
            })
        }
    }
}

/// What of the tree to load.
fn step(app: App, world: &World, query: &Query) -> Step {
    let shown = app.shown.get_untracked();
    let rows = if shown > FIRST_ROWS { shown } else { shards::FIRST_ROWS };
    let place = app.origin.with_untracked(Origin::position);
    let from = world.from(place);
    let held = world.catalogue.len();
    let room = match place {
        _ if world.root.count <= TOWN as u64 => TOWN,
        Some(_) => ROOM,
        // Nobody knows yet what will be next to the rider.
        None => 0,
    };
    // Few fit: looking on through the nation is for somebody to say.
    let spent = held >= app.budget.get_untracked();
    if !query.is_empty() {
        let step = app.hits.with_untracked(|hits| world.seek(query, place, rows, hits));
        return match step {
            Step::Done => world.around(from, shards::FIRST_ROWS, room),
            _ if spent => Step::Done,
            _ => step,
        };
    }
    if place.is_none() {
        return world.around(from, rows, room);
    }
    let limit = app.hits.with_untracked(|hits| hits.get(rows - 1).and_then(|hit| hit.metres));
    if limit.is_none() && spent && app.filter.get_untracked() != Filter::default() {
        return Step::Done;
    }
    world.atlas.next(from, Need { rows, limit, held, room })
}
