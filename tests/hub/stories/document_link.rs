//! A document that is a page or a file on another site.
use hansa::{api::Downloads, kernel::import::Options};
use poem::{
    Endpoint, EndpointExt, Request, Route,
    http::{StatusCode, header},
};
use serde_json::{Value, json};

use crate::kit::{Receiver, TestHub, both, eventually, on_both, people};

const LINK: &str = "mutation($input: LinkDocumentInput!) { linkDocument(input: $input) { document { id slug state link linkCheckedOn linkFault url mediaType size sha256 fileName fileVersion files { fileVersion } extractedText { text } about { id } } errors { code path } } }";
const UPDATE: &str = "mutation($input: UpdateDocumentInput!) { updateDocument(input: $input) { document { link } errors { code path } } }";
const REPLACE: &str = "mutation($file: Upload!, $id: ID!) { replaceDocumentFile(input: { file: $file, id: $id }) { document { link mediaType fileVersion url } errors { code } } }";
const CHECKED: &str = "query($id: ID!) { node(id: $id) { ... on Document { linkCheckedOn linkFault } } }";

async fn link(hub: &TestHub, person: Option<&str>, link: &str, title: &str) -> crate::kit::Answer {
    let about = hub.id("city", "hamburg").await;
    hub.run(person, LINK, json!({ "input": { "about": about, "link": link, "title": title, "publish": true } })).await
}

/// What is told of a document's link once it was asked.
async fn checked(hub: &TestHub, id: &str, day: &str) -> Value {
    eventually("the link is asked", || async {
        let told = hub.run(None, CHECKED, json!({ "id": id })).await;
        (told.at("/node/linkCheckedOn") == day).then(|| told.at("/node/linkFault").clone())
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_on_another_site_is_linked_found_corrected_and_becomes_a_file() {
    on_both(true, |hub| {
        Box::pin(async move {
            for (bad, code) in [("javascript:alert(1)", "BAD_INPUT"), ("example.org/report", "BAD_INPUT"), ("https://ada:secret@example.org/", "BAD_INPUT"), ("https://example.org:99999/", "BAD_INPUT"), ("", "REQUIRED")] {
                let refused = link(hub, Some(people::HAMBURG), bad, "Report").await;
                assert_eq!((refused.code(), refused.paths()), (code, vec!["input.link".to_owned()]), "{bad}");
            }
            assert_eq!(link(hub, Some(people::AUSTIN), "https://example.org/report", "Report").await.code(), "FORBIDDEN");
            assert_eq!(link(hub, None, "https://example.org/report", "Report").await.code(), "UNAUTHENTICATED");

            let added = link(hub, Some(people::HAMBURG), " https://example.org/bericht#seite=3 ", "Bericht über die Quittenbrücke").await;
            let document = added.at("/linkDocument/document");
            let id = document["id"].as_str().expect("an id").to_owned();
            assert_eq!((&document["link"], &document["state"]), (&json!("https://example.org/bericht#seite=3"), &json!("PUBLISHED")));
            for field in ["linkCheckedOn", "linkFault", "url", "mediaType", "size", "sha256", "fileName", "fileVersion", "extractedText"] {
                assert!(document[field].is_null(), "{field} is of a file: {document:#}");
            }
            assert_eq!(document["files"], json!([]));
            hub.indexed().await;
            let found = hub.run(None, "{ search(text: \"Quittenbrücke\") { edges { node { id } } } }", json!({})).await;
            assert_eq!(found.at("/search/edges/0/node/id"), &json!(id));
            let listed = "query($is: Boolean!) { documents(first: 100, filter: { isLink: $is }) { nodes { id } } }";
            let listed = async |is: bool| hub.run(None, listed, json!({ "is": is })).await.at("/documents/nodes").clone();
            assert_eq!(listed(true).await, json!([{ "id": id }]));
            assert!(!listed(false).await.as_array().expect("a list").contains(&json!({ "id": id })));

            // Whoever asks for the file is led there.
            let routes = Route::new().at("/documents/:id", Downloads::at_gate(hub.app.store.files.clone(), hub.app.gate.clone())).map_to_response();
            let handed = routes.call(Request::builder().uri(format!("/documents/{id}").parse().expect("a path")).finish()).await.expect("an answer");
            assert_eq!((handed.status(), handed.header(header::LOCATION)), (StatusCode::FOUND, Some("https://example.org/bericht#seite=3")));

            let corrected = hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "link": "https://example.org/report" } })).await;
            assert_eq!(corrected.at("/updateDocument/document/link"), "https://example.org/report");
            let refused = hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "link": "ftp://example.org" } })).await;
            assert_eq!((refused.code(), refused.paths()), ("BAD_INPUT", vec!["input.link".to_owned()]));

            // What is exported is imported as it was, and a record tells one of text, file and url.
            let record = json!({ "kind": "document", "slug": "elsewhere", "title": "Elsewhere", "about": "city:hamburg", "url": "https://example.org/a" });
            assert!(!hub.import(&record.to_string()).await.any_refused());
            assert!(!hub.import_with(&record.to_string(), Options { dry_run: true, ..Options::default() }).await.any_refused());
            let both = json!({ "kind": "document", "slug": "both", "title": "Both", "about": "city:hamburg", "url": "https://example.org/a", "text": "Also." });
            assert!(hub.import(&both.to_string()).await.any_refused());
            let elsewhere = hub.run(None, "{ document(slug: \"elsewhere\") { link fileVersion } }", json!({})).await;
            assert_eq!(elsewhere.at("/document"), &json!({ "link": "https://example.org/a", "fileVersion": null }));
            let file = json!({ "kind": "document", "slug": "elsewhere", "title": "Elsewhere", "about": "city:hamburg", "text": "Here." });
            assert!(!hub.import(&file.to_string()).await.any_refused());
            let here = hub.run(None, "{ document(slug: \"elsewhere\") { link fileVersion files { fileVersion } } }", json!({})).await;
            assert_eq!(here.at("/document"), &json!({ "link": null, "fileVersion": 1, "files": [{ "fileVersion": 1 }] }));
            assert!(!hub.import(&record.to_string()).await.any_refused());
            let again = hub.run(None, "{ document(slug: \"elsewhere\") { link fileVersion files { fileVersion } } }", json!({})).await;
            assert_eq!(again.at("/document"), &json!({ "link": "https://example.org/a", "fileVersion": null, "files": [{ "fileVersion": 1 }] }));

            let replaced = hub.run_with_file(Some(people::HAMBURG), REPLACE, json!({ "id": id }), "bericht.txt", b"The report itself.").await;
            let document = replaced.at("/replaceDocumentFile/document");
            assert_eq!((&document["link"], &document["mediaType"], &document["fileVersion"]), (&Value::Null, &json!("text/plain"), &json!(1)));
            let refused = hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "link": "https://example.org/" } })).await;
            assert_eq!(refused.code(), "BAD_INPUT");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn links_are_asked_where_a_setting_says_so_and_again_when_it_is_time() {
    let site = Receiver::start().await;
    let at = |path: &str| site.url().replace("/hook", path);
    for backend in both() {
        site.answers(|asked| match asked.path.as_str() {
            "/there" => (200, None),
            "/no-head" => (405, None),
            "/moved" => (301, Some(("location", "/there".to_owned()))),
            "/round" => (302, Some(("location", "/round".to_owned()))),
            _ => (404, None),
        });
        let hub = TestHub::demo(backend).await.reconfigured(|config| config.check_links_days = Some(30)).await;
        let mut ids = Vec::new();
        for (path, fault) in [
            ("/there", Value::Null),
            ("/there#page=3", Value::Null),
            ("/no-head", Value::Null),
            ("/moved", Value::Null),
            ("/gone", json!("The site answered 404.")),
            ("/round", json!("It leads from place to place, more than 5 times.")),
        ] {
            let added = link(&hub, Some(people::HAMBURG), &at(path), path).await;
            let id = added.text("/linkDocument/document/id").to_owned();
            assert_eq!(checked(&hub, &id, "2026-06-01").await, fault, "{path}");
            ids.push(id);
        }
        assert!(site.take(6).await.iter().all(|asked| asked.method == "HEAD"), "nothing is fetched");
        // An address that webhooks may not have either is not asked.
        let behind =
            link(&hub, Some(people::HAMBURG), "http://10.0.0.1/", "Behind the wall").await.text("/linkDocument/document/id").to_owned();
        // A month later something new comes, and what was asked is asked again: of a site that answers otherwise by then.
        site.answers(|_| (200, None));
        hub.still.pass(31 * 86_400);
        let new = link(&hub, Some(people::HAMBURG), &at("/new"), "New").await.text("/linkDocument/document/id").to_owned();
        for id in ids.iter().chain([&new]) {
            assert_eq!(checked(&hub, id, "2026-07-02").await, Value::Null);
        }
        let told = hub.run(None, CHECKED, json!({ "id": behind })).await;
        assert_eq!(told.at("/node"), &json!({ "linkCheckedOn": null, "linkFault": null }));
        hub.end().await;
    }
}
