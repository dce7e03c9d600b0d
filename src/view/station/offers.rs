//! What a station has: working first, then broken, then unsure; each with its word, not only a colour.

use domain::amenity::AmenityState;
use domain::station::{Offer, Station};
use domain::text::Lang;

use crate::edge::dom::{El, el, icon, text};
use crate::i18n::{self, Key, tr};
use crate::view::words::{block, say};

/// The amenities' section.
pub fn offers(lang: Lang, station: &Station) -> El {
    let in_state = |state| station.offers.iter().filter(move |offer| offer.state == state);
    let rows =
        AmenityState::ALL.iter().flat_map(|&state| in_state(state)).map(|offer| row(lang, offer)).collect();
    let unknown = station.offers.is_empty().then(|| text("p", "hint", tr(lang, Key::AmenitiesUnknown)));
    let access = station.access.map(|access| {
        el("p")
            .class("access")
            .push(text("b", "", tr(lang, Key::AccessTitle)))
            .say(" ")
            .say(i18n::access(lang, access))
    });
    block(lang, None, Key::Amenities).maybe(access).maybe(unknown).push(el("ul").class("offers").all(rows))
}

fn row(lang: Lang, offer: &Offer) -> El {
    let class = match offer.state {
        AmenityState::Ok => "offer is-ok",
        AmenityState::Out => "offer is-out",
        AmenityState::Unknown => "offer is-unsure",
    };
    // "Working" beside each working thing would only be noise.
    let state = (offer.state != AmenityState::Ok)
        .then(|| text("span", "offer-state", i18n::amenity_state(lang, offer.state)));
    let note = offer.note.as_ref().map(|note| say(lang, note).class("offer-note"));
    let access = offer.access.map(|access| text("span", "offer-note", i18n::access(lang, access)));
    let name =
        text("span", "offer-name", i18n::amenity(lang, offer.amenity)).maybe(state).maybe(note).maybe(access);
    el("li").class(class).push(icon(offer.amenity.word())).push(name)
}
