//! One call from its announcement to a pairing that kept its promises, through the graph alone: what the officer, two cities that are brought together, one that is declined,
//! an invited stakeholder, a reader and the public see at each step, in lists, search, events and calendar; and every move that the state or the rights forbid is tried.
use serde_json::{Value, json};

use crate::kit::{Answer, TestHub, both, eventually, matching::mutate, people};

const DAY: i64 = 86_400;
/// Everybody whose view is compared: the public, the officer, the two cities, the city that is declined, the stakeholder.
const VIEWERS: [Option<&str>; 6] =
    [None, Some(people::OFFICER), Some(people::AUSTIN), Some(people::LYON), Some(people::BOLOGNA), Some(people::STAKEHOLDER)];

/// A thing of the story, and each act on it with the mutation that does it and what that takes beside the id.
struct Thing {
    kind: &'static str,
    id: String,
    acts: Vec<(&'static str, &'static str, Value)>,
}

impl Thing {
    fn call(id: &str) -> Self {
        let acts = vec![
            ("UPDATE", "updateCall", json!({ "name": "Medlars" })),
            ("OPEN", "openCall", json!({})),
            ("CLOSE", "closeCall", json!({})),
            ("DECIDE", "decideCall", json!({})),
        ];
        Self { kind: "Call", id: id.to_owned(), acts }
    }

    fn application(id: &str) -> Self {
        let acts = vec![
            ("UPDATE", "updateApplication", json!({ "capacity": 2 })),
            ("SUBMIT", "submitApplication", json!({})),
            ("SELECT", "selectApplication", json!({})),
            ("RESERVE", "reserveApplication", json!({ "reason": "Later." })),
            ("DECLINE", "declineApplication", json!({ "reason": "No." })),
            ("WITHDRAW", "withdrawApplication", json!({})),
        ];
        Self { kind: "Application", id: id.to_owned(), acts }
    }

    /// To be in the state it is in is nothing to be refused.
    fn pairing(id: &str, now: &str) -> Self {
        let to = |state: &str| match state {
            "DORMANT" | "ENDED" => json!({ "state": state, "reason": "So it is." }),
            _ => json!({ "state": state }),
        };
        let mut acts = vec![
            ("UPDATE", "updatePairing", json!({ "name": "Medlars" })),
            ("AGREE", "updatePairing", to("AGREED")),
            ("ACTIVATE", "updatePairing", to("ACTIVE")),
            ("PAUSE", "updatePairing", to("DORMANT")),
            ("COMPLETE", "updatePairing", to("COMPLETED")),
            ("END", "updatePairing", to("ENDED")),
        ];
        acts.retain(|(.., input)| input["state"] != now);
        Self { kind: "Pairing", id: id.to_owned(), acts }
    }

    fn agreement(id: &str) -> Self {
        let acts = vec![
            ("UPDATE", "updateAgreement", json!({ "title": "Medlars" })),
            ("AMEND", "amendAgreement", json!({ "what": "Medlars." })),
            ("END", "endAgreement", json!({ "reason": "So it is." })),
        ];
        Self { kind: "Agreement", id: id.to_owned(), acts }
    }

    /// What somebody may do to it, by `viewerCan`; nothing where they do not see it.
    async fn viewer_can(&self, hub: &TestHub, person: Option<&str>) -> Vec<Value> {
        let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on {} {{ viewerCan }} }} }}", self.kind);
        let answer = hub.run(person, &query, json!({ "id": self.id })).await;
        answer.json["data"]["node"]["viewerCan"].as_array().cloned().unwrap_or_default()
    }
}

/// Tries each act that somebody may not do now; none changes anything. Where several acts are one mutation that an allowed one is, too, its state tells them apart.
async fn nothing_else_is_possible(hub: &TestHub, things: &[&Thing]) {
    for thing in things {
        for person in VIEWERS.iter().flatten() {
            let can = thing.viewer_can(hub, Some(person)).await;
            for (act, mutation, more) in thing.acts.iter().filter(|(act, ..)| !can.contains(&json!(act))) {
                let mut input = more.clone();
                input["id"] = json!(thing.id);
                let answer = step(hub, person, mutation, input).await;
                let told = format!("{person} {act} {}: {:#}", thing.kind, answer.json);
                assert!(["FORBIDDEN", "WRONG_STATE", "NOT_FOUND"].contains(&answer.code()), "{told}");
            }
        }
    }
}

/// Runs a mutation as somebody, whatever thing it answers.
async fn step(hub: &TestHub, person: &str, mutation: &str, input: Value) -> Answer {
    if mutation == "openCall" {
        let query = "mutation($input: CallStepInput!) { openCall(input: $input) { errors { code path message } } }";
        return hub.run(Some(person), query, json!({ "input": input })).await;
    }
    mutate(hub, person, mutation, "__typename", input).await
}

async fn done(hub: &TestHub, person: &str, mutation: &str, shown: &str, input: Value) -> Answer {
    let answer = mutate(hub, person, mutation, shown, input).await;
    assert_eq!(answer.at(&format!("/{mutation}/errors")), &json!([]), "{mutation}: {:#}", answer.json);
    answer
}

/// What somebody sees of the call: its state, how many applications, the states of pairings and agreements, whether something owed, and the sorts of things a search finds.
async fn sees(hub: &TestHub, person: Option<&str>, call: &str) -> Value {
    hub.indexed().await;
    let query = "query($call: ID!) { call: node(id: $call) { ... on Call { state applications { totalCount } } } applications(filter: { calls: [$call] }) { totalCount }
        pairings(filter: { calls: [$call] }) { nodes { state agreements { nodes { state } } } } obligations(filter: { calls: [$call] }) { totalCount }
        search(text: \"quincunx\", first: 20) { edges { node { __typename } } } }";
    let answer = hub.run(person, query, json!({ "call": call })).await;
    assert_eq!(answer.at("/call/applications/totalCount"), answer.at("/applications/totalCount"), "{person:?}");
    let mut found: Vec<String> =
        answer.at("/search/edges").as_array().expect("edges").iter().map(|edge| edge["node"]["__typename"].to_string()).collect();
    found.sort_unstable();
    let pairings = answer.at("/pairings/nodes").as_array().expect("a list").clone();
    let agreements: Vec<Value> =
        pairings.iter().flat_map(|pairing| pairing["agreements"]["nodes"].as_array().cloned().unwrap_or_default()).collect();
    let states = |nodes: &[Value]| nodes.iter().map(|node| node["state"].clone()).collect::<Vec<_>>();
    json!({
        "call": answer.at("/call/state"), "applications": answer.at("/applications/totalCount"), "pairings": states(&pairings), "agreements": states(&agreements),
        "owed": answer.at("/obligations/totalCount") != &json!(0), "applicationsFound": found.iter().filter(|kind| kind.contains("Application")).count(),
        "callsFound": found.iter().filter(|kind| kind.contains("Call")).count(),
    })
}

/// All see the same of what is public; of applications and what is owed each sees their own.
async fn all_see(hub: &TestHub, call: &str, state: &str, pairings: Value, agreements: Value, applications: [usize; 6], owed: [bool; 6]) {
    for (at, person) in VIEWERS.into_iter().enumerate() {
        let expected = json!({ "call": state, "applications": applications[at], "pairings": pairings, "agreements": agreements, "owed": owed[at],
            "applicationsFound": applications[at], "callsFound": 1 });
        assert_eq!(sees(hub, person, call).await, expected, "{person:?}, the call is {state}");
    }
}

async fn types(hub: &TestHub, person: Option<&str>, subject: &str) -> Vec<String> {
    let query = "query($id: ID!) { exchangeEvents(last: 50, filter: { subjects: [$id] }) { nodes { type } } }";
    let answer = hub.run(person, query, json!({ "id": subject })).await;
    let nodes = answer.at("/exchangeEvents/nodes").as_array().expect("a list").clone();
    nodes.iter().map(|node| node["type"].as_str().expect("a type").to_owned()).collect()
}

async fn reaches(hub: &TestHub, call: &str, wanted: &str) {
    let query = "query($id: ID!) { node(id: $id) { ... on Call { state } } }";
    eventually(wanted, || async { (hub.run(None, query, json!({ "id": call })).await.at("/node/state") == wanted).then_some(()) }).await;
}

/// Drafts and hands in an application on a theme that the city needs and one that it offers.
async fn applies(hub: &TestHub, person: &str, call: &str, city: &str, [needs, offers]: [&str; 2]) -> String {
    let line =
        async |theme: &str| json!([{ "theme": hub.id("theme", theme).await, "text": format!("Quincunx of {theme}"), "language": "en" }]);
    let input = json!({ "call": call, "city": hub.id("city", city).await, "workingLanguages": ["en"], "challenges": line(needs).await, "strengths": line(offers).await });
    let drafted = done(hub, person, "createApplication", "application { id }", input).await;
    let id = drafted.text("/createApplication/application/id").to_owned();
    assert_eq!(types(hub, Some(people::OFFICER), &id).await, Vec::<String>::new(), "a draft is its city's alone");
    done(hub, person, "submitApplication", "application { id }", json!({ "id": id })).await;
    id
}

/// The light of what is owed of a kind, as the officer sees it.
async fn light(hub: &TestHub, pairing: &str, kind: &str) -> (String, String, String) {
    let query = "query($filter: ObligationFilter) { obligations(filter: $filter) { nodes { id state light } } }";
    let answer = hub.run(Some(people::OFFICER), query, json!({ "filter": { "pairings": [pairing], "kinds": [kind] } })).await;
    let text = |field: &str| answer.text(&format!("/obligations/nodes/0/{field}")).to_owned();
    (text("id"), text("state"), text("light"))
}

async fn becomes(hub: &TestHub, pairing: &str, kind: &str, wanted: (&str, &str)) -> String {
    eventually(&format!("{kind} {wanted:?}"), || async {
        let (id, state, light) = light(hub, pairing, kind).await;
        ((&*state, &*light) == wanted).then_some(id)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_goes_from_announced_to_a_completed_pairing_and_each_sees_their_part() {
    for backend in both() {
        let hub = TestHub::demo(backend).await;
        let on = |day: &str| json!({ "verbatim": day, "earliest": day, "latest": day, "precision": "DAY" });
        let rules = json!({ "minimumCooperationMonths": 18, "maximumSupportMonths": 18, "planDueMonths": 12 });
        let input = json!({ "programme": hub.id("programme", "iuc-north-america").await, "name": "Quincunx", "rules": rules, "opens": on("2026-06-03"), "closes": on("2026-06-05"),
            "sides": [{ "name": "west", "countries": ["US"] }, { "name": "east", "countries": ["FR", "IT"] }] });
        assert_eq!(step(&hub, people::AUSTIN, "createCall", input.clone()).await.code(), "FORBIDDEN");
        let call = done(&hub, people::OFFICER, "createCall", "call { id }", input).await.text("/createCall/call/id").to_owned();
        let nobody = [false; 6];

        // Announced: everybody knows of it.
        all_see(&hub, &call, "ANNOUNCED", json!([]), json!([]), [0; 6], nobody).await;
        nothing_else_is_possible(&hub, &[&Thing::call(&call)]).await;

        // It opens by itself, and three cities hand in what only they and the officer read.
        hub.still.pass(2 * DAY);
        reaches(&hub, &call, "OPEN").await;
        let austin = applies(&hub, people::AUSTIN, &call, "austin", ["stormwater", "urban-heat"]).await;
        let lyon = applies(&hub, people::LYON, &call, "lyon", ["urban-heat", "stormwater"]).await;
        let bologna = applies(&hub, people::BOLOGNA, &call, "bologna", ["recycling", "tourism"]).await;
        let handed_in = [0, 3, 1, 1, 1, 0];
        all_see(&hub, &call, "OPEN", json!([]), json!([]), handed_in, nobody).await;
        let applications = [&austin, &lyon, &bologna].map(|id| Thing::application(id));
        nothing_else_is_possible(&hub, &[&Thing::call(&call), &applications[0], &applications[1], &applications[2]]).await;

        // It closes by itself; who comes late is told so.
        hub.still.pass(3 * DAY);
        reaches(&hub, &call, "CLOSED").await;
        let late = json!({ "call": call, "city": hub.id("city", "turin").await, "challenges": [] });
        assert_ne!(step(&hub, people::OFFICER, "createApplication", late).await.code(), "", "the call is closed");

        // The officer reads who fits whom, and nobody else: the call does not say that cities may.
        let query = "query($call: ID!, $application: ID!) { node(id: $call) { ... on Call { matches(application: $application) { score city { slug } reasons { points } } } } }";
        let ranked = hub.run(Some(people::OFFICER), query, json!({ "call": call, "application": austin })).await;
        let first = ranked.at("/node/matches/0");
        assert_eq!(first["city"]["slug"], "lyon", "{:#}", ranked.json);
        let points: i64 =
            first["reasons"].as_array().expect("reasons").iter().map(|reason| reason["points"].as_i64().expect("points")).sum();
        assert_eq!(json!(points), first["score"]);
        for person in [people::AUSTIN, people::LYON, people::STAKEHOLDER] {
            assert_eq!(
                hub.run(Some(person), query, json!({ "call": call, "application": austin })).await.json["data"]["node"]["matches"],
                Value::Null,
                "{person}"
            );
        }

        // The best whole is proposed and decided, in one act that tells everyone their part.
        assert_eq!(step(&hub, people::LYON, "proposeAssignment", json!({ "call": call })).await.code(), "FORBIDDEN");
        let proposed = done(&hub, people::OFFICER, "proposeAssignment", "assignment { id }", json!({ "call": call })).await;
        let assignment = proposed.text("/proposeAssignment/assignment/id").to_owned();
        let decision = json!({ "id": call, "assignment": assignment, "reason": "No city of the other side shares your question." });
        assert_eq!(step(&hub, people::AUSTIN, "decideCall", decision.clone()).await.code(), "FORBIDDEN");
        done(&hub, people::OFFICER, "decideCall", "call { state }", decision).await;
        let owed = [false, true, true, true, false, false];
        all_see(&hub, &call, "DECIDED", json!(["MATCHED"]), json!([]), handed_in, owed).await;
        assert!(types(&hub, Some(people::LYON), &lyon).await.contains(&"APPLICATION_MATCHED".to_owned()));
        assert!(types(&hub, Some(people::BOLOGNA), &bologna).await.contains(&"APPLICATION_DECLINED".to_owned()));
        assert_eq!(types(&hub, Some(people::AUSTIN), &bologna).await, Vec::<String>::new());
        let query = "query($id: ID!) { node(id: $id) { ... on Application { state reason } } }";
        let own = hub.run(Some(people::BOLOGNA), query, json!({ "id": bologna })).await;
        assert_eq!(own.at("/node"), &json!({ "state": "DECLINED", "reason": "No city of the other side shares your question." }));
        let pairing = "query($call: ID!) { pairings(filter: { calls: [$call] }) { nodes { id } } }";
        let pairing = hub.run(None, pairing, json!({ "call": call })).await.text("/pairings/nodes/0/id").to_owned();
        nothing_else_is_possible(&hub, &[&Thing::call(&call), &applications[0], &applications[2], &Thing::pairing(&pairing, "MATCHED")])
            .await;

        // They invite a stakeholder, sign, and begin.
        let role = json!({ "role": "STAKEHOLDER", "pairing": pairing });
        let stakeholder = json!({ "email": "tomas-stakeholder@example.org", "name": "Tomás", "role": role });
        done(&hub, people::LYON, "addMember", "person { id }", stakeholder).await;
        let owed = [false, true, true, true, false, true];
        let input = json!({ "pairing": pairing, "title": "Memorandum", "language": "en" });
        assert_eq!(step(&hub, people::BOLOGNA, "createAgreement", input.clone()).await.code(), "FORBIDDEN");
        let agreement =
            done(&hub, people::AUSTIN, "createAgreement", "agreement { id }", input).await.text("/createAgreement/agreement/id").to_owned();
        done(&hub, people::OFFICER, "updatePairing", "pairing { id }", json!({ "id": pairing, "state": "AGREED" })).await;
        nothing_else_is_possible(&hub, &[&Thing::pairing(&pairing, "AGREED"), &Thing::agreement(&agreement)]).await;
        for (person, city) in [(people::AUSTIN, "austin"), (people::LYON, "lyon")] {
            let signature = json!({ "id": agreement, "member": hub.id("city", city).await, "name": "Ann" });
            assert_eq!(step(&hub, people::BOLOGNA, "signAgreement", signature.clone()).await.code(), "FORBIDDEN");
            done(&hub, person, "signAgreement", "agreement { id }", signature).await;
        }
        becomes(&hub, &pairing, "SIGN_AGREEMENT", ("MET", "GREEN")).await;
        done(
            &hub,
            people::OFFICER,
            "updatePairing",
            "pairing { id }",
            json!({ "id": pairing, "state": "ACTIVE", "startedOn": "2026-06-06" }),
        )
        .await;
        all_see(&hub, &call, "DECIDED", json!(["ACTIVE"]), json!(["SIGNED"]), handed_in, owed).await;
        nothing_else_is_possible(&hub, &[&Thing::pairing(&pairing, "ACTIVE"), &Thing::agreement(&agreement)]).await;

        // Each whose promise it is has its days in a calendar, and nobody else.
        let query = "query($id: ID!) { node(id: $id) { ... on Pairing { calendarUrl } } }";
        for (at, person) in VIEWERS.into_iter().enumerate() {
            if person.is_some() {
                hub.run(person, "mutation { renewCalendarAddresses { errors { code } } }", json!({})).await;
            }
            let has_calendar = !hub.run(person, query, json!({ "id": pairing })).await.at("/node/calendarUrl").is_null();
            assert_eq!(has_calendar, owed[at], "{person:?}");
        }

        // A year later the plan is late; the officer does without it, with a reason that the cities read.
        hub.still.pass(380 * DAY);
        let plan = becomes(&hub, &pairing, "DELIVER_PLAN", ("OVERDUE", "RED")).await;
        let overdue = types(&hub, Some(people::LYON), &plan).await;
        assert_eq!(overdue.iter().filter(|of| *of == "OBLIGATION_OVERDUE").count(), 1, "{overdue:?}");
        assert_eq!(types(&hub, None, &plan).await, Vec::<String>::new());
        let waiver = json!({ "id": plan, "reason": "The flood of May took the people who wrote it." });
        assert_eq!(step(&hub, people::AUSTIN, "waiveObligation", waiver.clone()).await.code(), "FORBIDDEN");
        assert_eq!(step(&hub, people::BOLOGNA, "waiveObligation", waiver.clone()).await.code(), "NOT_FOUND");
        done(&hub, people::OFFICER, "waiveObligation", "obligation { id }", waiver).await;
        becomes(&hub, &pairing, "DELIVER_PLAN", ("WAIVED", "GREEN")).await;

        // Eighteen months on they have cooperated as long as they promised, which is told once; the officer says that they are done.
        hub.still.pass(180 * DAY);
        let minimum = becomes(&hub, &pairing, "REACH_MINIMUM", ("MET", "GREEN")).await;
        let reached = types(&hub, Some(people::AUSTIN), &minimum).await;
        assert_eq!(reached.iter().filter(|of| *of == "COMMITMENT_REACHED").count(), 1, "{reached:?}");
        assert_eq!(step(&hub, people::LYON, "updatePairing", json!({ "id": pairing, "state": "COMPLETED" })).await.code(), "FORBIDDEN");
        done(&hub, people::OFFICER, "updatePairing", "pairing { id }", json!({ "id": pairing, "state": "COMPLETED" })).await;
        all_see(&hub, &call, "DECIDED", json!(["COMPLETED"]), json!(["SIGNED"]), handed_in, owed).await;
        nothing_else_is_possible(&hub, &[&Thing::call(&call), &Thing::pairing(&pairing, "COMPLETED"), &applications[1]]).await;
        let of_pairing = types(&hub, None, &pairing).await;
        assert_eq!(of_pairing, ["PAIRING_MATCHED", "PAIRING_AGREED", "PAIRING_ACTIVATED", "PAIRING_COMPLETED"]);
        hub.end().await;
    }
}
