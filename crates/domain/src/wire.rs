//! How values stand in published files: two streams, the shape (counts, numbers, choices) and the words.
//!
//! What is published is what [`mod@crate::read`] understood, so that a phone neither parses a word nor judges a field
//! again. Words apart from numbers pack a tenth smaller. Ours and not a serde format: those generate a reader for each
//! type of the written file, which was a sixth of the whole app (see ARCHITECTURE.md).
//!
//! Reading never panics and never stops early: a [`Reader`] that met nonsense gives harmless values from there on,
//! and [`decode`] throws the lot away. That is one branch in the end instead of one behind every field.

use crate::coords::Wgs84;
use crate::phone::Phone;
use crate::read::Dataset;
use crate::site::{NamedNumber, ServiceNumber, Site, TileLayer};
use crate::station::{
    Contact, Event, Link, Location, Notice, Offer, Photo, Station, StationId, Until, WrittenHours,
};
use crate::text::{Lang, Text};
use crate::time::{Date, LocalDateTime};

/// Published positions are whole numbers of 1e-7 degrees, 11 mm, as in OpenStreetMap's own database.
const PER_DEGREE: f64 = 1e7;

/// A value that can stand in a published file.
pub trait Wire {
    /// Writes it.
    fn put(&self, out: &mut Writer);
    /// Reads one; a harmless value after nonsense.
    fn take(from: &mut Reader<'_>) -> Self;
}

/// A published file's bytes for `value`.
pub fn encode(value: &impl Wire) -> Vec<u8> {
    let mut out = Writer::default();
    value.put(&mut out);
    let mut bytes = Writer::default();
    bytes.number(out.shape.len() as u64);
    bytes.shape.extend(out.shape);
    bytes.shape.extend(out.words);
    bytes.shape
}

/// The value in a published file's bytes; none where they are something else. The whole of them must be used.
pub fn decode<T: Wire>(bytes: &[u8]) -> Option<T> {
    let mut from = Reader { shape: bytes, words: &[], failed: false };
    let shape = usize::try_from(from.number()).ok()?;
    (from.shape, from.words) = from.shape.split_at_checked(shape)?;
    let value = T::take(&mut from);
    (!from.failed && from.shape.is_empty() && from.words.is_empty()).then_some(value)
}

/// Collects what is written.
#[derive(Default)]
pub struct Writer {
    shape: Vec<u8>,
    words: Vec<u8>,
}

impl Writer {
    /// Little-endian groups of seven bits, each but the last with its high bit set (LEB128).
    #[expect(clippy::cast_possible_truncation, reason = "seven bits at a time are meant")]
    fn number(&mut self, mut number: u64) {
        while number > 0x7f {
            self.shape.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.shape.push(number as u8);
    }
}

/// Gives back what was written.
pub struct Reader<'a> {
    shape: &'a [u8],
    words: &'a [u8],
    failed: bool,
}

impl Reader<'_> {
    /// From here on everything is harmless and nothing counts.
    pub(crate) fn fail(&mut self) {
        self.failed = true;
        self.shape = &[];
    }

    /// `value`, or failure and a value that stands in for it.
    fn or_fail<T>(&mut self, value: Option<T>, instead: impl FnOnce() -> T) -> T {
        value.unwrap_or_else(|| {
            self.fail();
            instead()
        })
    }

    pub(crate) fn byte(&mut self) -> u8 {
        let Some((&byte, rest)) = self.shape.split_first() else {
            self.fail();
            return 0;
        };
        self.shape = rest;
        byte
    }

    fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return number;
            }
        }
        self.fail();
        0
    }

    /// The choice at a number, of those that there are.
    pub(crate) fn choice<T: Copy>(&mut self, all: &'static [T]) -> T {
        let byte = self.byte();
        let choice = all.get(usize::from(byte)).copied();
        self.or_fail(choice, || all[0])
    }
}

impl Wire for u64 {
    fn put(&self, out: &mut Writer) {
        out.number(*self);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        from.number()
    }
}

impl Wire for u8 {
    fn put(&self, out: &mut Writer) {
        out.shape.push(*self);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        from.byte()
    }
}

impl Wire for u16 {
    fn put(&self, out: &mut Writer) {
        out.number(u64::from(*self));
    }
    fn take(from: &mut Reader<'_>) -> Self {
        let number = from.number().try_into().ok();
        from.or_fail(number, Self::default)
    }
}

impl Wire for i32 {
    // Zigzag: small numbers of either sign are short.
    fn put(&self, out: &mut Writer) {
        out.number(u64::from(((self << 1) ^ (self >> 31)).cast_unsigned()));
    }
    fn take(from: &mut Reader<'_>) -> Self {
        let number = u32::try_from(from.number()).ok();
        let number = from.or_fail(number, u32::default);
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }
}

impl Wire for bool {
    fn put(&self, out: &mut Writer) {
        out.shape.push(u8::from(*self));
    }
    fn take(from: &mut Reader<'_>) -> Self {
        from.choice(&[false, true])
    }
}

impl Wire for String {
    fn put(&self, out: &mut Writer) {
        out.number(self.len() as u64);
        out.words.extend(self.as_bytes());
    }
    fn take(from: &mut Reader<'_>) -> Self {
        let length = usize::try_from(from.number()).unwrap_or(usize::MAX);
        let parts = from.words.split_at_checked(length);
        let (word, rest) = from.or_fail(parts, Default::default);
        from.words = rest;
        let text = core::str::from_utf8(word).ok();
        from.or_fail(text, Default::default).to_owned()
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, out: &mut Writer) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }
    fn take(from: &mut Reader<'_>) -> Self {
        bool::take(from).then(|| T::take(from))
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, out: &mut Writer) {
        out.number(self.len() as u64);
        for value in self {
            value.put(out);
        }
    }
    fn take(from: &mut Reader<'_>) -> Self {
        // Grows as it goes: what the file says of its length may be nonsense.
        let mut list = Self::new();
        for _ in 0..from.number() {
            list.push(T::take(from));
            if from.failed {
                break;
            }
        }
        list
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn put(&self, out: &mut Writer) {
        self.0.put(out);
        self.1.put(out);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        (A::take(from), B::take(from))
    }
}

/// A form for a struct: its fields, each once, in the order given. A new field does not compile until it is in here.
macro_rules! wire {
    ($($name:ident { $($field:ident),+ })+) => {$(
        impl $crate::wire::Wire for $name {
            fn put(&self, out: &mut $crate::wire::Writer) {
                let Self { $($field),+ } = self;
                $($crate::wire::Wire::put($field, out);)+
            }
            fn take(from: &mut $crate::wire::Reader<'_>) -> Self {
                Self { $($field: $crate::wire::Wire::take(from)),+ }
            }
        }
    )+};
}
pub(crate) use wire;

wire! {
    Dataset { title, publisher, contact, licence, sample, revision }
    Station {
        id, name, kind, location, hours, access, notices, offers, contacts, events, photos, links, verified_at,
        updated_at, source
    }
    Location { position, city, district, address, directions }
    Notice { kind, text, from, until }
    Offer { amenity, state, note, access }
    Contact { role, organisation, person, phones, hours }
    Event { kind, title, starts, ends, note }
    Photo { file, alt }
    Link { title, url }
    Site {
        title, site_url, utc_offset_minutes, boundaries, review_number, map_source, icp, police_icp, tiles, emergency,
        service_numbers
    }
    TileLayer { name, url, subdomains, datum, min_zoom, max_zoom, attribution, overlay }
    NamedNumber { name, phones }
    ServiceNumber { name, phones, note, city }
}

impl Wire for Text {
    fn put(&self, out: &mut Writer) {
        self.get(Lang::Zh).to_owned().put(out);
        self.english().map(str::to_owned).put(out);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        let zh = String::take(from);
        match <Option<String> as Wire>::take(from) {
            Some(en) => Self::both(zh, en),
            None => Self::zh(zh),
        }
    }
}

impl Wire for StationId {
    fn put(&self, out: &mut Writer) {
        self.as_str().to_owned().put(out);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        let id = Self::new(&String::take(from));
        from.or_fail(id, Self::none)
    }
}

impl Wire for WrittenHours {
    fn put(&self, out: &mut Writer) {
        self.text().to_owned().put(out);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        Self::new(&String::take(from))
    }
}

impl Wire for Phone {
    fn put(&self, out: &mut Writer) {
        self.text().to_owned().put(out);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        Self::new(&String::take(from))
    }
}

impl Wire for Date {
    fn put(&self, out: &mut Writer) {
        self.days_since(Self::EPOCH).put(out);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        Self::EPOCH.add_days(i32::take(from))
    }
}

impl Wire for LocalDateTime {
    fn put(&self, out: &mut Writer) {
        (self.date(), self.minute()).put(out);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        let (date, minute) = <(Date, u16)>::take(from);
        Self::at(date, u32::from(minute))
    }
}

impl Wire for Until {
    fn put(&self, out: &mut Writer) {
        self.last_day().put(out);
        if self.last_day().is_none() {
            self.end().put(out);
        }
    }
    fn take(from: &mut Reader<'_>) -> Self {
        match <Option<Date> as Wire>::take(from) {
            Some(day) => Self::whole_day(day),
            None => Self::minute(LocalDateTime::take(from)),
        }
    }
}

impl Wire for Wgs84 {
    #[expect(clippy::cast_possible_truncation, reason = "180 degrees are 1.8e9, which an i32 holds")]
    fn put(&self, out: &mut Writer) {
        for degrees in [self.lat(), self.lng()] {
            let whole = (degrees * PER_DEGREE).round() as i32;
            out.shape.extend(whole.to_le_bytes());
        }
    }
    fn take(from: &mut Reader<'_>) -> Self {
        let mut degrees = || f64::from(i32::from_le_bytes([(); 4].map(|()| from.byte()))) / PER_DEGREE;
        let (lat, lng) = (degrees(), degrees());
        let position = Self::new(lat, lng).ok();
        from.or_fail(position, Self::null_island)
    }
}
