//! When to look again, and what to tell.
use super::*;

fn kept() -> (Facts, Vec<Accepted>) {
    let rules = Rules {
        plan_due_months: Some(12),
        report_every_months: Some(6),
        minimum_cooperation_months: Some(18),
        maximum_support_months: Some(18),
        ..rules(1)
    };
    (Facts { plan_delivered_on: on("2019-09-05"), ..begun() }, always(rules))
}

/// All days of change from one on, one after another.
fn changes(facts: &Facts, rules: &[Accepted], from: &str, most: usize) -> Vec<String> {
    let following = |today: &Date| next_change(facts, rules, *today);
    std::iter::successors(following(&day(from)), following).take(most).map(|day| day.to_string()).collect()
}

#[test]
fn the_next_change_is_named_each_time() {
    let (facts, rules) = kept();
    let wanted = [
        "2018-05-01", // The match is known: naming the priority becomes due.
        "2018-08-31", // It is named.
        "2019-01-28", // Report 1 is due, report 2 listed.
        "2019-03-01", // Overdue.
        "2019-07-31", // The plan and report 2 are due.
        "2019-09-01", // Overdue both.
        "2019-09-05", // The plan is delivered.
        "2020-01-29", // Report 3 is due, and support ends soon.
        "2020-02-29", // The minimum is reached.
        "2020-03-01", // Report 3 is overdue, support is over.
    ];
    assert_eq!(changes(&facts, &rules, "2018-01-01", 10), wanted);
    let nothing = Facts { started_on: None, ..Facts::default() };
    assert_eq!(next_change(&nothing, &rules, day("2020-01-01")), None);
}

#[test]
fn a_postponed_report_hides_no_change() {
    let rules = always(Rules { report_every_months: Some(6), ..rules(1) });
    let postponed = Postponement { key: Key::report(1), on: day("2018-12-01"), until: day("2020-06-30"), reason: "Elections.".to_owned() };
    let facts = Facts { postponements: vec![postponed], ..begun() };
    // Report 2 is listed when report 1 would have been due.
    assert_eq!(changes(&facts, &rules, "2018-12-01", 3), ["2019-01-28", "2019-07-31", "2019-09-01"]);
}

#[test]
fn what_happened_is_told_once_whoever_looked_when() {
    let (facts, rules) = kept();
    let passed = |today: &str| -> Vec<String> {
        let listed = obligations(&facts, &rules, day(today));
        listed.iter().flat_map(milestones).map(|one| format!("{} {one}", one.on)).collect()
    };
    assert_eq!(
        passed("2020-03-08"),
        [
            "2018-05-01 NAME_PRIORITY/DUE",
            "2018-08-31 NAME_PRIORITY/MET",
            "2019-07-31 DELIVER_PLAN/DUE",
            "2019-09-01 DELIVER_PLAN/OVERDUE",
            "2019-09-05 DELIVER_PLAN/MET",
            "2019-01-28 REPORT:1/DUE",
            "2019-03-01 REPORT:1/OVERDUE",
            "2019-07-31 REPORT:2/DUE",
            "2019-09-01 REPORT:2/OVERDUE",
            "2020-01-29 REPORT:3/DUE",
            "2020-03-01 REPORT:3/OVERDUE",
            "2020-02-29 REACH_MINIMUM/COMMITMENT_REACHED",
            "2020-01-29 END_OF_SUPPORT/SUPPORT_ENDING",
            "2020-02-29 END_OF_SUPPORT/MET",
        ]
    );
    // Day by day, each is there from its day on, and its text never changes: so a clock that jumps back finds nothing new.
    let mut seen: Vec<String> = Vec::new();
    let mut today = day("2018-04-01");
    while today <= day("2020-03-08") {
        for one in passed(&today.to_string()) {
            if !seen.contains(&one) {
                let due = one.split(' ').next().unwrap();
                let is_over = one.ends_with("END_OF_SUPPORT/MET");
                assert!(due == today.to_string() || is_over, "{one} is told on {today}");
                seen.push(one);
            }
        }
        today = today.tomorrow().unwrap();
    }
    let mut all = passed("2020-03-08");
    all.sort();
    seen.sort();
    assert_eq!(seen, all);
}

#[test]
fn what_is_done_in_time_never_becomes_overdue_nor_due_when_done_before() {
    let rules = always(Rules { plan_due_months: Some(12), pilot_due_months: Some(12), ..rules(1) });
    let facts = Facts { plan_delivered_on: on("2019-01-01"), pilot_started_on: on("2019-08-31"), ..begun() };
    let told = |key| milestones(&owed(&facts, &rules, "2024-01-01", key).unwrap()).iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(told("DELIVER_PLAN"), ["DELIVER_PLAN/MET"]);
    assert_eq!(told("START_PILOT"), ["START_PILOT/DUE", "START_PILOT/MET"]);
    let waiver = Waiver { key: Key::of(Kind::DeliverPlan), on: day("2019-08-10"), reason: "Flood.".to_owned() };
    let waived = Facts { waivers: vec![waiver], ..begun() };
    let plan = milestones(&owed(&waived, &rules, "2024-01-01", "DELIVER_PLAN").unwrap());
    assert_eq!(plan.iter().map(ToString::to_string).collect::<Vec<_>>(), ["DELIVER_PLAN/DUE"]);
}

#[test]
fn lights_are_counted() {
    let (facts, rules) = kept();
    let listed = obligations(&facts, &rules, day("2019-08-15"));
    // Priority, minimum and support; plan and report 2; report 1.
    assert_eq!(counts(&listed), Counts { green: 4, yellow: 2, red: 1, grey: 0 });
}
