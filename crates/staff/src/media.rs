//! Types of files, and which of them are worth compressing.

/// Types by extension.
pub(crate) const TYPES: [(&str, &[&str]); 19] = [
    ("text/html; charset=utf-8", &["html"]),
    ("text/css; charset=utf-8", &["css"]),
    ("text/javascript; charset=utf-8", &["js", "mjs"]),
    ("application/json; charset=utf-8", &["json", "map"]),
    ("application/geo+json; charset=utf-8", &["geojson"]),
    ("application/manifest+json; charset=utf-8", &["webmanifest"]),
    ("text/plain; charset=utf-8", &["txt", "md"]),
    ("text/csv; charset=utf-8", &["csv"]),
    ("application/xml; charset=utf-8", &["xml"]),
    ("image/svg+xml; charset=utf-8", &["svg"]),
    ("application/wasm", &["wasm"]),
    ("image/webp", &["webp"]),
    ("image/jpeg", &["jpg", "jpeg"]),
    ("image/png", &["png"]),
    ("image/gif", &["gif"]),
    ("image/avif", &["avif"]),
    ("image/x-icon", &["ico"]),
    ("font/woff2", &["woff2"]),
    ("application/pdf", &["pdf"]),
];

/// The type of files that no type is known for.
pub(crate) const UNKNOWN: &str = "application/octet-stream";

/// The type of a file, by its extension.
pub(crate) fn content_type(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    TYPES.iter().find(|(_, extensions)| extensions.contains(&extension)).map_or(UNKNOWN, |(kind, _)| kind)
}

/// Whether files of this type are worth compressing; pictures and fonts already are. `.bin` is the published data.
pub(crate) fn is_compressible(path: &str) -> bool {
    let kind = content_type(path);
    kind.contains("charset=utf-8")
        || kind == "application/wasm"
        || std::path::Path::new(path).extension().is_some_and(|it| it == "bin")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_by_extension() {
        let cases = [
            ("index.html", "text/html; charset=utf-8", true),
            ("app-0123456789abcdef_bg.wasm", "application/wasm", true),
            ("data/index.json", "application/json; charset=utf-8", true),
            ("site.webmanifest", "application/manifest+json; charset=utf-8", true),
            ("data/stations-0123456789abcdef.bin", "application/octet-stream", true),
            ("photos/door.webp", "image/webp", false),
            ("icons/water.svg", "image/svg+xml; charset=utf-8", true),
            ("LICENSE", "application/octet-stream", false),
        ];
        for (path, kind, compressible) in cases {
            assert_eq!((content_type(path), is_compressible(path)), (kind, compressible), "{path}");
        }
    }
}
