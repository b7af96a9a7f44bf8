//! Who fits whom in a call: scores with reasons that add up, for those who may be told, and of those alone who want it.
use serde_json::{Value, json};

use crate::kit::{
    TestHub,
    matching::{application, bring, call, matches, mutate, points, ranked, record},
    on_both, people,
};

/// Hamburg, whose side Bologna is on, and the western cities, of which some must not appear.
async fn seed(hub: &TestHub) {
    let heat = [("Shade for hot squares", "en", Some("urban-heat"))];
    let rain = [("Rain gardens along streets", "en", Some("stormwater"))];
    let records = [
        call(json!({})),
        record(
            "hamburg",
            &[("Kühle Plätze", "de", Some("urban-heat")), ("Energie sparen in alten Häusern", "de", None)],
            &[("Regengärten bauen", "de", Some("stormwater"))],
            json!({ "goals": ["sdg-11", "sdg-13"], "working_languages": ["de", "en-GB"] }),
        ),
        record("bologna", &heat, &heat, json!({})),
        record(
            "austin",
            &rain,
            &heat,
            json!({ "goals": ["sdg-11"], "working_languages": ["en-US", "es"], "preferred_cities": ["hamburg"] }),
        ),
        record("baltimore", &[], &[("Dykes", "en", Some("climate-adaptation"))], json!({})),
        record("boston", &[], &[("Saving energy", "en", None)], json!({})),
        record("merida", &[], &[("Quinces in syrup", "en", None)], json!({ "working_languages": ["es-MX"] })),
        record("new-york", &rain, &heat, json!({ "excluded_countries": ["DE"] })),
        record("santa-monica", &rain, &heat, json!({ "opts_out_of_matching": true })),
        record("fort-collins", &rain, &heat, json!({ "state": "withdrawn" })),
        record("guadalajara", &rain, &heat, json!({ "state": "draft" })),
        record("montreal", &rain, &heat, json!({ "state": "declined", "reason": "Too cold." })),
    ];
    bring(hub, &records).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_other_side_is_ranked_with_reasons_that_add_up_and_without_those_who_do_not_want_it() {
    on_both(true, |hub| {
        Box::pin(async move {
            seed(hub).await;
            let told = matches(hub, Some(people::OFFICER), "hamburg").await;
            let names: Vec<String> = ranked(&told).into_iter().map(|(city, _)| city).collect();
            assert_eq!(names, ["austin", "baltimore", "boston", "merida"], "{:#}", told.json);
            for one in told.at("/call/matches").as_array().expect("a list") {
                let sum: i64 = one["reasons"].as_array().expect("reasons").iter().map(|reason| reason["points"].as_i64().expect("points")).sum();
                assert_eq!(one["score"], json!(sum), "{one:#}");
                let most: i64 = one["reasons"].as_array().expect("reasons").iter().map(|reason| reason["of"].as_i64().expect("a weight")).sum();
                assert_eq!(most, 100);
            }
            // Nearer themes count more, the same wholly; the same words in another language count, others do not.
            let own = |city: &str| points(&told, city, "OWN_CHALLENGES");
            assert!(own("austin") > own("baltimore") && own("baltimore") > own("merida"), "{:#}", told.json);
            assert!(own("boston") > 0 && own("merida") == 0, "“Energie” is like “energy”, and not like quinces");
            let best = told.at("/call/matches/0").clone();
            assert_eq!(best["application"]["slug"], application("austin"));
            let reason = |kind: &str| best["reasons"].as_array().expect("reasons").iter().find(|reason| reason["kind"] == kind).expect("it").clone();
            assert_eq!(reason("OWN_CHALLENGES")["themes"], json!([{ "slug": "urban-heat" }]));
            assert_eq!(reason("THEIR_CHALLENGES")["points"], json!(30), "the same theme is met wholly");
            assert_eq!(reason("GOALS")["goals"], json!([{ "slug": "sdg-11" }]));
            assert_eq!(reason("LANGUAGES")["languages"], json!(["en"]), "whatever the region");
            assert_eq!(reason("SIZE")["sentence"], "Hamburg has 1,706,696 inhabitants, Austin 790,390.");
            assert_eq!((&reason("PLACE")["points"], &reason("WISHES")["sentence"]), (&json!(4), &json!("Austin wishes for Hamburg.")));
            let sentence = reason("OWN_CHALLENGES")["sentence"].as_str().expect("a sentence").to_owned();
            assert!(sentence.contains("Hamburg") && sentence.contains("Urban heat wholly"), "{sentence}");

            // From either side it is the same; and asked again, after whatever else was written, too.
            let other = matches(hub, Some(people::OFFICER), "austin").await;
            let (of_austin, of_hamburg) = (ranked(&other), ranked(&told));
            let score = |list: &[(String, i64)], of: &str| list.iter().find(|(city, _)| city == of).expect("it").1;
            assert_eq!(score(&of_austin, "hamburg"), score(&of_hamburg, "austin"));
            assert_eq!(matches(hub, Some(people::OFFICER), "hamburg").await.json, told.json);
            bring(hub, &[json!({ "kind": "organisation", "slug": "quince-club", "name": "Quince club", "organisation_kind": "OTHER", "city": "lyon" })]).await;
            assert_eq!(matches(hub, Some(people::ADMINISTRATOR), "hamburg").await.json, told.json);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_synonym_of_every_language_has_texts_meet_at_once() {
    on_both(true, |hub| {
        Box::pin(async move {
            let records = [
                call(json!({})),
                record("hamburg", &[("Regengärten", "de", None)], &[], json!({})),
                record("austin", &[], &[("Rain gardens", "en", None)], json!({})),
            ];
            bring(hub, &records).await;
            let own = async || points(&matches(hub, Some(people::OFFICER), "hamburg").await, "austin", "OWN_CHALLENGES");
            assert_eq!(own().await, 0);
            let synonym =
                mutate(hub, people::ADMINISTRATOR, "createSynonym", "synonym { slug }", json!({ "terms": ["rain garden", "Regengarten"] }))
                    .await;
            assert_eq!(synonym.at("/createSynonym/errors"), &json!([]));
            assert_eq!(own().await, 18, "all words meet: three fifths of thirty points, as no theme is told");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn officers_are_told_and_cities_of_their_own_where_the_call_says_so_and_of_others_words_nothing() {
    on_both(true, |hub| {
        Box::pin(async move {
            seed(hub).await;
            for (person, code) in [
                (Some(people::HAMBURG), "FORBIDDEN"),
                (Some(people::AUSTIN), "NOT_FOUND"),
                (Some(people::BOLOGNA), "NOT_FOUND"),
                (Some(people::READER), "NOT_FOUND"),
                (None, "NOT_FOUND"),
            ] {
                assert_eq!(matches(hub, person, "hamburg").await.code(), code, "{person:?}");
            }
            // Of another call it is as if it was not there.
            let other =
                "query($application: ID!) { call(slug: \"iuc-north-america-2018\") { matches(application: $application) { score } } }";
            let id = hub.id("application", &application("hamburg")).await;
            assert_eq!(hub.run(Some(people::OFFICER), other, json!({ "application": id })).await.code(), "NOT_FOUND");
            for (city, said) in [("santa-monica", "wants no partner"), ("fort-collins", "taken back"), ("montreal", "declined")] {
                let asked = matches(hub, Some(people::ADMINISTRATOR), city).await;
                assert_eq!(asked.code(), "WRONG_STATE", "{city}");
                assert!(asked.json["errors"][0]["message"].as_str().expect("a sentence").contains(said), "{:#}", asked.json);
            }

            let call = hub.id("call", "who-fits").await;
            let change = json!({ "id": call, "citiesSeeMatches": true });
            assert_eq!(mutate(hub, people::HAMBURG, "updateCall", "call { slug }", change.clone()).await.code(), "FORBIDDEN");
            let changed = mutate(hub, people::OFFICER, "updateCall", "call { citiesSeeMatches }", change).await;
            assert_eq!(changed.at("/updateCall/call/citiesSeeMatches"), true, "{:#}", changed.json);
            let told = matches(hub, Some(people::HAMBURG), "hamburg").await;
            let names: Vec<String> = ranked(&told).into_iter().map(|(city, _)| city).collect();
            assert_eq!(names, ["austin", "baltimore", "boston", "merida"], "{:#}", told.json);
            assert!(told.at("/call/matches").as_array().expect("a list").iter().all(|one| one["application"].is_null()));
            let said = told.json.to_string();
            for word in ["Shade", "Rain gardens", "Dykes", "Saving", "Quinces", "wishes for Hamburg"] {
                assert!(!said.contains(word), "{word}: {:#}", told.json);
            }
            assert!(said.contains("“Energie sparen in alten Häusern”"), "its own words are its own");
            // The wishes of others are between them and the officers; the rest is the same.
            assert_eq!((points(&told, "austin", "WISHES"), points(&told, "austin", "THEIR_CHALLENGES")), (0, 30));
            assert!(
                said.contains("Whom Austin wishes for is between that city and the officers.") && !said.contains("Neither"),
                "nor is anything untrue said of them"
            );
            let officers = matches(hub, Some(people::OFFICER), "hamburg").await;
            assert!(points(&officers, "austin", "WISHES") > 0);
            for one in told.at("/call/matches").as_array().expect("a list") {
                let sum: i64 =
                    one["reasons"].as_array().expect("reasons").iter().map(|reason| reason["points"].as_i64().expect("points")).sum();
                assert_eq!(one["score"], json!(sum));
            }
            for person in [Some(people::AUSTIN), Some(people::BOLOGNA), Some(people::READER), None] {
                assert_eq!(matches(hub, person, "hamburg").await.code(), "NOT_FOUND", "{person:?}");
            }
            // Whoever excludes a city is not told that city, nor the other way round.
            let own = matches(hub, Some("june-new-york"), "new-york").await;
            assert!(ranked(&own).iter().all(|(city, _)| city != "hamburg") && ranked(&own).iter().any(|(city, _)| city == "bologna"));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_counts_how_much_is_the_calls_setting_of_which_every_version_is_kept() {
    on_both(true, |hub| {
        Box::pin(async move {
            seed(hub).await;
            let id = hub.id("call", "who-fits").await;
            let shown = "call { matchWeights { version challenges goals textPercent } matchWeightsVersions { version since challenges } }";
            let before = ranked(&matches(hub, Some(people::OFFICER), "hamburg").await);
            let update = async |weights: Value| {
                mutate(hub, people::OFFICER, "updateCall", shown, json!({ "id": id, "matchWeights": weights })).await
            };
            let wrong = update(json!({ "challenges": 31 })).await;
            assert_eq!((wrong.code(), wrong.paths()), ("BAD_INPUT", vec!["input.matchWeights.challenges".to_owned()]));
            assert!(wrong.message().contains("102 together"), "{:#}", wrong.json);
            assert_eq!(update(json!({ "textPercent": 101 })).await.paths(), ["input.matchWeights.textPercent"]);
            // The usual again is no change.
            assert_eq!(update(json!({})).await.at("/updateCall/call/matchWeights/version"), 1);
            let words_alone = update(json!({ "challenges": 50, "goals": 0, "size": 0, "place": 0, "languages": 0, "wishes": 0 })).await;
            let versions =
                json!([{ "version": 1, "since": null, "challenges": 30 }, { "version": 2, "since": "2026-06-01", "challenges": 50 }]);
            assert_eq!(words_alone.at("/updateCall/call/matchWeightsVersions"), &versions, "{:#}", words_alone.json);
            let told = matches(hub, Some(people::OFFICER), "hamburg").await;
            assert_ne!(ranked(&told), before);
            assert_eq!(told.at("/call/matches/0/reasons").as_array().expect("reasons").len(), 2, "what counts for nothing is no reason");
            let other = hub.import(&format!("{}\n", call(json!({ "weights": { "version": 2 } })))).await;
            assert!(format!("{:?}", other.verdicts).contains("Version 2 of the weights is kept as it is"), "{:?}", other.verdicts);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_takes_itself_out_of_matching_and_back_whenever_it_likes() {
    on_both(true, |hub| {
        Box::pin(async move {
            seed(hub).await;
            let id = hub.id("application", &application("austin")).await;
            let opt = async |person, out: bool| {
                mutate(
                    hub,
                    person,
                    "updateApplicationMatching",
                    "application { state optsOutOfMatching viewerCan }",
                    json!({ "id": id, "optsOut": out }),
                )
                .await
            };
            assert_eq!(opt(people::OFFICER, true).await.code(), "FORBIDDEN");
            assert_eq!(opt(people::HAMBURG, true).await.code(), "NOT_FOUND");
            let out = opt(people::AUSTIN, true).await;
            let shown = out.at("/updateApplicationMatching/application");
            assert_eq!(
                (&shown["state"], &shown["optsOutOfMatching"], &shown["viewerCan"]),
                (&json!("SUBMITTED"), &json!(true), &json!(["UPDATE_MATCHING", "WITHDRAW"])),
                "{:#}",
                out.json
            );
            let names = async || {
                ranked(&matches(hub, Some(people::OFFICER), "hamburg").await).into_iter().map(|(city, _)| city).collect::<Vec<_>>()
            };
            assert_eq!(names().await, ["baltimore", "boston", "merida"]);
            assert_eq!(matches(hub, Some(people::OFFICER), "austin").await.code(), "WRONG_STATE");
            assert_eq!(opt(people::AUSTIN, false).await.at("/updateApplicationMatching/errors"), &json!([]));
            assert_eq!(names().await[0], "austin");
        })
    })
    .await;
}
