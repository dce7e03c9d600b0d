//! What a first load costs on the way, in Brotli.

use std::fs;
use std::path::Path;

use crate::trouble::{Trouble, at};

/// What a first load may cost, in bytes.
const BUDGET: u64 = 230 * 1000;
/// Loaded by the app itself as soon as it runs, so not named in the page.
const LATER: [&str; 2] = ["vendor/leaflet/leaflet.js", "icons/sprite.svg"];

/// The files of ours that a page names, relative to the site.
pub fn named(page: &str) -> Vec<String> {
    let mut files: Vec<String> = Vec::new();
    for quote in ['"', '\''] {
        for word in page.split(quote) {
            let file =
                word.strip_prefix('/').filter(|file| !file.is_empty() && !file.contains(char::is_whitespace));
            let has_ending = |file: &&str| file.rsplit('/').next().is_some_and(|name| name.contains('.'));
            if let Some(file) = file.filter(has_ending)
                && Path::new(file).extension().is_some_and(|it| it != "html")
                && !files.iter().any(|known| known == file)
            {
                files.push(file.to_owned());
            }
        }
    }
    files
}

/// Prints the table and what is too much; whether it is within the budget.
pub fn print(site: &Path) -> Result<bool, Trouble> {
    let path = site.join("index.html");
    let page = at(&path, fs::read_to_string(&path))?;
    let mut files = vec!["index.html".to_owned()];
    // A desktop's picture of the tab, and a home screen's.
    files.extend(
        named(&page).into_iter().filter(|file| Path::new(file).extension().is_none_or(|it| it != "png")),
    );
    files.extend(LATER.map(str::to_owned));
    let mut total = 0;
    println!("\nfirst load, brotli:");
    for file in &files {
        let bytes = packed(site, file)?;
        total += bytes;
        println!("{bytes:>9}  {file}");
    }
    println!("{total:>9}  in all, of {BUDGET} bytes ({} KB of {} KB)", total / 1000, BUDGET / 1000);
    if total > BUDGET {
        println!("          that is {} bytes too much", total - BUDGET);
    }
    Ok(total <= BUDGET)
}

/// The bytes of a file's Brotli form, where it has one that is smaller.
fn packed(site: &Path, file: &str) -> Result<u64, Trouble> {
    let plain = site.join(file);
    let length = at(&plain, fs::metadata(&plain))?.len();
    let packed = fs::metadata(site.join(format!("{file}.br")));
    Ok(packed.map_or(length, |packed| packed.len().min(length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_links_and_scripts() {
        let page = r#"<a href="/"><link href="/a.css"><script>import x from '/b-1.js'; x('/c_bg.wasm'); '/a.css'</script><a href="/list.html">"#;
        assert_eq!(named(page), ["a.css", "b-1.js", "c_bg.wasm"]);
    }
}
