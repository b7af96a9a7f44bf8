//! What others decide by of a city: its name, where it is, what sort of place, how many people live there.
use sea_orm::{QueryFilter, entity::prelude::*};

use super::{
    City,
    row::{self, CityKind, Population},
};
use crate::{
    base::{Id, Result},
    store::{Reader, Tx},
};

/// A city, as far as somebody decides by it.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Which.
    pub id: Id<City>,
    /// The official name.
    pub name: String,
    /// ISO 3166-1 two-letter code.
    pub country: String,
    /// What sort of place it is.
    pub kind: CityKind,
    /// Inhabitants, the usual boundary first.
    pub populations: Vec<Population>,
}

impl Facts {
    /// The first count of the whole place, in its usual boundary; none where none is told.
    pub fn population(&self) -> Option<&Population> {
        self.populations.iter().find(|population| population.municipality.is_none())
    }
}

impl From<row::Model> for Facts {
    fn from(row: row::Model) -> Self {
        Self { id: row.id, name: row.name, country: row.country, kind: row.city_kind, populations: row.populations.0 }
    }
}

/// One city; refused where the viewer does not see it, and `path` names it.
pub async fn facts_of(tx: &Tx<'_>, city: Id<City>, path: &str) -> Result<Facts> {
    Ok(tx.seen::<row::Model>(city, path).await?.into())
}

/// The cities behind these ids, in no order.
pub async fn facts_of_all(tx: &Tx<'_>, ids: &[Uuid]) -> Result<Vec<Facts>> {
    let rows = tx.all(tx.rows::<row::Entity>().filter(row::Column::Id.is_in(ids.iter().copied()))).await?;
    Ok(rows.into_iter().map(Facts::from).collect())
}

/// The same as a reader's viewer sees them.
pub async fn facts_read(reader: &Reader, ids: &[Uuid]) -> Result<Vec<Facts>> {
    Ok(reader.by_ids::<row::Entity>(ids).await?.into_iter().map(Facts::from).collect())
}

/// The city that was read.
pub fn facts(city: &City) -> Facts {
    city.0.clone().into()
}
