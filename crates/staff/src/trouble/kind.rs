//! The kinds of things that a check finds, each with its level and the word that `--json` has for it.

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Level {
    /// Nothing is published until it is mended.
    Error,
    /// Published all the same; somebody who meets it is misled.
    Warning,
    /// Published all the same; could be better.
    Advice,
}

impl Level {
    /// The word in JSON and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $word:literal, $level:ident;)+) => {
        /// A kind of thing that is found. The order is the order that kinds are listed in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind { $($(#[$doc])* $kind,)+ }

        impl Kind {
            /// Every one, the worst first.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// The word in JSON, which stays.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$kind => $word,)+ }
            }

            /// How bad it is.
            pub const fn level(self) -> Level {
                match self { $(Self::$kind => Level::$level,)+ }
            }
        }
    };
}

kinds! {
    /// The file cannot be read from the disk.
    Unreadable = "unreadable", Error;
    /// The file is no JSON.
    Json = "json", Error;
    /// A key that stands twice.
    RepeatedKey = "repeated_key", Error;
    /// A field that breaks a rule of the data.
    Field = "field", Error;
    /// A photo that cannot be published.
    Photo = "photo", Error;
    /// An embedded map that makes no sense.
    Basemap = "basemap", Error;
    /// No embedded map.
    NoBasemap = "no_basemap", Warning;
    /// A key that nothing reads.
    UnknownKey = "unknown_key", Warning;
    /// Boundaries without a review number.
    UnreviewedBoundaries = "unreviewed_boundaries", Warning;
    /// No address of the site.
    NoSiteUrl = "no_site_url", Warning;
    /// Opening hours that make no sense.
    UnclearHours = "unclear_hours", Warning;
    /// A holiday table that ends soon.
    HolidaysEnd = "holidays_end", Warning;
    /// A notice, or an emergency, that is over.
    Over = "over", Warning;
    /// No number to call.
    NoContact = "no_contact", Warning;
    /// Last verified long ago.
    Stale = "stale", Warning;
    /// Verified on a day to come.
    Future = "future", Warning;
    /// Outside the district that it names.
    Elsewhere = "elsewhere", Warning;
    /// Two stations at one place.
    Close = "close", Warning;
    /// An id that no station has.
    NoStation = "no_station", Warning;
    /// A number that is none.
    Undialable = "undialable", Warning;
    /// Never verified.
    NeverVerified = "never_verified", Advice;
    /// A masked number.
    Masked = "masked", Advice;
    /// An event that was over long ago.
    EventOver = "event_over", Advice;
    /// A name that the preview image cannot show.
    Undrawable = "undrawable", Advice;
    /// Texts without English.
    Untranslated = "untranslated", Advice;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_come_first_and_words_are_told_apart() {
        assert!(Kind::ALL.is_sorted_by_key(|kind| kind.level()));
        let words: std::collections::BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
        assert_eq!(words.len(), Kind::ALL.len());
    }
}
