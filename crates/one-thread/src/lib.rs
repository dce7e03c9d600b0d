//! In place of `send_wrapper` 0.6: what Leptos and this app use of it.
//!
//! Leptos asks that what it holds may go to another thread, and JavaScript's values may not. A [`SendWrapper`] says they may, and panics
//! where another thread than the one that made it comes to one. A WebAssembly module without atomics has one thread: here it does not
//! ask. To ask takes the standard library's threads with an allocator of their own, which are 3 KB of the download.

#![allow(unsafe_code, reason = "what this crate is for; each says why it holds")]

use std::fmt;
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};

#[cfg(not(all(target_family = "wasm", not(target_feature = "atomics"))))]
mod thread {
    pub type Thread = std::thread::ThreadId;

    pub fn current() -> Thread {
        std::thread::current().id()
    }
}

#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
mod thread {
    /// The one.
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub struct Thread;

    pub const fn current() -> Thread {
        Thread
    }
}

/// Holds what only the thread that made this may use.
pub struct SendWrapper<T> {
    data: ManuallyDrop<T>,
    thread: thread::Thread,
}

// SAFETY: whoever comes to the data, or drops it, is on the thread that made it: see `assert_valid`.
unsafe impl<T> Send for SendWrapper<T> {}
// SAFETY: the same.
unsafe impl<T> Sync for SendWrapper<T> {}

impl<T> SendWrapper<T> {
    /// Holds this for the thread that calls.
    pub fn new(data: T) -> Self {
        Self { data: ManuallyDrop::new(data), thread: thread::current() }
    }

    /// Whether this is the thread that made it.
    pub fn valid(&self) -> bool {
        self.thread == thread::current()
    }

    /// Gives back what is held. Panics on another thread.
    pub fn take(self) -> T {
        self.assert_valid();
        let mut this = ManuallyDrop::new(self);
        // SAFETY: `this` is neither used nor dropped after this.
        unsafe { ManuallyDrop::take(&mut this.data) }
    }

    fn assert_valid(&self) {
        assert!(self.valid(), "a thread that did not make it comes to what a SendWrapper holds");
    }
}

impl<T> Deref for SendWrapper<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.assert_valid();
        &self.data
    }
}

impl<T> DerefMut for SendWrapper<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.assert_valid();
        &mut self.data
    }
}

impl<T> Drop for SendWrapper<T> {
    fn drop(&mut self) {
        if std::mem::needs_drop::<T>() {
            // On another thread it would be dropped where it must not be; a panic while panicking would end the program.
            assert!(
                self.valid() || std::thread::panicking(),
                "another thread drops what a SendWrapper holds"
            );
            if self.valid() {
                // SAFETY: dropped once, here.
                unsafe { ManuallyDrop::drop(&mut self.data) }
            }
        }
    }
}

impl<T: Clone> Clone for SendWrapper<T> {
    fn clone(&self) -> Self {
        Self::new((**self).clone())
    }
}

impl<T: fmt::Debug> fmt::Debug for SendWrapper<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(feature = "futures")]
mod futures {
    use std::future::Future;
    use std::ops::DerefMut;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use futures_core::Stream;

    use super::SendWrapper;

    impl<F: Future> Future for SendWrapper<F> {
        type Output = F::Output;

        fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
            // SAFETY: the data lies in the wrapper, and is not moved out of one that is pinned.
            unsafe { self.map_unchecked_mut(DerefMut::deref_mut) }.poll(context)
        }
    }

    impl<S: Stream> Stream for SendWrapper<S> {
        type Item = S::Item;

        fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
            // SAFETY: the same.
            unsafe { self.map_unchecked_mut(DerefMut::deref_mut) }.poll_next(context)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;
    use std::thread;

    use super::SendWrapper;

    #[test]
    fn its_own_thread_comes_to_it() {
        let counted = Rc::new(());
        let mut held = SendWrapper::new((1, Rc::clone(&counted)));
        held.0 += 1;
        assert_eq!(held.clone().take().0, 2);
        assert_eq!((held.0, Rc::strong_count(&counted)), (2, 2));
        drop(held);
        assert_eq!(Rc::strong_count(&counted), 1);
    }

    #[test]
    fn another_thread_does_not() {
        let held = SendWrapper::new(1);
        assert!(!thread::scope(|scope| scope.spawn(|| held.valid()).join()).unwrap());
        assert!(thread::scope(|scope| scope.spawn(|| *held).join()).is_err());
        let owned = SendWrapper::new(vec![1]);
        assert!(thread::spawn(move || drop(owned)).join().is_err());
    }
}
