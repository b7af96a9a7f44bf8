//! Writing synonyms: administrators alone.
use async_graphql::{InputObject, MaybeUndefined};

use super::{Row, Synonym, life, row};
use crate::{
    access::{Act, Audience, Owners},
    base::Id,
    kernel::life::{begin, delete},
    mutations, new_row, payload,
    relay::{LanguageTag, Target, put},
    store::{Command, Tx},
};

/// What `createSynonym` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateSynonymInput {
    /// The language whose texts are sought; every language, and names, where not given.
    pub language: Option<LanguageTag>,
    /// What is asked for: 1 to 20 terms of 1 to 6 words. Without expansions there must be two at least, and each finds the others.
    pub terms: Vec<String>,
    /// What each of the terms also finds, and not the other way round; at most 20.
    #[graphql(default)]
    pub expansions: Vec<String>,
    /// The name in imports and exports; made of the language and the first term where not given.
    pub slug: Option<String>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `updateSynonym` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateSynonymInput {
    #[graphql(flatten)]
    pub target: Target<Synonym>,
    /// The language whose texts are sought; null for every language, and names.
    pub language: MaybeUndefined<LanguageTag>,
    /// What is asked for, as a whole.
    pub terms: Option<Vec<String>>,
    /// What each of the terms also finds, as a whole; empty, so that the terms find each other.
    pub expansions: Option<Vec<String>>,
}

/// What `deleteSynonym` takes.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteSynonymInput {
    #[graphql(flatten)]
    pub target: Target<Synonym>,
}

payload!(
    /// What `createSynonym` answers.
    CreateSynonymPayload {
        /// The synonym.
        synonym: Synonym
    }
);

payload!(
    /// What `updateSynonym` answers.
    UpdateSynonymPayload {
        /// The synonym as it is now.
        synonym: Synonym
    }
);

payload!(
    /// What `deleteSynonym` answers.
    DeleteSynonymPayload deletes Synonym
);

impl Command for CreateSynonymInput {
    type Output = Id<Synonym>;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<Id<Synonym>> {
        tx.may(Act::Administer, &Owners::default())?;
        let id: Id<Synonym> = tx.id();
        let language = self.language.as_ref().map(|tag| tag.0.clone());
        let first = self.terms.first().map_or("", String::as_str);
        let title = format!("{} {first}", language.as_ref().map_or("any", |language| language.as_str()));
        let row = new_row!(id, tx.slug::<Row>(self.slug.as_deref(), &title, id).await?, Audience::public(), {
            language,
            terms: row::tidied(&self.terms),
            expansions: row::tidied(&self.expansions),
        });
        Ok(tx.create(row, &[]).await?.id)
    }
}

impl Command for UpdateSynonymInput {
    type Output = Id<Synonym>;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<Id<Synonym>> {
        let before = begin(tx, &life::UPDATE, &self.target).await?;
        let mut after = before.clone();
        put(&mut after.terms, self.terms.as_deref().map(row::tidied));
        put(&mut after.expansions, self.expansions.as_deref().map(row::tidied));
        self.language.clone().map_value(|tag| tag.0).update_to(&mut after.language);
        tx.change(&before, after, &[]).await?;
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
    create_synonym(input: CreateSynonymInput) -> CreateSynonymPayload = input.idempotency_key => input,
    /// Changes a synonym. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    update_synonym(input: UpdateSynonymInput) -> UpdateSynonymPayload = input.target.idempotency_key => input,
    /// Lets a synonym go. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, KEY_REUSED.
    delete_synonym(input: DeleteSynonymInput) -> DeleteSynonymPayload = input.target.idempotency_key => input,
});
