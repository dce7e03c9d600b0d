//! The app's addresses: which page a path is, and the path of a page.

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

/// Which page `path` is. A missing slash at the end makes no difference, and neither does `index.html`.
pub fn page(path: &str) -> Page {
    let path = path.strip_suffix("index.html").unwrap_or(path);
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    match (parts.next(), parts.next(), parts.next()) {
        (None, _, _) => Page::Home,
        (Some("about"), None, _) => Page::About,
        (Some("s"), Some(id), None) => Page::Station(id.to_owned()),
        _ => Page::Unknown,
    }
}

/// The path of a station's page.
pub fn station_path(id: &StationId) -> String {
    format!("/s/{id}/")
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
        check("/x", &Page::Unknown);
    }

    #[test]
    fn a_station_path_leads_back() {
        let id = StationId::new("dl-12").unwrap();
        assert_eq!(page(&station_path(&id)), Page::Station("dl-12".into()));
    }
}
