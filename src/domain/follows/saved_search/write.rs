//! Writing saved searches: each person their own.
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use sea_orm::{QueryFilter, QuerySelect, entity::prelude::*};

use super::{Row, SavedSearch, life, row};
use crate::{
    access::{Act, Audience, Owners, Scope},
    base::{Code, Id, refuse_if, text::is_blank},
    domain::{person::Person, search_filter::SearchFilter},
    kernel::life::begin,
    payload,
    relay::{LanguageTag, Outcome, Position, UserError, context::Asking},
    search::Filter,
    store::{Command, Json, Tx},
};

/// Searches a person may keep.
const MOST: usize = 500;
/// Characters of a search's words.
const LONGEST: usize = 1_000;

/// What `saveSearch` takes.
#[derive(Clone, Debug, InputObject)]
pub struct SaveSearchInput {
    /// What the person calls it, 1 to 200 characters; the words themselves where it is not given.
    pub name: Option<String>,
    /// The words sought, at most 1,000 characters; empty for everything the filter admits.
    pub text: String,
    /// What a hit must have.
    pub filter: Option<SearchFilter>,
    /// The languages hits are told in, best first.
    #[graphql(default)]
    pub languages: Vec<LanguageTag>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `updateSavedSearch` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateSavedSearchInput {
    /// The saved search.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// What the person calls it, 1 to 200 characters.
    pub name: Option<String>,
    /// The words sought, at most 1,000 characters.
    pub text: Option<String>,
    /// What a hit must have, as a whole.
    pub filter: Option<SearchFilter>,
    /// The languages hits are told in, best first.
    pub languages: Option<Vec<LanguageTag>>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `deleteSavedSearch` takes.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteSavedSearchInput {
    /// The saved search.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `saveSearch` answers.
    SaveSearchPayload {
        /// The saved search.
        saved_search: SavedSearch
    }
);

payload!(
    /// What `updateSavedSearch` answers.
    UpdateSavedSearchPayload {
        /// The saved search as it is now.
        saved_search: SavedSearch
    }
);

/// What `deleteSavedSearch` answers.
#[derive(SimpleObject)]
pub struct DeleteSavedSearchPayload {
    /// The id of what is gone.
    pub deleted_id: Option<ID>,
    /// Why it was refused; empty when it was done.
    pub errors: Vec<UserError>,
    /// The log's position after the change.
    pub position: Option<Position>,
}

/// Saves a new search.
struct Save {
    input: SaveSearchInput,
    filter: Filter,
}

/// Changes one.
struct Update {
    input: UpdateSavedSearchInput,
    id: Id<SavedSearch>,
    filter: Option<Filter>,
}

/// Deletes one.
struct Delete {
    id: Id<SavedSearch>,
    expected_version: Option<i32>,
}

fn name(name: &str) -> crate::base::Result<String> {
    let name = name.trim();
    refuse_if(is_blank(name), Code::Required, "input.name", "“name” is empty; give the search one.")?;
    refuse_if(name.chars().count() > 200, Code::TooLong, "input.name", "A name has at most 200 characters.")?;
    Ok(name.to_owned())
}

/// What a search is called: its words where nobody says otherwise.
pub(super) fn name_of(given: Option<&str>, text: &str) -> crate::base::Result<String> {
    match (given, text) {
        (Some(given), _) => name(given),
        (None, "") => Ok("Everything new".to_owned()),
        (None, text) => Ok(text.chars().take(200).collect()),
    }
}

/// Whether a search asks for something, and not for too much.
pub(super) fn check(text: &str, filter: &Filter) -> crate::base::Result<()> {
    refuse_if(text.chars().count() > LONGEST, Code::TooLong, "input.text", "A saved search has at most 1,000 characters of words.")?;
    let asks_nothing = text.trim().is_empty() && *filter == Filter::default();
    refuse_if(
        asks_nothing,
        Code::Required,
        "input.text",
        "A search without words and without a filter finds everything; give it one of them.",
    )
}

impl Command for Save {
    type Output = Id<SavedSearch>;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<Id<SavedSearch>> {
        tx.may(Act::Join, &Owners::default())?;
        let person = Id::<Person>::new(tx.viewer().account()?);
        check(&self.input.text, &self.filter)?;
        let text = self.input.text.trim();
        let name = name_of(self.input.name.as_deref(), text)?;
        let kept = tx.all(tx.rows::<row::Entity>().filter(row::Column::Person.eq(person)).limit(MOST as u64)).await?.len();
        refuse_if(kept >= MOST, Code::TooLong, "input", "You keep 500 searches already; delete one that you no longer need.")?;
        let id: Id<SavedSearch> = tx.id();
        let row = Row {
            id,
            // As the records of an import are called.
            slug: id.to_string().replace('_', "-"),
            version: 0,
            audience: Audience::of(Scope::Person, person.uuid()),
            created_at: tx.now(),
            updated_at: tx.now(),
            person,
            name,
            text: text.to_owned(),
            filter: Json(self.filter.clone()),
            languages: Json(self.input.languages.iter().map(|tag| tag.0.clone()).collect()),
            secret: hex::encode(tx.secret()),
        };
        Ok(tx.create(row, &[]).await?.id)
    }
}

impl Command for Update {
    type Output = Id<SavedSearch>;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<Id<SavedSearch>> {
        let before = begin(tx, &life::UPDATE, self.id, self.input.expected_version).await?;
        let mut after = before.clone();
        if let Some(given) = &self.input.name {
            after.name = name(given)?;
        }
        if let Some(text) = &self.input.text {
            text.trim().clone_into(&mut after.text);
        }
        if let Some(filter) = &self.filter {
            after.filter = Json(filter.clone());
        }
        if let Some(languages) = &self.input.languages {
            after.languages = Json(languages.iter().map(|tag| tag.0.clone()).collect());
        }
        check(&after.text, &after.filter)?;
        tx.change(&before, after, &[]).await?;
        Ok(self.id)
    }
}

impl Command for Delete {
    type Output = Id<SavedSearch>;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<Id<SavedSearch>> {
        let row = begin(tx, &life::DELETE, self.id, self.expected_version).await?;
        tx.remove(&row, &life::DELETED).await?;
        Ok(self.id)
    }
}

/// The saved searches' part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "SavedSearchMutation")]
impl Mutation {
    /// Keeps a search: from now on its person is told of what answers it. For everyone with an account.
    /// Errors: UNAUTHENTICATED, BAD_INPUT, REQUIRED, TOO_LONG, KEY_REUSED.
    async fn save_search(&self, ctx: &Context<'_>, input: SaveSearchInput) -> Result<SaveSearchPayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("saveSearch {input:?}"));
        let command = match &input.filter {
            Some(filter) => filter.read(ctx.reader(), "input.filter").await.map(|filter| Save { input, filter }),
            None => Ok(Save { input, filter: Filter::default() }),
        };
        SaveSearchPayload::of(ctx, ctx.attempt(command, key, fingerprint).await).await
    }

    /// Changes a saved search; what it matched before stays told. For its person.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    async fn update_saved_search(&self, ctx: &Context<'_>, input: UpdateSavedSearchInput) -> Result<UpdateSavedSearchPayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("updateSavedSearch {input:?}"));
        let filter = match &input.filter {
            Some(filter) => filter.read(ctx.reader(), "input.filter").await.map(Some),
            None => Ok(None),
        };
        let command = filter.and_then(|filter| Ok(Update { id: Id::parse(&input.id, "input.id")?, input, filter }));
        UpdateSavedSearchPayload::of(ctx, ctx.attempt(command, key, fingerprint).await).await
    }

    /// Lets a saved search go; its feed ends. For its person.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, KEY_REUSED.
    async fn delete_saved_search(&self, ctx: &Context<'_>, input: DeleteSavedSearchInput) -> Result<DeleteSavedSearchPayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("deleteSavedSearch {input:?}"));
        let command = Id::parse(&input.id, "input.id").map(|id| Delete { id, expected_version: input.expected_version });
        let outcome = Outcome::of(ctx.attempt(command.map_err(Into::into), key, fingerprint).await)?;
        let deleted_id = outcome.output.map(|id| ID(id.to_string()));
        Ok(DeleteSavedSearchPayload { deleted_id, errors: outcome.errors, position: outcome.position })
    }
}
