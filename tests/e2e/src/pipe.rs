//! The line to Chromium: its `DevTools` protocol over a pipe (`--remote-debugging-pipe`), one JSON message after
//! another, each ended by a NUL byte.
//!
//! The pipe is also what ends the browser: when this process dies, for whatever reason, Chromium reads the end of
//! the pipe and goes.

use std::collections::VecDeque;
use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Longest wait for the answer to one command. Generous: the machine may be busy with other things.
const PATIENCE: Duration = Duration::from_secs(45);

/// Why a command has no answer.
#[derive(Debug)]
pub enum PipeError {
    /// Chromium has gone.
    Gone,
    /// No answer in time.
    TimedOut {
        /// The command.
        method: String,
    },
    /// Chromium would not do it.
    Refused {
        /// The command.
        method: String,
        /// What Chromium says about it.
        message: String,
    },
}

impl fmt::Display for PipeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone => f.write_str("Chromium has gone"),
            Self::TimedOut { method } => {
                write!(f, "{method}: no answer from Chromium in {} s", PATIENCE.as_secs())
            }
            Self::Refused { method, message } => write!(f, "{method}: {message}"),
        }
    }
}

impl std::error::Error for PipeError {}

/// Something Chromium said unasked.
#[derive(Clone, Debug)]
pub struct Event {
    /// The page it is about; none for the browser itself.
    pub session: Option<String>,
    /// What happened, as `Runtime.exceptionThrown`.
    pub method: String,
    /// The details.
    pub params: Value,
}

/// The line to a Chromium.
pub struct Pipe {
    to: ChildStdin,
    from: Receiver<Value>,
    events: VecDeque<Event>,
    last_id: u64,
}

impl Pipe {
    /// Speaks over the standard input and output of `child`; none where these are not piped.
    pub fn new(child: &mut Child) -> Option<Self> {
        let to = child.stdin.take()?;
        let from = read_messages(child.stdout.take()?);
        Some(Self { to, from, events: VecDeque::new(), last_id: 0 })
    }

    /// Sends a command to a page (`session`) or to the browser and waits for its result.
    pub fn command(
        &mut self,
        session: Option<&str>,
        method: &str,
        params: &Value,
    ) -> Result<Value, PipeError> {
        self.last_id += 1;
        let id = self.last_id;
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).and_then(|()| self.to.flush()).map_err(|_| PipeError::Gone)?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let mut answer = match self.from.recv_timeout(left) {
                Ok(answer) => answer,
                Err(RecvTimeoutError::Timeout) => {
                    return Err(PipeError::TimedOut { method: method.to_owned() });
                }
                Err(RecvTimeoutError::Disconnected) => return Err(PipeError::Gone),
            };
            if answer["id"] == json!(id) {
                return match answer["error"]["message"].as_str() {
                    Some(message) => {
                        Err(PipeError::Refused { method: method.to_owned(), message: message.to_owned() })
                    }
                    None => Ok(answer["result"].take()),
                };
            }
            self.note(&mut answer);
        }
    }

    /// The events that came so far, each given out once.
    pub fn take_events(&mut self) -> Vec<Event> {
        while let Ok(mut message) = self.from.try_recv() {
            self.note(&mut message);
        }
        self.events.drain(..).collect()
    }

    /// Keeps an event; late answers to commands that were given up are dropped.
    fn note(&mut self, message: &mut Value) {
        if let Some(method) = message["method"].as_str().map(str::to_owned) {
            let session = message["sessionId"].as_str().map(str::to_owned);
            self.events.push_back(Event { session, method, params: message["params"].take() });
        }
    }
}

/// Reads messages on a thread of its own, which ends with the pipe.
fn read_messages(from: impl Read + Send + 'static) -> Receiver<Value> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut bytes = Vec::new();
        while from.read_until(0, &mut bytes).is_ok_and(|read| read > 0) {
            let message = bytes.strip_suffix(&[0]).unwrap_or(&bytes);
            if let Ok(message) = serde_json::from_slice(message)
                && sender.send(message).is_err()
            {
                return;
            }
            bytes.clear();
        }
    });
    receiver
}
