//! A station's page: what a rider needs first comes first.

mod contacts;
mod facts;
mod hours;
mod offers;
mod place;

pub use place::copied_address;

use std::sync::Arc;

use domain::catalogue::Hit;
use domain::geodesy::distance_m;
use domain::status::status;
use leptos::either::Either;
use leptos::prelude::*;

use super::icon::icon;
use super::list::StatusLine;
use super::problem::{Missing, PageBar};
use super::words::{say, use_words};
use crate::data::World;
use crate::edge::page;
use crate::i18n::{self, Key};
use crate::state::{Dialog, actions, use_app};

/// The page of the station in the address.
#[component]
pub fn StationPage() -> impl IntoView {
    let app = use_app();
    move || match (app.world(), app.chosen()) {
        (Some(world), Some(index)) => Some(Either::Left(view! { <Station world=world index=index/> })),
        (Some(_), None) => {
            Some(Either::Right(view! { <Missing title=Key::StationMissing hint=Key::StationMissingHint/> }))
        }
        // The list's place says what is going on.
        (None, _) => None,
    }
}

#[component]
fn Station(world: Arc<World>, index: u32) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = move |key| words.t(key);
    let station = world.catalogue.station(index)?;
    page::set_title(&format!("{} · {}", station.name.get(words.0), t(Key::Brand)));
    let visited = station.id.clone();
    Effect::new(move |_| {
        page::focus("page-title");
        actions::note_visit(app, &visited);
    });
    let position = station.location.position;
    let held = Arc::clone(&world);
    let hit = Memo::new(move |_| {
        let metres = app.origin().position().zip(position).map(|(from, to)| distance_m(from, to));
        let status = held.catalogue.station(index).map(|station| status(station, app.now(), &held.holidays));
        status.map(|status| Hit { index, metres, status })
    });
    let (starred, toggled) = (station.id.clone(), station.id.clone());
    let is_starred = Memo::new(move |_| app.is_starred(&starred));
    let call = station.first_call().and_then(|(_, phone)| phone.dial()).map(|dial| format!("tel:{dial}"));
    let sample = world.catalogue.dataset().sample;
    Some(view! {
        <article class="layer page station" data-station=station.id.to_string()>
            <PageBar>
                <button
                    type="button"
                    class="star"
                    aria-pressed=move || is_starred.get().to_string()
                    on:click=move |_| actions::toggle_star(app, &toggled)
                >
                    {move || icon(if is_starred.get() { "ui-star-on" } else { "ui-star" })}
                    <span>{move || t(if is_starred.get() { Key::Starred } else { Key::Star })}</span>
                </button>
            </PageBar>
            <p class="kicker">
                {icon(kind_icon(station.kind))}
                {i18n::kind(words.0, station.kind)}
                {sample.then(|| view! { <span class="sample">{t(Key::Sample)}</span> })}
            </p>
            <h1 id="page-title" tabindex="-1">{say(words, &station.name)}</h1>
            {move || hit.get().map(|hit| view! { <StatusLine hit=hit/> })}
            <div class="buttons">
                <button
                    type="button"
                    class="button primary"
                    on:click=move |_| actions::open_dialog(app, Dialog::Navigate(index))
                >
                    {icon("ui-navigate")}
                    <span>{t(Key::GoTo)}</span>
                </button>
                {call.map(|call| view! {
                    <a class="button" href=call>{icon("ui-phone")}<span>{t(Key::Call)}</span></a>
                })}
            </div>
            {facts::notices(app, words, station)}
            {offers::offers(words, station)}
            {hours::hours(app, words, station, &world.holidays)}
            {contacts::contacts(app, words, station)}
            {place::place(app, words, station)}
            {facts::events(app, words, station)}
            {facts::photos(words, station)}
            {facts::links(words, station)}
            {facts::freshness(app, words, station)}
        </article>
    }
    .into_any())
}

/// The picture of a kind of station.
const fn kind_icon(kind: domain::station::Kind) -> &'static str {
    use domain::station::Kind;
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
