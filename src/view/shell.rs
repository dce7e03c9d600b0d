//! The whole screen: the map once, the bar over it, the sheet, and what lies over both for a moment.

use std::cell::RefCell;

use leptos::prelude::*;
use web_sys::Event;

use super::command::{self, Command, Plain};
use super::dialog::{self, DIALOG};
use super::slot::{attribute, class, fill, fill_together, follow, hear, keep};
use super::words::html_lang;
use super::{banners, finder, hero, list, map_pane, pages, sheet, top_bar};
use crate::edge::dom::text;
use crate::edge::{self, clock, dom, field, history, page, turns, worker};
use crate::i18n::{Key, tr};
use crate::routes::Page;
use crate::state::freshness::Refresh;
use crate::state::sheet::Height;
use crate::state::{App, Toast, actions};

/// The whole screen.
#[component]
pub fn Shell() -> impl IntoView {
    let app = App::new();
    actions::start(app);
    watch(app);
    turns::at_once(|| {
        fill_page(app);
        follow_page(app);
        dialog::start(app);
        sheet::start(app);
    });
    // Who said where they are waits for what is near; who did not finds the page still while it comes piece by piece.
    turns::at_once_while(move || untrack(|| app.origin()).position().is_some(), || fill_list(app));
    fill_places(app);
    list::follow_chosen(app);
    map_pane::start(app);
    // One listener for all that a tap can mean; links keep their address for those who open them elsewhere.
    let tap = move |event: &Event| {
        if let Some(command) = dom::command_of(event).and_then(|word| Command::from_word(&word)) {
            event.prevent_default();
            command::run(app, command);
        }
    };
    hear("app", "click", Box::new(tap));
    hear("search", "input", Box::new(move |event| search(app, event)));
    hear("search", "focus", Box::new(move |_| actions::set_height(app, Height::Full)));
    frame()
}

/// The frame of the screen: nothing in it changes, so that Leptos makes it of one piece of markup.
fn frame() -> impl IntoView {
    view! {
        <div id="app">
            <nav id="skip"></nav>
            <header><div class="top-bar" id="top-bar"></div></header>
            <main class="screen">
                <div class="map-pane" id="map-pane" role="region">
                    <div class="map" id="map"></div>
                    <div id="map-over"></div>
                </div>
                <section class="sheet" id="sheet">
                    <button type="button" class="handle" id="sheet-handle"><span class="handle-bar"></span></button>
                    <div class="sheet-body">
                        <div class="layer home" id="list" tabindex="-1">
                            <div id="banners"></div>
                            <div id="hero"></div>
                            <div id="freshness"></div>
                            <div class="finder" id="finder" role="search">
                                <div class="search-field">
                                    <svg class="icon" aria-hidden="true"><use href="/icons/sprite.svg#ui-search"></use></svg>
                                    <input id="search" type="search" enterkeyhint="search" autocomplete="off" maxlength="60"/>
                                    <div id="search-clear"></div>
                                </div>
                                <div class="chips" id="chips" role="group"></div>
                            </div>
                            <div class="count-line">
                                <p class="count" id="count" role="status"></p>
                                <div id="list-share"></div>
                            </div>
                            <div id="rows"></div>
                        </div>
                        <div class="layer page" id="page">
                            <div class="page-bar" id="page-bar"></div>
                            <div id="page-freshness"></div>
                            <article><div class="page-content" id="page-content"></div></article>
                        </div>
                    </div>
                </section>
            </main>
            <dialog id="dialog" class="dialog" aria-labelledby="dialog-title">
                <div class="dialog-head" id="dialog-head"></div>
                <div class="dialog-body"><div id="dialog-live"></div><div id="dialog-fixed"></div></div>
                <div class="dialog-foot" id="dialog-foot"></div>
            </dialog>
            <div class="toast" id="toast" role="status"></div>
        </div>
    }
}

fn search(app: App, event: &Event) {
    if let Some((_, words)) = field::id_and_value(event) {
        actions::search(app, words);
    }
}

/// What stands in the frame.
fn fill_places(app: App) {
    let t = move |key| tr(app.lang(), key);
    let label = move |key| -> Box<dyn Fn() -> Option<String>> { Box::new(move || Some(t(key).to_owned())) };
    fill(
        "skip",
        Box::new(move || {
            let skip = text("a", "skip", t(Key::List)).attr("href", "#list").attr("id", "skip-link");
            vec![skip.command(&Command::Plain(Plain::Skip).to_word())]
        }),
    );
    fill("top-bar", Box::new(move || top_bar::top_bar(app)));
    fill("search-clear", Box::new(move || finder::clear(app).into_iter().collect()));
    fill("chips", Box::new(move || finder::chips(app)));
    fill("list-share", Box::new(move || list::share(app).into_iter().collect()));
    fill(
        "toast",
        Box::new(move || app.toast().map(|toast| text("span", "", t(words(toast)))).into_iter().collect()),
    );
    attribute("skip", "aria-label", label(Key::List));
    attribute("search", "aria-label", label(Key::SearchLabel));
    attribute("search", "placeholder", label(Key::Search));
    attribute("chips", "aria-label", label(Key::Filters));
    follow(Box::new(move || field::set_value("search", &app.search())));

    class("toast", "is-shown", Box::new(move || app.toast().is_some()));
    // What is behind an open dialog is neither seen nor read aloud.
    follow(Box::new(move || {
        app.toast();
        edge::dialog::bring("toast", DIALOG, "app");
    }));
}

/// What a rider came for: the nearest, and the others in their order.
fn fill_list(app: App) {
    // What goes from one of these comes in another, and moves what is below.
    class("finder", "is-away", Box::new(move || app.world().is_none()));
    fill_together(Box::new(move || {
        let freshness = banners::freshness(app);
        vec![("banners", banners::banners(app)), ("hero", hero::hero(app)), ("freshness", freshness)]
    }));
    fill("count", Box::new(move || list::count(app).iter().map(|count| text("span", "", count)).collect()));
    fill("rows", Box::new(move || list::list(app)));
}

/// The page over the list, and whether it is seen.
fn fill_page(app: App) {
    // It hides the list from everybody.
    let covered = move || app.page() != Page::Home;
    attribute("list", "inert", Box::new(move || covered().then(String::new)));
    attribute(
        "list",
        "aria-busy",
        Box::new(move || matches!(app.growth(), Refresh::Asking | Refresh::Ahead).then(|| "true".to_owned())),
    );
    class("list", "is-covered", Box::new(covered));
    class("page", "is-away", Box::new(move || !covered()));
    class("page", "station", Box::new(move || app.chosen().is_some()));
    class("page", "about", Box::new(move || app.page() == Page::About));
    fill("page-bar", Box::new(move || pages::bar(app)));
    fill("page-freshness", Box::new(move || banners::over_page(app)));
    fill("page-content", Box::new(move || pages::page(app)));
}

const fn words(toast: Toast) -> Key {
    match toast {
        Toast::Copied => Key::Copied,
        Toast::NotCopied => Key::NotCopied,
        Toast::TilesFailed => Key::TilesFailed,
        Toast::Updated => Key::UpdatedData,
        Toast::Sent => Key::Sent,
        Toast::Waiting => Key::Waiting,
        Toast::NotSent => Key::NotSent,
        Toast::TooMuch => Key::SavedTooMuch,
    }
}

/// Title, focus and scroll follow the page; going back puts the focus on the row that was left.
fn follow_page(app: App) {
    follow(Box::new(move || page::set_title(&pages::title(app))));
    let before = RefCell::new(None::<(Page, Option<String>)>);
    follow(Box::new(move || {
        let now = app.page();
        let left = before.take().and_then(|(before, row)| (before != now).then_some(row)).flatten();
        if now == Page::Home {
            if let Some(row) = left {
                page::focus(&row);
            }
        } else {
            dom::to_top("page");
            page::focus("page-title");
        }
        let row = match &now {
            Page::Station(id) => Some(format!("row-{id}")),
            _ => None,
        };
        before.replace(Some((now, row)));
    }));
    // A visit counts once the station is known.
    follow(Box::new(move || {
        if let (Some(index), Some(world)) = (app.chosen(), app.world())
            && let Some(station) = world.catalogue.station(index)
        {
            untrack(move || actions::note_visit(app, &station.id));
        }
    }));
    follow(Box::new(move || page::set_root_attribute("lang", Some(html_lang(app.lang())))));
    follow(Box::new(move || page::set_root_attribute("data-theme", app.theme().word())));
}

/// The clock, the history, the keys, coming back to the page and to the network, and newer versions.
fn watch(app: App) {
    /// Seconds between two looks at the clock: a minute is the smallest step that is shown.
    const STEP: u32 = 20;
    /// Seconds between two looks for what hosts have just said, where they can.
    const NEWS: u32 = 45;
    let news = move || {
        if page::is_visible() && untrack(|| app.world()).is_some_and(|world| world.index.api) {
            actions::look_again(app);
        }
    };
    let watching = (
        clock::every(STEP, move || actions::tick(app)),
        clock::every(NEWS, news),
        page::on_focus(news),
        page::on_visible(move || {
            actions::tick(app);
            actions::look_again(app);
            actions::locate_again(app);
        }),
        page::on_network(move || actions::look_again(app)),
        worker::on_newer(move || actions::offer_newer(app)),
        history::on_move(move || {
            // A step back leads out of the dialog, too.
            actions::close_dialog(app);
            actions::follow(app);
        }),
        page::on_key(move |event| key(app, &event.key())),
    );
    keep(Box::new(watching));
}

/// Number keys open the first nine of the list, Escape goes back to it.
fn key(app: App, key: &str) {
    // Asked of the dialog itself: the state hears a moment later that it was closed.
    if crate::edge::dialog::is_open(DIALOG) {
        return;
    }
    if key == "Escape" {
        if app.picking() {
            actions::pick_on_map(app, false);
        } else if app.page() != Page::Home {
            actions::go_back(app);
        }
    } else if let Some(number) = key.parse::<usize>().ok().filter(|number| (1..=9).contains(number))
        && let Some(hit) = app.hits().get(number - 1).filter(|_| number <= app.certain())
    {
        actions::choose(app, hit.index);
    }
}
