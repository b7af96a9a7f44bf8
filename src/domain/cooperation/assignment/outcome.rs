//! What an assignment is made of: what was asked, and what was found.
use hansa_matching::WhyAlone;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::application::Reason;

/// An application of the left side and one of the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    pub left: Uuid,
    pub right: Uuid,
}

/// What was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The sides of the call, by their names.
    pub left: String,
    pub right: String,
    /// Pairs below this score are not made, unless they must be.
    pub minimum_score: u8,
    /// What each who has no partner takes off the value.
    pub alone_cost: u32,
    pub must: Vec<Tie>,
    pub must_not: Vec<Tie>,
}

/// Two that are paired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    #[serde(flatten)]
    pub tie: Tie,
    pub score: u8,
    pub reasons: Vec<Reason>,
    pub is_must: bool,
    /// How many points the best whole without it is worth less; none for what must be, and by hand.
    pub worth: Option<i64>,
    /// What became of it.
    pub pairing: Option<Uuid>,
}

/// One who has no partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alone {
    pub application: Uuid,
    pub is_left: bool,
    /// None where it was left alone by hand.
    pub why: Option<WhyAlone>,
    /// The partner that it would cost least to give it, and how many points of value that costs.
    pub cheapest: Option<(Uuid, i64)>,
    pub sentence: String,
}

/// The best of those that differ in a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextBest {
    pub loss: i64,
    pub sentence: String,
    pub without: Vec<Tie>,
    pub with: Vec<Tie>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub pairs: Vec<Pair>,
    pub alone: Vec<Alone>,
    /// The sum of the scores.
    pub total: i64,
    /// What those who have no partner cost.
    pub alone_cost: i64,
    /// How many points of value it has less than the best in which nothing is settled by hand.
    pub loss: i64,
    pub loss_sentence: String,
    pub is_by_hand: bool,
    /// What it breaks, so that it can't be decided.
    pub breaches: Vec<String>,
    /// None where no other is possible, and by hand.
    pub next_best: Option<NextBest>,
}

impl Outcome {
    /// Who takes part: those with a partner, and those without.
    pub fn applications(&self) -> Vec<Uuid> {
        let mut all = self.paired();
        all.extend(self.alone.iter().map(|alone| alone.application));
        all
    }

    /// Those with a partner, each once.
    pub fn paired(&self) -> Vec<Uuid> {
        let mut all: Vec<Uuid> = self.pairs.iter().flat_map(|pair| [pair.tie.left, pair.tie.right]).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
