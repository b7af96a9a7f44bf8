//! Making an account.
use async_graphql::InputObject;
use sea_orm::{QueryFilter, entity::prelude::*};

use super::{
    super::{
        Person, Row, membership,
        row::{self, State},
    },
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

payload!(CreatePersonPayload { person: Person }, "What `createPerson` answers.", "The new account.");

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
        let id: Id<Person> = tx.id();
        let slug = tx.slug::<Row>(self.slug.as_deref(), &name, id).await?;
        let row = new_row!(id, slug, Audience::of(Scope::Person, id.uuid()), {
            name,
            email,
            languages: Json(self.languages.clone()),
            state: State::Active,
        });
        tx.create(row, &[]).await?;
        membership::settle(tx, id, &grants).await?;
        Ok(id)
    }
}
