//! Fingers, mouse and keys, as the browser gets them from a system: nothing is clicked that could not be hit.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::page::{Page, quoted};

/// Longest wait for an element to stand still and free.
const PATIENCE: Duration = Duration::from_secs(10);

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Forward to the next thing that takes the focus.
    Tab,
    /// Back to the one before.
    ShiftTab,
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// The space bar.
    Space,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Home.
    Home,
    /// End.
    End,
    /// A digit, 0 to 9.
    Digit(u8),
}

impl Page {
    /// Taps or clicks the first element that fits and can be seen, once it stands still and nothing lies over it.
    ///
    /// # Panics
    /// When it never can be hit; says what is in the way.
    #[track_caller]
    pub fn click(&self, css: &str) {
        self.click_one(&format!("document.querySelectorAll({})", quoted(css)), css);
    }

    /// Clicks the first element that fits and has this text.
    #[track_caller]
    pub fn click_text(&self, css: &str, text: &str) {
        let all = format!(
            "[...document.querySelectorAll({})].filter(e => e.innerText.trim() === {})",
            quoted(css),
            quoted(text)
        );
        self.click_one(&all, &format!("{css} “{text}”"));
    }

    #[track_caller]
    fn click_one(&self, all: &str, what: &str) {
        let script = include_str!("aim.js").replace("ALL", all);
        let deadline = Instant::now() + PATIENCE;
        loop {
            let aim = self.try_eval(&script).unwrap_or_else(|why| json!({ "why": why }));
            if let (Some(x), Some(y)) = (aim["x"].as_f64(), aim["y"].as_f64()) {
                return self.click_at(x, y);
            }
            assert!(
                Instant::now() <= deadline,
                "cannot click {what}: {}",
                aim["why"].as_str().unwrap_or("there is none")
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Taps or clicks a point of the window, in CSS pixels.
    #[track_caller]
    pub fn click_at(&self, x: f64, y: f64) {
        if self.scene().touch {
            self.send(
                "Input.dispatchTouchEvent",
                json!({ "type": "touchStart", "touchPoints": [{ "x": x, "y": y }] }),
            );
            self.send("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }));
        } else {
            for (kind, buttons) in [("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)] {
                let button = if kind == "mouseMoved" { "none" } else { "left" };
                let event = json!({
                    "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1,
                });
                self.send("Input.dispatchMouseEvent", event);
            }
        }
    }

    /// Presses at one point of the window, moves to another in steps, and lets go.
    #[track_caller]
    pub fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        const STEPS: u32 = 8;
        let point = |part: u32| {
            let part = f64::from(part) / f64::from(STEPS);
            (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
        };
        let frame = "new Promise(done => requestAnimationFrame(() => done(true)))";
        for step in 0..=STEPS {
            let (x, y) = point(step);
            if self.scene().touch {
                let kind = if step == 0 { "touchStart" } else { "touchMove" };
                self.send(
                    "Input.dispatchTouchEvent",
                    json!({ "type": kind, "touchPoints": [{ "x": x, "y": y }] }),
                );
            } else {
                let kind = if step == 0 { "mousePressed" } else { "mouseMoved" };
                let event =
                    json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
                self.send("Input.dispatchMouseEvent", event);
            }
            self.eval(frame);
        }
        if self.scene().touch {
            self.send("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }));
        } else {
            let event =
                json!({ "type": "mouseReleased", "x": to.0, "y": to.1, "button": "left", "clickCount": 1 });
            self.send("Input.dispatchMouseEvent", event);
        }
    }

    /// Presses a key.
    #[track_caller]
    pub fn press(&self, key: Key) {
        let (name, code, number, text) = match key {
            Key::Tab | Key::ShiftTab => ("Tab".to_owned(), "Tab".to_owned(), 9, None),
            Key::Enter => ("Enter".to_owned(), "Enter".to_owned(), 13, Some("\r".to_owned())),
            Key::Escape => ("Escape".to_owned(), "Escape".to_owned(), 27, None),
            Key::Space => (" ".to_owned(), "Space".to_owned(), 32, Some(" ".to_owned())),
            Key::End => ("End".to_owned(), "End".to_owned(), 35, None),
            Key::Home => ("Home".to_owned(), "Home".to_owned(), 36, None),
            Key::Up => ("ArrowUp".to_owned(), "ArrowUp".to_owned(), 38, None),
            Key::Down => ("ArrowDown".to_owned(), "ArrowDown".to_owned(), 40, None),
            Key::Digit(digit) => {
                (digit.to_string(), format!("Digit{digit}"), 48 + u32::from(digit), Some(digit.to_string()))
            }
        };
        let modifiers = if key == Key::ShiftTab { 8 } else { 0 };
        let mut event = json!({
            "type": if text.is_some() { "keyDown" } else { "rawKeyDown" },
            "key": name, "code": code, "windowsVirtualKeyCode": number, "modifiers": modifiers,
        });
        if let Some(text) = text {
            event["text"] = json!(text);
        }
        self.send("Input.dispatchKeyEvent", event.clone());
        event["type"] = json!("keyUp");
        self.send("Input.dispatchKeyEvent", event);
    }

    /// Clicks into a field and types; what stood there is replaced.
    #[track_caller]
    pub fn type_into(&self, css: &str, text: &str) {
        self.click(css);
        self.wait_until(
            "the field to have the focus",
            &format!("document.activeElement?.matches({})", quoted(css)),
        );
        self.eval("document.activeElement.select()");
        self.send("Input.insertText", json!({ "text": text }));
    }

    /// What has the focus: its id, otherwise tag, classes and name.
    #[track_caller]
    pub fn focused(&self) -> String {
        let script = "(e => !e || e === document.body ? 'body' : e.id ? '#' + e.id
            : [e.tagName.toLowerCase(), ...e.classList].join('.') + ' '
                + (e.getAttribute('aria-label') ?? e.innerText.trim().split('\\n')[0]))(document.activeElement)";
        self.eval(script).as_str().unwrap_or_default().to_owned()
    }

    /// Presses Tab until an element that fits has the focus, at most `most` times; gives all that had it on the way.
    ///
    /// # Panics
    /// When it is never reached.
    #[track_caller]
    pub fn tab_to(&self, css: &str, most: usize) -> Vec<String> {
        let mut way = Vec::new();
        let there = format!("document.activeElement?.matches({}) ?? false", quoted(css));
        for _ in 0..most {
            self.press(Key::Tab);
            way.push(self.focused());
            if self.eval(&there) == json!(true) {
                return way;
            }
        }
        panic!("Tab does not reach {css}; it goes through {way:#?}");
    }
}
