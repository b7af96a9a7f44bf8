//! Saving rows: with each save go the row's history and the events it makes.
use sea_orm::{
    ActiveModelTrait, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::{Record, Tx, called};
use crate::{
    base::{Code, Fault, Kind, Result, refuse_if},
    store::{
        check::{Refusals, Saving},
        event::EventType,
        join::Links,
    },
};

impl Tx<'_> {
    /// Saves a new row with its links.
    pub async fn create<R: Record>(&mut self, mut row: R, links: &[Links]) -> Result<R> {
        row.saved(1, self.now, self.now);
        self.judge(None, &row, links).await?;
        self.create_judged(row, links)
    }

    /// The same of a row that [`Tx::judge`] has let pass.
    pub fn create_judged<R: Record>(&mut self, mut row: R, links: &[Links]) -> Result<R> {
        row.saved(1, self.now, self.now);
        // A new row says nothing before it is filled: what it has to name is not left unsaid.
        if let Some((kind, field, _)) = row.references().into_iter().find(|(_, _, id)| id.is_nil()) {
            return Err(Fault::new(format!("“{field}” of a new {} names no {kind}", called::<R>())).into());
        }
        let mut tags = row.tags();
        for links in links {
            tags.extend(&links.to);
            self.link(row.id().uuid(), links);
            self.record_history(row.id().uuid(), links.join.table.to_owned(), 1, None, Some(serde_json::to_string(&links.to)?));
        }
        self.record_history(row.id().uuid(), R::Kind::NAME.to_owned(), 1, None, Some(serde_json::to_string(&row)?));
        self.log(&row, R::events(None, &row), tags);
        self.pending.insert(row.clone(), false);
        Ok(row)
    }

    /// Saves a changed row with its links. Where nothing changed nothing happens, and none is answered.
    pub async fn change<R: Record>(&mut self, before: &R, after: R, links: &[Links]) -> Result<Option<R>> {
        self.change_to(before, after, links, true).await
    }

    /// The same of a row that [`Tx::judge`] has let pass.
    pub async fn change_judged<R: Record>(&mut self, before: &R, after: R, links: &[Links]) -> Result<Option<R>> {
        self.change_to(before, after, links, false).await
    }

    async fn change_to<R: Record>(&mut self, before: &R, mut after: R, links: &[Links], is_asked: bool) -> Result<Option<R>> {
        let id = before.id().uuid();
        let mut moved = Vec::new();
        for links in links {
            let old: Vec<Uuid> = self.linked(links.join, id).await?;
            if old != links.to {
                moved.push((links, old));
            }
        }
        after.saved(before.version(), before.created_at(), self.now);
        let mut same = before.clone();
        same.saved(before.version(), before.created_at(), self.now);
        if same == after && moved.is_empty() {
            return Ok(None);
        }
        if is_asked {
            self.judge(Some(before), &after, links).await?;
        }
        let version = before.version() + 1;
        after.saved(version, before.created_at(), self.now);
        let saved_links: Vec<&Links> = moved.iter().map(|(links, _)| *links).collect();
        for (links, old) in moved {
            self.unlink(id, links).await?;
            self.link(id, links);
            self.record_history(
                id,
                links.join.table.to_owned(),
                version,
                Some(serde_json::to_string(&old)?),
                Some(serde_json::to_string(&links.to)?),
            );
        }
        self.record_history(
            id,
            R::Kind::NAME.to_owned(),
            version,
            Some(serde_json::to_string(before)?),
            Some(serde_json::to_string(&after)?),
        );
        self.update(after.clone(), &R::counters(), same_version(id, before.version())).await?;
        if before.slug() != after.slug() {
            self.keep_slug(R::Kind::NAME, before.slug(), id).await?;
        }
        if before.audience().narrows_to(after.audience()) {
            self.narrow_log(id, after.audience()).await?;
        }
        let tags = self.tags_of(&after, links).await?;
        self.log(&after, R::events(Some(before), &after), tags);
        R::ripple(&Saving { before: Some(before), after: &after, links: saved_links }, self).await?;
        Ok(Some(after))
    }

    /// Saves a row whose parts changed: where the row itself is the same, its version still counts and `event` is told.
    pub async fn touch<R: Record>(&mut self, before: &R, after: R, event: &'static EventType) -> Result<R> {
        if let Some(after) = self.change(before, after, &[]).await? {
            return Ok(after);
        }
        let mut after = before.clone();
        after.saved(before.version() + 1, before.created_at(), self.now);
        let id = before.id().uuid();
        self.record_history(
            id,
            R::Kind::NAME.to_owned(),
            after.version(),
            Some(serde_json::to_string(before)?),
            Some(serde_json::to_string(&after)?),
        );
        self.update(after.clone(), &R::counters(), same_version(id, before.version())).await?;
        let tags = self.tags_of(&after, &[]).await?;
        self.log(&after, vec![event], tags);
        Ok(after)
    }

    /// Whether the row may be saved: its own rules first, then whether the viewer sees what it names. Asked by each save; an import asks
    /// before it saves what goes with the row.
    pub async fn judge<R: Record>(&self, before: Option<&R>, after: &R, links: &[Links]) -> Result<()> {
        let mut moved = Vec::with_capacity(links.len());
        for links in links {
            if before.is_none() || self.linked(links.join, after.id().uuid()).await? != links.to {
                moved.push(links);
            }
        }
        let saving = Saving { before, after, links: moved };
        let mut refusals = Refusals::new(self.surface());
        refusals.lines(before, after, R::PARAGRAPHS)?;
        R::check(&saving, &mut refusals, self).await?;
        refusals.end()?;
        self.sees_what_is_named(&saving).await
    }

    fn link(&mut self, left: Uuid, links: &Links) {
        self.known.lock().insert((links.join.table, left), links.to.clone());
        self.pending.links.extend(links.to.iter().enumerate().map(|(position, right)| (links.join, left, *right, position as i64)));
    }

    async fn unlink(&mut self, left: Uuid, links: &Links) -> Result<()> {
        let mut query = Query::delete();
        query.from_table(Alias::new(links.join.table)).and_where(Expr::col(Alias::new(links.join.left)).eq(left));
        self.run(self.backend().build(&query)).await
    }

    #[expect(clippy::disallowed_methods, reason = "the write door")]
    pub(super) async fn update<M>(
        &mut self,
        row: M,
        left_alone: &[<M::Entity as EntityTrait>::Column],
        found: sea_orm::Condition,
    ) -> Result<()>
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        self.is_dirty = true;
        let mut active = row.into_active_model().reset_all();
        for column in left_alone {
            active.not_set(*column);
        }
        let done = <M::Entity as EntityTrait>::update_many().set(active).filter(found).exec(self.tx).await?;
        refuse_if(
            done.rows_affected != 1,
            Code::Conflict,
            "input.expectedVersion",
            "It was changed at the same moment; read it again and decide.",
        )
    }
}

/// The row of an id as it was last read.
pub(super) fn same_version(id: Uuid, version: i64) -> sea_orm::Condition {
    sea_orm::Condition::all().add(Expr::col(Alias::new("id")).eq(id)).add(Expr::col(Alias::new("version")).eq(version))
}
