//! How old what is shown is.

use domain::text::Lang;
use domain::time::Date;

use super::phrases::published;

/// What is shown while newer data cannot be had, and how old it is: 没有网络 · 数据为 11月20日发布，3 小时前核对过. `why` comes
/// first; `age` are the seconds since the data were last seen to be the newest, if that is known.
pub fn kept(lang: Lang, why: &str, published_at: &str, today: Date, age: Option<i64>) -> String {
    let mut words = why.to_owned();
    let mut add = |between: &str, parts: [&str; 3]| {
        words.push_str(between);
        for part in parts {
            words.push_str(part);
        }
    };
    let published = published(lang, published_at, today);
    match (lang, &published) {
        (Lang::Zh, Some(day)) => add(" · ", ["数据为 ", day, "发布"]),
        (Lang::En, Some(day)) => add(" · ", ["data of ", day, ""]),
        (Lang::Zh, None) => add(" · ", ["显示的是这部手机保存的数据", "", ""]),
        (Lang::En, None) => add(" · ", ["showing what this phone kept", "", ""]),
    }
    match (lang, age.and_then(|age| since(lang, age))) {
        (_, None) => {}
        (Lang::Zh, Some(age)) => add("，", [&age, "核对过", ""]),
        (Lang::En, Some(age)) => add(", ", ["checked ", &age, ""]),
    }
    words
}

/// How long ago so many seconds are. None for a time that the phone's clock got wrong.
fn since(lang: Lang, seconds: i64) -> Option<String> {
    const LONGEST_DAYS: i64 = 1_000;
    let minutes = seconds / 60;
    let (zh, en, number) = match minutes {
        ..0 => return None,
        0 => return Some((if lang == Lang::Zh { "刚刚" } else { "just now" }).to_owned()),
        1..60 => (" 分钟前", " min ago", minutes),
        60..2_880 => (" 小时前", " h ago", minutes / 60),
        _ => (" 天前", " days ago", minutes / 1_440),
    };
    let mut words = number.to_string();
    words.push_str(if lang == Lang::Zh { zh } else { en });
    (minutes < LONGEST_DAYS * 1_440).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_old_the_kept_data_are() {
        let today = Date::parse("2026-11-23").unwrap();
        let (hour, days) = (3_600, 86_400);
        for (published, age, zh, en) in [
            (
                "2026-11-20",
                Some(3 * hour),
                "没网 · 数据为 11月20日发布，3 小时前核对过",
                "off · data of 20 Nov, checked 3 h ago",
            ),
            (
                "2026-11-20",
                Some(59),
                "没网 · 数据为 11月20日发布，刚刚核对过",
                "off · data of 20 Nov, checked just now",
            ),
            (
                "2025-11-20",
                Some(hour - 1),
                "没网 · 数据为 2025年11月20日发布，59 分钟前核对过",
                "off · data of 20 Nov 2025, checked 59 min ago",
            ),
            (
                "2026-11-20",
                Some(47 * hour),
                "没网 · 数据为 11月20日发布，47 小时前核对过",
                "off · data of 20 Nov, checked 47 h ago",
            ),
            (
                "2026-11-20",
                Some(2 * days),
                "没网 · 数据为 11月20日发布，2 天前核对过",
                "off · data of 20 Nov, checked 2 days ago",
            ),
            (
                "",
                Some(hour),
                "没网 · 显示的是这部手机保存的数据，1 小时前核对过",
                "off · showing what this phone kept, checked 1 h ago",
            ),
            // A clock that was set back, or forward by ten years, tells nothing.
            ("2026-11-20", Some(-hour), "没网 · 数据为 11月20日发布", "off · data of 20 Nov"),
            ("2026-11-20", Some(3_650 * days), "没网 · 数据为 11月20日发布", "off · data of 20 Nov"),
            ("2026-11-20", Some(i64::MIN), "没网 · 数据为 11月20日发布", "off · data of 20 Nov"),
            ("2026-11-20", None, "没网 · 数据为 11月20日发布", "off · data of 20 Nov"),
        ] {
            assert_eq!(kept(Lang::Zh, "没网", published, today, age), zh);
            assert_eq!(kept(Lang::En, "off", published, today, age), en);
        }
    }
}
