//! A report as a text for a chat or a text message, in Chinese, as it goes to the host; and finding such texts again in what
//! somebody copied out of a chat.
//!
//! ```text
//! 【驿站反馈】关着门：北站驿站
//! 门口贴了条子
//! #LS closed sy-beizhan 0123456789abcdef0123456789abcdef
//! ```

use super::{Kind, Report, digits};
use crate::patch::Uuid;
use crate::station::StationId;

/// How a report's text begins.
pub const MARK: &str = "【驿站反馈】";
/// How the line begins that a program reads.
const TAG: &str = "#LS ";

/// A report found in a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InChat {
    /// Its line, from 1.
    pub line: usize,
    /// The report, or what is wrong with its line.
    pub report: Result<Report, Cut>,
}

/// What is wrong with a report's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// No kind of report.
    Kind,
    /// No station's id.
    Station,
    /// Not the 32 digits that name it.
    Number,
}

impl Kind {
    /// What it is called in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Closed => "关着门",
            Self::Moved => "搬走了",
            Self::NoWater => "没水",
            Self::PhoneWrong => "电话不对",
            Self::Praise => "五星好评",
            Self::Suggestion => "金点子",
            Self::Dispute => "劳动纠纷",
        }
    }
}

/// A report's parts as a text; see [`Report::message`]. The text has been [cleaned](super::clean).
pub fn message(digits: &str, station: &StationId, kind: Kind, text: &str, name: &str) -> String {
    let gap = if text.is_empty() { "" } else { "\n" };
    let (zh, word, station) = (kind.zh(), kind.word(), station.as_str());
    [MARK, zh, "：", name, "\n", text, gap, TAG, word, " ", station, " ", digits].concat()
}

impl Report {
    /// The report as a text; `name` is the station's.
    pub fn message(&self, name: &str) -> String {
        message(&digits(self.uuid), &self.station, self.kind, &self.text, name)
    }

    /// The reports in a text copied out of a chat, whatever stands between them. The same one twice is twice in the answer.
    pub fn heard_in(chat: &str) -> Vec<InChat> {
        let mut found = Vec::new();
        // What was typed, since the last line that begins a report.
        let mut typed: Option<String> = None;
        for (number, written) in (1..).zip(chat.lines()) {
            let line = plain(written);
            if line.contains(MARK) {
                typed = Some(String::new());
            } else if let Some((_, rest)) = line.split_once(TAG) {
                let typed = typed.take().unwrap_or_default();
                found.push(InChat { line: number, report: read(rest, &typed) });
            } else if let Some(typed) = &mut typed {
                typed.push_str(written);
                typed.push(' ');
            }
        }
        found
    }
}

/// The report of a line's words, with what was typed before it.
fn read(line: &str, typed: &str) -> Result<Report, Cut> {
    let mut words = line.split_whitespace();
    let mut next = || words.next().unwrap_or_default();
    let kind = Kind::from_word(next()).ok_or(Cut::Kind)?;
    let station = StationId::new(next()).ok_or(Cut::Station)?;
    let number = next();
    // Exactly the digits: what a chat cut off or glued on is not guessed.
    let uuid = Uuid::parse(number).filter(|_| number.len() == 32).ok_or(Cut::Number)?;
    Ok(Report::typed(uuid, station, kind, typed))
}

/// A line as it was before a chat made its signs and spaces wide, or put invisible ones between.
fn plain(line: &str) -> String {
    let narrow = |c: char| match c {
        // The tag's own sign; a text keeps the wide ones that somebody typed.
        '＃' => '#',
        '\u{a0}' | '\u{3000}' => ' ',
        other => other,
    };
    line.chars().filter(|c| c.is_whitespace() || !crate::read::is_hidden(*c)).map(narrow).collect()
}
