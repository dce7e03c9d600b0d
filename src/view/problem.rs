//! What is said when something is missing, late or wrong, each with a next step.

use leptos::prelude::*;

use super::icon::icon;
use super::words::{say, use_words};
use crate::data::LoadError;
use crate::edge::page;
use crate::i18n::{self, Key};
use crate::state::{Refresh, actions, use_app};

/// In the list's place while there are no data: loading, or why not and what next.
#[component]
pub fn LoadPanel() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = move |key| words.t(key);
    // The plain list of the page itself stands below for as long as there is nothing better.
    Effect::new(move |_| {
        let failed = app.world().is_none() && matches!(app.refresh(), Refresh::Failed(_));
        page::set_root_attribute("data-plain", failed.then_some("shown"));
    });
    on_cleanup(|| page::set_root_attribute("data-plain", None));
    move || match app.refresh() {
        Refresh::Asking | Refresh::Done => view! {
            <div class="panel loading" role="status">
                <p>{t(Key::Loading)}</p>
                <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>
            </div>
        }
            .into_any(),
        Refresh::Failed(error) => {
            let newer = error == LoadError::NewerSchema;
            view! {
                <div class="panel problem" role="alert">
                    <h2>{icon("ui-warning")}{t(Key::OfflineTitle)}</h2>
                    <p>{i18n::load_error(words.0, &error)}</p>
                    <div class="buttons">
                        <button
                            type="button"
                            class="button primary"
                            on:click=move |_| if newer { page::reload() } else { actions::refresh(app) }
                        >
                            {icon("ui-retry")}
                            <span>{t(if newer { Key::Reload } else { Key::Refresh })}</span>
                        </button>
                    </div>
                </div>
            }
                .into_any()
        }
    }
}

/// What stands over the list: an emergency, kept data, sample data.
#[component]
pub fn Banners() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = move |key| words.t(key);
    let emergency = move || {
        let world = app.world()?;
        let emergency = world.site.emergency.as_ref()?;
        let over = emergency.until.is_some_and(|until| until.end() <= app.now());
        (!over).then(|| {
            let calls: Vec<_> = emergency
                .contacts
                .iter()
                .flat_map(|contact| {
                    contact.phones.iter().filter_map(|phone| phone.dial()).map(|dial| view! {
                        <a class="button" href=format!("tel:{dial}")>
                            {icon("ui-phone")}
                            {say(words, &contact.name)}
                        </a>
                    })
                })
                .collect();
            view! {
                <section class="banner emergency" role="alert">
                    <h2>{icon("ui-warning")}{t(Key::EmergencyBanner)}</h2>
                    <p>{say(words, &emergency.text)}</p>
                    <div class="buttons">{calls}</div>
                </section>
            }
        })
    };
    let stale = move || match (app.world(), app.refresh()) {
        (Some(world), Refresh::Failed(error)) => {
            let of = i18n::published(words.0, &world.index.published_at, app.now().date());
            let newer = error == LoadError::NewerSchema;
            Some(view! {
                <section class="banner stale" role="status">
                    {icon("ui-offline")}
                    <p>
                        {t(if newer { Key::NewerSchema } else { Key::Stale })}
                        {of.map(|of| format!(" ({} {of})", t(Key::DataDate)))}
                    </p>
                    <button
                        type="button"
                        class="link"
                        on:click=move |_| if newer { page::reload() } else { actions::refresh(app) }
                    >
                        {t(if newer { Key::Reload } else { Key::Refresh })}
                    </button>
                </section>
            })
        }
        _ => None,
    };
    view! {
        {emergency}
        {stale}
    }
}

/// An address that is no page of ours.
#[component]
pub fn UnknownPage() -> impl IntoView {
    view! { <Missing title=Key::NotFound hint=Key::NotFoundHint/> }
}

/// Something that is not there, and the way back to the list.
#[component]
pub fn Missing(title: Key, hint: Key) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    page::set_title(words.t(title));
    view! {
        <article class="layer page missing">
            <h1 id="page-title" tabindex="-1">{words.t(title)}</h1>
            <p class="hint">{words.t(hint)}</p>
            <div class="buttons">
                <button type="button" class="button primary" on:click=move |_| actions::go_back(app)>
                    {icon("ui-list")}
                    <span>{words.t(Key::BackToList)}</span>
                </button>
            </div>
        </article>
    }
}

/// The head of a page: back, and what else belongs to the page.
#[component]
pub fn PageBar(children: Children) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    view! {
        <nav class="page-bar">
            <button type="button" class="back" on:click=move |_| actions::go_back(app)>
                {icon("ui-back")}
                <span>{words.t(Key::BackToList)}</span>
            </button>
            <span class="grow"></span>
            {children()}
        </nav>
    }
}
