//! Webhooks: what happens is sent to a real receiver, signed, in order, as far as its person may see it, until it has arrived.
use std::{collections::BTreeMap, sync::Arc};

use hansa::base::Outbound;
use serde_json::{Value, json};

use crate::kit::{Backend, Received, Receiver, Served, TestHub, both, create, drop_database, eventually, on_both, people};

const MAKE: &str = "mutation($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id name url state query filter { types } savedSearch { id } } secret errors { code message path } position } }";
const CHANGE: &str = "mutation($input: UpdateWebhookInput!) { updateWebhook(input: $input) { webhook { state endedReason since version } errors { code message path } } }";
const ROTATE: &str =
    "mutation($id: ID!) { rotateWebhookSecret(input: { id: $id }) { secret webhook { previousSecretUntil } errors { code } } }";
const TEST: &str = "mutation($id: ID!) { sendTestWebhook(input: { id: $id }) { webhook { id } errors { code } position } }";
const REPLAY: &str =
    "mutation($id: ID!, $after: String!) { replayWebhook(input: { id: $id, after: $after }) { webhook { id } errors { code path } } }";
const RETRY: &str = "mutation($id: ID!, $only: [ID!]) { retryWebhookDeliveries(input: { id: $id, deliveries: $only }) { webhook { id } errors { code path } } }";
const DELETE: &str = "mutation($id: ID!) { deleteWebhook(input: { id: $id }) { deletedId errors { code } } }";
const LOOK: &str = "query($id: ID!) { webhook(id: $id) { state endedReason deliveries(first: 100) { nodes { id messageId cursor type state attempts lastStatus lastError nextAttemptAt subjectId } } } }";
const DRAFT: &str =
    "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code message } position } }";
const REVISE: &str = "mutation($input: UpdatePracticeInput!) { updatePractice(input: $input) { errors { code message } position } }";
const PUBLISH: &str = "mutation($input: PublishPracticeInput!) { publishPractice(input: $input) { errors { code message } position } }";
const ROLES: &str = "mutation($input: UpdatePersonInput!) { updatePerson(input: $input) { errors { code message } } }";

async fn make(hub: &TestHub, person: &str, input: Value) -> (String, String) {
    let made = hub.run(Some(person), MAKE, json!({ "input": input })).await;
    assert_eq!(made.at("/createWebhook/errors"), &json!([]), "{:#}", made.json);
    (made.text("/createWebhook/webhook/id").to_owned(), made.text("/createWebhook/secret").to_owned())
}

async fn draft(hub: &TestHub, title: &str) -> String {
    let city = hub.id("city", "hamburg").await;
    let input = json!({ "city": city, "language": "en", "title": title, "summary": "S.", "difficulties": "None." });
    hub.run(Some(people::HAMBURG), DRAFT, json!({ "input": input })).await.text("/createPractice/practice/id").to_owned()
}

async fn revise(hub: &TestHub, id: &str, title: &str) {
    let revised = hub.run(Some(people::HAMBURG), REVISE, json!({ "input": { "id": id, "title": title } })).await;
    assert_eq!(revised.at("/updatePractice/errors"), &json!([]), "{:#}", revised.json);
}

async fn deliveries(hub: &TestHub, person: &str, id: &str) -> Vec<Value> {
    hub.run(Some(person), LOOK, json!({ "id": id })).await.at("/webhook/deliveries/nodes").as_array().expect("a list").clone()
}

/// Waits until the deliveries of a webhook are as wanted, and answers them.
async fn until(hub: &TestHub, person: &str, id: &str, what: &str, is_so: impl Fn(&[Value]) -> bool + Sync) -> Vec<Value> {
    let is_so = &is_so;
    eventually(what, || async move {
        let found = deliveries(hub, person, id).await;
        is_so(&found).then_some(found)
    })
    .await
}

fn summaries(received: &[Received]) -> Vec<&str> {
    received.iter().map(Received::summary).collect()
}

fn count(deliveries: &[Value], state: &str) -> usize {
    deliveries.iter().filter(|delivery| delivery["state"] == state).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_is_sent_what_its_person_may_see_as_their_query_shapes_it() {
    on_both(true, |hub| {
        Box::pin(async move {
            let receiver = Receiver::start().await;
            let query = "query($subject: ID!, $type: ExchangeEventType!, $cursor: String!) { node(id: $subject) { ... on Practice { title city { name } } } exchangeEvent(cursor: $cursor) { type summary } exchangeEvents(filter: { types: [$type] }, last: 1) { nodes { cursor } } }";
            let input = json!({ "url": receiver.url(), "query": query, "filter": { "types": ["PRACTICE_DRAFTED", "PRACTICE_PUBLISHED"] } });
            let (own, secret) = make(hub, people::HAMBURG, input.clone()).await;
            // Somebody who may not see Hamburg's drafts asks for the same.
            let elsewhere = Receiver::start().await;
            let mut theirs = input.clone();
            theirs["url"] = json!(elsewhere.url());
            let (_, their_secret) = make(hub, people::AUSTIN, theirs).await;

            let id = draft(hub, "Quince walls").await;
            revise(hub, &id, "Quince walls and arches").await;
            hub.run(Some(people::HAMBURG), PUBLISH, json!({ "input": { "id": id } })).await;
            let came = receiver.take(2).await;
            assert_eq!(came.iter().map(|one| one.body["type"].as_str().expect("a type")).collect::<Vec<_>>(), ["PRACTICE_DRAFTED", "PRACTICE_PUBLISHED"]);
            for one in &came {
                assert!(one.is_signed_by(&secret), "{one:?}");
                assert!(!one.is_signed_by(&their_secret));
                assert_eq!(one.signatures(), 1);
                assert_eq!(one.path, "/hook");
                assert_eq!(one.timestamp, (hansa::base::Ambient::now(&*hub.still).0 / 1_000_000).to_string());
                assert_eq!(one.body["data"]["node"]["city"]["name"], "Hamburg");
                assert_eq!(one.body["data"]["exchangeEvent"]["type"], one.body["type"]);
                assert_eq!(one.id, format!("{own}_{}", one.body["cursor"].as_str().expect("a cursor")));
                assert!(one.body["timestamp"].as_str().is_some_and(|at| at.starts_with("2026-06-01T12:")));
            }
            assert_eq!(came[1].body["data"]["node"]["title"], "Quince walls and arches", "a payload is of the moment it is sent");
            let theirs = elsewhere.take(1).await;
            assert_eq!(theirs[0].body["type"], "PRACTICE_PUBLISHED", "a draft of others is not theirs to see");

            // A test goes out whatever the filter says.
            hub.run(Some(people::HAMBURG), TEST, json!({ "id": own })).await;
            let test = receiver.take(1).await;
            assert_eq!((&test[0].body["type"], &test[0].body["data"]["node"]), (&json!("WEBHOOK_TESTED"), &json!({})));

            // After a rotation both secrets sign for a day, and then the new one alone.
            let rotated = hub.run(Some(people::HAMBURG), ROTATE, json!({ "id": own })).await;
            let next = rotated.text("/rotateWebhookSecret/secret").to_owned();
            assert_eq!(rotated.text("/rotateWebhookSecret/webhook/previousSecretUntil"), "2026-06-02T12:00:00Z");
            hub.run(Some(people::HAMBURG), TEST, json!({ "id": own })).await;
            let both = receiver.take(1).await.remove(0);
            assert!(both.signatures() == 2 && both.is_signed_by(&secret) && both.is_signed_by(&next), "{both:?}");
            hub.still.pass(86_400);
            hub.run(Some(people::HAMBURG), TEST, json!({ "id": own })).await;
            let new = receiver.take(1).await.remove(0);
            assert!(new.signatures() == 1 && new.is_signed_by(&next), "{new:?}");

            let told = until(hub, people::HAMBURG, &own, "all are delivered", |all| all.len() == 5 && count(all, "DELIVERED") == 5).await;
            assert_eq!((&told[0]["type"], &told[0]["attempts"], &told[0]["lastStatus"]), (&json!("PRACTICE_DRAFTED"), &json!(1), &json!(200)));
            assert_eq!(told[0]["subjectId"], json!(id));
            // It is its person's alone, and so is what hangs on it.
            let look = hub.run(Some(people::AUSTIN), LOOK, json!({ "id": own })).await;
            assert_eq!(look.at("/webhook"), &Value::Null);
            for (mutation, more) in [(TEST, "/sendTestWebhook"), (ROTATE, "/rotateWebhookSecret"), (DELETE, "/deleteWebhook")] {
                for (person, code) in [(people::AUSTIN, "NOT_FOUND"), (people::ADMINISTRATOR, "FORBIDDEN")] {
                    let refused = hub.run(Some(person), mutation, json!({ "id": own })).await;
                    assert_eq!(refused.at(&format!("{more}/errors/0/code")), code, "{mutation} as {person}");
                }
            }
            // The secret stands in nobody's past.
            let past = hansa::store::Reader::hub(hub.app.store.db.clone());
            let (_, uuid) = hansa::base::id::split(&own).expect("an id");
            let past = serde_json::to_string(&past.history(&[uuid], &["webhook"]).await.expect("no fault").iter().map(|saved| saved.after.clone()).collect::<Vec<_>>()).expect("JSON");
            assert!(past.contains("127.0.0.1") && !past.contains("whsec_") && !past.contains(&secret[6..]), "{past}");

            let gone = hub.run(Some(people::HAMBURG), DELETE, json!({ "id": own })).await;
            assert_eq!(gone.at("/deleteWebhook/deletedId"), &json!(own));
            assert_eq!(hub.run(Some(people::HAMBURG), LOOK, json!({ "id": own })).await.at("/webhook"), &Value::Null);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_t_be_asked_or_reached_is_refused_when_it_is_saved() {
    let hub = TestHub::demo(Backend::Sqlite).await;
    let refused = async |person: Option<&'static str>, input: Value| {
        let answer = hub.run(person, MAKE, json!({ "input": input })).await;
        (
            answer.code().to_owned(),
            answer
                .at("/createWebhook/errors/0/path")
                .as_array()
                .map(|path| path.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("."))
                .unwrap_or_default(),
        )
    };
    let good = "https://example.org/hook";
    assert_eq!(refused(None, json!({ "url": good })).await.0, "UNAUTHENTICATED");
    for bad in [
        "http://93.184.215.14/",
        "https://10.0.0.1/",
        "https://0xa9fea9fe/",
        "https://[::ffff:192.168.0.1]/",
        "https://user@example.org/",
        "https://example.org:22/",
        "gopher://example.org/",
    ] {
        assert_eq!(refused(Some(people::HAMBURG), json!({ "url": bad })).await, ("BAD_INPUT".to_owned(), "input.url".to_owned()), "{bad}");
    }
    let deep =
        format!("{{ programmes {{ nodes {} }} }}", "{ cities { nodes { programmes { nodes ".repeat(9) + "{ id }" + &"} } } }".repeat(9));
    for bad in [
        "{ nothingOfThis }",
        "query {",
        "mutation { unfollow(input: { id: \"x\" }) { unfollowedId } }",
        "subscription { exchangeEvents { __typename } }",
        "query($other: String!) { exchangeEvent(cursor: $other) { id } }",
        "query($cursor: Int!) { practices(first: $cursor) { totalCount } }",
        "{ cities(first: 100) { nodes { practices(first: 100) { nodes { documents(first: 100) { nodes { id } } } } } } }",
        &deep,
    ] {
        let input = json!({ "url": good, "query": bad });
        assert_eq!(refused(Some(people::HAMBURG), input).await, ("BAD_INPUT".to_owned(), "input.query".to_owned()), "{bad}");
    }
    let filter = json!({ "url": good, "filter": { "subjects": ["nothing_like_this"] } });
    assert_eq!(refused(Some(people::HAMBURG), filter).await, ("BAD_INPUT".to_owned(), "input.filter.subjects".to_owned()));
    let (id, _) = make(&hub, people::HAMBURG, json!({ "url": good })).await;
    let change = hub.run(Some(people::HAMBURG), CHANGE, json!({ "input": { "id": id, "url": "https://10.0.0.1./" } })).await;
    assert_eq!(change.code(), "BAD_INPUT");
    let stale = hub.run(Some(people::HAMBURG), CHANGE, json!({ "input": { "id": id, "expectedVersion": 7, "name": "Other" } })).await;
    assert_eq!(stale.code(), "CONFLICT");
    hub.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_delivery_holds_back_its_own_subject_and_is_tried_for_a_day() {
    on_both(true, |hub| {
        Box::pin(async move {
            let receiver = Receiver::start().await;
            let (id, _) = make(hub, people::HAMBURG, json!({ "url": receiver.url() })).await;
            receiver.answers(|one| if one.summary().starts_with("Bad") { (500, None) } else { (204, None) });
            let bad = draft(hub, "Bad 1").await;
            revise(hub, &bad, "Bad 2").await;
            revise(hub, &bad, "Bad 3").await;
            let good = draft(hub, "Good 1").await;
            revise(hub, &good, "Good 2").await;
            let told =
                until(hub, people::HAMBURG, &id, "what can be delivered is", |all| count(all, "DELIVERED") == 2 && all[0]["attempts"] == 1)
                    .await;
            assert_eq!(
                told.iter().map(|one| one["state"].as_str().expect("a state")).collect::<Vec<_>>(),
                ["WAITING", "HELD", "HELD", "DELIVERED", "DELIVERED"]
            );
            assert_eq!((&told[0]["lastStatus"], &told[0]["lastError"]), (&json!(500), &json!("The receiver answered 500.")));
            let came = receiver.take(3).await;
            assert_eq!(summaries(&came).iter().filter(|one| one.starts_with("Good")).count(), 2);

            // Not before its time, and then again under the same name.
            let first = came.iter().find(|one| one.summary() == "Bad 1").expect("it was tried").id.clone();
            hub.still.pass(7);
            let again = receiver.take(1).await;
            assert_eq!((summaries(&again), &again[0].id), (vec!["Bad 1"], &first));
            until(hub, people::HAMBURG, &id, "the failure is noted", |all| all[0]["attempts"] == 2).await;
            // The receiver is mended: all of it comes, in its order.
            receiver.answers(|_| (200, None));
            hub.still.pass(60);
            assert_eq!(summaries(&receiver.take(3).await), ["Bad 1", "Bad 2", "Bad 3"]);
            until(hub, people::HAMBURG, &id, "all are delivered", |all| count(all, "DELIVERED") == 5).await;

            // A redirect is followed nowhere, and what asks for time has it.
            let url = receiver.url();
            receiver.answers(move |_| (307, Some(("location", format!("{url}/elsewhere")))));
            draft(hub, "Moved").await;
            let told = until(hub, people::HAMBURG, &id, "it failed", |all| all.len() == 6 && all[5]["attempts"] == 1).await;
            assert_eq!(told.last().expect("one")["lastError"], "The receiver answered 307: redirects are not followed.");
            assert!(receiver.take(1).await.iter().all(|one| one.path == "/hook"));
            receiver.answers(|_| (429, Some(("retry-after", "3000".to_owned()))));
            hub.still.pass(7);
            receiver.take(1).await;
            let asked =
                until(hub, people::HAMBURG, &id, "it asked for time", |all| all.last().is_some_and(|one| one["attempts"] == 2)).await;
            let next = hansa::base::Moment::parse(asked.last().expect("one")["nextAttemptAt"].as_str().expect("a time")).expect("a time");
            assert_eq!(next.0 - hansa::base::Ambient::now(&*hub.still).0, 3_000_000_000, "the receiver has the time it asked for");

            // A day of failures makes a dead letter, which is kept and can be tried again.
            receiver.answers(|_| (503, None));
            for attempts in 3..=11 {
                hub.still.pass(12 * 3_600);
                until(hub, people::HAMBURG, &id, "it is tried again", |all| all.last().is_some_and(|one| one["attempts"] == attempts))
                    .await;
            }
            let dead = deliveries(hub, people::HAMBURG, &id).await.pop().expect("one");
            assert_eq!((&dead["state"], &dead["nextAttemptAt"]), (&json!("DEAD"), &Value::Null));
            assert_eq!(receiver.take(9).await.len(), 9);
            receiver.answers(|_| (200, None));
            let unknown = hub.run(Some(people::HAMBURG), RETRY, json!({ "id": id, "only": [told[0]["id"]] })).await;
            assert_eq!(unknown.code(), "NOT_FOUND", "it is no dead letter");
            let retried = hub.run(Some(people::HAMBURG), RETRY, json!({ "id": id, "only": [dead["id"]] })).await;
            assert_eq!(retried.at("/retryWebhookDeliveries/errors"), &json!([]));
            let last = receiver.take(1).await;
            assert_eq!((&json!(last[0].id), last[0].summary()), (&dead["messageId"], "Moved"));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_was_down_for_an_hour_gets_everything_in_order_and_holds_back_nobody() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (mut down, up, stalled) = (Receiver::start().await, Receiver::start().await, Receiver::start().await);
            let types = json!({ "types": ["PRACTICE_DRAFTED", "PRACTICE_REVISED"] });
            let (id, secret) = make(hub, people::HAMBURG, json!({ "url": down.url(), "filter": types })).await;
            make(hub, people::HAMBURG, json!({ "url": up.url(), "filter": types })).await;
            make(hub, people::HAMBURG, json!({ "url": stalled.url(), "filter": types })).await;
            down.goes_down().await;
            stalled.stalls(true);
            let mut expected: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for number in 0..6 {
                let subject = draft(hub, &format!("{number} first")).await;
                revise(hub, &subject, &format!("{number} second")).await;
                expected.insert(number.to_string(), vec![format!("{number} first"), format!("{number} second")]);
                hub.still.pass(600);
            }
            // One that listens has it all meanwhile, whatever becomes of the others.
            assert_eq!(up.take(12).await.len(), 12);
            let told = until(hub, people::HAMBURG, &id, "each was tried", |all| {
                all.iter().all(|one| one["state"] == "HELD" || one["attempts"].as_i64() > Some(0))
            })
            .await;
            assert!(told.len() == 12 && count(&told, "WAITING") == 6 && count(&told, "HELD") == 6, "{told:#?}");
            assert!(told[0]["lastError"].as_str().is_some_and(|error| error.starts_with("The receiver can't be reached")), "{told:#?}");
            down.comes_up().await;
            stalled.stalls(false);
            let came = loop {
                hub.still.pass(3_600);
                let all = deliveries(hub, people::HAMBURG, &id).await;
                if count(&all, "DELIVERED") == 12 {
                    break down.take(12).await;
                }
                tokio::task::yield_now().await;
            };
            let mut by_subject: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for one in &came {
                assert!(one.is_signed_by(&secret));
                by_subject.entry(one.summary()[..1].to_owned()).or_default().push(one.summary().to_owned());
            }
            assert_eq!(by_subject, expected);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_hidden_now_is_not_sent_and_an_end_tells_its_reason() {
    on_both(true, |hub| {
        Box::pin(async move {
            let receiver = Receiver::start().await;
            let (id, _) =
                make(hub, people::HAMBURG_TOO, json!({ "url": receiver.url(), "filter": { "types": ["PRACTICE_DRAFTED"] } })).await;
            receiver.answers(|_| (500, None));
            draft(hub, "Seen, then hidden").await;
            until(hub, people::HAMBURG_TOO, &id, "it was tried", |all| all.first().is_some_and(|one| one["attempts"] == 1)).await;
            receiver.take(1).await;
            receiver.answers(|_| (200, None));
            let me = hub.run(Some(people::HAMBURG_TOO), "{ viewer { person { id } } }", json!({})).await;
            let person = me.text("/viewer/person/id").to_owned();
            let roles = json!({ "input": { "id": person, "roles": [{ "role": "READER" }] } });
            assert_eq!(hub.run(Some(people::ADMINISTRATOR), ROLES, roles).await.at("/updatePerson/errors"), &json!([]));
            hub.still.pass(60);
            let told = until(hub, people::HAMBURG_TOO, &id, "it is hidden", |all| all[0]["state"] == "HIDDEN").await;
            assert_eq!(told.len(), 1);
            draft(hub, "Never seen").await;

            // Nothing of either was sent: the next thing that comes is the test.
            hub.run(Some(people::HAMBURG_TOO), TEST, json!({ "id": id })).await;
            assert_eq!(receiver.take(1).await[0].body["type"], "WEBHOOK_TESTED");

            // 410 ends it, and its person makes it active again.
            receiver.answers(|_| (410, None));
            hub.run(Some(people::HAMBURG_TOO), TEST, json!({ "id": id })).await;
            let ended = eventually("it ends", || async {
                Some(hub.run(Some(people::HAMBURG_TOO), LOOK, json!({ "id": id })).await)
                    .filter(|look| look.at("/webhook/state") == "ENDED")
            })
            .await;
            assert_eq!(ended.at("/webhook/endedReason"), "RECEIVER_GONE");
            assert_eq!(hub.run(Some(people::HAMBURG_TOO), TEST, json!({ "id": id })).await.code(), "WRONG_STATE");
            receiver.take(1).await;
            receiver.answers(|_| (200, None));
            let active = hub.run(Some(people::HAMBURG_TOO), CHANGE, json!({ "input": { "id": id, "isActive": true } })).await;
            assert_eq!(
                (active.at("/updateWebhook/webhook/state"), active.at("/updateWebhook/webhook/endedReason")),
                (&json!("ACTIVE"), &Value::Null)
            );
            hub.run(Some(people::HAMBURG_TOO), TEST, json!({ "id": id })).await;
            assert_eq!(receiver.take(1).await.len(), 1);

            // Whoever leaves is sent nothing more.
            let left = json!({ "input": { "id": person, "hasLeft": true } });
            assert_eq!(hub.run(Some(people::ADMINISTRATOR), ROLES, left).await.at("/updatePerson/errors"), &json!([]));
            let ended = eventually("it ends", || async {
                Some(hub.run(Some(people::ADMINISTRATOR), LOOK, json!({ "id": id })).await)
                    .filter(|look| look.at("/webhook/state") == "ENDED")
            })
            .await;
            assert_eq!(ended.at("/webhook/endedReason"), "OWNER_LEFT");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_leads_behind_the_wall_is_not_followed() {
    let hub = TestHub::demo(Backend::Sqlite).await;
    let receiver = Receiver::start().await;
    // “localhost” is a name: what it leads to is judged when it is resolved.
    let (id, _) = make(&hub, people::HAMBURG, json!({ "url": receiver.url_by("localhost") })).await;
    hub.run(Some(people::HAMBURG), TEST, json!({ "id": id })).await;
    receiver.take(1).await;
    // What is under way when a hub stops is tried again when its time has run out, and here no time passes.
    until(&hub, people::HAMBURG, &id, "it is noted", |all| count(all, "DELIVERED") == 1).await;
    // The operator takes the network back, and another one is allowed, so that plain http still is.
    let hub = hub.reconfigured(|config| config.outbound = Outbound { networks: vec!["10.0.0.0/8".parse().expect("a network")] }).await;
    hub.run(Some(people::HAMBURG), TEST, json!({ "id": id })).await;
    let told = until(&hub, people::HAMBURG, &id, "it failed", |all| {
        all.last().is_some_and(|one| one["attempts"] == 1 && one["state"] == "WAITING")
    })
    .await;
    assert_eq!(told.last().expect("one")["lastError"], "The receiver's name leads to an address that this hub does not send to.");
    // A number is judged again, too.
    let before = hub.run(Some(people::HAMBURG), MAKE, json!({ "input": { "url": receiver.url() } })).await;
    assert_eq!(before.code(), "BAD_INPUT");
    hub.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replay_sends_again_from_a_cursor_under_the_same_names() {
    on_both(true, |hub| {
        Box::pin(async move {
            let receiver = Receiver::start().await;
            let early = draft(hub, "Before it was made").await;
            let (id, _) = make(hub, people::HAMBURG, json!({ "url": receiver.url(), "filter": { "subjects": [early] } })).await;
            for number in 1..=3 {
                revise(hub, &early, &format!("Revision {number}")).await;
            }
            let first = receiver.take(3).await;
            assert_eq!(summaries(&first), ["Revision 1", "Revision 2", "Revision 3"]);
            let after = first[0].body["cursor"].as_str().expect("a cursor");
            hub.run(Some(people::HAMBURG), REPLAY, json!({ "id": id, "after": after })).await;
            let again = receiver.take(2).await;
            let names = |received: &[Received]| received.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
            assert_eq!(names(&again), names(&first[1..]));
            // From the beginning, with what was before it was made.
            hub.run(Some(people::HAMBURG), REPLAY, json!({ "id": id, "after": "0" })).await;
            assert_eq!(summaries(&receiver.take(4).await), ["Before it was made", "Revision 1", "Revision 2", "Revision 3"]);
            until(hub, people::HAMBURG, &id, "all are delivered", |all| all.len() == 4 && count(all, "DELIVERED") == 4).await;

            // A paused one notes nothing; a replay brings it.
            hub.run(Some(people::HAMBURG), CHANGE, json!({ "input": { "id": id, "isActive": false } })).await;
            assert_eq!(hub.run(Some(people::HAMBURG), REPLAY, json!({ "id": id, "after": "0" })).await.code(), "WRONG_STATE");
            revise(hub, &early, "While it was paused").await;
            let active = hub.run(Some(people::HAMBURG), CHANGE, json!({ "input": { "id": id, "isActive": true } })).await;
            let since: i64 = active.text("/updateWebhook/webhook/since").parse().expect("a number");
            revise(hub, &early, "Afterwards").await;
            assert_eq!(summaries(&receiver.take(1).await), ["Afterwards"]);
            hub.run(Some(people::HAMBURG), REPLAY, json!({ "id": id, "after": (since - 1).to_string() })).await;
            assert_eq!(summaries(&receiver.take(2).await), ["While it was paused", "Afterwards"]);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_saved_search_tells_by_webhook_what_answers_it() {
    on_both(true, |hub| {
        Box::pin(async move {
            let receiver = Receiver::start().await;
            let save = "mutation($input: SaveSearchInput!) { saveSearch(input: $input) { savedSearch { id } } }";
            let saved =
                hub.run(Some(people::AUSTIN), save, json!({ "input": { "text": "quinces", "filter": { "kinds": ["PRACTICE"] } } })).await;
            let search = saved.text("/saveSearch/savedSearch/id").to_owned();
            let others = hub.run(Some(people::LYON), MAKE, json!({ "input": { "url": receiver.url(), "savedSearch": search } })).await;
            assert_eq!(others.code(), "NOT_FOUND");
            let (id, secret) = make(hub, people::AUSTIN, json!({ "url": receiver.url(), "savedSearch": search })).await;
            draft(hub, "Quince walls of others").await;
            let practice = draft(hub, "Quinces along the railway").await;
            hub.run(Some(people::HAMBURG), PUBLISH, json!({ "input": { "id": practice } })).await;
            let came = receiver.take(1).await.remove(0);
            assert!(came.is_signed_by(&secret));
            assert_eq!(came.body["type"], "SEARCH_MATCHED");
            let found = &came.body["data"]["searchMatch"];
            assert_eq!((&found["node"]["id"], &found["savedSearch"]["id"]), (&json!(practice), &json!(search)));
            assert!(found["snippets"].as_array().is_some_and(|snippets| !snippets.is_empty()), "{found:#}");
            let told = until(hub, people::AUSTIN, &id, "it is delivered", |all| count(all, "DELIVERED") == 1).await;
            assert_eq!(told[0]["subjectId"], json!(practice));
            // Its end is the webhook's.
            let delete = "mutation($id: ID!) { deleteSavedSearch(input: { id: $id }) { deletedId } }";
            hub.run(Some(people::AUSTIN), delete, json!({ "id": search })).await;
            let ended = eventually("it ends", || async {
                Some(hub.run(Some(people::AUSTIN), LOOK, json!({ "id": id })).await).filter(|look| look.at("/webhook/state") == "ENDED")
            })
            .await;
            assert_eq!(ended.at("/webhook/endedReason"), "SEARCH_DELETED");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hubs_one_sends_and_the_other_goes_on_where_it_ended() {
    if !both().contains(&Backend::Postgres) {
        return;
    }
    let one = TestHub::demo(Backend::Postgres).await;
    let mut two = one.second().await;
    let receiver = Receiver::start().await;
    let (id, _) = make(&two, people::HAMBURG, json!({ "url": receiver.url(), "filter": { "types": ["PRACTICE_DRAFTED"] } })).await;
    for number in 0..10 {
        draft(if number % 2 == 0 { &one } else { &two }, &format!("Of both {number}")).await;
    }
    let came = receiver.take(10).await;
    let told = until(&two, people::HAMBURG, &id, "all are delivered", |all| count(all, "DELIVERED") == 10).await;
    let names: std::collections::BTreeSet<_> = came.iter().map(|one| one.id.clone()).collect();
    assert_eq!((names.len(), came.len()), (10, 10), "each once");
    assert!(told.iter().all(|one| one["attempts"] == 1));
    // Whichever has the turn gives it back, and what comes then is sent by the other.
    one.hand_over(&mut two).await;
    draft(&two, "Of the second alone").await;
    assert_eq!(summaries(&receiver.take(1).await), ["Of the second alone"]);
    two.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_sent_when_the_hub_was_killed_is_sent_again_under_its_name() {
    for backend in both() {
        let folder = tempfile::tempdir().expect("a folder");
        let name = format!("hansa_webhook_{}", std::process::id());
        let database = match backend {
            Backend::Sqlite => None,
            Backend::Postgres => Some(create(&name, None).await),
        };
        let receiver = Receiver::start().await;
        let served = Served::start(folder.path(), database.as_deref()).await;
        let token = Arc::new(served.token(people::HAMBURG));
        let city =
            served.ask(None, "{ city(slug: \"hamburg\") { id } }", json!({})).await.expect("an answer")["data"]["city"]["id"].clone();
        let input = json!({ "input": { "url": receiver.url(), "filter": { "types": ["PRACTICE_DRAFTED"] } } });
        let made = served.ask(Some(&token), MAKE, input).await.expect("an answer");
        let (id, secret) =
            (&made["data"]["createWebhook"]["webhook"]["id"], made["data"]["createWebhook"]["secret"].as_str().expect("a secret"));
        receiver.stalls(true);
        for title in ["One", "Two", "Three"] {
            let input = json!({ "input": { "city": city, "language": "en", "title": title, "summary": "S." } });
            served.ask(Some(&token), DRAFT, input).await.expect("an answer");
        }
        // It has them in its hands when the hub dies; nobody will know whether it took them.
        let before = receiver.take(3).await;
        served.kill().await;
        receiver.stalls(false);
        let served = Served::start(folder.path(), database.as_deref()).await;
        let after = receiver.take(3).await;
        let names =
            |received: &[Received]| received.iter().map(|one| (one.id.clone(), one.summary().to_owned())).collect::<BTreeMap<_, _>>();
        assert_eq!(names(&before), names(&after), "on {backend:?}");
        // With the real clock: the specification's own library takes it.
        let mut headers = reqwest::header::HeaderMap::new();
        for (name, value) in
            [("webhook-id", &after[0].id), ("webhook-timestamp", &after[0].timestamp), ("webhook-signature", &after[0].signature)]
        {
            headers.insert(name, value.parse().expect("a header"));
        }
        standardwebhooks::Webhook::new(secret).expect("a secret").verify(after[0].text.as_bytes(), &headers).expect("it verifies");
        eventually("all are delivered", || async {
            let look = served.ask(Some(&token), LOOK, json!({ "id": id })).await?;
            let all = look["data"]["webhook"]["deliveries"]["nodes"].as_array()?.clone();
            (count(&all, "DELIVERED") == 3).then_some(())
        })
        .await;
        // What the operator sees of it.
        let metrics = reqwest::get(format!("{}/metrics", served.url)).await.expect("an answer").text().await.expect("text");
        assert!(metrics.contains("hansa_webhook_attempts_total{outcome=\"delivered\"} 3"), "{metrics}");
        served.stop().await;
        if database.is_some() {
            drop_database(&name).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_whose_name_leads_where_the_hub_does_not_send_is_refused_at_once() {
    for backend in both() {
        let hub = TestHub::demo(backend).await.reconfigured(|config| config.outbound = Outbound::default()).await;
        // A name of the machine itself.
        let input = json!({ "url": "https://localhost:8443/hook" });
        let refused = hub.run(Some(people::HAMBURG), MAKE, json!({ "input": input })).await;
        assert_eq!((refused.code(), refused.paths()), ("BAD_INPUT", vec!["input.url".to_owned()]), "{:#}", refused.json);
        let (id, _) = make(&hub, people::HAMBURG, json!({ "url": "https://receiver.invalid/hook" })).await;
        let changed = hub.run(Some(people::HAMBURG), CHANGE, json!({ "input": { "id": id, "url": "https://localhost/hook" } })).await;
        assert_eq!((changed.code(), changed.paths()), ("BAD_INPUT", vec!["input.url".to_owned()]));
        hub.end().await;
    }
}
