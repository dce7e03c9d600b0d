//! A place to look from, without a position: the phone again, a tap on the map, or a district.

use leptos::prelude::untrack;

use crate::edge::dom::{El, el, icon, text};
use crate::i18n::{Key, tr};
use crate::state::App;
use crate::view::command::{Command, Plain};
use crate::view::dialog::saved;
use crate::view::words::button;

/// Ways to say where to look from, and the districts that are kept.
pub fn ways(app: App) -> Vec<El> {
    let choice = |picture: &str, key: Key, plain: Plain| {
        let tap =
            el("button").attr("type", "button").class("choice").command(&Command::Plain(plain).to_word());
        el("li").push(tap.push(icon(picture)).push(text("span", "grow", tr(app.lang(), key))))
    };
    let ways = vec![
        choice("ui-locate", Key::Locate, Plain::Locate),
        choice("ui-map", Key::ChooseOnMap, Plain::PickOnMap),
    ];
    let mut all = vec![el("ul").class("choices").all(ways)];
    all.extend(saved::districts(app));
    all
}

/// All districts, by city.
pub fn districts(app: App) -> Vec<El> {
    let t = |key| tr(app.lang(), key);
    // Built anew until they are there, and no more: an open city stays open.
    let places = untrack(move || app.world()).and_then(|world| world.places.clone());
    if places.is_none() {
        app.world();
    }
    // They come last; where they did not, once more.
    let missing = places.is_none().then(|| {
        let again = button("button", "ui-retry", t(Key::Refresh), &Command::Plain(Plain::Refresh));
        el("div").push(text("p", "hint", t(Key::LoadingMore))).push(again)
    });
    let areas = places.as_ref().map(|places| places.as_slice()).unwrap_or_default();
    let mut cities: Vec<El> = Vec::new();
    let mut at = 0;
    while let Some(first) = areas.get(at) {
        let count = areas.iter().skip(at).take_while(|area| area.city == first.city).count();
        let districts = (at..at + count).filter_map(|number| {
            let area = areas.get(number)?;
            Some(el("li").push(button("chip", "ui-pin", &area.district, &Command::LookFrom(number))))
        });
        let districts = el("ul").class("districts").all(districts.collect());
        cities.push(
            el("details")
                .class("city")
                .attr("lang", "zh-CN")
                .push(text("summary", "", &first.city))
                .push(districts),
        );
        at += count;
    }
    vec![text("h3", "", t(Key::PickDistrict)), el("div").maybe(missing).all(cities)]
}
