//! Sends digests: what a person is told of and has not read, by mail, at its time.
//!
//! Of all hubs the one that holds the lease does it. What is told is asked as the person when the mail is written: what they may not see by
//! then is in no mail. How a digest is claimed, sent and settled, and what a crash in between does, stands in [`digest`].
mod compose;
mod mail;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::{StreamExt, stream};

use super::leader::{Leader, Next};
use crate::{
    access::Viewer,
    base::{Ambient, Result, id},
    domain::{
        digest::{self, Due, Settle},
        person,
    },
    store::{Db, Isolation, Leases, Reader, Request, Writer},
};
use compose::Composed;
pub use mail::{Failure, Mailer, Settings};

/// How often it is looked whether one is due; one is asked for hours before it is.
const EVERY: Duration = Duration::from_secs(5);
/// Digests taken up at once, and mails under way at once.
const BATCH: u64 = 20;
const AT_ONCE: usize = 4;

/// Sends digests when they are due.
pub struct Digester {
    /// The database, to read as the person.
    pub db: Db,
    /// Reads everything.
    pub reader: Reader,
    /// How a digest went is noted through the write door.
    pub writer: Writer,
    /// Of several hubs one does it.
    pub leases: Leases,
    /// The clock.
    pub ambient: Arc<dyn Ambient>,
    /// Sends mail.
    pub mailer: Mailer,
    /// Where the hub is reached from outside, without a slash at the end.
    pub public_url: Arc<str>,
    /// A digest that can't be written stops no other.
    pub isolation: Isolation,
}

impl Leader for Digester {
    const TASK: &'static str = "digests";
    const LEASE: &'static str = "digests";
    const LASTING: Duration = Duration::from_secs(120);
    const ASKED: Duration = EVERY;
    const FAILED: &'static str = "digests could not be sent";
    const PAUSE: Duration = EVERY;
    type Turn = ();

    fn leases(&self) -> &Leases {
        &self.leases
    }

    fn ambient(&self) -> &dyn Ambient {
        &*self.ambient
    }

    async fn load(&self) -> Result<()> {
        Ok(())
    }

    /// Sends what is due.
    async fn step(&self, (): &mut (), _: Instant) -> Result<Next> {
        let due = digest::due(&self.reader, self.ambient.now(), BATCH).await?;
        let is_full = due.len() as u64 == BATCH;
        let mut sent = stream::iter(due.into_iter().map(|due| self.one(due))).buffer_unordered(AT_ONCE);
        while let Some(sent) = sent.next().await {
            sent?;
        }
        // There may be more.
        Ok(if is_full { Next::Step } else { Next::After(EVERY) })
    }
}

impl Digester {
    /// Sends one.
    async fn one(&self, due: Due) -> Result<()> {
        let Some(due) = digest::claim(&self.writer, due).await? else { return Ok(()) };
        let (is_told, may_pass) = match self.isolation.one(&id::join("person", due.person()), self.send(&due)).await? {
            Some(Ok(())) => (true, true),
            // The next one tells what this one would have told.
            None => (false, false),
            Some(Err(failure)) => {
                tracing::warn!(person = %due.person(), cause = failure.told, may_pass = failure.may_pass, "a digest could not be sent");
                (false, failure.may_pass)
            }
        };
        self.writer.run(Request::by(Arc::new(Viewer::hub())), Settle { due, is_told, may_pass }).await?;
        Ok(())
    }

    async fn send(&self, due: &Due) -> Result<std::result::Result<(), Failure>> {
        let people = person::viewers_of(&self.reader, &[due.person()]).await?;
        // Whoever has left is told nothing, and asked again in a period: they may come back.
        let Some(viewer) = people.into_values().next() else { return Ok(Ok(())) };
        let Some(contact) = person::contact_of(&self.reader, due.person()).await? else { return Ok(Ok(())) };
        let reader = Reader::new(self.db.clone(), Arc::new(viewer));
        let Some(letter) = Composed::of(&reader, due, &contact, &self.public_url).await? else { return Ok(Ok(())) };
        Ok(self.mailer.send(letter.into_mail(due, &contact, &self.public_url, self.ambient.now())).await)
    }
}
