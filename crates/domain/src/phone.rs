//! Telephone numbers as people write them: several in a cell, some masked.

/// One number as written, and what to dial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    text: String,
    dial: Option<String>,
}

impl Phone {
    /// The numbers in a cell, parted by `;`, `、`, `,`, `/` or a line break, full- or half-width.
    pub fn all(cell: &str) -> Vec<Self> {
        cell.split([';', '；', '、', ',', '，', '/', '／', '\n'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(Self::new)
            .collect()
    }

    /// One number.
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), dial: dial(text) }
    }

    /// As written, for reading and copying.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What to dial: digits, after a `+` for an international number. None for a masked number (138****5596)
    /// or one that is no number.
    pub fn dial(&self) -> Option<&str> {
        self.dial.as_deref()
    }

    /// Whether it is a number with digits hidden on purpose, as 138****5596: no mistake, but nothing to dial.
    pub fn is_masked(&self) -> bool {
        is_masked(&self.text)
    }
}

/// Two or more digits, and two or more places where one was hidden.
fn is_masked(text: &str) -> bool {
    let hidden =
        text.chars().filter(|c| matches!(c, '*' | '＊' | '×' | 'x' | 'X' | '•' | '●' | '?' | '？')).count();
    let digits = text.chars().filter(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).count();
    hidden >= 2 && digits >= 2
}

/// Digits of `text` when it holds one whole number and nothing else: 3 (110) to 15 of them (ITU-T E.164).
/// An extension (转801, ext. 801) is cut: a phone cannot dial it before somebody answers.
fn dial(text: &str) -> Option<String> {
    // 138xxxx5596 is not 138 with an extension.
    if is_masked(text) {
        return None;
    }
    let number = text.split(['转', '分', 'e', 'x', 'E', 'X']).next()?;
    let mut digits = String::with_capacity(number.len());
    for c in number.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '０'..='９' => digits.push(char::from_digit(u32::from(c) - u32::from('０'), 10)?),
            '+' | '＋' if digits.is_empty() => digits.push('+'),
            ' ' | '-' | '－' | '—' | '–' | '(' | ')' | '（' | '）' | '\u{3000}' => {}
            _ => return None,
        }
    }
    let count = digits.trim_start_matches('+').len();
    (3..=15).contains(&count).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expected: &[(&str, Option<&str>)]) {
        let phones = Phone::all(cell);
        let found: Vec<_> = phones.iter().map(|phone| (phone.text(), phone.dial())).collect();
        assert_eq!(found, expected, "{cell}");
    }

    #[test]
    fn numbers_as_people_write_them() {
        check("024-00000001", &[("024-00000001", Some("02400000001"))]);
        check("024-0000 0001；138****5596", &[("024-0000 0001", Some("02400000001")), ("138****5596", None)]);
        check("12345、110", &[("12345", Some("12345")), ("110", Some("110"))]);
        check("（024）０００００００１", &[("（024）０００００００１", Some("02400000001"))]);
        check("+86 24 0000 0001", &[("+86 24 0000 0001", Some("+862400000001"))]);
        check("024-00000001转801", &[("024-00000001转801", Some("02400000001"))]);
        check("请到前台询问", &[("请到前台询问", None)]);
        check("12", &[("12", None)]);
        check("1234567890123456", &[("1234567890123456", None)]);
        check("", &[]);
        check(" ; ；", &[]);
    }

    #[test]
    fn masked_numbers_are_known() {
        for (text, expected) in [
            ("138****5596", true),
            ("138xxxx5596", true),
            ("024-0000＊＊＊＊", true),
            ("138*5596", false),
            ("****", false),
            ("024-00000001", false),
            ("024-00000001 ext 801", false),
            ("请到前台询问", false),
        ] {
            assert_eq!(Phone::new(text).is_masked(), expected, "{text}");
        }
    }
}
