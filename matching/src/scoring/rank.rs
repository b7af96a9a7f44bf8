//! The other side, the best first.
use serde::{Deserialize, Serialize};

use super::{
    likeness::Likeness,
    score::{Score, score, total},
    weights::Weights,
};
use crate::{applicant::Applicant, themes::Themes};

/// One of the other side, with how well it fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranked {
    pub key: String,
    pub score: Score,
}

/// The first so many of those who may be paired with an applicant: by their scores, of equal ones by their keys. Sentences are made for these alone.
pub fn rank<'a>(
    applicant: &Applicant,
    others: impl IntoIterator<Item = &'a Applicant>,
    first: usize,
    weights: &Weights,
    themes: &Themes,
    likeness: &impl Likeness,
) -> Vec<Ranked> {
    let mut totals: Vec<(u8, &Applicant)> = others
        .into_iter()
        .filter_map(|other| total(applicant, other, weights, themes, likeness).ok().map(|total| (total, other)))
        .collect();
    totals.sort_by(|(one, first), (other, second)| other.cmp(one).then_with(|| first.key.cmp(&second.key)));
    let best = totals.into_iter().take(first);
    best.filter_map(|(_, other)| {
        let score = score(applicant, other, weights, themes, likeness).ok()?;
        Some(Ranked { key: other.key.clone(), score })
    })
    .collect()
}
