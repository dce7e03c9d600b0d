//! What a static host finds for a path.

use std::fs;
use std::path::{Path, PathBuf};

use super::answer::{ASK, Answer};

pub(super) const HTML: &str = "text/html; charset=utf-8";

/// What `path` is in the first of `roots` that has it, of those that are for it.
pub(super) fn find(roots: &[(String, PathBuf)], path: &str) -> Answer {
    // Chats glue sentences to a station's address: whatever stands below /s/ is the app's to understand.
    let path = if path.starts_with("/s/") && path.contains('%') { "/" } else { path };
    // Otherwise our paths are plain ASCII: whatever else is asked for does not exist.
    let ours = !path.contains("..") && !path.contains('%') && path.starts_with('/');
    let is_route = !path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let own = if is_route { format!("{}/index.html", path.trim_end_matches('/')) } else { path.to_owned() };
    let edit = if own.ends_with("/edit/index.html") { "/edit.html" } else { "/index.html" };
    let files = [own.as_str(), edit, "/index.html"];
    let mut files = files.iter().take(if is_route { 3 } else { 1 }).filter(|_| ours);
    let found = files.find_map(|file| look(roots, file));
    let (status, kind, body) =
        found.map_or_else(|| (404, HTML, b"404".to_vec()), |(kind, body)| (200, kind, body));
    Answer { status, kind, body, keep: "no-store", policy: None }
}

fn look(roots: &[(String, PathBuf)], file: &str) -> Option<(&'static str, Vec<u8>)> {
    let roots = roots.iter().filter(|(start, _)| file.starts_with(start.as_str()));
    let mut files = roots.map(|(_, root)| root.join(file.trim_start_matches('/')));
    files.find_map(|file| Some((kind(&file), fs::read(&file).ok()?)))
}

/// How long a file may be kept, by its path: for ever where the name holds the content, as `staff` has it.
pub(super) fn keep_for(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let named = name.match_indices('-').any(|(at, _)| {
        let digits = name[at + 1..].bytes().take_while(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')).count();
        (12..=16).contains(&digits)
    });
    if named {
        "public, max-age=31536000, immutable"
    } else if matches!(name.rsplit_once('.'), Some((_, extension)) if extension != "html")
        && !["/data/index.json", "/sw.js"].contains(&path)
    {
        "public, max-age=600"
    } else {
        ASK
    }
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => HTML,
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
