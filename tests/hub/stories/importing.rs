//! Importing: what records say that nobody reads, what they leave unsaid, what they bring; and every text that can be written comes back.
use std::path::Path;

use hansa::kernel::import::{Options, Verdict};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use serde_json::{Value, json};

use crate::kit::{Backend, TestHub, on_both, people};

fn lines(records: &[Value]) -> String {
    records.iter().map(|record| format!("{record}\n")).collect()
}

fn practice(slug: &str, more: Value) -> Value {
    let mut record = json!({ "kind": "practice", "slug": slug, "city": "hamburg", "language": "en", "title": "Quince", "summary": "Hedges.", "published_on": "2020-01-01" });
    for (name, value) in more.as_object().expect("an object") {
        record[name] = value.clone();
    }
    record
}

const READ: &str = "query($slug: String!) { practice(slug: $slug) { title summary body state publishedOn themes { slug } translations { language } money { amount } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_field_that_nobody_reads_is_warned_of_or_refused() {
    on_both(true, |hub| {
        Box::pin(async move {
            let records = [
                json!({ "kind": "city", "slug": "typo", "name": "Typo", "country": "FR", "popluation": 5 }),
                practice("typo", json!({ "boddy": "All the long text.", "theme": ["mobility"], "money": [{ "amount": 1, "currency": "EUR", "wat": "Trees" }] })),
                practice("right", json!({ "body": "All.", "summary": null, "old_slugs": ["was-right"], "translations": [{ "language": "de", "title": "Quitte", "summary": "Hecken.", "boddy": "Alles." }] })),
            ];
            let warned = hub.import_with(&lines(&records), Options::default()).await;
            let told: Vec<(usize, &str)> = warned.warnings.iter().map(|(place, told)| (*place, told.as_str())).collect();
            assert_eq!(
                told,
                [
                    (0, "“popluation” is not a field of a city; did you mean “population”?"),
                    (1, "“boddy” is not a field of a practice; did you mean “body”?"),
                    (1, "“money.0.wat” is not a field of a practice; did you mean “what”?"),
                    (1, "“theme” is not a field of a practice; did you mean “themes”?"),
                    (2, "“translations.0.boddy” is not a field of a practice; did you mean “body”?"),
                ]
            );
            assert_eq!(warned.count(|verdict| *verdict == Verdict::Created), 2, "the third lacks its summary: {:?}", warned.verdicts);
            let strict = hub.import_with(&lines(&records[1..2]), Options { strict: true, ..Options::default() }).await;
            assert!(matches!(&strict.verdicts[0].1, Verdict::Refused(why) if why.contains("“boddy”") && why.contains("“theme”")), "{:?}", strict.verdicts);
            assert!(strict.warnings.is_empty());
            // What the hub writes itself has no field that it does not know.
            let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
            let strict = hub.app.store.import(&[demo], Options { strict: true, dry_run: true, ..Options::default() }).await.expect("no fault");
            let refused: Vec<_> = strict.verdicts.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Refused(_))).map(|(_, verdict)| verdict).collect();
            assert!(refused.is_empty(), "{refused:?}");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_is_the_whole_thing_unless_what_it_leaves_unsaid_is_kept() {
    on_both(true, |hub| {
        Box::pin(async move {
            let whole = practice(
                "whole",
                json!({ "body": "All of it.", "themes": ["mobility"], "money": [{ "amount": 5.0, "currency": "EUR" }], "translations": [{ "language": "de", "title": "Quitte", "summary": "Hecken." }] }),
            );
            let document = json!({ "kind": "document", "slug": "whole-plan", "title": "Plan", "about": "practice:whole", "text": "Quincewords of the plan.", "description": "What to do." });
            assert!(!hub.import(&lines(&[whole, document])).await.any_refused());
            let before = hub.run(None, READ, json!({ "slug": "whole" })).await.json;
            let keeps = Options { keep_missing: true, ..Options::default() };

            // The same again, said or unsaid, changes nothing.
            let same = json!({ "kind": "practice", "slug": "whole" });
            let same_document = json!({ "kind": "document", "slug": "whole-plan" });
            let report = hub.import_with(&lines(&[same, same_document]), keeps).await;
            assert_eq!(report.count(|verdict| *verdict == Verdict::Unchanged), 2, "{:?}", report.verdicts);
            assert_eq!(hub.run(None, READ, json!({ "slug": "whole" })).await.json, before);

            let changes = [
                json!({ "kind": "practice", "slug": "whole", "title": "Quinces", "money": null }),
                json!({ "kind": "document", "slug": "whole-plan", "title": "The plan", "lisence": "CC0" }),
                json!({ "kind": "theme", "slug": "whole-new", "name": "New" }),
            ];
            let report = hub.import_with(&lines(&changes), keeps).await;
            assert_eq!(report.warnings.len(), 1, "{:?}", report.warnings);
            assert!(matches!(&report.verdicts[0].1, Verdict::Refused(why) if why.contains("money")), "a list is not null: {:?}", report.verdicts[0].1);
            assert_eq!(report.verdicts[1].1, Verdict::Updated);
            assert_eq!(report.verdicts[2].1, Verdict::Created);
            let changed = json!({ "kind": "practice", "slug": "whole", "title": "Quinces", "money": [], "body": null });
            assert_eq!(hub.import_with(&lines(&[changed]), keeps).await.verdicts[0].1, Verdict::Updated);
            let mut expected = before["data"]["practice"].clone();
            expected["title"] = json!("Quinces");
            expected["money"] = json!([]);
            expected["body"] = Value::Null;
            assert_eq!(hub.run(None, READ, json!({ "slug": "whole" })).await.at("/practice"), &expected);
            let read = "query { document(slug: \"whole-plan\") { title description fileVersion fileName files { fileName } } }";
            let plan = hub.run(None, read, json!({})).await;
            assert_eq!(plan.at("/document"), &json!({ "title": "The plan", "description": "What to do.", "fileVersion": 1, "fileName": "whole-plan.txt", "files": [{ "fileName": "whole-plan.txt" }] }));
            // Another text is another file.
            let other = json!({ "kind": "document", "slug": "whole-plan", "text": "# Other words", "media_type": "text/markdown" });
            assert_eq!(hub.import_with(&lines(&[other]), keeps).await.verdicts[0].1, Verdict::Updated);
            assert_eq!(hub.run(None, read, json!({})).await.at("/document/fileVersion"), 2);

            // Without it, what is left out is emptied.
            assert_eq!(hub.import(&lines(&[practice("whole", json!({}))])).await.verdicts[0].1, Verdict::Updated);
            let emptied = hub.run(None, READ, json!({ "slug": "whole" })).await;
            assert_eq!((emptied.at("/practice/themes"), emptied.at("/practice/body")), (&json!([]), &Value::Null));
        })
    })
    .await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_does_not_lead_a_documents_file_out_of_the_folder() {
    let hub = TestHub::demo(Backend::Sqlite).await;
    let folder = tempfile::tempdir().expect("a folder");
    let (inside, secret) = (folder.path().join("in"), folder.path().join("secret.txt"));
    std::fs::create_dir_all(inside.join("below")).expect("a folder");
    std::fs::write(&secret, "A secret outside.").expect("a file");
    std::fs::write(inside.join("below/plan.txt"), "A plan inside.").expect("a file");
    for (link, to) in [("link.txt", secret.clone()), ("up", folder.path().to_owned()), ("within.txt", inside.join("below/plan.txt"))] {
        std::os::unix::fs::symlink(to, inside.join(link)).expect("a link");
    }
    let record = |slug: &str, file: &str| json!({ "kind": "document", "slug": slug, "title": slug, "about": "city:hamburg", "file": file });
    let records = [
        record("leak", "link.txt"),
        record("leak-below", "up/secret.txt"),
        record("dots", "../secret.txt"),
        record("rooted", secret.to_str().expect("UTF-8")),
        record("missing", "nowhere.txt"),
        record("within", "within.txt"),
        record("plain", "below/plan.txt"),
    ];
    std::fs::write(inside.join("documents.jsonl"), lines(&records)).expect("a file");
    let report = hub.app.store.import(std::slice::from_ref(&inside), Options::default()).await.expect("no fault");
    for (line, verdict) in &report.verdicts {
        let is_good = ["within", "plain"].contains(&line.slug.as_str());
        match verdict {
            Verdict::Refused(why) if !is_good => assert!(why.contains("“file”") || line.slug == "missing", "{}: {why}", line.slug),
            verdict => assert!(is_good && *verdict == Verdict::Created, "{}: {verdict:?}", line.slug),
        }
    }
    hub.end().await;
}

/// Characters that break things, and all the others but U+0000, which the transport lets nobody write.
fn texts() -> impl Strategy<Value = String> {
    let odd = proptest::sample::select(vec![
        "\\u0000",
        "\\",
        "\"",
        "\r\n",
        "\t",
        "\u{feff}",
        "\u{2028}",
        "\u{85}",
        "\u{200b}",
        "\u{202e}",
        "’",
        "'",
        "{",
        "}",
        "\u{1f600}",
        "\u{e0001}",
        "e\u{301}",
        "\u{ffff}",
        "\u{10ffff}",
        "\u{7f}",
        "\u{1}",
        " ",
        "\n",
        "--",
        "$1",
        "%",
        "\\n",
        "\u{fffd}",
    ])
    .prop_map(str::to_owned);
    let piece = proptest::prop_oneof![odd, "\\PC{0,8}", proptest::prelude::any::<char>().prop_map(String::from)];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat().replace('\0', ""))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_be_written_can_be_exported_and_imported_again() {
    on_both(true, |hub| {
        Box::pin(async move {
            let create = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code message } } }";
            let hamburg = hub.id("city", "hamburg").await;
            let (mut runner, strategy) = (TestRunner::deterministic(), texts());
            let mut text = || strategy.new_tree(&mut runner).expect("a text").current();
            // What is a single line has no controls; they are refused.
            let line = |text: String| text.replace(|letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}'), "");
            let mut written = 0;
            for _ in 0..120 {
                let input = json!({ "city": hamburg, "language": "en", "title": line(text()), "summary": text(), "body": text(), "difficulties": text(), "stakeholders": [line(text())],
                    "money": [{ "amount": 1.5, "currency": "EUR", "what": line(text()) }], "indicators": [{ "name": line(text()), "value": 0.1, "unit": line(text()) }] });
                let done = hub.run(Some(people::HAMBURG), create, json!({ "input": input })).await;
                // Refused as data or as an argument is well; a fault is not.
                assert_ne!(done.json.pointer("/errors/0/extensions/code"), Some(&json!("INTERNAL")), "{input:#}");
                written += usize::from(done.json.pointer("/data/createPractice/practice/id").is_some());
            }
            assert!(written > 30, "{written} of them were taken");
            let folder = tempfile::tempdir().expect("a folder");
            let (first, second) = (folder.path().join("first"), folder.path().join("second"));
            hub.app.store.export(&first).await.expect("it is written");
            let other = TestHub::empty(hub.backend).await;
            let report = other.app.store.import(std::slice::from_ref(&first), Options { strict: true, ..Options::default() }).await.expect("no fault");
            let wrong: Vec<_> = report.verdicts.iter().filter(|(_, verdict)| *verdict != Verdict::Created).collect();
            assert!(wrong.is_empty(), "{wrong:?}");
            other.app.store.export(&second).await.expect("it is written");
            let read = |folder: &Path| std::fs::read_to_string(folder.join("practice.jsonl")).expect("practices");
            assert_eq!(read(&first), read(&second));
            other.end().await;
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn six_characters_that_tell_of_nul_are_no_nul() {
    on_both(true, |hub| {
        Box::pin(async move {
            let records = [
                practice("escaping", json!({ "title": "In JSON, write \\u0000 for NUL" })),
                practice("nul", json!({ "summary": "a\0b" })),
                practice("both", json!({ "body": "see \\u0000\\." })),
            ];
            let report = hub.import(&lines(&records)).await;
            let taken: Vec<bool> = report.verdicts.iter().map(|(_, verdict)| *verdict == Verdict::Created).collect();
            assert_eq!(taken, [true, false, true], "{:?}", report.verdicts);
            assert_eq!(report.verdicts[1].0.slug, "nul", "the verdict names the record");
            assert_eq!(hub.run(None, READ, json!({ "slug": "escaping" })).await.text("/practice/title"), "In JSON, write \\u0000 for NUL");
        })
    })
    .await;
}

/// Many records of one kind, each chunk made ready while the one before it is kept: refused ones among them, by rules and by the database.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_records_go_through_in_their_order_and_the_refused_are_named() {
    on_both(true, |hub| {
        Box::pin(async move {
            let person = |number: usize| json!({ "kind": "person", "slug": format!("crowd-{number}"), "name": format!("Person {number}"), "email": format!("crowd-{number}@example.org") });
            let practices = |number: usize| practice(&format!("crowd-{number}"), if number % 100 == 7 { json!({ "city": "nowhere" }) } else { json!({}) });
            let records: Vec<Value> = (0..1_700).map(practices).chain((0..700).map(person)).collect();
            let report = hub.import(&lines(&records)).await;
            let refused: Vec<&str> = report.verdicts.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Refused(_))).map(|(line, _)| line.slug.as_str()).collect();
            let expected: Vec<String> = (0..1_700).filter(|number| number % 100 == 7).map(|number| format!("crowd-{number}")).collect();
            assert_eq!(refused, expected);
            assert_eq!(report.count(|verdict| *verdict == Verdict::Created), 2_400 - expected.len());
            let again = hub.import(&lines(&records)).await;
            assert_eq!(again.count(|verdict| *verdict == Verdict::Unchanged), 2_400 - expected.len(), "what is there already changes nothing");
            if hub.backend == Backend::Postgres {
                assert!(hub.is_analyzed("practice").await, "plans are made for what is there");
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_about_something_of_the_same_transaction_belongs_to_it() {
    on_both(true, |hub| {
        Box::pin(async move {
            let lines = [
                json!({ "kind": "document", "slug": "about-it", "title": "Plan", "about": "practice:it", "text": "A plan.", "audience": "city:hamburg" }),
                json!({ "kind": "practice", "slug": "it", "city": "hamburg", "title": "It", "summary": "It is.", "language": "en" }),
            ];
            let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
            let atomic = Options { atomic: true, ..Options::default() };
            assert!(!hub.import_with(&lines, atomic).await.any_refused());
            let can = hub.run(Some(people::HAMBURG), "{ document(slug: \"about-it\") { viewerCan } }", json!({})).await;
            assert!(can.at("/document/viewerCan").as_array().expect("acts").contains(&json!("WITHDRAW")), "{:#}", can.json);
            let again = hub.import_with(&lines, Options::default()).await;
            assert!(again.verdicts.iter().all(|(_, verdict)| *verdict == Verdict::Unchanged), "{:?}", again.verdicts);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slug_that_led_to_another_thing_is_not_taken_from_it_and_still_narrows_lists() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let rename = "mutation($input: UpdateCityInput!) { updateCity(input: $input) { city { slug } errors { message } } }";
            let renamed = hub.run(Some(people::HAMBURG), rename, json!({ "input": { "id": hamburg, "slug": "hamburg-on-the-elbe" } })).await;
            assert_eq!(renamed.text("/updateCity/city/slug"), "hamburg-on-the-elbe");
            let city = |slug: &str, more: Value| {
                let mut record = json!({ "kind": "city", "slug": slug, "name": "Another", "country": "DE" });
                record.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
                record
            };
            let records = [
                city("hamburg", json!({})),
                city("another", json!({ "old_slugs": ["bologna"] })),
                city("a-third", json!({ "old_slugs": ["hamburg"] })),
                city("free", json!({})),
            ];
            let report = hub.import(&lines(&records)).await;
            let why = |place: usize| match &report.verdicts[place].1 {
                Verdict::Refused(why) => why.clone(),
                other => panic!("{other:?}"),
            };
            assert_eq!(why(0), "“slug” has “hamburg”, which leads to a city that is there, be it by a former name; choose another.");
            assert_eq!(why(1), "“old_slugs” has “bologna”, which leads to a city that is there, be it by a former name; choose another.");
            assert!(why(2).starts_with("“old_slugs” has “hamburg”"), "{}", why(2));
            assert_eq!(report.verdicts[3].1, Verdict::Created);

            // Lists, search and the one by its slug know it by its former name as by its own.
            let read = "query($cities: [ID!]) { practices(filter: { cities: $cities }) { totalCount } pairings(filter: { cities: $cities }) { totalCount } search(text: \"the\", filter: { cities: $cities }) { totalCount } }";
            hub.indexed().await;
            let now = hub.run(None, read, json!({ "cities": ["hamburg-on-the-elbe"] })).await;
            assert_ne!(now.at("/practices/totalCount"), 0);
            assert_eq!(hub.run(None, read, json!({ "cities": ["hamburg"] })).await.json, now.json);
            assert_eq!(hub.run(None, "{ city(slug: \"hamburg\") { slug } }", json!({})).await.text("/city/slug"), "hamburg-on-the-elbe");
            let unknown = hub.run(None, "{ practices(filter: { cities: [\"no-such-city\"] }) { totalCount } }", json!({})).await;
            assert!(unknown.json.to_string().contains("no-such-city"), "{}", unknown.json);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_imports_of_the_same_new_things_at_once_both_end_well() {
    on_both(true, |hub| {
        Box::pin(async move {
            let records: Vec<Value> = (0..60).map(|nth| practice(&format!("at-once-{nth}"), json!({}))).collect();
            let text = lines(&records);
            let (one, other) = tokio::join!(hub.import(&text), hub.import(&text));
            for report in [&one, &other] {
                assert!(!report.any_refused(), "{:?}", report.verdicts);
            }
            let created = |report: &hansa::kernel::import::Report| report.count(|verdict| *verdict == Verdict::Created);
            assert_eq!(created(&one) + created(&other), 60, "each was created once");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_translation_is_into_another_language_once_and_says_something() {
    on_both(true, |hub| {
        Box::pin(async move {
            let translated = |slug: &str, translations: Value| practice(slug, json!({ "translations": translations }));
            let one = json!({ "language": "de", "title": "Quitte", "summary": "Hecken." });
            let records = [
                translated("own-language", json!([{ "language": "en", "title": "Quince", "summary": "Hedges." }])),
                translated("twice", json!([one, one])),
                translated("silent", json!([{ "language": "fr", "title": " " }])),
                translated("well", json!([one])),
                json!({ "kind": "organisation", "slug": "no-name" }),
            ];
            let report = hub.import(&lines(&records)).await;
            let told: Vec<String> = report
                .verdicts
                .iter()
                .map(|(_, verdict)| match verdict {
                    Verdict::Refused(why) => why.clone(),
                    other => format!("{other:?}"),
                })
                .collect();
            assert_eq!(
                told[..4],
                [
                    "“translations.en”: “en” is the language of the original itself; a translation is into another language, once.",
                    "“translations.de”: “de” stands there twice; a translation is into another language, once.",
                    "“translations.fr.title”: “title” is empty, as is all of the translation; write one.",
                    "Created",
                ]
            );
            assert!(told[4].starts_with("The record is not an organisation: "), "{}", told[4]);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_means_any_letters_in_a_pattern_is_a_letter_in_a_filter() {
    on_both(true, |hub| {
        Box::pin(async move {
            let read = "query($name: String!) { cities(filter: { name: $name }) { totalCount } }";
            for name in ["%", "_", "\\", "100%"] {
                assert_eq!(hub.run(None, read, json!({ "name": name })).await.at("/cities/totalCount"), 0, "{name}");
            }
            let percent = json!({ "kind": "city", "slug": "percent", "name": "100%_Nord", "country": "DE" });
            assert!(!hub.import(&lines(&[percent])).await.any_refused());
            for name in ["%", "_n", "100%"] {
                assert_eq!(hub.run(None, read, json!({ "name": name })).await.at("/cities/totalCount"), 1, "{name}");
            }
        })
    })
    .await;
}
