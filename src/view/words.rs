//! The language of a component, and texts of the data in it.

use domain::text::{Lang, Text};
use leptos::prelude::*;

use crate::i18n::{Key, tr};

/// The language that the views are being built in.
#[derive(Clone, Copy)]
pub struct Words(pub Lang);

impl Words {
    /// The words of a key.
    pub const fn t(self, key: Key) -> &'static str {
        tr(self.0, key)
    }
}

/// The language for a component.
pub fn use_words() -> Words {
    expect_context::<Words>()
}

/// The HTML language code of `lang`.
pub const fn html_lang(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}

/// A text of the data, marked with its language where that is not the page's, so that a screen reader
/// pronounces it right.
pub fn say(words: Words, text: &Text) -> impl IntoView + use<> {
    let spoken = text.lang(words.0);
    let lang = (spoken != words.0).then(|| html_lang(spoken));
    view! { <span lang=lang>{text.get(words.0).to_owned()}</span> }
}
