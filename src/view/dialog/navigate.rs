//! Which map app leads to a station, and by what means.

use domain::navigate::{MapApp, TravelMode, link};
use domain::text::Lang;

use crate::edge::device::device;
use crate::edge::dom::{El, el, icon, text};
use crate::i18n::{self, Key, tr};
use crate::state::App;
use crate::view::command::Command;
use crate::view::station::copied_address;
use crate::view::words::{button, chinese, say};

/// The means, with their picture and word.
const MODES: [(TravelMode, &str, Key); 3] = [
    (TravelMode::Ride, "ui-ride", Key::Ride),
    (TravelMode::Walk, "ui-walk", Key::Walk),
    (TravelMode::Drive, "ui-car", Key::Drive),
];

/// The name this app gives itself in links to map apps.
const REFERER: &str = "love-stations";

/// Map apps to choose from.
pub fn choices(app: App, index: u32) -> Vec<El> {
    let Some(world) = app.world() else {
        return Vec::new();
    };
    let Some(station) = world.catalogue.station(index) else {
        return Vec::new();
    };
    let lang = app.lang();
    let address = copied_address(&station.location);
    let mut content = vec![el("p").class("dialog-lead").push(say(lang, &station.name))];
    match station.location.position {
        None => content.push(text("p", "notice-text", tr(lang, Key::GoToNoPlace))),
        Some(to) => {
            let name = station.name.get(Lang::Zh);
            let modes =
                el("div").class("segments").attr("role", "group").attr("aria-label", tr(lang, Key::ByWhat));
            let apps = MapApp::ALL.iter().copied().filter(|map| is_offered(*map)).map(|map| {
                let href = link(map, app.mode(), to, name, &address, REFERER);
                el("li").push(choice(lang, map, &href))
            });
            content.push(modes.all(segments(app)));
            content.push(el("ul").class("choices").all(apps.collect()));
        }
    }
    let copy = Command::Copy(address.clone());
    content.push(chinese("p", "hint", &address));
    content.push(button("button wide", "ui-copy", tr(lang, Key::CopyAddress), &copy).attr("id", "go-copy"));
    content
}

fn segments(app: App) -> Vec<El> {
    MODES.iter().map(|&(mode, picture, key)| segment(app, mode, picture, key)).collect()
}

fn segment(app: App, mode: TravelMode, picture: &str, key: Key) -> El {
    let on = app.mode() == mode;
    let command = Command::Mode(mode);
    button(if on { "segment is-on" } else { "segment" }, picture, tr(app.lang(), key), &command)
        .attr("id", &command.to_word())
        .attr("aria-pressed", if on { "true" } else { "false" })
}

fn choice(lang: Lang, map: MapApp, href: &str) -> El {
    el("a")
        .class("choice")
        .attr("href", href)
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .attr("data-app", app_word(map))
        .push(icon("ui-navigate"))
        .push(text("span", "grow", i18n::map_app(lang, map)))
        .push(icon("ui-external"))
}

/// `geo:` only opens in Android's own browsers; WeChat blocks it.
fn is_offered(map: MapApp) -> bool {
    let device = device();
    map != MapApp::Geo || (device.android && !device.wechat)
}

const fn app_word(map: MapApp) -> &'static str {
    match map {
        MapApp::Tencent => "Tencent",
        MapApp::Amap => "Amap",
        MapApp::Baidu => "Baidu",
        MapApp::Apple => "Apple",
        MapApp::Geo => "geo",
    }
}
