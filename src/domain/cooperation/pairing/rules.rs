//! The version of its call's rules that a pairing lives by: the newest when it was made, until all of its cities have accepted a newer one.
use async_graphql::{Context, ID, InputObject, Object, Result};
use jiff::civil::Date;
use uuid::Uuid;

use super::{
    Pairing, Row,
    life::ACCEPT_RULES,
    lived::{Acceptance, Lived},
    row,
};
use crate::{
    base::{Code, Id, Result as Done, refuse, refuse_if},
    domain::{call, call::Call, city::City},
    kernel::{life, prelude::write::*},
    relay::{self, DateValue},
};

impl Row {
    /// Takes the newest rules of its call, as a pairing that is new to the call does.
    pub(super) async fn take_newest_rules(&mut self, tx: &Tx<'_>) -> Done<()> {
        self.rules_version = match self.call {
            Some(call) => call::Terms::of(tx, call).await?.map(|terms| terms.rules().version),
            None => None,
        };
        self.rules_accepted.0.clear();
        self.rules_history.0.clear();
        Ok(())
    }

    /// Notes that a city accepts a version. Where all of these members have accepted the same or a newer one than that, the pairing lives by it.
    fn accept(&mut self, acceptance: Acceptance, members: &[Uuid]) {
        self.rules_accepted.0.retain(|own| own.city != acceptance.city || own.version > acceptance.version);
        let on = acceptance.on;
        self.rules_accepted.0.push(acceptance);
        self.take_accepted(members, on);
    }

    /// Takes the newest version that all of these members have accepted, where it is newer; those who are no members any more have no say.
    pub(super) fn take_accepted(&mut self, members: &[Uuid], on: Date) {
        self.rules_accepted.0.retain(|own| members.contains(&own.city));
        let of = |city: &Uuid| self.rules_accepted.iter().filter(|own| own.city == *city).map(|own| own.version).max();
        let all: Option<Vec<i64>> = members.iter().map(of).collect();
        if let Some(version) = all.and_then(|versions| versions.into_iter().min()).filter(|version| Some(*version) > self.rules_version) {
            self.rules_version = Some(version);
            self.rules_history.0.push(Lived { version, from: Some(on) });
            // What leads no further is done with; the history has it.
            self.rules_accepted.0.retain(|own| own.version > version);
        }
    }
}

/// What `acceptRules` takes.
#[derive(Clone, Debug, InputObject)]
pub struct AcceptRulesInput {
    #[graphql(flatten)]
    pub target: Target<Pairing>,
    /// The version of the call's rules that the city accepts: newer than the one the pairing lives by.
    pub version: i64,
    /// The city that accepts it; the one you represent where not given.
    pub city: Option<ID>,
}

impl AcceptRulesInput {
    /// The member that accepts.
    fn city(&self, tx: &Tx<'_>, members: &[Uuid]) -> Done<Uuid> {
        let Some(city) = &self.city else {
            let mut own = members.iter().filter(|member| tx.viewer().cities.contains(member));
            return match (own.next(), own.next()) {
                (Some(city), None) => Ok(*city),
                (None, _) => refuse(Code::Required, "input.city", "Say which of its cities accepts; you represent none of them."),
                _ => refuse(Code::Required, "input.city", "Say which of its cities accepts; you represent several."),
            };
        };
        let city = Id::<City>::parse(city, "input.city")?.uuid();
        refuse_if(!members.contains(&city), Code::BadInput, "input.city", "This city is not one of the pairing.")?;
        tx.may(Act::Write, &Owners::of_cities([city]))?;
        Ok(city)
    }
}

impl Command for AcceptRulesInput {
    type Output = Id<Pairing>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Pairing>> {
        let before: Row = life::begin(tx, &ACCEPT_RULES, &self.target).await?;
        let members = row::members(tx, before.id).await?;
        let city = self.city(tx, &members)?;
        let terms = match before.call {
            Some(call) => call::Terms::of(tx, call).await?,
            None => None,
        };
        let Some(terms) = terms else { return refuse(Code::WrongState, "input.id", "It follows the rules of no call.") };
        let message = format!("The call has no version {} of its rules; `rulesVersions` lists them.", self.version);
        refuse_if(!terms.has_version(self.version), Code::BadInput, "input.version", message)?;
        let lives_by = before.rules_version.unwrap_or_default();
        let message = format!("The pairing lives by version {lives_by} already; accept a newer one.");
        refuse_if(self.version <= lives_by, Code::WrongState, "input.version", message)?;
        let mut after = before.clone();
        after.accept(Acceptance { city, version: self.version, on: tx.now().day() }, &members);
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}

/// An acceptance in the graph.
pub struct RulesAcceptance(pub(super) Acceptance);

/// That a city of a pairing accepted a newer version of its call's rules, which the others have yet to do.
#[Object]
impl RulesAcceptance {
    /// The city.
    async fn city(&self, ctx: &Context<'_>) -> Result<Option<relay::Object<City>>> {
        Ok(ctx.load(Id::new(self.0.city)).await?)
    }

    /// The version it accepted.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// The day.
    async fn on(&self) -> DateValue {
        DateValue(self.0.on)
    }
}

/// The call of a pairing, where it is known and seen.
pub(super) async fn call_of(ctx: &Context<'_>, row: &Row) -> Result<Option<relay::Object<Call>>> {
    match row.call {
        Some(call) => Ok(ctx.load(call).await?),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{access::Audience, base::date::day};

    #[test]
    fn the_newer_rules_hold_when_all_have_accepted_them() {
        let [one, two] = [1, 2].map(Uuid::from_u128);
        let mut row = Row { rules_version: Some(1), ..Row::blank(Id::new(Uuid::from_u128(9)), String::new(), Audience::public()) };
        let accepts = |city, version| Acceptance { city, version, on: day("2026-06-01").unwrap() };
        row.accept(accepts(one, 3), &[one, two]);
        assert_eq!((row.rules_version, row.rules_accepted.len()), (Some(1), 1));
        row.accept(accepts(two, 2), &[one, two]);
        assert_eq!((row.rules_version, row.rules_accepted.len()), (Some(2), 1), "both have accepted the second");
        row.accept(accepts(two, 3), &[one, two]);
        assert_eq!((row.rules_version, row.rules_accepted.len()), (Some(3), 0));
        row.accept(accepts(one, 4), &[one, two]);
        row.take_accepted(&[one], day("2026-07-01").unwrap());
        assert_eq!((row.rules_version, row.rules_accepted.len()), (Some(4), 0), "who had not accepted has left");
        row.rules_history.0.pop();
        let lived: Vec<_> = row.rules_history.iter().map(|lived| (lived.version, lived.from)).collect();
        assert_eq!(lived, [(2, day("2026-06-01")), (3, day("2026-06-01"))]);
    }
}
