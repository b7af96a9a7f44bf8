//! `GET /documents/{id}`: a document's file, whole or in part, to those who may see the document.
//!
//! After RFC 9110 (conditions, one range) and RFC 6266 (the file's name). A document somebody may not see answers like one
//! that is not there.
//!
//! Invariant: nothing that was uploaded runs in the hub's name: no sniffing, a sandbox around everything but PDF (whose
//! viewers a sandbox breaks and which can't reach the page's origin), and only types that are shown without being run
//! are shown at all; the rest is downloaded.
use std::{
    ops::Range,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use futures_util::{TryStreamExt, future::BoxFuture};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use poem::{
    Body, Endpoint, Request, Response,
    http::{HeaderMap, Method, StatusCode, header},
};

use super::gate::{HubGate, credential};
use crate::{
    base::{Moment, Result},
    domain::document::{Content, Handed, handed_out},
    extract::text_encoding,
    files::{self, Files},
    store::Reader,
};

/// Answers a reader for the viewer a credential stands for, the public where there is none; none for a wrong credential.
pub type Admit = Arc<dyn Fn(Option<String>) -> BoxFuture<'static, Result<Option<Reader>>> + Send + Sync>;

/// The endpoint of `/documents/:id`.
pub struct Downloads {
    files: Files,
    admit: Admit,
}

impl Downloads {
    /// Hands out the bytes of `files` to those whom the hub's doorkeeper lets in.
    pub fn at_gate(files: Files, gate: HubGate) -> Self {
        let admit = move |credential: Option<String>| {
            let gate = gate.clone();
            let reader = async move { Ok(gate.viewer(credential.as_deref()).await?.map(|viewer| Reader::new(gate.db().clone(), viewer))) };
            Box::pin(reader) as BoxFuture<'static, _>
        };
        Self::new(files, Arc::new(admit))
    }

    /// The same with another doorkeeper.
    pub fn new(files: Files, admit: Admit) -> Self {
        Self { files, admit }
    }

    async fn answer(&self, request: &Request) -> Result<Response> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let refused = told(StatusCode::METHOD_NOT_ALLOWED, "Documents are read with GET or HEAD.");
            return Ok(with(refused, header::ALLOW, "GET, HEAD"));
        }
        let reader = match credential(request) {
            Ok(credential) => (self.admit)(credential.map(str::to_owned)).await?,
            Err(_) => None,
        };
        let Some(reader) = reader else {
            let refused = told(StatusCode::UNAUTHORIZED, "The credential is wrong, revoked or has expired.");
            return Ok(with(refused, header::WWW_AUTHENTICATE, "Bearer"));
        };
        let missing = || told(StatusCode::NOT_FOUND, "There is no such document that you can see.");
        let (Some(id), Ok(version)) = (request.raw_path_param("id"), version(request.uri().query())) else { return Ok(missing()) };
        let content = match handed_out(&reader, id, version).await? {
            Some(Handed::File(content)) => content,
            Some(Handed::Link(link)) => return Ok(elsewhere(&link).unwrap_or_else(missing)),
            Some(Handed::Withdrawn) => return Ok(told(StatusCode::GONE, "This document was withdrawn.")),
            None => return Ok(missing()),
        };
        self.send(request, &content).await
    }

    async fn send(&self, request: &Request, content: &Content) -> Result<Response> {
        let tag = format!("\"{}\"", content.sha256);
        let mut response = Response::builder()
            .header(header::ETAG, &tag)
            .header(header::LAST_MODIFIED, httpdate::fmt_http_date(time(content.modified)))
            .header(header::ACCEPT_RANGES, "bytes")
            .header(header::VARY, "authorization")
            // Asked anew each time: it may be withdrawn, or hidden from this viewer.
            .header(header::CACHE_CONTROL, if content.is_public { "public, no-cache" } else { "private, no-cache" })
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            .header(header::CONTENT_SECURITY_POLICY, policy(&content.media_type));
        if is_unchanged(request.headers(), &tag, content.modified) {
            return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
        }
        let typed = typed(&content.media_type, self.encoding(content).await?.as_deref());
        response = response.header(header::CONTENT_TYPE, typed).header(header::CONTENT_DISPOSITION, disposition(content));
        let wanted = if *request.method() == Method::GET { wanted(request.headers(), &tag, content) } else { Wanted::Whole };
        let range = match wanted {
            Wanted::Whole => 0..content.size,
            Wanted::Part(range) => {
                response = response
                    .status(StatusCode::PARTIAL_CONTENT)
                    .header(header::CONTENT_RANGE, format!("bytes {}-{}/{}", range.start, range.end - 1, content.size));
                range
            }
            Wanted::Beyond => {
                let refused = told(StatusCode::RANGE_NOT_SATISFIABLE, "The file is shorter than that.");
                return Ok(with(refused, header::CONTENT_RANGE, &format!("bytes */{}", content.size)));
            }
        };
        response = response.header(header::CONTENT_LENGTH, range.end - range.start);
        if *request.method() == Method::HEAD || range.is_empty() {
            return Ok(response.finish());
        }
        match self.files.open_at(&content.sha256, Some(range)).await? {
            Some(opened) => Ok(response.body(Body::from_bytes_stream(opened.bytes))),
            None => Err(crate::base::Fault::new(format!("the file {} of a document is not in the document store", content.sha256)).into()),
        }
    }

    /// The encoding of a text: the one it was read in, or, where it was not read yet, as its beginning tells it.
    async fn encoding(&self, content: &Content) -> Result<Option<String>> {
        if content.encoding.is_some() || !content.media_type.starts_with("text/") || content.size == 0 {
            return Ok(content.encoding.clone());
        }
        let Some(opened) = self.files.open_at(&content.sha256, Some(0..content.size.min(BEGINNING))).await? else { return Ok(None) };
        let beginning: Vec<bytes::Bytes> = opened.bytes.try_collect().await?;
        Ok(text_encoding(&beginning.concat(), &content.media_type).map(str::to_owned))
    }
}

/// Bytes of a text by which its encoding is told.
const BEGINNING: u64 = 256 << 10;

impl Endpoint for Downloads {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        Ok(self.answer(&request).await.unwrap_or_else(|error| {
            if files::is_away(&error) {
                let away = told(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "The document store does not answer at the moment; try again in some seconds. (STORE_UNAVAILABLE)",
                );
                return with(away, header::RETRY_AFTER, files::RETRY_AFTER);
            }
            tracing::error!(cause = error.told(), "a document could not be handed out");
            told(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side; it was noted.")
        }))
    }
}

fn told(status: StatusCode, sentence: &'static str) -> Response {
    Response::builder().status(status).header(header::CACHE_CONTROL, "no-store").content_type("text/plain; charset=utf-8").body(sentence)
}

/// Where a document on another site is; none where no browser would find it.
fn elsewhere(link: &str) -> Option<Response> {
    let link = url::Url::parse(link).ok()?;
    Some(with(told(StatusCode::FOUND, "This document is on another site."), header::LOCATION, link.as_str()))
}

fn with(mut response: Response, name: header::HeaderName, value: &str) -> Response {
    if let Ok(value) = value.parse() {
        response.headers_mut().insert(name, value);
    }
    response
}

/// `?version=2`, or none; anything else in its place names no version.
fn version(query: Option<&str>) -> std::result::Result<Option<i64>, ()> {
    let told = query.unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("version="));
    told.map(|number| number.parse().map_err(drop)).transpose()
}

fn time(at: Moment) -> SystemTime {
    // The date of HTTP has whole seconds.
    UNIX_EPOCH + Duration::from_secs(u64::try_from(at.0 / 1_000_000).unwrap_or(0))
}

/// Whether the client has it already: `If-None-Match`, or without it `If-Modified-Since`.
fn is_unchanged(headers: &HeaderMap, tag: &str, modified: Moment) -> bool {
    let tags: Vec<&str> = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).collect();
    if !tags.is_empty() {
        let mut listed = tags.iter().flat_map(|tags| tags.split(',')).map(str::trim);
        return listed.any(|told| told == "*" || told.strip_prefix("W/").unwrap_or(told) == tag);
    }
    let since = headers.get(header::IF_MODIFIED_SINCE).and_then(|value| httpdate::parse_http_date(value.to_str().ok()?).ok());
    since.is_some_and(|since| time(modified) <= since)
}

/// What of a file is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    Whole,
    Part(Range<u64>),
    /// Nothing that is there.
    Beyond,
}

/// Reads `Range` under `If-Range`. Several ranges, other units and nonsense are answered with the whole, as is allowed.
fn wanted(headers: &HeaderMap, tag: &str, content: &Content) -> Wanted {
    let Some(range) = headers.get(header::RANGE).and_then(|value| value.to_str().ok()) else { return Wanted::Whole };
    if let Some(condition) = headers.get(header::IF_RANGE) {
        let condition = condition.to_str().unwrap_or_default().trim();
        let is_same = condition == tag || httpdate::parse_http_date(condition).is_ok_and(|date| date == time(content.modified));
        if !is_same {
            return Wanted::Whole;
        }
    }
    part(range, content.size).unwrap_or(Wanted::Whole)
}

/// One range of bytes; none where it is not one.
fn part(range: &str, size: u64) -> Option<Wanted> {
    let (unit, spec) = range.split_once('=')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") || spec.contains(',') {
        return None;
    }
    let (first, last) = spec.trim().split_once('-')?;
    // Digits only: `parse` would take a sign.
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().unwrap_or(u64::MAX));
    let range = match (first, last) {
        ("", "") => return None,
        ("", suffix) => size.saturating_sub(number(suffix)?)..size,
        (first, "") => number(first)?..size,
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            first..last.saturating_add(1).min(size)
        }
    };
    Some(if range.start < range.end { Wanted::Part(range) } else { Wanted::Beyond })
}

/// A text is told to be in its encoding; a browser would else take it for another.
fn typed(media_type: &str, encoding: Option<&str>) -> String {
    match encoding {
        Some(encoding) if media_type.starts_with("text/") => format!("{media_type}; charset={}", encoding.to_ascii_lowercase()),
        _ => media_type.to_owned(),
    }
}

fn policy(media_type: &str) -> &'static str {
    if media_type == "application/pdf" {
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
    } else {
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    }
}

/// Bytes that RFC 8187 takes as they are.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// How it is to be shown, and its name: in ASCII for old clients, in full for the others.
fn disposition(content: &Content) -> String {
    let is_shown = matches!(
        content.media_type.as_str(),
        "application/pdf"
            | "text/plain"
            | "text/csv"
            | "text/markdown"
            | "image/png"
            | "image/jpeg"
            | "image/gif"
            | "image/webp"
            | "image/avif"
    );
    let way = if is_shown { "inline" } else { "attachment" };
    let name = &content.file_name;
    let ascii: String = name
        .chars()
        .map(|letter| if (' '..='~').contains(&letter) && !matches!(letter, '"' | '\\' | '%') { letter } else { '_' })
        .collect();
    if ascii == *name {
        return format!("{way}; filename=\"{ascii}\"");
    }
    format!("{way}; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(name, PLAIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(media_type: &str, file_name: &str) -> Content {
        Content {
            sha256: "ab".repeat(32),
            size: 100,
            media_type: media_type.to_owned(),
            encoding: None,
            file_name: file_name.to_owned(),
            modified: Moment::parse("2018-07-18T09:00:00.5Z").unwrap(),
            is_public: true,
        }
    }

    fn headers(pairs: &[(header::HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_range_is_first_and_last_or_open_or_a_suffix() {
        for (range, expected) in [
            ("bytes=0-0", Some(Wanted::Part(0..1))),
            ("bytes=10-19", Some(Wanted::Part(10..20))),
            ("bytes=90-1000", Some(Wanted::Part(90..100))),
            ("bytes=90-", Some(Wanted::Part(90..100))),
            ("BYTES= 5-6 ", Some(Wanted::Part(5..7))),
            ("bytes=-10", Some(Wanted::Part(90..100))),
            ("bytes=-1000", Some(Wanted::Part(0..100))),
            ("bytes=100-", Some(Wanted::Beyond)),
            ("bytes=-0", Some(Wanted::Beyond)),
            ("bytes=99999999999999999999999-", Some(Wanted::Beyond)),
            ("bytes=5-99999999999999999999999", Some(Wanted::Part(5..100))),
            ("bytes=9-8", None),
            ("bytes=0-1,5-6", None),
            ("bytes=+1-2", None),
            ("bytes=-", None),
            ("bytes", None),
            ("lines=1-2", None),
        ] {
            assert_eq!(part(range, 100), expected, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Some(Wanted::Beyond));
    }

    #[test]
    fn a_range_of_another_version_is_answered_with_the_whole() {
        let content = content("text/plain", "a.txt");
        let tag = format!("\"{}\"", content.sha256);
        let wanted = |condition: &str| wanted(&headers(&[(header::RANGE, "bytes=1-2"), (header::IF_RANGE, condition)]), &tag, &content);
        assert_eq!(wanted(&tag), Wanted::Part(1..3));
        assert_eq!(wanted("Wed, 18 Jul 2018 09:00:00 GMT"), Wanted::Part(1..3));
        for other in ["\"cd\"", &format!("W/{tag}"), "Wed, 18 Jul 2018 09:00:01 GMT", "yesterday"] {
            assert_eq!(wanted(other), Wanted::Whole, "{other}");
        }
    }

    #[test]
    fn what_the_client_has_is_not_sent_again() {
        let modified = content("", "").modified;
        let asked = |pairs: &[(header::HeaderName, &str)]| is_unchanged(&headers(pairs), "\"ab\"", modified);
        assert!(asked(&[(header::IF_NONE_MATCH, "\"x\", W/\"ab\"")]));
        assert!(asked(&[(header::IF_NONE_MATCH, "*")]));
        assert!(!asked(&[(header::IF_NONE_MATCH, "\"x\""), (header::IF_MODIFIED_SINCE, "Wed, 18 Jul 2018 09:00:00 GMT")]));
        assert!(asked(&[(header::IF_MODIFIED_SINCE, "Wed, 18 Jul 2018 09:00:00 GMT")]));
        assert!(!asked(&[(header::IF_MODIFIED_SINCE, "Wed, 18 Jul 2018 08:59:59 GMT")]));
        assert!(!asked(&[(header::IF_MODIFIED_SINCE, "soon")]));
        assert!(!asked(&[]));
    }

    #[test]
    fn names_are_told_to_old_and_new_clients_and_can_not_break_the_header() {
        assert_eq!(disposition(&content("application/pdf", "plan 2018.pdf")), "inline; filename=\"plan 2018.pdf\"");
        assert_eq!(
            disposition(&content("text/html", "é\"\r\n;.html")),
            "attachment; filename=\"____;.html\"; filename*=UTF-8''%C3%A9%22%0D%0A%3B.html"
        );
        assert_eq!(disposition(&content("image/svg+xml", "100%.svg")), "attachment; filename=\"100_.svg\"; filename*=UTF-8''100%25.svg");
    }

    #[test]
    fn what_could_run_is_fenced_in() {
        for hostile in ["text/html", "image/svg+xml", "application/xml", "application/octet-stream"] {
            assert!(policy(hostile).ends_with("sandbox"));
            assert!(disposition(&content(hostile, "x")).starts_with("attachment"), "{hostile}");
        }
    }

    #[test]
    fn a_version_is_a_number_or_nothing() {
        assert_eq!(version(None), Ok(None));
        assert_eq!(version(Some("a=b")), Ok(None));
        assert_eq!(version(Some("a=b&version=2")), Ok(Some(2)));
        assert_eq!(version(Some("version=two")), Err(()));
    }
}
