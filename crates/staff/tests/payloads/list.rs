//! A list of stations all of whose texts hope to be taken for something else.

use serde_json::{Value, json};

/// What of the payloads a list can say: without hidden characters, which are refused, and no longer than a line.
pub fn lines(payloads: &[String]) -> Vec<String> {
    let line = |text: &String| domain::report::clean(text).chars().take(100).collect::<String>();
    let mut lines: Vec<String> = payloads.iter().map(line).map(|line| line.trim().to_owned()).collect();
    lines.retain(|line| !line.is_empty());
    lines
}

/// A station for each text, which stands in every field of it that may be any text. They lie side by side in Shenyang.
pub fn stations(texts: &[String]) -> Vec<Value> {
    texts.iter().enumerate().map(|(number, text)| station(number, text)).collect()
}

fn station(number: usize, text: &str) -> Value {
    let both = || json!({"zh": text, "en": text});
    let step = |number: usize| f64::from(u32::try_from(number).unwrap());
    let (lat, lng) = (41.70 + step(number / 20) * 0.01, 123.30 + step(number % 20) * 0.015);
    json!({
        "id": format!("p-{number}"),
        "name": both(),
        "kind": "union",
        "location": {
            "lat": lat, "lng": lng, "address": both(), "district": text, "directions": both(),
            // Some towns of their own, and one that has most of them.
            "city": if number.is_multiple_of(10) { text } else { "沈阳市" },
        },
        "hours": text,
        "notices": [{"kind": "info", "text": both(), "until": "2027-12-01"}],
        "amenities": [{"id": "water", "state": "ok", "note": both()}, {"id": "toilet", "state": "out", "note": both()}],
        "contacts": [{"role": "host", "organisation": both(), "person": text, "phone": "024-00000001", "hours": text}],
        "events": [{"kind": "clinic", "title": both(), "starts": "2027-12-01T09:00", "note": both()}],
        "links": [{"title": both(), "url": "https://elsewhere.example/"}],
        "source": text,
        "verified_at": "2026-11-20",
    })
}
