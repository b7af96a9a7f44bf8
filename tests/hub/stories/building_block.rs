//! A practice is told in parts, too: they are seen with it and hidden with it, other cities use them, and none is withdrawn without a reason.
use hansa::kernel::import::{Options, Verdict};
use serde_json::{Value, json};

use crate::kit::{Answer, TestHub, on_both, people};

const SEEN: &str = "query($id: ID!) { node(id: $id) { ... on BuildingBlock { state version title description withdrawnReason usedBy { totalCount nodes { slug } } city { slug } } }
    buildingBlocks(first: 100) { nodes { id } } exchangeEvents(filter: { subjects: [$id] }) { nodes { type } } }";

/// A practice with this slug; a draft of its city where it has no day.
async fn practice(hub: &TestHub, city: &str, slug: &str, published_on: Option<&str>) -> String {
    let line = json!({ "kind": "practice", "slug": slug, "city": city, "language": "en", "title": format!("Hedges {slug}"), "summary": "Hedges that feed.",
        "difficulties": "Thorns.", "published_on": published_on });
    let report = hub.import(&format!("{line}\n")).await;
    assert!(!report.any_refused(), "{:?}", report.verdicts);
    hub.id("practice", slug).await
}

async fn add(hub: &TestHub, person: &str, practice: &str, more: Value) -> Answer {
    let mut input = json!({ "practice": practice, "language": "en", "title": "Pruned by contract", "description": "The medlarkeeper prunes, the city pays." });
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    hub.mutate(person, "buildingBlock", "addBuildingBlock", input).await
}

/// One that was added.
async fn added(hub: &TestHub, person: &str, practice: &str, more: Value) -> String {
    add(hub, person, practice, more).await.text("/addBuildingBlock/buildingBlock/id").to_owned()
}

async fn uses(hub: &TestHub, person: &str, practice: &str, blocks: &[&str]) -> Answer {
    hub.mutate(person, "practice", "useBuildingBlocks", json!({ "id": practice, "buildingBlocks": blocks })).await
}

/// Does what is not refused.
async fn done(hub: &TestHub, person: &str, kind: &str, mutation: &str, input: Value) {
    let answer = hub.mutate(person, kind, mutation, input).await;
    assert_eq!(answer.at(&format!("/{mutation}/errors")), &json!([]));
}

/// Whether somebody sees it, the same by its id, in the list and in search.
async fn is_seen(hub: &TestHub, person: Option<&str>, id: &str) -> bool {
    hub.indexed().await;
    let seen = hub.run(person, SEEN, json!({ "id": id })).await;
    let found = "{ search(text: \"medlarkeeper\", filter: { kinds: [BUILDING_BLOCK] }) { nodes { ... on BuildingBlock { id } } } }";
    let found = hub.run(person, found, json!({})).await;
    let ways = [
        !seen.at("/node").is_null(),
        seen.at("/buildingBlocks/nodes").to_string().contains(id),
        found.at("/search/nodes").to_string().contains(id),
        seen.at("/exchangeEvents/nodes") != &json!([]),
    ];
    assert!(ways.iter().all(|way| *way == ways[0]), "{ways:?} as {person:?}");
    ways[0]
}

async fn types(hub: &TestHub, person: Option<&str>, id: &str) -> Vec<String> {
    let seen = hub.run(person, SEEN, json!({ "id": id })).await;
    let nodes = seen.at("/exchangeEvents/nodes").as_array().expect("a list").clone();
    nodes.iter().map(|node| node["type"].as_str().expect("a type").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_of_a_draft_is_hidden_with_it_published_with_it_and_hidden_again() {
    on_both(true, |hub| {
        Box::pin(async move {
            let practice = practice(hub, "hamburg", "medlars", None).await;
            let id = added(hub, people::HAMBURG, &practice, json!({ "categories": ["LAW", "FINANCE"], "lessons": "Count the thorns." })).await;
            let others = [None, Some(people::AUSTIN), Some(people::OFFICER), Some(people::STAKEHOLDER)];
            assert!(is_seen(hub, Some(people::HAMBURG_TOO), &id).await);
            for person in others {
                assert!(!is_seen(hub, person, &id).await, "{person:?}");
            }
            // Shared with a pairing, its people are told that it is there.
            let pairing = hub.id("pairing", "guadalajara-hamburg").await;
            done(hub, people::HAMBURG, "practice", "updatePractice", json!({ "id": practice, "shareWith": pairing })).await;
            assert!(is_seen(hub, Some(people::STAKEHOLDER), &id).await && !is_seen(hub, None, &id).await);
            done(hub, people::HAMBURG, "practice", "publishPractice", json!({ "id": practice })).await;
            for person in others {
                assert!(is_seen(hub, person, &id).await, "{person:?}");
            }
            assert_eq!(types(hub, None, &id).await, ["BUILDING_BLOCK_ADDED"]);
            assert_eq!(types(hub, Some(people::HAMBURG), &id).await, ["BUILDING_BLOCK_ADDED"; 3]);
            // Found under what its practice lies in, and by what it says beside its title.
            let query = "{ search(text: \"thorns count\", filter: { kinds: [BUILDING_BLOCK], cities: [\"hamburg\"], years: [2026] }) { nodes { ... on BuildingBlock { id } } } }";
            assert_eq!(hub.run(None, query, json!({})).await.text("/search/nodes/0/id"), id);
            let city = hub.id("city", "hamburg").await;
            done(hub, people::HAMBURG, "practice", "updatePractice", json!({ "id": practice, "shareWith": city })).await;
            for person in others {
                assert!(!is_seen(hub, person, &id).await, "{person:?}");
            }
            assert!(is_seen(hub, Some(people::HAMBURG), &id).await);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_writes_the_practice_writes_its_parts_and_nobody_else() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hidden = practice(hub, "hamburg", "quinces", None).await;
            let practice = practice(hub, "hamburg", "medlars", Some("2026-01-01")).await;
            for person in [people::AUSTIN, people::OFFICER, people::READER] {
                assert_eq!(add(hub, person, &practice, json!({})).await.code(), "FORBIDDEN", "{person}");
                let none = add(hub, person, &hidden, json!({})).await;
                assert_eq!((none.code(), none.paths()), ("NOT_FOUND", vec!["input.practice".to_owned()]), "{person}");
            }
            for (more, code, place) in [
                (json!({ "title": " " }), "REQUIRED", "input.title"),
                (json!({ "description": " " }), "REQUIRED", "input.description"),
                (json!({ "description": "x".repeat(5_001) }), "TOO_LONG", "input.description"),
                (json!({ "position": -1 }), "BAD_INPUT", "input.position"),
                (json!({ "categories": ["LAW", "FINANCE", "LAW"] }), "BAD_INPUT", "input.categories"),
            ] {
                let answer = add(hub, people::HAMBURG, &practice, more).await;
                assert_eq!((answer.code(), answer.paths()), (code, vec![place.to_owned()]), "{:#}", answer.json);
            }
            let first = added(hub, people::HAMBURG, &practice, json!({ "title": "First", "position": 2 })).await;
            let second = added(hub, people::HAMBURG_TOO, &practice, json!({ "title": "Second" })).await;
            let third = added(hub, people::ADMINISTRATOR, &practice, json!({ "title": "Third", "position": 1 })).await;
            let in_order = async || {
                let query = "query($id: ID!) { node(id: $id) { ... on Practice { buildingBlocks { nodes { id } } } } }";
                let told = hub.run(None, query, json!({ "id": practice })).await;
                let nodes = told.at("/node/buildingBlocks/nodes").as_array().expect("a list").clone();
                nodes.iter().map(|node| node["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
            };
            assert_eq!(in_order().await, [third.clone(), first.clone(), second.clone()]);
            done(hub, people::HAMBURG, "buildingBlock", "updateBuildingBlock", json!({ "id": second, "position": 0 })).await;
            assert_eq!(in_order().await, [second.clone(), third, first]);

            let said = json!({ "id": second, "language": "de", "title": "Zweiter", "description": "Der Gärtner schneidet." });
            let translated = hub.mutate(people::AUSTIN, "buildingBlock", "translateBuildingBlock", said.clone()).await;
            assert_eq!(translated.code(), "FORBIDDEN");
            done(hub, people::HAMBURG, "buildingBlock", "translateBuildingBlock", said).await;
            done(
                hub,
                people::HAMBURG,
                "buildingBlock",
                "updateBuildingBlock",
                json!({ "id": second, "description": "The city prunes itself." }),
            )
            .await;
            let read = "query($id: ID!) { node(id: $id) { ... on BuildingBlock { title description text { isStale } } } }";
            assert_eq!(
                hub.run_in(None, &["de"], read, json!({ "id": second })).await.at("/node"),
                &json!({ "title": "Zweiter", "description": "Der Gärtner schneidet.", "text": { "isStale": true } })
            );
            assert_eq!(
                types(hub, None, &second).await,
                ["BUILDING_BLOCK_ADDED", "BUILDING_BLOCK_REVISED", "TRANSLATION_PUBLISHED", "BUILDING_BLOCK_REVISED"]
            );
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_citys_practice_uses_a_part_and_who_may_see_that_practice_reads_it_at_the_part() {
    on_both(true, |hub| {
        Box::pin(async move {
            let home = practice(hub, "hamburg", "medlars", Some("2026-01-01")).await;
            let part = added(hub, people::HAMBURG, &home, json!({})).await;
            let other = added(hub, people::HAMBURG, &home, json!({ "title": "Other" })).await;
            let hidden = practice(hub, "hamburg", "quinces", None).await;
            let hidden = added(hub, people::HAMBURG, &hidden, json!({})).await;
            let using = practice(hub, "austin", "agaves", None).await;
            let own = added(hub, people::AUSTIN, &using, json!({ "title": "Own" })).await;
            let before = hub.run(None, SEEN, json!({ "id": part })).await.at("/node/version").clone();

            assert_eq!(uses(hub, people::HAMBURG, &using, &[&part]).await.code(), "NOT_FOUND", "a draft of Austin");
            assert_eq!(uses(hub, people::AUSTIN, &home, &[&own]).await.code(), "FORBIDDEN");
            for (blocks, code) in [([&part, &own], "BAD_INPUT"), ([&part, &hidden], "NOT_FOUND")] {
                let refused = uses(hub, people::AUSTIN, &using, &blocks.map(String::as_str)).await;
                assert_eq!((refused.code(), refused.paths()), (code, vec!["input.buildingBlocks".to_owned()]));
            }
            let told = uses(hub, people::AUSTIN, &using, &[&part, &other, &part]).await;
            assert_eq!(told.at("/useBuildingBlocks/errors"), &json!([]));
            let again = uses(hub, people::AUSTIN, &using, &[&other, &part]).await;
            let version = "/useBuildingBlocks/practice/version";
            assert_eq!(again.at(version), told.at(version), "which comes first says nothing");

            // Who does not see the draft learns nothing of it, nor that anything happened to the part.
            let used = async |person: Option<&str>| {
                let seen = hub.run(person, SEEN, json!({ "id": part })).await;
                assert_eq!((seen.at("/node/version"), seen.at("/exchangeEvents/nodes")), (&before, &json!([{ "type": "BUILDING_BLOCK_ADDED" }])));
                seen.at("/node/usedBy").clone()
            };
            for person in [None, Some(people::HAMBURG), Some(people::OFFICER)] {
                assert_eq!(used(person).await, json!({ "totalCount": 0, "nodes": [] }), "{person:?}");
            }
            assert_eq!(used(Some(people::AUSTIN)).await["nodes"], json!([{ "slug": "agaves" }]));
            done(hub, people::AUSTIN, "practice", "publishPractice", json!({ "id": using })).await;
            assert_eq!(used(None).await["nodes"], json!([{ "slug": "agaves" }]));
            let ways = "query($part: ID!) { practices(filter: { buildingBlocks: [$part] }) { nodes { slug usedBuildingBlocks(orderBy: TITLE_ASC) { nodes { title } } buildingBlocks { nodes { title } } } }
                buildingBlocks(filter: { usedBy: [\"agaves\"] }, orderBy: TITLE_ASC) { nodes { title } } }";
            let told = hub.run(None, ways, json!({ "part": part })).await;
            let both = json!([{ "title": "Other" }, { "title": "Pruned by contract" }]);
            assert_eq!(
                told.at("/practices/nodes"),
                &json!([{ "slug": "agaves", "usedBuildingBlocks": { "nodes": both }, "buildingBlocks": { "nodes": [{ "title": "Own" }] } }])
            );
            assert_eq!(told.at("/buildingBlocks/nodes"), &both);

            done(hub, people::AUSTIN, "practice", "useBuildingBlocks", json!({ "id": using, "buildingBlocks": [] })).await;
            assert_eq!(used(None).await["nodes"], json!([]));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_practice_uses_fifty_parts_of_others_and_no_more() {
    on_both(true, |hub| {
        Box::pin(async move {
            practice(hub, "hamburg", "medlars", Some("2026-01-01")).await;
            let using = practice(hub, "austin", "agaves", Some("2026-01-01")).await;
            let block = |number: usize| {
                let line = json!({ "kind": "building_block", "slug": format!("part-{number}"), "practice": "medlars", "language": "en", "title": number.to_string(), "description": "D." });
                format!("{line}\n")
            };
            let report = hub.import(&(0..51).map(block).collect::<String>()).await;
            assert!(!report.any_refused(), "{:?}", report.verdicts);
            let listed = hub.run(None, "{ buildingBlocks(first: 100, filter: { practices: [\"medlars\"] }) { nodes { id } } }", json!({})).await;
            let nodes = listed.at("/buildingBlocks/nodes").as_array().expect("a list").clone();
            let ids: Vec<&str> = nodes.iter().map(|node| node["id"].as_str().expect("an id")).collect();
            let many = uses(hub, people::AUSTIN, &using, &ids).await;
            assert_eq!((many.code(), many.paths()), ("TOO_LONG", vec!["input.buildingBlocks".to_owned()]));
            assert_eq!(uses(hub, people::AUSTIN, &using, &ids[..50]).await.at("/useBuildingBlocks/errors"), &json!([]));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_is_withdrawn_for_a_reason_alone_or_with_its_practice() {
    on_both(true, |hub| {
        Box::pin(async move {
            let home = practice(hub, "hamburg", "medlars", Some("2026-01-01")).await;
            let (part, rest) =
                (added(hub, people::HAMBURG, &home, json!({})).await, added(hub, people::HAMBURG, &home, json!({ "title": "Rest" })).await);
            let using = practice(hub, "austin", "agaves", Some("2026-01-01")).await;
            let later = practice(hub, "austin", "yuccas", Some("2026-01-01")).await;
            done(hub, people::AUSTIN, "practice", "useBuildingBlocks", json!({ "id": using, "buildingBlocks": [part, rest] })).await;

            let withdraw = async |person: &str, reason: &str| {
                hub.mutate(person, "buildingBlock", "withdrawBuildingBlock", json!({ "id": part, "reason": reason })).await
            };
            assert_eq!(withdraw(people::AUSTIN, "So.").await.code(), "FORBIDDEN");
            assert_eq!(withdraw(people::HAMBURG, " ").await.paths(), ["input.reason"]);
            assert_eq!(withdraw(people::HAMBURG, "The contract ended.").await.at("/withdrawBuildingBlock/errors"), &json!([]));
            let tombstone = async |person: Option<&str>, id: &str| hub.run(person, SEEN, json!({ "id": id })).await.at("/node").clone();
            let public = tombstone(None, &part).await;
            assert_eq!(
                ["state", "title", "description", "withdrawnReason"].map(|field| public[field].as_str().expect("text").to_owned()),
                ["WITHDRAWN", "Pruned by contract", "", "The contract ended."]
            );
            assert_eq!(tombstone(Some(people::HAMBURG), &part).await["description"], "The medlarkeeper prunes, the city pays.");
            assert_eq!(
                hub.mutate(people::HAMBURG, "buildingBlock", "updateBuildingBlock", json!({ "id": part, "position": 1 })).await.code(),
                "WRONG_STATE"
            );

            // Lists tell of it to who asks; who used it may go on doing so, and nobody begins to.
            hub.indexed().await;
            let listed =
                "{ search(text: \"medlarkeeper\") { totalCount } practice(slug: \"agaves\") { usedBuildingBlocks { nodes { title } }
                gone: usedBuildingBlocks(filter: { states: [WITHDRAWN] }) { nodes { title } } } }";
            let told = hub.run(None, listed, json!({})).await;
            assert_eq!(
                (told.at("/search/totalCount"), told.at("/practice/usedBuildingBlocks/nodes"), told.at("/practice/gone/nodes")),
                (&json!(1), &json!([{ "title": "Rest" }]), &json!([{ "title": "Pruned by contract" }])),
                "the other one has the same words"
            );
            assert_eq!(uses(hub, people::AUSTIN, &using, &[&part]).await.at("/useBuildingBlocks/errors"), &json!([]));
            let gone = uses(hub, people::AUSTIN, &later, &[&part]).await;
            assert_eq!((gone.code(), gone.message()), ("WRONG_STATE", "“Pruned by contract” was withdrawn; leave it out."));

            let withdrawn = json!({ "id": home, "reason": "The hedges froze." });
            done(hub, people::HAMBURG, "practice", "withdrawPractice", withdrawn).await;
            assert_eq!(tombstone(None, &rest).await["withdrawnReason"], "The hedges froze.");
            assert_eq!(tombstone(None, &part).await["withdrawnReason"], "The contract ended.", "withdrawn once");
            assert_eq!(types(hub, None, &rest).await, ["BUILDING_BLOCK_ADDED", "BUILDING_BLOCK_WITHDRAWN"]);
            let late = add(hub, people::HAMBURG, &home, json!({})).await;
            assert_eq!((late.code(), late.paths()), ("WRONG_STATE", vec!["input.practice".to_owned()]));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_tells_a_part_and_who_uses_it_by_the_same_rules() {
    on_both(true, |hub| {
        Box::pin(async move {
            practice(hub, "hamburg", "medlars", Some("2026-01-01")).await;
            practice(hub, "austin", "agaves", Some("2026-01-01")).await;
            let gone = json!({ "kind": "practice", "slug": "gone", "city": "hamburg", "language": "en", "title": "Gone", "summary": "S.", "published_on": "2020-01-01", "state": "withdrawn", "withdrawn_reason": "So." });
            assert!(!hub.import(&format!("{gone}\n")).await.any_refused());
            let line = |more: Value| {
                let mut line = json!({ "kind": "building_block", "slug": "recorded", "practice": "medlars", "language": "en", "title": "Recorded", "description": "D.", "categories": ["LAW"], "used_by": ["agaves"] });
                for (name, value) in more.as_object().expect("an object") {
                    line[name] = value.clone();
                }
                format!("{line}\n")
            };
            for (more, told) in [
                (json!({ "practice": null }), "“practice”"),
                (json!({ "practice": "gone" }), "“practice”"),
                (json!({ "practice": "nowhere" }), "“practice”"),
                (json!({ "used_by": ["nowhere"] }), "“used_by”"),
                (json!({ "used_by": ["medlars"] }), "“used_by”"),
                (json!({ "description": null }), "“description”"),
                (json!({ "position": 3_000_000 }), "“position”"),
                (json!({ "categories": ["CHEESE"] }), "“categories"),
            ] {
                let verdict = format!("{:?}", hub.import(&line(more)).await.verdicts[0].1);
                assert!(verdict.contains("Refused") && verdict.contains(told), "{verdict}");
            }
            for (more, verdict) in [
                (json!({}), Verdict::Created),
                (json!({}), Verdict::Unchanged),
                (json!({ "used_by": [] }), Verdict::Updated),
                (json!({ "used_by": ["agaves"] }), Verdict::Updated),
            ] {
                assert_eq!(hub.import(&line(more)).await.verdicts[0].1, verdict);
            }
            let id = hub.id("building_block", "recorded").await;
            let seen = hub.run(None, SEEN, json!({ "id": id })).await;
            assert_eq!((seen.at("/node/usedBy/nodes"), seen.at("/node/city/slug")), (&json!([{ "slug": "agaves" }]), &json!("hamburg")));
            // What a record does not tell may stay as it is.
            let told = json!({ "kind": "building_block", "slug": "recorded", "position": 3 });
            let kept = hub.import_with(&format!("{told}\n"), Options { keep_missing: true, ..Options::default() }).await;
            assert_eq!(kept.verdicts[0].1, Verdict::Updated);
            assert_eq!(hub.run(None, SEEN, json!({ "id": id })).await.at("/node/usedBy/totalCount"), 1);
            // All in one transaction, as the demonstration comes: practices, and two parts that one of them uses of the other.
            let practice_line = |slug: &str| json!({ "kind": "practice", "slug": slug, "city": "lyon", "language": "fr", "title": slug, "summary": "S.", "published_on": "2026-01-01" });
            let part = |slug: &str| json!({ "kind": "building_block", "slug": slug, "practice": "home", "language": "fr", "title": slug, "description": "D.", "used_by": ["user"] });
            let lines = [practice_line("home"), practice_line("user"), part("one"), part("two")].map(|line| format!("{line}\n")).concat();
            let together = hub.import_with(&lines, Options { atomic: true, ..Options::default() }).await;
            assert_eq!(together.count(|verdict| *verdict == Verdict::Created), 4, "{:?}", together.verdicts);
            let used = hub.run(None, "{ practice(slug: \"user\") { usedBuildingBlocks { totalCount } } }", json!({})).await;
            assert_eq!(used.at("/practice/usedBuildingBlocks/totalCount"), 2);
            // A practice that is another city's takes its parts along.
            practice(hub, "bologna", "medlars", Some("2026-01-01")).await;
            assert_eq!(hub.run(None, SEEN, json!({ "id": id })).await.at("/node/city/slug"), "bologna");
            done(hub, people::BOLOGNA, "buildingBlock", "updateBuildingBlock", json!({ "id": id, "position": 1 })).await;
            assert_eq!(hub.mutate(people::HAMBURG, "buildingBlock", "updateBuildingBlock", json!({ "id": id, "position": 2 })).await.code(), "FORBIDDEN");
        })
    })
    .await;
}
