//! A station as the app has it, changed by a patch: what a host sees of a change that still waits.

use sha2::{Digest as _, Sha256};

use super::merge::{Current, Record};
use super::{Field, Value, first};
use crate::station::{Station, WrittenHours};
use crate::wire::encode;

/// Names what is known of a station, as far as a change could change it: a removal names by this what it removes, so that a
/// station that somebody else has just corrected does not vanish unseen.
pub fn fingerprint(station: &Station) -> [u8; 8] {
    let mut known = station.clone();
    // Published under other names than the source has them.
    known.photos.clear();
    (known.verified_at, known.updated_at) = (None, None);
    first(&Sha256::digest(encode(&known)))
}

/// None: the station was removed.
impl Record for Option<Station> {
    fn current(&self, field: &Field) -> Current {
        let Some(station) = self else {
            return if *field == Field::Station { Current::Is(None) } else { Current::Gone };
        };
        let location = &station.location;
        Current::Is(match field {
            Field::Name => Some(Value::Text(station.name.clone())),
            Field::Position => location.position.map(|position| Value::Position(position).normal()),
            Field::Address => location.address.clone().map(Value::Text),
            Field::Directions => location.directions.clone().map(Value::Text),
            Field::Hours => station.hours.as_ref().map(|hours| Value::Hours(hours.text().to_owned())),
            Field::Access => station.access.map(Value::Access),
            Field::Amenity(one) => station.offer(*one).cloned().map(Value::Offer),
            Field::AmenityState(one) | Field::AmenityNote(one) => {
                let Some(offer) = station.offer(*one) else { return Current::Gone };
                match field {
                    Field::AmenityState(_) => Some(Value::State(offer.state)),
                    _ => offer.note.clone().map(Value::Text),
                }
            }
            Field::Notice(_) => {
                return only(&station.notices, |one| Field::notice(one) == *field, Value::Notice);
            }
            Field::Event(..) => {
                return only(&station.events, |one| Field::event(one) == *field, Value::Event);
            }
            Field::Contact(..) => {
                return only(&station.contacts, |one| Field::contact(one) == *field, Value::Contact);
            }
            Field::Station => Some(Value::Seen(fingerprint(station))),
        })
    }

    fn put(&mut self, field: &Field, value: Option<&Value>) {
        let Some(station) = self else { return };
        let location = &mut station.location;
        match (field, value) {
            (Field::Station, None) => *self = None,
            (Field::Name, Some(Value::Text(name))) => station.name = name.clone(),
            (Field::Position, Some(Value::Position(position))) => location.position = Some(*position),
            (Field::Position, None) => location.position = None,
            (Field::Address, _) => location.address = text(value),
            (Field::Directions, _) => location.directions = text(value),
            (Field::Hours, Some(Value::Hours(text))) => station.hours = Some(WrittenHours::new(text)),
            (Field::Hours, None) => station.hours = None,
            (Field::Access, Some(Value::Access(access))) => station.access = Some(*access),
            (Field::Access, None) => station.access = None,
            (Field::Amenity(one), Some(Value::Offer(offer))) => {
                replace(&mut station.offers, |offer| offer.amenity == *one, Some(offer.clone()));
                station.offers.sort_by_key(|offer| offer.amenity);
            }
            (Field::Amenity(one), None) => station.offers.retain(|offer| offer.amenity != *one),
            (Field::AmenityState(_) | Field::AmenityNote(_), _) => {
                let offer = station.offers.iter_mut().find(|offer| Some(offer.amenity) == field.amenity());
                match (offer, value) {
                    (Some(offer), Some(Value::State(state))) => offer.state = *state,
                    (Some(offer), Some(Value::Text(note))) => offer.note = Some(note.clone()),
                    (Some(offer), None) => offer.note = None,
                    _ => {}
                }
            }
            (Field::Notice(_), _) => {
                let notice = value.and_then(|value| match value {
                    Value::Notice(notice) => Some(notice.clone()),
                    _ => None,
                });
                replace(&mut station.notices, |one| Field::notice(one) == *field, notice);
            }
            (Field::Event(..), _) => {
                let event = value.and_then(|value| match value {
                    Value::Event(event) => Some(event.clone()),
                    _ => None,
                });
                replace(&mut station.events, |one| Field::event(one) == *field, event);
                station.events.sort_by_key(|event| event.starts);
            }
            (Field::Contact(..), _) => {
                let contact = value.and_then(|value| match value {
                    Value::Contact(contact) => Some(contact.clone()),
                    _ => None,
                });
                replace(&mut station.contacts, |one| Field::contact(one) == *field, contact);
                station.contacts.sort_by_key(|contact| contact.role);
            }
            // Values that do not fit: a `Patch` has none.
            _ => {}
        }
    }
}

fn text(value: Option<&Value>) -> Option<crate::text::Text> {
    match value {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

/// The one entry of a list that `is`.
fn only<T: Clone>(list: &[T], is: impl Fn(&T) -> bool, value: fn(T) -> Value) -> Current {
    let mut found = list.iter().filter(|one| is(one));
    match (found.next(), found.next()) {
        (None, _) => Current::Is(None),
        (Some(one), None) => Current::Is(Some(value(one.clone()).normal())),
        (Some(_), Some(_)) => Current::Several,
    }
}

/// Makes the entry that `is` another one; none: takes it away; where there was none, it comes at the end.
fn replace<T>(list: &mut Vec<T>, is: impl Fn(&T) -> bool, entry: Option<T>) {
    match (list.iter().position(is), entry) {
        (Some(at), Some(entry)) => list[at] = entry,
        (Some(at), None) => drop(list.remove(at)),
        (None, Some(entry)) => list.push(entry),
        (None, None) => {}
    }
}
