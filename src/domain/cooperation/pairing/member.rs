//! The members of a pairing: cities and organisations, each in a role, from a day on and until a day. Who left stays on the list.
use async_graphql::{Context, ID, Object, Result};
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    base::{
        Code, Id, Kind, Result as Done, id, refuse,
        text::{listed, said},
    },
    column_enum,
    domain::{
        city::{self, City},
        organisation::{self, Organisation},
    },
    kernel::{export::ExportContext, import::ImportContext},
    relay::{DateValue, Object, context::Asking},
    store::{Join, Links, Tx},
};

/// Pairing ↔ cities that are members now.
pub static CITIES: Join = Join { table: "pairing_city", left: "pairing", right: "city" };
/// Pairing ↔ organisations that are members now.
pub static ORGANISATIONS: Join = Join { table: "pairing_organisation", left: "pairing", right: "organisation" };

column_enum!(
    /// What a member is in a pairing.
    Role as "PairingRole" in "SCREAMING_SNAKE_CASE" {
        /// It leads the others.
        Lead,
        /// It works with the others on equal terms.
        Partner,
        /// It has what the others want to learn.
        Giver,
        /// It learns what the others have.
        Receiver,
        /// It looks on: it sees what is shared, and promises nothing, so it signs no agreement.
        Observer,
    }
);

/// Who can be a member: a city or an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    City(Uuid),
    Organisation(Uuid),
}

/// A member, now or once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub party: Party,
    pub role: Role,
    /// None where not known.
    pub joined_on: Option<Date>,
    /// None for those who are members now, and where the day is not known.
    pub left_on: Option<Date>,
    /// Whoever has one has left.
    pub left_reason: Option<String>,
}

impl Party {
    /// The city or organisation an input names by its id.
    pub fn read(text: &ID, path: &str) -> Done<Self> {
        match id::split(text) {
            Some((City::NAME, id)) => Ok(Self::City(id)),
            Some((Organisation::NAME, id)) => Ok(Self::Organisation(id)),
            _ => refuse(Code::BadInput, path, "A member of a pairing is a city or an organisation; give its id."),
        }
    }

    /// The id of the city or organisation.
    pub const fn id(self) -> Uuid {
        match self {
            Self::City(id) | Self::Organisation(id) => id,
        }
    }

    /// The id of the city, if it is one.
    pub const fn city(self) -> Option<Uuid> {
        match self {
            Self::City(id) => Some(id),
            Self::Organisation(_) => None,
        }
    }
}

/// The names of these cities and organisations as a sentence has them, “Austin, Bologna and Lyon”; those that the viewer may not see are not told.
pub async fn named(tx: &Tx<'_>, parties: &[Party]) -> Done<String> {
    let cities: Vec<Uuid> = parties.iter().filter_map(|party| party.city()).collect();
    let others: Vec<Uuid> = parties.iter().filter(|party| party.city().is_none()).map(|party| party.id()).collect();
    let mut names = city::names(tx, &cities).await?;
    if !others.is_empty() {
        names.extend(organisation::titles(tx, &others).await?);
    }
    let hidden = parties.len() - names.len();
    if hidden > 0 {
        names.push(if hidden == 1 { "one that you can't see".to_owned() } else { format!("{hidden} that you can't see") });
    }
    Ok(if names.is_empty() { "nobody".to_owned() } else { listed(&names) })
}

impl Member {
    /// A member from this day on; none where it is not known.
    pub const fn new(party: Party, role: Role, joined_on: Option<Date>) -> Self {
        Self { party, role, joined_on, left_on: None, left_reason: None }
    }

    /// Whether it is one now.
    pub const fn is_current(&self) -> bool {
        self.left_on.is_none() && self.left_reason.is_none()
    }

    /// Whether it is one now and takes part in what is promised.
    pub fn promises(&self) -> bool {
        self.is_current() && self.role != Role::Observer
    }

    /// Whether it says no more than that it is a member.
    fn is_bare(&self) -> bool {
        *self == Self::new(self.party, Role::Partner, None)
    }
}

/// Those who are members now.
pub fn current(members: &[Member]) -> impl Iterator<Item = &Member> {
    members.iter().filter(|member| member.is_current())
}

/// The cities that are members now, in their order.
pub fn cities(members: &[Member]) -> Vec<Uuid> {
    current(members).filter_map(|member| member.party.city()).collect()
}

/// The cities that are members now and more than observers: two at the least.
pub fn joined(members: &[Member]) -> usize {
    members.iter().filter(|member| member.promises() && member.party.city().is_some()).count()
}

/// Those who promise something, and so sign agreements.
pub fn signatories(members: &[Member]) -> Vec<Party> {
    members.iter().filter(|member| member.promises()).map(|member| member.party).collect()
}

/// Whether the list says no more than the cities that are members now.
pub fn says_cities_alone(members: &[Member]) -> bool {
    members.iter().all(|member| member.is_bare() && member.party.city().is_some())
}

/// What a pairing of these members is linked to.
pub fn links(members: &[Member]) -> [Links; 2] {
    let organisations = current(members).filter(|member| member.party.city().is_none()).map(|member| member.party.id());
    [Links { join: &CITIES, to: cities(members) }, Links { join: &ORGANISATIONS, to: organisations.collect() }]
}

/// The members of a pairing that begins with these cities.
pub fn of_cities(cities: &[Uuid]) -> Vec<Member> {
    cities.iter().map(|city| Member::new(Party::City(*city), Role::Partner, None)).collect()
}

/// The same members where these cities are the ones from today on: others leave, new ones join.
pub fn regrouped(members: &[Member], cities: &[Uuid], today: Date) -> Vec<Member> {
    let is_here = |member: &Member, city: Uuid| member.is_current() && member.party == Party::City(city);
    let stays = |city: &Uuid| {
        let found = members.iter().find(|member| is_here(member, *city)).cloned();
        found.unwrap_or_else(|| Member::new(Party::City(*city), Role::Partner, Some(today)))
    };
    let others = members.iter().filter(|member| !cities.iter().any(|city| is_here(member, *city)));
    let others = others.map(|member| match member.party {
        Party::City(_) if member.is_current() => Member { left_on: Some(today), ..member.clone() },
        _ => member.clone(),
    });
    cities.iter().map(stays).chain(others).collect()
}

/// A city or organisation as a record names it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct PartyRecord {
    city: Option<String>,
    organisation: Option<String>,
}

impl PartyRecord {
    /// The party behind the slug; `path` names the place in a refusal.
    pub fn read(&self, context: &ImportContext, path: &str) -> Done<Party> {
        match (&self.city, &self.organisation) {
            (Some(city), None) => Ok(Party::City(context.id::<City>(city, &format!("{path}.city"))?.uuid())),
            (None, Some(other)) => Ok(Party::Organisation(context.id::<Organisation>(other, &format!("{path}.organisation"))?.uuid())),
            _ => refuse(Code::BadInput, path, format!("“{path}” names one of “city” and “organisation”, by its slug.")),
        }
    }

    /// The record of a party.
    pub fn of(party: Party, context: &ExportContext) -> Done<Self> {
        let slug = context.name(party.id())?;
        Ok(match party {
            Party::City(_) => Self { city: Some(slug), organisation: None },
            Party::Organisation(_) => Self { city: None, organisation: Some(slug) },
        })
    }

    /// The slug of the city, if it is one.
    pub fn city(&self) -> Option<&str> {
        self.city.as_deref()
    }
}

/// A member in the record of a pairing. Without `role` a partner.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct MemberRecord {
    #[serde(flatten)]
    pub party: PartyRecord,
    role: Option<Role>,
    joined_on: Option<Date>,
    left_on: Option<Date>,
    left_reason: Option<String>,
}

impl MemberRecord {
    /// The member it tells of.
    pub fn read(&self, context: &ImportContext, path: &str) -> Done<Member> {
        Ok(Member {
            party: self.party.read(context, path)?,
            role: self.role.unwrap_or(Role::Partner),
            joined_on: self.joined_on,
            left_on: self.left_on,
            left_reason: said(self.left_reason.as_deref()),
        })
    }

    /// The record of a member.
    pub fn of(member: &Member, context: &ExportContext) -> Done<Self> {
        Ok(Self {
            party: PartyRecord::of(member.party, context)?,
            role: Some(member.role),
            joined_on: member.joined_on,
            left_on: member.left_on,
            left_reason: member.left_reason.clone(),
        })
    }

    /// Whether it is a member now.
    pub fn is_current(&self) -> bool {
        self.left_on.is_none() && self.left_reason.as_deref().is_none_or(|reason| reason.trim().is_empty())
    }
}

/// A city or organisation, as the graph tells it: on its own, or flattened into what tells more of it.
pub struct PartyFields(pub Party);

/// A city or an organisation that is a member of a pairing, or was one.
#[Object(name = "PairingParty")]
impl PartyFields {
    /// The city; null where it is an organisation.
    async fn city(&self, ctx: &Context<'_>) -> Result<Option<Object<City>>> {
        match self.0 {
            Party::City(id) => Ok(ctx.load(Id::new(id)).await?),
            Party::Organisation(_) => Ok(None),
        }
    }

    /// The organisation; null where it is a city, or one the viewer may not see.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Option<Object<Organisation>>> {
        match self.0 {
            Party::Organisation(id) => Ok(ctx.load(Id::new(id)).await?),
            Party::City(_) => Ok(None),
        }
    }
}

/// A member of a pairing.
pub struct PairingMember(pub Member);

/// A city or organisation that is a member of a pairing, or was one.
#[Object]
impl PairingMember {
    #[graphql(flatten)]
    async fn party(&self) -> PartyFields {
        PartyFields(self.0.party)
    }

    /// What it is in the pairing.
    async fn role(&self) -> Role {
        self.0.role
    }

    /// The day it joined; null where not known, or told by the pairing's start.
    async fn joined_on(&self) -> Option<DateValue> {
        self.0.joined_on.map(DateValue)
    }

    /// The day it left; null for those who are members now, and where not known.
    async fn left_on(&self) -> Option<DateValue> {
        self.0.left_on.map(DateValue)
    }

    /// Why it left; null for those who are members now, and where not told.
    async fn left_reason(&self) -> Option<&str> {
        self.0.left_reason.as_deref()
    }

    /// Whether it is a member now.
    async fn is_member(&self) -> bool {
        self.0.is_current()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::day;

    fn city(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    #[test]
    fn whoever_leaves_stays_on_the_list_and_may_come_back() {
        let (first, second) = (day("2020-01-01").unwrap(), day("2021-01-01").unwrap());
        let members = regrouped(&of_cities(&[city(1), city(2)]), &[city(3), city(1)], first);
        assert_eq!(cities(&members), [city(3), city(1)]);
        let dates: Vec<_> = members.iter().map(|member| (member.party.id(), member.joined_on, member.left_on)).collect();
        assert_eq!(dates, [(city(3), Some(first), None), (city(1), None, None), (city(2), None, Some(first))]);
        let again = regrouped(&members, &[city(1), city(2)], second);
        assert_eq!(cities(&again), [city(1), city(2)]);
        assert_eq!(again.iter().filter(|member| member.party.id() == city(2)).count(), 2);
    }

    #[test]
    fn who_left_with_a_reason_and_no_day_has_left() {
        let mut member = Member::new(Party::City(city(1)), Role::Partner, None);
        assert!(member.is_current() && member.promises());
        member.left_reason = Some("It was merged.".to_owned());
        assert!(!member.is_current());
    }

    #[test]
    fn observers_and_organisations_do_not_make_a_pairing() {
        let mut members = of_cities(&[city(1), city(2)]);
        members.push(Member::new(Party::Organisation(city(3)), Role::Giver, None));
        assert_eq!((joined(&members), signatories(&members).len()), (2, 3));
        members[1].role = Role::Observer;
        assert_eq!((joined(&members), signatories(&members).len(), cities(&members).len()), (1, 2, 2));
        assert!(!says_cities_alone(&members) && says_cities_alone(&of_cities(&[city(1)])));
    }
}
