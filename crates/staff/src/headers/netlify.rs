//! `_headers`, as Netlify, Cloudflare Pages and their like read it.

use std::fmt::Write as _;

use super::Headers;
use super::cache::{ASK, FOREVER};

/// `_redirects`, as the same hosts read it: the hosts' page for stations that have no file of it. Files go first.
pub(super) const REDIRECTS: &str = "\
# Made by `staff build`; do not edit.
/s/:id/edit /edit.html 200
/s/:id/edit/ /edit.html 200
";

/// Cloudflare takes a hundred rules; the rest of them are for what is not kept for ever.
const NAMED: usize = 95;

/// The file. Where two rules fit one path, Cloudflare joins their values with a comma: no header is in two rules.
/// What no rule names is asked for each time, as such hosts do of themselves.
pub(super) fn text(headers: &Headers, named: &[String]) -> String {
    let mut text = String::from("# Made by `staff build`; do not edit.\n/*\n");
    // Writing to a String does not fail.
    for (name, value) in headers.security() {
        let _ = writeln!(text, "  {name}: {value}");
    }
    for path in ["data/index.json", "sw.js", "manifest.webmanifest"] {
        let _ = write!(text, "/{path}\n  Cache-Control: {ASK}\n");
    }
    for path in named.iter().take(NAMED) {
        let _ = write!(text, "/{path}\n  Cache-Control: {FOREVER}\n");
    }
    text
}
