//! Members join a pairing, change their role, and leave.
use async_graphql::{ID, InputObject, MaybeUndefined};
use jiff::civil::Date;

use super::super::{
    Pairing, Row, life,
    member::{self, Member, Party, Role},
};
use crate::{
    domain::{
        city::{self, City},
        organisation::Organisation,
    },
    kernel::{life as lives, prelude::write::*},
    relay::{DateValue, NodeType},
};

/// What `addPairingMember` takes.
#[derive(Clone, Debug, InputObject)]
pub struct AddPairingMemberInput {
    #[graphql(flatten)]
    pub target: Target<Pairing>,
    /// The city, which takes part in the programme, or the organisation.
    pub member: ID,
    /// What it is in the pairing.
    #[graphql(default_with = "Role::Partner")]
    pub role: Role,
    /// The day it joined; today where not given, null where not known.
    pub joined_on: MaybeUndefined<DateValue>,
}

/// What `updatePairingMember` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdatePairingMemberInput {
    #[graphql(flatten)]
    pub target: Target<Pairing>,
    /// The city or organisation, which is a member now.
    pub member: ID,
    /// What it is in the pairing.
    pub role: Option<Role>,
    /// The day it joined; null where not known.
    pub joined_on: MaybeUndefined<DateValue>,
}

/// What `removePairingMember` takes.
#[derive(Clone, Debug, InputObject)]
pub struct RemovePairingMemberInput {
    #[graphql(flatten)]
    pub target: Target<Pairing>,
    /// The city or organisation, which is a member now.
    pub member: ID,
    /// The day it left; today where not given, null where not known.
    pub left_on: MaybeUndefined<DateValue>,
    /// Why, 1 to 2,000 characters; everyone who sees the pairing reads it.
    pub reason: String,
}

/// A day that is today where nothing is told, and unknown where null is.
fn day(given: &MaybeUndefined<DateValue>, tx: &Tx<'_>) -> Option<Date> {
    match given {
        MaybeUndefined::Undefined => Some(tx.now().day()),
        MaybeUndefined::Null => None,
        MaybeUndefined::Value(day) => Some(day.0),
    }
}

/// Where in the list a party stands that is a member now.
fn place(row: &Row, party: Party) -> Done<usize> {
    match row.members.iter().position(|member| member.is_current() && member.party == party) {
        Some(place) => Ok(place),
        None => refuse(Code::BadInput, "input.member", "It is no member of this pairing."),
    }
}

/// Refuses members that would be less than a pairing.
fn refuse_too_few(members: &[Member]) -> Done<()> {
    refuse_if(
        member::joined(members) < 2,
        Code::BadInput,
        "input.member",
        "A pairing joins two cities or more that are more than observers, and fewer would remain; end it instead.",
    )
}

/// Saves the pairing with these members.
async fn save(tx: &mut Tx<'_>, before: &Row, members: Vec<Member>) -> Done<Id<Pairing>> {
    let links = member::links(&members);
    let mut after = Row { members: Json(members), ..before.clone() };
    after.take_accepted(&member::cities(&after.members), tx.now().day());
    tx.change(before, after.derived(), &links).await?;
    Ok(before.id)
}

impl Command for AddPairingMemberInput {
    type Output = Id<Pairing>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Pairing>> {
        let before = lives::begin(tx, &life::ADD_MEMBER, &self.target).await?;
        let party = Party::read(&self.member, "input.member")?;
        match party {
            Party::City(id) => {
                let city: <City as NodeType>::Row = tx.seen(Id::new(id), "input.member").await?;
                let takes_part = city::programmes_of(tx, city.id).await?.contains(&before.programme.uuid());
                refuse_if(
                    !takes_part,
                    Code::BadInput,
                    "input.member",
                    "This city does not take part in the programme; `addProgrammeCity` first.",
                )?;
            }
            Party::Organisation(id) => {
                let _: <Organisation as NodeType>::Row = tx.seen(Id::new(id), "input.member").await?;
            }
        }
        let mut members = before.members.0.clone();
        members.push(Member::new(party, self.role, day(&self.joined_on, tx)));
        save(tx, &before, members).await
    }
}

impl Command for UpdatePairingMemberInput {
    type Output = Id<Pairing>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Pairing>> {
        let before = lives::begin(tx, &life::UPDATE_MEMBER, &self.target).await?;
        let place = place(&before, Party::read(&self.member, "input.member")?)?;
        let mut members = before.members.0.clone();
        put(&mut members[place].role, self.role);
        if !self.joined_on.is_undefined() {
            members[place].joined_on = day(&self.joined_on, tx);
        }
        refuse_too_few(&members)?;
        save(tx, &before, members).await
    }
}

impl Command for RemovePairingMemberInput {
    type Output = Id<Pairing>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Pairing>> {
        let before = lives::begin(tx, &life::REMOVE_MEMBER, &self.target).await?;
        let place = place(&before, Party::read(&self.member, "input.member")?)?;
        let mut members = before.members.0.clone();
        members[place].left_on = day(&self.left_on, tx);
        members[place].left_reason = Some(lives::reason(&self.reason, "leaving")?);
        refuse_too_few(&members)?;
        save(tx, &before, members).await
    }
}
