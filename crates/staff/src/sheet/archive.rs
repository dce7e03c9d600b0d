//! A look at a workbook's ZIP before its parser gets it: how many files, what they really unpack to, and whether
//! their XML stays XML. What an archive says of itself is not believed.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::limits::{ENTRIES, RATIO, RATIO_FROM, UNPACKED};
use super::{NotASheet, SheetError, TooMuch};

/// The archive, if it is a workbook that does no harm.
pub(super) fn scan(bytes: &[u8]) -> Result<(), SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    what(&archive)?;
    if archive.len() as u64 > ENTRIES {
        return Err(SheetError::too_much(TooMuch::Entries, ENTRIES));
    }
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|error| broken(&error))?;
        let part = file.name().map_err(|error| broken(&error))?.into_owned();
        if part.split(['/', '\\']).any(|step| step == "..") {
            return Err(SheetError::Escape { part });
        }
        let look = Look::of(&part);
        unpacked = look.through(&mut file, part, unpacked)?;
    }
    Ok(())
}

/// Refuses what is an archive of something else.
fn what(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<(), SheetError> {
    let has = |name: &str| archive.index_for_name(name).is_some();
    let starts =
        |start: &str| archive.file_names().any(|name| name.is_ok_and(|name| name.starts_with(start)));
    let not = if has("xl/workbook.xml") || has("xl\\workbook.xml") {
        return Ok(());
    } else if has("xl/workbook.bin") {
        NotASheet::Xlsb
    } else if has("content.xml") && has("mimetype") {
        NotASheet::Ods
    } else if has("[Content_Types].xml") && (starts("word/") || starts("ppt/") || starts("visio/")) {
        NotASheet::Office
    } else if has("[Content_Types].xml") {
        // The workbook may have any name; its parser follows the relationships.
        return Ok(());
    } else {
        NotASheet::Archive
    };
    Err(SheetError::NotASheet(not))
}

fn broken(error: &ZipError) -> SheetError {
    SheetError::Broken(error.to_string())
}

/// What to look for in a file inside.
struct Look {
    is_xml: bool,
    is_strings: bool,
}

impl Look {
    fn of(part: &str) -> Self {
        let part = part.to_ascii_lowercase();
        let extension = part.rsplit_once('.').map_or("", |(_, extension)| extension);
        Self {
            is_xml: matches!(extension, "xml" | "rels"),
            is_strings: part.rsplit(['/', '\\']).next() == Some("sharedstrings.xml"),
        }
    }

    /// Unpacks a file to nowhere; gives the bytes unpacked so far with it.
    fn through(
        &self,
        file: &mut zip::read::ZipFile<'_, Cursor<&[u8]>>,
        part: String,
        before: u64,
    ) -> Result<u64, SheetError> {
        let packed = file.compressed_size().max(1);
        let mut buffer = vec![0; 64 << 10];
        let (mut size, mut last, mut claim) = (0_u64, 0_u8, None);
        loop {
            let count = file.read(&mut buffer).map_err(|error| SheetError::Broken(error.to_string()))?;
            let chunk = &buffer[..count];
            if chunk.is_empty() {
                break;
            }
            if self.is_strings && size == 0 {
                claim = claimed(chunk);
            }
            size += count as u64;
            if before + size > UNPACKED {
                return Err(SheetError::too_much(TooMuch::Unpacked, UNPACKED));
            }
            if size > RATIO_FROM && size / packed > RATIO {
                return Err(SheetError::Bomb { part });
            }
            if self.is_xml && declares(last, chunk) {
                return Err(SheetError::Declaration { part });
            }
            last = chunk[chunk.len() - 1];
        }
        // The shortest string is `<si/>`.
        if claim.is_some_and(|claim| claim > size / 5) {
            return Err(SheetError::Lie { part });
        }
        Ok(before + size)
    }
}

/// Whether XML declares something: `<!` that begins neither a comment nor character data. A document type starts
/// so, and without one there are no entities. `last` is the byte before the chunk.
fn declares(last: u8, chunk: &[u8]) -> bool {
    let bang = |before: u8, at: usize| {
        before == b'<' && chunk[at] == b'!' && chunk.get(at + 1).is_some_and(u8::is_ascii_alphabetic)
    };
    bang(last, 0) || chunk.windows(3).any(|w| w[0] == b'<' && w[1] == b'!' && w[2].is_ascii_alphabetic())
}

/// How many strings a table of strings says it has, which its parser makes room for.
fn claimed(start: &[u8]) -> Option<u64> {
    let key = b"uniqueCount=";
    let at = start.windows(key.len()).position(|part| part == key)? + key.len() + 1;
    let digits: Vec<u8> = start.get(at..)?.iter().copied().take_while(u8::is_ascii_digit).take(20).collect();
    // Too many digits for a number are too many strings.
    Some(std::str::from_utf8(&digits).ok()?.parse().unwrap_or(u64::MAX))
}
