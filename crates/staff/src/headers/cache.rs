//! How long a file may be kept without asking.

/// Content is in the name: the file never changes.
pub(super) const FOREVER: &str = "public, max-age=31536000, immutable";
/// Ask each time whether it changed: pages, the index that names the rest, the service worker, the manifest.
pub(super) const ASK: &str = "no-cache";
/// Icons, the vendored map code: they change with the app, which bears an older one for minutes.
pub(super) const SHORT: &str = "public, max-age=600";

/// How long a file may be kept, by its path relative to the site.
pub(crate) fn cache_control(path: &str) -> &'static str {
    if is_content_named(path) {
        FOREVER
    } else if path.rsplit_once('.').is_some_and(|(_, extension)| extension == "html")
        || matches!(path, "data/index.json" | "sw.js" | "manifest.webmanifest")
    {
        ASK
    } else {
        SHORT
    }
}

/// Whether a file has its content in its name: `-` and 16 hexadecimal digits before what ends it, as both Trunk and
/// `staff build` write it.
pub(super) fn is_content_named(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    // Trunk leaves zeros at the beginning out.
    name.match_indices('-').any(|(at, _)| {
        let rest = &name.as_bytes()[at + 1..];
        let digits = rest.iter().take_while(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')).count();
        (12..=16).contains(&digits) && matches!(rest.get(digits), Some(b'.' | b'_' | b'-'))
    })
}

/// The files by name that are asked for each time, as a regular expression over the whole path.
pub(super) const ASKED: &str = "^/(data/index\\.json|sw\\.js|manifest\\.webmanifest)$";
/// The same rule as a regular expression over the whole path, for servers that need one.
pub(super) const CONTENT_NAMED: &str = "-[0-9a-f]{12,16}[._-][^/]*$";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_hold_their_content_are_kept_for_ever() {
        let cases = [
            ("data/stations-0123456789abcdef.json", FOREVER),
            ("data/photos/door-0123456789abcdef-480.webp", FOREVER),
            ("app-0123456789abcdef_bg.wasm", FOREVER),
            ("app-0123456789abcdef.js", FOREVER),
            ("app-0123456789abcde.js", FOREVER),
            ("app-0123456789a.js", SHORT),
            ("app-0123456789abcdef0.js", SHORT),
            ("app-0123456789ABCDEF.js", SHORT),
            ("photos-0123456789abcdef.d/x.webp", SHORT),
            ("vendor/leaflet.js", SHORT),
            ("data/index.json", ASK),
            ("other/index.json", SHORT),
            ("sw.js", ASK),
            ("other/sw.js", SHORT),
            ("manifest.webmanifest", ASK),
            ("index.html", ASK),
            ("s/x/index.html", ASK),
        ];
        for (path, expected) in cases {
            assert_eq!(cache_control(path), expected, "{path}");
        }
    }
}
