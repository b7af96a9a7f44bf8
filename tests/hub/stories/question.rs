//! Frequently asked questions and contact points: written by the programme's officers, read in every language, and honest where nothing is known.
use hansa::kernel::import::Verdict;
use serde_json::json;

use crate::kit::{TestHub, on_both, people};

const ASK: &str = "mutation($input: CreateFaqInput!) { createFaq(input: $input) { faq { id slug question audience { scope } viewerCan } errors { code path } position } }";
const SEEN: &str = "query($id: ID!) { node(id: $id) { id } }";

async fn asked(hub: &TestHub, more: serde_json::Value) -> String {
    let mut input = json!({ "programme": hub.id("programme", "iuc-north-america").await, "language": "en", "question": " Who pays for the trains? ",
        "answer": "Each city its own, unless the programme says otherwise.", "edition": "2019", "position": 7 });
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    let made = hub.run(Some(people::OFFICER), ASK, json!({ "input": input })).await;
    assert_eq!(made.at("/createFaq/errors"), &json!([]));
    assert_eq!(made.at("/createFaq/faq/viewerCan"), &json!(["UPDATE", "TRANSLATE"]));
    made.text("/createFaq/faq/id").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_answers_a_question_and_everyone_finds_it() {
    on_both(true, |hub| {
        Box::pin(async move {
            let id = asked(hub, json!({})).await;
            hub.indexed().await;
            let query = "{ search(text: \"pays trains\", filter: { kinds: [FAQ], programmes: [\"iuc-north-america\"] }) { edges { node { id } } facets { kinds { value label } } } }";
            let found = hub.run(None, query, json!({})).await;
            assert_eq!(found.text("/search/edges/0/node/id"), id);
            let read = "query($id: ID!) { node(id: $id) { ... on Faq { slug question answer edition position } } }";
            assert_eq!(
                hub.run(None, read, json!({ "id": id })).await.at("/node"),
                &json!({ "slug": "who-pays-for-the-trains", "question": "Who pays for the trains?", "answer": "Each city its own, unless the programme says otherwise.", "edition": "2019", "position": 7 })
            );
            // Nobody else writes for the programme; a question without an answer is none.
            for person in [people::HAMBURG, people::READER] {
                let input = json!({ "programme": hub.id("programme", "iuc-north-america").await, "language": "en", "question": "Q", "answer": "A" });
                assert_eq!(hub.run(Some(person), ASK, json!({ "input": input })).await.code(), "FORBIDDEN");
            }
            let input = json!({ "programme": hub.id("programme", "iuc-north-america").await, "language": "en", "question": "Q", "answer": " ", "edition": "x".repeat(101) });
            assert_eq!(hub.run(Some(people::OFFICER), ASK, json!({ "input": input })).await.paths(), ["input.answer"]);
            // It changes in part, with its place forgotten, and comes last then.
            let update = "mutation($input: UpdateFaqInput!) { updateFaq(input: $input) { faq { answer edition position } errors { code path } } }";
            let changed = hub.run(Some(people::OFFICER), update, json!({ "input": { "id": id, "position": null, "answer": "Each its own." } })).await;
            assert_eq!(changed.at("/updateFaq/faq"), &json!({ "answer": "Each its own.", "edition": "2019", "position": null }));
            let listed = hub.run(None, "{ faqs(last: 1) { nodes { id } } }", json!({})).await;
            assert_eq!(listed.text("/faqs/nodes/0/id"), id);
            let events = hub.run(None, "query($id: ID!) { exchangeEvents(filter: { subjects: [$id] }) { nodes { type } } }", json!({ "id": id })).await;
            assert_eq!(events.at("/exchangeEvents/nodes"), &json!([{ "type": "FAQ_ADDED" }, { "type": "FAQ_REVISED" }]));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_of_the_programmes_people_is_seen_by_nobody_else() {
    on_both(true, |hub| {
        Box::pin(async move {
            let programme = hub.id("programme", "iuc-north-america").await;
            let id = asked(hub, json!({ "shareWith": programme })).await;
            assert_eq!(hub.run(None, SEEN, json!({ "id": id })).await.at("/node"), &json!(null));
            assert_eq!(hub.run(Some(people::HAMBURG), SEEN, json!({ "id": id })).await.text("/node/id"), id);
            let wide = json!({ "programme": programme, "language": "en", "question": "Q", "answer": "A", "shareWith": hub.id("city", "hamburg").await });
            assert_eq!(hub.run(Some(people::OFFICER), ASK, json!({ "input": wide })).await.code(), "TOO_WIDE");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_contact_whose_address_is_unknown_says_so_until_it_is_told() {
    on_both(true, |hub| {
        Box::pin(async move {
            let id = hub.id("contact_point", "iuc-north-america-contact").await;
            let read = "query($id: ID!) { node(id: $id) { ... on ContactPoint { isKnown email verbatim } } }";
            let known = hub.run(None, read, json!({ "id": id })).await;
            assert_eq!(known.at("/node/isKnown"), &json!(false));
            assert!(known.text("/node/verbatim").ends_with("or contact"));
            let update = "mutation($input: UpdateContactPointInput!) { updateContactPoint(input: $input) { contactPoint { isKnown email language } errors { code path } } }";
            let wrong = hub.run(Some(people::OFFICER), update, json!({ "input": { "id": id, "email": "nobody", "name": " " } })).await;
            assert_eq!(wrong.paths(), ["input.name", "input.email"]);
            let told = hub.run(Some(people::OFFICER), update, json!({ "input": { "id": id, "email": "desk@example.org", "language": "en" } })).await;
            assert_eq!(told.at("/updateContactPoint/contactPoint"), &json!({ "isKnown": true, "email": "desk@example.org", "language": "en" }));
            let forgotten = hub.run(Some(people::OFFICER), update, json!({ "input": { "id": id, "email": null } })).await;
            assert_eq!(forgotten.at("/updateContactPoint/contactPoint/isKnown"), &json!(false));
            assert_eq!(hub.run(Some(people::HAMBURG), update, json!({ "input": { "id": id, "email": "mine@example.org" } })).await.code(), "FORBIDDEN");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn questions_and_contacts_are_recorded_as_they_are() {
    on_both(true, |hub| {
        Box::pin(async move {
            let line = |fields: serde_json::Value| format!("{fields}\n");
            let whole = json!({ "kind": "faq", "slug": "recorded", "programme": "iuc-north-america", "language": "nl", "question": "Waarom?", "answer": "Daarom.", "position": 3 });
            let contact = json!({ "kind": "contact_point", "slug": "recorded-desk", "programme": "iuc-north-america", "name": "Desk", "address": "Harbour street 1\nHamburg" });
            let report = hub.import(&(line(whole.clone()) + &line(contact.clone()))).await;
            assert_eq!(report.count(|verdict| *verdict == Verdict::Created), 2, "{:?}", report.verdicts);
            let again = hub.import(&(line(whole) + &line(contact))).await;
            assert_eq!(again.count(|verdict| *verdict == Verdict::Unchanged), 2, "{:?}", again.verdicts);
            for bad in [
                json!({ "kind": "faq", "slug": "bad", "programme": "iuc-north-america", "language": "nl", "question": "Waarom?" }),
                json!({ "kind": "faq", "slug": "bad", "language": "nl", "question": "Waarom?", "answer": "Daarom." }),
                json!({ "kind": "contact_point", "slug": "bad", "programme": "iuc-north-america", "name": "Desk", "email": "nobody" }),
                json!({ "kind": "contact_point", "slug": "bad", "programme": "nowhere", "name": "Desk" }),
                // Records obey the rules that mutations obey.
                json!({ "kind": "contact_point", "slug": "bad", "programme": "iuc-north-america", "name": "Desk", "audience": "city:hamburg" }),
                json!({ "kind": "faq", "slug": "bad", "programme": "iuc-north-america", "language": "nl", "question": "Waarom?", "answer": "Daarom.", "audience": "city:hamburg" }),
                json!({ "kind": "faq", "slug": "bad", "programme": "iuc-north-america", "language": "nl", "question": "Waarom?", "answer": "Daarom.", "position": 3_000_000_000_i64 }),
            ] {
                assert!(hub.import(&line(bad.clone())).await.any_refused(), "{bad}");
            }
            let twice = "{\"kind\":\"faq\",\"slug\":\"twice\",\"programme\":\"iuc-north-america\",\"language\":\"nl\",\"question\":\"Q\",\"answer\":\"A\",\"position\":1,\"position\":2}\n";
            assert!(hub.import(twice).await.any_refused());
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_programme_has_components_and_an_administrator_notes_what_a_goal_means_here() {
    on_both(true, |hub| {
        Box::pin(async move {
            let update = "mutation($input: UpdateProgrammeInput!) { updateProgramme(input: $input) { programme { components { name description } } errors { code path } } }";
            let id = hub.id("programme", "iuc-north-america").await;
            let components = json!([{ "name": " North America ", "description": "Its cities\nand theirs." }, { "name": "Elsewhere" }]);
            let told = hub.run(Some(people::OFFICER), update, json!({ "input": { "id": id, "components": components } })).await;
            let expected = json!([{ "name": "North America", "description": "Its cities\nand theirs." }, { "name": "Elsewhere", "description": null }]);
            assert_eq!(told.at("/updateProgramme/programme/components"), &expected);
            let wrong = hub.run(Some(people::OFFICER), update, json!({ "input": { "id": id, "components": [{ "name": " " }] } })).await;
            assert_eq!(wrong.paths(), ["input.components.0.name"]);

            let note = "mutation($input: NoteGoalInput!) { noteGoal(input: $input) { goal { note viewerCan } errors { code path } } }";
            let goal = hub.id("goal", "sdg-11").await;
            let noted = hub.run(Some(people::ADMINISTRATOR), note, json!({ "input": { "id": goal, "note": "Where our pairs meet." } })).await;
            assert_eq!(noted.at("/noteGoal/goal"), &json!({ "note": "Where our pairs meet.", "viewerCan": ["NOTE"] }));
            assert_eq!(hub.run(Some(people::OFFICER), note, json!({ "input": { "id": goal, "note": "Mine." } })).await.code(), "FORBIDDEN");
            let gone = hub.run(Some(people::ADMINISTRATOR), note, json!({ "input": { "id": goal, "note": null } })).await;
            assert_eq!(gone.at("/noteGoal/goal/note"), &json!(null));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_said_in_another_way_under_one_key_is_the_same_and_a_blank_address_is_none() {
    on_both(true, |hub| {
        Box::pin(async move {
            let programme = hub.id("programme", "iuc-north-america").await;
            let create = "mutation($input: CreateContactPointInput!) { createContactPoint(input: $input) { contactPoint { id isKnown address email } errors { code } } }";
            let input = json!({ "programme": programme, "name": "Desk", "address": " ", "idempotencyKey": "desk-1" });
            let first = hub.run(Some(people::OFFICER), create, json!({ "input": input })).await;
            let unknown = json!({ "isKnown": false, "address": null, "email": null });
            let id = first.text("/createContactPoint/contactPoint/id").to_owned();
            for (field, value) in unknown.as_object().expect("an object") {
                assert_eq!(first.at(&format!("/createContactPoint/contactPoint/{field}")), value, "{field}");
            }
            let literal = format!(
                "mutation {{ createContactPoint(input: {{ idempotencyKey: \"desk-1\", address: \" \", name: \"Desk\", programme: \"{programme}\" }}) {{ contactPoint {{ id }} errors {{ code }} }} }}"
            );
            let again = hub.run(Some(people::OFFICER), &literal, json!({})).await;
            assert_eq!(again.text("/createContactPoint/contactPoint/id"), id);
            let other = json!({ "programme": programme, "name": "Other desk", "idempotencyKey": "desk-1" });
            assert_eq!(hub.run(Some(people::OFFICER), create, json!({ "input": other })).await.code(), "KEY_REUSED");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blank_part_of_a_text_is_none_and_what_was_written_is_imported_as_it_was_exported() {
    on_both(true, |hub| {
        Box::pin(async move {
            let programme = hub.id("programme", "iuc-north-america").await;
            let create = "mutation($input: CreateCityInput!) { createCity(input: $input) { city { id profile } errors { code } } }";
            let input = json!({ "programmes": [programme], "name": "Blankville", "country": "de", "profile": " " });
            let made = hub.run(Some(people::OFFICER), create, json!({ "input": input })).await;
            assert_eq!(made.at("/createCity/city/profile"), &json!(null));
            let record = json!({ "kind": "city", "slug": "blankville", "name": "Blankville", "country": "de", "profile": "", "state": "candidate", "programmes": ["iuc-north-america"] });
            let report = hub.import(&format!("{record}\n")).await;
            assert_eq!(report.verdicts[0].1, Verdict::Unchanged);

            let involve = "mutation($input: InvolveOrganisationInput!) { involveOrganisation(input: $input) { involvement { slug } errors { code } } }";
            let input = json!({ "organisation": hub.id("organisation", "hafenuni-hamburg").await, "about": hub.id("city", "hamburg").await, "phases": ["PLANNING"] });
            let slug = hub.run(Some(people::HAMBURG), involve, json!({ "input": input })).await.text("/involveOrganisation/involvement/slug").to_owned();
            let record = json!({ "kind": "involvement", "slug": slug, "organisation": "hafenuni-hamburg", "about": "city:hamburg", "phases": ["PLANNING"], "state": "invited" });
            assert_eq!(hub.import(&format!("{record}\n")).await.verdicts[0].1, Verdict::Unchanged);
        })
    })
    .await;
}
