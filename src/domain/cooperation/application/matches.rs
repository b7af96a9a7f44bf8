//! Which applications fit one best, and who is told.
//!
//! What an application says is between its city and the officers. So where a call has cities see matches, a city is told which others fit it and why, but of their words
//! nothing: lines are called by their themes, wishes of others count for nothing, and `application` is null. That two exclude each other is told nobody: they
//! are as those that did not apply.
use async_graphql::{Context, ID, Object, Result};
use hansa_matching::Score;

use super::{
    Application,
    reason::{MatchReason, Reason},
    row::State,
};
use crate::{
    access::{Act, Owners, rule},
    base::{Code, Fault, Id, Result as Done, id, refuse, refuse_if, slug},
    domain::{
        call::{Call, Terms},
        city::City,
    },
    relay::{self, context::Asking},
};

/// Matches told at once, at the most.
const MOST: i32 = 100;

/// An application that fits another one.
pub struct Match {
    application: Id<Application>,
    city: Id<City>,
    score: Score,
}

/// An application that fits another one: how well, and why.
#[Object]
impl Match {
    /// The application; null where the viewer may not see it, as it is between its city and the officers.
    async fn application(&self, ctx: &Context<'_>) -> Result<Option<relay::Object<Application>>> {
        Ok(ctx.load(self.application).await?)
    }

    /// The city that would be the partner.
    async fn city(&self, ctx: &Context<'_>) -> Result<Option<relay::Object<City>>> {
        Ok(ctx.load(self.city).await?)
    }

    /// How well the two fit, 0 to 100: the same from either side, as far as both are told of all reasons.
    async fn score(&self) -> u8 {
        self.score.total
    }

    /// Why, the weightiest first; their points add up to the score.
    async fn reasons(&self) -> Vec<relay::Object<MatchReason>> {
        Reason::all_of(&self.score).into_iter().map(|reason| relay::Object(MatchReason(reason))).collect()
    }
}

/// The matches of an application to this call, for those who may be told.
pub async fn matches_of(ctx: &Context<'_>, call: &Call, application: &ID, first: i32) -> Done<Vec<relay::Object<Match>>> {
    let terms = Terms::of_node(call);
    refuse_if(!(1..=MOST).contains(&first), Code::BadInput, "first", format!("“first” is 1 to {MOST}."))?;
    let own = match id::split(application) {
        Some(_) => ctx.load(Id::<Application>::parse(application, "application")?).await?,
        None => ctx.by_slug(slug::check(application, "application")?).await?,
    };
    let Some(own) = own.filter(|own| own.0.0.call == terms.id()) else {
        let message = format!("There is no application “{}” to this call that you can see.", application.as_str());
        return refuse(Code::NotFound, "application", message);
    };
    let (viewer, id, row) = (ctx.viewer(), own.0.0.id, &own.0.0);
    let governs = rule::may(&viewer, Act::Govern, &Owners::of_programmes([terms.programme().uuid()]));
    let is_told = governs || (terms.cities_see_matches() && viewer.cities.contains(&row.city.uuid()));
    let message = "Your roles do not allow this; who fits whom is for officers of the programme or administrators, and for cities where the call says so.";
    refuse_if(!is_told, Code::Forbidden, "application", message)?;
    let pool = super::pool_of(ctx, terms.id()).await?;
    if pool.find(id).is_none() {
        return refuse(Code::WrongState, "application", why_not(row));
    }
    let (weights, first) = (terms.weights().reckoned(), usize::try_from(first).unwrap_or_default());
    let work = move || {
        let own = pool.find(id);
        let ranked = own.map(|own| pool.ranked(own, first, &weights, !governs)).unwrap_or_default();
        ranked.into_iter().map(|(other, score)| relay::Object(Match { application: other.id, city: other.city, score })).collect()
    };
    Ok(tokio::task::spawn_blocking(work).await.map_err(Fault::new)?)
}

/// Why no partner is sought for it.
fn why_not(row: &super::Row) -> &'static str {
    match row.state {
        State::Draft => "It is a draft; partners are sought for what was handed in.",
        State::Submitted | State::Reserve | State::Selected if row.opts_out_of_matching => "Its city wants no partner to be sought for it.",
        State::Submitted | State::Reserve | State::Selected => "It was just changed; ask again.",
        State::Declined => "It was declined; no partner is sought for it.",
        State::Matched => "It has a partner; none is sought for it.",
        State::Withdrawn => "It was taken back; no partner is sought for it.",
    }
}
