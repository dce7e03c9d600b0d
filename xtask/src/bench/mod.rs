//! `cargo xtask bench`: measurements, and the document that tells them.

mod index;

use std::path::Path;

use crate::trouble::Trouble;

/// Runs the benchmarks that `words` name, or all of them.
pub fn run(root: &Path, words: &[String]) -> Result<(), Trouble> {
    let known: [(&str, fn(&Path) -> Result<(), Trouble>); 1] = [("index", index::run)];
    if let Some(word) = words.iter().find(|word| known.iter().all(|(name, _)| name != word)) {
        let names = known.map(|(name, _)| name).join(", ");
        return Err(Trouble::Usage(format!("there is no benchmark {word}; there are: {names}")));
    }
    let chosen = known.iter().filter(|(name, _)| words.is_empty() || words.iter().any(|word| word == name));
    for (_, bench) in chosen {
        bench(root)?;
    }
    Ok(())
}
