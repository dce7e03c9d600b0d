//! What this page keeps on the phone, each under the station's id: the form, the changes, the host's name, the key.

use domain::station::StationId;
use love_stations::edge::storage::{self, StorageError};

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The form as it is, half-typed.
    Draft,
    /// The changes that were made.
    Queue,
    /// How the host calls themselves.
    By,
    /// The key to the API, which came in the link. `early.js` writes it there.
    Key,
}

fn name(what: What, id: &StationId) -> String {
    let what = match what {
        What::Draft => "draft",
        What::Queue => "queue",
        What::By => "by",
        What::Key => "key",
    };
    ["ls.edit.", what, ".", id.as_str()].concat()
}

/// What is kept of this; none where nothing is.
pub fn read(what: What, id: &StationId) -> Option<String> {
    storage::read(&name(what, id))
}

/// Keeps this; an empty text is forgotten.
pub fn write(what: What, id: &StationId, text: &str) -> Result<(), StorageError> {
    let name = name(what, id);
    if text.is_empty() {
        storage::remove(&name);
        return Ok(());
    }
    storage::write(&name, text)
}
