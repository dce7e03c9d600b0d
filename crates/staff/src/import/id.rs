//! Names for new stations: the city's letters and a short hash of name and place, the same for the same row again.

use std::collections::HashSet;

use crate::hash::sha256_hex;

/// The letters of Liaoning's cities, as on the sample data's ids.
const CITIES: [(&str, &str); 14] = [
    ("沈阳", "sy"),
    ("大连", "dl"),
    ("鞍山", "as"),
    ("抚顺", "fs"),
    ("本溪", "bx"),
    ("丹东", "dd"),
    ("锦州", "jz"),
    ("营口", "yk"),
    ("阜新", "fx"),
    ("辽阳", "ly"),
    ("盘锦", "pj"),
    ("铁岭", "tl"),
    ("朝阳", "cy"),
    ("葫芦岛", "hl"),
];
/// Hexadecimal digits of the hash: two of 200,000 stations share them once in a hundred lists, and then get `-2`.
const DIGITS: usize = 10;

/// A name as it is compared: without spaces and marks, small, half-width.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        })
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The letters that the ids of a city's stations begin with.
pub(crate) fn letters(city: &str) -> &'static str {
    CITIES.iter().find(|(word, _)| city.starts_with(word)).map_or("ln", |(_, letters)| letters)
}

/// An id that is not among `taken`.
pub(super) fn new(name: &str, city: &str, district: &str, taken: &HashSet<String>) -> String {
    let letters = letters(city);
    let hash = sha256_hex(format!("{}\n{city}\n{district}", plain(name)).as_bytes());
    let id = format!("{letters}-{}", &hash[..DIGITS]);
    let others = (2..).map(|number| format!("{id}-{number}"));
    std::iter::once(id.clone()).chain(others).find(|id| !taken.contains(id)).unwrap_or(id)
}

/// How alike two compared names are: shared pairs of characters among all (Dice's coefficient), 0 to 1.
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    let pairs = |name: &str| -> Vec<(char, char)> { name.chars().zip(name.chars().skip(1)).collect() };
    let (a_pairs, mut b_pairs) = (pairs(a), pairs(b));
    let all = a_pairs.len() + b_pairs.len();
    if all == 0 {
        return f64::from(u8::from(a == b));
    }
    let mut shared = 0_u32;
    for pair in a_pairs {
        if let Some(at) = b_pairs.iter().position(|other| *other == pair) {
            b_pairs.swap_remove(at);
            shared += 2;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let all = all as f64;
    f64::from(shared) / all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_stable_and_free() {
        let mut taken = HashSet::new();
        let one = new("北站 驿站", "沈阳市", "沈河区", &taken);
        assert_eq!(one, new("北站驿站（", "沈阳市", "沈河区", &taken), "spaces and marks make no difference");
        assert!(one.starts_with("sy-") && domain::station::StationId::new(&one).is_some(), "{one}");
        taken.insert(one.clone());
        assert_eq!(new("北站驿站", "沈阳市", "沈河区", &taken), format!("{one}-2"));
        assert!(new("x", "北京市", "海淀区", &taken).starts_with("ln-"));
    }

    #[test]
    fn likeness_of_names() {
        assert!(likeness("盛京银行铁西支行", "盛京银行铁西支行") > 0.99);
        assert!(likeness("盛京银行铁西支行", "盛京银行铁西分行") > 0.6);
        assert!(likeness("盛京银行铁西支行", "启工社区") < 0.2);
        assert!(likeness("", "") > 0.99);
    }
}
