//! A post office: a real SMTP server, which keeps the mails it is handed and answers as it is told.
use std::{
    net::{IpAddr, SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use mail_parser::{Message, MessageParser};
use mailin_embedded::{Handler, Response, Server, SslConfig, response};
use parking_lot::Mutex;
use tokio::sync::watch;

/// A mail as it was handed over.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Who it is to, by the envelope.
    pub to: Vec<String>,
    /// All of it.
    pub bytes: Vec<u8>,
}

impl Mail {
    /// Read by another library than the one that wrote it.
    pub fn read(&self) -> Message<'_> {
        MessageParser::default().parse(&self.bytes).expect("a mail")
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> String {
        let text =
            self.read().header_raw(name).unwrap_or_else(|| panic!("no {name} in {}", String::from_utf8_lossy(&self.bytes))).to_owned();
        text.replace("\r\n", "").trim().to_owned()
    }

    /// The text part.
    pub fn text(&self) -> String {
        self.read().body_text(0).expect("a text part").into_owned()
    }

    /// The HTML part.
    pub fn html(&self) -> String {
        self.read().body_html(0).expect("an HTML part").into_owned()
    }
}

#[derive(Default)]
struct Shared {
    /// What it answers in place of OK.
    refusal: Mutex<Option<(u16, &'static str)>>,
    mails: Mutex<Vec<Mail>>,
    count: watch::Sender<usize>,
    /// Whether it keeps back its answer to a whole mail.
    stalls: Mutex<bool>,
}

/// The server.
pub struct PostOffice {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Clone)]
struct Counter {
    shared: Arc<Shared>,
    mail: Option<Mail>,
}

impl Handler for Counter {
    fn helo(&mut self, _: IpAddr, _: &str) -> Response {
        response::OK
    }

    fn data_start(&mut self, _: &str, _: &str, _: bool, to: &[String]) -> Response {
        // Whoever is refused for good is told before the mail is sent.
        if let Some((code, told)) = self.shared.refusal.lock().filter(|(code, _)| *code >= 500) {
            return Response::custom(code, told.to_owned());
        }
        self.mail = Some(Mail { to: to.to_vec(), bytes: Vec::new() });
        response::OK
    }

    fn data(&mut self, piece: &[u8]) -> std::io::Result<()> {
        if let Some(mail) = &mut self.mail {
            mail.bytes.extend_from_slice(piece);
        }
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let refusal = *self.shared.refusal.lock();
        if let Some(mail) = self.mail.take() {
            self.shared.mails.lock().push(mail);
            self.shared.count.send_modify(|count| *count += 1);
        }
        while *self.shared.stalls.lock() {
            std::thread::sleep(Duration::from_millis(5));
        }
        refusal.map_or(response::OK, |(code, told)| Response::custom(code, told.to_owned()))
    }
}

impl PostOffice {
    /// Listens, and takes every mail.
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared::default());
        let mut server = Server::new(Counter { shared: shared.clone(), mail: None });
        server.with_name("mail.test").with_ssl(SslConfig::None).expect("no TLS").with_tcp_listener(listener);
        // It ends with the tests.
        std::thread::spawn(move || server.serve().expect("it serves"));
        Self { address, shared }
    }

    /// Where it listens, as the setting has it.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// From now on it answers so: for now after a mail, which it notes all the same, for good before it.
    pub fn refuses(&self, refusal: Option<(u16, &'static str)>) {
        *self.shared.refusal.lock() = refusal;
    }

    /// From now on it takes mails and does not say so, or says so again.
    pub fn stalls(&self, stalls: bool) {
        *self.shared.stalls.lock() = stalls;
    }

    /// What came so far, which is then forgotten; first it waits until so many came.
    pub async fn take(&self, count: usize) -> Vec<Mail> {
        let mut came = self.shared.count.subscribe();
        let enough = tokio::time::timeout(Duration::from_secs(120), came.wait_for(|came| *came >= count)).await.is_ok();
        let mut mails = self.shared.mails.lock();
        assert!(enough, "only {} of {count} mails came", mails.len());
        let taken = std::mem::take(&mut *mails);
        self.shared.count.send_modify(|count| *count -= taken.len());
        taken
    }

    /// How many came that were not taken.
    pub fn count(&self) -> usize {
        *self.shared.count.borrow()
    }
}
