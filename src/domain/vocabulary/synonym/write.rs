//! Writing synonyms: administrators alone.
use async_graphql::InputObject;

use super::{Row, Synonym, life};
use crate::kernel::{life::delete, prelude::write::*};

/// What `createSynonym` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateSynonymInput {
    #[graphql(flatten)]
    pub new: New<Synonym>,
}

/// What `updateSynonym` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateSynonymInput {
    #[graphql(flatten)]
    pub change: Change<Synonym>,
}

/// What `deleteSynonym` takes.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteSynonymInput {
    #[graphql(flatten)]
    pub target: Target<Synonym>,
}

payload!(CreateSynonymPayload { synonym: Synonym }, "What `createSynonym` answers.", "The synonym.");

payload!(UpdateSynonymPayload { synonym: Synonym }, "What `updateSynonym` answers.", "The synonym as it is now.");

payload!(DeleteSynonymPayload deletes Synonym, "What `deleteSynonym` answers.");

impl Command for CreateSynonymInput {
    type Output = Id<Synonym>;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<Id<Synonym>> {
        tx.may(Act::Administer, &Owners::default())?;
        let id: Id<Synonym> = tx.id();
        let mut row = new_row!(id, String::new(), Audience::public(), {});
        self.new.columns.put(&mut row)?;
        let first = row.terms.first().map_or("", String::as_str);
        let title = format!("{} {first}", row.language.as_ref().map_or("any", |language| language.as_str()));
        self.new.fill(tx, &mut row, Some(&title)).await?;
        Ok(tx.create(row.derived(), &[]).await?.id)
    }
}

impl Command for UpdateSynonymInput {
    type Output = Id<Synonym>;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<Id<Synonym>> {
        let (before, after) = self.change.begin(tx, &life::UPDATE).await?;
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}

impl Command for DeleteSynonymInput {
    type Output = Id<Synonym>;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<Id<Synonym>> {
        delete(tx, &life::DELETE, &self.target, &life::DELETED).await
    }
}

mutations!("SynonymMutation" {
    /// Adds a synonym: searches heed it as soon as they have reached `position`, and nothing is indexed anew. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, TAKEN, KEY_REUSED.
    create_synonym(input: CreateSynonymInput) -> CreateSynonymPayload = input.new.idempotency_key => input,
    /// Changes a synonym. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, KEY_REUSED.
    update_synonym(input: UpdateSynonymInput) -> UpdateSynonymPayload = input.change.target.idempotency_key => input,
    /// Lets a synonym go. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, KEY_REUSED.
    delete_synonym(input: DeleteSynonymInput) -> DeleteSynonymPayload = input.target.idempotency_key => input,
});
