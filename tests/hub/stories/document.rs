//! A document from its upload to its tombstone, and handed out by HTTP.
use hansa::api::Downloads;
use poem::{Endpoint, EndpointExt, Request, Response, Route, http::StatusCode};
use serde_json::{Value, json};

use crate::kit::{TestHub, eventually, on_both, people};

const UPLOAD: &str = "mutation($file: Upload!, $about: ID!, $title: String!, $publish: Boolean!, $with: ID, $key: String) { uploadDocument(input: { file: $file, about: $about, title: $title, publish: $publish, shareWith: $with, idempotencyKey: $key, language: \"de\", kind: MINUTES }) { document { id slug state kind mediaType size sha256 fileName url version fileVersion audience { scope } about { id } publishedOn } errors { code path message } position } }";
const REPLACE: &str = "mutation($file: Upload!, $id: ID!, $version: Int) { replaceDocumentFile(input: { file: $file, id: $id, expectedVersion: $version }) { document { version fileVersion mediaType fileName files { fileVersion fileName size url } } errors { code } } }";
const UPDATE: &str = "mutation($input: UpdateDocumentInput!) { updateDocument(input: $input) { document { state version title publishedOn audience { scope } } errors { code } position } }";
const WITHDRAW: &str = "mutation($input: WithdrawDocumentInput!) { withdrawDocument(input: $input) { document { state withdrawnReason url files { fileVersion } extractedText { text } } errors { code } position } }";
const FIND: &str = "query($text: String!) { search(text: $text, filter: { kinds: [DOCUMENT] }) { totalCount edges { node { id } } } }";

/// How many documents a search finds once the texts are read and indexed.
async fn found(hub: &TestHub, person: Option<&str>, text: &str, at_least: i64) -> i64 {
    let look = async {
        loop {
            let answer = hub.run(person, FIND, json!({ "text": text })).await;
            let count = answer.at("/search/totalCount").as_i64().expect("a count");
            if count >= at_least {
                return count;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), look).await.expect("the text is found")
}

async fn upload(hub: &TestHub, person: Option<&str>, variables: Value, name: &str, bytes: &[u8]) -> crate::kit::Answer {
    hub.run_with_file(person, UPLOAD, variables, name, bytes).await
}

/// How many contents the store keeps, and how many wait on their way.
fn kept(hub: &TestHub) -> (usize, usize) {
    let root = hub.app.store.files.incoming().ancestors().nth(2).expect("a folder").to_owned();
    let list = |path: &std::path::Path| std::fs::read_dir(path).expect("a folder").flatten().map(|entry| entry.path()).collect::<Vec<_>>();
    let incoming = list(hub.app.store.files.incoming()).len();
    (list(&root).iter().filter(|path| !path.ends_with("incoming")).map(|path| list(path).len()).sum(), incoming)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_is_uploaded_read_found_replaced_published_and_withdrawn() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let about = json!({ "about": hamburg, "title": "Protokoll der Deichrunde", "publish": false, "key": "one" });
            let text = "Die Quittenbrücke wurde besprochen.";
            let drafted = upload(hub, Some(people::HAMBURG), about.clone(), "../Protokoll.txt", text.as_bytes()).await;
            let document = drafted.at("/uploadDocument/document");
            let id = drafted.text("/uploadDocument/document/id").to_owned();
            assert_eq!(document["mediaType"], "text/plain", "the content is believed, not the claim: {:#}", drafted.json);
            assert_eq!((&document["state"], &document["kind"], &document["fileName"]), (&json!("DRAFT"), &json!("MINUTES"), &json!("Protokoll.txt")));
            assert_eq!((&document["audience"]["scope"], &document["about"]["id"]), (&json!("CITY"), &json!(hamburg)));
            assert_eq!(document["url"], format!("http://hub.test/documents/{id}"));

            // A retry is the same document; the same key with another file is refused.
            let again = upload(hub, Some(people::HAMBURG), about.clone(), "Protokoll.txt", text.as_bytes()).await;
            assert_eq!(again.text("/uploadDocument/document/id"), id);
            assert_eq!(upload(hub, Some(people::HAMBURG), about.clone(), "Protokoll.txt", b"another").await.code(), "KEY_REUSED");

            // Its own city finds it by the words in its file, nobody else does.
            assert_eq!(found(hub, Some(people::HAMBURG_TOO), "Quittenbrücke", 1).await, 1);
            let page = "query($id: ID!) { node(id: $id) { ... on Document { extractedText(characters: 16) { status pageCount page text isCut } } } }";
            let read = hub.run(Some(people::HAMBURG), page, json!({ "id": id })).await;
            assert_eq!(read.at("/node/extractedText"), &json!({ "status": "EXTRACTED", "pageCount": 1, "page": 1, "text": "Die Quittenbrück", "isCut": true }));
            for other in [None, Some(people::AUSTIN), Some(people::OFFICER)] {
                assert_eq!(found(hub, other, "Quittenbrücke", 0).await, 0, "{other:?} finds a draft of Hamburg");
                assert!(hub.run(other, "query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await.at("/node").is_null());
            }

            // A new version keeps the old one; the same file is none.
            assert_eq!(hub.run_with_file(Some(people::HAMBURG), REPLACE, json!({ "id": id }), "x.txt", text.as_bytes()).await.code(), "BAD_INPUT");
            assert_eq!(hub.run_with_file(Some(people::HAMBURG), REPLACE, json!({ "id": id, "version": 7 }), "x.txt", b"x").await.code(), "CONFLICT");
            let replaced = hub.run_with_file(Some(people::HAMBURG), REPLACE, json!({ "id": id, "version": 1 }), "Protokoll.html", "<!doctype html><p>Die Mispelbrücke".as_bytes()).await;
            let document = replaced.at("/replaceDocumentFile/document");
            assert_eq!((&document["mediaType"], &document["fileVersion"], &document["version"]), (&json!("text/html"), &json!(2), &json!(2)));
            assert_eq!((&document["files"][0]["fileVersion"], &document["files"][1]["fileName"]), (&json!(2), &json!("Protokoll.txt")));
            assert_eq!(found(hub, Some(people::HAMBURG), "Mispelbrücke", 1).await, 1);
            assert_eq!(found(hub, Some(people::HAMBURG), "Quittenbrücke", 0).await, 0);

            // Published, everyone who sees the city sees it.
            let published = hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "publish": true, "title": "Protokoll" } })).await;
            let document = published.at("/updateDocument/document");
            assert_eq!((&document["state"], &document["audience"]["scope"]), (&json!("PUBLISHED"), &json!("PUBLIC")), "{:#}", published.json);
            assert_eq!(found(hub, None, "Mispelbrücke", 1).await, 1);
            let of_city = hub.run(None, "query($slug: String!) { city(slug: $slug) { documents(filter: { title: \"protokoll\", kinds: [MINUTES], aboutKinds: [CITY] }) { nodes { id } } } }", json!({ "slug": "hamburg" })).await;
            assert!(of_city.at("/city/documents/nodes").as_array().expect("a list").contains(&json!({ "id": id })));

            // A tombstone hands out nothing and is not found.
            let withdrawn = hub.run(Some(people::HAMBURG), WITHDRAW, json!({ "input": { "id": id, "reason": "Wrong file." } })).await;
            let document = withdrawn.at("/withdrawDocument/document");
            assert_eq!(document, &json!({ "state": "WITHDRAWN", "withdrawnReason": "Wrong file.", "url": null, "files": [], "extractedText": null }));
            hub.indexed().await;
            assert_eq!(found(hub, None, "Mispelbrücke", 0).await, 0);
            assert_eq!(hub.run_with_file(Some(people::HAMBURG), REPLACE, json!({ "id": id }), "x.txt", b"x").await.code(), "WRONG_STATE");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_refused_is_not_kept() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let before = kept(hub);
            let about = json!({ "about": hamburg, "title": "Plan", "publish": true });
            for (person, code) in [(None, "UNAUTHENTICATED"), (Some(people::READER), "FORBIDDEN"), (Some(people::AUSTIN), "FORBIDDEN")] {
                assert_eq!(upload(hub, person, about.clone(), "plan.txt", b"a plan of mischief").await.code(), code, "{person:?}");
            }
            let mut wrong = about.clone();
            wrong["title"] = json!(" ");
            assert_eq!(upload(hub, Some(people::HAMBURG), wrong, "plan.txt", b"a plan of mischief").await.code(), "REQUIRED");
            assert_eq!(upload(hub, Some(people::HAMBURG), about.clone(), "plan.txt", b"").await.code(), "BAD_INPUT");
            let unknown = json!({ "about": "city_01h455vb4pex5vsknk084sn02q", "title": "Plan", "publish": true });
            assert_eq!(upload(hub, Some(people::HAMBURG), unknown, "plan.txt", b"a plan of mischief").await.code(), "NOT_FOUND");
            let theme = json!({ "about": hub.id("theme", "mobility").await, "title": "Plan", "publish": true });
            assert_eq!(upload(hub, Some(people::HAMBURG), theme, "plan.txt", b"a plan of mischief").await.code(), "BAD_INPUT");
            // What came is let go when nobody holds it any more, which may be after the answer.
            eventually("nothing is left of it", || async { (kept(hub) == before).then_some(()) }).await;
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_is_never_wider_than_what_it_is_about() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let create = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code } } }";
            let input = json!({ "city": hamburg, "language": "de", "title": "Entwurf", "summary": "Noch geheim." });
            let practice =
                hub.run(Some(people::HAMBURG), create, json!({ "input": input })).await.text("/createPractice/practice/id").to_owned();
            // Published, but about a draft: as wide as the draft.
            let inner =
                upload(hub, Some(people::HAMBURG), json!({ "about": practice, "title": "Anlage", "publish": true }), "a.txt", b"a").await;
            assert_eq!(inner.text("/uploadDocument/document/audience/scope"), "CITY");
            // A pairing of the city is wider than its draft.
            let pairing = hub.id("pairing", "guadalajara-hamburg").await;
            let wide = upload(
                hub,
                Some(people::HAMBURG),
                json!({ "about": practice, "title": "Anlage", "publish": true, "with": pairing }),
                "a.txt",
                b"a",
            )
            .await;
            assert_eq!(wide.code(), "TOO_WIDE");
            // Somebody else's pairing can't be named at all.
            let other = hub.id("pairing", "austin-bologna").await;
            let foreign = upload(
                hub,
                Some(people::HAMBURG),
                json!({ "about": hamburg, "title": "Anlage", "publish": true, "with": other }),
                "a.txt",
                b"a",
            )
            .await;
            assert_eq!(foreign.code(), "TOO_WIDE");
            // Below a public city it may go to the pairing.
            let shared = upload(
                hub,
                Some(people::HAMBURG),
                json!({ "about": hamburg, "title": "Anlage", "publish": false, "with": pairing }),
                "a.txt",
                b"a",
            )
            .await;
            assert_eq!(shared.text("/uploadDocument/document/audience/scope"), "PAIRING");
            // When the practice is hidden again, its documents follow it, and none is shown to anybody new.
            let share = "mutation($input: UpdatePracticeInput!) { updatePractice(input: $input) { errors { code message } } }";
            let shown = async |practice: &str, with: Value, publish: bool| {
                // Titles of their own: the clock of tests makes ids that end alike.
                let variables =
                    json!({ "about": practice, "title": format!("Beilage {publish} {with}"), "publish": publish, "with": with });
                upload(hub, Some(people::HAMBURG), variables, "b.txt", b"b").await.text("/uploadDocument/document/id").to_owned()
            };
            let scope = async |id: &str| {
                let query = "query($id: ID!) { node(id: $id) { ... on Document { audience { scope } } } }";
                hub.run(Some(people::ADMINISTRATOR), query, json!({ "id": id })).await.text("/node/audience/scope").to_owned()
            };
            let programme = hub.id("programme", "iuc-north-america").await;
            let public = hub.id("practice", "waermenetz-abwaerme-hamburg").await;
            let (draft, paired) = (shown(&public, Value::Null, false).await, shown(&public, json!(pairing), true).await);
            let (wide, everyone) = (shown(&public, json!(programme), true).await, shown(&public, Value::Null, true).await);
            let told = hub.run(Some(people::HAMBURG), share, json!({ "input": { "id": public, "shareWith": pairing } })).await;
            assert_eq!(told.at("/updatePractice/errors"), &json!([]));
            let scopes = [scope(&draft).await, scope(&paired).await, scope(&wide).await, scope(&everyone).await];
            assert_eq!(scopes, ["CITY", "PAIRING", "CITY", "PAIRING"]);
            // A programme does not hold the pairing's stakeholders.
            hub.run(Some(people::HAMBURG), share, json!({ "input": { "id": public, "shareWith": programme } })).await;
            assert_eq!([scope(&draft).await, scope(&paired).await], ["CITY", "CITY"]);

            // Nobody else sees the practice, so nobody else can hang a document on it.
            let hidden =
                upload(hub, Some(people::OFFICER), json!({ "about": practice, "title": "Anlage", "publish": true }), "a.txt", b"a").await;
            assert_eq!(hidden.code(), "NOT_FOUND");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_takes_texts_and_files_and_names_what_is_missing() {
    on_both(true, |hub| {
        Box::pin(async move {
            let lines = [
                json!({ "kind": "document", "slug": "a-note", "title": "A note", "media_type": "application/pdf", "about": "city:hamburg", "text": "The quincecrane stands." }),
                json!({ "kind": "document", "slug": "a-lost-file", "title": "Lost", "about": "city:hamburg", "file": "files/none.pdf" }),
                json!({ "kind": "document", "slug": "an-escape", "title": "Escape", "about": "city:hamburg", "file": "../../etc/passwd" }),
                json!({ "kind": "document", "slug": "an-empty-one", "title": "Empty", "about": "city:hamburg" }),
                json!({ "kind": "document", "slug": "about-nothing", "title": "Nothing", "about": "theme:mobility", "text": "x" }),
                json!({ "kind": "document", "slug": "for-the-city", "title": "For the city", "about": "city:hamburg", "audience": "city:hamburg", "text": "Inside." }),
            ];
            let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
            let told = |report: &hansa::kernel::import::Report| report.verdicts.iter().map(|(_, verdict)| format!("{verdict:?}")).collect::<Vec<_>>();
            let first = told(&hub.import(&text).await);
            assert_eq!((first[0].as_str(), first[5].as_str()), ("Created", "Created"), "{first:#?}");
            for (index, word) in [(1, "none.pdf"), (2, "below the folder"), (3, "one of"), (4, "about")] {
                assert!(first[index].starts_with("Refused") && first[index].contains(word), "{}", first[index]);
            }
            assert_eq!(told(&hub.import(&text).await)[0], "Unchanged");
            let note = hub.run(None, "{ document(slug: \"a-note\") { mediaType fileName state files { fileVersion } extractedText { text } } hidden: document(slug: \"for-the-city\") { id } }", json!({})).await;
            assert_eq!(note.at("/document"), &json!({ "mediaType": "text/plain", "fileName": "a-note.txt", "state": "PUBLISHED", "files": [{ "fileVersion": 1 }], "extractedText": { "text": "The quincecrane stands." } }));
            assert!(note.at("/hidden").is_null());
            assert_eq!(found(hub, None, "quincecrane", 1).await, 1);
            let changed = text.replace("quincecrane stands", "quincecrane fell");
            assert_eq!(told(&hub.import(&changed).await)[0], "Updated");
            let note = hub.run(None, "{ document(slug: \"a-note\") { files { fileVersion size } } }", json!({})).await;
            assert_eq!(note.at("/document/files"), &json!([{ "fileVersion": 2, "size": 21 }, { "fileVersion": 1, "size": 23 }]));
        })
    })
    .await;
}

async fn get(hub: &TestHub, path: &str, headers: &[(&str, &str)]) -> (Response, Vec<u8>) {
    let endpoint =
        Route::new().at("/documents/:id", Downloads::at_gate(hub.app.store.files.clone(), hub.app.gate.clone())).map_to_response();
    let mut request = Request::builder().uri(path.parse().expect("a path"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = endpoint.call(request.finish()).await.unwrap_or_else(|error| error.into_response());
    let bytes = response.take_body().into_vec().await.expect("a body");
    (response, bytes)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_handed_out_whole_and_in_parts_to_those_who_may_see_it() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let hostile = b"<!doctype html><script>alert(1)</script>";
            let drafted =
                upload(hub, Some(people::HAMBURG), json!({ "about": hamburg, "title": "Seite", "publish": false }), "Größe.html", hostile)
                    .await;
            let id = drafted.text("/uploadDocument/document/id");
            let path = format!("/documents/{id}");
            let token = format!("Bearer {}", hub.token(people::HAMBURG).await);
            let own = [("authorization", token.as_str())];

            assert_eq!(get(hub, &path, &[]).await.0.status(), StatusCode::NOT_FOUND);
            assert_eq!(get(hub, &path, &[("authorization", "Bearer hansa_wrong")]).await.0.status(), StatusCode::UNAUTHORIZED);
            assert_eq!(get(hub, &path, &[("authorization", "Basic eDp5")]).await.0.status(), StatusCode::UNAUTHORIZED);
            for missing in [
                "/documents/nothing",
                "/documents/city_01h455vb4pex5vsknk084sn02q",
                &format!("{path}?version=2"),
                &format!("{path}?version=x"),
            ] {
                assert_eq!(get(hub, missing, &own).await.0.status(), StatusCode::NOT_FOUND, "{missing}");
            }

            let (whole, bytes) = get(hub, &path, &own).await;
            assert_eq!((whole.status(), bytes.as_slice()), (StatusCode::OK, hostile.as_slice()));
            let header = |response: &Response, name: &str| {
                response.headers().get(name).map(|value| value.to_str().expect("text").to_owned()).unwrap_or_default()
            };
            assert_eq!(header(&whole, "etag"), format!("\"{}\"", drafted.text("/uploadDocument/document/sha256")));
            assert_eq!(header(&whole, "content-disposition"), "attachment; filename=\"Gr__e.html\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.html");
            assert_eq!(header(&whole, "x-content-type-options"), "nosniff");
            assert!(header(&whole, "content-security-policy").contains("sandbox"));
            assert_eq!(
                (header(&whole, "cache-control"), header(&whole, "content-length")),
                ("private, no-cache".to_owned(), hostile.len().to_string())
            );

            let etag = header(&whole, "etag");
            let with = |more: (&'static str, &'static str)| [own[0], more];
            let (part, bytes) = get(hub, &path, &with(("range", "bytes=2-8"))).await;
            assert_eq!(
                (part.status(), bytes.as_slice(), header(&part, "content-range")),
                (StatusCode::PARTIAL_CONTENT, b"doctype".as_slice(), format!("bytes 2-8/{}", hostile.len()))
            );
            assert_eq!(get(hub, &path, &with(("range", "bytes=-9"))).await.1, b"</script>");
            let (beyond, _) = get(hub, &path, &with(("range", "bytes=999-"))).await;
            assert_eq!(
                (beyond.status(), header(&beyond, "content-range")),
                (StatusCode::RANGE_NOT_SATISFIABLE, format!("bytes */{}", hostile.len()))
            );
            let (same, bytes) = get(hub, &path, &[own[0], ("if-none-match", &etag)]).await;
            assert_eq!((same.status(), bytes.len()), (StatusCode::NOT_MODIFIED, 0));
            let (other, _) = get(hub, &path, &[own[0], ("range", "bytes=0-1"), ("if-range", "\"other\"")]).await;
            assert_eq!(other.status(), StatusCode::OK);

            // An older version stays; a withdrawn document hands out none.
            hub.run_with_file(Some(people::HAMBURG), REPLACE, json!({ "id": id }), "b.txt", b"second").await;
            assert_eq!(get(hub, &path, &own).await.1, b"second");
            assert_eq!(get(hub, &format!("{path}?version=1"), &own).await.1, hostile);
            hub.run(Some(people::HAMBURG), WITHDRAW, json!({ "input": { "id": id, "reason": "Hostile." } })).await;
            assert_eq!(get(hub, &path, &own).await.0.status(), StatusCode::GONE);
            assert_eq!(get(hub, &path, &[]).await.0.status(), StatusCode::NOT_FOUND);
        })
    })
    .await;
}

/// How the text of a new document of Hamburg is told, once it was read.
async fn text_of(hub: &TestHub, name: &str, bytes: &[u8]) -> (String, Value) {
    let about = json!({ "about": hub.id("city", "hamburg").await, "title": name, "publish": true });
    let id = upload(hub, Some(people::HAMBURG), about, name, bytes).await.text("/uploadDocument/document/id").to_owned();
    let page = "query($id: ID!) { node(id: $id) { ... on Document { extractedText(characters: 100) { status pageCount unreadPageCount picturePageCount text } } } }";
    let look = async {
        loop {
            let answer = hub.run(None, page, json!({ "id": id })).await;
            let text = answer.at("/node/extractedText").clone();
            if !text.is_null() {
                return text;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    let text = tokio::time::timeout(std::time::Duration::from_secs(20), look).await.expect("the text is read");
    (id, text)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_is_handed_out_as_it_was_read_and_searched_to_its_end() {
    on_both(true, |hub| {
        Box::pin(async move {
            for (name, text, encoding) in [
                ("greek.txt", "Δήμος Αθηναίων: σχέδιο δράσης για την κλιματική αλλαγή, με κήπους βροχής.", encoding_rs::WINDOWS_1253),
                ("german.txt", "Straßen für Fußgänger und größere Gärten in der Stadt.", encoding_rs::WINDOWS_1252),
                ("plain.csv", "Straße;Stadt", encoding_rs::UTF_8),
            ] {
                let (id, read) = text_of(hub, name, &encoding.encode(text).0).await;
                assert_eq!((&read["status"], &read["text"]), (&json!("EXTRACTED"), &json!(text)), "{name}");
                let (response, bytes) = get(hub, &format!("/documents/{id}"), &[]).await;
                let told = response.headers()["content-type"].to_str().expect("ASCII").to_owned();
                let (_, charset) = told.split_once("; charset=").expect("a charset");
                let shown = encoding_rs::Encoding::for_label(charset.as_bytes()).expect("a known charset").decode(&bytes).0;
                assert_eq!(shown, text, "{name}: {told}");
            }
            let long = format!("Anfang {} Quendelende", "Die Stadt berichtet von ihren Regengärten. ".repeat(11_000));
            assert!(long.len() > 400_000);
            let (id, read) = text_of(hub, "long.txt", long.as_bytes()).await;
            assert_eq!(read["status"], "EXTRACTED");
            assert_eq!(found(hub, None, "Quendelende", 1).await, 1, "the end of {id} is found");

            let scan = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
                3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>\nendobj\n4 0 obj\n<< /Length 16 >>\nstream\n10 10 50 50 re f\nendstream\nendobj\n\
                trailer\n<< /Root 1 0 R >>\n";
            let (_, read) = text_of(hub, "scan.pdf", scan.as_bytes()).await;
            assert_eq!(read, json!({ "status": "SCANNED", "pageCount": 1, "unreadPageCount": 0, "picturePageCount": 1, "text": "" }));
        })
    })
    .await;
}
