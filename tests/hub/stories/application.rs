//! A city applies: it drafts, hands in, and is told what becomes of it; other cities read neither.
use hansa::kernel::import::Verdict;
use serde_json::{Value, json};

use crate::kit::{Answer, TestHub, on_both, people};

const SHOWN: &str = "application { id slug state side reason audience { scope of city } rulesVersion submittedAt decidedOn reservePosition capacity workingLanguages viewerCan challenges { text language importance theme { slug } } themes { slug } goals { slug } preferredCities { slug } excludedCountries { code } eligibility { rule passed sentence figure year boundary source waivedReason } }";
const DAY: i64 = 86_400;

async fn mutate(hub: &TestHub, person: Option<&str>, mutation: &str, input: Value) -> Answer {
    let of = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let query = format!("mutation($input: {of}!) {{ {mutation}(input: $input) {{ {SHOWN} errors {{ code path message }} }} }}");
    hub.run(person, &query, json!({ "input": input })).await
}

/// An open call of two sides until 10 June, with what is given beside.
async fn call(hub: &TestHub, more: Value) -> String {
    let mut input = json!({ "programme": hub.id("programme", "iuc-north-america").await, "name": "Quinces", "rules": {},
        "sides": [{ "name": "west", "countries": ["US", "CA", "MX"] }, { "name": "east", "countries": ["DE", "IT"] }],
        "closes": { "verbatim": "early June", "earliest": "2026-06-08", "latest": "2026-06-10", "precision": "RANGE" } });
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    let create = "mutation($input: CreateCallInput!) { createCall(input: $input) { call { id } errors { code path message } } }";
    let id = hub.run(Some(people::OFFICER), create, json!({ "input": input })).await.text("/createCall/call/id").to_owned();
    let open = "mutation($input: CallStepInput!) { openCall(input: $input) { call { state } errors { code message } } }";
    assert_eq!(hub.run(Some(people::OFFICER), open, json!({ "input": { "id": id } })).await.text("/openCall/call/state"), "OPEN");
    id
}

async fn draft(hub: &TestHub, person: &str, call: &str, city: &str, more: Value) -> Answer {
    let mut input =
        json!({ "call": call, "city": hub.id("city", city).await, "challenges": [{ "text": "Sour quinces", "language": "en" }] });
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    mutate(hub, Some(person), "createApplication", input).await
}

async fn id_of(answer: &Answer, mutation: &str) -> String {
    answer.text(&format!("/{mutation}/application/id")).to_owned()
}

/// Whether somebody sees it: by node, list, count of the call, search and events, which never disagree.
async fn sees(hub: &TestHub, person: Option<&str>, id: &str, call: &str) -> bool {
    hub.indexed().await;
    let query = "query($id: ID!, $call: ID!) { node(id: $id) { id } applications(first: 100) { nodes { id } } call: node(id: $call) { ... on Call { applications { totalCount nodes { id } } } }
        search(text: \"\", filter: { kinds: [APPLICATION] }, first: 100) { edges { node { id } } } exchangeEvents(filter: { subjects: [$id] }) { totalCount } }";
    let answer = hub.run(person, query, json!({ "id": id, "call": call })).await;
    let has = |pointer: &str| answer.at(pointer).to_string().contains(id);
    let ways = [
        !answer.at("/node").is_null(),
        has("/applications"),
        has("/call/applications/nodes"),
        has("/search"),
        answer.at("/exchangeEvents/totalCount") != &json!(0),
    ];
    assert!(ways.iter().all(|way| *way == ways[0]), "{person:?}: {ways:?}");
    ways[0]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_applies_and_reads_what_becomes_of_it_and_no_other_city_does() {
    on_both(true, |hub| {
        Box::pin(async move {
            let call = call(hub, json!({})).await;
            let energy = hub.id("theme", "energy").await;
            let made = draft(hub, people::HAMBURG, &call, "hamburg", json!({ "statement": "Wir wollen lernen.", "language": "de", "capacity": 2, "workingLanguages": ["de", "en"],
                "challenges": [{ "theme": energy, "text": "Saure Quitten", "language": "de", "importance": 3 }], "strengths": [{ "text": "Sweet medlars", "language": "en" }],
                "goals": [hub.id("goal", "sdg-11").await], "preferredCities": [hub.id("city", "austin").await], "excludedCountries": ["ca"] })).await;
            let application = made.at("/createApplication/application");
            assert_eq!((&application["state"], &application["side"], &application["viewerCan"]), (&json!("DRAFT"), &json!("east"), &json!(["UPDATE", "SUBMIT", "UPDATE_MATCHING", "WITHDRAW"])), "{:#}", made.json);
            assert_eq!(application["challenges"], json!([{ "text": "Saure Quitten", "language": "de", "importance": 3, "theme": { "slug": "energy" } }]));
            assert_eq!((&application["themes"], &application["goals"]), (&json!([{ "slug": "energy" }]), &json!([{ "slug": "sdg-11" }])));
            assert_eq!((&application["preferredCities"], &application["excludedCountries"]), (&json!([{ "slug": "austin" }]), &json!([{ "code": "CA" }])));
            assert_eq!((&application["capacity"], &application["audience"]["scope"]), (&json!(2), &json!("CITY")));
            let id = id_of(&made, "createApplication").await;
            for (person, is_seen) in [(Some(people::HAMBURG), true), (Some(people::HAMBURG_TOO), true), (Some(people::OFFICER), false), (Some(people::AUSTIN), false), (None, false)] {
                assert_eq!(sees(hub, person, &id, &call).await, is_seen, "a draft, {person:?}");
            }
            assert_eq!(mutate(hub, Some(people::AUSTIN), "submitApplication", json!({ "id": id })).await.code(), "NOT_FOUND");
            let submitted = mutate(hub, Some(people::HAMBURG), "submitApplication", json!({ "id": id })).await;
            let application = submitted.at("/submitApplication/application");
            assert_eq!((&application["state"], &application["rulesVersion"], &application["viewerCan"]), (&json!("SUBMITTED"), &json!(1), &json!(["UPDATE_MATCHING", "WITHDRAW"])), "{:#}", submitted.json);
            assert_eq!((&application["audience"]["scope"], &application["audience"]["city"]), (&json!("OFFICERS"), &json!(hub.id("city", "hamburg").await)));
            for (person, is_seen) in [(Some(people::HAMBURG), true), (Some(people::OFFICER), true), (Some(people::AUSTIN), false), (Some(people::STAKEHOLDER), false), (Some(people::READER), false), (None, false)] {
                assert_eq!(sees(hub, person, &id, &call).await, is_seen, "handed in, {person:?}");
            }
            // What it says is the city's to write, what becomes of it the officers' to decide.
            assert_eq!(mutate(hub, Some(people::OFFICER), "withdrawApplication", json!({ "id": id })).await.code(), "FORBIDDEN");
            assert_eq!(mutate(hub, Some(people::HAMBURG), "selectApplication", json!({ "id": id })).await.code(), "FORBIDDEN");
            assert_eq!(mutate(hub, Some(people::HAMBURG), "updateApplication", json!({ "id": id, "capacity": 3 })).await.code(), "WRONG_STATE");
            assert_eq!(mutate(hub, Some(people::OFFICER), "declineApplication", json!({ "id": id, "reason": " " })).await.code(), "REQUIRED");
            let reserved = mutate(hub, Some(people::OFFICER), "reserveApplication", json!({ "id": id, "reason": "A place may become free.", "position": 1 })).await;
            let application = reserved.at("/reserveApplication/application");
            assert_eq!((&application["state"], &application["reservePosition"], &application["decidedOn"]), (&json!("RESERVE"), &json!(1), &json!("2026-06-01")));
            let declined = mutate(hub, Some(people::OFFICER), "declineApplication", json!({ "id": id, "reason": "No partner grows quinces." })).await;
            assert_eq!(declined.at("/declineApplication/application/state"), "DECLINED");
            let own = hub.run(Some(people::HAMBURG), "query($id: ID!) { node(id: $id) { ... on Application { reason reservePosition viewerCan } } city(slug: \"hamburg\") { applications { nodes { reason } } } }", json!({ "id": id })).await;
            assert_eq!(own.at("/node"), &json!({ "reason": "No partner grows quinces.", "reservePosition": null, "viewerCan": [] }));
            assert_eq!(own.at("/city/applications/nodes"), &json!([{ "reason": "No partner grows quinces." }]));
            assert!(!sees(hub, Some(people::AUSTIN), &id, &call).await, "a reason is nobody else's");
            let events = "query($id: ID!) { exchangeEvents(filter: { subjects: [$id] }) { nodes { type } } }";
            let types = async |person| hub.run(Some(person), events, json!({ "id": id })).await.at("/exchangeEvents/nodes").clone();
            let decided = json!([{ "type": "APPLICATION_SUBMITTED" }, { "type": "APPLICATION_RESERVED" }, { "type": "APPLICATION_DECLINED" }]);
            assert_eq!(types(people::OFFICER).await, decided, "of the draft they learn nothing");
            assert_eq!(types(people::HAMBURG).await.as_array().expect("a list").len(), 4);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_not_apply_is_told_why_and_an_officer_may_let_it_in() {
    on_both(true, |hub| {
        Box::pin(async move {
            let call = call(hub, json!({ "rules": { "minimumPopulation": 1_000_000, "populationBoundary": "city proper" }, "requiredDocuments": [{ "name": "Letter of the mayor" }] })).await;
            // Of no side; twice; while nobody wrote anything, whoever asks is told.
            let lyon = draft(hub, people::LYON, &call, "lyon", json!({})).await;
            assert_eq!((lyon.code(), lyon.paths()), ("BAD_INPUT", vec!["input.city".to_owned()]));
            let made = draft(hub, people::AUSTIN, &call, "austin", json!({ "challenges": [] })).await;
            let id = id_of(&made, "createApplication").await;
            assert_eq!(draft(hub, people::AUSTIN, &call, "austin", json!({})).await.code(), "TAKEN");
            assert_eq!(draft(hub, people::HAMBURG, &call, "austin", json!({})).await.code(), "FORBIDDEN");
            let austin = hub.id("city", "austin").await;
            let asked = "query($call: ID!, $city: ID!) { node(id: $call) { ... on Call { eligibility(city: $city) { rule passed figure sentence } waivers { reason } } } }";
            let checks = async |person| hub.run(person, asked, json!({ "call": call, "city": austin })).await.at("/node").clone();
            let population = |node: &Value| node["eligibility"].as_array().expect("checks").iter().find(|check| check["rule"] == "MINIMUM_POPULATION").expect("it").clone();
            let small = population(&checks(None).await);
            assert_eq!(small["passed"], false, "{small}");
            let refused = mutate(hub, Some(people::AUSTIN), "submitApplication", json!({ "id": id })).await;
            let codes: Vec<&str> = refused.at("/submitApplication/errors").as_array().expect("errors").iter().map(|error| error["code"].as_str().expect("a code")).collect();
            assert_eq!(codes, ["WRONG_STATE", "REQUIRED", "REQUIRED"], "too small, no challenge, no letter: {:#}", refused.json);
            let message = refused.text("/submitApplication/errors/0/message");
            assert!(message.contains("1,000,000") && message.contains("officer"), "{message}");

            let waive = "mutation($input: WaiveEligibilityInput!) { waiveEligibility(input: $input) { call { waivers { rule reason city { slug } on } } errors { code message } } }";
            let waived = async |person, rule: &str, reason: &str| hub.run(Some(person), waive, json!({ "input": { "id": call, "city": austin, "rule": rule, "reason": reason } })).await;
            assert_eq!(waived(people::AUSTIN, "MINIMUM_POPULATION", "Please.").await.code(), "FORBIDDEN");
            assert_eq!(waived(people::OFFICER, "MINIMUM_POPULATION", " ").await.code(), "REQUIRED");
            let granted = waived(people::OFFICER, "MINIMUM_POPULATION", "It grows.").await;
            assert_eq!(granted.at("/waiveEligibility/call/waivers"), &json!([{ "rule": "MINIMUM_POPULATION", "reason": "It grows.", "city": { "slug": "austin" }, "on": "2026-06-01" }]));
            // The reason is the city's and the officers' to read.
            assert_eq!((checks(None).await["waivers"].clone(), population(&checks(None).await)["passed"].clone()), (json!([]), json!(false)));
            assert_eq!(checks(Some(people::HAMBURG)).await["waivers"], json!([]));
            assert_eq!((checks(Some(people::AUSTIN)).await["waivers"].clone(), population(&checks(Some(people::AUSTIN)).await)["passed"].clone()), (json!([{ "reason": "It grows." }]), json!(true)));

            let letter = "mutation($file: Upload!, $about: ID!) { uploadDocument(input: { about: $about, title: \"letter of the Mayor\", file: $file, publish: true }) { document { id audience { scope } } errors { code message } } }";
            let letter = hub.run_with_file(Some(people::AUSTIN), letter, json!({ "about": id }), "letter.txt", b"Dear officers.").await;
            assert_eq!(letter.at("/uploadDocument/errors"), &json!([]), "{:#}", letter.json);
            assert_eq!(letter.at("/uploadDocument/document/audience/scope"), "CITY");
            let update = mutate(hub, Some(people::AUSTIN), "updateApplication", json!({ "id": id, "challenges": [{ "text": "Sour quinces", "language": "en" }] })).await;
            assert_eq!(update.at("/updateApplication/errors"), &json!([]));

            // On the last day it is in time; after it, it is late, until an officer lets it in.
            hub.still.pass(10 * DAY);
            let late = mutate(hub, Some(people::AUSTIN), "submitApplication", json!({ "id": id })).await;
            assert_eq!((late.code(), late.at("/submitApplication/errors").as_array().expect("errors").len()), ("WRONG_STATE", 1), "{:#}", late.json);
            assert!(late.text("/submitApplication/errors/0/message").contains("2026-06-10"), "{:#}", late.json);
            assert_eq!(waived(people::OFFICER, "DEADLINE", "The post was late.").await.at("/waiveEligibility/errors"), &json!([]));
            let submitted = mutate(hub, Some(people::AUSTIN), "submitApplication", json!({ "id": id })).await;
            let application = submitted.at("/submitApplication/application");
            assert_eq!(application["state"], "SUBMITTED", "{:#}", submitted.json);
            let reasons: Vec<&Value> = application["eligibility"].as_array().expect("checks").iter().map(|check| &check["waivedReason"]).filter(|reason| !reason.is_null()).collect();
            assert_eq!(reasons, [&json!("The post was late."), &json!("It grows.")]);
            // What was published about it is handed in with it.
            let read = "query($id: ID!) { node(id: $id) { ... on Document { title } } }";
            let document = letter.at("/uploadDocument/document/id");
            assert_eq!(hub.run(Some(people::OFFICER), read, json!({ "id": document })).await.at("/node"), &json!({ "title": "letter of the Mayor" }));
            assert!(hub.run(Some(people::HAMBURG), read, json!({ "id": document })).await.at("/node").is_null());
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_application_is_taken_back_and_the_city_may_apply_again() {
    on_both(true, |hub| {
        Box::pin(async move {
            let call = call(hub, json!({})).await;
            let id = id_of(&draft(hub, people::AUSTIN, &call, "austin", json!({})).await, "createApplication").await;
            for (field, value, path) in [
                ("capacity", json!(0), "input.capacity"),
                ("challenges", json!([{ "text": " ", "language": "en" }]), "input.challenges.0.text"),
                ("challenges", json!([{ "text": "Quinces", "language": "en", "importance": 4 }]), "input.challenges.0.importance"),
                ("excludedCountries", json!(["XX"]), "input.excludedCountries.0"),
                ("excludedCities", json!([hub.id("city", "austin").await]), "input.excludedCities"),
            ] {
                let mut input = json!({ "id": id });
                input[field] = value;
                assert_eq!(mutate(hub, Some(people::AUSTIN), "updateApplication", input).await.paths(), [path]);
            }
            assert_eq!(mutate(hub, Some(people::AUSTIN), "submitApplication", json!({ "id": id })).await.at("/submitApplication/errors"), &json!([]));
            let selected = mutate(hub, Some(people::OFFICER), "selectApplication", json!({ "id": id, "reason": "Good quinces." })).await;
            assert_eq!(selected.at("/selectApplication/application/reason"), "Good quinces.");
            assert_eq!(mutate(hub, Some(people::OFFICER), "matchApplication", json!({ "id": id })).await.code(), "WRONG_STATE");
            let back = mutate(hub, Some(people::AUSTIN), "withdrawApplication", json!({ "id": id, "reason": "Another year." })).await;
            assert_eq!(back.at("/withdrawApplication/application/state"), "WITHDRAWN");
            let again = draft(hub, people::AUSTIN, &call, "austin", json!({})).await;
            let again = id_of(&again, "createApplication").await;
            assert_eq!(mutate(hub, Some(people::AUSTIN), "submitApplication", json!({ "id": again })).await.at("/submitApplication/errors"), &json!([]));
            // A call is decided when none waits, and then takes no more.
            let step = async |mutation: &str, of: &str| {
                let query = format!("mutation($input: {of}!) {{ {mutation}(input: $input) {{ call {{ state }} errors {{ code message }} }} }}");
                hub.run(Some(people::OFFICER), &query, json!({ "input": { "id": call } })).await
            };
            assert_eq!(step("decideCall", "DecideCallInput").await.code(), "WRONG_STATE");
            assert_eq!(step("closeCall", "CallStepInput").await.at("/closeCall/call/state"), "CLOSED");
            assert_eq!(step("decideCall", "DecideCallInput").await.code(), "WRONG_STATE", "one waits");
            assert_eq!(mutate(hub, Some(people::OFFICER), "selectApplication", json!({ "id": again })).await.at("/selectApplication/errors"), &json!([]));
            assert_eq!(step("decideCall", "DecideCallInput").await.at("/decideCall/call/state"), "DECIDED");
            assert_eq!(draft(hub, people::HAMBURG, &call, "hamburg", json!({})).await.code(), "WRONG_STATE");
            let pair = json!({ "programme": hub.id("programme", "iuc-north-america").await, "call": call, "cities": [hub.id("city", "austin").await, hub.id("city", "hamburg").await] });
            let pairing = "mutation($input: CreatePairingInput!) { createPairing(input: $input) { pairing { id } errors { code message } } }";
            assert_eq!(hub.run(Some(people::OFFICER), pairing, json!({ "input": pair })).await.at("/createPairing/errors"), &json!([]));
            assert_eq!(mutate(hub, Some(people::OFFICER), "matchApplication", json!({ "id": again })).await.at("/matchApplication/application/state"), "MATCHED");
            assert_eq!(mutate(hub, Some(people::AUSTIN), "withdrawApplication", json!({ "id": again })).await.code(), "WRONG_STATE");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn records_of_applications_obey_the_same_rules_and_go_both_ways() {
    on_both(true, |hub| {
        Box::pin(async move {
            let lines = people::applications();
            assert!(!hub.import(&lines).await.any_refused());
            let again = hub.import(&lines).await;
            assert!(again.verdicts.iter().all(|(_, verdict)| *verdict == Verdict::Unchanged), "{:?}", again.verdicts);
            let sides = json!([{ "name": "west", "countries": ["US"] }, { "name": "east", "countries": ["DE"], "cities": ["bologna"] }]);
            let record = |more: Value| {
                let mut line = json!({ "kind": "call", "slug": "medlars", "programme": "iuc-north-america", "name": "Medlars", "state": "open", "rules": { "version": 1 }, "sides": sides });
                more.as_object().into_iter().flatten().for_each(|(name, value)| line[name] = value.clone());
                format!("{line}\n")
            };
            let waivers = json!([{ "city": "austin", "rule": "DEADLINE", "reason": "Late post.", "on": "2026-06-01" }]);
            assert!(!hub.import(&record(json!({ "waivers": waivers }))).await.any_refused());
            let application = |city: &str, more: Value| {
                let mut line = json!({ "kind": "application", "slug": format!("{city}-medlars"), "call": "medlars", "city": city });
                more.as_object().into_iter().flatten().for_each(|(name, value)| line[name] = value.clone());
                format!("{line}\n")
            };
            for (city, more, why) in [
                ("lyon", json!({}), "no side"),
                ("hamburg", json!({ "capacity": 0 }), "partners"),
                ("hamburg", json!({ "strengths": [{ "text": "Quinces", "language": "en", "theme": "nothing" }] }), "theme"),
                ("hamburg", json!({ "preferred_cities": ["austin"], "excluded_cities": ["austin"] }), "both"),
            ] {
                let report = hub.import(&application(city, more)).await;
                assert!(matches!(&report.verdicts[0].1, Verdict::Refused(told) if told.contains(why)), "{why}: {:?}", report.verdicts);
            }
            let good = application("bologna", json!({ "state": "submitted", "strengths": [{ "text": "Nespole", "language": "it", "theme": "energy", "importance": 3 }] }));
            assert!(!hub.import(&good).await.any_refused());
            let seen = hub.run(Some(people::BOLOGNA), "{ application(slug: \"bologna-medlars\") { side themes { slug } state } theme(slug: \"energy\") { applications { nodes { slug } } } }", json!({})).await;
            assert_eq!(seen.at("/application"), &json!({ "side": "east", "themes": [{ "slug": "energy" }], "state": "SUBMITTED" }));
            assert_eq!(seen.at("/theme/applications/nodes"), &json!([{ "slug": "bologna-medlars" }]));
            // What is written out is taken in again as it is.
            let folder = tempfile::tempdir().expect("a folder");
            hub.app.store.export(&folder.path().join("out")).await.expect("it is written");
            let out = ["call", "application", "pairing"].map(|kind| std::fs::read_to_string(folder.path().join(format!("out/{kind}.jsonl"))).expect("a file"));
            assert!(out[0].contains("Late post.") && out[0].contains("\"cities\":[\"bologna\"]"), "{}", out[0]);
            let back = hub.import(&out.concat()).await;
            assert!(back.verdicts.iter().all(|(_, verdict)| *verdict == Verdict::Unchanged), "{:?}", back.verdicts);
        })
    })
    .await;
}
