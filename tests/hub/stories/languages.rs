//! Which language a reader gets.
use serde_json::json;

use crate::kit::{TestHub, on_both};

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
