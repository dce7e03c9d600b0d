//! The page over the list, by the address.

use super::about;
use super::command::{Command, Plain};
use super::station;
use super::words::button;
use crate::edge::dom::{El, el, icon, text};
use crate::i18n::{Key, tr};
use crate::routes::Page;
use crate::state::App;

/// The heading of a page: where the focus goes when it opens.
pub fn heading() -> El {
    el("h1").attr("id", "page-title").attr("tabindex", "-1")
}

/// The bar of the page: back, and the station's star.
pub fn bar(app: App) -> Vec<El> {
    let t = |key| tr(app.lang(), key);
    let back = el("button")
        .attr("type", "button")
        .class("back")
        .attr("id", "page-back")
        .command(&Command::Plain(Plain::Back).to_word())
        .push(icon("ui-back"))
        .push(text("span", "", t(Key::BackToList)));
    let world = app.world();
    let id = app.chosen().and_then(|index| Some(world.as_ref()?.catalogue.station(index)?.id.clone()));
    let star = id.map(|id| {
        let on = app.is_starred(&id);
        let (picture, label) = if on { ("ui-star-on", Key::Starred) } else { ("ui-star", Key::Star) };
        button("star", picture, t(label), &Command::Star(id))
            .attr("id", "page-star")
            .attr("aria-pressed", if on { "true" } else { "false" })
    });
    let share = app.chosen().map(|index| {
        button("share", "ui-share", t(Key::Share), &Command::Share(index)).attr("id", "page-share")
    });
    vec![back, el("span").class("grow")].into_iter().chain(share).chain(star).collect()
}

/// The page's content; none on the list's own address.
pub fn page(app: App) -> Vec<El> {
    match app.page() {
        Page::Home => Vec::new(),
        Page::About => about::about(app),
        Page::Unknown => missing(app, Key::NotFound, Key::NotFoundHint),
        Page::Station(_) => match (app.world(), app.chosen()) {
            (Some(world), Some(index)) => station::station(app, &world, index),
            (Some(_), None) if app.is_absent() => missing(app, Key::StationMissing, Key::StationMissingHint),
            (Some(_), None) => super::banners::seeking(app),
            // Until the data are there the banners' panel says what is going on.
            (None, _) => super::banners::banners(app),
        },
    }
}

/// The title of the tab.
pub fn title(app: App) -> String {
    let t = |key| tr(app.lang(), key);
    let station = || Some(app.world()?.catalogue.station(app.chosen()?)?.name.get(app.lang()).to_owned());
    match app.page() {
        Page::Home => t(Key::Brand).to_owned(),
        Page::About => format!("{} · {}", t(Key::About), t(Key::Brand)),
        Page::Unknown => t(Key::NotFound).to_owned(),
        Page::Station(_) => {
            format!("{} · {}", station().unwrap_or_else(|| t(Key::StationMissing).to_owned()), t(Key::Brand))
        }
    }
}

/// Something that is not there, and the way back to the list.
fn missing(app: App, title: Key, hint: Key) -> Vec<El> {
    let t = |key| tr(app.lang(), key);
    let list = button("button primary", "ui-list", t(Key::BackToList), &Command::Plain(Plain::Back));
    vec![heading().say(t(title)), text("p", "hint", t(hint)), el("div").class("buttons").push(list)]
}
