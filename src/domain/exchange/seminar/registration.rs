//! Registrations: who takes a place or waits for one, for which city, and whether they came. A part of the seminar; it never leaves the list, it is taken back.
use std::collections::HashMap;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{
    Row, Seminar, life,
    row::{self, State},
};
use crate::{
    base::{Code, Id, Kind, Moment, refuse},
    domain::{
        city::City,
        person::{self, Person},
    },
    kernel::{export::ExportContext, import::ImportContext},
    relay::{Connection, DateTime, Object, PageArgs, context::Asking, loaders::Batch, refs},
    store::{Order, Reader, Tx, page::Sort, reader::Parent},
};

/// Whether a registration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum, async_graphql::Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[graphql(name = "SeminarRegistrationState")]
pub enum Stand {
    /// It takes a place.
    Registered,
    /// It waits for one.
    Waiting,
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
    /// Whether they came; none where nobody noted it.
    pub attended: Option<bool>,
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

    /// Whether it takes a place or waits for one.
    async fn state(&self) -> Stand {
        self.0.state
    }

    /// Whether they came; null where nobody noted it.
    async fn attended(&self) -> Option<bool> {
        self.0.attended
    }

    /// When they registered, or began to wait.
    async fn registered_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

/// What a person has said to a seminar, be it taken back.
pub(super) async fn of_person(tx: &Tx<'_>, seminar: Id<Seminar>, person: Id<Person>) -> crate::base::Result<Option<Model>> {
    tx.first(tx.every::<Entity>().filter(Column::Seminar.eq(seminar)).filter(Column::Person.eq(person))).await
}

/// The registrations of a seminar in one state, the first first. Ask only for viewers who may see the list.
pub(super) async fn list(
    ctx: &Context<'_>,
    seminar: Id<Seminar>,
    state: Stand,
    page: &PageArgs,
) -> crate::base::Result<Connection<SeminarRegistration>> {
    let order = || Order::by("registered", Column::CreatedAt, Sort::Number);
    let select = move |reader: &Reader| Ok((reader.parts::<Entity>().filter(Column::State.eq(state)), order()));
    ctx.parts(seminar.uuid(), Parent::Column("seminar"), page, SeminarRegistration, select).await
}

/// Gives places that became free to those who waited longest, and tells them.
pub(super) async fn move_up(tx: &mut Tx<'_>, seminar: &Row, free: Option<i64>) -> crate::base::Result<()> {
    let limit = free.map_or(seminar.waiting, |free| free.min(seminar.waiting));
    if limit <= 0 || seminar.state != State::Scheduled || seminar.has_begun(tx.now()) {
        return Ok(());
    }
    let queue = tx.every::<Entity>().filter(Column::Seminar.eq(seminar.id)).filter(Column::State.eq(Stand::Waiting));
    let queue = queue.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).limit(limit.unsigned_abs());
    let mut moved = 0;
    for row in tx.all(queue).await? {
        tx.part(Some(&row), Model { state: Stand::Registered, ..row.clone() }).await?;
        tx.log_to(seminar, &life::PLACE_FOUND, row.person);
        moved += 1;
    }
    tx.count(seminar, row::Column::Registered, moved).await?;
    tx.count(seminar, row::Column::Waiting, -moved).await
}

/// Who came to a seminar and who did not.
#[derive(Clone, Copy, Debug, Default, SimpleObject)]
pub struct SeminarAttendance {
    /// Who had a place and came.
    pub attended: i64,
    /// Who had a place and did not come.
    pub absent: i64,
    /// Of whom nobody noted it.
    pub unknown: i64,
    /// Who came without a place; null where nobody noted it.
    pub walk_ins: Option<i64>,
}

/// How many places of one seminar are noted in one way.
#[derive(Deserialize)]
struct Noted {
    seminar: Uuid,
    attended: Option<bool>,
    total: i64,
}

struct Attended;

impl Batch for Attended {
    type Key = Uuid;
    type Value = SeminarAttendance;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> crate::base::Result<HashMap<Uuid, SeminarAttendance>> {
        let select = reader.parts::<Entity>().filter(Column::State.eq(Stand::Registered)).filter(Column::Seminar.is_in(keys));
        let counted = select.select_only().columns([Column::Seminar, Column::Attended]).column_as(Column::Id.count(), "total");
        let mut found: HashMap<Uuid, SeminarAttendance> = HashMap::new();
        for noted in reader.project::<_, Noted>(counted.group_by(Column::Seminar).group_by(Column::Attended)).await? {
            let attendance = found.entry(noted.seminar).or_default();
            *match noted.attended {
                Some(true) => &mut attendance.attended,
                Some(false) => &mut attendance.absent,
                None => &mut attendance.unknown,
            } = noted.total;
        }
        Ok(found)
    }
}

/// Who came to a seminar, in numbers.
pub(super) async fn attendance(ctx: &Context<'_>, row: &Row) -> crate::base::Result<SeminarAttendance> {
    let found = ctx.scope().loaders.load((), row.id.uuid(), || Ok(Attended)).await?;
    Ok(SeminarAttendance { walk_ins: row.walk_ins, ..found.unwrap_or_default() })
}

/// These registrations of a seminar that take a place; one that is none is refused by its place in the list.
pub(super) async fn of_ids(tx: &Tx<'_>, seminar: Id<Seminar>, ids: &[ID], path: &str) -> crate::base::Result<Vec<Model>> {
    let ids = refs::ids::<SeminarRegistration>(ids, path)?;
    let select = tx.every::<Entity>().filter(Column::Seminar.eq(seminar)).filter(Column::Id.is_in(ids.iter().copied()));
    let rows = tx.all(select.filter(Column::State.eq(Stand::Registered))).await?;
    match ids.iter().find(|id| rows.iter().all(|row| row.id.uuid() != **id)) {
        None => Ok(rows),
        Some(id) => refuse(Code::NotFound, path, format!("{} has no place at this seminar.", Id::<SeminarRegistration>::new(*id))),
    }
}

/// The registrations of one person by seminar.
struct Own(Uuid);

impl Batch for Own {
    type Key = Uuid;
    type Value = Model;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> crate::base::Result<HashMap<Uuid, Model>> {
        let select = reader.parts::<Entity>().filter(Column::Person.eq(self.0)).filter(Column::Seminar.is_in(keys));
        Ok(reader.all(select.filter(Column::State.ne(Stand::Withdrawn))).await?.into_iter().map(|row| (row.seminar.uuid(), row)).collect())
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
    /// It takes a place where nothing is said.
    state: Option<Stand>,
    attended: Option<bool>,
}

impl RegistrationRecord {
    /// Whether it takes a place.
    pub(super) fn state(&self) -> Stand {
        self.state.unwrap_or(Stand::Registered)
    }

    /// The row it becomes.
    pub(super) fn row(&self, seminar: Id<Seminar>, context: &ImportContext, tx: &Tx<'_>) -> crate::base::Result<Model> {
        Ok(Model {
            id: tx.id(),
            version: 0,
            seminar,
            person: context.id::<Person>(&self.person, "registrations.person")?,
            city: context.maybe::<City>(self.city.as_deref(), "registrations.city")?,
            state: self.state(),
            created_at: self.registered_at.unwrap_or(tx.now()),
            attended: self.attended,
        })
    }

    /// The places of these seminars and who waits for one, the first first.
    pub(super) async fn of_all(seminars: &[Row], context: &ExportContext) -> crate::base::Result<HashMap<Uuid, Vec<Self>>> {
        let all = context.reader().parts::<Entity>().filter(Column::Seminar.is_in(seminars.iter().map(|row| row.id)));
        let mut rows = context.reader().all(all.filter(Column::State.ne(Stand::Withdrawn))).await?;
        rows.sort_by_key(|row| (row.created_at, row.id));
        let mut found: HashMap<Uuid, Vec<Self>> = HashMap::new();
        for row in rows {
            let record = Self {
                person: context.slug(row.person)?,
                city: context.maybe(row.city)?,
                registered_at: Some(row.created_at),
                state: (row.state == Stand::Waiting).then_some(row.state),
                attended: row.attended,
            };
            found.entry(row.seminar.uuid()).or_default().push(record);
        }
        Ok(found)
    }
}
