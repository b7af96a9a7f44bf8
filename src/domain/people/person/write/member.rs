//! Members: a role is given to somebody by their address, or taken away, by whoever has as much themselves.
use async_graphql::InputObject;
use sea_orm::{QueryFilter, QuerySelect, entity::prelude::*};

use super::{
    super::{
        Person, Row, life,
        membership::{self, Grant},
        row::{self, State},
    },
    made::made,
    role::{self, RoleWanted},
};
use crate::{base::text::is_blank, domain::pairing, kernel::prelude::write::*, store::Record};

/// What `addMember` takes.
#[derive(Clone, Debug, InputObject)]
pub struct AddMemberInput {
    /// The address: of an account that is there, or of a new one.
    pub email: String,
    /// The name of a new account, 1 to 200 characters; an account that is there keeps its own.
    pub name: String,
    /// The languages a new person reads, best first.
    #[graphql(default)]
    pub languages: Vec<LanguageTag>,
    /// The role they get.
    pub role: RoleWanted,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `removeMember` takes.
#[derive(Clone, Debug, InputObject)]
pub struct RemoveMemberInput {
    /// The person.
    pub person: async_graphql::ID,
    /// The role they have no longer.
    pub role: RoleWanted,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

made!(AddMemberPayload, "What `addMember` answers.", "The member: whoever has the address.");
payload!(RemoveMemberPayload { person: Person }, "What `removeMember` answers.", "The person, where the viewer still sees them.");

/// Refuses to give or take a role above one's own.
pub(super) async fn may_give(tx: &Tx<'_>, grant: &Grant, path: &str) -> Result<()> {
    let members = match grant.pairing {
        Some(pairing) => pairing::members(tx, pairing).await?,
        None => Vec::new(),
    };
    let (act, owners) = grant.right(&members);
    tx.viewer().account()?;
    let told = "Your own roles do not allow this: representatives deal with roles of their city and its pairings, officers with those of their programme and its cities, administrators with all.";
    refuse_if(!crate::access::rule::may(tx.viewer(), act, &owners), Code::Forbidden, path, told)
}

impl Command for AddMemberInput {
    type Output = Id<Person>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Person>> {
        tx.viewer().account()?;
        let grant = role::grant(tx, &self.role, "input.role").await?;
        may_give(tx, &grant, "input.role").await?;
        let email = row::one_spelling(&self.email);
        // Held, so that roles given at the same moment are not given twice.
        let whose = tx.every::<row::Entity>().filter(row::Column::Email.eq(&email)).lock_exclusive();
        let Some(before) = tx.first(whose).await? else {
            refuse_if(is_blank(&self.name), Code::Required, "input.name", "Say what the new member is called.")?;
            let languages = self.languages.iter().map(|tag| tag.0.clone()).collect();
            return super::add::account(tx, &self.name, email, None, languages, &[grant]).await;
        };
        let told = "Whoever has this address has left the hub; an administrator lets them in again.";
        refuse_if(before.state == State::Left, Code::WrongState, "input.email", told)?;
        if membership::give(tx, before.id, grant).await? {
            tx.touch(&before, before.clone(), &life::REVISED).await?;
        }
        Ok(before.id)
    }
}

impl Command for RemoveMemberInput {
    type Output = Id<Person>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Person>> {
        tx.viewer().account()?;
        let id = Id::<Person>::parse(&self.person, "input.person")?;
        let before: Row = tx.locked(id, "input.person").await?;
        let grant = role::grant(tx, &self.role, "input.role").await?;
        // One may give up what one has.
        if tx.viewer().person != Some(id.uuid()) {
            may_give(tx, &grant, "input.role").await?;
        }
        if grant.role == membership::Role::Administrator {
            membership::another_administrator(tx, id, "input.role").await?;
        }
        refuse_if(!membership::take(tx, id, grant).await?, Code::NotFound, "input.role", "The person does not have this role.")?;
        let after = tx.touch(&before, before.clone(), &life::REVISED).await?;
        Ok(after.id())
    }
}
