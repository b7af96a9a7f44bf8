//! `/unsubscribe/{secret}`: ends a person's digests, without a log-in, by one click (RFC 8058).
//!
//! Only a POST ends them, as programs that look at every link in a mail send GETs; a GET shows a page with a button that posts. Whoever knows
//! the secret can do this and nothing else, and learns nobody's name.
use fluent_bundle::FluentValue;
use poem::{
    Endpoint, Request, Response,
    http::{Method, StatusCode, header},
};

use crate::{
    access::Viewer,
    base::{Language, Result, text::escaped},
    domain::digest::{self, Words},
    store::{Reader, Writer},
};

/// The endpoint of `/unsubscribe/:secret`.
pub struct Unsubscribe {
    /// Reads everything.
    pub reader: Reader,
    /// The write door.
    pub writer: Writer,
    /// Where the hub is reached from outside.
    pub public_url: String,
}

impl Unsubscribe {
    async fn answer(&self, request: &Request) -> Result<Response> {
        let secret = request.uri().path().rsplit('/').next().unwrap_or_default();
        let accepted = request.header(header::ACCEPT_LANGUAGE).map(Language::accepted).unwrap_or_default();
        let words = Words::of(&accepted);
        let host = self.public_url.split_once("://").map_or(self.public_url.as_str(), |(_, host)| host);
        let host = [("host", FluentValue::from(host))];
        match *request.method() {
            Method::GET | Method::HEAD => {
                if !digest::of_secret(&self.reader, secret).await? {
                    return Ok(page(StatusCode::NOT_FOUND, words, &words.say("unknown", &[]), ""));
                }
                let button = format!(
                    "<form method=\"post\"><input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\"><button>{}</button></form>",
                    escaped(&words.say("yes", &[]))
                );
                Ok(page(StatusCode::OK, words, &words.say("ask", &host), &button))
            }
            Method::POST => {
                let request = crate::store::Request::by(std::sync::Arc::new(Viewer::hub()));
                let done = self.writer.run(request, digest::End(secret.to_owned())).await?.output;
                let (status, message) = if done { (StatusCode::OK, "done") } else { (StatusCode::NOT_FOUND, "unknown") };
                Ok(page(status, words, &words.say(message, &host), ""))
            }
            _ => {
                let mut refused = page(StatusCode::METHOD_NOT_ALLOWED, words, &words.say("unknown", &[]), "");
                refused.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, HEAD, POST"));
                Ok(refused)
            }
        }
    }
}

fn page(status: StatusCode, words: Words, sentence: &str, more: &str) -> Response {
    let body = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Hansa</title></head>\n<body>\n<p>{}</p>\n{more}\n</body>\n</html>\n",
        words.language(),
        escaped(sentence),
    );
    Response::builder()
        .status(status)
        .content_type("text/html; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; form-action 'self'; frame-ancestors 'none'")
        .header(header::REFERRER_POLICY, "no-referrer")
        .header("x-robots-tag", "noindex")
        .header("x-content-type-options", "nosniff")
        .body(body)
}

impl Endpoint for Unsubscribe {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        Ok(self.answer(&request).await.unwrap_or_else(|error| {
            tracing::error!(cause = error.told(), "a digest could not be ended");
            let words = Words::of(&[]);
            page(StatusCode::INTERNAL_SERVER_ERROR, words, "Something went wrong on our side; it was noted. Please try again.", "")
        }))
    }
}
