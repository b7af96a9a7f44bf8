//! Mail by SMTP.
use std::{
    fmt::Write as _,
    time::{Duration, SystemTime},
};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    address::{Address, Envelope},
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use crate::base::{Moment, text::one_line, with_causes};

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
        let envelope = Envelope::new(Some(self.from.email.clone()), vec![address.clone()]).map_err(|cause| cause.to_string())?;
        let to = Mailbox::new(Some(one_line(&mail.name)).filter(|name| !name.is_empty()), address);
        // The library writes a mailbox as if that could not fail. It can, for letters that no header holds: so it is tried here, where
        // that is an error and no panic.
        write!(String::new(), "{to}").map_err(|_| "the name can't be written in a mail".to_owned())?;
        let at = SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(mail.at.0).unwrap_or_default());
        let header = |name: &'static str, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .envelope(envelope)
            .subject(one_line(&mail.subject))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str) -> String {
        let mailer = Mailer::new(&Settings { url: "smtp://127.0.0.1:1".to_owned(), from: "Hansa <hub@example.org>".to_owned() });
        let mail = Mail {
            name: name.to_owned(),
            address: "ada@example.org".to_owned(),
            language: "en",
            message_id: "<digest.1@example.org>".to_owned(),
            at: Moment(0),
            subject: format!("News for {name}"),
            text: name.to_owned(),
            html: name.to_owned(),
            unsubscribe: "https://example.org/unsubscribe/1".to_owned(),
        };
        let message = mailer.expect("good settings").message(mail).unwrap_or_else(|told| panic!("{name:?}: {told}"));
        String::from_utf8(message.formatted()).expect("ASCII headers and UTF-8")
    }

    #[tokio::test]
    async fn whatever_a_person_is_called_a_mail_to_them_is_written_and_has_no_other_header() {
        let long = "Λ".repeat(200);
        let spaced = "Maria ".repeat(33);
        for name in [
            "Eve\r\nBcc: all@example.org",
            "Eve\nBcc: all@example.org",
            "Ada\tLovelace",
            "\u{7}Ada\u{0}",
            "Ada\u{85}Bcc: all@example.org",
            "Ada\u{2028}Bcc: all@example.org\u{2029}",
            "\"Ada\" \\ 'L'",
            "=?utf-8?q?Bcc=3A_all=40example=2Eorg?=",
            "Ada <all@example.org>, Eve",
            "\u{202e}Ada",
            "",
            "\r\n",
            &long,
            &spaced,
        ] {
            let text = written(name);
            let (head, _) = text.split_once("\r\n\r\n").expect("a head");
            let mut names: Vec<&str> = head
                .split("\r\n")
                .filter(|line| !line.starts_with([' ', '\t']))
                .map(|line| line.split(':').next().unwrap_or_default())
                .collect();
            names.sort_unstable();
            let expected = [
                "Auto-Submitted",
                "Content-Language",
                "Content-Type",
                "Date",
                "From",
                "List-Unsubscribe",
                "List-Unsubscribe-Post",
                "MIME-Version",
                "Message-ID",
                "Subject",
                "To",
            ];
            assert_eq!(names, expected, "{name:?}: {head}");
            assert!(head.is_ascii() && !head.replace("\r\n", "").contains(['\r', '\n']), "{head:?}");
            assert!(head.lines().all(|line| line.len() <= 998), "{head}");
        }
    }
}
