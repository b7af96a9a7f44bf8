//! Reading digests.
use async_graphql::{Context, Object, Result};
use sea_orm::{QueryFilter, entity::prelude::*};

use super::row::{self, Period};
use crate::{
    relay::{DateTime, Object, Position, context::Asking},
    store::Reader,
};

/// How often a person gets what they are told of by mail.
pub struct Digest(Option<row::Model>);

impl Digest {
    /// That of a person.
    pub(super) async fn of(reader: &Reader, person: Uuid) -> crate::base::Result<Self> {
        Ok(Self(reader.first(reader.parts::<row::Entity>().filter(row::Column::Person.eq(person))).await?))
    }
}

/// How often the viewer gets notifications by mail: unread ones alone, in the best of their languages, where there are any.
#[Object]
impl Digest {
    /// How often; `NEVER` for who did not ask.
    async fn period(&self) -> Period {
        self.0.as_ref().map_or(Period::Never, |row| row.period)
    }

    /// When the next one is due; null where none comes.
    async fn next_at(&self) -> Option<DateTime> {
        self.0.as_ref().filter(|row| row.period != Period::Never).map(|row| DateTime(row.due_at))
    }

    /// Up to where the last one told; null where there was none and none comes.
    async fn sent_upto(&self) -> Option<Position> {
        self.0.as_ref().map(|row| Position(row.seq))
    }
}

/// Whether there is a digest whose address has this secret.
pub async fn of_secret(reader: &Reader, secret: &str) -> crate::base::Result<bool> {
    Ok(reader.first(reader.parts::<row::Entity>().filter(row::Column::Secret.eq(secret))).await?.is_some())
}

/// The digests' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "DigestQuery")]
impl Query {
    /// How often the viewer gets notifications by mail; null for the public.
    async fn digest(&self, ctx: &Context<'_>) -> Result<Option<Object<Digest>>> {
        match ctx.viewer().person {
            Some(person) => Ok(Some(Object(Digest::of(ctx.reader(), person).await?))),
            None => Ok(None),
        }
    }
}
