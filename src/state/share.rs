//! What is shared: an address, and a message for a group chat. Never anything of where the rider is.

use domain::amenity::AmenitySet;
use domain::station::Station;
use domain::text::Lang;

use crate::i18n::{self, Key, tr};
use crate::routes::station_path;

/// Most amenities that a message names.
const NAMED: usize = 8;

/// The address of a station's page on the site at `origin` (`https://host`, no slash at its end).
pub fn station_url(origin: &str, station: &Station) -> String {
    format!("{origin}{}", station_path(&station.id))
}

/// A station in a few lines of plain text: name, address, hours, what it has, and the address of its page, alone on
/// the last line so that every chat makes a link of it and of nothing else.
pub fn message(lang: Lang, station: &Station, address: &str, url: &str) -> String {
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    let mut text = format!("【{}】{}\n", tr(lang, Key::Brand), station.name.get(lang));
    let mut line = |key, words: &str| {
        if !words.is_empty() {
            text.push_str(tr(lang, key));
            text.push_str(colon);
            text.push_str(words);
            text.push('\n');
        }
    };
    line(Key::Address, address);
    line(Key::HourTable, station.hours.as_ref().map_or("", |hours| hours.text()));
    line(Key::Amenities, &amenities(lang, station.usable()));
    text + url
}

/// The first amenities by name.
pub fn amenities(lang: Lang, amenities: AmenitySet) -> String {
    let names: Vec<_> = amenities.iter().take(NAMED).map(|amenity| i18n::amenity(lang, amenity)).collect();
    names.join(if lang == Lang::Zh { "、" } else { ", " })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn station(hours: &str, amenities: &str) -> Station {
        let json = format!(
            r#"{{"schema":1,"dataset":{{"title":"x"}},"stations":[{{"id":"sy-1","name":{{"zh":"北站驿站","en":"North"}},"kind":"union",
            "location":{{"city":"沈阳市","district":"沈河区"}},"hours":{hours},"amenities":{amenities}}}]}}"#
        );
        let reading = domain::read::read_stations(serde_json::from_str(&json).unwrap());
        assert!(reading.findings.is_empty(), "{:?}", reading.findings);
        reading.stations.into_iter().next().unwrap()
    }

    #[test]
    fn a_message_says_what_is_known_and_ends_with_the_address() {
        let one = station(r#""24小时""#, r#"[{"id":"water","state":"ok"},{"id":"seat","state":"out"}]"#);
        let url = station_url("https://a.example", &one);
        assert_eq!(url, "https://a.example/s/sy-1/");
        assert_eq!(
            message(Lang::Zh, &one, "沈阳市沈河区", &url),
            "【爱心驿站】北站驿站\n地址：沈阳市沈河区\n开放时间：24小时\n服务设施：饮水\nhttps://a.example/s/sy-1/"
        );
        let bare = station("null", "null");
        assert_eq!(
            message(Lang::En, &bare, "沈阳市沈河区", &url),
            "【Love Stations】North\nAddress: 沈阳市沈河区\nhttps://a.example/s/sy-1/"
        );
    }
}
