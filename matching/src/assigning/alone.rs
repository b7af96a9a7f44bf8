//! Who stays alone, and why.
use hansa_text::listed;
use serde::{Deserialize, Serialize};

use super::{
    instance::{Cell, Instance},
    problem::Participant,
    residual::Residual,
};
use crate::words::counted;

/// Why one stays alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyAlone {
    /// It can serve no partner.
    NoCapacity,
    /// It may be paired with nobody: excluded, or forbidden by an officer.
    NobodyAllowed,
    /// Those it may be paired with score below the lowest that is made.
    BelowMinimum,
    /// Those it may be paired with have only partners that they must have, or can serve none.
    AllBound,
    /// Those it may be paired with are better used elsewhere.
    BetterUsedElsewhere,
}

/// One who stays alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alone {
    pub key: String,
    pub is_left: bool,
    pub why: WhyAlone,
    /// Where others are better used: the key of the partner that it would cost least to give it, and how many points of value that costs. What it costs to stay alone is
    /// taken into account.
    pub cheapest: Option<(String, i64)>,
    pub sentence: String,
}

/// A participant's view of the other side: each with its cell, score and the cost of pairing them.
struct View<'a> {
    own: &'a Participant,
    is_left: bool,
    others: Vec<(&'a Participant, Cell, Option<u8>, Option<i64>, Vec<&'a Participant>)>,
}

pub fn alone(instance: &Instance, chosen: &[bool], residual: &Residual) -> Vec<Alone> {
    let (used_left, used_right) = instance.used(chosen);
    let (rows, columns) = (used_left.len(), used_right.len());
    let is_chosen = |row: usize, column: usize| chosen[instance.at(row, column)];
    let lefts = (0..rows).filter(|row| used_left[*row] == 0).map(|row| {
        let partners = |column| (0..rows).filter(|row| is_chosen(*row, column)).map(|row| instance.left_one(row)).collect();
        let other = |column| {
            let (cell, score) = (instance.cell(row, column), instance.score(row, column));
            (instance.right_one(column), cell, score, residual.cost_of_change(row, column), partners(column))
        };
        View { own: instance.left_one(row), is_left: true, others: (0..columns).map(other).collect() }
    });
    let rights = (0..columns).filter(|column| used_right[*column] == 0).map(|column| {
        let partners = |row| (0..columns).filter(|column| is_chosen(row, *column)).map(|column| instance.right_one(column)).collect();
        let other = |row| {
            let (cell, score) = (instance.cell(row, column), instance.score(row, column));
            (instance.left_one(row), cell, score, residual.cost_of_change(row, column), partners(row))
        };
        View { own: instance.right_one(column), is_left: false, others: (0..rows).map(other).collect() }
    });
    lefts.chain(rights).map(|view| view.tell(instance)).collect()
}

impl View<'_> {
    fn tell(self, instance: &Instance) -> Alone {
        let name = &self.own.name;
        let free = || self.others.iter().filter(|(_, cell, ..)| *cell == Cell::Free);
        // The cheapest to be had; of equals the best by score, then by key.
        let cheapest = free().filter_map(|(other, _, score, cost, partners)| Some((*cost.as_ref()?, *score, *other, partners)));
        let cheapest = cheapest.min_by_key(|(cost, score, other, _)| (*cost, std::cmp::Reverse(*score), &other.key));
        let (why, told) = if self.own.capacity == 0 {
            (WhyAlone::NoCapacity, format!("{name} stays alone: it can serve no partner."))
        } else if free().next().is_some() {
            match &cheapest {
                None => (WhyAlone::AllBound, self.bound(free().count())),
                Some((cost, score, other, partners)) => {
                    (WhyAlone::BetterUsedElsewhere, self.elsewhere(instance.points(*cost), score.unwrap_or_default(), other, partners))
                }
            }
        } else {
            self.not_allowed(instance.problem.minimum_score)
        };
        let cheapest = cheapest.filter(|_| why == WhyAlone::BetterUsedElsewhere);
        let cheapest = cheapest.map(|(cost, _, other, _)| (other.key.clone(), instance.points(cost)));
        Alone { key: self.own.key.clone(), is_left: self.is_left, why, cheapest, sentence: told }
    }

    fn bound(&self, count: usize) -> String {
        let partners = counted(i64::try_from(count).unwrap_or_default(), "possible partner");
        format!("{} stays alone: of its {partners} none has room beside what it must have.", self.own.name)
    }

    fn elsewhere(&self, loss: i64, score: u8, other: &Participant, partners: &[&Participant]) -> String {
        let name = &self.own.name;
        let names: Vec<&str> = partners.iter().map(|one| one.name.as_str()).collect();
        let used = if names.is_empty() { "is not used".to_owned() } else { format!("is better used for {}", listed(&names)) };
        let cost = match loss {
            0 => "would leave the whole worth as much".to_owned(),
            _ => format!("would lower the whole by {}", counted(loss, "point")),
        };
        format!("{name} stays alone: {} ({}) {used}. Pairing them all the same {cost}.", other.name, counted(score, "point"))
    }

    fn not_allowed(&self, minimum: u8) -> (WhyAlone, String) {
        let name = &self.own.name;
        let count = |wanted: Cell| self.others.iter().filter(|(_, cell, ..)| *cell == wanted).count();
        let best = self.others.iter().filter(|(_, cell, ..)| *cell == Cell::BelowMinimum);
        if let Some((other, _, score, ..)) = best.min_by_key(|(other, _, score, ..)| (std::cmp::Reverse(*score), &other.key)) {
            let score = score.unwrap_or_default();
            let sentence = format!(
                "{name} stays alone: its best, {}, has {}, and {minimum} is the lowest that is paired.",
                other.name,
                counted(score, "point")
            );
            return (WhyAlone::BelowMinimum, sentence);
        }
        let (excluded, forbidden) = (count(Cell::Excluded), count(Cell::MustNot));
        let sentence = if self.others.is_empty() {
            format!("{name} stays alone: there is nobody on the other side.")
        } else {
            format!(
                "{name} stays alone: of {} on the other side {excluded} are excluded and {forbidden} are forbidden by an officer.",
                self.others.len()
            )
        };
        (WhyAlone::NobodyAllowed, sentence)
    }
}
