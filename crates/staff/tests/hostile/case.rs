//! A file and what is expected of it.

/// One file.
#[derive(Clone)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Words of the refusal in English; none where reading it is as good as refusing it.
    pub expected: Option<&'static str>,
}

impl Case {
    /// A file that may be read or refused.
    pub fn any(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into(), expected: None }
    }

    /// A file that must be refused with these words.
    pub fn refused(name: impl Into<String>, bytes: impl Into<Vec<u8>>, expected: &'static str) -> Self {
        Self { name: name.into(), bytes: bytes.into(), expected: Some(expected) }
    }

    /// The end of its name.
    pub fn extension(&self) -> &str {
        self.name.rsplit_once('.').map_or("", |(_, extension)| extension)
    }
}
