//! `/graphiql`: GraphiQL, to try operations and read the schema; a plain page of our own where it could not be built (the crate `explorer`). Everything either
//! needs is in the binary; no other host is asked.

use std::io::Read;

use hansa_explorer::BUILT;
use poem::{
    Endpoint, Request, Response, Route,
    endpoint::make_sync,
    get,
    http::{HeaderMap, StatusCode, header},
};

/// A page may run its own script and talk to its own hub, nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// GraphiQL's editor, too, checks in workers, writes its colours into the page, and has letters of its own.
const BUILT_POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Adds the explorer.
pub fn add(route: Route) -> Route {
    if BUILT.is_empty() {
        return route
            .at("/graphiql", get(make_sync(|_| file("text/html; charset=utf-8", include_str!("explorer/index.html")))))
            .at("/graphiql/script.js", get(make_sync(|_| file("text/javascript; charset=utf-8", include_str!("explorer/script.js")))))
            .at("/graphiql/style.css", get(make_sync(|_| file("text/css; charset=utf-8", include_str!("explorer/style.css")))));
    }
    route.at("/graphiql", get(Built)).at("/graphiql/*", get(Built))
}

fn file(content_type: &'static str, text: &'static str) -> Response {
    headed(content_type, POLICY).header(header::CACHE_CONTROL, "no-cache").body(text)
}

fn headed(content_type: &'static str, policy: &'static str) -> poem::ResponseBuilder {
    Response::builder()
        .content_type(content_type)
        .header(header::CONTENT_SECURITY_POLICY, policy)
        .header("x-content-type-options", "nosniff")
        .header(header::REFERRER_POLICY, "no-referrer")
}

/// Hands out GraphiQL's files.
struct Built;

impl Endpoint for Built {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let path = request.uri().path().strip_prefix("/graphiql").unwrap_or_default();
        let wanted = if path.is_empty() || path == "/" { "/index.html" } else { path };
        let Some((path, media_type, zipped)) = BUILT.iter().find(|(path, ..)| *path == wanted) else {
            return Ok(Response::builder().status(StatusCode::NOT_FOUND).body("There is no such file of the explorer."));
        };
        // The names of all but the page itself hold their content's checksum.
        let is_kept = *path != "/index.html";
        let response = headed(media_type, BUILT_POLICY)
            .header(header::CACHE_CONTROL, if is_kept { "public, max-age=31536000, immutable" } else { "no-cache" })
            .header(header::VARY, "accept-encoding");
        if takes_gzip(request.headers()) {
            return Ok(response.header(header::CONTENT_ENCODING, "gzip").body(*zipped));
        }
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(*zipped).read_to_end(&mut plain).map_err(poem::error::InternalServerError)?;
        Ok(response.body(plain))
    }
}

/// Whether a client says that it takes gzip.
fn takes_gzip(headers: &HeaderMap) -> bool {
    super::compression::weight(headers, "gzip") > 0.0
}
