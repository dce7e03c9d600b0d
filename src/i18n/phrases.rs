//! Sentences with something in them: distances, times, what state a door is in.

use domain::geodesy::{Distance, TravelTime};
use domain::hours::UnknownReason;
use domain::report::Told;
use domain::shards::Badge;
use domain::station::Until;
use domain::status::Status;
use domain::text::Lang;
use domain::time::{Date, LocalDateTime};

use super::names::{report_kind, weekday_short};
use crate::data::{FetchError, LoadError};

/// A distance as people say it: 350 米, 1.2 公里.
pub fn distance(lang: Lang, metres: f64) -> String {
    match (lang, Distance::rounded(metres)) {
        (Lang::Zh, Distance::Metres(metres)) => format!("{metres} 米"),
        (Lang::En, Distance::Metres(metres)) => format!("{metres} m"),
        (Lang::Zh, Distance::Tenths(tenths)) => format!("{} 公里", tenth(tenths)),
        (Lang::En, Distance::Tenths(tenths)) => format!("{} km", tenth(tenths)),
    }
}

/// Tenths as a number: 1.2; from 10 on without the tenth.
fn tenth(tenths: u32) -> String {
    let (whole, part) = (tenths / 10, tenths % 10);
    if whole >= 10 || part == 0 { whole.to_string() } else { format!("{whole}.{part}") }
}

/// How long it takes: walking where that is near, otherwise riding. None where nobody rides to take a rest.
pub fn travel(lang: Lang, metres: f64) -> Option<String> {
    /// Beyond this nobody walks between two orders.
    const WALKABLE_M: f64 = 1_500.0;
    let (zh, en, minutes) = if metres <= WALKABLE_M {
        ("步行", "walk", TravelTime::walking(metres).minutes())
    } else {
        ("骑行", "ride", TravelTime::riding(metres).minutes())
    };
    (minutes <= 60).then(|| match lang {
        Lang::Zh => format!("{zh} {minutes} 分钟"),
        Lang::En => format!("{minutes} min {en}"),
    })
}

/// Minutes of a day as a clock shows them; 24:00 and later belong to the next morning.
pub fn clock(lang: Lang, minute: u32) -> String {
    let (days, hour, minute) = (minute / 1440, minute / 60 % 24, minute % 60);
    match (lang, days) {
        (_, 0) => format!("{hour:02}:{minute:02}"),
        // Midnight itself still ends the day it was written for.
        (_, 1) if hour == 0 && minute == 0 => "24:00".to_owned(),
        (Lang::Zh, _) => format!("次日{hour:02}:{minute:02}"),
        (Lang::En, _) => format!("{hour:02}:{minute:02} next day"),
    }
}

/// A day, with its year where that is not `today`'s.
pub fn date(lang: Lang, date: Date, today: Date) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match (lang, year == today.year()) {
        (Lang::Zh, true) => format!("{month}月{day}日"),
        (Lang::Zh, false) => format!("{year}年{month}月{day}日"),
        (Lang::En, true) => format!("{day} {}", month_name(month)),
        (Lang::En, false) => format!("{day} {} {year}", month_name(month)),
    }
}

fn month_name(month: u8) -> &'static str {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or("")
}

/// A day as seen from today: 今天, 明天, a weekday this week, otherwise the date.
fn day(lang: Lang, that: Date, today: Date) -> String {
    match (lang, that.days_since(today)) {
        (Lang::Zh, 0) => "今天".to_owned(),
        (Lang::En, 0) => "today".to_owned(),
        (Lang::Zh, 1) => "明天".to_owned(),
        (Lang::En, 1) => "tomorrow".to_owned(),
        (_, 2..=6) => weekday_short(lang, that.weekday()).to_owned(),
        _ => date(lang, that, today),
    }
}

/// An instant as seen from today: 今天 20:00.
pub fn moment(lang: Lang, at: LocalDateTime, today: Date) -> String {
    format!("{} {}", day(lang, at.date(), today), clock(lang, u32::from(at.minute())))
}

/// A closing time: the clock alone today, and for the first hours of tomorrow; 24:00 for midnight.
fn closing(lang: Lang, until: LocalDateTime, today: Date) -> String {
    let minute = u32::from(until.minute());
    match until.date().days_since(today) {
        0 => clock(lang, minute),
        1 if minute == 0 => "24:00".to_owned(),
        1 if minute <= 12 * 60 => clock(lang, minute + 1440),
        _ => moment(lang, until, today),
    }
}

/// The state of a door in a few words: 营业中，20:00 关门.
pub fn open_words(lang: Lang, status: Status, today: Date) -> String {
    let owned = |zh: &str, en: &str| (if lang == Lang::Zh { zh } else { en }).to_owned();
    match status {
        Status::OpenAlways => owned("24小时开放", "Open 24 h"),
        Status::Open { until } => match lang {
            Lang::Zh => format!("营业中 · {}关门", closing(lang, until, today)),
            Lang::En => format!("Open until {}", closing(lang, until, today)),
        },
        Status::OpenSomeTime => owned("今天开放，时间不详", "Open today, times unknown"),
        Status::Closed { opens: Some(opens) } => match lang {
            Lang::Zh => format!("已关门 · {}开门", moment(lang, opens, today)),
            Lang::En => format!("Closed, opens {}", moment(lang, opens, today)),
        },
        Status::Closed { opens: None } => owned("已关门", "Closed"),
        Status::ClosedByNotice { until: Some(until) } => {
            format!("{}{}", owned("暂停开放 · ", "Closed, "), notice_until(lang, until, today))
        }
        Status::ClosedByNotice { until: None } => owned("暂停开放", "Closed until further notice"),
        Status::NoHours => owned("开放时间不详", "Hours unknown"),
        Status::Unreadable => owned("开放时间见详情", "Hours: see the details"),
        Status::Unknown(UnknownReason::HolidayTableEnds { .. }) => {
            owned("节假日安排未录入，请先打电话", "Holiday schedule not known yet: call first")
        }
        Status::Unknown(_) => owned("是否开放不确定，请先打电话", "Not sure it is open: call first"),
    }
}

/// How long a notice holds: 至12月1日.
pub fn notice_until(lang: Lang, until: Until, today: Date) -> String {
    let end = match until.last_day() {
        Some(last) => date(lang, last, today),
        None => moment(lang, until.end(), today),
    };
    match lang {
        Lang::Zh => format!("至{end}"),
        Lang::En => format!("until {end}"),
    }
}

/// What several riders report: 有骑友反映关着门（2 人，11月24日）.
pub fn told(lang: Lang, told: &Told, today: Date) -> String {
    let (kind, riders, last) = (report_kind(lang, told.kind), told.riders, date(lang, told.last, today));
    let riders = usize::from(riders).to_string();
    match lang {
        Lang::Zh => ["有骑友反映", kind, "（", &riders, " 人，", &last, "）"].concat(),
        Lang::En => [&riders, " riders report: ", kind, " (", &last, ")"].concat(),
    }
}

/// How long ago a day was.
pub fn ago(lang: Lang, that: Date, today: Date) -> String {
    let days = today.days_since(that);
    match (lang, days) {
        (_, ..0) => date(lang, that, today),
        (Lang::Zh, 0) => "今天".to_owned(),
        (Lang::En, 0) => "today".to_owned(),
        (Lang::Zh, 1..=59) => format!("{days} 天前"),
        (Lang::En, 1) => "yesterday".to_owned(),
        (Lang::En, 2..=59) => format!("{days} days ago"),
        (Lang::Zh, _) => format!("{} 个月前", days / 30),
        (Lang::En, _) => format!("{} months ago", days / 30),
    }
}

/// The day of the data, written `YYYY-MM-DD` in the index.
pub fn published(lang: Lang, published_at: &str, today: Date) -> Option<String> {
    Some(date(lang, Date::parse(published_at)?, today))
}

/// How many stations are listed, for the live region and the list's head.
pub fn phrase_count(lang: Lang, all: usize, open: usize) -> String {
    match lang {
        Lang::Zh => format!("{all} 个驿站，{open} 个营业中"),
        Lang::En => format!("{all} {}, {open} open now", if all == 1 { "station" } else { "stations" }),
    }
}

/// The same where `loaded` of `all` stations are there.
pub fn phrase_part(lang: Lang, words: &str, loaded: usize, all: u64) -> String {
    match lang {
        Lang::Zh => format!("{words}（附近已加载 {loaded} 个，全部 {all} 个）"),
        Lang::En => format!("{words} ({loaded} of {all} loaded, around here)"),
    }
}

/// What a badge on the map stands for, and what a touch does.
pub fn phrase_badge(lang: Lang, badge: &Badge) -> String {
    let Badge { count, open, unseen, .. } = badge;
    match (lang, unseen) {
        (Lang::Zh, 0) => format!("{count} 个驿站，{open} 个营业中，放大看"),
        (Lang::En, 0) => format!("{count} stations, {open} open now, zoom in"),
        (Lang::Zh, _) if *open > 0 => format!("这一片有 {count} 个驿站，至少 {open} 个营业中，放大看"),
        (Lang::En, _) if *open > 0 => {
            format!("{count} stations around here, at least {open} open now, zoom in")
        }
        (Lang::Zh, _) => format!("这一片有 {count} 个驿站，放大看"),
        (Lang::En, _) => format!("{count} stations around here, zoom in"),
    }
}

/// What went wrong while loading, and what that means.
pub fn load_error(lang: Lang, error: &LoadError) -> String {
    let (zh, en) = match error {
        LoadError::Fetch { error: FetchError::Unreachable, .. } => (
            "连不上网络，看看信号或换个地方再试。".to_owned(),
            "No network. Check the signal and try again.".to_owned(),
        ),
        LoadError::Fetch { error: FetchError::TimedOut, .. } => (
            "网络太慢，没有等到数据。".to_owned(),
            "The network is too slow; the data did not come in time.".to_owned(),
        ),
        LoadError::Fetch { error: FetchError::Status(status), file } => (
            format!("服务器没有给出数据（{file}，{status}）。"),
            format!("The server did not give the data ({file}, {status})."),
        ),
        LoadError::Fetch { error: FetchError::NotText, file }
        | LoadError::Corrupt { file }
        | LoadError::Invalid { file } => (
            format!("数据不完整，没有使用（{file}）。"),
            format!("The data are damaged and were not used ({file})."),
        ),
        LoadError::Incomplete(_) => (
            "数据缺了一部分，没有使用。".to_owned(),
            "A part of the data is missing; they were not used.".to_owned(),
        ),
        LoadError::NewerSchema => (
            "数据格式比这个页面新，请刷新页面。".to_owned(),
            "The data are newer than this page. Reload it.".to_owned(),
        ),
    };
    if lang == Lang::Zh { zh } else { en }
}

#[cfg(test)]
mod tests {
    use domain::coords::Wgs84;

    use super::*;

    fn at(text: &str) -> LocalDateTime {
        LocalDateTime::parse(text).unwrap()
    }

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn a_badge_says_what_is_known_and_no_more() {
        let badge = |count, open, unseen| {
            let id = domain::shards::Crowd::new(&[(Wgs84::null_island(), true)], Vec::new())
                .within(&domain::spatial::Bounds::WORLD, 5)[0]
                .id;
            Badge { id, position: Wgs84::null_island(), count, open, unseen, alone: None }
        };
        for (badge, zh, en) in [
            (badge(12, 3, 0), "12 个驿站，3 个营业中，放大看", "12 stations, 3 open now, zoom in"),
            (
                badge(12, 3, 2),
                "这一片有 12 个驿站，至少 3 个营业中，放大看",
                "12 stations around here, at least 3 open now, zoom in",
            ),
            (badge(12, 0, 12), "这一片有 12 个驿站，放大看", "12 stations around here, zoom in"),
        ] {
            assert_eq!(phrase_badge(Lang::Zh, &badge), zh);
            assert_eq!(phrase_badge(Lang::En, &badge), en);
        }
    }

    #[test]
    fn distances_as_people_say_them() {
        for (metres, zh, en) in [
            (0.0, "10 米", "10 m"),
            (347.0, "350 米", "350 m"),
            (1_234.0, "1.2 公里", "1.2 km"),
            (2_000.0, "2 公里", "2 km"),
            (12_340.0, "12 公里", "12 km"),
        ] {
            assert_eq!(distance(Lang::Zh, metres), zh);
            assert_eq!(distance(Lang::En, metres), en);
        }
    }

    #[test]
    fn travel_as_long_as_somebody_would() {
        for (metres, zh, en) in [
            (400.0, Some("步行 7 分钟"), Some("7 min walk")),
            (1_500.0, Some("步行 25 分钟"), Some("25 min walk")),
            (1_501.0, Some("骑行 8 分钟"), Some("8 min ride")),
            (11_500.0, Some("骑行 60 分钟"), Some("60 min ride")),
            (11_600.0, None, None),
            (352_000.0, None, None),
        ] {
            assert_eq!(travel(Lang::Zh, metres).as_deref(), zh);
            assert_eq!(travel(Lang::En, metres).as_deref(), en);
        }
    }

    #[test]
    fn doors_in_a_few_words() {
        let today = day("2026-11-23");
        let open = |until| Status::Open { until: at(until) };
        let closed = |opens| Status::Closed { opens: Some(at(opens)) };
        for (status, zh, en) in [
            (open("2026-11-23T20:00"), "营业中 · 20:00关门", "Open until 20:00"),
            (open("2026-11-24T00:00"), "营业中 · 24:00关门", "Open until 24:00"),
            (open("2026-11-24T02:00"), "营业中 · 次日02:00关门", "Open until 02:00 next day"),
            (open("2026-11-27T20:00"), "营业中 · 周五 20:00关门", "Open until Fri 20:00"),
            (closed("2026-11-24T08:00"), "已关门 · 明天 08:00开门", "Closed, opens tomorrow 08:00"),
            (closed("2027-01-04T08:00"), "已关门 · 2027年1月4日 08:00开门", "Closed, opens 4 Jan 2027 08:00"),
            (Status::OpenAlways, "24小时开放", "Open 24 h"),
            (
                Status::ClosedByNotice { until: Some(Until::whole_day(day("2026-12-01"))) },
                "暂停开放 · 至12月1日",
                "Closed, until 1 Dec",
            ),
        ] {
            assert_eq!(open_words(Lang::Zh, status, today), zh);
            assert_eq!(open_words(Lang::En, status, today), en);
        }
    }

    #[test]
    fn how_long_ago() {
        let today = day("2026-11-23");
        for (that, zh, en) in [
            ("2026-11-23", "今天", "today"),
            ("2026-11-22", "1 天前", "yesterday"),
            ("2026-10-20", "34 天前", "34 days ago"),
            ("2025-11-01", "12 个月前", "12 months ago"),
            ("2026-12-01", "12月1日", "1 Dec"),
        ] {
            assert_eq!(ago(Lang::Zh, day(that), today), zh);
            assert_eq!(ago(Lang::En, day(that), today), en);
        }
    }
}
