//! What officers and members add: postponements, risks, reports, what no rule dates.
use super::*;

fn plan_in_twelve_months() -> Vec<Accepted> {
    always(Rules { plan_due_months: Some(12), ..rules(1) })
}

fn postponement(granted: &str, until: &str) -> Postponement {
    Postponement { key: Key::of(Kind::DeliverPlan), on: day(granted), until: day(until), reason: "Elections.".to_owned() }
}

#[test]
fn a_postponement_gives_time_and_every_one_is_kept() {
    let facts =
        Facts { postponements: vec![postponement("2019-11-01", "2020-06-30"), postponement("2019-08-15", "2019-12-31")], ..begun() };
    let rules = plan_in_twelve_months();
    assert_eq!(
        told(&facts, &rules, "DELIVER_PLAN", &["2019-08-14", "2019-08-15", "2019-12-01", "2020-05-30", "2020-07-01"]),
        ["2019-08-14 Due Yellow", "2019-08-15 NotDue Green", "2019-12-01 NotDue Green", "2020-05-30 Due Yellow", "2020-07-01 Overdue Red",]
    );
    let plan = owed(&facts, &rules, "2019-12-24", "DELIVER_PLAN").unwrap();
    assert_eq!((plan.first_due_by, plan.due_by, plan.postponements.len()), (on("2019-08-31"), on("2020-06-30"), 2));
    assert_eq!(
        plan.sentence(&facts),
        "The plan is due on 30 June 2020: 12 months after the start on 31 August 2018 (rules version 1), postponed from 31 August 2019 (“Elections.”; 2 of 3)."
    );
}

#[test]
fn a_fourth_postponement_and_others_that_make_no_sense_are_refused() {
    let rules = always(Rules { plan_due_months: Some(12), minimum_cooperation_months: Some(18), ..rules(1) });
    let thrice: Vec<Postponement> = [("2019-08-01", "2019-09-30"), ("2019-09-01", "2019-10-31"), ("2019-10-01", "2019-11-30")]
        .map(|(on, until)| postponement(on, until))
        .to_vec();
    let facts = Facts { postponements: thrice.clone(), ..begun() };
    let refused = |facts: &Facts, wanted: Postponement| may_postpone(facts, &rules, &wanted).unwrap_err();
    assert_eq!(may_postpone(&begun(), &rules, &postponement("2019-08-01", "2019-09-30")), Ok(()));
    assert_eq!(
        refused(&facts, postponement("2019-11-01", "2020-01-01")),
        "The plan was postponed 3 times, which is the most: waive it, or leave it overdue."
    );
    assert_eq!(refused(&begun(), postponement("2019-08-01", "2019-08-31")), "The plan is due on 31 August 2019: name a later day.");
    assert_eq!(
        refused(&begun(), postponement("2019-11-01", "2019-10-31")),
        "31 October 2019 has passed: name a day that is still to come."
    );
    let far = postponement("2019-08-01", "9999-12-31");
    assert_eq!(refused(&begun(), far), "31 December 9999 is more than ten years ahead: name an earlier day.");
    assert_eq!(may_postpone(&begun(), &rules, &postponement("2019-08-01", "2029-08-01")), Ok(()));
    let minimum = Postponement { key: Key::of(Kind::ReachMinimum), ..postponement("2019-08-01", "2021-01-01") };
    assert!(refused(&begun(), minimum).contains("a length of time"));
    let pilot = Postponement { key: Key::of(Kind::StartPilot), ..postponement("2019-08-01", "2021-01-01") };
    assert_eq!(refused(&begun(), pilot), "The pilot is not owed on 1 August 2019.");
    let met = Facts { plan_delivered_on: on("2019-01-01"), ..begun() };
    assert!(refused(&met, postponement("2019-08-01", "2020-01-01")).starts_with("The plan is no longer open: The plan was delivered"));
    let unknown = Facts { started_on: None, ..begun() };
    assert!(refused(&unknown, postponement("2019-08-01", "2020-01-01")).starts_with("The plan has no day"));
    assert_eq!(
        refused(&begun(), Postponement { reason: " ".to_owned(), ..postponement("2019-08-01", "2020-01-01") }),
        "Say why it is postponed."
    );
    // Should a fourth come from elsewhere, it counts for nothing.
    let facts = Facts { postponements: [thrice, vec![postponement("2019-11-01", "2025-01-01")]].concat(), ..begun() };
    assert_eq!(owed(&facts, &rules, "2019-12-01", "DELIVER_PLAN").unwrap().due_by, on("2019-11-30"));
}

#[test]
fn a_member_that_says_it_is_at_risk_turns_green_to_yellow_in_its_own_words() {
    let rules = plan_in_twelve_months();
    let risk = Risk {
        member: "lyon".to_owned(),
        key: None,
        since: day("2019-02-01"),
        until: on("2019-03-31"),
        words: "Our architect left.".to_owned(),
    };
    let facts = Facts { members: vec![Member { signed_on: on("2018-06-01"), ..member("lyon") }], risks: vec![risk.clone()], ..begun() };
    assert_eq!(
        told(&facts, &rules, "DELIVER_PLAN", &["2019-01-31", "2019-02-01", "2019-03-31", "2019-04-01"]),
        ["2019-01-31 NotDue Green", "2019-02-01 NotDue Yellow", "2019-03-31 NotDue Yellow", "2019-04-01 NotDue Green"]
    );
    let plan = owed(&facts, &rules, "2019-02-01", "DELIVER_PLAN").unwrap();
    let said = "(rules version 1). Lyon says that it is at risk until 31 March 2019 (“Our architect left.”).";
    assert!(plan.sentence(&facts).ends_with(said), "{plan:?}");
    let endless = Facts { risks: vec![Risk { until: None, ..risk.clone() }], ..facts.clone() };
    let plan = owed(&endless, &rules, "2019-02-01", "DELIVER_PLAN").unwrap();
    assert!(plan.sentence(&endless).ends_with("Lyon says that it is at risk (“Our architect left.”)."), "{plan:?}");
    assert_eq!(told(&facts, &rules, "SIGN_AGREEMENT:lyon", &["2019-02-01"]), ["2019-02-01 Met Green"], "what is done is at no risk");
    // Grey is turned, too; red is not, and what one says who left counts no more.
    let unknown = Facts { started_on: None, ..facts.clone() };
    assert_eq!(told(&unknown, &rules, "DELIVER_PLAN", &["2019-02-01"]), ["2019-02-01 NotDue Yellow"]);
    let later = Facts { risks: vec![Risk { since: day("2019-09-01"), until: None, ..risk.clone() }], ..facts.clone() };
    assert_eq!(told(&later, &rules, "DELIVER_PLAN", &["2019-09-02"]), ["2019-09-02 Overdue Red"]);
    let left = Facts { members: vec![Member { left_on: on("2019-02-15"), ..member("lyon") }], ..facts.clone() };
    assert_eq!(told(&left, &rules, "DELIVER_PLAN", &["2019-02-14", "2019-02-15"]), ["2019-02-14 NotDue Yellow", "2019-02-15 NotDue Green"]);
    let other = Facts { risks: vec![Risk { key: Some(Key::report(1)), ..risk }], ..facts };
    assert_eq!(told(&other, &rules, "DELIVER_PLAN", &["2019-02-01"]), ["2019-02-01 NotDue Green"]);
}

#[test]
fn each_report_meets_the_earliest_owed_whose_period_has_begun() {
    let rules = always(Rules { report_every_months: Some(6), ..rules(1) });
    let given = |days: &[&str]| Facts { reports: days.iter().map(|on| Report { given_on: day(on), number: None }).collect(), ..begun() };
    let met = |facts: &Facts, today: &str| -> Vec<String> {
        let reports = obligations(facts, &rules, day(today)).into_iter().filter(|one| one.key.kind == Kind::Report);
        reports.map(|one| format!("{} {}", one.key, one.met_on.map_or_else(|| format!("{:?}", one.state), |on| on.to_string()))).collect()
    };
    // Two in one period: the second is none of the next.
    assert_eq!(met(&given(&["2018-10-01", "2018-12-01"]), "2019-03-15"), ["REPORT:1 2018-10-01", "REPORT:2 NotDue"]);
    // Late, and then both at once.
    assert_eq!(met(&given(&["2019-04-01", "2019-04-02"]), "2019-08-01"), ["REPORT:1 2019-04-01", "REPORT:2 2019-04-02", "REPORT:3 NotDue"]);
    assert_eq!(met(&given(&[]), "2020-02-10"), ["REPORT:1 Overdue", "REPORT:2 Overdue", "REPORT:3 Due", "REPORT:4 NotDue"]);
    let numbered = Facts { reports: vec![Report { given_on: day("2019-09-05"), number: Some(2) }], ..begun() };
    assert_eq!(met(&numbered, "2019-09-30"), ["REPORT:1 Overdue", "REPORT:2 2019-09-05", "REPORT:3 NotDue"]);
    assert_eq!(
        why(&numbered, &rules, "2019-09-30", "REPORT:3"),
        "Report 3 is due on 29 February 2020: 18 months after the start on 31 August 2018, one every 6 months (rules version 1)."
    );
}

#[test]
fn signatures_and_priority_are_owed_even_where_no_rule_dates_them() {
    let facts = Facts { priority_named_on: None, members: vec![member("lyon")], ..begun() };
    for (rules, why) in [(always(rules(4)), "rules version 4 names no last day"), (vec![], "no rules name a last day")] {
        let days = ["2018-04-30", "2018-05-01", "2024-01-01"];
        for key in ["SIGN_AGREEMENT:lyon", "NAME_PRIORITY"] {
            assert_eq!(told(&facts, &rules, key, &days), ["2018-04-30 NotDue Green", "2018-05-01 Due Yellow", "2024-01-01 Due Yellow"]);
        }
        let priority = owed(&facts, &rules, "2024-01-01", "NAME_PRIORITY").unwrap();
        assert_eq!(priority.sentence(&facts), format!("The thematic priority is due since the match on 1 May 2018: {why}."));
        assert_eq!((priority.due_from, priority.due_by), (on("2018-05-01"), None));
    }
    let named = Facts { priority_named_on: on("2018-07-01"), ..facts };
    assert_eq!(why(&named, &[], "2024-01-01", "NAME_PRIORITY"), "The thematic priority was named on 1 July 2018.");
}

#[test]
fn keys_are_read_as_they_are_written() {
    for key in [Key::of(Kind::DeliverPlan), Key::report(12), Key::signature("city:lyon"), Key::of(Kind::EndOfSupport)] {
        assert_eq!(key.to_string().parse(), Ok(key));
    }
    for wrong in ["", "REPORT", "REPORT:0", "REPORT:x", "SIGN_AGREEMENT", "SIGN_AGREEMENT:", "DELIVER_PLAN:1", "PAY"] {
        assert!(wrong.parse::<Key>().unwrap_err().starts_with(&format!("“{wrong}” names no obligation")));
    }
}
