//! Writes the headers down for servers other than `staff serve`.
//!
//! `_headers` and `_redirects` go into the site itself: Netlify, Cloudflare Pages and their like look for them there and do not hand
//! them out. The pieces for nginx and Caddy go to a folder of their own, [`FOLDER`] in the site if nobody says
//! otherwise: its name begins with a dot, so that neither `staff serve` nor the pieces themselves hand it out, and
//! hosts that copy the site leave it behind. Nothing in them is secret: every answer says the same.

use std::fs;
use std::io;
use std::path::Path;

use super::{Headers, caddy, netlify, nginx};

/// Where the pieces for other servers go, relative to the site.
pub(crate) const FOLDER: &str = ".deploy";

/// What is written, and from what: the path it goes to, relative to the site or to the folder for pieces.
pub(crate) struct Piece {
    /// Its name.
    pub(crate) name: &'static str,
    /// Whether it belongs into the site.
    pub(crate) in_site: bool,
    /// Its text.
    pub(crate) text: String,
}

/// The pieces for the site that is in `dist`.
pub(crate) fn publish(dist: &Path) -> io::Result<Vec<Piece>> {
    let headers = Headers::of_site(dist)?;
    let mut named = Vec::new();
    content_named(dist, "", &mut named)?;
    let mut pieces = vec![
        Piece { name: "_headers", in_site: true, text: netlify::text(&headers, &named) },
        Piece { name: "nginx.conf", in_site: false, text: nginx::text(&headers) },
        Piece { name: "Caddyfile", in_site: false, text: caddy::text(&headers) },
    ];
    // A site without the hosts' page has nothing to lead to.
    if dist.join("edit.html").is_file() {
        pieces.push(Piece { name: "_redirects", in_site: true, text: netlify::REDIRECTS.to_owned() });
    }
    Ok(pieces)
}

/// The files that are kept for ever, in order, without their packed forms; a folder of nothing else as `folder/*`.
fn content_named(dist: &Path, folder: &str, named: &mut Vec<String>) -> io::Result<()> {
    let (mut here, mut folders, mut others) = (Vec::new(), Vec::new(), false);
    for entry in fs::read_dir(dist.join(folder))? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let kind = entry.file_type()?;
        if name.starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            folders.push(path);
        } else if super::cache::is_content_named(&path) {
            let is_packed = [".br", ".gz"].iter().any(|suffix| path.ends_with(suffix));
            here.extend((!is_packed).then_some(path));
        } else {
            others = true;
        }
    }
    here.sort();
    folders.sort();
    if !here.is_empty() && !others && folders.is_empty() {
        named.push(format!("{folder}/*"));
    } else {
        named.extend(here);
    }
    // The pages of stations and places are many and have no such files.
    folders.retain(|path| path != "s" && path != "list");
    folders.iter().try_for_each(|folder| content_named(dist, folder, named))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_files_are_listed_and_folders_of_them_are_one() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "index.html",
            "app-0123456789abcdef.js",
            "app-0123456789abcdef.js.br",
            ".deploy/x-0123456789abcdef.js",
            "data/index.json",
            "data/site-0123456789abcdef.bin",
            "data/photos/a-0123456789abcdef-480.webp",
            "data/photos/b-0123456789abcdef-480.jpg",
            "s/one/x-0123456789abcdef.js",
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let mut named = Vec::new();
        content_named(folder.path(), "", &mut named).unwrap();
        assert_eq!(named, ["app-0123456789abcdef.js", "data/site-0123456789abcdef.bin", "data/photos/*"]);
    }
}
