//! `cargo xtask bench load`: `staff serve --data` under readers (`wrk`) and hosts who write, and whether every confirmed change is there
//! after the server was killed.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use domain::patch::{Code, Field, Op, Patch, Uuid, Value};
use domain::station::StationId;
use domain::time::LocalDateTime;
use serde_json::Value as Json;

use super::staff::PAGE;
use crate::step::Step;
use crate::trouble::{Trouble, at};

/// How long, unless somebody says otherwise.
const SECONDS: u32 = 60;
/// Changes a second.
const WRITES: u32 = 20;
/// Hosts who write, each of their own station.
const HOSTS: usize = 40;
/// Stations of the list: as many as a city has.
const STATIONS: &str = "500";

/// A host: their station, their token, and what its hours are as they know it.
struct Host {
    station: String,
    token: String,
    hours: Option<String>,
}

/// A change that was confirmed: how long that took, and when its edition was in the index.
struct Sent {
    edition: u64,
    at: Instant,
    took: Duration,
}

/// Runs it and prints what came of it.
pub(super) fn run(root: &Path, words: &[String]) -> Result<(), Trouble> {
    let seconds = words.first().map_or(Ok(SECONDS), |word| word.parse());
    let seconds = seconds.map_err(|error| Trouble::Usage(format!("how many seconds? {error}")))?;
    if Command::new("wrk").arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        return Err(Trouble::Usage("wrk is missing: apt-get install wrk".to_owned()));
    }
    let build = ["build", "--release", "--quiet", "--package", "staff"];
    Step::cargo(root, &build).run("build the staff tool (a few minutes the first time)")?;
    let folder = root.join("target/bench-load");
    if folder.exists() {
        at(&folder, fs::remove_dir_all(&folder))?;
    }
    for new in ["public/data", "public/basemap", "dist"] {
        at(&folder, fs::create_dir_all(folder.join(new)))?;
    }
    for file in ["data/site.json", "data/holidays.json", "basemap/liaoning.bin"] {
        let from = root.join("public").join(file);
        at(&from, fs::copy(&from, folder.join("public").join(file)))?;
    }
    at(&folder, fs::write(folder.join("dist/index.html"), PAGE))?;
    let staff = root.join("target/release/staff").display().to_string();
    let make =
        ["sample", "--count", STATIONS, "--seed", "1", "--force", "--out", "public/data/stations.json"];
    Step::new(&folder, &staff, &make).run("make a sample")?;
    let mut hosts = hosts(&folder, &staff)?;
    let (mut server, address) = serve(&folder, &staff)?;
    let outcome = load(&folder, address, &mut hosts, seconds);
    // As the power does it.
    let _ = server.kill();
    let _ = server.wait();
    let (sent, wrong, lag) = outcome?;
    let audit = Step::new(&folder, &staff, &["audit", "--json"]).ask();
    let audit: Json = audit.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let kept =
        audit["entries"].as_array().into_iter().flatten().filter(|entry| entry["kind"] == "change").count();
    let mut took: Vec<Duration> = sent.iter().map(|sent| sent.took).collect();
    println!("\n{} changes confirmed of {WRITES} a second for {seconds} s, {STATIONS} stations", sent.len());
    print("answered after", &mut took);
    let mut lag = lag;
    print("in the published index after", &mut lag);
    println!(
        "{wrong} errors, {} lost after kill -9 ({kept} in the journal)",
        sent.len().saturating_sub(kept)
    );
    if wrong > 0 || kept < sent.len() || lag.len() < sent.len() {
        return Err(Trouble::Failed("the load".to_owned()));
    }
    Ok(())
}

fn print(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let of =
        |part: usize| times.get((times.len().saturating_sub(1)) * part / 100).copied().unwrap_or_default();
    println!("{what}: median {:?}, 99 % {:?}, most {:?}", of(50), of(99), of(100));
}

fn hosts(folder: &Path, staff: &str) -> Result<Vec<Host>, Trouble> {
    let list = folder.join("public/data/stations.json");
    let list: Json = serde_json::from_str(&at(&list, fs::read_to_string(&list))?).unwrap_or_default();
    let all = list["stations"].as_array().into_iter().flatten().take(HOSTS);
    all.map(|station| {
        let id = station["id"].as_str().unwrap_or_default();
        let args = ["link", "create", id, "--for", "站长", "--url", "http://127.0.0.1/", "--json"];
        let made = Step::new(folder, staff, &args).ask();
        let made: Json = made.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let token = made["url"].as_str().and_then(|url| url.split_once("#k="));
        let (_, token) = token.ok_or_else(|| Trouble::Failed(format!("the link of {id}")))?;
        let hours = station["hours"].as_str().map(str::to_owned);
        Ok(Host { station: id.to_owned(), token: token.to_owned(), hours })
    })
    .collect()
}

fn serve(folder: &Path, staff: &str) -> Result<(Child, SocketAddr), Trouble> {
    eprintln!("▶ serve");
    let args = [
        "serve",
        "--data",
        "public",
        "--no-pack",
        "--listen",
        "127.0.0.1:0",
        "--log",
        "off",
        "--per-address",
        "512",
    ];
    let child = Command::new(staff).args(args).current_dir(folder).stdout(Stdio::piped()).spawn();
    let mut child = at(folder, child)?;
    let mut line = String::new();
    if let Some(out) = child.stdout.take() {
        at(folder, BufReader::new(out).read_line(&mut line))?;
    }
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()?.parse().ok());
    let address = address.ok_or_else(|| Trouble::Failed("the server".to_owned()))?;
    Ok((child, address))
}

type Outcome = (Vec<Sent>, usize, Vec<Duration>);

fn load(folder: &Path, address: SocketAddr, hosts: &mut [Host], seconds: u32) -> Result<Outcome, Trouble> {
    let (done, shown) = (AtomicBool::new(false), Mutex::new(Vec::<(u64, Instant)>::new()));
    let long = format!("-d{seconds}s");
    let readers = ["/", "/data/index.json"].map(|path| {
        let url = format!("http://{address}{path}");
        let wrk = Command::new("wrk")
            .args(["-t1", "-c16", "--latency", &long, &url])
            .stdout(Stdio::piped())
            .spawn();
        at(folder, wrk)
    });
    let (sent, wrong) = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut last = 0;
            while !done.load(Ordering::Relaxed) {
                let index =
                    ask(address, "GET", "/data/index.json", "", "").map(|(_, body)| body).unwrap_or_default();
                let index: Json = serde_json::from_str(&index).unwrap_or_default();
                let edition = index["seq"].as_u64().unwrap_or(0);
                if edition > last {
                    last = edition;
                    if let Ok(mut shown) = shown.lock() {
                        shown.push((edition, Instant::now()));
                    }
                }
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        let written = write(address, hosts, seconds);
        std::thread::sleep(Duration::from_secs(3));
        done.store(true, Ordering::Relaxed);
        written
    });
    for reader in readers {
        let output = at(folder, reader?.wait_with_output())?;
        println!("{}", String::from_utf8_lossy(&output.stdout));
    }
    let shown = shown.into_inner().unwrap_or_default();
    let lag = |sent: &Sent| {
        let (_, at) = shown.iter().find(|(edition, _)| *edition >= sent.edition)?;
        Some(at.saturating_duration_since(sent.at))
    };
    let lags = sent.iter().filter_map(lag).collect();
    Ok((sent, wrong, lags))
}

/// Each host in turn says other hours than before.
fn write(address: SocketAddr, hosts: &mut [Host], seconds: u32) -> (Vec<Sent>, usize) {
    let (mut sent, mut wrong) = (Vec::new(), 0);
    let begun = Instant::now();
    for number in 0..WRITES.saturating_mul(seconds) {
        let due = begun + Duration::from_secs(1) / WRITES * number;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let count = hosts.len().max(1);
        let Some(host) = hosts.get_mut(number as usize % count) else { break };
        let hours = format!("工作日 {:02}:{:02}-18:00", 6 + number % 5, number % 60);
        let Some(code) = code(host, number, &hours) else {
            wrong += 1;
            continue;
        };
        let path = format!("/api/stations/{}", host.station);
        let head = format!("Authorization: Bearer {}\r\nIf-Match: \"1\"\r\n", host.token);
        let before = Instant::now();
        match ask(address, "PATCH", &path, &head, &code) {
            Some((200, body)) => {
                let edition =
                    serde_json::from_str::<Json>(&body).unwrap_or_default()["seq"].as_u64().unwrap_or(0);
                sent.push(Sent { edition, at: Instant::now(), took: before.elapsed() });
                host.hours = Some(hours);
            }
            other => {
                eprintln!("{other:?}");
                wrong += 1;
            }
        }
    }
    (sent, wrong)
}

fn code(host: &Host, number: u32, hours: &str) -> Option<String> {
    let before = host.hours.clone().map(Value::Hours);
    let ops = vec![Op { field: Field::Hours, before, after: Some(Value::Hours(hours.to_owned())) }];
    let made = LocalDateTime::parse("2026-11-25T08:30")?;
    let uuid = Uuid((u128::from(number) + 1).to_be_bytes());
    let patch = Patch::new(uuid, StationId::new(&host.station)?, 1, ops, None, made).ok()?;
    Code { patch, signature: None }.text()
}

fn ask(address: SocketAddr, method: &str, path: &str, head: &str, body: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    let request =
        format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{head}{length}\r\n{body}");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some((head.split(' ').nth(1)?.parse().ok()?, body.to_owned()))
}
