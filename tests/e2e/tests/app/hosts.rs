//! The built app behind the web servers that staff use, with the headers that `staff build` wrote down for them.

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use e2e::{dist, target, workspace};
use serde_json::Value;
use tempfile::TempDir;

/// Which server.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Debian's, with the piece that is made for it.
    Nginx,
    /// `staff serve`.
    Staff,
}

/// A server at work on a copy of the built app. Stops when dropped.
pub struct Host {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where its copy lies.
    pub dist: PathBuf,
    process: Child,
    _folder: TempDir,
}

impl Drop for Host {
    fn drop(&mut self) {
        // Gone already if it failed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Host {
    /// Builds the data anew into a copy of the app, with the site's settings changed, and serves it.
    pub fn start(kind: Kind, change: impl FnOnce(&mut Value)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (public, site) = (folder.path().join("public"), folder.path().join("dist"));
        copy(&dist().unwrap(), &site);
        copy(&workspace().join("public/data"), &public.join("data"));
        copy(&workspace().join("public/basemap"), &public.join("basemap"));
        let settings = public.join("data/site.json");
        let mut json = serde_json::from_slice(&fs::read(&settings).unwrap()).unwrap();
        change(&mut json);
        fs::write(&settings, json.to_string()).unwrap();
        let staff = staff();
        let mut build = Command::new(&staff);
        // Nothing of a build that may run around the tests.
        for name in ["TRUNK_STAGING_DIR", "TRUNK_DIST_DIR", "TRUNK_PROFILE"] {
            build.env_remove(name);
        }
        let done = build.arg("build").arg("--source").arg(&public).arg("--out").arg(&site).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let (process, address) = match kind {
            Kind::Nginx => nginx(folder.path(), &site),
            Kind::Staff => serve(Command::new(&staff).arg("serve").arg("--dist").arg(&site), 0),
        };
        Self { address, dist: site, process, _folder: folder }
    }
}

/// The staff tool as it is now.
pub fn staff() -> PathBuf {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.args(["build", "--quiet", "--package", "staff"]).current_dir(workspace());
    assert!(build.status().unwrap().success(), "the staff tool does not build");
    target().join("debug").join(format!("staff{}", env::consts::EXE_SUFFIX))
}

/// Runs `staff serve` as far as its arguments go, at a port; 0: any free one.
pub fn serve(serve: &mut Command, port: u16) -> (Child, SocketAddr) {
    serve.args(["--lang", "en", "--log", "off", "--listen", &format!("127.0.0.1:{port}")]);
    let mut process = serve.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().parse().unwrap();
    (process, address)
}

fn nginx(folder: &Path, site: &Path) -> (Child, SocketAddr) {
    // The server block is the one that the piece's own head shows.
    run_nginx(folder, |address| {
        format!("listen {address};\n    root {0};\n    include {0}/.deploy/nginx.conf;", site.display())
    })
}

/// Runs nginx with one server block, which is told its address.
fn run_nginx(folder: &Path, server: impl FnOnce(SocketAddr) -> String) -> (Child, SocketAddr) {
    let program = env::var_os("NGINX").map_or_else(|| PathBuf::from("/usr/sbin/nginx"), PathBuf::from);
    assert!(
        program.is_file(),
        "{} is missing: `cargo xtask test` installs it, or `apt-get install nginx-light`, or set NGINX to another",
        program.display()
    );
    // Free now; nginx takes no port 0.
    let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {}/{name};", folder.display()))
        .join(" ");
    let conf = format!(
        "daemon off; master_process off; pid {0}/nginx.pid; error_log stderr;\nevents {{ }}\nhttp {{\n\
         access_log off; {temporary}\nserver {{\n    {1}\n}}\n}}\n",
        folder.display(),
        server(address)
    );
    let path = folder.join("nginx.conf");
    fs::write(&path, conf).unwrap();
    let mut process = Command::new(program).arg("-c").arg(&path).args(["-e", "stderr"]).spawn().unwrap();
    let deadline = Instant::now() + Duration::from_secs(15);
    while TcpStream::connect(address).is_err() {
        assert!(process.try_wait().unwrap().is_none() && Instant::now() < deadline, "nginx does not start");
        thread::sleep(Duration::from_millis(20));
    }
    (process, address)
}

/// A server of tiles, all the same one, over HTTPS, as the settings demand it. Stops when dropped.
pub struct Tiles {
    /// Its address, as `https://127.0.0.1:41234`.
    pub origin: String,
    process: Child,
    _folder: TempDir,
}

impl Drop for Tiles {
    fn drop(&mut self) {
        // Gone already if it failed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Tiles {
    /// Starts it, with a certificate that nobody vouches for.
    pub fn start(tile: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path().display();
        fs::write(folder.path().join("tile.png"), tile).unwrap();
        let mut openssl = Command::new("openssl");
        openssl.args([
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=127.0.0.1",
        ]);
        openssl.args(["-keyout", "key.pem", "-out", "cert.pem"]).current_dir(folder.path());
        let made = openssl.output().expect("openssl is missing: `apt-get install openssl`");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let (process, address) = run_nginx(folder.path(), |address| {
            format!(
                "listen {address} ssl; ssl_certificate {here}/cert.pem; ssl_certificate_key {here}/key.pem;\n    \
                 root {here}; types {{ image/png png; }} location / {{ try_files /tile.png =404; }}"
            )
        });
        Self { origin: format!("https://{address}"), process, _folder: folder }
    }
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
