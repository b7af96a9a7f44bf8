//! Reading involvements.
use std::collections::HashMap;

use async_graphql::{Context, ID};
use sea_orm::{QueryFilter, QueryOrder, entity::prelude::*};

use super::{
    Involvement, TAKES,
    row::{Column, Entity, State},
};
use crate::{
    domain::{about, organisation::Organisation},
    kernel::prelude::read::*,
    relay::{context::Asking, loaders::Batch},
};

filter!(
    /// Which involvements. A list means any of; fields together mean all of.
    InvolvementFilter {
        /// Of one of these organisations, by id or slug.
        organisations: Vec<ID> = |rows, organisations| rows.named::<Organisation>(Column::Organisation, organisations)?,
        /// In one of these things, by id.
        about: Vec<ID> = |rows, ids| rows.among(Column::About, &about::read_all(ids, "filter.about", TAKES)?),
        /// In one of these states.
        states: Vec<State> = |rows, states| rows.among(Column::State, states),
    }
);

orders!(
    /// How involvements are ordered.
    InvolvementOrder {
        /// By the organisation's name.
        NameAsc = Order::by("name", Column::Name, Sort::Text),
        /// The last added first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
    }
);

listed!(Involvement {
    filter: InvolvementFilter, "Which involvements.",
    order: InvolvementOrder,
    one: "involvement", "The involvement with this slug.",
    all: "involvements", "What organisations take part in.",
});

/// The names of the organisations that take part in things, by what that is.
struct Names;

impl Batch for Names {
    type Key = Uuid;
    type Value = Vec<String>;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<String>>> {
        let taking_part = Column::State.is_not_in([State::Invited, State::Declined]);
        let rows = reader.rows::<Entity>().filter(Column::About.is_in(keys)).filter(taking_part).order_by_asc(Column::Name);
        let mut names: HashMap<Uuid, Vec<String>> = HashMap::new();
        for row in reader.all(rows).await? {
            names.entry(row.about).or_default().push(row.name);
        }
        Ok(names)
    }
}

/// The names of the organisations that take part in a thing or did, as far as the viewer may see them; of all that an answer asks for, one statement.
pub async fn names_about(ctx: &Context<'_>, about: Uuid) -> Result<Vec<String>> {
    Ok(ctx.scope().loaders.load((), about, || Ok(Names)).await?.unwrap_or_default())
}
