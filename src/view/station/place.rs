//! Where the station is, in words.

use domain::station::Station;
use domain::text::Text;
use leptos::prelude::*;

use crate::i18n::Key;
use crate::state::{App, actions};
use crate::view::icon::icon;
use crate::view::words::{Words, say};

/// The place's section.
pub fn place(app: App, words: Words, station: &Station) -> impl IntoView + use<> {
    let location = &station.location;
    let area = format!("{}{}", location.city, location.district);
    let address = location.address.as_ref();
    // The address in Chinese is what a map app or a passer-by understands.
    let full = copied_address(&area, address);
    let directions = location.directions.as_ref().map(|text| {
        view! { <p class="directions"><b>{words.t(Key::Directions)}</b>" "{say(words, text)}</p> }
    });
    let unknown =
        location.position.is_none().then(|| view! { <p class="notice-text">{words.t(Key::GoToNoPlace)}</p> });
    view! {
        <section class="block">
            <h2>{words.t(Key::Address)}</h2>
            <p><span lang="zh-CN">{area}</span>" "{address.map(|text| say(words, text))}</p>
            {directions}
            {unknown}
            <button type="button" class="button small" on:click=move |_| actions::copy(app, full.clone())>
                {icon("ui-copy")}
                <span>{words.t(Key::CopyAddress)}</span>
            </button>
        </section>
    }
}

/// The address as it is copied: the area once, then the street.
pub fn copied_address(area: &str, address: Option<&Text>) -> String {
    let street = address.map_or("", |text| text.get(domain::text::Lang::Zh));
    if street.starts_with(area) { street.to_owned() } else { format!("{area}{street}") }
}
