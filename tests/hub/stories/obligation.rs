//! Obligations: derived from rules, facts and the day; told once, whatever hubs run and clocks do; seen by officers and the people of the pairing; waived,
//! postponed, said to be at risk.
use hansa::{api::FeedPages, kernel::import::Verdict};
use poem::{Endpoint, EndpointExt, Request, Route, http::StatusCode};
use serde_json::{Value, json};

use crate::kit::{Answer, Backend, TestHub, both, eventually, on_both, people};

const LIST: &str = "query($filter: ObligationFilter) { obligations(filter: $filter, first: 100) { totalCount nodes { id kind number dueFrom dueBy firstDueBy metOn state light sentence rulesVersion member { city { slug } } viewerCan } } obligationCounts(filter: $filter) { green yellow red grey } }";
const DAY: i64 = 86_400;

fn rules() -> Value {
    json!({ "agreementDueMonths": 2, "priorityDueMonths": 3, "planDueMonths": 12, "reportEveryMonths": 6, "minimumCooperationMonths": 18, "maximumSupportMonths": 18 })
}

async fn mutate(hub: &TestHub, person: &str, mutation: &str, input: Value) -> Answer {
    let kind = ["obligation", "agreement", "call"].into_iter().find(|kind| mutation.to_lowercase().contains(kind)).unwrap_or("pairing");
    hub.mutate(person, kind, mutation, input).await
}

async fn done(hub: &TestHub, person: &str, mutation: &str, input: Value) -> Answer {
    let answer = mutate(hub, person, mutation, input).await;
    assert_eq!(answer.at(&format!("/{mutation}/errors")), &json!([]), "{mutation}");
    answer
}

/// A pairing of Austin and Lyon that began today, 1 June 2026, and its call.
async fn begun(hub: &TestHub) -> (String, String) {
    let programme = hub.id("programme", "iuc-north-america").await;
    let call = done(hub, people::OFFICER, "createCall", json!({ "programme": programme, "name": "Quinces", "rules": rules() })).await;
    let call = call.text("/createCall/call/id").to_owned();
    let cities = json!([hub.id("city", "austin").await, hub.id("city", "lyon").await]);
    let input = json!({ "programme": programme, "call": call, "cities": cities, "slug": "austin-lyon", "startedOn": "2026-06-01" });
    let pairing = done(hub, people::OFFICER, "createPairing", input).await.text("/createPairing/pairing/id").to_owned();
    (pairing, call)
}

async fn listed(hub: &TestHub, person: Option<&str>, filter: Value) -> Answer {
    hub.run(person, LIST, json!({ "filter": filter })).await
}

/// Each as “REPORT:1 DUE YELLOW 2026-12-01”, as the officers see it.
async fn stand(hub: &TestHub, pairing: &str) -> Vec<String> {
    let answer = listed(hub, Some(people::OFFICER), json!({ "pairings": [pairing] })).await;
    answer.at("/obligations/nodes").as_array().expect("a list").iter().map(told).collect()
}

fn told(node: &Value) -> String {
    let text = |field: &str| node[field].as_str().unwrap_or("-").to_owned();
    let which = node["member"]["city"]["slug"].as_str().map(str::to_owned).or_else(|| Some(node["number"].as_i64()?.to_string()));
    format!(
        "{}{} {} {} {}",
        text("kind"),
        which.map(|which| format!(":{which}")).unwrap_or_default(),
        text("state"),
        text("light"),
        text("dueBy")
    )
}

/// One of them, by its kind and city.
async fn one(hub: &TestHub, person: &str, pairing: &str, kind: &str, city: Option<&str>) -> Value {
    let mut filter = json!({ "pairings": [pairing], "kinds": [kind] });
    if let Some(city) = city {
        filter["cities"] = json!([city]);
    }
    listed(hub, Some(person), filter).await.at("/obligations/nodes/0").clone()
}

async fn events(hub: &TestHub, person: Option<&str>, subject: &Value) -> Vec<String> {
    let query = "query($id: ID!) { exchangeEvents(last: 50, filter: { subjects: [$id] }) { nodes { type } } }";
    let answer = hub.run(person, query, json!({ "id": subject })).await;
    let nodes = answer.at("/exchangeEvents/nodes").as_array().expect("a list").clone();
    // That the hub derived something is no news.
    let types = nodes.iter().map(|node| node["type"].as_str().expect("a type").to_owned());
    types.filter(|of| !["OBLIGATION_LISTED", "OBLIGATION_REVISED"].contains(&of.as_str())).collect()
}

async fn sign(hub: &TestHub, pairing: &str, person: &str, city: &str) {
    let agreement =
        done(hub, people::OFFICER, "createAgreement", json!({ "pairing": pairing, "title": "Memorandum", "language": "en" })).await;
    let input = json!({ "id": agreement.at("/createAgreement/agreement/id"), "member": hub.id("city", city).await, "name": "Ann" });
    done(hub, person, "signAgreement", input).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_owed_follows_from_rules_facts_and_the_day_and_is_told_once() {
    for backend in both() {
        let hub = TestHub::demo(backend).await;
        let (pairing, _) = begun(&hub).await;
        assert_eq!(
            stand(&hub, &pairing).await,
            [
                "SIGN_AGREEMENT:austin NOT_DUE GREEN 2026-08-01",
                "SIGN_AGREEMENT:lyon NOT_DUE GREEN 2026-08-01",
                "NAME_PRIORITY NOT_DUE GREEN 2026-09-01",
                "REPORT:1 NOT_DUE GREEN 2026-12-01",
                "DELIVER_PLAN NOT_DUE GREEN 2027-06-01",
                "REACH_MINIMUM NOT_DUE GREEN 2027-12-01",
                "END_OF_SUPPORT NOT_DUE GREEN 2027-12-01",
            ]
        );
        let lyon = one(&hub, people::OFFICER, &pairing, "SIGN_AGREEMENT", Some("lyon")).await;
        let rule = "2 months after the match on 1 June 2026 (rules version 1)";
        assert_eq!(lyon["sentence"], format!("The signature of Lyon is due on 1 August 2026: {rule}."));
        let austin = one(&hub, people::OFFICER, &pairing, "SIGN_AGREEMENT", Some("austin")).await;
        // On PostgreSQL two hubs share the work.
        let second = if backend == Backend::Postgres { Some(hub.second().await) } else { None };
        let pass = |seconds| [Some(&hub), second.as_ref()].into_iter().flatten().for_each(|hub| hub.still.pass(seconds));
        let reaches = async |wanted: &str| {
            eventually(wanted, || async { stand(&hub, &pairing).await.contains(&wanted.to_owned()).then_some(()) }).await;
        };
        pass(30 * DAY);
        reaches("SIGN_AGREEMENT:lyon DUE YELLOW 2026-08-01").await;
        // A clock that jumps back, and whoever derives anew by it, tells nothing a second time.
        pass(-20 * DAY);
        done(&hub, people::OFFICER, "updatePairing", json!({ "id": pairing, "name": "Austin and Lyon" })).await;
        assert!(stand(&hub, &pairing).await.contains(&"SIGN_AGREEMENT:lyon NOT_DUE GREEN 2026-08-01".to_owned()));
        pass(20 * DAY);
        reaches("SIGN_AGREEMENT:lyon DUE YELLOW 2026-08-01").await;
        sign(&hub, &pairing, people::AUSTIN, "austin").await;
        assert_eq!(events(&hub, Some(people::OFFICER), &austin["id"]).await, ["OBLIGATION_DUE", "OBLIGATION_MET"]);
        let met = one(&hub, people::OFFICER, &pairing, "SIGN_AGREEMENT", Some("austin")).await;
        assert_eq!((&met["state"], &met["metOn"], &met["light"]), (&json!("MET"), &json!("2026-07-01"), &json!("GREEN")));
        // The theme that was chosen on no day that is known is chosen.
        done(
            &hub,
            people::AUSTIN,
            "choosePairingPriority",
            json!({ "id": pairing, "theme": hub.id("theme", "energy").await, "from": null }),
        )
        .await;
        let priority = one(&hub, people::OFFICER, &pairing, "NAME_PRIORITY", None).await;
        assert_eq!((&priority["state"], &priority["metOn"]), (&json!("MET"), &Value::Null));
        assert_eq!(events(&hub, Some(people::OFFICER), &priority["id"]).await, ["OBLIGATION_MET"]);
        if let Some(second) = second {
            second.end().await;
        }
        // No hub runs for weeks: what happened is told by the next one, once, in its order.
        hub.indexed().await;
        let still = hub.still.clone();
        let hub = hub.restarted(move |_| still.pass(160 * DAY)).await;
        let wanted = "SIGN_AGREEMENT:lyon OVERDUE RED 2026-08-01";
        eventually(wanted, || async { stand(&hub, &pairing).await.contains(&wanted.to_owned()).then_some(()) }).await;
        assert_eq!(events(&hub, Some(people::OFFICER), &lyon["id"]).await, ["OBLIGATION_DUE", "OBLIGATION_OVERDUE"]);
        let report = one(&hub, people::OFFICER, &pairing, "REPORT", None).await;
        assert_eq!(told(&report), "REPORT:1 OVERDUE RED 2026-12-01");
        assert_eq!(
            report["sentence"],
            "Report 1 was due on 1 December 2026: 6 months after the start on 1 June 2026, one every 6 months (rules version 1). It has been overdue since 2 December 2026."
        );
        assert_eq!(events(&hub, Some(people::OFFICER), &report["id"]).await, ["OBLIGATION_DUE", "OBLIGATION_OVERDUE"]);
        // And then for a year and a half: the minimum is reached, and support ends.
        let still = hub.still.clone();
        let hub = hub.restarted(move |_| still.pass(400 * DAY)).await;
        let wanted = "REACH_MINIMUM MET GREEN 2027-12-01";
        eventually(wanted, || async { stand(&hub, &pairing).await.contains(&wanted.to_owned()).then_some(()) }).await;
        let minimum = one(&hub, people::OFFICER, &pairing, "REACH_MINIMUM", None).await;
        assert_eq!(events(&hub, Some(people::OFFICER), &minimum["id"]).await, ["COMMITMENT_REACHED"]);
        let support = one(&hub, people::OFFICER, &pairing, "END_OF_SUPPORT", None).await;
        assert_eq!(events(&hub, Some(people::OFFICER), &support["id"]).await, ["SUPPORT_ENDING", "OBLIGATION_MET"]);
        hub.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn officers_and_the_people_of_the_pairing_see_what_is_owed_and_nobody_else() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (pairing, _) = begun(hub).await;
            let lyon = one(hub, people::OFFICER, &pairing, "SIGN_AGREEMENT", Some("lyon")).await;
            let query = "query($pairing: ID!, $id: ID!) { node(id: $id) { id } pairing: node(id: $pairing) { ... on Pairing { obligations { totalCount } obligationCounts { green } } } \
                         city(slug: \"lyon\") { obligations(filter: { pairings: [\"austin-lyon\"], kinds: [SIGN_AGREEMENT, DELIVER_PLAN] }) { nodes { kind cities { slug } } } } \
                         programme(slug: \"iuc-north-america\") { obligations(filter: { pairings: [\"austin-lyon\"] }) { totalCount } } \
                         exchangeEvents(filter: { subjects: [$id] }) { totalCount } }";
            for (person, sees) in [
                (None, false),
                (Some(people::READER), false),
                (Some(people::HAMBURG), false),
                (Some(people::BOLOGNA), false),
                (Some(people::STAKEHOLDER), false),
                (Some(people::AUSTIN), true),
                (Some(people::LYON), true),
                (Some(people::OFFICER), true),
                (Some(people::ADMINISTRATOR), true),
            ] {
                let seen = hub.run(person, query, json!({ "pairing": pairing, "id": lyon["id"] })).await;
                let count = if sees { 7 } else { 0 };
                assert_eq!(!seen.at("/node").is_null(), sees, "{person:?}");
                assert_eq!(seen.at("/pairing/obligations/totalCount"), count, "{person:?}");
                assert_eq!(seen.at("/pairing/obligationCounts/green"), count, "{person:?}");
                assert_eq!(seen.at("/programme/obligations/totalCount"), count, "{person:?}");
                assert_eq!(seen.at("/exchangeEvents/totalCount") != &json!(0), sees, "{person:?}");
                // Of signatures a city owes its own.
                let none = json!([]);
                let own = json!([
                    { "kind": "SIGN_AGREEMENT", "cities": [{ "slug": "lyon" }] },
                    { "kind": "DELIVER_PLAN", "cities": [{ "slug": "austin" }, { "slug": "lyon" }] },
                ]);
                assert_eq!(seen.at("/city/obligations/nodes"), if sees { &own } else { &none }, "{person:?}");
            }
            let what = json!({ "id": lyon["id"], "reason": "So." });
            for (person, code) in [(people::HAMBURG, "NOT_FOUND"), (people::LYON, "FORBIDDEN"), (people::OFFICER, "")] {
                let answer = mutate(hub, person, "waiveObligation", what.clone()).await;
                let errors = answer.at("/waiveObligation/errors").as_array().expect("a list").len();
                assert_eq!(if errors == 0 { "" } else { answer.code() }, code, "{person}");
            }
            let can = async |person: &str, kind: &str, city: Option<&str>| one(hub, person, &pairing, kind, city).await["viewerCan"].clone();
            assert_eq!(can(people::OFFICER, "DELIVER_PLAN", None).await, json!(["WAIVE", "POSTPONE"]));
            assert_eq!(can(people::LYON, "DELIVER_PLAN", None).await, json!(["DECLARE_AT_RISK"]));
            // A signature is its own city's to speak of.
            assert_eq!(can(people::LYON, "SIGN_AGREEMENT", Some("austin")).await, json!([]));
            assert_eq!(can(people::OFFICER, "SIGN_AGREEMENT", Some("lyon")).await, json!(["REINSTATE"]));
            // The officers' filters.
            for (filter, count) in [
                (json!({ "dueBefore": "2026-12-01", "pairings": ["austin-lyon"] }), 3),
                (json!({ "dueBefore": "2026-12-02", "pairings": ["austin-lyon"] }), 4),
                (json!({ "states": ["WAIVED"] }), 1),
                (json!({ "lights": ["RED"] }), 0),
                (json!({ "cities": ["austin"], "programmes": ["iuc-north-america"], "kinds": ["REPORT"] }), 1),
            ] {
                assert_eq!(listed(hub, Some(people::OFFICER), filter.clone()).await.at("/obligations/totalCount"), count, "{filter}");
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn officers_waive_and_postpone_and_members_say_what_is_at_risk() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (pairing, _) = begun(hub).await;
            let plan = one(hub, people::OFFICER, &pairing, "DELIVER_PLAN", None).await["id"].clone();
            let now = async || told(&one(hub, people::OFFICER, &pairing, "DELIVER_PLAN", None).await);
            let news = hub.run(None, "query($id: ID!) { exchangeEvents(filter: { subjects: [$id] }) { totalCount } }", json!({ "id": pairing })).await;

            assert_eq!(mutate(hub, people::OFFICER, "waiveObligation", json!({ "id": plan, "reason": " " })).await.code(), "REQUIRED");
            let seen = async || hub.run(None, "query($id: ID!) { node(id: $id) { ... on Pairing { version updatedAt } } }", json!({ "id": pairing })).await.at("/node").clone();
            let before = seen().await;
            hub.still.pass(60);
            done(hub, people::OFFICER, "waiveObligation", json!({ "id": plan, "reason": "The city was flooded." })).await;
            assert_eq!(seen().await, before, "what officers decide shows to nobody else");
            assert_eq!(now().await, "DELIVER_PLAN WAIVED GREEN 2027-06-01");
            let input = json!({ "id": plan, "until": "2027-07-01", "reason": "More time." });
            assert_eq!(mutate(hub, people::OFFICER, "postponeObligation", input).await.code(), "WRONG_STATE");
            done(hub, people::OFFICER, "reinstateObligation", json!({ "id": plan, "reason": "The water is gone." })).await;
            assert_eq!(now().await, "DELIVER_PLAN NOT_DUE GREEN 2027-06-01");

            let early = json!({ "id": plan, "until": "2027-06-01", "reason": "No time." });
            let refused = mutate(hub, people::OFFICER, "postponeObligation", early).await;
            assert_eq!((refused.code(), refused.paths()), ("BAD_INPUT", vec!["input.until".to_owned()]));
            for until in ["2027-07-01", "2027-08-01", "2027-09-01"] {
                done(hub, people::OFFICER, "postponeObligation", json!({ "id": plan, "until": until, "reason": "More time." })).await;
                assert_eq!(now().await, format!("DELIVER_PLAN NOT_DUE GREEN {until}"));
            }
            let fourth = json!({ "id": plan, "until": "2027-10-01", "reason": "More time." });
            let refused = mutate(hub, people::OFFICER, "postponeObligation", fourth).await;
            assert_eq!((refused.code(), refused.message().contains("three times already")), ("WRONG_STATE", true), "{}", refused.message());
            let query = "query($id: ID!) { node(id: $id) { ... on Obligation { firstDueBy sentence waiver { reason } postponements { on until reason } risks { member { city { slug } } since until note } } } }";
            let kept = async || hub.run(Some(people::AUSTIN), query, json!({ "id": plan })).await.at("/node").clone();
            let all = kept().await;
            assert_eq!((&all["firstDueBy"], &all["waiver"]), (&json!("2027-06-01"), &Value::Null));
            let untils: Vec<&Value> = all["postponements"].as_array().expect("a list").iter().map(|one| &one["until"]).collect();
            assert_eq!(untils, ["2027-07-01", "2027-08-01", "2027-09-01"]);

            // A member says that it is at risk: yellow, for as long as it says.
            let risk = json!({ "id": plan, "note": "Elections.", "until": "2026-06-20" });
            for (person, code) in [(people::OFFICER, "FORBIDDEN"), (people::HAMBURG, "NOT_FOUND")] {
                assert_eq!(mutate(hub, person, "declareObligationAtRisk", risk.clone()).await.code(), code, "{person}");
            }
            assert_eq!(mutate(hub, people::AUSTIN, "declareObligationAtRisk", json!({ "id": plan, "note": "" })).await.paths(), ["input.note"]);
            let of_lyon = json!({ "id": plan, "note": "Elections.", "city": hub.id("city", "lyon").await });
            assert_eq!(mutate(hub, people::AUSTIN, "declareObligationAtRisk", of_lyon).await.code(), "FORBIDDEN");
            done(hub, people::AUSTIN, "declareObligationAtRisk", risk).await;
            assert_eq!(now().await, "DELIVER_PLAN NOT_DUE YELLOW 2027-09-01");
            let told = kept().await;
            assert_eq!(told["risks"], json!([{ "member": { "city": { "slug": "austin" } }, "since": "2026-06-01", "until": "2026-06-20", "note": "Elections." }]));
            assert!(told["sentence"].as_str().expect("a sentence").ends_with("Austin says that it is at risk until 20 June 2026 (“Elections.”)."), "{told}");
            hub.still.pass(20 * DAY);
            eventually("no risk any more", || async { (now().await == "DELIVER_PLAN NOT_DUE GREEN 2027-09-01").then_some(()) }).await;
            done(hub, people::LYON, "declareObligationAtRisk", json!({ "id": plan, "note": "Strikes." })).await;
            assert_eq!(mutate(hub, people::AUSTIN, "withdrawObligationRisk", json!({ "id": plan })).await.paths(), ["input.city"]);
            done(hub, people::LYON, "withdrawObligationRisk", json!({ "id": plan })).await;
            assert_eq!(now().await, "DELIVER_PLAN NOT_DUE GREEN 2027-09-01");

            // The people of the pairing hear of it; whoever sees the pairing alone does not.
            assert_eq!(
                events(hub, Some(people::LYON), &plan).await,
                [
                    "OBLIGATION_WAIVED",
                    "OBLIGATION_REINSTATED",
                    "OBLIGATION_POSTPONED",
                    "OBLIGATION_POSTPONED",
                    "OBLIGATION_POSTPONED",
                    "OBLIGATION_AT_RISK",
                    "OBLIGATION_RISK_WITHDRAWN",
                    "OBLIGATION_AT_RISK",
                    "OBLIGATION_RISK_WITHDRAWN"
                ]
            );
            let later = hub.run(None, "query($id: ID!) { exchangeEvents(filter: { subjects: [$id] }) { totalCount } }", json!({ "id": pairing })).await;
            assert_eq!(news.json, later.json);

        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn newer_rules_count_from_the_day_all_accepted_them_and_who_leaves_owes_no_more() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (pairing, call) = begun(hub).await;
            let mut newer = rules();
            newer["planDueMonths"] = json!(24);
            done(hub, people::OFFICER, "updateCall", json!({ "id": call, "rules": newer })).await;
            let plan = async || one(hub, people::OFFICER, &pairing, "DELIVER_PLAN", None).await;
            assert_eq!(plan().await["dueBy"], "2027-06-01");
            done(hub, people::AUSTIN, "acceptRules", json!({ "id": pairing, "version": 2 })).await;
            assert_eq!(plan().await["dueBy"], "2027-06-01");
            done(hub, people::LYON, "acceptRules", json!({ "id": pairing, "version": 2 })).await;
            assert_eq!((&plan().await["dueBy"], &plan().await["rulesVersion"]), (&json!("2028-06-01"), &json!(2)));

            // Bologna joins, and owes its signature from then on; it leaves, and owes nothing.
            let bologna = hub.id("city", "bologna").await;
            hub.still.pass(9 * DAY);
            done(hub, people::OFFICER, "addPairingMember", json!({ "id": pairing, "member": bologna })).await;
            let signature = one(hub, people::BOLOGNA, &pairing, "SIGN_AGREEMENT", Some("bologna")).await;
            assert_eq!((&signature["dueBy"], &signature["state"]), (&json!("2026-08-10"), &json!("NOT_DUE")));
            done(hub, people::OFFICER, "removePairingMember", json!({ "id": pairing, "member": bologna, "reason": "Elections." })).await;
            assert_eq!(listed(hub, Some(people::BOLOGNA), json!({ "pairings": ["austin-lyon"] })).await.at("/obligations/totalCount"), 0);
            assert_eq!(stand(hub, &pairing).await.len(), 7);
            let lapsed = listed(hub, Some(people::OFFICER), json!({ "pairings": [pairing], "states": ["LAPSED"] })).await;
            let lapsed = lapsed.at("/obligations/nodes");
            assert_eq!(
                (lapsed.as_array().map(Vec::len), &lapsed[0]["id"], &lapsed[0]["light"]),
                (Some(1), &signature["id"], &json!("GREY"))
            );
            let said = lapsed[0]["sentence"].as_str().expect("a sentence");
            assert!(said.ends_with(". It is owed no more: its member left before it was overdue."), "{said}");

            // Ended before its time: what was not overdue is owed no more, and the minimum is broken.
            hub.still.pass(60 * DAY);
            eventually("overdue", || async {
                stand(hub, &pairing).await.contains(&"SIGN_AGREEMENT:lyon OVERDUE RED 2026-08-01".to_owned()).then_some(())
            })
            .await;
            done(hub, people::OFFICER, "updatePairing", json!({ "id": pairing, "state": "ENDED", "reason": "They parted." })).await;
            assert_eq!(
                stand(hub, &pairing).await,
                [
                    "SIGN_AGREEMENT:austin OVERDUE RED 2026-08-01",
                    "SIGN_AGREEMENT:lyon OVERDUE RED 2026-08-01",
                    "REACH_MINIMUM OVERDUE RED 2027-12-01",
                    "END_OF_SUPPORT MET GREEN 2027-12-01",
                ]
            );
            let minimum = one(hub, people::OFFICER, &pairing, "REACH_MINIMUM", None).await;
            assert!(
                minimum["sentence"].as_str().expect("a sentence").starts_with("The cooperation ended on 9 August 2026 (“They parted.”)"),
                "{minimum}"
            );
            assert_eq!(events(hub, Some(people::OFFICER), &minimum["id"]).await, ["OBLIGATION_OVERDUE"]);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_of_an_old_pairing_is_no_news_and_brings_what_was_decided() {
    on_both(true, |hub| {
        Box::pin(async move {
            // Of the nine real pairs no day is known, and none is invented.
            let real = listed(hub, Some(people::OFFICER), json!({ "lights": ["GREEN", "YELLOW", "RED"] })).await;
            assert_eq!(real.at("/obligations/totalCount"), 0, "{:#}", real.json);
            let grey = listed(hub, Some(people::OFFICER), json!({ "kinds": ["DELIVER_PLAN"] })).await;
            assert!(grey.at("/obligations/nodes").as_array().expect("a list").iter().all(|node| node["dueBy"].is_null()));

            let line = json!({
                "kind": "pairing", "slug": "old-pair", "programme": "iuc-north-america", "call": "iuc-north-america-2018", "cities": ["austin", "lyon"],
                "name": "Old pair", "state": "active", "started_on": "2018-08-31", "matched_on": "2018-07-18", "rules_version": 1,
                "waivers": [{ "obligation": "SIGN_AGREEMENT:city:lyon", "on": "2019-01-01", "reason": "A handshake." }],
                "postponements": [{ "obligation": "DELIVER_PLAN", "on": "2019-08-01", "until": "2019-12-31", "reason": "Floods." }],
                "risks": [{ "obligation": "START_PILOT", "member": "city:austin", "since": "2026-05-01", "note": "Elections." }],
            });
            let report = hub.import(&format!("{line}\n")).await;
            assert!(!report.any_refused(), "{:?}", report.verdicts);
            let stands = stand(hub, "old-pair").await;
            assert_eq!(
                stands,
                [
                    "DELIVER_PLAN OVERDUE RED 2019-12-31",
                    "REACH_MINIMUM MET GREEN 2020-02-29",
                    "END_OF_SUPPORT MET GREEN 2020-02-29",
                    "START_PILOT OVERDUE RED 2021-08-31",
                    "SIGN_AGREEMENT:austin DUE YELLOW -",
                    "SIGN_AGREEMENT:lyon WAIVED GREEN -",
                    "NAME_PRIORITY DUE YELLOW -",
                ]
            );
            for kind in ["DELIVER_PLAN", "REACH_MINIMUM", "END_OF_SUPPORT", "NAME_PRIORITY"] {
                let old = one(hub, people::OFFICER, "old-pair", kind, None).await;
                assert_eq!(events(hub, Some(people::OFFICER), &old["id"]).await, [""; 0], "{kind}");
            }
            let folder = tempfile::tempdir().expect("a folder");
            hub.app.store.export(folder.path()).await.expect("an export");
            let text = std::fs::read_to_string(folder.path().join("pairing.jsonl")).expect("the pairings");
            let kept = text.lines().find(|line| line.contains("\"old-pair\"")).expect("the pairing");
            let kept: Value = serde_json::from_str(kept).expect("JSON");
            for (field, place) in [("waivers", "reason"), ("postponements", "until"), ("risks", "member")] {
                assert_eq!(kept[field][0]["obligation"], line[field][0]["obligation"]);
                assert_eq!(kept[field][0][place], line[field][0][place]);
            }
            assert_eq!(kept["matched_on"], "2018-07-18");
            let again = hub.import(&text).await;
            assert!(again.verdicts.iter().all(|(_, verdict)| *verdict == Verdict::Unchanged), "{:?}", again.verdicts);

            let wrong = |field: &str, told: Value| {
                let mut line = line.clone();
                (line["slug"], line[field]) = (json!("other-pair"), told);
                format!("{line}\n")
            };
            let four = json!([1, 2, 3, 4].map(|month| json!({ "obligation": "DELIVER_PLAN", "on": "2019-01-01", "until": format!("2020-0{month}-01"), "reason": "So." })));
            for (field, told) in [
                ("postponements", four),
                ("waivers", json!([{ "obligation": "DANCE", "on": "2019-01-01", "reason": "So." }])),
                ("risks", json!([{ "obligation": "DELIVER_PLAN", "member": "city:nowhere", "since": "2019-01-01", "note": "So." }])),
                ("matched_on", json!("2027-01-01")),
            ] {
                assert!(hub.import(&wrong(field, told)).await.any_refused(), "{field}");
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pairing_whose_obligations_can_not_be_derived_holds_back_no_other() {
    for backend in both() {
        let hub = TestHub::demo(backend).await;
        let (bad, call) = begun(&hub).await;
        let cities = json!([hub.id("city", "austin").await, hub.id("city", "bologna").await]);
        let input = json!({ "programme": hub.id("programme", "iuc-north-america").await, "call": call, "cities": cities, "startedOn": "2026-06-01" });
        let good = done(&hub, people::OFFICER, "createPairing", input).await.text("/createPairing/pairing/id").to_owned();
        hub.indexed().await;
        let (still, item) = (hub.still.clone(), bad.clone());
        let hub = hub.failing(move |task, what| assert!(task != "schedule" || what != item, "this one is not to be derived")).await;
        still.pass(62 * DAY);
        let wanted = "SIGN_AGREEMENT:bologna OVERDUE RED 2026-08-01".to_owned();
        eventually(&wanted, || async { stand(&hub, &good).await.contains(&wanted).then_some(()) }).await;
        assert!(stand(&hub, &bad).await.contains(&"SIGN_AGREEMENT:lyon NOT_DUE GREEN 2026-08-01".to_owned()));
        // It is tried again later.
        let still = hub.still.clone();
        let hub = hub.restarted(move |_| still.pass(2 * 3_600)).await;
        let wanted = "SIGN_AGREEMENT:lyon OVERDUE RED 2026-08-01".to_owned();
        eventually(&wanted, || async { stand(&hub, &bad).await.contains(&wanted).then_some(()) }).await;
        hub.end().await;
    }
}

/// A calendar at an address of the hub; none where there is none.
async fn calendar(hub: &TestHub, address: &str) -> Option<String> {
    let feeds = FeedPages::new(hub.app.gate.clone(), hub.app.index.clone(), "http://hub.test");
    let endpoint = Route::new().at("/feeds/*", feeds).map_to_response();
    let path = address.split_once("/feeds/").expect("an address of this hub").1;
    let request = Request::builder().uri(format!("/feeds/{path}").parse().expect("a path")).finish();
    let mut response = endpoint.call(request).await.expect("an answer");
    let bytes = response.take_body().into_vec().await.expect("a body");
    // Long lines are folded.
    (response.status() == StatusCode::OK).then(|| String::from_utf8(bytes).expect("text").replace("\r\n ", ""))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_calendar_tells_its_person_what_is_owed_at_an_address_that_can_be_renewed() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (pairing, _) = begun(hub).await;
            let query = "query($id: ID!) { node(id: $id) { ... on Pairing { calendarUrl } } city(slug: \"lyon\") { calendarUrl } }";
            let urls = async |person: Option<&str>| {
                let told = hub.run(person, query, json!({ "id": pairing })).await;
                [told.at("/node/calendarUrl").clone(), told.at("/city/calendarUrl").clone()]
            };
            let renew = "mutation { renewCalendarAddresses { errors { code } } }";
            assert_eq!(hub.run(None, renew, json!({})).await.code(), "UNAUTHENTICATED");
            assert_eq!(urls(Some(people::LYON)).await, [Value::Null, Value::Null]);
            for person in [people::LYON, people::HAMBURG, people::AUSTIN] {
                assert_eq!(hub.run(Some(person), renew, json!({})).await.at("/renewCalendarAddresses/errors"), &json!([]));
            }
            assert_eq!(urls(None).await, [Value::Null, Value::Null]);
            assert_eq!(urls(Some(people::HAMBURG)).await, [Value::Null, Value::Null]);
            let austin = urls(Some(people::AUSTIN)).await;
            assert!(austin[0].is_string() && austin[1].is_null(), "Lyon's own is not Austin's");
            let [of_pairing, of_city] = urls(Some(people::LYON)).await.map(|url| url.as_str().expect("an address").to_owned());
            let told = calendar(hub, &of_pairing).await.expect("a calendar");
            for line in ["DTSTART;VALUE=DATE:20270601", "DTSTART;VALUE=DATE:20260801", "SUMMARY:Austin – Lyon: plan"] {
                assert!(told.contains(line), "{line}: {told}");
            }
            assert_eq!(told.matches("BEGIN:VEVENT").count(), 7);
            // Of the two signatures Lyon's own, and nothing of pairings whose days are not known.
            assert_eq!(calendar(hub, &of_city).await.expect("a calendar").matches("BEGIN:VEVENT").count(), 6);
            // Whoever leaves the pairing sees nothing of it any more; the address stays theirs.
            let bologna = hub.id("city", "bologna").await;
            done(hub, people::OFFICER, "addPairingMember", json!({ "id": pairing, "member": bologna })).await;
            let lyon = hub.id("city", "lyon").await;
            done(hub, people::OFFICER, "removePairingMember", json!({ "id": pairing, "member": lyon, "reason": "So." })).await;
            assert_eq!(calendar(hub, &of_pairing).await.expect("a calendar").matches("BEGIN:VEVENT").count(), 0);
            hub.run(Some(people::LYON), renew, json!({})).await;
            assert!(calendar(hub, &of_pairing).await.is_none() && calendar(hub, &of_city).await.is_none());
        })
    })
    .await;
}
