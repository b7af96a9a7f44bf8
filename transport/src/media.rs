//! Media types: which the client sends, which it takes, which we answer.

use poem::http::{HeaderMap, header};

/// What a client is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// `application/graphql-response+json`: the status tells what became of the request.
    Response,
    /// `application/json`: 200 for every well-formed request.
    Json,
    /// `text/event-stream`.
    Events,
}

impl Answer {
    /// The content type written.
    pub const fn content_type(self) -> &'static str {
        match self {
            Answer::Response => "application/graphql-response+json; charset=utf-8",
            Answer::Json => "application/json; charset=utf-8",
            Answer::Events => "text/event-stream; charset=utf-8",
        }
    }

    /// The best answer for the `Accept` headers; none if nothing we have is taken.
    pub fn negotiate(headers: &HeaderMap) -> Option<Self> {
        let mut given = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).peekable();
        if given.peek().is_none() {
            return Some(Self::Json);
        }
        // Of equals the first is taken: a stream only where it is wanted more, as some clients name everything they can
        // read for every operation. A wildcard takes plain JSON, which every client can read.
        let ours =
            [(Self::Response, "application/graphql-response+json"), (Self::Json, "application/json"), (Self::Events, "text/event-stream")];
        let ranges: Vec<(String, f32)> = given.flat_map(|value| value.split(',')).take(32).filter_map(range).collect();
        let mut best: Option<(Self, f32)> = None;
        for (answer, name) in ours {
            let exact = ranges.iter().find(|(range, _)| range == name).map(|(_, quality)| *quality);
            let wild = || {
                let family = name.split('/').next().unwrap_or_default();
                let matching = ranges.iter().find(|(range, _)| range.strip_suffix("/*") == Some(family));
                matching.or_else(|| ranges.iter().find(|(range, _)| range == "*/*")).map(|(_, quality)| *quality)
            };
            let quality = match exact {
                Some(quality) => quality,
                None if answer == Self::Json => wild().unwrap_or(0.0),
                None => 0.0,
            };
            if quality > 0.0 && best.is_none_or(|(_, other)| quality > other) {
                best = Some((answer, quality));
            }
        }
        best.map(|(answer, _)| answer)
    }
}

fn range(text: &str) -> Option<(String, f32)> {
    let mut parts = text.split(';');
    let name = parts.next()?.trim().to_ascii_lowercase();
    let mut quality = 1.0;
    for (name, value) in parts.filter_map(|part| part.trim().split_once('=')) {
        match name.trim() {
            "q" => quality = value.trim().parse().unwrap_or(0.0),
            "charset" if !is_utf8(value) => return None,
            _ => {}
        }
    }
    Some((name, quality))
}

/// What a client sends.
#[derive(Debug, PartialEq, Eq)]
pub enum Sent {
    /// JSON in UTF-8.
    Json,
    /// An upload, with its boundary.
    Multipart(String),
}

impl Sent {
    /// Reads the content type; none if it is absent or not one we take.
    pub fn read(headers: &HeaderMap) -> Option<Self> {
        let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
        let mut parts = value.split(';');
        let name = parts.next()?.trim();
        if name.eq_ignore_ascii_case("multipart/form-data") {
            return multer::parse_boundary(value).ok().map(Self::Multipart);
        }
        let parameters = parts.filter_map(|part| part.trim().split_once('='));
        let is_utf8 = parameters.into_iter().all(|(name, value)| !name.trim().eq_ignore_ascii_case("charset") || is_utf8(value));
        (name.eq_ignore_ascii_case("application/json") && is_utf8).then_some(Self::Json)
    }
}

fn is_utf8(charset: &str) -> bool {
    let charset = charset.trim().trim_matches('"');
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept(value: &str) -> Option<Answer> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, value.parse().expect("a header"));
        Answer::negotiate(&headers)
    }

    #[test]
    fn negotiates_as_clients_mean_it() {
        assert_eq!(Answer::negotiate(&HeaderMap::new()), Some(Answer::Json));
        assert_eq!(accept("*/*"), Some(Answer::Json));
        assert_eq!(accept("application/*"), Some(Answer::Json));
        assert_eq!(accept("application/json"), Some(Answer::Json));
        assert_eq!(accept("application/json, application/graphql-response+json"), Some(Answer::Response));
        assert_eq!(accept("application/graphql-response+json,application/json;q=0.9"), Some(Answer::Response));
        assert_eq!(accept("application/graphql-response+json;q=0.5, application/json"), Some(Answer::Json));
        assert_eq!(accept("text/event-stream"), Some(Answer::Events));
        assert_eq!(accept("text/event-stream, application/json;q=0.5"), Some(Answer::Events));
        // urql, for a query and for a subscription.
        let query = "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed";
        assert_eq!(accept(query), Some(Answer::Response));
        assert_eq!(accept("text/event-stream, multipart/mixed"), Some(Answer::Events));
        assert_eq!(accept("text/html"), None);
        assert_eq!(accept("text/html, */*;q=0.1"), Some(Answer::Json));
    }

    #[test]
    fn takes_json_in_utf8_only() {
        let sent = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, value.parse().expect("a header"));
            Sent::read(&headers)
        };
        assert_eq!(sent("application/json"), Some(Sent::Json));
        assert_eq!(sent("Application/JSON; charset=\"UTF-8\""), Some(Sent::Json));
        assert_eq!(sent("application/json; charset=latin1"), None);
        for wrong in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"] {
            assert_eq!(sent(wrong), None, "{wrong}");
        }
        assert_eq!(Sent::read(&HeaderMap::new()), None);
    }
}
