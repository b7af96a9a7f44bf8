//! What search promises to who looks for something, through the graph.
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use crate::kit::{TestHub, on_both, people};

async fn found(hub: &TestHub, person: Option<&str>, text: &str) -> Vec<String> {
    let query =
        "query($text: String!) { search(text: $text, first: 100, filter: { kinds: [PRACTICE] }) { nodes { ... on Practice { slug } } } }";
    let answer = hub.run(person, query, json!({ "text": text })).await;
    let slugs = answer.at("/search/nodes").as_array().expect("a list").iter().map(|node| node["slug"].as_str().expect("a slug").to_owned());
    let mut slugs: Vec<String> = slugs.collect();
    slugs.sort_unstable();
    slugs
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_field_takes_names_in_any_language_and_slugs_alike() {
    on_both(true, |hub| {
        Box::pin(async move {
            for (named, told) in [
                ("city:\"Mérida\"", "city:merida"),
                ("city:\"merida, yucatan, mexico\"", "city:merida"),
                ("city:Μόντρεαλ", "city:montreal"),
                ("theme:Klimaschutz", "theme:nothing-is-called-so"),
                ("theme:\"Action climatique\"", "theme:climate-action"),
                ("theme:\"Действия за климата\"", "theme:climate-action"),
                ("country:Deutschland", "country:DE"),
                ("country:\"États-Unis\"", "country:us"),
                ("country:USA", "country:us"),
                ("country:Германия", "country:de"),
            ] {
                let (by_name, by_slug) = (found(hub, None, named).await, found(hub, None, told).await);
                assert_eq!(by_name, by_slug, "{named} and {told}");
                assert_eq!(by_slug.is_empty(), told.contains("nothing"), "{told}");
            }
            let query =
                "query($text: String!) { search(text: $text, first: 0) { explanation { sentence parts { meaning field text values } } } }";
            let told = hub.run(None, query, json!({ "text": "agua city:\"Mérida\" country:Atlantis" })).await;
            let parts = told.at("/search/explanation/parts");
            assert_eq!(parts[1], json!({ "meaning": "FIELD", "field": "city", "text": "Mérida", "values": ["merida"] }));
            assert_eq!(parts[2], json!({ "meaning": "FIELD", "field": "country", "text": "Atlantis", "values": [] }));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_score_is_explained_by_parts_that_add_up() {
    const QUERY: &str = "query($text: String!) { search(text: $text, first: 30) { edges { score explanation {
        score language trust recency kindWeight nameMatch marks parts { place words terms frequency documents ofDocuments rarity saturation weight boost points } } } } }";
    on_both(true, |hub| {
        Box::pin(async move {
            for text in ["water", "green roofs hamburg", "vélo station", "public transprt", "pla*", "\"public transport\" city"] {
                for person in [None, Some(people::HAMBURG)] {
                    let answer = hub.run(person, QUERY, json!({ "text": text })).await;
                    let edges = answer.at("/search/edges").as_array().expect("a list");
                    assert!(!edges.is_empty(), "“{text}” finds nothing");
                    for edge in edges {
                        let (score, why) = (edge["score"].as_f64().expect("a score"), &edge["explanation"]);
                        let number = |value: &Value| value.as_f64().expect("a number");
                        let parts = why["parts"].as_array().expect("parts");
                        let sum: f64 = parts.iter().map(|part| number(&part["points"])).sum();
                        assert!((sum / score - 1.0).abs() < 1e-4 && (number(&why["score"]) / score - 1.0).abs() < 1e-4, "{edge:#}");
                        for part in parts {
                            let trust = if part["place"] == "NAME" { 1.0 } else { number(&why["trust"]) };
                            let factors = ["weight", "boost", "rarity", "saturation"].map(|factor| number(&part[factor]));
                            let of_thing = ["recency", "kindWeight", "nameMatch", "marks"].map(|factor| number(&why[factor]));
                            let product = factors.iter().chain(&of_thing).product::<f64>() * trust;
                            assert!((product / number(&part["points"]) - 1.0).abs() < 1e-4, "{part:#}");
                        }
                    }
                }
            }
            let listed = hub.run(None, QUERY, json!({ "text": "" })).await;
            assert!(listed.at("/search/edges/0/explanation").is_null());
        })
    })
    .await;
}

/// Each practice that a person sees with what it is filtered by.
async fn seen(hub: &TestHub, person: Option<&str>) -> Vec<BTreeMap<&'static str, BTreeSet<String>>> {
    let themes = hub.run(None, "{ themes(first: 100) { nodes { slug parent { slug } } pageInfo { hasNextPage } } }", json!({})).await;
    assert_eq!(themes.at("/themes/pageInfo/hasNextPage"), false);
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let above: HashMap<String, Option<String>> = themes
        .at("/themes/nodes")
        .as_array()
        .expect("themes")
        .iter()
        .filter_map(|theme| Some((text(&theme["slug"])?, text(&theme["parent"]["slug"]))))
        .collect();
    let query = "{ practices(first: 100) { nodes { language translations { language } themes { slug } goals { slug parent { slug parent { slug } } } city { slug country { code } } } pageInfo { hasNextPage } } }";
    let practices = hub.run(person, query, json!({})).await;
    assert_eq!(practices.at("/practices/pageInfo/hasNextPage"), false);
    let practice = |practice: &Value| {
        let all = |list: &Value, field: &str| {
            list.as_array().into_iter().flatten().filter_map(|item| text(&item[field])).collect::<BTreeSet<_>>()
        };
        let mut themes = BTreeSet::new();
        for theme in all(&practice["themes"], "slug") {
            themes.extend(std::iter::successors(Some(theme), |theme| above.get(theme).cloned().flatten()));
        }
        let mut goals = BTreeSet::new();
        for goal in practice["goals"].as_array().into_iter().flatten() {
            goals.extend(std::iter::successors(Some(goal), |goal| goal.get("parent")).filter_map(|goal| text(&goal["slug"])));
        }
        let languages = all(&practice["translations"], "language").into_iter().chain(text(&practice["language"])).collect();
        let one = |value: &Value| text(value).into_iter().collect::<BTreeSet<_>>();
        let (cities, countries) = (one(&practice["city"]["slug"]), one(&practice["city"]["country"]["code"]));
        BTreeMap::from([("themes", themes), ("goals", goals), ("languages", languages), ("cities", cities), ("countries", countries)])
    };
    practices.at("/practices/nodes").as_array().expect("practices").iter().map(practice).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn facets_count_what_counting_by_hand_counts() {
    const QUERY: &str = "query($filter: SearchFilter) { search(text: \"\", first: 0, filter: $filter) { totalCount facets {
        themes { value count above } goals { value count above } languages { value count } cities { value count } countries { value count } } } }";
    on_both(true, |hub| {
        Box::pin(async move {
            let filters = [
                json!({}),
                json!({ "themes": ["climate-action"] }),
                json!({ "countries": ["US", "DE"] }),
                json!({ "goals": ["sdg-11", "sdg-13-1"], "countries": ["US", "FR", "DE"] }),
                json!({ "themes": ["climate-action", "mobility"], "countries": ["US", "FR", "MX"] }),
                json!({ "languages": ["en"], "cities": ["hamburg", "austin", "boston"] }),
            ];
            for person in [None, Some(people::HAMBURG), Some(people::ADMINISTRATOR)] {
                let seen = seen(hub, person).await;
                assert!(seen.len() > 20);
                for filter in &filters {
                    let mut asked = filter.clone();
                    asked["kinds"] = json!(["PRACTICE"]);
                    let answer = hub.run(person, QUERY, json!({ "filter": asked })).await;
                    let meets = |practice: &BTreeMap<&str, BTreeSet<String>>, but: &str| {
                        filter.as_object().expect("a filter").iter().filter(|(field, _)| *field != but).all(|(field, wanted)| {
                            wanted
                                .as_array()
                                .expect("a list")
                                .iter()
                                .any(|value| practice[field.as_str()].contains(value.as_str().expect("a text")))
                        })
                    };
                    let total = seen.iter().filter(|practice| meets(practice, "")).count();
                    assert_eq!(answer.at("/search/totalCount"), total, "{person:?} {filter}");
                    for field in ["themes", "goals", "languages", "cities", "countries"] {
                        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
                        for value in seen.iter().filter(|practice| meets(practice, field)).flat_map(|practice| &practice[field]) {
                            *counts.entry(value).or_default() += 1;
                        }
                        let told = answer.at(&format!("/search/facets/{field}")).as_array().expect("a facet");
                        let told: BTreeMap<&str, usize> = told
                            .iter()
                            .map(|value| (value["value"].as_str().expect("a value"), value["count"].as_u64().expect("a count") as usize))
                            .collect();
                        assert_eq!(told, counts, "{person:?} {filter} {field}");
                    }
                    for tree in ["themes", "goals"] {
                        let values = answer.at(&format!("/search/facets/{tree}")).as_array().expect("values");
                        for value in values.iter().filter(|value| !value["above"].is_null()) {
                            let above =
                                values.iter().find(|other| other["value"] == value["above"]).expect("what is above is counted, too");
                            assert!(above["count"].as_u64() >= value["count"].as_u64(), "{value} under {above}");
                        }
                    }
                }
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn facets_are_labelled_in_the_readers_language() {
    const QUERY: &str =
        "{ search(text: \"\", first: 0, filter: { kinds: [PRACTICE] }) { facets { themes { value label } countries { value label } } } }";
    on_both(true, |hub| {
        Box::pin(async move {
            for (languages, theme, country) in [
                (&["fr-CA", "en"][..], "Action climatique", "Allemagne"),
                (&["el"][..], "Δράση για το κλίμα", "Γερμανία"),
                (&[][..], "Climate action", "Germany"),
            ] {
                let answer = hub.run_in(None, languages, QUERY, json!({})).await;
                let label = |facet: &str, value: &str| {
                    let values = answer.at(&format!("/search/facets/{facet}")).as_array().expect("a facet");
                    values.iter().find(|told| told["value"] == value).expect("counted")["label"].as_str().expect("a label").to_owned()
                };
                assert_eq!((label("themes", "climate-action").as_str(), label("countries", "DE").as_str()), (theme, country));
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_near_is_found_and_comes_first() {
    const QUERY: &str = "query($near: SearchNear!, $order: SearchOrder!) { search(text: \"\", first: 100, orderBy: $order, filter: { kinds: [CITY], near: $near }) {
        totalCount nodes { ... on City { slug coordinates { latitude longitude } } } } }";
    on_both(true, |hub| {
        Box::pin(async move {
            let (latitude, longitude) = (45.76, 4.84);
            // The haversine, by hand.
            let distance = |node: &Value| {
                let (other, along) =
                    (node["coordinates"]["latitude"].as_f64()?.to_radians(), node["coordinates"]["longitude"].as_f64()?.to_radians());
                let here: f64 = f64::to_radians(latitude);
                let a = ((other - here) / 2.0).sin().powi(2)
                    + here.cos() * other.cos() * ((along - f64::to_radians(longitude)) / 2.0).sin().powi(2);
                Some(2.0 * 6371.0088 * a.sqrt().asin())
            };
            let run = |kilometres: f64| {
                hub.run(
                    None,
                    QUERY,
                    json!({ "near": { "latitude": latitude, "longitude": longitude, "kilometres": kilometres }, "order": "DISTANCE" }),
                )
            };
            let all = run(30_000.0).await;
            let distances: Vec<f64> =
                all.at("/search/nodes").as_array().expect("cities").iter().map(|node| distance(node).expect("a place")).collect();
            assert!(distances.len() > 10 && distances.is_sorted(), "{distances:?}");
            for radius in [1.0, 100.0, 600.0, 8_000.0] {
                let within = run(radius).await;
                assert_eq!(
                    within.at("/search/totalCount"),
                    distances.iter().filter(|distance| **distance <= radius).count(),
                    "{radius} km"
                );
            }
            let nowhere = "{ search(text: \"\", orderBy: DISTANCE) { totalCount } }";
            assert_eq!(hub.run(None, nowhere, json!({})).await.code(), "REQUIRED");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_serves_a_target_is_found_under_its_goal_wherever_that_stands() {
    on_both(true, |hub| {
        Box::pin(async move {
            let under = async |goal: &str| {
                let text = format!("goal:{goal}");
                let query = "query($goals: [ID!]) { practices(first: 100, filter: { goals: $goals }) { nodes { slug } } }";
                let listed = hub.run(None, query, json!({ "goals": [goal] })).await;
                let listed = listed.at("/practices/nodes").as_array().expect("a list");
                let mut listed: Vec<String> = listed.iter().map(|node| node["slug"].as_str().expect("a slug").to_owned()).collect();
                listed.sort_unstable();
                let found = found(hub, None, &text).await;
                assert_eq!(found, listed, "{goal}, searched and listed");
                found
            };
            let (transport, cities, climate) = (under("sdg-11-2").await, under("sdg-11").await, under("sdg-13").await);
            assert!(!transport.is_empty() && transport.iter().all(|slug| cities.contains(slug)));
            assert!(transport.iter().any(|slug| !climate.contains(slug)));
            let line = json!({ "kind": "goal", "slug": "sdg-11-2", "agenda": "sdg", "code": "11.2", "name": "Transport", "parent": "sdg-13", "position": 103 });
            hub.import(&line.to_string()).await;
            hub.indexed().await;
            let climate = under("sdg-13").await;
            assert!(transport.iter().all(|slug| climate.contains(slug)), "a goal takes along what serves it");
            assert!(under("sdg-11").await.len() < cities.len(), "and leaves nothing behind");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_types_the_name_of_a_city_is_led_to_the_city() {
    on_both(true, |hub| {
        Box::pin(async move {
            let suggest = "query($text: String!) { suggest(text: $text, first: 5) { text node { ... on City { slug } } } }";
            for (typed, slug) in [("hamburg", "hamburg"), ("Hambu", "hamburg"), ("lyon", "lyon"), ("varna", "varna")] {
                let first = hub.run(None, suggest, json!({ "text": typed })).await.at("/suggest/0").clone();
                assert_eq!(first["node"]["slug"], slug, "{typed}: {first}");
            }
        })
    })
    .await;
}
