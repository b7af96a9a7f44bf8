//! The first programme's own page, loaded as records as it is: what is in doubt is named, and nothing is guessed.
use hansa::kernel::import::{Doubt, Options, Report, Verdict};
use serde_json::{Value, json};

use crate::kit::on_both;

fn city(slug: &str, name: &str, more: Value) -> Value {
    let mut record = json!({ "kind": "city", "slug": slug, "name": name });
    for (field, value) in more.as_object().expect("an object") {
        record[field] = value.clone();
    }
    record
}

fn lines(records: &[Value]) -> String {
    records.iter().map(|record| format!("{record}\n")).collect()
}

/// The doubt of the record in this place.
fn doubt(report: &Report, place: usize) -> &Doubt {
    let mut doubts = report.doubts.iter().filter(|(of, _)| *of == place).map(|(_, doubt)| doubt);
    match (doubts.next(), doubts.next()) {
        (Some(doubt), None) => doubt,
        (none, more) => panic!("one doubt of {place}: {none:?} {more:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_fits_several_places_names_them_and_none_is_chosen() {
    on_both(false, |hub| {
        Box::pin(async move {
            let records = [
                city("merida", "Merida", json!({ "country": "MX" })),
                city("west-athens", "West Athens", json!({ "country": "GR" })),
                city("montreal", "Montreal", json!({ "country": "CA" })),
                city("fort-collins", "Fort Colins", json!({ "country": "US" })),
                city("guadalajara", "Metropolitan Area of Guadalajara", json!({ "country": "MX", "city_kind": "METROPOLITAN_AREA" })),
                city("varna", "Varna", json!({ "country": "BG", "latitude": 43.2, "longitude": 27.9 })),
                city("santa-monica", "Santa Mónica", json!({ "country": "MX", "latitude": 34.02, "longitude": -118.49 })),
                city("manchester", "Manchester", json!({})),
            ];
            let report = hub.import_with(&lines(&records), Options::default()).await;
            let taken = |place: usize| report.verdicts[place].1 == Verdict::Created;
            assert!((0..7).all(taken) && !taken(7), "a doubt refuses nothing, a missing country does: {:?}", report.verdicts);
            let told: Vec<usize> = report.doubts.iter().map(|(place, _)| *place).collect();
            assert_eq!(told, [0, 1, 3, 6, 7], "{:#?}", report.doubts);
            let merida = doubt(&report, 0);
            assert_eq!((merida.field, merida.candidates.len()), ("name", 2));
            assert_eq!(merida.sentence, "“Merida” fits 2 places in Mexico, and none was chosen: tell its coordinates.");
            assert!(merida.candidates[0].starts_with("Mérida (Mexico) at 21.0, -89.6"), "{:?}", merida.candidates);
            assert_eq!(doubt(&report, 1).candidates, ["West Athens (CA, United States) at 33.9, -118.3, 8,729 inhabitants"]);
            assert!(doubt(&report, 3).sentence.contains("No place called “Fort Colins” is known"));
            assert!(
                doubt(&report, 6).sentence.starts_with("The nearest place called “Santa Mónica” in Mexico lies "),
                "{:?}",
                doubt(&report, 6)
            );
            assert!(doubt(&report, 7).sentence.contains("fits 19 places"), "{:?}", doubt(&report, 7));
            let placed = hub.run(None, "{ city(slug: \"merida\") { coordinates { latitude } } }", json!({})).await;
            assert_eq!(placed.at("/city"), &json!({ "coordinates": null }), "nothing is filled in");
            let again = hub.import_with(&lines(&records[..7]), Options::default()).await;
            assert!(again.doubts.is_empty(), "what stands there was decided: {:?}", again.doubts);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn glued_columns_and_the_star_of_a_footnote_are_doubted_and_told_apart() {
    on_both(false, |hub| {
        Box::pin(async move {
            let records = [
                city("one", "MontrealCanada", json!({ "country": "CA" })),
                city("two", "Baltimore*", json!({ "country": "US" })),
                city("three", "ManchesterUnited Kingdom", json!({ "country": "GB" })),
                city("four", "Panama", json!({ "country": "PA", "latitude": 8.99, "longitude": -79.52 })),
            ];
            let report = hub.import_with(&lines(&records), Options { dry_run: true, ..Options::default() }).await;
            assert_eq!(doubt(&report, 0).candidates, ["“Montreal” in Canada (CA)"]);
            assert_eq!(doubt(&report, 1).candidates, ["“Baltimore”, and a claim of an announcement"]);
            assert_eq!(doubt(&report, 2).candidates, ["“Manchester” in United Kingdom (GB)"]);
            assert_eq!(report.doubts.len(), 3, "a city may be called like its country: {:?}", report.doubts);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_spellings_of_the_page_find_the_city_and_its_star_is_a_claim_of_that_day() {
    on_both(true, |hub| {
        Box::pin(async move {
            for spelling in ["Santa Monica", "Santa Mónica", "New York", "New York City"] {
                let found = hub
                    .run(None, "query($name: String!) { cities(filter: { name: $name }) { nodes { slug } } }", json!({ "name": spelling }))
                    .await;
                assert_eq!(found.at("/cities/nodes").as_array().map(Vec::len), Some(1), "{spelling}: {:#}", found.json);
            }
            let query =
                "{ programme(slug: \"iuc-north-america\") { cohorts { name stated listed light cities { verbatim city { slug name } } } }
                cities(filter: { newSince: \"2018-07-18\" }) { totalCount } }";
            let told = hub.run(None, query, json!({})).await;
            let cohort = told.at("/programme/cohorts/0");
            assert_eq!((&cohort["stated"], &cohort["listed"], &cohort["light"]), (&json!(6), &json!(6), &json!("GREEN")));
            let new_york = json!({ "verbatim": "New York City", "city": { "slug": "new-york", "name": "New York City" } });
            assert!(cohort["cities"].as_array().is_some_and(|cities| cities.contains(&new_york)), "{cohort:#}");
            assert_eq!(told.at("/cities/totalCount"), 5);
        })
    })
    .await;
}
