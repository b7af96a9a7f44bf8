//! Changing an account.
use async_graphql::{ID, InputObject};

use super::{
    super::{
        Person, Row, life,
        membership::{self, Role},
        row::{self, State},
    },
    add::is_free,
    role::{self, RoleWanted},
};
use crate::{
    access::{Act, Owners},
    base::{Id, Result},
    kernel::life::begin,
    payload,
    relay::LanguageTag,
    store::{Command, Json, Tx},
};

/// What `updatePerson` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdatePersonInput {
    /// The person.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// 1 to 200 characters.
    pub name: Option<String>,
    /// The languages the person reads, all anew.
    pub languages: Option<Vec<LanguageTag>>,
    /// The address; for administrators.
    pub email: Option<String>,
    /// A new slug, the old one keeps working; for administrators.
    pub slug: Option<String>,
    /// The roles, all anew; for administrators.
    pub roles: Option<Vec<RoleWanted>>,
    /// Whether the person takes part no longer: their tokens are worth nothing while it is so; for administrators.
    pub has_left: Option<bool>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `updatePerson` answers.
    UpdatePersonPayload {
        /// The account as it is now.
        person: Person
    }
);

/// The command.
pub struct Change {
    input: UpdatePersonInput,
    id: Id<Person>,
}

impl Change {
    /// Reads the ids of the input.
    pub fn read(input: UpdatePersonInput) -> Result<Self> {
        Ok(Self { id: Id::parse(&input.id, "input.id")?, input })
    }

    fn is_for_administrators(&self) -> bool {
        let input = &self.input;
        input.email.is_some() || input.slug.is_some() || input.roles.is_some() || input.has_left.is_some()
    }
}

impl Command for Change {
    type Output = Id<Person>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Person>> {
        let input = &self.input;
        tx.may(Act::Join, &Owners::default())?;
        // Held, so that roles given at the same moment are not given twice.
        let before = begin(tx, &life::UPDATE, self.id, input.expected_version).await?;
        if self.is_for_administrators() {
            tx.may(Act::Administer, &Owners::default())?;
        }
        let mut after = before.clone();
        if let Some(name) = &input.name {
            after.name = row::name(name, "input.name")?;
        }
        if let Some(languages) = &input.languages {
            after.languages = Json(languages.iter().map(|tag| tag.0.clone()).collect());
        }
        if let Some(email) = &input.email {
            after.email = row::email(email, "input.email")?;
            is_free(tx, &after.email, Some(self.id)).await?;
        }
        if let Some(slug) = &input.slug {
            after.slug = tx.new_slug::<Row>(slug, before.id, "input.slug").await?;
        }
        if let Some(has_left) = input.has_left {
            if has_left {
                membership::another_administrator(tx, self.id, "input.hasLeft").await?;
            }
            after.state = if has_left { State::Left } else { State::Active };
        }
        let moved = match &input.roles {
            Some(roles) => {
                let grants = role::grants(tx, roles).await?;
                let stays = grants.iter().any(|grant| grant.role == Role::Administrator);
                if !stays {
                    membership::another_administrator(tx, self.id, "input.roles").await?;
                }
                membership::settle(tx, self.id, &grants).await?
            }
            None => false,
        };
        if moved {
            tx.touch(&before, after, &life::REVISED).await?;
        } else {
            tx.change(&before, after, &[]).await?;
        }
        Ok(self.id)
    }
}
