//! The pages' scripts and style sheets without what only their readers need: Trunk packs them from `target/slim`. It is
//! 2 KB of what every rider downloads first.
//!
//! Of scripts, lines that are comments and the spaces before lines go; of style sheets, comments and the spaces around what
//! parts them. Nothing is parsed: these are our own files, and a test holds what comes out against what went in.

use std::fs;
use std::path::Path;

use crate::trouble::{Trouble, at};

/// What is made slim, each of one or more files: its name below `target/slim`, and what it is made of, relative to the workspace. A page
/// has one style sheet: each that it has to ask for is a way more to look like nothing, and packs worse by itself.
const FILES: [(&str, &[&str]); 5] = [
    ("boot.js", &["boot.js"]),
    ("early.js", &["early.js"]),
    (
        "app.css",
        &[
            "public/vendor/leaflet/leaflet.css",
            "public/styles/tokens.css",
            "public/styles/app.css",
            "public/styles/map.css",
        ],
    ),
    ("editor/early.js", &["editor/early.js", "early.js"]),
    ("editor/app.css", &["public/styles/tokens.css", "public/styles/app.css", "editor/edit.css"]),
];

/// Writes each below `target/slim`, and leaves alone what is as it should be.
pub fn slim(root: &Path) -> Result<(), Trouble> {
    for (name, files) in FILES {
        let mut text = String::new();
        for file in files {
            let from = root.join(file);
            text += &at(&from, fs::read_to_string(&from))?;
        }
        let slim = if Path::new(name).extension().is_some_and(|it| it == "js") {
            script(&text)
        } else {
            style(&text)
        };
        let to = root.join("target/slim").join(name);
        if let Some(folder) = to.parent() {
            at(folder, fs::create_dir_all(folder))?;
        }
        if fs::read_to_string(&to).ok().as_deref() != Some(slim.as_str()) {
            at(&to, fs::write(&to, slim))?;
        }
    }
    Ok(())
}

/// A script without the lines that are comments and without indents. Our scripts have no text over several lines.
fn script(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A style sheet without comments and needless spaces. Texts in quotes stay as they are.
fn style(text: &str) -> String {
    let mut slim = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (plain, next) = match c {
            '/' if rest.starts_with("/*") => ("", rest.split_once("*/").map_or("", |(_, after)| after)),
            '"' | '\'' => {
                let end = rest[1..].find(c).map_or(rest.len(), |end| end + 2);
                rest.split_at(end)
            }
            _ if c.is_whitespace() => {
                let next = rest.trim_start();
                let is_needed = !next.starts_with(PARTS)
                    && !next.starts_with("/*")
                    && !slim.ends_with(PARTS)
                    && !slim.is_empty();
                (if is_needed { " " } else { "" }, next)
            }
            _ => rest.split_at(c.len_utf8()),
        };
        slim.push_str(plain);
        rest = next;
    }
    slim.replace(";}", "}")
}

/// What needs no space beside it. Not `:`, `(`, `+`, `-`: `a :hover`, `and (`, `1px + 2px` mean something else without.
const PARTS: [char; 5] = ['{', '}', ';', ',', '>'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_loses_comments_and_indents() {
        let text =
            "// why\n(function () {\n  'use strict';\n\n  // because\n  a = 'http://x'; // stays\n})();\n";
        assert_eq!(script(text), "(function () {\n'use strict';\na = 'http://x'; // stays\n})();\n");
    }

    #[test]
    fn a_style_sheet_means_the_same() {
        let text = "/* why */\n.a > .b :hover,\n.c {\n  width: calc(1px + 2px);\n  content: \" ; } \";\n}\n\
                    @media (min-width: 9px) and (hover) { a { b: url('x  y') } } /* end */\n";
        assert_eq!(
            style(text),
            ".a>.b :hover,.c{width: calc(1px + 2px);content: \" ; } \"}@media (min-width: 9px) and (hover){a{b: url('x  y')}}"
        );
    }
}
