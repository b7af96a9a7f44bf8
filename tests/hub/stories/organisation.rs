//! Organisations, and what they take part in: written by those whose it is, seen by whom it is for, found, told, and gone again.
use hansa::kernel::import::Verdict;
use serde_json::{Value, json};

use crate::kit::{Answer, TestHub, on_both, people};

const CREATE: &str = "mutation($input: CreateOrganisationInput!) { createOrganisation(input: $input) { organisation { id slug audience { scope } viewerCan } errors { code path } position } }";
const INVOLVE: &str = "mutation($input: InvolveOrganisationInput!) { involveOrganisation(input: $input) { involvement { id state audience { scope } viewerCan } errors { code path message } position } }";
const SEEN: &str = "query($id: ID!) { node(id: $id) { id } }";

async fn step(hub: &TestHub, person: &str, mutation: &str, id: &str) -> Answer {
    let query = format!(
        "mutation($input: InvolvementStepInput!) {{ {mutation}(input: $input) {{ involvement {{ state viewerCan }} errors {{ code message }} }} }}"
    );
    hub.run(Some(person), &query, json!({ "input": { "id": id } })).await
}

async fn made(hub: &TestHub) -> String {
    let input = json!({ "name": "Deichakademie", "organisationKind": "ACADEMIA", "level": "CITY", "city": hub.id("city", "hamburg").await, "country": "de",
        "aliases": [{ "name": "Dyke Academy", "language": "en" }], "language": "de", "description": "Lehrt das Zuhören am Wasser." });
    let made = hub.run(Some(people::HAMBURG), CREATE, json!({ "input": input })).await;
    assert_eq!(made.at("/createOrganisation/errors"), &json!([]));
    assert_eq!(made.at("/createOrganisation/organisation/viewerCan"), &json!(["UPDATE", "TRANSLATE"]));
    made.text("/createOrganisation/organisation/id").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organisation_is_kept_by_its_citys_people_and_found_by_every_name() {
    on_both(true, |hub| {
        Box::pin(async move {
            let id = made(hub).await;
            let query = "{ search(text: \"dyke academy\", filter: { kinds: [ORGANISATION] }) { edges { node { id } } } }";
            hub.indexed().await;
            assert_eq!(hub.run(None, query, json!({})).await.text("/search/edges/0/node/id"), id);
            let update = "mutation($input: UpdateOrganisationInput!) { updateOrganisation(input: $input) { organisation { name website slug } errors { code path } } }";
            for (person, code) in [(people::AUSTIN, "FORBIDDEN"), (people::READER, "FORBIDDEN")] {
                assert_eq!(hub.run(Some(person), update, json!({ "input": { "id": id, "name": "Mine" } })).await.code(), code);
            }
            let wrong = hub.run(Some(people::HAMBURG), update, json!({ "input": { "id": id, "website": "ftp://x", "country": "XX", "name": " " } })).await;
            assert_eq!(wrong.paths(), ["input.name", "input.country", "input.website"]);
            // An officer of its city's programme may, too.
            let told = hub.run(Some(people::OFFICER), update, json!({ "input": { "id": id, "website": "https://deich.example.org" } })).await;
            assert_eq!(told.text("/updateOrganisation/organisation/website"), "https://deich.example.org");
            let translate = "mutation($input: TranslateOrganisationInput!) { translateOrganisation(input: $input) { organisation { description(languages: [\"en\"]) translations { language isStale } } errors { code } } }";
            let translated = hub.run(Some(people::HAMBURG), translate, json!({ "input": { "id": id, "language": "en", "description": "Teaches listening by the water." } })).await;
            assert_eq!(translated.text("/translateOrganisation/organisation/description"), "Teaches listening by the water.");
            let events = hub.run(None, "query($id: ID!) { exchangeEvents(filter: { subjects: [$id] }) { nodes { type } } }", json!({ "id": id })).await;
            assert_eq!(events.at("/exchangeEvents/nodes"), &json!([{ "type": "ORGANISATION_ADDED" }, { "type": "ORGANISATION_REVISED" }, { "type": "TRANSLATION_PUBLISHED" }]));
            // Of no city and no programme it is nobody's.
            let nobody = hub.run(Some(people::OFFICER), CREATE, json!({ "input": { "name": "Nowhere", "organisationKind": "OTHER" } })).await;
            assert_eq!((nobody.code(), nobody.paths()), ("REQUIRED", vec!["input.programme".to_owned()]));
            // A translation that says nothing is none.
            let silent = hub.run(Some(people::HAMBURG), translate, json!({ "input": { "id": id, "language": "fr", "description": " " } })).await;
            assert_eq!(silent.code(), "REQUIRED");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_organisation_takes_part_in_is_never_wider_than_that() {
    on_both(true, |hub| {
        Box::pin(async move {
            let organisation = made(hub).await;
            let draft = hub.run(Some(people::HAMBURG), "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code } } }",
                json!({ "input": { "city": hub.id("city", "hamburg").await, "language": "de", "title": "Deichgärten", "summary": "Gärten am Deich.", "difficulties": "Wind." } })).await;
            let practice = draft.text("/createPractice/practice/id").to_owned();
            let input = json!({ "organisation": organisation, "about": practice, "phases": ["PLANNING"], "role": "Fragt und misst" });
            assert_eq!(hub.run(Some(people::AUSTIN), INVOLVE, json!({ "input": input })).await.code(), "NOT_FOUND");
            let invited = hub.run(Some(people::HAMBURG), INVOLVE, json!({ "input": input })).await;
            assert_eq!((invited.text("/involveOrganisation/involvement/state"), invited.text("/involveOrganisation/involvement/audience/scope")), ("INVITED", "CITY"));
            assert_eq!(invited.at("/involveOrganisation/involvement/viewerCan"), &json!(["UPDATE", "ACTIVATE", "DECLINE"]));
            let id = invited.text("/involveOrganisation/involvement/id").to_owned();
            assert!(hub.run(None, SEEN, json!({ "id": id })).await.at("/node").is_null());

            let active = step(hub, people::HAMBURG, "activateInvolvement", &id).await;
            assert_eq!(active.at("/activateInvolvement/involvement/viewerCan"), &json!(["UPDATE", "LEAVE"]));
            let again = step(hub, people::HAMBURG, "declineInvolvement", &id).await;
            assert_eq!((again.code(), again.text("/declineInvolvement/errors/0/message")), ("WRONG_STATE", "It is active; it can be changed or left."));

            // Publishing the practice opens nothing that was made for the city alone; narrowing a public one hides what is about it.
            let publish = "mutation($input: PublishPracticeInput!) { publishPractice(input: $input) { practice { state } errors { code } } }";
            assert_eq!(hub.run(Some(people::HAMBURG), publish, json!({ "input": { "id": practice } })).await.text("/publishPractice/practice/state"), "PUBLISHED");
            let open = hub.run(Some(people::HAMBURG), INVOLVE, json!({ "input": { "organisation": organisation, "about": practice, "phases": ["ROLL_OUT"], "isActive": true } })).await;
            let open = open.text("/involveOrganisation/involvement/id").to_owned();
            assert!(!hub.run(None, SEEN, json!({ "id": open })).await.at("/node").is_null());
            let narrow = "mutation($input: UpdatePracticeInput!) { updatePractice(input: $input) { practice { audience { scope } } errors { code message } } }";
            let hamburg = hub.id("city", "hamburg").await;
            let narrowed = hub.run(Some(people::HAMBURG), narrow, json!({ "input": { "id": practice, "shareWith": hamburg } })).await;
            assert_eq!(narrowed.text("/updatePractice/practice/audience/scope"), "CITY");
            assert!(hub.run(None, SEEN, json!({ "id": open })).await.at("/node").is_null(), "it is wider than what it is about");
            let own = hub.run(Some(people::HAMBURG), "query($id: ID!) { node(id: $id) { ... on Practice { involvements { totalCount } } } }", json!({ "id": practice })).await;
            assert_eq!(own.at("/node/involvements/totalCount"), 2);
            assert_eq!(step(hub, people::HAMBURG, "leaveInvolvement", &open).await.text("/leaveInvolvement/involvement/state"), "LEFT");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_grid_counts_what_its_viewer_sees_and_shows_the_gaps() {
    on_both(true, |hub| {
        Box::pin(async move {
            let grid = "query($slug: String!) { pairing(slug: $slug) { involvementGrid { organisationKind phase count } } }";
            let cell = |answer: &Answer, kind: &str, phase: &str| -> Value {
                let cells = answer.at("/pairing/involvementGrid").as_array().expect("cells").clone();
                assert_eq!(cells.len(), 27);
                cells.iter().find(|cell| cell["organisationKind"] == kind && cell["phase"] == phase).expect("the cell")["count"].clone()
            };
            let before = hub.run(None, grid, json!({ "slug": "austin-bologna" })).await;
            assert_eq!(cell(&before, "ACADEMIA", "PLANNING"), 0);
            let organisation = made(hub).await;
            let input = json!({ "organisation": organisation, "about": hub.id("pairing", "austin-bologna").await, "phases": ["PLANNING", "ROLL_OUT"], "isActive": true });
            assert_eq!(hub.run(Some(people::HAMBURG), INVOLVE, json!({ "input": input })).await.code(), "FORBIDDEN");
            let mut hidden = input.clone();
            hidden["shareWith"] = json!(hub.id("pairing", "austin-bologna").await);
            let involved = hub.run(Some(people::AUSTIN), INVOLVE, json!({ "input": hidden })).await;
            assert_eq!(involved.at("/involveOrganisation/errors"), &json!([]));
            assert_eq!(cell(&hub.run(None, grid, json!({ "slug": "austin-bologna" })).await, "ACADEMIA", "PLANNING"), 0, "the public counts what it can't see");
            let own = hub.run(Some(people::BOLOGNA), grid, json!({ "slug": "austin-bologna" })).await;
            assert_eq!((cell(&own, "ACADEMIA", "PLANNING"), cell(&own, "ACADEMIA", "ROLL_OUT"), cell(&own, "ACADEMIA", "IMPLEMENTATION")), (json!(1), json!(1), json!(0)));
            // Twice the same organisation is one.
            assert_eq!(hub.run(Some(people::AUSTIN), INVOLVE, json!({ "input": input })).await.at("/involveOrganisation/errors"), &json!([]));
            assert_eq!(cell(&hub.run(Some(people::BOLOGNA), grid, json!({ "slug": "austin-bologna" })).await, "ACADEMIA", "PLANNING"), 1);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_learns_of_an_organisation_by_what_it_takes_part_in() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (organisation, hamburg) = (made(hub).await, hub.id("city", "hamburg").await);
            let share = "mutation($input: UpdateOrganisationInput!) { updateOrganisation(input: $input) { organisation { audience { scope } } errors { code message } } }";
            let found = async || {
                hub.indexed().await;
                let query = "{ search(text: \"Deichakademie\") { totalCount } exchangeEvents(last: 20) { nodes { summary } } }";
                let answer = hub.run(None, query, json!({})).await;
                (answer.at("/search/totalCount").clone(), answer.at("/exchangeEvents").to_string().contains("Deichakademie"))
            };
            let input = json!({ "organisation": organisation, "about": hamburg, "phases": ["PLANNING"], "isActive": true });
            let open = hub.run(Some(people::HAMBURG), INVOLVE, json!({ "input": input })).await;
            assert_eq!(open.text("/involveOrganisation/involvement/audience/scope"), "PUBLIC");
            assert_eq!(found().await, (json!(2), true));
            // Hidden later, it takes what it takes part in along; what is made then is as narrow from the start.
            let narrowed = hub.run(Some(people::HAMBURG), share, json!({ "input": { "id": organisation, "shareWith": hamburg } })).await;
            assert_eq!(narrowed.text("/updateOrganisation/organisation/audience/scope"), "CITY");
            let later = hub.run(Some(people::HAMBURG), INVOLVE, json!({ "input": input })).await;
            assert_eq!(later.text("/involveOrganisation/involvement/audience/scope"), "CITY");
            for involved in [&open, &later] {
                let id = involved.text("/involveOrganisation/involvement/id");
                assert!(hub.run(None, SEEN, json!({ "id": id })).await.at("/node").is_null(), "the public sees it");
                assert!(!hub.run(Some(people::HAMBURG), SEEN, json!({ "id": id })).await.at("/node").is_null());
            }
            assert_eq!(found().await, (json!(0), false));
            // An import obeys the same.
            let slug = hub.run(Some(people::HAMBURG), "query($id: ID!) { node(id: $id) { ... on Organisation { slug } } }", json!({ "id": organisation })).await;
            let record = |audience: Value| {
                let organisation = slug.text("/node/slug");
                format!("{}\n", json!({ "kind": "involvement", "slug": "told", "organisation": organisation, "about": "city:hamburg", "phases": ["PLANNING"], "audience": audience }))
            };
            let wide = hub.import(&record(json!("public"))).await;
            assert!(matches!(&wide.verdicts[0].1, Verdict::Refused(why) if why.contains("wider")), "{:?}", wide.verdicts);
            assert_eq!(hub.import(&record(Value::Null)).await.verdicts[0].1, Verdict::Created);
            assert_eq!(found().await, (json!(0), false));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organisation_is_in_the_country_of_its_city() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let input = json!({ "name": "Speicherkontor", "organisationKind": "BUSINESS", "city": hamburg });
            assert_eq!(hub.run(Some(people::HAMBURG), CREATE, json!({ "input": input })).await.at("/createOrganisation/errors"), &json!([]));
            let read = "query($countries: [String!]) { organisations(filter: { countries: $countries, name: \"Speicherkontor\" }) { nodes { country { code } } } }";
            let listed = hub.run(None, read, json!({ "countries": ["de"] })).await;
            assert_eq!(listed.at("/organisations/nodes"), &json!([{ "country": { "code": "DE" } }]));
            assert_eq!(hub.run(None, read, json!({ "countries": ["FR"] })).await.at("/organisations/nodes"), &json!([]));
            let elsewhere = json!({ "name": "Speicherkontor", "organisationKind": "BUSINESS", "city": hamburg, "country": "FR" });
            assert_eq!(hub.run(Some(people::HAMBURG), CREATE, json!({ "input": elsewhere })).await.paths(), ["input.country"]);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_involvement_can_be_given_a_contact_and_be_shared_anew() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (organisation, hamburg) = (made(hub).await, hub.id("city", "hamburg").await);
            let input = json!({ "organisation": organisation, "about": hamburg, "phases": ["PLANNING"], "isActive": true });
            let open = hub.run(Some(people::HAMBURG), INVOLVE, json!({ "input": input })).await;
            let id = open.text("/involveOrganisation/involvement/id").to_owned();
            let update = "mutation($input: UpdateInvolvementInput!) { updateInvolvement(input: $input) { involvement { contact { name } audience { scope } } errors { code path } } }";
            let me = hub.run(Some(people::HAMBURG), "{ viewer { person { id name } } }", json!({})).await;
            let narrowed = hub.run(Some(people::HAMBURG), update, json!({ "input": { "id": id, "contact": me.at("/viewer/person/id"), "shareWith": hamburg } })).await;
            let expected = json!({ "contact": { "name": me.at("/viewer/person/name") }, "audience": { "scope": "CITY" } });
            assert_eq!(narrowed.at("/updateInvolvement/involvement"), &expected);
            assert!(hub.run(None, SEEN, json!({ "id": id })).await.at("/node").is_null());
            let austin = hub.id("city", "austin").await;
            let wide = hub.run(Some(people::HAMBURG), update, json!({ "input": { "id": id, "shareWith": austin } })).await;
            assert_eq!((wide.code(), wide.paths()), ("TOO_WIDE", vec!["input.shareWith".to_owned()]));
            let opened = hub.run(Some(people::HAMBURG), update, json!({ "input": { "id": id, "contact": null, "shareWith": null } })).await;
            assert_eq!(opened.at("/updateInvolvement/involvement"), &json!({ "contact": null, "audience": { "scope": "PUBLIC" } }));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_imported_is_told_by_the_organisations_name() {
    on_both(true, |hub| {
        Box::pin(async move {
            let organisation = json!({ "kind": "organisation", "slug": "told-by-name", "name": "Hafenlabor", "organisation_kind": "ACADEMIA", "city": "hamburg" });
            let involvement = json!({ "kind": "involvement", "slug": "told-by-name", "organisation": "told-by-name", "about": "city:hamburg", "phases": ["PLANNING"] });
            assert!(!hub.import(&format!("{organisation}\n{involvement}\n")).await.any_refused());
            let told = hub.run(None, "{ exchangeEvents(last: 1) { nodes { summary } } }", json!({})).await;
            assert_eq!(told.text("/exchangeEvents/nodes/0/summary"), "Hafenlabor");
        })
    })
    .await;
}
