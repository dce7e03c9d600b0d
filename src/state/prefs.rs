//! What a person chose on this phone: language, colours, starred and recent stations. As texts to keep.

use domain::station::StationId;
use domain::text::Lang;

/// Most recent stations that are kept.
const MOST_RECENT: usize = 8;

/// Light, dark, or as the phone says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the phone says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The word that is kept, and set on the root element; none for the phone's own choice.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// The theme of a kept word.
    pub fn from_word(word: Option<&str>) -> Self {
        match word {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// The next one, for a button that goes round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }
}

/// The word of a language that is kept.
pub const fn lang_word(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}

/// The language to begin with: the kept one, otherwise English for a browser that asks for something other than Chinese.
pub fn first_lang(kept: Option<&str>, browser: Option<&str>) -> Lang {
    match (kept, browser) {
        (Some("zh"), _) | (None, None) => Lang::Zh,
        (Some("en"), _) => Lang::En,
        (_, Some(browser)) if !browser.to_ascii_lowercase().starts_with("zh") => Lang::En,
        _ => Lang::Zh,
    }
}

/// Ids as a text to keep.
pub fn ids_to_text(ids: &[StationId]) -> String {
    let ids: Vec<_> = ids.iter().map(StationId::as_str).collect();
    ids.join(" ")
}

/// Ids of a kept text; what is no id is left out.
pub fn ids_from_text(text: &str) -> Vec<StationId> {
    let mut ids = Vec::new();
    for id in text.split(' ').filter_map(StationId::new) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// `recent` after `id` was looked at.
pub fn with_recent(recent: &[StationId], id: &StationId) -> Vec<StationId> {
    let others = recent.iter().filter(|other| *other != id);
    std::iter::once(id).chain(others).take(MOST_RECENT).cloned().collect()
}

/// `stars` with `id` added in front, or taken away if it was there.
pub fn toggled(stars: &[StationId], id: &StationId) -> Vec<StationId> {
    if stars.contains(id) {
        stars.iter().filter(|other| *other != id).cloned().collect()
    } else {
        std::iter::once(id).chain(stars).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<StationId> {
        ids_from_text(text)
    }

    #[test]
    fn kept_ids_come_back() {
        assert_eq!(ids_to_text(&ids("a b-1 c")), "a b-1 c");
        assert_eq!(ids_to_text(&ids("a  <b> a c")), "a c");
        assert_eq!(ids(""), []);
    }

    #[test]
    fn recent_ones_move_to_the_front_and_are_few() {
        let recent = with_recent(&ids("a b c"), &ids("c")[0]);
        assert_eq!(ids_to_text(&recent), "c a b");
        let many = ids("a b c d e f g h");
        assert_eq!(ids_to_text(&with_recent(&many, &ids("z")[0])), "z a b c d e f g");
    }

    #[test]
    fn a_star_goes_on_and_off() {
        let starred = toggled(&ids("a"), &ids("b")[0]);
        assert_eq!(ids_to_text(&starred), "b a");
        assert_eq!(ids_to_text(&toggled(&starred, &ids("b")[0])), "a");
    }

    #[test]
    fn languages() {
        for (kept, browser, expected) in [
            (None, None, Lang::Zh),
            (None, Some("zh-CN"), Lang::Zh),
            (None, Some("en-US"), Lang::En),
            (None, Some("ko"), Lang::En),
            (Some("zh"), Some("en-US"), Lang::Zh),
            (Some("en"), Some("zh-CN"), Lang::En),
            (Some("xx"), Some("zh-CN"), Lang::Zh),
        ] {
            assert_eq!(first_lang(kept, browser), expected, "{kept:?} {browser:?}");
        }
    }
}
