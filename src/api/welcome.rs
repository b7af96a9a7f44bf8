//! `GET /`: what there is, for people who open the hub's address in a browser.
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use poem::{Endpoint, Request, Response, Result, http::Method, http::StatusCode, http::header};

use crate::base::text::escaped;

/// The first query of the README.
pub const FIRST: &str = "{ programme(slug: \"iuc-north-america\") { name pairingCount { listed stated source } pairings(first: 3) { nodes { name cities { name country { name } practices(first: 2) { nodes { title themes { name } documents(first: 2) { nodes { title url } } } } } } } } }";

/// The endpoint of `/`.
pub struct Welcome {
    page: String,
}

impl Welcome {
    /// A page for a hub that is reached at this address.
    pub fn new(public_url: &str) -> Self {
        let json = serde_json::json!({ "query": FIRST }).to_string();
        let command = format!("curl -s {public_url}/graphql -H 'content-type: application/json' -d '{json}'");
        let address = utf8_percent_encode(FIRST, NON_ALPHANUMERIC).to_string();
        Self { page: include_str!("welcome.html").replace("{address}", &address).replace("{command}", &escaped(&command)) }
    }
}

impl Endpoint for Welcome {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let response = Response::builder()
            .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            .header(header::CACHE_CONTROL, "no-cache");
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Ok(response
                .status(StatusCode::METHOD_NOT_ALLOWED)
                .header(header::ALLOW, "GET, HEAD")
                .body("The graph is asked at /graphql."));
        }
        Ok(response.content_type("text/html; charset=utf-8").body(self.page.clone()))
    }
}
