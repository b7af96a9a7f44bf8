//! What the obligations of a pairing follow from, and when it is to be looked at them again.
use std::collections::BTreeMap;

use jiff::civil::Date;
use sea_orm::{
    QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, IntoCondition},
};

use super::{
    Pairing, Row,
    decided::{self, Decisions},
    lived::Lived,
    member::{self, Member, Party, Role},
    row::{Column, Entity, State},
};
use crate::{
    base::{Id, Moment, Result},
    domain::{call::Call, obligation, programme::Programme},
    store::{Json, Reader, Refusals, Surface, Tx},
};

/// A member that promises something, or did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promiser {
    pub party: Party,
    pub joined_on: Option<Date>,
    pub has_left: bool,
    /// None where it has not left, or the day is not known.
    pub left_on: Option<Date>,
}

/// How a pairing came to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// None where not known.
    pub on: Option<Date>,
    pub is_completed: bool,
    pub reason: Option<String>,
}

/// What the obligations of a pairing follow from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    pub pairing: Id<Pairing>,
    pub programme: Id<Programme>,
    pub name: String,
    /// The day this hub was told of it.
    pub known_since: Date,
    /// The cities that are members now.
    pub cities: Vec<Uuid>,
    pub call: Option<Id<Call>>,
    /// The versions of the call's rules that it lived by, the last that of now.
    pub rules: Vec<Lived>,
    pub matched_on: Option<Date>,
    pub started_on: Option<Date>,
    /// Each once, in their order.
    pub promisers: Vec<Promiser>,
    /// The day on which the first theme was chosen, if it is known; none where there was none.
    pub priority: Option<Option<Date>>,
    pub close: Option<Close>,
    pub decisions: Decisions,
}

/// Each who promises or did, once, whatever they left and joined again.
fn promisers(members: &[Member]) -> Vec<Promiser> {
    let mut found: Vec<Promiser> = Vec::new();
    // Those who are here now say more than that they were here before.
    let promising = || members.iter().filter(|member| member.role != Role::Observer);
    for member in member::current(members).filter(|member| member.role != Role::Observer).chain(promising()) {
        if found.iter().all(|other| other.party != member.party) {
            let has_left = !member.is_current();
            found.push(Promiser { party: member.party, joined_on: member.joined_on, has_left, left_on: member.left_on });
        }
    }
    found
}

impl Promise {
    /// Of this pairing.
    pub(super) fn of(row: &Row) -> Self {
        let day = |day: &Option<Json<Date>>| day.as_ref().map(|day| day.0);
        Self {
            pairing: row.id,
            programme: row.programme,
            name: row.name.clone(),
            known_since: row.created_at.day(),
            cities: member::cities(&row.members),
            call: row.call,
            rules: row.rules_history.0.clone(),
            matched_on: day(&row.matched_on),
            started_on: day(&row.started_on),
            promisers: promisers(&row.members),
            priority: row.priorities.iter().find(|one| one.theme.is_some()).map(|first| first.from),
            close: row.is_over().then(|| Close {
                on: day(&row.ended_on),
                is_completed: row.state == State::Completed,
                reason: row.state_reason.clone(),
            }),
            decisions: row.decisions(),
        }
    }
}

/// Of many pairings, which nobody changes before the transaction ends.
pub async fn promises_of(tx: &Tx<'_>, pairings: &[Uuid]) -> Result<Vec<Promise>> {
    let rows = tx.every::<Entity>().filter(Column::Id.is_in(pairings.iter().copied())).order_by_asc(Column::Id);
    Ok(tx.all(rows.lock_exclusive()).await?.iter().map(Promise::of).collect())
}

/// The pairings whose obligations are to be looked at by now, the longest due first.
pub async fn to_look_at(reader: &Reader, now: Moment, most: u64) -> Result<Vec<Id<Pairing>>> {
    let due = reader
        .rows::<Entity>()
        // Written out, so that the index of what is due can be used.
        .filter(Expr::col(Column::ObligationsDueAt).gt(Expr::cust("0")))
        .filter(Column::ObligationsDueAt.lte(now.0));
    let rows = reader.all(due.order_by_asc(Column::ObligationsDueAt).limit(most)).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// When the obligations of these pairings are to be looked at again; never at 0. It is no change of theirs.
pub async fn look_again(tx: &mut Tx<'_>, at: BTreeMap<Moment, Vec<Uuid>>) -> Result<()> {
    for (at, pairings) in at {
        tx.mark::<Entity>(Column::Id.is_in(pairings).into_condition(), vec![(Column::ObligationsDueAt, at.0.into())]).await?;
    }
    Ok(())
}

/// Changes what was decided about the obligations of a pairing, which is locked until the transaction ends; they follow, and have it in their history. The pairing is the same for
/// everyone else: neither its version nor the moment of its last change tells that something was decided.
pub async fn decide(tx: &mut Tx<'_>, pairing: Id<Pairing>, change: impl FnOnce(&mut Decisions) -> Result<()>) -> Result<()> {
    let before: Row = tx.locked(pairing, "input.id").await?;
    let mut decisions = before.decisions();
    change(&mut decisions)?;
    let mut refusals = Refusals::new(Surface::Mutation);
    decided::check(&before.decisions(), &decisions, &mut refusals);
    refusals.end()?;
    let mut after = before;
    after.decide(decisions);
    let values = vec![
        (Column::Waivers, after.waivers.into()),
        (Column::Postponements, after.postponements.into()),
        (Column::Risks, after.risks.into()),
    ];
    tx.mark::<Entity>(Column::Id.eq(pairing).into_condition(), values).await?;
    obligation::derive(tx, &[pairing.uuid()]).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::day;

    #[test]
    fn who_came_back_promises_once_and_observers_nothing() {
        let city = |number| Party::City(Uuid::from_u128(number));
        let (first, second) = (day("2020-01-01"), day("2021-01-01"));
        let left = Member { left_on: first, ..Member::new(city(1), Role::Partner, None) };
        let members = [left, Member::new(city(2), Role::Observer, None), Member::new(city(1), Role::Partner, second)];
        let found = promisers(&members);
        assert_eq!(found, [Promiser { party: city(1), joined_on: second, has_left: false, left_on: None }]);
        assert!(promisers(&members[..2])[0].has_left);
    }
}
