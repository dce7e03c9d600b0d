//! Values of changes as they are written into the list.

use domain::patch::{Value, written_phones};
use domain::station::{Until, WrittenHours};
use domain::text::{Lang, Text};
use domain::time::LocalDateTime;
use serde_json::{Map, Value as Json, json};

use super::entry::lay;

/// A text over the one that stands there: keys beside `zh` and `en` stay.
pub(super) fn text(known: Option<&Json>, new: &Text) -> Json {
    let zh = new.get(Lang::Zh);
    let mut fields = match (known, new.english()) {
        (Some(Json::Object(known)), _) => known.clone(),
        (_, Some(_)) => Map::new(),
        (_, None) => return zh.into(),
    };
    fields.insert("zh".into(), zh.into());
    match new.english() {
        Some(en) => drop(fields.insert("en".into(), en.into())),
        None => drop(fields.shift_remove("en")),
    }
    Json::Object(fields)
}

/// An entry of a list over the one that stands there. What says the same as before stays as it was written.
pub(super) fn entry(known: &mut Map<String, Json>, before: Option<&Value>, after: &Value) {
    let before = before.map(fields).unwrap_or_default();
    let after = fields(after);
    let order: Vec<&str> = after.iter().map(|(key, _)| *key).collect();
    for (key, part) in &after {
        let same = before.iter().any(|(known, old)| known == key && old == part);
        if same {
            continue;
        }
        let value = match part {
            Part::Text(new) => text(known.get(*key), new),
            Part::Json(value) => value.clone(),
        };
        lay(known, &order, key, value);
    }
}

#[derive(PartialEq)]
enum Part {
    Text(Text),
    Json(Json),
}

impl Part {
    fn text(text: Option<&Text>) -> Self {
        text.map_or(Self::Json(Json::Null), |text| Self::Text(text.clone()))
    }
}

/// The keys of an entry in the order they are written in; null for what it does not say.
fn fields(value: &Value) -> Vec<(&'static str, Part)> {
    let json = Part::Json;
    match value {
        Value::Offer(offer) => vec![
            ("id", json(offer.amenity.word().into())),
            ("state", json(offer.state.word().into())),
            ("note", Part::text(offer.note.as_ref())),
            ("access", json(offer.access.map(domain::station::Access::word).into())),
        ],
        Value::Notice(notice) => vec![
            ("kind", json(notice.kind.word().into())),
            ("text", Part::text(Some(&notice.text))),
            ("from", json(notice.from.map(moment).into())),
            ("until", json(notice.until.map(until).into())),
        ],
        Value::Event(event) => vec![
            ("kind", json(event.kind.word().into())),
            ("title", Part::text(Some(&event.title))),
            ("starts", json(event.starts.to_string().into())),
            ("ends", json(event.ends.map(|ends| ends.to_string()).into())),
            ("note", Part::text(event.note.as_ref())),
        ],
        Value::Contact(contact) => vec![
            ("role", json(contact.role.word().into())),
            ("organisation", Part::text(contact.organisation.as_ref())),
            ("person", json(json!(contact.person))),
            ("phone", json(written_phones(&contact.phones).into())),
            ("hours", json(contact.hours.as_ref().map(WrittenHours::text).into())),
        ],
        _ => Vec::new(),
    }
}

/// A minute; the first of a day as the day alone.
pub(crate) fn moment(at: LocalDateTime) -> String {
    if at.minute() == 0 { at.date().to_string() } else { at.to_string() }
}

/// An end: the last day it holds, or the minute.
pub(crate) fn until(until: Until) -> String {
    until.last_day().map_or_else(|| until.end().to_string(), |day| day.to_string())
}
