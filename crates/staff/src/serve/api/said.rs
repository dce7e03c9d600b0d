//! The API's answers: JSON, never kept by anybody.

use bytes::Bytes;
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER,
};
use hyper::{Method, Response, StatusCode};
use serde_json::{Value as Json, json};

use crate::journal::{NoUndo, Refusal, StoreError};
use crate::words::Said;
use crate::words::api as say;

/// Why a request is refused.
#[derive(Debug)]
pub(crate) enum No {
    /// There is no such route.
    Nowhere,
    /// The route has other methods: these.
    Method(&'static str),
    /// The body is too long.
    TooLong,
    /// The body did not come in time, or not whole.
    Body,
    /// It comes from a page of somebody else's.
    Foreign,
    /// No token, or none that is good.
    Token,
    /// Too often; wait so many seconds.
    TooOften(u64),
    /// The token is of another station.
    OtherStation,
    /// Nobody said what edition was looked at.
    Unseen,
    /// That edition is no number in quotes.
    BadEdition,
    /// The body is no code; why, in words.
    BadCode(Said),
    /// The code is of another station.
    CodeOfOther,
    /// There is no such change.
    UnknownChange,
    /// The typed code is of no link.
    WrongCode,
    /// The report breaks a rule.
    BadReport(&'static str),
    /// The change.
    Refused(Refusal),
    /// The undo.
    NotUndone(NoUndo),
    /// The journal.
    Store(StoreError),
}

impl From<StoreError> for No {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl No {
    const fn status(&self) -> StatusCode {
        match self {
            Self::Nowhere | Self::UnknownChange | Self::WrongCode | Self::Refused(Refusal::NoStation) => {
                StatusCode::NOT_FOUND
            }
            Self::NotUndone(NoUndo::Unknown) => StatusCode::NOT_FOUND,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Body => StatusCode::REQUEST_TIMEOUT,
            Self::Foreign | Self::OtherStation => StatusCode::FORBIDDEN,
            Self::Token | Self::Refused(Refusal::NoLink) | Self::NotUndone(NoUndo::NoLink) => {
                StatusCode::UNAUTHORIZED
            }
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unseen => StatusCode::PRECONDITION_REQUIRED,
            Self::BadEdition | Self::BadCode(_) | Self::CodeOfOther | Self::BadReport(_) => {
                StatusCode::BAD_REQUEST
            }
            Self::Refused(Refusal::Conflict(_)) => StatusCode::PRECONDITION_FAILED,
            Self::Refused(Refusal::Clash | Refusal::Broken) | Self::NotUndone(_) => StatusCode::CONFLICT,
            Self::Refused(Refusal::Fault) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Store(_) | Self::Refused(Refusal::Store(_)) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The journal's error, if that is why.
    pub(super) const fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error)
            | Self::Refused(Refusal::Store(error))
            | Self::NotUndone(NoUndo::Store(error)) => Some(error),
            _ => None,
        }
    }

    /// The answer. `edition` is the one that is shown now.
    pub(super) fn answer(self, method: &Method, edition: u64) -> Response<Bytes> {
        let mut status = self.status();
        let Some(error) = self.store() else {
            return self.plain(method, status, edition);
        };
        status = StatusCode::SERVICE_UNAVAILABLE;
        if error.is_full() {
            status = StatusCode::INSUFFICIENT_STORAGE;
        }
        self.plain(method, status, edition)
    }

    fn plain(self, method: &Method, status: StatusCode, edition: u64) -> Response<Bytes> {
        let (word, Said { zh, en }) = say::refused(&self);
        let mut body = json!({"error": word, "zh": zh, "en": en});
        if let Self::Refused(Refusal::Conflict(rebased)) = &self {
            body["seq"] = edition.into();
            let rebased = rebased
                .as_ref()
                .and_then(|patch| domain::patch::Code { patch: (**patch).clone(), signature: None }.text());
            body["rebased"] = rebased.into();
        }
        let mut answer = said(method, status, &body);
        let headers = answer.headers_mut();
        match self {
            Self::Method(methods) => drop(headers.insert(ALLOW, HeaderValue::from_static(methods))),
            Self::TooOften(wait) => drop(headers.insert(RETRY_AFTER, wait.into())),
            // What follows on such a connection is no request.
            Self::TooLong | Self::Body => {
                headers.insert(CONNECTION, HeaderValue::from_static("close"));
            }
            _ if status == StatusCode::SERVICE_UNAVAILABLE || status == StatusCode::INSUFFICIENT_STORAGE => {
                headers.insert(RETRY_AFTER, 30.into());
            }
            _ => {}
        }
        answer
    }
}

/// An answer.
pub(super) fn said(method: &Method, status: StatusCode, body: &Json) -> Response<Bytes> {
    let text = Bytes::from(format!("{body}\n"));
    let mut answer = Response::new(Bytes::new());
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    headers.insert(CONTENT_LENGTH, text.len().into());
    if method != Method::HEAD {
        *answer.body_mut() = text;
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program that is refused finds every word in the handbook, under the status it came with.
    #[test]
    fn every_refusal_is_in_the_handbook() {
        let disk = |kind: std::io::ErrorKind| StoreError::Disk(String::new(), kind.into());
        let all = [
            No::Nowhere,
            No::Method("GET"),
            No::TooLong,
            No::Body,
            No::Foreign,
            No::Token,
            No::TooOften(1),
            No::OtherStation,
            No::Unseen,
            No::BadEdition,
            No::BadCode(Said::new("", "")),
            No::CodeOfOther,
            No::UnknownChange,
            No::WrongCode,
            No::BadReport("kind"),
            No::Refused(Refusal::NoStation),
            No::Refused(Refusal::Broken),
            No::Refused(Refusal::Clash),
            No::Refused(Refusal::Conflict(None)),
            No::Refused(Refusal::Fault),
            No::NotUndone(NoUndo::Unknown),
            No::NotUndone(NoUndo::NoChange),
            No::Store(disk(std::io::ErrorKind::Other)),
            No::Store(disk(std::io::ErrorKind::StorageFull)),
        ];
        let handbook = include_str!("../../../../../docs/staff/api.md");
        let rows = handbook.lines().filter(|line| line.starts_with("| 4") || line.starts_with("| 5")).count();
        let mut told = std::collections::BTreeSet::new();
        for no in all {
            let word = say::refused(&no).0;
            let row = format!("| {} | `{word}` |", no.answer(&Method::GET, 1).status().as_u16());
            assert!(handbook.contains(&row), "{row}");
            told.insert(row);
        }
        assert_eq!(told.len(), rows, "and nothing else is there");
    }
}
