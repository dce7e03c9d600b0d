//! One request, one answer. Blocking: files are read here.

use bytes::Bytes;
use hyper::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH,
    CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, IF_RANGE, RANGE, VARY,
};
use hyper::http::response::Builder;
use hyper::{HeaderMap, Method, Response, StatusCode};

use super::asked::{self, Encoding, Wanted};
use super::folder::{Folder, Found};
use super::route::{Target, stand_ins, target};
use crate::headers::cache_control;
use crate::media;
use crate::pack;

/// An answer with its whole body; [`finish`] takes the body away where the asker wants none.
type Answer = hyper::http::Result<Response<Bytes>>;

/// What an answer depends on.
#[derive(Clone, Debug)]
pub(super) struct Request {
    /// The method.
    pub(super) method: Method,
    /// The path, as it was sent.
    pub(super) path: String,
    /// The headers.
    pub(super) headers: HeaderMap,
    /// Whether a body comes with it.
    pub(super) has_body: bool,
}

/// Files without a precompressed one beside them are packed on the way up to this length, in bytes.
const PACK_AT_MOST: u64 = 1 << 20;

/// The answer to a request, but for the headers that all have.
pub(super) fn answer(folder: &Folder, request: &Request) -> Answer {
    let Request { method, path, headers: asked, has_body } = request;
    // Nobody reads a body: what follows on such a connection is no request.
    let begin = |status| {
        let builder = plain(status);
        if *has_body { builder.header(CONNECTION, "close") } else { builder }
    };
    if method != Method::GET && method != Method::HEAD {
        return finish(method, begin(StatusCode::METHOD_NOT_ALLOWED).header(ALLOW, "GET, HEAD"), "405\n");
    }
    if *has_body {
        return finish(method, begin(StatusCode::PAYLOAD_TOO_LARGE), "413\n");
    }
    match target(path) {
        Target::Page(file) => {
            let instead = stand_ins(&file).iter().copied();
            let file = std::iter::once(file.as_str()).chain(instead).find(|file| folder.find(file).is_some());
            give(folder, method, file.unwrap_or("index.html"), StatusCode::OK, asked)
        }
        Target::File(file) => give(folder, method, &file, StatusCode::OK, asked),
        Target::Place(file) | Target::Unknown(file) if folder.find(&file).is_some() => {
            give(folder, method, &file, StatusCode::OK, asked)
        }
        Target::Place(_) | Target::Unknown(_) => {
            give(folder, method, "404.html", StatusCode::NOT_FOUND, asked)
        }
        Target::Refused => not_found(method),
    }
}

/// The answer when a file that is there cannot be read.
pub(super) fn failed(method: &Method) -> Answer {
    finish(method, plain(StatusCode::INTERNAL_SERVER_ERROR), "500\n")
}

fn not_found(method: &Method) -> Answer {
    finish(method, plain(StatusCode::NOT_FOUND), "404\n")
}

fn plain(status: StatusCode) -> Builder {
    Response::builder()
        .status(status)
        .header(CONTENT_TYPE, media::content_type(".txt"))
        .header(CACHE_CONTROL, "no-cache")
}

fn finish(method: &Method, builder: Builder, body: impl Into<Bytes>) -> Answer {
    let body = body.into();
    let builder = builder.header(CONTENT_LENGTH, body.len());
    builder.body(if method == Method::HEAD { Bytes::new() } else { body })
}

/// What of a file is sent: the file itself, the packed one beside it, or the file packed on the way.
struct Sent {
    found: Found,
    encoding: Option<Encoding>,
    pack_now: bool,
}

fn choose(folder: &Folder, path: &str, found: Found, accept: Option<&str>) -> Sent {
    let allowed = asked::encodings(accept.unwrap_or(""));
    for &encoding in &allowed {
        if let Some(packed) = folder.find(&format!("{path}{}", encoding.suffix())) {
            return Sent { found: packed, encoding: Some(encoding), pack_now: false };
        }
    }
    let pack_now = allowed.contains(&Encoding::Gzip) && found.len() <= PACK_AT_MOST;
    Sent { found, encoding: pack_now.then_some(Encoding::Gzip), pack_now }
}

fn give(folder: &Folder, method: &Method, path: &str, status: StatusCode, asked: &HeaderMap) -> Answer {
    let Some(found) = folder.find(path) else {
        return not_found(method);
    };
    let compressible = media::is_compressible(path);
    // A part of a packed body is of no use to anybody: ranges are of the file itself.
    let range = text(asked, RANGE).filter(|_| status == StatusCode::OK && method == Method::GET);
    let sent = if compressible && range.is_none() {
        choose(folder, path, found, text(asked, ACCEPT_ENCODING))
    } else {
        Sent { found, encoding: None, pack_now: false }
    };
    let Ok(tag) = folder.etag(&sent.found) else {
        return failed(method);
    };
    let etag = if sent.pack_now { format!("\"{tag}-gz\"") } else { format!("\"{tag}\"") };

    let mut builder = Response::builder()
        .header(ETAG, &etag)
        .header(CACHE_CONTROL, if status == StatusCode::OK { cache_control(path) } else { "no-cache" });
    if compressible {
        builder = builder.header(VARY, "Accept-Encoding");
    }
    if status == StatusCode::OK
        && text(asked, IF_NONE_MATCH).is_some_and(|tags| asked::matches_etag(tags, &etag))
    {
        return builder.status(StatusCode::NOT_MODIFIED).body(Bytes::new());
    }
    let Ok(bytes) = folder.bytes(&sent.found) else {
        return failed(method);
    };
    let bytes = if sent.pack_now { pack::gzip(&bytes, pack::QUICK).into() } else { bytes };
    builder = builder.header(CONTENT_TYPE, media::content_type(path)).header(ACCEPT_RANGES, "bytes");
    if let Some(encoding) = sent.encoding {
        builder = builder.header(CONTENT_ENCODING, encoding.word());
    }
    let still_same = text(asked, IF_RANGE).is_none_or(|tag| tag == etag);
    match range.filter(|_| still_same).map_or(Wanted::All, |range| asked::wanted(range, bytes.len())) {
        Wanted::All => finish(method, builder.status(status), bytes),
        Wanted::Part(part) => {
            let content_range = format!("bytes {}-{}/{}", part.start, part.end - 1, bytes.len());
            let builder = builder.status(StatusCode::PARTIAL_CONTENT).header(CONTENT_RANGE, content_range);
            finish(method, builder, bytes.slice(part))
        }
        Wanted::Beyond => {
            let content_range = format!("bytes */{}", bytes.len());
            finish(
                method,
                plain(StatusCode::RANGE_NOT_SATISFIABLE).header(CONTENT_RANGE, content_range),
                "416\n",
            )
        }
    }
}

fn text(asked: &HeaderMap, name: HeaderName) -> Option<&str> {
    asked.get(name)?.to_str().ok()
}
