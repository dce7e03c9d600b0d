//! Links that open a route in a map app, each in the datum that app draws.
//!
//! Plain https, since WeChat blocks the apps' own schemes; `geo:` is for an Android system browser. The parameters
//! are those the makers document; where a maker documents no cycling route, the walking one stands in.

use crate::coords::{Bd09, Gcj02, Wgs84};

/// A map app that can be opened from a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MapApp {
    /// 腾讯地图
    Tencent,
    /// 高德地图
    Amap,
    /// 百度地图
    Baidu,
    /// Apple 地图
    Apple,
    /// Whatever Android opens for a `geo:` address.
    Geo,
}

impl MapApp {
    /// All, in the order they are offered.
    pub const ALL: &'static [Self] = &[Self::Tencent, Self::Amap, Self::Baidu, Self::Apple, Self::Geo];
}

/// By what means somebody travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TravelMode {
    /// On a bicycle or an e-bike.
    Ride,
    /// On foot.
    Walk,
    /// In a car.
    Drive,
}

/// The address that leads to `to` in `app`. Name and address are the station's; `referer` is how the makers ask a
/// page to name itself. Coordinates have six decimals, 0.1 m.
pub fn link(app: MapApp, mode: TravelMode, to: Wgs84, name: &str, address: &str, referer: &str) -> String {
    let mut out = Address(String::with_capacity(256));
    match app {
        MapApp::Tencent => {
            let to = Gcj02::from(to);
            out.raw("https://apis.map.qq.com/uri/v1/routeplan?type=").raw(match mode {
                TravelMode::Drive => "drive",
                TravelMode::Walk | TravelMode::Ride => "walk",
            });
            out.raw("&to=").text(name).raw("&tocoord=").pair(to.lat(), to.lng());
            out.raw("&coord_type=2&referer=").text(referer);
        }
        MapApp::Amap => {
            let to = Gcj02::from(to);
            out.raw("https://uri.amap.com/navigation?to=").pair(to.lng(), to.lat()).raw(",").text(name);
            out.raw("&mode=").raw(match mode {
                TravelMode::Ride => "ride",
                TravelMode::Walk => "walk",
                TravelMode::Drive => "car",
            });
            out.raw("&src=").text(referer).raw("&callnative=1");
        }
        MapApp::Baidu => {
            let to = Bd09::from(to);
            out.raw("https://api.map.baidu.com/marker?location=").pair(to.lat(), to.lng());
            out.raw("&title=").text(name).raw("&content=").text(if address.is_empty() {
                name
            } else {
                address
            });
            out.raw("&output=html&coord_type=bd09ll&src=webapp.").text(referer).raw(".").text(referer);
        }
        // In China its maps are Amap's, and so is their datum.
        MapApp::Apple => {
            let to = Gcj02::from(to);
            out.raw("https://maps.apple.com/?daddr=").pair(to.lat(), to.lng()).raw("&dirflg=").raw(
                match mode {
                    TravelMode::Drive => "d",
                    TravelMode::Walk | TravelMode::Ride => "w",
                },
            );
            out.raw("&q=").text(name);
        }
        MapApp::Geo => {
            out.raw("geo:").pair(to.lat(), to.lng()).raw("?q=").pair(to.lat(), to.lng());
            out.raw("(").text(name).raw(")");
        }
    }
    out.0
}

/// Text for a part of an address: UTF-8, and `%XX` for each byte but the unreserved ones (RFC 3986, 2.3).
pub fn percent_encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

/// The text behind `%XX`; what is no such escape stays. None for bytes that are no UTF-8.
pub fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        match (byte, ahead.next().and_then(hex), ahead.next().and_then(hex)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high * 16 + low);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// An address being written.
struct Address(String);

impl Address {
    fn raw(&mut self, text: &str) -> &mut Self {
        self.0.push_str(text);
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.raw(&percent_encode(text))
    }

    fn pair(&mut self, first: f64, second: f64) -> &mut Self {
        self.degrees(first).raw(",").degrees(second)
    }

    /// Six decimals, written as whole millionths: formatting a float costs the page 5 KB.
    fn degrees(&mut self, degrees: f64) -> &mut Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "degrees are below 360, millionths below i32::MAX"
        )]
        let millionths = (degrees * 1e6).round() as i32;
        if millionths < 0 {
            self.0.push('-');
        }
        let mut left = millionths.unsigned_abs();
        let whole = left / 1_000_000;
        let mut unit = if whole >= 100 {
            100
        } else if whole >= 10 {
            10
        } else {
            1
        };
        let mut digits = whole;
        while unit > 0 {
            self.digit(digits / unit);
            digits %= unit;
            unit /= 10;
        }
        self.0.push('.');
        left %= 1_000_000;
        let mut unit = 100_000;
        while unit > 0 {
            self.digit(left / unit);
            left %= unit;
            unit /= 10;
        }
        self
    }

    fn digit(&mut self, digit: u32) {
        self.0.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}
