//! The parts of an assignment in the graph: pairs, and who has no partner.
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use uuid::Uuid;

use super::outcome::{Alone, NextBest, Pair, Tie};
use crate::{
    base::{Id, Result as Done},
    domain::{
        application::{Application, MatchReason},
        pairing::Pairing,
    },
    relay::{Object, context::Asking},
};

/// An application of the left side and one of the right.
#[derive(Clone, Debug, InputObject)]
pub struct AssignmentTieInput {
    /// The application of the left side.
    pub left: ID,
    /// The application of the right side.
    pub right: ID,
}

/// The ids that inputs name; `path` is the list's.
pub fn read(ties: &[AssignmentTieInput], path: &str) -> Done<Vec<Tie>> {
    let id = |id: &ID, path: String| Ok::<_, crate::base::Error>(Id::<Application>::parse(id, &path)?.uuid());
    let tie = |(index, tie): (usize, &AssignmentTieInput)| {
        Ok(Tie { left: id(&tie.left, format!("{path}.{index}.left"))?, right: id(&tie.right, format!("{path}.{index}.right"))? })
    };
    ties.iter().enumerate().map(tie).collect()
}

async fn application(ctx: &Context<'_>, id: Uuid) -> Result<Option<Object<Application>>> {
    Ok(ctx.load(Id::new(id)).await?)
}

/// Two in the graph.
pub struct AssignmentTie(pub Tie);

/// An application of the left side and one of the right.
#[Object]
impl AssignmentTie {
    /// The application of the left side.
    async fn left(&self, ctx: &Context<'_>) -> Result<Option<Object<Application>>> {
        application(ctx, self.0.left).await
    }

    /// The application of the right side.
    async fn right(&self, ctx: &Context<'_>) -> Result<Option<Object<Application>>> {
        application(ctx, self.0.right).await
    }
}

/// A pair in the graph.
pub struct AssignmentPair(pub Pair);

/// Two that an assignment brings together.
#[Object]
impl AssignmentPair {
    /// The application of the left side.
    async fn left(&self, ctx: &Context<'_>) -> Result<Option<Object<Application>>> {
        application(ctx, self.0.tie.left).await
    }

    /// The application of the right side.
    async fn right(&self, ctx: &Context<'_>) -> Result<Option<Object<Application>>> {
        application(ctx, self.0.tie.right).await
    }

    /// How well the two fit, 0 to 100.
    async fn score(&self) -> u8 {
        self.0.score
    }

    /// Why, as seen from the left, the weightiest first; their points add up to the score. None where one excludes the other, by hand.
    async fn reasons(&self) -> Vec<Object<MatchReason>> {
        self.0.reasons.iter().cloned().map(|reason| Object(MatchReason(reason))).collect()
    }

    /// Whether an officer said that it must be.
    async fn is_must(&self) -> bool {
        self.0.is_must
    }

    /// How many points of value the best whole without it has less; 0 where one is as good. Null for what must be, where there is no whole without it, and
    /// where pairs were settled by hand.
    async fn worth(&self) -> Option<i64> {
        self.0.worth
    }

    /// The pairing that came of it; null until the call was decided by it.
    async fn pairing(&self, ctx: &Context<'_>) -> Result<Option<Object<Pairing>>> {
        match self.0.pairing {
            Some(pairing) => Ok(ctx.load(Id::new(pairing)).await?),
            None => Ok(None),
        }
    }
}

/// Why one has no partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "AssignmentAloneReason")]
pub enum WhyAlone {
    /// It can serve no partner.
    NoCapacity,
    /// It may be paired with nobody: excluded, or forbidden by an officer.
    NobodyAllowed,
    /// Those it may be paired with score below the lowest that is made.
    BelowMinimum,
    /// Those it may be paired with have only partners that they must have.
    AllBound,
    /// Those it may be paired with are better used elsewhere.
    BetterUsedElsewhere,
    /// An officer left it alone by hand.
    ByHand,
}

impl From<Option<hansa_matching::WhyAlone>> for WhyAlone {
    fn from(why: Option<hansa_matching::WhyAlone>) -> Self {
        use hansa_matching::WhyAlone as Found;
        match why {
            Some(Found::NoCapacity) => Self::NoCapacity,
            Some(Found::NobodyAllowed) => Self::NobodyAllowed,
            Some(Found::BelowMinimum) => Self::BelowMinimum,
            Some(Found::AllBound) => Self::AllBound,
            Some(Found::BetterUsedElsewhere) => Self::BetterUsedElsewhere,
            None => Self::ByHand,
        }
    }
}

/// One without a partner in the graph.
pub struct AssignmentAlone(pub Alone);

/// One who has no partner in an assignment, and why.
#[Object]
impl AssignmentAlone {
    /// The application.
    async fn application(&self, ctx: &Context<'_>) -> Result<Option<Object<Application>>> {
        application(ctx, self.0.application).await
    }

    /// Why.
    async fn why(&self) -> WhyAlone {
        self.0.why.into()
    }

    /// The same in English, with what a partner would cost.
    async fn sentence(&self) -> &str {
        &self.0.sentence
    }

    /// Where others are better used: the partner that it would cost the whole least to give it; else null.
    async fn cheapest_partner(&self, ctx: &Context<'_>) -> Result<Option<Object<Application>>> {
        match self.0.cheapest {
            Some((partner, _)) => application(ctx, partner).await,
            None => Ok(None),
        }
    }

    /// How many points of value that would cost; null where there is none.
    async fn cheapest_cost(&self) -> Option<i64> {
        self.0.cheapest.map(|(_, cost)| cost)
    }
}

/// The next-best whole in the graph.
pub struct AssignmentNextBest(pub NextBest);

/// The best assignment of those that differ in a pair at least.
#[Object]
impl AssignmentNextBest {
    /// How many points of value it has less; 0 where it is as good.
    async fn loss(&self) -> i64 {
        self.0.loss
    }

    /// The same in English, with the pairs that differ.
    async fn sentence(&self) -> &str {
        &self.0.sentence
    }

    /// Pairs of this assignment that it does not have.
    async fn without(&self) -> Vec<Object<AssignmentTie>> {
        self.0.without.iter().map(|tie| Object(AssignmentTie(*tie))).collect()
    }

    /// Pairs that it has instead.
    async fn with(&self) -> Vec<Object<AssignmentTie>> {
        self.0.with.iter().map(|tie| Object(AssignmentTie(*tie))).collect()
    }
}
