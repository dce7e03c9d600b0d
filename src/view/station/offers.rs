//! What a station has: working first, then unsure, then broken; each with its word, not only a colour.

use domain::amenity::AmenityState;
use domain::station::{Offer, Station};
use leptos::prelude::*;

use crate::i18n::{self, Key};
use crate::view::icon::icon;
use crate::view::words::{Words, say};

/// The amenities' section.
pub fn offers(words: Words, station: &Station) -> impl IntoView + use<> {
    let mut offers: Vec<&Offer> = station.offers.iter().collect();
    offers.sort_by_key(|offer| offer.state);
    let rows = offers.into_iter().map(|offer| row(words, offer)).collect_view();
    let unknown = station.offers.is_empty().then(|| view! { <p class="hint">{words.t(Key::AmenitiesUnknown)}</p> });
    let access = station.access.map(|access| {
        view! {
            <p class="access"><b>{words.t(Key::AccessTitle)}</b>" "{i18n::access(words.0, access)}</p>
        }
    });
    view! {
        <section class="block">
            <h2>{words.t(Key::Amenities)}</h2>
            {access}
            {unknown}
            <ul class="offers">{rows}</ul>
        </section>
    }
}

fn row(words: Words, offer: &Offer) -> impl IntoView + use<> {
    let class = match offer.state {
        AmenityState::Ok => "offer is-ok",
        AmenityState::Out => "offer is-out",
        AmenityState::Unknown => "offer is-unsure",
    };
    // "Working" beside each working thing would only be noise.
    let state = (offer.state != AmenityState::Ok)
        .then(|| view! { <span class="offer-state">{i18n::amenity_state(words.0, offer.state)}</span> });
    let note = offer.note.as_ref().map(|note| view! { <span class="offer-note">{say(words, note)}</span> });
    let access =
        offer.access.map(|access| view! { <span class="offer-note">{i18n::access(words.0, access)}</span> });
    view! {
        <li class=class>
            {icon(offer.amenity.word())}
            <span class="offer-name">{i18n::amenity(words.0, offer.amenity)}{state}{note}{access}</span>
        </li>
    }
}
