//! The name of a person on a list that the viewer may see: the account itself stays hidden.
use std::collections::HashMap;

use async_graphql::Context;
use sea_orm::{QueryFilter, entity::prelude::*};

use super::{Person, row};
use crate::{
    base::{Id, Result},
    relay::{context::Asking, loaders::Batch},
    store::Reader,
};

struct Names;

impl Batch for Names {
    type Key = Uuid;
    type Value = String;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
        let rows = reader.all(reader.parts::<row::Entity>().filter(row::Column::Id.is_in(keys))).await?;
        Ok(rows.into_iter().map(|row| (row.id.uuid(), row.name)).collect())
    }
}

/// The name of a person who put themself on a list. Ask only for viewers who may see that list.
pub async fn name_of(ctx: &Context<'_>, person: Id<Person>) -> Result<Option<String>> {
    ctx.scope().loaders.load((), person.uuid(), || Ok(Names)).await
}
