//! Registrations: who takes a place, for which city. A part of the seminar; it never leaves the list, it is taken back.
use std::collections::HashMap;

use async_graphql::{Context, ID, Object, Result};
use sea_orm::{QueryFilter, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{Row, Seminar};
use crate::{
    base::{Id, Kind, Moment},
    domain::{
        city::City,
        person::{self, Person},
    },
    kernel::{export::ExportContext, import::ImportContext},
    relay::{Connection, DateTime, Object, PageArgs, context::Asking, loaders::Batch},
    store::{Order, Reader, Tx, page::Sort, reader::Parent},
};

/// Whether a registration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// It takes a place.
    Registered,
    /// It was taken back.
    Withdrawn,
}

/// A row of registrations: one for each person and seminar.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "registration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<SeminarRegistration>,
    pub version: i64,
    pub seminar: Id<Seminar>,
    pub person: Id<Person>,
    pub city: Option<Id<City>>,
    pub state: Stand,
    pub created_at: Moment,
}

crate::part!(of | row | row.seminar, named | row | format!("registration/{}", row.person.uuid().simple()));

/// Somebody's place at a seminar.
pub struct SeminarRegistration(Model);

impl Kind for SeminarRegistration {
    const NAME: &'static str = "registration";
}

/// Somebody's place at a seminar.
#[Object]
impl SeminarRegistration {
    /// The id of the registration.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The name of the person.
    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(person::name_of(ctx, self.0.person).await?)
    }

    /// The account; null where the viewer may not see it.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Object<Person>>> {
        Ok(ctx.load(self.0.person).await?)
    }

    /// The city they come for; null where they come for themselves.
    async fn city(&self, ctx: &Context<'_>) -> Result<Option<Object<City>>> {
        match self.0.city {
            Some(city) => Ok(ctx.load(city).await?),
            None => Ok(None),
        }
    }

    /// When they registered.
    async fn registered_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

/// What a person has said to a seminar, be it taken back.
pub(super) async fn of_person(tx: &Tx<'_>, seminar: Id<Seminar>, person: Id<Person>) -> crate::base::Result<Option<Model>> {
    tx.first(tx.every::<Entity>().filter(Column::Seminar.eq(seminar)).filter(Column::Person.eq(person))).await
}

fn in_force(reader: &Reader) -> Select<Entity> {
    reader.parts::<Entity>().filter(Column::State.eq(Stand::Registered))
}

/// The registrations of a seminar, the first first. Ask only for viewers who may see the list.
pub(super) async fn list(ctx: &Context<'_>, seminar: Id<Seminar>, page: &PageArgs) -> crate::base::Result<Connection<SeminarRegistration>> {
    let order = || Order::by("registered", Column::CreatedAt, Sort::Number);
    ctx.parts(seminar.uuid(), Parent::Column("seminar"), page, SeminarRegistration, move |reader| Ok((in_force(reader), order()))).await
}

/// The registrations of one person by seminar.
struct Own(Uuid);

impl Batch for Own {
    type Key = Uuid;
    type Value = Model;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> crate::base::Result<HashMap<Uuid, Model>> {
        let select = in_force(&reader).filter(Column::Person.eq(self.0)).filter(Column::Seminar.is_in(keys));
        Ok(reader.all(select).await?.into_iter().map(|row| (row.seminar.uuid(), row)).collect())
    }
}

/// The viewer's own registration for a seminar.
pub(super) async fn own(ctx: &Context<'_>, seminar: Id<Seminar>) -> crate::base::Result<Option<Object<SeminarRegistration>>> {
    let Some(person) = ctx.viewer().person else { return Ok(None) };
    let row = ctx.scope().loaders.load((), seminar.uuid(), || Ok(Own(person))).await?;
    Ok(row.map(SeminarRegistration).map(Object))
}

/// A place in the record of a seminar.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct RegistrationRecord {
    pub person: String,
    city: Option<String>,
    registered_at: Option<Moment>,
}

impl RegistrationRecord {
    /// The row it becomes.
    pub(super) fn row(&self, seminar: Id<Seminar>, context: &ImportContext, tx: &Tx<'_>) -> crate::base::Result<Model> {
        Ok(Model {
            id: tx.id(),
            version: 0,
            seminar,
            person: context.id::<Person>(&self.person, "registrations.person")?,
            city: context.maybe::<City>(self.city.as_deref(), "registrations.city")?,
            state: Stand::Registered,
            created_at: self.registered_at.unwrap_or(tx.now()),
        })
    }

    /// The places of these seminars, the first first.
    pub(super) async fn of_all(seminars: &[Row], context: &ExportContext) -> crate::base::Result<HashMap<Uuid, Vec<Self>>> {
        let all = in_force(context.reader()).filter(Column::Seminar.is_in(seminars.iter().map(|row| row.id)));
        let mut rows = context.reader().all(all).await?;
        rows.sort_by_key(|row| (row.created_at, row.id));
        let mut found: HashMap<Uuid, Vec<Self>> = HashMap::new();
        for row in rows {
            let record = Self { person: context.slug(row.person)?, city: context.maybe(row.city)?, registered_at: Some(row.created_at) };
            found.entry(row.seminar.uuid()).or_default().push(record);
        }
        Ok(found)
    }
}
