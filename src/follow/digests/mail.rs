//! Mail by SMTP.
use std::time::{Duration, SystemTime};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    address::Address,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use crate::base::{Moment, with_causes};

/// Time for one step of a delivery.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where mail goes out and from whom.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    /// `smtps://user:password@host:465`, or `smtp://…?tls=required` for STARTTLS. It holds a secret.
    pub url: String,
    /// `Hansa <hub@example.org>`.
    pub from: String,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings").field("from", &self.from).finish_non_exhaustive()
    }
}

/// A mail to one person.
pub struct Mail {
    /// Who it is to.
    pub name: String,
    /// Their address.
    pub address: String,
    /// The language it is in.
    pub language: &'static str,
    /// Names it, the same whenever it is sent.
    pub message_id: String,
    /// When.
    pub at: Moment,
    /// Its subject.
    pub subject: String,
    /// As text.
    pub text: String,
    /// As HTML.
    pub html: String,
    /// The address that ends such mails by one click (RFC 8058).
    pub unsubscribe: String,
}

/// Why a mail was not sent.
#[derive(Debug)]
pub struct Failure {
    /// For the log.
    pub told: String,
    /// Whether trying again soon may help.
    pub may_pass: bool,
}

/// Sends mail. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// Reads the settings; answers which of them is wrong, and why.
    pub fn new(settings: &Settings) -> Result<Self, (&'static str, String)> {
        let from = settings
            .from
            .parse()
            .map_err(|_| ("mail-from", format!("“{}” is not a sender such as Hansa <hub@example.org>", settings.from)))?;
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&settings.url).map_err(|cause| ("smtp-url", cause.to_string()))?;
        Ok(Self { transport: builder.timeout(Some(PATIENCE)).build(), from })
    }

    /// Whether the server takes a connection and the credentials.
    pub async fn check(&self) -> Result<(), String> {
        match self.transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err("it does not answer as a mail server does".to_owned()),
            Err(cause) => Err(with_causes(&cause)),
        }
    }

    /// Hands a mail to the server.
    pub async fn send(&self, mail: Mail) -> Result<(), Failure> {
        let message = self.message(mail).map_err(|told| Failure { told, may_pass: false })?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(cause) => Err(Failure { may_pass: !cause.is_permanent(), told: with_causes(&cause) }),
        }
    }

    fn message(&self, mail: Mail) -> Result<Message, String> {
        let address: Address = mail.address.parse().map_err(|cause| format!("the address is none: {cause}"))?;
        let at = SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(mail.at.0).unwrap_or_default());
        let header = |name: &'static str, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(mail.name), address))
            .subject(mail.subject)
            .date(at)
            .message_id(Some(mail.message_id))
            .raw_header(header("List-Unsubscribe", format!("<{}>", mail.unsubscribe)))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()))
            .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
            .raw_header(header("Content-Language", mail.language.to_owned()))
            .multipart(MultiPart::alternative_plain_html(mail.text, mail.html))
            .map_err(|cause| cause.to_string())
    }
}
