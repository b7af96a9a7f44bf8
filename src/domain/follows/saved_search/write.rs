//! Writing saved searches: each person their own.
use async_graphql::{Context, InputObject, Object, Result};
use sea_orm::{QueryFilter, QuerySelect, entity::prelude::*};

use super::{Row, SavedSearch, life, row};
use crate::{
    base::text::one_line,
    domain::{person::Person, search_filter::SearchFilter},
    kernel::{
        life::{begin, delete},
        prelude::write::*,
    },
    relay::Payload,
    search::Filter,
};

/// Searches a person may keep.
const MOST: usize = 500;

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
    #[graphql(flatten)]
    pub target: Target<SavedSearch>,
    /// What the person calls it, 1 to 200 characters.
    pub name: Option<String>,
    /// The words sought, at most 1,000 characters.
    pub text: Option<String>,
    /// What a hit must have, as a whole.
    pub filter: Option<SearchFilter>,
    /// The languages hits are told in, best first.
    pub languages: Option<Vec<LanguageTag>>,
}

/// What `deleteSavedSearch` takes.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteSavedSearchInput {
    #[graphql(flatten)]
    pub target: Target<SavedSearch>,
}

payload!(SaveSearchPayload { saved_search: SavedSearch }, "What `saveSearch` answers.", "The saved search.");

payload!(UpdateSavedSearchPayload { saved_search: SavedSearch }, "What `updateSavedSearch` answers.", "The saved search as it is now.");

payload!(DeleteSavedSearchPayload deletes SavedSearch, "What `deleteSavedSearch` answers.");

#[derive(Debug)]
struct Save {
    input: SaveSearchInput,
    filter: Filter,
}

#[derive(Debug)]
struct Update {
    input: UpdateSavedSearchInput,
    filter: Option<Filter>,
}

/// What a search is called: its words where nobody says otherwise.
pub(super) fn name_of(given: Option<&str>, text: &str) -> String {
    match given {
        Some(given) => given.trim().to_owned(),
        None => {
            let line: String = one_line(text).chars().take(200).collect();
            if line.is_empty() { "Everything new".to_owned() } else { line }
        }
    }
}

impl Command for Save {
    type Output = Id<SavedSearch>;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<Id<SavedSearch>> {
        tx.may(Act::Join, &Owners::default())?;
        let person = Id::<Person>::new(tx.viewer().account()?);
        let text = self.input.text.trim();
        let name = name_of(self.input.name.as_deref(), text);
        let kept = tx.all(tx.rows::<row::Entity>().filter(row::Column::Person.eq(person)).limit(MOST as u64)).await?.len();
        refuse_if(kept >= MOST, Code::TooLong, "input", "You keep 500 searches already; delete one that you no longer need.")?;
        let id: Id<SavedSearch> = tx.id();
        let row = new_row!(id, // As the records of an import are called.
            id.to_string().replace('_', "-"), Audience::of(Scope::Person, person.uuid()), {
            person,
            name,
            text: text.to_owned(),
            filter: Json(self.filter.clone()),
            languages: Json(self.input.languages.iter().map(|tag| tag.0.clone()).collect()),
            secret: hex::encode(tx.secret()),
        });
        Ok(tx.create(row, &[]).await?.id)
    }
}

impl Command for Update {
    type Output = Id<SavedSearch>;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<Id<SavedSearch>> {
        let before = begin(tx, &life::UPDATE, &self.input.target).await?;
        let mut after = before.clone();
        put(&mut after.name, self.input.name.as_ref().map(|name| name.trim().to_owned()));
        put(&mut after.text, self.input.text.as_ref().map(|text| text.trim().to_owned()));
        put(&mut after.filter, self.filter.clone().map(Json));
        put(&mut after.languages, self.input.languages.as_ref().map(|languages| Json(languages.iter().map(|tag| tag.0.clone()).collect())));
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}

impl Command for DeleteSavedSearchInput {
    type Output = Id<SavedSearch>;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<Id<SavedSearch>> {
        delete(tx, &life::DELETE, &self.target, &life::DELETED).await
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
        let key = input.idempotency_key.clone();
        let command = match &input.filter {
            Some(filter) => filter.read(ctx.reader(), "input.filter").await.map(|filter| Save { input, filter }),
            None => Ok(Save { input, filter: Filter::default() }),
        };
        SaveSearchPayload::of(ctx, ctx.attempt(key, command).await).await
    }

    /// Changes a saved search; what it matched before stays told. For its person.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    async fn update_saved_search(&self, ctx: &Context<'_>, input: UpdateSavedSearchInput) -> Result<UpdateSavedSearchPayload> {
        let key = input.target.idempotency_key.clone();
        let filter = match &input.filter {
            Some(filter) => filter.read(ctx.reader(), "input.filter").await.map(Some),
            None => Ok(None),
        };
        let command = filter.map(|filter| Update { input, filter });
        UpdateSavedSearchPayload::of(ctx, ctx.attempt(key, command).await).await
    }

    /// Lets a saved search go; its feed ends. For its person.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, KEY_REUSED.
    async fn delete_saved_search(&self, ctx: &Context<'_>, input: DeleteSavedSearchInput) -> Result<DeleteSavedSearchPayload> {
        DeleteSavedSearchPayload::submit(ctx, input.target.idempotency_key.clone(), input).await
    }
}
