//! Work in turns: what follows the state is done piece by piece, and between two turns the browser may paint and hear a tap.
//!
//! Leptos does everything that follows a change in one go, as microtasks of the one task in which the change came. On a slow phone
//! that is a quarter of a second in which nothing is heard. Here each piece looks how long the turn has been, and one that comes too late
//! waits for the next turn, in the order in which they came.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};

use gloo_timers::callback::Timeout;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageChannel, MessagePort};

use super::clock;

/// How many milliseconds after a turn's beginning another piece may begin. A task of 50 is felt, and a piece of work on a slow phone is
/// often 30.
const TURN_MS: f64 = 4.0;

/// The turn that goes on.
struct Turn {
    /// When it began, in milliseconds of the page.
    began: f64,
    /// What waits for the next one, first come first.
    waiting: Vec<Waker>,
}

thread_local! {
    static TURN: RefCell<Option<Turn>> = const { RefCell::new(None) };
    static BELL: Option<MessagePort> = bell();
    static HURRY: RefCell<Option<Hurry>> = const { RefCell::new(None) };
}

/// Whether somebody waits for a piece of work.
type Hurry = Rc<dyn Fn() -> bool>;

/// Does in turns what Leptos would do in one go. To be called before Leptos begins, whose beginning is a turn.
pub fn take_over() {
    // Fails where it was done before.
    let _ = Executor::init_local_custom_executor(Turns);
    end();
}

/// What comes after this waits for the next turn.
pub fn end() {
    TURN.with_borrow_mut(|turn| {
        let waiting = turn.take().map_or_else(begin, |turn| turn.waiting);
        *turn = Some(Turn { began: f64::NEG_INFINITY, waiting });
    });
}

/// Sees to it that the turn which begins ends; what waits in it.
fn begin() -> Vec<Waker> {
    let rings = BELL.with(|bell| bell.as_ref().is_some_and(|bell| bell.post_message(&JsValue::NULL).is_ok()));
    if !rings {
        // Nothing stops it.
        let _ = Timeout::new(0, next).forget();
    }
    Vec::new()
}

/// What is posted here calls [`next`] as soon as the browser has nothing more urgent: a timer would wait four milliseconds each time.
fn bell() -> Option<MessagePort> {
    let channel = MessageChannel::new().ok()?;
    let heard = Closure::<dyn FnMut()>::new(next);
    channel.port1().set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // The page's own, for good.
    heard.forget();
    Some(channel.port2())
}

/// Begins `work`, each of whose steps is a piece.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    Turns.spawn_local(Box::pin(work));
}

/// What follows the state from within `begin` waits for no turn: what somebody waits for who has just tapped, and what nobody shall see half
/// done.
pub fn at_once(begin: impl FnOnce()) {
    at_once_while(|| true, begin);
}

/// The same for as long as somebody waits for it; in its turn otherwise.
pub fn at_once_while(hurry: impl Fn() -> bool + 'static, begin: impl FnOnce()) {
    HURRY.set(Some(Rc::new(hurry)));
    begin();
    HURRY.set(None);
}

struct Turns;

impl CustomExecutor for Turns {
    fn spawn(&self, work: PinnedFuture<()>) {
        self.spawn_local(work);
    }

    fn spawn_local(&self, work: PinnedLocalFuture<()>) {
        wasm_bindgen_futures::spawn_local(InTurns(work, HURRY.with_borrow(Clone::clone)));
    }

    // The browser does.
    fn poll_local(&self) {}
}

/// Work whose steps wait for their turn, unless somebody waits for it.
struct InTurns(PinnedLocalFuture<()>, Option<Hurry>);

impl Future for InTurns {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let hurries = self.1.as_ref().is_some_and(|hurry| hurry());
        if !hurries && is_spent(context) { Poll::Pending } else { self.0.as_mut().poll(context) }
    }
}

/// Whether the turn has been too long, so that this piece waits. Begins one where there is none.
fn is_spent(context: &Context<'_>) -> bool {
    let now = clock::page_milliseconds();
    TURN.with_borrow_mut(|turn| match turn {
        Some(turn) if now - turn.began > TURN_MS => {
            turn.waiting.push(context.waker().clone());
            true
        }
        Some(_) => false,
        None => {
            *turn = Some(Turn { began: now, waiting: begin() });
            false
        }
    })
}

/// Ends the turn. What waits is done in one to come, which the first of it begins.
fn next() {
    let waiting = TURN.take().map(|turn| turn.waiting).unwrap_or_default();
    waiting.iter().for_each(Waker::wake_by_ref);
}
