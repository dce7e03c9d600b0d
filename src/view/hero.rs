//! The head of the sheet: the nearest open station and its two buttons, or how to find out where the rider is.

use domain::catalogue::Hit;
use leptos::either::EitherOf4;
use leptos::prelude::*;

use super::icon::icon;
use super::list::{StatusLine, amenity_row};
use super::words::{say, use_words};
use crate::edge::geolocation::FixError;
use crate::i18n::{self, Key};
use crate::state::hero::Hero;
use crate::state::{Dialog, Locating, Origin, actions, use_app};

/// The head of the sheet.
#[component]
pub fn HeroCard() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    move || match app.hero() {
        Hero::Ask => EitherOf4::A(view! { <AskPlace/> }),
        Hero::Open(hit) => EitherOf4::B(view! { <Nearest hit=hit title=words.t(Key::Nearest)/> }),
        Hero::NoneOpen(hit) => EitherOf4::C(view! { <Nearest hit=hit title=words.t(Key::NearestNoneOpen)/> }),
        Hero::Nothing => EitherOf4::D(view! { <Nothing/> }),
    }
}

/// How to find out where the rider is.
#[component]
fn AskPlace() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = move |key| words.t(key);
    let trouble = move || match app.locating() {
        Locating::Failed(FixError::Refused) => Some(t(Key::FixRefused)),
        Locating::Failed(FixError::TimedOut) => Some(t(Key::FixTimedOut)),
        Locating::Failed(FixError::Unavailable) => Some(t(Key::FixUnavailable)),
        Locating::Idle | Locating::Asking => None,
    };
    let asking = move || app.locating() == Locating::Asking;
    view! {
        <div class="hero ask">
            <h2 class="hero-title">{t(Key::AskPlaceTitle)}</h2>
            <p class="hint" class:trouble=move || trouble().is_some() role="status">
                {move || trouble().unwrap_or_else(|| t(Key::AskPlaceWhy))}
            </p>
            <div class="buttons">
                <button
                    type="button"
                    class="button primary"
                    aria-busy=move || asking().to_string()
                    on:click=move |_| actions::locate(app)
                >
                    {icon("ui-locate")}
                    <span>{move || t(if asking() { Key::Locating } else { Key::Locate })}</span>
                </button>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| actions::open_dialog(app, Dialog::Place)
                >
                    {icon("ui-pin")}
                    <span>{t(Key::ChoosePlace)}</span>
                </button>
            </div>
        </div>
    }
}

/// A station with its two buttons.
#[component]
fn Nearest(hit: Hit, title: &'static str) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = move |key| words.t(key);
    let world = app.world()?;
    let station = world.catalogue.station(hit.index)?;
    let from = match app.origin() {
        Origin::Chosen { name: Some(name), .. } => Some(format!("{} {name}", t(Key::FromChosen))),
        Origin::Chosen { name: None, .. } => Some(t(Key::FromChosen).to_owned()),
        Origin::Rider(_) | Origin::Unknown => None,
    };
    let call = station.first_call().and_then(|(_, phone)| phone.dial()).map(|dial| format!("tel:{dial}"));
    let id = station.id.clone();
    Some(view! {
        <article class="hero nearest" data-station=id.to_string()>
            <p class="hero-kicker">
                {title}
                {from.map(|from| view! { <span class="from">" · "{from}</span> })}
                <button type="button" class="link" on:click=move |_| actions::open_dialog(app, Dialog::Place)>
                    {t(Key::ChangePlace)}
                </button>
            </p>
            <a class="hero-main" href=crate::routes::station_path(&station.id) on:click=move |event| {
                event.prevent_default();
                actions::choose(app, hit.index);
            }>
                <h2 class="hero-title">{say(words, &station.name)}</h2>
                <StatusLine hit=hit/>
                {amenity_row(words.0, station)}
            </a>
            <div class="buttons">
                <button
                    type="button"
                    class="button primary"
                    on:click=move |_| actions::open_dialog(app, Dialog::Navigate(hit.index))
                >
                    {icon("ui-navigate")}
                    <span>{t(Key::GoTo)}</span>
                </button>
                {match call {
                    Some(call) => view! {
                        <a class="button" href=call>
                            {icon("ui-phone")}
                            <span>{t(Key::Call)}</span>
                        </a>
                    }
                        .into_any(),
                    None => view! {
                        <button type="button" class="button" on:click=move |_| actions::choose(app, hit.index)>
                            {icon("ui-info")}
                            <span>{i18n::tr(words.0, Key::Contact)}</span>
                        </button>
                    }
                        .into_any(),
                }}
            </div>
        </article>
    })
}

/// Nothing fits: why, and what next.
#[component]
fn Nothing() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = move |key| words.t(key);
    let is_empty = move || app.world().is_some_and(|world| world.catalogue.stations().is_empty());
    view! {
        <div class="hero nothing">
            <h2 class="hero-title">{move || t(if is_empty() { Key::EmptyData } else { Key::NoMatch })}</h2>
            <Show when=move || !is_empty()>
                <p class="hint">{t(Key::NoMatchHint)}</p>
                <div class="buttons">
                    <button type="button" class="button primary" on:click=move |_| actions::clear_filters(app)>
                        {icon("ui-close")}
                        <span>{t(Key::ClearAll)}</span>
                    </button>
                </div>
            </Show>
        </div>
    }
}
