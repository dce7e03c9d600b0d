//! A save that is killed at every write, sync and rename, and one whose disk is full or fails: by `strace`, which this needs.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "live/house.rs"]
mod house;
mod tool;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use house::{House, Link, Server};
use serde_json::{Value, json};
use staff::journal::{self, Fate};

const STATION: &str = "sy-yuetanshan";

/// Whether there is a strace that may trace. Said aloud where there is none: then nothing here is tried.
fn can_trace() -> bool {
    let tried = Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).status();
    let can = tried.is_ok_and(|status| status.success());
    if !can {
        eprintln!("SKIPPED: strace is missing or may not trace; kills and failing disks are not tried");
    }
    can
}

/// A folder with a change that waits, made once and copied.
struct Prepared {
    house: House,
    number: u64,
    link: Link,
    code: String,
}

fn prepared() -> Prepared {
    let house = House::new();
    let link = house.link(STATION, "王姐");
    let code = house.code(STATION, &["--name", "新名字", "--hours", "24小时"]);
    let server = house.serve();
    let done = server.patch(STATION, &link.token, &code);
    assert_eq!(done.json()["state"], json!("live+review"));
    Server::until(std::time::Duration::from_secs(20), || {
        house.list()["stations"][0]["hours"] == json!("24小时")
    })
    .unwrap();
    drop(server);
    let waiting: Value = serde_json::from_slice(&house.run(&["review", "--json"]).stdout).unwrap();
    let number = waiting["waiting"][0]["number"].as_u64().unwrap();
    Prepared { house, number, link, code }
}

impl Prepared {
    fn copy(&self) -> House {
        let house = House::new();
        fs::remove_dir_all(house.path("public")).unwrap();
        tool::copy(&self.house.path("public"), &house.path("public"));
        house
    }
}

/// strace with these injections on what is written below the folder, and on nothing else.
fn traced(house: &House, inject: &[String], args: &[&str]) -> Command {
    let mut command = Command::new("strace");
    command.current_dir(house.path("")).stdin(Stdio::null()).args(["-f", "-qq", "-o", "/dev/null"]);
    for path in [
        ".staff/journal/log",
        ".staff/journal/.snapshot.new",
        ".staff/.views.json.new",
        ".staff/views.json",
        ".staff/.key.new",
        "data/.stations.json.new",
        "data/stations.json",
        ".staff/journal",
        ".staff",
        "data",
        "",
    ] {
        let path: PathBuf = fs::canonicalize(house.path("public")).unwrap().join(path);
        command.arg("-P").arg(path.to_str().unwrap().trim_end_matches('/'));
    }
    for one in inject {
        command.arg("-e").arg(format!("inject={one}"));
    }
    command.arg(env!("CARGO_BIN_EXE_staff")).args(args);
    command
}

/// Whether the name that waited is in the list by now; the journal is whole and the files are as it says.
fn is_accepted(house: &House) -> bool {
    let mut store = journal::open(&house.path("public")).unwrap();
    let hold = store.hold().unwrap();
    store.show().unwrap();
    drop(hold);
    let lines = store.lines().unwrap();
    assert_eq!(lines.iter().filter(|line| line.kind == "adopted").count(), 1, "nobody edited the list");
    let text = store.list();
    assert_eq!(fs::read(house.path("public/data/stations.json")).unwrap(), text);
    let name = house.list()["stations"][0]["name"].clone();
    let known: Vec<Fate> = store.state().changes.values().map(|known| known.fate).collect();
    match known[..] {
        [Fate::Live] => assert_eq!(name, json!({"zh": "新名字"})),
        [Fate::Both] => assert_ne!(name["zh"], json!("新名字")),
        _ => panic!("{known:?}"),
    }
    known == [Fate::Live]
}

const CALLS: [&str; 6] = ["write", "fsync", "rename", "ftruncate", "mkdir", "unlink"];

fn accept(prepared: &Prepared, house: &House, inject: &str) -> Output {
    let number = prepared.number.to_string();
    let args = ["review", "accept", &number, "--data", "public", "--lang", "en"];
    traced(house, &[inject.to_owned()], &args).output().unwrap()
}

#[test]
fn killed_at_every_write_sync_and_rename() {
    if !can_trace() {
        return;
    }
    let prepared = prepared();
    let (mut kills, mut done) = (0, 0);
    for call in CALLS {
        for when in 1..60 {
            let house = prepared.copy();
            let output = accept(&prepared, &house, &format!("{call}:signal=KILL:when={when}"));
            let said = String::from_utf8_lossy(&output.stdout).contains("is accepted");
            let accepted = is_accepted(&house);
            assert!(accepted || !said, "{call} {when}: told, and lost");
            if output.status.success() {
                assert!(said && accepted);
                break;
            }
            kills += 1;
            done += u32::from(accepted);
            // Whoever was not told asks again.
            let number = prepared.number.to_string();
            let again = house.run(&["review", "accept", &number, "--lang", "en"]);
            assert_eq!(again.status.success(), !accepted, "{call} {when}");
            assert!(is_accepted(&house));
        }
    }
    println!("killed {kills} times: {done} after the journal had it, 0 told and lost, 0 unreadable");
    assert!(kills > 10 && done > 0 && done < kills);
}

#[test]
fn a_full_or_failing_disk_is_no_yes() {
    if !can_trace() {
        return;
    }
    let prepared = prepared();
    let (mut refused, mut late) = (0, 0);
    for (call, error) in [
        ("write", "ENOSPC"),
        ("write", "EIO"),
        ("fsync", "EIO"),
        ("fsync", "ENOSPC"),
        ("rename", "EIO"),
        ("openat", "ENOSPC"),
    ] {
        for when in 1..60 {
            let house = prepared.copy();
            let output = accept(&prepared, &house, &format!("{call}:error={error}:when={when}"));
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            let accepted = is_accepted(&house);
            if output.status.success() {
                assert!(accepted, "{call} {error} {when}: a false yes");
                // What failed was something that can be done again.
                if when > 40 || !matches!(call, "openat") {
                    break;
                }
                continue;
            }
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!said.contains("is accepted"));
            assert_eq!(accepted, told.contains("it is taken down"), "{call} {error} {when}: {told}");
            (refused, late) = (refused + u32::from(!accepted), late + u32::from(accepted));
        }
    }
    println!("{refused} refused and not taken, {late} taken and said so with the files behind, 0 false yes");
    assert!(refused > 8 && late > 3);
}

/// strace on a server that serves already, with this injection on some files: every thread counts by itself.
fn attached(house: &House, server: &Server, inject: &str, files: &[&str]) -> std::process::Child {
    let mut command = Command::new("strace");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).args([
        "-f",
        "-qq",
        "-o",
        "/dev/null",
    ]);
    for file in files {
        // By its whole name for what is open, as the server names it for what it opens.
        command.arg("-P").arg(fs::canonicalize(house.path("public")).unwrap().join(file));
        command.arg("-P").arg(format!("public/{file}"));
    }
    let id = server.process.id();
    let child = command.args(["-e", &format!("inject={inject}"), "-p", &id.to_string()]).spawn().unwrap();
    let traced = || {
        fs::read_dir(format!("/proc/{id}/task")).unwrap().all(|task| {
            let status = fs::read_to_string(task.unwrap().path().join("status")).unwrap_or_default();
            !status.contains("TracerPid:\t0")
        })
    };
    Server::until(std::time::Duration::from_secs(20), traced).unwrap();
    child
}

const FILES: [&str; 7] = [
    ".staff/journal/log",
    ".staff/.views.json.new",
    ".staff/views.json",
    "data/.stations.json.new",
    "data/stations.json",
    ".staff",
    "data",
];

/// A server that is killed while it saves: what it answered is there after it starts again, and whoever got no answer sends again.
#[test]
fn a_server_that_is_killed_lost_nothing_it_confirmed() {
    if !can_trace() {
        return;
    }
    let prepared = prepared();
    let (mut kills, mut confirmed, mut kept) = (0, 0, 0);
    for call in ["write", "fsync", "rename"] {
        for when in 1..16 {
            let house = prepared.copy();
            let server = house.serve();
            let mut tracer = attached(&house, &server, &format!("{call}:signal=KILL:when={when}"), &FILES);
            let back = undoing(&prepared.code);
            let answer = server.try_patch(STATION, &prepared.link.token, &back);
            let told = answer.as_ref().is_some_and(|answer| answer.status == 200);
            // What comes after the answer is killed, too.
            let ended = Server::until(std::time::Duration::from_millis(700), || {
                server.try_ask("GET", "/", &[], "").is_none()
            });
            drop(server);
            tracer.wait().unwrap();
            let store = journal::open(&house.path("public")).unwrap();
            let has = store.state().changes.len() == 2;
            assert!(has || !told, "{call} {when}: confirmed, and lost");
            drop(store);
            kept += u32::from(has && !told);
            confirmed += u32::from(told);
            kills += u32::from(ended.is_some());
            let server = house.serve();
            assert_eq!(server.patch(STATION, &prepared.link.token, &back).json()["state"], json!("live"));
            Server::until(std::time::Duration::from_secs(20), || {
                house.list()["stations"][0]["hours"] == json!("周一至周五 08:30-17:00")
            })
            .unwrap_or_else(|| panic!("{call} {when}"));
            drop(server);
            let store = journal::open(&house.path("public")).unwrap();
            assert_eq!(store.state().changes.len(), 2);
            if ended.is_none() {
                break;
            }
        }
    }
    println!(
        "{kills} kills of a server: {confirmed} confirmed and all there, {kept} there without an answer, once each"
    );
    assert!(kills > 8 && confirmed > 0 && kept > 0);
}

fn undoing(code: &str) -> String {
    let patch = domain::patch::Code::parse(code).unwrap().patch;
    let ops = patch.ops().iter().filter(|op| op.field == domain::patch::Field::Hours).cloned().collect();
    let own = domain::patch::Patch::new(patch.uuid(), patch.station().clone(), 0, ops, None, patch.made_at())
        .unwrap();
    let patch = own.inverse(domain::patch::Uuid([5; 16]), None, patch.made_at()).unwrap();
    domain::patch::Code { patch, signature: None }.text().unwrap()
}

/// A server whose disk is full says 507 and takes nothing; when there is room again, it goes on by itself.
#[test]
fn a_server_with_a_full_disk_says_so() {
    if !can_trace() {
        return;
    }
    let prepared = prepared();
    let back = undoing(&prepared.code);
    let uuid = domain::patch::Code::parse(&back).unwrap().patch.uuid();
    let mut met = Vec::new();
    for (inject, expected) in [
        ("write:error=ENOSPC:when=1..4", 507),
        ("write:error=EIO:when=1..4", 503),
        ("fsync:error=EIO:when=1..4", 503),
        ("fsync:error=ENOSPC:when=1..4", 507),
    ] {
        let house = prepared.copy();
        let server = house.serve();
        let mut tracer = attached(&house, &server, inject, &FILES[..1]);
        let mut statuses = Vec::new();
        for _ in 0..12 {
            let answer = server.patch(STATION, &prepared.link.token, &back);
            statuses.push(answer.status);
            if answer.status == 200 {
                break;
            }
            assert!(!answer.header("retry-after").is_empty());
            let known = server.with("GET", &format!("/api/changes/{uuid}"), &prepared.link.token);
            assert_eq!(known.status, 404, "{inject}: refused, and taken all the same");
            assert_ne!(house.list()["stations"][0]["hours"], json!("周一至周五 08:30-17:00"));
            // Those who read are served all the while.
            assert_eq!(server.ask("GET", "/data/index.json", &[], "").status, 200);
        }
        assert_eq!((statuses[0], statuses.last()), (expected, Some(&200)), "{inject}: {statuses:?}");
        // Which file it is says the log, and why, once for each reason and not for each who asks.
        let log = server.log.lock().unwrap().clone();
        let said =
            log.lines().filter(|line| line.contains(".staff/journal/log") && line.contains("os error"));
        let said: Vec<&str> = said.map(|line| line.split_once(' ').unwrap().1).collect();
        let mut reasons = said.clone();
        reasons.dedup();
        assert!(!said.is_empty() && said.len() <= reasons.len(), "{inject}: {log}");
        drop(server);
        tracer.wait().unwrap();
        let store = journal::open(&house.path("public")).unwrap();
        assert_eq!(store.state().changes.len(), 2);
        met.push((inject, statuses));
    }
    println!("{met:?}");
}

/// Somebody made the journal another user's: nothing is taken, and the log names it.
#[test]
fn a_file_that_may_not_be_written_is_named() {
    if !can_trace() {
        return;
    }
    let prepared = prepared();
    let house = prepared.copy();
    let server = house.serve();
    let mut tracer = attached(&house, &server, "openat:error=EACCES", &FILES[..1]);
    let said = |server: &Server| {
        let log = server.log.lock().unwrap().clone();
        log.matches(" / .staff/journal/log: Permission denied").count()
    };
    for _ in 0..3 {
        let answer = server.patch(STATION, &prepared.link.token, &undoing(&prepared.code));
        assert_eq!((answer.status, answer.json()["error"].as_str()), (503, Some("unavailable")));
    }
    Server::until(std::time::Duration::from_secs(20), || said(&server) > 0).unwrap();
    // By who takes changes and by who publishes, once each.
    assert!(said(&server) <= 2, "{}", server.log.lock().unwrap());
    drop(server);
    tracer.wait().unwrap();
}
