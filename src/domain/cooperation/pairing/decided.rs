//! What people decided about what a pairing owes: an officer does without it or gives more time, a member says that it is at risk. Kept for good: what was
//! taken back stays with its reason.
use hansa_obligations::{Key, MOST_POSTPONEMENTS};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::member::Party;
use crate::{
    base::{Code, Kind, Result, refuse},
    domain::{city::City, organisation::Organisation},
    kernel::{export::ExportContext, import::ImportContext, life::LONGEST_REASON},
    store::Refusals,
};

/// Decisions of one sort about one pairing at the most.
const MOST: usize = 1_000;

/// That an officer does without something owed. In all of these `obligation` names it (`REPORT:3`, `SIGN_AGREEMENT:city:` and the id; in records, the slug).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    pub obligation: String,
    pub on: Date,
    pub reason: String,
    /// The day it was taken back, and why.
    pub reinstated_on: Option<Date>,
    pub reinstated_reason: Option<String>,
}

/// That an officer gave more time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Postponement {
    pub obligation: String,
    /// The day it was granted.
    pub on: Date,
    /// The last day then.
    pub until: Date,
    pub reason: String,
}

/// That a member says something owed is at risk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Risk {
    pub obligation: String,
    /// `city:` and its id; in records, its slug.
    pub member: String,
    pub since: Date,
    /// The last day; none is until further notice.
    pub until: Option<Date>,
    pub note: String,
}

/// All that was decided about a pairing's obligations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decisions {
    #[serde(default)]
    pub waivers: Vec<Waiver>,
    #[serde(default)]
    pub postponements: Vec<Postponement>,
    #[serde(default)]
    pub risks: Vec<Risk>,
}

/// A member as keys name it: `city:` and its id.
pub fn key_of(party: Party) -> String {
    let kind = if party.city().is_some() { City::NAME } else { Organisation::NAME };
    format!("{kind}:{}", party.id().simple())
}

/// The member of such a key.
pub fn party_of(key: &str) -> Option<Party> {
    let (kind, id) = key.split_once(':')?;
    let id = Uuid::parse_str(id).ok()?;
    match kind {
        City::NAME => Some(Party::City(id)),
        Organisation::NAME => Some(Party::Organisation(id)),
        _ => None,
    }
}

impl Decisions {
    /// The same with members named otherwise: by slugs in records, by ids in rows. `place` of a refusal comes first.
    fn renamed(mut self, member: impl Fn(&str, &str) -> Result<String>) -> Result<Self> {
        let owed = |told: &mut String, place: &str| {
            if let Some((kind, key)) = told.split_once(':').filter(|(_, key)| key.contains(':')) {
                *told = format!("{kind}:{}", member(key, place)?);
            }
            Ok::<_, crate::base::Error>(())
        };
        for (index, one) in self.waivers.iter_mut().enumerate() {
            owed(&mut one.obligation, &format!("waivers.{index}.obligation"))?;
        }
        for (index, one) in self.postponements.iter_mut().enumerate() {
            owed(&mut one.obligation, &format!("postponements.{index}.obligation"))?;
        }
        for (index, one) in self.risks.iter_mut().enumerate() {
            owed(&mut one.obligation, &format!("risks.{index}.obligation"))?;
            one.member = member(&one.member, &format!("risks.{index}.member"))?;
        }
        Ok(self)
    }

    /// As a record tells them.
    pub fn recorded(self, context: &ExportContext) -> Result<Self> {
        self.renamed(|key, _| {
            let Some(party) = party_of(key) else { return Ok(key.to_owned()) };
            let kind = if party.city().is_some() { City::NAME } else { Organisation::NAME };
            Ok(format!("{kind}:{}", context.name(party.id())?))
        })
    }

    /// Out of a record.
    pub fn read(&self, context: &ImportContext) -> Result<Self> {
        self.clone().renamed(|key, place| {
            let party = match key.split_once(':') {
                Some((City::NAME, slug)) => Party::City(context.id::<City>(slug, place)?.uuid()),
                Some((Organisation::NAME, slug)) => Party::Organisation(context.id::<Organisation>(slug, place)?.uuid()),
                _ => {
                    let message = format!("“{place}” names a member by its kind and slug: “city:lyon”.");
                    return refuse(Code::BadInput, place, message);
                }
            };
            Ok(key_of(party))
        })
    }
}

/// Each names something that can be owed, has a reason of fitting length, and nothing is postponed too often.
pub fn check(before: &Decisions, after: &Decisions, refusals: &mut Refusals) {
    let mut one = |place: String, obligation: &str, field: &str, reason: &str| {
        let at = format!("{place}.obligation");
        let key = obligation.parse::<Key>();
        refusals.refuse_if(key.is_err(), Code::BadInput, &at, key.err().unwrap_or_default());
        let at = refusals.either(field, &format!("{place}.{field}")).to_owned();
        refusals.too_long(&at, Some(reason), LONGEST_REASON);
    };
    for (index, told) in after.waivers.iter().enumerate().filter(|(_, told)| !before.waivers.contains(told)) {
        one(format!("waivers.{index}"), &told.obligation, "reason", &told.reason);
        one(format!("waivers.{index}"), &told.obligation, "reason", told.reinstated_reason.as_deref().unwrap_or_default());
    }
    for (index, told) in after.postponements.iter().enumerate().filter(|(_, told)| !before.postponements.contains(told)) {
        one(format!("postponements.{index}"), &told.obligation, "reason", &told.reason);
    }
    for (index, told) in after.risks.iter().enumerate().filter(|(_, told)| !before.risks.contains(told)) {
        one(format!("risks.{index}"), &told.obligation, "note", &told.note);
    }
    refusals.too_many("waivers", after.waivers.len(), MOST);
    refusals.too_many("postponements", after.postponements.len(), MOST);
    refusals.too_many("risks", after.risks.len(), MOST);
    let times = |one: &Postponement| after.postponements.iter().filter(|other| other.obligation == one.obligation).count();
    let is_too_often = after.postponements.iter().any(|one| times(one) > MOST_POSTPONEMENTS);
    let message = format!("An obligation is postponed {MOST_POSTPONEMENTS} times at the most.");
    refusals.refuse_if(is_too_often, Code::BadInput, "postponements", message);
}
