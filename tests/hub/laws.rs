//! Laws: what holds whatever the data.
use std::{path::Path, sync::Arc};

use hansa::{
    access::Viewer,
    kernel::import::{Options, Verdict},
    store::{Command, Request, Tx},
};
use serde_json::{Value, json};

use crate::kit::{TestHub, on_both};

/// The ids of one page and its page info.
async fn page(hub: &TestHub, field: &str, arguments: &str, variables: &Value) -> (Vec<String>, Value) {
    let query = format!(
        "query($first: Int, $after: String, $last: Int, $before: String) {{ {field}({arguments} first: $first, after: $after, last: $last, before: $before) {{
           edges {{ cursor node {{ id }} }} nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
    );
    let answer = hub.run(None, &query, variables.clone()).await;
    let ids = answer
        .at(&format!("/{field}/nodes"))
        .as_array()
        .expect("a list")
        .iter()
        .map(|node| node["id"].as_str().expect("an id").to_owned())
        .collect();
    (ids, answer.at(&format!("/{field}/pageInfo")).clone())
}

async fn walk(hub: &TestHub, field: &str, arguments: &str, size: usize, forward: bool) -> Vec<String> {
    let (mut all, mut cursor) = (Vec::new(), Value::Null);
    loop {
        let variables = if forward { json!({ "first": size, "after": cursor }) } else { json!({ "last": size, "before": cursor }) };
        let (ids, info) = page(hub, field, arguments, &variables).await;
        if forward {
            all.extend(ids);
        } else {
            all.splice(0..0, ids);
        }
        if info[if forward { "hasNextPage" } else { "hasPreviousPage" }] == false {
            return all;
        }
        cursor = info[if forward { "endCursor" } else { "startCursor" }].clone();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn paging_forwards_and_backwards_and_at_once_gives_the_same() {
    on_both(true, |hub| {
        Box::pin(async move {
            let lists = [
                ("practices", ""),
                ("practices", "orderBy: TITLE_DESC,"),
                ("practices", "orderBy: OLDEST,"),
                ("cities", "orderBy: NAME_ASC,"),
                ("cities", "orderBy: POPULATION_DESC,"),
                ("cities", "filter: { near: { latitude: 45.0, longitude: 7.0, kilometres: 20000 } }, orderBy: DISTANCE_ASC,"),
                ("themes", "orderBy: TREE_ASC,"),
                ("goals", "filter: { agendas: [\"sdg\"] }, orderBy: NAME_ASC,"),
                ("exchangeEvents", "filter: { types: [CITY_ADDED] },"),
                ("search", "text: \"water\","),
                ("search", "text: \"\", orderBy: NEWEST, filter: { kinds: [PRACTICE] },"),
            ];
            for (field, arguments) in lists {
                let whole = walk(hub, field, arguments, 100, true).await;
                assert!(whole.len() > 3, "{field}({arguments}) has too little to say anything");
                for size in [3, 7] {
                    assert_eq!(walk(hub, field, arguments, size, true).await, whole, "{field}({arguments}) by {size} forwards");
                    assert_eq!(walk(hub, field, arguments, size, false).await, whole, "{field}({arguments}) by {size} backwards");
                }
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn importing_the_same_twice_changes_nothing() {
    on_both(true, |hub| {
        Box::pin(async move {
            let before = hub.app.store.log.refresh().await.expect("the log answers");
            let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
            let report = hub.app.store.import(&[demo], Options::default()).await.expect("no fault");
            let moved: Vec<_> = report
                .verdicts
                .iter()
                .filter(|(_, verdict)| *verdict != Verdict::Unchanged)
                .map(|(line, verdict)| (&line.slug, verdict))
                .collect();
            assert!(moved.is_empty(), "{moved:?}");
            assert_eq!(hub.app.store.log.refresh().await.expect("the log answers"), before, "an unchanged record made an event");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_branch_moves_with_what_stands_below_it_in_one_import() {
    on_both(false, |hub| {
        Box::pin(async move {
            let goal = |slug: &str, parent: &str| {
                format!(
                    "{{\"kind\":\"goal\",\"slug\":\"{slug}\",\"agenda\":\"sdg\",\"code\":\"1\",\"name\":\"Goal\",\"position\":1{parent}}}\n"
                )
            };
            let below = |parent: &str| format!(",\"parent\":\"{parent}\"");
            let agenda = "{\"kind\":\"agenda\",\"slug\":\"sdg\",\"name\":\"Goals\"}\n";
            let before = [agenda.to_owned(), goal("a", ""), goal("b", ""), goal("b-1", &below("b"))].concat();
            assert!(!hub.import(&before).await.any_refused());
            let after = [goal("b", &below("a")), goal("b-1", &below("b"))].concat();
            assert!(!hub.import(&after).await.any_refused(), "what stands below was refused");
            let answer = hub
                .run(None, "{ goals(filter: { within: [\"a\"] }) { nodes { slug depth } } goal(slug: \"b-1\") { depth } }", json!({}))
                .await;
            assert_eq!(answer.at("/goals/nodes").as_array().map(Vec::len), Some(3));
            assert_eq!(answer.at("/goal/depth"), 2);
            assert_eq!(hub.import(&after).await.count(|verdict| *verdict == Verdict::Unchanged), 2);
            assert!(hub.import(&goal("a", &below("b-1"))).await.any_refused(), "a circle was taken");
        })
    })
    .await;
}

const THREE: &str = r#"{"kind":"theme","slug":"air","name":"Air"}
{"kind":"theme","slug":"noise","name":"Noise","parent":"nowhere"}
{"kind":"theme","slug":"calm","name":"Calm","parent":"air"}
"#;

async fn import(hub: &TestHub, lines: &str, options: Options) -> Vec<Verdict> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("three.jsonl");
    std::fs::write(&file, lines).expect("a file");
    let report = hub.app.store.import(&[file], options).await.expect("no fault");
    report.verdicts.into_iter().map(|(_, verdict)| verdict).collect()
}

async fn themes(hub: &TestHub) -> Value {
    hub.run(None, "{ themes { totalCount } }", json!({})).await.at("/themes/totalCount").clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_refused_record_is_named_and_the_others_go_on() {
    on_both(false, |hub| {
        Box::pin(async move {
            let verdicts = import(hub, THREE, Options::default()).await;
            assert!(
                matches!(&verdicts[..], [Verdict::Created, Verdict::Refused(why), Verdict::Created] if why.contains("nowhere")),
                "{verdicts:?}"
            );
            assert_eq!(themes(hub).await, 2);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_or_nothing_takes_nothing_when_one_is_refused() {
    on_both(false, |hub| {
        Box::pin(async move {
            let verdicts = import(hub, THREE, Options { atomic: true, ..Options::default() }).await;
            assert!(verdicts.iter().any(|verdict| matches!(verdict, Verdict::Refused(_))));
            assert_eq!(themes(hub).await, 0);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dry_run_says_the_same_and_keeps_nothing() {
    on_both(false, |hub| {
        Box::pin(async move {
            let dry = import(hub, THREE, Options { dry_run: true, ..Options::default() }).await;
            assert_eq!(themes(hub).await, 0);
            assert_eq!(hub.app.store.log.refresh().await.expect("the log answers"), 0);
            assert_eq!(import(hub, THREE, Options::default()).await, dry);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_that_cannot_be_read_is_named_with_its_cure() {
    on_both(false, |hub| {
        Box::pin(async move {
            let lines = "{\"kind\":\"theme\"\n{\"kind\":\"dragon\",\"slug\":\"smaug\"}\n{\"kind\":\"theme\",\"slug\":\"Bad Slug\",\"name\":\"x\"}\n{\"kind\":\"theme\",\"slug\":\"nameless\"}\n[1]\n";
            let verdicts = import(hub, lines, Options::default()).await;
            for (verdict, told) in verdicts.iter().zip(["not JSON", "one of", "bad-slug", "name", "not a record"]) {
                assert!(matches!(verdict, Verdict::Refused(why) if why.contains(told)), "{verdict:?} does not tell of {told}");
            }
        })
    })
    .await;
}

/// A task of the runtime has a share of 128 steps a turn; an answer that needs more takes several turns.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_of_many_loads_comes_to_an_end() {
    on_both(true, |hub| {
        Box::pin(async move {
            let query = "{ practices(first: 40) { nodes { a: city { id } b: city { id } c: city { id } d: city { id } e: city { id } } } }";
            let asked = hub.run(None, query, json!({}));
            let answer = tokio::time::timeout(std::time::Duration::from_secs(20), asked).await.expect("an answer comes");
            assert!(answer.at("/practices/nodes").as_array().expect("a list").len() > 128 / 5);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_that_stands_twice_otherwise_is_named_and_harms_no_other() {
    on_both(true, |hub| {
        Box::pin(async move {
            let practice = |slug: &str, title: &str| {
                json!({ "kind": "practice", "slug": slug, "city": "hamburg", "title": title, "summary": "S.", "language": "en", "published_on": "2020-01-01" }).to_string()
            };
            let lines = [practice("innocent", "I"), practice("twice", "A"), practice("twice", "B"), practice("same", "S"), practice("same", "S")].join("\n");
            let dry = import(hub, &lines, Options { dry_run: true, ..Options::default() }).await;
            let verdicts = import(hub, &lines, Options::default()).await;
            for verdicts in [dry, verdicts] {
            assert!(
                matches!(&verdicts[..], [Verdict::Created, Verdict::Created, Verdict::Refused(why), Verdict::Created, Verdict::Unchanged] if why.contains("three.jsonl:2")),
                "{verdicts:?}"
            );
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_database_refuses_is_found_among_many_and_nothing_hangs_in_the_air() {
    on_both(false, |hub| {
        Box::pin(async move {
            let person =
                |slug: &str, email: &str| format!("{{\"kind\":\"person\",\"slug\":\"{slug}\",\"name\":\"N\",\"email\":\"{email}\"}}\n");
            let before = [person("ada", "ada@example.org"), person("bo", "bo@example.org")].concat();
            assert!(!hub.import(&before).await.any_refused());
            // Two addresses change hands: whoever comes first finds the other's still taken.
            let after = [person("cy", "cy@example.org"), person("ada", "bo@example.org"), person("di", "di@example.org")].concat();
            let verdicts = import(hub, &after, Options::default()).await;
            assert!(matches!(&verdicts[..], [Verdict::Created, Verdict::Refused(_), Verdict::Created]), "{verdicts:?}");
            let nul = "{\"kind\":\"theme\",\"slug\":\"nul\",\"name\":\"N\\u0000\"}\n";
            assert!(matches!(&import(hub, nul, Options::default()).await[..], [Verdict::Refused(why)] if why.contains("U+0000")));
        })
    })
    .await;
}

/// A command with a mistake in it.
struct Panics;

impl Command for Panics {
    type Output = ();

    async fn apply(&self, _: &mut Tx<'_>) -> hansa::base::Result<()> {
        panic!("a mistake of ours, on purpose")
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_that_panics_harms_no_other() {
    on_both(false, |hub| {
        Box::pin(async move {
            let request = || Request::by(Arc::new(Viewer::hub()));
            // More than there are workers.
            for _ in 0..5 {
                let told = hub.app.store.writer.run(request(), Panics).await.expect_err("it fails").told();
                assert!(told.contains("panicked"), "{told}");
            }
            assert!(!hub.import("{\"kind\":\"theme\",\"slug\":\"air\",\"name\":\"Air\"}").await.any_refused());
            assert_eq!(themes(hub).await, 1);
        })
    })
    .await;
}
