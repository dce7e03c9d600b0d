//! Signals and memos whose values live here, while Leptos follows who reads them.
//!
//! Leptos compiles its machinery once for each type that a signal or memo holds, a kilobyte of the download each. Here
//! it holds none: a signal is a value beside a trigger, a memo a value beside a counter of its changes. They are made once
//! and live as long as the page, so that a handle is one pointer.
//!
//! ```
//! use love_stations::state::signal::{Memo, RwSignal};
//!
//! let count = RwSignal::new(1);
//! let is_even = Memo::new(move || count.get() % 2 == 0);
//! count.update(|count| *count += 1);
//! assert!(is_even.get());
//! ```

use std::cell::{Ref, RefCell};

use leptos::prelude::{ArcMemo, ArcTrigger, Get, GetUntracked, Notify, Track, untrack};
use send_wrapper::SendWrapper;

/// A value that can be written; what read it is done again.
pub struct RwSignal<T: 'static>(&'static Written<T>);

struct Written<T> {
    value: RefCell<T>,
    changed: ArcTrigger,
}

impl<T> Clone for RwSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for RwSignal<T> {}

impl<T> RwSignal<T> {
    /// A signal with its first value.
    pub fn new(value: T) -> Self {
        Self(Box::leak(Box::new(Written { value: RefCell::new(value), changed: ArcTrigger::new() })))
    }

    /// Says that what runs now depends on the value.
    pub fn track(self) {
        self.0.changed.track();
    }

    /// Lends the value out, which must not be written meanwhile.
    pub fn read(self) -> Ref<'static, T> {
        self.track();
        self.0.value.borrow()
    }

    /// What `look` makes of the value.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.read())
    }

    /// The same, without depending on it.
    pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.0.value.borrow())
    }

    /// Changes the value.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        change(&mut self.0.value.borrow_mut());
        self.0.changed.notify();
    }

    /// Writes the value.
    pub fn set(self, value: T) {
        // Dropped after the value is free again: that may run code of anybody's.
        let before = self.0.value.replace(value);
        self.0.changed.notify();
        drop(before);
    }
}

impl<T: Clone> RwSignal<T> {
    /// The value.
    pub fn get(self) -> T {
        self.read().clone()
    }

    /// The value, without depending on it.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

/// A value that follows from others. What read it is done again only where it is another than before.
pub struct Memo<T: 'static> {
    value: &'static RefCell<T>,
    /// Goes up with each change.
    version: &'static ArcMemo<u32>,
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

impl<T: PartialEq> Memo<T> {
    /// A memo of what `compute` says. That is asked now, and then whenever somebody wants to know and something that it
    /// read may have changed.
    pub fn new(compute: impl Fn() -> T + 'static) -> Self {
        let value: &'static RefCell<T> = Box::leak(Box::new(RefCell::new(untrack(&compute))));
        let renew = move || {
            let now = compute();
            let changed = *value.borrow() != now;
            if changed {
                drop(value.replace(now));
            }
            changed
        };
        Self { value, version: versions(Box::new(renew)) }
    }
}

/// Counts how often `renew` says that there is another value.
fn versions(renew: Box<dyn Fn() -> bool>) -> &'static ArcMemo<u32> {
    // Leptos wants what may go to another thread; there is none.
    let renew = SendWrapper::new(renew);
    let version =
        move |before: Option<&u32>| before.copied().unwrap_or(0).wrapping_add(u32::from((*renew)()));
    Box::leak(Box::new(ArcMemo::new(version)))
}

impl<T> Memo<T> {
    /// Says that what runs now depends on the value.
    pub fn track(self) {
        self.version.get();
    }

    /// Lends the value out, which must not be computed anew meanwhile.
    pub fn read(self) -> Ref<'static, T> {
        self.track();
        self.value.borrow()
    }

    /// What `look` makes of the value.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.read())
    }

    /// The same, without depending on it.
    pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        self.version.get_untracked();
        look(&self.value.borrow())
    }
}

impl<T: Clone> Memo<T> {
    /// The value.
    pub fn get(self) -> T {
        self.read().clone()
    }

    /// The value, without depending on it.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use leptos::prelude::Owner;

    use super::*;

    /// A closure's count of its calls.
    fn counted<T>(compute: impl Fn() -> T + 'static) -> (Rc<Cell<u32>>, impl Fn() -> T + 'static) {
        let calls = Rc::new(Cell::new(0));
        let count = Rc::clone(&calls);
        (calls, move || {
            count.set(count.get() + 1);
            compute()
        })
    }

    #[test]
    fn memos_follow_what_they_read_and_only_changes_go_on() {
        let owner = Owner::new();
        owner.with(|| {
            let number = RwSignal::new(1);
            let (halves, half) = counted(move || number.get() / 2);
            let half = Memo::new(half);
            let (sums, sum) = counted(move || half.get() + 10);
            let sum = Memo::new(sum);
            assert_eq!((sum.get(), half.get_untracked()), (10, 0));
            let (before_halves, before_sums) = (halves.get(), sums.get());
            for (written, expected, halved, summed) in
                [(1, 10, 1, 0), (2, 11, 2, 1), (3, 11, 3, 1), (9, 14, 4, 2)]
            {
                number.set(written);
                assert_eq!(halves.get() - before_halves, halved - 1, "nobody asked yet");
                assert_eq!((sum.get(), sum.get()), (expected, expected));
                assert_eq!(
                    (halves.get() - before_halves, sums.get() - before_sums),
                    (halved, summed),
                    "{written}"
                );
            }
        });
    }

    #[test]
    fn two_ways_to_one_source_are_never_seen_apart() {
        let owner = Owner::new();
        owner.with(|| {
            let number = RwSignal::new(1);
            let twice = Memo::new(move || number.get() * 2);
            let next = Memo::new(move || number.get() + 1);
            let (calls, both) = counted(move || (twice.get(), next.get()));
            let both = Memo::new(both);
            both.get();
            let before = calls.get();
            for written in 2..50 {
                number.update(|number| *number = written);
                assert_eq!(both.get(), (written * 2, written + 1));
            }
            assert_eq!(calls.get() - before, 48);
        });
    }

    #[test]
    fn what_is_read_without_depending_does_not_count() {
        let owner = Owner::new();
        owner.with(|| {
            let (word, number) = (RwSignal::new(String::from("a")), RwSignal::new(1));
            let seen = Memo::new(move || (word.with(String::len), number.get_untracked()));
            assert_eq!(seen.get(), (1, 1));
            number.set(2);
            assert_eq!(seen.get(), (1, 1));
            word.set("ab".to_owned());
            assert_eq!(seen.with_untracked(|seen| *seen), (2, 2));
        });
    }

    #[test]
    fn a_signal_may_be_written_by_what_its_old_value_does_when_it_goes() {
        struct Last(RwSignal<u32>);
        impl Drop for Last {
            fn drop(&mut self) {
                self.0.update(|drops| *drops += 1);
            }
        }
        let drops = RwSignal::new(0);
        let held = RwSignal::new(Some(Last(drops)));
        held.set(None);
        assert_eq!(drops.get_untracked(), 1);
    }
}
