//! Completes the page that the app's build made: its title, and what to load early.

use std::fmt::Write as _;

use super::html::Escaped;

/// What a page must have to be completed, by the words to look for.
pub(super) const PRELOAD: &str = "<!--preload-->";
const TITLE: (&str, &str) = ("<title>", "</title>");

/// What a page is completed with.
pub(super) struct Parts<'a> {
    /// The site's title.
    pub(super) title: &'a str,
    /// Files to load early, relative to the site.
    pub(super) preload: &'a [String],
}

/// Completes a page. A page that was completed before is completed anew: the markers stay in it. Refused, with the
/// markers that are missing, for a page that has no place for everything.
pub(super) fn complete(page: &str, parts: &Parts<'_>) -> Result<String, Vec<&'static str>> {
    let preload = parts.preload.iter().fold(String::new(), |mut links, path| {
        // Writing to a String does not fail.
        let _ = write!(links, "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/{}\">", Escaped(path));
        links
    });
    let title = Escaped(parts.title).to_string();
    let mut missing = Vec::new();
    let mut page = page.to_owned();
    for (open, close, content) in
        [(TITLE.0, TITLE.1.to_owned(), title.as_str()), (PRELOAD, closing(PRELOAD), preload.as_str())]
    {
        match fill(&page, open, &close, content) {
            Some(filled) => page = filled,
            None => missing.push(open),
        }
    }
    if missing.is_empty() { Ok(page) } else { Err(missing) }
}

/// The page's links to style sheets, as they stand in it.
pub(super) fn styles(page: &str) -> String {
    let links = page.split("<link ").skip(1).filter_map(|rest| rest.split_once('>'));
    let styles = links.filter(|(link, _)| link.contains("stylesheet"));
    styles.fold(String::new(), |out, (link, _)| out + "<link " + link + ">")
}

/// `<!--/preload-->` for `<!--preload-->`.
fn closing(marker: &str) -> String {
    marker.replacen("<!--", "<!--/", 1)
}

/// Puts `content` between `open` and `close`; where there is no `close` yet, after `open` with a `close` behind it.
/// None where there is no `open`, or more than one.
fn fill(page: &str, open: &str, close: &str, content: &str) -> Option<String> {
    let (before, rest) = page.split_once(open)?;
    if rest.contains(open) {
        return None;
    }
    let after = rest.split_once(close).map_or(rest, |(_, after)| after);
    Some(format!("{before}{open}{content}{close}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<title>x</title><link rel=\"stylesheet\" href=\"/a.css\"><!--preload--><p></p>";

    fn parts(preload: &[String]) -> Parts<'_> {
        Parts { title: "爱心驿站 <地图>", preload }
    }

    #[test]
    fn a_page_is_completed_once_and_again() {
        let preload = ["data/index.json".to_owned()];
        let once = complete(PAGE, &parts(&preload)).unwrap();
        assert_eq!(
            once,
            "<title>爱心驿站 &lt;地图&gt;</title><link rel=\"stylesheet\" href=\"/a.css\"><!--preload--><link \
             rel=\"preload\" as=\"fetch\" crossorigin href=\"/data/index.json\"><!--/preload--><p></p>"
        );
        assert_eq!(complete(&once, &parts(&preload)).unwrap(), once);
        assert_eq!(complete(&once, &parts(&[])).unwrap(), complete(PAGE, &parts(&[])).unwrap());
        assert_eq!(styles(&once), "<link rel=\"stylesheet\" href=\"/a.css\">");
    }

    #[test]
    fn markers_that_are_missing_or_stand_twice_are_named() {
        let refused = |page: &str| complete(page, &parts(&[])).unwrap_err();
        assert_eq!(refused(""), [TITLE.0, PRELOAD]);
        assert_eq!(refused(&PAGE.replace("<title>", "")), [TITLE.0]);
        assert_eq!(refused(&format!("{PAGE}<!--preload-->")), [PRELOAD]);
    }
}
