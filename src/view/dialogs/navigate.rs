//! Which map app leads to a station, and by what means.

use domain::navigate::{MapApp, TravelMode, link};
use domain::text::Lang;
use leptos::prelude::*;

use crate::edge::device::device;
use crate::i18n::{self, Key};
use crate::state::{actions, use_app};
use crate::view::icon::icon;
use crate::view::station::copied_address;
use crate::view::words::{say, use_words};

/// The means, with their picture and word.
const MODES: [(TravelMode, &str, Key); 3] = [
    (TravelMode::Ride, "ui-ride", Key::Ride),
    (TravelMode::Walk, "ui-walk", Key::Walk),
    (TravelMode::Drive, "ui-car", Key::Drive),
];

/// The name this app gives itself in links to map apps.
const REFERER: &str = "love-stations";

/// Map apps to choose from.
#[component]
pub fn NavigateChoices(index: u32) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let mode = RwSignal::new(TravelMode::Ride);
    let world = app.world()?;
    let station = world.catalogue.station(index)?;
    let name = station.name.get(Lang::Zh).to_owned();
    let area = format!("{}{}", station.location.city, station.location.district);
    let address = copied_address(&area, station.location.address.as_ref());
    let copied = address.clone();
    let position = station.location.position;
    let device = device();
    // `geo:` only opens in Android's own browsers; WeChat blocks it.
    let offered = move |map: &MapApp| match map {
        MapApp::Geo => device.android && !device.wechat,
        _ => true,
    };
    let links = position.map(|to| {
        let rows = MapApp::ALL
            .iter()
            .copied()
            .filter(offered)
            .map(|map| {
                let (name, address) = (name.clone(), address.clone());
                let href = move || link(map, mode.get(), to, &name, &address, REFERER);
                view! {
                    <li>
                        <a class="choice" href=href target="_blank" rel="noopener" data-app=format!("{map:?}")>
                            {icon("ui-navigate")}
                            <span class="grow">{i18n::map_app(words.0, map)}</span>
                            {icon("ui-external")}
                        </a>
                    </li>
                }
            })
            .collect_view();
        let modes = MODES
            .iter()
            .map(|&(one, picture, key)| view! {
                <button
                    type="button"
                    class="segment"
                    class:is-on=move || mode.get() == one
                    aria-pressed=move || (mode.get() == one).to_string()
                    on:click=move |_| mode.set(one)
                >
                    {icon(picture)}
                    {words.t(key)}
                </button>
            })
            .collect_view();
        view! {
            <div class="segments" role="group">{modes}</div>
            <ul class="choices">{rows}</ul>
        }
    });
    Some(view! {
        <p class="dialog-lead">{say(words, &station.name)}</p>
        {position.is_none().then(|| view! { <p class="notice-text">{words.t(Key::GoToNoPlace)}</p> })}
        {links}
        <p class="hint" lang="zh-CN">{address}</p>
        <button type="button" class="button wide" on:click=move |_| actions::copy(app, copied.clone())>
            {icon("ui-copy")}
            <span>{words.t(Key::CopyAddress)}</span>
        </button>
    })
}
