//! Completes the page that the app's build made: its title, and what to load early; and makes the stations' pages of it.

use std::fmt::Write as _;

use super::html::Escaped;

/// What a page must have to be completed, by the words to look for.
pub(super) const PRELOAD: &str = "<!--preload-->";
const TITLE: (&str, &str) = ("<title>", "</title>");
/// What it must have besides to become a station's page.
pub(super) const STATION: &str = "<!--station-->";
const DESCRIPTION: (&str, &str) = ("<meta name=\"description\" content=\"", "\"");
const NO_SCRIPT: (&str, &str) = ("<noscript>", "</noscript>");
/// Stands where something of a station's own goes. No page has it.
const SLOT: char = '\u{1}';

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
    let title = Escaped(parts.title).to_string();
    fill_all(page, &[(TITLE, &title), ((PRELOAD, CLOSED_PRELOAD), &preloads(parts.preload))])
}

const CLOSED_PRELOAD: &str = "<!--/preload-->";
const CLOSED_STATION: &str = "<!--/station-->";

fn preloads(paths: &[String]) -> String {
    paths.iter().fold(String::new(), |mut links, path| {
        // Writing to a String does not fail.
        let _ = write!(links, "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/{}\">", Escaped(path));
        links
    })
}

/// What a station's page has of its own. All of it is HTML already.
pub(super) struct Own<'a> {
    /// Its title.
    pub(super) title: &'a str,
    /// What it says of itself in a search or a chat.
    pub(super) description: &'a str,
    /// More for its head.
    pub(super) head: &'a str,
    /// The station as text.
    pub(super) text: &'a str,
}

/// The app's page, cut where each station's page has something of its own.
pub(super) struct Template {
    pieces: Vec<String>,
}

impl Template {
    /// Cuts a page. `preload` are the files to load early. Without scripts the text in the page itself is read: it leads
    /// nowhere else. Refused, with the markers that are missing, for a page that has no place for everything.
    pub(super) fn new(page: &str, preload: &[String]) -> Result<Self, Vec<&'static str>> {
        let page = page.replace(SLOT, "");
        let slot = SLOT.to_string();
        let head = preloads(preload) + &slot;
        let fills: [(_, &str); 5] = [
            (TITLE, &slot),
            (DESCRIPTION, &slot),
            ((PRELOAD, CLOSED_PRELOAD), &head),
            (NO_SCRIPT, ""),
            ((STATION, CLOSED_STATION), &slot),
        ];
        let page = fill_all(&page, &fills)?;
        // The order that a page's parts stand in is the app's to choose, but the names below are in this one.
        let order = [TITLE.0, DESCRIPTION.0, PRELOAD, STATION].map(|open| page.find(open));
        if !order.is_sorted() {
            return Err(vec![TITLE.0, DESCRIPTION.0, PRELOAD, STATION]);
        }
        Ok(Self { pieces: page.split(SLOT).map(str::to_owned).collect() })
    }

    /// A station's page.
    pub(super) fn page(&self, own: &Own<'_>) -> String {
        let own = [own.title, own.description, own.head, own.text, ""];
        self.pieces.iter().zip(own).fold(String::new(), |page, (piece, own)| page + piece + own)
    }
}

/// The page's links to style sheets, as they stand in it.
pub(super) fn styles(page: &str) -> String {
    let links = page.split("<link ").skip(1).filter_map(|rest| rest.split_once('>'));
    let styles = links.filter(|(link, _)| link.contains("stylesheet"));
    styles.fold(String::new(), |out, (link, _)| out + "<link " + link + ">")
}

/// The page that the service worker answers with: the app's, with nothing in it that changes with the data but the address
/// of their index. No search engine shall show it.
pub(super) fn shell(page: &str, index: &str) -> String {
    let head = preloads(&[index.to_owned()]) + "<meta name=\"robots\" content=\"noindex\">";
    // A completed page has the place.
    fill(page, PRELOAD, CLOSED_PRELOAD, &head).unwrap_or_else(|| page.to_owned())
}

/// The files of the site that a page's links and scripts name, relative to the site, each once.
pub(super) fn files(page: &str) -> Vec<String> {
    let mut files: Vec<String> = Vec::new();
    for tag in ["<link ", "<script "] {
        for (rest, _) in page.split(tag).skip(1).filter_map(|rest| rest.split_once('>')) {
            let value = ["href=\"/", "src=\"/"].iter().find_map(|name| rest.split_once(name));
            let path = value.and_then(|(_, value)| value.split('"').next());
            if let Some(path) =
                path.filter(|path| !path.is_empty() && !files.iter().any(|known| known == path))
            {
                files.push(path.to_owned());
            }
        }
    }
    files
}

type Between = (&'static str, &'static str);

fn fill_all(page: &str, fills: &[(Between, &str)]) -> Result<String, Vec<&'static str>> {
    let mut missing = Vec::new();
    let mut page = page.to_owned();
    for ((open, close), content) in fills {
        match fill(&page, open, close, content) {
            Some(filled) => page = filled,
            None => missing.push(*open),
        }
    }
    if missing.is_empty() { Ok(page) } else { Err(missing) }
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

    #[test]
    fn a_template_has_a_place_for_everything() {
        let page = "<title>x</title><meta name=\"description\" content=\"y\"><!--preload--><noscript>z</noscript>\
                    <main><!--station--><p>list</p></main>";
        let own = Own { title: "T", description: "D", head: "<h>", text: "<t>" };
        assert_eq!(
            Template::new(page, &[]).unwrap().page(&own),
            "<title>T</title><meta name=\"description\" content=\"D\"><!--preload--><h><!--/preload--><noscript>\
             </noscript><main><!--station--><t><!--/station--><p>list</p></main>"
        );
        assert_eq!(Template::new("", &[]).err().unwrap().len(), 5);
        let turned = page.replace("<title>x</title>", "") + "<title>x</title>";
        assert!(Template::new(&turned, &[]).is_err());
    }
}
