//! What is said of old data and newer versions, over the list and over a page, and in their place while there are no
//! data: each with a next step.

use super::command::{Command, Plain};
use super::words::{button, call_button, link_button, say};
use crate::data::{FetchError, LoadError};
use crate::edge::dom::{El, el, icon, text};
use crate::i18n::{self, Key, tr};
use crate::routes::Page;
use crate::state::App;
use crate::state::freshness::Refresh;

/// An emergency; or why there is nothing yet.
pub fn banners(app: App) -> Vec<El> {
    let panel = app.world().is_none().then(|| load_panel(app));
    emergency(app).into_iter().chain(panel).collect()
}

/// That what is shown is what the phone kept; that a newer version of the app waits. Below the nearest station, which is
/// what a rider without a network came for; the bar over the map says in two words that there is none.
pub fn freshness(app: App) -> Vec<El> {
    stale(app).into_iter().chain(newer(app)).collect()
}

fn newer(app: App) -> Option<El> {
    let lang = app.lang();
    let take = || link_button(tr(lang, Key::NewerTake), &Command::Plain(Plain::Reload));
    let section = || el("section").class("banner newer").attr("role", "status").push(icon("ui-retry"));
    app.newer().then(|| section().push(text("p", "", tr(lang, Key::Newer))).push(take()))
}

/// The same over a page; none over the list, which has its own.
pub fn over_page(app: App) -> Vec<El> {
    if app.page() == Page::Home {
        return Vec::new();
    }
    emergency(app).into_iter().chain(freshness(app)).collect()
}

fn emergency(app: App) -> Option<El> {
    let lang = app.lang();
    let world = app.world()?;
    let emergency = world.emergency(app.now())?;
    let calls = emergency.contacts.iter().flat_map(|contact| {
        let dials = contact.phones.iter().filter_map(|phone| Some((phone.dial()?, phone.text())));
        dials.map(|(dial, text)| call_button("button", dial, &[contact.name.get(lang), " ", text].concat()))
    });
    let calls: Vec<El> = calls.collect();
    let since = emergency.since.map(|since| {
        let words = [tr(lang, Key::From), " ", &i18n::moment(lang, since, app.today())].concat();
        text("p", "", &words)
    });
    Some(
        el("section")
            .class("banner emergency")
            .attr("role", "alert")
            .push(el("h2").push(icon("ui-warning")).say(tr(lang, Key::EmergencyBanner)))
            .push(el("p").push(say(lang, &emergency.text)))
            .maybe(since)
            .push(el("div").class("buttons").all(calls)),
    )
}

fn stale(app: App) -> Option<El> {
    let Refresh::Failed { error, age } = app.refresh() else {
        return None;
    };
    let world = app.world()?;
    let lang = app.lang();
    let (words, again) = again(lang, &error);
    let words = i18n::kept(lang, tr(lang, words), &world.index.published_at, app.today(), age);
    let section = el("section").class("banner stale").attr("role", "status");
    Some(section.push(icon("ui-offline")).push(text("p", "", &words)).push(again))
}

/// In two words why newer data did not come.
pub fn why(error: &LoadError) -> Key {
    match error {
        LoadError::Fetch { error: FetchError::Unreachable | FetchError::TimedOut, .. } => Key::Offline,
        _ => Key::Stale,
    }
}

/// What to say of a failure while there are old data, and the button that helps.
fn again(lang: domain::text::Lang, error: &LoadError) -> (Key, El) {
    let (words, label, plain) = match error {
        LoadError::NewerSchema => (Key::NewerSchema, Key::Reload, Plain::Reload),
        error => (why(error), Key::Refresh, Plain::Refresh),
    };
    (words, link_button(tr(lang, label), &Command::Plain(plain)))
}

/// In the list's place while there are no data: loading, or why not and what next.
fn load_panel(app: App) -> El {
    load_panel_of(app, app.refresh())
}

/// In a station's place while it is not known whether there is such a one.
pub fn seeking(app: App) -> Vec<El> {
    vec![load_panel_of(app, app.growth())]
}

/// That something is being loaded, or why it did not come and what next.
fn load_panel_of(app: App, how: Refresh) -> El {
    let lang = app.lang();
    let t = |key| tr(lang, key);
    let list = button("button", "ui-list", t(Key::PlainList), &Command::Plain(Plain::TextList));
    let Refresh::Failed { error, .. } = how else {
        let rows = (0..3).map(|_| el("i")).collect();
        // The way out shows itself when loading takes long: see the style sheet.
        return el("div")
            .class("panel loading")
            .push(text("p", "", t(Key::Loading)).attr("role", "status"))
            .push(el("div").class("buttons").push(list))
            .push(el("div").class("skeleton").attr("aria-hidden", "true").all(rows));
    };
    let (label, plain) = match error {
        LoadError::NewerSchema => (Key::Reload, Plain::Reload),
        _ => (Key::Refresh, Plain::Refresh),
    };
    let again =
        button("button primary", "ui-retry", t(label), &Command::Plain(plain)).attr("id", "load-again");
    el("div")
        .class("panel problem")
        .attr("role", "alert")
        .push(el("h2").push(icon("ui-warning")).say(t(Key::OfflineTitle)))
        .push(text("p", "", &i18n::load_error(lang, &error)))
        .push(el("div").class("buttons").push(again).push(list))
}
