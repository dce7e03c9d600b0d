//! `staff serve` among slow, hostile and many clients, and when it is told to stop.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "serve/server.rs"]
mod server;
mod tool;

use std::fs;
use std::io::{BufRead as _, Read as _, Write as _};
use std::net::TcpStream;

use server::{Answer, Server, read};

/// What comes until the connection ends, be it in peace or not.
fn rest(stream: &mut TcpStream) -> Vec<u8> {
    let mut raw = Vec::new();
    // A server that hangs up before it has read everything resets the connection.
    let _ = stream.read_to_end(&mut raw);
    raw
}

fn raw(server: &Server, bytes: &str) -> Answer {
    let mut stream = server.connect();
    stream.write_all(bytes.as_bytes()).unwrap();
    read(&rest(&mut stream))
}

#[test]
fn heads_have_limits() {
    let server = Server::start();
    let padded = |len: usize| {
        let start = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: ";
        format!("{start}{}", "a".repeat(len - start.len()))
    };
    let fits = format!("{}\r\n\r\n", padded(15_000));
    assert_eq!(raw(&server, &fits).status, 200);
    // As much as may be, and no end.
    assert_eq!(raw(&server, &padded(16 * 1024)).status, 431, "a long header");
    let line = format!("GET /{}", "a".repeat(16 * 1024 - 5));
    assert_eq!(raw(&server, &line).status, 431, "a long first line");
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a:b\r\n".repeat(2000));
    assert_eq!(raw(&server, &many).status, 431, "2,000 headers");
    assert_eq!(raw(&server, "GET\r\n\r\n").status, 400);
    // Far more than may be: whether the answer arrives depends on the network, the connection ends.
    for endless in [format!("GET /{}", "a".repeat(300_000)), padded(300_000)] {
        let mut stream = server.connect();
        let _ = stream.write_all(endless.as_bytes());
        let answer = rest(&mut stream);
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 4"), "{}", answer.len());
    }
    assert_eq!(server.get(&format!("/{}", "a/".repeat(2000))).status, 404);
    assert_eq!(server.get("/").status, 200, "it still serves");
}

#[test]
fn bodies_are_refused() {
    let server = Server::start();
    let cases = [
        ("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", 413),
        ("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 413),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", 405),
        ("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", 200),
    ];
    for (request, status) in cases {
        // Without `Connection: close` from the asker, the server ends it.
        let answer = raw(&server, request);
        assert_eq!((answer.status, answer.header("connection")), (status, "close"), "{request}");
    }
}

#[test]
fn slow_clients_are_let_go() {
    let server = Server::with(&["--log", "off", "--patience", "1", "--connections", "3"]);
    // One says nothing, one half a head, one keeps its connection after an answer.
    let mut silent = server.connect();
    let mut half = server.connect();
    half.write_all(b"GET / HTTP/1.1\r\nHost:").unwrap();
    let mut kept = server.connect();
    kept.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    // All places are taken: this is answered once the others were let go.
    assert_eq!(server.get("/").status, 200);
    for (name, stream) in [("silent", &mut silent), ("half", &mut half), ("kept", &mut kept)] {
        let end = rest(stream);
        assert!(end.is_empty() || end.starts_with(b"HTTP/1.1 408") || name == "kept", "{name}");
    }

    // One takes nothing of what it asked for, which is more than the network holds. It has the only place, so that
    // the answer to another one shows that it was let go.
    let server = Server::with(&["--log", "off", "--patience", "1", "--connections", "1"]);
    fs::write(server.folder.path().join("dist/large.bin"), vec![b'x'; 32 << 20]).unwrap();
    let mut lazy = server.connect();
    lazy.write_all(b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    lazy.read_exact(&mut [0; 15]).unwrap();
    assert_eq!(server.get("/").status, 200);
    let got = rest(&mut lazy).len();
    assert!(got < 32 << 20, "{got}");
}

#[test]
fn many_connections_and_too_many_of_one_address() {
    let server = Server::with(&["--log", "off", "--per-address", "20"]);
    let open: Vec<TcpStream> = (0..20).map(|_| server.connect()).collect();
    let ask = b"GET /LICENSE HTTP/1.1\r\nHost: x\r\n\r\n";
    let mut first = [0; 15];
    for mut stream in &open {
        stream.write_all(ask).unwrap();
        stream.read_exact(&mut first).unwrap();
        assert_eq!(&first, b"HTTP/1.1 200 OK");
    }
    let mut refused = server.connect();
    let _ = refused.write_all(ask);
    assert!(rest(&mut refused).is_empty(), "one too many is hung up on");
    drop(open);
    // The server notices one after the other that they have gone.
    let answered = (0..200).any(|_| {
        let mut stream = server.connect();
        let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        rest(&mut stream).starts_with(b"HTTP/1.1 200")
    });
    assert!(answered, "places come free");

    let server = Server::with(&["--log", "off", "--connections", "8", "--per-address", "1000"]);
    let answered = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..200).map(|_| scope.spawn(|| server.get("/LICENSE").status)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(answered, vec![200; 200], "more than fit at once wait, and none is lost");
}

#[cfg(unix)]
#[test]
fn stops_when_told_and_finishes_what_it_began() {
    const LARGE: usize = 32 << 20;
    for signal in ["-INT", "-TERM"] {
        let mut server = Server::start();
        fs::write(server.folder.path().join("dist/large.bin"), vec![b'x'; LARGE]).unwrap();
        // An idle connection must not keep it from stopping.
        let idle = server.connect();
        let mut download = server.connect();
        download.write_all(b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        let mut raw = vec![0; 1000];
        download.read_exact(&mut raw).unwrap();
        server.signal(signal);
        // No new ones once it stops.
        while TcpStream::connect(server.address).is_ok() {
            std::thread::yield_now();
        }
        assert!(server.process.try_wait().unwrap().is_none(), "{signal}: somebody is still reading");
        raw.extend(rest(&mut download));
        let answer = read(&raw);
        assert_eq!((answer.status, answer.body.len()), (200, LARGE), "{signal}");
        assert_eq!(server.process.wait().unwrap().code(), Some(0), "{signal}");
        drop(idle);
    }
}

#[test]
fn the_log_says_what_and_not_who() {
    let mut server = Server::with(&[]);
    server.get("/data/index.json?q=%E9%A9%BF");
    server.ask("HEAD", "/s/made/", &[]);
    server.ask("POST", "/%1b%5b2J", &[]);
    raw(&server, "GET\r\n\r\n");
    let mut lines = Vec::new();
    for _ in 0..4 {
        let mut line = String::new();
        server.log.read_line(&mut line).unwrap();
        let (time, said) = line.trim_end().split_once(' ').unwrap();
        assert!(time.len() == 25 && time.ends_with("+08:00"), "{line}");
        // How long it took is another each time.
        let said =
            said.rsplit_once(' ').filter(|(_, took)| took.ends_with("ms")).map_or(said, |(said, _)| said);
        lines.push(said.to_owned());
    }
    insta::assert_snapshot!(lines.join("\n"), @r"
    127.0.0.0/24 GET /data/index.json 200 9
    127.0.0.0/24 HEAD /s/made/ 200 19
    127.0.0.0/24 POST /%1b%5b2J 405 4
    127.0.0.0/24 refused: no HTTP
    ");

    let mut server = Server::with(&["--log", "json"]);
    server.get("/nowhere");
    let mut line = String::new();
    server.log.read_line(&mut line).unwrap();
    let mut said: serde_json::Value = serde_json::from_str(&line).unwrap();
    for name in ["time", "ms"] {
        said.as_object_mut().unwrap().remove(name).unwrap();
    }
    let expected = serde_json::json!({
        "from": "127.0.0.0/24", "method": "GET", "path": "/nowhere", "status": 404, "bytes": 19,
    });
    assert_eq!(said, expected);
}

#[test]
fn a_new_edition_brings_its_own_policy() {
    let server = Server::start();
    let policy = || server.get("/LICENSE").header("content-security-policy").to_owned();
    let before = policy();
    assert!(before.contains("script-src 'self' 'wasm-unsafe-eval'; "), "{before}");
    let page = "<script>alert(1)</script><script src='/a.js'></script>";
    fs::write(server.folder.path().join("dist/index.html"), page).unwrap();
    let after = policy();
    let hash = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";
    assert!(after.contains(&format!("script-src 'self' 'wasm-unsafe-eval' {hash}; ")), "{after}");
}
