//! The site's settings, as the app and the staff tool know them. Made by [`crate::read::read_site`].

use crate::phone::Phone;
use crate::station::{StationId, Until};
use crate::text::Text;
use crate::time::LocalDateTime;
use crate::wire::{Reader, Wire, Writer};

use crate::amenity::words;

words! {
    /// The datum a tile layer is drawn in.
    Datum {
        /// WGS-84, and CGCS2000 which equals it here.
        Wgs84 = "wgs84",
        /// GCJ-02.
        Gcj02 = "gcj02",
        /// BD-09.
        Bd09 = "bd09",
    }
}

/// The site's settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// The site's name.
    pub title: Text,
    /// Where it is published.
    pub site_url: SiteUrl,
    /// Minutes that local time is ahead of UTC; 480 in China.
    pub utc_offset_minutes: i32,
    /// Whether the embedded map may show administrative boundaries.
    pub boundaries: bool,
    /// The map's review number 审图号, once it has one.
    pub review_number: Option<String>,
    /// Where the map comes from.
    pub map_source: Option<Text>,
    /// ICP 备案 number.
    pub icp: Option<String>,
    /// 公安备案 number.
    pub police_icp: Option<String>,
    /// Tile layers, in the order they are offered and drawn.
    pub tiles: Vec<TileLayer>,
    /// A flood or a storm: shown over everything.
    pub emergency: Option<Emergency>,
    /// Public service numbers.
    pub service_numbers: Vec<ServiceNumber>,
}

/// Where a site is published, if somebody said: else nothing can be named from outside, as previews and search engines
/// want it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteUrl(Option<String>);

impl SiteUrl {
    /// An address, with or without a slash at its end.
    pub fn new(url: &str) -> Self {
        Self(Some(url.trim_end_matches('/').to_owned()).filter(|url| !url.is_empty()))
    }

    /// The address without a slash at its end.
    pub fn get(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

// As a text, empty for none: apps that were published when every site had one read that, too.
impl Wire for SiteUrl {
    fn put(&self, out: &mut Writer) {
        self.0.clone().unwrap_or_default().put(out);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        Self::new(&String::take(from))
    }
}

/// A tile layer that the site's owner configured.
#[derive(Clone, Debug, PartialEq)]
pub struct TileLayer {
    /// Name in the layer switch.
    pub name: Text,
    /// Address with `{z}`, `{x}`, `{y}` and perhaps `{s}`.
    pub url: String,
    /// What `{s}` may be.
    pub subdomains: Vec<String>,
    /// The datum the tiles are drawn in.
    pub datum: Datum,
    /// Smallest zoom that has tiles.
    pub min_zoom: u8,
    /// Largest zoom that has tiles.
    pub max_zoom: u8,
    /// Whom to name on the map.
    pub attribution: String,
    /// Whether it lies over another layer (labels) instead of being one.
    pub overlay: bool,
}

/// A flood or a storm.
#[derive(Clone, Debug, PartialEq)]
pub struct Emergency {
    /// What to know.
    pub text: Text,
    /// When it ends; none: until it is taken down.
    pub until: Option<Until>,
    /// Since when; for words alone.
    pub since: Option<LocalDateTime>,
    /// The stations that are shelters, every one where the list is empty; none: nobody said.
    pub shelters: Option<Vec<StationId>>,
    /// Whom to call.
    pub contacts: Vec<NamedNumber>,
}

impl Emergency {
    /// Whether it has ended by `at`.
    pub fn is_over(&self, at: LocalDateTime) -> bool {
        self.until.is_some_and(|until| until.end() <= at)
    }

    /// Whether a station is a shelter.
    pub fn is_shelter(&self, id: &StationId) -> bool {
        self.shelters.as_ref().is_some_and(|ids| ids.is_empty() || ids.contains(id))
    }
}

// As apps that were published first read it; what came later is in [`crate::now::Now`].
impl Wire for Emergency {
    fn put(&self, out: &mut Writer) {
        let Self { text, until, since: _, shelters: _, contacts } = self;
        text.put(out);
        until.put(out);
        contacts.put(out);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        let (text, until) = (Text::take(from), Wire::take(from));
        Self { text, until, since: None, shelters: None, contacts: Wire::take(from) }
    }
}

/// A name and its number.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedNumber {
    /// Who answers.
    pub name: Text,
    /// The number.
    pub phones: Vec<Phone>,
}

/// A public service number.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceNumber {
    /// Who answers.
    pub name: Text,
    /// The number.
    pub phones: Vec<Phone>,
    /// What for.
    pub note: Option<Text>,
    /// The city it serves; none: everywhere.
    pub city: Option<String>,
}
