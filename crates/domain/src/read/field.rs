//! How single fields are understood. Each function notes what is wrong and gives nothing then.

use crate::coords::Wgs84;
use crate::finding::{Findings, Place, Problem};
use crate::read::SCHEMA;
use crate::station::{Until, WrittenHours};
use crate::text::{Lang, Text};
use crate::time::{Date, LocalDateTime};

/// Most characters of a name, a title, an organisation.
pub const LINE: usize = 120;
/// Most characters of a note, an address, directions, a notice.
pub const NOTE: usize = 600;

/// Notes a schema this program does not know.
pub(super) fn schema(out: &mut Findings, root: &Place<'_>, schema: Option<u32>) {
    let place = root.key("schema");
    match out.require(&place, schema) {
        Some(SCHEMA) | None => {}
        Some(other) => {
            out.note::<()>(&place, Problem::UnknownSchema(other));
        }
    }
}

/// Characters that may not stand in a shown text, from and to: control characters, bidirectional overrides and invisible
/// characters, which hide what is really written (Unicode TR 36, "Trojan source").
/// A zero-width joiner is among them: no Chinese or English name needs it.
pub const HIDDEN: [(char, char); 11] = [
    ('\u{0}', '\u{1f}'),
    ('\u{7f}', '\u{9f}'),
    ('\u{ad}', '\u{ad}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{180e}', '\u{180e}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{fff9}', '\u{fffb}'),
    ('\u{e0000}', '\u{e007f}'),
];

/// Whether a character is one of them.
pub(crate) fn is_hidden(c: char) -> bool {
    HIDDEN.iter().any(|&(from, to)| (from..=to).contains(&c))
}

fn shown(out: &mut Findings, place: &Place<'_>, text: &str, max: usize) -> Option<()> {
    if text.trim().is_empty() {
        return out.note(place, Problem::Empty);
    }
    if text.chars().nth(max).is_some() {
        return out.note(place, Problem::TooLong { max });
    }
    match text.chars().find(|&c| is_hidden(c)) {
        Some(c) => out.note(place, Problem::HiddenCharacter(c)),
        None => Some(()),
    }
}

/// An optional text of one language.
pub(super) fn plain(
    out: &mut Findings,
    place: &Place<'_>,
    text: Option<String>,
    max: usize,
) -> Option<String> {
    let text = text?;
    shown(out, place, &text, max).map(|()| text)
}

/// An optional text of one or both languages.
pub(super) fn text(out: &mut Findings, place: &Place<'_>, text: Option<Text>, max: usize) -> Option<Text> {
    let text = text?;
    let zh = shown(out, place, text.get(Lang::Zh), max);
    let en = match text.english() {
        // English takes about twice the characters of Chinese.
        Some(en) => shown(out, &place.key("en"), en, max * 2),
        None => Some(()),
    };
    zh.and(en).map(|()| text)
}

/// A required text of one or both languages.
pub(super) fn required_text(
    out: &mut Findings,
    place: &Place<'_>,
    value: Option<Text>,
    max: usize,
) -> Option<Text> {
    let value = out.require(place, value);
    text(out, place, value, max)
}

/// An optional word of a closed list.
pub(super) fn word<T>(
    out: &mut Findings,
    place: &Place<'_>,
    value: Option<String>,
    from_word: fn(&str) -> Option<T>,
    allowed: &'static [&'static str],
) -> Option<T> {
    let value = value?;
    match from_word(&value) {
        None => out.note(place, Problem::UnknownWord { value, allowed }),
        some => some,
    }
}

/// A required word of a closed list.
pub(super) fn required_word<T>(
    out: &mut Findings,
    place: &Place<'_>,
    value: Option<String>,
    from_word: fn(&str) -> Option<T>,
    allowed: &'static [&'static str],
) -> Option<T> {
    let value = out.require(place, value);
    word(out, place, value, from_word, allowed)
}

/// An optional day.
pub(super) fn date(out: &mut Findings, place: &Place<'_>, value: Option<String>) -> Option<Date> {
    let value = value?;
    match Date::parse(&value) {
        None => out.note(place, Problem::BadDate(value)),
        some => some,
    }
}

/// A required day.
pub(super) fn required_date(out: &mut Findings, place: &Place<'_>, value: Option<String>) -> Option<Date> {
    let value = out.require(place, value);
    date(out, place, value)
}

/// An optional minute; a day alone means its first minute.
pub(super) fn moment(out: &mut Findings, place: &Place<'_>, value: Option<String>) -> Option<LocalDateTime> {
    let value = value?;
    match Date::parse(&value).map(LocalDateTime::midnight).or_else(|| LocalDateTime::parse(&value)) {
        None => out.note(place, Problem::BadMoment(value)),
        some => some,
    }
}

/// An optional end: a minute, or a day that still counts whole.
pub(super) fn until(out: &mut Findings, place: &Place<'_>, value: Option<String>) -> Option<Until> {
    let value = value?;
    let until =
        Date::parse(&value).map(Until::whole_day).or_else(|| LocalDateTime::parse(&value).map(Until::minute));
    match until {
        None => out.note(place, Problem::BadMoment(value)),
        some => some,
    }
}

/// Optional opening hours. Hours that make no sense are kept as written, for people to read.
pub(super) fn hours(out: &mut Findings, place: &Place<'_>, value: Option<String>) -> Option<WrittenHours> {
    plain(out, place, value, NOTE).map(|text| WrittenHours::new(&text))
}

/// An optional position: both parts or neither.
pub(super) fn position(
    out: &mut Findings,
    place: &Place<'_>,
    lat: Option<f64>,
    lng: Option<f64>,
) -> Option<Wgs84> {
    match (lat, lng) {
        (None, None) => None,
        (Some(lat), Some(lng)) => match Wgs84::new(lat, lng) {
            Ok(position) => Some(position),
            Err(_) => out.note(place, Problem::OffEarth),
        },
        (Some(_), None) => out.note(&place.key("lng"), Problem::HalfPosition),
        (None, Some(_)) => out.note(&place.key("lat"), Problem::HalfPosition),
    }
}

/// Most bytes of an address.
pub const URL: usize = 2000;
/// Most bytes of a file's name.
pub const FILE: usize = 200;

/// A required `https://` address: a host, no spaces, nothing hidden.
pub(super) fn url(out: &mut Findings, place: &Place<'_>, value: Option<String>) -> Option<String> {
    let value = out.require(place, value)?;
    let rest = value.strip_prefix("https://").unwrap_or("");
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let plain_host = host.contains('.') && !host.contains(['@', '\\', '<', '>', '"', '\'']);
    let clean = value.len() <= URL && !value.chars().any(|c| c.is_whitespace() || is_hidden(c));
    if plain_host && clean { Some(value) } else { out.note(place, Problem::BadUrl(value)) }
}

/// A required file below the data folder: parts of letters, digits, `-`, `_` and `.`, none of them hidden.
pub(super) fn file(out: &mut Findings, place: &Place<'_>, value: Option<String>) -> Option<String> {
    let value = out.require(place, value)?;
    let safe = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    if value.len() <= FILE && value.split('/').all(safe) {
        Some(value)
    } else {
        out.note(place, Problem::BadPath(value))
    }
}
