//! The rules of the data for values that come in a change and not in a file.

use super::field::{self, LINE, NOTE};
use crate::finding::{Finding, Findings, Place, Problem};
use crate::patch::{Field, Value, written_phones};
use crate::station::{Contact, Event, Notice, Offer, Until};
use crate::time::{Date, LocalDateTime};

/// The first rule that a change's author or time breaks.
pub(crate) fn judge_author(by: Option<&str>, made_at: LocalDateTime) -> Option<Finding> {
    let mut out = Findings::default();
    field::plain(&mut out, &Place::ROOT.key("by"), by.map(str::to_owned), LINE);
    day(&mut out, &Place::ROOT.key("made_at"), made_at.date());
    out.list.into_iter().next()
}

/// The first rule that a value of `of` breaks: written into a file, it would be refused there.
pub(crate) fn judge_value(of: &Field, value: &Value) -> Option<Finding> {
    let mut out = Findings::default();
    let path = of.path();
    let place = &Place::ROOT.key(&path);
    let out_ref = &mut out;
    match value {
        Value::Text(text) => {
            let max = if *of == Field::Name { LINE } else { NOTE };
            field::text(out_ref, place, Some(text.clone()), max);
        }
        Value::Hours(text) => drop(field::plain(out_ref, place, Some(text.clone()), NOTE)),
        Value::Offer(Offer { amenity: _, state: _, note, access: _ }) => {
            field::text(out_ref, &place.key("note"), note.clone(), NOTE);
        }
        Value::Notice(notice) => judge_notice(out_ref, place, notice),
        Value::Event(event) => judge_event(out_ref, place, event),
        Value::Contact(contact) => judge_contact(out_ref, place, contact),
        // Valid by their types.
        Value::Position(_) | Value::Access(_) | Value::State(_) | Value::Seen(_) => {}
    }
    out.list.into_iter().next()
}

fn judge_notice(out: &mut Findings, place: &Place<'_>, notice: &Notice) {
    let Notice { kind: _, text, from, until } = notice;
    field::text(out, &place.key("text"), Some(text.clone()), NOTE);
    if let Some(from) = from {
        day(out, &place.key("from"), from.date());
    }
    if let Some(until) = until {
        day(out, &place.key("until"), until.last_day().unwrap_or(until.end().date()));
    }
    let end = until.map(Until::end);
    order(out, &place.key("until"), *from, end);
}

fn judge_event(out: &mut Findings, place: &Place<'_>, event: &Event) {
    let Event { kind: _, title, starts, ends, note } = event;
    field::text(out, &place.key("title"), Some(title.clone()), LINE);
    field::text(out, &place.key("note"), note.clone(), NOTE);
    day(out, &place.key("starts"), starts.date());
    if let Some(ends) = ends {
        day(out, &place.key("ends"), ends.date());
    }
    order(out, &place.key("ends"), Some(*starts), *ends);
}

fn judge_contact(out: &mut Findings, place: &Place<'_>, contact: &Contact) {
    let Contact { role: _, organisation, person, phones, hours } = contact;
    field::text(out, &place.key("organisation"), organisation.clone(), LINE);
    field::plain(out, &place.key("person"), person.clone(), LINE);
    field::plain(out, &place.key("phone"), written_phones(phones), LINE);
    let hours = hours.as_ref().map(|hours| hours.text().to_owned());
    field::plain(out, &place.key("hours"), hours, NOTE);
}

/// A day that four digits of a year can write.
fn day(out: &mut Findings, place: &Place<'_>, day: Date) {
    if !(0..=9999).contains(&day.year()) {
        out.note::<()>(place, Problem::BadDate(day.to_string()));
    }
}

/// What ends does so after it starts.
fn order(out: &mut Findings, place: &Place<'_>, starts: Option<LocalDateTime>, ends: Option<LocalDateTime>) {
    if starts.zip(ends).is_some_and(|(starts, ends)| ends <= starts) {
        out.note::<()>(place, Problem::EndsBeforeStart);
    }
}
