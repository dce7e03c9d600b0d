//! How far a long work is: shown to who waits at a terminal, and to nobody else.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod tool;

use std::fs::{File, OpenOptions};
use std::io::{BufReader, Read as _};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use tool::staff;

/// Runs `staff sample` with a reader that does nothing for more than a second in the middle: the work is then a long one
/// on the fastest machine. Gives back what it wrote to standard output.
fn slowly(lang: &str, stderr: impl Into<Stdio>) -> Vec<u8> {
    let map = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/basemap/liaoning.bin");
    let mut child = staff()
        .args(["sample", "--count", "2000", "--seed", "1", "--lang", lang, "--basemap"])
        .arg(map)
        .env("TERM", "xterm")
        .stdout(Stdio::piped())
        .stderr(stderr)
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    let mut read = vec![0; 1000];
    out.read_exact(&mut read).unwrap();
    thread::sleep(Duration::from_millis(1200));
    out.read_to_end(&mut read).unwrap();
    assert!(child.wait().unwrap().success());
    read
}

/// What a terminal shows of it.
fn on_a_terminal(lang: &str) -> (Vec<u8>, String) {
    let terminal: OwnedFd = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let size = Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(&terminal, size).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let name = Path::new(std::ffi::OsStr::from_bytes(name.as_bytes())).to_owned();
    let line = OpenOptions::new().read(true).write(true).open(name).unwrap();
    let reader = thread::spawn(move || {
        let mut shown = Vec::new();
        // Ends with an error once nobody holds the other side.
        let _ = BufReader::new(File::from(terminal)).read_to_end(&mut shown);
        String::from_utf8(shown).unwrap()
    });
    let written = slowly(lang, line);
    (written, reader.join().unwrap())
}

#[test]
fn a_terminal_shows_it_and_is_clean_again() {
    for (lang, words) in [("zh", "生成示例"), ("en", "making stations")] {
        let (_, shown) = on_a_terminal(lang);
        assert!(shown.contains(words) && shown.contains("/2,000"), "{shown:?}");
        let last = shown.rsplit('\r').next().unwrap();
        assert!(!last.contains(words), "the bar stayed: {shown:?}");
    }
}

#[test]
fn a_pipe_gets_nothing_of_it() {
    let (reader, writer) = std::io::pipe().unwrap();
    let piped = slowly("zh", writer);
    let mut said = String::new();
    BufReader::new(reader).read_to_string(&mut said).unwrap();
    assert_eq!(said, "");
    assert_eq!(piped, on_a_terminal("zh").0);
}
