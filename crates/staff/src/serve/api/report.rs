//! A rider's report as a form sends it.

use domain::station::StationId;
use domain::time::LocalDateTime;

use super::said::No;
use crate::journal::Report;
use crate::words::is_hidden;

/// What a report may be about.
const KINDS: [&str; 7] = ["closed", "moved", "no_water", "phone_wrong", "praise", "suggestion", "dispute"];
/// Most characters of its text.
const LONGEST: usize = 300;

/// The report of a form's body (`application/x-www-form-urlencoded`), which came at this minute.
pub(super) fn read(body: &[u8], at: LocalDateTime) -> Result<Report, No> {
    let mut report = Report {
        uuid: String::new(),
        station: String::new(),
        kind: String::new(),
        text: String::new(),
        at: at.to_string(),
    };
    for pair in body.split(|&byte| byte == b'&') {
        let mut parts = pair.splitn(2, |&byte| byte == b'=');
        let (name, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let place = match name {
            b"uuid" => &mut report.uuid,
            b"station" => &mut report.station,
            b"kind" => &mut report.kind,
            b"text" => &mut report.text,
            // Nothing else is taken, and nothing else is kept.
            _ => continue,
        };
        *place = decoded(value).ok_or(No::BadReport("body"))?;
    }
    report.text.replace("\r\n", "\n").trim().clone_into(&mut report.text);
    let hex = report.uuid.len() == 32 && report.uuid.bytes().all(|byte| byte.is_ascii_hexdigit());
    let refused = if !hex {
        Some("uuid")
    } else if StationId::new(&report.station).is_none() {
        Some("station")
    } else if !KINDS.contains(&report.kind.as_str()) {
        Some("kind")
    } else if report.text.chars().count() > LONGEST || report.text.chars().any(|c| is_hidden(c) && c != '\n')
    {
        Some("text")
    } else {
        None
    };
    report.uuid.make_ascii_lowercase();
    refused.map_or(Ok(report), |field| Err(No::BadReport(field)))
}

fn decoded(value: &[u8]) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.iter().copied();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                let (high, low) = (digit()?, digit()?);
                bytes.push(u8::try_from(high * 16 + low).ok()?);
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).ok()
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
            ("&text=%ff", "body"),
            ("&text=%2", "body"),
            ("&kind=loud", "kind"),
            ("&station=A", "station"),
            ("&uuid=1", "uuid"),
        ] {
            assert!(matches!(of(rest), Err(No::BadReport(found)) if found == field), "{rest}");
        }
    }
}
