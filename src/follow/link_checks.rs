//! Asks now and then whether the links of documents still lead somewhere, where a setting says so.
//!
//! A HEAD request by the rule of webhooks' addresses; nothing is fetched. An address that the rule does not admit (plain http, a network of the
//! operator's) is not asked, and no document says that it was.
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::{StreamExt, TryStreamExt};
use reqwest::{Method, StatusCode, header};
use url::Url;

use super::{
    is_told,
    leader::{Leader, Next},
    outbound_client::{OutboundClient, no_answer},
    past,
};
use crate::{
    access::Viewer,
    base::{Ambient, Moment, Result},
    domain::document::{LinkCheck, links_due, note_link_checks},
    store::{Isolation, Leases, Log, Reader, Request, Writer},
};

/// Facts that can bring a link nobody has asked.
const BRINGING: [&str; 3] = ["documentDrafted", "documentPublished", "documentRevised"];
/// How long one hub has the turn: longer than it takes to ask a page of links that don't answer.
const LASTING: Duration = Duration::from_secs(1_800);
/// Links asked at once.
const AT_ONCE: usize = 4;
/// How often a link may lead to another.
const HOPS: usize = 5;

/// Asks links.
pub struct LinkChecker {
    /// Reads everything.
    pub reader: Reader,
    /// The write door.
    pub writer: Writer,
    /// The log: what is new is asked soon.
    pub log: Log,
    /// Of several hubs one does it.
    pub leases: Leases,
    /// The clock.
    pub ambient: Arc<dyn Ambient>,
    /// Sends the requests.
    pub client: OutboundClient,
    /// After how many days a link is asked again.
    pub days: u32,
    /// A link that nothing can be done with stops no other.
    pub isolation: Isolation,
}

/// What came of asking a link.
enum Asked {
    /// It leads somewhere, or nowhere, for this reason.
    Answered(Option<String>),
    /// The rule does not admit it.
    NotAdmitted,
}

impl Leader for LinkChecker {
    const TASK: &'static str = "links";
    const LEASE: &'static str = "link_checks";
    const LASTING: Duration = LASTING;
    const ASKED: Duration = Duration::from_secs(60);
    const FAILED: &'static str = "links of documents could not be asked; trying again later";
    const PAUSE: Duration = Duration::from_secs(60);
    /// Up to where the log was looked through.
    type Turn = Option<i64>;

    fn leases(&self) -> &Leases {
        &self.leases
    }

    fn ambient(&self) -> &dyn Ambient {
        &*self.ambient
    }

    async fn load(&self) -> Result<Option<i64>> {
        Ok(None)
    }

    async fn step(&self, seen: &mut Option<i64>, _: Instant) -> Result<Next> {
        let mut head = self.log.listen();
        let upto = self.log.head();
        if is_told(&self.reader, &BRINGING, *seen, upto).await? {
            self.ask_all().await?;
        }
        *seen = Some(upto);
        tokio::select! {
            () = past(&mut head, upto) => {}
            // What was asked long ago is asked again.
            () = tokio::time::sleep(LASTING / 3) => *seen = None,
        }
        Ok(Next::Step)
    }
}

impl LinkChecker {
    /// Asks every link that is due.
    async fn ask_all(&self) -> Result<()> {
        let since = Moment(self.ambient.now().0 - i64::from(self.days) * Moment::DAY);
        let mut after = String::new();
        loop {
            let page = links_due(&self.reader, since, &after).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after.clone_from(last);
            let asked = futures_util::stream::iter(page)
                .map(|link| async move {
                    let asked = self.isolation.one(&link, async { Ok(self.ask(&link).await) }).await?;
                    Ok::<_, crate::base::Error>(match asked {
                        Some(Asked::Answered(fault)) => Some(LinkCheck { link, checked_at: self.ambient.now(), fault }),
                        Some(Asked::NotAdmitted) | None => None,
                    })
                })
                .buffer_unordered(AT_ONCE);
            let checks: Vec<LinkCheck> = asked.try_filter_map(|check| async { Ok(check) }).try_collect().await?;
            if !checks.is_empty() {
                note_link_checks(&self.writer, Request::by(Arc::new(Viewer::hub())), checks).await?;
            }
        }
    }

    /// Asks one link, and where it leads on.
    async fn ask(&self, link: &str) -> Asked {
        let Ok(mut url) = Url::parse(link) else { return Asked::Answered(Some("This is not an address.".to_owned())) };
        for _ in 0..=HOPS {
            url.set_fragment(None);
            let Ok(request) = self.client.request(Method::HEAD, url.as_str()) else { return Asked::NotAdmitted };
            let answer = match request.send().await {
                Ok(answer) => answer,
                Err(cause) => return Asked::Answered(Some(no_answer(&cause, "The site"))),
            };
            let status = answer.status();
            if status.is_redirection() {
                let next = answer.headers().get(header::LOCATION).and_then(|place| url.join(place.to_str().ok()?).ok());
                let Some(next) = next else {
                    return Asked::Answered(Some(format!("The site answered {}, and not where it is.", status.as_u16())));
                };
                url = next;
                continue;
            }
            // Some sites do not know HEAD: they are there.
            let is_there = status.is_success() || [StatusCode::METHOD_NOT_ALLOWED, StatusCode::NOT_IMPLEMENTED].contains(&status);
            return Asked::Answered((!is_there).then(|| format!("The site answered {}.", status.as_u16())));
        }
        Asked::Answered(Some(format!("It leads from place to place, more than {HOPS} times.")))
    }
}
