//! Asks addresses that people gave: only those that may be reached, bounded in time.
//!
//! A name is resolved once for a connection, its numbers are judged, and the connection goes to one of just these: a name that resolves
//! differently the next moment leads nowhere else. Redirects are answers like others, and the environment's proxies, which would resolve
//! names by their own rules, are not used.
use std::{net::SocketAddr, sync::Arc, time::Duration};

use reqwest::{
    Client, Method, RequestBuilder,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use url::Url;

use crate::{
    base::{Fault, Outbound, Result, tls},
    relay::reach::{Behind, Lookup, numbers},
};

/// Time for a connection, and for the whole of an attempt.
const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(15);
/// How long a connection waits for the next request.
const IDLE: Duration = Duration::from_secs(20);

/// Sends requests to where the rule admits. Cheap to clone.
#[derive(Clone)]
pub struct OutboundClient {
    /// For https: whatever may be reached.
    secure: Client,
    /// For plain http: named networks alone.
    plain: Client,
    outbound: Arc<Outbound>,
}

impl OutboundClient {
    /// Reaches what `outbound` admits, finding names by `lookup`.
    pub fn new(outbound: Arc<Outbound>, lookup: &Lookup, public_url: &str) -> Result<Self> {
        tls::provide_ciphers();
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
                .dns_resolver(Arc::new(AdmittedResolver { outbound: outbound.clone(), lookup: lookup.clone(), is_plain }))
                .build()
                .map_err(Fault::new)
        };
        Ok(Self { secure: client(false)?, plain: client(true)?, outbound: outbound.clone() })
    }

    /// A request to an address; where the rule does not admit it, which may have become narrower since the address was kept, why.
    pub fn request(&self, method: Method, url: &str) -> Result<RequestBuilder, String> {
        let url: Url = self.outbound.read(url, "url").map_err(|error| error.told())?;
        let client = if url.scheme() == "http" { &self.plain } else { &self.secure };
        Ok(client.request(method, url))
    }
}

fn causes(of: &reqwest::Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(std::error::Error::source(of), |cause| cause.source())
}

/// Whether the name led where the rule does not admit.
pub fn is_not_admitted(cause: &reqwest::Error) -> bool {
    causes(cause).any(|cause| cause.is::<Behind>())
}

/// Why no answer came, without what is nobody's business; `who` did not answer: “The receiver”.
pub fn no_answer(cause: &reqwest::Error, who: &str) -> String {
    if is_not_admitted(cause) {
        return format!("{who}'s name leads to an address that this hub does not send to.");
    }
    let deepest = causes(cause).last().map_or_else(|| cause.to_string(), ToString::to_string);
    if cause.is_timeout() {
        return format!("{who} did not answer in time ({} seconds).", WHOLE.as_secs());
    }
    let what = if cause.is_connect() { format!("{who} can't be reached") } else { "The request failed".to_owned() };
    let deepest: String = deepest.chars().take(200).collect();
    format!("{what}: {deepest}.")
}

/// Resolves names, and judges what they resolve to.
struct AdmittedResolver {
    outbound: Arc<Outbound>,
    lookup: Lookup,
    is_plain: bool,
}

impl Resolve for AdmittedResolver {
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
