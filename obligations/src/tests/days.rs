//! Days in the zones of two cities.
use jiff::{Timestamp, tz::TimeZone};

use super::*;

fn zones(names: &[&str]) -> Vec<TimeZone> {
    names.iter().map(|name| TimeZone::get(name).unwrap()).collect()
}

#[test]
fn a_day_is_over_when_it_is_over_in_the_last_of_the_cities() {
    let pair = zones(&["Europe/Berlin", "America/Los_Angeles"]);
    let rules = always(Rules { plan_due_months: Some(18), ..rules(1) });
    for (now, wanted, state) in [
        ("2020-02-29T22:59:59Z", "2020-02-29", State::Due),
        // It is March in Berlin.
        ("2020-02-29T23:00:00Z", "2020-02-29", State::Due),
        ("2020-03-01T07:59:59Z", "2020-02-29", State::Due),
        ("2020-03-01T08:00:00Z", "2020-03-01", State::Overdue),
    ] {
        let today = today(now.parse().unwrap(), &pair);
        assert_eq!(today, day(wanted), "{now}");
        assert_eq!(owed(&begun(), &rules, wanted, "DELIVER_PLAN").unwrap().state, state, "{now}");
    }
}

#[test]
fn the_instant_a_day_begins_is_that_at_which_it_becomes_today() {
    let summer = zones(&["Europe/Berlin", "America/Los_Angeles"]);
    assert_eq!(begins(day("2020-07-01"), &summer), Some("2020-07-01T07:00:00Z".parse().unwrap()));
    // No midnight in Santiago on 8 September 2019: the clock jumps to one.
    assert_eq!(begins(day("2019-09-08"), &zones(&["America/Santiago"])), Some("2019-09-08T04:00:00Z".parse().unwrap()));
    assert_eq!(begins(day("2020-01-01"), &[]), Some("2020-01-01T00:00:00Z".parse().unwrap()));
    assert_eq!(today("2020-01-01T00:00:00Z".parse().unwrap(), &[]), day("2020-01-01"));
    for zones in [zones(&["Pacific/Kiritimati", "Pacific/Pago_Pago"]), zones(&["America/Santiago", "Asia/Kathmandu"]), summer] {
        for wanted in ["2019-09-08", "2020-02-29", "2020-03-29", "2020-11-01"] {
            let start = begins(day(wanted), &zones).unwrap();
            let before = Timestamp::from_second(start.as_second() - 1).unwrap();
            assert_eq!(today(start, &zones), day(wanted));
            assert!(today(before, &zones) < day(wanted));
        }
    }
}
