//! Where in a JSON value something is, written as the domain's findings write it: `stations[3].location.lat`.

use std::fmt;

use serde_json::Value;

/// One step down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Into an object.
    Key(String),
    /// Into a list.
    Index(usize),
}

/// The steps from the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path(Vec<Step>);

impl Path {
    /// Another step down.
    pub(super) fn push(&mut self, step: Step) {
        self.0.push(step);
    }

    /// One step up; none at the root.
    pub(super) fn pop(&mut self) -> Option<Step> {
        self.0.pop()
    }

    /// Whether the last step leads into a list.
    pub(super) fn is_entry(&self) -> bool {
        matches!(self.0.last(), Some(Step::Index(_)))
    }

    /// This path, with `below` after it.
    pub(super) fn join(&self, below: &Path) -> Path {
        self.0.iter().chain(&below.0).cloned().collect()
    }

    /// What is there.
    pub(super) fn find_mut<'a>(&self, root: &'a mut Value) -> Option<&'a mut Value> {
        self.0.iter().try_fold(root, |value, step| match step {
            Step::Key(key) => value.get_mut(key),
            Step::Index(index) => value.get_mut(index),
        })
    }

    /// Where the reader of a typed value stopped.
    pub(super) fn of_error(path: &serde_path_to_error::Path) -> Path {
        use serde_path_to_error::Segment;
        let step = |segment: &Segment| match segment {
            Segment::Seq { index } => Some(Step::Index(*index)),
            Segment::Map { key } => Some(Step::Key(key.clone())),
            Segment::Enum { .. } | Segment::Unknown => None,
        };
        path.iter().map_while(step).collect()
    }
}

impl FromIterator<Step> for Path {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self(steps.into_iter().collect())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if depth == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Whether `path` is at `above` or somewhere below it, both as written.
pub(super) fn is_within(path: &str, above: &str) -> bool {
    path.strip_prefix(above)
        .is_some_and(|rest| above.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
}

/// A path as written and everything it lies in: `a[1].b`, `a[1]`, `a`, and the root.
pub(super) fn wholes(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.rmatch_indices(['.', '[']).map(|(at, _)| at);
    [path.len()].into_iter().chain(ends).chain([0]).map(|end| &path[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wholes_go_up_to_the_root() {
        let found: Vec<&str> = wholes("stations[1].name.en").collect();
        assert_eq!(found, ["stations[1].name.en", "stations[1].name", "stations[1]", "stations", ""]);
    }

    #[test]
    fn within_is_by_whole_steps() {
        for (path, above, expected) in [
            ("stations[1].name", "stations[1].name", true),
            ("stations[1].name.en", "stations[1].name", true),
            ("stations[1].amenities[0].id", "stations[1].amenities", true),
            ("stations[1].names", "stations[1].name", false),
            ("stations[10]", "stations[1]", false),
            ("stations[1]", "stations[1].name", false),
            ("schema", "", true),
        ] {
            assert_eq!(is_within(path, above), expected, "{path} in {above}");
        }
    }
}
