//! Plain content: markup with text in it, built as one text and put in place of what was there.
//!
//! Each step from WebAssembly into the browser costs a slow phone some microseconds, and a list of forty rows is three thousand elements,
//! attributes and texts: so they are written down here, where that costs nothing, and given to the browser at once. Whatever is said
//! is escaped, so that text is never markup. What a tap does is said by a `data-do` attribute and heard by one listener
//! (see [`command_of`]), so that a list of a thousand rows has one handler and not a thousand. Compared with a
//! typed view for each piece of content this halves what a phone has to download.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, HtmlElement};

/// Elements that have no content and no end.
const VOID: [&str; 3] = ["br", "img", "input"];
/// Where an element remembers the markup that it was given.
const MARKUP: &str = "lsMarkup";
/// The attribute that says what a tap does.
const COMMAND: &str = "data-do";

/// An element being built.
pub struct El {
    tag: String,
    class: String,
    attributes: String,
    content: String,
}

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
    El { tag: tag.to_owned(), class: String::new(), attributes: String::new(), content: String::new() }
}

/// An element with a class and a text.
pub fn text(tag: &str, class: &str, text: &str) -> El {
    el(tag).class(class).say(text)
}

/// The sprite's picture `name`, in the colour of the text around it. It never carries meaning alone: a word stands
/// beside it, or labels its button.
pub fn icon(name: &str) -> El {
    let mut href = String::from("/icons/sprite.svg#");
    href.push_str(name);
    el("svg").class("icon").attr("aria-hidden", "true").push(el("use").attr("href", &href))
}

impl El {
    /// Sets the class, in place of one that was set before.
    #[must_use]
    pub fn class(mut self, class: &str) -> Self {
        class.clone_into(&mut self.class);
        self
    }

    /// Adds an attribute that was not added before; of two, a browser takes the first.
    #[must_use]
    pub fn attr(mut self, name: &str, value: &str) -> Self {
        attribute(&mut self.attributes, name, value);
        self
    }

    /// Says what a tap does.
    #[must_use]
    pub fn command(self, command: &str) -> Self {
        self.attr(COMMAND, command)
    }

    /// Adds a text.
    #[must_use]
    pub fn say(mut self, text: &str) -> Self {
        escape(&mut self.content, text);
        self
    }

    /// Adds an element.
    #[must_use]
    pub fn push(mut self, child: Self) -> Self {
        child.write(&mut self.content);
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

    /// Writes it down as HTML.
    fn write(self, out: &mut String) {
        out.push('<');
        out.push_str(&self.tag);
        if !self.class.is_empty() {
            attribute(out, "class", &self.class);
        }
        for piece in [&self.attributes, ">", &self.content] {
            out.push_str(piece);
        }
        if !VOID.contains(&self.tag.as_str()) {
            for piece in ["</", &self.tag, ">"] {
                out.push_str(piece);
            }
        }
    }
}

/// Elements one after the other, as HTML.
fn markup(all: Vec<El>) -> String {
    let mut markup = String::new();
    for one in all {
        one.write(&mut markup);
    }
    markup
}

/// Adds an attribute to markup.
fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, value);
    out.push('"');
}

/// Adds a text to markup, in an element or in the quotes of an attribute.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A parser takes it for the end of a line.
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
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
    put(container, &markup(children));
}

/// The same, but for content that is there already: what somebody is about to tap stays what it is.
pub fn renew(container: &Element, children: Vec<El>) {
    let markup = markup(children);
    // There is none on what was just made.
    let before = Reflect::get(container, &MARKUP.into()).ok();
    if before != Some(JsValue::from_str(&markup)) {
        put(container, &markup);
    }
}

fn put(container: &Element, markup: &str) {
    let focused = document().and_then(|document| document.active_element());
    let focused = focused.filter(|element| container.contains(Some(element)) && !element.id().is_empty());
    container.set_inner_html(markup);
    // Every element takes a property.
    let _ = Reflect::set(container, &MARKUP.into(), &markup.into());
    if let Some(focused) = focused {
        super::page::focus(&focused.id());
    }
}

/// Adds an element to the page's end.
pub fn append(child: El) {
    if let Some(body) = document().and_then(|document| document.body()) {
        // Fails only for a place that is none.
        let _ = body.insert_adjacent_html("beforeend", &markup(vec![child]));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_never_markup() {
        let said = "<b title=\"x\">&amp;\r\n'";
        let row =
            el("p").class("round").class("a\"b").attr("title", said).say(said).push(el("br")).push(el("i"));
        let safe = "&lt;b title=&quot;x&quot;&gt;&amp;amp;&#13;\n'";
        assert_eq!(
            markup(vec![row, text("b", "", "1 < 2")]),
            format!("<p class=\"a&quot;b\" title=\"{safe}\">{safe}<br><i></i></p><b>1 &lt; 2</b>")
        );
    }
}
