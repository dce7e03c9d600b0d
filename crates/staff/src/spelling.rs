//! How characters may be read, for searching by pinyin.

use pinyin::ToPinyinMulti as _;

/// All readings of a character, without tones and with `v` for ü; where that is hard to come by, `u` as well. Sounds without a vowel
/// (嗯, 呣), as nobody types them, are left out.
#[must_use]
pub fn readings(c: char) -> Vec<String> {
    let mut readings = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let plain = reading.plain();
        if plain.contains(['a', 'e', 'i', 'o', 'u', 'ü', 'ê']) {
            readings.push(plain.replace('ü', "v").replace('ê', "e"));
            readings.push(plain.replace('ü', "u").replace('ê', "e"));
        }
    }
    readings.sort();
    readings.dedup();
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_all_their_readings() {
        for (c, expected) in [
            ('浑', &["hun"][..]),
            ('长', &["chang", "zhang"]),
            ('吕', &["lu", "lv"]),
            ('略', &["lue", "lve"]),
            ('嗯', &[]),
            ('a', &[]),
            ('！', &[]),
            ('〓', &[]),
        ] {
            assert_eq!(readings(c), expected, "{c}");
        }
        assert!(readings('沈').contains(&"shen".to_owned()) && readings('沈').contains(&"chen".to_owned()));
    }
}
