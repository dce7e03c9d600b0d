//! In place of `wasm-streams` 0.5: the few names that `server_fn` uses, and no streams behind them.
//!
//! Leptos brings `server_fn` along whether an app has server functions or not. The linker drops what is not called, but
//! the real `wasm-streams` exports JavaScript classes, which count as called: 5 KB of the download for nothing.
//! Nothing in this app calls a server function. If one ever does, remove the patch in `Cargo.toml`: with this crate its
//! streams are empty.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::{JsCast, JsValue};

/// A stream of the browser's, which is only handed through.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Takes the browser's.
    pub const fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// Would make one of `stream`; makes `undefined`.
    pub fn from_stream<S: Stream<Item = Result<JsValue, JsValue>> + 'static>(stream: S) -> Self {
        drop(stream);
        Self(JsValue::UNDEFINED.unchecked_into())
    }

    /// Gives the browser's back.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Would read it; ends at once.
    pub fn into_stream(self) -> Empty {
        Empty
    }
}

/// A stream without items.
#[derive(Debug)]
pub struct Empty;

impl Stream for Empty {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
