//! Consenting for one of the two cities that everyone may see an adoption, and taking that back.
use async_graphql::{ID, InputObject};

use super::super::{Adoption, Row, life};
use crate::{
    access::rule,
    domain::{city::City, practice::Offer},
    kernel::{life as lives, prelude::write::*},
};

/// What `consentToAdoption` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ConsentToAdoptionInput {
    #[graphql(flatten)]
    pub target: Target<Adoption>,
    /// The city that consents, of the two; needed only for whoever may speak for both.
    pub city: Option<ID>,
}

/// What `withdrawAdoptionConsent` takes.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawAdoptionConsentInput {
    #[graphql(flatten)]
    pub target: Target<Adoption>,
    /// The city that takes its consent back, of the two; needed only for whoever may speak for both.
    pub city: Option<ID>,
}

/// One of the two cities of an adoption.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The one that took the practice up.
    City,
    /// The one that gave it.
    Owner,
}

impl Side {
    const fn city(self, row: &Row) -> Id<City> {
        match self {
            Self::City => row.city,
            Self::Owner => row.owner,
        }
    }

    fn put(self, row: &mut Row, day: Option<jiff::civil::Date>) {
        let column = match self {
            Self::City => &mut row.city_consented_on,
            Self::Owner => &mut row.owner_consented_on,
        };
        *column = day.map(Json);
    }
}

/// What is done, by the city that took the practice up or by the one that gave it.
type Moves = [(Side, &'static lives::Move<Row>); 2];

/// The adoption, and for which city the viewer does this: the one that is told, the only one they may speak for, or else the only one that can.
async fn begin(tx: &Tx<'_>, moves: Moves, target: &Target<Adoption>, told: Option<&ID>) -> Done<(Row, Side)> {
    let told = refs::given::<City>(told, "input.city")?;
    let seen: Row = tx.seen(target.id()?, "input.id").await?;
    Offer::held(tx, seen.practice).await?;
    let row: Row = tx.locked(target.id()?, "input.id").await?;
    let speaks = |side: Side| rule::may(tx.viewer(), Act::Write, &Owners::of_cities([side.city(&row).uuid()]));
    let is_meant = |side: Side| told.is_none_or(|told| told == side.city(&row));
    let named: Vec<_> = moves.into_iter().filter(|(side, _)| is_meant(*side)).collect();
    refuse_if(named.is_empty(), Code::BadInput, "input.city", "Name one of the two cities.")?;
    let spoken: Vec<_> = named.into_iter().filter(|(side, _)| speaks(*side)).collect();
    if spoken.is_empty() {
        tx.viewer().account()?;
        return refuse(Code::Forbidden, "input.id", "It is between two cities, each of which does this for itself.");
    }
    let open: Vec<_> = spoken.iter().filter(|(_, what)| lives::allows(tx, what, &row).is_ok()).collect();
    match open[..] {
        [] => lives::allows(tx, spoken[0].1, &row)?,
        _ => tx.expect(&row, target.expected_version)?,
    }
    refuse_if(open.len() > 1, Code::BadInput, "input.city", "You may speak for both cities; name the one that does this.")?;
    let side = open.first().map_or(spoken[0].0, |(side, _)| *side);
    Ok((row, side))
}

impl Command for ConsentToAdoptionInput {
    type Output = Id<Adoption>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Adoption>> {
        let moves = [(Side::City, &life::CONSENT_AS_CITY), (Side::Owner, &life::CONSENT_AS_OWNER)];
        let (before, side) = begin(tx, moves, &self.target, self.city.as_ref()).await?;
        let mut after = before.clone();
        side.put(&mut after, Some(tx.now().day()));
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}

impl Command for WithdrawAdoptionConsentInput {
    type Output = Id<Adoption>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Adoption>> {
        let moves = [(Side::City, &life::WITHDRAW_CONSENT_AS_CITY), (Side::Owner, &life::WITHDRAW_CONSENT_AS_OWNER)];
        let (before, side) = begin(tx, moves, &self.target, self.city.as_ref()).await?;
        let mut after = before.clone();
        side.put(&mut after, None);
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}
