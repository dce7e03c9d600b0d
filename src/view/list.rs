//! The list: the accessible map. Nearest first, a screenful at a time; number keys open the first nine.

use std::cell::RefCell;

use domain::amenity::AmenitySet;
use domain::catalogue::Hit;
use domain::filter::Filter;
use domain::geodesy::Compass;
use domain::station::Station;
use domain::status::Status;
use domain::text::Lang;
use leptos::prelude::untrack;

use super::command::{Command, Plain};
use super::heard::heard;
use super::slot::follow;
use super::words::{button, chinese, link_button, say};
use crate::data::World;
use crate::edge::dom::{El, el, icon, text};
use crate::edge::page;
use crate::i18n::{self, Key, tr};
use crate::routes::station_path;
use crate::state::App;
use crate::state::freshness::Refresh;

const ROW: &str = "row";
const CHOSEN_ROW: &str = "row is-chosen";

/// How many amenities a row names; more are on the station's page.
const NAMED: usize = 5;

/// Most districts that are offered for what is typed.
const FEW: usize = 4;

/// How a status looks, beside its words.
const fn status_class(status: Status) -> &'static str {
    match status.is_open() {
        Some(true) => "status is-open",
        Some(false) => "status is-closed",
        None => "status is-unknown",
    }
}

/// State of the door, distance, direction and time to get there.
pub fn status_line(app: App, world: &World, hit: Hit) -> El {
    let lang = app.lang();
    let status = text("span", status_class(hit.status), &i18n::open_words(lang, hit.status, app.today()));
    let far = hit.metres.map(|metres| {
        let to = world.catalogue.station(hit.index).and_then(|station| station.location.position);
        let direction = app.origin().position().zip(to).map(|(from, to)| Compass::from_to(from, to));
        let direction = direction.map_or("", |direction| i18n::compass(lang, direction));
        let far = el("span").class("far").push(text("b", "", &i18n::distance(lang, metres)));
        let time = i18n::travel(lang, metres).map_or(String::new(), |time| format!(" · {time}"));
        far.say(&format!(" {direction}{time}"))
    });
    el("p").class("status-line").push(status).maybe(far)
}

/// The amenities as pictures with words.
pub fn amenity_row(lang: Lang, amenities: AmenitySet) -> Option<El> {
    let named = amenities.iter().take(NAMED).map(|amenity| {
        el("li").push(icon(amenity.word())).push(text("span", "", i18n::amenity(lang, amenity)))
    });
    let named: Vec<El> = named.collect();
    let more = (amenities.len() as usize).saturating_sub(NAMED);
    let more = (more > 0).then(|| text("li", "", &format!("+{more}")));
    (!amenities.is_empty()).then(|| el("ul").class("amenity-row").all(named).maybe(more))
}

/// The list's content.
pub fn list(app: App) -> Vec<El> {
    let Some(world) = app.world() else {
        return Vec::new();
    };
    let lang = app.lang();
    let hits = app.hits();
    let (shown, certain) = (app.shown(), app.certain());
    let rows = hits.iter().take(shown.min(certain)).enumerate();
    let rows: Vec<El> = rows.filter_map(|(number, hit)| row(app, &world, number, *hit)).collect();
    let list = el("ol").class("list").attr("aria-label", tr(lang, Key::List)).all(rows);
    let tail = tail(app, certain > shown, world.atlas.is_whole());
    districts(app, &world).into_iter().chain([list]).chain(tail).collect()
}

/// The districts that are searched for, to look from: also those of which no station is there. Where many fit, somebody is still
/// typing.
fn districts(app: App, world: &World) -> Option<El> {
    let query = app.query();
    let places = world.places.as_ref().filter(|_| !query.is_empty())?;
    let fit = places.iter().enumerate();
    let fit = fit.filter(|(_, place)| query.names(&place.city, &place.district, &world.readings));
    let fit: Vec<El> = fit
        .take(FEW + 1)
        .map(|(number, place)| {
            let mut name = place.city.clone();
            name.push_str(&place.district);
            el("li").push(button("chip", "ui-pin", &name, &Command::LookFrom(number)))
        })
        .collect();
    let label = tr(app.lang(), Key::PickDistrict);
    (1..=FEW).contains(&fit.len()).then(|| el("ul").class("districts").attr("aria-label", label).all(fit))
}

/// That more is on its way.
pub fn seeking(app: App) -> &'static str {
    tr(app.lang(), if app.is_searching() { Key::Searching } else { Key::LoadingMore })
}

/// What comes after the rows: more that is there, and what did not come or is on its way.
fn tail(app: App, more: bool, whole: bool) -> Vec<El> {
    let t = |key| tr(app.lang(), key);
    let note = match app.growth() {
        Refresh::Failed { error, .. } => {
            let missing = if app.is_searching() { Key::SearchedKept } else { Key::PartMissing };
            let words = text("p", "", t(missing)).say(" ").say(&i18n::load_error(app.lang(), &error));
            let again = button("button", "ui-retry", t(Key::Refresh), &Command::Plain(Plain::Refresh));
            Some(el("div").class("panel problem").attr("id", "part-missing").push(words).push(again))
        }
        Refresh::Asking if !more => {
            Some(text("p", "hint", seeking(app)).attr("role", "status").attr("id", "loading-more"))
        }
        _ => None,
    };
    let show = (more || (!whole && note.is_none()))
        .then(|| button("button wide", "ui-chevron-down", t(Key::ShowMore), &Command::Plain(Plain::More)));
    show.into_iter().chain(note).collect()
}

/// One station of the list.
fn row(app: App, world: &World, number: usize, hit: Hit) -> Option<El> {
    let lang = app.lang();
    let station: &Station = world.catalogue.station(hit.index)?;
    let location = &station.location;
    let star = app.is_starred(&station.id).then(|| {
        el("span").class("row-star").push(icon("ui-star-on")).push(text(
            "span",
            "unseen",
            tr(lang, Key::Starred),
        ))
    });
    let key = (number < 9)
        .then(|| text("kbd", "row-number", &(number + 1).to_string()).attr("aria-hidden", "true"));
    let head =
        el("span").class("row-head").push(say(lang, &station.name).class("row-name")).maybe(star).maybe(key);
    let unknown = location.position.is_none().then(|| tr(lang, Key::NoPlace));
    let mut words = String::from(i18n::kind(lang, station.kind));
    words.push_str(" · ");
    let mut area = location.city.clone();
    area.push_str(&location.district);
    let place = text("span", "row-place", &words).push(chinese("span", "", &area));
    let place = match unknown {
        Some(unknown) => place.say(" · ").say(unknown),
        None => place,
    };
    let link = el("a")
        .attr("id", &format!("row-{}", station.id))
        .attr("href", &station_path(&station.id))
        .command(&Command::Choose(hit.index).to_word())
        .push(head)
        .push(status_line(app, world, hit))
        .all(heard(app, world, &station.id))
        .push(place)
        .maybe(amenity_row(lang, station.usable()));
    // Not built anew when another one is chosen: what was scrolled to must stay where it is. See [`follow_chosen`].
    let chosen = untrack(move || app.chosen());
    let class = if chosen == Some(hit.index) { CHOSEN_ROW } else { ROW };
    Some(el("li").class(class).push(link))
}

/// Marks the chosen station's row, and no other.
pub fn follow_chosen(app: App) {
    let before = RefCell::new(None::<String>);
    follow(Box::new(move || {
        let id = app.chosen().and_then(|index| {
            let world = app.world()?;
            let station = world.catalogue.station(index)?;
            Some(format!("row-{}", station.id))
        });
        let chosen = id.clone();
        if let Some(row) = before.replace(id) {
            page::set_parent_class(&row, ROW);
        }
        if let Some(row) = chosen {
            page::set_parent_class(&row, CHOSEN_ROW);
        }
    }));
}

/// Sharing a list that was asked for; all stations are what everybody's link shows.
pub fn share(app: App) -> Option<El> {
    let asked = app.filter() != Filter::default() || !app.search().trim().is_empty();
    let share = || link_button(tr(app.lang(), Key::ShareList), &Command::Plain(Plain::ShareList));
    (asked && app.world().is_some()).then(|| share().attr("id", "share-list"))
}

/// How many are listed, for the live region.
pub fn count(app: App) -> Option<String> {
    let world = app.world()?;
    let hits = app.hits();
    let open = hits.iter().filter(|hit| hit.status.is_open() == Some(true)).count();
    let words = i18n::phrase_count(app.lang(), hits.len(), open);
    if world.atlas.is_whole() {
        return Some(words);
    }
    // Of a part of them that is said.
    Some(i18n::phrase_part(app.lang(), &words, world.catalogue.len(), world.root.count))
}
