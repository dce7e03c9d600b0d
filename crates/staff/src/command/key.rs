//! `staff key`: the hosts' keys that `staff merge --keys` knows.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use domain::patch::{CodeError, HostKey};
use domain::station::StationId;
use serde_json::json;

use super::merge::key_error;
use super::{GOOD, REFUSED, answer};
use crate::cli::{OPTIONS, TEMPLATE};
use crate::merge::keys::{KeyError, KeyFile, Listed};
use crate::words::{Lang, Said, is_hidden, visible};

/// What to do with keys.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
    /// 密钥文件；不要放在 public 里 / the file of keys; keep it out of public
    #[arg(long, value_name = "FILE", default_value = "staff-keys.json", global = true)]
    keys: PathBuf,
    /// 输出 JSON / print JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// 记下站长手机的密钥，站长发来的 RK1 开头那一行 / take in the key of a host's phone: the line that begins with RK1
    #[command(help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Add {
        /// RK1 开头的那一行 / the line that begins with RK1
        #[arg(value_name = "LINE", required = true)]
        line: Vec<String>,
        /// 是谁的 / whose it is
        #[arg(long = "for", value_name = "NAME", value_parser = name)]
        name: String,
        /// 管哪个站，可多次；不写就是每个站 / for which station; may be repeated; default: all
        #[arg(long, value_name = "ID", value_parser = station)]
        station: Vec<StationId>,
    },
    /// 列出密钥 / list the keys
    #[command(help_template = TEMPLATE, next_help_heading = OPTIONS)]
    List,
    /// 去掉一个人的密钥：手机丢了，不做站长了 / take somebody's keys out: a lost phone, no longer a host
    #[command(help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Remove {
        /// 谁的，或核对码开头几位 / whose, or the first letters of its check
        #[arg(value_name = "NAME")]
        name: String,
    },
}

fn name(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let fits = (1..=40).contains(&text.chars().count()) && !text.chars().any(is_hidden);
    if fits { Ok(text.to_owned()) } else { Err("应是 1 到 40 个字 / 1 to 40 characters") }
}

fn station(text: &str) -> Result<StationId, &'static str> {
    StationId::new(text).ok_or("应是站的 id，如 sy-yuetanshan / a station's id, as sy-yuetanshan")
}

/// Does it.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let done = match &args.what {
        What::Add { line, name, station } => add(&args.keys, &line.concat(), name, station),
        What::List => return list(args, lang),
        What::Remove { name } => remove(&args.keys, name),
    };
    match done {
        Ok(said) => answer(&said, GOOD, args.json, lang),
        Err((said, code)) => answer(&said, code, args.json, lang),
    }
}

type Failure = (Said, u8);

/// The keys of a file that may not be there yet.
fn open(path: &Path) -> Result<KeyFile, Failure> {
    match KeyFile::read(path) {
        Err(KeyError::Disk(error)) if error.kind() == io::ErrorKind::NotFound => Ok(KeyFile::default()),
        other => other.map_err(|error| key_error(path, &error)),
    }
}

fn write(path: &Path, file: &KeyFile) -> Result<(), Failure> {
    file.write(path).map_err(|error| key_error(path, &KeyError::Disk(error)))
}

fn add(path: &Path, line: &str, name: &str, stations: &[StationId]) -> Result<Said, Failure> {
    let key = HostKey::parse(line).map_err(|error| (no_key(&error), REFUSED))?;
    let mut file = open(path)?;
    if let Some(known) = file.list().into_iter().find(|one| one.key == key) {
        let (own, check) = (visible(&known.name), key.check());
        return Err((
            Said::new(
                format!("这个密钥已经记在 {own} 名下（核对码 {check}）；要改，先 staff key remove"),
                format!(
                    "this key is {own}'s already (check {check}); to change that, staff key remove first"
                ),
            ),
            REFUSED,
        ));
    }
    let stations = (!stations.is_empty()).then(|| stations.iter().map(|id| id.as_str().to_owned()).collect());
    if !file.add(name, key, stations) {
        return Err((
            Said::new(
                "这不是能用的密钥：谁的签名都对得上",
                "this is no key to be used: anybody's signature would fit it",
            ),
            REFUSED,
        ));
    }
    write(path, &file)?;
    let (own, check, file) = (visible(name), key.check(), path.display());
    Ok(Said::new(
        format!(
            "已把 {own} 的密钥记进 {file}。核对码 {check}：请打电话核对，和手机上的一样才是本人的。合并时写 --keys {file}"
        ),
        format!(
            "the key of {own} is in {file}. Its check is {check}: call, and compare it with the phone's. Merge with --keys {file}"
        ),
    ))
}

fn no_key(error: &CodeError) -> Said {
    match error {
        CodeError::NoPrefix => Said::new(
            "密钥应以 RK1 开头（RS1 开头的是改动，用 staff merge）",
            "a key begins with RK1 (what begins with RS1 is a change: staff merge)",
        ),
        CodeError::Foreign(c) => {
            let c = visible(&c.to_string());
            Said::new(
                format!("密钥里不会有“{c}”，请对方重发整行"),
                format!("no key has a \"{c}\" in it; have it sent again whole"),
            )
        }
        CodeError::Length { have, want } => Said::new(
            format!("密钥不完整，应有 {want} 个字符，现有 {have} 个；请对方重发整行"),
            format!("a key has {want} characters and not {have}; have it sent again whole"),
        ),
        _ => Said::new(
            "有字符被改或丢失，校验不符；请对方重发整行",
            "altered: the checksum does not fit; have it sent again whole",
        ),
    }
}

fn list(args: &Args, lang: Lang) -> io::Result<u8> {
    let keys = match open(&args.keys) {
        Ok(file) => file.list(),
        Err((said, code)) => return answer(&said, code, args.json, lang),
    };
    let mut out = io::stdout();
    if args.json {
        let one = |Listed { name, key, stations }: &Listed| json!({"name": name, "check": key.check(), "key": key.text(), "stations": stations});
        writeln!(out, "{:#}", json!({"ok": true, "keys": keys.iter().map(one).collect::<Vec<_>>()}))?;
        return Ok(GOOD);
    }
    if keys.is_empty() {
        writeln!(out, "{}", Said::new("还没有密钥", "no keys yet").get(lang))?;
    }
    for Listed { name, key, stations } in keys {
        let stations = match stations {
            None => Said::new("每个站", "all stations").get(lang),
            Some(all) => all.iter().map(|id| visible(id)).collect::<Vec<_>>().join(" "),
        };
        writeln!(out, "{}  {}  {}", key.check(), visible(&name), stations)?;
    }
    Ok(GOOD)
}

fn remove(path: &Path, name: &str) -> Result<Said, Failure> {
    let mut file = open(path)?;
    let gone = file.remove(name);
    let own = visible(name);
    if gone == 0 {
        return Err((
            Said::new(
                format!("没有 {own} 的密钥，见 staff key list"),
                format!("no key of {own}; see staff key list"),
            ),
            REFUSED,
        ));
    }
    write(path, &file)?;
    Ok(Said::new(
        format!("去掉了 {gone} 个密钥；用它们签的改动从现在起不认识"),
        format!("{gone} keys are gone; changes signed with them are unknown from now on"),
    ))
}
