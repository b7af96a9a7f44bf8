//! Members join a pairing and leave it, choose what they work on, and tell what they commit to it.
use hansa::kernel::import::{Options, Verdict};
use serde_json::{Value, json};

use crate::kit::{Answer, TestHub, on_both, people};

const NODE: &str = "query($id: ID!) { node(id: $id) { id } }";
const PAGE: &str = "query($id: ID!) { node(id: $id) { ... on Pairing { version state cities { slug } organisations { slug } members { city { slug } organisation { slug } role joinedOn leftOn leftReason isMember } theme { slug } priorities { theme { slug } from why } resources { city { slug } kind days amount currency } stateReason endedOn viewerCan } } }";

async fn mutate(hub: &TestHub, person: &str, mutation: &str, input: Value) -> Answer {
    hub.mutate(person, "pairing", mutation, input).await
}

async fn done(hub: &TestHub, person: &str, mutation: &str, input: Value) -> Answer {
    let answer = mutate(hub, person, mutation, input).await;
    assert_eq!(answer.at(&format!("/{mutation}/errors")), &json!([]));
    answer
}

async fn pairing(hub: &TestHub) -> String {
    let mut cities = Vec::new();
    for slug in ["austin", "lyon"] {
        cities.push(hub.id("city", slug).await);
    }
    let input = json!({ "programme": hub.id("programme", "iuc-north-america").await, "cities": cities });
    done(hub, people::OFFICER, "createPairing", input).await.text("/createPairing/pairing/id").to_owned()
}

async fn page(hub: &TestHub, id: &str) -> Value {
    hub.run(Some(people::OFFICER), PAGE, json!({ "id": id })).await.at("/node").clone()
}

async fn sees(hub: &TestHub, person: &str, id: &str) -> bool {
    !hub.run(Some(person), NODE, json!({ "id": id })).await.at("/node").is_null()
}

async fn events(hub: &TestHub, filter: Value) -> Vec<String> {
    let query = "query($filter: ExchangeEventFilter) { exchangeEvents(last: 50, filter: $filter) { nodes { type } } }";
    let answer = hub.run(None, query, json!({ "filter": filter })).await;
    let nodes = answer.at("/exchangeEvents/nodes").as_array().expect("a list").clone();
    nodes.iter().map(|node| node["type"].as_str().expect("a type").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_joins_sees_what_is_shared_and_who_leaves_does_not_and_stays_on_the_list() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (id, bologna, lyon) = (pairing(hub).await, hub.id("city", "bologna").await, hub.id("city", "lyon").await);
            let draft = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { message } } }";
            let shared = json!({ "city": hub.id("city", "austin").await, "language": "en", "title": "Between us", "summary": "Us.", "shareWith": id });
            let practice = hub.run(Some(people::AUSTIN), draft, json!({ "input": shared })).await.text("/createPractice/practice/id").to_owned();
            assert!(sees(hub, people::LYON, &practice).await && !sees(hub, people::BOLOGNA, &practice).await);
            let shared = json!({ "city": lyon, "language": "fr", "title": "Entre nous", "summary": "Nous.", "shareWith": id });
            let of_lyon = hub.run(Some(people::LYON), draft, json!({ "input": shared })).await.text("/createPractice/practice/id").to_owned();
            assert!(sees(hub, people::AUSTIN, &of_lyon).await);

            let joined = json!({ "id": id, "member": bologna, "role": "OBSERVER", "joinedOn": "2020-03-01" });
            assert_eq!(mutate(hub, people::AUSTIN, "addPairingMember", joined.clone()).await.code(), "FORBIDDEN");
            done(hub, people::OFFICER, "addPairingMember", joined.clone()).await;
            let again = mutate(hub, people::OFFICER, "addPairingMember", joined).await;
            assert_eq!((again.code(), again.paths(), again.message()), ("BAD_INPUT", vec!["input.member".to_owned()], "It is a member already."));
            assert!(sees(hub, people::BOLOGNA, &practice).await);

            // An observer does not make a pairing: Lyon can't leave while only it would remain.
            let left = json!({ "id": id, "member": lyon, "leftOn": "2021-12-31", "reason": "Its council decided so." });
            let early = mutate(hub, people::OFFICER, "removePairingMember", left.clone()).await;
            assert_eq!((early.code(), early.paths()), ("BAD_INPUT", vec!["input.member".to_owned()]));
            done(hub, people::OFFICER, "updatePairingMember", json!({ "id": id, "member": bologna, "role": "LEAD" })).await;
            let silent = json!({ "id": id, "member": lyon, "reason": " " });
            assert_eq!(mutate(hub, people::OFFICER, "removePairingMember", silent).await.code(), "REQUIRED");
            let tomorrow = json!({ "id": id, "member": lyon, "leftOn": "2990-01-01", "reason": "So." });
            assert_eq!(mutate(hub, people::OFFICER, "removePairingMember", tomorrow).await.paths(), ["input.leftOn"]);
            done(hub, people::OFFICER, "removePairingMember", left.clone()).await;
            assert_eq!(mutate(hub, people::OFFICER, "removePairingMember", left).await.message(), "It is no member of this pairing.");
            assert!(!sees(hub, people::LYON, &practice).await);
            // What Lyon shared is Lyon's again.
            assert!(sees(hub, people::LYON, &of_lyon).await && !sees(hub, people::AUSTIN, &of_lyon).await);

            let told = page(hub, &id).await;
            assert_eq!(told["cities"], json!([{ "slug": "austin" }, { "slug": "bologna" }]));
            let member = |city: &str, role: &str, joined: Value, left: Value, reason: Value| {
                json!({ "city": { "slug": city }, "organisation": null, "role": role, "joinedOn": joined, "leftOn": left, "leftReason": reason, "isMember": left.is_null() })
            };
            assert_eq!(
                told["members"],
                json!([
                    member("austin", "PARTNER", Value::Null, Value::Null, Value::Null),
                    member("lyon", "PARTNER", Value::Null, json!("2021-12-31"), json!("Its council decided so.")),
                    member("bologna", "LEAD", json!("2020-03-01"), Value::Null, Value::Null),
                ])
            );
            // Lyon, too, is told that it left, and once.
            for city in [&lyon, &bologna] {
                let left = events(hub, json!({ "cities": [city], "subjects": [id], "types": ["PAIRING_MEMBER_LEFT"] })).await;
                assert_eq!(left.len(), 1);
            }
            assert_eq!(
                events(hub, json!({ "subjects": [id] })).await,
                ["PAIRING_MATCHED", "PAIRING_MEMBER_JOINED", "PAIRING_REVISED", "PAIRING_MEMBER_LEFT"]
            );
            let listed = hub.run(None, "{ city(slug: \"lyon\") { pairings { nodes { slug } } } }", json!({})).await;
            assert_eq!(listed.at("/city/pairings/nodes"), &json!([{ "slug": "boston-lyon" }]));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn organisations_are_members_and_hidden_ones_are_not_told() {
    on_both(true, |hub| {
        Box::pin(async move {
            let id = pairing(hub).await;
            let create = "mutation($input: CreateOrganisationInput!) { createOrganisation(input: $input) { organisation { id } errors { message } } }";
            let austin = hub.id("city", "austin").await;
            let input = json!({ "name": "Hidden Works", "organisationKind": "BUSINESS", "city": austin, "shareWith": hub.id("programme", "iuc-north-america").await });
            let works = hub.run(Some(people::AUSTIN), create, json!({ "input": input })).await.text("/createOrganisation/organisation/id").to_owned();
            done(hub, people::OFFICER, "addPairingMember", json!({ "id": id, "member": works, "role": "GIVER", "joinedOn": null })).await;
            let told = page(hub, &id).await;
            assert_eq!((told["organisations"].as_array().map(Vec::len), told["members"][2]["joinedOn"].is_null()), (Some(1), true));
            let public = hub.run(None, PAGE, json!({ "id": id })).await;
            assert_eq!(public.at("/node/organisations"), &json!([]));
            assert!(public.at("/node/members/2/organisation").is_null(), "{}", public.at("/node/members"));
            let own = hub.run(Some(people::AUSTIN), "query($id: ID!) { node(id: $id) { ... on Organisation { pairings { nodes { id } } } } }", json!({ "id": works })).await;
            assert_eq!(own.at("/node/pairings/nodes"), &json!([{ "id": id }]));
            let found = hub.run(Some(people::AUSTIN), "query($id: ID!) { pairings(filter: { organisations: [$id] }) { nodes { id } } }", json!({ "id": works })).await;
            assert_eq!(found.at("/pairings/nodes"), &json!([{ "id": id }]));
            let theme = hub.id("theme", "energy").await;
            assert_eq!(mutate(hub, people::OFFICER, "addPairingMember", json!({ "id": id, "member": theme })).await.paths(), ["input.member"]);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_members_choose_their_theme_and_its_history_invents_no_day() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (id, energy, mobility) = (pairing(hub).await, hub.id("theme", "energy").await, hub.id("theme", "mobility").await);
            let choose = |theme: &str, from: Value, why: Value| json!({ "id": id, "theme": theme, "from": from, "why": why });
            assert_eq!(
                mutate(hub, people::BOLOGNA, "choosePairingPriority", choose(&energy, Value::Null, Value::Null)).await.code(),
                "FORBIDDEN"
            );
            done(hub, people::AUSTIN, "choosePairingPriority", choose(&energy, Value::Null, Value::Null)).await;
            done(hub, people::LYON, "choosePairingPriority", choose(&energy, json!("2020-02-01"), json!("Both build anew."))).await;
            let early = mutate(hub, people::AUSTIN, "choosePairingPriority", choose(&mobility, json!("2019-01-01"), Value::Null)).await;
            assert_eq!((early.code(), early.paths()), ("BAD_INPUT", vec!["input.from".to_owned()]));
            done(hub, people::AUSTIN, "choosePairingPriority", choose(&mobility, Value::Null, json!("The trams came."))).await;
            done(hub, people::OFFICER, "updatePairing", json!({ "id": id, "theme": null })).await;
            // Without a day they chose it today, and saying it again leaves that as it is.
            for why in [Value::Null, json!("The sun came.")] {
                done(hub, people::AUSTIN, "choosePairingPriority", json!({ "id": id, "theme": energy, "why": why })).await;
                hub.still.pass(24 * 3_600);
            }
            let told = page(hub, &id).await;
            assert_eq!(
                told["priorities"],
                json!([
                    { "theme": { "slug": "energy" }, "from": "2020-02-01", "why": "Both build anew." },
                    { "theme": { "slug": "mobility" }, "from": null, "why": "The trams came." },
                    { "theme": null, "from": null, "why": null },
                    { "theme": { "slug": "energy" }, "from": "2026-06-01", "why": "The sun came." },
                ])
            );
            let chosen = events(hub, json!({ "subjects": [id], "types": ["PAIRING_PRIORITY_CHOSEN"] })).await;
            assert_eq!(chosen.len(), 4);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_tells_what_it_commits_and_for_no_other() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (id, austin, lyon) = (pairing(hub).await, hub.id("city", "austin").await, hub.id("city", "lyon").await);
            let commit = |member: &str, resources: Value| json!({ "id": id, "member": member, "resources": resources });
            let days = json!([{ "kind": "STAFF_TIME", "days": 12.5, "year": 2020 }]);
            assert_eq!(mutate(hub, people::AUSTIN, "commitPairingResources", commit(&lyon, days.clone())).await.code(), "FORBIDDEN");
            for (wrong, path) in [
                (json!([{ "kind": "STAFF_TIME" }]), "input.resources.0.days"),
                (json!([{ "kind": "TRAVEL" }, { "kind": "MONEY", "amount": 5.0 }]), "input.resources.1.currency"),
                (json!([{ "kind": "MONEY", "amount": -5.0, "currency": "EUR" }]), "input.resources.0.amount"),
                (json!([{ "kind": "MONEY", "amount": 5.0, "currency": "XYZ" }]), "input.resources.0.currency"),
                (json!([{ "kind": "OTHER" }]), "input.resources.0.what"),
                (json!([{ "kind": "OTHER", "what": " " }]), "input.resources.0.what"),
                (json!([{ "kind": "MONEY", "amount": 2e12, "currency": "EUR" }]), "input.resources.0.amount"),
                (json!([{ "kind": "STAFF_TIME", "days": 1.0, "year": 20 }]), "input.resources.0.year"),
            ] {
                assert_eq!(mutate(hub, people::AUSTIN, "commitPairingResources", commit(&austin, wrong)).await.paths(), [path]);
            }
            done(hub, people::AUSTIN, "commitPairingResources", commit(&austin, days)).await;
            done(
                hub,
                people::OFFICER,
                "commitPairingResources",
                commit(&lyon, json!([{ "kind": "MONEY", "amount": 500.0, "currency": "EUR" }])),
            )
            .await;
            done(
                hub,
                people::AUSTIN,
                "commitPairingResources",
                commit(&austin, json!([{ "kind": "TRAVEL", "amount": 70.0, "currency": "USD" }])),
            )
            .await;
            let told = page(hub, &id).await;
            assert_eq!(
                told["resources"],
                json!([
                    { "city": { "slug": "austin" }, "kind": "TRAVEL", "days": null, "amount": 70.0, "currency": "USD" },
                    { "city": { "slug": "lyon" }, "kind": "MONEY", "days": null, "amount": 500.0, "currency": "EUR" },
                ])
            );
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_tells_members_and_one_that_tells_cities_alone_goes_on_working() {
    on_both(true, |hub| {
        Box::pin(async move {
            let record = |more: Value| {
                let mut line = json!({ "kind": "pairing", "slug": "told-cluster", "programme": "iuc-north-america" });
                line.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
                format!("{line}\n")
            };
            let why = async |more: Value| match &hub.import(&record(more)).await.verdicts[0].1 {
                Verdict::Refused(why) => why.clone(),
                other => panic!("{other:?}"),
            };
            let plain = record(json!({ "cities": ["hamburg", "austin"], "theme": "energy", "state": "active" }));
            assert_eq!(hub.import(&plain).await.verdicts[0].1, Verdict::Created);
            assert_eq!(hub.import(&plain).await.verdicts[0].1, Verdict::Unchanged);
            let members = json!({ "members": [{ "city": "austin", "role": "LEAD" }, { "city": "lyon", "left_reason": "It was merged." }, { "city": "hamburg" }],
                "priorities": [{ "theme": "mobility", "from": "2018-01-01" }, { "theme": "energy" }], "state": "ended", "ended_on": "2019-01-01" });
            assert_eq!(hub.import(&record(members.clone())).await.verdicts[0].1, Verdict::Updated);
            assert_eq!(hub.import(&record(members.clone())).await.verdicts[0].1, Verdict::Unchanged);
            let told = page(hub, &hub.id("pairing", "told-cluster").await).await;
            assert_eq!((&told["cities"], &told["theme"]["slug"]), (&json!([{ "slug": "austin" }, { "slug": "hamburg" }]), &json!("energy")));
            // Cities told beside members that are kept have to be the same.
            let cities = record(json!({ "cities": ["hamburg", "lyon"] }));
            let kept = hub.import_with(&cities, Options { keep_missing: true, ..Options::default() }).await;
            assert!(matches!(&kept.verdicts[0].1, Verdict::Refused(why) if why.contains("“members”")), "{:?}", kept.verdicts);

            assert!(why(json!({ "members": [{ "city": "austin" }, { "city": "hamburg", "role": "OBSERVER" }] })).await.contains("fewer than two cities"));
            assert!(why(json!({ "cities": ["austin"] })).await.contains("“cities” names fewer than two different cities"));
            assert!(why(json!({ "members": [{ "city": "austin", "organisation": "x" }, { "city": "hamburg" }] })).await.contains("“members.0” names one of"));
            let late = json!({ "members": [{ "city": "austin" }, { "city": "hamburg" }, { "city": "lyon", "joined_on": "2019-01-02", "left_on": "2019-01-01" }] });
            assert!(why(late).await.contains("“members.2.left_on”: It left before it joined."));
            assert!(why(json!({ "cities": ["austin", "hamburg"], "theme": "energy", "priorities": [{ "theme": "mobility" }] })).await.contains("“priorities”"));
            assert!(why(json!({ "cities": ["austin", "hamburg"], "ended_on": "2019-01-01" })).await.contains("completed or ended"));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pairing_goes_step_by_step_and_ends_with_a_reason() {
    on_both(true, |hub| {
        Box::pin(async move {
            let id = pairing(hub).await;
            let to = |state: &str, more: Value| {
                let mut input = json!({ "id": id, "state": state });
                input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
                input
            };
            for state in ["ACTIVE", "COMPLETED", "DORMANT"] {
                assert_eq!(mutate(hub, people::OFFICER, "updatePairing", to(state, json!({}))).await.code(), "WRONG_STATE", "{state}");
            }
            done(hub, people::OFFICER, "updatePairing", to("AGREED", json!({}))).await;
            let bare = mutate(hub, people::OFFICER, "updatePairing", to("ACTIVE", json!({}))).await;
            assert!(bare.message().contains("There is no agreement yet that Austin and Lyon could sign"), "{:#}", bare.json);
            assert_eq!(mutate(hub, people::OFFICER, "updatePairing", to("COMPLETED", json!({}))).await.code(), "WRONG_STATE");
            assert_eq!(mutate(hub, people::OFFICER, "updatePairing", to("ENDED", json!({}))).await.paths(), ["input.reason"]);
            assert_eq!(mutate(hub, people::OFFICER, "updatePairing", json!({ "id": id, "reason": "So." })).await.paths(), ["input.reason"]);
            done(hub, people::OFFICER, "updatePairing", to("ENDED", json!({ "reason": "Lyon withdrew.", "endedOn": "2020-05-01" }))).await;
            let told = page(hub, &id).await;
            assert_eq!((&told["stateReason"], &told["endedOn"], &told["viewerCan"]), (&json!("Lyon withdrew."), &json!("2020-05-01"), &json!(["UPDATE"])));
            assert_eq!(events(hub, json!({ "subjects": [id] })).await, ["PAIRING_MATCHED", "PAIRING_AGREED", "PAIRING_ENDED"]);
            let cities = json!({ "programme": hub.id("programme", "iuc-north-america").await, "cities": [hub.id("city", "austin").await, hub.id("city", "lyon").await], "state": "ACTIVE" });
            let begun = mutate(hub, people::OFFICER, "createPairing", cities).await;
            assert_eq!((begun.code(), begun.paths()), ("WRONG_STATE", vec!["input.state".to_owned()]));
        })
    })
    .await;
}
