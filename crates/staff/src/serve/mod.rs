//! `staff serve`: the built site over HTTP, as a static host would serve it.
//!
//! Pages of the app are answered with its one page (or a prerendered one where there is one), files with their
//! type, entity tag and packed form, everything else with an honest 404, all with the headers of
//! [`crate::headers`]. Made for one machine in the open: connections, heads and waiting are limited, so that a slow
//! or hostile client costs little, and it stops without breaking what it began.

mod answer;
mod api;
mod asked;
mod folder;
mod live;
mod log;
mod policy;
mod route;
mod visitors;

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::header::{CONTENT_LENGTH, HeaderMap, HeaderValue, REFERRER_POLICY};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;

pub(crate) use api::No;
use api::{Api, Asked};
use folder::Folder;
pub use live::LiveError;
use live::{Done, Site};
pub use log::LogForm;
use log::{Event, Log};
use policy::Policy;
use visitors::Visitors;

use crate::trouble::Item;
use crate::words::Lang;

/// Longest head of a request, its first line included, in bytes.
const HEAD: usize = 16 * 1024;
/// Longest that open answers are waited for when stopping.
const STOP_TIME: Duration = Duration::from_secs(10);

/// What to serve, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The site's folder.
    pub dist: PathBuf,
    /// Where to listen; port 0: any free one.
    pub listen: SocketAddr,
    /// Connections held at once; more wait to be accepted.
    pub connections: usize,
    /// Connections from one address at once; more are hung up on.
    pub per_address: usize,
    /// Longest that a client may take to send a request's head, to say nothing between two, or to take nothing of
    /// an answer.
    pub patience: Duration,
    /// How the access log is written.
    pub log: LogForm,
    /// The source folder, where hosts' changes and riders' reports are taken; the site is built from it.
    pub data: Option<PathBuf>,
    /// Whether the data have packed forms, and the site a service worker.
    pub packed: bool,
    /// Whether a proxy stands before the server and says whom it asks for (`X-Forwarded-For`).
    pub proxied: bool,
}

/// Why serving did not start, or ended.
#[derive(Debug)]
pub enum ServeError {
    /// The folder has no `index.html`: nothing was built there.
    NotBuilt(PathBuf),
    /// The address cannot be listened on.
    Listen(SocketAddr, io::Error),
    /// The machine gave no threads, sockets or signals.
    Runtime(io::Error),
    /// The site cannot be built from the source folder, or its journal cannot be opened.
    Live(LiveError),
}

impl From<LiveError> for ServeError {
    fn from(error: LiveError) -> Self {
        Self::Live(error)
    }
}

/// Serves until the process is told to stop (Ctrl+C, SIGTERM). `started` is told the address, whose port is a real
/// one where 0 was asked for, and what is wrong with files that are not published as they stand.
pub fn serve(options: &Options, started: impl FnOnce(SocketAddr, &[Item])) -> Result<(), ServeError> {
    let dist = options.dist.as_path();
    if !dist.join("index.html").is_file() {
        return Err(ServeError::NotBuilt(dist.to_owned()));
    }
    let live = options.data.as_ref().map(|data| begin(options, data)).transpose()?;
    let folder = Folder::open(dist).map_err(|_| ServeError::NotBuilt(dist.to_owned()))?;
    if folder.find("index.html").is_none() {
        return Err(ServeError::NotBuilt(dist.to_owned()));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(ServeError::Runtime)?;
    runtime.block_on(run(folder, options, live, started))
}

/// What takes changes, and what publishes them.
struct Open {
    api: Arc<Api>,
    site: Arc<Site>,
    done: Done,
}

/// Opens the journal and builds the site from it.
fn begin(options: &Options, data: &Path) -> Result<Open, LiveError> {
    let (source, out) = (data.to_owned(), options.dist.clone());
    let site = Arc::new(Site { source, out, packed: options.packed, worker: options.packed });
    let api = Arc::new(Api::open(data)?);
    let done = site.first(&api)?;
    Ok(Open { api, site, done })
}

/// What every connection needs.
struct House {
    folder: Folder,
    policy: Policy,
    log: Arc<Log>,
    api: Option<Arc<Api>>,
    /// Longest wait for a body.
    patience: Duration,
    proxied: bool,
}

async fn run(
    folder: Folder,
    options: &Options,
    live: Option<Open>,
    started: impl FnOnce(SocketAddr, &[Item]),
) -> Result<(), ServeError> {
    let Options { dist, listen, connections, per_address, patience, log, data: _, packed: _, proxied } =
        options;
    let listener = TcpListener::bind(*listen).await.map_err(|error| ServeError::Listen(*listen, error))?;
    // Before the address is told, so that whoever reads it may stop the server at once.
    let mut stop = std::pin::pin!(stop_signal().map_err(ServeError::Runtime)?);
    let stalled = live.as_ref().map_or(&[][..], |open| &open.done.stalled);
    started(listener.local_addr().map_err(ServeError::Runtime)?, stalled);

    let log = Arc::new(Log::start(*log));
    let (api, publisher) = live
        .map(|Open { api, site, done }| {
            let publisher = site.keep_up(&api, &log, done);
            (api, publisher)
        })
        .unzip();
    let (policy, patience, proxied) = (Policy::new(dist), *patience, *proxied);
    let house = Arc::new(House { folder, policy, log, api, patience, proxied });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience).max_buf_size(HEAD);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(*connections));
    let visitors = Visitors::new(*per_address);
    loop {
        let next = tokio::select! {
            () = &mut stop => break,
            next = accept(&places, &listener) => next,
        };
        let Some((place, stream, address)) = next else {
            // Out of file handles, or the client left before it was accepted: the next one may fare better.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let Some(visit) = visitors.enter(address) else {
            house.log.write(address, &Event::Refused("too many connections"));
            continue;
        };
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(patience));
        let own = Arc::clone(&house);
        let service = service_fn(move |request| respond(Arc::clone(&own), address, request));
        let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), service);
        let connection = graceful.watch(connection);
        let house = Arc::clone(&house);
        tokio::spawn(async move {
            // An error here is the client's: it left, was too slow, or sent no HTTP.
            if let Err(error) = connection.await
                && let Some(why) = refusal(&error)
            {
                house.log.write(address, &Event::Refused(why));
            }
            drop((visit, place));
        });
    }
    drop(listener);
    // Those that are still reading after that are cut off.
    let _ = tokio::time::timeout(STOP_TIME, graceful.shutdown()).await;
    drop(publisher);
    Ok(())
}

/// The next client, once there is a place for it. None where it could not be accepted.
async fn accept(
    places: &Arc<Semaphore>,
    listener: &TcpListener,
) -> Option<(OwnedSemaphorePermit, TcpStream, IpAddr)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    let (stream, address) = listener.accept().await.ok()?;
    Some((place, stream, address.ip()))
}

/// What a client did that ended its connection, if it is worth a line. That one came and said nothing is not:
/// browsers open connections in case.
fn refusal(error: &hyper::Error) -> Option<&'static str> {
    if error.is_parse_too_large() {
        Some("head too large")
    } else if error.is_parse() {
        Some("no HTTP")
    } else {
        None
    }
}

async fn respond(
    house: Arc<House>,
    address: IpAddr,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let begun = Instant::now();
    let has_body = !request.body().is_end_stream();
    let (head, body) = request.into_parts();
    let (method, path) = (head.method, head.uri.path().to_owned());
    let api = house.api.clone().filter(|_| path.starts_with(api::PREFIX));
    let body = match &api {
        Some(_) => read_body(body, house.patience).await,
        None => Ok(Bytes::new()),
    };
    let headers = head.headers;
    let work = tokio::task::spawn_blocking(move || {
        let word = method.to_string();
        let mut audit = None;
        let response = if let Some(api) = api {
            let address = if house.proxied { forwarded(&headers).unwrap_or(address) } else { address };
            let asked = Asked { method, path: path.clone(), headers, body, address };
            let done = api.answer(asked);
            audit = done.audit;
            if let Some(said) = done.trouble {
                house.log.note(&Event::Trouble(said.get(Lang::Both)));
            }
            with_policy(done.response, &house.policy, true)
        } else {
            let asked = answer::Request { method, path: path.clone(), headers, has_body };
            let made = answer::answer(&house.folder, &asked).or_else(|_| answer::failed(&asked.method));
            with_policy(made.unwrap_or_else(|_| broken()), &house.policy, false)
        };
        if let Some((seq, what, station, link)) = audit {
            house.log.write(address, &Event::Changed(seq, what, station, link));
        }
        let event = Event::Answered {
            method: word,
            path,
            status: response.status().as_u16(),
            bytes: length(response.headers()),
            took: begun.elapsed(),
        };
        house.log.write(address, &event);
        response
    });
    Ok(work.await.unwrap_or_else(|_| broken()).map(Full::new))
}

/// The answer with the headers that all have; the API's tell no other page where one came from.
fn with_policy(mut response: Response<Bytes>, policy: &Policy, secret: bool) -> Response<Bytes> {
    response.headers_mut().extend(policy.now().iter().cloned());
    if secret {
        response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    response
}

/// A request's whole body, if it is short and comes in time.
async fn read_body(body: Incoming, patience: Duration) -> Result<Bytes, No> {
    let whole = Limited::new(body, api::BODY).collect();
    match tokio::time::timeout(patience, whole).await {
        Ok(Ok(whole)) => Ok(whole.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(No::TooLong),
        Ok(Err(_)) | Err(_) => Err(No::Body),
    }
}

/// Whom a proxy asks for: the last address that it names, which is the one it saw itself.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let named = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    named.rsplit(',').next()?.trim().parse().ok()
}

fn broken() -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(b"500\n"));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}

fn length(headers: &HeaderMap) -> u64 {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or(0)
}

/// Resolves when the process is told to stop.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Resolves when the process is told to stop.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a signal to wait for, the server runs until it is ended from outside.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
