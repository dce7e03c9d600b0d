//! The headers, written down for hosts that are not `staff serve`; see [`crate::headers`].

use std::path::Path;

use super::publish::File;
use super::write::{DiskError, at, clean, put as put_file};
use crate::headers;

/// Writes them for the site in `out`: `_headers` into it, the pieces for other servers into `conf`, by default a
/// hidden folder of the site.
pub(super) fn put(out: &Path, conf: Option<&Path>) -> Result<(), DiskError> {
    if let Some(conf) = conf {
        at(conf, std::fs::create_dir_all(conf))?;
    }
    for piece in at(out, headers::publish(out))? {
        let (folder, path) = match conf.filter(|_| !piece.in_site) {
            Some(conf) => (conf, piece.name.to_owned()),
            None if piece.in_site => (out, piece.name.to_owned()),
            None => (out, format!("{}/{}", headers::FOLDER, piece.name)),
        };
        put_file(folder, &File { path, bytes: piece.text.into_bytes() })?;
    }
    conf.map_or(Ok(()), clean)
}
