//! KML 2.2 (OGC 07-147r2).

use domain::station::Station;
use domain::text::Lang;

use super::xml::Escaped;
use super::{address, description, placed};

/// The stations whose place is known, as a document of placemarks.
pub fn kml(stations: &[Station], title: &str) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n<name>{}</name>\n",
        Escaped(title)
    );
    for (station, position) in placed(stations) {
        // The order is the schema's; an id may not start with a digit.
        out.extend([
            format!("<Placemark id=\"s-{}\">\n", Escaped(station.id.as_str())),
            format!("<name>{}</name>\n", Escaped(station.name.get(Lang::Zh))),
            format!("<address>{}</address>\n", Escaped(&address(station))),
        ]);
        if let Some((_, phone)) = station.first_call()
            && let Some(dial) = phone.dial()
        {
            out.extend(["<phoneNumber>tel:", dial, "</phoneNumber>\n"]);
        }
        out.extend([
            format!("<description>{}</description>\n", Escaped(&harmless(&description(station)))),
            format!(
                "<Point><coordinates>{},{}</coordinates></Point>\n</Placemark>\n",
                position.lng(),
                position.lat()
            ),
        ]);
    }
    out.push_str("</Document>\n</kml>\n");
    out
}

/// A description is HTML to Google Earth once it has a tag in it: what only looks like one stays text.
fn harmless(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
