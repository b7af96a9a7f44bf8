//! The cases of the specification.
use super::*;

#[test]
fn eighteen_months_from_31_august_end_on_the_last_of_february() {
    for (start, months, due) in [
        ("2018-08-31", 18, "2020-02-29"),
        ("2017-08-31", 18, "2019-02-28"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-02-29", 48, "2024-02-29"),
        ("2099-02-28", 12, "2100-02-28"),
        ("2018-01-31", 1, "2018-02-28"),
        ("2018-08-30", 6, "2019-02-28"),
    ] {
        let facts = Facts { started_on: on(start), ..begun() };
        let plan = owed(&facts, &always(Rules { plan_due_months: Some(months), ..rules(2) }), start, "DELIVER_PLAN").unwrap();
        assert_eq!(plan.due_by, on(due), "{start} + {months}");
    }
    assert_eq!(months_after(Date::MAX, 1), None);
}

#[test]
fn a_plan_is_due_a_month_before_its_day_and_overdue_the_day_after_it() {
    let rules = always(Rules { plan_due_months: Some(18), ..rules(2) });
    assert_eq!(
        told(&begun(), &rules, "DELIVER_PLAN", &["2018-08-01", "2020-01-28", "2020-01-29", "2020-02-29", "2020-03-01"]),
        ["2018-08-01 NotDue Green", "2020-01-28 NotDue Green", "2020-01-29 Due Yellow", "2020-02-29 Due Yellow", "2020-03-01 Overdue Red",]
    );
    let sentence = |today| why(&begun(), &rules, today, "DELIVER_PLAN");
    let rule = "18 months after the start on 31 August 2018 (rules version 2)";
    assert_eq!(sentence("2019-01-01"), format!("The plan is due on 29 February 2020: {rule}."));
    assert_eq!(sentence("2020-02-01"), format!("The plan is due now, on 29 February 2020 at the latest: {rule}."));
    assert_eq!(sentence("2020-03-12"), format!("The plan was due on 29 February 2020: {rule}. It has been overdue since 1 March 2020."));
}

#[test]
fn an_unknown_start_makes_every_day_from_it_unknown() {
    let all = always(Rules {
        agreement_due_months: Some(2),
        priority_due_months: Some(3),
        plan_due_months: Some(12),
        pilot_due_months: Some(36),
        report_every_months: Some(6),
        minimum_cooperation_months: Some(18),
        maximum_support_months: Some(18),
        ..rules(1)
    });
    let unknown = Facts { members: vec![member("austin"), member("lyon")], ..Facts::default() };
    let listed = obligations(&unknown, &all, day("2024-01-01"));
    assert_eq!(listed.len(), 8);
    for one in &listed {
        assert_eq!((one.due_from, one.due_by, one.state, one.light), (None, None, State::NotDue, Light::Grey), "{}", one.key);
        assert!(one.sentence(&unknown).contains("unknown"), "{}", one.key);
        assert!(milestones(one).is_empty());
    }
    assert_eq!(counts(&listed), Counts { grey: 8, ..Counts::default() });
    assert_eq!(
        listed.iter().map(|one| one.sentence(&unknown)).collect::<Vec<_>>(),
        [
            "When the signature of Austin is due is unknown: the day of the match is unknown (2 months after it, rules version 1).",
            "When the signature of Lyon is due is unknown: the day of the match is unknown (2 months after it, rules version 1).",
            "When the thematic priority is due is unknown: the day of the match is unknown (3 months after it, rules version 1).",
            "When the plan is due is unknown: the day of the start is unknown (12 months after it, rules version 1).",
            "When the pilot is due is unknown: the day of the start is unknown (36 months after it, rules version 1).",
            "When report 1 is due is unknown: the day of the start is unknown (6 months after it, rules version 1).",
            "When the minimum of 18 months is reached is unknown: the day of the start is unknown (18 months after it, rules version 1).",
            "When support ends is unknown: the day of the start is unknown (18 months after it, rules version 1).",
        ]
    );
    // What was done is known all the same, and what wants no start.
    let partly =
        Facts { plan_delivered_on: on("2019-05-03"), reports: vec![Report { given_on: day("2019-06-01"), number: None }], ..unknown };
    let plan = owed(&partly, &all, "2024-01-01", "DELIVER_PLAN").unwrap();
    assert_eq!((plan.state, plan.light), (State::Met, Light::Green));
    assert_eq!(
        plan.sentence(&partly),
        "The plan was delivered on 3 May 2019; when it was due is unknown: the day of the start is unknown (12 months after it, rules version 1)."
    );
    assert_eq!(told(&partly, &all, "REPORT:1", &["2024-01-01"]), ["2024-01-01 Met Green"]);
    assert_eq!(told(&partly, &all, "REPORT:2", &["2024-01-01"]), ["2024-01-01 NotDue Grey"]);
}

#[test]
fn rules_changed_midway_count_for_what_is_not_yet_met() {
    let accepted = vec![
        Accepted { rules: Rules { plan_due_months: Some(18), ..rules(2) }, from: on("2019-12-01") },
        Accepted { rules: Rules { plan_due_months: Some(12), pilot_due_months: Some(12), ..rules(1) }, from: on("2018-08-31") },
    ];
    // Overdue by the first version, then given time by the second.
    let days = ["2019-08-31", "2019-09-01", "2019-11-30", "2019-12-01", "2020-02-29", "2020-03-01"];
    assert_eq!(
        told(&begun(), &accepted, "DELIVER_PLAN", &days),
        [
            "2019-08-31 Due Yellow",
            "2019-09-01 Overdue Red",
            "2019-11-30 Overdue Red",
            "2019-12-01 NotDue Green",
            "2020-02-29 Due Yellow",
            "2020-03-01 Overdue Red",
        ]
    );
    let plan = owed(&begun(), &accepted, "2019-12-24", "DELIVER_PLAN").unwrap();
    assert_eq!(plan.basis.version, Some(2));
    // A rule that the newer version lacks is owed no more, and what was met before stays judged by its own version.
    assert_eq!(told(&begun(), &accepted, "START_PILOT", &["2019-11-30", "2019-12-01"]), ["2019-11-30 Overdue Red", "2019-12-01 gone"]);
    let met = Facts { plan_delivered_on: on("2019-09-10"), ..begun() };
    let plan = owed(&met, &accepted, "2021-01-01", "DELIVER_PLAN").unwrap();
    assert_eq!((plan.due_by, plan.basis.version), (on("2019-08-31"), Some(1)));
    assert_eq!(
        plan.sentence(&met),
        "The plan was delivered on 10 September 2019, 10 days late: it was due on 31 August 2019, 12 months after the start on 31 August 2018 (rules version 1)."
    );
}

#[test]
fn a_period_of_reports_that_has_begun_keeps_its_day_when_rules_change() {
    let every = |months, version| Rules { report_every_months: months, ..rules(version) };
    let accepted = vec![
        Accepted { rules: every(Some(6), 1), from: None },
        Accepted { rules: every(Some(3), 2), from: on("2019-04-15") },
        Accepted { rules: every(None, 3), from: on("2020-01-01") },
        Accepted { rules: every(Some(12), 4), from: on("2021-01-31") },
    ];
    let listed: Vec<(String, String, i64)> = obligations(&begun(), &accepted, day("2022-06-01"))
        .into_iter()
        .filter(|one| one.key.kind == Kind::Report)
        .map(|one| (one.key.to_string(), one.due_by.unwrap().to_string(), one.basis.version.unwrap()))
        .collect();
    let wanted = [
        ("REPORT:1", "2019-02-28", 1),
        ("REPORT:2", "2019-08-31", 1),
        ("REPORT:3", "2019-11-30", 2),
        ("REPORT:4", "2020-02-29", 2),
        ("REPORT:5", "2022-01-31", 4),
        ("REPORT:6", "2023-01-31", 4),
    ];
    assert_eq!(listed, wanted.map(|(key, due, version)| (key.to_owned(), due.to_owned(), version)));
    assert_eq!(
        why(&begun(), &accepted, "2022-06-01", "REPORT:6"),
        "Report 6 is due on 31 January 2023: 24 months after the rules changed on 31 January 2021, one every 12 months (rules version 4)."
    );
}

#[test]
fn a_member_that_left_owes_nothing_and_one_that_joined_owes_its_own() {
    let rules = always(Rules { agreement_due_months: Some(2), ..rules(1) });
    let facts = Facts {
        members: vec![
            Member { signed_on: on("2018-06-01"), left_on: on("2019-01-01"), ..member("austin") },
            Member { left_on: on("2018-09-01"), ..member("boston") },
            member("lyon"),
            Member { joined_on: on("2019-03-31"), ..member("turin") },
        ],
        ..begun()
    };
    let days = ["2018-07-01", "2018-08-31", "2018-09-01", "2019-04-30"];
    let stands = |key: &str| told(&facts, &rules, key, &days).into_iter().map(|told| told[11..].to_owned()).collect::<Vec<_>>();
    assert_eq!(stands("SIGN_AGREEMENT:austin"), ["Met Green"; 4], "what was signed stays signed");
    assert_eq!(stands("SIGN_AGREEMENT:boston"), ["Due Yellow", "Overdue Red", "gone", "gone"]);
    assert_eq!(stands("SIGN_AGREEMENT:lyon"), ["Due Yellow", "Overdue Red", "Overdue Red", "Overdue Red"]);
    assert_eq!(stands("SIGN_AGREEMENT:turin"), ["gone", "gone", "gone", "Due Yellow"]);
    assert_eq!(
        why(&facts, &rules, "2019-04-30", "SIGN_AGREEMENT:turin"),
        "The signature of Turin is due now, on 31 May 2019 at the latest: 2 months after Turin joined on 31 March 2019 (rules version 1)."
    );
}

#[test]
fn what_is_over_before_it_is_known_to_have_begun_owes_no_length_of_time() {
    let rules = always(Rules { minimum_cooperation_months: Some(18), maximum_support_months: Some(18), ..rules(1) });
    let ended = Ending { on: day("2019-10-31"), reason: "A mistake.".to_owned() };
    let facts = Facts { started_on: None, ended: Some(ended), ..begun() };
    for kind in ["REACH_MINIMUM", "END_OF_SUPPORT"] {
        assert_eq!(told(&facts, &rules, kind, &["2019-10-30", "2019-10-31"]), ["2019-10-30 NotDue Grey", "2019-10-31 gone"], "{kind}");
    }
}

#[test]
fn ended_early_leaves_what_was_overdue_and_a_broken_minimum() {
    let rules = always(Rules {
        plan_due_months: Some(6),
        pilot_due_months: Some(36),
        minimum_cooperation_months: Some(18),
        maximum_support_months: Some(18),
        ..rules(1)
    });
    let facts = Facts { ended: Some(Ending { on: day("2019-10-31"), reason: "The mayor changed.".to_owned() }), ..begun() };
    let days = ["2019-10-30", "2019-10-31", "2023-01-01"];
    let stands = |key: &str| told(&facts, &rules, key, &days).into_iter().map(|told| told[11..].to_owned()).collect::<Vec<_>>();
    assert_eq!(stands("DELIVER_PLAN"), ["Overdue Red"; 3]);
    assert_eq!(stands("START_PILOT"), ["NotDue Green", "gone", "gone"]);
    assert_eq!(stands("REACH_MINIMUM"), ["NotDue Green", "Overdue Red", "Overdue Red"]);
    assert_eq!(stands("END_OF_SUPPORT"), ["NotDue Green", "Met Green", "Met Green"]);
    let sentence = |key| why(&facts, &rules, "2023-01-01", key);
    let rule = "18 months after the start on 31 August 2018 (rules version 1).";
    assert_eq!(
        sentence("REACH_MINIMUM"),
        format!(
            "The cooperation ended on 31 October 2019 (“The mayor changed.”), before its minimum was reached, which was to be on 29 February 2020: {rule}"
        )
    );
    assert_eq!(
        sentence("END_OF_SUPPORT"),
        format!("Support ended with the cooperation on 31 October 2019, planned to end on 29 February 2020: {rule}")
    );
    assert_eq!(
        sentence("DELIVER_PLAN"),
        "The plan was due on 28 February 2019: 6 months after the start on 31 August 2018 (rules version 1). It was not delivered before the cooperation ended on 31 October 2019."
    );
    // What is brought after the end is still brought.
    let late = Facts { plan_delivered_on: on("2020-01-05"), ..facts };
    assert_eq!(told(&late, &rules, "DELIVER_PLAN", &["2023-01-01"]), ["2023-01-01 Met Green"]);
    // And what is accepted after the end changes no day.
    let newer = Accepted { rules: Rules { plan_due_months: Some(36), ..super::rules(2) }, from: on("2019-12-01") };
    let plan = owed(&late, &[rules, vec![newer]].concat(), "2023-01-01", "DELIVER_PLAN").unwrap();
    assert_eq!((plan.due_by, plan.basis.version), (on("2019-02-28"), Some(1)));
}

#[test]
fn supported_for_less_than_the_minimum_is_no_breach() {
    let rules = always(Rules { minimum_cooperation_months: Some(18), maximum_support_months: Some(12), ..rules(1) });
    let days = ["2019-07-30", "2019-07-31", "2019-08-31", "2019-09-01", "2020-02-28", "2020-02-29"];
    let stands =
        |facts: &Facts, key: &str| told(facts, &rules, key, &days).into_iter().map(|told| told[11..].to_owned()).collect::<Vec<_>>();
    let (green, met) = ("NotDue Green", "Met Green");
    assert_eq!(stands(&begun(), "END_OF_SUPPORT"), [green, "Due Yellow", "Due Yellow", met, met, met]);
    assert_eq!(stands(&begun(), "REACH_MINIMUM"), [green, green, green, green, green, met]);
    // And so it is where support was ended by hand.
    let by_hand = Facts { support_ended_on: on("2019-02-28"), ..begun() };
    assert_eq!(stands(&by_hand, "END_OF_SUPPORT"), [met; 6]);
    assert_eq!(stands(&by_hand, "REACH_MINIMUM"), [green, green, green, green, green, met]);
    assert_eq!(
        why(&by_hand, &rules, "2019-07-30", "END_OF_SUPPORT"),
        "Support was ended on 28 February 2019, planned to end on 31 August 2019: 12 months after the start on 31 August 2018 (rules version 1)."
    );
    assert_eq!(
        why(&begun(), &rules, "2020-02-29", "REACH_MINIMUM"),
        "The minimum was reached on 29 February 2020: 18 months after the start on 31 August 2018 (rules version 1)."
    );
}

#[test]
fn completed_late_keeps_what_was_reached_and_what_is_overdue() {
    let rules = always(Rules {
        plan_due_months: Some(12),
        pilot_due_months: Some(30),
        report_every_months: Some(12),
        minimum_cooperation_months: Some(18),
        ..rules(1)
    });
    let facts = Facts {
        plan_delivered_on: on("2019-10-01"),
        reports: vec![Report { given_on: day("2019-08-01"), number: None }],
        completed_on: on("2020-12-31"),
        ..begun()
    };
    let listed = obligations(&facts, &rules, day("2022-01-01"));
    let stands: Vec<String> = listed.iter().map(|one| format!("{} {:?} {:?}", one.key, one.state, one.light)).collect();
    // The pilot would have been due in February 2021.
    assert_eq!(
        stands,
        ["NAME_PRIORITY Met Green", "DELIVER_PLAN Met Green", "REPORT:1 Met Green", "REPORT:2 Overdue Red", "REACH_MINIMUM Met Green"]
    );
    assert_eq!(listed[1].sentence(&facts).split(':').next(), Some("The plan was delivered on 1 October 2019, 31 days late"));
    let early = Facts { completed_on: on("2019-12-31"), ..facts };
    let minimum = owed(&early, &rules, "2022-01-01", "REACH_MINIMUM").unwrap();
    assert_eq!((minimum.state, minimum.light), (State::Overdue, Light::Red));
    assert!(minimum.sentence(&early).starts_with("The cooperation was completed on 31 December 2019, before its minimum was reached"));
}

#[test]
fn waived_is_green_and_met_says_more_than_waived() {
    let rules = always(Rules { plan_due_months: Some(12), minimum_cooperation_months: Some(18), ..rules(1) });
    let waiver = |key: &str, on: &str| Waiver { key: key.parse().unwrap(), on: day(on), reason: "The city was flooded.".to_owned() };
    let waived = Facts { waivers: vec![waiver("DELIVER_PLAN", "2019-10-01"), waiver("REACH_MINIMUM", "2019-10-01")], ..begun() };
    assert_eq!(told(&waived, &rules, "DELIVER_PLAN", &["2019-09-30", "2019-10-01"]), ["2019-09-30 Overdue Red", "2019-10-01 Waived Green"]);
    let rule = "12 months after the start on 31 August 2018 (rules version 1)";
    let plan = owed(&waived, &rules, "2020-01-01", "DELIVER_PLAN").unwrap();
    assert_eq!(
        plan.sentence(&waived),
        format!("The plan was waived on 1 October 2019 (“The city was flooded.”): it was due on 31 August 2019, {rule}.")
    );
    assert_eq!(plan.waived.unwrap().reason, "The city was flooded.");
    let met = Facts { plan_delivered_on: on("2019-12-01"), ..waived.clone() };
    assert_eq!(told(&met, &rules, "DELIVER_PLAN", &["2019-11-30", "2019-12-01"]), ["2019-11-30 Waived Green", "2019-12-01 Met Green"]);
    assert!(why(&met, &rules, "2020-01-01", "DELIVER_PLAN").ends_with("It had been waived on 1 October 2019 (“The city was flooded.”)."));
    // A minimum that was waived is not broken by an early end.
    let ended = Facts { ended: Some(Ending { on: day("2019-11-01"), reason: "They parted.".to_owned() }), ..waived };
    assert_eq!(told(&ended, &rules, "REACH_MINIMUM", &["2021-01-01"]), ["2021-01-01 Waived Green"]);
}

#[test]
fn what_was_done_on_a_day_that_is_not_known_is_done_and_no_day_is_invented() {
    let rules = always(Rules { plan_due_months: Some(12), ..rules(1) });
    let facts = Facts { undated: vec!["DELIVER_PLAN".parse().unwrap()], ..begun() };
    let plan = owed(&facts, &rules, "2020-01-01", "DELIVER_PLAN").unwrap();
    assert_eq!((plan.state, plan.light, plan.met_on), (State::Met, Light::Green, None));
    let rule = "12 months after the start on 31 August 2018 (rules version 1)";
    assert_eq!(plan.sentence(&facts), format!("The plan was delivered, on a day that is not known: it was due on 31 August 2019, {rule}."));
    assert!(milestones(&plan).is_empty());
}
