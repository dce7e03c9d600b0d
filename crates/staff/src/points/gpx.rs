//! GPX 1.1 (<https://www.topografix.com/GPX/1/1/>).

use domain::station::Station;
use domain::text::Lang;

use super::xml::Escaped;
use super::{description, placed};

/// The stations whose place is known, as waypoints.
pub fn gpx(stations: &[Station], title: &str) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gpx version=\"1.1\" creator=\"Love Stations\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n\
         <metadata><name>{}</name></metadata>\n",
        Escaped(title)
    );
    for (station, position) in placed(stations) {
        out.extend([
            format!("<wpt lat=\"{}\" lon=\"{}\">\n", position.lat(), position.lng()),
            format!("<name>{}</name>\n", Escaped(station.name.get(Lang::Zh))),
            format!("<desc>{}</desc>\n", Escaped(&description(station))),
            // What the stations are called together: devices group and show points by it.
            "<type>爱心驿站</type>\n</wpt>\n".to_owned(),
        ]);
    }
    out.push_str("</gpx>\n");
    out
}
