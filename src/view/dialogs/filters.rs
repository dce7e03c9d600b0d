//! All filters: when, what, which kind. They act at once; closing is only closing.

use domain::amenity::Amenity;
use domain::filter::OpenWhen;
use domain::station::Kind;
use domain::time::LocalDateTime;
use leptos::prelude::*;

use crate::i18n::{self, Key};
use crate::state::{actions, use_app};
use crate::view::finder::Chip;
use crate::view::icon::icon;
use crate::view::list::ResultCount;
use crate::view::words::use_words;

/// All filters.
#[component]
pub fn FilterChoices() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = move |key| words.t(key);
    let at = move || match app.filter().open {
        OpenWhen::At(at) => at.to_string(),
        _ => String::new(),
    };
    let choose_time = move |typed: String| match LocalDateTime::parse(&typed) {
        Some(at) => actions::set_open(app, OpenWhen::At(at)),
        None => actions::set_open(app, OpenWhen::Any),
    };
    let amenities = Amenity::ALL
        .iter()
        .map(|&amenity| view! {
            <Chip
                on=Signal::derive(move || app.filter().amenities.has(amenity))
                picture=amenity.word()
                label=i18n::amenity(words.0, amenity)
                tap=move || actions::toggle_amenity(app, amenity)
            />
        })
        .collect_view();
    let kinds = Kind::ALL
        .iter()
        .map(|&kind| view! {
            <option value=kind.word() selected=move || app.filter().kind == Some(kind)>{i18n::kind(words.0, kind)}</option>
        })
        .collect_view();
    view! {
        <fieldset>
            <legend>{t(Key::FilterTime)}</legend>
            <div class="chips wrap">
                <Chip
                    on=Signal::derive(move || app.filter().open == OpenWhen::Now)
                    picture="ui-clock"
                    label=t(Key::OpenNow)
                    tap=move || actions::toggle_open(app, OpenWhen::Now)
                />
                <Chip
                    on=Signal::derive(move || app.filter().open == OpenWhen::Always)
                    picture="ui-calendar"
                    label=t(Key::Open24)
                    tap=move || actions::toggle_open(app, OpenWhen::Always)
                />
            </div>
            <label class="field">
                <span>{t(Key::AtTime)}</span>
                <input
                    type="datetime-local"
                    prop:value=at
                    on:change:target=move |event| choose_time(event.target().value())
                />
            </label>
        </fieldset>
        <fieldset>
            <legend>{t(Key::FilterAmenities)}</legend>
            <div class="chips wrap">{amenities}</div>
        </fieldset>
        <label class="field">
            <span>{t(Key::FilterKind)}</span>
            <select on:change:target=move |event| actions::set_kind(app, Kind::from_word(&event.target().value()))>
                <option value="" selected=move || app.filter().kind.is_none()>{t(Key::AllKinds)}</option>
                {kinds}
            </select>
        </label>
        <div class="dialog-foot">
            <ResultCount/>
            <button type="button" class="button" on:click=move |_| actions::clear_filters(app)>
                {icon("ui-close")}
                <span>{t(Key::ClearAll)}</span>
            </button>
            <button type="button" class="button primary" on:click=move |_| actions::close_dialog(app)>
                {icon("ui-check")}
                <span>{t(Key::Done)}</span>
            </button>
        </div>
    }
}
