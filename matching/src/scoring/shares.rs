//! What share of each reason two applicants earn, in ten-thousandths.
use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{likeness::Likeness, weights::Weights};
use crate::{
    applicant::{Applicant, Line, Named},
    themes::{Themes, WHOLE},
};

/// A challenge and the strength that meets it best, by the keys of the lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Match {
    pub challenge: String,
    pub strength: String,
    /// To which degree, 0 to 100.
    pub percent: u8,
}

/// A share as a fraction of whole numbers, so that no order of adding changes it.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    pub part: u64,
    pub of: u64,
}

impl Share {
    pub const NOTHING: Self = Self { part: 0, of: 1 };

    /// In ten-thousandths of a point, where the whole is worth so many points.
    pub fn worth(self, points: u8) -> u64 {
        u64::from(points) * WHOLE * self.part.min(self.of) / self.of
    }
}

/// How the strengths of one meet the challenges of another: the best for each challenge, in the order of challenges.
pub fn matches(
    challenges: &[Line],
    strengths: &[Line],
    weights: &Weights,
    themes: &Themes,
    likeness: &impl Likeness,
) -> Vec<Option<(usize, u64)>> {
    let best = |challenge: &Line| {
        let degrees = strengths.iter().enumerate().map(|(at, strength)| (at, degree(challenge, strength, weights, themes, likeness)));
        // Of equals that with the smaller key, wherever it stands.
        degrees.filter(|(_, degree)| *degree > 0).reduce(|best, other| {
            match other.1.cmp(&best.1).then_with(|| strengths[best.0].key.cmp(&strengths[other.0].key)) {
                Ordering::Greater => other,
                _ => best,
            }
        })
    };
    challenges.iter().map(best).collect()
}

fn degree(challenge: &Line, strength: &Line, weights: &Weights, themes: &Themes, likeness: &impl Likeness) -> u64 {
    let near = match (&challenge.theme, &strength.theme) {
        (Some(one), Some(other)) => themes.near(one, other),
        _ => 0,
    };
    if near == WHOLE || weights.text_percent == 0 {
        return near;
    }
    let alike = likeness.of(challenge, strength);
    let alike = if alike.is_nan() { 0 } else { (alike.clamp(0.0, 1.0) * WHOLE as f64).round() as u64 };
    near + (WHOLE - near) * alike * u64::from(weights.text_percent.min(100)) / (WHOLE * 100)
}

pub fn importance(line: &Line) -> u64 {
    u64::from(line.importance.clamp(1, 3))
}

/// The share of challenges that is met.
pub fn met(challenges: &[Line], matches: &[Option<(usize, u64)>]) -> Share {
    let degrees = challenges.iter().zip(matches).map(|(line, best)| importance(line) * best.map_or(0, |(_, degree)| degree));
    let whole: u64 = challenges.iter().map(importance).sum();
    if whole == 0 { Share::NOTHING } else { Share { part: degrees.sum(), of: whole * WHOLE } }
}

/// The matches with the keys of their lines, the heaviest first.
pub fn told(challenges: &[Line], strengths: &[Line], matches: &[Option<(usize, u64)>]) -> Vec<Match> {
    let mut told: Vec<(u64, Match)> = challenges
        .iter()
        .zip(matches)
        .filter_map(|(challenge, best)| {
            let (at, degree) = (*best)?;
            let strength = strengths[at].key.clone();
            let percent = u8::try_from(degree * 100 / WHOLE).unwrap_or(100);
            Some((importance(challenge) * degree, Match { challenge: challenge.key.clone(), strength, percent }))
        })
        .collect();
    told.sort_by(|(one, first), (other, second)| other.cmp(one).then_with(|| first.challenge.cmp(&second.challenge)));
    told.into_iter().map(|(_, told)| told).collect()
}

/// What both have, by key.
pub fn common<'a>(own: &'a [Named], theirs: &[Named]) -> Vec<&'a Named> {
    let mut both: Vec<&Named> = own.iter().filter(|one| theirs.iter().any(|other| other.key == one.key)).collect();
    both.sort_by(|one, other| one.key.cmp(&other.key));
    both.dedup_by(|one, other| one.key == other.key);
    both
}

/// How many different keys there are.
pub fn different(named: &[Named]) -> u64 {
    named.iter().enumerate().filter(|(at, one)| !named[..*at].iter().any(|other| other.key == one.key)).count() as u64
}

pub fn goals(own: &Applicant, theirs: &Applicant) -> Share {
    let of = different(&own.goals) + different(&theirs.goals);
    if of == 0 { Share::NOTHING } else { Share { part: 2 * common(&own.goals, &theirs.goals).len() as u64, of } }
}

pub fn size(own: &Applicant, theirs: &Applicant, weights: &Weights) -> Share {
    let (Some(one @ 1..), Some(other @ 1..)) = (own.population, theirs.population) else { return Share::NOTHING };
    let ratio = one.max(other) as f64 / one.min(other) as f64;
    let left = 1.0 - ratio.ln() / f64::from(weights.size_ratio.max(2)).ln();
    Share { part: (left.clamp(0.0, 1.0) * WHOLE as f64).round() as u64, of: WHOLE }
}

pub fn place(own: &Applicant, theirs: &Applicant) -> Share {
    let is_same = own.place.as_ref().zip(theirs.place.as_ref()).is_some_and(|(one, other)| one.key == other.key);
    Share { part: u64::from(is_same), of: 1 }
}

pub fn languages(own: &Applicant, theirs: &Applicant, weights: &Weights) -> Share {
    Share { part: common(&own.languages, &theirs.languages).len() as u64, of: u64::from(weights.languages_wanted.max(1)) }
}

pub fn wishes(own: &Applicant, theirs: &Applicant) -> Share {
    Share { part: u64::from(own.preferred.name(theirs)) + u64::from(theirs.preferred.name(own)), of: 2 }
}
