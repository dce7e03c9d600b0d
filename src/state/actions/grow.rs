//! Loads more stations: the one whose page is open, what the list takes, what the map shows, and then what is next. What is no longer wanted
//! because somebody looks elsewhere is no longer loaded.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use domain::shards::Extent;
use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::{Effect, untrack};

use super::wish::{self, Wish};
use crate::data::{self, World};
use crate::edge::{clock, turns};
use crate::state::App;
use crate::state::freshness::{BUDGET, Refresh};

/// How long what nobody waits for may wait to be shown, in milliseconds.
const SHOWN_MS: f64 = 1_000.0;

thread_local! {
    // What is being loaded; a newer wish stops it.
    static LOADING: RefCell<Option<AbortHandle>> = const { RefCell::new(None) };
    // What of it is on its way.
    static WISH: RefCell<Wish> = const { RefCell::new(Wish::Nothing) };
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

/// Loads what is wanted now, from the beginning.
pub(super) fn again(app: App) {
    if app.world.with_untracked(Option::is_none) {
        return;
    }
    // What is on its way for the same wish goes on.
    let wish = app.world.with_untracked(|world| {
        world.as_ref().map_or(Wish::Nothing, |world| wish::most_wanted(app, world, true))
    });
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
    if wish::look(area, badge)
        && app.world.with_untracked(|world| world.as_ref().is_some_and(|world| wish::lacks_in_sight(world)))
    {
        again(app);
    }
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
    let mut may_count = true;
    loop {
        loaded.world.saved = wish::saved(app, &loaded.world);
        let mut wish = wish::most_wanted(app, &loaded.world, may_count);
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
            Wish::Counts(pages) => data::count(world, pages).await,
        };
        WISH.set(Wish::Nothing);
        loaded.waits = loaded.waits.or(Some(now));
        if !ahead || outcome.is_err() {
            loaded.show();
        }
        if outcome.is_err() && matches!(wish, Wish::Counts(_)) {
            // The map says how many there are, and the rest is loaded all the same.
            may_count = false;
            continue;
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
