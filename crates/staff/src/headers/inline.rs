//! The inline scripts of a page, by their hash, as a content security policy names them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// Types that make a browser run or obey what stands in a script element. Anything else is data to it.
const RUN: [&str; 6] =
    ["", "module", "text/javascript", "application/javascript", "importmap", "speculationrules"];

/// `sha256-…` of each inline script of `page` that a browser runs.
pub(super) fn hashes(page: &str) -> Vec<String> {
    // A browser reads a page with its line ends made one.
    let page = page.replace("\r\n", "\n").replace('\r', "\n");
    // ASCII case folding keeps every byte where it was.
    let folded = page.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = folded[at..].find("<script").map(|start| at + start + "<script".len()) {
        let Some(open) = tag_end(&folded[start..]).map(|end| start + end) else {
            break;
        };
        let content = open + 1;
        let end = folded[content..].find("</script").map_or(page.len(), |end| content + end);
        let attributes = &folded[start..open];
        let is_script = attributes.is_empty() || attributes.starts_with(|c: char| c.is_ascii_whitespace());
        let kind = attribute(attributes, "type").unwrap_or_default();
        if is_script && attribute(attributes, "src").is_none() && RUN.contains(&kind.trim()) {
            found.push(format!("sha256-{}", STANDARD.encode(Sha256::digest(&page[content..end]))));
        }
        at = end;
    }
    found
}

/// Where the `>` is that ends a tag; one in quotes does not.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    rest.char_indices().find_map(|(at, c)| {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
        None
    })
}

/// The value of an attribute, if it is there.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(rest.len());
        let (found, after) = rest.split_at(end);
        let after = after.trim_start();
        let (value, after) = match after.strip_prefix('=').map(str::trim_start) {
            None => ("", after),
            Some(value) => match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => value.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((value, "")),
            },
        };
        if found == name {
            return Some(value);
        }
        rest = after.trim_start();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_and_no_others() {
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        let alert = "sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=";
        let cases: [(&str, &[&str]); 12] = [
            ("<script>alert(1)</script>", &[alert]),
            ("<SCRIPT Type='module' data-x='>'>alert(1)</SCRIPT >", &[alert]),
            ("<script type=text/javascript async>alert(1)</script>", &[alert]),
            ("<script>alert(1)</script><p>x</p><script\ntype=\"\">alert(1)</script>", &[alert, alert]),
            ("<script data-src='x'>alert(1)</script>", &[alert]),
            ("<script>alert(1)", &[alert]),
            ("<script src='/a.js'></script>", &[]),
            ("<script src=/a.js>alert(1)</script>", &[]),
            ("<script type='application/ld+json'>{\"a\": 1}</script>", &[]),
            ("<scripted>alert(1)</scripted>", &[]),
            ("<script", &[]),
            ("", &[]),
        ];
        for (page, expected) in cases {
            assert_eq!(hashes(page), expected, "{page}");
        }
        assert_eq!(hashes("<script>a\r\nb\rc</script>"), hashes("<script>a\nb\nc</script>"));
        assert_ne!(hashes("<script>驿站</script>"), hashes("<script>驿</script>"));
    }
}
