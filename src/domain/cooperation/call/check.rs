//! Whether a call may be saved as it is.
use super::{Row, row::Rules};
use crate::{base::date::ImpreciseDate, kernel::prelude::check::*};

/// Its days are in order, and its rules can be kept.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| (row.opens.clone(), row.closes.clone())) {
        check_days(row.opens.as_deref(), row.closes.as_deref(), refusals);
    }
    if saving.sets(|row| row.rules.clone()) {
        check_rules(&row.rules, refusals);
    }
    Ok(())
}

fn check_days(opens: Option<&ImpreciseDate>, closes: Option<&ImpreciseDate>, refusals: &mut Refusals) {
    for (field, day) in [("opens", opens), ("closes", closes)] {
        let message = format!("“{field}” has an “earliest” after its “latest”.");
        refusals.refuse_if(day.is_some_and(|day| !day.is_ordered()), Code::BadInput, field, message);
    }
    let is_crossed = opens.zip(closes).is_some_and(|(opens, closes)| closes.latest < opens.earliest);
    refusals.refuse_if(is_crossed, Code::BadInput, "closes", "“closes” lies before “opens”.");
}

fn check_rules(rules: &Rules, refusals: &mut Refusals) {
    refusals.refuse_if(rules.version < 1, Code::BadInput, "rules.version", "“rules.version” counts from 1.");
    let months = [rules.minimum_cooperation_months, rules.maximum_support_months, rules.plan_due_months, rules.pilot_due_months];
    let wrong =
        months.into_iter().flatten().any(|months| !(0..=1200).contains(&months)) || rules.minimum_population.is_some_and(|count| count < 0);
    refusals.refuse_if(wrong, Code::BadInput, "rules", "“rules” has months that are not 0 to 1200, or a population below zero.");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::date::{Precision, day},
        store::Surface,
    };

    fn is_taken(check: impl FnOnce(&mut Refusals)) -> bool {
        let mut refusals = Refusals::new(Surface::Record);
        check(&mut refusals);
        refusals.end().is_ok()
    }

    fn days(opens: Option<&ImpreciseDate>, closes: Option<&ImpreciseDate>) -> bool {
        is_taken(|refusals| check_days(opens, closes, refusals))
    }

    fn keeps(rules: &Rules) -> bool {
        is_taken(|refusals| check_rules(rules, refusals))
    }

    fn between(earliest: &str, latest: &str) -> ImpreciseDate {
        let day = |text| day(text).expect("a day");
        ImpreciseDate { verbatim: "spring".to_owned(), earliest: day(earliest), latest: day(latest), precision: Precision::Season }
    }

    #[test]
    fn days_out_of_order_are_refused() {
        let (spring, summer) = (between("2018-03-01", "2018-06-20"), between("2018-06-21", "2018-09-22"));
        assert!(days(Some(&spring), Some(&summer)));
        assert!(days(Some(&spring), None));
        assert!(!days(Some(&summer), Some(&spring)));
        assert!(!days(Some(&between("2018-06-20", "2018-03-01")), None));
    }

    #[test]
    fn a_call_that_may_close_before_it_may_open_is_still_one() {
        let (opens, closes) = (between("2018-03-01", "2018-06-20"), between("2018-05-01", "2018-05-31"));
        assert!(days(Some(&opens), Some(&closes)));
    }

    #[test]
    fn rules_have_a_version_and_no_negative_months() {
        let rules = |version, months| Rules {
            version,
            minimum_cooperation_months: Some(months),
            maximum_support_months: None,
            plan_due_months: None,
            pilot_due_months: None,
            minimum_population: None,
        };
        assert!(keeps(&rules(1, 18)));
        assert!(!keeps(&rules(0, 18)));
        assert!(!keeps(&rules(1, -18)));
    }
}
