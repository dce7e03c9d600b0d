//! `staff merge`: the changes in a chat into the list of stations.

mod ask;
mod tell;
mod undo;

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use domain::patch::{Decision, Fate, Settled, Tier};
use domain::time::Date;
use serde_json::Value;

use super::{GOOD, REFUSED, answer, system_date};
use crate::cli::day;
use crate::hash::sha256_hex;
use crate::import::{self, ListError};
use crate::journal::files::home;
use crate::kept::{self, is_served};
use crate::merge::book::{BOOK, Batch, Book, BookError, Noted, is_linked};
use crate::merge::chat::{hear, merge_into};
use crate::merge::keys::{KeyError, Keys};
use crate::merge::{Chat, Done, Entry, Heard, Known};
use crate::words::{self, Lang, Said};

/// The longest text of a chat, in bytes.
const LONGEST: u64 = 64 << 20;

/// What to merge, into what, and how.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Args {
    /// 群聊文字，文件或 - 表示粘贴到这里；默认 - / what was copied out of the chat; - for the standard input
    #[arg(value_name = "FILE", default_value = "-", conflicts_with = "undo")]
    files: Vec<PathBuf>,
    /// 合并到哪份清单 / the list to merge into
    #[arg(long, value_name = "FILE", default_value = "public/data/stations.json")]
    into: PathBuf,
    /// 已知密钥文件；不要放在 public 里 / the file of known keys; keep it out of public
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
    /// 已知密钥签名、站长可改、没有冲突的，不再问 / take without asking what a known key signed, a host may change and nobody contradicts
    #[arg(long)]
    yes: bool,
    /// 同意这一条，写它的编号（至少 6 位），可多次 / take the change of this number (6 digits or more); may be repeated
    #[arg(long, value_name = "NUMBER", value_parser = number)]
    accept: Vec<String>,
    /// 同意这一条，冲突的地方也以它为准 / take it, over what contradicts it too
    #[arg(long, value_name = "NUMBER", value_parser = number)]
    replace: Vec<String>,
    /// 不要这一条，以后也不再问 / do not take it, and do not ask again
    #[arg(long, value_name = "NUMBER", value_parser = number)]
    decline: Vec<String>,
    /// 撤回以前合并的一条 / take back a change that was merged before
    #[arg(long, value_name = "NUMBER", value_parser = number)]
    undo: Option<String>,
    /// 只看结果，不问也不写 / ask nothing and write nothing
    #[arg(long)]
    dry_run: bool,
    /// 合并后生成网站 / build the site afterwards
    #[arg(long, conflicts_with_all = ["dry_run", "json"])]
    build: bool,
    /// 网站文件夹，与 --build 同用 / the site's folder, for --build
    #[arg(long, value_name = "DIR", default_value = "dist")]
    out: PathBuf,
    /// 以这一天为今天 / take this day for today
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
    /// 输出 JSON，不问 / print JSON and ask nothing
    #[arg(long)]
    json: bool,
}

fn number(text: &str) -> Result<String, &'static str> {
    let start = text.to_ascii_lowercase();
    let fits = start.len() >= 6 && start.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    if fits {
        Ok(start)
    } else {
        Err("应是编号的前 6 位或更多 / the first 6 digits or more of a number")
    }
}

type Failure = (Said, u8);

/// The list as it was when the merge began. It is not held while people think.
struct List {
    path: PathBuf,
    bytes: Vec<u8>,
    value: Value,
    indent: usize,
    book: Book,
}

/// Merges.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let today = args.today.unwrap_or_else(system_date);
    let done = match &args.undo {
        Some(start) => undo::run(args, start, today, lang),
        None => merge(args, today, lang),
    };
    let code = match done {
        Ok(code) => code,
        Err((said, code)) => return answer(&said, code, args.json, lang),
    };
    if args.build {
        let source = args.into.parent().and_then(Path::parent).unwrap_or(Path::new(""));
        let source = if source.as_os_str().is_empty() { Path::new(".") } else { source };
        let built = super::build::data(source, &args.out, today, lang)?;
        return Ok(code.max(built));
    }
    Ok(code)
}

fn merge(args: &Args, today: Date, lang: Lang) -> Result<u8, Failure> {
    let keys = match &args.keys {
        None => Keys::default(),
        Some(path) => Keys::read(path).map_err(|error| key_error(path, &error))?,
    };
    let mut texts = Vec::new();
    for file in &args.files {
        texts.push(text(file)?);
    }
    let chat = hear(&texts, &keys);
    known_numbers(args, &chat)?;
    let mut list = List::open(&args.into, args.dry_run)?;
    let mut ledger = list.book.ledger(|uuid| {
        let number = uuid.to_string();
        args.accept.iter().chain(&args.replace).any(|start| number.starts_with(start.as_str()))
    });
    let mut asker = ask::Asker::new(args, lang);
    let mut value = list.value.clone();
    let done = merge_into(&mut value, &chat.heard, &mut ledger, today, &mut |heard, entry, ahead| {
        decision(args, heard, ahead).unwrap_or_else(|| asker.ask(heard, entry, ahead))
    });
    asker.end().map_err(|error| disk(Path::new("stdout"), &error))?;
    if !args.dry_run && !done.noted.is_empty() {
        list.write(&value, done.noted.clone(), today)?;
    }
    let code = exit_code(&chat, &done);
    let told = if args.json {
        writeln!(io::stdout(), "{}", crate::words::json(&tell::as_json(args, &chat, &done)))
    } else {
        tell::tell(&mut io::stdout().lock(), args, &chat, &done, lang)
    };
    told.map(|()| code).map_err(|error| disk(Path::new("stdout"), &error))
}

/// Numbers of the command line that no change has are mistakes, told before anything is done.
fn known_numbers(args: &Args, chat: &Chat) -> Result<(), Failure> {
    let given = args.accept.iter().chain(&args.replace).chain(&args.decline);
    let is_there = |start: &String| {
        chat.heard.iter().any(|heard| heard.code.patch.uuid().to_string().starts_with(start.as_str()))
    };
    match given.into_iter().find(|start| !is_there(start)) {
        None => Ok(()),
        Some(start) => Err((
            Said::new(
                format!("没有编号以 {start} 开头的改动；什么也没写"),
                format!("no change has a number that begins with {start}; nothing was written"),
            ),
            REFUSED,
        )),
    }
}

/// What was decided on a change before anybody is asked.
fn decision(args: &Args, heard: &Heard, ahead: &[Settled]) -> Option<Decision> {
    let number = heard.code.patch.uuid().to_string();
    let names = |list: &[String]| list.iter().any(|start| number.starts_with(start.as_str()));
    let contradicted = ahead.iter().any(|one| matches!(one, Settled::Conflict(_)));
    let trusted = matches!(heard.known, Known::Key(_)) && heard.code.patch.tier() == Tier::Live;
    if names(&args.decline) {
        Some(Decision::Decline)
    } else if names(&args.replace) {
        Some(Decision::Replace)
    } else if names(&args.accept) || (args.yes && trusted && !contradicted) {
        Some(Decision::Take)
    } else if args.dry_run || args.json {
        Some(Decision::Later)
    } else {
        None
    }
}

/// What was refused, what waits, and what was taken but for a conflict, is unfinished.
fn exit_code(chat: &Chat, done: &Done) -> u8 {
    let waits = done.told.iter().any(|told| matches!(told.fate, Fate::Waiting(_)));
    let whole = chat.refused.is_empty() && done.refused.is_empty() && !waits;
    if whole { GOOD } else { REFUSED }
}

/// The text of a chat, in UTF-8 or as old Chinese systems save it.
pub(super) fn text(file: &Path) -> Result<(String, String), Failure> {
    let mut bytes = Vec::new();
    let (name, read) = if file == Path::new("-") {
        (String::new(), io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes))
    } else {
        let opened = File::open(file);
        (file.display().to_string(), opened.and_then(|it| it.take(LONGEST + 1).read_to_end(&mut bytes)))
    };
    let size = read.map_err(|error| disk(file, &error))?;
    if size as u64 > LONGEST {
        let said =
            Said::new(format!("{name} 太大，最多 64 MB"), format!("{name} is too large: 64 MB at most"));
        return Err((said, REFUSED));
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => encoding_rs::GB18030.decode(error.as_bytes()).0.into_owned(),
    };
    Ok((name, text))
}

impl List {
    /// Opens a list for merging.
    fn open(path: &Path, dry_run: bool) -> Result<Self, Failure> {
        // Before anything is made beside a list that is not there.
        fs::metadata(path).map_err(|error| disk(path, &error))?;
        if is_linked(path) {
            return Err(book_error(path, &BookError::Link));
        }
        let held = if dry_run { None } else { Some(hold(path)?) };
        let (value, indent) =
            import::file::read(path).map_err(|error| super::import::list_error(path, &error))?;
        let bytes = fs::read(path).map_err(|error| disk(path, &error))?;
        let book = Book::read(path, &sha256_hex(&bytes)).map_err(|error| book_error(path, &error))?;
        drop(held);
        Ok(Self { path: path.to_owned(), bytes, value, indent, book })
    }

    /// Writes the book, then the list, if both are still what they were: two merges at once would each lose what the other did.
    fn write(&mut self, value: &Value, noted: Vec<Noted>, today: Date) -> Result<(), Failure> {
        let path = &self.path;
        let _held = hold(path)?;
        let is_other = self.book.is_overtaken().map_err(|error| disk(&path.with_file_name(BOOK), &error))?;
        if is_other || fs::read(path).map_err(|error| disk(path, &error))? != self.bytes {
            let name = path.display();
            let said = Said::new(
                format!("{name} 在合并期间被别人改过；什么也没写，请再合并一次"),
                format!("{name} was changed by somebody else meanwhile; nothing was written, merge again"),
            );
            return Err((said, REFUSED));
        }
        let changed = *value != self.value;
        let before = changed.then(|| sha256_hex(&self.bytes));
        let text = import::file::text(value, self.indent).map_err(|error| disk(path, &error.into()))?;
        self.book.add(Batch { on: today.to_string(), before, changes: noted });
        self.book.write().map_err(|error| disk(&path.with_file_name(BOOK), &error))?;
        if changed {
            let written = import::file::replace_held(path, |to| to.write_all(&text));
            written.map_err(|error| disk(path, &error))?;
        }
        Ok(())
    }
}

/// Holds the lock of the list's folder; of one that a server keeps, what hosts were told is in the list by then.
fn hold(list: &Path) -> Result<File, Failure> {
    if !is_served(list) {
        return kept::hold(list).map_err(|error| super::reports::failure(list, &error));
    }
    let broken = |error| super::journal::failure(&error);
    let mut store = super::journal::open(&home(list))?;
    let hold = store.hold().map_err(broken)?;
    store.show().map_err(broken)?;
    Ok(hold)
}

fn disk(path: &Path, error: &io::Error) -> Failure {
    super::import::list_error(path, &ListError::Disk(io::Error::new(error.kind(), error.to_string())))
}

pub(super) fn key_error(path: &Path, error: &KeyError) -> Failure {
    let name = path.display();
    match error {
        KeyError::Disk(error) => disk(path, error),
        KeyError::Json(said) => {
            let said = words::visible(said);
            (
                Said::new(
                    format!("{name} 不是密钥文件（{said}）"),
                    format!("{name} is no file of keys ({said})"),
                ),
                REFUSED,
            )
        }
        KeyError::Key(own) => {
            let own = words::visible(own);
            let zh = format!("{name}：{own} 的密钥不是 32 字节的 Ed25519 公钥（base64）");
            (
                Said::new(zh, format!("{name}: the key of {own} is no Ed25519 key of 32 bytes in base 64")),
                REFUSED,
            )
        }
    }
}

fn book_error(list: &Path, error: &BookError) -> Failure {
    let path = list.with_file_name(BOOK);
    let name = path.display();
    match error {
        BookError::Disk(error) => disk(&path, error),
        BookError::Line(line) => {
            let zh =
                format!("合并记录 {name} 第 {line} 行坏了；请从备份恢复，或移走它（移走后旧编码会再问一遍）");
            let en = format!(
                "{name} line {line} is broken; restore it, or move it away (old codes are asked for again then)"
            );
            (Said::new(zh, en), REFUSED)
        }
        BookError::Link => (
            Said::new(format!("{name} 是链接，不写"), format!("{name} is a link, which is not written to")),
            REFUSED,
        ),
    }
}

/// What an entry is called where a change is shown.
fn station_name(entry: &Entry) -> String {
    let name = entry.station().map(|station| station.name.get(domain::text::Lang::Zh));
    words::visible(name.unwrap_or_default())
}
