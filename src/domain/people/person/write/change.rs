//! Changing an account.
use async_graphql::InputObject;

use super::{
    super::{
        Person, life,
        membership::{self, Role},
        row::{self, ContactVisibility, State},
    },
    add::is_free,
    role::{self, RoleWanted},
};
use crate::kernel::{life::begin, prelude::write::*};

/// What `updatePerson` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdatePersonInput {
    #[graphql(flatten)]
    pub target: Target<Person>,
    /// 1 to 200 characters.
    pub name: Option<String>,
    /// The languages the person reads, all anew.
    pub languages: Option<Vec<LanguageTag>>,
    /// Who sees the address.
    pub contact_visible_to: Option<ContactVisibility>,
    /// The address; for administrators.
    pub email: Option<String>,
    /// A new slug, the old one keeps working; for administrators.
    pub slug: Option<String>,
    /// The roles, all anew; for administrators.
    pub roles: Option<Vec<RoleWanted>>,
    /// Whether the person takes part no longer: their tokens are worth nothing while it is so; for administrators.
    pub has_left: Option<bool>,
}

payload!(UpdatePersonPayload { person: Person }, "What `updatePerson` answers.", "The account as it is now.");

impl UpdatePersonInput {
    fn is_for_administrators(&self) -> bool {
        self.email.is_some() || self.slug.is_some() || self.roles.is_some() || self.has_left.is_some()
    }
}

impl Command for UpdatePersonInput {
    type Output = Id<Person>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Person>> {
        tx.may(Act::Join, &Owners::default())?;
        // Held, so that roles given at the same moment are not given twice.
        let before = begin(tx, &life::UPDATE, &self.target).await?;
        if self.is_for_administrators() {
            tx.may(Act::Administer, &Owners::default())?;
        }
        let mut after = before.clone();
        put(&mut after.name, self.name.as_ref().map(|name| name.trim().to_owned()));
        put(&mut after.languages, self.languages.as_ref().map(|languages| Json(languages.iter().map(|tag| tag.0.clone()).collect())));
        put(&mut after.contact_visible_to, self.contact_visible_to);
        if let Some(email) = &self.email {
            after.email = row::one_spelling(email);
            is_free(tx, &after.email, Some(before.id)).await?;
        }
        after.slug = tx.changed_slug(&before, self.slug.as_ref()).await?;
        if let Some(has_left) = self.has_left {
            if has_left {
                membership::another_administrator(tx, before.id, "input.hasLeft").await?;
            }
            after.state = if has_left { State::Left } else { State::Active };
        }
        let moved = match &self.roles {
            Some(roles) => {
                let grants = role::grants(tx, roles).await?;
                let stays = grants.iter().any(|grant| grant.role == Role::Administrator);
                if !stays {
                    membership::another_administrator(tx, before.id, "input.roles").await?;
                }
                membership::settle(tx, before.id, &grants).await?
            }
            None => false,
        };
        if moved {
            tx.touch(&before, after, &life::REVISED).await?;
        } else {
            tx.change(&before, after, &[]).await?;
        }
        Ok(before.id)
    }
}
