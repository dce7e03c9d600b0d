//! The app's addresses: which page a path is, and the path of a page.

use domain::navigate::percent_decode;
use domain::station::StationId;

/// The pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The list, nearest first.
    Home,
    /// One station, by an id that may not exist.
    Station(String),
    /// What this is and who answers for it.
    About,
    /// No page of ours.
    Unknown,
}

/// The page on which a host corrects a station is not the app's. Where it cannot be had, the station shows.
const EDIT: &str = "edit";

/// Which page `path` is. A missing slash at the end makes no difference, and neither does `index.html`, nor what a chat
/// does to a link: escapes that were escaped again, and the sentence around it glued to its end.
pub fn page(path: &str) -> Page {
    let path = path.strip_suffix("index.html").unwrap_or(path);
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    match (parts.next(), parts.next(), parts.next()) {
        (None, _, _) => Page::Home,
        (Some("about"), None, _) => Page::About,
        (Some("s"), Some(id), rest) if rest.is_none_or(|rest| matches!(own(rest).as_str(), "" | EDIT)) => {
            let id = own(id);
            if id.is_empty() { Page::Unknown } else { Page::Station(id) }
        }
        _ => Page::Unknown,
    }
}

/// What of a part of a path can be ours: up to the first character that no id has.
fn own(part: &str) -> String {
    /// As often as two chats, one after the other, escape a link again.
    const ROUNDS: usize = 3;
    let mut text = part.to_owned();
    for _ in 0..ROUNDS {
        // Half a character at the end is what a chat cut off; the rest is whole.
        let Some(decoded) = percent_decode(&text) else { break };
        text = decoded;
    }
    let end = text.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
    text.truncate(end.unwrap_or(text.len()));
    text
}

/// The path of a station's page.
pub fn station_path(id: &StationId) -> String {
    format!("/s/{id}/")
}

/// The path of the page on which a host corrects a station.
pub fn edit_path(id: &StationId) -> String {
    let mut path = station_path(id);
    path.push_str(EDIT);
    path.push('/');
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: &Page) {
        assert_eq!(page(path), *expected, "{path}");
    }

    #[test]
    fn paths_lead_to_their_page() {
        check("/", &Page::Home);
        check("", &Page::Home);
        check("/index.html", &Page::Home);
        check("/s/sy-1/", &Page::Station("sy-1".into()));
        check("/s/sy-1", &Page::Station("sy-1".into()));
        check("/s/sy-1/index.html", &Page::Station("sy-1".into()));
        check("/about", &Page::About);
        check("/about/", &Page::About);
        check("/about/x", &Page::Unknown);
        check("/s/", &Page::Unknown);
        check("/s/a/b", &Page::Unknown);
        check("/s/。/", &Page::Unknown);
        check("/x", &Page::Unknown);
    }

    /// What WeChat, QQ, DingTalk and thumbs do to `https://host/s/sy-1/`.
    #[test]
    fn shared_links_survive_chats() {
        let station = Page::Station("sy-1".into());
        for path in [
            "/s/sy-1",
            "/s//sy-1/",
            "/s/sy-1/。",
            "/s/sy-1/%E3%80%82",
            "/s/sy-1%E3%80%82",
            "/s/sy-1，快来歇歇",
            "/s/sy-1%EF%BC%8C%E5%BF%AB%E6%9D%A5",
            "/s/sy-1%25EF%25BC%258C",
            "/s/sy%2D1/",
            "/s/sy%252D1/",
            "/s/sy%25252D1/",
            "/s/sy-1/%EF%BC%9Ffrom=timeline",
            "/s/sy-1）",
            "/s/sy-1%20",
            "/s/sy-1/%22",
            "/s/sy-1%E3%80",
        ] {
            check(path, &station);
        }
        check("/s/sy-1/edit", &station);
        check("/s/sy-1/edit/", &station);
        check("/s/sy-1/edits/", &Page::Unknown);
    }

    #[test]
    fn a_station_path_leads_back() {
        let id = StationId::new("dl-12").unwrap();
        assert_eq!(page(&station_path(&id)), Page::Station("dl-12".into()));
    }
}
