//! Making an account.
use async_graphql::InputObject;
use sea_orm::{QueryFilter, entity::prelude::*};

use super::{
    super::{
        Person, Row,
        membership::{self, Grant},
        row::{self, State},
    },
    made::made,
    role::{self, RoleWanted},
};
use crate::kernel::prelude::write::*;

/// What `createPerson` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreatePersonInput {
    /// 1 to 200 characters.
    pub name: String,
    /// The address; no other account has it.
    pub email: String,
    /// Made of the name where not given.
    pub slug: Option<String>,
    /// The languages the person reads, best first.
    #[graphql(default)]
    pub languages: Vec<LanguageTag>,
    /// The roles, each with what it is for.
    #[graphql(default)]
    pub roles: Vec<RoleWanted>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

made!(CreatePersonPayload, "What `createPerson` answers.", "The new account.");

/// The command.
#[derive(Debug)]
pub struct AddPerson {
    name: String,
    email: String,
    slug: Option<String>,
    languages: Vec<Language>,
    roles: Vec<RoleWanted>,
}

impl AddPerson {
    /// An account with these roles, as the command line asks for it.
    pub const fn new(name: String, email: String, roles: Vec<RoleWanted>) -> Self {
        Self { name, email, slug: None, languages: Vec::new(), roles }
    }

    /// Reads the input.
    pub(super) fn read(input: CreatePersonInput) -> Self {
        let languages = input.languages.into_iter().map(|tag| tag.0).collect();
        Self { name: input.name, email: input.email, slug: input.slug, languages, roles: input.roles }
    }
}

/// Refuses an address that another account has.
pub(super) async fn is_free(tx: &Tx<'_>, email: &str, own: Option<Id<Person>>) -> Result<()> {
    let whose = tx.first(tx.every::<row::Entity>().filter(row::Column::Email.eq(email))).await?;
    let is_taken = whose.is_some_and(|person| Some(person.id) != own);
    refuse_if(is_taken, Code::Taken, "input.email", "Another account has this address.")
}

impl Command for AddPerson {
    type Output = Id<Person>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Person>> {
        tx.may(Act::Administer, &Owners::default())?;
        let (name, email) = (self.name.trim().to_owned(), row::one_spelling(&self.email));
        is_free(tx, &email, None).await?;
        let grants = role::grants(tx, &self.roles).await?;
        account(tx, &name, email, self.slug.as_deref(), self.languages.clone(), &grants).await
    }
}

/// Makes an account with these roles; its address, in one spelling, is free.
pub(super) async fn account(
    tx: &mut Tx<'_>,
    name: &str,
    email: String,
    slug: Option<&str>,
    languages: Vec<Language>,
    grants: &[Grant],
) -> Result<Id<Person>> {
    let (id, name): (Id<Person>, _) = (tx.id(), name.trim().to_owned());
    let slug = tx.slug::<Row>(slug, &name, id).await?;
    let row = new_row!(id, slug, Audience::of(Scope::Person, id.uuid()), {
        name,
        email,
        languages: Json(languages),
        state: State::Active,
    });
    tx.create(row, &[]).await?;
    membership::settle(tx, id, grants).await?;
    Ok(id)
}
