//! `staff serve`: the built site over HTTP, as a static host would serve it.
//!
//! Pages of the app are answered with its one page (or a prerendered one where there is one), files with their
//! type, entity tag and packed form, everything else with an honest 404.

mod answer;
mod folder;
mod headers;
mod route;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use folder::Folder;

/// Connections held at once; more wait to be accepted.
const CONNECTIONS: usize = 512;
/// Longest head of a request, in bytes.
const HEAD: usize = 16 * 1024;
/// Longest that a client may take to send a request's head, or to say nothing between two.
const HEAD_TIME: Duration = Duration::from_secs(20);
/// Longest that open answers are waited for when stopping.
const STOP_TIME: Duration = Duration::from_secs(5);

/// Why serving did not start, or ended.
#[derive(Debug)]
pub enum ServeError {
    /// The folder has no `index.html`: nothing was built there.
    NotBuilt(PathBuf),
    /// The address cannot be listened on.
    Listen(SocketAddr, io::Error),
    /// The machine gave no threads, sockets or signals.
    Runtime(io::Error),
}

/// Serves `dist` at `listen` until the process is told to stop (Ctrl+C, SIGTERM). `started` is told the address,
/// whose port is a real one where 0 was asked for.
pub fn serve(dist: &Path, listen: SocketAddr, started: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let folder = Folder::open(dist).map_err(|_| ServeError::NotBuilt(dist.to_owned()))?;
    if folder.find("index.html").is_none() {
        return Err(ServeError::NotBuilt(dist.to_owned()));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(ServeError::Runtime)?;
    runtime.block_on(run(Arc::new(folder), listen, started))
}

async fn run(
    folder: Arc<Folder>,
    listen: SocketAddr,
    started: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let listener = TcpListener::bind(listen).await.map_err(|error| ServeError::Listen(listen, error))?;
    // Before the address is told, so that whoever reads it may stop the server at once.
    let mut stop = std::pin::pin!(stop_signal().map_err(ServeError::Runtime)?);
    started(listener.local_addr().map_err(ServeError::Runtime)?);

    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(HEAD);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let next = async { (Arc::clone(&places).acquire_owned().await, listener.accept().await) };
        let next = tokio::select! {
            () = &mut stop => break,
            next = next => next,
        };
        let (Ok(place), Ok((stream, _))) = next else {
            // Out of file handles, or the client left before it was accepted: the next one may fare better.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let folder = Arc::clone(&folder);
        let service = service_fn(move |request| respond(Arc::clone(&folder), request));
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // An error here is the client's: it left, or sent no HTTP.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    // Those that are still reading after that are cut off.
    let _ = tokio::time::timeout(STOP_TIME, graceful.shutdown()).await;
    Ok(())
}

async fn respond(
    folder: Arc<Folder>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, _) = request.into_parts();
    let work = tokio::task::spawn_blocking(move || {
        answer::answer(&folder, &head.method, head.uri.path(), &head.headers)
            .or_else(|_| answer::failed(&head.method))
    });
    let response = work.await.ok().and_then(Result::ok).unwrap_or_else(|| {
        let mut response = Response::new(Bytes::from_static(b"500\n"));
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    });
    Ok(response.map(Full::new))
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
