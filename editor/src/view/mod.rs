//! What is seen: a head, the form or what came of it, and a bar at the bottom within a thumb's reach.

mod changes;
mod contacts;
mod events;
mod form;
mod notices;
mod offers;
mod place;
mod review;
mod signing;
mod today;

use domain::station::Station;
use domain::text::{Lang, Text};
use love_stations::data::{FetchError, LoadError};
use love_stations::edge::dom::{
    El, by_id, el, icon, renew, replace, set_class, text, to_top as scroll_to_top,
};
use love_stations::edge::page;
use love_stations::i18n;
use love_stations::routes::station_path;

use crate::form::Form;
use crate::state::{Denied, Editor, Screen, Shown};
use crate::tap::{Plain, Tap};
use crate::words::{self, Key, tr};

/// The id of everything.
pub const ROOT: &str = "editor";
/// The id of the sketch of the place.
pub const SKETCH: &str = "sketch";
const MAIN: &str = "editor-main";

/// What never changes: the regions.
pub fn frame() -> El {
    let region = |tag: &str, id: &str| el(tag).attr("id", id);
    let main = region("main", MAIN)
        // What is longer than the screen is scrolled by keys, too.
        .attr("tabindex", "0")
        .push(region("div", "banners"))
        .push(region("div", "body"));
    el("div")
        .attr("id", ROOT)
        .push(region("header", "head"))
        .push(main)
        .push(region("footer", "bar"))
        .push(region("div", "toast").class("toast").attr("role", "status"))
}

/// Draws the regions anew; the form only where it may be.
pub fn show(editor: &Editor, with_body: bool) {
    editor.with(|shown| {
        let station = editor.id.as_ref().and_then(|id| shown.station(id));
        let station = station.as_ref();
        let lang = shown.lang;
        page::set_root_attribute("lang", Some(html_lang(lang)));
        page::set_title(&title(shown, station));
        fill("head", head(editor, shown, station));
        fill("banners", banners(editor, shown, station));
        fill("bar", station.map(|station| bar(shown, station)).unwrap_or_default());
        if with_body {
            // What is in its fields is not seen from outside: always anew.
            if let Some(place) = by_id("body") {
                replace(&place, body(shown, station));
            }
        }
    });
    show_toast(editor);
}

/// What follows what is typed: nothing that is typed into.
pub fn follow_typing(editor: &Editor, field: &str) {
    editor.with(|shown| {
        let Some(station) = editor.id.as_ref().and_then(|id| shown.station(id)) else { return };
        match field {
            "hours" => fill("hours-seen", form::hours_seen(shown, &station)),
            _ if field.starts_with("phone-") || field == "contact-phone" => {
                fill("phones-seen", contacts::seen(shown, &station));
            }
            _ if field.starts_with("ev-") => events::follow(shown, &station, field),
            _ => {}
        }
        fill("bar", bar(shown, &station));
    });
}

/// The short word at the bottom, or none.
pub fn show_toast(editor: &Editor) {
    let word = editor.with(|shown| shown.toast.map(|key| tr(shown.lang, key)));
    fill("toast", word.map(|word| text("span", "", word)).into_iter().collect());
    set_class("toast", "is-shown", word.is_some());
}

/// A new screen is read from its top.
pub fn to_top() {
    scroll_to_top(MAIN);
    page::focus("title");
}

fn fill(id: &str, content: Vec<El>) {
    if let Some(place) = by_id(id) {
        renew(&place, content);
    }
}

fn title(shown: &Shown, station: Option<&Station>) -> String {
    let title = tr(shown.lang, Key::Title);
    station.map_or_else(|| title.to_owned(), |station| [station.name.get(shown.lang), " - ", title].concat())
}

fn head(editor: &Editor, shown: &Shown, station: Option<&Station>) -> Vec<El> {
    let lang = shown.lang;
    let back = match (shown.screen, &editor.id) {
        (Screen::Form, Some(id)) => el("a").attr("href", &station_path(id)),
        (Screen::Form, None) => el("a").attr("href", "/"),
        _ => el("button").attr("type", "button").command(&Tap::Plain(Plain::Form).to_word()),
    };
    let back = back.class("back").attr("id", "back").push(icon("ui-back")).push(text(
        "span",
        "",
        tr(lang, Key::Back),
    ));
    let waits = shown.queue.entries.len();
    let mine = (waits > 0 && shown.screen == Screen::Form).then(|| {
        let label = [tr(lang, Key::Changes), " ", &waits.to_string()].concat();
        text("button", "link", &label)
            .attr("type", "button")
            .attr("id", "to-changes")
            .command(&Tap::Plain(Plain::Changes).to_word())
    });
    let other = text("button", "round lang-word", tr(lang, Key::Lang))
        .attr("type", "button")
        .attr("id", "lang")
        .attr("aria-label", tr(lang, Key::LangLabel))
        .command(&Tap::Plain(Plain::Lang).to_word());
    let bar = el("div").class("editor-bar").push(back).push(el("span").class("grow")).maybe(mine).push(other);
    let sample = shown.world.as_ref().is_some_and(|world| world.catalogue.dataset().sample);
    let what = match shown.screen {
        Screen::Form => Key::Title,
        Screen::Review => Key::Review,
        Screen::Changes => Key::Changes,
    };
    let name = station.map(|station| {
        el("p")
            .class("kicker")
            .push(say(lang, &station.name))
            .maybe(sample.then(|| text("span", "sample", tr(lang, Key::Sample))))
    });
    vec![
        bar,
        text("h1", "", tr(lang, what)).attr("id", "title").attr("tabindex", "-1"),
        name.unwrap_or_else(|| el("p")),
    ]
}

/// What stands in the way, each with a next step.
fn banners(editor: &Editor, shown: &Shown, station: Option<&Station>) -> Vec<El> {
    let lang = shown.lang;
    let t = |key| tr(lang, key);
    let mut all = Vec::new();
    let retry = || button("link", Key::TryAgain, lang, &Tap::Plain(Plain::Retry)).attr("id", "retry");
    let banner =
        |words: &str| el("div").class("banner stale").attr("role", "status").push(text("p", "", words));
    if shown.unkept {
        let send =
            shown.has_api() && shown.key.is_some() && !shown.send_unkept && !shown.queue.entries.is_empty();
        let anyway = send.then(|| {
            button("link", Key::SendAnyway, lang, &Tap::Plain(Plain::SendAnyway)).attr("id", "send-anyway")
        });
        all.push(banner(t(Key::Unkept)).attr("id", "unkept").maybe(anyway));
    }
    let renew = || button("link", Key::NewerTake, lang, &Tap::Plain(Plain::Reload)).attr("id", "renew");
    let is_old = matches!(shown.failed, Some(LoadError::NewerSchema));
    if shown.newer || is_old {
        all.push(banner(t(Key::Newer)).attr("id", "newer").push(renew()));
    }
    if let Some(error) = shown.failed.as_ref().filter(|_| station.is_some() && !is_old) {
        let words = match error {
            LoadError::Fetch { error: FetchError::Unreachable | FetchError::TimedOut, .. } => {
                t(if shown.has_api() { Key::Offline } else { Key::OfflineCode }).to_owned()
            }
            other => i18n::load_error(lang, other),
        };
        all.push(banner(&words).attr("id", "offline").push(retry()));
    } else if let (Some(status), None) = (shown.unsent, shown.denied) {
        let words = if status == 0 { t(Key::Offline).to_owned() } else { words::not_sent(lang, status) };
        all.push(banner(&words).attr("id", "unsent").push(retry()));
    }
    if shown.has_api() && editor.id.is_some() && (shown.key.is_none() || shown.denied.is_some()) {
        let words = match shown.denied {
            None => Key::KeyAsk,
            Some(Denied::Over) => Key::KeyEnd,
            Some(Denied::Other) => Key::KeyOther,
        };
        let field = input("short-code", &shown.short_code, t(Key::KeyLabel))
            .attr("maxlength", "20")
            .attr("autocapitalize", "characters");
        let used = button("button", Key::KeySend, lang, &Tap::Plain(Plain::Key)).attr("id", "key-send");
        all.push(
            banner(t(words))
                .attr("id", "no-key")
                .push(label("short-code", t(Key::KeyLabel)))
                .push(field)
                .push(used),
        );
    }
    if let Some(me) = shown.me.as_ref().filter(|_| shown.screen == Screen::Form) {
        let words =
            [t(Key::YourLink), words::colon(lang), &me.name, " · ", t(Key::Until), " ", &me.until].concat();
        all.push(text("p", "hint", &words).attr("id", "me").attr("dir", "auto"));
    }
    all
}

fn body(shown: &Shown, station: Option<&Station>) -> Vec<El> {
    let lang = shown.lang;
    if shown.screen == Screen::Changes {
        return changes::changes(shown);
    }
    match (station, &shown.world, &shown.failed) {
        (Some(station), _, _) if shown.screen == Screen::Review => review::review(shown, station),
        (Some(station), _, _) => form::form(shown, station),
        (None, Some(world), _) if world.absent.is_some() => {
            let missing = el("div").class("panel missing").attr("id", "missing");
            vec![missing.push(text("h2", "", tr(lang, Key::StationMissing))).push(text(
                "p",
                "",
                tr(lang, Key::StationMissingHint),
            ))]
        }
        (None, _, Some(error)) => {
            let retry =
                button("button primary", Key::TryAgain, lang, &Tap::Plain(Plain::Retry)).attr("id", "retry");
            let panel = el("div").class("panel problem").push(text("h2", "", tr(lang, Key::DataFailed)));
            vec![
                panel
                    .push(text("p", "", &i18n::load_error(lang, error)))
                    .push(el("div").class("buttons").push(retry)),
            ]
        }
        (None, _, None) => vec![text("p", "panel", tr(lang, Key::Loading)).attr("role", "status")],
    }
}

fn bar(shown: &Shown, station: &Station) -> Vec<El> {
    let lang = shown.lang;
    match shown.screen {
        Screen::Form => form::bar(shown, station),
        Screen::Review => review::bar(shown, station),
        Screen::Changes => {
            vec![button("button", Key::Back, lang, &Tap::Plain(Plain::Form)).attr("id", "to-form")]
        }
    }
}

/// The HTML language code of `lang`.
const fn html_lang(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}

/// A text of the data, marked with its language where that is not the page's, and with a direction of its own.
fn say(lang: Lang, words: &Text) -> El {
    let spoken = words.lang(lang);
    let span = text("bdi", "", words.get(lang));
    if spoken == lang { span } else { span.attr("lang", html_lang(spoken)) }
}

/// A text that somebody wrote, in whatever language.
fn chinese(tag: &str, class: &str, words: &str) -> El {
    text(tag, class, words).attr("lang", "zh-CN").attr("dir", "auto")
}

fn button(class: &str, key: Key, lang: Lang, tap: &Tap) -> El {
    text("button", class, tr(lang, key)).attr("type", "button").command(&tap.to_word())
}

/// A part of the form with its heading.
fn part(id: &str, lang: Lang, title: Key) -> El {
    el("section").class("block").attr("id", id).push(text("h2", "", tr(lang, title)))
}

fn label(of: &str, words: &str) -> El {
    text("label", "", words).attr("for", of)
}

fn input(id: &str, value: &str, name: &str) -> El {
    let field =
        el("input").attr("id", id).attr("type", "text").attr("autocomplete", "off").attr("dir", "auto");
    field.attr("value", value).attr("aria-label", name)
}

/// A field with its name above it.
fn field(id: &str, value: &str, name: Key, lang: Lang, most: &str) -> El {
    let name = tr(lang, name);
    let field = input(id, value, name).attr("maxlength", most);
    el("div").class("field").push(label(id, name)).push(field)
}

/// A field for a day, from today on.
fn day_field(id: &str, form: &Form, lang: Lang, today: &str) -> El {
    let field =
        el("input").attr("id", id).attr("type", "date").attr("min", today).attr("value", form.text(id));
    el("div").class("field").push(label(id, tr(lang, Key::Day))).push(field)
}

/// A button that is pressed or not.
fn switch(class: &str, words: &str, tap: &Tap, id: &str, on: bool) -> El {
    let class = if on { [class, " is-on"].concat() } else { class.to_owned() };
    let pressed = if on { "true" } else { "false" };
    text("button", &class, words)
        .attr("type", "button")
        .attr("id", id)
        .attr("aria-pressed", pressed)
        .command(&tap.to_word())
}

/// The form's switch for one value of a field.
fn choice(class: &str, words: &str, form: &Form, field: &str, value: &str) -> El {
    let id = [field, "-", value].concat();
    switch(class, words, &Tap::Set(field.to_owned(), value.to_owned()), &id, form.is(field, value))
}

/// A button that opens a part of the form.
fn opener(name: &str, words: &str, is_open: bool) -> El {
    text("button", "button wide", words)
        .attr("type", "button")
        .attr("id", &["open-", name].concat())
        .attr("aria-expanded", if is_open { "true" } else { "false" })
        .command(&Tap::Open(name.to_owned()).to_word())
}
