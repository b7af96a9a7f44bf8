//! Reading saved searches.
use async_graphql::{Context, Object, Result};
use sea_orm::{QueryFilter, QuerySelect, entity::prelude::*};

use super::{SavedSearch, row};
use crate::{
    base::{Code, Id, refuse_if},
    domain::person::Person,
    relay::{Connection, Object, PageArgs, context::Asking},
    search::Filter,
    store::{Order, Reader, Tx, page::Sort},
};

/// A saved search, as those who match by it need it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Which one.
    pub id: Id<SavedSearch>,
    /// Whose.
    pub person: Id<Person>,
    /// What its person calls it.
    pub name: String,
    /// The words sought.
    pub text: String,
    /// What a hit must have.
    pub filter: Filter,
    /// The languages its person reads, best first.
    pub languages: Vec<String>,
}

impl From<row::Model> for Kept {
    fn from(row: row::Model) -> Self {
        Self {
            id: row.id,
            person: row.person,
            name: row.name,
            text: row.text,
            filter: row.filter.0,
            languages: row.languages.iter().map(ToString::to_string).collect(),
        }
    }
}

/// All of them, or these.
pub async fn every_kept(reader: &Reader, ids: Option<&[Uuid]>) -> crate::base::Result<Vec<Kept>> {
    let mut select = reader.rows::<row::Entity>();
    if let Some(ids) = ids {
        select = select.filter(row::Column::Id.is_in(ids.iter().copied()));
    }
    Ok(reader.all(select).await?.into_iter().map(Into::into).collect())
}

/// Those of a person.
pub async fn ids_of_person(reader: &Reader, person: Uuid) -> crate::base::Result<Vec<Uuid>> {
    reader.ids_where("saved_search", "id", "person", &[person]).await
}

/// Refuses one that is not this person's own; for what is made of it.
pub async fn is_of(tx: &Tx<'_>, id: Id<SavedSearch>, person: Id<Person>, path: &str) -> crate::base::Result<()> {
    let row: row::Model = tx.seen(id, path).await?;
    refuse_if(row.person != person, Code::Forbidden, path, "It is another person's; save one of your own.")
}

/// The one whose feed has this secret in its address.
pub async fn of_secret(reader: &Reader, secret: &str) -> crate::base::Result<Option<Kept>> {
    Ok(reader.first(reader.rows::<row::Entity>().filter(row::Column::Secret.eq(secret)).limit(1)).await?.map(Into::into))
}

/// The saved searches' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "SavedSearchQuery")]
impl Query {
    /// The viewer's own saved searches, the first saved first. Empty for the public.
    async fn saved_searches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<SavedSearch>> {
        let person = ctx.viewer().person.unwrap_or_default();
        let select = ctx.reader().rows::<row::Entity>().filter(row::Column::Person.eq(person));
        let order = Order::by("saved", row::Column::CreatedAt, Sort::Number);
        Ok(ctx.list(select, order, &PageArgs::new(first, after, last, before)).await?)
    }

    /// One saved search; null where there is none or the viewer may not see it.
    async fn saved_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: async_graphql::ID,
    ) -> Result<Option<Object<SavedSearch>>> {
        let id = Id::<SavedSearch>::parse(&id, "id").map_err(crate::base::Error::from)?;
        Ok(ctx.load(id).await?)
    }
}
