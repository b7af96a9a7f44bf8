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
use tokio_util::sync::CancellationToken;

use crate::{
    access::Viewer,
    base::{Ambient, Result},
    domain::{
        digest::{self, Due, Settle},
        person,
    },
    store::{Db, Leases, Reader, Request, Writer},
};
use compose::Composed;
pub use mail::{Failure, Mailer, Settings};

/// The name of the turn.
const NAME: &str = "digests";
/// How long one hub has the turn.
const LASTING: Duration = Duration::from_secs(120);
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
}

impl Digester {
    /// Sends until stopped.
    pub async fn run(self, stop: CancellationToken) {
        tokio::select! {
            () = stop.cancelled() => {}
            () = self.go_on() => {}
        }
        if let Err(error) = self.leases.give_back(NAME).await {
            tracing::warn!(cause = error.told(), "the turn could not be given back; another hub waits until it has run out");
        }
    }

    async fn go_on(&self) {
        let mut taken = None;
        loop {
            match self.step(&mut taken).await {
                // There may be more.
                Ok(true) => {}
                Ok(false) => tokio::time::sleep(EVERY).await,
                Err(error) => {
                    tracing::error!(cause = error.told(), "digests could not be sent; trying again");
                    tokio::time::sleep(EVERY).await;
                }
            }
        }
    }

    /// Sends what is due, if it is this hub's turn; answers whether there may be more.
    async fn step(&self, taken: &mut Option<Instant>) -> Result<bool> {
        let is_held = taken.is_some_and(|taken: Instant| taken.elapsed() < LASTING / 3);
        if !is_held {
            *taken = None;
            if !self.leases.take(NAME, self.ambient.now(), LASTING).await? {
                return Ok(false);
            }
            *taken = Some(Instant::now());
        }
        let due = digest::due(&self.reader, self.ambient.now(), BATCH).await?;
        let is_full = due.len() as u64 == BATCH;
        let mut sent = stream::iter(due.into_iter().map(|due| self.one(due))).buffer_unordered(AT_ONCE);
        while let Some(sent) = sent.next().await {
            sent?;
        }
        Ok(is_full)
    }

    /// Sends one.
    async fn one(&self, due: Due) -> Result<()> {
        let Some(due) = digest::claim(&self.writer, due).await? else { return Ok(()) };
        let (is_told, may_pass) = match self.send(&due).await? {
            Ok(()) => (true, true),
            Err(failure) => {
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
