//! Which texts nobody put into English. Every type is taken apart whole, so that a new text is not forgotten.

use domain::dto::{
    AmenityDto, ContactDto, DatasetDto, EventDto, LinkDto, LocationDto, NoticeDto, PhotoDto, StationDto,
};
use domain::dto_site::{
    EmergencyDto, HolidaysDto, NamedDayDto, NamedNumberDto, ServiceNumberDto, SiteDto, TileLayerDto,
};
use domain::text::{Lang, Text};

/// Whether a text is there that a reader of English cannot read: with a Chinese character, and without English.
fn lacks(text: Option<&Text>) -> bool {
    let han =
        |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}');
    text.is_some_and(|text| text.english().is_none() && text.get(Lang::Zh).chars().any(han))
}

/// Whether a station has such a text.
pub(super) fn is_missing(dto: &StationDto) -> bool {
    let mut missing = false;
    each(dto, &mut |_, text| missing |= lacks(text));
    missing
}

/// The fields of a station that have such a text.
pub(super) fn station(dto: &StationDto) -> Vec<String> {
    let mut fields = Vec::new();
    each(dto, &mut |field, text| {
        if lacks(text) {
            fields.push(field.to_string());
        }
    });
    fields
}

/// Where a text stands in a station.
enum Field {
    Own(&'static str),
    In(&'static str, usize, &'static str),
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Own(field) => f.write_str(field),
            Self::In(list, index, field) => write!(f, "{list}[{index}].{field}"),
        }
    }
}

/// Shows every text of a station.
fn each(dto: &StationDto, see: &mut impl FnMut(Field, Option<&Text>)) {
    let StationDto {
        name,
        location,
        notices,
        amenities,
        contacts,
        events,
        photos,
        links,
        id: _,
        kind: _,
        hours: _,
        access: _,
        verified_at: _,
        updated_at: _,
        source: _,
    } = dto;
    see(Field::Own("name"), name.as_ref());
    if let Some(LocationDto { address, directions, lat: _, lng: _, city: _, district: _ }) = location {
        see(Field::Own("location.address"), address.as_ref());
        see(Field::Own("location.directions"), directions.as_ref());
    }
    for (index, one) in notices.iter().flatten().enumerate() {
        let NoticeDto { text, kind: _, from: _, until: _ } = one;
        see(Field::In("notices", index, "text"), text.as_ref());
    }
    for (index, one) in amenities.iter().flatten().enumerate() {
        let AmenityDto { note, id: _, state: _, access: _ } = one;
        see(Field::In("amenities", index, "note"), note.as_ref());
    }
    for (index, one) in contacts.iter().flatten().enumerate() {
        let ContactDto { organisation, role: _, person: _, phone: _, hours: _ } = one;
        see(Field::In("contacts", index, "organisation"), organisation.as_ref());
    }
    for (index, one) in events.iter().flatten().enumerate() {
        let EventDto { title, note, kind: _, starts: _, ends: _ } = one;
        see(Field::In("events", index, "title"), title.as_ref());
        see(Field::In("events", index, "note"), note.as_ref());
    }
    for (index, one) in photos.iter().flatten().enumerate() {
        let PhotoDto { alt, file: _ } = one;
        see(Field::In("photos", index, "alt"), alt.as_ref());
    }
    for (index, one) in links.iter().flatten().enumerate() {
        let LinkDto { title, url: _ } = one;
        see(Field::In("links", index, "title"), title.as_ref());
    }
}

/// The fields of what the list is.
pub(super) fn dataset(dto: &DatasetDto) -> Vec<String> {
    let DatasetDto { title, publisher, contact, licence: _, sample: _, revision: _ } = dto;
    let fields = [("title", title), ("publisher", publisher), ("contact", contact)];
    fields.into_iter().filter(|(_, text)| lacks(text.as_ref())).map(|(field, _)| field.to_owned()).collect()
}

/// The fields of the settings.
pub(super) fn site(dto: &SiteDto) -> Vec<String> {
    let SiteDto {
        title,
        map_source,
        tiles,
        emergency,
        service_numbers,
        schema: _,
        site_url: _,
        utc_offset_minutes: _,
        boundaries: _,
        review_number: _,
        icp: _,
        police_icp: _,
    } = dto;
    let mut texts = vec![("title".to_owned(), title), ("map_source".to_owned(), map_source)];
    for (index, one) in tiles.iter().flatten().enumerate() {
        let TileLayerDto {
            name,
            url: _,
            subdomains: _,
            datum: _,
            min_zoom: _,
            max_zoom: _,
            attribution: _,
            overlay: _,
        } = one;
        texts.push((format!("tiles[{index}].name"), name));
    }
    if let Some(EmergencyDto { text, contacts, until: _, since: _, stations: _ }) = emergency {
        texts.push(("emergency.text".to_owned(), text));
        for (index, NamedNumberDto { name, phone: _ }) in contacts.iter().flatten().enumerate() {
            texts.push((format!("emergency.contacts[{index}].name"), name));
        }
    }
    for (index, one) in service_numbers.iter().flatten().enumerate() {
        let ServiceNumberDto { name, note, phone: _, city: _ } = one;
        texts.push((format!("service_numbers[{index}].name"), name));
        texts.push((format!("service_numbers[{index}].note"), note));
    }
    texts.into_iter().filter(|(_, text)| lacks(text.as_ref())).map(|(field, _)| field).collect()
}

/// The fields of the holiday table.
pub(super) fn holidays(dto: &HolidaysDto) -> Vec<String> {
    let HolidaysDto { holidays, workdays, schema: _, from: _, through: _, source: _ } = dto;
    let mut fields = Vec::new();
    for (list, days) in [("holidays", holidays), ("workdays", workdays)] {
        for (index, NamedDayDto { name, date: _ }) in days.iter().flatten().enumerate() {
            if lacks(name.as_ref()) {
                fields.push(format!("{list}[{index}].name"));
            }
        }
    }
    fields
}
