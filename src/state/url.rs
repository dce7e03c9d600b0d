//! Filters and search in the query of the address, so that a filtered list can be shared and survives a reload.
//!
//! `?open=now|always|2026-11-24T08:00&has=water,charging&kind=bank&q=铁西`. Unknown keys and words are ignored:
//! chats append keys of their own. A rider's position never is in an address.

use domain::amenity::{Amenity, AmenitySet};
use domain::filter::{Filter, OpenWhen};
use domain::navigate::{percent_decode, percent_encode};
use domain::station::Kind;
use domain::time::LocalDateTime;

/// The keys of the query that are ours.
const OPEN: &str = "open";
const HAS: &str = "has";
const KIND: &str = "kind";
/// The key of the search text.
pub const SEARCH: &str = "q";

/// The decoded value of `key` in a query without `?`. What is not UTF-8 is left out.
pub fn value(query: &str, key: &str) -> Option<String> {
    let encoded = query.split('&').find_map(|pair| pair.split_once('=').filter(|(name, _)| *name == key))?.1;
    percent_decode(&encoded.replace('+', " "))
}

/// The filter in a query without `?`.
pub fn filter(query: &str) -> Filter {
    let open = match value(query, OPEN).as_deref() {
        Some("now") => OpenWhen::Now,
        Some("always") => OpenWhen::Always,
        Some(at) => LocalDateTime::parse(at).map_or(OpenWhen::Any, OpenWhen::At),
        None => OpenWhen::Any,
    };
    let amenities: AmenitySet =
        value(query, HAS).unwrap_or_default().split(',').filter_map(Amenity::from_word).collect();
    let kind = value(query, KIND).as_deref().and_then(Kind::from_word);
    Filter { amenities, open, kind }
}

/// The query for a filter and a search text, with `?`; empty where nothing is asked for.
pub fn query(filter: &Filter, search: &str) -> String {
    let Filter { amenities, open, kind } = filter;
    let mut query = String::new();
    let mut add = |key: &str, value: &str| {
        query.push(if query.is_empty() { '?' } else { '&' });
        query.push_str(key);
        query.push('=');
        query.push_str(value);
    };
    match open {
        OpenWhen::Any => {}
        OpenWhen::Now => add(OPEN, "now"),
        OpenWhen::Always => add(OPEN, "always"),
        OpenWhen::At(at) => add(OPEN, &at.to_string()),
    }
    if !amenities.is_empty() {
        let words: Vec<_> = amenities.iter().map(Amenity::word).collect();
        add(HAS, &words.join(","));
    }
    if let Some(kind) = kind {
        add(KIND, kind.word());
    }
    let search = search.trim();
    if !search.is_empty() {
        add(SEARCH, &percent_encode(search));
    }
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Filter {
        filter(query.trim_start_matches('?'))
    }

    #[test]
    fn a_filter_survives_the_address() {
        let at = LocalDateTime::parse("2026-11-24T08:00").unwrap();
        for open in [OpenWhen::Any, OpenWhen::Now, OpenWhen::Always, OpenWhen::At(at)] {
            for kind in [None, Some(Kind::Bank)] {
                for amenities in
                    [AmenitySet::EMPTY, AmenitySet::EMPTY.with(Amenity::Water).with(Amenity::StepFree)]
                {
                    let filter = Filter { amenities, open, kind };
                    assert_eq!(read(&query(&filter, "")), filter, "{}", query(&filter, ""));
                }
            }
        }
    }

    #[test]
    fn what_chats_append_is_ignored() {
        let filter = read("?open=now&from=timeline&isappinstalled=0&has=water,gold&kind=castle");
        assert_eq!(filter.open, OpenWhen::Now);
        assert_eq!(filter.amenities, AmenitySet::EMPTY.with(Amenity::Water));
        assert_eq!(filter.kind, None);
        assert_eq!(read("?open=2026-13-01T08:00").open, OpenWhen::Any);
    }

    #[test]
    fn values_are_decoded() {
        for (query, expected) in [
            ("q=%E9%93%81%20%E8%A5%BF%26x", Some("铁 西&x")),
            ("a=1&q=b+c&d", Some("b c")),
            ("q=100%", Some("100%")),
            ("q=%zz%4", Some("%zz%4")),
            ("q=%ff", None),
            ("q=", Some("")),
            ("q", None),
            ("", None),
        ] {
            assert_eq!(value(query, SEARCH).as_deref(), expected, "{query}");
        }
    }

    #[test]
    fn words_are_encoded() {
        assert_eq!(query(&Filter::default(), " 铁 西&x "), "?q=%E9%93%81%20%E8%A5%BF%26x");
        assert_eq!(query(&Filter::default(), "  "), "");
    }
}
