//! Reading follows, and which entries of the log they ask for.
use std::collections::HashMap;

use sea_orm::{QueryFilter, QueryOrder, entity::prelude::*};

use super::row;
use crate::{
    base::Kind,
    domain::{
        event,
        programme::{self, Programme},
        saved_search,
        theme::Theme,
    },
    kernel::prelude::read::*,
    relay::Refs,
    store::log::{Told, Wanted},
};

/// A thing somebody follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Its kind.
    pub kind: String,
    /// Which one.
    pub id: Uuid,
}

/// What a person follows, the last first.
pub async fn of_person(reader: &Reader, person: Uuid) -> Result<Vec<Followed>> {
    let select = reader.parts::<row::Entity>().filter(row::Column::Person.eq(person)).order_by_desc(row::Column::Since);
    Ok(reader.all(select).await?.into_iter().map(|row| Followed { kind: row.kind, id: row.subject }).collect())
}

/// What each of these people follows, in the order in which they began to.
pub async fn of_all(reader: &Reader, people: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<Followed>>> {
    let select = reader.parts::<row::Entity>().filter(row::Column::Person.is_in(people));
    let mut found: HashMap<Uuid, Vec<Followed>> = HashMap::new();
    for row in reader.all(select.order_by_asc(row::Column::Since).order_by_asc(row::Column::Subject)).await? {
        found.entry(row.person).or_default().push(Followed { kind: row.kind, id: row.subject });
    }
    Ok(found)
}

/// Up to where a person has read.
pub async fn read_upto(reader: &Reader, person: Uuid) -> Result<i64> {
    let read = reader.first(reader.parts::<row::read::Entity>().filter(row::read::Column::Person.eq(person))).await?;
    Ok(read.map_or(0, |read| read.seq))
}

/// The entries a person is told of: about what they follow, matches of their saved searches, or told to them alone; made by others. A theme stands for
/// everything below it, a programme for its cities.
pub async fn wanted(reader: &Reader, person: Uuid) -> Result<Wanted> {
    let followed = of_person(reader, person).await?;
    let of = |kind: &str| followed.iter().filter(|followed| followed.kind == kind).map(|followed| followed.id).collect::<Vec<_>>();
    let mut about: Vec<Uuid> = followed.iter().map(|followed| followed.id).collect();
    about.extend(Refs::below::<Theme>(reader, &of(Theme::NAME)).await?);
    about.extend(programme::reach(reader, of(Programme::NAME)).await?);
    about.extend(saved_search::ids_of_person(reader, person).await?);
    // Nothing followed is nothing wanted, not everything.
    about.push(Uuid::nil());
    about.sort_unstable();
    about.dedup();
    let told = Told { person, events: event::personal_words() };
    Ok(Wanted { about, told: Some(told), not_by: Some(person), ..Wanted::default() })
}
