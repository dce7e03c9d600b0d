//! What a host has put into the form and not sent yet: the value of each field that was touched, as text, half-typed as it
//! may be. So it is kept on the phone as it is, and what it means is worked out anew each time ([`crate::wanted`]).

use std::collections::BTreeMap;

/// The fields that were touched. A field's name is also the id of its element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form(BTreeMap<String, String>);

impl Form {
    /// What the field holds; none where nobody touched it.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }

    /// What the field holds, without spaces around it; empty where nobody touched it.
    pub fn text(&self, field: &str) -> &str {
        self.get(field).unwrap_or_default().trim()
    }

    /// Whether a button of the field was pressed.
    pub fn is(&self, field: &str, value: &str) -> bool {
        self.get(field) == Some(value)
    }

    /// The field holds this from now on.
    pub fn set(&mut self, field: &str, value: &str) {
        self.0.insert(field.to_owned(), value.to_owned());
    }

    /// The field is as if nobody had touched it.
    pub fn unset(&mut self, field: &str) {
        self.0.remove(field);
    }

    /// All fields whose names begin so are as if nobody had touched them.
    pub fn unset_all(&mut self, prefix: &str) {
        self.0.retain(|field, _| !field.starts_with(prefix));
    }

    /// As it is kept: a line for each field.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for (field, value) in &self.0 {
            for part in [&escaped(field), "\t", &escaped(value), "\n"] {
                text.push_str(part);
            }
        }
        text
    }

    /// What was kept. A line that is none is left out: half a draft beats none.
    pub fn from_text(text: &str) -> Self {
        let line = |line: &str| {
            let (field, value) = line.split_once('\t')?;
            Some((unescaped(field), unescaped(value)))
        };
        Self(text.split('\n').filter_map(line).collect())
    }
}

/// A text without tabs and line ends, which part what is kept.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            other => out.push(other),
        }
    }
    out
}

/// The text again.
pub(crate) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some(other) => other,
                None => break,
            },
            other => other,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_touched_is_nothing_kept() {
        assert_eq!(Form::default().to_text(), "");
        assert_eq!(Form::from_text(""), Form::default());
        assert_eq!(Form::from_text("no tab\n\n"), Form::default());
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(fields in prop::collection::btree_map(".*", "(.|\n|\t|\\\\)*", 0..6)) {
            let form = Form(fields);
            prop_assert_eq!(Form::from_text(&form.to_text()), form);
        }

        #[test]
        fn whatever_is_there_is_read(text in "(.|\n|\t)*") {
            let form = Form::from_text(&text);
            prop_assert_eq!(Form::from_text(&form.to_text()), form);
        }
    }
}
