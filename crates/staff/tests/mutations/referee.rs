//! Judges files by the contract's table, knowing nothing of the program.

use serde_json::Value;

use super::contract::{Field, Rule, SITE, STATIONS};

/// Why a `stations.json` is not valid, if it is not.
pub fn judge_stations(file: &Value) -> Result<(), String> {
    judge_object(file, STATIONS, "")?;
    let mut ids = std::collections::BTreeSet::new();
    for station in file["stations"].as_array().into_iter().flatten() {
        let id = station["id"].as_str().unwrap_or_default();
        let lone = station["location"]["lat"].is_null() != station["location"]["lng"].is_null();
        let mut amenities = std::collections::BTreeSet::new();
        let list = |key: &str| station[key].as_array().cloned().unwrap_or_default();
        let repeated = list("amenities").iter().any(|one| !amenities.insert(one["id"].to_string()));
        // ISO times sort as texts do; a day ends after all its minutes.
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let backwards = list("events")
            .iter()
            .any(|event| !event["ends"].is_null() && text(&event["ends"]) <= text(&event["starts"]))
            || list("notices").iter().any(|notice| {
                let (from, until) = (text(&notice["from"]), text(&notice["until"]));
                let both = notice["from"].is_string() && notice["until"].is_string();
                let same_day = until.len() == 10 && from.starts_with(&until);
                both && until <= from && !same_day
            });
        if !ids.insert(id) || lone || repeated || backwards {
            return Err(format!("{id}: repeated id, lone coordinate, repeated amenity or backwards in time"));
        }
    }
    Ok(())
}

/// Why a `site.json` is not valid, if it is not.
pub fn judge_site(file: &Value) -> Result<(), String> {
    judge_object(file, SITE, "")?;
    for tiles in file["tiles"].as_array().into_iter().flatten() {
        let url = tiles["url"].as_str().unwrap_or_default();
        let zooms = (tiles["min_zoom"].as_i64().unwrap_or(3), tiles["max_zoom"].as_i64().unwrap_or(18));
        let texts = |value: &Value| value.as_array().is_some_and(|list| list.iter().all(Value::is_string));
        let subdomains = tiles["subdomains"].is_null() || texts(&tiles["subdomains"]);
        if !["{z}", "{x}", "{y}"].iter().all(|part| url.contains(part)) || zooms.0 > zooms.1 || !subdomains {
            return Err("tiles".into());
        }
    }
    Ok(())
}

fn judge_object(value: &Value, fields: &[Field], at: &str) -> Result<(), String> {
    let object = value.as_object().ok_or_else(|| format!("{at} is no object"))?;
    for (key, required, rule) in fields {
        let at = format!("{at}.{key}");
        match object.get(*key) {
            None | Some(Value::Null) if *required => return Err(format!("{at} is missing")),
            None | Some(Value::Null) => {}
            Some(value) => judge(value, *rule, &at)?,
        }
    }
    Ok(())
}

fn judge(value: &Value, rule: Rule, at: &str) -> Result<(), String> {
    let text = value.as_str();
    let good = match rule {
        Rule::Text(max) => match value {
            Value::String(zh) => words(zh, max),
            Value::Object(both) => {
                let en = both.get("en").unwrap_or(&Value::Null);
                both.get("zh").and_then(Value::as_str).is_some_and(|zh| words(zh, max))
                    && (en.is_null() || en.as_str().is_some_and(|en| words(en, 2 * max)))
            }
            _ => false,
        },
        Rule::Line(max) => text.is_some_and(|text| words(text, max)),
        Rule::Word(allowed) => text.is_some_and(|text| allowed.contains(&text)),
        Rule::Id => text.is_some_and(|id| {
            (1..=40).contains(&id.len())
                && id.chars().all(|c| c == '-' || c.is_ascii_digit() || c.is_ascii_lowercase())
        }),
        Rule::Day => text.is_some_and(day),
        Rule::Time => text.is_some_and(|text| {
            day(text) || text.split_once('T').is_some_and(|(date, clock)| day(date) && minute(clock))
        }),
        Rule::Url => text.and_then(|url| url.strip_prefix("https://")).is_some_and(|rest| {
            rest.split('/').next().is_some_and(|host| host.contains('.'))
                && !rest.chars().any(|c| c.is_whitespace() || unseen(c))
        }),
        Rule::File => text.is_some_and(|path| {
            path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
                && !path.contains(['\\', ':', '%', ' '])
        }),
        Rule::Truth => value.is_boolean(),
        Rule::Whole(first, last) => {
            value.as_i64().is_some_and(|number| (first..=last).contains(&number))
                || (value.is_u64() && last == i64::MAX)
        }
        Rule::Number(far) => value.as_f64().is_some_and(|number| number.abs() <= far),
        Rule::Schema => value.as_i64() == Some(1),
        Rule::Object(fields) => return judge_object(value, fields, at),
        Rule::List(fields) => {
            let list = value.as_array().ok_or_else(|| format!("{at} is no list"))?;
            return list.iter().try_for_each(|one| judge_object(one, fields, at));
        }
    };
    if good { Ok(()) } else { Err(format!("{at} is {value}")) }
}

fn words(text: &str, max: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= max && !text.chars().any(unseen)
}

fn unseen(c: char) -> bool {
    let code = u32::from(c);
    c.is_control()
        || [0xad, 0x61c, 0xfeff].contains(&code)
        || (0x200b..=0x200f).contains(&code)
        || (0x2028..=0x202e).contains(&code)
        || (0x2060..=0x206f).contains(&code)
}

fn day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let digits =
        |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return false;
    }
    let [year, month, day] = [year, month, day].map(|part| part.parse::<u32>().unwrap());
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=last).contains(&day)
}

fn minute(text: &str) -> bool {
    let Some((hour, minute)) = text.split_once(':') else {
        return false;
    };
    let within = |part: &str, last: u32| {
        part.len() == 2
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && part.parse::<u32>().unwrap() <= last
    };
    within(hour, 24) && within(minute, 59)
}
