//! What verdicts come to.
use super::row::CriterionVerdict;
use crate::domain::call::AssessmentRules;

/// The most points a criterion is given.
pub(super) const MOST_POINTS: i32 = 5;

/// The mean of the points, each weighed by its criterion, in tenths of a hundredth of all there are: 0 to 1,000, a half rounded up. Criteria without a verdict count as 0.
pub(super) fn score(verdicts: &[CriterionVerdict], rules: &AssessmentRules) -> i64 {
    let points = |name: &str| verdicts.iter().find(|verdict| verdict.criterion == name).map_or(0, |verdict| verdict.points);
    let reached: i64 = rules.criteria.iter().map(|criterion| i64::from(criterion.weight) * i64::from(points(&criterion.name))).sum();
    let all: i64 = rules.criteria.iter().map(|criterion| i64::from(criterion.weight) * i64::from(MOST_POINTS)).sum();
    if all == 0 { 0 } else { (reached * 2_000 + all) / (2 * all) }
}

/// Tenths as the number they are.
#[expect(clippy::cast_precision_loss, reason = "at most 1,000 of them")]
pub(super) fn of_tenths(tenths: i64) -> f64 {
    tenths as f64 / 10.0
}

/// The mean of several scores, in tenths, a half rounded up; none of none.
pub(super) fn mean(scores: &[i64]) -> Option<i64> {
    let count = i64::try_from(scores.len()).ok().filter(|count| *count > 0)?;
    Some((scores.iter().sum::<i64>() * 2 + count) / (2 * count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::call::AssessmentCriterion;

    fn rules(weights: &[i32]) -> AssessmentRules {
        let criterion =
            |(index, weight): (usize, &i32)| AssessmentCriterion { name: index.to_string(), description: None, weight: *weight };
        AssessmentRules { assessors: 1, criteria: weights.iter().enumerate().map(criterion).collect(), ..AssessmentRules::default() }
    }

    fn verdicts(points: &[i32]) -> Vec<CriterionVerdict> {
        let verdict = |(index, points): (usize, &i32)| CriterionVerdict { criterion: index.to_string(), points: *points, comment: None };
        points.iter().enumerate().map(verdict).collect()
    }

    #[test]
    fn a_score_is_the_weighted_mean_of_all_points() {
        assert_eq!(score(&verdicts(&[5, 5]), &rules(&[3, 1])), 1_000);
        assert_eq!(score(&verdicts(&[5, 0]), &rules(&[3, 1])), 750);
        assert_eq!(score(&verdicts(&[1, 2, 3]), &rules(&[1, 1, 1])), 400);
        // 7 of 15 is 46.66…, 8 of 15 is 53.33….
        assert_eq!((score(&verdicts(&[2, 2, 3]), &rules(&[1, 1, 1])), score(&verdicts(&[2, 3, 3]), &rules(&[1, 1, 1]))), (467, 533));
        assert_eq!((score(&[], &rules(&[1])), score(&verdicts(&[5]), &rules(&[]))), (0, 0));
    }

    #[test]
    fn the_mean_of_scores_rounds_a_half_up() {
        assert_eq!((mean(&[]), mean(&[467]), mean(&[466, 467])), (None, Some(467), Some(467)));
        assert!((of_tenths(467) - 46.7).abs() < f64::EPSILON);
    }
}
