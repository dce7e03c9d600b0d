//! What somebody who mistyped a key perhaps meant.

/// The candidate that is at most two typing mistakes away.
pub(super) fn nearest<'a>(key: &str, candidates: impl Iterator<Item = &'a String>) -> Option<String> {
    // Hostile keys may be long; no known one is.
    if key.len() > 40 {
        return None;
    }
    let allowed = if key.chars().count() < 5 { 1 } else { 2 };
    candidates
        .map(|candidate| (mistakes(key, candidate), candidate))
        .filter(|(mistakes, _)| *mistakes <= allowed)
        .min()
        .map(|(_, candidate)| candidate.clone())
}

/// Letters to add, drop, change or swap with their neighbour to get from `a` to `b` (optimal string alignment),
/// not counting case.
fn mistakes(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().collect();
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut before = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let change = above[j] + usize::from(a[i] != b[j]);
            let mut best = change.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                let swap: &Vec<usize> = &before;
                best = best.min(swap[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_counted() {
        for (a, b, expected) in [
            ("", "", 0),
            ("a", "", 1),
            ("", "ab", 2),
            ("untill", "until", 1),
            ("ciyt", "city", 1),
            ("abc", "xyz", 3),
        ] {
            assert_eq!(mistakes(a, b), expected, "{a} {b}");
        }
    }
}
