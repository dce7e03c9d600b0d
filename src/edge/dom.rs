//! Plain content: elements with text in them, built once and put in place of what was there.
//!
//! Text is always a text node, never markup. What a tap does is said by a `data-do` attribute and heard by one listener
//! (see [`command_of`]), so that a list of a thousand rows has one handler and not a thousand. Compared with a
//! typed view for each piece of content this halves what a phone has to download.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement};

const SVG: &str = "http://www.w3.org/2000/svg";
/// The attribute that says what a tap does.
const COMMAND: &str = "data-do";

/// An element being built. Without a document (which no browser lacks) every step does nothing.
pub struct El(Option<Element>);

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The element with this id.
pub fn by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// Sets an attribute of the element with this id; none takes it away.
pub fn set_attribute(id: &str, name: &str, value: Option<&str>) {
    if let Some(element) = by_id(id) {
        // Neither fails for a name that is one.
        let _ = match value {
            Some(value) => element.set_attribute(name, value),
            None => element.remove_attribute(name),
        };
    }
}

/// Gives the element with this id a class, or takes it away.
pub fn set_class(id: &str, class: &str, on: bool) {
    if let Some(element) = by_id(id) {
        // Fails only for a name with a space.
        let _ = element.class_list().toggle_with_force(class, on);
    }
}

/// Sets a custom property of the style of the element with this id.
pub fn set_style(id: &str, name: &str, value: &str) {
    if let Some(element) = by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Fails only for a name that is none.
        let _ = element.style().set_property(name, value);
    }
}

/// An element.
pub fn el(tag: &str) -> El {
    El(document().and_then(|document| document.create_element(tag).ok()))
}

/// An element with a class and a text.
pub fn text(tag: &str, class: &str, text: &str) -> El {
    el(tag).class(class).say(text)
}

/// The sprite's picture `name`, in the colour of the text around it. It never carries meaning alone: a word stands
/// beside it, or labels its button.
pub fn icon(name: &str) -> El {
    let shape =
        |tag: &str| El(document().and_then(|document| document.create_element_ns(Some(SVG), tag).ok()));
    let mut href = String::from("/icons/sprite.svg#");
    href.push_str(name);
    let picture = shape("use").attr("href", &href);
    shape("svg").attr("class", "icon").attr("aria-hidden", "true").push(picture)
}

impl El {
    /// Sets the class; the empty one is left out.
    #[must_use]
    pub fn class(self, class: &str) -> Self {
        if class.is_empty() { self } else { self.attr("class", class) }
    }

    /// Sets an attribute.
    #[must_use]
    pub fn attr(self, name: &str, value: &str) -> Self {
        if let Some(element) = &self.0 {
            // Fails only for a name that is no name.
            let _ = element.set_attribute(name, value);
        }
        self
    }

    /// Says what a tap does.
    #[must_use]
    pub fn command(self, command: &str) -> Self {
        self.attr(COMMAND, command)
    }

    /// Adds a text.
    #[must_use]
    pub fn say(self, text: &str) -> Self {
        if let Some(element) = &self.0
            && let Some(document) = document()
        {
            // A node that was just made has no parent to refuse it.
            let _ = element.append_child(&document.create_text_node(text));
        }
        self
    }

    /// Adds an element.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "an element stands in one place: who adds it, gives it away"
    )]
    pub fn push(self, child: Self) -> Self {
        if let (Some(element), Some(child)) = (&self.0, &child.0) {
            // As above.
            let _ = element.append_child(child);
        }
        self
    }

    /// Adds an element, if there is one.
    #[must_use]
    pub fn maybe(self, child: Option<Self>) -> Self {
        match child {
            Some(child) => self.push(child),
            None => self,
        }
    }

    /// Adds elements.
    #[must_use]
    pub fn all(self, children: Vec<Self>) -> Self {
        children.into_iter().fold(self, Self::push)
    }
}

/// Calls `act` with each event of a kind at the element with this id, until dropped. The event can be prevented.
pub fn listen(id: &str, kind: &'static str, act: Rc<dyn Fn(&Event)>) -> Option<EventListener> {
    let element = by_id(id)?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&element, kind, options, move |event| act(event)))
}

/// Puts `children` in place of what is in `container`. A focused element keeps the focus where its id comes again.
pub fn replace(container: &Element, children: Vec<El>) {
    let focused = document().and_then(|document| document.active_element());
    let focused = focused.filter(|element| container.contains(Some(element)) && !element.id().is_empty());
    container.set_text_content(None);
    for child in children {
        if let Some(child) = child.0 {
            // As above.
            let _ = container.append_child(&child);
        }
    }
    if let Some(focused) = focused {
        super::page::focus(&focused.id());
    }
}

/// The same, but for content that is there already: what somebody is about to tap stays what it is.
pub fn renew(container: &Element, children: Vec<El>) {
    let new = el("div").all(children);
    let Some(element) = new.0 else { return };
    if container.inner_html() != element.inner_html() {
        let children = element.children();
        let children = (0..children.length()).filter_map(|at| children.item(at)).map(|child| El(Some(child)));
        replace(container, children.collect());
    }
}

/// Adds an element to the page's end.
pub fn append(child: El) {
    if let (Some(body), Some(child)) = (document().and_then(|document| document.body()), child.0) {
        // As above.
        let _ = body.append_child(&child);
    }
}

/// What the tapped element, or the nearest around it that says so, wants done. A tap with a modifier key is the
/// browser's own (open in a new tab) and wants nothing.
pub fn command_of(event: &Event) -> Option<String> {
    let event: &web_sys::MouseEvent = event.dyn_ref()?;
    if event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0 {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("[data-do]").ok()??.get_attribute(COMMAND)
}

/// Scrolls the content of the element with this id back to its top.
pub fn to_top(id: &str) {
    if let Some(element) = by_id(id) {
        element.set_scroll_top(0);
    }
}
