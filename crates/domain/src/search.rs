//! Finding stations by words: name, address, district, contact organisation.
//!
//! Full- and half-width forms, letter case, spaces and punctuation make no difference.

use crate::station::Station;
use crate::text::Text;

/// Most characters of a query that are looked at.
const MAX_QUERY: usize = 64;

/// What somebody typed, ready to be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<String>,
}

impl Query {
    /// Understands what was typed. Parts set off by spaces are looked for apart, in any order.
    pub fn new(typed: &str) -> Self {
        let typed: String =
            typed.chars().take(MAX_QUERY).map(|c| if c == '\u{3000}' { ' ' } else { c }).collect();
        let terms = typed.split_whitespace().map(fold).filter(|term| !term.is_empty()).collect();
        Self { terms }
    }

    /// Whether nothing was typed that could be looked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether every part occurs in `words`. The empty query matches everything.
    pub fn matches(&self, words: &Words) -> bool {
        self.terms.iter().all(|term| words.0.contains(term.as_str()))
    }
}

/// A station's words, ready to be looked through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    /// Gathers the words of a station, in both languages.
    pub fn of(station: &Station) -> Self {
        let mut words = String::new();
        let mut add = |text: &str| {
            words.extend(text.chars().filter_map(folded));
            // A line break never is in a folded query, so that no match runs from one field into the next.
            words.push('\n');
        };
        let mut both = |text: &Text| {
            add(text.get(crate::text::Lang::Zh));
            if let Some(en) = text.english() {
                add(en);
            }
        };
        let location = &station.location;
        both(&station.name);
        let place = [&location.address, &location.directions];
        place.into_iter().flatten().for_each(&mut both);
        station.contacts.iter().filter_map(|contact| contact.organisation.as_ref()).for_each(&mut both);
        // City and district run on: people type 沈阳浑南 as well as 沈阳市浑南区.
        add(&format!("{}{}", location.city, location.district));
        add(&format!("{}{}", location.city.trim_end_matches('市'), location.district));
        Self(words)
    }
}

/// A text as it is compared.
fn fold(text: &str) -> String {
    text.chars().filter_map(folded).collect()
}

/// A character as it is compared, or nothing for one that makes no difference: full-width forms become ASCII
/// (U+FF01–FF5E lie 0xFEE0 above U+0021–7E), ASCII capitals become small (the tables for all
/// others are 4 KB of the download), spaces and punctuation go.
fn folded(c: char) -> Option<char> {
    let c = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0)?,
        other => other,
    };
    let punctuation = c.is_ascii_punctuation()
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '·');
    (!c.is_whitespace() && !c.is_control() && !punctuation).then(|| c.to_ascii_lowercase())
}
