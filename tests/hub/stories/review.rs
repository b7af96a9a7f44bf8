//! A practice on its way through review: handed in, judged in two steps by two people, returned, approved, published, and reviewed again where it changed much.
use serde_json::{Value, json};

use crate::kit::{Answer, TestHub, on_both, people};

const PAGE: &str = "query($id: ID!) { node(id: $id) { ... on Practice { state viewerCan needsReview textVersion reviewProgramme { slug } audience { scope }
    review { passedSteps since waitingDays isTaken isMine reviewer { slug } }
    reviews { step opens isApproval findings { criterion verdict sentence } reason reviewedOn ofVersion isOutdated role reviewer { slug } } } } }";
const SECOND: &str = "second-officer";
const DAY: i64 = 86_400;

async fn act(hub: &TestHub, person: &str, mutation: &str, input: Value) -> Answer {
    hub.mutate(person, "practice", mutation, input).await
}

async fn done(hub: &TestHub, person: &str, mutation: &str, input: Value) {
    let answer = act(hub, person, mutation, input).await;
    assert_eq!(answer.at(&format!("/{mutation}/errors")), &json!([]), "{mutation} as {person}");
}

async fn page(hub: &TestHub, person: Option<&str>, id: &str) -> Value {
    hub.run(person, PAGE, json!({ "id": id })).await.at("/node").clone()
}

/// The programme has this many steps of review, and another officer.
async fn reviewing(hub: &TestHub, steps: i32) {
    let officer = json!({ "kind": "person", "slug": SECOND, "name": "Sven Second", "email": "sven@example.org", "roles": [{ "role": "PROGRAMME_OFFICER", "programme": "iuc-north-america" }] });
    let report = hub.import(&format!("{officer}\n")).await;
    assert!(!report.any_refused(), "{:?}", report.verdicts);
    let id = hub.id("programme", "iuc-north-america").await;
    let answer = hub.mutate(people::OFFICER, "programme", "updateProgramme", json!({ "id": id, "reviewSteps": steps })).await;
    assert_eq!(answer.at("/updateProgramme/errors"), &json!([]));
}

async fn draft(hub: &TestHub) -> String {
    titled(hub, "Quinces").await
}

async fn titled(hub: &TestHub, title: &str) -> String {
    let input = json!({ "city": hub.id("city", "hamburg").await, "language": "en", "title": title, "summary": "Quinces along the street.",
        "body": "one two three four five six seven eight nine ten", "difficulties": "Wasps." });
    act(hub, people::HAMBURG, "createPractice", input).await.text("/createPractice/practice/id").to_owned()
}

fn findings() -> Value {
    let finding = |criterion: &str| json!({ "criterion": criterion, "verdict": "MET", "sentence": "So." });
    json!(["RELEVANCE", "EVIDENCE", "TRANSFERABILITY", "CLARITY"].map(finding))
}

async fn types(hub: &TestHub, person: &str, id: &str) -> Vec<String> {
    let answer = hub
        .run(Some(person), "query($id: ID!) { exchangeEvents(filter: { subjects: [$id] }) { nodes { type } } }", json!({ "id": id }))
        .await;
    answer
        .at("/exchangeEvents/nodes")
        .as_array()
        .expect("a list")
        .iter()
        .map(|node| node["type"].as_str().expect("a type").to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_steps_take_two_people_who_do_not_speak_for_the_city() {
    on_both(true, |hub| {
        Box::pin(async move {
            reviewing(hub, 2).await;
            let id = draft(hub).await;
            let of = || json!({ "id": id });

            // It is not published past the review; whom it was not handed in to does not see it.
            let refused = act(hub, people::HAMBURG, "publishPractice", of()).await;
            assert_eq!((refused.code(), refused.message().contains("submitPractice")), ("WRONG_STATE", true), "{}", refused.message());
            assert_eq!(page(hub, Some(people::HAMBURG), &id).await["viewerCan"], json!(["UPDATE", "TRANSLATE", "SUBMIT", "USE_BUILDING_BLOCKS", "WITHDRAW"]));
            assert!(page(hub, Some(people::OFFICER), &id).await.is_null());
            assert_eq!(act(hub, people::OFFICER, "submitPractice", of()).await.code(), "NOT_FOUND");
            done(hub, people::HAMBURG, "submitPractice", of()).await;
            let told = page(hub, Some(people::OFFICER), &id).await;
            assert_eq!((&told["state"], &told["reviewProgramme"]["slug"]), (&json!("SUBMITTED"), &json!("iuc-north-america")));
            assert!(page(hub, Some(people::AUSTIN), &id).await.is_null(), "other cities do not see it before the first step");

            // Who waits how long: the queue.
            hub.still.pass(3 * DAY);
            let queue = "{ practices(filter: { reviewProgrammes: [\"iuc-north-america\"], inReview: true }, orderBy: WAITING_LONGEST) { nodes { id review { waitingDays isTaken } } } }";
            let waiting = hub.run(Some(people::OFFICER), queue, json!({})).await;
            assert_eq!(waiting.at("/practices/nodes"), &json!([{ "id": id, "review": { "waitingDays": 3, "isTaken": false } }]));
            assert_eq!(hub.run(Some(people::AUSTIN), queue, json!({})).await.at("/practices/nodes"), &json!([]));

            // One reviews it, and nobody else meanwhile.
            assert_eq!(act(hub, people::HAMBURG, "beginPracticeReview", of()).await.code(), "FORBIDDEN");
            done(hub, people::OFFICER, "beginPracticeReview", of()).await;
            assert_eq!(act(hub, SECOND, "beginPracticeReview", of()).await.code(), "WRONG_STATE");
            assert_eq!(act(hub, SECOND, "approvePractice", json!({ "id": id, "ofVersion": 1, "findings": findings() })).await.code(), "FORBIDDEN");
            let told = page(hub, Some(people::HAMBURG), &id).await;
            assert_eq!((&told["state"], &told["review"]["isTaken"], &told["review"]["isMine"]), (&json!("IN_REVIEW"), &json!(true), &json!(false)));
            let some = json!({ "id": id, "ofVersion": 1, "findings": [{ "criterion": "CLARITY", "verdict": "MET", "sentence": "So." }] });
            assert_eq!(act(hub, people::OFFICER, "approvePractice", some).await.paths(), ["input.findings"]);

            // Sent back, changed, handed in again.
            let weak = json!([{ "criterion": "EVIDENCE", "verdict": "NOT_MET", "sentence": "No figures." }]);
            assert_eq!(act(hub, people::OFFICER, "returnPractice", json!({ "id": id, "ofVersion": 1, "reason": " " })).await.code(), "REQUIRED");
            done(hub, people::OFFICER, "returnPractice", json!({ "id": id, "ofVersion": 1, "reason": "Tell figures.", "findings": weak })).await;
            let told = page(hub, Some(people::HAMBURG), &id).await;
            assert_eq!((&told["state"], &told["reviews"][0]["reason"], &told["reviews"][0]["isOutdated"]), (&json!("RETURNED"), &json!("Tell figures."), &json!(false)));
            done(hub, people::HAMBURG, "updatePractice", json!({ "id": id, "evidence": "Forty kilograms." })).await;
            assert_eq!(page(hub, Some(people::HAMBURG), &id).await["reviews"][0]["isOutdated"], json!(true));
            done(hub, people::HAMBURG, "submitPractice", of()).await;

            // The first step opens it for the programme; the second is somebody else's.
            done(hub, people::OFFICER, "beginPracticeReview", of()).await;
            done(hub, people::OFFICER, "approvePractice", json!({ "id": id, "ofVersion": 2, "findings": findings() })).await;
            let told = page(hub, Some(people::AUSTIN), &id).await;
            assert_eq!((&told["state"], &told["audience"]["scope"], &told["review"]["passedSteps"]), (&json!("SUBMITTED"), &json!("PROGRAMME"), &json!(1)));
            assert_eq!((&told["reviews"][1]["opens"], &told["reviews"][1]["reviewer"]["slug"]), (&json!("PROGRAMME"), &json!(people::OFFICER)));
            assert_eq!(act(hub, people::OFFICER, "beginPracticeReview", of()).await.code(), "FORBIDDEN");
            assert!(!page(hub, Some(people::OFFICER), &id).await["viewerCan"].as_array().expect("a list").contains(&json!("BEGIN_REVIEW")));
            done(hub, SECOND, "beginPracticeReview", of()).await;
            done(hub, SECOND, "releasePracticeReview", of()).await;
            done(hub, people::ADMINISTRATOR, "beginPracticeReview", of()).await;
            done(hub, people::ADMINISTRATOR, "approvePractice", json!({ "id": id, "ofVersion": 2, "findings": findings() })).await;
            assert_eq!(page(hub, Some(people::AUSTIN), &id).await["state"], json!("APPROVED"));

            // Its city publishes it. The public reads what reviewers were, and not who.
            done(hub, people::HAMBURG, "publishPractice", of()).await;
            let told = page(hub, None, &id).await;
            let reviews = told["reviews"].as_array().expect("a list");
            let told_of: Vec<(&Value, &Value, &Value)> = reviews.iter().map(|review| (&review["role"], &review["reviewer"], &review["isApproval"])).collect();
            let (officer, administrator, nobody) = (json!("PROGRAMME_OFFICER"), json!("ADMINISTRATOR"), Value::Null);
            assert_eq!(told_of, [(&officer, &nobody, &json!(false)), (&officer, &nobody, &json!(true)), (&administrator, &nobody, &json!(true))]);
            assert_eq!(reviews[2]["findings"], findings());
            assert_eq!(
                types(hub, people::HAMBURG, &id).await,
                [
                    "PRACTICE_DRAFTED", "PRACTICE_SUBMITTED", "PRACTICE_REVIEW_BEGUN", "PRACTICE_RETURNED", "PRACTICE_REVISED", "PRACTICE_SUBMITTED", "PRACTICE_REVIEW_BEGUN",
                    "PRACTICE_STEP_PASSED", "PRACTICE_REVIEW_BEGUN", "PRACTICE_REVIEW_RELEASED", "PRACTICE_REVIEW_BEGUN", "PRACTICE_APPROVED", "PRACTICE_PUBLISHED"
                ]
            );
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changed_by_more_than_a_fifth_since_it_was_approved_is_reviewed_again() {
    on_both(true, |hub| {
        Box::pin(async move {
            reviewing(hub, 1).await;
            let id = draft(hub).await;
            let of = || json!({ "id": id });
            for (person, mutation, input) in [
                (people::HAMBURG, "submitPractice", of()),
                (people::OFFICER, "beginPracticeReview", of()),
                (people::OFFICER, "approvePractice", json!({ "id": id, "ofVersion": 1, "findings": findings() })),
            ] {
                done(hub, person, mutation, input).await;
            }
            // Of 16 words three may change, whatever their order.
            let body = async |words: &str| done(hub, people::HAMBURG, "updatePractice", json!({ "id": id, "body": words })).await;
            body("ten nine eight seven six five four three two one").await;
            body("ten nine eight seven six five four drei zwei eins").await;
            let told = page(hub, Some(people::HAMBURG), &id).await;
            assert_eq!((&told["needsReview"], &told["reviews"][0]["isOutdated"]), (&json!(false), &json!(true)));
            assert_eq!(act(hub, people::HAMBURG, "submitPractice", of()).await.code(), "WRONG_STATE");
            // Small changes add up.
            body("ten nine eight seven six five vier drei zwei eins").await;
            assert_eq!(page(hub, Some(people::HAMBURG), &id).await["needsReview"], json!(true));
            assert_eq!(act(hub, people::HAMBURG, "publishPractice", of()).await.code(), "WRONG_STATE");
            for (person, mutation, input) in [
                (people::HAMBURG, "submitPractice", of()),
                (people::OFFICER, "beginPracticeReview", of()),
                (people::OFFICER, "approvePractice", json!({ "id": id, "ofVersion": 4, "findings": findings() })),
                (people::HAMBURG, "publishPractice", of()),
            ] {
                done(hub, person, mutation, input).await;
            }
            assert_eq!(page(hub, None, &id).await["needsReview"], json!(false));

            let due = async || {
                hub.run(None, "{ practices(filter: { needsReview: true }) { nodes { id } } }", json!({}))
                    .await
                    .at("/practices/nodes")
                    .clone()
            };
            assert_eq!(due().await, json!([]));
            // What is published stays published, and says that it is to be reviewed again.
            assert_eq!(act(hub, people::OFFICER, "beginPracticeReview", of()).await.code(), "WRONG_STATE");
            body("zehn neun acht sieben").await;
            let told = page(hub, None, &id).await;
            assert_eq!(
                (&told["state"], &told["needsReview"], &told["review"]["isTaken"]),
                (&json!("PUBLISHED"), &json!(true), &json!(false))
            );
            assert_eq!(due().await, json!([{ "id": id }]));
            done(hub, people::OFFICER, "beginPracticeReview", of()).await;
            done(hub, people::OFFICER, "returnPractice", json!({ "id": id, "ofVersion": 5, "reason": "What became of the rest?" })).await;
            let told = page(hub, None, &id).await;
            assert_eq!((&told["state"], &told["needsReview"]), (&json!("PUBLISHED"), &json!(true)));
            done(hub, people::OFFICER, "beginPracticeReview", of()).await;
            done(hub, people::OFFICER, "approvePractice", json!({ "id": id, "ofVersion": 5, "findings": findings() })).await;
            assert_eq!(page(hub, None, &id).await["needsReview"], json!(false));
            let told = types(hub, people::HAMBURG, &id).await;
            assert_eq!(told.iter().filter(|told| *told == "PRACTICE_REVIEW_DUE").count(), 2);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_reviews_their_own_city_and_what_no_programme_reviews_is_published_as_ever() {
    on_both(true, |hub| {
        Box::pin(async move {
            let id = draft(hub).await;
            let refused = act(hub, people::HAMBURG, "submitPractice", json!({ "id": id })).await;
            assert_eq!((refused.code(), refused.message().contains("publishPractice")), ("WRONG_STATE", true));
            assert_eq!(page(hub, Some(people::HAMBURG), &id).await["viewerCan"], json!(["UPDATE", "TRANSLATE", "PUBLISH", "USE_BUILDING_BLOCKS", "WITHDRAW"]));
            done(hub, people::HAMBURG, "publishPractice", json!({ "id": id })).await;

            // An officer who speaks for the city as well does not review what it hands in, and neither does an administrator who does.
            reviewing(hub, 1).await;
            for (slug, role) in [("both", json!({ "role": "PROGRAMME_OFFICER", "programme": "iuc-north-america" })), ("over-both", json!({ "role": "ADMINISTRATOR" }))] {
                let line = json!({ "kind": "person", "slug": slug, "name": slug, "email": format!("{slug}@example.org"), "roles": [role, { "role": "CITY_REPRESENTATIVE", "city": "hamburg" }] });
                let report = hub.import(&format!("{line}\n")).await;
                assert!(!report.any_refused(), "{:?}", report.verdicts);
            }
            let id = draft(hub).await;
            done(hub, people::HAMBURG, "submitPractice", json!({ "id": id })).await;
            for person in ["both", "over-both"] {
                assert_eq!(act(hub, person, "beginPracticeReview", json!({ "id": id })).await.code(), "FORBIDDEN", "{person}");
                assert!(!page(hub, Some(person), &id).await["viewerCan"].as_array().expect("a list").contains(&json!("BEGIN_REVIEW")), "{person}");
            }
            let other = hub.id("programme", "iuc-north-america").await;
            assert_eq!(act(hub, people::OFFICER, "updatePractice", json!({ "id": id, "shareWith": other })).await.code(), "FORBIDDEN");
            let programme = hub.id("programme", "iuc-north-america").await;
            let wrong = hub.mutate(people::OFFICER, "programme", "updateProgramme", json!({ "id": programme, "reviewSteps": 3 })).await;
            assert_eq!(wrong.paths(), ["input.reviewSteps"]);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_steps_judge_the_same_text_and_it_stays_with_its_reviewers_while_they_do() {
    on_both(true, |hub| {
        Box::pin(async move {
            reviewing(hub, 2).await;
            let id = draft(hub).await;
            let of = || json!({ "id": id });
            done(hub, people::HAMBURG, "submitPractice", of()).await;
            done(hub, people::OFFICER, "beginPracticeReview", of()).await;
            let own = json!({ "id": id, "shareWith": hub.id("city", "hamburg").await });
            let refused = act(hub, people::HAMBURG, "updatePractice", own).await;
            assert_eq!((refused.code(), refused.paths()), ("WRONG_STATE", vec!["input.shareWith".to_owned()]));
            // What was changed meanwhile is read before it is approved.
            done(hub, people::HAMBURG, "updatePractice", json!({ "id": id, "difficulties": "Wasps. Many." })).await;
            let unseen = act(hub, people::OFFICER, "approvePractice", json!({ "id": id, "ofVersion": 1, "findings": findings() })).await;
            assert_eq!((unseen.code(), unseen.paths()), ("CONFLICT", vec!["input.ofVersion".to_owned()]));
            let not_begun = act(hub, SECOND, "approvePractice", json!({ "id": id, "ofVersion": 2, "findings": findings() })).await;
            assert!(not_begun.message().contains("beginPracticeReview"), "{}", not_begun.message());
            done(hub, people::OFFICER, "approvePractice", json!({ "id": id, "ofVersion": 2, "findings": findings() })).await;
            let again = act(hub, people::OFFICER, "beginPracticeReview", of()).await;
            assert_eq!(again.message(), "You judged the step before; this one is somebody else's.");
            // A word more is the same text, another text begins anew.
            done(hub, people::HAMBURG, "updatePractice", json!({ "id": id, "difficulties": "Wasps. Many. Indeed." })).await;
            assert_eq!(page(hub, Some(people::OFFICER), &id).await["review"]["passedSteps"], json!(1));
            done(hub, people::HAMBURG, "updatePractice", json!({ "id": id, "body": "All is otherwise now." })).await;
            assert_eq!(page(hub, Some(people::OFFICER), &id).await["review"]["passedSteps"], json!(0));
            done(hub, people::OFFICER, "beginPracticeReview", of()).await;
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_that_leaves_the_programme_takes_its_practices_with_it() {
    on_both(true, |hub| {
        Box::pin(async move {
            reviewing(hub, 2).await;
            let (handed_in, passed, shared) = (titled(hub, "Quinces").await, titled(hub, "Medlars").await, titled(hub, "Sloes").await);
            for id in [&handed_in, &passed] {
                done(hub, people::HAMBURG, "submitPractice", json!({ "id": id })).await;
                done(hub, people::OFFICER, "beginPracticeReview", json!({ "id": id })).await;
            }
            done(hub, people::OFFICER, "approvePractice", json!({ "id": passed, "ofVersion": 1, "findings": findings() })).await;
            let programme = hub.id("programme", "iuc-north-america").await;
            done(hub, people::HAMBURG, "updatePractice", json!({ "id": shared, "shareWith": programme })).await;
            let leave = json!({ "id": programme, "city": hub.id("city", "hamburg").await });
            let left = hub.mutate(people::ADMINISTRATOR, "programme", "removeProgrammeCity", leave).await;
            if left.at("/removeProgrammeCity/errors") != &json!([]) {
                // It takes part in pairings of the programme, which end first.
                let pairings = hub.run(None, "{ city(slug: \"hamburg\") { pairings { nodes { id state } } } }", json!({})).await;
                for pairing in pairings.at("/city/pairings/nodes").as_array().expect("a list") {
                    let end = json!({ "id": pairing["id"], "state": "ENDED", "reason": "So." });
                    assert_eq!(
                        hub.mutate(people::ADMINISTRATOR, "pairing", "updatePairing", end).await.at("/updatePairing/errors"),
                        &json!([])
                    );
                }
                let leave = json!({ "id": programme, "city": hub.id("city", "hamburg").await });
                assert_eq!(
                    hub.mutate(people::ADMINISTRATOR, "programme", "removeProgrammeCity", leave).await.at("/removeProgrammeCity/errors"),
                    &json!([])
                );
            }
            for id in [&handed_in, &passed, &shared] {
                let told = page(hub, Some(people::HAMBURG), id).await;
                assert_eq!((&told["state"], &told["audience"]["scope"], &told["review"]), (&json!("DRAFT"), &json!("CITY"), &Value::Null));
                for other in [people::OFFICER, people::AUSTIN] {
                    assert!(page(hub, Some(other), id).await.is_null(), "{other}");
                }
            }
        })
    })
    .await;
}
