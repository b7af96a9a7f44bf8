//! What is asked: two sides, their scores, and what an officer has settled.
use std::collections::{BTreeMap, BTreeSet};

use crate::words::counted;

/// The highest cost of staying alone.
const DEAREST: u32 = 100_000;

/// One who may be paired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Stable, and its own within its side.
    pub key: String,
    pub name: String,
    /// How many partners it can serve.
    pub capacity: u32,
    /// What it takes off the value, in points, when it has no partner at all; 0 to 100,000.
    pub alone_cost: u32,
}

/// An assignment to be found. Pairs are named by the keys of the left and of the right one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    pub left: Vec<Participant>,
    pub right: Vec<Participant>,
    /// A row for each of the left, a score (0 to 100) for each of the right; `None` where they may not be paired.
    pub scores: Vec<Vec<Option<u8>>>,
    /// Pairs below this score are not made, unless they must be.
    pub minimum_score: u8,
    pub must: Vec<(String, String)>,
    pub must_not: Vec<(String, String)>,
}

/// Why there is no assignment, and where in the problem it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `must.3`, `left.0.capacity` …
    pub path: String,
    pub sentence: String,
}

impl Problem {
    /// Reads the table of scores from a function of the left and the right one.
    pub fn scored(left: Vec<Participant>, right: Vec<Participant>, score: impl Fn(&Participant, &Participant) -> Option<u8>) -> Self {
        let scores = left.iter().map(|one| right.iter().map(|other| score(one, other)).collect()).collect();
        Self { left, right, scores, ..Self::default() }
    }

    /// Everything that is wrong with it.
    pub fn check(&self) -> Result<(), Vec<Refusal>> {
        let mut refusals = self.faults_of_shape();
        if refusals.is_empty() {
            refusals.extend(self.faults_of_pairs());
        }
        if refusals.is_empty() { Ok(()) } else { Err(refusals) }
    }

    fn faults_of_shape(&self) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        let mut refuse = |path: String, sentence: String| refusals.push(Refusal { path, sentence });
        for (side, participants) in [("left", &self.left), ("right", &self.right)] {
            let mut keys = BTreeSet::new();
            for (at, one) in participants.iter().enumerate() {
                if !keys.insert(&one.key) {
                    refuse(format!("{side}.{at}.key"), format!("“{}” stands twice on the {side} side.", one.name));
                }
                if one.alone_cost > DEAREST {
                    let sentence = format!("Staying alone costs {} {} points; {DEAREST} is the most.", one.name, one.alone_cost);
                    refuse(format!("{side}.{at}.aloneCost"), sentence);
                }
            }
        }
        if self.scores.len() != self.left.len() || self.scores.iter().any(|row| row.len() != self.right.len()) {
            let sentence = format!("The table of scores must have {} rows of {}.", self.left.len(), self.right.len());
            refuse("scores".to_owned(), sentence);
        }
        if let Some(score) = self.scores.iter().flatten().flatten().find(|score| **score > 100) {
            refuse("scores".to_owned(), format!("A score is {score}; 100 is the highest."));
        }
        refusals
    }

    fn faults_of_pairs(&self) -> Vec<Refusal> {
        let (left, right) = (places(&self.left), places(&self.right));
        let mut refusals = Vec::new();
        let mut bound: BTreeMap<(&str, usize), u32> = BTreeMap::new();
        let mut musts = BTreeSet::new();
        for (list, pairs) in [("must", &self.must), ("mustNot", &self.must_not)] {
            for (at, (one, other)) in pairs.iter().enumerate() {
                let path = format!("{list}.{at}");
                let (Some(&from), Some(&to)) = (left.get(one.as_str()), right.get(other.as_str())) else {
                    let (missing, side) = if left.contains_key(one.as_str()) { (other, "right") } else { (one, "left") };
                    refusals.push(Refusal { path, sentence: format!("There is no “{missing}” on the {side} side.") });
                    continue;
                };
                let (one, other) = (&self.left[from].name, &self.right[to].name);
                if list == "mustNot" {
                    if musts.contains(&(from, to)) {
                        refusals.push(Refusal { path, sentence: format!("{one} and {other} both must and must not be paired.") });
                    }
                } else if self.scores[from][to].is_none() {
                    let sentence = format!("{one} and {other} must be paired, but may not: one excludes the other, or they have no score.");
                    refusals.push(Refusal { path, sentence });
                } else if musts.insert((from, to)) {
                    *bound.entry(("left", from)).or_default() += 1;
                    *bound.entry(("right", to)).or_default() += 1;
                }
            }
        }
        for ((side, at), count) in bound {
            let one = if side == "left" { &self.left[at] } else { &self.right[at] };
            if count > one.capacity {
                let sentence = format!("{} must be paired with {count}, but can serve {}.", one.name, counted(one.capacity, "partner"));
                refusals.push(Refusal { path: "must".to_owned(), sentence });
            }
        }
        refusals
    }
}

/// The places of participants, by their keys.
pub fn places(participants: &[Participant]) -> BTreeMap<&str, usize> {
    participants.iter().enumerate().map(|(at, one)| (one.key.as_str(), at)).collect()
}
