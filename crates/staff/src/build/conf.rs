//! The headers, written down for hosts that are not `staff serve`; see [`crate::headers`].

use std::path::Path;

use super::publish::File;
use super::write::{DiskError, at, put as put_file};
use crate::headers;

/// Writes them for the site in `out`: `_headers` into it, the pieces for other servers into `conf`, by default a
/// hidden folder of the site.
pub(super) fn put(out: &Path, conf: Option<&Path>) -> Result<(), DiskError> {
    let usual = out.join(headers::FOLDER);
    for piece in at(out, headers::publish(out))? {
        let folder = if piece.in_site { out } else { conf.unwrap_or(&usual) };
        put_file(folder, &File { path: piece.name.to_owned(), bytes: piece.text.into_bytes() })?;
    }
    Ok(())
}
