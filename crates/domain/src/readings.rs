//! How Chinese characters are read in pinyin, as data: the app holds no table, it loads what the stations of its list need.
//!
//! A word of letters finds Chinese in two ways: by whole syllables (`hunnan` is 浑南, and so is `hunn`, which is not typed to
//! its end), and by the first letters of each (`hnq` is 浑南区). A character has all readings that it may have (长 is `chang` and
//! `zhang`), since names do not follow the usual one.

use crate::wire::{Reader, Wire, Writer};

/// Characters in their order, each with its readings, a space between two: small letters without tones, `v` for ü.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readings(Vec<(char, String)>);

/// How much of each character is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// The whole syllable; of the last one perhaps its beginning.
    Whole,
    /// The first letter.
    Initials,
}

impl Readings {
    /// Those of the characters that occur in `texts`, as `spell` has them. ASCII needs none.
    pub fn gather<'a>(texts: impl Iterator<Item = &'a str>, spell: &dyn Fn(char) -> Vec<String>) -> Self {
        let mut chars: Vec<char> = Vec::new();
        for text in texts {
            chars.extend(text.chars().filter(|c| !c.is_ascii()));
            // A nation has millions, and a few thousand that differ.
            if chars.len() > 1 << 16 {
                chars.sort_unstable();
                chars.dedup();
            }
        }
        chars.sort_unstable();
        chars.dedup();
        let is_word =
            |reading: &String| !reading.is_empty() && reading.bytes().all(|b| b.is_ascii_lowercase());
        let readings = chars.into_iter().map(|c| {
            let mut readings: Vec<String> = spell(c).into_iter().filter(is_word).collect();
            readings.sort();
            readings.dedup();
            (c, readings.join(" "))
        });
        Self(readings.filter(|(_, readings)| !readings.is_empty()).collect())
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The readings of a character, a space between two. A letter or digit is its own.
    pub(crate) fn of<'a>(&'a self, c: char, own: &'a mut [u8; 4]) -> &'a str {
        if c.is_ascii() {
            return if c.is_ascii_alphanumeric() { c.encode_utf8(own) } else { "" };
        }
        let at = self.0.binary_search_by_key(&c, |(other, _)| *other);
        at.ok().and_then(|at| self.0.get(at)).map_or("", |(_, readings)| readings)
    }

    /// Whether small letters and digits, two at least, spell some characters that stand together in `text`, in either way.
    pub fn spell(&self, typed: &str, text: &str) -> bool {
        let starts = || text.char_indices().filter_map(|(at, _)| text.get(at..));
        typed.len() > 1
            && starts().any(|text| {
                self.begins(typed, text, Spelling::Initials)
                    // Whole syllables begin with one: Latin words are found as they are written.
                    || (!text.starts_with(|c: char| c.is_ascii())
                        && self.begins(typed, text, Spelling::Whole))
            })
    }

    /// Whether the letters spell the beginning of `text`.
    fn begins(&self, typed: &str, text: &str, spelling: Spelling) -> bool {
        let mut chars = text.chars();
        let Some(c) = chars.next() else { return false };
        self.of(c, &mut [0; 4]).split(' ').filter(|reading| !reading.is_empty()).any(|reading| {
            let piece = spelling.piece(reading);
            match typed.strip_prefix(piece) {
                Some("") => true,
                Some(rest) => self.begins(rest, chars.as_str(), spelling),
                None => spelling == Spelling::Whole && piece.starts_with(typed),
            }
        })
    }
}

impl Spelling {
    /// What is typed of a reading.
    pub(crate) fn piece(self, reading: &str) -> &str {
        match self {
            Self::Whole => reading,
            Self::Initials => reading.get(..1).unwrap_or(reading),
        }
    }
}

// All characters, then all readings: what is alike packs together.
impl Wire for Readings {
    fn put(&self, out: &mut Writer) {
        self.0.iter().map(|(c, _)| *c).collect::<String>().put(out);
        let readings: Vec<&str> = self.0.iter().map(|(_, readings)| readings.as_str()).collect();
        readings.join(",").put(out);
    }
    fn take(from: &mut Reader<'_>) -> Self {
        let (chars, readings) = (String::take(from), String::take(from));
        Self(chars.chars().zip(readings.split(',').map(str::to_owned)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spell(c: char) -> Vec<String> {
        let readings: &[&str] = match c {
            '沈' => &["shen", "chen"],
            '阳' => &["yang"],
            '浑' => &["hun"],
            '南' => &["nan", "na"],
            '区' => &["qu", "ou"],
            '长' => &["chang", "zhang"],
            '西' => &["xi"],
            '安' => &["an"],
            '嗯' => &["", "n g"],
            _ => &[],
        };
        readings.iter().map(|reading| (*reading).to_owned()).collect()
    }

    #[test]
    fn letters_spell_characters() {
        let text = "沈阳浑南区a座\n长安bank西";
        let readings = Readings::gather([text, "嗯"].into_iter(), &spell);
        for (typed, found) in [
            ("hnq", true),
            ("hunnan", true),
            ("hunnanqu", true),
            ("hunn", true),
            ("hu", true),
            ("unnan", false),
            ("hunanqu", false),
            ("hunnaqu", true),
            ("chenyang", true),
            ("shenyang", true),
            ("syhnq", true),
            ("nqa", true),
            ("quaz", false),
            ("zhangan", true),
            ("changan", true),
            ("cab", true),
            ("xian", false),
            ("qc", false),
            ("h", false),
            ("", false),
        ] {
            assert_eq!(readings.spell(typed, text), found, "{typed}");
        }
        assert!(!Readings::default().spell("hunnan", text));
        assert!(Readings::default().is_empty());
    }

    #[test]
    fn readings_come_back_from_their_file() {
        let readings = Readings::gather(["沈阳长x", "区嗯！"].into_iter(), &spell);
        let bytes = crate::wire::encode(&readings);
        assert_eq!(crate::wire::decode::<Readings>(&bytes), Some(readings.clone()));
        assert_eq!(readings.of('长', &mut [0; 4]), "chang zhang");
        assert_eq!(readings.of('嗯', &mut [0; 4]), "");
        let none = crate::wire::encode(&Readings::default());
        assert_eq!(crate::wire::decode::<Readings>(&none), Some(Readings::default()));
    }
}
