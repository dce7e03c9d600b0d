//! What a request path asks for: a page of the app, a file, or nothing that can exist.

use domain::station::StationId;

/// What a path asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A page of the app. Holds the file that a prerendered page would be in; the app's own page stands in for it.
    Page(String),
    /// A page of the stations in a place. It stands by itself: where there is none, a person followed a wrong link.
    Place(String),
    /// A file, relative to the served folder. Where there is none, the answer is a bare 404: whoever asked for a
    /// file cannot use a page.
    File(String),
    /// No page of the app and not a file's name: a person who followed a wrong link.
    Unknown(String),
    /// Not a path that may be looked at: leaves the folder, names a hidden file, or is no valid path.
    Refused,
}

/// What `path`, the path of the request as sent, asks for.
pub(super) fn target(path: &str) -> Target {
    match plain(path) {
        page @ Target::Page(_) => page,
        // Chats escape a station's address anew and glue sentences to it. The app finds the station in it.
        _ if is_glued(path) => Target::Page("index.html".into()),
        other => other,
    }
}

/// What stands in for a page that is not there as a file of its own, in the order in which it is looked for.
pub(super) fn stand_ins(page: &str) -> &'static [&'static str] {
    if page.ends_with("/edit/index.html") { &["edit.html", "index.html"] } else { &["index.html"] }
}

/// Whether a path below `/s/` has something in it that no path of ours has.
fn is_glued(path: &str) -> bool {
    let ours = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '~' | '-');
    path.starts_with("/s/") && (path.contains("//") || !path.chars().all(ours))
}

fn plain(path: &str) -> Target {
    let Some(parts) = parts(path) else {
        return Target::Refused;
    };
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let is_station = |id: &str| StationId::new(id).is_some();
    match parts.as_slice() {
        [] => Target::Page("index.html".into()),
        ["about"] => Target::Page("about/index.html".into()),
        ["s", id] if is_station(id) => Target::Page(format!("s/{id}/index.html")),
        ["s", id, "edit"] if is_station(id) => Target::Page(format!("s/{id}/edit/index.html")),
        ["list", places @ ..] if places.len() <= 3 && places.iter().all(|place| is_station(place)) => {
            Target::Place(format!("{}/index.html", parts.join("/")))
        }
        // For hosts that look for it there, not for riders.
        ["_headers" | "_redirects"] => Target::Refused,
        ["data" | "assets", ..] => Target::File(parts.join("/")),
        [.., last] if last.contains('.') => Target::File(parts.join("/")),
        _ => Target::Unknown(parts.join("/")),
    }
}

/// The parts of a path, decoded. None for a path that could lead outside of the folder or to a hidden file.
/// One slash at the end is allowed, for pages.
fn parts(path: &str) -> Option<Vec<String>> {
    let path = path.strip_prefix('/')?;
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() {
        return Some(Vec::new());
    }
    path.split('/').map(part).collect()
}

fn part(raw: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = hex(rest.next()?)?;
            let low = hex(rest.next()?)?;
            bytes.push(high * 16 + low);
        } else {
            bytes.push(byte);
        }
    }
    let part = String::from_utf8(bytes).ok()?;
    // A leading dot covers `.`, `..` and hidden files; `:` and `\` would be a drive or a separator on Windows.
    let safe = !part.is_empty()
        && !part.starts_with('.')
        && !part.chars().any(|c| c.is_control() || matches!(c, '/' | '\\' | ':'));
    safe.then_some(part)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_files_and_nonsense() {
        let page = |file: &str| Target::Page(file.into());
        let file = |file: &str| Target::File(file.into());
        let cases = [
            ("/", page("index.html")),
            ("/about", page("about/index.html")),
            ("/about/", page("about/index.html")),
            ("/s/sy-yuetanshan", page("s/sy-yuetanshan/index.html")),
            ("/s/sy-yuetanshan/", page("s/sy-yuetanshan/index.html")),
            ("/s/sy-yuetanshan/edit", page("s/sy-yuetanshan/edit/index.html")),
            ("/list/", Target::Place("list/index.html".into())),
            ("/list/shenyang/heping/2", Target::Place("list/shenyang/heping/2/index.html".into())),
            ("/list/Shenyang/", Target::Unknown("list/Shenyang".into())),
            ("/list/a/b/c/d", Target::Unknown("list/a/b/c/d".into())),
            ("/list.html", file("list.html")),
            ("/s/SY", Target::Unknown("s/SY".into())),
            ("/s/sy%2d1/", page("s/sy-1/index.html")),
            ("/s/sy-1%E3%80%82", page("index.html")),
            ("/s/sy-1/%EF%BC%9Ffrom", page("index.html")),
            ("/s//sy-1/", page("index.html")),
            ("/s/sy-1%E3%80", page("index.html")),
            ("/s/sy%252D1/", page("index.html")),
            ("/s/%2e%2e/Cargo.toml", page("index.html")),
            ("/s/../Cargo.toml", Target::Refused),
            ("/x%E3%80%82", Target::Unknown("x。".into())),
            ("/s/", Target::Unknown("s".into())),
            ("/s/a/b", Target::Unknown("s/a/b".into())),
            ("/nowhere", Target::Unknown("nowhere".into())),
            ("/data/index.json", file("data/index.json")),
            ("/data/none", file("data/none")),
            ("/data", file("data")),
            ("/favicon.ico", file("favicon.ico")),
            ("/a%20b.css", file("a b.css")),
            ("/../Cargo.toml", Target::Refused),
            ("/data/../../Cargo.toml", Target::Refused),
            ("/%2e%2e/Cargo.toml", Target::Refused),
            ("/data/%2e%2e%2fCargo.toml", Target::Refused),
            ("/data%2findex.json", Target::Refused),
            ("/..%5cCargo.toml", Target::Refused),
            ("/c:/boot.ini", Target::Refused),
            ("/_headers", Target::Refused),
            ("/_redirects", Target::Refused),
            ("/.git/config", Target::Refused),
            ("/data/.hidden", Target::Refused),
            ("//etc/passwd", Target::Refused),
            ("/data//index.json", Target::Refused),
            ("/%00.css", Target::Refused),
            ("/%zz.css", Target::Refused),
            ("/%ff.css", Target::Refused),
            ("/%2", Target::Refused),
            ("*", Target::Refused),
            ("", Target::Refused),
        ];
        for (path, expected) in cases {
            assert_eq!(target(path), expected, "{path}");
        }
    }
}
