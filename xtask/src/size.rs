//! What a first load costs on the way, in Brotli.

use std::fs;
use std::path::Path;

use crate::trouble::{Trouble, at};

/// What a first load may cost, in bytes: what it does cost and a little; 230,000 is what was promised.
const BUDGET: u64 = 227_500;
/// What a host's first load of the page for corrections may cost, in bytes.
const EDIT_BUDGET: u64 = 165 * 1000;
/// That page.
pub const EDIT: &str = "edit.html";
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

/// Prints the tables and what is too much; whether all is within the budgets.
pub fn print(site: &Path) -> Result<bool, Trouble> {
    let riders = table(site, "first load", "index.html", &LATER, BUDGET)?;
    let hosts = table(site, "a host's page", EDIT, &LATER[1..], EDIT_BUDGET)?;
    Ok(riders && hosts)
}

fn table(site: &Path, what: &str, page: &str, later: &[&str], budget: u64) -> Result<bool, Trouble> {
    let path = site.join(page);
    let text = at(&path, fs::read_to_string(&path))?;
    let mut files = vec![page.to_owned()];
    // A desktop's picture of the tab, and a home screen's.
    files.extend(
        named(&text).into_iter().filter(|file| Path::new(file).extension().is_none_or(|it| it != "png")),
    );
    files.extend(later.iter().map(|file| (*file).to_owned()));
    let mut total = 0;
    println!("\n{what}, brotli:");
    for file in &files {
        let bytes = packed(site, file)?;
        total += bytes;
        println!("{bytes:>9}  {file}");
    }
    println!("{total:>9}  in all, of {budget} bytes ({} KB of {} KB)", total / 1000, budget / 1000);
    if total > budget {
        println!("          that is {} bytes too much", total - budget);
    }
    Ok(total <= budget)
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
