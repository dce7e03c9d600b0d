//! Everything that happens: the only writers of the state and of the address.

mod grow;
mod place;
mod wish;

pub use grow::look_over;
pub use place::{forget_place, locate, locate_again, look_from, look_from_area, pick_on_map, save_area};

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use domain::amenity::Amenity;
use domain::filter::{Filter, OpenWhen};
use domain::navigate::TravelMode;
use domain::shards::census::ROOT;
use domain::station::{Kind, StationId};
use domain::text::Lang;
use wasm_bindgen_futures::spawn_local;

use super::freshness::{BUDGET, Refresh};
use super::prefs::{self, Theme};
use super::sheet::Height;
use super::{App, Dialog, FIRST_ROWS, Origin, Toast, outbox, url};
use crate::data::{self, Latest, View, World};
use crate::edge::clock::Later;
use crate::edge::{clipboard, clock, device, history, storage, turns};
use crate::routes::{Page, station_path};

const LANG: &str = "ls.lang";
const THEME: &str = "ls.theme";
const STARS: &str = "ls.stars";
const SAVED: &str = "ls.districts";
const RECENT: &str = "ls.recent";
/// When the data was last seen to be the newest, in seconds of Unix time: for words alone.
const CHECKED: &str = "ls.data.checked";

/// How long a word at the bottom of the screen stays.
const TOAST_MS: u32 = 2_600;
/// How long typing must rest before the address follows and more is loaded: some browsers take a hundred addresses in 30 s.
const TYPING_MS: u32 = 350;

thread_local! {
    // Dropping a timeout stops it, so that only the last word and the last typing count.
    static TOAST_TIMER: RefCell<Option<Later>> = const { RefCell::new(None) };
    static TYPING_TIMER: RefCell<Option<Later>> = const { RefCell::new(None) };
    // Whether this phone keeps what it shows.
    static KEPT: Cell<bool> = const { Cell::new(true) };
    // How often newer data were asked for.
    static LOOK: Cell<u32> = const { Cell::new(0) };
}

/// Reads what this phone kept, shows the kept data at once and asks for the newest.
pub fn start(app: App) {
    let lang = prefs::first_lang(storage::read(LANG).as_deref(), device::language().as_deref());
    app.lang.set(lang);
    app.theme.set(Theme::from_word(storage::read(THEME).as_deref()));
    app.stars.set(prefs::ids_from_text(&storage::read(STARS).unwrap_or_default()));
    app.saved.set(storage::read(SAVED).unwrap_or_default());
    app.recent.set(prefs::ids_from_text(&storage::read(RECENT).unwrap_or_default()));
    if matches!(app.page.get_untracked(), Page::Station(_)) {
        app.height.set(Height::Half);
    }
    // Before what is seen, which waits for its turns behind it.
    turns::spawn(async move {
        if let Some(mut world) = data::kept() {
            world.saved = wish::saved(app, &world);
            app.world.set(Some(Arc::new(world)));
        }
        refresh(app);
    });
    grow::start(app);
}

/// Asks for the newest data, and says so.
pub fn refresh(app: App) {
    app.refresh.set(Refresh::Asking);
    look_again(app);
}

/// Asks for the newest data; what is said of them stays until the answer.
pub fn look_again(app: App) {
    let look = LOOK.get() + 1;
    LOOK.set(look);
    turns::spawn(async move {
        let shown = app.world.get_untracked();
        let view = View { from: app.origin.with_untracked(Origin::position), station: wish::station(app) };
        match data::latest(shown.as_deref(), &view).await {
            Ok(latest) => {
                // Of what this phone keeps it is said when it was last the newest.
                if let Latest::New(_, is_kept) = latest {
                    KEPT.set(is_kept);
                }
                if KEPT.get() && !matches!(latest, Latest::Older) {
                    keep(CHECKED, &clock::unix_seconds().to_string());
                }
                if let Latest::New(mut world, _) = latest {
                    // Numbers that are shown on the map shall not be gone until others come.
                    let is_counted = |world: &Arc<World>| world.atlas.is_counted();
                    if shown.as_ref().is_some_and(is_counted) && !world.atlas.is_counted() {
                        let _ = data::count(&mut world, &[ROOT]).await;
                    }
                    if shown.is_some_and(|shown| world.index.seq > shown.index.seq) {
                        toast(app, Toast::Updated);
                    }
                    take(app, Arc::from(world));
                }
                app.refresh.set(Refresh::Done);
                grow::again(app);
                outbox::send(app);
            }
            Err(error) => {
                let checked: Option<i64> = storage::read(CHECKED).and_then(|seconds| seconds.parse().ok());
                let age = checked.map(|checked| clock::unix_seconds().saturating_sub(checked));
                // One that was asked later may have had its answer already.
                if LOOK.get() == look {
                    app.refresh.set(Refresh::Failed { error, age });
                }
            }
        }
    });
}

/// Shows an edition. Another look may have found a newer one meanwhile: `seq` never goes back. An open dialog stays with its
/// station, whose number is another one now.
fn take(app: App, world: Arc<World>) {
    let before = app.world.get_untracked();
    if before.as_ref().is_some_and(|before| before.index.seq > world.index.seq) {
        return;
    }
    let open = app.dialog.get_untracked();
    let moved = open.and_then(|dialog| {
        let before = before?;
        let id = &before.catalogue.station(dialog.station()?)?.id;
        Some(world.catalogue.find(id.as_str()).map(|index| dialog.of(index)))
    });
    app.world.set(Some(world));
    if let Some(moved) = moved.filter(|moved| *moved != open) {
        app.dialog.set(moved);
    }
}

/// A newer version of the app waits: offers it.
pub fn offer_newer(app: App) {
    app.newer.set(true);
}

/// Lets the clock go on.
pub fn tick(app: App) {
    app.unix.set(clock::unix_seconds());
}

/// Searches what is there at once, the rest and the address follow when typing rests.
pub fn search(app: App, text: String) {
    app.search.set(text);
    grow::expect(app);
    TYPING_TIMER.with_borrow_mut(|timer| {
        *timer = Some(clock::after(TYPING_MS, move || rewrite_query(app, &app.filter.get_untracked())));
    });
}

/// Asks for one amenity more or less.
pub fn toggle_amenity(app: App, amenity: Amenity) {
    let filter = app.filter.get_untracked();
    rewrite_query(app, &Filter { amenities: filter.amenities.toggled(amenity), ..filter });
}

/// Sets when stations have to be open; the same again takes it back.
pub fn toggle_open(app: App, open: OpenWhen) {
    let filter = app.filter.get_untracked();
    let open = if filter.open == open { OpenWhen::Any } else { open };
    rewrite_query(app, &Filter { open, ..filter });
}

/// Sets when stations have to be open.
pub fn set_open(app: App, open: OpenWhen) {
    rewrite_query(app, &Filter { open, ..app.filter.get_untracked() });
}

/// Sets what stations have to be.
pub fn set_kind(app: App, kind: Option<Kind>) {
    rewrite_query(app, &Filter { kind, ..app.filter.get_untracked() });
}

/// Asks for nothing any more, neither by filter nor by words.
pub fn clear_filters(app: App) {
    app.search.set(String::new());
    rewrite_query(app, &Filter::default());
}

/// Writes the filter and the search into the address, in place of what is there.
fn rewrite_query(app: App, filter: &Filter) {
    TYPING_TIMER.with_borrow_mut(Option::take);
    let path = current_path(app);
    let query = app.search.with_untracked(|search| url::query(filter, search));
    app.shown.set(FIRST_ROWS);
    history::replace(&format!("{path}{query}"));
    follow(app);
    grow::look_farther(app);
}

/// Takes over the address after it changed.
pub fn follow(app: App) {
    let address = history::address();
    if app.address.with_untracked(|shown| *shown != address) {
        app.address.set(address);
    }
}

fn current_path(app: App) -> String {
    match app.page.get_untracked() {
        Page::Home | Page::Unknown => "/".to_owned(),
        Page::About => "/about".to_owned(),
        Page::Station(id) => StationId::new(&id).map_or_else(|| "/".to_owned(), |id| station_path(&id)),
    }
}

/// Opens a station's page.
pub fn choose(app: App, index: u32) {
    let id = app.world.with_untracked(|world| Some(world.as_ref()?.catalogue.station(index)?.id.clone()));
    let Some(id) = id else { return };
    raise(app, Height::Half);
    if app.chosen.get_untracked() == Some(index) {
        return;
    }
    push(app, &station_path(&id));
}

/// Opens the page about this map.
pub fn open_about(app: App) {
    push(app, "/about");
    raise(app, Height::Full);
}

/// From a page back to the list: one step back where the list is behind it, otherwise to the list in place.
pub fn go_back(app: App) {
    if history::is_ours() {
        history::back();
    } else {
        go_home(app);
    }
}

/// To the list, from wherever it is: a new step, so that back leads back.
pub fn go_list(app: App) {
    if app.page.get_untracked() != Page::Home {
        push(app, "/");
    }
    raise(app, Height::Half);
}

/// To the list, in place of the page that is open.
fn go_home(app: App) {
    if app.page.get_untracked() != Page::Home {
        history::replace(&format!("/{}", current_query(app)));
        follow(app);
    }
}

fn push(app: App, path: &str) {
    history::push(&format!("{path}{}", current_query(app)));
    follow(app);
}

fn current_query(app: App) -> String {
    app.search.with_untracked(|search| url::query(&app.filter.get_untracked(), search))
}

/// Shows more rows of the list.
pub fn show_more(app: App) {
    app.shown.update(|shown| *shown += FIRST_ROWS);
    app.budget.update(|budget| *budget += BUDGET);
}

/// How the rider travels.
pub fn set_mode(app: App, mode: TravelMode) {
    app.mode.set(mode);
}

/// Notes that a station's page was looked at.
pub fn note_visit(app: App, id: &StationId) {
    let recent = prefs::with_recent(&app.recent.get_untracked(), id);
    keep(RECENT, &prefs::ids_to_text(&recent));
    app.recent.set(recent);
}

/// Puts a star on a station, or takes it away.
pub fn toggle_star(app: App, id: &StationId) {
    let stars = prefs::toggled(&app.stars.get_untracked(), id);
    keep(STARS, &prefs::ids_to_text(&stars));
    app.stars.set(stars);
}

/// Speaks another language.
pub fn set_lang(app: App, lang: Lang) {
    keep(LANG, prefs::lang_word(lang));
    app.lang.set(lang);
}

/// The next colours.
pub fn next_theme(app: App) {
    let theme = app.theme.get_untracked().next();
    match theme.word() {
        Some(word) => keep(THEME, word),
        None => storage::remove(THEME),
    }
    app.theme.set(theme);
}

/// Keeps a small text; a phone that refuses forgets it with the page, which is all that can be done.
fn keep(key: &str, value: &str) {
    let _ = storage::write(key, value);
}

/// Sets the sheet's height.
pub fn set_height(app: App, height: Height) {
    if app.height.get_untracked() != height {
        app.height.set(height);
    }
}

/// Raises the sheet to at least `height`.
pub fn raise(app: App, height: Height) {
    if app.height.get_untracked() < height {
        app.height.set(height);
    }
}

/// Opens a dialog.
pub fn open_dialog(app: App, dialog: Dialog) {
    app.dialog.set(Some(dialog));
}

/// Closes the dialog.
pub fn close_dialog(app: App) {
    if app.dialog.get_untracked().is_some() {
        app.dialog.set(None);
    }
}

/// Says a short word.
pub fn toast(app: App, word: Toast) {
    app.toast.set(Some(word));
    TOAST_TIMER.with_borrow_mut(|timer| *timer = Some(clock::after(TOAST_MS, move || app.toast.set(None))));
}

/// Copies a text and says whether it worked.
pub fn copy(app: App, text: String) {
    spawn_local(async move {
        let copied = clipboard::copy(&text).await;
        toast(app, if copied { Toast::Copied } else { Toast::NotCopied });
    });
}
