//! Applications are assessed by officers who declare their interest, by weighted criteria, and who read one another only when all are in.
use serde_json::{Value, json};

use crate::kit::{
    Answer, TestHub,
    matching::{application, bring, call, record},
    on_both, people,
};

/// The officers of the programme, a third one among them.
const OFFICERS: [&str; 3] = [people::OFFICER, "pablo-officer", "petra-officer"];
const SHOWN: &str = "assessment { id slug state rulesVersion interest declaredOn submittedAt isRevealed withdrawnReason verdicts { criterion points comment } comment score viewerCan
    criteria { name weight } assessor { slug } application { slug assessmentSummary { wanted assessors submitted recused isRevealed score } } }";

async fn mutate(hub: &TestHub, person: &str, mutation: &str, input: Value) -> Answer {
    let of = match mutation {
        "reopenAssessment" => "AssessmentStepInput".to_owned(),
        _ => format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]),
    };
    let query = format!("mutation($input: {of}!) {{ {mutation}(input: $input) {{ {SHOWN} errors {{ code path message }} }} }}");
    hub.run(Some(person), &query, json!({ "input": input })).await
}

/// The payload's assessment, where nothing was refused.
fn made(answer: &Answer) -> &Value {
    let payload = answer.json["data"].as_object().and_then(|data| data.values().next()).unwrap_or_else(|| panic!("{:#}", answer.json));
    assert_eq!(payload["errors"], json!([]), "{:#}", answer.json);
    &payload["assessment"]
}

/// Where and why it was refused.
fn refused(answer: &Answer) -> (String, String) {
    let payload = answer.json["data"].as_object().and_then(|data| data.values().next()).unwrap_or_else(|| panic!("{:#}", answer.json));
    let error = &payload["errors"][0];
    assert!(error.is_object(), "{:#}", answer.json);
    let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
    let path = error["path"].as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join(".");
    (format!("{} {path}", text("code")), text("message"))
}

/// A call with two criteria of which one counts three times, and so many assessors; two cities have applied, and there is a third officer.
async fn called(hub: &TestHub, assessors: i32) {
    let rules = json!({ "assessors": assessors, "criteria": [{ "name": "Relevance", "weight": 3 }, { "name": "Readiness" }] });
    let officer = json!({ "kind": "person", "slug": "petra-officer", "name": "Petra", "email": "petra@example.org", "languages": ["en"], "roles": [{ "role": "PROGRAMME_OFFICER", "programme": "iuc-north-america" }] });
    let records = [
        call(json!({ "assessment_rules": rules })),
        record("austin", &[], &[], json!({})),
        record("hamburg", &[], &[], json!({})),
        officer,
    ];
    bring(hub, &records).await;
}

async fn ask(hub: &TestHub, city: &str, assessor: &str) -> Answer {
    let input = json!({ "application": hub.id("application", &application(city)).await, "assessor": hub.id("person", assessor).await });
    mutate(hub, people::OFFICER, "requestAssessment", input).await
}

/// Asks an officer, who declares to have no interest.
async fn begun(hub: &TestHub, city: &str, assessor: &str) -> String {
    let id = made(&ask(hub, city, assessor).await)["id"].as_str().expect("an id").to_owned();
    let declared = mutate(hub, assessor, "declareAssessorInterest", json!({ "id": id, "hasInterest": false })).await;
    assert_eq!(made(&declared)["state"], "IN_PROGRESS");
    id
}

async fn judge(hub: &TestHub, assessor: &str, id: &str, points: [i32; 2]) {
    let verdicts = json!([{ "criterion": "Relevance", "points": points[0], "comment": "Well said." }, { "criterion": "Readiness", "points": points[1] }]);
    made(&mutate(hub, assessor, "updateAssessment", json!({ "id": id, "verdicts": verdicts, "comment": "Quinces." })).await);
}

/// What somebody reads of what an assessment says, and of the application's summary.
async fn read(hub: &TestHub, person: &str, id: &str) -> Value {
    let query = "query($id: ID!) { node(id: $id) { ... on Assessment { verdicts { points } comment score application { assessmentSummary { submitted isRevealed score } } } } }";
    hub.run(Some(person), query, json!({ "id": id })).await.at("/node").clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn assessors_read_one_another_only_when_all_are_in() {
    on_both(true, |hub| {
        Box::pin(async move {
            called(hub, 3).await;
            let mut ids = Vec::new();
            for officer in OFFICERS {
                ids.push(begun(hub, "austin", officer).await);
            }
            let hidden = json!({ "verdicts": null, "comment": null, "score": null });
            for (index, points) in [[5, 3], [2, 4], [1, 1]].into_iter().enumerate() {
                judge(hub, OFFICERS[index], &ids[index], points).await;
                let own = read(hub, OFFICERS[index], &ids[index]).await;
                assert_eq!(
                    (&own["comment"], &own["score"]),
                    (&json!("Quinces."), &json!(null)),
                    "a draft is its assessor's own, and has no score"
                );
                made(&mutate(hub, OFFICERS[index], "submitAssessment", json!({ "id": ids[index] })).await);
                if index < 2 {
                    for (of, id) in ids.iter().enumerate().take(index + 1) {
                        for (by, officer) in OFFICERS.into_iter().enumerate() {
                            let seen = read(hub, officer, id).await;
                            let summary = &seen["application"]["assessmentSummary"];
                            assert_eq!(summary, &json!({ "submitted": index + 1, "isRevealed": false, "score": null }));
                            assert_eq!(seen["verdicts"] == hidden["verdicts"] && seen["score"].is_null(), of != by, "{officer} reads {of}");
                        }
                        assert!(read(hub, people::ADMINISTRATOR, id).await["verdicts"].is_null(), "whoever administers the hub");
                    }
                }
            }
            // 5·3 + 3, 2·3 + 4 and 1·3 + 1 of 20: 90, 50 and 20.
            for officer in OFFICERS {
                for (id, score) in ids.iter().zip([90.0, 50.0, 20.0]) {
                    let seen = read(hub, officer, id).await;
                    assert_eq!(seen["score"], score);
                    assert_eq!(seen["application"]["assessmentSummary"], json!({ "submitted": 3, "isRevealed": true, "score": 53.3 }));
                }
            }
            let query = "query($id: [ID!]) { exchangeEvents(filter: { subjects: $id }, first: 50) { nodes { type } } }";
            let told = hub.run(Some(people::OFFICER), query, json!({ "id": [ids[2]] })).await;
            let types: Vec<&str> =
                told.at("/exchangeEvents/nodes").as_array().expect("a list").iter().filter_map(|node| node["type"].as_str()).collect();
            assert_eq!(
                types,
                ["ASSESSMENT_REQUESTED", "ASSESSMENT_BEGUN", "ASSESSMENT_REVISED", "ASSESSMENT_SUBMITTED", "ASSESSMENT_REVEALED"]
            );
            // Read is read: nothing is taken back, and nobody else is asked.
            let late = mutate(hub, OFFICERS[0], "reopenAssessment", json!({ "id": ids[0] })).await;
            assert_eq!(refused(&late), ("WRONG_STATE input.id".to_owned(), "The officers read it already.".to_owned()));
            let late = mutate(hub, people::OFFICER, "withdrawAssessment", json!({ "id": ids[0], "reason": "So." })).await;
            assert_eq!(refused(&late).0, "WRONG_STATE input.id");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_city_that_applies_learns_nothing_of_its_assessors() {
    on_both(true, |hub| {
        Box::pin(async move {
            called(hub, 1).await;
            let id = begun(hub, "austin", people::OFFICER).await;
            judge(hub, people::OFFICER, &id, [4, 4]).await;
            made(&mutate(hub, people::OFFICER, "submitAssessment", json!({ "id": id })).await);
            hub.indexed().await;
            let query = "query($id: ID!) { node(id: $id) { id } assessments { totalCount } application(slug: \"austin-fits\") { assessments { totalCount } assessmentSummary { submitted } }
                call(slug: \"who-fits\") { assessments { totalCount } assessmentRules { assessors criteria { name } } } person(slug: \"oona-officer\") { assessments { totalCount } }
                exchangeEvents(filter: { subjects: [$id] }) { totalCount } search(text: \"quinces\") { totalCount } }";
            for person in [Some(people::AUSTIN), Some(people::HAMBURG), Some(people::STAKEHOLDER), Some(people::READER), None] {
                let seen = hub.run(person, query, json!({ "id": id })).await;
                assert!(seen.at("/node").is_null(), "{person:?}");
                for count in ["/assessments", "/call/assessments", "/exchangeEvents", "/search"] {
                    assert_eq!(seen.at(&format!("{count}/totalCount")), 0, "{person:?} {count}");
                }
                if person == Some(people::AUSTIN) {
                    assert_eq!(seen.at("/application"), &json!({ "assessments": { "totalCount": 0 }, "assessmentSummary": null }));
                    assert_eq!(seen.at("/person/assessments/totalCount"), 0);
                }
                // By what it is judged everyone may know.
                assert_eq!(seen.at("/call/assessmentRules/criteria/0/name"), "Relevance");
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_an_interest_does_not_judge_and_somebody_else_is_asked() {
    on_both(true, |hub| {
        Box::pin(async move {
            called(hub, 2).await;
            let first = made(&ask(hub, "austin", OFFICERS[0]).await)["id"].clone();
            let second = begun(hub, "austin", OFFICERS[1]).await;
            let full = ask(hub, "austin", OFFICERS[2]).await;
            assert_eq!(refused(&full), ("WRONG_STATE input.application".to_owned(), "It has as many assessors as its call wants: 2. Withdraw one first.".to_owned()));
            // Nobody judges before they declared, nobody declares for another, and an interest is named.
            let early = mutate(hub, OFFICERS[0], "updateAssessment", json!({ "id": first, "comment": "Early." })).await;
            assert_eq!(refused(&early).0, "WRONG_STATE input.id");
            let other = mutate(hub, OFFICERS[1], "declareAssessorInterest", json!({ "id": first, "hasInterest": false })).await;
            assert_eq!(refused(&other).0, "FORBIDDEN input.id");
            let mute = mutate(hub, OFFICERS[0], "declareAssessorInterest", json!({ "id": first, "hasInterest": true })).await;
            assert_eq!(refused(&mute).0, "REQUIRED input.interest");
            let recused = json!({ "id": first, "hasInterest": true, "interest": "I grew up there." });
            let recused = mutate(hub, OFFICERS[0], "declareAssessorInterest", recused).await;
            assert_eq!((&made(&recused)["state"], &made(&recused)["viewerCan"]), (&json!("RECUSED"), &json!([])));
            let again = ask(hub, "austin", OFFICERS[0]).await;
            assert_eq!(refused(&again).0, "TAKEN input.assessor");
            let third = begun(hub, "austin", OFFICERS[2]).await;
            judge(hub, OFFICERS[1], &second, [4, 4]).await;
            judge(hub, OFFICERS[2], &third, [2, 2]).await;
            made(&mutate(hub, OFFICERS[1], "submitAssessment", json!({ "id": second })).await);
            let last = mutate(hub, OFFICERS[2], "submitAssessment", json!({ "id": third })).await;
            let summary = &made(&last)["application"]["assessmentSummary"];
            assert_eq!(summary, &json!({ "wanted": 2, "assessors": 2, "submitted": 2, "recused": 1, "isRevealed": true, "score": 60.0 }));
            // Who is no officer, or speaks for the city, is not asked.
            assert_eq!(refused(&ask(hub, "hamburg", people::AUSTIN).await).0, "BAD_INPUT input.assessor");
            assert_eq!(refused(&ask(hub, "hamburg", people::READER).await).0, "NOT_FOUND input.assessor");
            let torn = json!({ "kind": "person", "slug": "petra-officer", "name": "Petra", "email": "petra@example.org", "languages": ["en"],
                "roles": [{ "role": "PROGRAMME_OFFICER", "programme": "iuc-north-america" }, { "role": "CITY_REPRESENTATIVE", "city": "hamburg" }] });
            bring(hub, &[torn]).await;
            let (at, said) = refused(&ask(hub, "hamburg", OFFICERS[2]).await);
            assert_eq!((at.as_str(), said.as_str()), ("BAD_INPUT input.assessor", "This person speaks for Hamburg, which applies; name somebody else."));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verdicts_are_by_the_criteria_that_were_the_call_s_when_the_first_assessor_was_asked() {
    on_both(true, |hub| {
        Box::pin(async move {
            called(hub, 2).await;
            let first = begun(hub, "austin", OFFICERS[0]).await;
            let rules = json!({ "assessors": 1, "criteria": [{ "name": "Cost" }] });
            let query = "mutation($input: UpdateCallInput!) { updateCall(input: $input) { call { assessmentRules { version assessors criteria { name weight } } assessmentRulesVersions { version } } errors { code path message } } }";
            let change = async |rules: Value| hub.run(Some(people::OFFICER), query, json!({ "input": { "id": hub.id("call", "who-fits").await, "assessmentRules": rules } })).await;
            let changed = change(rules).await;
            assert_eq!(changed.at("/updateCall/call/assessmentRules"), &json!({ "version": 2, "assessors": 1, "criteria": [{ "name": "Cost", "weight": 1 }] }));
            assert_eq!(changed.at("/updateCall/call/assessmentRulesVersions"), &json!([{ "version": 1 }, { "version": 2 }]));
            for (wrong, at) in [
                (json!({ "assessors": 4, "criteria": [{ "name": "Cost" }] }), "BAD_INPUT input.assessmentRules.assessors"),
                (json!({ "assessors": 1, "criteria": [] }), "REQUIRED input.assessmentRules.criteria"),
                (json!({ "assessors": 1, "criteria": [{ "name": "Cost" }, { "name": " Cost " }] }), "BAD_INPUT input.assessmentRules.criteria.1.name"),
                (json!({ "assessors": 1, "criteria": [{ "name": "Cost", "weight": 0 }] }), "BAD_INPUT input.assessmentRules.criteria.0.weight"),
            ] {
                assert_eq!(refused(&change(wrong).await).0, at);
            }
            // The second assessor judges by what the first does; another application by what is new.
            let second = begun(hub, "austin", OFFICERS[1]).await;
            let other = begun(hub, "hamburg", OFFICERS[1]).await;
            let version = async |id: &str| {
                let query = "query($id: ID!) { node(id: $id) { ... on Assessment { rulesVersion criteria { name } application { assessmentSummary { wanted } } } } }";
                hub.run(Some(people::OFFICER), query, json!({ "id": id })).await.at("/node").clone()
            };
            for id in [&first, &second] {
                assert_eq!(version(id).await, json!({ "rulesVersion": 1, "criteria": [{ "name": "Relevance" }, { "name": "Readiness" }], "application": { "assessmentSummary": { "wanted": 2 } } }));
            }
            assert_eq!(version(&other).await, json!({ "rulesVersion": 2, "criteria": [{ "name": "Cost" }], "application": { "assessmentSummary": { "wanted": 1 } } }));
            for (verdicts, at) in [
                (json!([{ "criterion": "Cost", "points": 3 }]), "BAD_INPUT input.verdicts.0.criterion"),
                (json!([{ "criterion": "Relevance", "points": 6 }]), "BAD_INPUT input.verdicts.0.points"),
                (json!([{ "criterion": "Relevance", "points": 1 }, { "criterion": "Relevance", "points": 2 }]), "BAD_INPUT input.verdicts.1.criterion"),
            ] {
                assert_eq!(refused(&mutate(hub, OFFICERS[0], "updateAssessment", json!({ "id": first, "verdicts": verdicts })).await).0, at);
            }
            // Half a judgement is kept, and not handed in.
            made(&mutate(hub, OFFICERS[0], "updateAssessment", json!({ "id": first, "verdicts": [{ "criterion": "Relevance", "points": 5 }] })).await);
            let half = mutate(hub, OFFICERS[0], "submitAssessment", json!({ "id": first })).await;
            assert_eq!(refused(&half), ("REQUIRED input.verdicts".to_owned(), "Judge it by “Readiness”, too.".to_owned()));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn officers_release_assessors_and_read_fewer_than_were_wanted_once_nobody_is_writing() {
    on_both(true, |hub| {
        Box::pin(async move {
            called(hub, 3).await;
            let first = begun(hub, "austin", OFFICERS[0]).await;
            let second = begun(hub, "austin", OFFICERS[1]).await;
            judge(hub, OFFICERS[0], &first, [3, 3]).await;
            made(&mutate(hub, OFFICERS[0], "submitAssessment", json!({ "id": first })).await);
            made(&mutate(hub, OFFICERS[0], "reopenAssessment", json!({ "id": first })).await);
            judge(hub, OFFICERS[0], &first, [4, 4]).await;
            made(&mutate(hub, OFFICERS[0], "submitAssessment", json!({ "id": first })).await);
            let early = mutate(hub, OFFICERS[2], "revealAssessments", json!({ "id": first })).await;
            assert_eq!(refused(&early).0, "WRONG_STATE input.id");
            assert_eq!(
                refused(&mutate(hub, people::AUSTIN, "withdrawAssessment", json!({ "id": second, "reason": "So." })).await).0,
                "NOT_FOUND input.id"
            );
            assert_eq!(
                refused(&mutate(hub, OFFICERS[2], "withdrawAssessment", json!({ "id": second, "reason": " " })).await).0,
                "REQUIRED input.reason"
            );
            made(&mutate(hub, OFFICERS[2], "withdrawAssessment", json!({ "id": second, "reason": "On leave." })).await);
            let shown = mutate(hub, OFFICERS[2], "revealAssessments", json!({ "id": first })).await;
            assert_eq!((&made(&shown)["score"], &made(&shown)["isRevealed"]), (&json!(80.0), &json!(true)));
            let more = ask(hub, "austin", OFFICERS[2]).await;
            assert_eq!(
                refused(&more),
                (
                    "WRONG_STATE input.application".to_owned(),
                    "All assessments of it are in, and were read; nobody else is asked.".to_owned()
                )
            );
            // What is decided is not assessed any more, nor what nobody assesses.
            let query = "mutation($input: SelectApplicationInput!) { selectApplication(input: $input) { errors { code } } }";
            hub.run(Some(people::OFFICER), query, json!({ "input": { "id": hub.id("application", "hamburg-fits").await } })).await;
            assert_eq!(refused(&ask(hub, "hamburg", OFFICERS[1]).await).0, "WRONG_STATE input.application");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_hand_in_at_once_are_both_read_and_who_leaves_hands_on_what_was_not_begun() {
    on_both(true, |hub| {
        Box::pin(async move {
            called(hub, 2).await;
            let ids = [begun(hub, "austin", OFFICERS[0]).await, begun(hub, "austin", OFFICERS[1]).await];
            for (officer, id) in OFFICERS.into_iter().zip(&ids) {
                judge(hub, officer, id, [5, 5]).await;
            }
            let [first, second] = [0, 1].map(|index| mutate(hub, OFFICERS[index], "submitAssessment", json!({ "id": ids[index] })));
            let (first, second) = futures_util::future::join(first, second).await;
            assert_eq!((&made(&first)["state"], &made(&second)["state"]), (&json!("SUBMITTED"), &json!("SUBMITTED")));
            for id in &ids {
                assert_eq!(read(hub, OFFICERS[2], id).await["score"], 100.0);
            }
            // Handed on, it is begun anew: an interest is declared by each for themselves.
            let open = begun(hub, "hamburg", OFFICERS[1]).await;
            judge(hub, OFFICERS[1], &open, [1, 1]).await;
            let query = "mutation($input: HandOverInput!) { handOver(input: $input) { person { slug } errors { code message } } }";
            let input = json!({ "person": hub.id("person", OFFICERS[1]).await, "to": hub.id("person", OFFICERS[2]).await, "leaves": true });
            let handed = hub.run(Some(people::ADMINISTRATOR), query, json!({ "input": input })).await;
            assert_eq!(handed.at("/handOver/errors"), &json!([]), "{:#}", handed.json);
            let query = "query($id: ID!) { node(id: $id) { ... on Assessment { state comment declaredOn assessor { slug } verdicts { points } } } }";
            let seen = hub.run(Some(OFFICERS[2]), query, json!({ "id": open })).await;
            assert_eq!(seen.at("/node"), &json!({ "state": "ASKED", "comment": null, "declaredOn": null, "assessor": { "slug": OFFICERS[2] }, "verdicts": [] }));
        })
    })
    .await;
}
