//! Laws that hold for any facts.
use jiff::ToSpan;
use proptest::{collection::vec, option, prelude::*};

use super::*;

fn any_day() -> impl Strategy<Value = Date> {
    (0..1_500i32).prop_map(|days| day("2018-01-01").checked_add(days.days()).unwrap())
}

fn months() -> impl Strategy<Value = Option<i32>> {
    option::of(1..30i32)
}

prop_compose! {
    fn any_rules()(
        version in 1..9i64, agreement in months(), priority in months(), plan in months(), pilot in months(),
        report in option::of(2..13i32), minimum in months(), support in months(), from in option::of(any_day()),
    ) -> Accepted {
        let rules = Rules {
            version,
            agreement_due_months: agreement,
            priority_due_months: priority,
            plan_due_months: plan,
            pilot_due_months: pilot,
            report_every_months: report,
            minimum_cooperation_months: minimum,
            maximum_support_months: support,
        };
        Accepted { rules, from }
    }
}

fn key() -> impl Strategy<Value = Key> {
    prop_oneof![
        Just(Key::of(Kind::DeliverPlan)),
        Just(Key::of(Kind::StartPilot)),
        Just(Key::of(Kind::ReachMinimum)),
        (1..4u32).prop_map(Key::report),
        Just(Key::signature("a")),
    ]
}

prop_compose! {
    fn any_facts()(
        matched_on in option::of(any_day()), started_on in option::weighted(0.8, any_day()),
        members in vec((option::of(any_day()), option::of(any_day()), option::of(any_day())), 0..3),
        (priority_named_on, plan_delivered_on, pilot_started_on) in (option::of(any_day()), option::of(any_day()), option::of(any_day())),
        reports in vec((any_day(), option::of(1..4u32)), 0..4),
        (support_ended_on, completed_on, ended) in (option::of(any_day()), option::weighted(0.3, any_day()), option::weighted(0.3, any_day())),
        waivers in vec((key(), any_day()), 0..2), postponements in vec((key(), any_day(), 1..400i32), 0..5),
        risks in vec((option::of(key()), any_day(), option::of(any_day())), 0..3),
    ) -> Facts {
        let reason = "So.".to_owned();
        Facts {
            matched_on,
            started_on,
            members: members.into_iter().zip(["a", "b"]).map(|((joined_on, left_on, signed_on), key)| Member { joined_on, left_on, signed_on, ..member(key) }).collect(),
            priority_named_on,
            plan_delivered_on,
            pilot_started_on,
            reports: reports.into_iter().map(|(given_on, number)| Report { given_on, number }).collect(),
            support_ended_on,
            completed_on,
            ended: ended.map(|on| Ending { on, reason: reason.clone() }),
            waivers: waivers.into_iter().map(|(key, on)| Waiver { key, on, reason: reason.clone() }).collect(),
            postponements: postponements.into_iter().map(|(key, on, days)| Postponement { key, on, until: on.checked_add(days.days()).unwrap(), reason: reason.clone() }).collect(),
            risks: risks.into_iter().map(|(key, since, until)| Risk { member: "a".to_owned(), key, since, until, words: reason.clone() }).collect(),
            undated: Vec::new(),
        }
    }
}

fn stand(facts: &Facts, rules: &[Accepted], today: Date) -> Vec<(Key, State, Light)> {
    obligations(facts, rules, today).into_iter().map(|one| (one.key, one.state, one.light)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn nothing_changes_before_the_next_change_and_something_then(facts in any_facts(), rules in vec(any_rules(), 0..4), today in any_day()) {
        let now = stand(&facts, &rules, today);
        let mut day = today;
        // Five years on, everything that could was seen.
        for _ in 0..1_826 {
            day = day.tomorrow().unwrap();
            if stand(&facts, &rules, day) != now {
                prop_assert_eq!(next_change(&facts, &rules, today), Some(day));
                return Ok(());
            }
        }
        prop_assert!(next_change(&facts, &rules, today).is_none_or(|change| change > day));
    }

    #[test]
    fn every_obligation_is_whole(facts in any_facts(), rules in vec(any_rules(), 0..4), today in any_day()) {
        let listed = obligations(&facts, &rules, today);
        let mut shuffled = rules.clone();
        shuffled.sort_by_key(|one| (std::cmp::Reverse(one.rules.version), one.from));
        let has_twins = rules.iter().enumerate().any(|(at, one)| rules[..at].iter().any(|other| other.rules.version == one.rules.version || other.from == one.from));
        if !has_twins {
            prop_assert_eq!(&listed, &obligations(&facts, &shuffled, today), "no order of versions matters");
        }
        let sum = counts(&listed);
        prop_assert_eq!((sum.green + sum.yellow + sum.red + sum.grey) as usize, listed.len());
        prop_assert!(listed.windows(2).all(|two| two[0].key < two[1].key), "keys are their own");
        for one in &listed {
            let told = format!("{one:?}");
            let sentence = one.sentence(&facts);
            prop_assert!(sentence.ends_with('.') && ![" ,", "()", "  ", " on :", " on ."].iter().any(|gap| sentence.contains(gap)), "{}", sentence);
            prop_assert!(one.due_from <= one.due_by || one.due_by.is_none(), "{}", told);
            prop_assert_eq!(one.met_on.is_some(), one.state == State::Met, "{}", told);
            prop_assert!(one.met_on.is_none_or(|met| met <= today), "{}", told);
            prop_assert!(one.state != State::Waived || one.waived.is_some(), "{}", told);
            prop_assert_eq!(one.light == Light::Red, one.state == State::Overdue, "{}", told);
            prop_assert!(one.light != Light::Grey || one.due_by.is_none(), "{}", told);
            prop_assert!(one.postponements.len() <= MOST_POSTPONEMENTS, "{}", told);
            prop_assert!(milestones(one).iter().all(|milestone| milestone.on <= today), "{}", told);
            prop_assert_eq!(one.key.to_string().parse::<Key>(), Ok(one.key.clone()));
        }
    }
}
