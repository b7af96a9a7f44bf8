//! A receiver of webhooks: a real HTTP server, which keeps what it was sent and answers as it is told.
use std::{collections::VecDeque, net::SocketAddr, sync::Arc};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use parking_lot::Mutex;
use poem::{Endpoint, Request, Response, Server, http::StatusCode, listener::TcpAcceptor};
use serde_json::Value;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

/// A message as it came.
#[derive(Clone, Debug)]
pub struct Received {
    /// `webhook-id`.
    pub id: String,
    /// `webhook-timestamp`.
    pub timestamp: String,
    /// `webhook-signature`.
    pub signature: String,
    /// `POST`, but for who only asks whether it is there.
    pub method: String,
    /// The path it was sent to.
    pub path: String,
    /// The body's text.
    pub text: String,
    /// The same as JSON.
    pub body: Value,
}

impl Received {
    /// Whether one of its signatures is by this secret, reckoned by another implementation than the hub's.
    pub fn is_signed_by(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").expect("a secret's mark")).expect("base64");
        assert!((24..=64).contains(&key.len()), "the specification wants 24 to 64 bytes");
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).expect("any length");
        mac.update(format!("{}.{}.{}", self.id, self.timestamp, self.text).as_bytes());
        let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        self.signature.split(' ').any(|one| one == expected)
    }

    /// How many signatures it has.
    pub fn signatures(&self) -> usize {
        self.signature.split(' ').count()
    }

    /// The title it tells, where the usual query was asked.
    pub fn summary(&self) -> &str {
        self.body.pointer("/data/exchangeEvent/summary").and_then(Value::as_str).unwrap_or_else(|| panic!("no summary in {:#}", self.body))
    }
}

/// How to answer: a status and a header.
pub type Answer = (u16, Option<(&'static str, String)>);
type Answers = Arc<dyn Fn(&Received) -> Answer + Send + Sync>;

struct Shared {
    answers: Mutex<Answers>,
    received: Mutex<VecDeque<Received>>,
    /// How many came.
    count: watch::Sender<usize>,
    /// Whether answers are kept back.
    stalls: watch::Sender<bool>,
}

/// The receiver.
pub struct Receiver {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: Option<JoinHandle<()>>,
}

struct At(Arc<Shared>);

impl Endpoint for At {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let header = |name: &str| request.header(name).unwrap_or_default().to_owned();
        let (id, timestamp, signature) = (header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"));
        let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
        let text = request.take_body().into_string().await?;
        let received = Received { id, timestamp, signature, method, path, body: serde_json::from_str(&text).unwrap_or_default(), text };
        let (status, header) = (self.0.answers.lock().clone())(&received);
        self.0.received.lock().push_back(received);
        self.0.count.send_modify(|count| *count += 1);
        self.0.stalls.subscribe().wait_for(|stalls| !stalls).await.expect("the test lives on");
        let response = Response::builder().status(StatusCode::from_u16(status).expect("a status"));
        Ok(match header {
            Some((name, value)) => response.header(name, value).finish(),
            None => response.finish(),
        })
    }
}

impl Receiver {
    /// Listens, and answers 200.
    pub async fn start() -> Self {
        let shared = Shared {
            answers: Mutex::new(Arc::new(|_| (200, None))),
            received: Mutex::default(),
            count: watch::Sender::new(0),
            stalls: watch::Sender::new(false),
        };
        let free = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let mut this = Self { address: free.local_addr().expect("an address"), shared: Arc::new(shared), server: None };
        this.serve(free);
        this
    }

    fn serve(&mut self, listener: TcpListener) {
        let (acceptor, endpoint) = (TcpAcceptor::from_tokio(listener).expect("an acceptor"), At(self.shared.clone()));
        self.server = Some(tokio::spawn(async move { Server::new_with_acceptor(acceptor).run(endpoint).await.expect("it serves") }));
    }

    /// Where it listens, by this host.
    pub fn url_by(&self, host: &str) -> String {
        format!("http://{host}:{}/hook", self.address.port())
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        self.url_by("127.0.0.1")
    }

    /// From now on it answers so.
    pub fn answers(&self, answer: impl Fn(&Received) -> Answer + Send + Sync + 'static) {
        *self.shared.answers.lock() = Arc::new(answer);
    }

    /// From now on it takes messages and answers none, or answers again.
    pub fn stalls(&self, stalls: bool) {
        self.shared.stalls.send_replace(stalls);
    }

    /// Nobody listens any more.
    pub async fn goes_down(&mut self) {
        if let Some(server) = self.server.take() {
            server.abort();
            drop(server.await);
        }
    }

    /// Listens again where it did.
    pub async fn comes_up(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("its own port");
        self.serve(listener);
    }

    /// What came so far, which is then forgotten; first it waits until so many came.
    pub async fn take(&self, count: usize) -> Vec<Received> {
        let mut came = self.shared.count.subscribe();
        let enough = tokio::time::timeout(std::time::Duration::from_secs(120), came.wait_for(|came| *came >= count)).await.is_ok();
        let taken: Vec<Received> = self.shared.received.lock().drain(..).collect();
        assert!(enough, "only {} of {count} messages came: {taken:#?}", taken.len());
        self.shared.count.send_modify(|count| *count -= taken.len());
        taken
    }
}
