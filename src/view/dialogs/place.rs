//! A place to look from, without a position: the phone again, a tap on the map, or a district.

use leptos::prelude::*;

use crate::i18n::Key;
use crate::state::{Locating, actions, use_app};
use crate::view::icon::icon;
use crate::view::words::use_words;

/// Ways to say where to look from.
#[component]
pub fn PlaceChoices() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = move |key| words.t(key);
    let areas = app.world().map(|world| crate::state::areas::areas(&world)).unwrap_or_default();
    let cities = areas
        .into_iter()
        .map(|city| {
            let districts = city
                .districts
                .into_iter()
                .map(|district| {
                    let name = district.name.clone();
                    view! {
                        <li>
                            <button
                                type="button"
                                class="chip"
                                on:click=move |_| actions::look_from(app, district.center, Some(name.clone()))
                            >
                                {district.name.clone()}
                            </button>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <details class="city" lang="zh-CN">
                    <summary>{city.name}</summary>
                    <ul class="districts">{districts}</ul>
                </details>
            }
        })
        .collect_view();
    view! {
        <ul class="choices">
            <li>
                <button type="button" class="choice" on:click=move |_| {
                    actions::locate(app);
                    actions::close_dialog(app);
                }>
                    {icon("ui-locate")}
                    <span class="grow">{move || t(if app.locating() == Locating::Asking { Key::Locating } else { Key::Locate })}</span>
                </button>
            </li>
            <li>
                <button type="button" class="choice" on:click=move |_| actions::pick_on_map(app, true)>
                    {icon("ui-map")}
                    <span class="grow">{t(Key::ChooseOnMap)}</span>
                </button>
            </li>
        </ul>
        <h3>{t(Key::PickDistrict)}</h3>
        <div class="cities">{cities}</div>
    }
}
