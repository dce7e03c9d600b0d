//! The week's opening hours, today marked.

use domain::holidays::Holidays;
use domain::hours::{DayHours, DayState};
use domain::station::Station;
use domain::text::Lang;
use leptos::prelude::*;

use crate::i18n::{self, Key};
use crate::state::App;
use crate::view::words::Words;

/// The opening hours' section.
pub fn hours(app: App, words: Words, station: &Station, holidays: &Holidays) -> impl IntoView + use<> {
    let Some(hours) = &station.hours else {
        return view! {
            <section class="block">
                <h2>{words.t(Key::HourTable)}</h2>
                <p class="hint">{words.t(Key::HoursUnknown)}</p>
            </section>
        }
        .into_any();
    };
    let table = hours.rules().ok().filter(|rules| !rules.is_always()).map(|rules| {
        let today = app.now().date();
        let rows = rules.week(today, holidays).into_iter().enumerate().map(|(index, day)| row(words, index == 0, &day));
        view! { <table class="week"><caption class="unseen">{words.t(Key::Week)}</caption><tbody>{rows.collect_view()}</tbody></table> }
    });
    view! {
        <section class="block">
            <h2>{words.t(Key::HourTable)}</h2>
            <p class="written"><span class="hint">{words.t(Key::HoursAsWritten)}</span>" "<span lang="zh-CN">{hours.text().to_owned()}</span></p>
            {table}
        </section>
    }
    .into_any()
}

fn row(words: Words, is_today: bool, day: &DayHours) -> impl IntoView + use<> {
    let name = if is_today { words.t(Key::Today) } else { i18n::weekday(words.0, day.date().weekday()) };
    let date = i18n::date(words.0, day.date(), day.date());
    let holiday = day.name().map(|name| view! { <span class="day-kind">{name.get(words.0).to_owned()}</span> });
    let times = match day.state() {
        DayState::Open(spans) => {
            let spans: Vec<_> = spans
                .iter()
                .map(|span| format!("{}–{}", i18n::clock(words.0, span.start()), i18n::clock(words.0, span.end())))
                .collect();
            spans.join(if words.0 == Lang::Zh { "，" } else { ", " })
        }
        DayState::AllDay => words.t(Key::Open24).to_owned(),
        DayState::Closed => i18n::tr(words.0, Key::DayClosed).to_owned(),
        DayState::TimesUnknown => words.t(Key::DayTimesUnknown).to_owned(),
        DayState::Unknown(_) => words.t(Key::Unknown).to_owned(),
    };
    view! {
        <tr class:is-today=is_today>
            <th scope="row">{name}<span class="day-date">{date}</span>{holiday}</th>
            <td>{times}</td>
        </tr>
    }
}
