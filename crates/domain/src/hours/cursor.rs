//! Reads a text character by character, with the many ways of typing one thing made one.

/// A place in a text.
pub(super) struct Cursor<'a> {
    text: &'a str,
    /// In bytes.
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The beginning of `text`.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The byte at which the next character begins.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes back to a place that [`Self::at`] gave.
    pub(super) fn back_to(&mut self, at: usize) {
        self.at = at;
    }

    /// The next character, folded; None at the end.
    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next().map(fold)
    }

    /// Steps over the next character.
    pub(super) fn step(&mut self) {
        self.at += self.text[self.at..].chars().next().map_or(0, char::len_utf8);
    }

    /// Steps over spaces.
    pub(super) fn spaces(&mut self) {
        while self.peek() == Some(' ') {
            self.step();
        }
    }

    /// Steps over spaces and then `word`, which is given folded; False, and not a step, if it is not there.
    pub(super) fn eat(&mut self, word: &str) -> bool {
        let start = self.at;
        self.spaces();
        for wanted in word.chars() {
            if self.peek() != Some(wanted) {
                self.at = start;
                return false;
            }
            self.step();
        }
        true
    }

    /// Steps over the first of `words` that is there, and tells what stands beside it in the list.
    pub(super) fn eat_one<T: Copy>(&mut self, words: &[(&str, T)]) -> Option<T> {
        words.iter().find(|(word, _)| self.eat(word)).map(|&(_, meaning)| meaning)
    }

    /// Steps over any number of `words`, each of which means nothing here.
    pub(super) fn skip(&mut self, words: &[&str]) {
        while words.iter().any(|word| self.eat(word)) {}
    }

    /// Steps over spaces and a number of one or two digits; None, and not a step, if there is none.
    pub(super) fn number(&mut self) -> Option<u16> {
        let start = self.at;
        self.spaces();
        let (mut number, mut count) = (0, 0);
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            number = number * 10 + u16::try_from(digit).unwrap_or(0);
            count += 1;
            if count > 2 {
                break;
            }
            self.step();
        }
        if (1..=2).contains(&count) {
            return Some(number);
        }
        self.at = start;
        None
    }
}

/// One character for all that are typed to mean it: full-width forms, dashes, and the words for “to”.
fn fold(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).map_or(c, fold),
        '\u{3000}' | '\u{A0}' | '\t' => ' ',
        '–' | '—' | '−' | '‐' | '‑' | '~' | '〜' | '∼' | '至' | '到' => '-',
        '、' => ',',
        '。' | '\n' | '\r' => ';',
        _ => c.to_ascii_lowercase(),
    }
}
