//! `staff change`: a change as a host would send it, for hosts who call instead, and for tests.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use domain::amenity::{Amenity, AmenityState};
use domain::coords::Wgs84;
use domain::patch::{Code, Current, Field, Op, Patch, PatchError, Record as _, Uuid, Value, fingerprint};
use domain::phone::Phone;
use domain::station::{Access, Contact, Notice, NoticeKind, Offer, Role, StationId, Until};
use domain::text::Text;
use domain::time::{Date, LocalDateTime};
use serde_json::{Value as Json, json};

use super::{GOOD, REFUSED, answer, now};
use crate::cli::{MOMENT, minute};
use crate::import;
use crate::merge::Entry;
use crate::merge::keys::sign;
use crate::words::{Lang, Said, change, merge as say};

/// What to change.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 哪个站 / the station
    #[arg(value_name = "ID")]
    id: String,
    /// 按哪份清单 / the list it is seen in
    #[arg(long, value_name = "FILE", default_value = "public/data/stations.json")]
    from: PathBuf,
    /// 开放时间；空文字表示没有 / opening hours; empty for none
    #[arg(long, value_name = "TEXT")]
    hours: Option<String>,
    /// 进门方式：free scan face register / what it takes to get in
    #[arg(long, value_name = "WORD", value_parser = access)]
    access: Option<Access>,
    /// 设施，如 water=out；ok 可用，out 坏了，unknown 不确定，none 没有 / an amenity and how it is
    #[arg(long, value_name = "WHAT=STATE", value_parser = amenity)]
    amenity: Vec<(Amenity, Option<AmenityState>)>,
    /// 暂停开放到这天（含）或这一分钟 / closed up to and with this day, or up to this minute
    #[arg(long, value_name = "WHEN", value_parser = until)]
    closed_until: Option<Until>,
    /// 为什么暂停开放 / why it is closed
    #[arg(long, value_name = "TEXT", default_value = "暂停开放", requires = "closed_until")]
    because: String,
    /// 新公告 / a new notice
    #[arg(long, value_name = "TEXT")]
    notice: Option<String>,
    /// 撤下这条公告 / take this notice down
    #[arg(long, value_name = "TEXT")]
    end_notice: Option<String>,
    /// 某类联系人的电话，如 host=024-00000001 / the phone of the one contact of a role
    #[arg(long, value_name = "ROLE=PHONE", value_parser = phone)]
    phone: Option<(Role, String)>,
    /// 名称 / the name
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// 地址；空文字表示没有 / the address; empty for none
    #[arg(long, value_name = "TEXT")]
    address: Option<String>,
    /// 怎么走；空文字表示没有 / how to find the door; empty for none
    #[arg(long, value_name = "TEXT")]
    directions: Option<String>,
    /// 位置，WGS-84 / the position, WGS-84
    #[arg(long, value_name = "LNG,LAT", value_parser = position, allow_hyphen_values = true)]
    position: Option<Wgs84>,
    /// 撤销这个站 / remove the station
    #[arg(long)]
    remove: bool,
    /// 谁说的 / who says so
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// 何时说的；默认现在 / when; default: now
    #[arg(long, value_name = "MINUTE", value_parser = minute)]
    at: Option<LocalDateTime>,
    /// 这条改动的编号；默认随机 / its number; default: random
    #[arg(long, value_name = "UUID", value_parser = uuid)]
    uuid: Option<Uuid>,
    /// 用这个文件里的 Ed25519 私钥签名（32 字节，base64）；--json 显示公钥 / sign with the secret key in this file; --json shows the public one
    #[arg(long, value_name = "FILE")]
    sign: Option<PathBuf>,
    /// 输出 JSON / print JSON
    #[arg(long)]
    json: bool,
}

fn access(word: &str) -> Result<Access, String> {
    Access::from_word(word).ok_or_else(|| Access::WORDS.join(" "))
}

fn amenity(text: &str) -> Result<(Amenity, Option<AmenityState>), String> {
    let (what, state) = text.split_once('=').ok_or("应写作 water=out / write it like water=out")?;
    let what = Amenity::from_word(what).ok_or_else(|| Amenity::WORDS.join(" "))?;
    match (state, AmenityState::from_word(state)) {
        ("none", _) => Ok((what, None)),
        (_, Some(state)) => Ok((what, Some(state))),
        _ => Err(AmenityState::WORDS.join(" ") + " none"),
    }
}

fn until(text: &str) -> Result<Until, &'static str> {
    let whole = Date::parse(text).map(Until::whole_day);
    whole.or_else(|| LocalDateTime::parse(text).map(Until::minute)).ok_or(MOMENT)
}

fn phone(text: &str) -> Result<(Role, String), String> {
    let (role, number) =
        text.split_once('=').ok_or("应写作 host=024-00000001 / write it like host=024-00000001")?;
    Ok((Role::from_word(role).ok_or_else(|| Role::WORDS.join(" "))?, number.to_owned()))
}

fn position(text: &str) -> Result<Wgs84, &'static str> {
    let parts = text
        .split_once(',')
        .and_then(|(lng, lat)| Some((lng.trim().parse().ok()?, lat.trim().parse().ok()?)));
    parts
        .and_then(|(lng, lat)| Wgs84::new(lat, lng).ok())
        .ok_or("应写作 123.4,41.8 / write it like 123.4,41.8")
}

fn uuid(text: &str) -> Result<Uuid, &'static str> {
    Uuid::parse(text).ok_or("应是 32 位十六进制数 / 32 hexadecimal digits")
}

/// Prints the change in words and as a code.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    match make(args) {
        Ok(Made { code, text, key }) => {
            let said: Vec<Said> = code.patch.ops().iter().map(change::op).collect();
            let mut out = io::stdout().lock();
            if args.json {
                let said: Vec<Json> = said.iter().map(|said| json!({"zh": said.zh, "en": said.en})).collect();
                let number = code.patch.uuid().to_string();
                writeln!(
                    out,
                    "{}",
                    crate::words::json(
                        &json!({"ok": true, "number": number, "changes": said, "code": text, "key": key})
                    )
                )?;
            } else {
                for said in said {
                    writeln!(out, "{}", said.get(lang))?;
                }
                writeln!(out, "{text}")?;
            }
            Ok(GOOD)
        }
        Err((said, code)) => answer(&said, code, args.json, lang),
    }
}

type Failure = (Said, u8);

struct Made {
    code: Code,
    text: String,
    /// The public key of the one who signed.
    key: Option<String>,
}

fn make(args: &Args) -> Result<Made, Failure> {
    std::fs::metadata(&args.from).map_err(|error| super::import::list_error(&args.from, &error.into()))?;
    let (list, _) =
        import::file::read(&args.from).map_err(|error| super::import::list_error(&args.from, &error))?;
    let disk = |path: &Path, error| super::import::list_error(path, &import::ListError::Disk(error));
    let id = &args.id;
    let none =
        || (Said::new(format!("清单里没有 {id} 这个站"), format!("the list has no station {id}")), REFUSED);
    let stations = list.get("stations").and_then(Json::as_array);
    let own =
        stations.and_then(|all| all.iter().find(|one| one.get("id").and_then(Json::as_str) == Some(id)));
    let own = own.ok_or_else(none)?;
    let entry = Entry::new(0, own).map_err(|(path, problem)| {
        let why = crate::merge::Why::BrokenStation { id: id.clone(), path, problem };
        (say::why(&why), REFUSED)
    })?;
    let revision = list.pointer("/dataset/revision").and_then(Json::as_u64).unwrap_or(0);
    let mut random = Uuid([0; 16]);
    getrandom::fill(&mut random.0).map_err(|error| disk(Path::new("getrandom"), error.into()))?;
    let uuid = args.uuid.unwrap_or(random);
    let at = args.at.unwrap_or_else(now);
    let id = StationId::new(id).ok_or_else(none)?;
    let ops = ops(args, &entry);
    let patch = Patch::new(uuid, id, revision, ops, args.by.clone(), at)
        .map_err(|error: PatchError| (say::patch(&error), REFUSED))?;
    let signed = match &args.sign {
        None => None,
        Some(file) => Some(sign(&patch, file).map_err(|error| disk(file, error))?.ok_or_else(|| {
            let name = file.display();
            let zh = format!("{name} 里不是 32 字节的 Ed25519 私钥（base64）");
            (Said::new(zh, format!("{name} holds no Ed25519 secret key of 32 bytes in base 64")), REFUSED)
        })?),
    };
    let (signature, key) = signed.unzip();
    let code = Code { patch, signature };
    let long = || (Said::new("改动太长，写不成编码", "the change is too long for a code"), REFUSED);
    let text = code.text().ok_or_else(long)?;
    Ok(Made { code, text, key })
}

/// The fields that the command line names, as the station has them and as they shall be.
fn ops(args: &Args, entry: &Entry) -> Vec<Op> {
    let mut ops = Vec::new();
    let mut add = |field: Field, after: Option<Value>| {
        let before = match entry.current(&field) {
            Current::Is(before) => before,
            Current::Gone | Current::Several => None,
        };
        ops.push(Op { field, before, after });
    };
    let text = |text: &String| (!text.is_empty()).then(|| Value::Text(Text::zh(text)));
    if let Some(name) = &args.name {
        add(Field::Name, text(name));
    }
    if let Some(at) = args.position {
        add(Field::Position, Some(Value::Position(at)));
    }
    if let Some(address) = &args.address {
        add(Field::Address, text(address));
    }
    if let Some(directions) = &args.directions {
        add(Field::Directions, text(directions));
    }
    if let Some(hours) = &args.hours {
        add(Field::Hours, (!hours.is_empty()).then(|| Value::Hours(hours.clone())));
    }
    if let Some(access) = args.access {
        add(Field::Access, Some(Value::Access(access)));
    }
    for &(what, state) in &args.amenity {
        let has = entry.station().is_some_and(|station| station.offer(what).is_some());
        match state {
            Some(state) if has => add(Field::AmenityState(what), Some(Value::State(state))),
            Some(state) => {
                let offer = Offer { amenity: what, state, note: None, access: None };
                add(Field::Amenity(what), Some(Value::Offer(offer)));
            }
            None => add(Field::Amenity(what), None),
        }
    }
    let mut notice = |kind, text: &String, until| {
        let notice = Notice { kind, text: Text::zh(text), from: None, until };
        add(Field::notice(&notice), Some(Value::Notice(notice)));
    };
    if args.closed_until.is_some() {
        notice(NoticeKind::Closed, &args.because, args.closed_until);
    }
    if let Some(text) = &args.notice {
        notice(NoticeKind::Info, text, None);
    }
    if let Some(text) = &args.end_notice {
        add(Field::Notice(text.clone()), None);
    }
    if let Some((role, number)) = &args.phone {
        let known = entry.station().and_then(|station| station.contacts.iter().find(|one| one.role == *role));
        let blank =
            Contact { role: *role, organisation: None, person: None, phones: Vec::new(), hours: None };
        let contact = Contact { phones: Phone::all(number), ..known.cloned().unwrap_or(blank) };
        add(Field::contact(&contact), Some(Value::Contact(contact)));
    }
    if args.remove
        && let Some(station) = entry.station()
    {
        ops.push(Op { field: Field::Station, before: Some(Value::Seen(fingerprint(station))), after: None });
    }
    ops
}
