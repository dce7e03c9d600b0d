//! The whole screen: the map once, the bar over it, the sheet, and what lies over both for a moment.

use leptos::ev;
use leptos::html::{Div, Input};
use leptos::prelude::*;

use super::command::{self, Command};
use super::dialog::Dialogs;
use super::map_pane::MapPane;
use super::sheet::Sheet;
use super::slot::{fill, follow};
use super::top_bar::TopBar;
use super::words::html_lang;
use super::{banners, finder, hero, list, pages};
use crate::edge::{clock, dom, history, page};
use crate::i18n::{Key, tr};
use crate::routes::Page;
use crate::state::sheet::Height;
use crate::state::{App, Toast, actions};

/// The whole screen.
#[component]
pub fn Shell() -> impl IntoView {
    let app = App::new();
    actions::start(app);
    watch(app);
    let t = move |key| tr(app.lang(), key);
    let [banner, head, chips, rows, bar, content] = [(); 6].map(|()| NodeRef::<Div>::new());
    let layer = NodeRef::<Div>::new();
    fill(banner, Box::new(move || banners::banners(app)));
    fill(head, Box::new(move || hero::hero(app)));
    fill(chips, Box::new(move || finder::chips(app)));
    fill(rows, Box::new(move || list::list(app)));
    fill(bar, Box::new(move || pages::bar(app)));
    fill(content, Box::new(move || pages::page(app)));
    follow_page(app, layer);
    list::follow_chosen(app);

    let covered = move || app.page() != Page::Home;
    let ready = move || app.world().is_some();
    // One listener for all that a tap can mean; links keep their address for those who open them elsewhere.
    let tap = move |event: ev::MouseEvent| {
        if let Some(command) = dom::command_of(&event).and_then(|word| Command::from_word(&word)) {
            event.prevent_default();
            command::run(app, command);
        }
    };
    let word = move || {
        app.toast().map(|word| match word {
            Toast::Copied => t(Key::Copied),
            Toast::NotCopied => t(Key::NotCopied),
            Toast::TilesFailed => t(Key::TilesFailed),
            Toast::Updated => t(Key::UpdatedData),
        })
    };
    view! {
        <div id="app" on:click=tap>
            <nav aria-label=move || t(Key::List)>
                <a class="skip" href="#list" on:click=move |event| {
                    event.prevent_default();
                    page::focus("list");
                }>{move || t(Key::List)}</a>
            </nav>
            <TopBar app=app/>
            <main class="screen">
                <MapPane app=app/>
                <Sheet app=app>
                    <div class="sheet-body">
                        <div class="layer home" id="list" tabindex="-1" inert=covered class:is-covered=covered>
                            <div node_ref=banner></div>
                            <div node_ref=head></div>
                            <div class="finder" role="search" class:is-away=move || !ready()>
                                <SearchField app=app/>
                                <div class="chips" role="group" aria-label=move || t(Key::Filters) node_ref=chips></div>
                            </div>
                            <p class="count" role="status">{move || list::count(app)}</p>
                            <div node_ref=rows></div>
                        </div>
                        <div
                            class="layer page"
                            node_ref=layer
                            class:is-away=move || !covered()
                            class:station=move || app.chosen().is_some()
                            class:about=move || app.page() == Page::About
                        >
                            <div class="page-bar" node_ref=bar></div>
                            <article><div class="page-content" node_ref=content></div></article>
                        </div>
                    </div>
                </Sheet>
            </main>
            <Dialogs app=app/>
            <div class="toast" role="status" class:is-shown=move || app.toast().is_some()>{word}</div>
        </div>
    }
}

/// The search field. It is never built anew, so that typing is never disturbed.
#[component]
fn SearchField(app: App) -> impl IntoView {
    let t = move |key| tr(app.lang(), key);
    let field = NodeRef::<Input>::new();
    let clear = move |_| {
        actions::search(app, String::new());
        page::focus("search");
    };
    view! {
        <div class="search-field">
            <svg class="icon" aria-hidden="true"><use href="/icons/sprite.svg#ui-search"></use></svg>
            <input
                node_ref=field
                id="search"
                type="search"
                enterkeyhint="search"
                autocomplete="off"
                maxlength="60"
                aria-label=move || t(Key::SearchLabel)
                placeholder=move || t(Key::Search)
                prop:value=move || app.search()
                on:input:target=move |event| actions::search(app, event.target().value())
                on:focus=move |_| actions::set_height(app, Height::Full)
            />
            <button
                type="button"
                class="clear"
                class:is-away=move || app.search().is_empty()
                aria-label=move || t(Key::ClearSearch)
                on:click=clear
            >
                <svg class="icon" aria-hidden="true"><use href="/icons/sprite.svg#ui-close"></use></svg>
            </button>
        </div>
    }
}

/// Title, focus and scroll follow the page; going back puts the focus on the row that was left.
fn follow_page(app: App, layer: NodeRef<Div>) {
    follow(move || page::set_title(&pages::title(app)));
    let before = StoredValue::new_local(None::<(Page, Option<String>)>);
    follow(move || {
        let now = app.page();
        let left = before.get_value().and_then(|(before, row)| (before != now).then_some(row)).flatten();
        if now == Page::Home {
            if let Some(row) = left {
                page::focus(&row);
            }
        } else if let Some(layer) = layer.get() {
            dom::to_top(&layer);
            page::focus("page-title");
        }
        let row = match &now {
            Page::Station(id) => Some(format!("row-{id}")),
            _ => None,
        };
        before.set_value(Some((now, row)));
    });
    // A visit counts once the station is known.
    follow(move || {
        if let (Some(index), Some(world)) = (app.chosen(), app.world())
            && let Some(station) = world.catalogue.station(index)
        {
            untrack(move || actions::note_visit(app, &station.id));
        }
    });
    follow(move || page::set_root_attribute("lang", Some(html_lang(app.lang()))));
    follow(move || page::set_root_attribute("data-theme", app.theme().word()));
}

/// The clock, the history, the keys and coming back to the page.
fn watch(app: App) {
    /// Seconds between two looks at the clock: a minute is the smallest step that is shown.
    const STEP: u32 = 20;
    let watching = (
        clock::every(STEP, move || actions::tick(app)),
        page::on_visible(move || {
            actions::tick(app);
            actions::refresh(app);
        }),
        history::on_move(move || actions::follow(app)),
        page::on_key(move |event| key(app, &event.key())),
    );
    let watching = StoredValue::new_local(watching);
    on_cleanup(move || watching.dispose());
}

/// Number keys open the first nine of the list, Escape goes back to it.
fn key(app: App, key: &str) {
    if app.dialog().is_some() {
        return;
    }
    if key == "Escape" {
        if app.picking() {
            actions::pick_on_map(app, false);
        } else if app.page() != Page::Home {
            actions::go_back(app);
        }
    } else if let Some(number) = key.parse::<usize>().ok().filter(|number| (1..=9).contains(number))
        && let Some(hit) = app.hits().get(number - 1)
    {
        actions::choose(app, hit.index);
    }
}
