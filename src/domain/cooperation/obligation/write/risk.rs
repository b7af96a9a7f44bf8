//! A member says that something it owes is at risk.
use async_graphql::{ID, InputObject};

use super::{
    super::{Obligation, Row, life},
    begin::begin,
};
use crate::{
    base::text::is_blank,
    domain::{
        city::City,
        pairing::{self, Party, Risk, key_of},
    },
    kernel::{life::LONGEST_REASON, prelude::write::*},
    relay::DateValue,
};

/// What `declareObligationAtRisk` takes.
#[derive(Clone, Debug, InputObject)]
pub struct DeclareObligationAtRiskInput {
    #[graphql(flatten)]
    pub target: Target<Obligation>,
    /// What stands in the way, 1 to 2,000 characters.
    pub note: String,
    /// The last day on which it is at risk; until further notice where not given.
    pub until: Option<DateValue>,
    /// The city that says so; the one you represent where not given.
    pub city: Option<ID>,
}

/// What `withdrawObligationRisk` takes.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawObligationRiskInput {
    #[graphql(flatten)]
    pub target: Target<Obligation>,
    /// The city that said so; the one you represent where not given.
    pub city: Option<ID>,
}

/// The member that speaks, as keys name it.
fn member(tx: &Tx<'_>, row: &Row, city: Option<&ID>) -> Done<String> {
    let cities = &row.owners.cities;
    let city = match city {
        Some(city) => Id::<City>::parse(city, "input.city")?.uuid(),
        None => {
            let mut own = cities.iter().filter(|city| tx.viewer().cities.contains(city));
            match (own.next(), own.next()) {
                (Some(city), None) => *city,
                (None, _) => return refuse(Code::Required, "input.city", "Say which city; you represent none that owes it."),
                _ => return refuse(Code::Required, "input.city", "Say which city; you represent several."),
            }
        }
    };
    refuse_if(!cities.contains(&city), Code::BadInput, "input.city", "This city does not owe it.")?;
    tx.may(Act::Join, &Owners::of_cities([city]))?;
    Ok(key_of(Party::City(city)))
}

impl Command for DeclareObligationAtRiskInput {
    type Output = Id<Obligation>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Obligation>> {
        let row = begin(tx, &life::DECLARE_AT_RISK, &self.target).await?;
        let member = member(tx, &row, self.city.as_ref())?;
        let (note, since, until) = (self.note.trim(), tx.now().day(), self.until.map(|day| day.0));
        refuse_if(is_blank(note), Code::Required, "input.note", "Say what stands in the way.")?;
        refuse_if(note.chars().count() > LONGEST_REASON, Code::TooLong, "input.note", "A note has at most 2,000 characters.")?;
        refuse_if(until.is_some_and(|until| until < since), Code::BadInput, "input.until", "That day has passed.")?;
        let risk = Risk { obligation: row.what.clone(), member, since, until, note: note.to_owned() };
        let put = |decisions: &mut pairing::Decisions| {
            decisions.risks.retain(|one| (&one.obligation, &one.member) != (&risk.obligation, &risk.member));
            decisions.risks.push(risk);
            Ok(())
        };
        pairing::decide(tx, row.pairing, put).await?;
        Ok(row.id)
    }
}

impl Command for WithdrawObligationRiskInput {
    type Output = Id<Obligation>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Obligation>> {
        let row = begin(tx, &life::WITHDRAW_RISK, &self.target).await?;
        let member = member(tx, &row, self.city.as_ref())?;
        let is_said = row.risks.iter().any(|one| one.member == member);
        refuse_if(!is_said, Code::BadInput, "input.city", "This city does not say that it is at risk.")?;
        let take_back = |decisions: &mut pairing::Decisions| {
            decisions.risks.retain(|one| (&one.obligation, &one.member) != (&row.what, &member));
            Ok(())
        };
        pairing::decide(tx, row.pairing, take_back).await?;
        Ok(row.id)
    }
}
