//! Finds every code in what was copied out of a chat, whatever the chat did to it.
//!
//! A code may come in pieces: on several lines, each quoted, with names and times between, with spaces and invisible
//! characters in it, in full-width letters. Its first four symbols say how many it has, and its checksum says whether the right
//! ones were put together. So the pieces that look like a code's are joined first; where that is not it, a piece or two are left out
//! or taken in, a bounded number of times. 80 bits of checksum stand against some thousand tries.

use domain::patch::{Code, CodeError, PREFIX, expected, symbol};

use crate::words::is_hidden;

/// Tries for one code before it is given up.
const TRIES: usize = 2000;
/// So many pieces are looked at behind a beginning, and so many of them may be judged wrongly at first sight.
const PIECES: usize = 400;
const FLIPS: usize = 3;
/// So many symbols behind the likely end are looked at.
const SLACK: usize = 64;
/// So many symbols in a row are no word and no number; on a line with a time they might still be.
const LONG: usize = 12;
const LONGER: usize = 20;
/// A beginning this long is known again as a copy that was cut.
const COPY: usize = 24;

/// What was found where.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The line it begins on, from 1.
    pub line: usize,
    /// The code, or why it cannot be read.
    pub code: Result<Code, Damage>,
}

/// Why something that begins like a code is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It ends too early.
    Cut {
        /// Symbols that are there.
        have: usize,
        /// Symbols that there should be.
        want: usize,
    },
    /// Something in it was altered or lost.
    Altered,
    /// Of a newer form than this program knows.
    Newer,
    /// Whole, but it holds no change that the rules allow.
    Refused(CodeError),
}

/// Codes, and how many beginnings were copies, cut, of codes that are there whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scan {
    /// In the order of the text; one that stands there twice is in here twice.
    pub found: Vec<Found>,
    /// Cut copies, which say nothing new.
    pub cut_copies: usize,
}

/// A run of symbols.
#[derive(Clone, Debug)]
struct Piece {
    /// Where it begins and ends, as a place in the text.
    span: (usize, usize),
    symbols: Vec<u8>,
    /// Pieces with only blanks between them belong to one group, and are taken in or left out together.
    group: usize,
    /// Whether it looks like a part of a code.
    likely: bool,
}

/// Every code in a text.
pub fn scan(text: &str) -> Scan {
    let chars: Vec<char> = text.chars().filter(|&c| c == '\n' || !is_hidden(c)).map(fold).collect();
    let begins = beginnings(&chars);
    let pieces = pieces(&chars);
    let mut scan = Scan::default();
    let mut fragments = Vec::new();
    let mut whole: Vec<Vec<u8>> = Vec::new();
    let (mut end, mut line, mut counted) = (0, 1, 0);
    for (number, begin) in begins.iter().enumerate() {
        if begin.at < end {
            continue;
        }
        line += chars[counted..begin.at].iter().filter(|&&c| c == '\n').count();
        counted = begin.at;
        let next = begins.get(number + 1).map_or(chars.len(), |next| next.at);
        // A code may by chance hold what looks like the beginning of another. Nothing is left out then: a code that
        // was cut must not take in the next one.
        let tried = read(&pieces, begin, next, FLIPS)
            .or_else(|damage| read(&pieces, begin, chars.len(), 0).map_err(|_| damage));
        let code = match tried {
            Ok((code, symbols, past)) => {
                end = past;
                whole.push(symbols);
                code.map_err(|error| match error {
                    CodeError::Newer => Damage::Newer,
                    other => Damage::Refused(other),
                })
            }
            Err((damage, fragment)) => {
                fragments.push((scan.found.len(), fragment));
                Err(damage)
            }
        };
        scan.found.push(Found { line, code });
    }
    // From the last to the first, so that numbers stay right.
    for (number, fragment) in fragments.into_iter().rev() {
        if fragment.len() >= COPY && whole.iter().any(|symbols| symbols.starts_with(&fragment)) {
            scan.found.remove(number);
            scan.cut_copies += 1;
        }
    }
    scan
}

/// Full-width forms as plain ones.
fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c if c.is_whitespace() && c != '\n' => ' ',
        c => c,
    }
}

/// What chats put around lines and words that are not theirs, and what may stand within a code.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_dot(c) || ">|│┃\"'`“”‘’「」『』«»*~_".contains(c)
}

fn is_dot(c: char) -> bool {
    matches!(c, '.' | '。' | '·' | '．' | '｡')
}

/// Where a code begins.
#[derive(Clone, Copy, Debug)]
struct Begin {
    /// Its first letter.
    at: usize,
    /// Behind its first dot.
    past: usize,
    /// Whether its form is the one that this program knows.
    known: bool,
}

fn beginnings(chars: &[char]) -> Vec<Begin> {
    let letter = |c: char| c.to_ascii_uppercase();
    let first = PREFIX.chars().next();
    let starts = chars.iter().enumerate().filter(|(_, c)| Some(letter(**c)) == first);
    starts
        .filter_map(|(at, _)| {
            let mut here = at + 1;
            let mut next = |wanted: &dyn Fn(char) -> bool| {
                // A line may end within the beginning, too.
                while chars.get(here).is_some_and(|&c| is_blank(c) && !wanted(c)) {
                    here += 1;
                }
                let found = chars.get(here).copied().filter(|&c| wanted(c));
                here += 1;
                found
            };
            next(&|c| letter(c) == 'S')?;
            let version = next(&|c| c.is_ascii_digit() || matches!(letter(c), 'I' | 'L'))?;
            next(&is_dot)?;
            let known = symbol(version) == PREFIX.chars().last().and_then(symbol);
            Some(Begin { at, past: here, known })
        })
        .collect()
}

/// The runs of symbols in a text. A run with a letter that no code has is a word.
fn pieces(chars: &[char]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut at, mut group) = (0, 0);
    for line in chars.split_inclusive(|&c| c == '\n') {
        let first = pieces.len();
        group += 1;
        let mut here = 0;
        while here < line.len() {
            let length = line[here..].iter().take_while(|c| c.is_ascii_alphanumeric()).count();
            let run: Option<Vec<u8>> = line[here..here + length].iter().map(|&c| symbol(c)).collect();
            match run {
                Some(symbols) if length > 0 => {
                    let span = (at + here, at + here + length);
                    pieces.push(Piece { span, symbols, group, likely: true });
                }
                _ => group += usize::from(length > 0 || !is_blank(line[here])),
            }
            here += length.max(1);
        }
        judge(&mut pieces[first..], line);
        at += line.len();
    }
    pieces
}

/// Which pieces of a line look like a code's: all of them where there is nothing else, otherwise those in long groups.
fn judge(pieces: &mut [Piece], line: &[char]) {
    let noisy = line.iter().any(|&c| !is_blank(c) && symbol(c).is_none());
    let time = line.windows(3).any(|c| c[0].is_ascii_digit() && c[1] == ':' && c[2].is_ascii_digit());
    let size: Vec<usize> = pieces
        .iter()
        .map(|piece| pieces.iter().filter(|one| one.group == piece.group).map(|one| one.symbols.len()).sum())
        .collect();
    for (piece, size) in pieces.iter_mut().zip(size) {
        piece.likely = if time {
            piece.symbols.len() >= LONGER
        } else {
            !noisy || size >= LONG || piece.symbols.len() >= LONG
        };
    }
}

type Read = Result<(Result<Code, CodeError>, Vec<u8>, usize), (Damage, Vec<u8>)>;

/// The code behind a beginning, its symbols and where it ends; so many groups at most are judged anew.
fn read(all: &[Piece], begin: &Begin, end: usize, most_flips: usize) -> Read {
    if !begin.known {
        return Err((Damage::Newer, Vec::new()));
    }
    let from = all.partition_point(|piece| piece.span.0 < begin.past);
    let within = all[from..].iter().take_while(|piece| piece.span.0 < end).take(PIECES);
    let mut likely = Vec::new();
    let mut pieces = Vec::new();
    for piece in within {
        pieces.push(piece);
        if piece.likely {
            likely.extend_from_slice(&piece.symbols);
        }
        // What is farther away is another matter.
        if expected(&likely).is_some_and(|want| likely.len() > want + SLACK) {
            break;
        }
    }
    let groups: Vec<usize> = {
        let mut groups: Vec<usize> = pieces.iter().map(|piece| piece.group).collect();
        groups.dedup();
        groups
    };
    let mut budget = TRIES;
    for flips in 0..=most_flips {
        let found = combinations(groups.len(), flips, &mut budget, &mut |chosen| {
            put_together(&pieces, |piece| {
                piece.likely != chosen.iter().any(|&one| groups[one] == piece.group)
            })
        });
        if let Some(found) = found {
            return Ok(found);
        }
    }
    let mut budget = TRIES;
    for flips in 1..most_flips {
        let found = combinations(pieces.len(), flips, &mut budget, &mut |chosen| {
            let spans: Vec<usize> = chosen.iter().map(|&one| pieces[one].span.0).collect();
            put_together(&pieces, |piece| piece.likely != spans.contains(&piece.span.0))
        });
        if let Some(found) = found {
            return Ok(found);
        }
    }
    let have = likely.len();
    let damage = match expected(&likely) {
        Some(want) if have < want => Damage::Cut { have, want },
        _ => Damage::Altered,
    };
    Err((damage, likely))
}

/// The code that the chosen pieces make, if they make one: whole or not at all.
fn put_together(
    pieces: &[&Piece],
    takes: impl Fn(&Piece) -> bool,
) -> Option<(Result<Code, CodeError>, Vec<u8>, usize)> {
    let mut symbols = Vec::new();
    let mut want = usize::MAX;
    for piece in pieces.iter().filter(|piece| takes(piece)) {
        symbols.extend_from_slice(&piece.symbols);
        if want == usize::MAX && symbols.len() >= 4 {
            want = expected(&symbols)?;
        }
        if symbols.len() >= want {
            symbols.truncate(want);
            return match Code::open(&symbols) {
                Err(CodeError::Checksum | CodeError::Length { .. }) => None,
                code => Some((code, symbols, piece.span.1)),
            };
        }
    }
    None
}

/// Tries every choice of `count` numbers below `size`, while the budget lasts.
fn combinations<T>(
    size: usize,
    count: usize,
    budget: &mut usize,
    attempt: &mut impl FnMut(&[usize]) -> Option<T>,
) -> Option<T> {
    let mut chosen: Vec<usize> = (0..count).collect();
    if count > size {
        return None;
    }
    loop {
        *budget = budget.checked_sub(1)?;
        if let Some(found) = attempt(&chosen) {
            return Some(found);
        }
        // The next choice in order: the last number that can go up does, and those behind it follow closely.
        let last = (0..count).rev().find(|&place| chosen[place] < size - count + place)?;
        chosen[last] += 1;
        for place in last + 1..count {
            chosen[place] = chosen[place - 1] + 1;
        }
    }
}
