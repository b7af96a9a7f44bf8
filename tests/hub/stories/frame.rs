//! The programme's own side: themes, programmes, calls and announcements, by mutations.
use serde_json::{Value, json};

use crate::kit::{TestHub, on_both, people};

async fn ask(hub: &TestHub, person: Option<&str>, mutation: &str, of: &str, shown: &str, input: Value) -> crate::kit::Answer {
    let query = format!("mutation($input: {of}!) {{ {mutation}(input: $input) {{ {shown} errors {{ code path message }} }} }}");
    hub.run(person, &query, json!({ "input": input })).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_theme_tree_grows_moves_and_has_no_circles() {
    on_both(true, |hub| {
        Box::pin(async move {
            let shown = "theme { id slug depth name parent { slug } viewerCan }";
            let create = async |person, input| ask(hub, person, "createTheme", "CreateThemeInput", shown, input).await;
            for person in [None, Some(people::HAMBURG), Some(people::OFFICER)] {
                let code = if person.is_none() { "UNAUTHENTICATED" } else { "FORBIDDEN" };
                assert_eq!(create(person, json!({ "name": "Quinces" })).await.code(), code, "{person:?}");
            }
            let administrator = Some(people::ADMINISTRATOR);
            assert_eq!(create(administrator, json!({ "name": " " })).await.code(), "REQUIRED");
            let labels = json!([{ "language": "de", "label": "Quitten" }]);
            let quinces = create(administrator, json!({ "name": "Quinces", "labels": labels })).await;
            let quinces = quinces.text("/createTheme/theme/id").to_owned();
            let below = create(administrator, json!({ "name": "Quince hedges", "parent": quinces })).await;
            assert_eq!((below.at("/createTheme/theme/depth"), below.at("/createTheme/theme/parent/slug")), (&json!(1), &json!("quinces")));
            let hedges = below.text("/createTheme/theme/id").to_owned();
            let update = async |input| ask(hub, administrator, "updateTheme", "UpdateThemeInput", shown, input).await;
            for (moved, parent) in [(&quinces, &hedges), (&quinces, &quinces)] {
                let refused = update(json!({ "id": moved, "parent": parent })).await;
                assert_eq!((refused.code(), refused.paths()), ("BAD_INPUT", vec!["input.parent".to_owned()]), "{moved} below {parent}");
            }
            // What stands below moves along, with a new slug and with a new place.
            let energy = hub.id("theme", "energy").await;
            let moved = update(json!({ "id": quinces, "parent": energy, "slug": "fruit" })).await;
            assert_eq!(moved.at("/updateTheme/theme/slug"), "fruit", "{:#}", moved.json);
            let tree = "query($id: ID!) { node(id: $id) { ... on Theme { depth parent { slug } } } themes(first: 100, filter: { within: [\"energy\"] }) { nodes { id } } }";
            let tree = hub.run(None, tree, json!({ "id": hedges })).await;
            assert_eq!(tree.at("/node"), &json!({ "depth": 2, "parent": { "slug": "fruit" } }));
            assert!(tree.at("/themes/nodes").as_array().expect("a list").contains(&json!({ "id": hedges })));
            let named = hub.run_in(None, &["de"], "{ theme(slug: \"quinces\") { name } }", json!({})).await;
            assert_eq!(named.at("/theme/name"), "Quitten", "the old slug leads there");
            let unnamed = create(administrator, json!({ "name": "Quinces", "labels": [{ "language": "de", "label": "" }] })).await;
            assert_eq!((unnamed.code(), unnamed.paths()), ("REQUIRED", vec!["input.labels".to_owned()]));
            let twice = json!([{ "language": "de", "label": "Quitten" }, { "language": "de", "label": "Mispeln" }]);
            let twice = create(administrator, json!({ "name": "Quinces", "labels": twice })).await;
            assert_eq!((twice.code(), twice.paths()), ("BAD_INPUT", vec!["input.labels.1.language".to_owned()]));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_is_announced_opened_and_closed_and_its_rules_have_versions() {
    on_both(true, |hub| {
        Box::pin(async move {
            let shown = "call { id state name rules { version minimumCooperationMonths } opens { verbatim earliest } viewerCan }";
            let programme = hub.id("programme", "iuc-north-america").await;
            let opens = json!({ "verbatim": "late summer 2026", "earliest": "2026-08-01", "latest": "2026-09-22", "precision": "SEASON" });
            let input =
                json!({ "programme": programme, "name": "A second call", "opens": opens, "rules": { "minimumCooperationMonths": 18 } });
            let create = async |person, input| ask(hub, person, "createCall", "CreateCallInput", shown, input).await;
            for person in [Some(people::HAMBURG), Some(people::READER)] {
                assert_eq!(create(person, input.clone()).await.code(), "FORBIDDEN", "{person:?}");
            }
            let mut wrong = input.clone();
            wrong["closes"] = json!({ "verbatim": "in spring", "earliest": "2026-03-01", "latest": "2026-04-01", "precision": "SEASON" });
            let refused = create(Some(people::OFFICER), wrong).await;
            assert_eq!((refused.code(), refused.paths()), ("BAD_INPUT", vec!["input.closes".to_owned()]));
            let made = create(Some(people::OFFICER), input).await;
            let call = made.at("/createCall/call");
            let id = call["id"].as_str().expect("an id").to_owned();
            assert_eq!(
                (&call["state"], &call["rules"]["version"], &call["viewerCan"]),
                (&json!("ANNOUNCED"), &json!(1), &json!(["UPDATE", "OPEN", "WAIVE"]))
            );
            let update = async |input| ask(hub, Some(people::OFFICER), "updateCall", "UpdateCallInput", shown, input).await;
            // The same rules are no new version, others are.
            for (months, version) in [(18, 1), (24, 2), (24, 2), (18, 3)] {
                let updated = update(json!({ "id": id, "rules": { "minimumCooperationMonths": months } })).await;
                assert_eq!(updated.at("/updateCall/call/rules/version"), version, "{months}");
            }
            assert_eq!(update(json!({ "id": id, "rules": { "planDueMonths": -1 } })).await.code(), "BAD_INPUT");
            let step = async |person, mutation| ask(hub, person, mutation, "CallStepInput", shown, json!({ "id": id })).await;
            assert_eq!(step(Some(people::OFFICER), "closeCall").await.code(), "WRONG_STATE");
            assert_eq!(step(Some(people::HAMBURG), "openCall").await.code(), "FORBIDDEN");
            assert_eq!(step(Some(people::OFFICER), "openCall").await.at("/openCall/call/state"), "OPEN");
            let told =
                hub.run(None, "{ exchangeEvents(last: 1, filter: { types: [CALL_OPENED] }) { nodes { summary } } }", json!({})).await;
            assert_eq!(told.at("/exchangeEvents/nodes/0/summary"), "A second call");
            assert_eq!(step(Some(people::OFFICER), "closeCall").await.at("/closeCall/call/state"), "CLOSED");
            let told =
                hub.run(None, "{ exchangeEvents(last: 1, filter: { types: [CALL_CLOSED] }) { nodes { summary } } }", json!({})).await;
            assert_eq!(told.at("/exchangeEvents/nodes/0/summary"), "A second call");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_announcement_is_published_corrected_and_what_it_said_stays_readable() {
    on_both(true, |hub| {
        Box::pin(async move {
            let shown = "announcement { id state title body publishedOn claims { claim city { slug } } earlierTexts { version title body } viewerCan }";
            let (programme, hamburg) = (hub.id("programme", "iuc-north-america").await, hub.id("city", "hamburg").await);
            let input = json!({ "programme": programme, "language": "en", "title": "Quinces for all", "body": "Nine cities.",
                "claims": [{ "city": hamburg, "claim": "new city" }] });
            let publish = async |person, input| ask(hub, person, "publishAnnouncement", "PublishAnnouncementInput", shown, input).await;
            assert_eq!(publish(Some(people::HAMBURG), input.clone()).await.code(), "FORBIDDEN");
            for (field, value) in [("body", json!(" ")), ("title", json!("")), ("claims", json!([{ "city": hamburg, "claim": "" }]))] {
                let mut empty = input.clone();
                empty[field] = value;
                assert_eq!(publish(Some(people::OFFICER), empty).await.code(), "REQUIRED", "{field}");
            }
            let told = publish(Some(people::OFFICER), input).await;
            let announcement = told.at("/publishAnnouncement/announcement");
            let id = announcement["id"].as_str().expect("an id").to_owned();
            assert_eq!((&announcement["state"], &announcement["publishedOn"]), (&json!("PUBLISHED"), &json!("2026-06-01")));
            assert_eq!(announcement["claims"], json!([{ "claim": "new city", "city": { "slug": "hamburg" } }]));
            let of_city = hub.run(None, "{ city(slug: \"hamburg\") { announcements { nodes { id } } } }", json!({})).await;
            assert!(of_city.at("/city/announcements/nodes").as_array().expect("a list").contains(&json!({ "id": id })));
            let correct = async |input| ask(hub, Some(people::OFFICER), "correctAnnouncement", "CorrectAnnouncementInput", shown, input).await;
            let corrected = correct(json!({ "id": id, "body": "Ten cities." })).await;
            let announcement = corrected.at("/correctAnnouncement/announcement");
            assert_eq!((&announcement["state"], &announcement["body"]), (&json!("CORRECTED"), &json!("Ten cities.")));
            assert_eq!(announcement["earlierTexts"], json!([{ "version": 1, "title": "Quinces for all", "body": "Nine cities." }]));
            let again = correct(json!({ "id": id, "title": "Medlars for all", "claims": [] })).await;
            let announcement = again.at("/correctAnnouncement/announcement");
            assert_eq!(announcement["earlierTexts"][0], json!({ "version": 2, "title": "Quinces for all", "body": "Ten cities." }));
            assert_eq!(announcement["claims"], json!([]));
            let translation = json!({ "id": id, "language": "de", "title": "Mispeln für alle", "body": "Zehn Städte." });
            let translate = "TranslateAnnouncementInput";
            let translated = ask(hub, Some(people::OFFICER), "translateAnnouncement", translate, "announcement { state }", translation).await;
            assert_eq!(translated.at("/translateAnnouncement/announcement/state"), "CORRECTED");
            let read = hub.run_in(None, &["de"], "query($id: ID!) { node(id: $id) { ... on Announcement { title earlierTexts { version } } } }", json!({ "id": id })).await;
            assert_eq!(read.at("/node"), &json!({ "title": "Mispeln für alle", "earlierTexts": [{ "version": 2 }, { "version": 1 }] }));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_programme_is_begun_by_an_administrator_and_told_by_its_officers() {
    on_both(true, |hub| {
        Box::pin(async move {
            let shown = "programme { id slug name description stated { measure value } themes { slug } viewerCan }";
            let energy = hub.id("theme", "energy").await;
            let input = json!({ "language": "en", "name": "Orchards", "description": "Fruit in cities.", "themes": [energy],
                "stated": [{ "measure": "pairings", "value": 3, "source": "its page" }] });
            let create = async |person, input| ask(hub, person, "createProgramme", "CreateProgrammeInput", shown, input).await;
            assert_eq!(create(Some(people::OFFICER), input.clone()).await.code(), "FORBIDDEN");
            let mut nobody = input.clone();
            nobody["stated"][0]["source"] = json!("");
            let nobody = create(Some(people::ADMINISTRATOR), nobody).await;
            assert_eq!((nobody.code(), nobody.paths()), ("REQUIRED", vec!["input.stated.0.source".to_owned()]));
            let mut negative = input.clone();
            negative["stated"][0]["value"] = json!(-1);
            assert_eq!(create(Some(people::ADMINISTRATOR), negative).await.code(), "BAD_INPUT");
            let made = create(Some(people::ADMINISTRATOR), input).await;
            let programme = made.at("/createProgramme/programme");
            assert_eq!((&programme["slug"], &programme["themes"]), (&json!("orchards"), &json!([{ "slug": "energy" }])), "{:#}", made.json);
            let own = hub.id("programme", "iuc-north-america").await;
            let update = async |id: &Value| {
                ask(
                    hub,
                    Some(people::OFFICER),
                    "updateProgramme",
                    "UpdateProgrammeInput",
                    shown,
                    json!({ "id": id, "source": "a leaflet" }),
                )
                .await
            };
            assert_eq!(update(&programme["id"]).await.code(), "FORBIDDEN", "another programme's officers");
            assert_eq!(
                update(&json!(own)).await.at("/updateProgramme/programme/viewerCan"),
                &json!(["UPDATE", "ADD_CITY", "REMOVE_CITY", "TRANSLATE"])
            );
            let translation = json!({ "id": programme["id"], "language": "de", "name": "Obstgärten" });
            let translated =
                ask(hub, Some(people::ADMINISTRATOR), "translateProgramme", "TranslateProgrammeInput", shown, translation).await;
            assert_eq!(translated.at("/translateProgramme/errors"), &json!([]));
            let read = hub.run_in(None, &["de"], "{ programme(slug: \"orchards\") { name } }", json!({})).await;
            assert_eq!(read.at("/programme/name"), "Obstgärten");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_is_new_in_an_announcement_and_since_its_day_and_no_longer_when_it_is_corrected() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (programme, hamburg) = (hub.id("programme", "iuc-north-america").await, hub.id("city", "hamburg").await);
            let lyon = hub.id("city", "lyon").await;
            let claims = json!([{ "city": hamburg, "claim": "new city", "isNew": true }, { "city": lyon, "claim": "a host" }]);
            let input = json!({ "programme": programme, "language": "en", "title": "Quinces", "body": "More.", "publishedOn": "2026-05-20",
                "claims": claims });
            let mut ahead = input.clone();
            ahead["publishedOn"] = json!("2027-01-01");
            let told = ask(hub, Some(people::OFFICER), "publishAnnouncement", "PublishAnnouncementInput", "announcement { id }", ahead).await;
            assert_eq!(told.at("/publishAnnouncement/errors/0/path"), &json!(["input", "publishedOn"]));
            let told = ask(hub, Some(people::OFFICER), "publishAnnouncement", "PublishAnnouncementInput", "announcement { id }", input).await;
            let id = told.text("/publishAnnouncement/announcement/id").to_owned();
            let new_since = async |day: &str| {
                let query = "query($day: Date!) { cities(filter: { newSince: $day }) { nodes { slug } } }";
                hub.run(None, query, json!({ "day": day })).await.at("/cities/nodes").clone()
            };
            assert_eq!(new_since("2026-05-20").await, json!([{ "slug": "hamburg" }]));
            assert_eq!(new_since("2026-05-21").await, json!([]), "it is a claim of that day");
            let new_in = "query($id: ID!) { hamburg: city(slug: \"hamburg\") { newIn(announcement: $id) { claim isNew } } lyon: city(slug: \"lyon\") { newIn(announcement: $id) { claim } } }";
            let claimed = hub.run(None, new_in, json!({ "id": id })).await;
            assert_eq!(claimed.at("/hamburg/newIn"), &json!({ "claim": "new city", "isNew": true }));
            assert_eq!(claimed.at("/lyon/newIn"), &json!(null));
            let nowhere = hub.run(None, new_in, json!({ "id": hamburg })).await;
            assert_eq!(nowhere.code(), "BAD_INPUT", "an id of another kind is no announcement");
            let correction = json!({ "id": id, "claims": [{ "city": hamburg, "claim": "a host" }] });
            ask(hub, Some(people::OFFICER), "correctAnnouncement", "CorrectAnnouncementInput", "announcement { id }", correction).await;
            assert_eq!(new_since("2026-05-20").await, json!([]));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cohort_keeps_the_sources_spelling_and_tells_what_contradicts_it() {
    on_both(true, |hub| {
        Box::pin(async move {
            let programme = hub.id("programme", "iuc-north-america").await;
            let (austin, boston) = (hub.id("city", "austin").await, hub.id("city", "boston").await);
            let shown = "programme { cohorts { name stated listed light sentence cities { verbatim city { slug } } } stated { measure value listed light } }";
            let update = async |person, cohorts: Value| {
                let input = json!({ "id": programme, "cohorts": cohorts, "stated": [
                    { "measure": "cities", "value": 17, "source": "page" },
                    { "measure": "trams", "value": 4, "source": "page" },
                ] });
                ask(hub, person, "updateProgramme", "UpdateProgrammeInput", shown, input).await
            };
            let told = json!({ "name": "Texan cohort", "stated": 2, "source": "page",
                "cities": [{ "verbatim": "Austin, Tex.", "city": austin }, { "verbatim": "El Paso" }] });
            assert_eq!(update(Some(people::AUSTIN), json!([told])).await.code(), "FORBIDDEN");
            let seen = update(Some(people::OFFICER), json!([told])).await;
            let cohort = seen.at("/updateProgramme/programme/cohorts/0");
            assert_eq!(cohort["cities"], json!([{ "verbatim": "Austin, Tex.", "city": { "slug": "austin" } }, { "verbatim": "El Paso", "city": null }]));
            assert_eq!((&cohort["listed"], &cohort["light"]), (&json!(1), &json!("YELLOW")));
            assert_eq!(cohort["sentence"], "The source states 2 cities of the Texan cohort; listed here: 1.");
            let figures = seen.at("/updateProgramme/programme/stated");
            assert_eq!(figures[0], json!({ "measure": "cities", "value": 17, "listed": 18, "light": "RED" }));
            assert_eq!(figures[1], json!({ "measure": "trams", "value": 4, "listed": null, "light": "GREY" }));
            for (wrong, path) in [
                (json!([{ "name": " ", "source": "page", "cities": [] }]), "input.cohorts.0.name"),
                (json!([{ "name": "A", "source": "", "cities": [] }]), "input.cohorts.0.source"),
                (json!([{ "name": "A", "source": "page", "stated": -1, "cities": [] }]), "input.cohorts.0.stated"),
                (json!([told, told]), "input.cohorts.1.name"),
                (json!([{ "name": "A", "source": "page", "cities": [{ "verbatim": "" }] }]), "input.cohorts.0.cities.0.verbatim"),
                (json!([{ "name": "A", "source": "page", "cities": [{ "verbatim": "x", "city": boston }, { "verbatim": "y", "city": boston }] }]), "input.cohorts.0.cities.1.city"),
                (json!([{ "name": "A", "source": "page", "cities": [{ "verbatim": "x", "city": programme }] }]), "input.cohorts.0.cities.0.city"),
            ] {
                let refused = update(Some(people::OFFICER), wrong).await;
                assert_eq!(refused.paths(), [path], "{:#}", refused.json);
            }
        })
    })
    .await;
}
