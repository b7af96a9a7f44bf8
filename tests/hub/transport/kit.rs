//! A running server and clients that say exactly what they are told to say.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::{SinkExt, StreamExt, future::BoxFuture};
use hansa::transport::{Admission, Compressed, Denied, Engine, Gate, Limits, Observed, Origin, RequestHead, Server, cors, routes};
use poem::EndpointExt;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{Message, client::IntoClientRequest, protocol::CloseFrame},
};

use crate::transport::toy::{Viewer, graph};

pub static FLOODED: AtomicU64 = AtomicU64::new(0);

/// Knows one token, and can be told to forget it.
pub struct ToyGate(Arc<AtomicBool>);

impl Gate for ToyGate {
    fn admit<'a>(&'a self, credential: Option<&'a str>, _: &'a RequestHead) -> BoxFuture<'a, Result<Admission, Denied>> {
        let viewer = match credential {
            None => Ok("public".to_owned()),
            Some("good") if !self.0.load(Ordering::Relaxed) => Ok("member".into()),
            Some(_) => Err(Denied::credential("The token is not known, or it has expired.")),
        };
        Box::pin(async move {
            let viewer = viewer?;
            Ok(Admission::new(move |request| request.data(Viewer(viewer.clone()))))
        })
    }
}

pub struct Hub {
    pub address: SocketAddr,
    pub engine: Arc<Engine>,
    pub folder: tempfile::TempDir,
    pub revoked: Arc<AtomicBool>,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<bool>,
}

impl Hub {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(set: impl FnOnce(&mut Limits)) -> Self {
        Self::at("127.0.0.1:0", set).await
    }

    /// Lets in pages of this origin only.
    pub async fn for_pages_of(origin: &str) -> Self {
        Self::start("127.0.0.1:0", |_| {}, &[Origin::parse(origin).expect("an origin")]).await
    }

    pub async fn at(address: &str, set: impl FnOnce(&mut Limits)) -> Self {
        Self::start(address, set, &[]).await
    }

    async fn start(address: &str, set: impl FnOnce(&mut Limits), origins: &[Origin]) -> Self {
        hansa::base::tls::provide_ciphers();
        let mut limits = Limits::default();
        set(&mut limits);
        let revoked = Arc::new(AtomicBool::new(false));
        let engine = Engine::new(graph(), ToyGate(revoked.clone()), limits);
        let folder = tempfile::tempdir().expect("a folder");
        let routes = Observed(Compressed(routes(&engine, folder.path(), Arc::new(())).with(cors(origins))));
        let server = Server::bind(engine.clone(), address.parse().expect("an address")).await.expect("a port");
        let address = server.address().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(server.run(routes, async move {
            let _ = stopped.await;
        }));
        Self { address, engine, folder, revoked, stop: Some(stop), running }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn post(&self) -> reqwest::RequestBuilder {
        reqwest::Client::new().post(self.url("/graphql")).header("content-type", "application/json")
    }

    /// Asks as a modern client does: the status tells.
    pub async fn ask(&self, body: &Value) -> (u16, Value) {
        read(self.post().header("accept", "application/graphql-response+json").body(body.to_string())).await
    }

    pub async fn ask_owned(&self, body: Value) -> (u16, Value) {
        self.ask(&body).await
    }

    pub async fn query(&self, query: &str) -> (u16, Value) {
        self.ask(&json!({ "query": query })).await
    }

    pub fn begin_stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }

    pub async fn stopped(self) -> bool {
        self.running.await.expect("the server ends")
    }

    pub async fn socket(&self) -> Socket {
        Socket::open(self, Some("graphql-transport-ws")).await
    }

    /// Bytes out, bytes in, until the server closes or is silent.
    pub async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.expect("a connection");
        stream.write_all(bytes).await.expect("written");
        let mut answer = vec![];
        let _ = tokio::time::timeout(Duration::from_secs(3), stream.read_to_end(&mut answer)).await;
        String::from_utf8_lossy(&answer).into_owned()
    }
}

pub async fn read(request: reqwest::RequestBuilder) -> (u16, Value) {
    let response = request.send().await.expect("an answer");
    let status = response.status().as_u16();
    (status, response.json().await.expect("JSON"))
}

/// The code of the first error.
pub fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none")
}

/// The limit that the first error names.
pub fn limit(answer: &Value) -> &str {
    assert_eq!(code(answer), "LIMIT_EXCEEDED", "{}", answer.to_string().chars().take(500).collect::<String>());
    let extensions = &answer["errors"][0]["extensions"];
    assert!(extensions["value"].as_u64() > extensions["maximum"].as_u64(), "{answer}");
    extensions["limit"].as_str().expect("a limit's name")
}

pub struct Socket(pub WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    pub async fn open(hub: &Hub, protocol: Option<&str>) -> Self {
        let mut request = format!("ws://{}/graphql", hub.address).into_client_request().expect("a request");
        if let Some(protocol) = protocol {
            request.headers_mut().insert("sec-websocket-protocol", protocol.parse().expect("a header"));
        }
        Self(tokio_tungstenite::connect_async(request).await.expect("a socket").0)
    }

    /// Opened and acknowledged.
    pub async fn ready(hub: &Hub) -> Self {
        let mut socket = hub.socket().await;
        socket.say(json!({"type": "connection_init"})).await;
        assert_eq!(socket.hear().await, json!({"type": "connection_ack"}));
        socket
    }

    pub async fn say(&mut self, message: Value) {
        self.text(&message.to_string()).await;
    }

    pub async fn text(&mut self, text: &str) {
        self.0.send(Message::Text(text.into())).await.expect("sent");
    }

    pub async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({"id": id, "type": "subscribe", "payload": {"query": query}})).await;
    }

    /// The next message of the protocol.
    pub async fn hear(&mut self) -> Value {
        loop {
            match self.next().await {
                Ok(Message::Text(text)) => return serde_json::from_str(&text).expect("JSON"),
                Ok(_) => {}
                Err(frame) => panic!("closed: {frame:?}"),
            }
        }
    }

    /// The code with which the server closes, after whatever it still says.
    pub async fn closed(&mut self) -> u16 {
        loop {
            if let Err(frame) = self.next().await {
                return frame.map_or(0, |frame| frame.code.into());
            }
        }
    }

    async fn next(&mut self) -> Result<Message, Option<CloseFrame>> {
        match tokio::time::timeout(Duration::from_secs(10), self.0.next()).await.expect("an answer within ten seconds") {
            Some(Ok(Message::Close(frame))) => Err(frame),
            Some(Ok(message)) => Ok(message),
            Some(Err(_)) | None => Err(None),
        }
    }
}
