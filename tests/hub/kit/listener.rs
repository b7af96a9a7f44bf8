//! A subscriber as front ends are: it follows the log by server-sent events or by WebSocket, stops reading, goes away, and comes back with
//! its last cursor, through whatever happens to the hub.
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{sync::mpsc, task::JoinHandle};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};

const STREAM: &str = "subscription($after: String, $filter: ExchangeEventFilter) { exchangeEvents(after: $after, filter: $filter) { ... on ExchangeEvent { cursor type summary } ... on FeedGap { after upto } } }";
const PAGE: &str = "query($after: String, $filter: ExchangeEventFilter) { exchangeEvents(first: 100, after: $after, filter: $filter) { nodes { cursor type summary } } }";

/// How it is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Sse,
    WebSocket,
}

fn client() -> reqwest::Client {
    hansa::base::tls::provide_ciphers();
    reqwest::Client::new()
}

/// Who listens, and to what.
#[derive(Clone, Debug)]
pub struct Listener {
    /// Where: `127.0.0.1:port`.
    pub place: String,
    pub by: By,
    pub token: Option<String>,
    pub filter: Value,
}

/// What it does after an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    GoOn,
    /// Goes away and comes back.
    Leave,
    /// Has heard enough.
    Stop,
}

impl Listener {
    /// Follows the log from a cursor on until told to stop; answers the cursors in the order in which they came.
    pub async fn follow<F: Future<Output = Then>>(&self, start: &str, mut then: impl FnMut(Value) -> F) -> Vec<String> {
        let mut cursors: Vec<String> = Vec::new();
        loop {
            let after = cursors.last().map_or(start, String::as_str).to_owned();
            let (mut events, connected) = self.open(STREAM, json!({ "after": after, "filter": self.filter }));
            while let Some(payload) = events.recv().await {
                // The hub lost its database for a moment, and said so.
                if payload.pointer("/errors/0/extensions/code").is_some_and(|code| code == "INTERNAL") {
                    break;
                }
                let event = payload.pointer("/data/exchangeEvents").cloned().unwrap_or_else(|| panic!("no event in {payload:#}"));
                let cursor = event["cursor"].as_str().unwrap_or_else(|| panic!("no cursor in {event:#}"));
                cursors.push(cursor.to_owned());
                match then(event).await {
                    Then::GoOn => {}
                    Then::Leave => break,
                    Then::Stop => {
                        connected.abort();
                        return cursors;
                    }
                }
            }
            connected.abort();
            // As clients do: a hub that is starting again is not stormed.
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The whole log as this listener may see it.
    pub async fn log(&self, start: &str) -> Vec<Value> {
        let (mut nodes, mut after) = (Vec::new(), start.to_owned());
        loop {
            let answer = self.ask(PAGE, json!({ "after": after, "filter": self.filter })).await.expect("an answer");
            let page = answer["data"]["exchangeEvents"]["nodes"].as_array().unwrap_or_else(|| panic!("no page in {answer:#}")).clone();
            let Some(last) = page.last() else { return nodes };
            after = last["cursor"].as_str().expect("a cursor").to_owned();
            nodes.extend(page);
        }
    }

    /// Asks the graph as this listener; none where no whole answer came.
    pub async fn ask(&self, query: &str, variables: Value) -> Option<Value> {
        let mut request = client().post(format!("http://{}/graphql", self.place));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        request.json(&json!({ "query": query, "variables": variables })).send().await.ok()?.json().await.ok()
    }

    /// Subscribes to anything; what is told comes payload by payload until the stream or the connection ends.
    pub fn open(&self, query: &str, variables: Value) -> (mpsc::Receiver<Value>, JoinHandle<()>) {
        // One message waits at the most, so that whoever does not take it does not read.
        let (told, events) = mpsc::channel(1);
        let body = json!({ "query": query, "variables": variables });
        (events, tokio::spawn(self.clone().connect(body, told)))
    }

    async fn connect(self, body: Value, told: mpsc::Sender<Value>) {
        match self.by {
            By::Sse => self.by_sse(body, told).await,
            By::WebSocket => drop(self.by_socket(body, told).await),
        }
    }

    async fn by_sse(self, body: Value, told: mpsc::Sender<Value>) {
        let mut request = client().post(format!("http://{}/graphql", self.place)).header("accept", "text/event-stream");
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let Ok(response) = request.json(&body).send().await else { return };
        let (mut pieces, mut text) = (response.bytes_stream(), Vec::new());
        while let Some(Ok(piece)) = pieces.next().await {
            text.extend_from_slice(&piece);
            while let Some(end) = text.windows(2).position(|two| two == b"\n\n") {
                let event: Vec<u8> = text.drain(..end + 2).collect();
                let event = std::str::from_utf8(&event).expect("UTF-8");
                if let Some(data) = event.lines().find_map(|line| line.strip_prefix("data: ")).filter(|_| event.starts_with("event: next"))
                    && told.send(serde_json::from_str(data).expect("JSON")).await.is_err()
                {
                    return;
                }
            }
        }
    }

    async fn by_socket(self, body: Value, told: mpsc::Sender<Value>) -> Option<()> {
        let mut request = format!("ws://{}/graphql", self.place).into_client_request().ok()?;
        request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().ok()?);
        let mut socket = tokio_tungstenite::connect_async(request).await.ok()?.0;
        let credentials = self.token.as_ref().map(|token| json!({ "Authorization": format!("Bearer {token}") }));
        socket.send(Message::text(json!({ "type": "connection_init", "payload": credentials }).to_string())).await.ok()?;
        socket.send(Message::text(json!({ "id": "1", "type": "subscribe", "payload": body }).to_string())).await.ok()?;
        while let Some(Ok(message)) = socket.next().await {
            let Message::Text(text) = message else { continue };
            let message: Value = serde_json::from_str(&text).expect("JSON");
            match message["type"].as_str() {
                Some("next") => told.send(message["payload"].clone()).await.ok()?,
                // The socket stays open; the operation is over.
                Some("complete" | "error") => return Some(()),
                _ => {}
            }
        }
        None
    }
}
