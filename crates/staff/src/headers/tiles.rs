//! Where tiles come from, as a content security policy names it.

use std::collections::BTreeSet;

use domain::site::TileLayer;

/// What Leaflet takes `{s}` for where a layer says nothing.
const USUAL: [&str; 3] = ["a", "b", "c"];

/// The origins of the layers' tiles. An address that is not plain `https://host:port/…` names none, so that no
/// setting can add anything else to a header.
pub(super) fn origins(layers: &[TileLayer]) -> BTreeSet<String> {
    layers.iter().flat_map(of_layer).collect()
}

fn of_layer(layer: &TileLayer) -> Vec<String> {
    let subdomains: Vec<&str> = if layer.subdomains.is_empty() {
        USUAL.to_vec()
    } else {
        layer.subdomains.iter().map(String::as_str).collect()
    };
    let named = subdomains.into_iter().map(|name| layer.url.replace("{s}", name));
    named.filter_map(|url| origin(&url)).collect()
}

/// `https://host:port` of an address.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let host = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    let is_plain = !host.is_empty() && host.chars().all(plain);
    (matches!(scheme.as_str(), "http" | "https") && is_plain).then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use domain::site::Datum;
    use domain::text::Text;

    use super::*;

    fn layer(url: &str, subdomains: &[&str]) -> TileLayer {
        TileLayer {
            name: Text::zh("图"),
            url: url.into(),
            subdomains: subdomains.iter().map(|&name| name.into()).collect(),
            datum: Datum::Wgs84,
            min_zoom: 3,
            max_zoom: 18,
            attribution: "x".into(),
            overlay: false,
        }
    }

    #[test]
    fn hosts_of_layers() {
        let cases: [(&str, &[&str], &[&str]); 8] = [
            (
                "https://t{s}.tianditu.gov.cn/vec_w/wmts?x={x}&y={y}&z={z}&tk=1",
                &["0", "1"],
                &["https://t0.tianditu.gov.cn", "https://t1.tianditu.gov.cn"],
            ),
            (
                "https://{s}.tile.example/{z}/{x}/{y}.png",
                &[],
                &["https://a.tile.example", "https://b.tile.example", "https://c.tile.example"],
            ),
            ("HTTPS://Tiles.example:8443/{z}/{x}/{y}", &["a", "b"], &["https://tiles.example:8443"]),
            ("http://127.0.0.1:9000/{z}/{x}/{y}", &[], &["http://127.0.0.1:9000"]),
            ("/tiles/{z}/{x}/{y}.png", &[], &[]),
            ("https://user@host/{z}/{x}/{y}", &[], &[]),
            ("https://{s}.example/{z}/{x}/{y}", &["a; script-src *", "ok"], &["https://ok.example"]),
            ("javascript://x/{z}/{x}/{y}", &[], &[]),
        ];
        for (url, subdomains, expected) in cases {
            let found: Vec<String> = origins(&[layer(url, subdomains)]).into_iter().collect();
            assert_eq!(found, expected, "{url}");
        }
    }
}
