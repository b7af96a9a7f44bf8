//! Feeds, read back by parsers of other libraries than those that write them.
use hansa::api::FeedPages;
use ical::parser::ical::component::{IcalCalendar, IcalEvent};
use poem::{Endpoint, EndpointExt, Request, Response, Route, http::StatusCode};
use serde_json::json;

use crate::kit::{TestHub, on_both, people};

async fn get(hub: &TestHub, path: &str, headers: &[(&str, &str)]) -> (Response, Vec<u8>) {
    let feeds = FeedPages::new(hub.app.gate.clone(), hub.app.index.clone(), "http://hub.test");
    let endpoint = Route::new().at("/feeds/*", feeds).map_to_response();
    let mut request = Request::builder().uri(path.parse().expect("a path"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = endpoint.call(request.finish()).await.unwrap_or_else(|error| error.into_response());
    let bytes = response.take_body().into_vec().await.expect("a body");
    (response, bytes)
}

async fn atom(hub: &TestHub, path: &str) -> feed_rs::model::Feed {
    let (response, bytes) = get(hub, path, &[]).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&bytes));
    assert_eq!(response.content_type(), Some("application/atom+xml; charset=utf-8"));
    feed_rs::parser::parse(bytes.as_slice()).expect("Atom")
}

async fn calendar(hub: &TestHub, path: &str) -> IcalCalendar {
    let (response, bytes) = get(hub, path, &[]).await;
    assert_eq!(response.content_type(), Some("text/calendar; charset=utf-8"), "{path}");
    ical::IcalParser::new(bytes.as_slice()).next().expect("a calendar").expect("iCalendar")
}

fn titles(feed: &feed_rs::model::Feed) -> Vec<&str> {
    feed.entries.iter().map(|entry| entry.title.as_ref().expect("a title").content.as_str()).collect()
}

fn value<'e>(event: &'e IcalEvent, name: &str) -> &'e str {
    let property = event.properties.iter().find(|property| property.name == name);
    property.and_then(|property| property.value.as_deref()).unwrap_or_default()
}

const CREATE: &str = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code message } } }";
const PUBLISH: &str = "mutation($input: PublishPracticeInput!) { publishPractice(input: $input) { errors { code message } } }";
const WITHDRAW: &str = "mutation($input: WithdrawPracticeInput!) { withdrawPractice(input: $input) { errors { code message } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_new_is_told_to_readers_of_atom_and_what_was_withdrawn_as_withdrawn() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let input = json!({ "city": hamburg, "language": "en", "title": "Quince <hedges> & more", "summary": "Hedges one can eat.", "difficulties": "Birds.", "themes": [] });
            let created = hub.run(Some(people::HAMBURG), CREATE, json!({ "input": input })).await;
            let id = created.text("/createPractice/practice/id").to_owned();
            hub.indexed().await;
            let before = atom(hub, "/feeds/city/hamburg.atom").await;
            assert!(!titles(&before).contains(&"Quince <hedges> & more"), "a draft is not the public's");
            assert_eq!(before.title.as_ref().expect("a title").content, "Hamburg");

            let published = hub.run(Some(people::HAMBURG), PUBLISH, json!({ "input": { "id": id } })).await;
            assert_eq!(published.at("/publishPractice/errors"), &json!([]));
            hub.indexed().await;
            for path in ["/feeds/city/hamburg.atom", "/feeds/search.atom?text=quinces&kind=practice", "/feeds/search.atom?city=hamburg"] {
                let feed = atom(hub, path).await;
                let entry = feed.entries.iter().find(|entry| entry.id == format!("urn:hansa:{id}")).unwrap_or_else(|| panic!("in {path}"));
                assert_eq!(entry.title.as_ref().expect("a title").content, "Quince <hedges> & more");
                assert_eq!(entry.summary.as_ref().expect("a summary").content, "Hedges one can eat.");
                assert!(entry.categories.iter().any(|category| category.term == "practicePublished"));
                assert!(feed.links.iter().any(|link| link.rel.as_deref() == Some("self") && link.href == format!("http://hub.test{path}")));
                assert_eq!(feed.updated, feed.entries.iter().filter_map(|entry| entry.updated).max());
            }
            assert!(!titles(&atom(hub, "/feeds/city/lyon.atom").await).contains(&"Quince <hedges> & more"));

            // What did not change is not sent again.
            let (whole, bytes) = get(hub, "/feeds/city/hamburg.atom", &[]).await;
            let tag = whole.headers()["etag"].to_str().expect("text").to_owned();
            let (same, nothing) = get(hub, "/feeds/city/hamburg.atom", &[("if-none-match", &tag)]).await;
            assert_eq!((same.status(), nothing.len()), (StatusCode::NOT_MODIFIED, 0));
            // Whoever asks is the public, also with a credential.
            let token = format!("Bearer {}", hub.token(people::HAMBURG).await);
            assert_eq!(get(hub, "/feeds/city/hamburg.atom", &[("authorization", &token)]).await.1, bytes);

            hub.still.pass(60);
            let withdrawn =
                hub.run(Some(people::HAMBURG), WITHDRAW, json!({ "input": { "id": id, "reason": "The hedges died." } })).await;
            assert_eq!(withdrawn.at("/withdrawPractice/errors"), &json!([]));
            hub.indexed().await;
            for path in ["/feeds/city/hamburg.atom", "/feeds/search.atom?text=quinces&kind=practice"] {
                let feed = atom(hub, path).await;
                assert!(feed.entries.iter().all(|entry| entry.id != format!("urn:hansa:{id}")), "what is gone is no entry");
                let text = String::from_utf8(get(hub, path, &[]).await.1).expect("UTF-8");
                assert!(text.contains("xmlns:at=\"http://purl.org/atompub/tombstones/1.0\""), "{text}");
                let tombstone = text.split("<at:deleted-entry ").nth(1).expect("a tombstone").split("</at:deleted-entry>").next().expect("its end");
                assert!(tombstone.contains(&format!("ref=\"urn:hansa:{id}\"")) && tombstone.contains("when=\"2026-"), "{tombstone}");
                assert!(tombstone.contains("<at:comment>Withdrawn: Quince &lt;hedges&gt; &amp; more</at:comment>"), "{tombstone}");
                assert!(!tombstone.contains("Hedges one can eat."), "{tombstone}");
            }
            assert_eq!(get(hub, "/feeds/city/hamburg.atom", &[("if-none-match", &tag)]).await.0.status(), StatusCode::OK);
            let elsewhere = atom(hub, "/feeds/search.atom?text=turbines").await;
            assert!(!titles(&elsewhere).is_empty() || !String::from_utf8_lossy(&get(hub, "/feeds/search.atom?text=turbines", &[]).await.1).contains("deleted-entry"));

            // Programmes and themes; what is not there; what is not understood.
            assert!(!atom(hub, "/feeds/programme/iuc-north-america.atom").await.entries.is_empty());
            let theme = hub.run(None, "{ themes(first: 1) { nodes { slug } } }", json!({})).await.text("/themes/nodes/0/slug").to_owned();
            atom(hub, &format!("/feeds/theme/{theme}.atom")).await;
            for wrong in ["/feeds/city/atlantis.atom", "/feeds/city/hamburg", "/feeds/city/hamburg.rss", "/feeds/practice/x.atom", "/feeds/x"] {
                assert_eq!(get(hub, wrong, &[]).await.0.status(), StatusCode::NOT_FOUND, "{wrong}");
            }
            for wrong in ["/feeds/search.atom?country=XX", "/feeds/search.atom?theme=no-such-theme", "/feeds/search.atom?kind=nothing", "/feeds/search.atom?words=x", "/feeds/search.atom?year=x", "/feeds/search.atom?text=%FF"] {
                assert_eq!(get(hub, wrong, &[]).await.0.status(), StatusCode::BAD_REQUEST, "{wrong}");
            }
        })
    })
    .await;
}

const SCHEDULE: &str =
    "mutation($input: ScheduleSeminarInput!) { scheduleSeminar(input: $input) { seminar { id } errors { code message path } } }";
const RELOCATE: &str = "mutation($input: MoveSeminarInput!) { moveSeminar(input: $input) { errors { code message path } } }";
const CANCEL: &str = "mutation($input: CancelSeminarInput!) { cancelSeminar(input: $input) { errors { code message path } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_calendar_follows_a_seminar_that_moves_and_is_cancelled() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let input = json!({ "host": hamburg, "kind": "WEBINAR", "language": "en", "title": "Dikes; old, and new", "startsAt": "2026-09-01T10:00:00+02:00",
                "endsAt": "2026-09-01T11:30:00+02:00", "timeZone": "Europe/Berlin", "place": "Town hall" });
            let scheduled = hub.run(Some(people::HAMBURG), SCHEDULE, json!({ "input": input })).await;
            let id = scheduled.text("/scheduleSeminar/seminar/id").to_owned();
            let uid = format!("{id}@hub.test");
            let event = async || {
                let calendar = calendar(hub, "/feeds/city/hamburg.ics").await;
                calendar.events.into_iter().find(|event| value(event, "UID") == uid).expect("the seminar")
            };
            let first = event().await;
            let told = ["DTSTART", "DTEND", "STATUS", "SEQUENCE"].map(|name| value(&first, name).to_owned());
            assert_eq!(told, ["20260901T100000", "20260901T113000", "CONFIRMED", "0"]);
            let zone = first.properties.iter().find(|property| property.name == "DTSTART").and_then(|property| property.params.as_ref());
            assert_eq!(zone.expect("parameters"), &[("TZID".to_owned(), vec!["Europe/Berlin".to_owned()])]);
            let whole = calendar(hub, "/feeds/city/hamburg.ics").await;
            let heads = |name: &str| whole.properties.iter().filter(|property| property.name == name).count();
            assert_eq!(["VERSION", "PRODID", "CALSCALE"].map(heads), [1, 1, 1], "each may stand once");
            let zone = whole.timezones.iter().find(|zone| zone.properties[0].value.as_deref() == Some("Europe/Berlin")).expect("the zone");
            let summer = zone.transitions.iter().map(|change| {
                let value = |name: &str| change.properties.iter().find(|own| own.name == name).and_then(|own| own.value.clone());
                (value("TZNAME"), value("TZOFFSETTO"))
            });
            assert!(summer.clone().any(|told| told == (Some("CEST".to_owned()), Some("+0200".to_owned()))), "{:?}", summer.collect::<Vec<_>>());
            assert_eq!(value(&first, "SUMMARY"), "Dikes\\; old\\, and new");
            assert_eq!(value(&first, "LOCATION"), "Town hall");

            hub.still.pass(60);
            let moved = json!({ "id": id, "startsAt": "2026-09-02T10:00:00+02:00", "endsAt": "2026-09-02T11:30:00+02:00" });
            assert_eq!(hub.run(Some(people::HAMBURG), RELOCATE, json!({ "input": moved })).await.at("/moveSeminar/errors"), &json!([]));
            let second = event().await;
            assert_eq!((value(&second, "DTSTART"), value(&second, "SEQUENCE")), ("20260902T100000", "1"));
            assert!(value(&second, "LAST-MODIFIED") > value(&first, "LAST-MODIFIED"));

            let cancelled = json!({ "id": id, "reason": "The dike broke." });
            assert_eq!(hub.run(Some(people::HAMBURG), CANCEL, json!({ "input": cancelled })).await.at("/cancelSeminar/errors"), &json!([]));
            let third = event().await;
            assert_eq!((value(&third, "STATUS"), value(&third, "SEQUENCE")), ("CANCELLED", "2"));
            assert!(value(&third, "DESCRIPTION").starts_with("The dike broke."));
            hub.indexed().await;
            assert!(titles(&atom(hub, "/feeds/city/hamburg.atom").await).contains(&"Cancelled: Dikes; old, and new"));
            // The programme's calendar has the demonstration's seminars.
            assert!(!calendar(hub, "/feeds/programme/iuc-north-america.ics").await.events.is_empty());
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_a_title_holds_a_feed_is_xml_and_a_wrong_token_is_no_public() {
    on_both(true, |hub| {
        Box::pin(async move {
            let title = "Quince \u{fffe}\u{ffff} & <x> ]]> end";
            let summary = format!("{title} \u{b}\u{1}");
            let input = json!({ "city": hub.id("city", "hamburg").await, "language": "en", "title": title, "summary": summary, "difficulties": "None." });
            let created = hub.run(Some(people::HAMBURG), CREATE, json!({ "input": input })).await;
            let id = created.text("/createPractice/practice/id");
            assert_eq!(hub.run(Some(people::HAMBURG), PUBLISH, json!({ "input": { "id": id } })).await.at("/publishPractice/errors"), &json!([]));
            hub.indexed().await;
            for path in ["/feeds/city/hamburg.atom", "/feeds/search.atom?text=quince%ef%bf%be"] {
                let told = titles(&atom(hub, path).await).contains(&"Quince  & <x> ]]> end");
                let (_, bytes) = get(hub, path, &[]).await;
                let has_no_place = |letter: char| matches!(letter, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
                assert!(told && !String::from_utf8(bytes).expect("text").contains(has_no_place), "{path}");
            }
            let path = "/feeds/city/hamburg.ics";
            assert_eq!(get(hub, path, &[("authorization", "Bearer nope")]).await.0.status(), StatusCode::UNAUTHORIZED);
            let token = format!("Bearer {}", hub.token(people::HAMBURG).await);
            assert_eq!(get(hub, path, &[("authorization", &token)]).await.0.status(), StatusCode::OK);
        })
    })
    .await;
}
