//! A station's page: what a rider needs first comes first.

mod contacts;
mod facts;
mod hours;
mod offers;
mod place;

use domain::station::Kind;

use super::command::Command;
use super::heard::heard;
use super::list::status_line;
use super::pages::heading;
use super::words::{button, call_button, say};
use crate::data::World;
use crate::edge::dom::{El, el, icon, text};
use crate::i18n::{self, Key, tr};
use crate::state::App;

pub use place::copied_address;

/// The page of one station.
pub fn station(app: App, world: &World, index: u32) -> Vec<El> {
    let Some(station) = world.catalogue.station(index) else {
        return Vec::new();
    };
    let lang = app.lang();
    let t = |key| tr(lang, key);
    let sample = world.catalogue.dataset().sample.then(|| text("span", "sample", t(Key::Sample)));
    let kicker = el("p")
        .class("kicker")
        .push(icon(kind_icon(station.kind)))
        .push(text("span", "", i18n::kind(lang, station.kind)))
        .maybe(sample);
    let go = button("button primary", "ui-navigate", t(Key::GoTo), &Command::Navigate(index))
        .attr("id", "page-go");
    let call = station.first_call().and_then(|(_, phone)| phone.dial());
    let call = call.map(|dial| call_button("button", dial, t(Key::Call)));
    let tell =
        button("button", "ui-info", t(Key::Report), &Command::Report(index, None)).attr("id", "page-report");
    let head = vec![
        kicker,
        heading().push(say(lang, &station.name)),
        app.chosen_hit().map_or_else(|| el("p"), |hit| status_line(app, world, hit)),
        el("div").all(heard(app, world, &station.id)),
        el("div").class("buttons").push(go).maybe(call).push(tell),
    ];
    head.into_iter()
        .chain(facts::notices(app, station))
        .chain([
            offers::offers(lang, station),
            hours::hours(app, station, &world.holidays),
            contacts::contacts(lang, station),
            place::place(lang, station),
        ])
        .chain(facts::events(app, station))
        .chain(facts::photos(lang, station))
        .chain(facts::links(lang, station))
        .chain([facts::freshness(app, station)])
        .collect()
}

/// The picture of a kind of station.
const fn kind_icon(kind: Kind) -> &'static str {
    match kind {
        Kind::Union => "kind-union",
        Kind::Community => "kind-community",
        Kind::Party => "kind-party",
        Kind::Bank => "kind-bank",
        Kind::Pharmacy => "kind-pharmacy",
        Kind::DriversHome => "kind-drivers_home",
        Kind::Company => "kind-company",
        Kind::Clinic => "kind-clinic",
        Kind::Other => "kind-other",
    }
}
