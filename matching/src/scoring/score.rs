//! The score of two, and who may not be paired at all.
use serde::{Deserialize, Serialize};

use super::{
    likeness::Likeness,
    points::round,
    reason::{Reason, ReasonKind, sentence},
    shares::{self, Share},
    weights::Weights,
};
use crate::{applicant::Applicant, themes::Themes};

/// How well two fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// 0 to 100.
    pub total: u8,
    /// One for each reason that the weights give points to; their points add up to the total. The weightiest first.
    pub reasons: Vec<Reason>,
}

/// Why two are never paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyExcluded {
    /// They are one and the same.
    Same,
    /// They stand on one side of the call.
    SameSide,
    /// The first excludes the second or its country.
    ByOwnWish,
    /// The second excludes the first or its country.
    ByTheirWish,
}

/// Two that are never paired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluded {
    pub why: WhyExcluded,
    /// For officers: a wish is not told to the other.
    pub sentence: String,
}

/// How well two fit, with reasons, as seen by the first.
pub fn score(own: &Applicant, theirs: &Applicant, weights: &Weights, themes: &Themes, likeness: &impl Likeness) -> Result<Score, Excluded> {
    admit(own, theirs)?;
    let (parts, met) = parts(own, theirs, weights, themes, likeness);
    let (total, points) = points(own, theirs, &parts);
    let mut reasons: Vec<Reason> = parts
        .iter()
        .zip(points)
        .filter(|((_, of, _), _)| *of > 0)
        .map(|((kind, of, _), points)| reason(*kind, points, *of, own, theirs, &met))
        .collect();
    reasons.sort_by_key(|reason| (std::cmp::Reverse(reason.points), reason.kind));
    for reason in &mut reasons {
        reason.sentence = sentence(reason, own, theirs, themes, weights);
    }
    Ok(Score { total, reasons })
}

/// The total alone: what a table of all pairs needs.
pub fn total(own: &Applicant, theirs: &Applicant, weights: &Weights, themes: &Themes, likeness: &impl Likeness) -> Result<u8, Excluded> {
    admit(own, theirs)?;
    let (parts, _) = parts(own, theirs, weights, themes, likeness);
    let worths: Vec<u64> = parts.iter().map(|(_, of, share)| share.worth(*of)).collect();
    Ok(round(&worths).0)
}

fn admit(own: &Applicant, theirs: &Applicant) -> Result<(), Excluded> {
    let (one, other) = (&own.name, &theirs.name);
    let excluded = |why, sentence| Err(Excluded { why, sentence });
    if own.key == theirs.key {
        excluded(WhyExcluded::Same, format!("{one} can't be paired with itself."))
    } else if own.side == theirs.side {
        excluded(WhyExcluded::SameSide, format!("{one} and {other} are on the same side of the call."))
    } else if own.excluded.name(theirs) {
        excluded(WhyExcluded::ByOwnWish, format!("{one} wishes not to be paired with {other}."))
    } else if theirs.excluded.name(own) {
        excluded(WhyExcluded::ByTheirWish, format!("{other} wishes not to be paired with {one}."))
    } else {
        Ok(())
    }
}

type Parts = [(ReasonKind, u8, Share); 7];
type Met = [Vec<Option<(usize, u64)>>; 2];

fn parts(own: &Applicant, theirs: &Applicant, weights: &Weights, themes: &Themes, likeness: &impl Likeness) -> (Parts, Met) {
    let mine = shares::matches(&own.challenges, &theirs.strengths, weights, themes, likeness);
    let others = shares::matches(&theirs.challenges, &own.strengths, weights, themes, likeness);
    let parts = [
        (ReasonKind::OwnChallenges, weights.challenges, shares::met(&own.challenges, &mine)),
        (ReasonKind::TheirChallenges, weights.challenges, shares::met(&theirs.challenges, &others)),
        (ReasonKind::Goals, weights.goals, shares::goals(own, theirs)),
        (ReasonKind::Size, weights.size, shares::size(own, theirs, weights)),
        (ReasonKind::Place, weights.place, shares::place(own, theirs)),
        (ReasonKind::Languages, weights.languages, shares::languages(own, theirs, weights)),
        (ReasonKind::Wishes, weights.wishes, shares::wishes(own, theirs)),
    ];
    (parts, [mine, others])
}

/// Rounded points in the order of parts. The challenges of the smaller key come first, so that both see the same points.
fn points(own: &Applicant, theirs: &Applicant, parts: &Parts) -> (u8, Vec<u8>) {
    let mut worths: Vec<u64> = parts.iter().map(|(_, of, share)| share.worth(*of)).collect();
    let is_mirrored = own.key > theirs.key;
    if is_mirrored {
        worths.swap(0, 1);
    }
    let (total, mut points) = round(&worths);
    if is_mirrored {
        points.swap(0, 1);
    }
    (total, points)
}

fn reason(kind: ReasonKind, points: u8, of: u8, own: &Applicant, theirs: &Applicant, met: &Met) -> Reason {
    let mut reason = Reason::new(kind, points, of);
    let keys = |named: Vec<&crate::Named>| named.into_iter().map(|one| one.key.clone()).collect();
    let (challenges, strengths, met) = match kind {
        ReasonKind::OwnChallenges => (&own.challenges, &theirs.strengths, &met[0]),
        ReasonKind::TheirChallenges => (&theirs.challenges, &own.strengths, &met[1]),
        ReasonKind::Goals => return Reason { goals: keys(shares::common(&own.goals, &theirs.goals)), ..reason },
        ReasonKind::Languages => return Reason { languages: keys(shares::common(&own.languages, &theirs.languages)), ..reason },
        ReasonKind::Size | ReasonKind::Place | ReasonKind::Wishes => return reason,
    };
    reason.matches = shares::told(challenges, strengths, met);
    for line in reason.matches.iter().filter_map(|told| challenges.iter().find(|line| line.key == told.challenge)) {
        if let Some(theme) = line.theme.as_ref().filter(|theme| !reason.themes.contains(theme)) {
            reason.themes.push(theme.clone());
        }
    }
    reason
}
