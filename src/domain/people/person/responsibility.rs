//! What a person has to do for others: their roles, and what things name them for. Told to those who may hand it on.
use std::collections::{BTreeSet, HashMap};

use async_graphql::{Context, Object, Result};
use sea_orm::{Condition, QueryFilter, entity::prelude::*};

use super::{
    Person,
    membership::{self, Role},
    row,
};
use crate::{
    access::{Viewer, rule},
    base::{Id, Kind},
    domain::{KINDS, VisibleNode, city::City, entry_of, pairing, pairing::Pairing, programme::Programme},
    relay::{context::Asking, loaders::Batch},
    store::Reader,
};

/// Something a person has to do for others.
#[derive(Clone, Debug)]
pub struct Responsibility {
    said: &'static str,
    subject: Option<(&'static str, Uuid)>,
    is_sole: bool,
}

/// Something a person has to do for others.
#[Object]
impl Responsibility {
    /// What it is, in a sentence.
    async fn what(&self) -> &str {
        self.said
    }

    /// For what; null for the hub itself and where the viewer may not see it.
    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<VisibleNode>> {
        match self.subject.and_then(|(kind, id)| Some((entry_of(kind)?, id))) {
            Some((entry, id)) => Ok(entry.node(ctx.scope(), id).await?.map(VisibleNode)),
            None => Ok(None),
        }
    }

    /// Whether nobody else does it.
    async fn is_sole(&self) -> bool {
        self.is_sole
    }
}

/// Whether somebody may deal with all roles of a person, and so with what the person has to do. `members` tells the cities of pairings. Who has no role is
/// nobody's but their own and administrators'.
pub(super) fn may_deal(viewer: &Viewer, person: Uuid, grants: &[membership::Grant], members: &HashMap<Uuid, Vec<Uuid>>) -> bool {
    let may = |grant: &membership::Grant| {
        let cities = grant.pairing.and_then(|pairing| members.get(&pairing.uuid()));
        let (act, owners) = grant.right(cities.map_or(&[], Vec::as_slice));
        rule::may(viewer, act, &owners)
    };
    viewer.person == Some(person) || viewer.is_administrator || (!grants.is_empty() && grants.iter().all(may))
}

/// What a role has one do, and for what.
fn of_role(row: &membership::Model) -> Option<(&'static str, Option<(&'static str, Uuid)>)> {
    match row.role {
        Role::Administrator => Some(("Runs the hub.", None)),
        Role::ProgrammeOfficer => Some(("Runs a programme.", Some((Programme::NAME, row.programme?.uuid())))),
        Role::CityRepresentative => Some(("Speaks for a city.", Some((City::NAME, row.city?.uuid())))),
        Role::Stakeholder => Some(("Takes part in a pairing.", Some((Pairing::NAME, row.pairing?.uuid())))),
        Role::Reader => None,
    }
}

/// The responsibilities by person, of those with whom the viewer may deal.
struct OfPeople;

impl Batch for OfPeople {
    type Key = Uuid;
    type Value = Vec<Responsibility>;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> crate::base::Result<HashMap<Uuid, Vec<Responsibility>>> {
        let mut roles = membership::in_force(&reader, keys.clone()).await?;
        let pairings: BTreeSet<Uuid> = roles.values().flatten().filter_map(|row| row.pairing).map(Id::uuid).collect();
        let mut members: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        if !pairings.is_empty() {
            for (pairing, city) in reader.linked(&pairing::CITIES, &pairings.into_iter().collect::<Vec<_>>()).await? {
                members.entry(pairing).or_default().push(city);
            }
        }
        let viewer = reader.viewer();
        let may = |person: &Uuid| {
            let grants: Vec<_> = roles.get(person).into_iter().flatten().map(membership::Model::grant).collect();
            may_deal(&viewer, *person, &grants, &members)
        };
        let open: Vec<Uuid> = keys.into_iter().filter(may).collect();
        if open.is_empty() {
            return Ok(HashMap::new());
        }
        roles.retain(|person, _| open.contains(person));
        let others = holders(&reader, roles.values().flatten()).await?;
        let mut found: HashMap<Uuid, Vec<Responsibility>> = open.iter().map(|person| (*person, Vec::new())).collect();
        for row in roles.values().flatten() {
            let Some((said, subject)) = of_role(row) else { continue };
            let is_sole = !others.iter().any(|other| other.person != row.person && other.grant() == row.grant());
            found.entry(row.person.uuid()).or_default().push(Responsibility { said, subject, is_sole });
        }
        for entry in KINDS.iter() {
            for duty in entry.duties(&reader, &open).await? {
                let subject = Some((entry.kind(), duty.subject));
                found.entry(duty.person).or_default().push(Responsibility { said: duty.said, subject, is_sole: true });
            }
        }
        Ok(found)
    }
}

/// The memberships in force for what any of these is for, of people who have not left.
async fn holders(reader: &Reader, of: impl Iterator<Item = &membership::Model>) -> crate::base::Result<Vec<membership::Model>> {
    use membership::{Column, Entity, State};
    let (mut cities, mut programmes, mut pairings) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for row in of {
        cities.extend(row.city.map(Id::uuid));
        programmes.extend(row.programme.map(Id::uuid));
        pairings.extend(row.pairing.map(Id::uuid));
    }
    let any = Condition::any()
        .add(Column::City.is_in(cities))
        .add(Column::Programme.is_in(programmes))
        .add(Column::Pairing.is_in(pairings))
        .add(Column::Role.eq(Role::Administrator));
    let rows = reader.all(reader.parts::<Entity>().filter(Column::State.eq(State::Active)).filter(any)).await?;
    let people = reader.all(reader.parts::<row::Entity>().filter(row::Column::Id.is_in(rows.iter().map(|row| row.person)))).await?;
    let here: BTreeSet<Uuid> =
        people.into_iter().filter(|person| person.state != row::State::Left).map(|person| person.id.uuid()).collect();
    Ok(rows.into_iter().filter(|row| here.contains(&row.person.uuid())).collect())
}

/// What a person has to do; none where the viewer may not hand it on.
pub(super) async fn of(ctx: &Context<'_>, person: Id<Person>) -> crate::base::Result<Option<Vec<Responsibility>>> {
    ctx.scope().loaders.load((), person.uuid(), || Ok(OfPeople)).await
}
