//! Answers in fewer bytes, for clients that take them so (RFC 9110, `Accept-Encoding`).
//!
//! Whatever is text and has more than a kilobyte: answers of the graph, the SDL, feeds, documents' texts. Not the messages of event streams, which would
//! be held back, nor parts of files, which are counted in bytes of the file.
//!
//! zstd before gzip, both at their quickest: `benches/README.md` has what that was chosen by. No cookie opens the hub, so no page of another origin
//! can have answers with somebody's secrets made beside words of its own, and learn of these by their length.
use std::{
    io::{self, Write},
    mem::take,
};

use bytes::{Bytes, BytesMut};
use flate2::write::GzEncoder;
use futures_util::StreamExt;
use poem::{
    Body, Endpoint, Request, Response, Result,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
};

/// Bytes below which nothing is gained.
const WORTH: usize = 1_024;

/// An endpoint whose answers are compressed where that is wanted and worth it.
pub struct Compressed<E>(pub E);

impl<E: Endpoint<Output = Response>> Endpoint for Compressed<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let is_head = *request.method() == Method::HEAD;
        let is_part = request.headers().contains_key(header::RANGE) || is_head;
        let wanted = Coding::wanted(request.headers());
        let mut response = self.0.call(request).await?;
        if !is_compressible(&response) {
            return Ok(response);
        }
        response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
        match wanted {
            Some(coding) if !is_part => compress(response, coding).await,
            // How long what a GET would send is, is not known before it is compressed (RFC 9110, 8.6).
            Some(_) if is_head && length(&response).is_none_or(|length| length > WORTH) => {
                weaken(response.headers_mut());
                Ok(response)
            }
            _ => Ok(response),
        }
    }
}

/// How bytes are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Zstd,
    Gzip,
}

/// How much a client likes a coding; nothing where it does not take it.
pub(super) fn weight(headers: &HeaderMap, coding: &str) -> f32 {
    let told = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let (mut own, mut any) = (None, None);
    for one in told {
        let mut parts = one.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        let weight: f32 = weight.map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
        if name.eq_ignore_ascii_case(coding) {
            own = Some(weight);
        } else if name == "*" {
            any = Some(weight);
        }
    }
    own.or(any).unwrap_or(0.0)
}

impl Coding {
    /// What the client likes best, and of what it likes alike the first of ours; none where it takes neither.
    fn wanted(headers: &HeaderMap) -> Option<Self> {
        let (zstd, gzip) = (weight(headers, "zstd"), weight(headers, "gzip"));
        match (zstd > 0.0, gzip > 0.0) {
            (true, _) if zstd >= gzip => Some(Self::Zstd),
            (_, true) => Some(Self::Gzip),
            _ => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
        }
    }
}

enum Encoder {
    Zstd(zstd::stream::write::Encoder<'static, Vec<u8>>),
    Gzip(GzEncoder<Vec<u8>>),
}

impl Encoder {
    fn new(coding: Coding) -> io::Result<Self> {
        Ok(match coding {
            Coding::Zstd => Self::Zstd(zstd::stream::write::Encoder::new(Vec::new(), 1)?),
            Coding::Gzip => Self::Gzip(GzEncoder::new(Vec::new(), flate2::Compression::fast())),
        })
    }

    /// Takes some bytes; answers what is ready of all there were.
    fn push(&mut self, bytes: &[u8]) -> io::Result<Bytes> {
        Ok(match self {
            Self::Zstd(encoder) => {
                encoder.write_all(bytes)?;
                take(encoder.get_mut())
            }
            Self::Gzip(encoder) => {
                encoder.write_all(bytes)?;
                take(encoder.get_mut())
            }
        }
        .into())
    }

    fn finish(self) -> io::Result<Bytes> {
        Ok(match self {
            Self::Zstd(encoder) => encoder.finish()?,
            Self::Gzip(encoder) => encoder.finish()?,
        }
        .into())
    }
}

/// Whether an answer is a text, whole, and may be changed on its way.
fn is_compressible(response: &Response) -> bool {
    let headers = response.headers();
    let is_whole = !matches!(
        response.status(),
        StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED | StatusCode::NO_CONTENT | StatusCode::SWITCHING_PROTOCOLS
    );
    let is_fixed = headers.contains_key(header::CONTENT_ENCODING)
        || headers.get_all(header::CACHE_CONTROL).iter().any(|value| value.to_str().is_ok_and(|told| told.contains("no-transform")));
    let media_type = response.content_type().unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    let is_text = (media_type.starts_with("text/") && media_type != "text/event-stream")
        || media_type.ends_with("+json")
        || media_type.ends_with("+xml")
        || ["application/json", "application/graphql", "application/xml", "application/openmetrics-text"].contains(&media_type);
    is_whole && !is_fixed && is_text
}

/// How long an answer says it is.
fn length(response: &Response) -> Option<usize> {
    response.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Says of an answer only what holds of it compressed, too: it is the same in other bytes.
fn weaken(headers: &mut HeaderMap) {
    headers.remove(header::CONTENT_LENGTH);
    headers.remove(header::ACCEPT_RANGES);
    let tag = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok()).filter(|tag| !tag.starts_with("W/"));
    if let Some(weak) = tag.and_then(|tag| HeaderValue::try_from(format!("W/{tag}")).ok()) {
        headers.insert(header::ETAG, weak);
    }
}

async fn compress(mut response: Response, coding: Coding) -> Result<Response> {
    if length(&response).is_some_and(|length| length <= WORTH) {
        return Ok(response);
    }
    let mut pieces = response.take_body().into_bytes_stream();
    // Where nobody says how long it is, its beginning tells.
    let mut begun = BytesMut::new();
    while begun.len() <= WORTH {
        match pieces.next().await.transpose().map_err(poem::error::InternalServerError)? {
            Some(piece) => begun.extend_from_slice(&piece),
            None => break,
        }
    }
    if begun.len() <= WORTH {
        response.set_body(begun.freeze());
        return Ok(response);
    }
    let mut encoder = Encoder::new(coding).map_err(poem::error::InternalServerError)?;
    let body = async_stream::try_stream! {
        let ready = encoder.push(&begun)?;
        if !ready.is_empty() {
            yield ready;
        }
        while let Some(piece) = pieces.next().await.transpose()? {
            let ready = encoder.push(&piece)?;
            if !ready.is_empty() {
                yield ready;
            }
        }
        yield encoder.finish()?;
    };
    response.set_body(Body::from_bytes_stream::<_, Bytes, io::Error>(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    weaken(headers);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_of_what_a_client_takes_is_sent() {
        for (told, coding) in [
            ("gzip, deflate, br, zstd", Some(Coding::Zstd)),
            ("gzip, deflate, br", Some(Coding::Gzip)),
            ("zstd;q=0.5, gzip;q=0.8", Some(Coding::Gzip)),
            ("zstd;q=0, GZIP", Some(Coding::Gzip)),
            ("*", Some(Coding::Zstd)),
            ("*;q=0", None),
            ("identity", None),
            ("br", None),
            ("", None),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, told.parse().unwrap())]);
            assert_eq!(Coding::wanted(&headers), coding, "{told}");
        }
        assert_eq!(Coding::wanted(&HeaderMap::new()), None);
    }

    #[tokio::test]
    async fn a_head_tells_no_length_that_what_a_get_sends_has_not() {
        let endpoint = Compressed(poem::endpoint::make_sync(|_| {
            Response::builder().content_type("text/plain").header("content-length", "5000").header("etag", "\"a\"").finish()
        }));
        for (accept, length, tag) in [("gzip", None, "W/\"a\""), ("identity", Some("5000"), "\"a\"")] {
            let request = Request::builder().method(Method::HEAD).header("accept-encoding", accept).finish();
            let answer = endpoint.call(request).await.unwrap();
            assert_eq!((answer.header("content-length"), answer.header("etag")), (length, Some(tag)), "{accept}");
        }
    }

    #[test]
    fn texts_are_compressed_and_streams_of_events_are_not() {
        let of = |media_type: &str| Response::builder().content_type(media_type).finish();
        for text in
            ["application/json; charset=utf-8", "application/graphql-response+json", "text/calendar", "application/atom+xml", "text/plain"]
        {
            assert!(is_compressible(&of(text)), "{text}");
        }
        for other in ["text/event-stream", "application/pdf", "image/png", "application/octet-stream"] {
            assert!(!is_compressible(&of(other)), "{other}");
        }
        assert!(!is_compressible(&Response::builder().status(StatusCode::PARTIAL_CONTENT).content_type("text/plain").finish()));
    }
}
