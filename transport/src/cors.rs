//! Which pages of other origins may read the hub's answers.
//!
//! All may, unless a setting names them: the hub knows no cookies, so such a page can do no more than the token it sends, and the public graph is
//! for everyone's front end. (That no page makes a *browser* mutate unasked is kept by `http`: such requests need a preflight.)
use poem::{
    http::{HeaderName, HeaderValue, Method, header},
    middleware::Cors,
};

/// What pages may read beside the body.
const EXPOSED: [HeaderName; 7] = [
    header::ETAG,
    header::ACCEPT_RANGES,
    header::CONTENT_RANGE,
    header::CONTENT_DISPOSITION,
    header::RETRY_AFTER,
    header::LAST_MODIFIED,
    HeaderName::from_static("x-request-id"),
];

/// Lets pages of these origins in; of all, where none is named.
pub fn cors(origins: &[Origin]) -> Cors {
    Cors::new()
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_credentials(false)
        .expose_headers(EXPOSED)
        .allow_origins(origins.iter().map(|origin| origin.0.clone()))
}

/// A web origin, as browsers send it: `https://app.example.org`, with a port where it is not the usual one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(HeaderValue);

impl Origin {
    /// None where it is no origin: it has a scheme and a host, and neither path nor slash at the end.
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, host) = text.split_once("://")?;
        let is_host = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_graphic() && !b"/?#@,*".contains(&byte));
        let is_written_so = text == text.to_ascii_lowercase() && ["http", "https"].contains(&scheme);
        if is_host && is_written_so { HeaderValue::from_str(text).ok().map(Self) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_browsers_send() {
        for good in ["https://app.example.org", "http://localhost:3000", "http://[::1]:3000"] {
            assert!(Origin::parse(good).is_some(), "{good}");
        }
        for bad in
            ["", "*", "app.example.org", "https://", "https://app.example.org/", "https://*.example.org", "HTTPS://app.example.org", "null"]
        {
            assert!(Origin::parse(bad).is_none(), "{bad}");
        }
    }
}
