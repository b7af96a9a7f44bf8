//! Listening and stopping. The accept loop is our own, because poem's has no time limit on the head of a request, no
//! limit on connections, large buffers, and forgets a connection as soon as it becomes a WebSocket.
//!
//! HTTP/1.1 only: browsers speak HTTP/2 with TLS alone, so whatever ends TLS in front of the hub speaks it for them.
//!
//! Invariant: a connection holds one of the `connections` slots until it is closed, also as a WebSocket.
//! Invariant: after the signal nothing new is accepted and whatever has begun is finished, within `drain_timeout_ms`.

use std::{
    io,
    net::SocketAddr,
    path::Path,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use poem::{
    Addr, Endpoint, Request, Response, Route,
    http::uri::Scheme,
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Sleep, sleep, timeout},
};

use super::{
    engine::Engine,
    explorer,
    http::GraphqlEndpoint,
    limits::{length, milliseconds},
    probes::{self, Readiness},
    ws::Lease,
};
use crate::base::Counted;

/// The transport's own routes; the hub adds documents and feeds.
pub fn routes(engine: &Arc<Engine>, received: &Path, readiness: Arc<dyn Readiness>) -> Route {
    let route = Route::new().at("/graphql", GraphqlEndpoint::new(engine.clone(), received));
    explorer::add(probes::add(route, engine, readiness))
}

/// A listening socket.
pub struct Server {
    listener: TcpListener,
    engine: Arc<Engine>,
}

impl Server {
    /// Listens, but accepts nothing yet.
    pub async fn bind(engine: Arc<Engine>, address: SocketAddr) -> io::Result<Self> {
        Ok(Self { listener: TcpListener::bind(address).await?, engine })
    }

    /// Where it listens; tells the port if any was asked for.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until the signal, then drains. False if something had to be cut.
    pub async fn run<E: Endpoint<Output = Response> + 'static>(self, endpoint: E, stop: impl Future<Output = ()>) -> bool {
        let Self { listener, engine } = self;
        let endpoint = Arc::new(endpoint);
        let slots = Arc::new(Semaphore::new(length(engine.limits.connections).min(Semaphore::MAX_PERMITS)));
        let refusals = Arc::new(Semaphore::new(64));
        let mut stop = std::pin::pin!(stop);
        loop {
            let (stream, remote) = tokio::select! {
                () = &mut stop => break,
                accepted = listener.accept() => match accepted {
                    Ok(accepted) => accepted,
                    Err(error) => {
                        // Out of file descriptors, most likely: a moment later some are free again.
                        tracing::warn!(%error, "a connection could not be accepted");
                        sleep(Duration::from_millis(50)).await;
                        continue;
                    }
                },
            };
            match slots.clone().try_acquire_owned() {
                Ok(slot) => engine.drain.spawn(serve(engine.clone(), endpoint.clone(), stream, remote, slot)),
                Err(_) => {
                    engine.meters.refused_connections.inc();
                    if let Ok(permit) = refusals.clone().try_acquire_owned() {
                        tokio::spawn(refuse(stream, engine.limits.connections, permit));
                    }
                }
            }
        }
        drop(listener);
        tracing::info!("draining");
        engine.drain.begin();
        let finished = engine.drain.finish(milliseconds(engine.limits.drain_timeout_ms)).await;
        tracing::info!(finished, "stopped");
        finished
    }
}

async fn serve<E: Endpoint<Output = Response>>(
    engine: Arc<Engine>,
    endpoint: Arc<E>,
    stream: TcpStream,
    remote: SocketAddr,
    slot: OwnedSemaphorePermit,
) {
    let counted = Counted::new(&engine.meters.connections);
    let lease = Lease::of((slot, counted));
    let local = stream.local_addr().map_or_else(|_| Addr::default(), Addr::from);
    // Answers are written whole, so waiting to fill a packet only delays them.
    let _ = stream.set_nodelay(true);
    let has_asked = Arc::new(AtomicBool::new(false));
    let asked = has_asked.clone();
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        asked.store(true, Ordering::Relaxed);
        request.extensions_mut().insert(lease.clone());
        let request = Request::from((request, LocalAddr(local.clone()), RemoteAddr(remote.into()), Scheme::HTTP));
        let endpoint = endpoint.clone();
        async move {
            let response = endpoint.call(request).await.unwrap_or_else(|error| error.into_response());
            Ok::<hyper::Response<_>, std::convert::Infallible>(response.into())
        }
    });
    let limits = &engine.limits;
    let socket = Patient { stream, patience: milliseconds(limits.stall_timeout_ms), stalled: None };
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(milliseconds(limits.header_timeout_ms))
        // For the head of a request and for what is written ahead of a slow reader.
        .max_buf_size(64 << 10)
        .serve_connection(TokioIo::new(socket), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        _ = &mut connection => return,
        () = engine.drain.begun() => {}
    }
    // A connection that never asked anything has nothing to finish.
    if has_asked.load(Ordering::Relaxed) {
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
    }
}

/// Tells a client that there are too many connections, without letting it keep one.
async fn refuse(mut stream: TcpStream, maximum: u64, _permit: OwnedSemaphorePermit) {
    let body = format!(
        r#"{{"errors":[{{"message":"The server has too many connections.","extensions":{{"code":"LIMIT_EXCEEDED","limit":"connections","value":{},"maximum":{maximum}}}}}]}}"#,
        maximum.saturating_add(1)
    );
    let head = "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json; charset=utf-8\r\nretry-after: 1\r\nconnection: close";
    let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let say = async {
        let mut buffer = [0; 1024];
        // Clients take an answer that comes before their question for a broken connection.
        if stream.read(&mut buffer).await? == 0 {
            return Ok(());
        }
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await?;
        // Closing with unread bytes would reset the connection before the answer is read.
        for _ in 0..64 {
            if stream.read(&mut buffer).await? == 0 {
                break;
            }
        }
        io::Result::Ok(())
    };
    let _ = timeout(Duration::from_millis(500), say).await;
}

/// A connection whose peer must take what we write within a time.
struct Patient {
    stream: TcpStream,
    patience: Duration,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn watch<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let patience = self.patience;
        let timer = self.stalled.get_or_insert_with(|| Box::pin(sleep(patience)));
        ready!(timer.as_mut().poll(context));
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the peer does not read")))
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(context, written)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, slices: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.watch(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
