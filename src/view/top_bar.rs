//! The bar over the map: the name, the marks of old and of sample data, language, colours, about.

use domain::text::Lang;

use super::banners;
use super::command::{Command, Plain};
use super::words::{html_lang, other_lang};
use crate::edge::dom::{El, el, icon, text};
use crate::i18n::{Key, tr};
use crate::state::App;
use crate::state::freshness::Refresh;
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
    let world = app.world();
    let old = match app.refresh() {
        Refresh::Failed { error, .. } if world.is_some() => Some(banners::why(&error)),
        _ => None,
    };
    let is_sample = world.is_some_and(|world| world.catalogue.dataset().sample);
    let marks = [old, is_sample.then_some(Key::Sample)];
    let marks: Vec<&str> = marks.into_iter().flatten().map(t).collect();
    let mark = (!marks.is_empty()).then(|| text("span", "sample", &marks.join(" · ")));
    let brand = el("a")
        .class("brand")
        .attr("href", "/")
        .attr("id", "bar-home")
        .command(&Command::Plain(Plain::Home).to_word())
        .push(icon("ui-heart"))
        .push(el("span").class("brand-words").push(text("span", "brand-name", t(Key::Brand))).maybe(mark));
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
