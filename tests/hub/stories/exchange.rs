//! Seminars whole: proposed and accepted, held by whom it may be, waited for, attended, documented.
use serde_json::{Value, json};

use crate::kit::{Answer, TestHub, on_both, people};

const SEMINAR: &str = "seminar { id state audience { scope } viewerCan host { slug } organisation { slug } programme { slug } holder { __typename } registered waiting attendance { attended absent unknown walkIns } proposedBy { slug } }";
const REGISTER: &str = "mutation($input: RegisterForSeminarInput!) { registerForSeminar(input: $input) { seminar { registered waiting placesLeft viewerRegistration { state } } errors { code path } } }";
const UNREGISTER: &str = "mutation($input: UnregisterFromSeminarInput!) { unregisterFromSeminar(input: $input) { seminar { registered waiting } errors { code } } }";

/// A mutation of seminars, by its name and input.
async fn act(hub: &TestHub, person: Option<&str>, name: &str, input: Value) -> Answer {
    let of = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let query = format!("mutation($input: {of}!) {{ {name}(input: $input) {{ {SEMINAR} errors {{ code path message }} }} }}");
    hub.run(person, &query, json!({ "input": input })).await
}

async fn outline(hub: &TestHub, kind: &str, host: (&str, &str), more: Value) -> Value {
    let mut input = json!({ "host": hub.id(host.0, host.1).await, "kind": kind, "language": "en", "title": "Deichkunde", "startsAt": "2026-09-01T10:00:00Z", "timeZone": "Europe/Berlin" });
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    input
}

async fn register(hub: &TestHub, person: &str, id: &str, waits: bool) -> Answer {
    hub.run(Some(person), REGISTER, json!({ "input": { "id": id, "waits": waits } })).await
}

async fn stands(hub: &TestHub, person: &str, id: &str) -> String {
    let own = hub
        .run(Some(person), "query($id: ID!) { node(id: $id) { ... on Seminar { viewerRegistration { state } } } }", json!({ "id": id }))
        .await;
    own.json.pointer("/data/node/viewerRegistration/state").and_then(Value::as_str).unwrap_or("NONE").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_member_proposes_a_seminar_and_its_host_accepts_it() {
    on_both(true, |hub| {
        Box::pin(async move {
            let programme = hub.id("programme", "iuc-north-america").await;
            let pairing = hub.id("pairing", "austin-bologna").await;
            let of_programme = outline(hub, "PEER_REVIEW", ("city", "hamburg"), json!({ "programme": programme })).await;
            let proposed = act(hub, Some(people::AUSTIN), "proposeSeminar", of_programme.clone()).await;
            assert_eq!(proposed.at("/proposeSeminar/errors"), &json!([]));
            let told = |name: &str| proposed.at(&format!("/proposeSeminar/seminar/{name}")).clone();
            assert_eq!((told("state"), told("audience/scope"), told("viewerCan"), told("proposedBy/slug")), (json!("PROPOSED"), json!("PROGRAMME"), json!(["RETRACT"]), json!(people::AUSTIN)));
            let id = proposed.text("/proposeSeminar/seminar/id").to_owned();

            // Who is no member proposes nothing, nor through nothing; who does not see it learns nothing of it.
            for (person, code) in [(None, "UNAUTHENTICATED"), (Some(people::READER), "FORBIDDEN"), (Some(people::STAKEHOLDER), "FORBIDDEN")] {
                assert_eq!(act(hub, person, "proposeSeminar", of_programme.clone()).await.code(), code, "{person:?}");
            }
            let through_nothing = outline(hub, "SEMINAR", ("city", "hamburg"), json!({})).await;
            assert_eq!(act(hub, Some(people::AUSTIN), "proposeSeminar", through_nothing).await.code(), "REQUIRED");
            let other = outline(hub, "SEMINAR", ("city", "bologna"), json!({ "pairing": pairing })).await;
            assert_eq!(act(hub, Some(people::HAMBURG), "proposeSeminar", other.clone()).await.code(), "FORBIDDEN");
            assert_eq!(act(hub, Some(people::AUSTIN), "proposeSeminar", other).await.text("/proposeSeminar/seminar/audience/scope"), "PAIRING");
            let look = "query($id: ID!) { node(id: $id) { id } search(text: \"Deichkunde\") { totalCount } exchangeEvents(filter: { subjects: [$id] }) { nodes { type } } }";
            hub.indexed().await;
            let public = hub.run(None, look, json!({ "id": id })).await;
            assert_eq!((public.at("/node"), public.at("/search/totalCount"), public.at("/exchangeEvents/nodes")), (&Value::Null, &json!(0), &json!([])));

            // The host answers; nobody else does.
            for (person, code) in [(people::AUSTIN, "FORBIDDEN"), (people::LYON, "FORBIDDEN"), (people::READER, "NOT_FOUND")] {
                assert_eq!(act(hub, Some(person), "acceptSeminar", json!({ "id": id })).await.code(), code, "{person}");
            }
            let accepted = act(hub, Some(people::HAMBURG), "acceptSeminar", json!({ "id": id })).await;
            assert_eq!((accepted.text("/acceptSeminar/seminar/state"), accepted.text("/acceptSeminar/seminar/audience/scope")), ("SCHEDULED", "PUBLIC"));
            assert_eq!(act(hub, Some(people::HAMBURG), "acceptSeminar", json!({ "id": id })).await.code(), "WRONG_STATE");
            let public = hub.run(None, look, json!({ "id": id })).await;
            assert_eq!(public.at("/exchangeEvents/nodes"), &json!([{ "type": "SEMINAR_SCHEDULED" }]), "what was before stays with those who were told");
            let members = hub.run(Some(people::LYON), look, json!({ "id": id })).await;
            assert_eq!(members.at("/exchangeEvents/nodes"), &json!([{ "type": "SEMINAR_PROPOSED" }, { "type": "SEMINAR_SCHEDULED" }]));

            // A proposal is taken back by who made it; one that would have begun is not accepted.
            let mut second = of_programme;
            second["slug"] = json!("second-proposal");
            let again = act(hub, Some(people::AUSTIN), "proposeSeminar", second).await;
            let second = again.text("/proposeSeminar/seminar/id").to_owned();
            assert_eq!(act(hub, Some(people::LYON), "retractSeminar", json!({ "id": second, "reason": "No." })).await.code(), "FORBIDDEN");
            let retracted = act(hub, Some(people::AUSTIN), "retractSeminar", json!({ "id": second, "reason": "Nobody has time." })).await;
            assert_eq!(retracted.text("/retractSeminar/seminar/state"), "CANCELLED");
            let late = outline(hub, "SEMINAR", ("city", "hamburg"), json!({ "programme": programme, "slug": "late-proposal", "startsAt": "2020-01-01T10:00:00Z" })).await;
            let late = act(hub, Some(people::AUSTIN), "proposeSeminar", late).await.text("/proposeSeminar/seminar/id").to_owned();
            assert_eq!(act(hub, Some(people::HAMBURG), "acceptSeminar", json!({ "id": late })).await.code(), "WRONG_STATE");
            // What was proposed and is not answered is handed on.
            let list = "{ viewer { person { responsibilities { what } seminarsProposed { totalCount } } } }";
            let duties = hub.run(Some(people::AUSTIN), list, json!({})).await;
            assert!(duties.json.to_string().contains("has not answered"), "{:#}", duties.json);
            assert_eq!(duties.at("/viewer/person/seminarsProposed/totalCount"), 4);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_an_organisation_or_a_programme_holds_a_seminar() {
    on_both(true, |hub| {
        Box::pin(async move {
            let by_programme = outline(hub, "MATCHMAKING", ("programme", "iuc-north-america"), json!({})).await;
            assert_eq!(act(hub, Some(people::HAMBURG), "scheduleSeminar", by_programme.clone()).await.code(), "FORBIDDEN");
            let held = act(hub, Some(people::OFFICER), "scheduleSeminar", by_programme).await;
            let told = |name: &str| held.at(&format!("/scheduleSeminar/seminar/{name}")).clone();
            assert_eq!((told("host"), told("organisation"), told("holder/__typename"), told("programme/slug")), (Value::Null, Value::Null, json!("Programme"), json!("iuc-north-america")), "{:#}", held.json);

            let by_organisation = outline(hub, "SEMINAR", ("organisation", "hafenuni-hamburg"), json!({})).await;
            assert_eq!(act(hub, Some(people::AUSTIN), "scheduleSeminar", by_organisation.clone()).await.code(), "FORBIDDEN");
            let held = act(hub, Some(people::HAMBURG), "scheduleSeminar", by_organisation).await;
            let told = |name: &str| held.at(&format!("/scheduleSeminar/seminar/{name}")).clone();
            assert_eq!((told("host"), told("organisation/slug"), told("holder/__typename")), (Value::Null, json!("hafenuni-hamburg"), json!("Organisation")), "{:#}", held.json);
            let id = held.text("/scheduleSeminar/seminar/id").to_owned();
            assert!(told("viewerCan").as_array().expect("acts").contains(&json!("UPDATE")));
            hub.indexed().await;
            let ways = "query($id: ID!) { organisation(slug: \"hafenuni-hamburg\") { seminars { nodes { id } } } seminars(filter: { organisations: [\"hafenuni-hamburg\"] }) { nodes { id } }
                search(text: \"Hafenuni Deichkunde\", filter: { kinds: [SEMINAR] }) { nodes { id } } node(id: $id) { ... on Seminar { viewerCan } } }";
            let found = hub.run(None, ways, json!({ "id": id })).await;
            for way in ["/organisation/seminars/nodes/0/id", "/seminars/nodes/0/id"] {
                assert_eq!(found.at(way), &json!(id), "{way}");
            }
            // Another city keeps the organisation: the seminar is its people's.
            let moved = json!({ "kind": "organisation", "slug": "hafenuni-hamburg", "name": "Hafenuni", "organisation_kind": "ACADEMIA", "city": "austin" });
            assert!(!hub.import(&format!("{moved}\n")).await.any_refused());
            let can = async |person: &str| hub.run(Some(person), ways, json!({ "id": id })).await.at("/node/viewerCan").as_array().expect("acts").len();
            let can = (can(people::AUSTIN).await, can(people::HAMBURG).await);
            assert!(can.0 > 0 && can.1 == 0, "{can:?}");
            // Nobody holds it, or two do: refused, however it comes.
            let record = |more: Value| {
                let mut record = json!({ "kind": "seminar", "slug": "held-by", "seminar_kind": "SEMINAR", "title": "X", "language": "en", "starts_at": "2026-09-01T10:00:00Z", "time_zone": "Europe/Berlin" });
                for (name, value) in more.as_object().expect("an object") {
                    record[name] = value.clone();
                }
                format!("{record}\n")
            };
            for (more, place) in [(json!({}), "“host”"), (json!({ "host": "hamburg", "organisation": "hafenuni-hamburg" }), "“organisation”")] {
                let verdict = format!("{:?}", hub.import(&record(more)).await.verdicts[0].1);
                assert!(verdict.contains(place), "{verdict}");
            }
            assert!(!hub.import(&record(json!({ "organisation": "hafenuni-hamburg" }))).await.any_refused());
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_that_becomes_free_goes_to_who_waited_longest() {
    on_both(true, |hub| {
        Box::pin(async move {
            let input = outline(hub, "SEMINAR", ("city", "hamburg"), json!({ "capacity": 1 })).await;
            let id = act(hub, Some(people::HAMBURG), "scheduleSeminar", input).await.text("/scheduleSeminar/seminar/id").to_owned();
            assert_eq!(register(hub, people::AUSTIN, &id, false).await.at("/registerForSeminar/errors"), &json!([]));
            let full = register(hub, people::BOLOGNA, &id, false).await;
            assert_eq!(full.code(), "FULL");
            for person in [people::BOLOGNA, people::LYON, people::READER] {
                let waiting = register(hub, person, &id, true).await;
                assert_eq!(waiting.text("/registerForSeminar/seminar/viewerRegistration/state"), "WAITING", "{:#}", waiting.json);
                hub.still.pass(1);
            }
            let again = register(hub, people::BOLOGNA, &id, true).await;
            assert_eq!((again.at("/registerForSeminar/seminar/waiting"), again.at("/registerForSeminar/seminar/registered")), (&json!(3), &json!(1)), "waiting twice is waiting once");
            // The list is the host's alone.
            let lists = "query($id: ID!) { node(id: $id) { ... on Seminar { waiting waitingList { nodes { name state } } participants { totalCount } } } }";
            assert!(hub.run(Some(people::BOLOGNA), lists, json!({ "id": id })).await.at("/node/waitingList").is_null());
            let hosts = hub.run(Some(people::HAMBURG), lists, json!({ "id": id })).await;
            assert_eq!((hosts.at("/node/waitingList/nodes").as_array().expect("a list").len(), hosts.at("/node/participants/totalCount")), (3, &json!(1)));

            // One leaves the queue, one gives the place back: who waited longest has it, and hears of it alone.
            hub.run(Some(people::BOLOGNA), UNREGISTER, json!({ "input": { "id": id } })).await;
            let head = hub.app.store.log.head().to_string();
            let freed = hub.run(Some(people::AUSTIN), UNREGISTER, json!({ "input": { "id": id } })).await;
            assert_eq!((freed.at("/unregisterFromSeminar/seminar/registered"), freed.at("/unregisterFromSeminar/seminar/waiting")), (&json!(1), &json!(1)));
            assert_eq!((&*stands(hub, people::LYON, &id).await, &*stands(hub, people::READER, &id).await, &*stands(hub, people::BOLOGNA, &id).await), ("REGISTERED", "WAITING", "NONE"));
            let heard = "query($after: String) { exchangeEvents(after: $after) { nodes { type } } }";
            for (person, told) in [(Some(people::LYON), true), (Some(people::HAMBURG), false), (Some(people::READER), false), (None, false)] {
                let events = hub.run(person, heard, json!({ "after": head })).await;
                assert_eq!(events.json.to_string().contains("SEMINAR_PLACE_FOUND"), told, "{person:?}");
            }
            // More places: the rest move up. Narrowing the seminar tells nobody of it.
            let more = hub.run(Some(people::HAMBURG), "mutation($input: UpdateSeminarInput!) { updateSeminar(input: $input) { seminar { registered waiting placesLeft } errors { code } } }", json!({ "input": { "id": id, "capacity": 3 } })).await;
            assert_eq!(more.at("/updateSeminar/seminar"), &json!({ "registered": 2, "waiting": 0, "placesLeft": 1 }));
            assert_eq!(stands(hub, people::READER, &id).await, "REGISTERED");
            hub.run(Some(people::HAMBURG), "mutation($input: UpdateSeminarInput!) { updateSeminar(input: $input) { errors { code } } }", json!({ "input": { "id": id, "shareWith": hub.id("city", "hamburg").await } })).await;
            let events = hub.run(Some(people::HAMBURG_TOO), heard, json!({ "after": head })).await;
            assert!(!events.json.to_string().contains("SEMINAR_PLACE_FOUND"));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_moves_up_is_notified_whatever_they_follow_and_nobody_else_is() {
    on_both(true, |hub| {
        Box::pin(async move {
            let input = outline(hub, "SEMINAR", ("city", "hamburg"), json!({ "capacity": 1 })).await;
            let id = act(hub, Some(people::HAMBURG), "scheduleSeminar", input).await.text("/scheduleSeminar/seminar/id").to_owned();
            for person in [people::AUSTIN, people::LYON, people::READER] {
                register(hub, person, &id, true).await;
                hub.still.pass(1);
            }
            let told = "{ notifications { unreadCount events(last: 5) { nodes { cursor type summary subjectId } } } }";
            assert_eq!(hub.run(Some(people::LYON), told, json!({})).await.at("/notifications/unreadCount"), &json!(0));
            hub.run(Some(people::AUSTIN), UNREGISTER, json!({ "input": { "id": id } })).await;
            for person in [people::AUSTIN, people::READER, people::HAMBURG] {
                assert_eq!(hub.run(Some(person), told, json!({})).await.at("/notifications/unreadCount"), &json!(0), "{person}");
            }
            let heard = hub.run(Some(people::LYON), told, json!({})).await;
            let event = heard.at("/notifications/events/nodes/0");
            assert_eq!(
                (heard.at("/notifications/unreadCount"), &event["type"], &event["summary"], &event["subjectId"]),
                (&json!(1), &json!("SEMINAR_PLACE_FOUND"), &json!("Deichkunde"), &json!(id))
            );
            let read = "mutation($upto: Position!) { markNotificationsRead(input: { upto: $upto }) { errors { code } } }";
            hub.run(Some(people::LYON), read, json!({ "upto": event["cursor"] })).await;
            assert_eq!(hub.run(Some(people::LYON), told, json!({})).await.at("/notifications/unreadCount"), &json!(0));
            // By more places, too.
            hub.run(
                Some(people::HAMBURG),
                "mutation($input: UpdateSeminarInput!) { updateSeminar(input: $input) { errors { code } } }",
                json!({ "input": { "id": id, "capacity": 2 } }),
            )
            .await;
            assert_eq!(
                hub.run(Some(people::READER), told, json!({})).await.at("/notifications/events/nodes/0/type"),
                "SEMINAR_PLACE_FOUND"
            );
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_came_is_noted_and_a_seminar_is_documented_by_its_documents() {
    on_both(true, |hub| {
        Box::pin(async move {
            let input = outline(hub, "SEMINAR", ("city", "hamburg"), json!({ "startsAt": "2026-06-01T13:00:00Z" })).await;
            let id = act(hub, Some(people::HAMBURG), "scheduleSeminar", input).await.text("/scheduleSeminar/seminar/id").to_owned();
            for person in [people::AUSTIN, people::BOLOGNA, people::LYON] {
                register(hub, person, &id, false).await;
            }
            assert_eq!(act(hub, Some(people::HAMBURG), "recordSeminarAttendance", json!({ "id": id, "walkIns": 3 })).await.code(), "WRONG_STATE", "it has not begun");
            hub.still.pass(86_400);
            let list = hub.run(Some(people::HAMBURG), "query($id: ID!) { node(id: $id) { ... on Seminar { participants { nodes { id attended } } } } }", json!({ "id": id })).await;
            let places: Vec<&str> = list.at("/node/participants/nodes").as_array().expect("a list").iter().map(|node| node["id"].as_str().expect("an id")).collect();
            let noted = json!({ "id": id, "attended": [places[0]], "absent": [places[1]], "walkIns": 3 });
            assert_eq!(act(hub, Some(people::AUSTIN), "recordSeminarAttendance", noted.clone()).await.code(), "FORBIDDEN");
            let wrong = act(hub, Some(people::HAMBURG), "recordSeminarAttendance", json!({ "id": id, "attended": [places[0]], "absent": [places[0]] })).await;
            assert_eq!((wrong.code(), wrong.paths()), ("BAD_INPUT", vec!["input.absent".to_owned()]));
            let done = act(hub, Some(people::HAMBURG), "recordSeminarAttendance", noted).await;
            assert_eq!(done.at("/recordSeminarAttendance/seminar/attendance"), &json!({ "attended": 1, "absent": 1, "unknown": 1, "walkIns": 3 }), "{:#}", done.json);

            assert_eq!(act(hub, Some(people::HAMBURG), "documentSeminar", json!({ "id": id })).await.code(), "WRONG_STATE", "it was not held");
            act(hub, Some(people::HAMBURG), "markSeminarHeld", json!({ "id": id })).await;
            let bare = act(hub, Some(people::HAMBURG), "documentSeminar", json!({ "id": id })).await;
            assert_eq!((bare.code(), bare.paths()), ("REQUIRED", vec!["input.id".to_owned()]));
            let link = "mutation($input: LinkDocumentInput!) { linkDocument(input: $input) { document { kind state } errors { code message } } }";
            let linked = hub.run(Some(people::HAMBURG), link, json!({ "input": { "about": id, "title": "All of it", "link": "https://video.example.org/deich", "kind": "RECORDING", "publish": true } })).await;
            assert_eq!(linked.at("/linkDocument/errors"), &json!([]), "{:#}", linked.json);
            let documented = act(hub, Some(people::HAMBURG), "documentSeminar", json!({ "id": id })).await;
            assert_eq!(documented.text("/documentSeminar/seminar/state"), "DOCUMENTED", "{:#}", documented.json);
            let told = hub.run(None, "query($id: ID!) { exchangeEvents(filter: { subjects: [$id], types: [SEMINAR_DOCUMENTED] }) { totalCount } node(id: $id) { ... on Seminar { documents(filter: { kinds: [RECORDING] }) { nodes { title } } attendance { attended } } } }", json!({ "id": id })).await;
            assert_eq!((told.at("/exchangeEvents/totalCount"), told.text("/node/documents/nodes/0/title"), told.at("/node/attendance/attended")), (&json!(1), "All of it", &json!(1)));
        })
    })
    .await;
}
