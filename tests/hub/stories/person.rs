//! Accounts, roles and tokens: who gets in, what they see, and how it ends.
use std::time::Duration;

use futures_util::StreamExt;
use hansa::{access::Viewer, base::Moment, domain::person, store::Reader, store::Request};
use serde_json::{Value, json};

use crate::kit::{TestHub, on_both, people};

const ADD: &str = "mutation($input: CreatePersonInput!) { createPerson(input: $input) { person { id slug email roles { role city { slug } programme { slug } pairing { slug } } } errors { code path message } position } }";
const CHANGE: &str = "mutation($input: UpdatePersonInput!) { updatePerson(input: $input) { person { name hasLeft roles { role city { slug } } } errors { code path message } position } }";
const TOKEN: &str = "mutation($input: CreateTokenInput!) { createToken(input: $input) { secret token { id expiresAt revokedAt } errors { code path message } } }";
const REVOKE: &str =
    "mutation($input: RevokeTokenInput!) { revokeToken(input: $input) { token { revokedAt } errors { code path message } } }";
const ME: &str = "query($city: ID!, $programme: ID!) { viewer { isAdministrator canRegister canAdminister canWriteFor(city: $city) canGovern(programme: $programme) person { slug name email roles { role } tokens { id } } cities { slug } programmes { slug } audiences { scope } } }";

async fn let_in(hub: &TestHub, secret: &str) -> bool {
    hub.app.gate.viewer(Some(secret)).await.expect("no fault").is_some()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_gets_roles_and_a_token_and_loses_them() {
    on_both(true, |hub| {
        Box::pin(async move {
            let input = json!({ "name": "Zoë Brückner", "email": " Zoe@Example.org", "languages": ["de"], "roles": [{ "role": "CITY_REPRESENTATIVE", "city": "hamburg" }] });
            let added = hub.run(Some(people::ADMINISTRATOR), ADD, json!({ "input": input })).await;
            assert_eq!(added.at("/createPerson/errors"), &json!([]));
            assert_eq!((added.text("/createPerson/person/slug"), added.text("/createPerson/person/email")), ("zoe-bruckner", "zoe@example.org"));
            assert_eq!(added.at("/createPerson/person/roles"), &json!([{ "role": "CITY_REPRESENTATIVE", "city": { "slug": "hamburg" }, "programme": null, "pairing": null }]));
            assert_eq!(hub.run(Some(people::ADMINISTRATOR), ADD, json!({ "input": input })).await.code(), "TAKEN");
            let id = added.text("/createPerson/person/id").to_owned();

            let made = hub.run(Some(people::ADMINISTRATOR), TOKEN, json!({ "input": { "person": id, "expiresAt": "2026-06-02T00:00:00Z" } })).await;
            let secret = made.text("/createToken/secret").to_owned();
            assert!(secret.len() == 49 && secret.starts_with("hansa_"));
            let viewer = hub.app.gate.viewer(Some(&secret)).await.expect("no fault").expect("the token is known");
            let (_, hamburg) = hansa::base::id::split(&hub.id("city", "hamburg").await).expect("an id");
            assert!(viewer.cities.contains(&hamburg) && !viewer.is_administrator);

            // The city lists her, for its colleagues too, but not for the public.
            let listed = "{ city(slug: \"hamburg\") { representatives { totalCount nodes { slug } } } }";
            assert_eq!(hub.run(Some(people::ADMINISTRATOR), listed, json!({})).await.at("/city/representatives/totalCount"), 3);
            assert_eq!(hub.run(Some(people::HAMBURG), listed, json!({})).await.at("/city/representatives/totalCount"), 3);
            assert_eq!(hub.run(Some(people::READER), listed, json!({})).await.at("/city/representatives/totalCount"), 0);
            assert_eq!(hub.run(None, listed, json!({})).await.at("/city/representatives/totalCount"), 0);

            // Another role: the old one ends at once, with the same token.
            let changed = hub.run(Some(people::ADMINISTRATOR), CHANGE, json!({ "input": { "id": id, "roles": [{ "role": "CITY_REPRESENTATIVE", "city": "austin" }] } })).await;
            assert_eq!(changed.at("/updatePerson/person/roles"), &json!([{ "role": "CITY_REPRESENTATIVE", "city": { "slug": "austin" } }]));
            let viewer = hub.app.gate.viewer(Some(&secret)).await.expect("no fault").expect("the token is known");
            assert!(!viewer.cities.contains(&hamburg));

            assert!(let_in(hub, &secret).await);
            hub.run(Some(people::ADMINISTRATOR), CHANGE, json!({ "input": { "id": id, "hasLeft": true } })).await;
            assert!(!let_in(hub, &secret).await, "who has left is nobody");
            assert_eq!(hub.run(Some(people::ADMINISTRATOR), TOKEN, json!({ "input": { "person": id } })).await.code(), "WRONG_STATE");
            hub.run(Some(people::ADMINISTRATOR), CHANGE, json!({ "input": { "id": id, "hasLeft": false } })).await;
            assert!(let_in(hub, &secret).await);
            hub.still.pass(86_400);
            assert!(!let_in(hub, &secret).await, "the token has expired");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everyone_deals_with_their_own_tokens_and_nobody_with_others() {
    on_both(true, |hub| {
        Box::pin(async move {
            let whoami = "{ viewer { person { id } } }";
            let reader = hub.run(Some(people::READER), whoami, json!({})).await.text("/viewer/person/id").to_owned();
            let austin = hub.run(Some(people::AUSTIN), whoami, json!({})).await.text("/viewer/person/id").to_owned();
            assert_eq!(hub.run(None, TOKEN, json!({ "input": { "person": reader } })).await.code(), "UNAUTHENTICATED");
            assert_eq!(hub.run(Some(people::READER), TOKEN, json!({ "input": { "person": austin } })).await.code(), "NOT_FOUND");
            assert_eq!(
                hub.run(Some(people::HAMBURG), TOKEN, json!({ "input": { "person": austin } })).await.code(),
                "FORBIDDEN",
                "who is seen is not acted for"
            );
            assert_eq!(
                hub.run(Some(people::READER), TOKEN, json!({ "input": { "person": reader, "expiresAt": "2026-06-01T12:00:00Z" } }))
                    .await
                    .code(),
                "BAD_INPUT"
            );
            let made = hub.run(Some(people::READER), TOKEN, json!({ "input": { "person": reader } })).await;
            let (secret, token) = (made.text("/createToken/secret").to_owned(), made.text("/createToken/token/id").to_owned());
            assert_eq!(hub.run(Some(people::AUSTIN), REVOKE, json!({ "input": { "id": token } })).await.code(), "NOT_FOUND");
            assert!(let_in(hub, &secret).await);

            // The secret stands nowhere: neither in the row nor in its past.
            let hub_reader = Reader::hub(hub.app.store.db.clone());
            let (_, person) = hansa::base::id::split(&reader).expect("an id");
            let (_, id) = hansa::base::id::split(&token).expect("an id");
            let past =
                format!("{:?}", hub_reader.history(&[person], &[format!("token/{}", id.simple())]).await.expect("the past is there"));
            assert!(past.contains("expires_at") && !past.contains(&secret) && !past.contains(&person::digest(&secret)), "{past}");

            for _ in 0..2 {
                let revoked = hub.run(Some(people::READER), REVOKE, json!({ "input": { "id": token } })).await;
                assert_eq!(revoked.at("/revokeToken/errors"), &json!([]));
                assert!(!revoked.at("/revokeToken/token/revokedAt").is_null());
            }
            assert!(!let_in(hub, &secret).await);
            for (person, code) in [(None, "UNAUTHENTICATED"), (Some(people::OFFICER), "FORBIDDEN")] {
                assert_eq!(hub.run(person, ADD, json!({ "input": { "name": "X", "email": "x@example.org" } })).await.code(), code);
            }
            // One's own name, but not one's own roles.
            assert_eq!(
                hub.run(Some(people::READER), CHANGE, json!({ "input": { "id": reader, "name": "Robin L." } }))
                    .await
                    .text("/updatePerson/person/name"),
                "Robin L."
            );
            assert_eq!(
                hub.run(Some(people::READER), CHANGE, json!({ "input": { "id": reader, "roles": [{ "role": "ADMINISTRATOR" }] } }))
                    .await
                    .code(),
                "FORBIDDEN"
            );
            assert_eq!(
                hub.run(Some(people::READER), CHANGE, json!({ "input": { "id": austin, "name": "Not me" } })).await.code(),
                "NOT_FOUND"
            );
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_viewer_is_told_who_they_are_and_what_they_may_do() {
    on_both(true, |hub| {
        Box::pin(async move {
            let about = json!({ "city": hub.id("city", "hamburg").await, "programme": hub.id("programme", "iuc-north-america").await });
            let told = |person| hub.run(person, ME, about.clone());
            let rights = |answer: &crate::kit::Answer| {
                ["canRegister", "canWriteFor", "canGovern", "canAdminister"]
                    .map(|name| answer.at(&format!("/viewer/{name}")) == &json!(true))
            };
            let public = told(None).await;
            assert!(public.at("/viewer/person").is_null());
            assert_eq!((rights(&public), public.at("/viewer/audiences")), ([false; 4], &json!([{ "scope": "PUBLIC" }])));
            let hamburg = told(Some(people::HAMBURG)).await;
            assert_eq!(rights(&hamburg), [true, true, false, false]);
            assert_eq!(hamburg.at("/viewer/cities"), &json!([{ "slug": "hamburg" }]));
            assert_eq!(hamburg.text("/viewer/person/email"), "jens-hamburg@example.org");
            let scopes: Vec<&str> = hamburg
                .at("/viewer/audiences")
                .as_array()
                .expect("a list")
                .iter()
                .map(|audience| audience["scope"].as_str().expect("a scope"))
                .collect();
            for scope in ["PERSON", "CITY", "PAIRING", "PROGRAMME", "PUBLIC"] {
                assert!(scopes.contains(&scope), "{scope} of {scopes:?}");
            }
            assert_eq!(rights(&told(Some(people::OFFICER)).await), [true, false, true, false]);
            assert_eq!(rights(&told(Some(people::READER)).await), [true, false, false, false]);
            let administrator = told(Some(people::ADMINISTRATOR)).await;
            assert_eq!(rights(&administrator), [true; 4]);
            assert!(administrator.at("/viewer/audiences").is_null());
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_ends_with_the_token_it_was_opened_with() {
    on_both(true, |hub| {
        Box::pin(async move {
            let mut stream =
                hub.subscribe(Some(people::READER), "subscription { exchangeEvents { ... on ExchangeEvent { type } } }", json!({})).await;
            let revoke = async {
                let tokens = hub.run(Some(people::READER), "{ viewer { person { tokens { id } } } }", json!({})).await;
                for token in tokens.at("/viewer/person/tokens").as_array().expect("tokens") {
                    hub.run(Some(people::ADMINISTRATOR), REVOKE, json!({ "input": { "id": token["id"] } })).await;
                }
            };
            // The stream begins when it is first asked.
            let told = tokio::time::timeout(Duration::from_secs(20), stream.next());
            let (told, ()) = futures_util::join!(told, revoke);
            let end: Value = told.expect("the stream ends or tells").unwrap_or_default();
            assert!(end["errors"][0]["extensions"]["code"].is_string(), "{end:#}");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_stream_ends_with_its_token_though_nothing_happens() {
    on_both(true, |hub| {
        Box::pin(async move {
            let reader =
                hub.run(Some(people::READER), "{ viewer { person { id } } }", json!({})).await.text("/viewer/person/id").to_owned();
            let input = json!({ "input": { "person": reader, "expiresAt": "2026-06-01T12:00:01Z" } });
            let made = hub.run(Some(people::READER), TOKEN, input).await;
            let viewer = hub.app.gate.viewer(Some(made.text("/createToken/secret"))).await.expect("no fault").expect("the token is good");
            let query = "subscription { exchangeEvents { ... on ExchangeEvent { type } } }";
            let mut stream = hub.subscribe_as(viewer, query, json!({}));
            hub.still.pass(1);
            let told = tokio::time::timeout(Duration::from_secs(20), stream.next()).await;
            let end: Value = told.expect("the stream ends").expect("and says why");
            assert_eq!(end["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{end:#}");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_administrator_comes_from_the_command_line() {
    on_both(false, |hub| {
        Box::pin(async move {
            let as_hub = || Request::by(std::sync::Arc::new(Viewer::hub()));
            let writer = &hub.app.store.writer;
            let role: person::RoleWanted = "administrator".parse().expect("a role");
            writer.run(as_hub(), person::AddPerson::new("Ada".into(), "ada@example.org".into(), vec![role])).await.expect("she is added");
            let command = || person::CreateToken { who: person::Who::Named("Ada@example.org".into()), expires_at: None };
            let made = writer.run(as_hub(), command()).await.expect("a token is made").output;
            let viewer = hub.app.gate.viewer(made.secret.as_deref()).await.expect("no fault").expect("the token is known");
            assert!(viewer.is_administrator);
            let late = person::CreateToken { expires_at: Some(Moment(0)), ..command() };
            assert!(writer.run(as_hub(), late).await.is_err());
            let unknown: person::RoleWanted = "city-representative:atlantis".parse().expect("a role");
            let refused = writer
                .run(as_hub(), person::AddPerson::new("Bo".into(), "bo@example.org".into(), vec![unknown]))
                .await
                .expect_err("no such city");
            assert!(refused.told().contains("atlantis"));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_are_imported_anew_each_time() {
    on_both(false, |hub| {
        Box::pin(async move {
            let record = |roles: &str| {
                format!("{{\"kind\":\"person\",\"slug\":\"ada\",\"name\":\"Ada\",\"email\":\"ada@example.org\",\"roles\":[{roles}]}}\n")
            };
            let verdict = |report: hansa::kernel::import::Report| format!("{:?}", report.verdicts[0].1);
            assert_eq!(verdict(hub.import(&record("{\"role\":\"ADMINISTRATOR\"}")).await), "Created");
            let secret = hub.token("ada").await;
            assert!(hub.app.gate.viewer(Some(&secret)).await.unwrap().unwrap().is_administrator);
            // There is another one, so that she need not stay it.
            let other = record("{\"role\":\"ADMINISTRATOR\"}").replace("\"ada\"", "\"other\"").replace("ada@", "other@");
            assert_eq!(verdict(hub.import(&other).await), "Created");
            let head = hub.app.store.log.head();
            assert_eq!(verdict(hub.import(&record("{\"role\":\"ADMINISTRATOR\"}")).await), "Unchanged");
            assert_eq!(hub.app.store.log.head(), head);
            assert_eq!(verdict(hub.import(&record("{\"role\":\"READER\"}")).await), "Updated");
            assert_eq!(hub.app.store.log.head(), head + 1, "whoever follows rights hears of it");
            assert!(!hub.app.gate.viewer(Some(&secret)).await.unwrap().unwrap().is_administrator);
            assert!(verdict(hub.import(&record("{\"role\":\"STAKEHOLDER\"}")).await).contains("pairing"));
            let other = record("").replace("\"ada\"", "\"bo\"");
            assert!(verdict(hub.import(&other).await).contains("“ada”"), "an address belongs to one");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_administrator_stays_one() {
    on_both(true, |hub| {
        Box::pin(async move {
            let id =
                hub.run(Some(people::ADMINISTRATOR), "{ viewer { person { id } } }", json!({})).await.text("/viewer/person/id").to_owned();
            for wrong in [json!({ "roles": [] }), json!({ "hasLeft": true })] {
                let mut input = wrong;
                input["id"] = json!(id);
                assert_eq!(hub.run(Some(people::ADMINISTRATOR), CHANGE, json!({ "input": input })).await.code(), "WRONG_STATE");
            }
            let second = json!({ "name": "Second", "email": "second@example.org", "roles": [{ "role": "ADMINISTRATOR" }] });
            hub.run(Some(people::ADMINISTRATOR), ADD, json!({ "input": second })).await;
            let left = hub.run(Some(people::ADMINISTRATOR), CHANGE, json!({ "input": { "id": id, "roles": [] } })).await;
            assert_eq!(left.at("/updatePerson/errors"), &json!([]));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_asked_for_twice_is_one_and_its_last_secret_counts() {
    on_both(true, |hub| {
        Box::pin(async move {
            let own = async |person: &str| {
                hub.run(Some(person), "{ viewer { person { id } } }", json!({})).await.text("/viewer/person/id").to_owned()
            };
            let person = own(people::HAMBURG).await;
            let ask = async |key: &str, more: Value| {
                let mut input = json!({ "person": person, "idempotencyKey": key });
                for (name, value) in more.as_object().expect("an object") {
                    input[name] = value.clone();
                }
                hub.run(Some(people::HAMBURG), TOKEN, json!({ "input": input })).await
            };
            let first = ask("one", json!({})).await;
            let lost = first.text("/createToken/secret").to_owned();
            assert!(let_in(hub, &lost).await);
            let again = ask("one", json!({})).await;
            let told = again.text("/createToken/secret").to_owned();
            assert_eq!(again.text("/createToken/token/id"), first.text("/createToken/token/id"), "there is one token");
            assert!(let_in(hub, &told).await && !let_in(hub, &lost).await && told != lost);
            let other = ask("two", json!({})).await;
            assert_ne!(other.text("/createToken/token/id"), first.text("/createToken/token/id"));
            assert_eq!(ask("one", json!({ "expiresAt": "2030-01-01T00:00:00Z" })).await.code(), "KEY_REUSED");
            // Another person's keys are their own.
            let theirs = json!({ "input": { "person": own(people::AUSTIN).await, "idempotencyKey": "one" } });
            assert_eq!(hub.run(Some(people::AUSTIN), TOKEN, theirs).await.at("/createToken/errors"), &json!([]));
            // What was revoked stays so.
            hub.run(Some(people::HAMBURG), REVOKE, json!({ "input": { "id": first.text("/createToken/token/id") } })).await;
            let late = ask("one", json!({})).await;
            assert_eq!((late.code(), late.at("/createToken/secret")), ("WRONG_STATE", &Value::Null));
            assert!(!let_in(hub, &told).await);
        })
    })
    .await;
}
