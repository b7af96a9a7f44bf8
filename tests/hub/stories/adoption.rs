//! A city takes up a practice of another one, tells how far it came, what it changed and whether it worked; the one that gave it hears of it and answers, and
//! everyone learns of it once both consent. How mature a practice is follows from that.
use futures_util::join;
use hansa::kernel::import::Verdict;
use serde_json::{Value, json};

use crate::kit::{Answer, TestHub, on_both, people};

const SHOWN: &str = "query($id: ID!) { node(id: $id) { ... on Adoption { slug state practiceVersion phase phases { phase on } outcome concludedOn answer answeredOn ownerConsentedOn cityConsentedOn
    withdrawnReason title changes reasons lessons viewerCan audience { scope of city } practice { slug } owner { slug } city { slug } seminar { slug } becomes { slug } } } }";

/// A published practice of a city with this slug.
async fn practice(hub: &TestHub, slug: &str, city: &str) -> String {
    let line = json!({ "kind": "practice", "slug": slug, "city": city, "language": "en", "title": format!("Hedges {slug}"), "summary": "Hedges that feed.", "published_on": "2026-01-01" });
    bring(hub, &[line]).await;
    hub.id("practice", slug).await
}

async fn bring(hub: &TestHub, lines: &[Value]) {
    let report = hub.import(&lines.iter().map(|line| format!("{line}\n")).collect::<String>()).await;
    assert!(!report.any_refused(), "{:?}", report.verdicts);
}

/// An input with more in it.
fn with(mut input: Value, more: &Value) -> Value {
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    input
}

async fn mutate(hub: &TestHub, person: &str, mutation: &str, input: Value) -> Answer {
    let name = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
    let query = format!(
        "mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ adoption {{ id version }} errors {{ code message path }} }} }}"
    );
    hub.run(Some(person), &query, json!({ "input": input })).await
}

/// The same where nothing is refused.
async fn done(hub: &TestHub, person: &str, mutation: &str, input: Value) -> Answer {
    let answer = mutate(hub, person, mutation, input).await;
    assert_eq!(answer.at(&format!("/{mutation}/errors")), &json!([]), "{:#}", answer.json);
    answer
}

async fn record(hub: &TestHub, person: &str, practice: &str, city: &str, more: Value) -> Answer {
    let input = json!({ "practice": practice, "city": hub.id("city", city).await, "language": "en", "title": "Hedges in the heat" });
    mutate(hub, person, "recordAdoption", with(input, &more)).await
}

async fn recorded(hub: &TestHub, person: &str, practice: &str, city: &str, more: Value) -> String {
    let answer = record(hub, person, practice, city, more).await;
    assert_eq!(answer.at("/recordAdoption/errors"), &json!([]), "{:#}", answer.json);
    answer.text("/recordAdoption/adoption/id").to_owned()
}

async fn shown(hub: &TestHub, person: Option<&str>, id: &str) -> Value {
    hub.run(person, SHOWN, json!({ "id": id })).await.at("/node").clone()
}

/// How mature a practice is, for everyone; that it changed is no save of the practice.
async fn maturity(hub: &TestHub, practice: &str) -> String {
    let query = "query($id: ID!) { node(id: $id) { ... on Practice { maturity version } } }";
    let told = hub.run(None, query, json!({ "id": practice })).await;
    assert_eq!(told.at("/node/version"), 1);
    told.text("/node/maturity").to_owned()
}

/// What a person was notified of: the sorts of events about this thing.
async fn heard(hub: &TestHub, person: &str, id: &str) -> Vec<String> {
    let told = hub.run(Some(person), "{ notifications { events(last: 50) { nodes { type subjectId } } } }", json!({})).await;
    let nodes = told.at("/notifications/events/nodes").as_array().expect("a list").clone();
    nodes.iter().filter(|node| node["subjectId"] == id).map(|node| node["type"].as_str().expect("a type").to_owned()).collect()
}

async fn types(hub: &TestHub, person: Option<&str>, id: &str) -> Vec<String> {
    let answer =
        hub.run(person, "query($id: ID!) { exchangeEvents(filter: { subjects: [$id] }) { nodes { type } } }", json!({ "id": id })).await;
    let nodes = answer.at("/exchangeEvents/nodes").as_array().expect("a list").clone();
    nodes.iter().map(|node| node["type"].as_str().expect("a type").to_owned()).collect()
}

/// A record of a public adoption that works, or came to something else.
fn line(slug: &str, practice: &str, city: &str, outcome: &str) -> Value {
    json!({ "kind": "adoption", "slug": slug, "practice": practice, "city": city, "language": "en", "title": slug, "lessons": "Water them.", "outcome": outcome,
        "owner_consented_on": "2026-02-01", "city_consented_on": "2026-02-01" })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_takes_up_a_practice_fails_and_tells_what_it_learned() {
    on_both(true, |hub| {
        Box::pin(async move {
            let medlars = practice(hub, "medlars", "hamburg").await;
            let revised = json!({ "id": medlars, "summary": "Hedges that feed birds." });
            hub.mutate(people::HAMBURG, "practice", "updatePractice", revised).await;
            let seminar = json!({ "kind": "seminar", "slug": "pruning", "host": "hamburg", "seminar_kind": "SEMINAR", "state": "held", "title": "Pruning", "language": "en",
                "starts_at": "2026-02-01T09:00:00Z", "time_zone": "Europe/Berlin" });
            bring(hub, &[seminar]).await;
            let id = recorded(hub, people::AUSTIN, &medlars, "austin", json!({ "practiceVersion": 1, "seminar": hub.id("seminar", "pruning").await, "reachedOn": "2026-02-01" })).await;
            assert_eq!(heard(hub, people::HAMBURG, &id).await, ["ADOPTION_RECEIVED"], "whom they follow or not");
            assert_eq!(heard(hub, people::HAMBURG_TOO, &id).await, ["ADOPTION_RECEIVED"]);
            assert!(heard(hub, people::AUSTIN, &id).await.is_empty() && heard(hub, people::LYON, &id).await.is_empty());

            done(hub, people::AUSTIN, "updateAdoption", json!({ "id": id, "changes": "Thornless ones.", "reasons": "Children." })).await;
            done(hub, people::AUSTIN, "reachAdoptionPhase", json!({ "id": id, "phase": "ADAPT", "reachedOn": "2026-04-01" })).await;
            let untold = mutate(hub, people::AUSTIN, "concludeAdoption", json!({ "id": id, "outcome": "FAILED" })).await;
            assert_eq!((untold.code(), untold.paths()), ("REQUIRED", vec!["input.lessons".to_owned()]));
            done(hub, people::AUSTIN, "concludeAdoption", json!({ "id": id, "outcome": "FAILED", "lessons": "They need frost." })).await;
            let forgotten = mutate(hub, people::AUSTIN, "updateAdoption", json!({ "id": id, "lessons": null })).await;
            assert_eq!((forgotten.code(), forgotten.paths()), ("REQUIRED", vec!["input.lessons".to_owned()]));
            done(hub, people::HAMBURG, "answerAdoption", json!({ "id": id, "answer": " We should have said so. " })).await;
            assert_eq!(heard(hub, people::HAMBURG_TOO, &id).await, ["ADOPTION_RECEIVED", "ADOPTION_OUTCOME_RECEIVED"]);
            assert_eq!(heard(hub, people::AUSTIN, &id).await, ["ADOPTION_ANSWER_RECEIVED"]);

            let (hamburg, austin) = (hub.id("city", "hamburg").await, hub.id("city", "austin").await);
            assert_eq!(
                shown(hub, Some(people::AUSTIN), &id).await,
                json!({ "slug": "hedges-in-the-heat", "state": "CONCLUDED", "practiceVersion": 1, "phase": "ADAPT", "outcome": "FAILED", "concludedOn": "2026-06-01",
                    "phases": [{ "phase": "INTEREST", "on": "2026-02-01" }, { "phase": "ADAPT", "on": "2026-04-01" }], "answer": "We should have said so.", "answeredOn": "2026-06-01",
                    "ownerConsentedOn": null, "cityConsentedOn": null, "withdrawnReason": null, "title": "Hedges in the heat", "changes": "Thornless ones.", "reasons": "Children.",
                    "lessons": "They need frost.", "viewerCan": ["UPDATE", "TRANSLATE", "REOPEN", "CONSENT", "WITHDRAW"], "audience": { "scope": "CITY", "of": hamburg, "city": austin },
                    "practice": { "slug": "medlars" }, "owner": { "slug": "hamburg" }, "city": { "slug": "austin" }, "seminar": { "slug": "pruning" }, "becomes": null })
            );
            assert_eq!(shown(hub, Some(people::HAMBURG), &id).await["viewerCan"], json!(["ANSWER", "CONSENT"]));
            assert_eq!(
                types(hub, Some(people::AUSTIN), &id).await,
                ["ADOPTION_RECORDED", "ADOPTION_REVISED", "ADOPTION_PHASE_REACHED", "ADOPTION_CONCLUDED", "ADOPTION_ANSWERED", "ADOPTION_ANSWER_RECEIVED"]
            );
            // Taken up again after all.
            done(hub, people::AUSTIN, "reopenAdoption", json!({ "id": id })).await;
            let again = shown(hub, Some(people::AUSTIN), &id).await;
            assert_eq!((&again["state"], &again["outcome"], &again["concludedOn"], &again["lessons"]), (&json!("IN_PROGRESS"), &json!(null), &json!(null), &json!("They need frost.")));
            done(hub, people::AUSTIN, "reachAdoptionPhase", json!({ "id": id, "phase": "RE_USE" })).await;
            done(hub, people::AUSTIN, "concludeAdoption", json!({ "id": id, "outcome": "WORKS" })).await;
            assert_eq!(maturity_of_version(hub, &medlars).await, "PROMISING", "it is between the two");
        })
    })
    .await;
}

/// The same of a practice that was changed once.
async fn maturity_of_version(hub: &TestHub, practice: &str) -> String {
    let query = "query($id: ID!) { node(id: $id) { ... on Practice { maturity } } }";
    hub.run(None, query, json!({ "id": practice })).await.text("/node/maturity").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_two_cities_see_an_adoption_until_both_consent_that_everyone_may() {
    on_both(true, |hub| {
        Box::pin(async move {
            let medlars = practice(hub, "medlars", "hamburg").await;
            let id = recorded(hub, people::AUSTIN, &medlars, "austin", json!({ "phase": "RE_USE", "lessons": "Quincelike lessons." })).await;
            done(hub, people::AUSTIN, "concludeAdoption", json!({ "id": id, "outcome": "WORKS" })).await;
            let ways = "query($id: ID!, $practice: ID!) { node(id: $id) { id } adoptions(filter: { practices: [$practice], cities: [\"austin\"], outcomes: [WORKS] }) { totalCount }
                practice: node(id: $practice) { ... on Practice { adoptions { totalCount } } } austin: city(slug: \"austin\") { adoptions(filter: { practices: [$practice] }) { totalCount } }
                hamburg: city(slug: \"hamburg\") { adoptionsByOthers(filter: { practices: [$practice] }) { totalCount } } exchangeEvents(filter: { subjects: [$id] }) { totalCount }
                search(text: \"quincelike\") { totalCount nodes { id } facets { kinds { value count } } } }";
            const PEOPLE: [Option<&str>; 7] =
                [None, Some(people::HAMBURG), Some(people::AUSTIN), Some(people::ADMINISTRATOR), Some(people::OFFICER), Some(people::LYON), Some(people::READER)];
            let check = async |are_all: bool| {
                hub.indexed().await;
                for person in PEOPLE {
                    let is_seen = are_all || [Some(people::HAMBURG), Some(people::AUSTIN), Some(people::ADMINISTRATOR)].contains(&person);
                    let seen = hub.run(person, ways, json!({ "id": id, "practice": medlars })).await;
                    assert_eq!(!seen.at("/node").is_null(), is_seen, "{person:?}");
                    for count in ["/adoptions/totalCount", "/practice/adoptions/totalCount", "/austin/adoptions/totalCount", "/hamburg/adoptionsByOthers/totalCount", "/search/totalCount"] {
                        assert_eq!(seen.at(count), i32::from(is_seen), "{person:?} {count}");
                    }
                    assert_eq!(seen.at("/exchangeEvents/totalCount") != &json!(0), is_seen, "{person:?}");
                    assert_eq!(seen.at("/search/facets/kinds"), &if is_seen { json!([{ "value": "ADOPTION", "count": 1 }]) } else { json!([]) }, "{person:?}");
                }
            };
            check(false).await;
            // One consents: nothing changes for the others.
            assert_eq!(mutate(hub, people::LYON, "consentToAdoption", json!({ "id": id })).await.code(), "NOT_FOUND");
            done(hub, people::AUSTIN, "consentToAdoption", json!({ "id": id })).await;
            assert_eq!(mutate(hub, people::AUSTIN, "consentToAdoption", json!({ "id": id })).await.message(), "The city has consented already.");
            let for_the_other = json!({ "id": id, "city": hub.id("city", "hamburg").await });
            assert_eq!(mutate(hub, people::AUSTIN, "consentToAdoption", for_the_other.clone()).await.code(), "FORBIDDEN");
            let third = mutate(hub, people::AUSTIN, "consentToAdoption", json!({ "id": id, "city": hub.id("city", "lyon").await })).await;
            assert_eq!((third.code(), third.paths()), ("BAD_INPUT", vec!["input.city".to_owned()]));
            check(false).await;
            assert_eq!(maturity(hub, &medlars).await, "PROMISING");
            // Both do.
            done(hub, people::HAMBURG, "consentToAdoption", json!({ "id": id })).await;
            check(true).await;
            assert_eq!(maturity(hub, &medlars).await, "GOOD");
            assert_eq!(types(hub, None, &id).await, ["ADOPTION_PUBLISHED"], "what happened before stays between the two");
            // One takes it back: everyone else loses it, and what it brought about.
            done(hub, people::HAMBURG, "withdrawAdoptionConsent", json!({ "id": id })).await;
            check(false).await;
            assert_eq!(maturity(hub, &medlars).await, "PROMISING");
            // An administrator may speak for both, and says for whom.
            let both = mutate(hub, people::ADMINISTRATOR, "consentToAdoption", json!({ "id": id })).await;
            assert_eq!(both.at("/consentToAdoption/errors"), &json!([]), "one has consented already: {:#}", both.json);
            let unsaid = mutate(hub, people::ADMINISTRATOR, "withdrawAdoptionConsent", json!({ "id": id })).await;
            assert_eq!((unsaid.code(), unsaid.paths()), ("BAD_INPUT", vec!["input.city".to_owned()]));
            done(hub, people::ADMINISTRATOR, "withdrawAdoptionConsent", for_the_other).await;
            check(false).await;
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_fit_an_adoption_is_refused_with_its_place() {
    on_both(true, |hub| {
        Box::pin(async move {
            let medlars = practice(hub, "medlars", "hamburg").await;
            let lyons = practice(hub, "quinces", "lyon").await;
            for (person, city, more, code, place) in [
                (people::HAMBURG, "hamburg", json!({}), "BAD_INPUT", "input.city"),
                (people::AUSTIN, "austin", json!({ "practiceVersion": 2 }), "BAD_INPUT", "input.practiceVersion"),
                (people::AUSTIN, "austin", json!({ "practiceVersion": 0 }), "BAD_INPUT", "input.practiceVersion"),
                (people::AUSTIN, "austin", json!({ "becomes": lyons }), "BAD_INPUT", "input.becomes"),
                (people::AUSTIN, "austin", json!({ "reachedOn": "2026-06-03" }), "BAD_INPUT", "input.reachedOn"),
                (people::AUSTIN, "austin", json!({ "title": " " }), "REQUIRED", "input.title"),
                (people::AUSTIN, "austin", json!({ "lessons": "x".repeat(20_001) }), "TOO_LONG", "input.lessons"),
            ] {
                let answer = record(hub, person, &medlars, city, more).await;
                assert_eq!((answer.code(), answer.paths()), (code, vec![place.to_owned()]), "{:#}", answer.json);
            }
            assert_eq!(record(hub, people::AUSTIN, &medlars, "lyon", json!({})).await.code(), "FORBIDDEN");
            assert_eq!(record(hub, people::READER, &medlars, "austin", json!({})).await.code(), "FORBIDDEN");
            let draft =
                json!({ "kind": "practice", "slug": "draft", "city": "hamburg", "language": "en", "title": "Draft", "summary": "S." });
            bring(hub, &[draft]).await;
            let hidden = hub.id("practice", "draft").await;
            assert_eq!(record(hub, people::AUSTIN, &hidden, "austin", json!({})).await.code(), "NOT_FOUND");

            let id = recorded(hub, people::AUSTIN, &medlars, "austin", json!({ "phase": "ADAPT", "reachedOn": "2026-05-01" })).await;
            assert_eq!(record(hub, people::AUSTIN, &medlars, "austin", json!({})).await.code(), "TAKEN", "once at a time");
            for (mutation, more, place) in [
                ("reachAdoptionPhase", json!({ "phase": "UNDERSTAND" }), "input.phase"),
                ("reachAdoptionPhase", json!({ "phase": "ADAPT" }), "input.phase"),
                ("reachAdoptionPhase", json!({ "phase": "RE_USE", "reachedOn": "2026-04-30" }), "input.reachedOn"),
                ("concludeAdoption", json!({ "outcome": "WORKS", "lessons": "L.", "concludedOn": "2026-04-30" }), "input.concludedOn"),
                ("concludeAdoption", json!({ "outcome": "WORKS", "lessons": "L.", "concludedOn": "2026-06-03" }), "input.concludedOn"),
            ] {
                let answer = mutate(hub, people::AUSTIN, mutation, with(json!({ "id": id }), &more)).await;
                assert_eq!((answer.code(), answer.paths()), ("BAD_INPUT", vec![place.to_owned()]), "{:#}", answer.json);
            }
            // Each city does its own part.
            assert_eq!(mutate(hub, people::HAMBURG, "updateAdoption", json!({ "id": id, "title": "Ours" })).await.code(), "FORBIDDEN");
            assert_eq!(
                mutate(hub, people::HAMBURG, "concludeAdoption", json!({ "id": id, "outcome": "FAILED", "lessons": "L." })).await.code(),
                "FORBIDDEN"
            );
            assert_eq!(
                mutate(hub, people::AUSTIN, "answerAdoption", json!({ "id": id, "answer": "Well done, we." })).await.code(),
                "FORBIDDEN"
            );
            let mute = mutate(hub, people::HAMBURG, "answerAdoption", json!({ "id": id, "answer": " " })).await;
            assert_eq!((mute.code(), mute.paths()), ("REQUIRED", vec!["input.answer".to_owned()]));
            assert_eq!(mutate(hub, people::LYON, "answerAdoption", json!({ "id": id, "answer": "A." })).await.code(), "NOT_FOUND");
            assert_eq!(mutate(hub, people::AUSTIN, "reopenAdoption", json!({ "id": id })).await.code(), "WRONG_STATE");

            // The version that was taken is told later, too.
            hub.mutate(people::HAMBURG, "practice", "updatePractice", json!({ "id": medlars, "summary": "Hedges that feed birds." })).await;
            done(hub, people::AUSTIN, "updateAdoption", json!({ "id": id, "practiceVersion": 2 })).await;
            let third = mutate(hub, people::AUSTIN, "updateAdoption", json!({ "id": id, "practiceVersion": 3 })).await;
            assert_eq!((third.code(), third.paths()), ("BAD_INPUT", vec!["input.practiceVersion".to_owned()]));

            // Taken back, it is a tombstone, and the city may begin anew; of a withdrawn practice nobody begins.
            done(hub, people::AUSTIN, "withdrawAdoption", json!({ "id": id, "reason": "It was another hedge." })).await;
            let stone = shown(hub, Some(people::HAMBURG), &id).await;
            assert_eq!(
                (&stone["state"], &stone["withdrawnReason"], &stone["title"]),
                (&json!("WITHDRAWN"), &json!("It was another hedge."), &json!("Hedges in the heat"))
            );
            assert_eq!(mutate(hub, people::AUSTIN, "updateAdoption", json!({ "id": id, "title": "T." })).await.code(), "WRONG_STATE");
            let anew = recorded(hub, people::AUSTIN, &medlars, "austin", json!({})).await;
            hub.mutate(people::HAMBURG, "practice", "withdrawPractice", json!({ "id": medlars, "reason": "They froze." })).await;
            assert_eq!(shown(hub, Some(people::AUSTIN), &anew).await["state"], "IN_PROGRESS", "a withdrawn practice keeps its adoptions");
            let late = record(hub, people::BOLOGNA, &medlars, "bologna", json!({})).await;
            assert_eq!((late.code(), late.paths()), ("WRONG_STATE", vec!["input.practice".to_owned()]));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_practice_is_as_mature_as_its_public_adoptions_make_it() {
    on_both(true, |hub| {
        Box::pin(async move {
            let medlars = practice(hub, "medlars", "hamburg").await;
            let mature = async |maturity: &str| {
                let query = "query($maturity: PracticeMaturity!, $id: ID!) { practices(first: 100, filter: { cities: [\"hamburg\"], maturities: [$maturity] }) { nodes { id } } node(id: $id) { id } }";
                hub.run(None, query, json!({ "maturity": maturity, "id": medlars })).await.at("/practices/nodes").to_string().contains(&medlars)
            };
            bring(hub, &[line("failed", "medlars", "lyon", "FAILED"), line("partly", "medlars", "bologna", "PARTLY")]).await;
            assert_eq!(maturity(hub, &medlars).await, "PROMISING");
            let wrong = "query($id: ID!) { node(id: $id) { ... on Practice { failedAdoptions { totalCount nodes { slug outcome lessons } } } } }";
            assert_eq!(hub.run(None, wrong, json!({ "id": medlars })).await.at("/node/failedAdoptions/totalCount"), 2);
            // Three cities of one country, of which one turns out to be in another.
            bring(hub, &[line("one", "medlars", "austin", "WORKS"), line("two", "medlars", "baltimore", "WORKS"), line("three", "medlars", "boston", "WORKS")]).await;
            assert_eq!(maturity(hub, &medlars).await, "GOOD");
            bring(hub, &[json!({ "kind": "city", "slug": "boston", "name": "Boston", "country": "GB", "population": [] })]).await;
            assert_eq!(maturity(hub, &medlars).await, "INSTITUTIONALISED");
            bring(hub, &[line("three", "medlars", "boston", "FAILED")]).await;
            assert_eq!(maturity(hub, &medlars).await, "GOOD");
            assert!(mature("GOOD").await && !mature("PROMISING").await);
            let again = hub.import(&format!("{}\n", line("one", "medlars", "austin", "WORKS"))).await;
            assert_eq!(again.count(|verdict| *verdict == Verdict::Unchanged), 1);
            bring(hub, &[line("partly", "medlars", "bologna", "WORKS")]).await;
            assert_eq!(maturity(hub, &medlars).await, "INSTITUTIONALISED");
            // A city counts once.
            bring(hub, &[line("once-more", "medlars", "austin", "WORKS"), line("two", "medlars", "baltimore", "FAILED")]).await;
            assert_eq!(maturity(hub, &medlars).await, "GOOD");
            // The practice itself is saved, and is as mature as before.
            let same = json!({ "kind": "practice", "slug": "medlars", "city": "hamburg", "language": "en", "title": "Hedges medlars", "summary": "Hedges that feed.", "published_on": "2026-01-01" });
            assert_eq!(hub.import(&format!("{same}\n")).await.count(|verdict| *verdict == Verdict::Unchanged), 1);
            assert_eq!(maturity(hub, &medlars).await, "GOOD");
            // Hidden, it has no adoptions that everyone sees; shown anew it has them again.
            let narrow = json!({ "id": medlars, "shareWith": hub.id("city", "hamburg").await });
            hub.mutate(people::HAMBURG, "practice", "updatePractice", narrow).await;
            let public = hub.run(None, "{ adoptions { totalCount } }", json!({})).await;
            assert_eq!(public.at("/adoptions/totalCount"), 0);
            let own = "query($id: ID!) { node(id: $id) { ... on Practice { maturity } } }";
            assert_eq!(hub.run(Some(people::HAMBURG), own, json!({ "id": medlars })).await.at("/node/maturity"), "PROMISING");
            let seen = shown(hub, Some(people::AUSTIN), &hub.id("adoption", "one").await).await;
            assert_eq!((&seen["practice"], &seen["owner"]["slug"]), (&json!(null), &json!("hamburg")), "between the two, and of what can be seen no more");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn adoptions_that_are_published_at_once_all_count() {
    on_both(true, |hub| {
        Box::pin(async move {
            let medlars = practice(hub, "medlars", "hamburg").await;
            let mut ids = Vec::new();
            for (slug, city) in [("one", "austin"), ("two", "baltimore"), ("three", "bologna")] {
                bring(hub, &[with(line(slug, "medlars", city, "WORKS"), &json!({ "owner_consented_on": null }))]).await;
                ids.push(hub.id("adoption", slug).await);
            }
            assert_eq!(maturity(hub, &medlars).await, "PROMISING");
            let consent = async |person: &str, id: &str| done(hub, person, "consentToAdoption", json!({ "id": id })).await;
            join!(consent(people::HAMBURG, &ids[0]), consent(people::HAMBURG_TOO, &ids[1]), consent(people::ADMINISTRATOR, &ids[2]));
            assert_eq!(maturity(hub, &medlars).await, "INSTITUTIONALISED");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_tells_an_adoption_by_the_same_rules() {
    on_both(true, |hub| {
        Box::pin(async move {
            practice(hub, "medlars", "hamburg").await;
            practice(hub, "quinces", "lyon").await;
            for (more, place) in [
                (json!({ "city": "hamburg" }), "did it itself"),
                (json!({ "lessons": null }), "Say what was learned"),
                (json!({ "practice_version": 2 }), "versions 1 to 1"),
                (json!({ "becomes": "quinces" }), "the city that took the other one up"),
                (json!({ "becomes": "medlars", "city": "hamburg" }), "It became another practice"),
                (json!({ "state": "in_progress" }), "It has an outcome"),
                (json!({ "outcome": null, "state": "concluded" }), "Say what came of it"),
                (json!({ "phases": [{ "phase": "ADAPT" }, { "phase": "UNDERSTAND" }] }), "forward only"),
                (json!({ "phases": [{ "phase": "ADAPT", "on": "2026-03-01" }, { "phase": "RE_USE", "on": "2026-02-01" }] }), "lies before"),
                (json!({ "city_consented_on": "2027-01-01" }), "still to come"),
            ] {
                let verdict = format!("{:?}", hub.import(&format!("{}\n", with(line("told", "medlars", "austin", "WORKS"), &more))).await.verdicts[0].1);
                assert!(verdict.contains("Refused") && verdict.contains(place), "{more}: {verdict}");
            }
            bring(hub, &[line("told", "medlars", "austin", "WORKS")]).await;
            let moved = format!("{:?}", hub.import(&format!("{}\n", line("told", "medlars", "lyon", "WORKS"))).await.verdicts[0].1);
            assert!(moved.contains("stays with its practice"), "{moved}");
            let id = hub.id("adoption", "told").await;
            assert_eq!(shown(hub, None, &id).await["phases"], json!([{ "phase": "INTEREST", "on": null }]), "no day is invented");
            assert_eq!(types(hub, None, &id).await, ["ADOPTION_RECORDED", "ADOPTION_CONCLUDED"]);
            // Another city's from now on: it is asked for its consent anew. The adopting city's own: its adoption is over.
            let of = |city: &str| json!({ "kind": "practice", "slug": "medlars", "city": city, "language": "en", "title": "Hedges medlars", "summary": "Hedges that feed.", "published_on": "2026-01-01" });
            bring(hub, &[of("lyon")]).await;
            assert!(shown(hub, None, &id).await.is_null() && shown(hub, Some(people::HAMBURG), &id).await.is_null());
            let seen = shown(hub, Some(people::LYON), &id).await;
            assert_eq!((&seen["owner"]["slug"], &seen["ownerConsentedOn"], &seen["state"]), (&json!("lyon"), &json!(null), &json!("CONCLUDED")));
            bring(hub, &[of("austin")]).await;
            let over = shown(hub, Some(people::AUSTIN), &id).await;
            assert_eq!((&over["state"], &over["withdrawnReason"]), (&json!("WITHDRAWN"), &json!("The practice is this city's own now.")));
        })
    })
    .await;
}

const LINEAGE: &str = "query($slug: String!, $depth: Int) { practice(slug: $slug) { lineage(depth: $depth) { isCut steps { level direction adoption { slug } practice { slug } } } } }";

/// The steps of a practice's lineage, each in a line.
async fn lineage(hub: &TestHub, person: Option<&str>, slug: &str, depth: i64) -> Vec<String> {
    let told = hub.run(person, LINEAGE, json!({ "slug": slug, "depth": depth })).await;
    let steps = told.at("/practice/lineage/steps").as_array().expect("a list").clone();
    let word = |value: &Value| value.as_str().unwrap_or("-").trim_start_matches("seed-").to_owned();
    steps
        .iter()
        .map(|step| {
            format!(
                "{} {} {} {}",
                step["level"],
                word(&step["direction"]),
                word(&step["adoption"]["slug"]),
                word(&step["practice"]["slug"])
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_practice_tells_where_it_comes_from_and_what_came_of_it() {
    on_both(true, |hub| {
        Box::pin(async move {
            hub.seed("adoptions.jsonl").await;
            let of_hamburg = [
                "1 DOWNSTREAM austin-swales-adopted austin-swales",
                "1 DOWNSTREAM bologna-second-adopted -",
                "2 DOWNSTREAM bologna-swales-adopted -",
            ];
            assert_eq!(lineage(hub, None, "seed-hamburg-swales", 3).await, of_hamburg);
            assert_eq!(lineage(hub, None, "seed-hamburg-swales", 1).await, of_hamburg[..2]);
            let of_austin = ["1 UPSTREAM austin-swales-adopted hamburg-swales", "1 DOWNSTREAM bologna-swales-adopted -"];
            assert_eq!(lineage(hub, None, "seed-austin-swales", 5).await, of_austin);
            // What is between two cities is told to these.
            let own = lineage(hub, Some(people::HAMBURG), "seed-austin-swales", 5).await;
            assert_eq!(own, [of_austin[0], of_austin[1], "1 DOWNSTREAM hamburg-dry-swales-adopted -"]);
            for depth in [0, 6] {
                let refused = hub.run(None, LINEAGE, json!({ "slug": "seed-austin-swales", "depth": depth })).await;
                assert_eq!(refused.json["errors"][0]["extensions"]["code"], "BAD_INPUT", "{:#}", refused.json);
                assert_eq!(refused.json["data"]["practice"], json!({ "lineage": null }), "the practice stays");
            }
            // A statement a level, however many practices are asked for; the other two are the list of practices and those that the steps lead to.
            let many = "{ practices(first: 50, filter: { title: \"swales\" }) { nodes { lineage(depth: 5) { steps { level practice { slug } } } } } }";
            let told = hub.run(None, many, json!({})).await;
            let levels = told.sql.iter().filter(|sql| sql.contains("FROM \"adoption\"")).count();
            assert_eq!((levels, told.sql.len()), (2, 4), "{:#?}", told.sql);

            // Of a practice that is hidden nothing is told, and not what lies behind it.
            let narrow = json!({ "id": hub.id("practice", "seed-austin-swales").await, "shareWith": hub.id("city", "austin").await });
            let hidden = hub.mutate(people::AUSTIN, "practice", "updatePractice", narrow).await;
            assert_eq!(hidden.at("/updatePractice/errors"), &json!([]));
            let without = ["1 DOWNSTREAM austin-swales-adopted -", "1 DOWNSTREAM bologna-second-adopted -"];
            assert_eq!(lineage(hub, None, "seed-hamburg-swales", 5).await, without);
            assert_eq!(lineage(hub, Some(people::BOLOGNA), "seed-hamburg-swales", 5).await, without, "who sees its own adoption of what is hidden");
            assert_eq!(lineage(hub, Some(people::AUSTIN), "seed-hamburg-swales", 5).await.len(), 4);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seminar_leads_by_adoptions_to_what_came_of_it() {
    on_both(true, |hub| {
        Box::pin(async move {
            hub.seed("adoptions.jsonl").await;
            let path = async |person: Option<&str>, from: (&str, &str), to: (&str, &str)| {
                let query = "query($from: ID!, $to: ID!) { path(from: $from, to: $to) { __typename ... on Seminar { slug } ... on Adoption { slug } ... on Practice { slug } } }";
                let ends = json!({ "from": hub.id(from.0, from.1).await, "to": hub.id(to.0, to.1).await });
                let told = hub.run(person, query, ends).await;
                told.json["data"]["path"].as_array().map(|nodes| {
                    let line = |node: &Value| format!("{} {}", node["__typename"].as_str().expect("a type"), node["slug"].as_str().expect("a slug").trim_start_matches("seed-"));
                    nodes.iter().map(line).collect::<Vec<_>>()
                })
            };
            let (seminar, first, second) = (("seminar", "seed-swales"), ("practice", "seed-hamburg-swales"), ("practice", "seed-austin-swales"));
            let whole = ["Seminar swales", "Adoption austin-swales-adopted", "Practice austin-swales", "Adoption bologna-swales-adopted"].map(str::to_owned).to_vec();
            assert_eq!(path(None, seminar, ("adoption", "seed-bologna-swales-adopted")).await, Some(whole.clone()), "which seminar led to this failure?");
            assert_eq!(path(None, seminar, second).await, Some(whole[..3].to_vec()));
            let presented = ["Seminar swales", "Practice hamburg-swales", "Adoption bologna-second-adopted"].map(str::to_owned).to_vec();
            assert_eq!(path(None, seminar, ("adoption", "seed-bologna-second-adopted")).await, Some(presented));
            assert_eq!(path(None, first, first).await, Some(vec!["Practice hamburg-swales".to_owned()]));
            assert_eq!(path(None, second, first).await, None, "nothing leads back");
            let lyons = ("adoption", "seed-lyon-swales-adopted");
            assert_eq!(path(None, first, lyons).await, None, "it is between two cities");
            assert_eq!(path(Some(people::LYON), first, lyons).await.map(|chain| chain.len()), Some(2));
            // At each level a statement a table: of three adoptions, of two practices, and of one what was presented; and one for each kind of what is told.
            let query = "query($from: ID!, $to: ID!) { path(from: $from, to: $to) { id } }";
            let ends = json!({ "from": hub.id("seminar", "seed-swales").await, "to": hub.id("adoption", "seed-bologna-swales-adopted").await });
            assert_eq!(hub.run(None, query, ends).await.sql.len(), 3 + 2 + 1 + 3);
            let wrong = hub.run(None, "query($id: ID!) { path(from: $id, to: $id) { id } }", json!({ "id": hub.id("city", "lyon").await })).await;
            assert_eq!((&wrong.json["data"]["path"], &wrong.json["errors"][0]["extensions"]["code"]), (&json!(null), &json!("BAD_INPUT")));
            // Where what lies between is hidden there is no path.
            let narrow = json!({ "id": hub.id("practice", "seed-austin-swales").await, "shareWith": hub.id("city", "austin").await });
            hub.mutate(people::AUSTIN, "practice", "updatePractice", narrow).await;
            assert_eq!(path(Some(people::BOLOGNA), seminar, ("adoption", "seed-bologna-swales-adopted")).await, None);
            assert_eq!(path(Some(people::AUSTIN), seminar, ("adoption", "seed-bologna-swales-adopted")).await, Some(whole));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_learns_what_cities_like_it_made_of_a_practice() {
    on_both(true, |hub| {
        Box::pin(async move {
            practice(hub, "medlars", "hamburg").await;
            let city = |slug: &str, country: &str, value: i64| json!({ "kind": "city", "slug": slug, "name": slug, "country": country, "city_kind": "CITY", "themes": ["energy"], "population": [{ "value": value }] });
            bring(hub, &[city("large", "US", 1_000_000), city("middling", "US", 100_000), city("middling-too", "MX", 120_000), city("asking", "US", 110_000)]).await;
            bring(hub, &[line("of-large", "medlars", "large", "WORKS"), line("of-middling", "medlars", "middling", "FAILED"), line("of-middling-too", "medlars", "middling-too", "PARTLY")]).await;
            let query = "query($city: ID!, $first: Int) { practice(slug: \"medlars\") { adoptedByCitiesLike(city: $city, first: $first) { score adoption { slug } reasons { kind points sentence } } } }";
            let asking = hub.id("city", "asking").await;
            let told = hub.run(None, query, json!({ "city": asking, "first": 5 })).await;
            let found = told.at("/practice/adoptedByCitiesLike").as_array().expect("a list").clone();
            let order: Vec<_> = found.iter().map(|found| (found["adoption"]["slug"].as_str().expect("a slug"), found["score"].as_i64().expect("a number"))).collect();
            assert_eq!(order, [("of-middling", 98), ("of-middling-too", 78), ("of-large", 62)]);
            for found in &found {
                let points: i64 = found["reasons"].as_array().expect("a list").iter().filter_map(|reason| reason["points"].as_i64()).sum();
                assert_eq!(json!(points), found["score"], "the reasons add up");
            }
            let sentences: Vec<_> = found[0]["reasons"].as_array().expect("a list").iter().map(|reason| reason["sentence"].as_str().expect("a sentence")).collect();
            assert_eq!(
                sentences,
                ["asking has 110,000 inhabitants, middling 100,000.", "Both work on Energy.", "They share a country: United States.", "Both are cities of one municipality."]
            );
            let one = hub.run(None, query, json!({ "city": asking, "first": 1 })).await;
            assert_eq!(one.at("/practice/adoptedByCitiesLike").as_array().map(Vec::len), Some(1));
            // The city's own is none of a city like it, and what is between two cities stays there.
            let middling = hub.run(None, query, json!({ "city": hub.id("city", "middling").await, "first": 5 })).await;
            assert!(!middling.at("/practice/adoptedByCitiesLike").to_string().contains("\"of-middling\""));
            let hidden = json!({ "id": hub.id("adoption", "of-middling").await, "city": hub.id("city", "hamburg").await });
            done(hub, people::HAMBURG, "withdrawAdoptionConsent", hidden).await;
            let without = hub.run(None, query, json!({ "city": asking, "first": 5 })).await;
            assert_eq!(without.at("/practice/adoptedByCitiesLike").as_array().map(Vec::len), Some(2));
            let nowhere = hub.run(None, query, json!({ "city": hub.id("practice", "medlars").await, "first": 5 })).await;
            assert_eq!(nowhere.json["errors"][0]["extensions"]["code"], "BAD_INPUT", "{:#}", nowhere.json);
        })
    })
    .await;
}
