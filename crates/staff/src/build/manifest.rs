//! `manifest.webmanifest`: what a phone shows of the app on its home screen.

use domain::site::Site;
use domain::text::Lang;
use serde_json::json;

use super::publish::File;

/// Where it is, relative to the site.
pub(super) const MANIFEST: &str = "manifest.webmanifest";
/// `--paper` of the light colours in `public/styles/tokens.css`: a manifest has no dark ones.
const PAPER: &str = "#fbf7f0";
/// Most characters that stand below an icon.
const SHORT: usize = 6;
/// What stands there where the title is longer.
const BRAND: &str = "爱心驿站";

/// The manifest. It begins at the list and names nothing of whoever installs it.
pub(super) fn manifest(site: &Site) -> File {
    let title = site.title.get(Lang::Zh);
    let short = if title.chars().count() <= SHORT { title } else { BRAND };
    let icon = |size: u32, name: &str, purpose: &str| json!({ "src": format!("/icons/{name}-{size}.png"), "sizes": format!("{size}x{size}"), "type": "image/png", "purpose": purpose });
    let manifest = json!({
        "id": "/",
        "name": title,
        "short_name": short,
        "description": "最近的爱心驿站：开没开门、有什么、怎么去、找谁。没有网络也能用。",
        "lang": "zh-CN",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": PAPER,
        "background_color": PAPER,
        "categories": ["navigation", "utilities"],
        "icons": [icon(192, "icon", "any"), icon(512, "icon", "any"), icon(512, "maskable", "maskable")],
    });
    File { path: MANIFEST.to_owned(), bytes: format!("{manifest:#}\n").into_bytes() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The colours are the app's.
    #[test]
    fn the_paper_is_the_style_sheets() {
        let tokens = include_str!("../../../../public/styles/tokens.css");
        let light = tokens.split_once("--paper:").unwrap().1;
        assert_eq!(light.split(';').next().unwrap().trim(), PAPER);
        let page = include_str!("../../../../index.html");
        assert!(page.contains(&format!("content=\"{PAPER}\" media=\"(prefers-color-scheme: light)\"")));
    }
}
