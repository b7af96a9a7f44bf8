//! Changes by hand, and what they cost.
use std::collections::BTreeMap;

use super::{
    assign::{Assignment, assign},
    flow::solve,
    instance::{Cell, Instance},
    problem::{Problem, Refusal, places},
};
use crate::words::counted;

/// The best assignment that has the pairs that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    pub assignment: Assignment,
    /// How many points of value it loses against the best without them.
    pub loss: i64,
    pub sentence: String,
}

/// A whole that was made by hand, just as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    pub total: i64,
    pub alone_cost: i64,
    pub value: i64,
    /// How many points of value it loses against the best.
    pub loss: i64,
    /// What it breaks: pairs that may not be, that must be and are not, capacities. Empty for what may be decided.
    pub breaches: Vec<Refusal>,
    pub sentence: String,
}

/// What it costs to have these pairs whatever the rest, which is assigned anew as well as can be.
pub fn cost_of_swap(problem: &Problem, forced: &[(String, String)]) -> Result<Swap, Vec<Refusal>> {
    let best = value(&Instance::of(problem)?);
    let mut changed = problem.clone();
    changed.must.extend_from_slice(forced);
    let assignment = assign(&changed)?;
    let loss = best - assignment.value;
    Ok(Swap { sentence: told("This change", loss), assignment, loss })
}

/// What a whole that was made by hand is worth.
pub fn evaluate(problem: &Problem, pairs: &[(String, String)]) -> Result<Evaluation, Vec<Refusal>> {
    let instance = Instance::of(problem)?;
    let (left, right) = (places(&problem.left), places(&problem.right));
    let mut breaches = Vec::new();
    let mut at = BTreeMap::new();
    for (nth, (one, other)) in pairs.iter().enumerate() {
        match (left.get(one.as_str()), right.get(other.as_str())) {
            (Some(row), Some(column)) => {
                at.entry((*row, *column)).or_insert(nth);
            }
            (known, _) => {
                let (missing, side) = if known.is_some() { (other, "right") } else { (one, "left") };
                breaches
                    .push(Refusal { path: format!("pairs.{nth}"), sentence: format!("There is no “{missing}” on the {side} side.") });
            }
        }
    }
    let mut chosen = vec![false; left.len() * right.len()];
    for (row, column) in instance.pairs() {
        let told = at.get(&(instance.left.order[row], instance.right.order[column]));
        let (one, other) = (&instance.left_one(row).name, &instance.right_one(column).name);
        let sentence = match (instance.cell(row, column), told) {
            (Cell::Must, None) => format!("{one} and {other} must be paired."),
            (Cell::Excluded, Some(_)) => format!("{one} and {other} may not be paired: one excludes the other, or they have no score."),
            (Cell::MustNot, Some(_)) => format!("{one} and {other} must not be paired."),
            (Cell::BelowMinimum, Some(_)) => {
                format!("{one} and {other} have a score below {}, the lowest that is paired.", problem.minimum_score)
            }
            _ => String::new(),
        };
        if !sentence.is_empty() {
            breaches.push(Refusal { path: told.map_or_else(|| "pairs".to_owned(), |nth| format!("pairs.{nth}")), sentence });
        }
        chosen[instance.at(row, column)] = told.is_some();
    }
    breaches.extend(over_capacity(&instance, &chosen));
    let (total, alone_cost) = instance.figures(&chosen);
    let (value, best) = (total - alone_cost, value(&instance));
    let loss = best - value;
    Ok(Evaluation { total, alone_cost, value, loss, breaches, sentence: told("This whole", loss) })
}

fn over_capacity(instance: &Instance, chosen: &[bool]) -> Vec<Refusal> {
    let (left, right) = instance.used(chosen);
    let lefts = left.into_iter().enumerate().map(|(row, used)| (instance.left_one(row), used));
    let rights = right.into_iter().enumerate().map(|(column, used)| (instance.right_one(column), used));
    let over = lefts.chain(rights).filter(|(one, used)| *used > i64::from(one.capacity));
    over.map(|(one, used)| {
        let sentence = format!("{} has {used} partners, but can serve {}.", one.name, counted(one.capacity, "partner"));
        Refusal { path: "pairs".to_owned(), sentence }
    })
    .collect()
}

/// The value of the best assignment.
fn value(instance: &Instance) -> i64 {
    let (total, alone_cost) = instance.figures(&solve(instance));
    total - alone_cost
}

fn told(what: &str, loss: i64) -> String {
    match loss {
        0 => format!("{what} costs nothing: it is worth as much as the best."),
        1.. => format!("{what} costs {} against the best.", counted(loss, "point")),
        _ => format!("{what} is worth {} more than the best that may be.", counted(-loss, "point")),
    }
}
