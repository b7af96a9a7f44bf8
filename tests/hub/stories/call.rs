//! Calls: their sides, versions of their rules, and the days on which they open and close by themselves.
use serde_json::{Value, json};

use crate::kit::{Answer, Backend, TestHub, both, eventually, matching, on_both, people};

const CREATE: &str = "mutation($input: CreateCallInput!) { createCall(input: $input) { call { id slug state movesAt opensBy closesBy neverCloses sides { name countries { code } cities { slug } } requiredDocuments { name } } errors { code path message } } }";
const UPDATE: &str = "mutation($input: UpdateCallInput!) { updateCall(input: $input) { call { version rules { version minimumCooperationMonths } rulesVersions { version since minimumCooperationMonths reportEveryMonths populationBoundary } } errors { code path message } } }";
const EVENTS: &str = "query($id: ID!) { exchangeEvents(first: 50, filter: { subjects: [$id] }) { nodes { type } } }";
const DAY: i64 = 86_400;

async fn create(hub: &TestHub, more: Value) -> Answer {
    let mut input = json!({ "programme": hub.id("programme", "iuc-north-america").await, "name": "Quinces", "rules": { "minimumCooperationMonths": 18 } });
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    hub.run(Some(people::OFFICER), CREATE, json!({ "input": input })).await
}

fn on(day: &str) -> Value {
    json!({ "verbatim": day, "earliest": day, "latest": day, "precision": "DAY" })
}

async fn state(hub: &TestHub, id: &str) -> String {
    hub.run(None, "query($id: ID!) { node(id: $id) { ... on Call { state } } }", json!({ "id": id })).await.text("/node/state").to_owned()
}

async fn reaches(hub: &TestHub, id: &str, wanted: &str) {
    eventually(wanted, || async { (state(hub, id).await == wanted).then_some(()) }).await;
}

async fn told(hub: &TestHub, id: &str) -> Vec<String> {
    let events = hub.run(None, EVENTS, json!({ "id": id })).await;
    let nodes = events.at("/exchangeEvents/nodes").as_array().expect("a list").clone();
    nodes.iter().map(|node| node["type"].as_str().expect("a type").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_opens_and_closes_on_its_days_once_whatever_hubs_run_and_clocks_jump() {
    for backend in both() {
        let hub = TestHub::demo(backend).await;
        let made = create(&hub, json!({ "opens": on("2026-06-03"), "closes": on("2026-06-05") })).await;
        let call = made.at("/createCall/call");
        assert_eq!(
            (&call["state"], &call["movesAt"], &call["closesBy"]),
            (&json!("ANNOUNCED"), &json!("2026-06-03T00:00:00Z"), &json!("2026-06-05")),
            "{:#}",
            made.json
        );
        let id = call["id"].as_str().expect("an id").to_owned();
        // A day that is not known exactly is its officers' to tell.
        let season = json!({ "verbatim": "early June", "earliest": "2026-06-01", "latest": "2026-06-10", "precision": "RANGE" });
        let vague = create(&hub, json!({ "name": "Medlars", "opens": season })).await;
        assert_eq!((vague.at("/createCall/call/movesAt"), vague.at("/createCall/call/opensBy")), (&Value::Null, &json!("2026-06-10")));
        let vague = vague.text("/createCall/call/id").to_owned();
        // On PostgreSQL two hubs share the work.
        let second = if backend == Backend::Postgres { Some(hub.second().await) } else { None };
        let pass = |seconds| [Some(&hub), second.as_ref()].into_iter().flatten().for_each(|hub| hub.still.pass(seconds));
        pass(2 * DAY);
        reaches(&hub, &id, "OPEN").await;
        // Back to the day before it opened: it stays open, and opens no second time.
        pass(-2 * DAY);
        pass(2 * DAY);
        // Its last day is its own to the end.
        pass(2 * DAY);
        assert_eq!(state(&hub, &id).await, "OPEN");
        pass(DAY);
        reaches(&hub, &id, "CLOSED").await;
        assert_eq!(told(&hub, &id).await, ["CALL_ADDED", "CALL_OPENED", "CALL_CLOSED"]);
        assert_eq!(state(&hub, &vague).await, "ANNOUNCED");
        if let Some(second) = second {
            second.end().await;
        }
        hub.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_missed_while_no_hub_ran_is_done_in_its_order() {
    for backend in both() {
        let hub = TestHub::demo(backend).await;
        let made = create(&hub, json!({ "opens": on("2026-06-03"), "closes": on("2026-06-05") })).await;
        let id = made.text("/createCall/call/id").to_owned();
        // What is still written to the index when the hub stops holds it for a moment.
        hub.indexed().await;
        let still = hub.still.clone();
        let hub = hub.restarted(move |_| still.pass(9 * DAY)).await;
        reaches(&hub, &id, "CLOSED").await;
        assert_eq!(told(&hub, &id).await, ["CALL_ADDED", "CALL_OPENED", "CALL_CLOSED"]);
        hub.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_has_sides_and_nobody_is_on_two() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let sides =
                json!([{ "name": "west", "countries": ["us", "CA"] }, { "name": "east", "countries": ["IT"], "cities": [hamburg] }]);
            let made =
                create(hub, json!({ "sides": sides, "neverCloses": true, "requiredDocuments": [{ "name": "Letter of the mayor" }] })).await;
            let call = made.at("/createCall/call");
            assert_eq!(
                call["sides"],
                json!([
                    { "name": "west", "countries": [{ "code": "US" }, { "code": "CA" }], "cities": [] },
                    { "name": "east", "countries": [{ "code": "IT" }], "cities": [{ "slug": "hamburg" }] },
                ])
            );
            assert_eq!((&call["neverCloses"], &call["requiredDocuments"]), (&json!(true), &json!([{ "name": "Letter of the mayor" }])));
            for (sides, code, path) in [
                (json!([{ "name": "west", "countries": ["US"] }]), "BAD_INPUT", "input.sides"),
                (
                    json!([{ "name": "west", "countries": ["US"] }, { "name": "east", "countries": ["US"] }]),
                    "BAD_INPUT",
                    "input.sides.1.countries.0",
                ),
                (json!([{ "name": "west", "countries": ["US"] }, { "name": "east" }]), "REQUIRED", "input.sides.1.countries"),
                (
                    json!([{ "name": "west", "countries": ["US"] }, { "name": "east", "cities": ["city_01jz0000000000000000000000"] }]),
                    "NOT_FOUND",
                    "input.sides.1.cities.0",
                ),
            ] {
                let refused = create(hub, json!({ "sides": sides })).await;
                assert_eq!((refused.code(), refused.paths()), (code, vec![path.to_owned()]), "{sides}");
            }
            let torn = create(hub, json!({ "neverCloses": true, "closes": on("2026-07-01") })).await;
            assert_eq!(torn.paths(), ["input.closes"]);
            let found = hub.run(None, "{ calls(filter: { sides: [\"east\"] }) { nodes { slug } } }", json!({})).await;
            assert_eq!(found.at("/calls/nodes"), &json!([{ "slug": call["slug"] }]));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pairing_keeps_the_rules_it_agreed_to_until_all_of_its_cities_accept_newer_ones() {
    on_both(true, |hub| {
        Box::pin(async move {
            let call = create(hub, json!({})).await.text("/createCall/call/id").to_owned();
            let pairing = "pairing { id rulesVersion rules { version minimumCooperationMonths } newerRules { version } rulesAcceptances { city { slug } version on } commitmentUntil viewerCan }";
            let made = async |slugs: &[&str]| {
                let mut cities = Vec::new();
                for slug in slugs {
                    cities.push(hub.id("city", slug).await);
                }
                let input = json!({ "programme": hub.id("programme", "iuc-north-america").await, "call": call, "cities": cities, "startedOn": "2026-01-31" });
                let query = format!("mutation($input: CreatePairingInput!) {{ createPairing(input: $input) {{ {pairing} errors {{ code message }} }} }}");
                hub.run(Some(people::OFFICER), &query, json!({ "input": input })).await.at("/createPairing/pairing").clone()
            };
            let old = made(&["austin", "lyon"]).await;
            assert_eq!((&old["rulesVersion"], &old["commitmentUntil"], &old["newerRules"]), (&json!(1), &json!("2027-07-31"), &Value::Null));
            let update = async |rules: Value| hub.run(Some(people::OFFICER), UPDATE, json!({ "input": { "id": call, "rules": rules } })).await;
            let changed = update(json!({ "minimumCooperationMonths": 24, "reportEveryMonths": 6, "populationBoundary": " city proper " })).await;
            assert_eq!(changed.at("/updateCall/call/rulesVersions"), &json!([
                { "version": 1, "since": "2026-06-01", "minimumCooperationMonths": 18, "reportEveryMonths": null, "populationBoundary": null },
                { "version": 2, "since": "2026-06-01", "minimumCooperationMonths": 24, "reportEveryMonths": 6, "populationBoundary": "city proper" },
            ]));
            assert_eq!(update(json!({ "reportEveryMonths": 0 })).await.paths(), ["input.rules.reportEveryMonths"]);
            assert_eq!(made(&["austin", "hamburg"]).await["rulesVersion"], 2);
            let look = async || {
                let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on Pairing {{ {} }} }} }}", pairing.trim_start_matches("pairing {").trim_end_matches('}'));
                hub.run(None, &query, json!({ "id": old["id"] })).await.at("/node").clone()
            };
            let kept = look().await;
            assert_eq!((&kept["rulesVersion"], &kept["commitmentUntil"], &kept["newerRules"]), (&json!(1), &json!("2027-07-31"), &json!({ "version": 2 })));
            let accept = async |person: &str, input: Value| {
                let mut input = input;
                input["id"] = old["id"].clone();
                let query = format!("mutation($input: AcceptRulesInput!) {{ acceptRules(input: $input) {{ {pairing} errors {{ code path message }} }} }}");
                hub.run(Some(person), &query, json!({ "input": input })).await
            };
            for (person, version, code) in
                [(people::OFFICER, 2, "FORBIDDEN"), (people::HAMBURG, 2, "FORBIDDEN"), (people::AUSTIN, 3, "BAD_INPUT"), (people::AUSTIN, 1, "WRONG_STATE")]
            {
                assert_eq!(accept(person, json!({ "version": version })).await.code(), code, "{person} {version}");
            }
            let first = accept(people::AUSTIN, json!({ "version": 2 })).await;
            let first = first.at("/acceptRules/pairing");
            assert_eq!((&first["rulesVersion"], &first["rulesAcceptances"]), (&json!(1), &json!([{ "city": { "slug": "austin" }, "version": 2, "on": "2026-06-01" }])));
            assert!(first["viewerCan"].as_array().expect("acts").contains(&json!("ACCEPT_RULES")));
            let both = accept(people::LYON, json!({ "version": 2 })).await;
            let both = both.at("/acceptRules/pairing");
            assert_eq!((&both["rulesVersion"], &both["commitmentUntil"], &both["rulesAcceptances"]), (&json!(2), &json!("2028-01-31"), &json!([])));

            // A record of newer rules keeps the older ones, and can't say that these said something else.
            let slug = hub.run(None, "query($id: ID!) { node(id: $id) { slug } }", json!({ "id": call })).await;
            let record = |rules: Value| {
                format!("{}\n", json!({ "kind": "call", "slug": slug.text("/node/slug"), "programme": "iuc-north-america", "name": "Quinces", "state": "announced", "rules": rules }))
            };
            assert!(hub.import(&record(json!({ "version": 2, "minimum_cooperation_months": 30 }))).await.any_refused());
            let newer = hub.import(&record(json!({ "version": 3, "minimum_cooperation_months": 30 }))).await;
            assert!(!newer.any_refused(), "{:?}", newer.verdicts);
            let versions = hub.run(None, "query($id: ID!) { node(id: $id) { ... on Call { rulesVersions { version minimumCooperationMonths } } } }", json!({ "id": call })).await;
            assert_eq!(versions.at("/node/rulesVersions"), &json!([
                { "version": 1, "minimumCooperationMonths": 18 }, { "version": 2, "minimumCooperationMonths": 24 }, { "version": 3, "minimumCooperationMonths": 30 },
            ]));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_call_is_opened_again_and_no_side_goes_on_which_a_city_has_applied() {
    on_both(true, |hub| {
        Box::pin(async move {
            let applied = ["austin", "hamburg"].map(|city| matching::record(city, &[], &[], json!({})));
            matching::bring(hub, &[&[matching::call(json!({}))], &applied[..]].concat()).await;
            let id = hub.id("call", "who-fits").await;
            let act = async |mutation: &str, more: Value| {
                let mut input = more;
                input["id"] = json!(id);
                matching::mutate(hub, people::OFFICER, mutation, "call { state sides { name } }", input).await
            };
            act("closeCall", json!({})).await;
            act("updateCall", json!({ "closes": on("2026-05-01") })).await;
            let late = act("openCall", json!({})).await;
            assert_eq!(
                (late.code(), late.message()),
                ("WRONG_STATE", "Its last day has passed; tell a later one first, by “closes” of `updateCall`.")
            );
            act("updateCall", json!({ "closes": on("2026-07-01") })).await;
            assert_eq!(act("openCall", json!({})).await.at("/openCall/call/state"), "OPEN");
            let west = json!({ "name": "west", "countries": ["US"] });
            let gone = act("updateCall", json!({ "sides": [west, { "name": "elsewhere", "countries": ["DE"] }] })).await;
            assert_eq!((gone.code(), gone.paths()), ("WRONG_STATE", vec!["input.sides".to_owned()]));
            assert!(gone.message().contains("Hamburg") && !gone.message().contains("Austin"), "{}", gone.message());
            let more = act(
                "updateCall",
                json!({ "sides": [west, { "name": "east", "countries": ["DE"] }, { "name": "south", "countries": ["MX"] }] }),
            )
            .await;
            assert_eq!(more.at("/updateCall/call/sides").as_array().map(Vec::len), Some(3), "{:#}", more.json);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_exception_is_told_to_the_city_and_the_officers_and_shows_to_nobody_else() {
    on_both(true, |hub| {
        Box::pin(async move {
            matching::bring(hub, &[matching::call(json!({}))]).await;
            let (id, austin) = (hub.id("call", "who-fits").await, hub.id("city", "austin").await);
            let seen = async || hub.run(None, "{ call(slug: \"who-fits\") { version updatedAt } }", json!({})).await.at("/call").clone();
            let before = seen().await;
            hub.still.pass(60);
            let act = async |mutation: &str, more: Value| {
                let mut input = more;
                (input["id"], input["city"], input["rule"]) = (json!(id), json!(austin), json!("DEADLINE"));
                matching::mutate(hub, people::OFFICER, mutation, "call { waivers { reason } }", input).await
            };
            let waived = act("waiveEligibility", json!({ "reason": "The post was late." })).await;
            assert_eq!(waived.at("/waiveEligibility/call/waivers"), &json!([{ "reason": "The post was late." }]));
            assert_eq!(seen().await, before, "whoever may not know of it sees no change");
            let told = async |person| {
                let events = hub.run(person, EVENTS, json!({ "id": id })).await;
                events
                    .at("/exchangeEvents/nodes")
                    .as_array()
                    .expect("a list")
                    .iter()
                    .filter(|node| node["type"] == "ELIGIBILITY_WAIVED")
                    .count()
            };
            for (person, count) in [(None, 0), (Some(people::HAMBURG), 0), (Some(people::AUSTIN), 1), (Some(people::OFFICER), 1)] {
                assert_eq!(told(person).await, count, "{person:?}");
            }
            let taken_back = act("withdrawEligibilityWaiver", json!({})).await;
            assert_eq!(taken_back.at("/withdrawEligibilityWaiver/call/waivers"), &json!([]));
            assert_eq!((seen().await, told(Some(people::AUSTIN)).await), (before, 2));
            assert_eq!(act("withdrawEligibilityWaiver", json!({})).await.code(), "WRONG_STATE");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn officers_have_cities_take_part_in_their_programme_and_leave_it() {
    on_both(true, |hub| {
        Box::pin(async move {
            matching::bring(hub, &[json!({ "kind": "city", "slug": "othertown", "name": "Othertown", "country": "FR" })]).await;
            let programme = hub.id("programme", "iuc-north-america").await;
            let act = async |person, mutation: &str, city: &str| {
                let input = json!({ "id": programme, "city": hub.id("city", city).await });
                matching::mutate(hub, person, mutation, "programme { slug }", input).await
            };
            let takes_part = async || {
                hub.run(None, "{ city(slug: \"othertown\") { programmes { slug } } }", json!({})).await.at("/city/programmes").clone()
            };
            assert_eq!(act(people::HAMBURG, "addProgrammeCity", "othertown").await.code(), "FORBIDDEN");
            for _ in 0..2 {
                assert_eq!(act(people::OFFICER, "addProgrammeCity", "othertown").await.at("/addProgrammeCity/errors"), &json!([]));
                assert_eq!(takes_part().await, json!([{ "slug": "iuc-north-america" }]));
            }
            // Whoever answered a call is paired in it by hand only once it was selected.
            matching::bring(hub, &[matching::call(json!({})), matching::record("austin", &[], &[], json!({}))]).await;
            let pair = async || {
                let cities = [hub.id("city", "hamburg").await, hub.id("city", "austin").await];
                let input = json!({ "programme": programme, "call": hub.id("call", "who-fits").await, "cities": cities });
                matching::mutate(hub, people::OFFICER, "createPairing", "pairing { state }", input).await
            };
            let early = pair().await;
            assert_eq!((early.code(), early.paths()), ("WRONG_STATE", vec!["input.cities.1".to_owned()]));
            assert!(early.message().starts_with("The application of Austin to this call is submitted"), "{}", early.message());
            let select = json!({ "id": hub.id("application", &matching::application("austin")).await });
            matching::mutate(hub, people::OFFICER, "selectApplication", "application { state }", select).await;
            assert_eq!(pair().await.at("/createPairing/pairing/state"), "MATCHED");
            let paired = act(people::OFFICER, "removeProgrammeCity", "hamburg").await;
            assert_eq!((paired.code(), paired.paths()), ("WRONG_STATE", vec!["input.city".to_owned()]));
            assert!(paired.message().contains("Guadalajara – Hamburg"), "{}", paired.message());
            assert_eq!(act(people::OFFICER, "removeProgrammeCity", "othertown").await.at("/removeProgrammeCity/errors"), &json!([]));
            assert_eq!(takes_part().await, json!([]));
        })
    })
    .await;
}
