//! One client's connection, from the upgrade to the close.

use std::{collections::HashMap, sync::Arc};

use async_graphql::Value;
use futures_util::{
    FutureExt, SinkExt, StreamExt,
    stream::{AbortHandle, BoxStream, SelectAll, abortable},
};
use poem::{Upgraded, http::header};
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error, Message,
        protocol::{CloseFrame, frame::coding::CloseCode},
    },
};

use super::{
    message::{Inbound, Outbound, Reason, read},
    operation::{Event, operation},
};
use crate::{
    code::{Code, Refusal},
    engine::Engine,
    gate::{RequestHead, bearer},
    limits::{count, milliseconds},
    params::Params,
};

/// Events written together, if so many are ready.
const TOGETHER: usize = 64;

/// The longest reason to close, in bytes, as the protocol has it.
const REASON: usize = 123;

type Socket = WebSocketStream<Upgraded>;

/// Why the loop ends.
#[derive(Debug)]
enum End {
    /// We close, with a reason.
    Close(Reason),
    /// The peer has closed; its farewell is still to be answered.
    Farewell,
    /// The peer is gone, or does not read.
    Gone,
}

pub(super) struct Session {
    engine: Arc<Engine>,
    head: Arc<RequestHead>,
    socket: Socket,
    /// The credential of `connection_init`; none until then.
    admitted: Option<Arc<Option<String>>>,
    running: HashMap<String, Running>,
    events: SelectAll<BoxStream<'static, (String, Event)>>,
    is_draining: bool,
}

/// An operation under way.
struct Running {
    abort: AbortHandle,
}

impl Session {
    pub(super) fn new(engine: Arc<Engine>, head: Arc<RequestHead>, socket: Socket) -> Self {
        let (running, events) = (HashMap::new(), SelectAll::new());
        Self { engine, head, socket, admitted: None, running, events, is_draining: false }
    }

    /// Serves the client until one of the two has enough.
    pub(super) async fn run(mut self, is_ours: bool) {
        let end = if is_ours { self.serve().await } else { End::Close(Reason::new(4406, "Subprotocol not acceptable")) };
        tracing::debug!(request_id = %self.head.request_id, ?end, "socket closed");
        // Streams are dropped before the farewell, so that a slow farewell holds none of them.
        self.events = SelectAll::new();
        self.running.clear();
        match end {
            End::Gone => {}
            End::Farewell => self.read_out().await,
            End::Close(Reason(code, reason)) => {
                let frame = CloseFrame { code: CloseCode::from(code), reason: reason.into() };
                if self.send(Message::Close(Some(frame))).await.is_ok() {
                    self.read_out().await;
                }
            }
        }
    }

    async fn serve(&mut self) -> End {
        let limits = &self.engine.limits;
        let init_until = Instant::now() + milliseconds(limits.connection_init_timeout_ms);
        let period = milliseconds(limits.heartbeat_ms);
        let mut heartbeat = interval_at(Instant::now() + period, period);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let draining = self.engine.drain.signal();
        let mut silent_beats = 0;
        loop {
            if self.is_draining && self.running.is_empty() {
                return End::Close(Reason::new(1001, "The server is about to stop"));
            }
            let step = tokio::select! {
                inbound = self.socket.next() => {
                    silent_beats = 0;
                    match inbound {
                        Some(Ok(message)) => self.hear(message).await,
                        Some(Err(error)) => Err(end_of(&error)),
                        None => Err(End::Gone),
                    }
                }
                Some(first) = self.events.next(), if !self.events.is_empty() => self.tell_ready(first).await,
                () = tokio::time::sleep_until(init_until), if self.admitted.is_none() => {
                    Err(End::Close(Reason::new(4408, "Connection initialisation timeout")))
                }
                _ = heartbeat.tick() => {
                    silent_beats += 1;
                    if silent_beats > 2 { Err(End::Gone) } else { self.send(Message::Ping(bytes::Bytes::new())).await }
                }
                () = draining.cancelled(), if !self.is_draining => {
                    // Streams of subscriptions end by the same signal and say `complete`; answers are finished.
                    self.is_draining = true;
                    Ok(())
                }
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    async fn hear(&mut self, message: Message) -> Result<(), End> {
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => {
                return Err(End::Close(Reason::new(4400, "Only text messages are understood")));
            }
            Message::Close(_) => return Err(End::Farewell),
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => return Ok(()),
        };
        match read(&text, &self.engine.limits).map_err(End::Close)? {
            Inbound::Init(payload) => self.open(payload).await,
            Inbound::Ping(payload) => self.say(&Outbound::Pong(payload)).await,
            Inbound::Pong => Ok(()),
            Inbound::Complete(id) => {
                if let Some(running) = self.running.remove(&id) {
                    running.abort.abort();
                }
                Ok(())
            }
            Inbound::Subscribe(id, params) => self.begin(id, *params).await,
        }
    }

    async fn open(&mut self, payload: Option<Value>) -> Result<(), End> {
        if self.admitted.is_some() {
            return Err(End::Close(Reason::new(4429, "Too many initialisation requests")));
        }
        let forbidden = |refusal: Refusal| {
            let is_wrong = refusal.code == Code::Unauthenticated;
            End::Close(Reason::new(if is_wrong { 4403 } else { 1011 }, shorten(&refusal.message, REASON)))
        };
        let said = payload.as_ref().and_then(authorization);
        let said = said.or_else(|| self.head.header(header::AUTHORIZATION).map(Ok)).transpose();
        let said = said.map_err(|()| End::Close(Reason::new(4403, "Authorization must be a string")))?;
        let credential = bearer(said).map_err(|denied| forbidden(denied.0))?;
        self.engine.admit(credential, &self.head).await.map_err(forbidden)?;
        self.admitted = Some(Arc::new(credential.map(str::to_owned)));
        self.say(&Outbound::Ack).await
    }

    async fn begin(&mut self, id: String, params: Result<Params, Refusal>) -> Result<(), End> {
        let Some(credential) = self.admitted.clone() else {
            return Err(End::Close(Reason::new(4401, "Unauthorized")));
        };
        if self.running.contains_key(&id) {
            return Err(End::Close(Reason::new(4409, format!("Subscriber for {} already exists", shorten(&id, 80)))));
        }
        let limits = &self.engine.limits;
        let others = count(self.running.len());
        let refused = match params {
            _ if self.is_draining => Err(Refusal::new(Code::Unavailable, "The server is about to stop.")),
            _ if others >= limits.subscriptions_per_connection => {
                Err(Refusal::limit("subscriptions_per_connection", others + 1, limits.subscriptions_per_connection))
            }
            params => params,
        };
        match refused {
            Ok(params) => {
                let events = operation(self.engine.clone(), self.head.clone(), credential, params);
                let name = id.clone();
                let (events, abort) = abortable(events.map(move |event| (name.clone(), event)));
                self.running.insert(id, Running { abort });
                self.events.push(events.boxed());
                Ok(())
            }
            Err(refusal) => {
                let reply = self.engine.refuse(refusal, &self.head);
                self.say(&Outbound::Error(&id, &reply.errors)).await
            }
        }
    }

    /// Tells one event and what else is ready, with one write: a subscriber who catches up, or of whom much is asked, costs the kernel less.
    async fn tell_ready(&mut self, first: (String, Event)) -> Result<(), End> {
        let mut next = Some(first);
        for _ in 0..TOGETHER {
            let Some((id, event)) = next else { break };
            self.tell(id, event).await?;
            next = self.events.next().now_or_never().flatten();
        }
        if let Some((id, event)) = next {
            self.tell(id, event).await?;
        }
        self.flush().await
    }

    async fn tell(&mut self, id: String, event: Event) -> Result<(), End> {
        // What the client has completed says nothing any more, even if it had something ready.
        if !self.running.contains_key(&id) {
            return Ok(());
        }
        let outbound = match &event {
            Event::Reply(reply) => Outbound::Next(&id, reply),
            Event::Refused(reply) => Outbound::Error(&id, &reply.errors),
            Event::Ended => Outbound::Complete(&id),
        };
        let message = Message::Text(outbound.to_text().into());
        if !matches!(event, Event::Reply(_)) {
            self.forget(&id);
        }
        self.feed(message).await
    }

    fn forget(&mut self, id: &str) {
        if let Some(running) = self.running.remove(id) {
            running.abort.abort();
        }
    }

    async fn say(&mut self, outbound: &Outbound<'_>) -> Result<(), End> {
        self.send(Message::Text(outbound.to_text().into())).await
    }

    /// Sends one message; a peer that does not read for too long is dropped.
    async fn send(&mut self, message: Message) -> Result<(), End> {
        self.feed(message).await?;
        self.flush().await
    }

    /// Writes one message, at the latest with the next flush.
    async fn feed(&mut self, message: Message) -> Result<(), End> {
        patiently(&self.engine, self.socket.feed(message)).await
    }

    async fn flush(&mut self) -> Result<(), End> {
        patiently(&self.engine, self.socket.flush()).await
    }

    /// Reads for a moment until the closing handshake is complete: ours is answered, or the answer to theirs is sent.
    async fn read_out(&mut self) {
        let _ = timeout(milliseconds(1_000), async { while let Some(Ok(_)) = self.socket.next().await {} }).await;
    }
}

/// Waits for the peer to take what is written, for so long and no longer.
async fn patiently(engine: &Engine, written: impl Future<Output = Result<(), Error>>) -> Result<(), End> {
    match timeout(milliseconds(engine.limits.stall_timeout_ms), written).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(End::Gone),
    }
}

/// The credential of an init payload, under the header's name in any case.
fn authorization(payload: &Value) -> Option<Result<&str, ()>> {
    let Value::Object(object) = payload else {
        return None;
    };
    let (_, value) = object.iter().find(|(name, _)| name.eq_ignore_ascii_case("authorization"))?;
    match value {
        Value::Null => None,
        Value::String(text) => Some(Ok(text)),
        _ => Some(Err(())),
    }
}

fn end_of(error: &Error) -> End {
    match error {
        Error::Capacity(_) => End::Close(Reason::new(1009, "The message is larger than `message_bytes` allows")),
        Error::Utf8(_) => End::Close(Reason::new(1007, "Text must be UTF-8")),
        Error::Protocol(_) => End::Close(Reason::new(1002, "The WebSocket protocol was not kept")),
        _ => End::Gone,
    }
}

fn shorten(text: &str, bytes: usize) -> String {
    text[..text.floor_char_boundary(bytes)].into()
}
