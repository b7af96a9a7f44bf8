//! Bodies are read piece by piece, within a length, a time and the memory set aside for all bodies together.
//!
//! Invariant: a slow sender holds no slot for execution and no more memory than what it has sent.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use poem::{Body, http::StatusCode};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout, timeout_at},
};

use super::{
    code::{Code, Refusal},
    engine::{Engine, busy},
    limits::{count, length, milliseconds},
};

/// A body in memory, and its share of the memory for bodies.
pub struct Read {
    /// The bytes.
    pub bytes: Bytes,
    _share: Share,
}

/// A growing share of the memory set aside for bodies; given back when dropped.
#[derive(Default)]
pub struct Share {
    permits: Vec<OwnedSemaphorePermit>,
    held: usize,
}

impl Share {
    /// Grows the share so that `size` bytes fit; refuses where all bodies together are too large.
    pub fn grow(&mut self, size: usize, all: &Arc<Semaphore>, maximum: u64) -> Result<(), Refusal> {
        let wanted = size.div_ceil(1024);
        if wanted <= self.held {
            return Ok(());
        }
        let more = (wanted - self.held).max(self.held).max(4);
        let permits = u32::try_from(more).ok().and_then(|more| all.clone().try_acquire_many_owned(more).ok());
        self.permits.push(permits.ok_or_else(|| busy("bodies_bytes", maximum))?);
        self.held += more;
        Ok(())
    }
}

/// Reads a whole body that has no files in it.
pub async fn read(body: Body, engine: &Engine) -> Result<Read, Refusal> {
    let limits = &engine.limits;
    let mut pieces = pieces(body, limits.body_idle_timeout_ms, limits.body_timeout_ms);
    let (mut bytes, mut share) = (BytesMut::new(), Share::default());
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        let size = bytes.len() + piece.len();
        if size > length(limits.body_bytes) {
            return Err(too_large("body_bytes", count(size), limits.body_bytes));
        }
        share.grow(size, &engine.bodies, limits.bodies_bytes)?;
        bytes.extend_from_slice(&piece);
    }
    Ok(Read { bytes: bytes.freeze(), _share: share })
}

/// The pieces of a body, each in time.
pub fn pieces(body: Body, idle_ms: u64, whole_ms: u64) -> std::pin::Pin<Box<dyn Stream<Item = Result<Bytes, Refusal>> + Send>> {
    let until = Instant::now() + milliseconds(whole_ms);
    let late = |limit: &'static str, maximum: u64| {
        let refusal = Refusal::new(Code::Timeout, "The body came too slowly.").status(StatusCode::REQUEST_TIMEOUT);
        refusal.detail("limit", limit).detail("maximum", maximum)
    };
    Box::pin(async_stream::stream! {
        let mut body = std::pin::pin!(body.into_bytes_stream());
        loop {
            match timeout_at(until, timeout(milliseconds(idle_ms), body.next())).await {
                Ok(Ok(Some(Ok(piece)))) => yield Ok(piece),
                Ok(Ok(None)) => return,
                Ok(Ok(Some(Err(_)))) => return yield Err(Refusal::new(Code::BadRequest, "The body ended before it was complete.")),
                Ok(Err(_)) => return yield Err(late("body_idle_timeout_ms", idle_ms)),
                Err(_) => return yield Err(late("body_timeout_ms", whole_ms)),
            }
        }
    })
}

/// Reads on for a moment without keeping anything: a client that is still sending would not see our answer otherwise.
pub async fn discard(body: Body) {
    const MOST: usize = 64 << 20;
    let mut pieces = pieces(body, 500, 2_000);
    let mut size = 0;
    while let Some(Ok(piece)) = pieces.next().await {
        size += piece.len();
        if size > MOST {
            return;
        }
    }
}

/// The refusal of a body or file that is too large.
pub fn too_large(limit: &'static str, value: u64, maximum: u64) -> Refusal {
    Refusal::limit(limit, value, maximum).status(StatusCode::PAYLOAD_TOO_LARGE)
}
