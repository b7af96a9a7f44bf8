//! An assignment in the graph.
use super::{
    outcome::Tie,
    pair::{AssignmentAlone, AssignmentNextBest, AssignmentPair, AssignmentTie},
    row::{self, State},
};
use crate::kernel::prelude::node::*;

node!(
    /// Which applications of two sides of a call are brought together.
    Assignment = "assignment", ViewerCan;
    says &[("audience", "Who may see it: the officers of the programme, as it is made of what cities handed in to them.")]; {
        /// What its call was called when it was proposed.
        "name": &str = |row| &row.name,
        /// Where it is in its life.
        "state": State = |row| row.state,
        /// One side of the call, by its name: the left of each pair.
        "leftSide": &str = |row| &row.settings.left,
        /// The other side, by its name.
        "rightSide": &str = |row| &row.settings.right,
        /// The lowest score, 0 to 100, of pairs that are made, unless they must be.
        "minimumScore": u8 = |row| row.settings.minimum_score,
        /// How many points each who has no partner takes off the value.
        "aloneCost": u32 = |row| row.settings.alone_cost,
        /// Pairs that an officer said must be.
        "must": Vec<Object<AssignmentTie>> = |row| ties(&row.settings.must),
        /// Pairs that an officer said must not be.
        "mustNot": Vec<Object<AssignmentTie>> = |row| ties(&row.settings.must_not),
        /// Its pairs.
        "pairs": Vec<Object<AssignmentPair>> = |row| row.outcome.pairs.iter().cloned().map(|pair| Object(AssignmentPair(pair))).collect(),
        /// Those who have no partner, and why: the left side first.
        "alone": Vec<Object<AssignmentAlone>> = |row| row.outcome.alone.iter().cloned().map(|alone| Object(AssignmentAlone(alone))).collect(),
        /// The sum of the scores.
        "total": i64 = |row| row.outcome.total,
        /// The total less what those without a partner cost: of what was reckoned no other whole has more.
        "value": i64 = |row| row.outcome.total - row.outcome.alone_cost,
        /// How many points of value it has less than the best whole in which nothing must or must not be and nothing is settled by hand: what its officers' wishes
        /// cost. Less than 0 where it has pairs that may not be made.
        "loss": i64 = |row| row.outcome.loss,
        /// The same in English.
        "lossSentence": &str = |row| &row.outcome.loss_sentence,
        /// Whether all its pairs were settled by hand.
        "isByHand": bool = |row| row.outcome.is_by_hand,
        /// What it breaks, in English: whoever has too many partners, pairs that may not be. It can't be decided until there is nothing.
        "breaches": &[String] = |row| &row.outcome.breaches,
        /// The best of those that differ in a pair; null where no other is possible, and where pairs were settled by hand.
        "nextBest": Option<Object<AssignmentNextBest>> = |row| row.outcome.next_best.clone().map(|next| Object(AssignmentNextBest(next))),
        /// The version of the call's weights by which it was reckoned.
        "weightsVersion": i64 = |row| row.weights_version,
        /// What its officers note.
        "note": Option<&str> = |row| row.note.as_deref(),
        /// The day its call was decided by it; null before.
        "decidedOn": Option<DateValue> = |row| row.decided_on.as_ref().map(|day| DateValue(day.0)),
        /// The day that was taken back; null where it was not.
        "undoneOn": Option<DateValue> = |row| row.undone_on.as_ref().map(|day| DateValue(day.0)),
        /// Why it was taken back.
        "undoneReason": Option<&str> = |row| row.undone_reason.as_deref(),
    }
);

fn ties(ties: &[Tie]) -> Vec<Object<AssignmentTie>> {
    ties.iter().map(|tie| Object(AssignmentTie(*tie))).collect()
}

node_object!(
    /// Which applications of two sides of a call are brought together, reckoned for all at once: the whole with the highest value. A draft is changed by its
    /// officers until the call is decided by it.
    Assignment
);
