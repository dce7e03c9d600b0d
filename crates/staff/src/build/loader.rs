//! What starts the app in the page: nothing but what was built.
//!
//! Trunk writes an inline loader that takes whatever comes. Here the start goes to the end of the glue instead, and the page
//! has the glue as its one module, with `integrity`, which every browser that could run the app obeys. The glue fetches
//! the WebAssembly with `integrity`, too. So a browser refuses the app when a byte of it is another, and the page shows
//! the stations as text. (An import of a module that failed its `integrity` elsewhere is fetched again by Chromium, and
//! run: there must be no import.) The page's preload starts the WebAssembly's way at once, as Trunk's did.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::BuildError;
use super::publish::File;
use super::shrink::shrink;
use super::write::at;
use crate::hash::sha256_hex;

const OPEN: &str = "<script type=\"module\"";
const CLOSE: &str = "</script>";

/// A page that runs the app by its hashes.
#[derive(Debug)]
pub(super) struct Guarded {
    /// The page.
    pub(super) page: String,
    /// Files that it names and that are not there yet: the app.
    pub(super) made: Vec<File>,
    /// Files that it does not name any more, relative to the site.
    pub(super) replaced: Vec<String>,
}

/// Trunk's loader in a page.
struct Loader<'a> {
    /// The addresses that it names.
    glue: &'a str,
    wasm: &'a str,
    /// Where it stands.
    from: usize,
    to: usize,
}

/// `page` with the guarded app in the place of Trunk's loader. A page without one stays as it is.
pub(super) fn guard(page: &str, out: &Path) -> Result<Guarded, BuildError> {
    let Some(Loader { glue, wasm, from, to }) = find(page) else {
        return Ok(Guarded { page: page.to_owned(), made: Vec::new(), replaced: Vec::new() });
    };
    let path = |url: &str| out.join(url.trim_start_matches('/'));
    let text = at(&path(glue), std::fs::read_to_string(path(glue)))?;
    let bytes = at(&path(wasm), std::fs::read(path(wasm)))?;
    let (text, bytes) = shrink(&text, &bytes).unwrap_or((text, bytes));
    let init = default_export(&text).ok_or_else(|| BuildError::Glue(path(glue)))?;

    let wasm_file = named(wasm, bytes);
    let started = start(init, &wasm_file);
    let glue_file = named(glue, (text + &started).into_bytes());
    let module = format!(
        "<link rel=\"preload\" href=\"/{}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\
         {OPEN} src=\"/{}\" integrity=\"{}\">{CLOSE}",
        wasm_file.path,
        glue_file.path,
        integrity(&glue_file.bytes)
    );
    let others = |part| without_links(&without_links(part, glue), wasm);
    let page = others(&page[..from]) + &module + &others(&page[to..]);
    let made = vec![glue_file, wasm_file];
    let replaced = [glue, wasm].map(|url| url[1..].to_owned()).into_iter();
    let replaced = replaced.filter(|path| made.iter().all(|file| file.path != *path)).collect();
    Ok(Guarded { page, made, replaced })
}

/// The end of the glue. `boot.js` hears how it went.
fn start(init: &str, wasm: &File) -> String {
    format!(
        "\n{init}({{ module_or_path: fetch('/{}', {{ integrity: '{}' }}) }}).then(\n\
         () => dispatchEvent(new Event('ls-running')),\n\
         (why) => {{ console.error(why); dispatchEvent(new Event('ls-failed')); }},\n);\n",
        wasm.path,
        integrity(&wasm.bytes)
    )
}

/// What a module exports by default, by its name in the module.
fn default_export(module: &str) -> Option<&str> {
    let (before, _) = module.rsplit_once(" as default")?;
    let name = before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '$'))).next()?;
    (!name.is_empty()).then_some(name)
}

/// The file at `url` with other bytes, under a name that holds them.
fn named(url: &str, bytes: Vec<u8>) -> File {
    let name = &url[1..];
    let ending = [".js", "_bg.wasm", ".wasm"].into_iter().find(|ending| name.ends_with(ending)).unwrap_or("");
    let stem = &name[..name.len() - ending.len()];
    let is_hash = |digits: &str| digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let stem = stem.rsplit_once('-').filter(|(_, digits)| is_hash(digits)).map_or(stem, |(stem, _)| stem);
    let path = format!("{stem}-{}{ending}", &sha256_hex(&bytes)[..16]);
    File { path, bytes }
}

/// `sha256-…`, as the `integrity` attribute names a file's content.
fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// Trunk's loader: the inline module that names a script and a WebAssembly.
fn find(page: &str) -> Option<Loader<'_>> {
    page.match_indices(OPEN).find_map(|(from, _)| {
        let (attributes, rest) = page[from + OPEN.len()..].split_once('>')?;
        let content = rest.split_once(CLOSE)?.0;
        let part = |ending| content.split('\'').find(|text| is_plain(text) && text.ends_with(ending));
        let to = from + OPEN.len() + attributes.len() + 1 + content.len() + CLOSE.len();
        Some(Loader { glue: part(".js")?, wasm: part(".wasm")?, from, to })
    })
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
    /// printf abc | openssl dgst -sha256 -binary | base64
    const ABC: &str = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("app-1.js"), "export { start as default };").unwrap();
        std::fs::write(folder.path().join("app-1_bg.wasm"), "abc").unwrap();
        folder
    }

    #[test]
    fn the_page_names_the_glue_by_its_hash_and_the_glue_the_wasm() {
        let site = site();
        let Guarded { page, made, replaced } = guard(TRUNK, site.path()).unwrap();
        let [glue, wasm] = &made[..] else { panic!("{made:?}") };
        // printf abc | sha256sum
        assert_eq!((wasm.path.as_str(), &wasm.bytes[..]), ("app-1-ba7816bf8f01cfea_bg.wasm", &b"abc"[..]));
        assert_eq!(glue.path, named("/app-1.js", glue.bytes.clone()).path);
        assert_eq!(
            String::from_utf8_lossy(&glue.bytes),
            format!(
                "export {{ start as default }};\nstart({{ module_or_path: fetch('/app-1-ba7816bf8f01cfea_bg.wasm', \
                 {{ integrity: '{ABC}' }}) }}).then(\n() => dispatchEvent(new Event('ls-running')),\n(why) => {{ \
                 console.error(why); dispatchEvent(new Event('ls-failed')); }},\n);\n"
            )
        );
        let hash = integrity(&glue.bytes);
        assert_eq!(
            page,
            format!(
                "<head><link rel=\"stylesheet\" href=\"/a.css\"/>\n<link rel=\"preload\" \
                 href=\"/app-1-ba7816bf8f01cfea_bg.wasm\" as=\"fetch\" type=\"application/wasm\" crossorigin><script \
                 type=\"module\" src=\"/{}\" integrity=\"{hash}\"></script>\n</head>",
                glue.path
            )
        );
        assert_eq!(replaced, ["app-1.js", "app-1_bg.wasm"]);
        let again = guard(&page, site.path()).unwrap();
        assert_eq!(
            (again.page, again.made.len(), again.replaced.len()),
            (page, 0, 0),
            "once more changes nothing"
        );
    }

    #[test]
    fn names_hold_the_content() {
        for (url, expected) in [
            ("/app-0123456789abcdef.js", "app-ba7816bf8f01cfea.js"),
            ("/app-0123456789abcdef_bg.wasm", "app-ba7816bf8f01cfea_bg.wasm"),
            ("/love-stations.wasm", "love-stations-ba7816bf8f01cfea.wasm"),
            ("/sub/app.js", "sub/app-ba7816bf8f01cfea.js"),
        ] {
            assert_eq!(named(url, b"abc".to_vec()).path, expected);
        }
        assert_eq!(integrity(b"abc"), ABC);
    }

    #[test]
    fn pages_without_the_app_stay_and_an_app_that_is_not_whole_is_told() {
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
        std::fs::write(site.path().join("app-1.js"), "start();").unwrap();
        assert!(
            matches!(guard(TRUNK, site.path()), Err(BuildError::Glue(path)) if path.ends_with("app-1.js"))
        );
        std::fs::remove_file(site.path().join("app-1_bg.wasm")).unwrap();
        assert!(
            matches!(guard(TRUNK, site.path()), Err(BuildError::Disk(error)) if error.path.ends_with("app-1_bg.wasm"))
        );
    }
}
