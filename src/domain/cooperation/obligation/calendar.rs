//! What is owed as a calendar: at an address with a person's own secret in it, and so what that person may see then. Whoever renews the secret ends the
//! addresses that had the one before.
use async_graphql::{Context, Object, Result, SimpleObject};
use sea_orm::{Condition, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{
    Obligation,
    read::ObligationFilter,
    row::{self, NEVER},
};
use crate::{
    access::Viewer,
    base::{Kind, Moment, Result as Done},
    kernel::Listed,
    relay::{Outcome, Position, UserError, context::Asking},
    store::{Command, Reader, Tx},
};

/// Days of one calendar at the most: the last ones.
const MOST: u64 = 1_000;

/// The secret of a person's calendars.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "calendar_secret")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: Uuid,
    pub secret: String,
}

crate::plain_table!();

/// Something owed with its last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedObligation {
    /// Its id, as the graph has it.
    pub id: String,
    /// Counts its changes, from 0.
    pub sequence: u32,
    pub title: String,
    pub sentence: String,
    /// The last day.
    pub day: jiff::civil::Date,
    pub created_at: Moment,
    pub updated_at: Moment,
}

/// What is owed by a day that is known, as the reader's viewer may see it, in the order of these days.
pub async fn dated(reader: &Reader, filter: &ObligationFilter) -> Done<Vec<DatedObligation>> {
    let known = Obligation::select(reader, filter)?.filter(row::Column::DueAt.lt(NEVER.0));
    let rows = reader.all(known.order_by_desc(row::Column::DueAt).order_by_desc(row::Column::Id).limit(MOST)).await?;
    let days = rows.into_iter().rev().filter_map(|row| {
        Some(DatedObligation {
            day: row.due_by.as_ref()?.0,
            id: row.id.to_string(),
            sequence: u32::try_from(row.version - 1).unwrap_or(u32::MAX),
            title: row.title,
            sentence: row.sentence,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    });
    Ok(days.collect())
}

/// Whose calendars have this secret in their address.
pub async fn person_of_secret(reader: &Reader, secret: &str) -> Done<Option<Uuid>> {
    Ok(reader.first(reader.parts::<Entity>().filter(Column::Secret.eq(secret))).await?.map(|own| own.person))
}

/// The address of the calendar of a pairing or city; none where the viewer may not see what it owes, or has no secret yet.
pub async fn address<T: Kind>(ctx: &Context<'_>, slug: &str, may: impl FnOnce(&Viewer) -> bool) -> Result<Option<String>> {
    let viewer = ctx.viewer();
    let Some(person) = viewer.person.filter(|_| may(&viewer)) else { return Ok(None) };
    let own = ctx.reader().first(ctx.reader().parts::<Entity>().filter(Column::Person.eq(person))).await?;
    Ok(own.map(|own| format!("{}/feeds/obligations/{}/{}/{slug}.ics", ctx.hub().public_url, own.secret, T::NAME)))
}

/// What `renewCalendarAddresses` answers.
#[derive(SimpleObject)]
pub struct RenewCalendarAddressesPayload {
    /// Why it was refused; empty when it was done.
    pub errors: Vec<UserError>,
    /// The log's position after the change.
    pub position: Option<Position>,
}

/// Gives the viewer a new secret.
#[derive(Debug)]
struct Renew;

impl Command for Renew {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<()> {
        let person = tx.viewer().account()?;
        tx.discard::<Entity>(Condition::all().add(Column::Person.eq(person))).await?;
        let secret = hex::encode(tx.secret());
        tx.derived(Model { person, secret });
        Ok(())
    }
}

/// The calendars' part of the mutation root.
#[derive(Default)]
pub struct CalendarMutation;

#[Object(name = "CalendarMutation")]
impl CalendarMutation {
    /// Has the viewer's calendars of what is owed at addresses with a new secret (`Pairing.calendarUrl`, `City.calendarUrl`); the addresses before lead nowhere from
    /// then on. For everyone with an account.
    /// Errors: UNAUTHENTICATED.
    async fn renew_calendar_addresses(&self, ctx: &Context<'_>) -> Result<RenewCalendarAddressesPayload> {
        let outcome = Outcome::of(ctx.submit(None, Renew).await)?;
        Ok(RenewCalendarAddressesPayload { errors: outcome.errors, position: outcome.position })
    }
}
