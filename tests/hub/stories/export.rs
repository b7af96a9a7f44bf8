//! Everything written out and taken in elsewhere, and the command line that does it.
use std::{
    collections::BTreeMap,
    path::Path,
    process::{Command, Output},
};

use hansa::kernel::import::{Options, Verdict};
use serde_json::json;

use crate::kit::{TestHub, on_both, people};

/// All files below a folder with their bytes, by path.
fn read(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let name = entry.file_name().expect("a name").to_string_lossy().into_owned();
        if entry.is_dir() {
            files.extend(read(&entry).into_iter().map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
        } else {
            files.insert(name, std::fs::read(&entry).expect("bytes"));
        }
    }
    files
}

/// Everything that the demonstration alone does not have: a renamed practice with a stale translation, a document with an
/// earlier file, a place at a seminar, drafts, partners that are sought, the interest of other cities and what they made of practices, and building blocks, one of them withdrawn.
async fn change(hub: &TestHub) {
    hub.seed("interests.jsonl").await;
    hub.seed("adoptions.jsonl").await;
    hub.seed("building_blocks.jsonl").await;
    let gone = json!({ "id": hub.id("building_block", "seed-key-holders").await, "reason": "Nobody holds them." });
    assert_eq!(
        hub.mutate(people::HAMBURG, "buildingBlock", "withdrawBuildingBlock", gone).await.at("/withdrawBuildingBlock/errors"),
        &json!([])
    );
    let hamburg = hub.id("city", "hamburg").await;
    let as_hamburg = async |query: &str, variables| {
        let answer = hub.run(Some(people::HAMBURG), query, variables).await;
        let payload = answer.json["data"].as_object().and_then(|data| data.values().next()).expect("a payload").clone();
        assert_eq!(payload["errors"], json!([]), "{:#}", answer.json);
        payload
    };
    let create = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { message } } }";
    let practice = as_hamburg(
        create,
        json!({ "input": { "city": hamburg, "language": "de", "title": "Regenspiel", "summary": "Nass.", "slug": "regenspiel" } }),
    )
    .await;
    let id = practice["practice"]["id"].clone();
    let translate = "mutation($input: TranslatePracticeInput!) { translatePractice(input: $input) { practice { id } errors { message } } }";
    as_hamburg(translate, json!({ "input": { "id": id, "language": "en", "title": "Rain play", "summary": "Wet." } })).await;
    let update = "mutation($input: UpdatePracticeInput!) { updatePractice(input: $input) { practice { id } errors { message } } }";
    as_hamburg(update, json!({ "input": { "id": id, "slug": "regenspielplatz", "summary": "Sehr nass." } })).await;
    let upload = "mutation($file: Upload!, $about: ID!) { uploadDocument(input: { file: $file, about: $about, title: \"Zwei Fassungen\" }) { document { id } errors { message } } }";
    let document = hub.run_with_file(Some(people::HAMBURG), upload, json!({ "about": id }), "a.txt", "Erste Fassung".as_bytes()).await;
    let document = document.text("/uploadDocument/document/id").to_owned();
    let replace = "mutation($file: Upload!, $id: ID!) { replaceDocumentFile(input: { file: $file, id: $id }) { document { fileVersion } errors { message } } }";
    let replaced = hub.run_with_file(Some(people::HAMBURG), replace, json!({ "id": document }), "b.md", b"# Zweite Fassung").await;
    assert_eq!(replaced.at("/replaceDocumentFile/document/fileVersion"), 2);
    let follow = "mutation($id: ID!) { follow(input: { id: $id }) { followed { id } errors { message } } }";
    for followed in [hamburg.clone(), hub.id("theme", "climate-action").await] {
        as_hamburg(follow, json!({ "id": followed })).await;
        // Which came first is told by when.
        hub.still.pass(1);
    }
    let save = "mutation($input: SaveSearchInput!) { saveSearch(input: $input) { savedSearch { id } errors { message } } }";
    let filter = json!({ "kinds": ["PRACTICE"], "cities": [hamburg], "near": { "latitude": 53.5, "longitude": 10.0, "kilometres": 12.5 } });
    as_hamburg(save, json!({ "input": { "text": "rain", "name": "Rain at home", "languages": ["de", "en"], "filter": filter } })).await;
    let hook = "mutation($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } errors { message } } }";
    let filter = json!({ "types": ["PRACTICE_PUBLISHED"], "cities": [hamburg], "subjects": [id], "themes": [hub.id("theme", "climate-action").await] });
    as_hamburg(hook, json!({ "input": { "url": "https://127.0.0.1:9/hook", "name": "Of Hamburg", "filter": filter } })).await;
    let searches = hub.run(Some(people::HAMBURG), "{ savedSearches { nodes { id } } }", json!({})).await;
    as_hamburg(hook, json!({ "input": { "url": "https://127.0.0.1:9/found", "savedSearch": searches.at("/savedSearches/nodes/0/id") } }))
        .await;
    let weekly = json!({ "kind": "person", "slug": people::HAMBURG, "digest": "weekly" });
    let report = hub.import_with(&format!("{weekly}\n"), Options { keep_missing: true, ..Options::default() }).await;
    assert_eq!(report.verdicts[0].1, Verdict::Updated);
    let synonym = "mutation($input: CreateSynonymInput!) { createSynonym(input: $input) { synonym { slug } errors { message } } }";
    for input in
        [json!({ "language": "de", "terms": ["ÖPNV", "Nahverkehr"] }), json!({ "terms": ["NYC"], "expansions": ["New York City"] })]
    {
        let done = hub.run(Some(people::ADMINISTRATOR), synonym, json!({ "input": input })).await;
        assert_eq!(done.at("/createSynonym/errors"), &json!([]));
    }
    let seminars = hub
        .run(None, "{ seminars(filter: { states: [SCHEDULED] }, first: 100) { nodes { id isRegistrationOpen placesLeft } } }", json!({}))
        .await;
    let open = seminars
        .at("/seminars/nodes")
        .as_array()
        .and_then(|all| all.iter().find(|one| one["isRegistrationOpen"] == true && one["placesLeft"] != 0));
    let register = "mutation($input: RegisterForSeminarInput!) { registerForSeminar(input: $input) { seminar { id } errors { message } } }";
    as_hamburg(register, json!({ "input": { "id": open.expect("an open seminar")["id"], "city": hamburg } })).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_taken_into_an_empty_hub_gives_an_equal_export() {
    on_both(true, |hub| {
        Box::pin(async move {
            change(hub).await;
            let folder = tempfile::tempdir().expect("a folder");
            let (first, second) = (folder.path().join("first"), folder.path().join("second"));
            let written = hub.app.store.export(&first).await.expect("it is written");
            assert!(written.records > 500 && written.files > 40, "{written:?}");

            let other = TestHub::empty(hub.backend).await;
            let report = other.app.store.import(std::slice::from_ref(&first), Options::default()).await.expect("no fault");
            let wrong: Vec<_> = report.verdicts.iter().filter(|(_, verdict)| *verdict != Verdict::Created).collect();
            assert!(wrong.is_empty(), "{wrong:?}");
            assert_eq!(other.app.store.export(&second).await.expect("it is written"), written);
            let (first_files, second_files) = (read(&first), read(&second));
            for (path, bytes) in &first_files {
                let same = second_files.get(path).is_some_and(|other| other == bytes);
                assert!(same, "{path} differs\n{}\n{}", String::from_utf8_lossy(bytes), second_files.get(path).map(|other| String::from_utf8_lossy(other)).unwrap_or_default());
            }
            assert_eq!(first_files.len(), second_files.len());

            // The other hub answers as this one does.
            let asked = "{ practice(slug: \"regenspiel\") { slug translations { language isStale ofVersion } documents { nodes { files { fileVersion fileName mediaType } } } } }";
            let (here, there) = (hub.run(Some(people::HAMBURG), asked, json!({})).await, other.run(Some(people::HAMBURG), asked, json!({})).await);
            assert_eq!(there.json, here.json);
            assert_eq!(there.at("/practice/slug"), "regenspielplatz", "the old address leads to it there too");
            assert_eq!(there.at("/practice/translations/0/isStale"), true);
            assert_eq!(there.at("/practice/documents/nodes/0/files/1/fileName"), "a.txt");
            let places = "{ seminars(first: 100) { nodes { slug registered participants { nodes { name city { slug } registeredAt } } } } }";
            let (here, there) = (hub.run(Some(people::ADMINISTRATOR), places, json!({})).await, other.run(Some(people::ADMINISTRATOR), places, json!({})).await);
            assert_eq!(there.json, here.json);

            let kept = "{ follows { __typename ... on City { slug } ... on Theme { slug } } savedSearches { nodes { name text languages filter { kinds cities kilometres } } } }";
            let (here, there) = (hub.run(Some(people::HAMBURG), kept, json!({})).await, other.run(Some(people::HAMBURG), kept, json!({})).await);
            assert_eq!(there.json, here.json);
            assert_eq!(there.at("/savedSearches/nodes/0/name"), "Rain at home");
            let hooks = "{ digest { period } webhooks { nodes { name url query state savedSearch { name } filter { types } } } }";
            let (here, there) = (hub.run(Some(people::HAMBURG), hooks, json!({})).await, other.run(Some(people::HAMBURG), hooks, json!({})).await);
            assert_eq!(there.json, here.json);
            assert_eq!((there.text("/digest/period"), there.at("/webhooks/nodes").as_array().map(Vec::len)), ("WEEKLY", Some(2)));
            let exported = String::from_utf8_lossy(&first_files["webhook.jsonl"]).into_owned();
            assert!(exported.contains("\"subjects\":[\"practice:regenspielplatz\"]") && !exported.contains("whsec_"), "{exported}");
            // Whoever reads the export can't read the feed.
            let feed = hub.run(Some(people::HAMBURG), "{ savedSearches { nodes { feedUrl } } }", json!({})).await;
            let secret = feed.text("/savedSearches/nodes/0/feedUrl").rsplit_once('/').expect("an address").1.trim_end_matches(".atom").to_owned();
            assert!(first_files.values().all(|bytes| !String::from_utf8_lossy(bytes).contains(&secret)), "the secret is written out");

            // Where it came from it changes nothing.
            let again = hub.app.store.import(&[first], Options::default()).await.expect("no fault");
            assert_eq!(again.count(|verdict| *verdict == Verdict::Unchanged), again.verdicts.len(), "{:?}", again.verdicts.iter().filter(|(_, verdict)| *verdict != Verdict::Unchanged).collect::<Vec<_>>());
            other.end().await;
        })
    })
    .await;
}

/// Runs the program on a data folder.
fn hansa(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hansa"));
    command.env_clear().current_dir(data).args(["--data-dir"]).arg(data).args(["--log", "error"]).args(arguments);
    command.output().expect("the program runs")
}

fn told(output: &Output) -> (bool, String) {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    (output.status.success(), String::from_utf8(text).expect("UTF-8"))
}

#[test]
fn the_command_line_fills_checks_and_empties_a_hub() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("a folder");
    let run = |arguments: &[&str]| told(&hansa(&data, arguments));
    let lines = data.join("lines.jsonl");
    std::fs::write(&lines, "{\"kind\":\"theme\",\"slug\":\"air\",\"name\":\"Air\"}\n{\"kind\":\"theme\",\"slug\":\"noise\",\"name\":\"Noise\",\"parent\":\"nowhere\"}\n").expect("a file");
    let lines = lines.to_str().expect("UTF-8");

    assert_eq!(run(&["migrate"]), (true, "The database is up to date.\n".to_owned()));
    let (good, text) = run(&["import", lines, "--dry-run"]);
    assert!(!good && text.contains("dry run") && text.contains("created theme air"), "{text}");
    let (good, text) = run(&["import", lines]);
    assert!(!good, "a refused record makes the exit status non-zero");
    assert!(
        text.contains("refused theme noise")
            && text.contains("lines.jsonl:2: ")
            && text.contains("1 created, 0 updated, 0 unchanged, 1 refused"),
        "{text}"
    );
    assert!(run(&["import", "nothing.jsonl"]).1.contains("nothing.jsonl can't be read"));

    let (good, id) = run(&["person", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "administrator"]);
    assert!(good && id.starts_with("person_"), "{id}");
    let (good, text) = run(&["person", "add", "--email", "ada@example.org", "--name", "Ada"]);
    assert!(!good && text.contains("Another account"), "{text}");
    assert!(!run(&["person", "add", "--email", "bo@example.org", "--name", "Bo", "--role", "mayor:lyon"]).0);
    let (good, token) = run(&["token", "create", "--email", "ada@example.org"]);
    assert!(good && token.starts_with("hansa_"), "{token}");
    assert!(!run(&["token", "create", "--email", "nobody@example.org"]).0);

    let (good, text) = run(&["reindex"]);
    assert!(good && text.contains("indexed anew"), "{text}");
    // The doctor looks, and makes nothing: in a hub that is there, and where there is none.
    std::fs::create_dir_all(data.join("documents")).expect("a folder");
    let listed = || read(&data).into_iter().filter(|(path, _)| !path.contains("hansa.sqlite")).collect::<BTreeMap<_, _>>();
    let before = listed();
    let (good, text) = run(&["doctor", "--listen", "127.0.0.1:0"]);
    assert!(good && !text.contains("wrong"), "{text}");
    assert_eq!(listed(), before);
    let nowhere = folder.path().join("nowhere");
    std::fs::create_dir(&nowhere).expect("a folder");
    let (good, text) = told(&hansa(&nowhere, &["doctor"]));
    assert!(!good && text.contains("hansa serve"), "{text}");
    assert_eq!(std::fs::read_dir(&nowhere).expect("a folder").count(), 0, "{text}");

    let out = folder.path().join("out");
    let out = out.to_str().expect("UTF-8");
    let (good, text) = run(&["export", out]);
    assert!(good && text.starts_with("2 records and 0 files"), "{text}");
    assert_eq!(
        std::fs::read_to_string(Path::new(out).join("theme.jsonl")).expect("themes"),
        "{\"kind\":\"theme\",\"name\":\"Air\",\"slug\":\"air\"}\n"
    );
    let (good, text) = run(&["export", out]);
    assert!(!good && text.contains("not an empty folder"), "{text}");

    let (good, text) = run(&["schema"]);
    assert!(good && text.contains("type Query"));
    let file = data.join("wrong.toml");
    for (settings, named) in [
        ("listen = 5", "line 1, “listen = 5”"),
        ("[limits]\ndepth = \"a\"", "“depth”"),
        ("listen = 1", "listen"),
        ("[limits]\ndeepth = 1", "deepth"),
    ] {
        std::fs::write(&file, settings).expect("a file");
        let (good, text) = run(&["migrate", "--config", file.to_str().expect("UTF-8")]);
        assert!(!good && text.lines().count() == 1 && text.contains(named), "{settings} is named: {text}");
    }
    for wrong in [
        ["--listen", "nowhere"],
        ["--limit", "depth=0"],
        ["--data-dir", "/proc/nowhere"],
        ["--database-url", "postgres://nobody@127.0.0.1:1/none"],
        ["--public-url", "hub"],
        ["--log", "=,="],
    ] {
        let (good, text) = run(&["migrate", wrong[0], wrong[1]]);
        assert!(!good && text.lines().count() == 1 && text.contains(wrong[0].trim_start_matches('-')), "{wrong:?} is named: {text}");
    }
    // What Kubernetes tells of a service called `hansa`, and a slip of the pen, stop nothing and are told.
    let mut misspelt = Command::new(env!("CARGO_BIN_EXE_hansa"));
    misspelt.env_clear().current_dir(&data).arg("schema");
    for name in ["HANSA_LISTN", "HANSA_SERVICE_HOST", "HANSA_PORT", "HANSA_PORT_80_TCP"] {
        misspelt.env(name, "tcp://10.0.0.1:80");
    }
    let output = misspelt.output().expect("the program runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && output.stdout.starts_with(b"\""), "{told}");
    assert!(told.contains("HANSA_LISTN is no setting and is passed over; did you mean HANSA_LISTEN?"), "{told}");
    assert_eq!(told.lines().count(), 4, "{told}");
    assert!(told.contains("HANSA_PORT is no setting and is passed over.") && told.contains("HANSA_PORT_80_TCP"), "{told}");
}
