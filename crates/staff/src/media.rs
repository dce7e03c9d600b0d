//! Types of files, and which of them are worth compressing.

/// The type of a file, by its extension.
pub(crate) fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "geojson" => "application/geo+json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "wasm" => "application/wasm",
        "webp" => "image/webp",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
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
