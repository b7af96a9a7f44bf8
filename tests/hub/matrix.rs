//! The matrix: every kind × persona × way of looking. What is expected is computed from the rule itself, so a new kind
//! is covered by being registered.
use std::collections::BTreeSet;

use hansa::{
    access::{Audience, Viewer, members::SHARED, rule},
    base::{Kind, id},
    domain::{
        KINDS,
        person::{self, Person},
    },
    store::Reader,
};
use serde_json::{Value, json};

use crate::kit::{TestHub, both, people};

/// The public, two representatives, an officer, a stakeholder and an administrator of the demonstration.
const PERSONAS: [Option<&str>; 6] = [
    None,
    Some(crate::kit::people::HAMBURG),
    Some(crate::kit::people::AUSTIN),
    Some(crate::kit::people::OFFICER),
    Some(crate::kit::people::STAKEHOLDER),
    Some(crate::kit::people::ADMINISTRATOR),
];

/// The root field that lists a kind.
fn plural(kind: &str) -> String {
    if kind == Person::NAME {
        return "people".to_owned();
    }
    let name = hansa::base::text::camel(kind);
    name.strip_suffix('y').map_or_else(|| format!("{name}s"), |stem| format!("{stem}ies"))
}

/// Every id a connection tells of, walking all pages, and its total.
async fn walk(hub: &TestHub, person: Option<&str>, field: &str, arguments: &str) -> (BTreeSet<String>, u64) {
    let mut found = BTreeSet::new();
    let mut after = Value::Null;
    loop {
        let query = format!(
            "query($after: String) {{ {field}(first: 100, after: $after{arguments}) {{ totalCount nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let answer = hub.run(person, &query, json!({ "after": after })).await;
        for node in answer.at(&format!("/{field}/nodes")).as_array().expect("a list") {
            let is_new = found.insert(node["id"].as_str().expect("an id").to_owned());
            assert!(is_new, "{field} repeats {node}");
        }
        if answer.at(&format!("/{field}/pageInfo/hasNextPage")) == &json!(false) {
            return (found, answer.at(&format!("/{field}/totalCount")).as_u64().expect("a count"));
        }
        after = answer.at(&format!("/{field}/pageInfo/endCursor")).clone();
    }
}

/// The people a viewer sees beside those whose audience they are in: members of the same things who have not left, and who show themselves to everyone.
async fn met(hub: &TestHub, viewer: &Viewer, rows: &[(String, Audience)]) -> BTreeSet<String> {
    let reader = Reader::hub(hub.app.store.db.clone());
    let ids: Vec<_> = rows.iter().filter_map(|(id, _)| Some(id::split(id)?.1)).collect();
    // Those who have left are nobody.
    let others = person::viewers_of(&reader, &ids).await.expect("the table answers");
    let public = hub
        .run(Some(crate::kit::people::ADMINISTRATOR), "{ people(first: 100) { nodes { id hasLeft contactVisibleTo } } }", json!({}))
        .await;
    let shown = public
        .at("/people/nodes")
        .as_array()
        .expect("a list")
        .iter()
        .filter(|node| node["contactVisibleTo"] == "PUBLIC" && node["hasLeft"] == false);
    let shown = shown.map(|node| node["id"].as_str().expect("an id").to_owned());
    others
        .iter()
        .filter(|(_, other)| rule::meets(viewer, other, &SHARED))
        .map(|(uuid, _)| id::join(Person::NAME, *uuid))
        .chain(shown)
        .collect()
}

/// The rows of a kind as the table has them: id, audience, and whether it is a tombstone.
async fn rows(hub: &TestHub, kind: &str) -> Vec<(String, Audience)> {
    let reader = Reader::hub(hub.app.store.db.clone());
    reader.audiences(kind).await.expect("the table answers").into_iter().map(|(uuid, audience)| (id::join(kind, uuid), audience)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_is_seen_by_whom_the_rule_admits_and_by_nobody_else() {
    let sdl = hansa::api::sdl();
    let searched = sdl.split("enum SearchKind {").nth(1).and_then(|rest| rest.split('}').next()).expect("the kinds that are searched");
    for backend in both() {
        let hub = TestHub::demo(backend).await;
        // Of which the demonstration has none: nobody knows what its pairs agreed on.
        hub.seed("agreements.jsonl").await;
        // What is between two cities, each of them in either place of its audience.
        hub.seed("interests.jsonl").await;
        hub.seed("adoptions.jsonl").await;
        // Parts of practices of each audience, some used by others.
        hub.seed("building_blocks.jsonl").await;
        let report = hub.import(&people::applications()).await;
        assert!(!report.any_refused(), "{:?}", report.verdicts);
        hub.indexed().await;
        for person in PERSONAS {
            let viewer = hub.viewer(person).await;
            for entry in KINDS.iter() {
                let kind = entry.kind();
                let rows = rows(&hub, kind).await;
                let told: BTreeSet<String> =
                    rows.iter().filter(|(_, audience)| rule::admits(&viewer, audience)).map(|(id, _)| id.clone()).collect();
                // What happens to an account is told to its person alone, whoever sees it.
                let admitted = if kind == Person::NAME { &told | &met(&hub, &viewer, &rows).await } else { told.clone() };
                let what = format!("{kind} as {person:?} on {backend:?}");
                for some in rows.chunks(100) {
                    let ids: Vec<&str> = some.iter().map(|(id, _)| id.as_str()).collect();
                    let answer = hub.run(person, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": ids })).await;
                    for (id, node) in ids.iter().zip(answer.at("/nodes").as_array().expect("a list")) {
                        assert_eq!(!node.is_null(), admitted.contains(*id), "node {id}: {what}");
                    }
                }
                let field = plural(kind);
                if sdl.contains(&format!("\t{field}(")) {
                    let (listed, total) = walk(&hub, person, &field, "").await;
                    assert_eq!(listed, admitted, "list: {what}");
                    assert_eq!(total, admitted.len() as u64, "count: {what}");
                }
                let word = kind.to_uppercase();
                if searched.contains(&format!("\t{word}\n")) {
                    let (found, total) = walk(&hub, person, "search", &format!(", text: \"\", filter: {{ kinds: [{word}] }}")).await;
                    assert_eq!(found, admitted, "search: {what}");
                    assert_eq!(total, admitted.len() as u64, "search's count: {what}");
                }
                for (id, _) in rows.iter().step_by(rows.len().div_ceil(12).max(1)) {
                    let answer = hub
                        .run(
                            person,
                            "query($id: ID!) { exchangeEvents(filter: { subjects: [$id] }) { totalCount nodes { subjectId } } }",
                            json!({ "id": id }),
                        )
                        .await;
                    assert_eq!(answer.at("/exchangeEvents/totalCount") != &json!(0), told.contains(id), "feed {id}: {what}");
                }
            }
        }
        hub.end().await;
    }
}
