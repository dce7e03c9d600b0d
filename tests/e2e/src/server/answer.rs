//! Sending an answer, right or wrong.

use std::io::{self, Write as _};
use std::net::TcpStream;
use std::thread;

use super::Fault;
use super::site::HTML;

/// What a request gets.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    pub(super) body: Vec<u8>,
    /// How long it may be kept, as `Cache-Control` says it.
    pub(super) keep: &'static str,
    /// Its content security policy.
    pub(super) policy: Option<String>,
}

/// How much of the answer is sent, and how it ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// All of it, and the connection stays.
    Whole,
    /// The connection breaks within the headers.
    InHead,
    /// The connection breaks after so many bytes of the body.
    After(usize),
    /// Nobody says how long it is: it ends with the connection.
    Open,
}

/// Sends one answer; false where the connection ends with it. `known` is the tag of what the browser has already.
pub(super) fn send(
    mut stream: &TcpStream,
    method: &str,
    mut answer: Answer,
    known: Option<&str>,
    fault: Option<Fault>,
) -> io::Result<bool> {
    let mut end = End::Whole;
    let mut right = false;
    match fault {
        None => right = true,
        Some(Fault::Delay(time)) => {
            thread::sleep(time);
            right = true;
        }
        Some(Fault::Status(status)) => {
            // Hosts let nobody keep an error.
            answer = Answer { status, kind: HTML, body: status.to_string().into(), keep: ASK, ..answer };
        }
        Some(Fault::Portal) => {
            answer = Answer { status: 200, kind: HTML, body: PORTAL.into(), keep: ASK, ..answer }
        }
        Some(Fault::Kind(kind)) => answer.kind = kind,
        Some(Fault::Body(body)) => answer = Answer { status: 200, body, ..answer },
        Some(Fault::Turns(bodies)) => {
            answer = Answer { status: 200, body: bodies.into_iter().next().unwrap_or_default(), ..answer };
        }
        Some(Fault::Flipped(at)) => answer.body.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1),
        Some(Fault::Truncated(len)) => answer.body.truncate(len),
        Some(Fault::Open(len)) => {
            answer.body.truncate(len);
            end = End::Open;
        }
        Some(Fault::Cut(len)) => end = End::After(len.min(answer.body.len())),
        Some(Fault::CutHead) => end = End::InHead,
        Some(Fault::Refused) => return Ok(false),
    }
    let tag = tag(&answer.body);
    // What is wrong is sent in full, or a browser would keep the right one that it has.
    let same = right && answer.keep != "no-store" && known == Some(tag.as_str());
    if same {
        answer.status = 304;
        answer.body.clear();
    }
    let Answer { status, kind, body, keep, policy } = answer;
    let mut head = format!("HTTP/1.1 {status} .\r\nContent-Type: {kind}\r\nCache-Control: {keep}\r\n");
    if end == End::InHead {
        stream.write_all(head.as_bytes())?;
        return Ok(false);
    }
    let mut header = |name: &str, value: &str| {
        for part in [name, ": ", value, "\r\n"] {
            head.push_str(part);
        }
    };
    header("ETag", &tag);
    if let Some(policy) = &policy {
        header("Content-Security-Policy", policy);
    }
    match end {
        End::Open => header("Connection", "close"),
        _ if same => {}
        _ => header("Content-Length", &body.len().to_string()),
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    if method != "HEAD" {
        let sent = if let End::After(len) = end { body.get(..len) } else { None };
        stream.write_all(sent.unwrap_or(&body))?;
    }
    stream.flush()?;
    Ok(end == End::Whole)
}

/// Ask each time.
pub(super) const ASK: &str = "no-cache";
const PORTAL: &str = "<!doctype html><title>Wi-Fi</title><p>log in first</p>";

/// An entity tag: FNV-1a of the body.
fn tag(body: &[u8]) -> String {
    let hash = body.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("\"{hash:016x}\"")
}
