//! The list's file: read whole, written whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use serde::Serialize as _;
use serde_json::Value;

/// Why a list could not be read.
#[derive(Debug)]
pub enum ListError {
    /// The disk.
    Disk(io::Error),
    /// No JSON, or none that holds a list of stations.
    Json(String),
    /// A symlink: what it leads to would be replaced by a file, or somebody else's file written.
    Link,
}

impl From<io::Error> for ListError {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

/// The list in a file, and how it is indented; an empty one where there is no file yet.
pub fn read(path: &Path) -> Result<(Value, usize), ListError> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.file_type().is_symlink() => return Err(ListError::Link),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let empty = serde_json::json!({
                "schema": domain::SCHEMA,
                "dataset": { "title": "爱心驿站", "sample": false, "revision": 1 },
                "stations": [],
            });
            return Ok((empty, 2));
        }
        Err(error) => return Err(ListError::Disk(error)),
    }
    let text = fs::read_to_string(path).map_err(ListError::Disk)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let value: Value = serde_json::from_str(text).map_err(|error| ListError::Json(error.to_string()))?;
    if value.get("stations").is_some_and(|stations| !stations.is_array()) || !value.is_object() {
        return Err(ListError::Json("stations".to_owned()));
    }
    let line = text.lines().nth(1).unwrap_or_default();
    let indent = line.len() - line.trim_start_matches(' ').len();
    Ok((value, indent.clamp(1, 8)))
}

/// A list as the text of its file.
pub fn text(list: &Value, indent: usize) -> serde_json::Result<Vec<u8>> {
    let spaces = " ".repeat(indent);
    let mut out = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(spaces.as_bytes());
    list.serialize(&mut serde_json::Serializer::with_formatter(&mut out, formatter))?;
    out.push(b'\n');
    Ok(out)
}

/// Puts `bytes` in the place of a file: on the disk before they have its name, so that whoever looks, whenever the power
/// goes, finds the old file or the new one.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_with(path, |to| to.write_all(bytes))
}

/// The same for a file that is written piece by piece and never held as a whole.
pub fn replace_with(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    // A server that takes changes, and every command around it, writes the list under this lock.
    let _hold = crate::journal::files::hold_beside(path)?;
    replace_held(path, write)
}

/// The same for who holds the lock of the file's folder already.
pub(crate) fn replace_held(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let done = File::create(&temporary).and_then(|file| {
        let mut to = BufWriter::new(file);
        write(&mut to)?;
        to.into_inner()?.sync_all()?;
        fs::rename(&temporary, path)?;
        // The folder's own entry; not every system lets a folder be opened.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) {
            folder.sync_all()?;
        }
        Ok(())
    });
    if done.is_err() {
        // What remains is hidden; the first error is the one to tell.
        let _ = fs::remove_file(&temporary);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_list_is_written_as_it_is() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/data/stations.json");
        let (list, indent) = read(&path).unwrap();
        let text = String::from_utf8(text(&list, indent).unwrap()).unwrap();
        let own = fs::read_to_string(path).unwrap();
        let first = own.lines().zip(text.lines()).find(|(own, text)| own != text);
        assert_eq!(first, None);
        assert_eq!(own.trim_end(), text.trim_end());
    }
}
