//! The whole screen: the map once, the bar over it, the sheet, and what lies over both for a moment.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};
use leptos_router::{ParamSegment, StaticSegment};

use super::about::AboutPage;
use super::dialogs::Dialogs;
use super::finder::Finder;
use super::hero::HeroCard;
use super::list::{ResultCount, StationList};
use super::map_pane::MapPane;
use super::problem::{Banners, LoadPanel, UnknownPage};
use super::sheet::Sheet;
use super::station::StationPage;
use super::top_bar::TopBar;
use super::words::{Words, html_lang};
use crate::edge::page;
use crate::i18n::{Key, tr};
use crate::routes::Page;
use crate::state::{App, Toast, actions, use_app};

/// The whole screen. Must be inside the router.
#[component]
pub fn Shell() -> impl IntoView {
    let app = App::new();
    provide_context(app);
    actions::start(app);
    watch_clock(app);
    watch_keys(app);
    Effect::new(move |_| page::set_root_attribute("lang", Some(html_lang(app.lang()))));
    Effect::new(move |_| page::set_root_attribute("data-theme", app.theme().word()));
    Effect::new(move |_| {
        if app.page() == Page::Home {
            page::set_title(tr(app.lang(), Key::Brand));
        }
    });
    move || {
        provide_context(Words(app.lang()));
        view! { <Screen/> }
    }
}

/// Everything that is built anew in another language.
#[component]
fn Screen() -> impl IntoView {
    let app = use_app();
    let words = expect_context::<Words>();
    let t = move |key| words.t(key);
    let has_world = Memo::new(move |_| app.world().is_some());
    let covered = move || app.page() != Page::Home;
    view! {
        <a class="skip" href="#list" on:click=move |event| {
            event.prevent_default();
            page::focus("list");
        }>{t(Key::List)}</a>
        <TopBar/>
        <main class="screen">
            <MapPane/>
            <Sheet>
                <div class="sheet-body">
                    <div class="layer home" inert=covered id="list" tabindex="-1" class:is-covered=covered>
                        <Banners/>
                        <Show when=move || has_world.get() fallback=move || view! { <LoadPanel/> }>
                            <HeroCard/>
                            <Finder/>
                            <ResultCount/>
                            <StationList/>
                        </Show>
                    </div>
                    <FlatRoutes fallback=move || view! { <UnknownPage/> }>
                        <Route path=StaticSegment("") view=|| ()/>
                        <Route path=(StaticSegment("s"), ParamSegment("id")) view=StationPage/>
                        <Route path=StaticSegment("about") view=AboutPage/>
                    </FlatRoutes>
                </div>
            </Sheet>
        </main>
        <Dialogs/>
        <div class="toast" role="status" aria-live="polite" class:is-shown=move || app.toast().is_some()>
            {move || app.toast().map(|word| t(match word {
                Toast::Copied => Key::Copied,
                Toast::NotCopied => Key::NotCopied,
                Toast::TilesFailed => Key::TilesFailed,
                Toast::Updated => Key::UpdatedData,
            }))}
        </div>
    }
}

/// Opening states go on while the page is open, and catch up when it is seen again.
fn watch_clock(app: App) {
    /// Seconds between two looks at the clock: a minute is the smallest step that is shown.
    const STEP: u32 = 20;
    let ticking = StoredValue::new_local(crate::edge::clock::every(STEP, move || actions::tick(app)));
    let seen = StoredValue::new_local(page::on_visible(move || {
        actions::tick(app);
        actions::refresh(app);
    }));
    on_cleanup(move || {
        ticking.dispose();
        seen.dispose();
    });
}

/// Number keys open the first nine of the list, Escape goes back to it.
fn watch_keys(app: App) {
    let watching = StoredValue::new_local(page::on_key(move |event| {
        let key = event.key();
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
    }));
    on_cleanup(move || watching.dispose());
}
