//! Asks now and then whether the links of documents still lead somewhere, where a setting says so.
//!
//! A HEAD request by the rule of webhooks' addresses; nothing is fetched. An address that the rule does not admit (plain http, a network that was not
//! named) is not asked, and no document says that it was.
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::{StreamExt, TryStreamExt};
use reqwest::{Method, StatusCode, header};
use url::Url;
use uuid::Uuid;

use super::{
    is_told,
    leader::{Leader, Next},
    outbound_client::{OutboundClient, is_not_admitted, no_answer},
    past,
};
use crate::{
    access::Viewer,
    base::{Ambient, Moment, Result},
    domain::document::{Due, LinkCheck, links_due, note_link_checks},
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

/// How far a walk through the links came.
#[derive(Debug, Default)]
pub struct Walk {
    /// Up to where the log was looked through; none where all is to be looked at.
    seen: Option<i64>,
    /// The last document whose link was asked, while there are more.
    after: Option<Uuid>,
    /// Where the log was when it began: what comes meanwhile may be of documents that it has passed.
    begun: i64,
}

impl Leader for LinkChecker {
    const TASK: &'static str = "links";
    const LEASE: &'static str = "link_checks";
    const LASTING: Duration = LASTING;
    const ASKED: Duration = Duration::from_secs(60);
    const FAILED: &'static str = "links of documents could not be asked; trying again later";
    const PAUSE: Duration = Duration::from_secs(60);
    type Turn = Walk;

    fn leases(&self) -> &Leases {
        &self.leases
    }

    fn ambient(&self) -> &dyn Ambient {
        &*self.ambient
    }

    async fn load(&self) -> Result<Walk> {
        Ok(Walk::default())
    }

    async fn step(&self, walk: &mut Walk, _: Instant) -> Result<Next> {
        let mut head = self.log.listen();
        let upto = self.log.head();
        if walk.after.is_some() || is_told(&self.reader, &BRINGING, walk.seen, upto).await? {
            if walk.after.is_none() {
                walk.begun = upto;
            }
            walk.after = self.ask_page(walk.after.unwrap_or_default()).await?;
            if walk.after.is_none() {
                walk.seen = Some(walk.begun);
            }
            return Ok(Next::Step);
        }
        walk.seen = Some(upto);
        tokio::select! {
            () = past(&mut head, upto) => {}
            // What was asked long ago is asked again.
            () = tokio::time::sleep(LASTING / 3) => walk.seen = None,
        }
        Ok(Next::Step)
    }
}

impl LinkChecker {
    /// Asks the next links that are due; answers the last of their documents, none where there are no more.
    async fn ask_page(&self, after: Uuid) -> Result<Option<Uuid>> {
        let since = Moment(self.ambient.now().0 - i64::from(self.days) * Moment::DAY);
        let page = links_due(&self.reader, since, after).await?;
        let Some(last) = page.last().map(|due| due.id.uuid()) else { return Ok(None) };
        let asked = futures_util::stream::iter(page).map(|due| self.check(due)).buffer_unordered(AT_ONCE);
        let checks: Vec<LinkCheck> = asked.try_collect().await?;
        note_link_checks(&self.writer, Request::by(Arc::new(Viewer::hub())), checks).await?;
        Ok(Some(last))
    }

    /// What is to be kept of a link; of one on which the asking panicked, that it was not asked.
    async fn check(&self, due: Due) -> Result<LinkCheck> {
        let asked = self.isolation.one(&due.id.to_string(), async { Ok(self.ask(&due.link).await) }).await?;
        let (is_asked, fault) = match asked {
            Some(Asked::Answered(fault)) => (true, fault),
            Some(Asked::NotAdmitted) | None => (false, None),
        };
        Ok(LinkCheck { document: due.id, link: due.link, checked_at: self.ambient.now(), is_asked, fault })
    }

    /// Asks one link, and where it leads on.
    async fn ask(&self, link: &str) -> Asked {
        let Ok(mut url) = Url::parse(link) else { return Asked::Answered(Some("This is not an address.".to_owned())) };
        for hop in 0..=HOPS {
            url.set_fragment(None);
            // A site that leads to where the rule does not admit has answered.
            let not_admitted = if hop == 0 { Asked::NotAdmitted } else { Asked::Answered(None) };
            let Ok(request) = self.client.request(Method::HEAD, url.as_str()) else { return not_admitted };
            let answer = match request.send().await {
                Ok(answer) => answer,
                Err(cause) if is_not_admitted(&cause) => return not_admitted,
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
