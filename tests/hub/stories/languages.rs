//! Which language a reader gets.
use serde_json::json;

use crate::kit::{TestHub, on_both, people};

async fn made(hub: &TestHub, slug: &str, original: &str, others: &[&str]) -> String {
    let translation = |tag: &&str| json!({ "language": tag, "title": format!("In {tag}"), "summary": "S." });
    let record = json!({ "kind": "practice", "slug": slug, "city": "hamburg", "language": original, "title": format!("In {original}"), "summary": "S.",
        "published_on": "2020-01-01", "translations": others.iter().map(translation).collect::<Vec<_>>() });
    let report = hub.import(&format!("{record}\n")).await;
    assert!(!report.any_refused(), "{:?}", report.verdicts);
    slug.to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_gets_the_fitting_region_script_and_name_of_a_language() {
    on_both(true, |hub| {
        Box::pin(async move {
            for (slug, original, others, wants) in [
                ("of-pt", "el", &["pt", "pt-BR"][..], &[("pt-PT", "pt"), ("pt-AO", "pt"), ("pt-BR", "pt-BR"), ("de", "el")][..]),
                ("of-zh", "en", &["zh", "zh-Hant"], &[("zh-TW", "zh-Hant"), ("zh-HK", "zh-Hant"), ("zh-CN", "zh"), ("zh", "zh")]),
                ("of-no", "en", &["nb", "he", "id"], &[("no", "nb"), ("nn-NO", "nb"), ("iw", "he"), ("in", "id")]),
            ] {
                let slug = made(hub, slug, original, others).await;
                for (wanted, right) in wants {
                    let read = "query($slug: String!) { practice(slug: $slug) { title text { language } } }";
                    let told = hub.run_in(None, &[wanted], read, json!({ "slug": slug })).await;
                    assert_eq!(
                        (told.text("/practice/title"), told.text("/practice/text/language")),
                        (&*format!("In {right}"), *right),
                        "{wanted}"
                    );
                    let asked = "query($slug: String!, $tag: LanguageTag!) { practice(slug: $slug) { title(languages: [$tag]) } }";
                    let told = hub.run(None, asked, json!({ "slug": slug, "tag": wanted })).await;
                    assert_eq!(told.text("/practice/title"), format!("In {right}"), "{wanted}");
                }
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_machine_translated_says_so_and_ranks_below_what_people_wrote() {
    on_both(true, |hub| {
        Box::pin(async move {
            let translated = async |title: &str, tool: serde_json::Value| {
                let input = json!({ "city": hub.id("city", "hamburg").await, "language": "de", "title": title, "summary": "Früchte.", "difficulties": "Wespen." });
                let id = hub.mutate(people::HAMBURG, "practice", "createPractice", input).await.text("/createPractice/practice/id").to_owned();
                let input = json!({ "id": id, "language": "en", "title": "Quinceharvest", "summary": "Fruit.", "tool": tool });
                let answer = hub.mutate(people::HAMBURG, "practice", "translatePractice", input).await;
                assert_eq!(answer.at("/translatePractice/errors"), &json!([]));
                hub.mutate(people::HAMBURG, "practice", "publishPractice", json!({ "id": id })).await.text("/publishPractice/practice/id").to_owned()
            };
            let (machine, human) = (translated("Quitten eins", json!("Translator 3")).await, translated("Quitten zwei", json!(null)).await);
            let query = "query($id: ID!) { node(id: $id) { ... on Practice { translations { language origin tool } text(languages: [\"en\"]) { origin tool } } } }";
            let told = hub.run(None, query, json!({ "id": machine })).await;
            assert_eq!(told.at("/node/translations"), &json!([{ "language": "en", "origin": "MACHINE", "tool": "Translator 3" }]));
            assert_eq!(told.at("/node/text"), &json!({ "origin": "MACHINE", "tool": "Translator 3" }));
            let told = hub.run(None, query, json!({ "id": human })).await;
            assert_eq!(told.at("/node/text"), &json!({ "origin": "HUMAN", "tool": null }));
            hub.indexed().await;
            let found = hub.run(None, "{ search(text: \"quinceharvest\") { edges { node { id } } } }", json!({})).await;
            assert_eq!(found.at("/search/edges"), &json!([{ "node": { "id": human } }, { "node": { "id": machine } }]));

            // A person's takes the machine's place, and the other way round, though the words are the same.
            let again = json!({ "id": machine, "language": "en", "title": "Quinceharvest", "summary": "Fruit." });
            assert_eq!(hub.mutate(people::HAMBURG, "practice", "translatePractice", again).await.at("/translatePractice/errors"), &json!([]));
            assert_eq!(hub.run(None, query, json!({ "id": machine })).await.at("/node/text/origin"), "HUMAN");
            let unnamed = json!({ "id": human, "language": "en", "title": "Quinceharvest", "summary": "Fruit.", "tool": " " });
            assert_eq!(hub.mutate(people::HAMBURG, "practice", "translatePractice", unnamed).await.paths(), ["input.tool"]);
        })
    })
    .await;
}
