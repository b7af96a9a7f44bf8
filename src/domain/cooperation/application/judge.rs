//! Judging whether a city may apply, with what the graph and transactions know of it.
use std::collections::HashMap;

use async_graphql::{Context, ID};
use uuid::Uuid;

use super::{
    Application, Row,
    eligibility::{self, Case, EligibilityCheck, HandedIn},
    read,
};
use crate::{
    base::{Code, Error, Id, Result, refuse},
    domain::{
        call::{Call, Terms},
        city::{self, City},
        document,
    },
    kernel::prelude::node::*,
    relay::{NodeType, loaders::Batch},
    store::{Reader, Record, Tx},
};

/// Whether a city may apply to a call, before anything is written, as far as the viewer may know.
pub async fn eligibility_of(ctx: &Context<'_>, call: &Call, city: &ID) -> Result<Vec<EligibilityCheck>> {
    let id = Id::<City>::parse(city, "city")?;
    let Some(city) = ctx.load(id).await? else { return refuse(Code::NotFound, "city", format!("There is no city {id} that you can see.")) };
    let terms = Terms::of_node(call).as_seen_by(&ctx.viewer());
    let has_applied = read::is_known_to_have_applied(ctx.reader(), call.row().id(), id).await?;
    let case = Case { terms: &terms, city: &city::facts(&city.0), now: ctx.now(), has_applied, handed_in: None };
    Ok(eligibility::checks(&case))
}

/// The same of what a city has written. It has no other application, or this could not have been begun.
pub(super) async fn of_written(ctx: &Context<'_>, application: &Application) -> Result<Vec<EligibilityCheck>> {
    let row = &application.0;
    let (call, city) = futures_util::future::try_join(ctx.load(row.call), ctx.load(row.city)).await?;
    let (Some(call), Some(city)) = (call, city) else { return Ok(Vec::new()) };
    let documents = ctx.scope().loaders.load((), row.id.uuid(), || Ok(Titles)).await?.unwrap_or_default();
    let terms = Terms::of_node(&call.0).as_seen_by(&ctx.viewer());
    let handed_in = Some(HandedIn { challenges: row.challenges.len(), documents: &documents });
    let case = Case { terms: &terms, city: &city::facts(&city.0), now: ctx.now(), has_applied: false, handed_in };
    Ok(eligibility::checks(&case))
}

/// The titles of the documents about several applications at once.
struct Titles;

impl Batch for Titles {
    type Key = Uuid;
    type Value = Vec<String>;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<String>>> {
        document::published_titles(&reader, &keys).await
    }
}

/// Refuses to hand in what does not meet the rules: all that is wrong at once.
pub(super) async fn may_be_handed_in(tx: &Tx<'_>, row: &Row) -> Result<Terms> {
    let Some(terms) = Terms::held(tx, row.call).await? else { return refuse(Code::NotFound, "input.id", "Its call is not there.") };
    let cities = city::facts_of_all(tx, &[row.city.uuid()]).await?;
    let Some(city) = cities.first() else { return refuse(Code::NotFound, "input.id", "Its city is not there.") };
    let documents = document::published_titles_in(tx, row.id.uuid()).await?;
    let handed_in = Some(HandedIn { challenges: row.challenges.len(), documents: &documents });
    let case = Case { terms: &terms, city, now: tx.now(), has_applied: false, handed_in };
    let refusals = eligibility::refusals(&eligibility::checks(&case));
    if refusals.is_empty() { Ok(terms) } else { Err(Error::Refused(refusals)) }
}
