//! Handing on, in one act, what somebody had to do.
use std::collections::HashMap;

use async_graphql::{ID, InputObject};

use super::super::{
    Person, Row, life,
    membership::{self, Role},
    responsibility::may_deal,
    row::State,
};
use crate::{
    domain::{KINDS, pairing},
    kernel::prelude::write::*,
};

/// What `handOver` takes.
#[derive(Clone, Debug, InputObject)]
pub struct HandOverInput {
    /// Whose roles and tasks are handed on, places at seminars to come, saved searches and webhooks: `Person.responsibilities`.
    pub person: ID,
    /// Who has them from then on, beside their own. A webhook sends what they may see, by the secret it had, which is theirs to rotate; the feed of a saved search
    /// gets another address; where both had a place at a seminar, one is free.
    pub to: ID,
    /// Whether the person leaves the hub: their tokens are worth nothing from then on.
    #[graphql(default)]
    pub leaves: bool,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(HandOverPayload { person: Person }, "What `handOver` answers.", "Who has it all from now on.");

impl Command for HandOverInput {
    type Output = Id<Person>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Person>> {
        tx.viewer().account()?;
        let (from, to) = (Id::<Person>::parse(&self.person, "input.person")?, Id::<Person>::parse(&self.to, "input.to")?);
        refuse_if(from == to, Code::BadInput, "input.to", "They have it already; name somebody else.")?;
        let (before, successor): (Row, Row) = (tx.locked(from, "input.person").await?, tx.locked(to, "input.to").await?);
        refuse_if(successor.state == State::Left, Code::WrongState, "input.to", "This person has left; name somebody who is here.")?;
        let grants = membership::of_person(tx, from).await?;
        let mut members = HashMap::new();
        for pairing in grants.iter().filter_map(|grant| grant.pairing) {
            members.insert(pairing.uuid(), pairing::members(tx, pairing).await?);
        }
        let told = "Your own roles do not allow this: what somebody has to do is handed on by themself, or by whoever may give all of their roles.";
        refuse_if(!may_deal(tx.viewer(), from.uuid(), &grants, &members), Code::Forbidden, "input.person", told)?;
        let held = membership::of_person(tx, to).await?;
        let handed: Vec<_> = grants.iter().filter(|grant| grant.role != Role::Reader).copied().collect();
        if membership::settle(tx, to, &[held, handed].concat()).await? {
            tx.touch(&successor, successor.clone(), &life::REVISED).await?;
        }
        for entry in KINDS.iter() {
            entry.hand_on(tx, from.uuid(), to.uuid()).await?;
        }
        let kept: Vec<_> = grants.iter().filter(|grant| grant.role == Role::Reader && !self.leaves).copied().collect();
        let moved = membership::settle(tx, from, &kept).await?;
        let after = Row { state: if self.leaves { State::Left } else { before.state }, ..before.clone() };
        if moved {
            tx.touch(&before, after, &life::REVISED).await?;
        } else {
            tx.change(&before, after, &[]).await?;
        }
        Ok(to)
    }
}
