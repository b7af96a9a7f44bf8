//! The best assignment, with what the next-best whole would have lost.
use hansa_text::listed;
use serde::{Deserialize, Serialize};

use super::{
    alone::{Alone, alone},
    flow::solve,
    instance::{Cell, Instance},
    problem::{Participant, Problem, Refusal},
    residual::Residual,
};
use crate::words::counted;

/// Two that are paired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// The keys.
    pub left: String,
    pub right: String,
    pub score: u8,
    /// Whether an officer said that it must be.
    pub is_must: bool,
    /// How many points the best whole without this pair is worth less; 0 where one is as good. None for what must be.
    pub worth: Option<i64>,
}

/// The best of those that differ in a pair at least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextBest {
    /// How many points of value it loses against the best; 0 where it is as good.
    pub loss: i64,
    /// Pairs that the best has and this has not, by their keys, and the reverse.
    pub without: Vec<(String, String)>,
    pub with: Vec<(String, String)>,
    pub sentence: String,
}

/// The best assignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// By the keys of the left, then of the right.
    pub pairs: Vec<Pair>,
    /// The sum of the scores.
    pub total: i64,
    /// What those who stay alone cost.
    pub alone_cost: i64,
    /// The total less that cost: no assignment has more.
    pub value: i64,
    /// Who stays alone: the left by their keys, then the right.
    pub alone: Vec<Alone>,
    /// None where no other assignment is possible.
    pub next_best: Option<NextBest>,
}

/// Finds the best assignment: exactly, whatever the order of the problem. Refused is a problem that contradicts itself.
pub fn assign(problem: &Problem) -> Result<Assignment, Vec<Refusal>> {
    let instance = Instance::of(problem)?;
    let chosen = solve(&instance);
    let residual = Residual::of(&instance, &chosen);
    let is_chosen = |(row, column): &(usize, usize)| chosen[instance.at(*row, *column)];
    let pair = |(row, column): (usize, usize)| Pair {
        left: instance.left_one(row).key.clone(),
        right: instance.right_one(column).key.clone(),
        score: instance.score(row, column).unwrap_or_default(),
        is_must: instance.cell(row, column) == Cell::Must,
        worth: residual.cost_of_change(row, column).map(|cost| instance.points(cost)),
    };
    let (total, alone_cost) = instance.figures(&chosen);
    Ok(Assignment {
        pairs: instance.pairs().filter(is_chosen).map(pair).collect(),
        total,
        alone_cost,
        value: total - alone_cost,
        alone: alone(&instance, &chosen, &residual),
        next_best: next_best(&instance, &chosen, &residual),
    })
}

/// Of those that lack a chosen pair; one that only has a further pair would be the best itself, by its pairs.
fn next_best(instance: &Instance, chosen: &[bool], residual: &Residual) -> Option<NextBest> {
    let lacking = instance.pairs().filter(|(row, column)| chosen[instance.at(*row, *column)]);
    let costs = lacking.filter_map(|(row, column)| Some((residual.cost_of_change(row, column)?, row, column)));
    let (cost, row, column) = costs.min()?;
    let mut without_it = instance.clone();
    without_it.forbid(row, column);
    let other = solve(&without_it);
    let named = |(row, column): (usize, usize)| (instance.left_one(row), instance.right_one(column));
    let of = |one: &[bool], other: &[bool]| -> Vec<_> {
        let differing = instance.pairs().filter(|(row, column)| one[instance.at(*row, *column)] && !other[instance.at(*row, *column)]);
        differing.map(named).collect()
    };
    let (without, with) = (of(chosen, &other), of(&other, chosen));
    let told = |pairs: &[(&Participant, &Participant)]| -> String {
        let names: Vec<String> = pairs.iter().map(|(one, other)| format!("{} – {}", one.name, other.name)).collect();
        if names.is_empty() { "no pair".to_owned() } else { listed(&names) }
    };
    let loss = instance.points(cost);
    let lost = if loss == 0 { "would be worth as much".to_owned() } else { format!("would lose {}", counted(loss, "point")) };
    let sentence = format!("The next-best whole {lost}: {} in place of {}.", told(&with), told(&without));
    let keys =
        |pairs: Vec<(&Participant, &Participant)>| pairs.into_iter().map(|(one, other)| (one.key.clone(), other.key.clone())).collect();
    Some(NextBest { loss, without: keys(without), with: keys(with), sentence })
}
