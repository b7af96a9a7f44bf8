//! The request itself: signed, and its answer bounded in size.
use std::time::{Duration, SystemTime};

use reqwest::{
    Method, StatusCode,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
};
use standardwebhooks::{HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook as Signer};

use crate::{
    base::Moment,
    follow::outbound_client::{OutboundClient, no_answer},
};

/// Bytes of an answer that are read, so that the connection can be used again; what is in them is not looked at.
const READ: usize = 16 << 10;

/// Sends to receivers. Cheap to clone.
#[derive(Clone)]
pub struct Post(pub OutboundClient);

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
    /// Sends a message, signed with each of the secrets; a failure is told in a sentence for the webhook's person.
    pub async fn send(&self, url: &str, secrets: &[String], message: Message) -> Result<Answer, String> {
        let request = self.0.request(Method::POST, url)?;
        let headers = headers(secrets, &message)?;
        let sent = request.headers(headers).body(message.body).send().await;
        let mut response = sent.map_err(|cause| no_answer(&cause, "The receiver"))?;
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
