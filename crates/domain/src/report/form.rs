//! A report as a form: `application/x-www-form-urlencoded` (WHATWG URL, 5), in both directions.

use super::{Kind, Report, digits};
use crate::finding::Problem;
use crate::navigate::{percent_decode, percent_encode};
use crate::patch::Uuid;
use crate::station::StationId;

/// Why a form is no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormError {
    /// The field is missing.
    Missing(&'static str),
    /// The field stands twice.
    Twice(&'static str),
    /// The field's value is none that it can have.
    Value(&'static str),
    /// The text breaks a rule.
    Text(Problem),
}

/// A report's parts as a form, as they are; see [`Report::form`]. The text has been [cleaned](super::clean).
pub fn form(digits: &str, station: &StationId, kind: Kind, text: &str) -> String {
    let text = &percent_encode(text);
    ["uuid=", digits, "&station=", station.as_str(), "&kind=", kind.word(), "&text=", text].concat()
}

impl Report {
    /// The report as a form.
    pub fn form(&self) -> String {
        form(&digits(self.uuid), &self.station, self.kind, &self.text)
    }

    /// The report in a form. Fields that a report does not have are left alone, and nothing of them is kept.
    pub fn from_form(form: &str) -> Result<Self, FormError> {
        let uuid = field(form, "uuid")?.ok_or(FormError::Missing("uuid"))?;
        let station = field(form, "station")?.ok_or(FormError::Missing("station"))?;
        let kind = field(form, "kind")?.ok_or(FormError::Missing("kind"))?;
        let text = field(form, "text")?.unwrap_or_default();
        let uuid = Uuid::parse(&uuid).ok_or(FormError::Value("uuid"))?;
        let station = StationId::new(&station).ok_or(FormError::Value("station"))?;
        let kind = Kind::from_word(&kind).ok_or(FormError::Value("kind"))?;
        Self::new(uuid, station, kind, &text).map_err(FormError::Text)
    }
}

/// The value of a form's field.
fn field(form: &str, name: &'static str) -> Result<Option<String>, FormError> {
    let pairs = form.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let mut values = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value);
    match (values.next(), values.next()) {
        (_, Some(_)) => Err(FormError::Twice(name)),
        (None, None) => Ok(None),
        (Some(value), None) => {
            percent_decode(&value.replace('+', " ")).map(Some).ok_or(FormError::Value(name))
        }
    }
}
