//! Opening hours as people write them, to rules.
//!
//! ```text
//! hours  = rule { (";" | "," | "(" | nothing) rule }
//! rule   = [seasons] [days] (times | closed | nothing)
//! times  = 24小时 | span { "," span }
//! ```

use super::cursor::Cursor;
use super::rule::{Days, Rule, Season, Times, joined};
use super::words::{
    ALWAYS, CLOSED, FILLERS, JOINTS, LATIN_WEEKDAYS, MONTHS, NAMED_DAYS, NEXT_DAY, NEXT_YEAR, PARTS, Part,
    SEASON_WORDS, WEEK_PREFIXES, WEEKDAYS,
};
use super::{HoursError, Span};
use crate::time::month_days;

/// All rules of `text`, at least one.
pub(super) fn rules(text: &str) -> Result<Vec<Rule>, HoursError> {
    let mut c = Cursor::new(text);
    let mut rules: Vec<Rule> = Vec::new();
    let (mut adds, mut apart) = (false, true);
    loop {
        rules.push(rule(&mut c, adds, apart)?);
        let before = c.at();
        adds = c.eat(",");
        c.skip(&[";", "(", ")", "."]);
        apart = c.at() > before;
        c.spaces();
        if c.peek().is_none() {
            break;
        }
    }
    // A weekend beside 工作日 is one on which nobody works; alone it is Saturday and Sunday.
    if !rules.iter().any(|rule| rule.days.meets(Days::WORKDAYS)) {
        for rule in rules.iter_mut().filter(|rule| rule.days.meets(Days::FREE_WEEKEND)) {
            rule.days = Days(rule.days.0 & !Days::FREE_WEEKEND.0).and(Days::WEEKEND);
        }
    }
    Ok(rules)
}

/// One rule, which adds to those before it or replaces them. Is it not set apart from them, it needs its own days.
fn rule(c: &mut Cursor<'_>, adds: bool, apart: bool) -> Result<Rule, HoursError> {
    c.skip(&FILLERS);
    let seasons = seasons(c)?;
    c.skip(&[":"]);
    let start = c.at();
    let days = days(c);
    let latin = days.is_some() && !has_chinese(c, start);
    let named = days.is_some() || !seasons.is_empty();
    let times = if (named || apart) && c.eat_one(&CLOSED).is_some() {
        Times::Off
    } else {
        c.skip(&FILLERS);
        match spans(c)? {
            Some(spans) => Times::Spans(joined(spans)),
            None if named && ends(c) => {
                // OSM's `Mo-Fr` is all of those days; 工作日开放 only says that there are hours.
                if latin { Times::Spans(vec![ALL_DAY]) } else { Times::NotGiven }
            }
            None => return Err(unclear(c)),
        }
    };
    c.skip(&FILLERS[3..8]);
    Ok(Rule { seasons, days: days.unwrap_or(Days::ALL), times, adds })
}

const ALL_DAY: Span = Span { start: 0, end: 1440 };

/// Here is where it stops making sense.
fn unclear(c: &mut Cursor<'_>) -> HoursError {
    c.spaces();
    HoursError { at: c.at() }
}

/// True if no more of this rule can follow.
fn ends(c: &mut Cursor<'_>) -> bool {
    c.spaces();
    matches!(c.peek(), None | Some(';' | ',' | ')' | '.'))
}

fn has_chinese(c: &mut Cursor<'_>, start: usize) -> bool {
    let end = c.at();
    c.back_to(start);
    let mut found = false;
    while c.at() < end {
        found |= c.peek().is_some_and(|letter| !letter.is_ascii());
        c.step();
    }
    found
}

fn seasons(c: &mut Cursor<'_>) -> Result<Vec<Season>, HoursError> {
    let mut seasons = Vec::new();
    let word = c.eat_one(&SEASON_WORDS).is_some();
    c.skip(&[":", "("]);
    loop {
        let before = c.at();
        let joined = seasons.is_empty() || c.eat(",");
        let Some(season) = season(c).filter(|_| joined) else {
            c.back_to(before);
            break;
        };
        seasons.push(season);
    }
    // When a season is, is not the same everywhere.
    if word && seasons.is_empty() {
        return Err(unclear(c));
    }
    c.skip(&[")"]);
    Ok(seasons)
}

fn season(c: &mut Cursor<'_>) -> Option<Season> {
    let (from, whole_month) = month_day(c)?;
    let before = c.at();
    if c.eat("-") {
        c.skip(&NEXT_YEAR);
        if let Some((through, whole)) = month_day(c) {
            let through = if whole { (through.0, 31) } else { through };
            return Some(Season { from, through });
        }
        // `Nov 1-15`: the end is in the same month.
        if !whole_month && let Some(day) = day_of(c, from.0) {
            return Some(Season { from, through: (from.0, day) });
        }
        c.back_to(before);
    }
    whole_month.then_some(Season { from, through: (from.0, 31) })
}

/// A month and day, and whether it was the month alone.
fn month_day(c: &mut Cursor<'_>) -> Option<((u8, u8), bool)> {
    let start = c.at();
    let found = month_day_or_less(c);
    if found.is_none() {
        c.back_to(start);
    }
    found
}

fn month_day_or_less(c: &mut Cursor<'_>) -> Option<((u8, u8), bool)> {
    if let Some(month) = c.eat_one(&MONTHS) {
        return Some(day_of(c, month).map_or(((month, 1), true), |day| ((month, day), false)));
    }
    let month = u8::try_from(c.number()?).ok().filter(|month| (1..=12).contains(month))?;
    if c.eat("月") {
        let Some(day) = day_of(c, month) else {
            return Some(((month, 1), true));
        };
        c.skip(&["日", "号"]);
        return Some(((month, day), false));
    }
    let joined = c.eat("-") || c.eat("/") || c.eat(".");
    let day = if joined { day_of(c, month)? } else { return None };
    Some(((month, day), false))
}

/// A day of `month`; no number that begins a time.
fn day_of(c: &mut Cursor<'_>, month: u8) -> Option<u8> {
    let start = c.at();
    let day = c.number().and_then(|day| u8::try_from(day).ok());
    // 2024 had a February 29.
    let day = day.filter(|day| (1..=month_days(2024, month)).contains(day));
    let time = matches!(c.peek(), Some(':' | '点' | '时' | '小'));
    if day.is_none() || time {
        c.back_to(start);
        return None;
    }
    day
}

fn days(c: &mut Cursor<'_>) -> Option<Days> {
    let mut days = some_days(c, false)?;
    loop {
        let before = c.at();
        let joined = JOINTS.iter().any(|joint| c.eat(joint));
        let from = c.at();
        let more = some_days(c, joined);
        // `SH Mo-Fr` without a comma would be the days that are both.
        let clear = joined || has_chinese(c, from);
        let Some(more) = more.filter(|_| clear) else {
            c.back_to(before);
            return Some(days);
        };
        days = days.and(more);
    }
}

/// One name or range; after a joint the 周 may be left out: 周一、三、五.
fn some_days(c: &mut Cursor<'_>, bare: bool) -> Option<Days> {
    if let Some(named) = c.eat_one(&NAMED_DAYS) {
        return Some(named);
    }
    let from = weekday(c, bare)?;
    let before = c.at();
    if c.eat("-") {
        if let Some(to) = weekday(c, true) {
            return Some(Days::range(from, to));
        }
        c.back_to(before);
    }
    let mut days = Days::range(from, from);
    // 周六日
    while let Some(next) = c.eat_one(&WEEKDAYS) {
        days = days.and(Days::range(next, next));
    }
    Some(days)
}

/// The number of a weekday, Monday 0.
fn weekday(c: &mut Cursor<'_>, bare: bool) -> Option<u16> {
    if let Some(day) = c.eat_one(&LATIN_WEEKDAYS) {
        return Some(day);
    }
    let start = c.at();
    let prefixed = c.eat_one(&WEEK_PREFIXES).is_some();
    let day = if prefixed || bare { c.eat_one(&WEEKDAYS) } else { None };
    if day.is_none() {
        c.back_to(start);
    }
    day
}

/// The spans of a day; None if none is there.
fn spans(c: &mut Cursor<'_>) -> Result<Option<Vec<Span>>, HoursError> {
    if c.eat_one(&ALWAYS).is_some() {
        return Ok(Some(vec![ALL_DAY]));
    }
    let mut spans = Vec::new();
    loop {
        let before = c.at();
        if !spans.is_empty() {
            c.eat(",");
        }
        let Some(start) = time(c) else {
            c.back_to(before);
            break;
        };
        let span = span_from(c, start)?;
        spans.push(span);
    }
    Ok((!spans.is_empty()).then_some(spans))
}

fn span_from(c: &mut Cursor<'_>, start: Time) -> Result<Span, HoursError> {
    if start.minutes >= 1440 || start.next_day || !c.eat("-") {
        return Err(unclear(c));
    }
    c.skip(&["-"]);
    let end = time(c).ok_or_else(|| unclear(c))?;
    let mut minutes = end.minutes;
    // 下午1:30-5:00
    let later =
        matches!(start.part, Some(Part::Noon | Part::Afternoon | Part::Evening)) && end.part.is_none();
    if later && minutes < 720 && minutes + 720 > start.minutes {
        minutes += 720;
    }
    if minutes <= start.minutes || (end.next_day && minutes <= 1440) {
        minutes += 1440;
    }
    // OSM's `+`, an open end, is no time at which anybody could rely on it.
    if minutes > 2880 || c.peek() == Some('+') {
        return Err(unclear(c));
    }
    Ok(Span { start: start.minutes, end: minutes })
}

#[derive(Clone, Copy)]
struct Time {
    /// Since midnight, below 48 hours.
    minutes: u16,
    part: Option<Part>,
    next_day: bool,
}

fn time(c: &mut Cursor<'_>) -> Option<Time> {
    let start = c.at();
    let found = time_or_less(c);
    if found.is_none() {
        c.back_to(start);
    }
    found
}

fn time_or_less(c: &mut Cursor<'_>) -> Option<Time> {
    let mut next_day = NEXT_DAY.iter().any(|word| c.eat(word));
    let part = c.eat_one(&PARTS);
    next_day |= NEXT_DAY.iter().any(|word| c.eat(word));
    let mut hour = c.number()?;
    let minute = if c.eat(":") {
        c.number()?
    } else if c.eat("点") || c.eat("时") {
        if c.eat("半") {
            30
        } else {
            c.skip(&["整"]);
            // 8点-12点: the next number is no minute.
            if c.peek().is_some_and(|next| next.is_ascii_digit()) {
                let minute = c.number()?;
                c.skip(&["分"]);
                minute
            } else {
                0
            }
        }
    } else {
        return None;
    };
    match part {
        Some(Part::Afternoon) if hour < 12 => hour += 12,
        Some(Part::Noon) if hour < 6 => hour += 12,
        Some(Part::Evening) if (5..=12).contains(&hour) => hour += 12,
        _ => {}
    }
    let minutes = hour * 60 + minute;
    (minute < 60 && minutes <= 2880).then_some(Time { minutes, part, next_day })
}
