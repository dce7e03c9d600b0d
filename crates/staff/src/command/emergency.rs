//! `staff emergency`: the switch for floods and storms.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use domain::site::Emergency;
use domain::station::StationId;
use domain::text::Lang as DomainLang;
use domain::time::{Date, LocalDateTime};
use serde_json::{Value, json};

use super::reports::{disk, failure};
use super::{GOOD, REFUSED, answer, now};
use crate::cli::{EXIT_CODES, OPTIONS, TEMPLATE, day, minute};
use crate::kept::{Kept, source_of};
use crate::source;
use crate::words::{self, Lang, Said, report as say, visible, visible_whole};

/// The switch.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 网站设置 / the site's settings
    #[arg(long, value_name = "FILE", default_value = "public/data/site.json", global = true)]
    from: PathBuf,
    /// 写好后生成网站 / build the site afterwards
    #[arg(long, global = true, conflicts_with = "json")]
    build: bool,
    /// 网站文件夹，与 --build 同用 / the site's folder, for --build
    #[arg(long, value_name = "DIR", default_value = "dist", global = true)]
    out: PathBuf,
    /// 以这一天为今天 / take this day for today
    #[arg(long, value_name = "DATE", value_parser = day, global = true)]
    today: Option<Date>,
    /// 输出 JSON / print JSON
    #[arg(long, global = true)]
    json: bool,
    /// 做什么 / what to do
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// 打开，或改正在显示的；没写的照旧 / turn it on, or change what is shown; what is not given stays
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    On(On),
    /// 关掉 / turn it off
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Off,
    /// 看看现在显示什么 / show what is shown now
    #[command(after_help = EXIT_CODES, help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Show,
}

#[derive(Debug, clap::Args)]
struct On {
    /// 要说的话 / what to say
    #[arg(value_name = "TEXT")]
    text: String,
    /// 英文 / the same in English
    #[arg(long, value_name = "TEXT")]
    en: Option<String>,
    /// 避险点的编号，逗号分开；all 全部（默认），none 不标 / the shelters' ids; all (the default), none
    #[arg(long, value_name = "ID,ID", value_parser = shelters)]
    stations: Option<Shelters>,
    /// 打给谁，如 防汛办=024-00000009，英文名写在 / 后面；可多次 / whom to call, an English name behind a /; may be repeated
    #[arg(long, value_name = "NAME=PHONE", value_parser = contact)]
    contact: Vec<Value>,
    /// 从何时起；默认现在 / since when; default: now
    #[arg(long, value_name = "MINUTE", value_parser = minute)]
    since: Option<LocalDateTime>,
    /// 到哪天（含）或哪一分钟；不写就到关掉为止 / up to and with this day, or up to this minute; default: until it is turned off
    #[arg(long, value_name = "WHEN", value_parser = until)]
    until: Option<String>,
}

/// Which stations are shelters, as the file has it.
#[derive(Clone, Debug)]
struct Shelters(Option<Vec<StationId>>);

fn shelters(text: &str) -> Result<Shelters, String> {
    match text {
        "all" => Ok(Shelters(Some(Vec::new()))),
        "none" => Ok(Shelters(None)),
        ids => {
            let ids = ids.split([',', '，', '、', ' ']).filter(|id| !id.is_empty());
            let ids: Option<Vec<StationId>> = ids.map(StationId::new).collect();
            let ids = ids.filter(|ids| !ids.is_empty());
            ids.map(|ids| Shelters(Some(ids)))
                .ok_or_else(|| "应写作 sy-1,sy-2 / write it like sy-1,sy-2".to_owned())
        }
    }
}

fn contact(text: &str) -> Result<Value, &'static str> {
    let (name, phone) =
        text.split_once('=').ok_or("应写作 防汛办=024-00000009 / write it like 防汛办=024-00000009")?;
    let name = match name.split_once('/') {
        Some((zh, en)) => json!({"zh": zh.trim(), "en": en.trim()}),
        None => json!(name.trim()),
    };
    Ok(json!({"name": name, "phone": phone.trim()}))
}

fn until(text: &str) -> Result<String, &'static str> {
    let known = Date::parse(text).is_some() || LocalDateTime::parse(text).is_some();
    if known { Ok(text.to_owned()) } else { Err(crate::cli::MOMENT) }
}

type Failure = (Said, u8);

/// Does what is asked.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let done = match &args.action {
        Action::On(on) => change(args, |kept| turn_on(args, on, kept)),
        Action::Off => change(args, |kept| {
            kept.value["emergency"] = Value::Null;
            Ok(())
        }),
        Action::Show => Kept::open(&args.from, None, false)
            .map_err(|error| failure(&args.from, &error))
            .and_then(|kept| Ok((understood(&kept)?, None))),
    };
    let (emergency, changed) = match done {
        Ok(done) => done,
        Err((said, code)) => return answer(&said, code, args.json, lang),
    };
    if args.json {
        writeln!(io::stdout(), "{}", crate::words::json(&as_json(emergency.as_ref(), changed)))?;
        return Ok(GOOD);
    }
    write(&mut io::stdout().lock(), emergency.as_ref(), lang)?;
    if changed.is_some() && args.build {
        let today = args.today.unwrap_or_else(|| now().date());
        return super::build::data(source_of(&args.from), &args.out, today, lang);
    }
    if let Some(changed) = changed {
        let said = if changed {
            say::next()
        } else {
            Said::new("已经是这样，什么也没写", "it is so already; nothing was written")
        };
        writeln!(io::stdout(), "{}", said.get(lang))?;
    }
    Ok(GOOD)
}

/// Edits the file; what it says then, and whether that is something else.
fn change(
    args: &Args,
    edit: impl FnOnce(&mut Kept) -> Result<(), Failure>,
) -> Result<(Option<Emergency>, Option<bool>), Failure> {
    let path = &args.from;
    // Before anything is made beside a file that is not there.
    fs::metadata(path).map_err(|error| disk(path, error))?;
    let mut kept = Kept::open(path, None, true).map_err(|error| failure(path, &error))?;
    let before = kept.value.clone();
    edit(&mut kept)?;
    let emergency = understood(&kept)?;
    let changed = kept.value != before;
    if changed && !kept.write().map_err(|error| disk(path, error))? {
        return Err((say::overtaken(path), REFUSED));
    }
    Ok((emergency, Some(changed)))
}

fn turn_on(args: &Args, on: &On, kept: &mut Kept) -> Result<(), Failure> {
    let On { text, en, stations, contact, since, until } = on;
    let moment = args.today.map_or_else(now, LocalDateTime::midnight);
    let is_over = |emergency: &Emergency| emergency.until.is_some_and(|until| until.end() <= moment);
    // One that ended by itself is off: nothing of it goes on.
    let ended = understood(kept).ok().flatten().is_some_and(|emergency| is_over(&emergency));
    let is_on = kept.value["emergency"].is_object() && !ended;
    if !is_on {
        kept.value["emergency"] = json!({});
    }
    let emergency = &mut kept.value["emergency"];
    emergency["text"] = match en {
        Some(en) => json!({"zh": text, "en": en}),
        None => json!(text),
    };
    if since.is_some() || !is_on {
        emergency["since"] = since.unwrap_or_else(now).to_string().into();
    }
    match until {
        Some(until) => emergency["until"] = until.as_str().into(),
        None if is_on => {}
        None => emergency["until"] = Value::Null,
    }
    match stations {
        Some(Shelters(ids)) => {
            known(args, ids.as_deref().unwrap_or_default())?;
            emergency["stations"] =
                json!(ids.as_ref().map(|ids| ids.iter().map(StationId::as_str).collect::<Vec<_>>()));
        }
        None if is_on => {}
        None => emergency["stations"] = json!([]),
    }
    if !contact.is_empty() || !is_on {
        emergency["contacts"] = contact.clone().into();
    }
    match understood(kept)? {
        Some(emergency) if is_over(&emergency) => Err((
            Said::new(
                "--until 已经过了，谁也看不到；什么也没写",
                "--until is over already and nobody would see it; nothing was written",
            ),
            REFUSED,
        )),
        _ => Ok(()),
    }
}

/// Shelters must be stations of the list: a slip would leave somebody in the rain.
fn known(args: &Args, ids: &[StationId]) -> Result<(), Failure> {
    if ids.is_empty() {
        return Ok(());
    }
    let path = source_of(&args.from).join(source::STATIONS);
    let bytes = fs::read(&path).map_err(|error| disk(&path, error))?;
    let (_, reading, _) = source::stations(&bytes);
    match ids.iter().find(|id| !reading.stations.iter().any(|station| station.id == **id)) {
        None => Ok(()),
        Some(id) => {
            let Said { zh, en } = say::no_station(id.as_str());
            Err((Said::new(format!("{zh}；什么也没写"), format!("{en}; nothing was written")), REFUSED))
        }
    }
}

/// What the settings say of an emergency; refused where they would have errors, which no build takes.
fn understood(kept: &Kept) -> Result<Option<Emergency>, Failure> {
    let text = kept.text().map_err(|error| disk(Path::new(source::SITE), error))?;
    match source::site(&text) {
        (_, Some(site), _) => Ok(site.emergency),
        (_, None, items) => {
            let line = |lang| items.iter().map(|item| words::line(item, lang)).collect::<Vec<_>>().join("\n");
            Err((
                Said::new(line(Lang::Zh) + "\n什么也没写", line(Lang::En) + "\nnothing was written"),
                REFUSED,
            ))
        }
    }
}

fn times(emergency: &Emergency) -> (Option<String>, Option<String>) {
    let until = emergency.until.map(|until| match until.last_day() {
        Some(day) => day.to_string(),
        None => until.end().to_string(),
    });
    (emergency.since.map(|since| since.to_string()), until)
}

fn write(out: &mut impl io::Write, emergency: Option<&Emergency>, lang: Lang) -> io::Result<()> {
    let Some(emergency) = emergency else {
        return writeln!(out, "{}", Said::new("紧急通知：关", "emergency: off").get(lang));
    };
    let texts = [Some(emergency.text.get(DomainLang::Zh)), emergency.text.english()];
    writeln!(out, "{}", Said::new("紧急通知：开", "emergency: on").get(lang))?;
    for text in texts.into_iter().flatten() {
        writeln!(out, "  {}", visible_whole(text))?;
    }
    let (since, until) = times(emergency);
    let [since, until] = [since, until].map(|time| time.map(|time| time.replace('T', " ")));
    for (time, zh, en) in [(since, "自", "since"), (until, "至", "until")] {
        if let Some(time) = time {
            writeln!(out, "  {}", Said::new(format!("{zh} {time}"), format!("{en} {time}")).get(lang))?;
        }
    }
    writeln!(out, "  {}", say::shelters(emergency.shelters.as_ref().map(Vec::len)).get(lang))?;
    for id in emergency.shelters.iter().flatten() {
        writeln!(out, "    {id}")?;
    }
    for contact in &emergency.contacts {
        let phones: Vec<String> = contact.phones.iter().map(|phone| visible(phone.text())).collect();
        writeln!(out, "  {} {}", visible(contact.name.get(DomainLang::Zh)), phones.join("、"))?;
    }
    if emergency.contacts.is_empty() {
        let said = Said::new(
            "没有写打给谁；可加 --contact 防汛办=号码",
            "nobody to call is named; see --contact NAME=PHONE",
        );
        writeln!(out, "  {}", said.get(lang))?;
    }
    Ok(())
}

fn as_json(emergency: Option<&Emergency>, changed: Option<bool>) -> Value {
    let mut value = json!({"ok": true, "on": emergency.is_some()});
    if let Some(changed) = changed {
        value["changed"] = changed.into();
    }
    if let Some(emergency) = emergency {
        let (since, until) = times(emergency);
        value["text"] = json!({"zh": emergency.text.get(DomainLang::Zh), "en": emergency.text.english()});
        value["since"] = since.into();
        value["until"] = until.into();
        let ids = |ids: &Vec<StationId>| ids.iter().map(StationId::to_string).collect::<Vec<_>>();
        value["stations"] = emergency.shelters.as_ref().map(ids).into();
        value["contacts"] = emergency
            .contacts
            .iter()
            .map(|contact| {
                let phones: Vec<&str> = contact.phones.iter().map(domain::phone::Phone::text).collect();
                json!({"name": contact.name.get(DomainLang::Zh), "phones": phones})
            })
            .collect();
    }
    value
}
