//! A rider's report as a form sends it, for the journal.

use domain::report::{FormError, Report as Said};
use domain::time::LocalDateTime;

use super::said::No;
use crate::journal::Report;

/// The report of a form's body (`application/x-www-form-urlencoded`), which came at this minute.
pub(super) fn read(body: &[u8], at: LocalDateTime) -> Result<Report, No> {
    let form = std::str::from_utf8(body).map_err(|_| No::BadReport("body"))?;
    let said = Said::from_form(form).map_err(|error| {
        No::BadReport(match error {
            FormError::Missing(field) | FormError::Twice(field) | FormError::Value(field) => field,
            FormError::Text(_) => "text",
        })
    })?;
    Ok(Report {
        uuid: said.uuid().to_string().replace('-', ""),
        station: said.station().to_string(),
        kind: said.kind().word().to_owned(),
        text: said.text().to_owned(),
        at: at.to_string(),
        counted: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_or_refused() {
        let at = LocalDateTime::parse("2026-11-25T08:30").unwrap();
        let uuid = "0123456789abcdef0123456789ABCDEF";
        let of = |rest: &str| read(format!("uuid={uuid}&station=sy-1&kind=closed{rest}").as_bytes(), at);
        let good = of("&text=%E9%97%A8+%E9%94%81%E7%9D%80%0D%0A&lat=41.8").unwrap();
        assert_eq!(
            (good.text.as_str(), good.uuid.as_str(), good.at.as_str()),
            ("门 锁着", &*uuid.to_lowercase(), "2026-11-25T08:30")
        );
        assert_eq!(of("").unwrap().text, "");
        let long = format!("&text={}", "长".repeat(301));
        for (rest, field) in [
            ("&text=%E2%80%AE", "text"),
            (&long, "text"),
            ("&text=%ff", "text"),
            ("&kind=loud", "kind"),
            ("&station=A", "station"),
            ("&uuid=1", "uuid"),
        ] {
            assert!(matches!(of(rest), Err(No::BadReport(found)) if found == field), "{rest}");
        }
    }
}
