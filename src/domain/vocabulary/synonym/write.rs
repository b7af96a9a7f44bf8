//! Writing synonyms: administrators alone.
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};

use super::{Row, Synonym, life, row};
use crate::{
    access::{Act, Audience, Owners},
    base::{Id, Moment},
    kernel::life::begin,
    payload,
    relay::{LanguageTag, Outcome, Position, UserError, context::Asking},
    store::{Command, Json, Tx},
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
    /// The synonym.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// The language whose texts are sought; null for every language, and names.
    pub language: MaybeUndefined<LanguageTag>,
    /// What is asked for, as a whole.
    pub terms: Option<Vec<String>>,
    /// What each of the terms also finds, as a whole; empty, so that the terms find each other.
    pub expansions: Option<Vec<String>>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `deleteSynonym` takes.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteSynonymInput {
    /// The synonym.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
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

/// What `deleteSynonym` answers.
#[derive(SimpleObject)]
pub struct DeleteSynonymPayload {
    /// The id of what is gone.
    pub deleted_id: Option<ID>,
    /// Why it was refused; empty when it was done.
    pub errors: Vec<UserError>,
    /// The log's position after the change.
    pub position: Option<Position>,
}

struct Create(CreateSynonymInput);

struct Update {
    input: UpdateSynonymInput,
    id: Id<Synonym>,
}

struct Delete {
    id: Id<Synonym>,
    expected_version: Option<i32>,
}

impl Command for Create {
    type Output = Id<Synonym>;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<Id<Synonym>> {
        tx.may(Act::Administer, &Owners::default())?;
        let input = &self.0;
        let (terms, expansions) = row::check("input.", &input.terms, &input.expansions)?;
        let id: Id<Synonym> = tx.id();
        let language = input.language.as_ref().map(|tag| tag.0.clone());
        let title = format!("{} {}", language.as_ref().map_or("any", |language| language.as_str()), terms[0]);
        let row = Row {
            id,
            slug: tx.slug::<Row>(input.slug.as_deref(), &title, id).await?,
            version: 0,
            audience: Audience::public(),
            created_at: Moment(0),
            updated_at: Moment(0),
            language,
            terms: Json(terms),
            expansions: Json(expansions),
        };
        Ok(tx.create(row, &[]).await?.id)
    }
}

impl Command for Update {
    type Output = Id<Synonym>;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<Id<Synonym>> {
        let before = begin(tx, &life::UPDATE, self.id, self.input.expected_version).await?;
        let input = &self.input;
        let terms = input.terms.as_ref().unwrap_or(&before.terms.0);
        let expansions = input.expansions.as_ref().unwrap_or(&before.expansions.0);
        let (terms, expansions) = row::check("input.", terms, expansions)?;
        let language = match &input.language {
            MaybeUndefined::Undefined => before.language.clone(),
            MaybeUndefined::Null => None,
            MaybeUndefined::Value(tag) => Some(tag.0.clone()),
        };
        let after = Row { language, terms: Json(terms), expansions: Json(expansions), ..before.clone() };
        tx.change(&before, after, &[]).await?;
        Ok(self.id)
    }
}

impl Command for Delete {
    type Output = Id<Synonym>;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<Id<Synonym>> {
        let row = begin(tx, &life::DELETE, self.id, self.expected_version).await?;
        tx.remove(&row, &life::DELETED).await?;
        Ok(self.id)
    }
}

/// The synonyms' part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "SynonymMutation")]
impl Mutation {
    /// Adds a synonym: searches heed it as soon as they have reached `position`, and nothing is indexed anew. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, TAKEN, KEY_REUSED.
    async fn create_synonym(&self, ctx: &Context<'_>, input: CreateSynonymInput) -> Result<CreateSynonymPayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("createSynonym {input:?}"));
        CreateSynonymPayload::of(ctx, ctx.attempt(Ok(Create(input)), key, fingerprint).await).await
    }

    /// Changes a synonym. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    async fn update_synonym(&self, ctx: &Context<'_>, input: UpdateSynonymInput) -> Result<UpdateSynonymPayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("updateSynonym {input:?}"));
        let command = Id::parse(&input.id, "input.id").map(|id| Update { input, id });
        UpdateSynonymPayload::of(ctx, ctx.attempt(command.map_err(Into::into), key, fingerprint).await).await
    }

    /// Lets a synonym go. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, KEY_REUSED.
    async fn delete_synonym(&self, ctx: &Context<'_>, input: DeleteSynonymInput) -> Result<DeleteSynonymPayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("deleteSynonym {input:?}"));
        let command = Id::parse(&input.id, "input.id").map(|id| Delete { id, expected_version: input.expected_version });
        let outcome = Outcome::of(ctx.attempt(command.map_err(Into::into), key, fingerprint).await)?;
        let deleted_id = outcome.output.map(|id| ID(id.to_string()));
        Ok(DeleteSynonymPayload { deleted_id, errors: outcome.errors, position: outcome.position })
    }
}
