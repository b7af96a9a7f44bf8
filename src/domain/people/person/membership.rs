//! Memberships: which roles a person has, and for what. A part of the person; one that ended stays as such.
use std::collections::{HashMap, HashSet};

use async_graphql::{Context, Object, Result};
use sea_orm::{QueryFilter, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{Person, row};
use crate::{
    access::{Act, Owners},
    base::{Code, Id, Kind, refuse_if},
    column_enum,
    domain::{city::City, pairing::Pairing, programme::Programme},
    relay::{Object, context::Asking, loaders::Batch},
    store::{Reader, Tx},
};

column_enum!(
    /// What a person may be.
    Role as "PersonRole" in "SCREAMING_SNAKE_CASE" {
        /// Runs the hub.
        Administrator,
        /// Runs a programme.
        ProgrammeOfficer,
        /// Speaks for a city.
        CityRepresentative,
        /// Takes part in a pairing without speaking for one of its cities.
        Stakeholder,
        /// Reads what is public, and registers for seminars.
        Reader,
    }
);

/// Whether a membership is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// In force.
    Active,
    /// Ended.
    Left,
}

/// A row of memberships.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Membership>,
    pub version: i64,
    pub person: Id<Person>,
    pub role: Role,
    pub city: Option<Id<City>>,
    pub programme: Option<Id<Programme>>,
    pub pairing: Option<Id<Pairing>>,
    pub state: State,
}

crate::part!(of | row | row.person, named | row | format!("membership/{}", row.id.uuid().simple()));

/// A role and what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grant {
    pub role: Role,
    pub city: Option<Id<City>>,
    pub programme: Option<Id<Programme>>,
    pub pairing: Option<Id<Pairing>>,
}

impl Grant {
    /// What the rule asks of whoever gives the role or takes it away, and of whose things: nobody deals with a role above their own. A stakeholder is let in by
    /// whoever deals with representatives of one of the pairing's cities, which are `members`.
    pub(super) fn right(&self, members: &[Uuid]) -> (Act, Owners) {
        match self.role {
            Role::Administrator | Role::Reader => (Act::Administer, Owners::default()),
            Role::ProgrammeOfficer => (Act::Govern, Owners::of_programmes(self.programme.map(Id::uuid))),
            Role::CityRepresentative => (Act::WriteOrGovern, Owners::of_cities(self.city.map(Id::uuid))),
            Role::Stakeholder => (Act::WriteOrGovern, Owners::of_cities(members.iter().copied())),
        }
    }

    /// Refuses a role without what it is for, or with something else.
    pub(super) fn check(&self, path: &str) -> crate::base::Result<()> {
        let given = (self.city.is_some(), self.programme.is_some(), self.pairing.is_some());
        let (wanted, told) = match self.role {
            Role::Administrator | Role::Reader => {
                ((false, false, false), "This role is for nothing in particular; leave out city, programme and pairing.")
            }
            Role::CityRepresentative => ((true, false, false), "A representative is one of a city: name it, and nothing else."),
            Role::ProgrammeOfficer => ((false, true, false), "An officer is one of a programme: name it, and nothing else."),
            Role::Stakeholder => ((false, false, true), "A stakeholder is one of a pairing: name it, and nothing else."),
        };
        refuse_if(given != wanted, Code::BadInput, path, told)
    }
}

impl Model {
    fn is(&self, grant: &Grant) -> bool {
        self.grant() == *grant
    }

    /// The role and what it is for.
    pub(super) const fn grant(&self) -> Grant {
        Grant { role: self.role, city: self.city, programme: self.programme, pairing: self.pairing }
    }
}

/// Gives a person a role beside those they have; answers whether it is new.
pub(super) async fn give(tx: &mut Tx<'_>, person: Id<Person>, grant: Grant) -> crate::base::Result<bool> {
    let mut wanted = of_person(tx, person).await?;
    wanted.push(grant);
    settle(tx, person, &wanted).await
}

/// Takes a role away; answers whether they had it.
pub(super) async fn take(tx: &mut Tx<'_>, person: Id<Person>, grant: Grant) -> crate::base::Result<bool> {
    let mut wanted = of_person(tx, person).await?;
    wanted.retain(|held| *held != grant);
    settle(tx, person, &wanted).await
}

/// What has to be saved so that a person has these roles and no others: each with the row before.
fn steps(person: Id<Person>, wanted: &[Grant], before: &[Model], mut id: impl FnMut() -> Id<Membership>) -> Vec<(Option<Model>, Model)> {
    let mut steps = Vec::new();
    for (index, grant) in wanted.iter().enumerate() {
        if wanted[..index].contains(grant) {
            continue;
        }
        match before.iter().find(|row| row.is(grant)) {
            Some(row) if row.state == State::Active => {}
            Some(row) => steps.push((Some(row.clone()), Model { state: State::Active, ..row.clone() })),
            None => {
                let Grant { role, city, programme, pairing } = *grant;
                steps.push((None, Model { id: id(), version: 0, person, role, city, programme, pairing, state: State::Active }));
            }
        }
    }
    for row in before {
        if row.state == State::Active && !wanted.iter().any(|grant| row.is(grant)) {
            steps.push((Some(row.clone()), Model { state: State::Left, ..row.clone() }));
        }
    }
    steps
}

/// Gives a person these roles and no others; answers whether anything changed.
pub(super) async fn settle(tx: &mut Tx<'_>, person: Id<Person>, wanted: &[Grant]) -> crate::base::Result<bool> {
    let before = tx.all(tx.every::<Entity>().filter(Column::Person.eq(person))).await?;
    let steps = steps(person, wanted, &before, || tx.id());
    let moved = !steps.is_empty();
    for (before, after) in steps {
        tx.part(before.as_ref(), after).await?;
    }
    Ok(moved)
}

/// The roles a person has now.
pub(super) async fn of_person(tx: &Tx<'_>, person: Id<Person>) -> crate::base::Result<Vec<Grant>> {
    let held = tx.all(tx.every::<Entity>().filter(Column::Person.eq(person)).filter(Column::State.eq(State::Active))).await?;
    Ok(held.iter().map(Model::grant).collect())
}

/// What a person runs and speaks for now.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    /// The programmes they are an officer of.
    pub programmes: Vec<Id<Programme>>,
    /// The cities they represent.
    pub cities: Vec<Id<City>>,
}

/// What a person runs and speaks for; nothing once they have left.
pub async fn roles_of(tx: &Tx<'_>, person: Id<Person>) -> crate::base::Result<Roles> {
    let here = tx.every::<row::Entity>().filter(row::Column::Id.eq(person)).filter(row::Column::State.ne(row::State::Left));
    if tx.first(here).await?.is_none() {
        return Ok(Roles::default());
    }
    let held = of_person(tx, person).await?;
    let of = |role: Role| held.iter().filter(move |grant| grant.role == role);
    Ok(Roles {
        programmes: of(Role::ProgrammeOfficer).filter_map(|grant| grant.programme).collect(),
        cities: of(Role::CityRepresentative).filter_map(|grant| grant.city).collect(),
    })
}

/// Those who speak for a city and have not left.
pub async fn speakers_of(tx: &Tx<'_>, city: Id<City>) -> crate::base::Result<Vec<Id<Person>>> {
    let held = tx.every::<Entity>().filter(Column::City.eq(city)).filter(Column::Role.eq(Role::CityRepresentative));
    let held = tx.all(held.filter(Column::State.eq(State::Active))).await?;
    here(tx, &held).await
}

/// Which of the people who have these roles have not left.
async fn here(tx: &Tx<'_>, held: &[Model]) -> crate::base::Result<Vec<Id<Person>>> {
    let named = row::Column::Id.is_in(held.iter().map(|row| row.person));
    let here = tx.every::<row::Entity>().filter(named).filter(row::Column::State.ne(row::State::Left));
    Ok(tx.all(here).await?.iter().map(|person| person.id).collect())
}

/// The administrators who have not left. Who would take the role from one waits for others who would.
pub(super) async fn administrators(tx: &Tx<'_>) -> crate::base::Result<HashSet<Uuid>> {
    let held = tx.every::<Entity>().filter(Column::Role.eq(Role::Administrator)).filter(Column::State.eq(State::Active));
    let held = tx.all(sea_orm::QuerySelect::lock_exclusive(held)).await?;
    Ok(here(tx, &held).await?.into_iter().map(Id::uuid).collect())
}

/// Refuses to take the role of the last administrator away, for nobody could give it back.
pub(super) async fn another_administrator(tx: &Tx<'_>, person: Id<Person>, path: &str) -> crate::base::Result<()> {
    let is_last = administrators(tx).await?.into_iter().eq([person.uuid()]);
    refuse_if(is_last, Code::WrongState, path, "This is the last administrator: make somebody else one first.")
}

/// The memberships in force by person.
struct OfPeople;

impl Batch for OfPeople {
    type Key = Uuid;
    type Value = Vec<Model>;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> crate::base::Result<HashMap<Uuid, Vec<Model>>> {
        in_force(&reader, keys).await
    }
}

/// The memberships in force of these people, by person, in the order they were given. Ask only for people this reader has
/// admitted.
pub(super) async fn in_force(reader: &Reader, people: Vec<Uuid>) -> crate::base::Result<HashMap<Uuid, Vec<Model>>> {
    let select = reader.parts::<Entity>().filter(Column::Person.is_in(people)).filter(Column::State.eq(State::Active));
    let mut found: HashMap<Uuid, Vec<Model>> = HashMap::new();
    for row in reader.all(select).await? {
        found.entry(row.person.uuid()).or_default().push(row);
    }
    found.values_mut().for_each(|rows| rows.sort_by_key(|row| row.id));
    Ok(found)
}

/// The memberships of a person the viewer was shown.
pub(super) async fn of(ctx: &Context<'_>, person: Id<Person>) -> crate::base::Result<Vec<Model>> {
    Ok(ctx.scope().loaders.load((), person.uuid(), || Ok(OfPeople)).await?.unwrap_or_default())
}

/// A role of a person, and what it is for.
pub struct Membership(pub(super) Model);

impl Kind for Membership {
    const NAME: &'static str = "membership";
}

/// A role of a person, and what it is for.
#[Object]
impl Membership {
    /// The role.
    async fn role(&self) -> Role {
        self.0.role
    }

    /// The city the person speaks for; null for other roles.
    async fn city(&self, ctx: &Context<'_>) -> Result<Option<Object<City>>> {
        match self.0.city {
            Some(city) => Ok(ctx.load(city).await?),
            None => Ok(None),
        }
    }

    /// The programme the person runs; null for other roles.
    async fn programme(&self, ctx: &Context<'_>) -> Result<Option<Object<Programme>>> {
        match self.0.programme {
            Some(programme) => Ok(ctx.load(programme).await?),
            None => Ok(None),
        }
    }

    /// The pairing the person takes part in; null for other roles.
    async fn pairing(&self, ctx: &Context<'_>) -> Result<Option<Object<Pairing>>> {
        match self.0.pairing {
            Some(pairing) => Ok(ctx.load(pairing).await?),
            None => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADMINISTRATOR: Grant = Grant { role: Role::Administrator, city: None, programme: None, pairing: None };

    fn representative(city: u128) -> Grant {
        Grant { role: Role::CityRepresentative, city: Some(Id::new(Uuid::from_u128(city))), programme: None, pairing: None }
    }

    fn settled(wanted: &[Grant], before: &[Model]) -> Vec<Model> {
        let mut count = 100;
        let next = || {
            count += 1;
            Id::new(Uuid::from_u128(count))
        };
        steps(Id::new(Uuid::from_u128(1)), wanted, before, next).into_iter().map(|(_, after)| after).collect()
    }

    #[test]
    fn a_role_comes_with_what_it_is_for_and_nothing_else() {
        assert!(ADMINISTRATOR.check("").is_ok());
        assert!(representative(1).check("").is_ok());
        assert!(Grant { role: Role::CityRepresentative, ..ADMINISTRATOR }.check("").is_err());
        assert!(Grant { role: Role::Administrator, ..representative(1) }.check("").is_err());
        assert!(Grant { role: Role::Stakeholder, ..representative(1) }.check("").is_err());
    }

    #[test]
    fn the_same_roles_again_change_nothing() {
        let first = settled(&[ADMINISTRATOR, representative(1), ADMINISTRATOR], &[]);
        assert_eq!(first.len(), 2);
        assert!(settled(&[representative(1), ADMINISTRATOR], &first).is_empty());
    }

    #[test]
    fn what_is_not_wanted_ends_and_may_come_back() {
        let first = settled(&[representative(1)], &[]);
        let ended = settled(&[representative(2)], &first);
        assert_eq!(ended.iter().map(|row| row.state).collect::<Vec<_>>(), [State::Active, State::Left]);
        let again = settled(&[representative(1)], &ended);
        assert_eq!(again.iter().find(|row| row.state == State::Active).unwrap().id, first[0].id);
    }
}
