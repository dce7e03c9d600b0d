//! What words are found by: short pieces of them, each as a number.
//!
//! Two characters of which one is Chinese; three letters or digits, of what is written and of the first letters of what is read;
//! three and six letters from where a character begins, of what is read. Whatever [`Query::find`] finds has all pieces of
//! what was typed: the numbers say where to look, and the station itself whether it is there.

use crate::readings::{Readings, Spelling};
use crate::search::{Match, Query, Words};

/// How many letters of whole syllables are a piece: of what is barely begun, and of what says more.
const WHOLE: [usize; 2] = [3, 6];
/// How many letters or digits are a piece otherwise.
const LETTERS: usize = 3;
/// Most pieces of one kind that are looked up for a word: more files tell hardly more.
const LOOKED_UP: usize = 4;

/// The pieces by which one typed word may be found: either all of one list, or all of another. None of them where it is too short
/// to lead anywhere.
pub(super) type Ways = Vec<Vec<u32>>;

/// What is typed, as [`Ways`] for each of its words.
pub(super) fn of_query(query: &Query) -> Vec<Ways> {
    query.terms().iter().map(|term| of_term(term)).collect()
}

fn of_term(term: &str) -> Ways {
    let mut written = Vec::new();
    of_written(term, &mut |number| written.push(number));
    if written.is_empty() {
        return Ways::new();
    }
    let last = written.len() - 1;
    if last >= LOOKED_UP {
        // As far from each other as they are.
        let mut place = 0;
        written.retain(|_| {
            let is_one = (0..LOOKED_UP).any(|n| n * last / (LOOKED_UP - 1) == place);
            place += 1;
            is_one
        });
    }
    let mut ways = vec![written];
    let read = WHOLE.into_iter().rev().find_map(|letters| term.get(..letters));
    if let Some(letters) = read.filter(|_| term.is_ascii()) {
        ways.push(vec![number('r', letters)]);
    }
    ways
}

/// Calls `each` with every piece of a station's words and how well that fits; not all of them different.
pub(super) fn of_words(words: &Words, readings: &Readings, each: &mut dyn FnMut(Match, u32)) {
    for (how, text) in words.spoken() {
        for line in text.lines() {
            of_written(line, &mut |number| each(how, number));
            of_read(line, readings, &mut |number| each(how, number));
        }
    }
    words.written().lines().for_each(|line| of_written(line, &mut |number| each(Match::Mentioned, number)));
}

fn of_written(line: &str, each: &mut dyn FnMut(u32)) {
    for (at, _) in line.char_indices() {
        let rest = line.get(at..).unwrap_or_default();
        let mut pair = rest.chars();
        if let (Some(first), Some(second)) = (pair.next(), pair.next())
            && !(first.is_ascii() && second.is_ascii())
        {
            let length = first.len_utf8() + second.len_utf8();
            each(number('w', rest.get(..length).unwrap_or_default()));
        }
        if let Some(letters) = rest.get(..LETTERS).filter(|letters| letters.is_ascii()) {
            each(number('l', letters));
        }
    }
}

fn of_read(line: &str, readings: &Readings, each: &mut dyn FnMut(u32)) {
    let mut start = line.chars();
    let mut typed = String::new();
    while let Some(c) = start.clone().next() {
        let read = &mut |letters: &str| each(number('l', letters));
        spell(start.as_str(), readings, Spelling::Initials, &[LETTERS], &mut typed, read);
        if !c.is_ascii() {
            let read = &mut |letters: &str| each(number('r', letters));
            spell(start.as_str(), readings, Spelling::Whole, &WHOLE, &mut typed, read);
        }
        start.next();
    }
}

/// Calls `each` with the first letters, as many as `lengths` say (in order), of everything that the beginning of `text`, after
/// what is `typed`, may be typed as.
fn spell(
    text: &str,
    readings: &Readings,
    spelling: Spelling,
    lengths: &[usize],
    typed: &mut String,
    each: &mut dyn FnMut(&str),
) {
    let mut chars = text.chars();
    let Some(c) = chars.next() else { return };
    for reading in readings.of(c, &mut [0; 4]).split(' ').filter(|reading| !reading.is_empty()) {
        let before = typed.len();
        typed.push_str(spelling.piece(reading));
        let mut left = lengths;
        while let Some((length, rest)) = left.split_first()
            && let Some(letters) = typed.get(..*length)
        {
            each(letters);
            left = rest;
        }
        if !left.is_empty() {
            spell(chars.as_str(), readings, spelling, left, typed, each);
        }
        typed.truncate(before);
    }
}

/// The number of a piece (FNV-1a, and its bits mixed, as the first of them choose a file). The last bit is left for how well it
/// fits. Two pieces with one number cost a look where nothing is.
fn number(kind: char, piece: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for c in std::iter::once(kind).chain(piece.chars()) {
        hash = (hash ^ u32::from(c)).wrapping_mul(0x0100_0193);
    }
    hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    (hash ^ hash >> 16) & !1
}
