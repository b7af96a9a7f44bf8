//! Why two applications fit, as it is kept and as it stands in the graph.
use async_graphql::{Context, Enum, Object, Result};
use futures_util::future::try_join_all;
use hansa_matching::ReasonKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    base::{Id, Language},
    domain::{goal::Goal, theme::Theme},
    relay::{self, LanguageTag, context::Asking},
};

/// What two applications fit by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "hansa_matching::ReasonKind")]
pub enum MatchReasonKind {
    /// The other's strengths meet the own challenges: their themes are near in the tree, or their words alike.
    OwnChallenges,
    /// The own strengths meet the other's challenges.
    TheirChallenges,
    /// Goals of agendas in common.
    Goals,
    /// Populations alike.
    Size,
    /// The same kind of place.
    Place,
    /// Languages in common that their people can work in.
    Languages,
    /// One would like to work with the other or its country.
    Wishes,
}

/// Why two fit, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What they fit by.
    pub kind: ReasonKind,
    /// What it adds to the score.
    pub points: u8,
    /// What it adds at most.
    pub of: u8,
    /// In English.
    pub sentence: String,
    /// The themes of challenges that are met, the weightiest first.
    pub themes: Vec<Uuid>,
    /// Goals in common.
    pub goals: Vec<Uuid>,
    /// Languages in common.
    pub languages: Vec<String>,
}

impl Reason {
    /// Those of a score whose keys are ids.
    pub fn all_of(score: &hansa_matching::Score) -> Vec<Self> {
        let ids = |keys: &[String]| keys.iter().filter_map(|key| Uuid::parse_str(key).ok()).collect();
        let reason = |reason: &hansa_matching::Reason| Self {
            kind: reason.kind,
            points: reason.points,
            of: reason.of,
            sentence: reason.sentence.clone(),
            themes: ids(&reason.themes),
            goals: ids(&reason.goals),
            languages: reason.languages.clone(),
        };
        score.reasons.iter().map(reason).collect()
    }
}

/// A reason in the graph.
pub struct MatchReason(pub Reason);

/// Why two applications fit, and for how much it counts.
#[Object]
impl MatchReason {
    /// What they fit by.
    async fn kind(&self) -> MatchReasonKind {
        self.0.kind.into()
    }

    /// What it adds to the score; the points of all reasons are the score.
    async fn points(&self) -> u8 {
        self.0.points
    }

    /// What it adds at most: its weight in the call.
    async fn of(&self) -> u8 {
        self.0.of
    }

    /// Why, in English.
    async fn sentence(&self) -> &str {
        &self.0.sentence
    }

    /// The themes of the challenges that are met, the weightiest first; only where it tells of challenges.
    async fn themes(&self, ctx: &Context<'_>) -> Result<Vec<relay::Object<Theme>>> {
        let themes = self.0.themes.iter().map(|theme| ctx.load::<Theme>(Id::new(*theme)));
        Ok(try_join_all(themes).await?.into_iter().flatten().collect())
    }

    /// The goals in common; only where it tells of goals.
    async fn goals(&self, ctx: &Context<'_>) -> Result<Vec<relay::Object<Goal>>> {
        let goals = self.0.goals.iter().map(|goal| ctx.load::<Goal>(Id::new(*goal)));
        Ok(try_join_all(goals).await?.into_iter().flatten().collect())
    }

    /// The languages in common, without their regions; only where it tells of languages.
    async fn languages(&self) -> Vec<LanguageTag> {
        self.0.languages.iter().filter_map(|tag| Language::parse(tag)).map(LanguageTag).collect()
    }
}
