//! What is known of a pairing, as the rules want it told. What later kinds will know (plans, pilots, reports) is to be read here.
use std::collections::{BTreeSet, HashMap};

use hansa_obligations as law;
use jiff::civil::Date;
use uuid::Uuid;

use crate::{
    base::Result,
    domain::{
        agreement::{self, Signed},
        call::{Rules, Terms},
        city, organisation,
        pairing::{Party, Promise, Promiser, Risk, key_of},
    },
    store::Tx,
};

/// What the facts of several pairings are read from: one statement each, however many there are.
pub struct Known {
    terms: HashMap<Uuid, Terms>,
    signed: Vec<Signed>,
    cities: HashMap<Uuid, String>,
    organisations: HashMap<Uuid, String>,
}

impl Known {
    pub async fn of(tx: &Tx<'_>, promises: &[Promise]) -> Result<Self> {
        let sorted = |ids: BTreeSet<Uuid>| ids.into_iter().collect::<Vec<_>>();
        let calls = sorted(promises.iter().filter_map(|promise| promise.call).map(crate::base::Id::uuid).collect());
        let pairings = sorted(promises.iter().map(|promise| promise.pairing.uuid()).collect());
        let parties = || promises.iter().flat_map(|promise| &promise.promisers).map(|one| one.party);
        let cities = sorted(parties().filter_map(Party::city).collect());
        let organisations = sorted(parties().filter(|party| party.city().is_none()).map(Party::id).collect());
        Ok(Self {
            terms: if calls.is_empty() { HashMap::new() } else { Terms::of_all(tx, &calls).await? },
            signed: agreement::signed_of(tx, &pairings).await?,
            cities: city::names_of(tx, &cities).await?,
            organisations: if organisations.is_empty() { HashMap::new() } else { organisation::public_names(tx, &organisations).await? },
        })
    }

    /// What a member is called where everyone reads it who may read the sentence.
    fn name(&self, party: Party) -> String {
        let (names, else_called) = match party {
            Party::City(_) => (&self.cities, "a city"),
            Party::Organisation(_) => (&self.organisations, "an organisation"),
        };
        names.get(&party.id()).map_or_else(|| else_called.to_owned(), Clone::clone)
    }

    /// The versions of the rules that a pairing lived by.
    pub fn rules(&self, promise: &Promise) -> Vec<law::Accepted> {
        let Some(terms) = promise.call.and_then(|call| self.terms.get(&call.uuid())) else { return Vec::new() };
        let accepted = promise.rules.iter().map(|lived| law::Accepted { rules: rules(terms.rules_of(lived.version)), from: lived.from });
        accepted.collect()
    }

    /// The facts. Where it ended on a day that is not known it has not ended here.
    pub fn facts(&self, promise: &Promise) -> law::Facts {
        let mut undated = Vec::new();
        let members = promise.promisers.iter().map(|one| self.member(promise, one, &mut undated)).collect();
        if promise.priority == Some(None) {
            undated.push(law::Key::of(law::Kind::NamePriority));
        }
        let close = promise.close.as_ref().and_then(|close| Some((close, close.on?)));
        let decisions = &promise.decisions;
        law::Facts {
            matched_on: promise.matched_on,
            started_on: promise.started_on,
            members,
            priority_named_on: promise.priority.flatten(),
            completed_on: close.filter(|(close, _)| close.is_completed).map(|(_, on)| on),
            ended: close
                .filter(|(close, _)| !close.is_completed)
                .map(|(close, on)| law::Ending { on, reason: close.reason.clone().unwrap_or_else(|| "no reason is told".to_owned()) }),
            waivers: decisions
                .waivers
                .iter()
                .filter(|one| one.reinstated_on.is_none())
                .filter_map(|one| Some(law::Waiver { key: one.obligation.parse().ok()?, on: one.on, reason: one.reason.clone() }))
                .collect(),
            postponements: decisions
                .postponements
                .iter()
                .filter_map(|one| {
                    let key = one.obligation.parse().ok()?;
                    Some(law::Postponement { key, on: one.on, until: one.until, reason: one.reason.clone() })
                })
                .collect(),
            risks: decisions.risks.iter().filter_map(risk).collect(),
            undated,
            ..law::Facts::default()
        }
    }

    /// A member, with the first of its signatures; those of agreements that ended count no more while the pairing goes on.
    fn member(&self, promise: &Promise, one: &Promiser, undated: &mut Vec<law::Key>) -> law::Member {
        let key = key_of(one.party);
        let own = self.signed.iter().filter(|signed| signed.pairing == promise.pairing.uuid() && signed.party == one.party);
        let own: Vec<&Signed> = own.filter(|signed| !signed.has_ended || promise.close.is_some()).collect();
        let signed_on = own.iter().filter_map(|signed| signed.on).min();
        if signed_on.is_none() && !own.is_empty() {
            undated.push(law::Key::signature(&key));
        }
        // Long ago, where the day is not known.
        let left_on = one.left_on.or(one.has_left.then_some(Date::MIN));
        law::Member { name: self.name(one.party), joined_on: one.joined_on, left_on, signed_on, key }
    }
}

/// What a member says of something owed.
fn risk(one: &Risk) -> Option<law::Risk> {
    let key = Some(one.obligation.parse().ok()?);
    Some(law::Risk { member: one.member.clone(), key, since: one.since, until: one.until, words: one.note.clone() })
}

fn rules(own: &Rules) -> law::Rules {
    law::Rules {
        version: own.version,
        agreement_due_months: own.agreement_due_months,
        priority_due_months: own.priority_due_months,
        plan_due_months: own.plan_due_months,
        pilot_due_months: own.pilot_due_months,
        report_every_months: own.report_every_months,
        minimum_cooperation_months: own.minimum_cooperation_months,
        maximum_support_months: own.maximum_support_months,
    }
}
