//! Members see members: who is there, who shows their address to whom, who lets whom in, and what is handed on.
use serde_json::{Value, json};

use crate::kit::{Answer, TestHub, on_both, people};

const ADD: &str = "mutation($input: AddMemberInput!) { addMember(input: $input) { person { id slug name contactVisibleTo } notice errors { code path message } } }";
const REMOVE: &str = "mutation($input: RemoveMemberInput!) { removeMember(input: $input) { person { id } errors { code path message } } }";
const CHANGE: &str = "mutation($input: UpdatePersonInput!) { updatePerson(input: $input) { person { id } errors { code path message } } }";
const HAND: &str = "mutation($input: HandOverInput!) { handOver(input: $input) { person { slug } errors { code path message } } }";
const SEEN: &str = "query($id: ID!) { node(id: $id) { ... on Person { name languages email roles { role } tokens { id } } } }";
const ROCIO: &str = "rocio-guadalajara";

async fn id_of(hub: &TestHub, person: &str) -> String {
    hub.run(Some(person), "{ viewer { person { id } } }", json!({})).await.text("/viewer/person/id").to_owned()
}

fn role(role: &str, name: &str, of: &str) -> Value {
    let mut told = json!({ "role": role });
    told[name] = json!(of);
    told
}

async fn add(hub: &TestHub, by: &str, email: &str, role: Value) -> Answer {
    let name = email.split('@').next().unwrap_or_default().trim();
    hub.run(Some(by), ADD, json!({ "input": { "email": email, "name": name, "languages": ["en"], "role": role } })).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_is_seen_by_members_and_shows_the_address_to_whom_they_like() {
    on_both(true, |hub| {
        Box::pin(async move {
            let id = id_of(hub, ROCIO).await;
            // Who looks, and from which setting on they see the address: a partner, a stakeholder of the pairing, somebody of the programme, its officer, others.
            let looks: [(Option<&str>, bool, &[&str]); 7] = [
                (Some(people::HAMBURG), true, &["PARTNERS", "PROGRAMME", "PUBLIC"]),
                (Some(people::STAKEHOLDER), true, &["PARTNERS", "PROGRAMME", "PUBLIC"]),
                (Some(people::AUSTIN), true, &["PROGRAMME", "PUBLIC"]),
                (Some(people::OFFICER), true, &["PROGRAMME", "PUBLIC"]),
                (Some(people::READER), false, &["PUBLIC"]),
                (None, false, &["PUBLIC"]),
                (Some(people::ADMINISTRATOR), true, &["NOBODY", "PARTNERS", "PROGRAMME", "PUBLIC"]),
            ];
            for setting in ["PARTNERS", "NOBODY", "PROGRAMME", "PUBLIC"] {
                let set = hub.run(Some(ROCIO), CHANGE, json!({ "input": { "id": id, "contactVisibleTo": setting } })).await;
                assert_eq!(set.at("/updatePerson/errors"), &json!([]));
                for (person, is_member, shown) in looks {
                    let what = format!("{setting} as {person:?}");
                    let answer = hub.run(person, SEEN, json!({ "id": id })).await;
                    let is_seen = is_member || setting == "PUBLIC";
                    assert_eq!(!answer.at("/node").is_null(), is_seen, "{what}");
                    if !is_seen {
                        continue;
                    }
                    assert!(answer.text("/node/name").starts_with("Roc") && answer.at("/node/languages").is_array(), "{what}");
                    assert_eq!(!answer.at("/node/email").is_null(), shown.contains(&setting), "{what}");
                    let is_administrator = person == Some(people::ADMINISTRATOR);
                    assert_eq!(
                        (answer.at("/node/roles").is_null(), answer.at("/node/tokens").is_null()),
                        (!is_administrator, !is_administrator),
                        "{what}"
                    );
                }
            }
            // Nobody else sets it, and nobody changes what they only see.
            for (by, code) in [(people::HAMBURG, "FORBIDDEN"), (people::OFFICER, "FORBIDDEN"), (people::READER, "FORBIDDEN")] {
                let input = json!({ "input": { "id": id, "contactVisibleTo": "PUBLIC" } });
                assert_eq!(hub.run(Some(by), CHANGE, input).await.code(), code, "{by}");
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_shares_nothing_with_a_member_learns_nothing_of_them() {
    on_both(true, |hub| {
        Box::pin(async move {
            // A city of another programme, with a representative of its own.
            let lines = [
                json!({ "kind": "programme", "slug": "other-programme", "name": "Another programme", "language": "en" }),
                json!({ "kind": "city", "slug": "othertown", "name": "Othertown", "country": "FR", "programmes": ["other-programme"] }),
                json!({ "kind": "person", "slug": "olga-othertown", "name": "Olga Outremer", "email": "olga@example.org", "languages": ["fr"], "roles": [role("CITY_REPRESENTATIVE", "city", "othertown")] }),
            ];
            assert!(!hub.import(&lines.map(|line| format!("{line}\n")).concat()).await.any_refused());
            hub.indexed().await;
            let id = hub.run(Some(people::ADMINISTRATOR), "{ person(slug: \"olga-othertown\") { id } }", json!({})).await.text("/person/id").to_owned();
            let look = "query($id: ID!) { node(id: $id) { id } person(slug: \"olga-othertown\") { id } people(first: 100) { nodes { id } }
                theirs: people(filter: { cities: [\"othertown\"] }) { totalCount } french: people(first: 100, filter: { languages: [\"fr\"] }, orderBy: NEWEST) { nodes { id } }
                city(slug: \"othertown\") { representatives { totalCount } } search(text: \"Olga Outremer olga@example.org\") { nodes { id } } exchangeEvents(filter: { subjects: [$id] }) { totalCount } }";
            for person in [None, Some(people::HAMBURG), Some(people::OFFICER), Some(people::STAKEHOLDER), Some(people::READER)] {
                let seen = hub.run(person, look, json!({ "id": id })).await;
                assert!(!seen.json["data"].to_string().contains(&id), "{person:?}: {:#}", seen.json);
                for count in ["/theirs/totalCount", "/city/representatives/totalCount", "/exchangeEvents/totalCount"] {
                    assert_eq!(seen.at(count), 0, "{person:?} {count}");
                }
                if let Some(person) = person {
                    let input = json!({ "input": { "id": id, "name": "Mine" } });
                    assert_eq!(hub.run(Some(person), CHANGE, input).await.code(), "NOT_FOUND", "{person}");
                }
            }
            // As soon as her city takes part in the programme, its members see her; who leaves is seen by them no longer.
            let joined = json!({ "kind": "city", "slug": "othertown", "name": "Othertown", "country": "FR", "programmes": ["other-programme", "iuc-north-america"] });
            assert!(!hub.import(&format!("{joined}\n")).await.any_refused());
            assert_eq!(hub.run(Some(people::HAMBURG), look, json!({ "id": id })).await.at("/node/id"), &json!(id));
            let left = hub.run(Some(people::ADMINISTRATOR), CHANGE, json!({ "input": { "id": id, "hasLeft": true } })).await;
            assert_eq!(left.at("/updatePerson/errors"), &json!([]));
            assert!(hub.run(Some(people::HAMBURG), look, json!({ "id": id })).await.at("/node").is_null());
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn representatives_and_officers_let_people_in_and_nobody_gives_more_than_they_have() {
    on_both(true, |hub| {
        Box::pin(async move {
            let lines = [
                json!({ "kind": "programme", "slug": "other-programme", "name": "Another programme", "language": "en" }),
                json!({ "kind": "city", "slug": "othertown", "name": "Othertown", "country": "FR", "programmes": ["other-programme"] }),
            ];
            assert!(!hub.import(&lines.map(|line| format!("{line}\n")).concat()).await.any_refused());
            let hamburg = || role("CITY_REPRESENTATIVE", "city", "hamburg");
            let austin = || role("CITY_REPRESENTATIVE", "city", "austin");
            let tries: [(&str, Value, bool); 15] = [
                (people::HAMBURG, hamburg(), true),
                (people::HAMBURG, austin(), false),
                (people::HAMBURG, role("STAKEHOLDER", "pairing", "guadalajara-hamburg"), true),
                (people::HAMBURG, role("STAKEHOLDER", "pairing", "austin-bologna"), false),
                (people::HAMBURG, role("PROGRAMME_OFFICER", "programme", "iuc-north-america"), false),
                (people::HAMBURG, json!({ "role": "ADMINISTRATOR" }), false),
                (people::HAMBURG, json!({ "role": "READER" }), false),
                (people::OFFICER, austin(), true),
                (people::OFFICER, role("STAKEHOLDER", "pairing", "austin-bologna"), true),
                (people::OFFICER, role("PROGRAMME_OFFICER", "programme", "iuc-north-america"), true),
                (people::OFFICER, role("PROGRAMME_OFFICER", "programme", "other-programme"), false),
                (people::OFFICER, role("CITY_REPRESENTATIVE", "city", "othertown"), false),
                (people::OFFICER, json!({ "role": "ADMINISTRATOR" }), false),
                (people::STAKEHOLDER, role("STAKEHOLDER", "pairing", "guadalajara-hamburg"), false),
                (people::READER, hamburg(), false),
            ];
            for (number, (by, role, is_done)) in tries.into_iter().enumerate() {
                let answer = add(hub, by, &format!("new-{number}@example.org"), role.clone()).await;
                let what = format!("{by} gives {role}: {:#}", answer.json);
                if is_done {
                    assert_eq!(answer.at("/addMember/errors"), &json!([]), "{what}");
                    // An officer is in no pairing, and so does not see its stakeholders.
                    let is_seen = by != people::OFFICER || role["role"] != "STAKEHOLDER";
                    let shown = answer.at("/addMember/person");
                    assert!(if is_seen { shown["contactVisibleTo"] == "PARTNERS" } else { shown.is_null() }, "{what}");
                    assert!(answer.text("/addMember/notice").contains("contactVisibleTo"), "{what}");
                } else {
                    assert_eq!((answer.code(), answer.at("/addMember/notice")), ("FORBIDDEN", &Value::Null), "{what}");
                }
                // What was refused left nothing behind.
                let newest = "{ people(first: 100, orderBy: NEWEST) { nodes { email } } }";
                let there =
                    hub.run(Some(people::ADMINISTRATOR), newest, json!({})).await.json.to_string().contains(&format!("new-{number}@"));
                assert_eq!(there, is_done, "{what}");
            }
            assert_eq!(
                hub.run(None, ADD, json!({ "input": { "email": "x@example.org", "name": "X", "role": hamburg() } })).await.code(),
                "UNAUTHENTICATED"
            );
            assert_eq!(add(hub, people::HAMBURG, "no address", hamburg()).await.code(), "BAD_INPUT");

            // An account that is there gets the role and keeps its name; it is told apart from a new one by nothing else.
            let reader = id_of(hub, people::READER).await;
            let got = add(hub, people::HAMBURG, " Robin-Reader@example.org", hamburg()).await;
            assert_eq!((got.text("/addMember/person/id"), got.text("/addMember/person/slug")), (&*reader, people::READER));
            assert!(got.text("/addMember/notice").contains("contactVisibleTo"));
            let own = hub.run(Some(people::READER), "{ viewer { cities { slug } } }", json!({})).await;
            assert_eq!(own.at("/viewer/cities"), &json!([{ "slug": "hamburg" }]));
            let again = add(hub, people::HAMBURG, "robin-reader@example.org", hamburg()).await;
            assert_eq!(again.at("/addMember/errors"), &json!([]), "giving it again changes nothing");

            // Taken away by those who may give it, and given up by whoever has it.
            let take = |role: Value| json!({ "input": { "person": reader, "role": role } });
            assert_eq!(hub.run(Some(people::AUSTIN), REMOVE, take(hamburg())).await.code(), "FORBIDDEN");
            assert_eq!(hub.run(Some(people::HAMBURG_TOO), REMOVE, take(hamburg())).await.at("/removeMember/errors"), &json!([]));
            assert_eq!(hub.run(Some(people::READER), REMOVE, take(hamburg())).await.code(), "NOT_FOUND");
            add(hub, people::OFFICER, "robin-reader@example.org", austin()).await;
            assert_eq!(hub.run(Some(people::READER), REMOVE, take(austin())).await.at("/removeMember/errors"), &json!([]));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_is_always_an_administrator() {
    on_both(true, |hub| {
        Box::pin(async move {
            let ada = id_of(hub, people::ADMINISTRATOR).await;
            let administrator = json!({ "role": "ADMINISTRATOR" });
            let give_up = json!({ "input": { "person": ada, "role": administrator } });
            assert_eq!(hub.run(Some(people::ADMINISTRATOR), REMOVE, give_up.clone()).await.code(), "WRONG_STATE");
            let record = json!({ "kind": "person", "slug": people::ADMINISTRATOR, "name": "Ada", "email": "ada-admin@example.org", "roles": [] });
            assert!(format!("{:?}", hub.import(&format!("{record}\n")).await.verdicts[0].1).contains("last administrator"));
            let left = json!({ "kind": "person", "slug": people::ADMINISTRATOR, "name": "Ada", "email": "ada-admin@example.org", "state": "left", "roles": [administrator] });
            assert!(format!("{:?}", hub.import(&format!("{left}\n")).await.verdicts[0].1).contains("last administrator"));

            // Two who take the role from each other at the same moment: one of them keeps it.
            let second = add(hub, people::ADMINISTRATOR, "second@example.org", administrator.clone()).await;
            let (second, slug) = (second.text("/addMember/person/id").to_owned(), second.text("/addMember/person/slug").to_owned());
            hub.run(Some(&slug), "{ viewer { isAdministrator } }", json!({})).await;
            let take = |person: &str| json!({ "input": { "person": person, "role": { "role": "ADMINISTRATOR" } } });
            let (one, other) = futures_util::join!(hub.run(Some(people::ADMINISTRATOR), REMOVE, take(&second)), hub.run(Some(&slug), REMOVE, take(&ada)));
            let done = [&one, &other].map(|answer| answer.at("/removeMember/errors") == &json!([]));
            assert!(done.contains(&true), "{:#} {:#}", one.json, other.json);
            let mut left = 0;
            for person in [people::ADMINISTRATOR, &slug] {
                left += i32::from(hub.run(Some(person), "{ viewer { isAdministrator } }", json!({})).await.at("/viewer/isAdministrator") == &json!(true));
            }
            assert_eq!(left, 1, "{:#} {:#}", one.json, other.json);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_had_to_do_is_listed_and_handed_on_in_one_act() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (dale, jens) = (id_of(hub, people::AUSTIN).await, id_of(hub, people::HAMBURG).await);
            let list = "query($id: ID!) { node(id: $id) { ... on Person { responsibilities { what isSole subject { __typename id } } } } }";
            let listed = hub.run(Some(people::OFFICER), list, json!({ "id": dale })).await;
            let told: Vec<(&str, &str)> = listed
                .at("/node/responsibilities")
                .as_array()
                .expect("a list")
                .iter()
                .map(|one| (one["what"].as_str().expect("a sentence"), one["subject"]["__typename"].as_str().expect("a type")))
                .collect();
            assert_eq!(told, [("Speaks for a city.", "City"), ("Speaks for an organisation that takes part.", "Involvement")]);
            assert!(listed.at("/node/responsibilities/0/isSole") == &json!(true), "Austin has one representative");
            // A partner sees the person, not their tasks, and can't hand them on.
            assert!(hub.run(Some(people::BOLOGNA), list, json!({ "id": dale })).await.at("/node/responsibilities").is_null());
            let hand = |from: &str, to: &str, leaves: bool| json!({ "input": { "person": from, "to": to, "leaves": leaves } });
            assert_eq!(hub.run(Some(people::BOLOGNA), HAND, hand(&dale, &jens, true)).await.code(), "FORBIDDEN");
            assert_eq!(hub.run(Some(people::OFFICER), HAND, hand(&dale, &dale, true)).await.code(), "BAD_INPUT");

            let token = hub.token(people::AUSTIN).await;
            let new = add(hub, people::OFFICER, "amy-austin@example.org", role("CITY_REPRESENTATIVE", "city", "austin")).await;
            let (amy, slug) = (new.text("/addMember/person/id").to_owned(), new.text("/addMember/person/slug").to_owned());
            let seen = hub.run(Some(people::OFFICER), list, json!({ "id": dale })).await;
            assert_eq!(seen.at("/node/responsibilities/0/isSole"), &json!(false));
            let done = hub.run(Some(people::OFFICER), HAND, hand(&dale, &amy, true)).await;
            assert_eq!((done.at("/handOver/errors"), done.text("/handOver/person/slug")), (&json!([]), &*slug));
            let hers = hub.run(Some(&slug), list, json!({ "id": amy })).await;
            assert_eq!(hers.at("/node/responsibilities").as_array().expect("a list").len(), 2, "{:#}", hers.json);
            assert!(hub.app.gate.viewer(Some(&token)).await.expect("no fault").is_none(), "who has left is nobody");
            let gone = hub.run(Some(people::ADMINISTRATOR), list, json!({ "id": dale })).await;
            assert_eq!(gone.at("/node/responsibilities"), &json!([]));
            assert_eq!(
                hub.run(Some(people::OFFICER), HAND, hand(&amy, &dale, false)).await.code(),
                "NOT_FOUND",
                "who has left is seen no longer"
            );

            // Without leaving: to a colleague, by oneself; whoever has no role is nobody's to deal with but their own.
            let handed = hub.run(Some(people::HAMBURG), HAND, hand(&jens, &id_of(hub, people::HAMBURG_TOO).await, false)).await;
            assert_eq!(handed.at("/handOver/errors"), &json!([]));
            let own =
                hub.run(Some(people::HAMBURG), "{ viewer { person { id responsibilities { what } } cities { slug } } }", json!({})).await;
            assert_eq!((own.at("/viewer/person/responsibilities"), own.at("/viewer/cities")), (&json!([]), &json!([])));
        })
    })
    .await;
}
