//! Ways to break a valid file. Each knows what it broke: where the program must find something.

use serde_json::{Value, json};

use super::contract::{Field, Rule};
use super::dice::Dice;

const BAD_TIMES: &[&str] = &[
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-11-31",
    "2026-1-2",
    "明天",
    "2026-11-20T25:00",
    "2026-11-20T12:60",
    "2026-11-20T12",
    "2026-11-20T12:00Z",
    "20261120",
    "2026-11-20x",
];
const BAD_URLS: &[&str] = &[
    "http://example.org",
    "javascript:alert(1)",
    "https://",
    "https:///path",
    "https://exa mple.org/",
    "//example.org",
    "https://user@example.org/",
    "data:text/html,x",
];
const BAD_FILES: &[&str] = &[
    "../photos/door.webp",
    "/etc/passwd",
    "photos/../../x.webp",
    "photos//door.webp",
    "photos/.hidden.webp",
    "photos\\door.webp",
    "photos/%2e%2e/x.webp",
    "https://example.org/x.webp",
    "photos/驿站.webp",
    "photos/",
];

/// A field of a file: its JSON pointer, its path as findings write it, what it holds.
#[derive(Clone, Debug)]
pub struct Place {
    /// As `/stations/3/location/lat`.
    pub pointer: String,
    /// As `stations[3].location.lat`.
    pub path: String,
    required: bool,
    rule: Rule,
}

/// Every field that the contract knows and the file has.
pub fn places(file: &Value, fields: &[Field]) -> Vec<Place> {
    let mut found = Vec::new();
    visit(file, fields, "", "", &mut found);
    found
}

fn visit(value: &Value, fields: &[Field], pointer: &str, path: &str, found: &mut Vec<Place>) {
    for (key, required, rule) in fields {
        let Some(below) = value.get(key).filter(|below| !below.is_null()) else {
            continue;
        };
        let pointer = format!("{pointer}/{key}");
        let path = if path.is_empty() { (*key).to_owned() } else { format!("{path}.{key}") };
        found.push(Place { pointer: pointer.clone(), path: path.clone(), required: *required, rule: *rule });
        match rule {
            Rule::Object(fields) => visit(below, fields, &pointer, &path, found),
            Rule::List(fields) => {
                for (index, entry) in below.as_array().into_iter().flatten().enumerate() {
                    visit(entry, fields, &format!("{pointer}/{index}"), &format!("{path}[{index}]"), found);
                }
            }
            _ => {}
        }
    }
}

/// Puts something into a field that must not be there, and says what.
pub fn break_field(file: &mut Value, place: &Place, dice: &mut Dice) -> String {
    let mut bad = bad_values(place.rule, dice);
    if place.required {
        bad.push(Value::Null);
        if dice.one_in(8) {
            let (above, key) = place.pointer.rsplit_once('/').unwrap();
            file.pointer_mut(above).unwrap().as_object_mut().unwrap().remove(key);
            return "taken away".into();
        }
    }
    let value = bad.swap_remove(dice.below(bad.len()));
    let said = value.to_string();
    *file.pointer_mut(&place.pointer).unwrap() = value;
    said
}

fn bad_values(rule: Rule, dice: &mut Dice) -> Vec<Value> {
    let hidden =
        ['\u{0}', '\n', '\u{7f}', '\u{ad}', '\u{200b}', '\u{200f}', '\u{202e}', '\u{2066}', '\u{feff}'];
    let hidden = format!("驿{}站", hidden[dice.below(hidden.len())]);
    let number = json!(dice.below(1000));
    let mut bad =
        vec![json!(true), json!([]), json!({}), json!(["x"]), number.clone(), json!(-1.5), json!("")];
    match rule {
        Rule::Text(max) => bad.extend([
            json!("  \t"),
            json!(hidden),
            json!("长".repeat(max + 1 + dice.below(9))),
            json!({"en": "English alone"}),
            json!({"zh": 1}),
            json!({"zh": "驿站", "en": 1}),
            json!({"zh": "驿站", "en": hidden}),
            json!({"zh": "", "en": "x"}),
            json!({"zh": "驿站", "en": "x".repeat(2 * max + 1)}),
        ]),
        Rule::Line(max) => {
            bad.extend([json!(" "), json!(hidden), json!("长".repeat(max + 1)), json!({"zh": "驿站"})]);
        }
        Rule::Word(_) => bad.extend([json!("no_such_word"), json!("Water"), json!("free "), json!(hidden)]),
        Rule::Id => bad.extend([
            json!("Upper"),
            json!("a b"),
            json!("驿站"),
            json!("a".repeat(41)),
            json!("../a"),
            json!("a_b"),
        ]),
        Rule::Day | Rule::Time => bad.extend(BAD_TIMES.iter().map(|&text| json!(text))),
        Rule::Url => {
            bad.extend(BAD_URLS.iter().map(|&text| json!(text)));
            bad.push(json!(format!("https://example.org/{hidden}")));
        }
        Rule::File => bad.extend(BAD_FILES.iter().map(|&text| json!(text))),
        Rule::Truth => {
            bad.retain(|value| !value.is_boolean());
            bad.extend([json!("true"), json!(0)]);
        }
        Rule::Whole(first, last) => {
            bad.retain(|value| value.as_i64().is_none_or(|number| !(first..=last).contains(&number)));
            bad.extend([json!("1"), json!(1.5), json!(first - 1)]);
            bad.extend(last.checked_add(1).map(Value::from));
        }
        Rule::Number(far) => {
            bad.retain(|value| !value.is_number());
            bad.extend([json!(far + 0.001), json!(-far - 1.0), json!(1e300), json!("41.7")]);
        }
        Rule::Schema => {
            bad.retain(|value| value.as_i64() != Some(1));
            bad.extend([json!(0), json!(2), json!("1"), json!(1.0)]);
        }
        Rule::Object(_) => {
            // An empty object is of the right type and lacks fields: found below the place, not at it.
            bad.retain(|value| *value != json!({}));
            bad.push(json!("x"));
        }
        Rule::List(_) => {
            bad.retain(|value| *value != json!([]) && *value != json!(["x"]));
            bad.push(json!("x"));
        }
    }
    bad
}

/// Breaks what no single field shows, and says where it must be found and what was done.
pub fn break_together(file: &mut Value, dice: &mut Dice) -> (String, &'static str) {
    match dice.below(6) {
        0 => {
            let id = file["stations"][0]["id"].clone();
            let other = 1 + dice.below(2);
            file["stations"][other]["id"] = id;
            (format!("stations[{other}].id"), "repeated id")
        }
        1 => {
            let (gone, station) = (["lat", "lng"][dice.below(2)], dice.below(2));
            file["stations"][station]["location"][gone] = Value::Null;
            (format!("stations[{station}].location.{gone}"), "lone coordinate")
        }
        2 => {
            file["stations"][0]["amenities"][1]["id"] = file["stations"][0]["amenities"][0]["id"].clone();
            ("stations[0].amenities[1].id".into(), "repeated amenity")
        }
        3 => {
            let starts = ["2026-11-28T11:30", "2026-11-28T11:31", "2027-01-01T00:00"][dice.below(3)];
            file["stations"][0]["events"][0]["starts"] = starts.into();
            ("stations[0].events[0].ends".into(), "event ends before it starts")
        }
        4 => {
            let from = ["2026-12-02", "2026-12-01T18:00", "2027-01-01T10:00"][dice.below(3)];
            file["stations"][0]["notices"][0]["from"] = from.into();
            ("stations[0].notices[0].until".into(), "notice ends before it starts")
        }
        _ => {
            let list = ["notices", "amenities", "contacts", "events", "photos", "links"][dice.below(6)];
            let bad = [json!(null), json!("x"), json!(1), json!([])][dice.below(4)].clone();
            file["stations"][0][list][0] = bad;
            (format!("stations[0].{list}[0]"), "an entry that is no object")
        }
    }
}
