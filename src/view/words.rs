//! Texts of the data in the app's language, as elements.

use domain::phone::Phone;
use domain::text::{Lang, Text};

use super::command::Command;
use crate::edge::dom::{El, el, icon, text};
use crate::i18n::{Key, tr};

/// The HTML language code of `lang`.
pub const fn html_lang(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}

/// The language that is not `lang`.
pub const fn other_lang(lang: Lang) -> Lang {
    match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    }
}

/// A text of the data, marked with its language where that is not the page's, so that a screen reader pronounces
/// it right.
pub fn say(lang: Lang, words: &Text) -> El {
    let spoken = words.lang(lang);
    let span = el("span").say(words.get(lang));
    if spoken == lang { span } else { span.attr("lang", html_lang(spoken)) }
}

/// A text that is always Chinese: an address, hours as written.
pub fn chinese(tag: &str, class: &str, words: &str) -> El {
    text(tag, class, words).attr("lang", "zh-CN")
}

/// A button with a picture and a word.
pub fn button(class: &str, picture: &str, label: &str, command: &Command) -> El {
    el("button")
        .attr("type", "button")
        .class(class)
        .command(&command.to_word())
        .push(icon(picture))
        .push(text("span", "", label))
}

/// A button with a word that looks like a link.
pub fn link_button(label: &str, command: &Command) -> El {
    text("button", "link", label).attr("type", "button").command(&command.to_word())
}

/// A round button with a picture alone; `label` is for those who do not see it.
pub fn round_button(picture: &str, label: &str, command: &Command) -> El {
    el("button")
        .attr("type", "button")
        .class("round")
        .attr("aria-label", label)
        .command(&command.to_word())
        .push(icon(picture))
}

/// A link to call `dial`.
pub fn call_button(class: &str, dial: &str, label: &str) -> El {
    el("a").class(class).attr("href", &tel(dial)).push(icon("ui-phone")).push(text("span", "", label))
}

/// A number as a link to call it, or as plain text where it cannot be dialled.
pub fn number(phone: &Phone) -> El {
    match phone.dial() {
        Some(dial) => call_button("call", dial, phone.text()),
        None => text("span", "call", phone.text()),
    }
}

fn tel(dial: &str) -> String {
    let mut href = String::from("tel:");
    href.push_str(dial);
    href
}

/// A section of a page with its heading.
pub fn block(lang: Lang, picture: Option<&str>, title: Key) -> El {
    el("section").class("block").push(el("h2").maybe(picture.map(icon)).say(tr(lang, title)))
}
