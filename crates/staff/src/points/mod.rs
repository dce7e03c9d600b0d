//! Stations as points for map programs: [`kml()`] for Google Earth and 奥维, [`gpx()`] for navigation devices. Both are in
//! WGS-84 and hold only the stations whose place is known.

mod gpx;
mod kml;
mod xml;

use domain::amenity::AmenityState;
use domain::coords::Wgs84;
use domain::station::Station;
use domain::text::Lang;

use crate::words;
pub use gpx::gpx;
pub use kml::kml;

/// The stations whose place is known, with it.
fn placed(stations: &[Station]) -> impl Iterator<Item = (&Station, Wgs84)> {
    stations.iter().filter_map(|station| Some((station, station.location.position?)))
}

/// Where the station is, in words: city, district, street.
fn address(station: &Station) -> String {
    let street = station.location.address.as_ref().map_or("", |address| address.get(Lang::Zh));
    [&station.location.city, &station.location.district, street].concat()
}

/// What a rider wants to know of a station, a line each.
fn description(station: &Station) -> String {
    let mut lines = Vec::new();
    if let Some(hours) = &station.hours {
        lines.push(format!("开放时间：{}", hours.text()));
    }
    let address = address(station);
    if !address.is_empty() {
        lines.push(format!("地址：{address}"));
    }
    if let Some(directions) = &station.location.directions {
        lines.push(format!("怎么走：{}", directions.get(Lang::Zh)));
    }
    for contact in station.contacts.iter().filter(|contact| !contact.phones.is_empty()) {
        let phones: Vec<&str> = contact.phones.iter().map(domain::phone::Phone::text).collect();
        lines.push(format!("{}：{}", words::role(contact.role), phones.join("、")));
    }
    let offers: Vec<String> = station
        .offers
        .iter()
        .map(|offer| {
            let name = words::amenity(offer.amenity);
            if offer.state == AmenityState::Out {
                format!("{name}（暂不可用）")
            } else {
                name.to_owned()
            }
        })
        .collect();
    if !offers.is_empty() {
        lines.push(format!("服务：{}", offers.join("、")));
    }
    if let Some(day) = station.verified_at {
        lines.push(format!("核实于 {day}"));
    }
    lines.join("\n")
}
