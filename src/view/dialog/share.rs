//! Sharing a station, or the list as it is filtered.

use domain::station::Station;
use domain::text::Lang;

use crate::edge::canvas::Canvas;
use crate::edge::dom::{El, el, text};
use crate::edge::qr::{self, Worn};
use crate::edge::{device, share};
use crate::i18n::{Key, tr};
use crate::state::share::{message, station_url};
use crate::state::{App, Dialog, url};
use crate::view::command::{Command, Plain};
use crate::view::station::copied_address;
use crate::view::words::{button, say};

/// What is shared, ready to be copied.
struct Shared {
    url: String,
    /// A message around the address; none for a list.
    message: Option<String>,
}

fn shared(app: App, station: Option<&Station>) -> Shared {
    let origin = share::origin();
    match station {
        Some(station) => {
            let url = station_url(&origin, station);
            let address = copied_address(&station.location);
            Shared { message: Some(message(app.lang(), station, &address, &url)), url }
        }
        None => Shared { url: origin + "/" + &url::query(&app.filter(), &app.search()), message: None },
    }
}

/// The ways to share.
pub fn choices(app: App, index: Option<u32>) -> Vec<El> {
    let Some(world) = app.world() else {
        return Vec::new();
    };
    let lang = app.lang();
    let t = |key| tr(lang, key);
    let station = index.and_then(|index| world.catalogue.station(index));
    let Shared { url, message } = shared(app, station);
    let choice = |id: &str, picture: &str, key, command: &Command| {
        el("li").push(button("choice", picture, t(key), command).attr("id", id))
    };
    let link = choice("share-link", "ui-copy", Key::CopyLink, &Command::Copy(url.clone()));
    let text_too =
        message.map(|words| choice("share-text", "ui-list", Key::CopyMessage, &Command::Copy(words)));
    let poster = index.map(|index| choice("share-poster", "ui-heart", Key::Poster, &Command::Poster(index)));
    let more = share::can()
        .then(|| choice("share-more", "ui-external", Key::ShareMore, &Command::Plain(Plain::ShareMore)));
    let wechat = device::device().wechat.then(|| text("p", "hint", t(Key::ShareWeChat)));
    let choices = el("ul").class("choices").push(link).maybe(text_too).maybe(poster).maybe(more);
    let lead = station.map(|station| el("p").class("dialog-lead").push(say(lang, &station.name)));
    let mut content: Vec<El> = lead.into_iter().collect();
    content.push(choices);
    content.extend(qr_picture(lang, &url));
    content.extend(wechat);
    content.push(text("p", "hint", t(Key::ShareNoPosition)));
    content
}

/// The code as a picture, which WeChat reads when it is pressed.
fn qr_picture(lang: Lang, url: &str) -> Option<El> {
    const PIXELS: u32 = 600;
    let canvas = Canvas::new(PIXELS, PIXELS)?;
    qr::draw(&canvas, url, Worn::Third, 0.0, 0.0, f64::from(PIXELS))?;
    let picture = el("img")
        .class("qr")
        .attr("src", &canvas.address()?)
        .attr("width", "240")
        .attr("height", "240")
        .attr("alt", tr(lang, Key::QrAlt));
    Some(el("figure").class("shared").push(picture).push(text("figcaption", "hint", tr(lang, Key::QrHint))))
}

/// Shares what the dialog is about by the phone's own means.
pub fn by_phone(app: App) {
    let Some(Dialog::Share(index)) = app.dialog() else { return };
    let world = app.world();
    let station = index.and_then(|index| world.as_ref()?.catalogue.station(index));
    let Shared { url, .. } = shared(app, station);
    let words = station.map_or_else(
        || tr(app.lang(), Key::Brand).to_owned(),
        |station| station.name.get(app.lang()).to_owned(),
    );
    share::share(&words, &url);
}
