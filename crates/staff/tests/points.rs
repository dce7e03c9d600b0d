//! KML and GPX, read back by an XML parser.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod tool;

use domain::station::{Station, WrittenHours};
use domain::text::Text;
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use staff::points::{gpx, kml};
use staff::source::Source;
use tool::data;

fn stations() -> Vec<Station> {
    let source = Source::read(&data("good"));
    assert!(source.items.iter().all(|item| item.file != staff::source::STATIONS), "{:?}", source.items);
    source.reading.stations
}

/// An element: its path of names, its attributes, its text.
#[derive(Debug, PartialEq)]
struct Element {
    path: String,
    attributes: Vec<(String, String)>,
    text: String,
}

/// The elements of a document in order, each opened and closed as it should be.
fn parse(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut found: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                let above = open.last().map_or(String::new(), |&at| found[at].path.clone() + "/");
                let attributes = start
                    .attributes()
                    .map(|attribute| {
                        let attribute = attribute.unwrap();
                        (attribute.key.as_ref().to_owned(), attribute.value.to_string())
                    })
                    .collect();
                open.push(found.len());
                found.push(Element { path: above + &name, attributes, text: String::new() });
            }
            Event::End(_) => drop(open.pop().unwrap()),
            Event::Text(text) => {
                if let Some(&at) = open.last() {
                    found[at].text.push_str(&text);
                }
            }
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                let c = match reference.resolve_char_ref().unwrap() {
                    Some(c) => c.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(name).unwrap().to_owned(),
                };
                found[*open.last().unwrap()].text.push_str(&c);
            }
            Event::Eof => break,
            Event::Decl(_) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(open.is_empty());
    found
}

fn texts<'a>(elements: &'a [Element], path: &str) -> Vec<&'a str> {
    elements.iter().filter(|element| element.path == path).map(|element| element.text.as_str()).collect()
}

#[test]
fn documents_as_they_are() {
    insta::assert_snapshot!("kml", kml(&stations(), "示例 & 驿站"));
    insta::assert_snapshot!("gpx", gpx(&stations(), "示例 & 驿站"));
}

/// Exactly the stations with a place are there, at their place, east before north in KML.
#[test]
fn those_with_a_place_are_there() {
    let stations = stations();
    let placed: Vec<&Station> =
        stations.iter().filter(|station| station.location.position.is_some()).collect();
    assert!(!placed.is_empty() && placed.len() < stations.len());
    let names: Vec<&str> = placed.iter().map(|station| station.name.get(domain::text::Lang::Zh)).collect();

    let document = parse(&kml(&stations, "示例"));
    assert_eq!(texts(&document, "kml/Document/name"), ["示例"]);
    assert_eq!(texts(&document, "kml/Document/Placemark/name"), names);
    let at: Vec<String> = placed
        .iter()
        .filter_map(|station| station.location.position)
        .map(|position| [position.lng().to_string(), position.lat().to_string()].join(","))
        .collect();
    assert_eq!(texts(&document, "kml/Document/Placemark/Point/coordinates"), at);

    let document = parse(&gpx(&stations, "示例"));
    assert_eq!(texts(&document, "gpx/metadata/name"), ["示例"]);
    assert_eq!(texts(&document, "gpx/wpt/name"), names);
    let waypoints = document.iter().filter(|element| element.path == "gpx/wpt");
    for (waypoint, station) in waypoints.zip(&placed) {
        let position = station.location.position.unwrap();
        let expected = [("lat", position.lat()), ("lon", position.lng())]
            .map(|(name, degrees)| (name.to_owned(), degrees.to_string()));
        assert_eq!(waypoint.attributes, expected);
    }
}

/// Google Earth reads a description as HTML.
#[test]
fn a_description_is_no_html() {
    let mut stations = stations();
    stations[0].hours = Some(WrittenHours::new("<script>alert(1)</script> & 9:00"));
    let document = parse(&kml(&stations, "示例"));
    let said = texts(&document, "kml/Document/Placemark/description")[0];
    assert!(said.starts_with("开放时间：&lt;script&gt;alert(1)&lt;/script&gt; &amp; 9:00\n"), "{said}");
    let document = parse(&gpx(&stations, "示例"));
    let said = texts(&document, "gpx/wpt/desc")[0];
    assert!(said.starts_with("开放时间：<script>alert(1)</script> & 9:00\n"), "{said}");
}

#[test]
fn nothing_is_a_document_too() {
    assert_eq!(parse(&kml(&[], "空")).len(), 3);
    assert_eq!(parse(&gpx(&[], "空")).len(), 3);
}

proptest! {
    /// Whatever a name is, it comes back, but for what XML cannot hold.
    #[test]
    fn any_name_comes_back(name in "\\PC*|[\\x00-\\x40\u{fffe}\u{2028}]*") {
        let mut stations = stations();
        stations.retain(|station| station.location.position.is_some());
        stations.truncate(1);
        stations[0].name = Text::zh(name.clone());
        let is_held = |c: char| c >= ' ' && c != '\u{fffe}' && c != '\u{ffff}' || matches!(c, '\t' | '\n' | '\r');
        let expected: String = name.chars().map(|c| if is_held(c) { c } else { '\u{fffd}' }).collect();
        let document = parse(&kml(&stations, &name));
        prop_assert_eq!(texts(&document, "kml/Document/Placemark/name"), [expected.as_str()]);
        prop_assert_eq!(texts(&document, "kml/Document/name"), [expected.as_str()]);
        let document = parse(&gpx(&stations, &name));
        prop_assert_eq!(texts(&document, "gpx/wpt/name"), [expected.as_str()]);
        prop_assert_eq!(texts(&document, "gpx/metadata/name"), [expected.as_str()]);
    }
}
