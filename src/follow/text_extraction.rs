//! Reads the text of documents' files after their rows are there.
use std::{sync::Arc, time::Duration};

use super::{Task, is_told, past, tasks::TaskHealth};
use crate::{
    base::Result,
    domain::document,
    extract::Extractor,
    files::Files,
    store::{Isolation, Log, Reader, Writer},
};

/// Facts that can bring a file nobody has read.
const BRINGING: [&str; 3] = ["documentDrafted", "documentPublished", "documentSuperseded"];
/// How long to wait after a failure.
const PAUSE: Duration = Duration::from_secs(10);

/// Follows the log with texts of files.
pub struct TextExtractionFollower {
    /// Reads everything.
    pub reader: Reader,
    /// The write door: a text that was found is a change.
    pub writer: Writer,
    /// The log.
    pub log: Log,
    /// Documents' bytes.
    pub files: Files,
    /// Reads files in child processes.
    pub extractor: Arc<Extractor>,
}

impl Task for TextExtractionFollower {
    const NAME: &'static str = "texts";

    /// Reads what nobody has read, then follows.
    async fn run(&self, health: &TaskHealth) {
        let mut head = self.log.listen();
        let mut seen = None;
        loop {
            health.step();
            match self.step(seen, &health.isolation).await {
                Ok(upto) => {
                    health.well();
                    seen = Some(upto);
                    past(&mut head, upto).await;
                }
                Err(error) => {
                    health.failed(&error, "the texts of documents could not be read; trying again");
                    seen = None;
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }
}

impl TextExtractionFollower {
    /// Reads unread files if the log tells of any after `seen`, or nothing was seen yet; answers how far the log was seen.
    async fn step(&self, seen: Option<i64>, isolation: &Isolation) -> Result<i64> {
        let upto = self.log.head();
        if is_told(&self.reader, &BRINGING, seen, upto).await? {
            document::extract_missing(&self.reader, &self.writer, &self.files, &self.extractor, isolation).await?;
        }
        Ok(upto)
    }
}
