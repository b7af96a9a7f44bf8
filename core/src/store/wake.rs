//! Hearing of what other processes commit.
//!
//! On PostgreSQL a writing transaction tells a channel the log's new head, and every hub listens; the database hands the
//! word on when the transaction has committed, never before. Beneath it the head is asked for now and then, so that a lost
//! word (a connection that was cut, a pooler between that can't listen) costs seconds and no event. On SQLite, which
//! tells nothing, the head is asked for more often.
//!
//! Invariant: nobody else asks the database for the head in a loop; who follows the log waits for [`Log::listen`].
use std::time::Duration;

use sea_orm::sqlx::{self, postgres::PgListener};

use super::Log;

/// Tells the new head; part of the statement that moves it.
pub(super) const TELL: &str = "pg_notify('hansa_log', seq::text)";
/// The channel it is told on. PostgreSQL keeps the channels of its databases apart.
const CHANNEL: &str = "hansa_log";

/// How often the head is asked for where nothing tells of commits.
const POLL: Duration = Duration::from_millis(500);
/// How often it is asked for while somebody does.
pub const SLOW_POLL: Duration = Duration::from_secs(5);

impl Log {
    /// Keeps the head at what other processes commit, for ever.
    pub async fn hear(&self) {
        let mut is_told = false;
        loop {
            if let Some(url) = self.db.told_at()
                && let Err(cause) = self.hear_at(url, &mut is_told).await
                && is_told
            {
                is_told = false;
                tracing::warn!(%cause, "the database no longer tells of commits; the log is asked instead, until it does again");
            }
            tokio::time::sleep(POLL).await;
            // Where the database does not answer, whoever reads the log says so.
            drop(self.refresh().await);
        }
    }

    /// Returns when the database can't be listened to any more.
    async fn hear_at(&self, url: &str, is_told: &mut bool) -> Result<(), sqlx::Error> {
        let mut listener = PgListener::connect(url).await?;
        listener.listen(CHANNEL).await?;
        *is_told = true;
        // What was committed before it listened.
        drop(self.refresh().await);
        loop {
            match tokio::time::timeout(SLOW_POLL, listener.try_recv()).await {
                Ok(Ok(Some(told))) => {
                    // What this hub committed itself it knows already. The number is only a reason to ask.
                    if told.payload().parse().is_ok_and(|seq: i64| seq > self.head()) {
                        drop(self.refresh().await);
                    }
                }
                // Cut and mended in between, or silent for long.
                Ok(Ok(None)) | Err(_) => drop(self.refresh().await),
                Ok(Err(cause)) => return Err(cause),
            }
        }
    }
}
