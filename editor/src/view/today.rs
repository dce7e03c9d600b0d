//! Whether the station is open today: closed in two taps.

use domain::patch::Field;
use domain::station::{Notice, NoticeKind, Station};
use domain::status::status;
use domain::time::Date;
use love_stations::edge::dom::{El, el, text};
use love_stations::i18n;

use super::form::last_day;
use super::{choice, part, say, switch};
use crate::state::Shown;
use crate::tap::Tap;
use crate::wanted::of_entry;
use crate::words::{Key, tr};

/// How many days ahead have a button of their own.
const DAYS: i32 = 7;

/// Today's part of the form.
pub fn today(shown: &Shown, station: &Station) -> El {
    let lang = shown.lang;
    let form = &shown.form;
    let now = shown.now();
    let state = shown.world.as_ref().map(|world| {
        let words = i18n::open_words(lang, status(station, now, &world.holidays), now.date());
        text("p", "now", &words).attr("id", "now")
    });
    let closing = |notice: &&Notice| notice.kind == NoticeKind::Closed && !notice.is_over(now);
    let reopen = station.notices.iter().filter(closing).map(|notice| {
        let gone = of_entry("gone", &Field::notice(notice));
        let tap = Tap::Set(gone.clone(), "1".to_owned());
        let button =
            switch("button", tr(lang, Key::Reopen), &tap, &["re", &gone].concat(), form.is(&gone, "1"));
        el("div")
            .class("notice is-closed")
            .push(el("p").class("grow").push(say(lang, &notice.text)))
            .push(button)
    });
    let ways = el("div")
        .class("big-switches")
        .attr("role", "group")
        .attr("aria-label", tr(lang, Key::Today))
        .push(choice("big", tr(lang, Key::CloseToday), form, "close", "today"))
        .push(choice("big", tr(lang, Key::CloseUntil), form, "close", "until"));
    let until = form.is("close", "until").then(|| days(shown, now.date()));
    part("today", lang, Key::Today).maybe(state).all(reopen.collect()).push(ways).maybe(until)
}

fn days(shown: &Shown, today: Date) -> El {
    let lang = shown.lang;
    let one = |ahead| {
        let day = today.add_days(ahead);
        let words = [i18n::weekday_short(lang, day.weekday()), " ", &i18n::date(lang, day, today)].concat();
        choice("chip", &words, &shown.form, "close-day", &day.to_string())
    };
    el("div")
        .push(el("div").class("chips wrap").all((1..=DAYS).map(one).collect()))
        .push(last_day("close-day", shown))
}
