//! The Node interface: every kind with an id of its own, and loading one by it.
use async_graphql::{Context, ID, Interface, Object, Result};

use super::{
    agenda::Agenda, announcement::Announcement, call::Call, city::City, document::Document, entry_of, goal::Goal, pairing::Pairing,
    person::Person, practice::Practice, programme::Programme, saved_search::SavedSearch, seminar::Seminar, synonym::Synonym, theme::Theme,
    webhook::Webhook,
};
use crate::{
    base::{Code, id, refuse},
    lean_any,
    relay::context::Asking,
};

/// Anything with a global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "The global id: a TypeID such as `practice_01h…`. Stable for ever."))]
pub enum Node {
    /// A branch of the theme tree.
    Theme(Theme),
    /// A global agenda.
    Agenda(Agenda),
    /// A goal or target of a global agenda.
    Goal(Goal),
    /// A programme.
    Programme(Programme),
    /// A call of a programme.
    Call(Call),
    /// A city.
    City(City),
    /// A pairing.
    Pairing(Pairing),
    /// A practice.
    Practice(Practice),
    /// A document.
    Document(Document),
    /// Dated news of a programme.
    Announcement(Announcement),
    /// A seminar.
    Seminar(Seminar),
    /// A person.
    Person(Person),
    /// A question a person keeps.
    SavedSearch(SavedSearch),
    /// Words that find each other in search.
    Synonym(Synonym),
    /// An address to which the hub sends what happens.
    Webhook(Webhook),
}

lean_any!(
    /// A node as it is answered.
    Shown of Node { Theme, Agenda, Goal, Programme, Call, City, Pairing, Practice, Document, Announcement, Seminar, Person, SavedSearch, Synonym, Webhook }
);

/// The nodes' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "NodeQuery")]
impl Query {
    /// The thing with this id; null where there is none or the viewer may not see it.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "A global id.")] id: ID) -> Result<Option<Shown>> {
        one(ctx, &id).await
    }

    /// The things with these ids, in the same order; null where there is none or the viewer may not see it.
    async fn nodes(&self, ctx: &Context<'_>, #[graphql(desc = "At most 100 global ids.")] ids: Vec<ID>) -> Result<Vec<Option<Shown>>> {
        if ids.len() > 100 {
            refuse(Code::TooLong, "ids", format!("“ids” has {} items; 100 are allowed.", ids.len()))?;
        }
        futures_util::future::try_join_all(ids.iter().map(|id| one(ctx, id))).await
    }
}

async fn one(ctx: &Context<'_>, text: &ID) -> Result<Option<Shown>> {
    let Some((prefix, uuid)) = id::split(text) else { return Ok(None) };
    match entry_of(prefix) {
        Some(entry) => Ok(entry.node(ctx.scope(), uuid).await?.map(Shown)),
        None => Ok(None),
    }
}
