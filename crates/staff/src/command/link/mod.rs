//! `staff link`: links by which hosts keep their station true.

mod card;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::journal::{Failure, failure, open, when};
use super::{DISK, GOOD, REFUSED, USAGE, answer};
use crate::cli::{OPTIONS, TEMPLATE};
use crate::journal::{Link, Made, system_clock};
use crate::source::SITE;
use crate::words::{Lang, Said, visible};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// What to do with links.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
    /// 源文件夹 / source folder
    #[arg(long, value_name = "DIR", default_value = "public", global = true)]
    data: PathBuf,
    /// 输出 JSON / print JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// 给一个人发某个站的链接；链接和短码只显示这一次 / make a link for a person and a station; it and its code are shown only now
    #[command(help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Create {
        /// 哪个站 / the station
        #[arg(value_name = "ID")]
        id: String,
        /// 给谁 / whose it is
        #[arg(long = "for", value_name = "NAME", value_parser = name)]
        name: String,
        #[command(flatten)]
        form: Form,
    },
    /// 列出链接 / list the links
    #[command(help_template = TEMPLATE, next_help_heading = OPTIONS)]
    List,
    /// 收回链接，立即失效 / take a link away, at once
    #[command(help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Revoke {
        /// 链接的号 / its number
        #[arg(value_name = "N")]
        number: u32,
    },
    /// 换新链接，旧的立即失效 / give a link new secrets; the old ones are good for nothing
    #[command(help_template = TEMPLATE, next_help_heading = OPTIONS)]
    Rotate {
        /// 链接的号 / its number
        #[arg(value_name = "N")]
        number: u32,
        #[command(flatten)]
        form: Form,
    },
}

#[derive(Debug, clap::Args)]
struct Form {
    /// 有效几天 / for how many days it is good
    #[arg(long, value_name = "N", default_value_t = 365, value_parser = clap::value_parser!(u16).range(1..=3650))]
    days: u16,
    /// 网站地址；默认取自 site.json / the site's address; default: the one in site.json
    #[arg(long, value_name = "URL", value_parser = address)]
    url: Option<String>,
    /// 把二维码卡片写到 .svg 或 .html，可打印 / write a card with a QR code, .svg or .html, to be printed
    #[arg(long, value_name = "FILE", value_parser = card::file)]
    card: Option<PathBuf>,
}

fn name(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let fits = (1..=40).contains(&text.chars().count()) && !text.chars().any(crate::words::is_hidden);
    if fits { Ok(text.to_owned()) } else { Err("应是 1 到 40 个字 / 1 to 40 characters") }
}

fn address(text: &str) -> Result<String, &'static str> {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    let plain =
        text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'#' | b'?' | b'"' | b'<' | b'>'));
    if is_web && plain {
        Ok(text.to_owned())
    } else {
        Err("应是 https:// 开头的地址 / an address that begins with https://")
    }
}

/// Does it.
pub fn run(args: &Args, lang: Lang) -> io::Result<u8> {
    let done = match &args.what {
        What::Create { id, name, form } => create(args, id, name, form),
        What::List => return list(args, lang),
        What::Revoke { number } => revoke(args, *number),
        What::Rotate { number, form } => rotate(args, *number, form),
    };
    match done {
        Ok(Done { said, json }) if args.json => {
            let mut value = json;
            value["ok"] = true.into();
            (value["zh"], value["en"]) = (said.zh.into(), said.en.into());
            writeln!(io::stdout(), "{}", crate::words::json(&value))?;
            Ok(GOOD)
        }
        Ok(Done { said, .. }) => answer(&said, GOOD, false, lang),
        Err((said, code)) => answer(&said, code, args.json, lang),
    }
}

struct Done {
    said: Said,
    json: Json,
}

fn create(args: &Args, id: &str, name: &str, form: &Form) -> Result<Done, Failure> {
    let base = base(args, form)?;
    let mut store = open(&args.data)?;
    let made = store.make_link(id, name, system_clock() + i64::from(form.days) * DAY);
    let made = made.map_err(|error| failure(&error))?;
    let made = made.ok_or_else(|| {
        let id = visible(id);
        (Said::new(format!("清单里没有 {id} 这个站"), format!("the list has no station {id}")), REFUSED)
    })?;
    tell(args, form, &base, &made)
}

fn rotate(args: &Args, number: u32, form: &Form) -> Result<Done, Failure> {
    let base = base(args, form)?;
    let mut store = open(&args.data)?;
    let made = store.rotate_link(number, system_clock() + i64::from(form.days) * DAY);
    let made = made.map_err(|error| failure(&error))?.ok_or_else(|| no_link(number))?;
    tell(args, form, &base, &made)
}

fn revoke(args: &Args, number: u32) -> Result<Done, Failure> {
    let mut store = open(&args.data)?;
    if !store.revoke_link(number).map_err(|error| failure(&error))? {
        return Err(no_link(number));
    }
    let said = Said::new(format!("链接 {number} 已收回，不再有效"), format!("link {number} is revoked"));
    Ok(Done { said, json: json!({"link": number}) })
}

fn no_link(number: u32) -> Failure {
    let en = format!("there is no link {number}; staff link list lists them");
    (Said::new(format!("没有 {number} 号链接；staff link list 列出全部"), en), REFUSED)
}

/// Where the site is published.
fn base(args: &Args, form: &Form) -> Result<String, Failure> {
    let from_site = || {
        let site = std::fs::read(args.data.join(SITE)).ok()?;
        let (_, site, _) = crate::source::site(&site);
        site?.site_url.get().map(str::to_owned)
    };
    let base = form.url.clone().or_else(from_site).ok_or_else(|| {
        let zh = "site.json 里没有 site_url，用 --url 写明网站地址";
        (Said::new(zh, "site.json has no site_url; name the site's address with --url"), USAGE)
    })?;
    Ok(base.trim_end_matches('/').to_owned())
}

/// What is told of a link that was made: now, and never again.
fn tell(args: &Args, form: &Form, base: &str, made: &Made) -> Result<Done, Failure> {
    let Made { link, keys } = made;
    let url = format!("{base}/s/{}/edit/#k={}", link.station, keys.token);
    let (number, station, name, code) = (link.number, &link.station, visible(&link.name), &keys.code);
    let until = day(link);
    let mut said = Said::new(
        format!(
            "链接 {number}：{station}，给 {name}，到 {until} 有效\n{url}\n短码（链接打不开时在网页上输入）：{code}\n只显示这一次；丢了就 staff link rotate {number}"
        ),
        format!(
            "link {number}: {station}, for {name}, good until {until}\n{url}\ncode to type where the link does not open: {code}\nshown only now; if it is lost: staff link rotate {number}"
        ),
    );
    if let Some(file) = &form.card {
        let title = station_name(args, station);
        let card =
            card::Card { station: &title, name: &link.name, url: &url, code, until: &until, site: base };
        card.write(file).map_err(|error| {
            let path = file.display();
            // The link is good all the same, and this is the only time it is told.
            let zh = format!("{}\n但卡片没有写成：{path}：{error}", said.zh);
            (Said::new(zh, format!("{}\nbut the card was not written: {path}: {error}", said.en)), DISK)
        })?;
        let path = file.display();
        said = Said::new(format!("{}\n卡片：{path}", said.zh), format!("{}\ncard: {path}", said.en));
    }
    let json = json!({
        "link": number, "station": station, "for": link.name, "until": until, "url": url, "code": code,
    });
    Ok(Done { said, json })
}

fn station_name(args: &Args, id: &str) -> String {
    let list = crate::import::file::read(&args.data.join(crate::source::STATIONS));
    let all = list.ok().and_then(|(list, _)| list.get("stations").and_then(Json::as_array).cloned());
    let own =
        all.and_then(|all| all.into_iter().find(|one| one.get("id").and_then(Json::as_str) == Some(id)));
    let name = own.and_then(|own| {
        let name = own.get("name")?;
        name.as_str().or_else(|| name.get("zh")?.as_str()).map(str::to_owned)
    });
    name.unwrap_or_else(|| id.to_owned())
}

fn day(link: &Link) -> String {
    when(link.until).split(' ').next().unwrap_or_default().to_owned()
}

fn list(args: &Args, lang: Lang) -> io::Result<u8> {
    let store = match open(Path::new(&args.data)) {
        Ok(store) => store,
        Err((said, code)) => return answer(&said, code, args.json, lang),
    };
    let now = system_clock();
    let state = |link: &Link| {
        if link.revoked {
            ("revoked", Said::new("已收回", "revoked"))
        } else if link.until <= now {
            ("expired", Said::new("已过期", "expired"))
        } else {
            ("good", Said::new("有效", "good"))
        }
    };
    let mut out = io::stdout().lock();
    let links: Vec<&Link> = store.state().links.values().collect();
    if args.json {
        let links: Vec<Json> = links
            .iter()
            .map(|link| json!({"link": link.number, "station": link.station, "for": link.name, "until": day(link), "state": state(link).0}))
            .collect();
        writeln!(out, "{}", crate::words::json(&json!({"ok": true, "links": links})))?;
        return Ok(GOOD);
    }
    for link in &links {
        let (number, id, name, day) = (link.number, visible(&link.station), visible(&link.name), day(link));
        let Said { zh, en } = state(link).1;
        let said = Said::new(
            format!("{number} {id} {name}，到 {day}，{zh}"),
            format!("{number} {id} {name}, until {day}, {en}"),
        );
        writeln!(out, "{}", said.get(lang))?;
    }
    if links.is_empty() {
        writeln!(out, "{}", Said::new("还没有链接", "there are no links yet").get(lang))?;
    }
    Ok(GOOD)
}
