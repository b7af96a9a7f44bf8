//! What answers a saved search, as it happens.
use async_graphql::{Context, Object, Result};

use super::search::{Index, SearchSnippet, load, pieces};
use crate::{
    base::{Fault, Id},
    domain::{
        Shown,
        saved_search::{Kept, SavedSearch, matched},
    },
    follow::standing,
    relay::{DateTime, Lean, Position, context::Asking},
    search::{Ask, DocKey},
    store::Logged,
};

/// Something that answers a saved search.
pub struct SearchMatch {
    entry: Logged,
    kept: Kept,
    /// What answers; none where that is no longer known.
    key: Option<DocKey>,
}

impl SearchMatch {
    /// The match that an entry of the log tells of.
    pub async fn of(ctx: &crate::store::Reader, kept: Kept, entry: Logged) -> crate::base::Result<Self> {
        let key = matched::subjects(ctx, std::slice::from_ref(&entry)).await?.pop().map(|(_, key)| key);
        Ok(Self { entry, kept, key })
    }
}

/// Something that answers a saved search, at its place in the log.
#[Object]
impl SearchMatch {
    /// Its place in the log; give it to `after` to go on from here.
    async fn cursor(&self) -> String {
        self.entry.seq.to_string()
    }

    /// The same as a position, for `atLeast`.
    async fn position(&self) -> Position {
        Position(self.entry.seq)
    }

    /// When it was found.
    async fn occurred_at(&self) -> DateTime {
        DateTime(self.entry.at)
    }

    /// The saved search; null where it was deleted meanwhile.
    async fn saved_search(&self, ctx: &Context<'_>) -> Result<Option<Lean<SavedSearch>>> {
        Ok(ctx.load(Id::<SavedSearch>::new(self.entry.subject)).await?)
    }

    /// What answers it, as it is now; null where the viewer may no longer see it.
    async fn node(&self, ctx: &Context<'_>) -> Result<Option<Shown>> {
        match &self.key {
            Some(key) => load(ctx, key).await,
            None => Ok(None),
        }
    }

    /// Pieces of the text around what was sought; empty where it no longer answers.
    async fn snippets(&self, ctx: &Context<'_>) -> Result<Vec<SearchSnippet>> {
        let Some(key) = self.key.clone() else { return Ok(Vec::new()) };
        let ask = Ask { snippets: true, ..standing::confined(&self.kept, &ctx.viewer(), vec![key]) };
        let answer = ctx.data_unchecked::<Index>().0.search(&ask).map_err(|cause| crate::base::Error::from(Fault::new(cause)))?;
        Ok(answer.hits.first().map(pieces).unwrap_or_default())
    }
}
