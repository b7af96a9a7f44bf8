//! The demonstration's second programme, which is invented and says so: what the first programme's page does not tell.
use std::path::Path;

use hansa::kernel::import::Options;
use serde_json::{Value, json};

use crate::kit::{TestHub, on_both};

/// The programme's officer.
const OFFICER: &str = "noor-two-shores";

async fn filled(hub: &TestHub) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/invented");
    let options = Options { strict: true, ..Options::default() };
    let report = hub.app.store.import(&[folder], options).await.expect("no fault");
    assert!(!report.any_refused(), "{:#?}", report.verdicts);
}

/// How often each value stands in a field of nodes.
fn counted(nodes: &Value, field: &str) -> Value {
    let mut counts = serde_json::Map::new();
    for node in nodes.as_array().expect("a list") {
        let count = counts.entry(node[field].as_str().expect("a word")).or_insert(json!(0));
        *count = json!(count.as_i64().unwrap_or_default() + 1);
    }
    Value::Object(counts)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_invented_programme_says_so_and_shows_what_the_first_one_s_page_does_not_tell() {
    on_both(true, |hub| {
        Box::pin(async move {
            filled(hub).await;
            let query = "{ programme(slug: \"two-shores\") { description stated { measure listed light }
                cities(first: 50) { nodes { name source text { text } } } calls(order: NEWEST) { nodes { slug state movesAt } }
                pairings(first: 50) { nodes { state isAgreementSigned } } applications(first: 50) { nodes { state language } }
                } assignments { nodes { slug state pairs { score } } } obligationCounts(filter: { programmes: [\"two-shores\"] }) { green yellow red grey }
                agreements(first: 50, filter: { programmes: [\"two-shores\"] }) { nodes { state } } }";
            let public = hub.run(None, query, json!({})).await;
            let programme = public.at("/programme");
            assert!(programme["description"].as_str().expect("text").starts_with("Everything about this programme is invented"));
            let cities = programme["cities"]["nodes"].as_array().expect("a list");
            assert_eq!(cities.len(), 12);
            assert!(cities.iter().all(|city| city["source"] == "Invented for demonstration: there is no such city."), "{cities:#?}");
            assert_eq!(
                programme["stated"],
                json!([
                    { "measure": "cities", "listed": 12, "light": "GREEN" },
                    { "measure": "pairings", "listed": 6, "light": "YELLOW" },
                ])
            );
            assert_eq!(
                counted(&programme["pairings"]["nodes"], "state"),
                json!({ "ACTIVE": 1, "AGREED": 1, "COMPLETED": 1, "DORMANT": 1, "ENDED": 1, "MATCHED": 1 })
            );
            assert_eq!(
                counted(public.at("/agreements/nodes"), "state"),
                json!({ "DRAFT": 1, "PARTLY_SIGNED": 1, "SIGNED": 2, "AMENDED": 1, "ENDED": 1 })
            );
            assert_eq!(programme["applications"]["nodes"], json!([]), "applications are between their city and the programme");
            assert_eq!(public.at("/assignments/nodes"), &json!([]));
            let officer = hub.run(Some(OFFICER), query, json!({})).await;
            let applications = officer.at("/programme/applications/nodes");
            assert_eq!(
                counted(applications, "state"),
                json!({ "SUBMITTED": 9, "MATCHED": 9, "DECLINED": 1, "RESERVE": 2, "WITHDRAWN": 1 }),
                "a draft is its city's alone"
            );
            assert_eq!(
                counted(applications, "language").as_object().expect("languages").len(),
                7,
                "five languages, two of them as they are spoken in America"
            );
            let lights = officer.at("/obligationCounts");
            assert!(["green", "yellow", "red", "grey"].iter().all(|light| lights[light] != json!(0)), "obligations of every light: {lights}");
            // Of four applications that are assessed one is read by its officers; her own of another she reads, and not what her colleague writes.
            let query = "{ assessments(first: 50) { nodes { state isRevealed score assessor { slug } application { slug assessmentSummary { submitted score } } } } }";
            let assessed = hub.run(Some(OFFICER), query, json!({})).await;
            let nodes = assessed.at("/assessments/nodes");
            assert_eq!(counted(nodes, "state"), json!({ "SUBMITTED": 3, "IN_PROGRESS": 1, "RECUSED": 1, "ASKED": 1, "WITHDRAWN": 1 }));
            let scores = |application: &str| {
                let of = nodes.as_array().expect("a list").iter().filter(|node| node["application"]["slug"] == format!("{application}-two-shores-2026"));
                let mut found: Vec<_> = of.map(|node| (node["assessor"]["slug"].clone(), node["score"].clone(), node["application"]["assessmentSummary"]["score"].clone())).collect();
                found.sort_by_key(|(assessor, ..)| assessor.to_string());
                found
            };
            let (noor, matteo) = (json!(OFFICER), json!("matteo-two-shores"));
            assert_eq!(scores("port-elderwick"), [(matteo.clone(), json!(74.3), json!(78.6)), (noor.clone(), json!(82.9), json!(78.6))]);
            assert_eq!(scores("saint-aubry-des-rapides"), [(matteo, json!(null), json!(null)), (noor, json!(77.1), json!(null))]);
            let draft = officer.at("/assignments/nodes/0");
            assert_eq!((&draft["slug"], &draft["state"]), (&json!("two-shores-2026-first-draft"), &json!("DRAFT")));
            // What the demonstration tells of the draft is what the hub reckons.
            let query = "mutation($input: ProposeAssignmentInput!) { proposeAssignment(input: $input) { assignment { pairs { score } } errors { message } } }";
            let input = json!({ "call": hub.id("call", "two-shores-2026").await, "aloneCost": 20 });
            let anew = hub.run(Some(OFFICER), query, json!({ "input": input })).await;
            assert_eq!(anew.at("/proposeAssignment/assignment/pairs"), &draft["pairs"], "{:#}", anew.json);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_practice_went_from_the_first_city_to_a_third_and_failed_in_a_fourth() {
    on_both(true, |hub| {
        Box::pin(async move {
            filled(hub).await;
            let query = "query($slug: String!) { practice(slug: $slug) { maturity adoptions(orderBy: OLDEST) { nodes { slug outcome seminar { slug } becomes { slug } } } failedAdoptions { nodes { slug } } adoptedFrom { nodes { slug } } } }";
            let first = hub.run(None, query, json!({ "slug": "schwengelpumpen-quellenbrueck" })).await;
            assert_eq!(
                first.at("/practice"),
                &json!({ "maturity": "GOOD", "adoptedFrom": { "nodes": [] }, "failedAdoptions": { "nodes": [{ "slug": "san-telmo-schwengelpumpen-adopcion" }] }, "adoptions": { "nodes": [
                    { "slug": "port-elderwick-schwengelpumpen", "outcome": "WORKS", "seminar": { "slug": "pump-clinic-quellenbrueck" }, "becomes": { "slug": "well-heads-port-elderwick" } },
                    { "slug": "san-telmo-schwengelpumpen-adopcion", "outcome": "FAILED", "seminar": { "slug": "pump-clinic-quellenbrueck" }, "becomes": null },
                ] } })
            );
            let second = hub.run(None, query, json!({ "slug": "well-heads-port-elderwick" })).await;
            assert_eq!(second.at("/practice/adoptedFrom/nodes"), &json!([{ "slug": "port-elderwick-schwengelpumpen" }]));
            assert_eq!(second.at("/practice/adoptions/nodes/0/slug"), "carrickmoyle-well-heads");
            let begun = hub.run(Some("gesa-quellenbrueck"), "{ adoption(slug: \"tamsin-falls-schwengelpumpen\") { phase viewerCan } }", json!({})).await;
            assert_eq!(begun.at("/adoption"), &json!({ "phase": "ADAPT", "viewerCan": ["ANSWER", "CONSENT"] }));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn its_practices_are_told_in_parts_too_and_one_uses_a_part_of_another_city_s() {
    on_both(true, |hub| {
        Box::pin(async move {
            filled(hub).await;
            let query = "{ practice(slug: \"schwengelpumpen-quellenbrueck\") { buildingBlocks { nodes { slug title(languages: [\"de\"]) usedBy { nodes { slug } } } } }
                user: practice(slug: \"aforos-de-marea-san-telmo\") { buildingBlocks { nodes { slug } } usedBuildingBlocks { nodes { slug practice { slug } } } } }";
            let told = hub.run(None, query, json!({})).await;
            let parts = told.at("/practice/buildingBlocks/nodes").as_array().expect("a list");
            let slugs: Vec<_> = parts.iter().map(|part| part["slug"].as_str().expect("a slug")).collect();
            assert_eq!(slugs, ["skala-in-hueben", "brunnenpaten", "liste-der-schulklassen"]);
            assert!(parts.iter().all(|part| part["title"].as_str().is_some_and(|title| title.contains("erfunden"))), "{parts:#?}");
            assert_eq!(parts[2]["usedBy"]["nodes"], json!([{ "slug": "aforos-de-marea-san-telmo" }]));
            let used = json!([{ "slug": "liste-der-schulklassen", "practice": { "slug": "schwengelpumpen-quellenbrueck" } }]);
            assert_eq!(told.at("/user/usedBuildingBlocks/nodes"), &used);
            assert_eq!(told.at("/user/buildingBlocks/nodes"), &json!([{ "slug": "colores-antes-que-cifras" }]));
        })
    })
    .await;
}
