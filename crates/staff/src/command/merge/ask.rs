//! Asking about changes, one by one.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, IsTerminal as _, Read, Write as _};
use std::path::Path;

use domain::patch::{Decision, Settled};

use super::{Args, station_name, tell};
use crate::merge::{Entry, Heard};
use crate::words::{Lang, Said};

/// Asks a person, if there is one.
pub(super) struct Asker {
    lang: Lang,
    /// Where answers come from; none where there is nobody.
    from: Option<BufReader<Box<dyn Read>>>,
    /// Whether answers are typed at a terminal.
    typed: bool,
    error: Option<io::Error>,
}

impl Asker {
    /// The person at the terminal, even where the chat comes from the standard input; or answers from the standard input.
    pub(super) fn new(args: &Args, lang: Lang) -> Self {
        let silent = args.dry_run || args.json;
        let piped = args.files.iter().any(|file| file == Path::new("-"));
        let from: Option<Box<dyn Read>> = if silent {
            None
        } else if !piped {
            Some(Box::new(io::stdin()))
        } else if io::stdout().is_terminal() {
            File::open("/dev/tty").ok().map(|tty| Box::new(tty) as Box<dyn Read>)
        } else {
            None
        };
        let typed = piped || io::stdin().is_terminal();
        Self { lang, from: from.map(BufReader::new), typed, error: None }
    }

    /// Shows a change and asks. No answer leaves it for later.
    pub(super) fn ask(&mut self, heard: &Heard, entry: &Entry, ahead: &[Settled]) -> Decision {
        if self.from.is_none() || self.error.is_some() {
            return Decision::Later;
        }
        let conflict = ahead.iter().any(|one| matches!(one, Settled::Conflict(_)));
        match self.show_and_ask(heard, entry, ahead, conflict) {
            Ok(decision) => decision,
            Err(error) => {
                self.error = Some(error);
                Decision::Later
            }
        }
    }

    fn show_and_ask(
        &mut self,
        heard: &Heard,
        entry: &Entry,
        ahead: &[Settled],
        conflict: bool,
    ) -> io::Result<Decision> {
        let mut out = io::stdout().lock();
        for line in tell::change(heard, &station_name(entry), ahead, false, self.lang) {
            writeln!(out, "{line}")?;
        }
        let question = if conflict {
            Said::new(
                "要吗？ y 要，冲突处不动 / r 要，冲突处也改 / n 不要 / 回车 以后再说：",
                "take it? y but for the conflict, r all of it, n no, Enter later: ",
            )
        } else {
            Said::new("要吗？ y 要 / n 不要 / 回车 以后再说：", "take it? y yes, n no, Enter later: ")
        };
        loop {
            write!(out, "{}", question.clone().get(self.lang))?;
            out.flush()?;
            let mut answer = String::new();
            let Some(from) = &mut self.from else { return Ok(Decision::Later) };
            let nobody = from.read_line(&mut answer)? == 0;
            let decision = match answer.trim().to_lowercase().as_str() {
                "" => Some(Decision::Later),
                "y" | "yes" | "是" | "要" => Some(Decision::Take),
                "r" if conflict => Some(Decision::Replace),
                "n" | "no" | "不" | "否" | "不要" => Some(Decision::Decline),
                _ => None,
            };
            if nobody || !self.typed {
                // Nobody typed a line's end.
                writeln!(out)?;
            }
            if nobody {
                self.from = None;
            }
            if let Some(decision) = decision {
                return Ok(decision);
            }
        }
    }

    /// What went wrong while asking.
    pub(super) fn end(self) -> io::Result<()> {
        self.error.map_or(Ok(()), Err)
    }
}
