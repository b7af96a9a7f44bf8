//! Who a city may share its unpublished things with: itself, one of its pairings, one of its programmes; and who may see
//! what belongs to another thing.
use async_graphql::ID;

use sea_orm::{
    QueryFilter,
    sea_query::{Alias, Expr, ExprTrait},
};
use uuid::Uuid;

use super::{city, city::City, pairing, pairing::Pairing, programme::Programme};
use crate::{
    access::{Audience, Owners, Scope, Viewer},
    base::{Code, Id, Kind, Result, id, refuse},
    domain::{document::Document, involvement::Involvement, organisation::Organisation, practice::Practice, seminar::Seminar},
    kernel::{Living, ParentFacts},
    relay::{NodeType, context::TableOf},
    store::{Record, Refusals, Tx},
};

/// The audience an argument names for a thing of this city; the city alone where it names none.
pub async fn draft_of(tx: &Tx<'_>, city: Id<City>, with: Option<&ID>, path: &str) -> Result<Audience> {
    let Some(with) = with else { return Ok(Audience::of(Scope::City, city.uuid())) };
    let refused = || refuse(Code::TooWide, path, "Share with the city itself, one of its pairings or a programme it takes part in.");
    match id::split(with) {
        Some((City::NAME, id)) if id == city.uuid() => Ok(Audience::of(Scope::City, id)),
        Some((Pairing::NAME, id)) if pairing::members(tx, Id::new(id)).await?.contains(&city.uuid()) => {
            Ok(Audience::of(Scope::Pairing, id))
        }
        Some((Programme::NAME, id)) if city::programmes_of(tx, city).await?.contains(&id) => Ok(Audience::of(Scope::Programme, id)),
        _ => refused(),
    }
}

/// The audience of something that belongs to a thing: the one an argument names, which must be no wider; where it names
/// none, the thing's own audience if it is published with it, else the writer's own people.
pub async fn below(tx: &Tx<'_>, parent: &ParentFacts, with: Option<&ID>, is_published: bool, path: &str) -> Result<Audience> {
    let Some(with) = with else {
        if is_published {
            return Ok(parent.audience.clone());
        }
        let own = own_people(tx.viewer(), &parent.owners);
        return Ok(match own {
            Some(own) if is_within(tx, &own, &parent.audience).await? => own,
            _ => parent.audience.clone(),
        });
    };
    let wide = "Share with a city it belongs to, a pairing or a programme of that city, and with nobody who can't see what it is about.";
    match named(tx, &parent.owners, with).await? {
        Some(audience) if is_within(tx, &audience, &parent.audience).await? => Ok(audience),
        _ => refuse(Code::TooWide, path, wide),
    }
}

/// The audience an id names, if it is one of the owners, or a pairing or programme of theirs.
async fn named(tx: &Tx<'_>, owners: &Owners, with: &ID) -> Result<Option<Audience>> {
    Ok(match id::split(with) {
        Some((City::NAME, id)) if owners.cities.contains(&id) => Some(Audience::of(Scope::City, id)),
        Some((Pairing::NAME, id)) => {
            let members = pairing::members(tx, Id::new(id)).await?;
            members.iter().any(|city| owners.cities.contains(city)).then(|| Audience::of(Scope::Pairing, id))
        }
        Some((Programme::NAME, id)) => {
            let mut is_theirs = owners.programmes.contains(&id);
            for city in &owners.cities {
                is_theirs = is_theirs || city::programmes_of(tx, Id::new(*city)).await?.contains(&id);
            }
            is_theirs.then(|| Audience::of(Scope::Programme, id))
        }
        _ => None,
    })
}

/// Whether everyone of `audience` is surely also in `parent`.
pub async fn is_within(tx: &Tx<'_>, audience: &Audience, parent: &Audience) -> Result<bool> {
    Ok(match (audience.parts(), parent.parts()) {
        ((Scope::City, Some(city)), (Scope::Pairing, Some(pairing))) => pairing::members(tx, Id::new(pairing)).await?.contains(&city),
        ((Scope::City, Some(city)), (Scope::Programme, Some(programme))) => {
            city::programmes_of(tx, Id::new(city)).await?.contains(&programme)
        }
        _ => audience.within(parent, &[]),
    })
}

/// The audience of something that was for `audience` and whose thing is for `parent` now: never wider than either, so that
/// nobody sees it for the first time because the thing was hidden from others.
pub async fn both(tx: &Tx<'_>, audience: &Audience, parent: &Audience, owner: Option<Uuid>) -> Result<Audience> {
    if is_within(tx, audience, parent).await? {
        return Ok(audience.clone());
    }
    if is_within(tx, parent, audience).await? {
        return Ok(parent.clone());
    }
    // Neither holds the other: a pairing with stakeholders of its own and a programme, say.
    Ok(owner.map_or_else(|| parent.clone(), |owner| Audience::of(Scope::City, owner)))
}

/// What cities shared with a pairing that they left is theirs alone again: they would lose it to those whom they no longer belong to.
pub async fn take_back(tx: &mut Tx<'_>, pairing: Id<Pairing>, gone: &[Uuid]) -> Result<()> {
    taken_back::<Practice>(tx, pairing, gone).await?;
    taken_back::<Seminar>(tx, pairing, gone).await?;
    taken_back::<Organisation>(tx, pairing, gone).await?;
    // What is about these has followed them by now.
    taken_back::<Document>(tx, pairing, gone).await?;
    taken_back::<Involvement>(tx, pairing, gone).await
}

/// The same for things of one kind.
async fn taken_back<T: NodeType<Row: Living>>(tx: &mut Tx<'_>, pairing: Id<Pairing>, gone: &[Uuid]) -> Result<()> {
    let shared = Audience::of(Scope::Pairing, pairing.uuid());
    let rows = tx.every::<TableOf<T>>().filter(Expr::col((TableOf::<T>::default(), Alias::new("audience"))).eq(shared.key()));
    for row in tx.all(rows).await? {
        let cities = row.owners().cities;
        if let Some(own) = cities.first().filter(|_| cities.iter().all(|city| gone.contains(city))) {
            let mut after = row.clone();
            after.set_audience(Audience::of(Scope::City, *own));
            tx.change(&row, after, &[]).await?;
        }
    }
    Ok(())
}

/// The narrowest audience of an owner the viewer writes for; of the first owner for an administrator.
fn own_people(viewer: &Viewer, owners: &Owners) -> Option<Audience> {
    let city = owners.cities.iter().find(|city| viewer.cities.contains(city));
    let programme = owners.programmes.iter().find(|programme| viewer.programmes.contains(programme));
    let of = |scope, id: Option<&Uuid>| id.map(|id| Audience::of(scope, *id));
    of(Scope::City, city)
        .or_else(|| of(Scope::Programme, programme))
        .or_else(|| of(Scope::City, owners.cities.first()))
        .or_else(|| of(Scope::Programme, owners.programmes.first()))
}

/// Everyone, or the people of the programme.
pub fn of_programme(programme: Id<Programme>, with: Option<&ID>) -> Result<Audience> {
    match with.map(|with| id::split(with)) {
        None => Ok(Audience::public()),
        Some(Some((Programme::NAME, id))) if id == programme.uuid() => Ok(Audience::of(Scope::Programme, id)),
        Some(_) => refuse(Code::TooWide, "input.shareWith", "Share it with its own programme, or with everyone."),
    }
}

/// Refuses an audience that is neither everyone nor the people of the programme.
pub fn is_of_programme(audience: &Audience, programme: Id<Programme>, refusals: &mut Refusals) {
    let is_own = audience.is_public() || *audience == Audience::of(Scope::Programme, programme.uuid());
    let field = refusals.either("share_with", "audience");
    refusals.refuse_if(!is_own, Code::TooWide, field, "Share it with its own programme, or with everyone.");
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_programme_shares_with_its_own_people_or_everyone() {
        let (own, other) = (Id::<Programme>::new(Uuid::from_u128(1)), Id::<Programme>::new(Uuid::from_u128(2)));
        assert!(of_programme(own, None).unwrap().is_public());
        assert_eq!(of_programme(own, Some(&ID(own.to_string()))).unwrap(), Audience::of(Scope::Programme, own.uuid()));
        assert!(of_programme(own, Some(&ID(other.to_string()))).is_err());
        assert!(of_programme(own, Some(&ID("rubbish".into()))).is_err());
    }

    #[test]
    fn a_draft_goes_to_the_people_of_the_one_who_writes_it() {
        let [one, two, programme] = [1, 2, 3].map(Uuid::from_u128);
        let owners = Owners { cities: vec![one, two], programmes: vec![programme] };
        let person = |cities: &[Uuid], programmes: &[Uuid]| {
            let set = |ids: &[Uuid]| ids.iter().copied().collect::<BTreeSet<_>>();
            Viewer::person(Uuid::from_u128(9), None, false, set(cities), set(programmes), [])
        };
        assert_eq!(own_people(&person(&[two], &[]), &owners), Some(Audience::of(Scope::City, two)));
        assert_eq!(own_people(&person(&[], &[programme]), &owners), Some(Audience::of(Scope::Programme, programme)));
        assert_eq!(own_people(&Viewer::hub(), &owners), Some(Audience::of(Scope::City, one)));
        assert_eq!(own_people(&Viewer::hub(), &Owners::default()), None);
    }
}
