//! What this is, who answers for the data, what happens to a rider's position, where the map comes from,
//! and the city's service numbers.

use domain::phone::Phone;
use leptos::prelude::*;

use super::icon::icon;
use super::problem::PageBar;
use super::words::{Words, say, use_words};
use crate::data::World;
use crate::edge::page;
use crate::i18n::{self, Key};
use crate::state::{App, use_app};

/// The page about this map.
#[component]
pub fn AboutPage() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = move |key| words.t(key);
    page::set_title(t(Key::About));
    Effect::new(|_| page::focus("page-title"));
    view! {
        <article class="layer page about">
            <PageBar>{()}</PageBar>
            <h1 id="page-title" tabindex="-1">{t(Key::About)}</h1>
            <p class="lead">{t(Key::AboutIntro)}</p>
            <section>
                <h2>{icon("ui-locate")}{t(Key::AboutPrivacy)}</h2>
                <p>{t(Key::AboutPrivacyText)}</p>
            </section>
            {move || app.world().map(|world| view! {
                {service_numbers(words, &world)}
                {data_section(app, words, &world)}
                {map_section(words, &world)}
                {records(&world)}
            })}
        </article>
    }
    .into_any()
}

/// A number as a link to call it, or as plain text.
pub fn call_link(phone: &Phone) -> AnyView {
    match phone.dial() {
        Some(dial) => view! {
            <a class="call" href=format!("tel:{dial}")>{icon("ui-phone")}{phone.text().to_owned()}</a>
        }
        .into_any(),
        None => view! { <span class="call">{phone.text().to_owned()}</span> }.into_any(),
    }
}

fn service_numbers(words: Words, world: &World) -> impl IntoView + use<> {
    let numbers = world.site.service_numbers.iter().map(|number| {
        let note = number.note.as_ref().map(|note| view! { <p class="hint">{say(words, note)}</p> });
        view! {
            <li class="number">
                <div>
                    <p class="number-name">{say(words, &number.name)}{number.city.clone().map(|city| format!(" · {city}"))}</p>
                    {note}
                </div>
                <div>{number.phones.iter().map(call_link).collect_view()}</div>
            </li>
        }
    });
    let numbers = numbers.collect_view();
    view! {
        <section>
            <h2>{icon("ui-phone")}{words.t(Key::AboutService)}</h2>
            <ul class="numbers">{numbers}</ul>
        </section>
    }
}

fn data_section(app: App, words: Words, world: &World) -> impl IntoView + use<> {
    let dataset = world.catalogue.dataset();
    let count = world.catalogue.stations().len().to_string();
    let of = i18n::published(words.0, &world.index.published_at, app.now().date());
    let fact = |key: Key, value: AnyView| view! { <div><dt>{words.t(key)}</dt><dd>{value}</dd></div> };
    view! {
        <section>
            <h2>{icon("ui-list")}{words.t(Key::AboutData)}</h2>
            <p><b>{say(words, &dataset.title)}</b></p>
            {dataset.sample.then(|| view! { <p class="notice-text">{words.t(Key::SampleWarning)}</p> })}
            <dl class="facts">
                {dataset.publisher.as_ref().map(|text| fact(Key::DataPublisher, say(words, text).into_any()))}
                {dataset.contact.as_ref().map(|text| fact(Key::Contact, say(words, text).into_any()))}
                {dataset.licence.clone().map(|text| fact(Key::DataLicence, text.into_any()))}
                {of.map(|of| fact(Key::DataDate, of.into_any()))}
                {fact(Key::DataStations, count.into_any())}
            </dl>
        </section>
    }
}

fn map_section(words: Words, world: &World) -> impl IntoView + use<> {
    let source = world.site.map_source.as_ref().map(|source| view! { <p>{say(words, source)}</p> });
    let number = world.site.review_number.clone();
    view! {
        <section>
            <h2>{icon("ui-map")}{words.t(Key::AboutMap)}</h2>
            <p>{words.t(Key::AboutMapSketch)}</p>
            {source}
            {number.map(|number| view! { <p>"审图号："{number}</p> })}
        </section>
    }
}

fn records(world: &World) -> impl IntoView + use<> {
    let records = [world.site.icp.clone(), world.site.police_icp.clone()];
    records.into_iter().flatten().map(|record| view! { <p class="hint">{record}</p> }).collect_view()
}
