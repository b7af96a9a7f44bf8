//! The request itself: only to addresses that may be reached, signed, bounded in time and size.
//!
//! A name is resolved once for a connection, its numbers are judged, and the connection goes to one of just these: a name that resolves
//! differently the next moment leads nowhere else. Redirects are answers like others, and the environment's proxies, which would resolve
//! names by their own rules, are not used.
use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, SystemTime},
};

use reqwest::{
    Client, StatusCode,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
    redirect::Policy,
};
use standardwebhooks::{HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook as Signer};
use url::Url;

use crate::{
    base::{Fault, Moment, Outbound, Result},
    relay::reach::{Behind, Lookup, numbers},
};

/// Time for a connection, and for the whole of an attempt.
const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(15);
/// How long a connection waits for the next delivery.
const IDLE: Duration = Duration::from_secs(20);
/// Bytes of an answer that are read, so that the connection can be used again; what is in them is not looked at.
const READ: usize = 16 << 10;

/// Sends to receivers. Cheap to clone.
#[derive(Clone)]
pub struct Post {
    /// For https: whatever may be reached.
    secure: Client,
    /// For plain http: named networks alone.
    plain: Client,
    outbound: Arc<Outbound>,
}

/// What a receiver answered.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// How long it wants to be left alone.
    pub retry_after: Option<Duration>,
}

/// A signed message.
#[derive(Debug)]
pub struct Message {
    /// Names it, the same at each attempt.
    pub id: String,
    /// When this attempt is made.
    pub at: Moment,
    /// The JSON text.
    pub body: String,
}

impl Post {
    /// Reaches what `outbound` admits, finding names by `lookup`.
    pub fn new(outbound: Arc<Outbound>, lookup: &Lookup, public_url: &str) -> Result<Self> {
        let client = |is_plain: bool| {
            Client::builder()
                .user_agent(format!("Hansa/{} (+{public_url})", env!("CARGO_PKG_VERSION")))
                .redirect(Policy::none())
                .no_proxy()
                .referer(false)
                .https_only(!is_plain)
                .http1_only()
                .connect_timeout(CONNECT)
                .timeout(WHOLE)
                .pool_max_idle_per_host(1)
                .pool_idle_timeout(IDLE)
                .dns_resolver(Arc::new(Judged { outbound: outbound.clone(), lookup: lookup.clone(), is_plain }))
                .build()
                .map_err(Fault::new)
        };
        Ok(Self { secure: client(false)?, plain: client(true)?, outbound: outbound.clone() })
    }

    /// Sends a message, signed with each of the secrets; a failure is told in a sentence for the webhook's person.
    pub async fn send(&self, url: &str, secrets: &[String], message: Message) -> Result<Answer, String> {
        // The rule may have become narrower since the address was kept.
        let url: Url = self.outbound.read(url, "url").map_err(|error| error.told())?;
        let headers = headers(secrets, &message)?;
        let client = if url.scheme() == "http" { &self.plain } else { &self.secure };
        let sent = client.post(url).headers(headers).body(message.body).send().await;
        let mut response = sent.map_err(|cause| told(&cause))?;
        let answer =
            Answer { status: response.status().as_u16(), retry_after: retry_after(response.headers(), response.status(), message.at) };
        let mut read = 0;
        while let Ok(Some(piece)) = response.chunk().await {
            read += piece.len();
            if read > READ {
                break;
            }
        }
        Ok(answer)
    }
}

/// The headers of Standard Webhooks: one signature for each secret, so that either of two verifies.
fn headers(secrets: &[String], message: &Message) -> Result<HeaderMap, String> {
    let seconds = message.at.0.div_euclid(1_000_000);
    let sign = |secret: &String| Signer::new(secret)?.sign(&message.id, seconds, message.body.as_bytes());
    let signatures: Result<Vec<String>, _> = secrets.iter().map(sign).collect();
    let signatures = signatures.map_err(|cause| format!("The secret can't be used: {cause}"))?;
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let named = [
        (HEADER_WEBHOOK_ID, message.id.clone()),
        (HEADER_WEBHOOK_TIMESTAMP, seconds.to_string()),
        (HEADER_WEBHOOK_SIGNATURE, signatures.join(" ")),
    ];
    for (name, value) in named {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_str(&value).map_err(|cause| cause.to_string())?);
    }
    Ok(headers)
}

/// `Retry-After` in seconds or as a date, of answers that it is meant for.
fn retry_after(headers: &HeaderMap, status: StatusCode, now: Moment) -> Option<Duration> {
    if status != StatusCode::TOO_MANY_REQUESTS && status != StatusCode::SERVICE_UNAVAILABLE {
        return None;
    }
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let now = SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(now.0).ok()?);
    httpdate::parse_http_date(text).ok()?.duration_since(now).ok()
}

/// Why no answer came, without what is nobody's business.
fn told(cause: &reqwest::Error) -> String {
    let mut deepest: &dyn std::error::Error = cause;
    while let Some(next) = deepest.source() {
        deepest = next;
        if let Some(refused) = deepest.downcast_ref::<Behind>() {
            return refused.to_string();
        }
    }
    if cause.is_timeout() {
        return "The receiver did not answer in time (15 seconds).".to_owned();
    }
    let what = if cause.is_connect() { "The receiver can't be reached" } else { "The request failed" };
    let deepest: String = deepest.to_string().chars().take(200).collect();
    format!("{what}: {deepest}.")
}

/// Resolves names, and judges what they resolve to.
struct Judged {
    outbound: Arc<Outbound>,
    lookup: Lookup,
    is_plain: bool,
}

impl Resolve for Judged {
    fn resolve(&self, name: Name) -> Resolving {
        let (outbound, lookup, is_plain) = (self.outbound.clone(), self.lookup.clone(), self.is_plain);
        let name = name.as_str().to_owned();
        Box::pin(async move {
            let found = numbers(&outbound, &lookup, is_plain, name).await??;
            // The port is the address's.
            Ok(Box::new(found.into_iter().map(|ip| SocketAddr::new(ip, 0))) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_the_specification() {
        let message = Message {
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek".to_owned(),
            at: Moment(1_614_265_330_999_999),
            body: r#"{"test": 2432232314}"#.to_owned(),
        };
        let secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(), "whsec_AAAA".to_owned()];
        let headers = headers(&secrets, &message).unwrap();
        assert_eq!(headers["webhook-timestamp"], "1614265330");
        let signatures: Vec<_> = headers["webhook-signature"].to_str().unwrap().split(' ').collect();
        assert_eq!(signatures[0], "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_eq!(signatures.len(), 2, "after a rotation both secrets sign");
    }

    #[test]
    fn retry_after_is_read_in_both_forms_and_only_where_it_is_meant() {
        let now = Moment::parse("2026-06-01T12:00:00Z").unwrap();
        let with = |text: &'static str| HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(text))]);
        let busy = StatusCode::SERVICE_UNAVAILABLE;
        assert_eq!(retry_after(&with("90"), busy, now), Some(Duration::from_secs(90)));
        assert_eq!(retry_after(&with("Mon, 01 Jun 2026 12:01:00 GMT"), busy, now), Some(Duration::from_secs(60)));
        assert_eq!(retry_after(&with("Mon, 01 Jun 2026 11:00:00 GMT"), busy, now), None);
        assert_eq!(retry_after(&with("soon"), busy, now), None);
        assert_eq!(retry_after(&with("90"), StatusCode::BAD_REQUEST, now), None);
    }
}
