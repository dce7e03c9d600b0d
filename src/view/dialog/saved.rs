//! The districts that are kept on this phone, and the one to keep: that which is looked from.

use domain::shards::{Place, district_of};

use crate::data::{self, World};
use crate::edge::dom::{El, el, text};
use crate::i18n::{Key, tr};
use crate::state::freshness::Refresh;
use crate::state::{App, saved};
use crate::view::command::Command;
use crate::view::words::{button, round_button};

/// A caption and a row for each. Nothing where the list is so short that all of it is here anyway, and none was ever kept.
pub fn districts(app: App) -> Vec<El> {
    let (Some(world), kept) = (app.world(), app.saved()) else { return Vec::new() };
    let Some(places) = world.places.as_ref().filter(|_| !kept.is_empty() || !world.atlas.is_whole()) else {
        return Vec::new();
    };
    let here = app.origin().position().and_then(|at| district_of(places, at));
    let rows: Vec<El> = places
        .iter()
        .enumerate()
        .filter(|(_, place)| saved::is_saved(&kept, place) || here == Some(*place))
        .map(|(number, place)| row(app, &world, number, place, saved::is_saved(&kept, place)))
        .collect();
    let t = |key| tr(app.lang(), key);
    vec![
        text("h3", "", t(Key::SavedCaption)),
        text("p", "hint", t(Key::SavedHint)),
        el("ul").class("saved").all(rows),
    ]
}

fn row(app: App, world: &World, number: usize, place: &Place, is_saved: bool) -> El {
    let t = |key| tr(app.lang(), key);
    let name = saved::name(place);
    let look = button("chip", "ui-pin", &name, &Command::LookFrom(number)).attr("lang", "zh-CN");
    let save = Command::Save(number);
    if !is_saved {
        return el("li").push(look).push(button("chip", "ui-star", t(Key::SaveDistrict), &save));
    }
    let state = match app.growth() {
        _ if data::lacking(world, place.extent).is_empty() => Key::SavedWhole,
        Refresh::Asking | Refresh::Ahead => Key::SavedComing,
        Refresh::Done | Refresh::Failed { .. } => Key::SavedPartly,
    };
    let mut label = t(Key::SavedNoLonger).to_owned();
    label.push(' ');
    label.push_str(&name);
    el("li").push(look).push(text("span", "hint", t(state))).push(round_button("ui-star-on", &label, &save))
}
