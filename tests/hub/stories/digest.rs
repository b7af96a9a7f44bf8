//! Digests: what a person is told of comes by mail, once, at its time, in their language, and ends by one click.
use hansa::{api::Unsubscribe, config::Config, follow::digests::Settings, store::Reader};
use poem::{
    Endpoint, EndpointExt, Request, Route,
    http::{Method, StatusCode},
};
use serde_json::{Value, json};

use crate::kit::{Backend, Mail, PostOffice, TestHub, both, eventually, people};

const DRAFT: &str = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code message } } }";
const PUBLISH: &str = "mutation($input: PublishPracticeInput!) { publishPractice(input: $input) { errors { code message } position } }";
const FOLLOW: &str = "mutation($id: ID!) { follow(input: { id: $id }) { errors { code } } }";
const READ: &str = "mutation($upto: Position!) { markNotificationsRead(input: { upto: $upto }) { errors { code } } }";
const SET: &str =
    "mutation($period: DigestPeriod!) { updateDigest(input: { period: $period }) { digest { period nextAt } errors { code path } } }";
const LOOK: &str = "{ digest { period nextAt sentUpto } }";
const PERSON: &str = "mutation($input: UpdatePersonInput!) { updatePerson(input: $input) { errors { code message } } }";
const DAY: i64 = 86_400;

fn mails_by(office: &PostOffice) -> impl FnOnce(&mut Config) {
    let settings = Settings { url: office.url(), from: "Hansa <hub@hub.test>".to_owned() };
    move |config| config.mail = Some(settings)
}

async fn hub(backend: Backend, office: &PostOffice) -> TestHub {
    TestHub::demo(backend).await.reconfigured(mails_by(office)).await
}

async fn draft(hub: &TestHub, title: &str) -> String {
    let city = hub.id("city", "hamburg").await;
    let input = json!({ "city": city, "language": "en", "title": title, "summary": "S.", "difficulties": "None." });
    hub.run(Some(people::HAMBURG), DRAFT, json!({ "input": input })).await.text("/createPractice/practice/id").to_owned()
}

async fn publish(hub: &TestHub, id: &str) -> String {
    hub.run(Some(people::HAMBURG), PUBLISH, json!({ "input": { "id": id } })).await.text("/publishPractice/position").to_owned()
}

/// The person follows Hamburg and asks for a digest.
async fn asks(hub: &TestHub, person: &str, period: &str) -> Value {
    let hamburg = hub.id("city", "hamburg").await;
    hub.run(Some(person), FOLLOW, json!({ "id": hamburg })).await;
    let set = hub.run(Some(person), SET, json!({ "period": period })).await;
    assert_eq!(set.at("/updateDigest/errors"), &json!([]), "{:#}", set.json);
    set.at("/updateDigest/digest").clone()
}

async fn look(hub: &TestHub, person: &str) -> Value {
    hub.run(Some(person), LOOK, json!({})).await.at("/digest").clone()
}

/// Waits until the next digest is due at this time: the present one is settled. Shows what it was before.
async fn settled(hub: &TestHub, person: &str, next: &str) {
    let last = parking_lot::Mutex::new(Value::Null);
    eventually("the digest is settled", || async {
        let now = look(hub, person).await;
        if *last.lock() != now {
            println!("{person}, wanted at {next}: {now}");
            last.lock().clone_from(&now);
        }
        (now["nextAt"] == next).then_some(())
    })
    .await;
}

async fn click(hub: &TestHub, method: Method, url: &str, language: &str) -> (StatusCode, String) {
    let endpoint = Unsubscribe {
        reader: Reader::hub(hub.app.store.db.clone()),
        writer: hub.app.store.writer.clone(),
        public_url: "http://hub.test".to_owned(),
    };
    let endpoint = Route::new().at("/unsubscribe/:secret", endpoint).map_to_response();
    let path = url.strip_prefix("http://hub.test").expect("an address of this hub");
    let request = Request::builder().method(method).uri(path.parse().expect("a path")).header("accept-language", language);
    let mut response = endpoint.call(request.body("List-Unsubscribe=One-Click")).await.expect("an answer");
    (response.status(), response.take_body().into_string().await.expect("text"))
}

fn unsubscribe(mail: &Mail) -> String {
    assert_eq!(mail.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    mail.header("List-Unsubscribe").trim_start_matches('<').trim_end_matches('>').to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_follows_nothing_is_told_by_mail_of_the_place_they_waited_for() {
    for backend in both() {
        let office = PostOffice::open();
        let hub = hub(backend, &office).await;
        hub.run(Some(people::LYON), SET, json!({ "period": "DAILY" })).await;
        let schedule = "mutation($input: ScheduleSeminarInput!) { scheduleSeminar(input: $input) { seminar { id } errors { message } } }";
        let input = json!({ "host": hub.id("city", "hamburg").await, "kind": "SEMINAR", "language": "en", "title": "Hedges", "startsAt": "2026-09-01T10:00:00Z", "timeZone": "Europe/Berlin", "capacity": 1 });
        let id = hub.run(Some(people::HAMBURG), schedule, json!({ "input": input })).await.text("/scheduleSeminar/seminar/id").to_owned();
        let register = "mutation($input: RegisterForSeminarInput!) { registerForSeminar(input: $input) { errors { code } } }";
        for person in [people::AUSTIN, people::LYON] {
            hub.run(Some(person), register, json!({ "input": { "id": id, "waits": true } })).await;
        }
        let unregister = "mutation($input: UnregisterFromSeminarInput!) { unregisterFromSeminar(input: $input) { errors { code } } }";
        hub.run(Some(people::AUSTIN), unregister, json!({ "input": { "id": id } })).await;
        hub.still.pass(DAY);
        let mail = office.take(1).await.remove(0);
        assert_eq!(mail.header("Content-Language"), "fr");
        assert!(mail.text().contains("Vous avez une place: Hedges"), "{}", mail.text());
        hub.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_person_is_told_of_comes_by_mail_and_ends_by_one_click() {
    for backend in both() {
        let office = PostOffice::open();
        let hub = hub(backend, &office).await;
        assert_eq!(
            look(&hub, people::AUSTIN).await,
            json!({ "period": "NEVER", "nextAt": null, "sentUpto": null }),
            "nobody gets what they did not ask for"
        );
        let early = draft(&hub, "Before it was asked for").await;
        publish(&hub, &early).await;
        let set = asks(&hub, people::AUSTIN, "DAILY").await;
        assert_eq!(set, json!({ "period": "DAILY", "nextAt": "2026-06-02T06:00:00Z" }));
        let save = "mutation($input: SaveSearchInput!) { saveSearch(input: $input) { savedSearch { id } } }";
        hub.run(Some(people::AUSTIN), save, json!({ "input": { "text": "quinces", "name": "Quinces & Co" } })).await;

        // Nothing happened: no mail.
        hub.still.pass(DAY);
        settled(&hub, people::AUSTIN, "2026-06-03T06:00:00Z").await;
        assert_eq!(office.count(), 0);

        let walls = draft(&hub, "Walls & <b>quinces</b>").await;
        publish(&hub, &walls).await;
        draft(&hub, "A secret of Hamburg's").await;
        let matched = "{ notifications { events(last: 1) { nodes { type cursor } } } }";
        eventually("the match is told", || async {
            (hub.run(Some(people::AUSTIN), matched, json!({})).await.at("/notifications/events/nodes/0/type") == "SEARCH_MATCHED")
                .then_some(())
        })
        .await;
        hub.still.pass(DAY);
        let mail = office.take(1).await.remove(0);
        assert_eq!(mail.to, ["dale-austin@example.org"]);
        let read = mail.read();
        assert_eq!(read.subject(), Some("2 pieces of news for you"));
        assert_eq!(read.from().and_then(|from| from.first()).and_then(|from| from.address()), Some("hub@hub.test"));
        assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
        assert_eq!(mail.header("Content-Language"), "en");
        assert_eq!(read.date().map(|date| date.to_rfc3339()), Some("2026-06-03T12:00:00Z".to_owned()));
        let (text, html) = (mail.text(), mail.html());
        assert!(text.contains("Hello Dale Creekmore,") && text.contains("New: Walls & <b>quinces</b>"), "{text}");
        assert!(text.contains("Found for your search “Quinces & Co”: Walls & <b>quinces</b>"), "{text}");
        assert!(html.contains("Walls &amp; &lt;b&gt;quinces&lt;/b&gt;") && !html.contains("<b>"), "{html}");
        for part in [&text, &html] {
            assert!(!part.contains("secret of Hamburg") && !part.contains("Before it was asked for"), "{part}");
        }
        settled(&hub, people::AUSTIN, "2026-06-04T06:00:00Z").await;

        // What was read in the hub is not told; the next tells what is new alone, in the language the person reads now.
        let read_already = draft(&hub, "Read in the hub").await;
        let upto = publish(&hub, &read_already).await;
        hub.run(Some(people::AUSTIN), READ, json!({ "upto": upto })).await;
        let later = draft(&hub, "Not read yet").await;
        publish(&hub, &later).await;
        let me = hub.run(Some(people::AUSTIN), "{ viewer { person { id } } }", json!({})).await.text("/viewer/person/id").to_owned();
        hub.run(Some(people::AUSTIN), PERSON, json!({ "input": { "id": me, "languages": ["bg", "el", "en"] } })).await;
        hub.still.pass(DAY);
        let second = office.take(1).await.remove(0);
        assert_eq!(second.read().subject(), Some("1 νέο για εσάς"));
        assert_eq!(second.header("Content-Language"), "el");
        assert!(
            second.text().contains("Not read yet") && !second.text().contains("Read in the hub") && !second.text().contains("Walls"),
            "{}",
            second.text()
        );
        assert_ne!(second.header("Message-ID"), mail.header("Message-ID"));

        // Looking at the link ends nothing; posting does, without a log-in, and twice is as good as once.
        let url = unsubscribe(&second);
        assert_eq!(url, unsubscribe(&mail));
        assert!(second.html().contains(&url) && second.text().contains(&url));
        let (status, page) = click(&hub, Method::GET, &url, "de").await;
        assert!(
            status == StatusCode::OK && page.contains("<form method=\"post\">") && page.contains("Keine Zusammenfassungen mehr"),
            "{page}"
        );
        assert_eq!(look(&hub, people::AUSTIN).await["period"], "DAILY");
        for _ in 0..2 {
            let (status, page) = click(&hub, Method::POST, &url, "en").await;
            assert!(status == StatusCode::OK && page.contains("no more digests") && !page.contains("Dale"), "{page}");
        }
        assert_eq!(look(&hub, people::AUSTIN).await["period"], "NEVER");
        for method in [Method::GET, Method::POST] {
            assert_eq!(click(&hub, method, "http://hub.test/unsubscribe/0123456789abcdef", "en").await.0, StatusCode::NOT_FOUND);
        }
        let silent = draft(&hub, "Told to nobody").await;
        publish(&hub, &silent).await;
        // Another one's digest shows that the time has come and gone.
        asks(&hub, people::LYON, "DAILY").await;
        hub.still.pass(2 * DAY);
        settled(&hub, people::LYON, "2026-06-07T06:00:00Z").await;
        assert_eq!(office.count(), 0);
        // Asked for again it has another secret.
        asks(&hub, people::AUSTIN, "WEEKLY").await;
        assert_eq!(look(&hub, people::AUSTIN).await["nextAt"], "2026-06-08T06:00:00Z");
        assert_eq!(click(&hub, Method::POST, &url, "en").await.0, StatusCode::NOT_FOUND);
        hub.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_hidden_when_a_mail_is_written_is_not_in_it() {
    for backend in both() {
        let office = PostOffice::open();
        let hub = hub(backend, &office).await;
        asks(&hub, people::HAMBURG_TOO, "DAILY").await;
        draft(&hub, "A draft of the city").await;
        let me = hub.run(Some(people::HAMBURG_TOO), "{ viewer { person { id } } }", json!({})).await.text("/viewer/person/id").to_owned();
        let roles = json!({ "input": { "id": me, "roles": [{ "role": "READER" }] } });
        assert_eq!(hub.run(Some(people::ADMINISTRATOR), PERSON, roles).await.at("/updatePerson/errors"), &json!([]));
        hub.still.pass(DAY);
        settled(&hub, people::HAMBURG_TOO, "2026-06-03T06:00:00Z").await;
        for mail in office.take(0).await {
            assert!(!String::from_utf8_lossy(&mail.bytes).contains("draft of the city"), "{}", mail.text());
        }
        // Whoever has left is told nothing.
        let seen = draft(&hub, "Public").await;
        publish(&hub, &seen).await;
        let left = json!({ "input": { "id": me, "hasLeft": true } });
        assert_eq!(hub.run(Some(people::ADMINISTRATOR), PERSON, left).await.at("/updatePerson/errors"), &json!([]));
        asks(&hub, people::LYON, "DAILY").await;
        hub.still.pass(DAY);
        settled(&hub, people::LYON, "2026-06-04T06:00:00Z").await;
        assert!(office.take(0).await.iter().all(|mail| mail.to != ["wiebke-hamburg@example.org"]));
        hub.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_that_can_t_be_sent_is_sent_later_and_nothing_of_it_is_lost() {
    for backend in both() {
        let office = PostOffice::open();
        let hub = hub(backend, &office).await;
        asks(&hub, people::AUSTIN, "DAILY").await;
        let first = draft(&hub, "First").await;
        publish(&hub, &first).await;
        // It passes: the same mail comes again, soon, up to the same place.
        office.refuses(Some((421, "Come back later")));
        hub.still.pass(DAY);
        let refused = office.take(1).await.remove(0);
        office.refuses(None);
        let second = draft(&hub, "Second").await;
        publish(&hub, &second).await;
        settled(&hub, people::AUSTIN, "2026-06-02T12:05:00Z").await;
        hub.still.pass(301);
        let again = office.take(1).await.remove(0);
        assert_eq!(again.header("Message-ID"), refused.header("Message-ID"));
        assert!(again.text().contains("First") && !again.text().contains("Second"), "{}", again.text());
        settled(&hub, people::AUSTIN, "2026-06-03T06:00:00Z").await;
        // It does not pass: the next one tells what this one would have told.
        office.refuses(Some((550, "No such mailbox")));
        hub.still.pass(DAY);
        settled(&hub, people::AUSTIN, "2026-06-04T06:00:00Z").await;
        office.refuses(None);
        let third = draft(&hub, "Third").await;
        publish(&hub, &third).await;
        hub.still.pass(DAY);
        let all = office.take(1).await.remove(0);
        assert!(all.text().contains("Second") && all.text().contains("Third") && !all.text().contains("First"), "{}", all.text());
        settled(&hub, people::AUSTIN, "2026-06-05T06:00:00Z").await;

        // A hub that ends in the middle of it: nobody knows whether it was taken, so it comes again as the same message, once.
        let fourth = draft(&hub, "Fourth").await;
        publish(&hub, &fourth).await;
        office.stalls(true);
        hub.still.pass(DAY);
        let before = office.take(1).await.remove(0);
        let hub = hub.restarted(|_| {}).await;
        office.stalls(false);
        let fifth = draft(&hub, "Fifth").await;
        publish(&hub, &fifth).await;
        hub.still.pass(601);
        let after = office.take(1).await.remove(0);
        assert_eq!(after.header("Message-ID"), before.header("Message-ID"));
        assert!(after.text().contains("Fourth") && !after.text().contains("Fifth"), "{}", after.text());
        settled(&hub, people::AUSTIN, "2026-06-06T06:00:00Z").await;
        assert_eq!(office.count(), 0);
        hub.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hubs_one_sends_a_digest() {
    if !both().contains(&Backend::Postgres) {
        return;
    }
    let office = PostOffice::open();
    let one = hub(Backend::Postgres, &office).await;
    let two = one.second().await;
    for person in [people::AUSTIN, people::LYON, people::BOLOGNA] {
        asks(&one, person, "DAILY").await;
    }
    let id = draft(&one, "Told once").await;
    publish(&one, &id).await;
    // Both clocks come to the time at once.
    one.still.pass(DAY);
    two.still.pass(DAY);
    let mut mails = office.take(3).await;
    for person in [people::AUSTIN, people::LYON, people::BOLOGNA] {
        settled(&two, person, "2026-06-03T06:00:00Z").await;
    }
    mails.extend(office.take(0).await);
    let to: std::collections::BTreeSet<_> = mails.iter().flat_map(|mail| mail.to.clone()).collect();
    assert_eq!((mails.len(), to.len()), (3, 3), "each has one");
    two.end().await;
    one.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_without_mail_says_so_and_none_is_sent_in_the_clear_against_the_setting() {
    let without = TestHub::demo(Backend::Sqlite).await;
    let refused = without.run(Some(people::AUSTIN), SET, json!({ "period": "DAILY" })).await;
    assert_eq!(refused.code(), "WRONG_STATE");
    assert_eq!(without.run(None, SET, json!({ "period": "DAILY" })).await.code(), "UNAUTHENTICATED");
    assert_eq!(without.run(None, LOOK, json!({})).await.at("/digest"), &Value::Null);
    let office = PostOffice::open();
    let settings = Settings { url: format!("{}?tls=required", office.url()), from: "Hansa <hub@hub.test>".to_owned() };
    let hub = without.reconfigured(|config| config.mail = Some(settings)).await;
    asks(&hub, people::AUSTIN, "DAILY").await;
    let id = draft(&hub, "Not in the clear").await;
    publish(&hub, &id).await;
    hub.still.pass(DAY);
    // It is noted as not sent: the server offers no TLS.
    eventually("it is noted", || async { (look(&hub, people::AUSTIN).await["nextAt"] != "2026-06-02T06:00:00Z").then_some(()) }).await;
    assert_eq!(office.count(), 0);
    hub.end().await;
}
