//! The week's opening hours, today marked.

use domain::holidays::Holidays;
use domain::hours::{DayHours, DayState, Hours};
use domain::station::Station;
use domain::text::Lang;
use domain::time::Date;

use crate::edge::dom::{El, el, text};
use crate::i18n::{self, Key, tr};
use crate::state::App;
use crate::view::words::{block, chinese};

/// The opening hours' section.
pub fn hours(app: App, station: &Station, holidays: &Holidays) -> El {
    let lang = app.lang();
    let section = block(lang, None, Key::HourTable);
    let Some(hours) = &station.hours else {
        return section.push(text("p", "hint", tr(lang, Key::HoursUnknown)));
    };
    let written = el("p").push(text("span", "hint", tr(lang, Key::HoursAsWritten)).say(" ")).push(chinese(
        "span",
        "",
        hours.text(),
    ));
    let rules = hours.rules().ok().filter(|rules| !rules.is_always());
    section.push(written).maybe(rules.map(|rules| week(lang, rules, app.today(), holidays)))
}

/// The seven days from today on, as a table.
pub fn week(lang: Lang, rules: &Hours, today: Date, holidays: &Holidays) -> El {
    let week = rules.week(today, holidays);
    let rows = week.iter().enumerate().map(|(index, day)| row(lang, index == 0, day)).collect();
    let caption = text("caption", "unseen", tr(lang, Key::Week));
    el("table").class("week").push(caption).push(el("tbody").all(rows))
}

fn row(lang: Lang, is_today: bool, day: &DayHours) -> El {
    let date = day.date();
    let name = if is_today { tr(lang, Key::Today) } else { i18n::weekday(lang, date.weekday()) };
    let holiday = day.name().map(|name| text("span", "day-kind", name.get(lang)));
    let head = text("th", "", name)
        .attr("scope", "row")
        .push(text("span", "day-date", &i18n::date(lang, date, date)))
        .maybe(holiday);
    let times = match day.state() {
        DayState::Open(spans) => {
            let clock = |minute| i18n::clock(lang, minute);
            let spans: Vec<_> =
                spans.iter().map(|span| format!("{}–{}", clock(span.start()), clock(span.end()))).collect();
            spans.join(if lang == Lang::Zh { "，" } else { ", " })
        }
        DayState::AllDay => tr(lang, Key::Open24).to_owned(),
        DayState::Closed => tr(lang, Key::DayClosed).to_owned(),
        DayState::TimesUnknown => tr(lang, Key::DayTimesUnknown).to_owned(),
        DayState::Unknown(_) => tr(lang, Key::Unknown).to_owned(),
    };
    el("tr").class(if is_today { "is-today" } else { "" }).push(head).push(text("td", "", &times))
}
