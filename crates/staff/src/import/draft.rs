//! What was understood of a row, and what was not.

use domain::amenity::Amenity;
use domain::site::Datum;
use domain::station::StationId;
use domain::time::Date;
use serde_json::{Map, Value};

use super::datum::Evidence;
use super::field::Field;

/// Where something stands in what is imported.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as given.
    pub file: String,
    /// The sheet in it.
    pub sheet: String,
    /// The row, as an editor numbers it.
    pub row: u32,
    /// The column, from 0, where it is about one.
    pub column: Option<usize>,
}

/// A row that can become a station: only what the sheet says.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Where it stands.
    pub at: Place,
    /// The id, where the sheet has one.
    pub id: Option<StationId>,
    /// A part of a station, as `stations.json` writes it. What the sheet says nothing of is not in it.
    pub fields: Map<String, Value>,
    /// What to take where nothing is known of the station yet: a guess from its name.
    pub defaults: Map<String, Value>,
    /// What the sheet says is not there.
    pub absent: Vec<Amenity>,
    /// Whether the fields are all there is to say of the station, as in what `staff export` writes.
    pub whole: bool,
    /// The day the row last changed, by the sheet.
    pub updated: Option<Date>,
    /// The row as read, to hand it back if it is refused after all.
    pub cells: Vec<String>,
}

/// Why a row is no station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// No name.
    NoName,
    /// Neither a city nor a district, in columns or address.
    NoArea,
    /// The id is none.
    BadId,
    /// One of two numbers is missing.
    HalfPoint,
    /// No number, or none on Earth.
    BadPoint,
    /// Not the JSON that `staff export` writes.
    BadRaw,
    /// Another row of this import is the same station.
    Twice {
        /// That row.
        first: Place,
    },
    /// The station would break a rule of the data.
    Rule {
        /// The field, as `location.city`.
        path: String,
        /// What is wrong.
        problem: domain::finding::Problem,
    },
}

/// A row that is not taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Where it stands; the column is the one to correct.
    pub at: Place,
    /// The column's header.
    pub header: String,
    /// What is in the cell.
    pub value: String,
    /// Why.
    pub why: Why,
    /// The row as read.
    pub cells: Vec<String>,
}

/// Something to know that refuses nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// A column that nobody understands; the row is the header's.
    Column(Place, String),
    /// A table without a header that names stations.
    NoHeader(Place),
    /// Invisible characters were taken out.
    Cleaned(Place, String),
    /// A word that the field does not know, kept nowhere.
    Word(Place, Field, String),
    /// Words about amenities that nobody knows; they became a notice.
    Amenities(Place, Vec<String>),
    /// Opening hours that make no sense from some place on; kept as written.
    Hours(Place, String),
    /// A date that is none.
    BadDate(Place, String),
    /// City or district taken from the address or the map.
    Area(Place, String),
}

/// What a table's columns were taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Where; the row is the header's.
    pub at: Place,
    /// The header words, column by column.
    pub words: Vec<String>,
    /// What they mean.
    pub fields: Vec<Option<Field>>,
}

/// What reading the sheets gave. `read` is always the number of drafts and of refused rows together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// How many rows were read below headers.
    pub read: usize,
    /// The rows that can become stations.
    pub drafts: Vec<Draft>,
    /// Those that cannot.
    pub refused: Vec<Refused>,
    /// What to know.
    pub notes: Vec<Note>,
    /// The tables' headers.
    pub headers: Vec<Header>,
    /// The datum the points were taken for, and what speaks for it.
    pub datum: Option<(Datum, Evidence)>,
}
