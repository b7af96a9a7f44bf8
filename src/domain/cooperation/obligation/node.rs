//! An obligation in the graph: what its declarations do not say already.
use async_graphql::{Object, Result};

use super::row::{self, ObligationKind, ObligationLight, ObligationState};
use crate::{
    domain::pairing::{PartyFields, Postponement, Risk, Waiver, party_of},
    kernel::prelude::node::*,
};

node!(
    /// Something that a pairing or a member of it owes.
    Obligation = "obligation", ViewerCan;
    says &[("audience", "Who may see it: the officers of the programme and the people of the pairing.")]; {
        /// What is owed.
        "kind": ObligationKind = |row| row.kind,
        /// Which report it is, from 1; null for everything else.
        "number": Option<i64> = |row| row.number,
        /// The member whose signature it is; null for everything else, which all members owe together.
        "member": Option<Object<PartyFields>> = |row| row.member.as_ref().map(|party| Object(PartyFields(party.0))),
        /// The first day on which it is due: a month before its last one, mostly; null where not known.
        "dueFrom": Option<DateValue> = |row| row.due_from.as_ref().map(|day| DateValue(day.0)),
        /// The last day to do it, postponed or not; null where not known, or where the rules name none.
        "dueBy": Option<DateValue> = |row| row.due_by.as_ref().map(|day| DateValue(day.0)),
        /// The last day before anything was postponed; null where `dueBy` is.
        "firstDueBy": Option<DateValue> = |row| row.first_due_by.as_ref().map(|day| DateValue(day.0)),
        /// The day it was done; null until then, and where not known.
        "metOn": Option<DateValue> = |row| row.met_on.as_ref().map(|day| DateValue(day.0)),
        /// How it stands today, in UTC.
        "state": ObligationState = |row| row.state,
        /// How it looks from afar.
        "light": ObligationLight = |row| row.light,
        /// Why it stands so, in English, naming the fact and the rule.
        "sentence": &str = |row| &row.sentence,
        /// The version of the call's rules it rests on; null where there are no rules.
        "rulesVersion": Option<i64> = |row| row.rules_version,
        /// That an officer does without it; null where none does.
        "waiver": Option<Object<ObligationWaiver>> = |row| row.waiver.clone().map(|one| Object(ObligationWaiver(one.0))),
        /// The times it was postponed, the first first: three at the most.
        "postponements": Vec<Object<ObligationPostponement>> = |row| row.postponements.iter().cloned().map(ObligationPostponement).map(Object).collect(),
        /// What members say of it being at risk.
        "risks": Vec<Object<ObligationRisk>> = |row| row.risks.iter().cloned().map(ObligationRisk).map(Object).collect(),
    }
);

node_object!(
    /// Something that a pairing or a member of it owes: derived from the rules, the facts and the day, never typed in.
    Obligation
);

/// A waiver in the graph.
pub struct ObligationWaiver(Waiver);

/// That an officer does without an obligation.
#[Object]
impl ObligationWaiver {
    /// The day it was waived.
    async fn on(&self) -> DateValue {
        DateValue(self.0.on)
    }

    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }
}

/// A postponement in the graph.
pub struct ObligationPostponement(Postponement);

/// That an officer gave more time.
#[Object]
impl ObligationPostponement {
    /// The day it was granted.
    async fn on(&self) -> DateValue {
        DateValue(self.0.on)
    }

    /// The last day then.
    async fn until(&self) -> DateValue {
        DateValue(self.0.until)
    }

    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }
}

/// A risk in the graph.
pub struct ObligationRisk(Risk);

/// That a member says an obligation is at risk.
#[Object]
impl ObligationRisk {
    /// The member that says so.
    async fn member(&self) -> Result<Option<Object<PartyFields>>> {
        Ok(party_of(&self.0.member).map(PartyFields).map(Object))
    }

    /// The day it said so.
    async fn since(&self) -> DateValue {
        DateValue(self.0.since)
    }

    /// The last day on which it is at risk; null until further notice.
    async fn until(&self) -> Option<DateValue> {
        self.0.until.map(DateValue)
    }

    /// In the member's own words.
    async fn note(&self) -> &str {
        &self.0.note
    }
}
