//! What the app shows: a few signals that only [`actions`] write, and what is derived from them.
//!
//! Filters and the page live in the address, the rest here. Nothing is synced by hand: what follows from
//! something else is a `Memo`; an `Effect` only pushes out to JavaScript.

pub mod actions;
pub mod freshness;
pub mod hero;
mod origin;
pub mod outbox;
mod over;
pub mod prefs;
pub mod saved;
pub mod share;
pub mod sheet;
pub mod signal;
pub mod url;

use std::ops::Deref;
use std::sync::Arc;

use domain::catalogue::{Hit, Question};
use domain::filter::Filter;
use domain::navigate::TravelMode;
use domain::search::Query;
use domain::shards::settled;
use domain::station::StationId;
use domain::text::Lang;
use domain::time::{Date, LocalDateTime};

use crate::data::World;
use crate::edge::history::{self, Address};
use crate::routes::{Page, page};
use freshness::Refresh;
use hero::Hero;
pub use origin::{Locating, Origin};
use prefs::Theme;
use sheet::Height;
use signal::{Memo, RwSignal};

pub use over::{Dialog, Toast};

/// Minutes that local time is ahead of UTC until the site's settings are there.
const CHINA: i32 = 480;
/// How many rows the list shows at first, and how many more each time.
pub const FIRST_ROWS: usize = 24;

/// The app's state: read with the methods, written by [`actions`].
///
/// A handle of one pointer: every view and every closure holds one, and copies of all signals would be a tenth of the
/// whole download. The state lives as long as the page.
#[derive(Clone, Copy)]
pub struct App(&'static Signals);

impl Deref for App {
    type Target = Signals;

    fn deref(&self) -> &Signals {
        self.0
    }
}

/// What the state consists of.
pub struct Signals {
    world: RwSignal<Option<Arc<World>>>,
    refresh: RwSignal<Refresh>,
    growth: RwSignal<Refresh>,
    budget: RwSignal<usize>,
    newer: RwSignal<bool>,
    now: Memo<LocalDateTime>,
    unix: RwSignal<i64>,
    lang: RwSignal<Lang>,
    theme: RwSignal<Theme>,
    origin: RwSignal<Origin>,
    locating: RwSignal<Locating>,
    picking: RwSignal<bool>,
    search: RwSignal<String>,
    stars: RwSignal<Vec<StationId>>,
    saved: RwSignal<String>,
    recent: RwSignal<Vec<StationId>>,
    height: RwSignal<Height>,
    toast: RwSignal<Option<Toast>>,
    dialog: RwSignal<Option<Dialog>>,
    filter: Memo<Filter>,
    page: Memo<Page>,
    chosen: Memo<Option<u32>>,
    chosen_hit: Memo<Option<Hit>>,
    hits: Memo<Arc<Vec<Hit>>>,
    address: RwSignal<Address>,
    mode: RwSignal<TravelMode>,
    today: Memo<Date>,
    shown: RwSignal<usize>,
}

impl App {
    /// Builds the state.
    pub fn new() -> Self {
        let address = history::address();
        let height = Height::for_page(&page(&address.path));
        let address = RwSignal::new(address);
        let world = RwSignal::new(None::<Arc<World>>);
        let unix = RwSignal::new(crate::edge::clock::unix_seconds());
        let origin = RwSignal::new(Origin::default());
        let stars = RwSignal::new(Vec::new());
        let recent = RwSignal::new(Vec::new());
        let search =
            address.with_untracked(|address| url::value(&address.query, url::SEARCH).unwrap_or_default());
        let search = RwSignal::new(search);
        let filter = Memo::new(move || address.with(|address| url::filter(&address.query)));
        let page = Memo::new(move || address.with(|address| page(&address.path)));
        let now = Memo::new(move || {
            let offset =
                world.with(|world| world.as_ref().map_or(CHINA, |world| world.site.utc_offset_minutes));
            LocalDateTime::from_unix(unix.get(), offset)
        });
        let chosen = Memo::new(move || match page.get() {
            Page::Station(id) => world.with(|world| world.as_ref()?.catalogue.find(&id)),
            _ => None,
        });
        let chosen_hit = Memo::new(move || {
            let from = origin.with(Origin::position);
            world.with(|world| {
                let world = world.as_ref()?;
                world.catalogue.hit(chosen.get()?, from, now.get(), &world.holidays)
            })
        });
        let hits = Memo::new(move || {
            let first = stars.with(|stars| stars.iter().chain(&*recent.read()).cloned().collect());
            let question = Question {
                filter: filter.get(),
                query: search.with(|search| Query::new(search)),
                from: origin.with(Origin::position),
                first,
                ..Question::default()
            };
            let now = now.get();
            world.with(|world| {
                let ask = |world: &Arc<World>| {
                    let question = Question { readings: Arc::clone(&world.readings), ..question };
                    world.catalogue.ask(&question, now, &world.holidays)
                };
                Arc::new(world.as_ref().map(ask).unwrap_or_default())
            })
        });
        Self(Box::leak(Box::new(Signals {
            world,
            refresh: RwSignal::new(Refresh::Asking),
            growth: RwSignal::new(Refresh::Done),
            budget: RwSignal::new(freshness::BUDGET),
            newer: RwSignal::new(false),
            now,
            unix,
            lang: RwSignal::new(Lang::Zh),
            theme: RwSignal::new(Theme::System),
            origin,
            locating: RwSignal::new(Locating::Idle),
            picking: RwSignal::new(false),
            search,
            stars,
            saved: RwSignal::new(String::new()),
            recent,
            height: RwSignal::new(height),
            toast: RwSignal::new(None),
            dialog: RwSignal::new(None),
            filter,
            page,
            chosen,
            chosen_hit,
            hits,
            address,
            mode: RwSignal::new(TravelMode::Ride),
            today: Memo::new(move || now.get().date()),
            shown: RwSignal::new(FIRST_ROWS),
        })))
    }

    /// What was loaded, once something was.
    pub fn world(self) -> Option<Arc<World>> {
        self.world.get()
    }

    /// How the shown data stands to the published data.
    pub fn refresh(self) -> Refresh {
        self.refresh.get()
    }

    /// Whether a newer version of the app waits to be used.
    pub fn newer(self) -> bool {
        self.newer.get()
    }

    /// Local time, to the minute.
    pub fn now(self) -> LocalDateTime {
        self.now.get()
    }

    /// The local day.
    pub fn today(self) -> Date {
        self.today.get()
    }

    /// How the rider travels, for links to map apps.
    pub fn mode(self) -> TravelMode {
        self.mode.get()
    }

    /// How many rows the list shows.
    pub fn shown(self) -> usize {
        self.shown.get()
    }

    /// The app's language.
    pub fn lang(self) -> Lang {
        self.lang.get()
    }

    /// Light or dark.
    pub fn theme(self) -> Theme {
        self.theme.get()
    }

    /// Where distances are measured from.
    pub fn origin(self) -> Origin {
        self.origin.get()
    }

    /// How asking for the position goes.
    pub fn locating(self) -> Locating {
        self.locating.get()
    }

    /// Whether a tap on the map chooses a place to look from.
    pub fn picking(self) -> bool {
        self.picking.get()
    }

    /// What is being searched for.
    pub fn search(self) -> String {
        self.search.get()
    }

    /// The filter in the address.
    pub fn filter(self) -> Filter {
        self.filter.get()
    }

    /// The page in the address.
    pub fn page(self) -> Page {
        self.page.get()
    }

    /// The station whose page is open, if it exists.
    pub fn chosen(self) -> Option<u32> {
        self.chosen.get()
    }

    /// The station whose page is open, with its distance and its status now.
    pub fn chosen_hit(self) -> Option<Hit> {
        self.chosen_hit.get()
    }

    /// The stations that are there and fit, the best first.
    pub fn hits(self) -> Arc<Vec<Hit>> {
        self.hits.get()
    }

    /// How many of these to list: those before which no other comes, wherever in the nation it is. All where nothing is
    /// called the nearest: without a position, among what is searched, and where more does not come.
    pub fn certain(self) -> usize {
        let hits = self.hits.read();
        let from = self.origin.with(Origin::position).filter(|_| !self.is_searching());
        let failed = matches!(*self.growth.read(), Refresh::Failed { .. });
        let Some(from) = from.filter(|_| !failed) else {
            return hits.len();
        };
        let horizon = self.world.with(|world| world.as_ref().map(|world| world.atlas.horizon(from)));
        horizon.map_or(0, |horizon| settled(&hits, horizon))
    }

    /// Whether words are searched for.
    pub fn is_searching(self) -> bool {
        !self.query().is_empty()
    }

    /// What is searched for, as it is understood.
    pub fn query(self) -> Query {
        self.search.with(|search| Query::new(search))
    }

    /// How loading the stations that are wanted goes.
    pub fn growth(self) -> Refresh {
        self.growth.get()
    }

    /// Whether it is known that there is no station with the id in the address.
    pub fn is_absent(self) -> bool {
        match self.page() {
            Page::Station(id) => self
                .world
                .with(|world| world.as_ref().is_some_and(|world| world.absent.as_ref() == Some(&id))),
            _ => false,
        }
    }

    /// What stands at the head of the sheet.
    pub fn hero(self) -> Hero {
        let hits = self.hits.read();
        let hits = hits.get(..self.certain()).unwrap_or_default();
        let placed = self.origin.with(|origin| *origin != Origin::Unknown);
        hero::hero(hits, placed, *self.growth.read() == Refresh::Asking)
    }

    /// How high the sheet stands.
    pub fn height(self) -> Height {
        self.height.get()
    }

    /// The word at the bottom of the screen.
    pub fn toast(self) -> Option<Toast> {
        self.toast.get()
    }

    /// The dialog that is open.
    pub fn dialog(self) -> Option<Dialog> {
        self.dialog.get()
    }

    /// The districts that are kept on this phone, as [`saved`] has them.
    pub fn saved(self) -> String {
        self.saved.get()
    }

    /// Whether a station is starred on this phone.
    pub fn is_starred(self, id: &StationId) -> bool {
        self.stars.with(|stars| stars.contains(id))
    }
}

impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}
