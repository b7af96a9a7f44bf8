//! Reckoning an assignment: from all who wait and what was asked to the best whole, or to what a whole that was settled by hand is worth. Pure, and the work of a second or two.
use std::collections::{BTreeMap, HashMap};

use hansa_matching::{Participant, Problem, Weights, assign, evaluate};
use uuid::Uuid;

use super::outcome::{Alone, NextBest, Outcome, Pair, Settings, Tie};
use crate::{
    base::{Code, Error, Kind as _, Refusal, Result, id, refuse, refuse_if},
    domain::application::{Application, ApplicationState, Candidate, Pool, Reason},
};

/// Applications of a side at the most: these take two seconds.
const MOST: usize = 400;

/// Those of two sides who wait for a decision.
struct Sides<'p> {
    left: Vec<&'p Candidate>,
    right: Vec<&'p Candidate>,
    by_key: HashMap<String, &'p Candidate>,
}

/// The best whole; or, where pairs are told, what they are worth. With the version of each application by which that is so.
pub fn reckon(pool: &Pool, settings: &Settings, weights: &Weights, by_hand: Option<&[Tie]>) -> Result<(Outcome, BTreeMap<Uuid, i64>)> {
    let sides = Sides::of(pool, settings)?;
    sides.know(&settings.must, &settings.left, &settings.right, "must")?;
    sides.know(&settings.must_not, &settings.left, &settings.right, "mustNot")?;
    let problem = sides.problem(pool, settings, weights);
    let outcome = match by_hand {
        None => sides.best(pool, &problem, weights)?,
        Some(ties) => {
            sides.know(ties, &settings.left, &settings.right, "pairs")?;
            sides.told(pool, &problem, weights, ties)?
        }
    };
    let versions = sides.all().map(|one| (one.id.uuid(), one.version)).collect();
    Ok((outcome, versions))
}

/// Refuses a side where nobody waits, and one with more than can be reckoned in a second or two.
fn may_be_reckoned(side: &str, waiting: usize) -> Result<()> {
    let message = format!("No application of the side “{side}” waits for a decision.");
    refuse_if(waiting == 0, Code::WrongState, "input.sides", message)?;
    let message =
        format!("The side “{side}” has {waiting} applications that wait; {MOST} at most are assigned at once. Decide some by hand first.");
    refuse_if(waiting > MOST, Code::TooLong, "input.sides", message)
}

fn refused(refusals: Vec<hansa_matching::Refusal>) -> Error {
    let told = refusals.into_iter().map(|told| Refusal::new(Code::BadInput, format!("input.{}", told.path), told.sentence));
    Error::Refused(told.collect())
}

/// The same with nothing settled by officers.
fn unsettled(problem: &Problem) -> Problem {
    Problem { must: Vec::new(), must_not: Vec::new(), ..problem.clone() }
}

fn key(application: Uuid) -> String {
    id::join(Application::NAME, application)
}

fn keys(ties: &[Tie]) -> Vec<(String, String)> {
    ties.iter().map(|tie| (key(tie.left), key(tie.right))).collect()
}

impl<'p> Sides<'p> {
    fn of(pool: &'p Pool, settings: &Settings) -> Result<Self> {
        let of = |name: &str| {
            let waits = |one: &&Candidate| one.state == ApplicationState::Submitted && one.side.as_deref() == Some(name);
            let side: Vec<&Candidate> = pool.candidates().iter().filter(waits).collect();
            may_be_reckoned(name, side.len())?;
            Ok::<_, Error>(side)
        };
        let (left, right) = (of(&settings.left)?, of(&settings.right)?);
        let by_key = left.iter().chain(&right).map(|one| (key(one.id.uuid()), *one)).collect();
        Ok(Self { left, right, by_key })
    }

    fn all(&self) -> impl Iterator<Item = &'p Candidate> {
        self.left.iter().chain(&self.right).copied()
    }

    /// Refuses a pair of somebody who does not wait on its side.
    fn know(&self, ties: &[Tie], left: &str, right: &str, list: &str) -> Result<()> {
        for (index, tie) in ties.iter().enumerate() {
            for (of, among, name, place) in [(tie.left, &self.left, left, "left"), (tie.right, &self.right, right, "right")] {
                if among.iter().all(|one| one.id.uuid() != of) {
                    let message = format!("There is no application {} of the side “{name}” that waits for a decision.", key(of));
                    return refuse(Code::BadInput, format!("input.{list}.{index}.{place}"), message);
                }
            }
        }
        Ok(())
    }

    fn problem(&self, pool: &Pool, settings: &Settings, weights: &Weights) -> Problem {
        let participants = |side: &[&Candidate]| {
            let participant = |one: &&Candidate| Participant {
                key: key(one.id.uuid()),
                name: one.name().to_owned(),
                capacity: one.capacity,
                alone_cost: settings.alone_cost,
            };
            side.iter().map(participant).collect()
        };
        let row = |one: &&Candidate| self.right.iter().map(|other| pool.total(one, other, weights)).collect();
        Problem {
            left: participants(&self.left),
            right: participants(&self.right),
            scores: self.left.iter().map(row).collect(),
            minimum_score: settings.minimum_score,
            must: keys(&settings.must),
            must_not: keys(&settings.must_not),
        }
    }

    fn best(&self, pool: &Pool, problem: &Problem, weights: &Weights) -> Result<Outcome> {
        let found = assign(problem).map_err(refused)?;
        let pairs: Vec<(String, String)> = found.pairs.iter().map(|pair| (pair.left.clone(), pair.right.clone())).collect();
        let (loss, loss_sentence) = if problem.must.is_empty() && problem.must_not.is_empty() {
            (0, "It is the best whole there is.".to_owned())
        } else {
            let evaluation = evaluate(&unsettled(problem), &pairs).map_err(refused)?;
            (evaluation.loss, evaluation.sentence)
        };
        let ties = |pairs: &[(String, String)]| pairs.iter().filter_map(|pair| self.tie(pair)).collect();
        let pair = |pair: &hansa_matching::Pair| {
            let tie = self.tie(&(pair.left.clone(), pair.right.clone()))?;
            let reasons = self.reasons(pool, tie, weights);
            Some(Pair { tie, score: pair.score, reasons, is_must: pair.is_must, worth: pair.worth, pairing: None })
        };
        let alone = |alone: &hansa_matching::Alone| {
            let cheapest = alone.cheapest.as_ref().and_then(|(key, cost)| Some((self.id_of(key)?, *cost)));
            let (why, sentence) = (Some(alone.why), alone.sentence.clone());
            Some(Alone { application: self.id_of(&alone.key)?, is_left: alone.is_left, why, cheapest, sentence })
        };
        let next_best = |next: &hansa_matching::NextBest| NextBest {
            loss: next.loss,
            sentence: next.sentence.clone(),
            without: ties(&next.without),
            with: ties(&next.with),
        };
        Ok(Outcome {
            pairs: found.pairs.iter().filter_map(pair).collect(),
            alone: found.alone.iter().filter_map(alone).collect(),
            total: found.total,
            alone_cost: found.alone_cost,
            loss,
            loss_sentence,
            is_by_hand: false,
            breaches: Vec::new(),
            next_best: found.next_best.as_ref().map(next_best),
        })
    }

    /// What these pairs are worth, which somebody settled by hand.
    fn told(&self, pool: &Pool, problem: &Problem, weights: &Weights, ties: &[Tie]) -> Result<Outcome> {
        let told = keys(ties);
        let (settled, free) = (evaluate(problem, &told).map_err(refused)?, evaluate(&unsettled(problem), &told).map_err(refused)?);
        let pair = |(tie, keys): (&Tie, &(String, String))| {
            let score = self.two(*tie).and_then(|(one, other)| pool.total(one, other, weights)).unwrap_or_default();
            let (reasons, is_must) = (self.reasons(pool, *tie, weights), problem.must.contains(keys));
            Pair { tie: *tie, score, reasons, is_must, worth: None, pairing: None }
        };
        let is_alone = |one: &&Candidate| ties.iter().all(|tie| tie.left != one.id.uuid() && tie.right != one.id.uuid());
        let alone = |(one, is_left): (&Candidate, bool)| Alone {
            application: one.id.uuid(),
            is_left,
            why: None,
            cheapest: None,
            sentence: format!("{} stays alone: an officer left it so.", one.name()),
        };
        let lefts = self.left.iter().copied().filter(is_alone).map(|one| (one, true));
        let rights = self.right.iter().copied().filter(is_alone).map(|one| (one, false));
        Ok(Outcome {
            pairs: ties.iter().zip(&told).map(pair).collect(),
            alone: lefts.chain(rights).map(alone).collect(),
            total: settled.total,
            alone_cost: settled.alone_cost,
            loss: free.loss,
            loss_sentence: free.sentence,
            is_by_hand: true,
            breaches: settled.breaches.into_iter().map(|breach| breach.sentence).collect(),
            next_best: None,
        })
    }

    fn id_of(&self, key: &str) -> Option<Uuid> {
        Some(self.by_key.get(key)?.id.uuid())
    }

    fn tie(&self, (left, right): &(String, String)) -> Option<Tie> {
        Some(Tie { left: self.id_of(left)?, right: self.id_of(right)? })
    }

    fn two(&self, tie: Tie) -> Option<(&'p Candidate, &'p Candidate)> {
        Some((self.by_key.get(&key(tie.left))?, self.by_key.get(&key(tie.right))?))
    }

    fn reasons(&self, pool: &Pool, tie: Tie, weights: &Weights) -> Vec<Reason> {
        let score = self.two(tie).and_then(|(one, other)| pool.score(one, other, weights));
        score.as_ref().map(Reason::all_of).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_has_somebody_and_no_more_than_can_be_reckoned() {
        let code = |waiting| match may_be_reckoned("west", waiting) {
            Err(Error::Refused(refusals)) => refusals.first().map(|refusal| refusal.code),
            _ => None,
        };
        assert_eq!([code(0), code(1), code(MOST), code(MOST + 1)], [Some(Code::WrongState), None, None, Some(Code::TooLong)]);
    }
}
