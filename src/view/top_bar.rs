//! The bar over the map: the name, sample mark, language, colours, about.

use domain::text::Lang;
use leptos::prelude::*;

use super::icon::icon;
use super::words::use_words;
use crate::i18n::Key;
use crate::state::actions;
use crate::state::prefs::Theme;
use crate::state::use_app;

/// The bar over the map.
#[component]
pub fn TopBar() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = move |key| words.t(key);
    let theme = move || match app.theme() {
        Theme::System => ("ui-auto", Key::ThemeSystem),
        Theme::Light => ("ui-sun", Key::ThemeLight),
        Theme::Dark => ("ui-moon", Key::ThemeDark),
    };
    let other = if words.0 == Lang::Zh { Lang::En } else { Lang::Zh };
    let is_sample = move || app.world().is_some_and(|world| world.catalogue.dataset().sample);
    view! {
        <header class="top-bar">
            <a class="brand" href="/" on:click=move |event| {
                event.prevent_default();
                actions::go_list(app);
            }>
                {icon("ui-heart")}
                <span class="brand-name">{t(Key::Brand)}</span>
            </a>
            <Show when=is_sample>
                <span class="sample" title=t(Key::SampleWarning)>{t(Key::Sample)}</span>
            </Show>
            <span class="grow"></span>
            <button
                class="round"
                type="button"
                lang=if other == Lang::En { "en" } else { "zh-CN" }
                aria-label=t(Key::LangLabel)
                on:click=move |_| actions::set_lang(app, other)
            >
                <span class="lang-word" aria-hidden="true">{if other == Lang::En { "EN" } else { "中" }}</span>
            </button>
            <button
                class="round"
                type="button"
                aria-label=move || format!("{}: {}", t(Key::Theme), t(theme().1))
                title=move || t(theme().1)
                on:click=move |_| actions::next_theme(app)
            >
                {move || icon(theme().0)}
            </button>
            <a class="round" href="/about" aria-label=t(Key::About) on:click=move |event| {
                event.prevent_default();
                actions::open_about(app);
            }>
                {icon("ui-info")}
            </a>
        </header>
    }
}
