//! What starts the app in the page, with the hashes of what it starts, and under names of its own.
//!
//! Trunk writes a loader that takes whatever comes. In its place stands one with which a browser refuses the app when a
//! byte of it is another: then the page shows the stations as text. The glue is a module script with `integrity`, which
//! every browser that could run the app obeys, and which the preload scanner sees; the loader's import is that same
//! module. The WebAssembly comes by a `fetch` with `integrity`, which takes what the page's preload asked for.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::publish::File;
use super::shrink::shrink;
use super::write::{DiskError, at};
use crate::hash::sha256_hex;

const OPEN: &str = "<script type=\"module\"";
const CLOSE: &str = "</script>";

/// A page that runs the app by its hashes.
#[derive(Debug)]
pub(super) struct Guarded {
    /// The page.
    pub(super) page: String,
    /// Files that it names and that are not there yet: the app as it was made smaller.
    pub(super) made: Vec<File>,
    /// Files that it does not name any more, relative to the site.
    pub(super) replaced: Vec<String>,
}

/// The addresses of the app's two parts in a page.
struct App<'a> {
    glue: &'a str,
    wasm: &'a str,
    /// Where the loader stands in the page.
    from: usize,
    to: usize,
}

/// `page` with our loader in the place of Trunk's, or of an older one of ours. A page without the app stays as it is.
pub(super) fn guard(page: &str, out: &Path) -> Result<Guarded, DiskError> {
    let Some(App { glue, wasm, from, to }) = find(page) else {
        return Ok(Guarded { page: page.to_owned(), made: Vec::new(), replaced: Vec::new() });
    };
    let read = |url: &str| {
        let path = out.join(url.trim_start_matches('/'));
        at(&path, std::fs::read(&path))
    };
    let bytes = [read(glue)?, read(wasm)?];
    let made = smaller([glue, wasm], &bytes).unwrap_or_default();
    let loader = match &made[..] {
        [glue, wasm] => loader(&glue.path, &glue.bytes, &wasm.path, &wasm.bytes),
        _ => loader(&glue[1..], &bytes[0], &wasm[1..], &bytes[1]),
    };
    let replaced =
        if made.is_empty() { Vec::new() } else { [glue, wasm].map(|url| url[1..].to_owned()).into() };
    let others = |part| without_links(&without_links(part, glue), wasm);
    let page = others(&page[..from]) + &loader + &others(&page[to..]);
    Ok(Guarded { page, made, replaced })
}

/// The app's glue and WebAssembly with shorter names in them, where they can be made so.
fn smaller([glue, wasm]: [&str; 2], bytes: &[Vec<u8>; 2]) -> Option<Vec<File>> {
    let (stem, _) =
        glue[1..].rsplit_once('-').filter(|(_, digits)| digits.len() == "0123456789abcdef.js".len())?;
    let ending = wasm[1..].strip_prefix(stem)?.get("-0123456789abcdef".len()..)?;
    let (glue, wasm) = shrink(std::str::from_utf8(&bytes[0]).ok()?, &bytes[1])?;
    let digits = sha256_hex(&[glue.as_bytes(), &wasm].concat());
    let digits = &digits[..16];
    Some(vec![
        File { path: format!("{stem}-{digits}.js"), bytes: glue.into_bytes() },
        File { path: format!("{stem}-{digits}{ending}"), bytes: wasm },
    ])
}

/// `sha256-…`, as the `integrity` attribute names a file's content.
fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// The loader for files of the site. `boot.js` hears how it went.
fn loader(glue: &str, glue_bytes: &[u8], wasm: &str, wasm_bytes: &[u8]) -> String {
    let (glue_hash, wasm_hash) = (integrity(glue_bytes), integrity(wasm_bytes));
    format!(
        "<link rel=\"preload\" href=\"/{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\
         <script type=\"module\" src=\"/{glue}\" integrity=\"{glue_hash}\"></script>\
         {OPEN}>import start from '/{glue}';\
         start({{ module_or_path: fetch('/{wasm}', {{ integrity: '{wasm_hash}' }}) }})\
         .then(() => dispatchEvent(new Event('ls-running')), () => dispatchEvent(new Event('ls-failed')));{CLOSE}"
    )
}

/// The app's parts, by the inline module that names both.
fn find(page: &str) -> Option<App<'_>> {
    let inline = |(from, _): (usize, _)| {
        let (attributes, rest) = page[from + OPEN.len()..].split_once('>')?;
        let content = rest.split_once(CLOSE)?.0;
        let part = |ending| content.split('\'').find(|text| is_plain(text) && text.ends_with(ending));
        let (glue, wasm) = (part(".js")?, part(".wasm")?);
        let to = from + OPEN.len() + attributes.len() + 1 + content.len() + CLOSE.len();
        // The glue as a script of its own stands before it.
        let script = format!("{OPEN} src=\"{glue}\"");
        let from = page[..from].find(&script).unwrap_or(from);
        (!attributes.contains("src=")).then_some(App { glue, wasm, from, to })
    };
    page.match_indices(OPEN).find_map(inline)
}

/// Whether a text is the address of a file of the site, with nothing in it that means something elsewhere.
fn is_plain(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    text.starts_with('/') && !text.contains("..") && text.chars().all(allowed)
}

/// `page` without the links that load `url` early.
fn without_links(page: &str, url: &str) -> String {
    let mut links = page.split("<link ");
    let mut kept = links.next().unwrap_or_default().to_owned();
    let named = format!("href=\"{url}\"");
    for link in links {
        match link.split_once('>') {
            Some((attributes, rest)) if attributes.contains(&named) => kept += rest,
            _ => kept = kept + "<link " + link,
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Trunk 0.21 writes it.
    const TRUNK: &str = "<head><link rel=\"stylesheet\" href=\"/a.css\"/>\n<script type=\"module\">\nimport init, * as \
        bindings from '/app-1.js';\nconst wasm = await init({ module_or_path: '/app-1_bg.wasm' });\n\n\
        dispatchEvent(new CustomEvent(\"TrunkApplicationStarted\", {detail: {wasm}}));\n</script>\n\
        <link rel=\"modulepreload\" href=\"/app-1.js\" crossorigin=\"anonymous\"><link rel=\"preload\" \
        href=\"/app-1_bg.wasm\" crossorigin=\"anonymous\" as=\"fetch\" type=\"application/wasm\"></head>";

    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("app-1.js"), "abc").unwrap();
        std::fs::write(folder.path().join("app-1_bg.wasm"), "").unwrap();
        folder
    }

    #[test]
    fn the_loader_names_the_hashes() {
        let site = site();
        let page = guard(TRUNK, site.path()).unwrap().page;
        // printf abc | openssl dgst -sha256 -binary | base64
        let abc = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
        let nothing = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        assert_eq!(
            page,
            format!(
                "<head><link rel=\"stylesheet\" href=\"/a.css\"/>\n{}\n</head>",
                loader("app-1.js", b"abc", "app-1_bg.wasm", b"")
            )
        );
        assert!(page.contains(abc) && page.contains(nothing));
        assert_eq!(guard(&page, site.path()).unwrap().page, page, "once more changes nothing");
        std::fs::write(site.path().join("app-1_bg.wasm"), "abc").unwrap();
        let other = guard(&page, site.path()).unwrap().page;
        assert_eq!(other, page.replace(nothing, abc), "another app, other hashes");
    }

    #[test]
    fn pages_without_the_app_stay_and_an_app_that_is_missing_is_told() {
        let site = site();
        for page in [
            "",
            "<script>alert(1)</script>",
            "<script type=\"module\" src=\"/app-1.js\"></script>",
            "<script type=\"module\">import '/app-1.js'</script>",
            "<script type=\"module\">import '/../app-1.js', '/app-1_bg.wasm'</script>",
            "<script type=\"module\"",
        ] {
            assert_eq!(guard(page, site.path()).unwrap().page, page);
        }
        std::fs::remove_file(site.path().join("app-1_bg.wasm")).unwrap();
        let error = guard(TRUNK, site.path()).unwrap_err();
        assert!(error.path.ends_with("app-1_bg.wasm"));
    }
}
