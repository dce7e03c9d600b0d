//! Finding stations by words: name, address, district, contact organisation; and what they are called also by pinyin.
//!
//! Full- and half-width forms, letter case, spaces and punctuation make no difference. Pinyin is data: see [`Readings`].

use crate::readings::Readings;
use crate::station::Station;
use crate::text::{Lang, Text, holds};

/// Most characters of a query that are looked at.
const MAX_QUERY: usize = 64;

/// What somebody typed, ready to be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<String>,
}

/// How well a station fits what was typed: the better first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// All of it is in its name or in that of its district. So does every station fit nothing.
    #[default]
    Named,
    /// Some of it is only in its address, its directions or who runs it.
    Mentioned,
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

    /// Whether any of it may be pinyin.
    pub fn is_spelt(&self) -> bool {
        self.terms.iter().any(|term| term.is_ascii())
    }

    /// What is looked for, each folded.
    pub(crate) fn terms(&self) -> &[String] {
        &self.terms
    }

    /// How well every part occurs in `words`, if every part does. The empty query fits everything.
    pub fn find(&self, words: &Words, readings: &Readings) -> Option<Match> {
        let mut worst = Match::Named;
        for term in &self.terms {
            worst = worst.max(words.find(term, readings)?);
        }
        Some(worst)
    }

    /// Whether every part occurs in a place's name.
    pub fn names(&self, city: &str, district: &str, readings: &Readings) -> bool {
        let text = area(city, district);
        self.terms.iter().all(|term| occurs(term, &text, readings))
    }
}

/// A station's words, ready to be looked through. In one text, since most of what is looked through does not fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words {
    text: String,
    /// Where what it is called ends.
    named: usize,
    /// Where those who run it end, whose names are read in pinyin, too.
    spoken: usize,
}

impl Words {
    /// Gathers the words of a station, in both languages.
    pub fn of(station: &Station) -> Self {
        let location = &station.location;
        let mut text = String::new();
        add_both(&mut text, &station.name);
        text.push_str(&area(&location.city, &location.district));
        let named = text.len();
        let organisations = station.contacts.iter().filter_map(|contact| contact.organisation.as_ref());
        organisations.for_each(|name| add_both(&mut text, name));
        let spoken = text.len();
        [&location.address, &location.directions]
            .into_iter()
            .flatten()
            .for_each(|said| add_both(&mut text, said));
        Self { text, named, spoken }
    }

    /// What it is called, and who runs it: what is found by pinyin.
    pub(crate) fn spoken(&self) -> [(Match, &str); 2] {
        let named = self.text.get(..self.named).unwrap_or_default();
        let run_by = self.text.get(self.named..self.spoken).unwrap_or_default();
        [(Match::Named, named), (Match::Mentioned, run_by)]
    }

    /// The rest.
    pub(crate) fn written(&self) -> &str {
        self.text.get(self.spoken..).unwrap_or_default()
    }

    fn find(&self, term: &str, readings: &Readings) -> Option<Match> {
        let spoken = self.spoken().into_iter().find(|(_, text)| occurs(term, text, readings));
        let written = || holds(self.written(), term).then_some(Match::Mentioned);
        spoken.map(|(how, _)| how).or_else(written)
    }
}

/// Whether a folded term occurs in folded text, as it is written or in pinyin.
fn occurs(term: &str, text: &str, readings: &Readings) -> bool {
    holds(text, term) || (term.is_ascii() && readings.spell(term, text))
}

/// City and district, folded. They run on, with 市 and without: people type 沈阳浑南 as well as 沈阳市浑南区.
fn area(city: &str, district: &str) -> String {
    let mut text = String::new();
    for city in [city, city.trim_end_matches('市')] {
        add_folded(&mut text, city);
        add(&mut text, district);
    }
    text
}

fn add_both(words: &mut String, text: &Text) {
    add(words, text.get(Lang::Zh));
    if let Some(en) = text.english() {
        add(words, en);
    }
}

fn add(words: &mut String, text: &str) {
    add_folded(words, text);
    // A line break never is in a folded query, so that no match runs from one field into the next.
    words.push('\n');
}

fn add_folded(words: &mut String, text: &str) {
    words.extend(text.chars().filter_map(folded));
}

/// A text as it is compared.
fn fold(text: &str) -> String {
    let mut words = String::new();
    add_folded(&mut words, text);
    words
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
