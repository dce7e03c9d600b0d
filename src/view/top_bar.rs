//! The bar over the map: the name, the sample mark, language, colours, about.

use domain::text::Lang;

use super::command::{Command, Plain};
use super::words::{html_lang, other_lang};
use crate::edge::dom::{El, el, icon, text};
use crate::i18n::{Key, tr};
use crate::state::App;
use crate::state::prefs::Theme;

/// The bar over the map.
pub fn top_bar(app: App) -> Vec<El> {
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
    let language = round("button", "bar-lang", t(Key::LangLabel))
        .attr("type", "button")
        .attr("lang", html_lang(other_lang(lang)))
        .command(&Command::Plain(Plain::Lang).to_word())
        .push(text("span", "lang-word", if lang == Lang::Zh { "EN" } else { "中" }));
    let colours = round("button", "bar-theme", &format!("{}: {}", t(Key::Theme), t(theme)))
        .attr("type", "button")
        .command(&Command::Plain(Plain::Theme).to_word())
        .push(icon(picture));
    let about = round("a", "bar-about", t(Key::About))
        .attr("href", "/about")
        .command(&Command::Plain(Plain::About).to_word())
        .push(icon("ui-info"));
    let tail = [el("span").class("grow"), language, colours, about];
    std::iter::once(brand).chain(tail).collect()
}
