//! The data contract, written down a second time and from its prose alone: what the fields of `stations.json` and
//! `site.json` may hold, as a table.

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// Words in Chinese, or in both languages, at most so many characters.
    Text(usize),
    /// Words, at most so many characters.
    Line(usize),
    /// One of these.
    Word(&'static [&'static str]),
    /// `^[a-z0-9-]{1,40}$`.
    Id,
    /// `YYYY-MM-DD`.
    Day,
    /// A day, or `YYYY-MM-DDTHH:MM`.
    Time,
    /// `https://…`.
    Url,
    /// A plain path.
    File,
    /// True or false.
    Truth,
    /// A whole number from the first to the last.
    Whole(i64, i64),
    /// A number at most this far from 0.
    Number(f64),
    /// Exactly 1.
    Schema,
    /// An object.
    Object(&'static [Field]),
    /// A list of objects.
    List(&'static [Field]),
}

/// A field: its key, whether it must be there, and what it holds.
pub type Field = (&'static str, bool, Rule);

const ACCESS: Rule = Rule::Word(&["free", "scan", "face", "register"]);
const AMENITIES: Rule = Rule::Word(&[
    "water",
    "hot_water",
    "seat",
    "heating",
    "cooling",
    "microwave",
    "charging",
    "ebike",
    "toilet",
    "first_aid",
    "aed",
    "wifi",
    "books",
    "shower",
    "laundry",
    "fridge",
    "umbrella",
    "parking",
    "meal",
    "haircut",
    "legal",
    "tools",
    "step_free",
    "guide",
]);
const ROLES: Rule =
    Rule::Word(&["host", "party_branch", "community", "mediation", "legal_aid", "volunteer", "emergency"]);
const KINDS: Rule = Rule::Word(&[
    "union",
    "community",
    "party",
    "bank",
    "pharmacy",
    "drivers_home",
    "company",
    "clinic",
    "other",
]);

/// `stations.json`.
pub const STATIONS: &[Field] = &[
    ("schema", true, Rule::Schema),
    ("dataset", true, Rule::Object(DATASET)),
    ("stations", true, Rule::List(STATION)),
];
const DATASET: &[Field] = &[
    ("title", true, Rule::Text(120)),
    ("publisher", false, Rule::Text(120)),
    ("contact", false, Rule::Text(600)),
    ("licence", false, Rule::Line(120)),
    ("sample", false, Rule::Truth),
    ("revision", false, Rule::Whole(0, i64::MAX)),
];
const STATION: &[Field] = &[
    ("id", true, Rule::Id),
    ("name", true, Rule::Text(120)),
    ("kind", true, KINDS),
    ("location", true, Rule::Object(LOCATION)),
    ("hours", false, Rule::Line(600)),
    ("access", false, ACCESS),
    ("notices", false, Rule::List(NOTICE)),
    ("amenities", false, Rule::List(AMENITY)),
    ("contacts", false, Rule::List(CONTACT)),
    ("events", false, Rule::List(EVENT)),
    ("photos", false, Rule::List(&[("file", true, Rule::File), ("alt", true, Rule::Text(600))])),
    ("links", false, Rule::List(&[("title", true, Rule::Text(120)), ("url", true, Rule::Url)])),
    ("verified_at", false, Rule::Day),
    ("updated_at", false, Rule::Day),
    ("source", false, Rule::Line(120)),
];
const LOCATION: &[Field] = &[
    ("lat", false, Rule::Number(90.0)),
    ("lng", false, Rule::Number(180.0)),
    ("city", true, Rule::Line(120)),
    ("district", true, Rule::Line(120)),
    ("address", false, Rule::Text(600)),
    ("directions", false, Rule::Text(600)),
];
const NOTICE: &[Field] = &[
    ("kind", true, Rule::Word(&["closed", "limited", "info"])),
    ("text", true, Rule::Text(600)),
    ("from", false, Rule::Time),
    ("until", false, Rule::Time),
];
const AMENITY: &[Field] = &[
    ("id", true, AMENITIES),
    ("state", true, Rule::Word(&["ok", "out", "unknown"])),
    ("note", false, Rule::Text(600)),
    ("access", false, ACCESS),
];
const CONTACT: &[Field] = &[
    ("role", true, ROLES),
    ("organisation", false, Rule::Text(120)),
    ("person", false, Rule::Line(120)),
    ("phone", false, Rule::Line(120)),
    ("hours", false, Rule::Line(600)),
];
const EVENT: &[Field] = &[
    ("kind", true, Rule::Word(&["clinic", "activity"])),
    ("title", true, Rule::Text(120)),
    ("starts", true, Rule::Time),
    ("ends", false, Rule::Time),
    ("note", false, Rule::Text(600)),
];

/// `site.json`.
pub const SITE: &[Field] = &[
    ("schema", true, Rule::Schema),
    ("title", true, Rule::Text(120)),
    ("site_url", false, Rule::Url),
    ("utc_offset_minutes", false, Rule::Whole(-720, 840)),
    ("boundaries", false, Rule::Truth),
    ("review_number", false, Rule::Line(120)),
    ("map_source", false, Rule::Text(600)),
    ("icp", false, Rule::Line(120)),
    ("police_icp", false, Rule::Line(120)),
    ("tiles", false, Rule::List(TILES)),
    ("emergency", false, Rule::Object(EMERGENCY)),
    ("service_numbers", false, Rule::List(SERVICE)),
];
const TILES: &[Field] = &[
    ("name", true, Rule::Text(120)),
    ("url", true, Rule::Url),
    ("datum", true, Rule::Word(&["wgs84", "gcj02", "bd09"])),
    ("min_zoom", false, Rule::Whole(0, 24)),
    ("max_zoom", false, Rule::Whole(0, 24)),
    ("attribution", true, Rule::Line(600)),
    ("overlay", false, Rule::Truth),
];
const EMERGENCY: &[Field] = &[
    ("text", true, Rule::Text(600)),
    ("until", false, Rule::Time),
    ("contacts", false, Rule::List(&[("name", true, Rule::Text(120)), ("phone", true, Rule::Line(120))])),
];
const SERVICE: &[Field] = &[
    ("name", true, Rule::Text(120)),
    ("phone", true, Rule::Line(120)),
    ("note", false, Rule::Text(600)),
    ("city", false, Rule::Line(120)),
];
