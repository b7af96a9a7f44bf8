//! Who may write to whom: a person's address, as far as they let the viewer see it.
use std::collections::HashMap;

use async_graphql::Context;
use sea_orm::{Condition, QueryFilter, entity::prelude::*};

use super::row::{self, ContactVisibility};
use crate::{
    access::{Scope, Viewer, members},
    base::Result,
    relay::{context::Asking, loaders::Batch},
    store::Reader,
};

/// What a person is told whose account was made.
pub const TOLD: &str = "The e-mail address is shown to the representatives of the person's own and partner cities (`contactVisibleTo: PARTNERS`). The person changes that by `updatePerson`; to everyone else it is hidden.";

/// The scopes that somebody shares with the viewer who lets them see the address.
const fn scopes(visible_to: ContactVisibility) -> &'static [Scope] {
    match visible_to {
        ContactVisibility::Nobody => &[],
        ContactVisibility::Partners => &[Scope::City, Scope::Pairing],
        ContactVisibility::Programme | ContactVisibility::Public => &members::SHARED,
    }
}

/// Whose address the viewer sees of those they see.
fn open_to(viewer: &Viewer) -> Condition {
    let to = |visible_to| row::Column::ContactVisibleTo.eq(visible_to);
    [ContactVisibility::Partners, ContactVisibility::Programme].into_iter().fold(
        Condition::any().add(to(ContactVisibility::Public)),
        |any, visible_to| match members::members_with(viewer, scopes(visible_to)) {
            Some(members) => any.add(Condition::all().add(to(visible_to)).add(row::Column::Id.in_subquery(members))),
            None => any,
        },
    )
}

/// The addresses by person.
struct Addresses;

impl Batch for Addresses {
    type Key = Uuid;
    type Value = String;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
        let select = reader.rows::<row::Entity>().filter(row::Column::Id.is_in(keys)).filter(row::Column::State.ne(row::State::Left));
        let rows = reader.all(select.filter(open_to(&reader.viewer()))).await?;
        Ok(rows.into_iter().map(|row| (row.id.uuid(), row.email)).collect())
    }
}

/// The address of a person who is neither the viewer nor seen by an administrator, where they let the viewer see it.
pub(super) async fn address(ctx: &Context<'_>, row: &row::Model) -> Result<Option<String>> {
    // Where it is hidden from all, nobody need be asked.
    if row.contact_visible_to == ContactVisibility::Nobody {
        return Ok(None);
    }
    ctx.scope().loaders.load((), row.id.uuid(), || Ok(Addresses)).await
}
