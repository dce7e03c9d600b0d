//! The shape of `reports.json`. See [`crate::dto`] for the rules.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `reports.json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReportsDto {
    /// Version of this shape.
    pub schema: Option<u32>,
    /// What riders said.
    pub reports: Option<Vec<ReportDto>>,
    /// When a station's host last answered, by the station's id: `YYYY-MM-DDTHH:MM`.
    pub answers: Option<BTreeMap<String, Option<String>>>,
    /// What came of a station and was too much to be kept, by the station's id.
    pub dropped: Option<BTreeMap<String, Option<DroppedDto>>>,
}

/// Reports that were too many to be kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DroppedDto {
    /// How many.
    pub count: Option<u32>,
    /// When the last of them went, `YYYY-MM-DDTHH:MM`.
    pub last: Option<String>,
}

/// What one rider said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReportDto {
    /// Its own name, 32 hexadecimal digits.
    pub uuid: Option<String>,
    /// The station's id.
    pub station: Option<String>,
    /// A word of [`crate::report::Kind`].
    pub kind: Option<String>,
    /// What was typed beside it.
    pub text: Option<String>,
    /// When it arrived, `YYYY-MM-DDTHH:MM`.
    pub at: Option<String>,
    /// Whether it counts as another rider's; missing: it does.
    pub counted: Option<bool>,
}
