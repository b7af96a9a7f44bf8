//! Asking for digests, and ending them.
use std::collections::HashMap;

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use sea_orm::{Condition, QueryFilter, entity::prelude::*};

use super::{
    read::Digest,
    row::{self, Column, Entity, Period},
};
use crate::{
    kernel::prelude::write::*,
    relay::{Object, Outcome, Position, UserError},
    store::Reader,
};

/// What `updateDigest` takes.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateDigestInput {
    /// How often.
    pub period: Period,
}

/// What `updateDigest` answers.
#[derive(SimpleObject)]
pub struct UpdateDigestPayload {
    /// How it is now.
    pub digest: Option<Object<Digest>>,
    /// Why it was refused; empty when it was done.
    pub errors: Vec<UserError>,
    /// The log's position after the change.
    pub position: Option<Position>,
}

/// Sets how often.
#[derive(Debug)]
struct Set(Period);

impl Command for Set {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<()> {
        tx.may(Act::Join, &Owners::default())?;
        let person = tx.viewer().account()?;
        settle(tx, person, self.0).await.map(drop)
    }
}

/// Sees to it that a person gets their digests so often, from now on; answers whether that is a change.
pub async fn settle(tx: &mut Tx<'_>, person: Uuid, period: Period) -> crate::base::Result<bool> {
    let own = Condition::all().add(Column::Person.eq(person));
    let before = tx.first(tx.every::<Entity>().filter(own.clone())).await?;
    if before.as_ref().map_or(Period::Never, |row| row.period) == period {
        return Ok(false);
    }
    let due_at = row::next(period, tx.now());
    match before {
        // From daily to weekly or back: what was not told yet is told by the next.
        Some(before) if before.period != Period::Never && period != Period::Never => {
            tx.mark::<Entity>(own, vec![(Column::Period, period.into_value().into()), (Column::DueAt, due_at.0.into())]).await?;
        }
        Some(_) if period == Period::Never => end(tx, own).await?,
        _ => {
            tx.discard::<Entity>(own).await?;
            // What was before counts as told.
            let seq = tx.log_head().await?;
            let secret = hex::encode(tx.secret());
            let claimed_until = crate::base::Moment::default();
            tx.derived(row::Model { person, period, seq, upto: None, due_at, claimed_until, failures: 0, secret });
        }
    }
    Ok(true)
}

/// How often these people get their digests; those who get none are left out.
pub async fn periods(reader: &Reader, people: &[Uuid]) -> crate::base::Result<HashMap<Uuid, Period>> {
    let asked = Condition::all().add(Column::Person.is_in(people.iter().copied())).add(Column::Period.ne(Period::Never));
    let rows = reader.all(reader.parts::<Entity>().filter(asked)).await?;
    Ok(rows.into_iter().map(|row| (row.person, row.period)).collect())
}

async fn end(tx: &mut Tx<'_>, which: Condition) -> crate::base::Result<()> {
    let never = Period::Never.into_value();
    tx.mark::<Entity>(which, vec![(Column::Period, never.into()), (Column::Upto, Option::<i64>::None.into())]).await?;
    Ok(())
}

/// Ends the digests whose address has this secret; doing so twice changes nothing.
pub struct End(pub String);

impl Command for End {
    /// Whether there is such a digest.
    type Output = bool;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<bool> {
        let which = Condition::all().add(Column::Secret.eq(self.0.as_str()));
        let is_known = tx.first(tx.every::<Entity>().filter(which.clone())).await?.is_some();
        if is_known {
            end(tx, which).await?;
        }
        Ok(is_known)
    }
}

/// The digests' part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "DigestMutation")]
impl Mutation {
    /// Says how often the viewer gets their notifications by mail, from now on. For everyone with an account, on a hub that sends mail.
    /// Errors: UNAUTHENTICATED, WRONG_STATE.
    async fn update_digest(&self, ctx: &Context<'_>, input: UpdateDigestInput) -> Result<UpdateDigestPayload> {
        let sends = refuse_if(
            !ctx.hub().sends_mail && input.period != Period::Never && ctx.viewer().person.is_some(),
            Code::WrongState,
            "input.period",
            "This hub sends no mail; its operator can have it do so by the setting “smtp-url”.",
        );
        let outcome = Outcome::of(ctx.attempt(None, sends.map(|()| Set(input.period))).await)?;
        let digest = match (outcome.output, ctx.viewer().person) {
            (Some(()), Some(person)) => Some(Object(Digest::of(ctx.reader(), person).await?)),
            _ => None,
        };
        Ok(UpdateDigestPayload { digest, errors: outcome.errors, position: outcome.position })
    }
}
