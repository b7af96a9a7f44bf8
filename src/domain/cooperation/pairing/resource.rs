//! What the members of a pairing commit to it: staff time, money, travel and other things, each told by its city or organisation.
use async_graphql::{InputObject, Object};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::member::{Member, Party, PartyFields, PartyRecord};
use crate::{
    base::{Code, Result, text::is_blank},
    column_enum,
    kernel::{column::money, export::ExportContext, import::ImportContext},
    store::Refusals,
};

/// Resources of one pairing at the most.
const MOST: usize = 500;
/// The longest of what is said of one, in characters.
const LONGEST: usize = 500;
/// The largest amount of money; beyond it somebody slipped.
const LARGEST: f64 = 1e12;
/// The years that one may be told for.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

column_enum!(
    /// What sort of thing is committed.
    ResourceKind as "PairingResourceKind" in "SCREAMING_SNAKE_CASE" {
        /// Days of people's work.
        StaffTime,
        /// Money.
        Money,
        /// Journeys and lodging.
        Travel,
        /// Rooms and equipment.
        Facilities,
        /// Anything else.
        Other,
    }
);

/// Something committed, as inputs take it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, InputObject)]
#[graphql(name = "PairingResourceInput")]
pub struct Resource {
    /// What sort of thing it is.
    pub kind: ResourceKind,
    /// Days of work, not negative; needed for `STAFF_TIME`.
    pub days: Option<f64>,
    /// The amount in whole units of the currency, not negative; needed for `MONEY`.
    pub amount: Option<f64>,
    /// ISO 4217, three letters; needed with an amount.
    pub currency: Option<String>,
    /// The year it is told for.
    pub year: Option<i32>,
    /// What it is, or is for, up to 500 characters; needed for `FACILITIES` and `OTHER`.
    pub what: Option<String>,
}

/// Something committed, and by whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    pub party: Party,
    #[serde(flatten)]
    pub resource: Resource,
}

/// Something committed in the record of a pairing.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ResourceRecord {
    #[serde(flatten)]
    party: PartyRecord,
    #[serde(flatten)]
    resource: Resource,
}

impl ResourceRecord {
    /// What it tells; `path` names its place.
    pub fn read(&self, context: &ImportContext, path: &str) -> Result<Commitment> {
        Ok(Commitment { party: self.party.read(context, path)?, resource: self.resource.clone() })
    }

    /// The record of something committed.
    pub fn of(commitment: &Commitment, context: &ExportContext) -> Result<Self> {
        Ok(Self { party: PartyRecord::of(commitment.party, context)?, resource: commitment.resource.clone() })
    }
}

/// What is committed where a member tells all of its own anew: the newest stand first, so that they have the places in which an input has them.
pub fn told_anew(before: &[Commitment], party: Party, told: &[Resource]) -> Vec<Commitment> {
    let told = told.iter().map(|resource| Commitment { party, resource: resource.clone() });
    told.chain(before.iter().filter(|other| other.party != party).cloned()).collect()
}

/// Refuses what is not told well enough to be counted on, and what is committed by nobody who is or was a member.
pub fn check(before: &[Commitment], after: &[Commitment], members: &[Member], refusals: &mut Refusals) {
    refusals.too_many("resources", after.len(), MOST);
    let told = after.iter().enumerate().filter(|(_, commitment)| !before.contains(commitment));
    for (at, Commitment { party, resource }) in told.map(|(index, commitment)| (format!("resources.{index}"), commitment)) {
        let is_member = members.iter().any(|member| member.party == *party);
        refusals.refuse_if(!is_member, Code::BadInput, &at, "It is committed by nobody who is or was a member of the pairing.");
        let is_counted = resource.days.is_none_or(|days| days.is_finite() && days >= 0.0);
        refusals.refuse_if(!is_counted, Code::BadInput, &format!("{at}.days"), "A number of days is not negative.");
        let missing = match resource.kind {
            ResourceKind::StaffTime if resource.days.is_none() => Some(("days", "Tell how many days of work.")),
            ResourceKind::Money if resource.amount.is_none() => Some(("amount", "Tell how much money.")),
            ResourceKind::Facilities | ResourceKind::Other if resource.what.as_deref().is_none_or(is_blank) => {
                Some(("what", "Tell what it is."))
            }
            _ => None,
        };
        if let Some((field, message)) = missing {
            refusals.refuse_if(true, Code::Required, &format!("{at}.{field}"), message);
        }
        let is_bare = resource.amount.is_some() != resource.currency.is_some();
        refusals.refuse_if(is_bare, Code::Required, &format!("{at}.currency"), "An amount and its currency are told together.");
        if let (Some(amount), Some(currency)) = (resource.amount, &resource.currency) {
            money(amount, currency, &at, refusals);
            refusals.refuse_if(amount > LARGEST, Code::BadInput, &format!("{at}.amount"), "An amount is a million millions at the most.");
        }
        let is_far = resource.year.is_some_and(|year| !YEARS.contains(&year));
        refusals.refuse_if(is_far, Code::BadInput, &format!("{at}.year"), "A year is told with four digits, from 1990 to 2100.");
        refusals.too_long(&format!("{at}.what"), resource.what.as_deref(), LONGEST);
    }
}

/// Something a member of a pairing commits to it.
pub struct PairingResource(pub Commitment);

/// Something that a city or organisation commits to a pairing.
#[Object]
impl PairingResource {
    #[graphql(flatten)]
    async fn party(&self) -> PartyFields {
        PartyFields(self.0.party)
    }

    /// What sort of thing it is.
    async fn kind(&self) -> ResourceKind {
        self.0.resource.kind
    }

    /// Days of work; null where it is none.
    async fn days(&self) -> Option<f64> {
        self.0.resource.days
    }

    /// The amount in whole units of the currency; null where it is none, or not known.
    async fn amount(&self) -> Option<f64> {
        self.0.resource.amount
    }

    /// ISO 4217, three letters; null where there is no amount.
    async fn currency(&self) -> Option<&str> {
        self.0.resource.currency.as_deref()
    }

    /// The year it is told for; null where not known.
    async fn year(&self) -> Option<i32> {
        self.0.resource.year
    }

    /// What it is, or is for; null where not told.
    async fn what(&self) -> Option<&str> {
        self.0.resource.what.as_deref()
    }
}
