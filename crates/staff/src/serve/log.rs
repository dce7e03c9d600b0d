//! The access log: what was asked for and what came of it, but not by whom.
//!
//! Of an address only the network is written (IPv4: 24 bits, IPv6: 48), of a request only the path: the query holds
//! what a rider looks for. A thread of its own writes, so that a slow terminal slows nobody down; where it does not
//! keep up, lines are dropped rather than answers.

use std::io::{self, Write as _};
use std::net::IpAddr;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use domain::time::LocalDateTime;
use serde_json::json;

use super::visitors::near;
use crate::words::visible;

/// Lines that wait to be written, at most.
const WAITING: usize = 4096;
/// Minutes that China is ahead of UTC.
pub(super) const CHINA_MINUTES: i32 = 480;

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum LogForm {
    /// One line a request.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
    /// None.
    Off,
}

/// What came of a connection.
#[derive(Clone, Debug)]
pub(super) enum Event {
    /// A request was answered. Written as the answer begins.
    Answered {
        /// Its method.
        method: String,
        /// Its path, without the query.
        path: String,
        /// The answer's status.
        status: u16,
        /// Bytes of the answer's body.
        bytes: u64,
        /// How long the answer took to make.
        took: Duration,
    },
    /// No answer was made: why.
    Refused(&'static str),
    /// Something was changed: the entry of the journal, what, the station, by which link. Who that is, the journal says.
    Changed(u64, &'static str, String, Option<u32>),
    /// The site does not keep up with the journal: why.
    Trouble(String),
}

/// The log. Whatever waits is written before it is gone.
#[derive(Debug)]
pub(super) struct Log {
    form: LogForm,
    lines: Option<SyncSender<String>>,
    writer: Option<JoinHandle<()>>,
}

impl Log {
    /// A log on standard output.
    pub(super) fn start(form: LogForm) -> Self {
        if form == LogForm::Off {
            return Self { form, lines: None, writer: None };
        }
        let (lines, waiting) = sync_channel::<String>(WAITING);
        let writer = std::thread::spawn(move || {
            for line in waiting {
                let mut out = io::stdout().lock();
                // Without a reader, serving goes on all the same.
                let _ = writeln!(out, "{line}").and_then(|()| out.flush());
            }
        });
        Self { form, lines: Some(lines), writer: Some(writer) }
    }

    /// Writes down something that is nobody's.
    pub(super) fn note(&self, event: &Event) {
        self.write(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), event);
    }

    /// Writes down what came of a connection from `address`.
    pub(super) fn write(&self, address: IpAddr, event: &Event) {
        if let Some(lines) = &self.lines {
            let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            let _ = lines.try_send(line(self.form, passed.as_secs().cast_signed(), address, event));
        }
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.lines = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

fn line(form: LogForm, unix: i64, address: IpAddr, event: &Event) -> String {
    let time = format!("{}:{:02}+08:00", LocalDateTime::from_unix(unix, CHINA_MINUTES), unix.rem_euclid(60));
    let from = network(address);
    match (form, event) {
        (LogForm::Json, Event::Answered { method, path, status, bytes, took }) => json!({
            "time": time, "from": from, "method": visible(method), "path": shown(path), "status": status,
            "bytes": bytes, "ms": took.as_millis(),
        })
        .to_string(),
        (LogForm::Json, Event::Refused(why)) => {
            json!({ "time": time, "from": from, "refused": why }).to_string()
        }
        (LogForm::Json, Event::Changed(seq, what, station, link)) => {
            json!({ "time": time, "seq": seq, "changed": what, "station": station, "link": link }).to_string()
        }
        (_, Event::Changed(seq, what, station, link)) => {
            let link = link.map(|link| format!(" link {link}")).unwrap_or_default();
            format!("{time} seq {seq} {what} {}{link}", visible(station))
        }
        (LogForm::Json, Event::Trouble(said)) => json!({ "time": time, "trouble": said }).to_string(),
        (_, Event::Trouble(said)) => format!("{time} {said}"),
        (_, Event::Answered { method, path, status, bytes, took }) => {
            let (method, path, took) = (visible(method), shown(path), took.as_millis());
            format!("{time} {from} {method} {path} {status} {bytes} {took}ms")
        }
        (_, Event::Refused(why)) => format!("{time} {from} refused: {why}"),
    }
}

/// A path as it is written down. A chat that escapes a link's fragment, once or more often, makes a path of it, with the token in it:
/// nothing behind the hosts' page is written, and nothing behind what looks like a fragment anywhere.
fn shown(path: &str) -> String {
    let lower = path.to_ascii_lowercase();
    let marks = ["%23", "#", "k=", "k%3d"].into_iter().filter_map(|mark| lower.find(mark));
    let page = lower.strip_prefix("/s/").and_then(|rest| {
        let end = "/s/".len() + rest.find("/edit")? + "/edit".len();
        let end = end + usize::from(lower[end..].starts_with('/'));
        (end < path.len()).then_some(end)
    });
    let cut = page.into_iter().chain(marks).min();
    let page = cut.map_or(path, |at| &path[..at]);
    visible(page) + if cut.is_some() { "…" } else { "" }
}

/// The network that an address is in.
fn network(address: IpAddr) -> String {
    let near = near(address);
    format!("{near}/{}", if near.is_ipv4() { 24 } else { 48 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_cut_to_their_network() {
        for (address, expected) in [
            ("203.0.113.77", "203.0.113.0/24"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
            ("2001:db8:aaaa:bbbb:cccc::1", "2001:db8:aaaa::/48"),
            ("::1", "::/48"),
        ] {
            assert_eq!(network(address.parse().unwrap()), expected, "{address}");
        }
    }

    #[test]
    fn no_token_is_written_however_often_it_is_escaped() {
        for (path, written) in [
            ("/s/sy-1/edit/", "/s/sy-1/edit/"),
            ("/s/sy-1/edit", "/s/sy-1/edit"),
            ("/s/sy-1/edit/#k=TOKEN", "/s/sy-1/edit/…"),
            ("/s/sy-1/edit/%23k=TOKEN", "/s/sy-1/edit/…"),
            ("/s/sy-1/edit%2523k%253DTOKEN", "/s/sy-1/edit…"),
            ("/s/sy-1/edit/%2523k%253DTOKEN", "/s/sy-1/edit/…"),
            ("/S/sy-1/Edit/%252523k%25253DTOKEN", "/S/sy-1/Edit/…"),
            ("/s/sy-1/%23k%3DTOKEN", "/s/sy-1/…"),
            ("/list/editors/", "/list/editors/"),
        ] {
            assert_eq!(shown(path), written);
        }
    }

    #[test]
    fn one_line_each_whatever_is_in_the_path() {
        let event = Event::Answered {
            method: "GET".into(),
            path: "/a\nb".into(),
            status: 404,
            bytes: 4,
            took: Duration::from_millis(3),
        };
        let address = "203.0.113.77".parse().unwrap();
        assert_eq!(
            line(LogForm::Text, 1_795_494_607, address, &event),
            "2026-11-24T12:30:07+08:00 203.0.113.0/24 GET /a<U+000A>b 404 4 3ms"
        );
        assert_eq!(
            line(LogForm::Json, 1_795_494_607, address, &Event::Refused("busy")),
            r#"{"time":"2026-11-24T12:30:07+08:00","from":"203.0.113.0/24","refused":"busy"}"#
        );
    }
}
