//! What answers a saved search, as it happens.
use async_graphql::{Context, Object, Result};

use super::{
    events::{self, FeedGap},
    search::{Index, SearchSnippet, load, pieces},
};
use crate::{
    base::{Fault, Moment},
    domain::{
        VisibleNode,
        saved_search::{self, Kept, SavedSearch, matched},
    },
    follow::saved_searches,
    relay::{DateTime, Object, Position, context::Asking},
    search::{DocKey, SearchRequest},
    store::Logged,
};

/// Something that answers a saved search, or that the log no longer tells what did.
pub struct SearchMatch {
    kept: Kept,
    seq: i64,
    at: Option<Moment>,
    /// What answers; none where that is no longer known.
    key: Option<DocKey>,
    gap: Option<FeedGap>,
}

impl SearchMatch {
    /// The place of matches that the log no longer has.
    pub fn missing(kept: Kept, after: i64, upto: i64) -> Self {
        let gap = FeedGap { after: after.to_string(), upto: upto.to_string() };
        Self { kept, seq: upto, at: None, key: None, gap: Some(gap) }
    }

    /// The match that an entry of the log tells of.
    pub async fn of(ctx: &crate::store::Reader, kept: Kept, entry: Logged) -> crate::base::Result<Self> {
        let key = matched::subjects(ctx, std::slice::from_ref(&entry)).await?.pop().map(|(_, key)| key);
        Ok(Self { kept, seq: entry.seq, at: Some(entry.at), key, gap: None })
    }
}

/// Something that answers a saved search, at its place in the log. Where the log was trimmed behind the subscriber's cursor one of these has only a `gap`:
/// what answered in between is not known; search for it.
#[Object]
impl SearchMatch {
    /// Its place in the log; give it to `after` to go on from here.
    async fn cursor(&self) -> String {
        self.seq.to_string()
    }

    /// The matches that are missing; null for a match.
    async fn gap(&self) -> Option<&FeedGap> {
        self.gap.as_ref()
    }

    /// The same as a position, for `atLeast`.
    async fn position(&self) -> Position {
        Position(self.seq)
    }

    /// When it was found; null for a gap.
    async fn occurred_at(&self) -> Option<DateTime> {
        self.at.map(DateTime)
    }

    /// The saved search; null where it was deleted meanwhile.
    async fn saved_search(&self, ctx: &Context<'_>) -> Result<Option<Object<SavedSearch>>> {
        Ok(ctx.load(self.kept.id).await?)
    }

    /// What answers it, as it is now; null where the viewer may no longer see it.
    async fn node(&self, ctx: &Context<'_>) -> Result<Option<VisibleNode>> {
        match &self.key {
            Some(key) => load(ctx, key).await,
            None => Ok(None),
        }
    }

    /// Pieces of the text around what was sought; empty where it no longer answers.
    async fn snippets(&self, ctx: &Context<'_>) -> Result<Vec<SearchSnippet>> {
        let Some(key) = self.key.clone() else { return Ok(Vec::new()) };
        let request = SearchRequest { snippets: true, ..saved_searches::confined(&self.kept, &ctx.viewer(), vec![key]) };
        let response = ctx.data_unchecked::<Index>().0.search(&request).map_err(|cause| crate::base::Error::from(Fault::new(cause)))?;
        Ok(response.hits.first().map(pieces).unwrap_or_default())
    }
}

/// The matches' part of the query root.
#[derive(Default)]
pub struct MatchQuery;

#[Object]
impl MatchQuery {
    /// The match of a saved search with this cursor; null where there is none, the log no longer has it, or the viewer may not see it.
    async fn search_match(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its cursor.")] cursor: String,
    ) -> Result<Option<Object<SearchMatch>>> {
        let seq = events::cursor(Some(&cursor), "cursor")?.unwrap_or(0);
        let found = ctx.reader().log_entry(seq).await?.filter(matched::is_match);
        let Some(entry) = found else { return Ok(None) };
        let Some(kept) = saved_search::every_kept(ctx.reader(), Some(&[entry.subject])).await?.pop() else { return Ok(None) };
        Ok(Some(Object(SearchMatch::of(ctx.reader(), kept, entry).await?)))
    }
}
