//! `staff serve`, asked over a real socket.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "serve/server.rs"]
mod server;
mod tool;

use std::fs;
use std::io::Read as _;

use server::{NAMED, Server};
use tool::{staff, told};

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";
const ASK: &str = "no-cache";
const SHORT: &str = "public, max-age=600";
const FOREVER: &str = "public, max-age=31536000, immutable";

/// A path, and the status, type, caching and body of its answer.
const CASES: &[(&str, u16, &str, &str, &str)] = &[
    ("/", 200, HTML, ASK, "<title>app</title>"),
    ("/?q=%E9%A9%BF&open=1", 200, HTML, ASK, "<title>app</title>"),
    ("/index.html", 200, HTML, ASK, "<title>app</title>"),
    ("/about", 200, HTML, ASK, "<title>app</title>"),
    ("/s/sy-yuetanshan", 200, HTML, ASK, "<title>app</title>"),
    ("/s/sy-yuetanshan/", 200, HTML, ASK, "<title>app</title>"),
    ("/s/sy-yuetanshan/edit", 200, HTML, ASK, "<p>edit"),
    ("/s/made", 200, HTML, ASK, "<title>made</title>"),
    ("/s/made/", 200, HTML, ASK, "<title>made</title>"),
    ("/s/made/edit/", 200, HTML, ASK, "<p>edit"),
    ("/s/Not-An-Id", 404, HTML, ASK, "<title>none</title>"),
    ("/nowhere", 404, HTML, ASK, "<title>none</title>"),
    ("/nowhere/", 404, HTML, ASK, "<title>none</title>"),
    ("/up", 404, HTML, ASK, "<title>none</title>"),
    ("/icons", 404, HTML, ASK, "<title>none</title>"),
    ("/LICENSE", 200, "application/octet-stream", SHORT, "MIT"),
    ("/app-0123456789abcdef.js", 200, "text/javascript; charset=utf-8", FOREVER, "console.log('app');"),
    ("/app-0123456789abcdef_bg.wasm", 200, "application/wasm", FOREVER, "\0asm"),
    ("/manifest.webmanifest", 200, "application/manifest+json; charset=utf-8", ASK, "{}"),
    ("/data/index.json", 200, JSON, ASK, "{\"seq\":1}"),
    ("/data/stations-0123456789abcdef.json", 200, JSON, FOREVER, "[1,2,3]"),
    ("/data/photos/door.webp", 200, "image/webp", SHORT, "0123456789"),
    ("/icons/a.svg", 200, "image/svg+xml; charset=utf-8", SHORT, "<svg/>"),
    ("/empty.css", 200, "text/css; charset=utf-8", SHORT, ""),
    ("/app-ffffffffffffffff.js", 404, TEXT, ASK, "404\n"),
    ("/data/none.json", 404, TEXT, ASK, "404\n"),
    ("/data/", 404, TEXT, ASK, "404\n"),
    ("/data/none", 404, TEXT, ASK, "404\n"),
    ("/assets/none", 404, TEXT, ASK, "404\n"),
    ("/.hidden", 404, TEXT, ASK, "404\n"),
    ("/.deploy/nginx.conf", 404, TEXT, ASK, "404\n"),
    ("/_headers", 404, TEXT, ASK, "404\n"),
    ("/leak.txt", 404, TEXT, ASK, "404\n"),
    ("/up/secret.txt", 404, TEXT, ASK, "404\n"),
    ("/../secret.txt", 404, TEXT, ASK, "404\n"),
    ("/data/../../secret.txt", 404, TEXT, ASK, "404\n"),
    ("/%2e%2e/secret.txt", 404, TEXT, ASK, "404\n"),
    ("/..%2fsecret.txt", 404, TEXT, ASK, "404\n"),
    ("/data/%2e%2e%2f%2e%2e%2fsecret.txt", 404, TEXT, ASK, "404\n"),
    ("/..%5csecret.txt", 404, TEXT, ASK, "404\n"),
    ("//secret.txt", 404, TEXT, ASK, "404\n"),
    ("/index.html%00.txt", 404, TEXT, ASK, "404\n"),
    ("/%ff.txt", 404, TEXT, ASK, "404\n"),
];

#[test]
fn pages_files_and_nothing_else() {
    let server = Server::start();
    for (path, status, kind, cache, body) in CASES {
        let answer = server.get(path);
        let found = (answer.status, answer.header("content-type"), answer.header("cache-control"));
        assert_eq!(found, (*status, *kind, *cache), "{path}");
        assert_eq!(String::from_utf8_lossy(&answer.body), *body, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "strict-origin-when-cross-origin", "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self' "), "{path}: {policy}");
        assert_eq!(answer.header("content-length"), body.len().to_string(), "{path}");

        let head = server.ask("HEAD", path, &[]);
        assert_eq!(
            (head.status, head.header("content-length")),
            (*status, answer.header("content-length")),
            "{path}"
        );
        assert_eq!(head.headers.get("etag"), answer.headers.get("etag"), "{path}");
        assert!(head.body.is_empty(), "{path}");
    }
    println!("{} paths, each by GET and HEAD", CASES.len());
}

#[test]
fn other_methods_are_refused() {
    let server = Server::start();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "NONSENSE"] {
        let answer = server.ask(method, "/", &[]);
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
    }
}

#[test]
fn what_is_known_is_not_sent_again() {
    let server = Server::start();
    for path in ["/", "/data/index.json", "/data/photos/door.webp", "/data/stations-0123456789abcdef.json"] {
        let first = server.get(path);
        let etag = first.header("etag");
        assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 20, "{etag}");
        for tags in [etag.to_owned(), format!("\"other\", W/{etag}"), "*".to_owned()] {
            let again = server.ask("GET", path, &[("If-None-Match", &tags)]);
            assert_eq!((again.status, again.body.len()), (304, 0), "{path} {tags}");
            assert_eq!(
                (again.header("etag"), again.header("cache-control")),
                (etag, first.header("cache-control"))
            );
        }
        assert_eq!(server.ask("GET", path, &[("If-None-Match", "\"other\"")]).status, 200);
    }
    // Same length, other bytes: another tag.
    let before = server.get("/data/index.json");
    let file = server.folder.path().join("dist/data/index.json");
    let staged = file.with_extension("new");
    fs::write(&staged, "{\"seq\":2}").unwrap();
    fs::rename(&staged, &file).unwrap();
    let after = server.ask("GET", "/data/index.json", &[("If-None-Match", before.header("etag"))]);
    assert_eq!((after.status, after.body.as_slice()), (200, b"{\"seq\":2}".as_slice()));
    assert_ne!(before.header("etag"), after.header("etag"));
    // A 404 page is never "not modified".
    let none = server.get("/nowhere");
    assert_eq!(server.ask("GET", "/nowhere", &[("If-None-Match", none.header("etag"))]).status, 404);
}

#[test]
fn packed_as_the_asker_wishes() {
    let server = Server::start();
    let named = format!("/{NAMED}");
    let plain = b"[1,2,3]".as_slice();
    let (brotli, gzip) = (b"packed with brotli".as_slice(), b"packed with gzip".as_slice());
    let mut tags = Vec::new();
    for (accept, encoding, body) in [
        ("gzip, deflate, br", "br", brotli),
        ("gzip", "gzip", gzip),
        ("br;q=0.2, gzip;q=0.8", "gzip", gzip),
        ("br;q=0, *;q=0.5", "gzip", gzip),
        ("identity", "", plain),
        ("", "", plain),
    ] {
        let answer = server.ask("GET", &named, &[("Accept-Encoding", accept)]);
        assert_eq!((answer.status, answer.header("content-encoding")), (200, encoding), "{accept}");
        assert_eq!(answer.body, body, "{accept}");
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
        assert_eq!(answer.header("vary"), "Accept-Encoding");
        tags.push(answer.header("etag").to_owned());
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 3, "one tag for each form");

    // Without a packed file beside it: packed on the way, with a tag of its own.
    let packed = server.ask("GET", "/", &[("Accept-Encoding", "br, gzip")]);
    assert_eq!(packed.header("content-encoding"), "gzip");
    let mut page = String::new();
    flate2::read::GzDecoder::new(packed.body.as_slice()).read_to_string(&mut page).unwrap();
    assert_eq!(page, "<title>app</title>");
    assert_ne!(packed.header("etag"), server.get("/").header("etag"));
    let again =
        server.ask("GET", "/", &[("Accept-Encoding", "gzip"), ("If-None-Match", packed.header("etag"))]);
    assert_eq!(again.status, 304);

    // Pictures are packed already.
    let photo = server.ask("GET", "/data/photos/door.webp", &[("Accept-Encoding", "br, gzip")]);
    assert_eq!((photo.header("content-encoding"), photo.header("vary")), ("", ""));
    assert_eq!(photo.body, b"0123456789");
}

#[test]
fn parts_of_a_file() {
    let server = Server::start();
    let photo = "/data/photos/door.webp";
    for (range, status, content_range, body) in [
        ("bytes=0-3", 206, "bytes 0-3/10", "0123"),
        ("bytes=7-", 206, "bytes 7-9/10", "789"),
        ("bytes=-2", 206, "bytes 8-9/10", "89"),
        ("bytes=0-999", 206, "bytes 0-9/10", "0123456789"),
        ("bytes=10-", 416, "bytes */10", "416\n"),
        ("bytes=0-1,3-4", 200, "", "0123456789"),
        ("lines=1-2", 200, "", "0123456789"),
    ] {
        let answer = server.ask("GET", photo, &[("Range", range)]);
        assert_eq!((answer.status, answer.header("content-range")), (status, content_range), "{range}");
        assert_eq!(String::from_utf8_lossy(&answer.body), body, "{range}");
    }
    let etag = server.get(photo).header("etag").to_owned();
    let same = server.ask("GET", photo, &[("Range", "bytes=0-3"), ("If-Range", &etag)]);
    let other = server.ask("GET", photo, &[("Range", "bytes=0-3"), ("If-Range", "\"other\"")]);
    assert_eq!((same.status, other.status), (206, 200));
    // Of the file itself, whatever packed form there is.
    let part = server.ask("GET", &format!("/{NAMED}"), &[("Range", "bytes=1-1"), ("Accept-Encoding", "br")]);
    assert_eq!(
        (part.status, part.header("content-encoding"), part.body.as_slice()),
        (206, "", b"1".as_slice())
    );
}

#[test]
fn what_cannot_be_served_is_said() {
    let run = |args: &[&str]| told(&staff().args(args).output().unwrap(), &[]);
    insta::assert_snapshot!(
        "serve_no_folder",
        run(&["serve", "--dist", "tests/data/nowhere", "--lang", "both"])
    );
    insta::assert_snapshot!("serve_no_index", run(&["serve", "--dist", "tests/data/good"]));
    let server = Server::start();
    let taken = server.address.to_string();
    let dist = server.folder.path().join("dist");
    let args = ["serve", "--listen", &taken, "--dist", dist.to_str().unwrap(), "--lang", "en"];
    let said = run(&args).replace(&taken, "ADDRESS");
    assert!(said.starts_with("exit 3\n--- stderr\ncannot listen at ADDRESS: "), "{said}");
    for wrong in [["--connections", "0"], ["--per-address", "x"], ["--patience", "0"], ["--log", "loud"]] {
        let output = staff().arg("serve").args(wrong).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
}
