//! The list: the accessible map. Nearest first, a screenful at a time; number keys open the first nine.

use domain::catalogue::Hit;
use domain::status::Status;
use domain::station::Station;
use domain::text::Lang;
use leptos::prelude::*;

use super::icon::icon;
use super::words::{say, use_words};
use crate::i18n::{self, Key};
use crate::routes::station_path;
use crate::state::{actions, use_app};

/// How many rows are shown at first, and how many more each time.
const PAGE: usize = 40;

/// How a status looks, beside its words.
pub fn status_class(status: Status) -> &'static str {
    match status.is_open() {
        Some(true) => "status is-open",
        Some(false) => "status is-closed",
        None => "status is-unknown",
    }
}

/// State of the door, distance and time to get there.
#[component]
pub fn StatusLine(hit: Hit) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let far = hit.metres.map(|metres| {
        let direction = app.world().and_then(|world| {
            let to = world.catalogue.station(hit.index)?.location.position?;
            let from = app.origin().position()?;
            Some(i18n::compass(words.0, domain::geodesy::Compass::from_to(from, to)))
        });
        view! {
            <span class="far">
                <b>{i18n::distance(words.0, metres)}</b>
                " "
                {direction}
                " · "
                {i18n::travel(words.0, metres)}
            </span>
        }
    });
    view! {
        <p class="status-line">
            <span class=status_class(hit.status)>{i18n::open_words(words.0, hit.status, app.now())}</span>
            {far}
        </p>
    }
}

/// The usable amenities as pictures with words.
pub fn amenity_row(lang: Lang, station: &Station) -> impl IntoView + use<> {
    let amenities: Vec<_> = station.usable().iter().collect();
    (!amenities.is_empty()).then(|| {
        view! {
            <ul class="amenity-row">
                {amenities
                    .into_iter()
                    .map(|amenity| view! {
                        <li>{icon(amenity.word())}<span>{i18n::amenity(lang, amenity)}</span></li>
                    })
                    .collect_view()}
            </ul>
        }
    })
}

/// The list of stations.
#[component]
pub fn StationList() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    // Another question starts at its first screenful again.
    let question = Memo::new(move |_| (app.filter(), app.search()));
    let widened = RwSignal::new((question.get_untracked(), PAGE));
    let shown = Memo::new(move |_| widened.with(|(asked, shown)| if *asked == question.get() { *shown } else { PAGE }));
    let more = move || app.hits().len().saturating_sub(shown.get());
    let numbered = move || app.hits().iter().take(shown.get()).copied().enumerate().collect::<Vec<_>>();
    view! {
        <ol class="list" aria-label=words.t(Key::List)>
            // Keyed by all that a row shows: a row that did not change is left alone.
            <For
                each=numbered
                key=move |(number, hit)| (
                    *number,
                    hit.index,
                    hit.status,
                    hit.metres.map(domain::geodesy::Distance::rounded),
                    app.now().date(),
                )
                children=move |(number, hit)| view! { <Row number=number hit=hit/> }
            />
        </ol>
        <Show when=move || { more() > 0 }>
            <button type="button" class="button wide" on:click=move |_| {
                widened.set((question.get_untracked(), shown.get_untracked() + PAGE));
            }>
                {words.t(Key::ShowMore)}
            </button>
        </Show>
    }
}

/// One station of the list.
#[component]
fn Row(number: usize, hit: Hit) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let world = app.world()?;
    let station = world.catalogue.station(hit.index)?;
    let id = station.id.clone();
    let starred = move || app.is_starred(&id);
    let place = format!("{}{}", station.location.city, station.location.district);
    Some(view! {
        <li class="row" class:is-chosen=move || app.chosen() == Some(hit.index)>
            <a
                id=format!("row-{}", station.id)
                href=station_path(&station.id)
                on:click=move |event| {
                    event.prevent_default();
                    actions::choose(app, hit.index);
                }
            >
                <span class="row-head">
                    <span class="row-name">{say(words, &station.name)}</span>
                    <Show when=starred.clone()>
                        <span class="row-star">{icon("ui-star-on")}<span class="unseen">{words.t(Key::Starred)}</span></span>
                    </Show>
                    {(number < 9).then(|| view! { <kbd class="row-number" aria-hidden="true">{number + 1}</kbd> })}
                </span>
                <StatusLine hit=hit/>
                <span class="row-place">
                    {i18n::kind(words.0, station.kind)}
                    " · "
                    {place}
                    {station.location.position.is_none().then(|| format!(" · {}", words.t(Key::NoPlace)))}
                </span>
                {amenity_row(words.0, station)}
            </a>
        </li>
    })
}

/// How many are listed, said aloud when it changes.
#[component]
pub fn ResultCount() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let count = move || {
        let hits = app.hits();
        let open = hits.iter().filter(|hit| hit.status.is_open() == Some(true)).count();
        i18n::phrase_count(words.0, hits.len(), open)
    };
    view! { <p class="count" role="status" aria-live="polite">{count}</p> }
}
