//! The bar over the map: the name, the sample mark, language, colours, about.

use domain::text::Lang;
use leptos::html::Div;
use leptos::prelude::*;

use super::command::{Command, Plain};
use super::slot::fill;
use super::words::html_lang;
use crate::edge::dom::{El, el, icon, text};
use crate::i18n::{Key, tr};
use crate::state::prefs::Theme;
use crate::state::{App, actions};

const LANG: &str = "bar-lang";
const THEME: &str = "bar-theme";

/// The bar over the map.
#[component]
pub fn TopBar(app: App) -> impl IntoView {
    let bar = NodeRef::<Div>::new();
    fill(bar, Box::new(move || content(app)));
    let tap = move |event: leptos::ev::MouseEvent| match crate::edge::dom::button_id(&event).as_deref() {
        Some(LANG) => actions::set_lang(app, other(app.lang())),
        Some(THEME) => actions::next_theme(app),
        _ => {}
    };
    view! { <header><div class="top-bar" node_ref=bar on:click=tap></div></header> }
}

const fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    }
}

fn content(app: App) -> Vec<El> {
    let lang = app.lang();
    let t = |key| tr(lang, key);
    let (picture, theme) = match app.theme() {
        Theme::System => ("ui-auto", Key::ThemeSystem),
        Theme::Light => ("ui-sun", Key::ThemeLight),
        Theme::Dark => ("ui-moon", Key::ThemeDark),
    };
    let is_sample = app.world().is_some_and(|world| world.catalogue.dataset().sample);
    let sample = is_sample.then(|| text("span", "sample", t(Key::Sample)));
    let brand = el("a")
        .class("brand")
        .attr("href", "/")
        .attr("id", "bar-home")
        .command(&Command::Plain(Plain::Home).to_word())
        .push(icon("ui-heart"))
        .push(el("span").class("brand-words").push(text("span", "brand-name", t(Key::Brand))).maybe(sample));
    let round =
        |tag: &str, id: &str, label: &str| el(tag).class("round").attr("id", id).attr("aria-label", label);
    let language = round("button", LANG, t(Key::LangLabel))
        .attr("type", "button")
        .attr("lang", html_lang(other(lang)))
        .push(text("span", "lang-word", if lang == Lang::Zh { "EN" } else { "中" }));
    let colours = round("button", THEME, &format!("{}: {}", t(Key::Theme), t(theme)))
        .attr("type", "button")
        .push(icon(picture));
    let about = round("a", "bar-about", t(Key::About))
        .attr("href", "/about")
        .command(&Command::Plain(Plain::About).to_word())
        .push(icon("ui-info"));
    let tail = [el("span").class("grow"), language, colours, about];
    std::iter::once(brand).chain(tail).collect()
}
