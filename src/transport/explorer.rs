//! `/graphiql`: a page to try queries and read the schema. Everything it needs is in the binary; no other host is asked.

use poem::{Response, Route, endpoint::make_sync, get, http::header};

/// The page may run its own script and talk to its own hub, nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Adds the explorer.
pub fn add(route: Route) -> Route {
    route
        .at("/graphiql", get(make_sync(|_| file("text/html; charset=utf-8", include_str!("explorer/index.html")))))
        .at("/graphiql/script.js", get(make_sync(|_| file("text/javascript; charset=utf-8", include_str!("explorer/script.js")))))
        .at("/graphiql/style.css", get(make_sync(|_| file("text/css; charset=utf-8", include_str!("explorer/style.css")))))
}

fn file(content_type: &'static str, text: &'static str) -> Response {
    Response::builder()
        .content_type(content_type)
        .header(header::CONTENT_SECURITY_POLICY, POLICY)
        .header(header::CACHE_CONTROL, "no-cache")
        .header("x-content-type-options", "nosniff")
        .header(header::REFERRER_POLICY, "no-referrer")
        .body(text)
}
