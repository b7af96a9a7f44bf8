//! Versions of a call's rules and other settings: a change makes a new one, and every version is kept.
use jiff::civil::Date;

use super::{
    Row,
    assessment_rules::{self, AssessmentRules},
    rules::Rules,
    version::{self, Version},
    weights::{self, MatchWeights},
};
use crate::kernel::prelude::check::*;

/// The longest name of a boundary, in characters.
const LONGEST_BOUNDARY: usize = 200;

impl Row {
    /// Every version of the rules, the newest last.
    pub(super) fn versions(&self) -> impl Iterator<Item = &Rules> {
        self.earlier_rules.iter().chain([&self.rules.0])
    }

    /// Every version of the weights, the newest last.
    pub(super) fn weights_versions(&self) -> impl Iterator<Item = &MatchWeights> {
        self.earlier_weights.iter().chain([&self.weights.0])
    }

    /// Every version of the rules of assessment, the newest last.
    pub(super) fn assessment_versions(&self) -> impl Iterator<Item = &AssessmentRules> {
        self.earlier_assessment_rules.iter().chain([&self.assessment_rules.0])
    }

    /// The rules of assessment of this version, none where it is not kept; the newest where none is named.
    pub(super) fn assessment_rules_of(&self, version: Option<i64>) -> Option<&AssessmentRules> {
        match version {
            Some(version) => self.assessment_versions().find(|rules| rules.version == version),
            None => Some(&self.assessment_rules),
        }
    }

    /// The rules of this version, or the newest where that is not kept.
    pub(super) fn rules_of(&self, version: Option<i64>) -> &Rules {
        self.versions().find(|rules| Some(rules.version) == version).unwrap_or(&self.rules)
    }

    /// Makes these the newest rules: the next version, where they say something else.
    pub(super) fn revise_rules(&mut self, rules: &Rules, today: Date) {
        version::revise(&mut self.rules.0, &mut self.earlier_rules.0, rules, today);
    }

    /// The same of the weights.
    pub(super) fn revise_weights(&mut self, weights: &MatchWeights, today: Date) {
        version::revise(&mut self.weights.0, &mut self.earlier_weights.0, weights, today);
    }

    /// The same of the rules of assessment.
    pub(super) fn revise_assessment_rules(&mut self, rules: &AssessmentRules, today: Date) {
        version::revise(&mut self.assessment_rules.0, &mut self.earlier_assessment_rules.0, rules, today);
    }

    /// Takes over the versions that were kept of a row and are older than its own: none is ever lost.
    pub(super) fn keep_versions(&mut self, before: &Self) {
        version::keep(&self.rules.0, &mut self.earlier_rules.0, before.versions());
        version::keep(&self.weights.0, &mut self.earlier_weights.0, before.weights_versions());
        version::keep(&self.assessment_rules.0, &mut self.earlier_assessment_rules.0, before.assessment_versions());
    }
}

/// Each setting can be kept, and no version that is kept says something else later on, nor is lost.
pub(super) fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals) {
    check_setting(saving, |row| (&row.rules.0, &row.earlier_rules[..]), ["rules", "earlier_rules"], check_rules, refusals);
    let newest = refusals.either("match_weights", "weights");
    check_setting(saving, |row| (&row.weights.0, &row.earlier_weights[..]), [newest, "earlier_weights"], weights::check, refusals);
    let fields = ["assessment_rules", "earlier_assessment_rules"];
    check_setting(saving, |row| (&row.assessment_rules.0, &row.earlier_assessment_rules[..]), fields, assessment_rules::check, refusals);
}

/// The newest version of a setting, and those before it.
type Versions<'r, V> = (&'r V, &'r [V]);

fn check_setting<V: Version>(
    saving: &Saving<'_, Row>,
    of: for<'r> fn(&'r Row) -> Versions<'r, V>,
    fields: [&str; 2],
    rule: fn(&V, &str, &mut Refusals),
    refusals: &mut Refusals,
) {
    let (newest, earlier) = of(saving.after);
    if saving.before.map(of) == Some((newest, earlier)) {
        return;
    }
    rule(newest, fields[0], refusals);
    for (index, version) in earlier.iter().enumerate() {
        rule(version, &format!("{}.{index}", fields[1]), refusals);
    }
    let all = |row| {
        let (newest, earlier) = of(row);
        earlier.iter().chain([newest]).collect::<Vec<_>>()
    };
    version::check(&all(saving.after), &saving.before.map(all).unwrap_or_default(), fields, refusals);
}

fn check_rules(rules: &Rules, field: &str, refusals: &mut Refusals) {
    let months = [
        rules.minimum_cooperation_months,
        rules.maximum_support_months,
        rules.agreement_due_months,
        rules.priority_due_months,
        rules.plan_due_months,
        rules.pilot_due_months,
    ];
    let wrong =
        months.into_iter().flatten().any(|months| !(0..=1200).contains(&months)) || rules.minimum_population.is_some_and(|count| count < 0);
    let said = format!("“{}” has months that are not 0 to 1200, or a population below zero.", refusals.name(field));
    refusals.refuse_if(wrong, Code::BadInput, field, said);
    let every = format!("{field}.report_every_months");
    let said = format!("“{}” is 1 to 1200 months.", refusals.name(&every));
    refusals.refuse_if(rules.report_every_months.is_some_and(|months| !(1..=1200).contains(&months)), Code::BadInput, &every, said);
    refusals.too_long(&format!("{field}.population_boundary"), rules.population_boundary.as_deref(), LONGEST_BOUNDARY);
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        access::Audience,
        base::{Id, date::day},
        store::{Json, Surface},
    };

    fn rules(version: i64, months: i32) -> Rules {
        Rules { version, minimum_cooperation_months: Some(months), ..Rules::default() }
    }

    fn row(earlier: &[Rules], newest: Rules) -> Row {
        let blank = Row::blank(Id::new(Uuid::from_u128(1)), String::new(), Audience::public());
        Row { rules: Json(newest), earlier_rules: Json(earlier.to_vec()), ..blank }
    }

    fn is_taken(before: Option<&Row>, after: &Row) -> bool {
        let mut refusals = Refusals::new(Surface::Record);
        check(&Saving::of(before, after), &mut refusals);
        refusals.end().is_ok()
    }

    #[test]
    fn rules_have_a_version_and_no_negative_months() {
        assert!(is_taken(None, &row(&[], rules(1, 18))));
        assert!(!is_taken(None, &row(&[], rules(0, 18))));
        assert!(!is_taken(None, &row(&[], rules(1, -18))));
        assert!(!is_taken(None, &row(&[], Rules { report_every_months: Some(0), ..rules(1, 18) })));
        assert!(!is_taken(None, &row(&[rules(2, 12)], rules(2, 18))));
    }

    #[test]
    fn a_change_is_a_new_version_and_the_same_is_none() {
        let mut call = row(&[], rules(1, 18));
        call.revise_rules(&rules(0, 18), day("2026-06-01").unwrap());
        assert_eq!(call.versions().count(), 1);
        call.revise_rules(&rules(0, 24), day("2026-06-02").unwrap());
        assert_eq!(call.rules_of(Some(1)).minimum_cooperation_months, Some(18));
        assert_eq!((call.rules_of(None).version, call.rules_of(Some(2)).minimum_cooperation_months), (2, Some(24)));
        assert_eq!(call.rules.since.map(|since| since.0), day("2026-06-02"));
    }

    #[test]
    fn what_was_agreed_to_is_neither_changed_nor_lost() {
        let kept = row(&[rules(1, 12)], rules(2, 18));
        assert!(!is_taken(Some(&kept), &row(&[rules(1, 12)], rules(2, 24))), "the same version says something else");
        assert!(!is_taken(Some(&kept), &row(&[], rules(3, 24))), "versions are lost");
        let mut newer = row(&[], rules(3, 24));
        newer.keep_versions(&kept);
        assert_eq!(newer.versions().map(|rules| rules.version).collect::<Vec<_>>(), [1, 2, 3]);
        assert!(is_taken(Some(&kept), &newer));
    }
}
