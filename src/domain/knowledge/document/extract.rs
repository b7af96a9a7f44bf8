//! Reading the text of files that nobody has read yet. Run by what follows the log, never inside a request.
use futures_util::StreamExt;
use sea_orm::{
    QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Alias, Query},
};

use super::{life::TEXT_EXTRACTED, row, text};
use crate::{
    base::Result,
    extract::{Extractor, NoText},
    files::Files,
    store::{Command, Isolation, Reader, Record, Request, Tx, Writer},
};

/// Files looked for with one statement.
const PAGE: u64 = 64;
/// Files on their way at once; how many of them are really read at once is the extractor's business.
const AT_ONCE: usize = 4;

/// Texts that were found.
struct Found(Vec<text::Model>);

impl Command for Found {
    type Output = ();

    /// Keeps the texts, and tells of each document that has one, so that the index reads these anew.
    async fn apply(&self, tx: &mut Tx<'_>) -> Result<()> {
        let found: Vec<&str> = self.0.iter().filter(|text| text.has_text()).map(|text| text.sha256.as_str()).collect();
        let with_text = tx.every::<row::Entity>().filter(row::Column::Sha256.is_in(found));
        // The order of the texts, however many of them were ready together.
        let with_text = with_text.order_by_asc(row::Column::Sha256).order_by_asc(row::Column::Id);
        for document in tx.all(with_text).await? {
            tx.log(&document, vec![&TEXT_EXTRACTED], document.tags());
        }
        for text in &self.0 {
            tx.derived(text::Model { at: tx.now(), ..text.clone() });
        }
        Ok(())
    }
}

/// Reads the text of every document's newest file that was not read before; answers how many were.
///
/// The reader sees everything. A file that could not be read for reasons of our own (missing, no process to be had) is
/// told in the log and left for the next time.
pub async fn extract_missing(reader: &Reader, writer: &Writer, files: &Files, extractor: &Extractor, isolation: &Isolation) -> Result<u64> {
    let (mut after, mut count) = (String::new(), 0);
    loop {
        let page = unread(reader, &after).await?;
        let Some(last) = page.last() else { return Ok(count) };
        after.clone_from(&last.0);
        let mut read = futures_util::stream::iter(page)
            .map(|(sha256, media_type)| async move {
                let found = isolation.one(&sha256, read(files, extractor, &sha256, &media_type)).await?;
                Ok(found.and_then(|found| text::Model::of(sha256, found)))
            })
            .buffered(AT_ONCE)
            .ready_chunks(AT_ONCE);
        while let Some(some) = read.next().await {
            let found: Vec<text::Model> = some.into_iter().filter_map(Result::transpose).collect::<Result<_>>()?;
            count += found.len() as u64;
            if !found.is_empty() {
                writer.run(Request::by(reader.viewer()), Found(found)).await?;
            }
        }
    }
}

async fn read(
    files: &Files,
    extractor: &Extractor,
    sha256: &str,
    media_type: &str,
) -> Result<std::result::Result<crate::extract::Extraction, NoText>> {
    if !Extractor::supports(media_type) {
        return Ok(Err(NoText::Unsupported));
    }
    let Some(on_disk) = files.on_disk(sha256).await? else {
        tracing::error!(sha256, "a document's file is not in the document store");
        return Ok(Err(NoText::NotRun("the file is missing".to_owned())));
    };
    let found = extractor.text_of(on_disk.path(), media_type).await;
    if let Err(why) = &found {
        tracing::info!(sha256, media_type, ?why, "a document has no text");
    }
    Ok(found)
}

/// Checksums after this one whose text nobody has read, with their media types.
async fn unread(reader: &Reader, after: &str) -> Result<Vec<(String, String)>> {
    let mut known = Query::select();
    known.column(Alias::new("sha256")).from(Alias::new("extracted_text"));
    let select = reader
        .rows::<row::Entity>()
        .filter(row::Column::Sha256.gt(after))
        .filter(row::Column::Sha256.not_in_subquery(known))
        .filter(row::Column::State.ne(row::State::Withdrawn))
        .order_by_asc(row::Column::Sha256)
        .limit(PAGE);
    let mut found: Vec<(String, String)> = reader.all(select).await?.into_iter().map(|row| (row.sha256, row.media_type)).collect();
    found.dedup_by(|a, b| a.0 == b.0);
    Ok(found)
}
