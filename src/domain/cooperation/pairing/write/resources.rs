//! A member tells what it commits to a pairing.
use async_graphql::{ID, InputObject};

use super::super::{
    Pairing, Row, life,
    member::{self, Party},
    resource::{self, Resource},
};
use crate::kernel::{life as lives, prelude::write::*};

/// What `commitPairingResources` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CommitPairingResourcesInput {
    #[graphql(flatten)]
    pub target: Target<Pairing>,
    /// The city or organisation that commits them, which is a member now.
    pub member: ID,
    /// What it commits, all anew; an empty list takes back what it told.
    pub resources: Vec<Resource>,
}

impl Command for CommitPairingResourcesInput {
    type Output = Id<Pairing>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Pairing>> {
        let before = lives::begin(tx, &life::COMMIT_RESOURCES, &self.target).await?;
        let party = Party::read(&self.member, "input.member")?;
        let is_member = member::current(&before.members).any(|member| member.party == party);
        refuse_if(!is_member, Code::BadInput, "input.member", "It is no member of this pairing.")?;
        // What a city commits its own people tell.
        tx.may(Act::Write, &Owners { cities: party.city().into_iter().collect(), programmes: vec![before.programme.uuid()] })?;
        let resources = resource::told_anew(&before.resources, party, &self.resources);
        tx.change(&before, Row { resources: Json(resources), ..before.clone() }.derived(), &[]).await?;
        Ok(before.id)
    }
}
