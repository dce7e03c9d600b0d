//! Small random choices from one seed, so that proptest can name a failing case by it.

use serde_json::{Value, json};

/// `SplitMix64` (Steele, Lea, Flood 2014).
pub struct Dice(u64);

impl Dice {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `count - 1`.
    pub fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count as u64).unwrap()
    }

    fn one_of(&mut self, bytes: &[u8]) -> u8 {
        bytes[self.below(bytes.len())]
    }

    /// True once in `count` times.
    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    /// Any JSON value, with a liking for ones that are nearly right.
    pub fn value(&mut self) -> Value {
        let texts = [
            "",
            " ",
            "驿站",
            "water",
            "ok",
            "free",
            "host",
            "closed",
            "union",
            "2026-11-20",
            "2026-02-30",
            "2026-11-20T08:00",
            "24小时",
            "https://example.org/",
            "photos/door.webp",
            "a-b-1",
            "\u{202e}",
            "x\u{0}",
            "41.7",
        ];
        match self.below(9) {
            0 => Value::Null,
            1 => self.one_in(2).into(),
            2 => json!(self.below(400)),
            3 => json!(-1),
            4 => json!(f64::from(u32::try_from(self.below(4_000_000)).unwrap()) / 1e4 - 200.0),
            5 => json!([]),
            6 => json!({"zh": texts[self.below(texts.len())], "en": texts[self.below(texts.len())]}),
            _ => texts[self.below(texts.len())].into(),
        }
    }

    /// Replaces, drops or doubles some node of a value.
    pub fn shake(&mut self, root: &mut Value) {
        let mut pointers = Vec::new();
        collect(root, String::new(), &mut pointers);
        let pointer = pointers.swap_remove(self.below(pointers.len()));
        let other = &pointers[self.below(pointers.len().max(1)).min(pointers.len() - 1)];
        let value =
            if self.one_in(3) { root.pointer(other).cloned().unwrap_or_default() } else { self.value() };
        if self.one_in(4)
            && let Some((above, key)) = pointer.rsplit_once('/')
        {
            match root.pointer_mut(above).unwrap() {
                Value::Object(object) => drop(object.remove(key)),
                Value::Array(list) => drop(list.remove(key.parse().unwrap())),
                _ => {}
            }
        } else {
            *root.pointer_mut(&pointer).unwrap() = value;
        }
    }

    /// Changes some bytes.
    pub fn scratch(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len().max(1));
            match self.below(6) {
                _ if bytes.is_empty() => bytes.push(b'{'),
                0 => bytes[at] ^= 1 << self.below(8),
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, self.one_of(b"{}[]\",:0123456789-eE.\\ntrue\xE2\x80\xAE\0")),
                3 => bytes[at] = self.one_of(b"0123456789abcz\"-T: "),
                4 => {
                    let chunk = bytes[at..(at + 1 + self.below(40)).min(bytes.len())].to_vec();
                    let to = self.below(bytes.len());
                    bytes.splice(to..to, chunk);
                }
                _ if self.one_in(4) => bytes.truncate(at),
                _ => drop(bytes.drain(at..(at + 1 + self.below(20)).min(bytes.len()))),
            }
        }
    }
}

fn collect(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, below) in object {
                collect(below, format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(list) => {
            for (index, below) in list.iter().enumerate() {
                collect(below, format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
    found.push(pointer);
}
