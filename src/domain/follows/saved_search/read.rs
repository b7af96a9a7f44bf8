//! Reading saved searches.
use sea_orm::{QueryFilter, QuerySelect, Select, entity::prelude::*};

use super::{SavedSearch, row};
use crate::{
    base::{Code, Id, refuse_if},
    domain::person::Person,
    kernel::{
        list::{NoFilter, NoOrder},
        prelude::read::*,
    },
    search::Filter,
    store::Tx,
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
pub async fn every_kept(reader: &Reader, ids: Option<&[Uuid]>) -> Result<Vec<Kept>> {
    let mut select = reader.rows::<row::Entity>();
    if let Some(ids) = ids {
        select = select.filter(row::Column::Id.is_in(ids.iter().copied()));
    }
    Ok(reader.all(select).await?.into_iter().map(Into::into).collect())
}

/// Those of a person.
pub async fn ids_of_person(reader: &Reader, person: Uuid) -> Result<Vec<Uuid>> {
    reader.ids_where("saved_search", "id", "person", &[person]).await
}

/// Refuses one that is not this person's own; for what is made of it.
pub async fn is_of(tx: &Tx<'_>, id: Id<SavedSearch>, person: Id<Person>, path: &str) -> Result<()> {
    let row: row::Model = tx.seen(id, path).await?;
    refuse_if(row.person != person, Code::Forbidden, path, "It is another person's; save one of your own.")
}

/// The one whose feed has this secret in its address.
pub async fn of_secret(reader: &Reader, secret: &str) -> Result<Option<Kept>> {
    Ok(reader.first(reader.rows::<row::Entity>().filter(row::Column::Secret.eq(secret)).limit(1)).await?.map(Into::into))
}

impl Listed for SavedSearch {
    type Filter = NoFilter;
    type Order = NoOrder;
    const WHICH: &'static str = "";
    const IS_ORDERED: bool = false;

    fn select(reader: &Reader, _: &NoFilter) -> Result<Select<row::Entity>> {
        Ok(reader.rows().filter(row::Column::Person.eq(reader.viewer().person.unwrap_or_default())))
    }

    fn order(_: NoOrder, _: &NoFilter) -> Result<Order> {
        Ok(Order::by("saved", row::Column::CreatedAt, Sort::Number))
    }
}

impl Rooted for SavedSearch {
    const ONE: Option<(&'static str, &'static str)> =
        Some(("savedSearch", "One saved search; null where there is none or the viewer may not see it."));
    const IS_BY_ID: bool = true;
    const ALL: (&'static str, &'static str) =
        ("savedSearches", "The viewer's own saved searches, the first saved first. Empty for the public.");
}
