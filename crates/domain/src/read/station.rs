//! Understands one station.

use super::field::{self, LINE, NOTE};
use crate::amenity::{Amenity, AmenityState};
use crate::dto::{AmenityDto, ContactDto, EventDto, LinkDto, LocationDto, NoticeDto, PhotoDto, StationDto};
use crate::finding::{Findings, Place, Problem};
use crate::phone::Phone;
use crate::station::{
    Access, Contact, Event, EventKind, Kind, Link, Location, Notice, NoticeKind, Offer, Photo, Role, Station,
    StationId,
};

/// Understands one station; nothing where a required part is missing or wrong.
pub(super) fn read_station(out: &mut Findings, place: &Place<'_>, dto: StationDto) -> Option<Station> {
    let StationDto {
        id,
        name,
        kind,
        location,
        hours,
        access,
        notices,
        amenities,
        contacts,
        events,
        photos,
        links,
        verified_at,
        updated_at,
        source,
    } = dto;
    let id = read_id(out, &place.key("id"), id);
    let name = field::required_text(out, &place.key("name"), name, LINE);
    let kind = field::required_word(out, &place.key("kind"), kind, Kind::from_word, Kind::WORDS);
    let location = out
        .require(&place.key("location"), location)
        .and_then(|dto| read_location(out, &place.key("location"), dto));
    let hours = field::hours(out, &place.key("hours"), hours);
    let access = field::word(out, &place.key("access"), access, Access::from_word, Access::WORDS);
    let notices = each(out, &place.key("notices"), notices, read_notice);
    let mut offers = each(out, &place.key("amenities"), amenities, read_offer);
    note_repeated(out, &place.key("amenities"), &offers);
    offers.sort_by_key(|offer| offer.amenity);
    let mut contacts = each(out, &place.key("contacts"), contacts, read_contact);
    contacts.sort_by_key(|contact| contact.role);
    let mut events = each(out, &place.key("events"), events, read_event);
    events.sort_by_key(|event| event.starts);
    let photos = each(out, &place.key("photos"), photos, read_photo);
    let links = each(out, &place.key("links"), links, read_link);
    let verified_at = field::date(out, &place.key("verified_at"), verified_at);
    let updated_at = field::date(out, &place.key("updated_at"), updated_at);
    let source = field::plain(out, &place.key("source"), source, LINE);
    Some(Station {
        id: id?,
        name: name?,
        kind: kind?,
        location: location?,
        hours,
        access,
        notices,
        offers,
        contacts,
        events,
        photos,
        links,
        verified_at,
        updated_at,
        source,
    })
}

/// Reads a list, entry by entry, with each entry's place.
pub(super) fn each<D, T>(
    out: &mut Findings,
    place: &Place<'_>,
    list: Option<Vec<D>>,
    read: fn(&mut Findings, &Place<'_>, D) -> Option<T>,
) -> Vec<T> {
    list.unwrap_or_default()
        .into_iter()
        .enumerate()
        .filter_map(|(index, dto)| read(out, &place.index(index), dto))
        .collect()
}

pub(super) fn read_id(out: &mut Findings, place: &Place<'_>, id: Option<String>) -> Option<StationId> {
    let id = out.require(place, id)?;
    match StationId::new(&id) {
        None => out.note(place, Problem::BadId(id)),
        some => some,
    }
}

fn read_location(out: &mut Findings, place: &Place<'_>, dto: LocationDto) -> Option<Location> {
    let LocationDto { lat, lng, city, district, address, directions } = dto;
    let position = field::position(out, place, lat, lng);
    let city = out.require(&place.key("city"), city);
    let city = field::plain(out, &place.key("city"), city, LINE);
    let district = out.require(&place.key("district"), district);
    let district = field::plain(out, &place.key("district"), district, LINE);
    let address = field::text(out, &place.key("address"), address, NOTE);
    let directions = field::text(out, &place.key("directions"), directions, NOTE);
    Some(Location { position, city: city?, district: district?, address, directions })
}

fn read_notice(out: &mut Findings, place: &Place<'_>, dto: NoticeDto) -> Option<Notice> {
    let NoticeDto { kind, text, from, until } = dto;
    let kind = field::required_word(out, &place.key("kind"), kind, NoticeKind::from_word, NoticeKind::WORDS);
    let text = field::required_text(out, &place.key("text"), text, NOTE);
    let from = field::moment(out, &place.key("from"), from);
    let until = field::until(out, &place.key("until"), until);
    if let (Some(from), Some(until)) = (from, until)
        && until.end() <= from
    {
        return out.note(&place.key("until"), Problem::EndsBeforeStart);
    }
    Some(Notice { kind: kind?, text: text?, from, until })
}

fn read_offer(out: &mut Findings, place: &Place<'_>, dto: AmenityDto) -> Option<Offer> {
    let AmenityDto { id, state, note, access } = dto;
    let amenity = field::required_word(out, &place.key("id"), id, Amenity::from_word, Amenity::WORDS);
    let state =
        field::required_word(out, &place.key("state"), state, AmenityState::from_word, AmenityState::WORDS);
    let note = field::text(out, &place.key("note"), note, NOTE);
    let access = field::word(out, &place.key("access"), access, Access::from_word, Access::WORDS);
    Some(Offer { amenity: amenity?, state: state?, note, access })
}

/// An amenity said twice could be said to work and not to work.
fn note_repeated(out: &mut Findings, place: &Place<'_>, offers: &[Offer]) {
    for (index, offer) in offers.iter().enumerate() {
        if let Some(first) = offers[..index].iter().position(|other| other.amenity == offer.amenity) {
            let first = place.index(first).to_string();
            out.note::<()>(&place.index(index).key("id"), Problem::Duplicate { first });
        }
    }
}

fn read_contact(out: &mut Findings, place: &Place<'_>, dto: ContactDto) -> Option<Contact> {
    let ContactDto { role, organisation, person, phone, hours } = dto;
    let role = field::required_word(out, &place.key("role"), role, Role::from_word, Role::WORDS);
    let organisation = field::text(out, &place.key("organisation"), organisation, LINE);
    let person = field::plain(out, &place.key("person"), person, LINE);
    let phone = field::plain(out, &place.key("phone"), phone, LINE);
    let hours = field::hours(out, &place.key("hours"), hours);
    let phones = phone.as_deref().map(Phone::all).unwrap_or_default();
    Some(Contact { role: role?, organisation, person, phones, hours })
}

fn read_event(out: &mut Findings, place: &Place<'_>, dto: EventDto) -> Option<Event> {
    let EventDto { kind, title, starts, ends, note } = dto;
    let kind = field::required_word(out, &place.key("kind"), kind, EventKind::from_word, EventKind::WORDS);
    let title = field::required_text(out, &place.key("title"), title, LINE);
    let starts = out.require(&place.key("starts"), starts);
    let starts = field::moment(out, &place.key("starts"), starts);
    let ends = field::moment(out, &place.key("ends"), ends);
    let note = field::text(out, &place.key("note"), note, NOTE);
    if let (Some(starts), Some(ends)) = (starts, ends)
        && ends <= starts
    {
        return out.note(&place.key("ends"), Problem::EndsBeforeStart);
    }
    Some(Event { kind: kind?, title: title?, starts: starts?, ends, note })
}

fn read_photo(out: &mut Findings, place: &Place<'_>, dto: PhotoDto) -> Option<Photo> {
    let PhotoDto { file, alt } = dto;
    let file = field::file(out, &place.key("file"), file);
    let alt = field::required_text(out, &place.key("alt"), alt, NOTE);
    Some(Photo { file: file?, alt: alt? })
}

fn read_link(out: &mut Findings, place: &Place<'_>, dto: LinkDto) -> Option<Link> {
    let LinkDto { title, url } = dto;
    let title = field::required_text(out, &place.key("title"), title, LINE);
    let url = field::url(out, &place.key("url"), url);
    Some(Link { title: title?, url: url? })
}
