//! The form: what changes most often comes first.

use domain::hours::HoursError;
use domain::station::{Access, Station, WrittenHours};
use domain::text::{Lang, Text};
use love_stations::edge::dom::{El, el, text};
use love_stations::i18n;
use love_stations::view::station::week;

use super::{
    button, chinese, contacts, day_field, events, field, notices, offers, opener, part, place, signing, today,
};
use crate::state::Shown;
use crate::tap::{Plain, Tap};
use crate::words::{self, Key, tr};

/// The form.
pub fn form(shown: &Shown, station: &Station) -> Vec<El> {
    let lang = shown.lang;
    let by = field("by", &shown.by, Key::By, lang, "60");
    vec![
        today::today(shown, station),
        offers::amenities(shown, station),
        hours(shown, station),
        notices::notices(shown, station),
        events::events(shown, station),
        contacts::contacts(shown, station),
        place::place(shown, station),
        names(shown, station),
        el("section")
            .class("block")
            .push(by)
            .push(text("p", "hint", tr(lang, Key::DraftKept)))
            .push(button("link", Key::Reset, lang, &Tap::Plain(Plain::Reset)).attr("id", "reset"))
            .maybe(signing::signing(shown)),
    ]
}

/// How much is changed, and on to looking at it; or what is to be mended first.
pub fn bar(shown: &Shown, station: &Station) -> Vec<El> {
    let lang = shown.lang;
    let wanted = shown.wanted(station);
    let (troubles, error) = shown.obstacles(station, &wanted);
    let mut words: Vec<String> = troubles.iter().map(|one| words::trouble(lang, *one).to_owned()).collect();
    words.extend(error.as_ref().map(|error| words::refused(lang, error)));
    if !words.is_empty() {
        return vec![
            text("p", "bar-words is-wrong", &words.join(" ")).attr("role", "status").attr("id", "wrong"),
        ];
    }
    if wanted.ops.is_empty() {
        return vec![text("p", "bar-words hint", tr(lang, Key::NoSend)).attr("role", "status")];
    }
    let count = text("p", "bar-words", &words::count(lang, wanted.ops.len()))
        .attr("role", "status")
        .attr("id", "count");
    let next = button("button primary", Key::Next, lang, &Tap::Plain(Plain::Review)).attr("id", "next");
    vec![count, next]
}

const WRITTEN: [&str; 4] =
    ["24小时", "每天 08:00-18:00", "工作日 08:30-17:00", "周一至周五 08:30-17:00; 周六、周日 09:00-15:00"];

fn hours(shown: &Shown, station: &Station) -> El {
    let lang = shown.lang;
    let area = chinese("textarea", "", hours_text(shown, station))
        .attr("id", "hours")
        .attr("rows", "2")
        .attr("maxlength", "600")
        .attr("aria-label", tr(lang, Key::HoursLabel))
        .attr("aria-describedby", "hours-seen");
    let tap = |hours: &str| {
        let command = Tap::Set("hours".to_owned(), hours.to_owned());
        el("li").push(chinese("button", "chip", hours).attr("type", "button").command(&command.to_word()))
    };
    let field = el("div").class("field").push(super::label("hours", tr(lang, Key::HoursLabel))).push(area);
    let access = el("div")
        .class("field")
        .push(super::label("access", tr(lang, Key::Access)))
        .push(access(shown, station));
    part("hours-part", lang, Key::Hours)
        .push(field)
        .push(el("div").attr("id", "hours-seen").attr("aria-live", "polite").all(hours_seen(shown, station)))
        .push(text("p", "hint", tr(lang, Key::Write)))
        .push(el("ul").class("chips wrap").all(WRITTEN.iter().map(|hours| tap(hours)).collect()))
        .push(access)
}

fn hours_text<'a>(shown: &'a Shown, station: &'a Station) -> &'a str {
    shown.form.get("hours").unwrap_or_else(|| station.hours.as_ref().map_or("", WrittenHours::text))
}

/// What riders will see of the hours as they are typed: the week in words, or where it stops making sense.
pub fn hours_seen(shown: &Shown, station: &Station) -> Vec<El> {
    let lang = shown.lang;
    let written = hours_text(shown, station).trim();
    let Some(world) = shown.world.as_ref().filter(|_| !written.is_empty()) else {
        return vec![text("p", "hint", tr(lang, Key::HoursEmpty))];
    };
    match WrittenHours::new(written).rules() {
        Ok(rules) => {
            let head = text("p", "hint", tr(lang, Key::HoursWeek));
            vec![head, week(lang, rules, shown.now().date(), &world.holidays)]
        }
        Err(HoursError { at }) => {
            let (read, unread) = written.split_at_checked(*at).unwrap_or((written, ""));
            let unread = if unread.is_empty() { "…" } else { unread };
            let marked = chinese("p", "marked", read).push(chinese("mark", "", unread));
            vec![marked.attr("id", "hours-wrong"), text("p", "notice-text", tr(lang, Key::HoursUnclear))]
        }
    }
}

fn access(shown: &Shown, station: &Station) -> El {
    let lang = shown.lang;
    let now = shown.form.get("access").unwrap_or_else(|| station.access.map_or("", Access::word));
    let option = |word: &str, words: &str| {
        let option = text("option", "", words).attr("value", word);
        if word == now { option.attr("selected", "") } else { option }
    };
    let select = el("select").attr("id", "access").push(option("", tr(lang, Key::AccessUnsaid)));
    select.all(Access::ALL.iter().map(|one| option(one.word(), i18n::access(lang, *one))).collect())
}

fn names(shown: &Shown, station: &Station) -> El {
    let lang = shown.lang;
    let is_open = shown.open.contains("names");
    let place = &station.location;
    let touched = |id: &str, now: &str| shown.form.get(id).unwrap_or(now).to_owned();
    let zh = |text: Option<&Text>| text.map_or("", |text| text.get(Lang::Zh)).to_owned();
    let en = |text: Option<&Text>| text.and_then(Text::english).unwrap_or("").to_owned();
    let one = |id: &str, key, text: Option<&Text>, most: &str| {
        let english = [id, "-en"].concat();
        el("div").push(field(id, &touched(id, &zh(text)), key, lang, most)).push(field(
            &english,
            &touched(&english, &en(text)),
            Key::English,
            lang,
            most,
        ))
    };
    let fields = is_open.then(|| {
        el("div")
            .push(one("name", Key::Name, Some(&station.name), "120"))
            .push(one("address", Key::Address, place.address.as_ref(), "600"))
            .push(one("way", Key::Directions, place.directions.as_ref(), "600"))
    });
    let tier = text("p", "hint", tr(lang, Key::TierStaff));
    part("names", lang, Key::NameAndAddress)
        .push(tier)
        .push(opener("names", tr(lang, Key::Open), is_open))
        .maybe(fields)
}

/// A day field that only this form has.
pub fn last_day(id: &str, shown: &Shown) -> El {
    day_field(id, &shown.form, shown.lang, &shown.now().date().to_string())
}
