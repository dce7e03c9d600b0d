//! A change in words: for the host before it is sent, and for the people in the chat that it is pasted into.

use domain::geodesy::distance_m;
use domain::patch::{Field, Op, Patch, Value};
use domain::phone::Phone;
use domain::station::{Contact, Event, Notice, Offer, Station};
use domain::text::{Lang, Text};
use domain::time::{Date, LocalDateTime};
use love_stations::i18n;

use super::{colon, pick};

/// What a field is called.
pub fn op_name(lang: Lang, field: &Field) -> String {
    let (zh, en) = match field {
        Field::Name => ("名称", "Name"),
        Field::Position => ("位置", "Place"),
        Field::Address => ("地址", "Address"),
        Field::Directions => ("怎么找到门", "Finding the door"),
        Field::Hours => ("开放时间", "Opening hours"),
        Field::Access => ("进门方式", "How to get in"),
        Field::Amenity(one) | Field::AmenityState(one) => return i18n::amenity(lang, *one).to_owned(),
        Field::AmenityNote(one) => {
            return [i18n::amenity(lang, *one), pick(lang, "的说明", ", note")].concat();
        }
        Field::Notice(_) => ("公告", "Notice"),
        Field::Event(..) => ("活动安排", "Event"),
        Field::Contact(..) => ("联系人", "Contact"),
        Field::Station => ("整个驿站", "The station"),
    };
    pick(lang, zh, en).to_owned()
}

/// One field of a change: 热水：可用 → 坏了.
pub fn op(lang: Lang, op: &Op, today: Date) -> String {
    let said = match (&op.before, &op.after) {
        (None, Some(new)) if is_entry(&op.field) => {
            [pick(lang, "新增 ", "new: "), &value(lang, new, today)].concat()
        }
        (Some(old), None) if is_entry(&op.field) => {
            [pick(lang, "去掉 ", "gone: "), &value(lang, old, today)].concat()
        }
        (Some(Value::Position(old)), Some(Value::Position(new))) => {
            let metres = whole(distance_m(*old, *new)).to_string();
            match lang {
                Lang::Zh => ["移动 ", &metres, " 米"].concat(),
                Lang::En => ["moved by ", &metres, " m"].concat(),
            }
        }
        (old, new) => {
            let value = |of: &Option<Value>| value_or_nothing(lang, of.as_ref(), today);
            [&value(old), " → ", &value(new)].concat()
        }
    };
    [&op_name(lang, &op.field), colon(lang), &said].concat()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "metres on Earth fit, and are not negative"
)]
fn whole(metres: f64) -> u32 {
    metres.round() as u32
}

const fn is_entry(field: &Field) -> bool {
    matches!(field, Field::Amenity(_) | Field::Notice(_) | Field::Event(..) | Field::Contact(..))
}

/// A value, or that there is none.
pub fn value_or_nothing(lang: Lang, of: Option<&Value>, today: Date) -> String {
    of.map_or_else(|| pick(lang, "（空）", "(nothing)").to_owned(), |of| value(lang, of, today))
}

/// A value as people read it.
fn value(lang: Lang, value: &Value, today: Date) -> String {
    match value {
        Value::Text(text) => quoted(lang, text),
        Value::Hours(hours) => around(lang, hours),
        Value::Position(_) => pick(lang, "标在地图上", "on the map").to_owned(),
        Value::Access(access) => i18n::access(lang, *access).to_owned(),
        Value::State(state) => i18n::amenity_state(lang, *state).to_owned(),
        Value::Offer(Offer { amenity: _, state, note, access }) => {
            let note = note.as_ref().map(|note| quoted(lang, note));
            let access = access.map(|access| i18n::access(lang, access).to_owned());
            joined(lang, [Some(i18n::amenity_state(lang, *state).to_owned()), note, access])
        }
        Value::Notice(notice) => notice_words(lang, notice, today),
        Value::Event(event) => {
            let kind = i18n::event_kind(lang, event.kind).to_owned();
            let (title, note) = (quoted(lang, &event.title), event.note.as_ref());
            let time = event_time(lang, event, today);
            joined(lang, [Some(kind), Some(title), Some(time), note.map(|note| quoted(lang, note))])
        }
        Value::Contact(Contact { role, organisation, person, phones, hours }) => {
            let phones: Vec<&str> = phones.iter().map(Phone::text).collect();
            let phones = (!phones.is_empty()).then(|| phones.join("、"));
            let hours = hours.as_ref().map(|hours| around(lang, hours.text()));
            let organisation = organisation.as_ref().map(|text| text.get(lang).to_owned());
            joined(
                lang,
                [Some(i18n::role(lang, *role).to_owned()), organisation, person.clone(), phones, hours],
            )
        }
        Value::Seen(_) => pick(lang, "在列表里", "listed").to_owned(),
    }
}

fn notice_words(lang: Lang, notice: &Notice, today: Date) -> String {
    let until = notice.until.map(|until| i18n::notice_until(lang, until, today));
    let kind = i18n::notice_kind(lang, notice.kind).to_owned();
    joined(lang, [Some(kind), Some(quoted(lang, &notice.text)), until])
}

/// When an event is, by its dates: in a chat nobody knows which day "tomorrow" was.
pub fn event_time(lang: Lang, event: &Event, today: Date) -> String {
    let day = |at: LocalDateTime| {
        let (date, weekday) =
            (i18n::date(lang, at.date(), today), i18n::weekday_short(lang, at.date().weekday()));
        match lang {
            Lang::Zh => [&date, weekday].concat(),
            Lang::En => [weekday, " ", &date].concat(),
        }
    };
    let clock = |at: LocalDateTime| i18n::clock(lang, u32::from(at.minute()));
    let starts = [&day(event.starts), " ", &clock(event.starts)].concat();
    match event.ends {
        None => starts,
        Some(ends) if ends.date() == event.starts.date() => [&starts, "–", &clock(ends)].concat(),
        Some(ends) => [&starts, " – ", &day(ends), " ", &clock(ends)].concat(),
    }
}

fn quoted(lang: Lang, text: &Text) -> String {
    let english = text.english().filter(|english| *english != text.get(Lang::Zh));
    match english {
        None => around(lang, text.get(Lang::Zh)),
        Some(english) => [&around(lang, text.get(Lang::Zh)), " / ", &around(Lang::En, english)].concat(),
    }
}

fn around(lang: Lang, text: &str) -> String {
    match lang {
        Lang::Zh => ["“", text, "”"].concat(),
        Lang::En => ["\"", text, "\""].concat(),
    }
}

fn joined(lang: Lang, parts: impl IntoIterator<Item = Option<String>>) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(pick(lang, "，", ", "))
}

/// What is pasted into the chat: in Chinese, whatever the page speaks, what changes, then the code on a line of its own.
pub fn message(station: &Station, patch: &Patch, code: &str) -> String {
    let lang = Lang::Zh;
    let made = patch.made_at();
    let mut text = ["【爱心驿站】", station.name.get(lang), " 改信息（"].concat();
    if let Some(by) = patch.by() {
        text.push_str(by);
        text.push('，');
    }
    text.push_str(&i18n::date(lang, made.date(), made.date()));
    text.push(' ');
    text.push_str(&i18n::clock(lang, u32::from(made.minute())));
    text.push_str("）\n");
    for one in patch.ops() {
        text.push_str("· ");
        text.push_str(&op(lang, one, made.date()));
        text.push('\n');
    }
    text.push_str(code);
    text
}
