//! An agreement: begun, signed by each member, amended, ended; seen where its pairing is, its text by its own audience.
use hansa::kernel::import::Verdict;
use serde_json::{Value, json};

use crate::kit::{Answer, TestHub, on_both, people};

const PAGE: &str = "query($id: ID!) { node(id: $id) { ... on Agreement { version title state audience { scope } inForce { number } awaits { city { slug } } viewerCan documents { title } versions { number what isInForce document { id } signatures { city { slug } name office signedOn recordedBy { name } } awaits { city { slug } } } endedOn endedReason } } }";

async fn mutate(hub: &TestHub, person: &str, mutation: &str, input: Value) -> Answer {
    let kind = if mutation.ends_with("Agreement") { "agreement" } else { "pairing" };
    hub.mutate(person, kind, mutation, input).await
}

async fn done(hub: &TestHub, person: &str, mutation: &str, input: Value) -> Answer {
    let answer = mutate(hub, person, mutation, input).await;
    assert_eq!(answer.at(&format!("/{mutation}/errors")), &json!([]));
    answer
}

async fn page(hub: &TestHub, person: Option<&str>, id: &str) -> Value {
    hub.run(person, PAGE, json!({ "id": id })).await.at("/node").clone()
}

async fn sign(hub: &TestHub, person: &str, id: &str, city: &str, name: &str) -> Answer {
    let member = hub.id("city", city).await;
    mutate(hub, person, "signAgreement", json!({ "id": id, "member": member, "name": name, "office": "Mayor", "signedOn": "2026-05-01" }))
        .await
}

/// A pairing of Austin and Lyon, whose cities agreed, and its agreement.
async fn begun(hub: &TestHub) -> (String, String) {
    let cities = json!([hub.id("city", "austin").await, hub.id("city", "lyon").await]);
    let input = json!({ "programme": hub.id("programme", "iuc-north-america").await, "cities": cities });
    let pairing = done(hub, people::OFFICER, "createPairing", input).await.text("/createPairing/pairing/id").to_owned();
    done(hub, people::OFFICER, "updatePairing", json!({ "id": pairing, "state": "AGREED" })).await;
    let input = json!({ "pairing": pairing, "title": "Memorandum of understanding", "language": "en" });
    for (person, code) in [(people::BOLOGNA, "FORBIDDEN"), (people::READER, "FORBIDDEN")] {
        assert_eq!(mutate(hub, person, "createAgreement", input.clone()).await.code(), code);
    }
    let agreement = done(hub, people::AUSTIN, "createAgreement", input).await.text("/createAgreement/agreement/id").to_owned();
    (pairing, agreement)
}

async fn events(hub: &TestHub, subject: &str) -> Vec<String> {
    let query = "query($id: ID!) { exchangeEvents(last: 50, filter: { subjects: [$id] }) { nodes { type } } }";
    let answer = hub.run(None, query, json!({ "id": subject })).await;
    let nodes = answer.at("/exchangeEvents/nodes").as_array().expect("a list").clone();
    nodes.iter().map(|node| node["type"].as_str().expect("a type").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pairing_becomes_active_when_every_member_signed_and_by_an_officers_hand() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (pairing, id) = begun(hub).await;
            let can = async |act: &str| {
                let query = "query($id: ID!) { node(id: $id) { ... on Pairing { state isAgreementSigned viewerCan } } }";
                let told = hub.run(Some(people::OFFICER), query, json!({ "id": pairing })).await;
                (told.at("/node/viewerCan").as_array().expect("acts").contains(&json!(act)), told.at("/node/isAgreementSigned") == true)
            };
            let activate = json!({ "id": pairing, "state": "ACTIVE", "startedOn": "2026-06-01" });
            let unsigned = mutate(hub, people::OFFICER, "updatePairing", activate.clone()).await;
            assert!(unsigned.message().starts_with("Austin and Lyon have not signed “Memorandum of understanding”"), "{:#}", unsigned.json);
            assert_eq!((unsigned.code(), can("ACTIVATE").await), ("WRONG_STATE", (false, false)));

            // Each city's people sign for it, or an officer; nobody for another city, and nobody who signs nothing.
            assert_eq!(sign(hub, people::AUSTIN, &id, "lyon", "Me").await.code(), "FORBIDDEN");
            assert_eq!(sign(hub, people::AUSTIN, &id, "bologna", "Me").await.paths(), ["input.member"]);
            assert_eq!(sign(hub, people::AUSTIN, &id, "austin", " ").await.paths(), ["input.name"]);
            let late = json!({ "id": id, "member": hub.id("city", "austin").await, "name": "Ann", "signedOn": "2027-01-01" });
            assert_eq!(mutate(hub, people::AUSTIN, "signAgreement", late).await.paths(), ["input.signedOn"]);
            assert_eq!(sign(hub, people::AUSTIN, &id, "austin", "Ann Austin").await.at("/signAgreement/errors"), &json!([]));
            let partly = page(hub, None, &id).await;
            assert_eq!((&partly["state"], &partly["awaits"]), (&json!("PARTLY_SIGNED"), &json!([{ "city": { "slug": "lyon" } }])));
            let unsigned = mutate(hub, people::OFFICER, "updatePairing", activate.clone()).await;
            assert!(unsigned.message().starts_with("Lyon has not signed"), "{:#}", unsigned.json);

            // The same again says nothing new; otherwise it corrects.
            assert_eq!(sign(hub, people::AUSTIN, &id, "austin", "Ann Austin").await.at("/signAgreement/errors"), &json!([]));
            assert_eq!(sign(hub, people::AUSTIN, &id, "austin", "Anna Austin").await.at("/signAgreement/errors"), &json!([]));
            assert_eq!(sign(hub, people::OFFICER, &id, "lyon", "Luc Lyon").await.at("/signAgreement/errors"), &json!([]));
            assert_eq!(can("ACTIVATE").await, (true, true));
            assert_eq!(
                events(hub, &id).await,
                ["AGREEMENT_DRAFTED", "AGREEMENT_SIGNED", "AGREEMENT_REVISED", "AGREEMENT_SIGNED", "AGREEMENT_CONCLUDED"]
            );
            let signed = page(hub, None, &id).await;
            assert_eq!((&signed["state"], &signed["inForce"]["number"], &signed["awaits"]), (&json!("SIGNED"), &json!(1), &json!([])));
            // Who noted it is seen by those who may see that person.
            assert_eq!(
                signed["versions"][0]["signatures"][0],
                json!({ "city": { "slug": "austin" }, "name": "Anna Austin", "office": "Mayor", "signedOn": "2026-05-01", "recordedBy": null })
            );
            assert!(!page(hub, Some(people::AUSTIN), &id).await["versions"][0]["signatures"][0]["recordedBy"].is_null());

            // Nothing happened to the pairing by itself.
            assert_eq!(events(hub, &pairing).await, ["PAIRING_MATCHED", "PAIRING_AGREED"]);
            done(hub, people::OFFICER, "updatePairing", activate).await;
            done(hub, people::OFFICER, "updatePairing", json!({ "id": pairing, "state": "DORMANT", "reason": "Elections." })).await;
            done(hub, people::OFFICER, "updatePairing", json!({ "id": pairing, "state": "ACTIVE" })).await;
            done(hub, people::OFFICER, "updatePairing", json!({ "id": pairing, "state": "COMPLETED" })).await;
            let end = hub.run(None, "query($id: ID!) { node(id: $id) { ... on Pairing { state endedOn stateReason } } }", json!({ "id": pairing })).await;
            assert_eq!(end.at("/node"), &json!({ "state": "COMPLETED", "endedOn": "2026-06-01", "stateReason": null }));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_signed_stays_in_force_until_all_have_signed_the_amendment() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (pairing, id) = begun(hub).await;
            let early = mutate(hub, people::AUSTIN, "amendAgreement", json!({ "id": id, "what": "More." })).await;
            assert_eq!(early.code(), "WRONG_STATE");
            for (person, city) in [(people::AUSTIN, "austin"), (people::LYON, "lyon")] {
                assert_eq!(sign(hub, person, &id, city, "Somebody").await.at("/signAgreement/errors"), &json!([]));
            }
            assert_eq!(mutate(hub, people::AUSTIN, "amendAgreement", json!({ "id": id, "what": " " })).await.paths(), ["input.what"]);
            done(hub, people::LYON, "amendAgreement", json!({ "id": id, "what": "Reports each quarter." })).await;
            done(hub, people::LYON, "updateAgreement", json!({ "id": id, "what": "Reports each half year." })).await;
            let pending = page(hub, None, &id).await;
            assert_eq!((&pending["state"], &pending["inForce"]["number"]), (&json!("SIGNED"), &json!(1)));
            assert_eq!(pending["awaits"].as_array().map(Vec::len), Some(2));
            let twice = mutate(hub, people::LYON, "amendAgreement", json!({ "id": id, "what": "More." })).await;
            assert!(twice.message().contains("waits for signatures"), "{:#}", twice.json);
            sign(hub, people::AUSTIN, &id, "austin", "Ann").await;
            let signed = mutate(hub, people::LYON, "updateAgreement", json!({ "id": id, "what": "Nothing." })).await;
            assert_eq!((signed.code(), signed.paths()), ("WRONG_STATE", vec!["input.what".to_owned()]));
            sign(hub, people::LYON, &id, "lyon", "Luc").await;
            let amended = page(hub, None, &id).await;
            assert_eq!((&amended["state"], &amended["inForce"]["number"]), (&json!("AMENDED"), &json!(2)));
            assert_eq!(
                (&amended["versions"][0]["isInForce"], &amended["versions"][1]["what"]),
                (&json!(false), &json!("Reports each half year."))
            );

            // Bologna joins: its signature is missing until it signs, or leaves.
            let bologna = hub.id("city", "bologna").await;
            done(hub, people::OFFICER, "addPairingMember", json!({ "id": pairing, "member": bologna })).await;
            let joined = page(hub, None, &id).await;
            assert_eq!((&joined["state"], &joined["awaits"]), (&json!("PARTLY_SIGNED"), &json!([{ "city": { "slug": "bologna" } }])));
            let told = mutate(hub, people::OFFICER, "updatePairing", json!({ "id": pairing, "state": "ACTIVE" })).await;
            assert!(told.message().starts_with("Bologna has not signed"), "{:#}", told.json);
            assert_eq!(sign(hub, people::BOLOGNA, &id, "bologna", "Bea").await.at("/signAgreement/errors"), &json!([]));
            assert_eq!(page(hub, None, &id).await["state"], "AMENDED");
            done(hub, people::OFFICER, "removePairingMember", json!({ "id": pairing, "member": bologna, "reason": "So." })).await;
            let left = page(hub, None, &id).await;
            assert_eq!((&left["state"], left["versions"][1]["signatures"].as_array().map(Vec::len)), (&json!("AMENDED"), Some(3)));
            assert_eq!(sign(hub, people::BOLOGNA, &id, "bologna", "Bea").await.code(), "FORBIDDEN");
            assert_eq!(sign(hub, people::OFFICER, &id, "bologna", "Bea").await.paths(), ["input.member"]);

            // An officer ends it, with a reason; then it counts for nothing.
            assert_eq!(mutate(hub, people::AUSTIN, "endAgreement", json!({ "id": id, "reason": "So." })).await.code(), "FORBIDDEN");
            done(hub, people::OFFICER, "endAgreement", json!({ "id": id, "reason": "A treaty took its place." })).await;
            let ended = page(hub, Some(people::OFFICER), &id).await;
            assert_eq!(
                (&ended["state"], &ended["endedOn"], &ended["viewerCan"], &ended["awaits"]),
                (&json!("ENDED"), &json!("2026-06-01"), &json!([]), &json!([]))
            );
            let told = mutate(hub, people::OFFICER, "updatePairing", json!({ "id": pairing, "state": "ACTIVE" })).await;
            assert!(told.message().starts_with("There is no agreement yet"), "{:#}", told.json);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agreement_is_seen_where_its_pairing_is_and_its_text_by_its_own_audience() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (pairing, id) = begun(hub).await;
            let upload = "mutation($file: Upload!, $about: ID!, $with: ID) { uploadDocument(input: { file: $file, about: $about, title: \"The text\", kind: AGREEMENT, publish: true, shareWith: $with }) { document { id } errors { code message } } }";
            let text = async |about: &str, with: Value| {
                let made = hub.run_with_file(Some(people::AUSTIN), upload, json!({ "about": about, "with": with }), "a.txt", b"We promise.").await;
                made.text("/uploadDocument/document/id").to_owned()
            };
            let document = text(&pairing, json!(pairing)).await;
            let elsewhere = text(&hub.id("city", "austin").await, Value::Null).await;
            let wrong = mutate(hub, people::AUSTIN, "updateAgreement", json!({ "id": id, "document": elsewhere })).await;
            assert_eq!((wrong.code(), wrong.paths()), ("BAD_INPUT", vec!["input.document".to_owned()]));
            done(hub, people::AUSTIN, "updateAgreement", json!({ "id": id, "document": document })).await;
            let (public, own) = (page(hub, None, &id).await, page(hub, Some(people::LYON), &id).await);
            assert_eq!((&public["title"], &public["documents"], &public["versions"][0]["document"]), (&json!("Memorandum of understanding"), &json!([]), &Value::Null));
            assert_eq!(own["versions"][0]["document"]["id"], json!(document));
            let back = hub.run(Some(people::LYON), "query($id: ID!) { node(id: $id) { ... on Document { agreements { nodes { id } } } } }", json!({ "id": document })).await;
            assert_eq!(back.at("/node/agreements/nodes"), &json!([{ "id": id }]));
            // What was signed stays; a text that was missing may come later.
            sign(hub, people::AUSTIN, &id, "austin", "Ann").await;
            let taken = mutate(hub, people::AUSTIN, "updateAgreement", json!({ "id": id, "document": null })).await;
            assert_eq!((taken.code(), taken.paths()), ("WRONG_STATE", vec!["input.document".to_owned()]));

            let found = async |person: Option<&str>| {
                hub.indexed().await;
                let query = "{ search(text: \"memorandum Lyon\", filter: { kinds: [AGREEMENT] }) { totalCount } agreements { totalCount } }";
                let answer = hub.run(person, query, json!({})).await;
                (answer.at("/search/totalCount").clone(), answer.at("/agreements/totalCount").clone())
            };
            assert_eq!(found(None).await, (json!(1), json!(1)));
            // Hidden and shown with its pairing, past events, too.
            let programme = hub.id("programme", "iuc-north-america").await;
            done(hub, people::OFFICER, "updatePairing", json!({ "id": pairing, "shareWith": programme })).await;
            assert_eq!(found(None).await, (json!(0), json!(0)));
            assert!(events(hub, &id).await.is_empty());
            assert_eq!((page(hub, None, &id).await, found(Some(people::HAMBURG)).await), (Value::Null, (json!(1), json!(1))));
            assert_eq!(sign(hub, people::READER, &id, "lyon", "Me").await.code(), "NOT_FOUND");
            done(hub, people::OFFICER, "updatePairing", json!({ "id": pairing, "shareWith": null })).await;
            assert_eq!(page(hub, None, &id).await["audience"]["scope"], "PUBLIC");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_tells_who_signed_and_invents_nothing() {
    on_both(true, |hub| {
        Box::pin(async move {
            let record = |more: Value| {
                let mut line = json!({ "kind": "agreement", "slug": "told", "pairing": "austin-bologna", "title": "Told" });
                line.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
                format!("{line}\n")
            };
            let why = async |more: Value| match &hub.import(&record(more)).await.verdicts[0].1 {
                Verdict::Refused(why) => why.clone(),
                other => panic!("{other:?}"),
            };
            assert!(why(json!({ "versions": [{ "signatures": [{ "city": "hamburg" }] }] })).await.contains("nobody who is or was a member"));
            assert!(why(json!({ "versions": [{ "signatures": [{ "city": "austin" }, { "city": "austin" }] }] })).await.contains("twice"));
            assert!(why(json!({ "versions": [{}, {}] })).await.contains("“versions.1.what”"));
            assert!(why(json!({ "state": "signed" })).await.contains("“state”"));
            assert!(why(json!({ "ended_on": "2019-01-01" })).await.contains("“ended”"));
            assert!(why(json!({ "pairing": "nowhere" })).await.contains("“pairing”"));
            let signed = json!({ "versions": [{ "signatures": [{ "city": "austin" }, { "city": "bologna", "signed_on": "2018-05-01" }] }], "state": "signed" });
            assert_eq!(hub.import(&record(signed.clone())).await.verdicts[0].1, Verdict::Created);
            assert_eq!(hub.import(&record(signed.clone())).await.verdicts[0].1, Verdict::Unchanged);
            let told = async || {
                let query = "{ pairing(slug: \"austin-bologna\") { isAgreementSigned agreements { nodes { state versions { signatures { name signedOn recordedAt } } } } } }";
                hub.run(None, query, json!({})).await.at("/pairing").clone()
            };
            assert_eq!(
                told().await,
                json!({ "isAgreementSigned": true, "agreements": { "nodes": [{ "state": "SIGNED", "versions": [{ "signatures": [
                    { "name": null, "signedOn": null, "recordedAt": null }, { "name": null, "signedOn": "2018-05-01", "recordedAt": null }] }] }] } })
            );
            assert_eq!(hub.import(&record(json!({}))).await.verdicts[0].1, Verdict::Updated);
            assert_eq!(told().await["isAgreementSigned"], false);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_and_agreements_come_back_as_they_were_exported() {
    on_both(true, |hub| {
        Box::pin(async move {
            hub.seed("agreements.jsonl").await;
            let austin =
                json!({ "id": hub.id("agreement", "seed-among-us").await, "member": hub.id("city", "austin").await, "name": "Ann" });
            done(hub, people::AUSTIN, "signAgreement", austin).await;
            let folder = tempfile::tempdir().expect("a folder");
            let (first, second) = (folder.path().join("first"), folder.path().join("second"));
            hub.app.store.export(&first).await.expect("exported");
            let other = TestHub::empty(hub.backend).await;
            let report = other.app.store.import(std::slice::from_ref(&first), Default::default()).await.expect("no fault");
            assert!(
                !report.any_refused(),
                "{:#?}",
                report.verdicts.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Refused(_))).collect::<Vec<_>>()
            );
            other.app.store.export(&second).await.expect("exported");
            for kind in ["pairing", "agreement"] {
                let read = |folder: &std::path::Path| std::fs::read_to_string(folder.join(format!("{kind}.jsonl"))).expect("a file");
                assert_eq!(read(&first), read(&second));
                assert!(read(&first).contains("seed-"));
            }
            let again = other.app.store.import(&[first], Default::default()).await.expect("no fault");
            assert!(
                again.verdicts.iter().all(|(_, verdict)| *verdict == Verdict::Unchanged),
                "an export says nothing new to where it came from"
            );
            let told =
                other.run(None, "{ pairing(slug: \"seed-cluster\") { isAgreementSigned agreements { totalCount } } }", json!({})).await;
            assert_eq!(told.at("/pairing"), &json!({ "isAgreementSigned": true, "agreements": { "totalCount": 2 } }));
            other.end().await;
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_active_pairing_rests_on_is_not_ended_and_nothing_is_agreed_on_after_its_end() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (pairing, id) = begun(hub).await;
            let austin = hub.id("city", "austin").await;
            let ancient = json!({ "id": id, "member": austin, "name": "Ann", "signedOn": "0026-05-01" });
            assert_eq!(mutate(hub, people::AUSTIN, "signAgreement", ancient).await.paths(), ["input.signedOn"]);
            for (person, city) in [(people::AUSTIN, "austin"), (people::LYON, "lyon")] {
                assert_eq!(sign(hub, person, &id, city, "Somebody").await.at("/signAgreement/errors"), &json!([]));
            }
            let becomes = async |input: Value| done(hub, people::OFFICER, "updatePairing", input).await;
            let end = async |day: &str| {
                mutate(hub, people::OFFICER, "endAgreement", json!({ "id": id, "reason": "A treaty.", "endedOn": day })).await
            };
            becomes(json!({ "id": pairing, "state": "ACTIVE", "startedOn": "2026-06-01" })).await;
            let refused = end("2026-06-01").await;
            assert_eq!((refused.code(), refused.paths()), ("WRONG_STATE", vec!["input.id".to_owned()]));
            assert!(refused.message().starts_with("“Austin – Lyon” is active and rests on this agreement"), "{:#}", refused.json);
            becomes(json!({ "id": pairing, "state": "DORMANT", "reason": "Elections." })).await;
            assert!(end("2026-06-01").await.message().contains("pauses"));
            becomes(json!({ "id": pairing, "state": "ACTIVE" })).await;
            becomes(json!({ "id": pairing, "state": "COMPLETED" })).await;

            let more = json!({ "pairing": pairing, "title": "Another", "language": "en" });
            let refused = mutate(hub, people::AUSTIN, "createAgreement", more).await;
            assert_eq!((refused.code(), refused.paths()), ("WRONG_STATE", vec!["input.pairing".to_owned()]));
            assert_eq!(sign(hub, people::AUSTIN, &id, "austin", "Another").await.code(), "WRONG_STATE");
            assert_eq!(mutate(hub, people::AUSTIN, "amendAgreement", json!({ "id": id, "what": "More." })).await.code(), "WRONG_STATE");
            let can = hub
                .run(Some(people::AUSTIN), "query($id: ID!) { node(id: $id) { ... on Agreement { viewerCan } } }", json!({ "id": id }))
                .await;
            assert_eq!(can.at("/node/viewerCan"), &json!(["UPDATE"]), "what is refused is not offered");
            let early = end("2026-04-30").await;
            assert_eq!((early.code(), early.paths()), ("BAD_INPUT", vec!["input.endedOn".to_owned()]));
            assert_eq!(end("2026-06-01").await.at("/endAgreement/errors"), &json!([]));
            let ended = page(hub, None, &id).await;
            assert_eq!((&ended["inForce"], &ended["versions"][0]["isInForce"]), (&Value::Null, &json!(false)));
        })
    })
    .await;
}
