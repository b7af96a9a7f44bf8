//! What is reckoned before a transaction begins, so that nobody waits for it; and that it still holds within.
use std::collections::BTreeMap;

use async_graphql::Context;
use uuid::Uuid;

use super::super::{
    Row,
    outcome::{Outcome, Settings, Tie},
    reckon::reckon,
};
use crate::{
    base::{Error, Fault, Refusal},
    domain::{
        application,
        call::{CallState, Terms},
    },
    kernel::prelude::write::*,
};

/// What was reckoned, and of what.
#[derive(Clone)]
pub struct Reckoned {
    settings: Settings,
    outcome: Outcome,
    versions: BTreeMap<Uuid, i64>,
    weights_version: i64,
    /// The version of the draft that it changes; none of a new one.
    of_version: Option<i64>,
}

/// The same, or why it can't be; none where the command itself is going to be refused.
pub type Attempt = Option<Result<Reckoned, Vec<Refusal>>>;

/// What a command was given; a refusal is the command's to tell, behind its own.
pub fn attempt(done: Result<Option<Reckoned>>) -> Result<Attempt> {
    match done {
        Ok(done) => Ok(done.map(Ok)),
        Err(Error::Refused(refusals)) => Ok(Some(Err(refusals))),
        Err(fault) => Err(fault),
    }
}

/// What was reckoned; refused where that could not be, or was not, as something changed in between.
pub fn taken(attempt: &Attempt) -> Result<&Reckoned> {
    match attempt {
        Some(Ok(reckoned)) => Ok(reckoned),
        Some(Err(refusals)) => Err(Error::Refused(refusals.clone())),
        None => Err(changed()),
    }
}

fn changed() -> Error {
    Refusal::new(Code::Conflict, "input", "Applications, weights or the draft changed while this was reckoned; try again.").into()
}

/// Applications are assigned while a call takes them and until it is decided.
pub const fn may_be_assigned(state: CallState) -> bool {
    matches!(state, CallState::Open | CallState::Closed)
}

impl Reckoned {
    /// By the applications and weights of now.
    pub async fn of(
        ctx: &Context<'_>,
        terms: &Terms,
        settings: Settings,
        by_hand: Option<Vec<Tie>>,
        of_version: Option<i64>,
    ) -> Result<Self> {
        let pool = application::pool_of(ctx, terms.id()).await?;
        let (weights, weights_version) = (terms.weights().reckoned(), terms.weights().version);
        let work = move || {
            let (outcome, versions) = reckon(&pool, &settings, &weights, by_hand.as_deref())?;
            Ok(Self { settings, outcome, versions, weights_version, of_version })
        };
        tokio::task::spawn_blocking(work).await.map_err(Fault::new)?
    }

    /// Puts it into a row, where it still holds.
    pub async fn put(&self, tx: &Tx<'_>, terms: &Terms, row: &mut Row) -> Result<()> {
        let waiting = application::waiting(tx, terms.id()).await?;
        let sought = waiting.iter().filter(|one| one.is_sought([&self.settings.left, &self.settings.right]));
        let now: BTreeMap<Uuid, i64> = sought.map(|one| (one.id().uuid(), one.version())).collect();
        let is_of_row = self.of_version.is_none_or(|version| version == row.version);
        if now != self.versions || terms.weights().version != self.weights_version || !is_of_row {
            return Err(changed());
        }
        (row.settings, row.outcome) = (Json(self.settings.clone()), Json(self.outcome.clone()));
        (row.versions, row.weights_version) = (Json(self.versions.clone()), self.weights_version);
        Ok(())
    }
}
