//! A practice told as a whole: what a reader would miss of it, its steps and its checklist, and the forms that ask for it.
use serde_json::{Value, json};

use crate::kit::{TestHub, on_both, people};

const COMPLETENESS: &str = "query($id: ID!) { node(id: $id) { ... on Practice { completeness { share missing { part sentence } } } } }";
const FORM: &str = "query($id: ID!, $form: PracticeForm!, $languages: [LanguageTag!]) { node(id: $id) { ... on Practice { form(form: $form, languages: $languages) {
    form language isReady parts { title text fields isOptional isMissing length longest unit excess } } } } }";

/// A draft of Hamburg with these fields beside title and summary.
async fn draft(hub: &TestHub, more: Value) -> String {
    let mut input =
        json!({ "city": hub.id("city", "hamburg").await, "language": "de", "title": "Hecken", "summary": "Hecken, die satt machen." });
    input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    hub.mutate(people::HAMBURG, "practice", "createPractice", input).await.text("/createPractice/practice/id").to_owned()
}

async fn change(hub: &TestHub, id: &str, more: Value) {
    let mut input = json!({ "id": id });
    input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    let answer = hub.mutate(people::HAMBURG, "practice", "updatePractice", input).await;
    assert_eq!(answer.at("/updatePractice/errors"), &json!([]));
}

async fn missing(hub: &TestHub, id: &str) -> (f64, Vec<(String, String)>) {
    let told = hub.run(Some(people::HAMBURG), COMPLETENESS, json!({ "id": id })).await.at("/node/completeness").clone();
    let text = |one: &Value, field: &str| one[field].as_str().expect("text").to_owned();
    let missing = told["missing"].as_array().expect("a list").iter().map(|one| (text(one, "part"), text(one, "sentence"))).collect();
    (told["share"].as_f64().expect("a share"), missing)
}

async fn form(hub: &TestHub, id: &str, form: &str, languages: Value) -> Value {
    hub.run(Some(people::HAMBURG), FORM, json!({ "id": id, "form": form, "languages": languages })).await.at("/node/form").clone()
}

fn part<'v>(form: &'v Value, title: &str) -> &'v Value {
    form["parts"].as_array().expect("a list").iter().find(|part| part["title"] == title).expect("such a part")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_reader_would_miss_is_named_until_it_is_told() {
    on_both(true, |hub| {
        Box::pin(async move {
            let id = draft(hub, json!({})).await;
            let (share, left) = missing(hub, &id).await;
            assert!((share - 1.0 / 15.0).abs() < 1e-9, "{share}");
            let named: Vec<&str> = left.iter().map(|(part, _)| part.as_str()).collect();
            assert_eq!(
                named,
                [
                    "problemBefore", "objectives", "process", "startedOn", "involvements", "money", "financing", "results", "indicators", "difficulties", "lessons",
                    "transferConditions", "sustainability", "themes"
                ]
            );
            // A text that leads elsewhere says nothing, and its words are told.
            change(hub, &id, json!({ "results": "siehe Anhang 3", "difficulties": "https://example.org/bericht.pdf", "lessons": "Siehe, was die Vögel fraßen." })).await;
            let (_, left) = missing(hub, &id).await;
            let sentence = |part: &str| left.iter().find(|(name, _)| name == part).map(|(_, sentence)| sentence.as_str());
            assert_eq!(sentence("results"), Some("“siehe Anhang 3” leads elsewhere; tell it here."));
            assert_eq!(sentence("difficulties"), Some("“https://example.org/bericht.pdf” leads elsewhere; tell it here."));
            assert_eq!(sentence("lessons"), None);

            change(
                hub,
                &id,
                json!({
                    "problemBefore": "Kahle Ränder.", "objectives": "Dichte Ränder.", "process": "1. Graben\n2. Pflanzen", "startedOn": "2020-03-01", "financing": "Die Nachbarn.",
                    "money": [{ "amount": 400, "currency": "EUR" }], "results": "Beeren.", "difficulties": "Vögel.", "transferConditions": "- Erde\n- Regen", "sustainability": "Die Beeren.",
                    "indicators": [{ "name": "Beeren", "unit": "kg", "before": 0, "yearBefore": 2019, "value": 40, "year": 2021 }],
                    "themes": [hub.id("theme", "water").await],
                }),
            )
            .await;
            let (_, left) = missing(hub, &id).await;
            assert_eq!(left, [("involvements".to_owned(), "Who took part is not told.".to_owned())]);
            // An organisation that was asked does not take part yet; one that does is told.
            let organisation = json!({ "name": "Heckenverein", "organisationKind": "CIVIL_SOCIETY", "city": hub.id("city", "hamburg").await });
            let create = "mutation($input: CreateOrganisationInput!) { createOrganisation(input: $input) { organisation { id } } }";
            let organisation = hub.run(Some(people::HAMBURG), create, json!({ "input": organisation })).await.text("/createOrganisation/organisation/id").to_owned();
            let invite = "mutation($input: InvolveOrganisationInput!) { involveOrganisation(input: $input) { involvement { id } errors { message } } }";
            let invited = hub.run(Some(people::HAMBURG), invite, json!({ "input": { "organisation": organisation, "about": id, "phases": ["PLANNING"] } })).await;
            assert_eq!(missing(hub, &id).await.1.len(), 1);
            let active = json!({ "id": invited.at("/involveOrganisation/involvement/id") });
            assert_eq!(hub.mutate(people::HAMBURG, "involvement", "activateInvolvement", active).await.at("/activateInvolvement/errors"), &json!([]));
            assert_eq!(missing(hub, &id).await, (1.0, Vec::new()));

            // Nobody but its city reads of a tombstone what it lacks.
            change(hub, &id, json!({ "shareWith": hub.id("programme", "iuc-north-america").await })).await;
            let withdraw = hub.mutate(people::HAMBURG, "practice", "withdrawPractice", json!({ "id": id, "reason": "Sold." })).await;
            assert_eq!(withdraw.at("/withdrawPractice/errors"), &json!([]));
            let others = hub.run(Some(people::OFFICER), COMPLETENESS, json!({ "id": id })).await;
            assert_eq!(others.at("/node"), &json!({ "completeness": null }));
            let whole = "query($id: ID!) { node(id: $id) { ... on Practice { keyDates { what } processSteps transferChecklist form(form: FAO) { isReady } } } }";
            let others = hub.run(Some(people::OFFICER), whole, json!({ "id": id })).await;
            assert_eq!(others.at("/node"), &json!({ "keyDates": [], "processSteps": [], "transferChecklist": [], "form": null }));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn steps_conditions_and_dates_are_lists_in_the_readers_language() {
    on_both(true, |hub| {
        Box::pin(async move {
            let dates = json!([
                { "on": { "verbatim": "Frühjahr 2020", "earliest": "2020-03-01", "latest": "2020-05-31", "precision": "SEASON" }, "what": "Erste Hecke" },
            ]);
            let id = draft(hub, json!({ "process": "1. Graben\n2) Pflanzen\n\n• Gießen", "transferConditions": "[ ] Erde\n- Regen", "keyDates": dates })).await;
            let translate = json!({ "id": id, "language": "en", "title": "Hedges", "summary": "Hedges that feed.", "process": "1. Dig\n2. Plant\n3. Water" });
            assert_eq!(hub.mutate(people::HAMBURG, "practice", "translatePractice", translate).await.at("/translatePractice/errors"), &json!([]));
            let query = "query($id: ID!) { node(id: $id) { ... on Practice { processSteps en: processSteps(languages: [\"en\"]) transferChecklist none: transferChecklist(languages: [\"en\"])
                keyDates { what on { verbatim earliest latest precision } } } } }";
            let told = hub.run(Some(people::HAMBURG), query, json!({ "id": id })).await.at("/node").clone();
            assert_eq!(told["processSteps"], json!(["Graben", "Pflanzen", "Gießen"]));
            assert_eq!(told["en"], json!(["Dig", "Plant", "Water"]));
            assert_eq!((&told["transferChecklist"], &told["none"]), (&json!(["Erde", "Regen"]), &json!([])));
            assert_eq!(told["keyDates"][0]["on"], json!({ "verbatim": "Frühjahr 2020", "earliest": "2020-03-01", "latest": "2020-05-31", "precision": "SEASON" }));

            let crossed = json!([{ "on": { "verbatim": "2020", "earliest": "2020-12-31", "latest": "2020-01-01", "precision": "YEAR" }, "what": " " }]);
            let refused = hub.mutate(people::HAMBURG, "practice", "updatePractice", json!({ "id": id, "keyDates": crossed })).await;
            assert_eq!(refused.paths(), ["input.keyDates.0.what", "input.keyDates.0.on.latest"]);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_text_fills_the_forms_of_others_in_their_order_and_within_their_lengths() {
    on_both(true, |hub| {
        Box::pin(async move {
            let id = draft(
                hub,
                json!({ "problemBefore": "Kahle Ränder.", "process": "Graben.\nPflanzen.", "difficulties": "Vögel.", "lessons": "Netze.", "results": "see link",
                    "indicators": [{ "name": "Beeren", "unit": "kg", "before": 0, "yearBefore": 2019, "value": 40, "year": 2021 }], "money": [{ "amount": 400, "currency": "EUR", "year": 2020, "what": "Erde" }],
                    "startedOn": "2020-03-01", "endedOn": "2021-10-31" }),
            )
            .await;
            let told = form(hub, &id, "INTERREG", Value::Null).await;
            let titles: Vec<&Value> = told["parts"].as_array().expect("a list").iter().map(|part| &part["title"]).collect();
            assert_eq!(
                titles,
                [
                    "Title", "Short summary", "Location", "Detailed information", "Resources needed", "Timescale", "Evidence of success", "Difficulties encountered",
                    "Potential for learning or transfer", "Further information"
                ]
            );
            assert_eq!((&told["isReady"], &told["language"]), (&json!(false), &json!("de")));
            assert_eq!(part(&told, "Location")["text"], "Hamburg, Deutschland");
            assert_eq!(part(&told, "Timescale")["text"], "2020-03-01 – 2021-10-31");
            assert_eq!(part(&told, "Resources needed")["text"], "400 EUR (2020): Erde");
            assert_eq!(part(&told, "Detailed information")["text"], "Kahle Ränder.\n\nGraben.\nPflanzen.");
            // What leads elsewhere is left out.
            assert_eq!(part(&told, "Evidence of success")["text"], "Beeren: 0 (2019) → 40 kg (2021)");
            let transfer = part(&told, "Potential for learning or transfer");
            assert_eq!((&transfer["isMissing"], &transfer["length"], &transfer["fields"]), (&json!(true), &json!(0), &json!(["transferConditions"])));
            assert_eq!(part(&told, "Further information")["isMissing"], json!(false), "it is optional");

            change(hub, &id, json!({ "summary": "ä".repeat(161), "transferConditions": "Erde." })).await;
            let told = form(hub, &id, "INTERREG", Value::Null).await;
            let summary = part(&told, "Short summary");
            assert_eq!((&summary["length"], &summary["longest"], &summary["unit"], &summary["excess"]), (&json!(161), &json!(160), &json!("CHARACTERS"), &json!(1)));
            assert_eq!(told["isReady"], json!(false));
            change(hub, &id, json!({ "summary": "ä".repeat(160) })).await;
            assert_eq!(form(hub, &id, "INTERREG", Value::Null).await["isReady"], json!(true));

            // Others count words, or nothing.
            change(hub, &id, json!({ "problemBefore": "wort ".repeat(53) })).await;
            let told = form(hub, &id, "UN_HABITAT", Value::Null).await;
            let before = part(&told, "Situation before");
            assert_eq!((&before["length"], &before["longest"], &before["unit"], &before["excess"]), (&json!(53), &json!(50), &json!("WORDS"), &json!(3)));
            let day = |year: i32| json!({ "on": { "verbatim": format!("{year}"), "earliest": format!("{year}-01-01"), "latest": format!("{year}-12-31"), "precision": "YEAR" }, "what": "Hecke" });
            change(hub, &id, json!({ "keyDates": (2015..2021).map(day).collect::<Vec<_>>() })).await;
            let told = form(hub, &id, "UN_HABITAT", Value::Null).await;
            let dates = part(&told, "Key dates");
            assert_eq!((&dates["length"], &dates["unit"], &dates["excess"]), (&json!(6), &json!("LINES"), &json!(1)));
            for (other, parts) in [("UN_DESA", 9), ("FAO", 12)] {
                let told = form(hub, &id, other, Value::Null).await;
                let list = told["parts"].as_array().expect("a list");
                assert_eq!((list.len(), list.iter().all(|part| part["longest"].is_null())), (parts, true));
            }
            // A form in a language tells what is told in it.
            let translate = json!({ "id": id, "language": "en", "title": "Hedges", "summary": "Hedges that feed." });
            assert_eq!(hub.mutate(people::HAMBURG, "practice", "translatePractice", translate).await.at("/translatePractice/errors"), &json!([]));
            let told = form(hub, &id, "FAO", json!(["en"])).await;
            assert_eq!((&told["language"], &part(&told, "Title")["text"], &part(&told, "Location")["text"]), (&json!("en"), &json!("Hedges"), &json!("Hamburg, Germany")));
            assert_eq!(part(&told, "Lessons learned")["isMissing"], json!(true));
        })
    })
    .await;
}
