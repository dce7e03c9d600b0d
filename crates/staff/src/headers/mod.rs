//! Which headers the site's answers carry: one place decides, and every way of serving follows it.
//!
//! [`Headers::of_site`] looks at a built site: the inline scripts that its pages really contain, and the tile hosts
//! of its published settings. `staff serve` sends what follows from that, and `staff build` writes the same down for
//! other servers ([`publish`]).
//!
//! The content security policy is the same on every path. It allows no inline style and no inline script but those
//! of the built pages, by their hash; scripts, data and fonts come from the site alone, pictures also from the tile
//! hosts that staff configured. So a text that slipped through as markup could neither run nor call home.

mod cache;
mod caddy;
mod inline;
mod netlify;
mod nginx;
mod publish;
mod tiles;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use domain::published::{FileKind, Index};
use domain::site::Site;
use domain::wire::decode;

pub(crate) use cache::cache_control;
pub(crate) use publish::{FOLDER, publish};

/// Whatever a page could ask of the phone and this one does not, so that no script that got in can. Only names that
/// Chromium knows: it complains about others.
const UNUSED: [&str; 17] = [
    "accelerometer",
    "autoplay",
    "bluetooth",
    "camera",
    "display-capture",
    "encrypted-media",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
];

/// What of a site decides its headers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Headers {
    /// `sha256-…` of the inline scripts.
    scripts: BTreeSet<String>,
    /// Origins that tiles come from.
    tiles: BTreeSet<String>,
}

impl Headers {
    /// Looks at a built site. The pages beside `index.html` count, too; those in folders are made from it and have
    /// no script of their own. A site without published data, or with data of another schema, has no tiles.
    pub(crate) fn of_site(dist: &Path) -> io::Result<Self> {
        let mut scripts = BTreeSet::new();
        for entry in fs::read_dir(dist)? {
            let path = entry?.path();
            if path.extension().is_some_and(|it| it == "html") {
                scripts.extend(inline::hashes(&fs::read_to_string(&path)?));
            }
        }
        let tiles = settings(dist).map(|site| tiles::origins(&site.tiles)).unwrap_or_default();
        Ok(Self { scripts, tiles })
    }

    /// The headers of every answer, whatever its path, by name.
    pub(crate) fn security(&self) -> [(&'static str, String); 5] {
        let unused = UNUSED.map(|name| format!("{name}=()")).join(", ");
        [
            ("Content-Security-Policy", self.policy()),
            // The address of a page names a station at most, and tile providers ask for the site that they gave a
            // key to: they are told the origin, and nobody without encryption is told anything.
            ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
            ("Permissions-Policy", format!("geolocation=(self), {unused}")),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ]
    }

    fn policy(&self) -> String {
        let mut scripts = vec!["script-src 'self' 'wasm-unsafe-eval'".to_owned()];
        scripts.extend(self.scripts.iter().map(|hash| format!("'{hash}'")));
        // Leaflet empties a tile's picture with a data: address.
        let mut images = vec!["img-src 'self' data:".to_owned()];
        images.extend(self.tiles.iter().cloned());
        [
            "default-src 'none'",
            &scripts.join(" "),
            "style-src 'self'",
            &images.join(" "),
            "connect-src 'self'",
            "font-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ]
        .join("; ")
    }
}

/// The published settings, if there are any.
fn settings(dist: &Path) -> Option<Site> {
    let data = dist.join("data");
    let index: Index = serde_json::from_slice(&fs::read(data.join("index.json")).ok()?).ok()?;
    let file = index.files.iter().find(|file| file.kind == FileKind::Site)?;
    decode(&fs::read(data.join(&file.path)).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_scripts_and_tile_hosts_and_nothing_inline() {
        let headers = Headers {
            scripts: ["sha256-a=".to_owned(), "sha256-b=".to_owned()].into(),
            tiles: ["https://t0.example".to_owned()].into(),
        };
        assert_eq!(
            headers.policy(),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-a=' 'sha256-b='; style-src 'self'; \
             img-src 'self' data: https://t0.example; connect-src 'self'; font-src 'self'; manifest-src 'self'; \
             worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        for (name, value) in headers.security() {
            assert!(!value.contains("unsafe-inline") && !value.contains(['\n', '"', '$']), "{name}: {value}");
        }
    }

    #[test]
    fn an_empty_folder_still_has_a_policy() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Headers::of_site(folder.path()).unwrap(), Headers::default());
        assert!(Headers::of_site(&folder.path().join("nowhere")).is_err());
    }
}
