//! What to load next: it follows from what is looked at, and what of that is there.

use std::cell::Cell;

use domain::filter::Filter;
use domain::published::FileKind;
use domain::search::Query;
use domain::shards::census::Uncounted;
use domain::shards::{self, Blob, Entry, Extent, Need, Step};
use leptos::prelude::untrack;

use crate::data::{self, World};
use crate::routes::Page;
use crate::state::freshness::{ROOM, Refresh, TOWN};
use crate::state::{App, FIRST_ROWS, Origin, saved};

/// How many files of the districts that are kept are asked for at once: what came of them is there if the network goes; and how many
/// that count.
const AT_ONCE: usize = 4;

thread_local! {
    // What the map shows, and how many degrees of longitude a badge covers there.
    static SIGHT: Cell<Option<(Extent, f64)>> = const { Cell::new(None) };
}

/// What to load.
#[derive(Clone, PartialEq)]
pub(super) enum Wish {
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
    /// How many are open where the map shows what is not loaded.
    Counts(Vec<Uncounted>),
}

impl Wish {
    /// What is said of it. Nobody waits for what is only loaded ahead, and the map says by numbers what it lacks.
    pub(super) const fn asks(&self) -> Refresh {
        match self {
            Self::Nothing | Self::Counts(_) => Refresh::Done,
            Self::Seen(_) | Self::Ahead(_) | Self::Places | Self::Saved(_) | Self::Words { ahead: true } => {
                Refresh::Ahead
            }
            Self::Station(_) | Self::Needed(_) | Self::Words { ahead: false } | Self::Nodes(_) => {
                Refresh::Asking
            }
        }
    }
}

/// The id in the address.
pub(super) fn station(app: App) -> Option<String> {
    match app.page.get_untracked() {
        Page::Station(id) => Some(id),
        _ => None,
    }
}

/// Takes note of what the map shows; whether that is something else than before.
pub(super) fn look(area: Extent, badge: f64) -> bool {
    SIGHT.replace(Some((area, badge))) != Some((area, badge))
}

/// Whether something is missing of what the map shows.
pub(super) fn lacks_in_sight(world: &World) -> bool {
    !in_sight(world).is_empty() || !counts(world).is_empty()
}

fn in_sight(world: &World) -> Vec<Entry> {
    SIGHT.get().map(|(area, badge)| world.atlas.in_sight(area, badge, shards::SIGHT)).unwrap_or_default()
}

/// What tells how many are open where the map shows what is not loaded.
fn counts(world: &World) -> Vec<Uncounted> {
    let area = SIGHT.get().filter(|_| world.index.file(FileKind::Census).is_some());
    let mut pages = area.map(|(area, badge)| world.atlas.uncounted(area, badge)).unwrap_or_default();
    pages.truncate(AT_ONCE);
    pages
}

/// What the districts cover that are kept on this phone.
pub(super) fn saved(app: App, world: &World) -> Vec<Extent> {
    let places = world.places.as_deref().map(Vec::as_slice).unwrap_or_default();
    app.saved.with_untracked(|saved| saved::extents(saved, places))
}

/// Of all that could be loaded what is wanted most; nothing that only counts where that has failed, as `may_count` says.
pub(super) fn most_wanted(app: App, world: &World, may_count: bool) -> Wish {
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
    if let Step::Needed(entries) = step {
        return Wish::Needed(entries);
    }
    let seen = in_sight(world);
    if !seen.is_empty() {
        return Wish::Seen(seen);
    }
    let pages = if may_count { counts(world) } else { Vec::new() };
    if !pages.is_empty() {
        return Wish::Counts(pages);
    }
    match step {
        Step::Ahead(entries) => Wish::Ahead(entries),
        Step::Done if world.places.is_none() => Wish::Places,
        Step::Done if without_words => Wish::Words { ahead: true },
        _ => {
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
