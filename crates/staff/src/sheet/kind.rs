//! What a file is, by its first bytes. Names lie: systems write web pages named `.xls` and text named `.xlsx`.

use super::{NotASheet, SheetError};

/// Which parser a file goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A ZIP archive, perhaps a workbook.
    Zip,
    /// A compound file, as old workbooks and encrypted ones are.
    Ole,
    /// JSON.
    Json,
    /// Text with separators.
    Text,
}

const MAGIC: [(&[u8], Result<Kind, NotASheet>); 16] = [
    (b"PK\x03\x04", Ok(Kind::Zip)),
    // An archive of nothing.
    (b"PK\x05\x06", Err(NotASheet::Archive)),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Ok(Kind::Ole)),
    (b"%PDF", Err(NotASheet::Pdf)),
    (b"\x89PNG", Err(NotASheet::Picture)),
    (b"\xFF\xD8\xFF", Err(NotASheet::Picture)),
    (b"GIF8", Err(NotASheet::Picture)),
    (b"RIFF", Err(NotASheet::Picture)),
    (b"BM\x36", Err(NotASheet::Picture)),
    (b"\x1F\x8B", Err(NotASheet::Archive)),
    (b"Rar!\x1A", Err(NotASheet::Archive)),
    (b"7z\xBC\xAF\x27\x1C", Err(NotASheet::Archive)),
    (b"\x7FELF", Err(NotASheet::Binary)),
    (b"MZ\x90", Err(NotASheet::Binary)),
    (b"{\\rtf", Err(NotASheet::Office)),
    (b"SQLite format 3", Err(NotASheet::Binary)),
];

/// What `bytes` are. The extension decides only between JSON and text that starts like it.
pub(super) fn detect(bytes: &[u8], extension: &str) -> Result<Kind, SheetError> {
    for (magic, kind) in MAGIC {
        if bytes.starts_with(magic) {
            return kind.map_err(SheetError::NotASheet);
        }
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let Some(&first) = text.first() else {
        return Err(SheetError::Empty);
    };
    let is_text = ["csv", "tsv", "txt"].contains(&extension);
    match first {
        b'{' | b'[' if !is_text => Ok(Kind::Json),
        b'<' if is_markup(text) => Err(SheetError::NotASheet(markup(text))),
        _ => Ok(Kind::Text),
    }
}

fn is_markup(text: &[u8]) -> bool {
    text.get(1).is_some_and(|&next| next == b'!' || next == b'?' || next.is_ascii_alphabetic())
}

fn markup(text: &[u8]) -> NotASheet {
    let start = text[..text.len().min(2048)].to_ascii_lowercase();
    let has = |word: &[u8]| start.windows(word.len()).any(|part| part == word);
    if has(b"<html") || has(b"<!doctype html") || has(b"<table") || has(b"<body") || has(b"<meta") {
        NotASheet::Html
    } else {
        NotASheet::Xml
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        let not = |what| Err(SheetError::NotASheet(what));
        let cases: [(&[u8], &str, Result<Kind, SheetError>); 14] = [
            (b"PK\x03\x04\x14", "csv", Ok(Kind::Zip)),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0", "xlsx", Ok(Kind::Ole)),
            (b"%PDF-1.7", "xlsx", not(NotASheet::Pdf)),
            (b"", "csv", Err(SheetError::Empty)),
            (b"\xEF\xBB\xBF \r\n", "csv", Err(SheetError::Empty)),
            (b"\xEF\xBB\xBF [{}]", "json", Ok(Kind::Json)),
            (b"{}", "xlsx", Ok(Kind::Json)),
            (b"[a],b", "csv", Ok(Kind::Text)),
            (b"<html><table>", "xls", not(NotASheet::Html)),
            (b"<?xml version=\"1.0\"?><Workbook>", "xls", not(NotASheet::Xml)),
            (b"<5 km,1", "csv", Ok(Kind::Text)),
            (b"a,b", "xls", Ok(Kind::Text)),
            (b"\x89PNG\r\n", "png", not(NotASheet::Picture)),
            (b"\xFF\xFEa\0", "csv", Ok(Kind::Text)),
        ];
        for (bytes, extension, expected) in cases {
            assert_eq!(detect(bytes, extension), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
