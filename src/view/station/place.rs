//! Where the station is, in words.

use domain::station::{Location, Station};
use domain::text::Lang;

use crate::edge::dom::{El, el, text};
use crate::i18n::{Key, tr};
use crate::view::command::Command;
use crate::view::words::{block, button, chinese, say};

/// The place's section.
pub fn place(lang: Lang, station: &Station) -> El {
    let location = &station.location;
    let address = el("p")
        .push(chinese("span", "", &format!("{}{} ", location.city, location.district)))
        .maybe(location.address.as_ref().map(|text| say(lang, text)));
    let directions = location
        .directions
        .as_ref()
        .map(|words| el("p").push(text("b", "", tr(lang, Key::Directions))).say(" ").push(say(lang, words)));
    let unknown = location.position.is_none().then(|| text("p", "notice-text", tr(lang, Key::GoToNoPlace)));
    let copy = Command::Copy(copied_address(location));
    block(lang, None, Key::Address).push(address).maybe(directions).maybe(unknown).push(button(
        "button small",
        "ui-copy",
        tr(lang, Key::CopyAddress),
        &copy,
    ))
}

/// The address as it is copied: in Chinese, which is what a map app or a passer-by understands; the area once, then
/// the street.
pub fn copied_address(location: &Location) -> String {
    let area = format!("{}{}", location.city, location.district);
    let street = location.address.as_ref().map_or("", |text| text.get(Lang::Zh));
    if street.starts_with(&area) { street.to_owned() } else { area + street }
}
