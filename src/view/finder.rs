//! Search and filter chips.

use domain::amenity::Amenity;
use domain::filter::OpenWhen;
use leptos::prelude::*;

use super::icon::icon;
use super::words::use_words;
use crate::i18n::{self, Key};
use crate::state::sheet::Height;
use crate::state::{Dialog, actions, use_app};

/// The amenities with a chip of their own: what riders ask for most. The rest are in the filter dialog.
const CHIPS: [Amenity; 6] =
    [Amenity::Water, Amenity::HotWater, Amenity::Charging, Amenity::Toilet, Amenity::Heating, Amenity::Microwave];

/// Search and filter chips.
#[component]
pub fn Finder() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = move |key| words.t(key);
    let field = NodeRef::<leptos::html::Input>::new();
    let other_filters = move || {
        let filter = app.filter();
        let hidden = filter.amenities.iter().filter(|amenity| !CHIPS.contains(amenity)).count();
        hidden + usize::from(filter.kind.is_some()) + usize::from(matches!(filter.open, OpenWhen::At(_)))
    };
    view! {
        <div class="finder" role="search">
            <div class="search-field">
                {icon("ui-search")}
                <input
                    node_ref=field
                    id="search"
                    type="search"
                    enterkeyhint="search"
                    autocomplete="off"
                    maxlength="60"
                    aria-label=t(Key::SearchLabel)
                    placeholder=t(Key::Search)
                    prop:value=move || app.search()
                    on:input:target=move |event| actions::search(app, event.target().value())
                    on:focus=move |_| actions::set_height(app, Height::Full)
                />
                <Show when=move || !app.search().is_empty()>
                    <button type="button" class="clear" aria-label=t(Key::ClearSearch) on:click=move |_| {
                        actions::search(app, String::new());
                        if let Some(field) = field.get_untracked() {
                            // The field exists, so it can take the focus.
                            let _ = field.focus();
                        }
                    }>
                        {icon("ui-close")}
                    </button>
                </Show>
            </div>
            <div class="chips" role="group" aria-label=t(Key::Filters)>
                <Chip
                    on=Signal::derive(move || app.filter().open == OpenWhen::Now)
                    picture="ui-clock"
                    label=t(Key::OpenNow)
                    tap=move || actions::toggle_open(app, OpenWhen::Now)
                />
                <button
                    type="button"
                    class="chip"
                    class:is-on=move || { other_filters() > 0 }
                    on:click=move |_| actions::open_dialog(app, Dialog::Filters)
                >
                    {icon("ui-filter")}
                    {t(Key::AllFilters)}
                    {move || (other_filters() > 0).then(|| format!(" ({})", other_filters()))}
                </button>
                <Chip
                    on=Signal::derive(move || app.filter().open == OpenWhen::Always)
                    picture="ui-calendar"
                    label=t(Key::Open24)
                    tap=move || actions::toggle_open(app, OpenWhen::Always)
                />
                {CHIPS
                    .into_iter()
                    .map(|amenity| view! {
                        <Chip
                            on=Signal::derive(move || app.filter().amenities.has(amenity))
                            picture=amenity.word()
                            label=i18n::amenity(words.0, amenity)
                            tap=move || actions::toggle_amenity(app, amenity)
                        />
                    })
                    .collect_view()}
            </div>
        </div>
    }
}

/// A filter that is on or off.
#[component]
pub fn Chip(
    /// Whether it is on.
    on: Signal<bool>,
    /// Its picture.
    picture: &'static str,
    /// Its words.
    label: &'static str,
    /// What a tap does.
    tap: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="chip"
            class:is-on=on
            aria-pressed=move || on.get().to_string()
            on:click=move |_| tap()
        >
            {icon(picture)}
            {label}
        </button>
    }
}
