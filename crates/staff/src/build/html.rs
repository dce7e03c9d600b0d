//! HTML, always escaped.

use std::fmt;

/// A text that writes itself with everything that means something in HTML escaped, in content as in attributes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            f.write_str(&rest[..at])?;
            f.write_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => "&#39;",
            })?;
            rest = &rest[at + 1..];
        }
        f.write_str(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stays_markup() {
        for (text, expected) in [
            ("驿站", "驿站"),
            ("", ""),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("a\" onclick='b' & c", "a&quot; onclick=&#39;b&#39; &amp; c"),
            ("<!--/stations-->", "&lt;!--/stations--&gt;"),
            ("&amp;", "&amp;amp;"),
        ] {
            assert_eq!(Escaped(text).to_string(), expected);
        }
    }
}
