//! What a form means: the changes it asks for, and what is wrong with it.

use domain::amenity::{Amenity, AmenityState};
use domain::coords::Wgs84;
use domain::patch::{Field, Op, Value};
use domain::phone::Phone;
use domain::station::{Access, Contact, Notice, NoticeKind, Offer, Role, Station, Until};
use domain::text::{Lang, Text};
use domain::time::{Date, LocalDateTime};
use love_stations::i18n;

use crate::form::Form;

pub mod events;

/// What a form asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// Field by field; fields that stay as they are, are not among them.
    pub ops: Vec<Op>,
    /// What must be mended before it can be sent.
    pub troubles: Vec<Trouble>,
}

/// What is wrong with a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Closed until when?
    NoDay,
    /// The last day is over already.
    DayOver,
    /// A notice that says nothing.
    NoticeEmpty,
    /// A station without a name.
    NameEmpty,
    /// A contact with neither a name nor a number.
    ContactEmpty,
    /// An event without a name.
    EventNoTitle,
    /// An event without a day or a time.
    EventNoStart,
    /// An event that ends before it starts, or on a day without a time.
    EventEnds,
    /// A new event that is over already.
    EventOver,
    /// Two events of one name at one time.
    EventTwice,
}

/// The name of a field of the form about an entry of a list: the same for as long as the entry is.
pub fn of_entry(what: &str, entry: &Field) -> String {
    [what, "-", &mark(entry)].concat()
}

/// What tells an entry of a list from the others: 16 letters and digits.
fn mark(entry: &Field) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut mix = |text: &str| {
        // FNV-1a, and an end to each part.
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    match entry {
        Field::Notice(text) => mix(text),
        Field::Contact(role, organisation, person) => {
            mix(role.word());
            mix(organisation.as_deref().unwrap_or_default());
            mix(person.as_deref().unwrap_or_default());
        }
        Field::Event(title, starts) => {
            mix(title);
            mix(&starts.to_string());
        }
        other => mix(&other.path()),
    }
    (0..16).map(|at| char::from(DIGITS[(hash >> (at * 4) & 15) as usize])).collect()
}

/// The field of an amenity's switch.
pub fn of_amenity(amenity: Amenity) -> String {
    ["a-", amenity.word()].concat()
}

/// The field of what is said of an amenity.
pub fn of_note(amenity: Amenity) -> String {
    ["n-", amenity.word()].concat()
}

/// What `form` asks for of `station`, as it is or will be once what waits has happened.
pub fn wanted(form: &Form, station: &Station, now: LocalDateTime) -> Wanted {
    let mut out = Wanted::default();
    let today = now.date();
    amenities(form, station, &mut out);
    closing(form, station, today, &mut out);
    notices(form, station, today, &mut out);
    events::events(form, station, now, &mut out);
    contacts(form, station, &mut out);
    texts(form, station, &mut out);
    if let Some(hours) = form.get("hours") {
        let before = station.hours.as_ref().map(|hours| Value::Hours(hours.text().to_owned()));
        let after = Some(hours.trim()).filter(|hours| !hours.is_empty());
        out.change(Field::Hours, before, after.map(|hours| Value::Hours(hours.to_owned())));
    }
    if let Some(word) = form.get("access") {
        let after = Access::from_word(word).map(Value::Access);
        out.change(Field::Access, station.access.map(Value::Access), after);
    }
    if let Some(position) = form.get("pos").and_then(position) {
        let before = station.location.position.map(|before| Value::Position(before).normal());
        out.change(Field::Position, before, Some(Value::Position(position).normal()));
    }
    out
}

impl Wanted {
    /// A change, where it is one.
    fn change(&mut self, field: Field, before: Option<Value>, after: Option<Value>) {
        if before != after {
            self.ops.push(Op { field, before, after });
        }
    }
}

fn amenities(form: &Form, station: &Station, out: &mut Wanted) {
    for &amenity in Amenity::ALL {
        let offer = station.offer(amenity);
        let state = form.get(&of_amenity(amenity)).map(AmenityState::from_word);
        let note = written(form, &of_note(amenity), offer.and_then(|offer| offer.note.as_ref()));
        match (offer, state) {
            (Some(offer), Some(None)) => {
                out.change(Field::Amenity(amenity), Some(Value::Offer(offer.clone())), None);
            }
            (Some(offer), state) => {
                if let Some(state) = state.flatten() {
                    let field = Field::AmenityState(amenity);
                    out.change(field, Some(Value::State(offer.state)), Some(Value::State(state)));
                }
                if note != Written::Untouched {
                    let before = offer.note.clone().map(Value::Text);
                    out.change(Field::AmenityNote(amenity), before, note.text().map(Value::Text));
                }
            }
            (None, Some(Some(state))) => {
                let offer = Offer { amenity, state, note: note.text(), access: None };
                out.change(Field::Amenity(amenity), None, Some(Value::Offer(offer)));
            }
            (None, _) => {}
        }
    }
}

/// A notice that is new, or in the place of one that says the same.
fn put_notice(station: &Station, notice: Notice, out: &mut Wanted) {
    let field = Field::notice(&notice);
    let before = station.notices.iter().find(|one| Field::notice(one) == field);
    let before = before.map(|one| Value::Notice(one.clone()));
    // The form may take a notice down and say the same again.
    out.ops.retain(|op| op.field != field);
    out.change(field, before, Some(Value::Notice(notice)));
}

fn closing(form: &Form, station: &Station, today: Date, out: &mut Wanted) {
    let last = match form.text("close") {
        "today" => today,
        "until" => match Date::parse(form.text("close-day")) {
            None => return out.troubles.push(Trouble::NoDay),
            Some(day) if day < today => return out.troubles.push(Trouble::DayOver),
            Some(day) => day,
        },
        _ => return,
    };
    // Each with its day, so that next week's is another notice.
    let words = |lang| i18n::date(lang, last, today);
    let (zh, en) = if last == today {
        (words(Lang::Zh) + "临时关门", String::from("Closed on ") + &words(Lang::En))
    } else {
        (String::from("临时关门，到") + &words(Lang::Zh), String::from("Closed until ") + &words(Lang::En))
    };
    let text = Text::both(zh, en);
    let notice = Notice { kind: NoticeKind::Closed, text, from: None, until: Some(Until::whole_day(last)) };
    put_notice(station, notice, out);
}

fn notices(form: &Form, station: &Station, today: Date, out: &mut Wanted) {
    for notice in &station.notices {
        let field = Field::notice(notice);
        if form.is(&of_entry("gone", &field), "1") && out.ops.iter().all(|op| op.field != field) {
            out.change(field, Some(Value::Notice(notice.clone())), None);
        }
    }
    let (kind, text) = (form.text("notice-kind"), form.text("notice-text"));
    if kind.is_empty() && text.is_empty() {
        return;
    }
    if text.is_empty() {
        return out.troubles.push(Trouble::NoticeEmpty);
    }
    let until = match form.text("notice-day") {
        "" => None,
        day => match Date::parse(day) {
            None => return out.troubles.push(Trouble::NoDay),
            Some(day) if day < today => return out.troubles.push(Trouble::DayOver),
            Some(day) => Some(Until::whole_day(day)),
        },
    };
    let kind = NoticeKind::from_word(kind).unwrap_or(NoticeKind::Info);
    put_notice(station, Notice { kind, text: both(text, form.text("notice-en")), from: None, until }, out);
}

fn contacts(form: &Form, station: &Station, out: &mut Wanted) {
    for contact in &station.contacts {
        let field = Field::contact(contact);
        if form.is(&of_entry("nocontact", &field), "1") {
            out.change(field, Some(Value::Contact(contact.clone())), None);
        } else if let Some(phones) = form.get(&of_entry("phone", &field)) {
            let after = Contact { phones: Phone::all(phones), ..contact.clone() };
            let before = Value::Contact(contact.clone()).normal();
            out.change(field, Some(before), Some(Value::Contact(after).normal()));
        }
    }
    let [organisation, person, phones] =
        ["contact-org", "contact-person", "contact-phone"].map(|field| form.text(field));
    let role = Role::from_word(form.text("contact-role"));
    if role.is_none() && organisation.is_empty() && person.is_empty() && phones.is_empty() {
        return;
    }
    if (organisation.is_empty() && person.is_empty()) || phones.is_empty() {
        return out.troubles.push(Trouble::ContactEmpty);
    }
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let contact = Contact {
        role: role.unwrap_or(Role::Host),
        organisation: some(organisation).map(Text::zh),
        person: some(person),
        phones: Phone::all(phones),
        hours: None,
    };
    let field = Field::contact(&contact);
    let before = station.contacts.iter().find(|one| Field::contact(one) == field);
    let before = before.map(|one| Value::Contact(one.clone()).normal());
    out.ops.retain(|op| op.field != field);
    out.change(field, before, Some(Value::Contact(contact).normal()));
}

fn texts(form: &Form, station: &Station, out: &mut Wanted) {
    let place = &station.location;
    let fields = [
        (Field::Name, "name", Some(&station.name)),
        (Field::Address, "address", place.address.as_ref()),
        (Field::Directions, "way", place.directions.as_ref()),
    ];
    for (field, name, before) in fields {
        match written(form, name, before) {
            Written::Untouched => {}
            Written::Empty if field == Field::Name => out.troubles.push(Trouble::NameEmpty),
            after => out.change(field, before.cloned().map(Value::Text), after.text().map(Value::Text)),
        }
    }
}

/// What somebody did to a text.
#[derive(PartialEq)]
enum Written {
    Untouched,
    Empty,
    Text(Text),
}

impl Written {
    fn text(self) -> Option<Text> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

/// What a text in two fields of the form, Chinese and English, shall be.
fn written(form: &Form, name: &str, before: Option<&Text>) -> Written {
    let english = [name, "-en"].concat();
    if form.get(name).is_none() && form.get(&english).is_none() {
        return Written::Untouched;
    }
    let zh = form.get(name).unwrap_or_else(|| before.map_or("", |text| text.get(Lang::Zh))).trim();
    let en = form.get(&english).unwrap_or_else(|| before.and_then(Text::english).unwrap_or("")).trim();
    if zh.is_empty() { Written::Empty } else { Written::Text(both(zh, en)) }
}

fn both(zh: &str, en: &str) -> Text {
    if en.is_empty() { Text::zh(zh) } else { Text::both(zh, en) }
}

/// A position as the form keeps it: latitude and longitude in whole 1e-7 degrees.
pub fn position(text: &str) -> Option<Wgs84> {
    let (lat, lng) = text.split_once(',')?;
    let degrees = |whole: &str| whole.parse::<i32>().ok().map(|whole| f64::from(whole) / 1e7);
    Wgs84::new(degrees(lat)?, degrees(lng)?).ok()
}

/// The same the other way round.
#[expect(clippy::cast_possible_truncation, reason = "180 degrees are 1.8e9, which an i32 holds")]
pub fn position_text(at: Wgs84) -> String {
    let whole = |degrees: f64| ((degrees * 1e7).round() as i32).to_string();
    [whole(at.lat()), whole(at.lng())].join(",")
}

#[cfg(test)]
pub(crate) mod tests;
