use super::*;
use crate::{Filter, Near, Order, Point, SnippetField};

#[test]
fn accents_are_found_both_ways() {
    let index = TestIndex::new(&[practice(1, "pt", "Famalicão", "Mobilidade"), practice(2, "es", "Agua", "Merida")]);
    assert_eq!(index.find("Famalicao"), [1]);
    assert_eq!(index.find("famalicão"), [1]);
    assert_eq!(index.find("Mérida"), [2]);
}

#[test]
fn each_language_has_its_own_inflections() {
    let index = TestIndex::new(&[
        practice(1, "de", "Radwege", "Die Stadt baut sichere Radwege neben den Schulen."),
        practice(2, "fr", "Écoles", "L'école et l'éclairage des rues."),
        practice(3, "en", "Cycling", "The city’s cyclists and their bicycles."),
        practice(4, "el", "Νερό", "Διαχείριση των υδάτων στην Αθήνα"),
        practice(5, "pl", "Zieleń", "Miejskie parki i ogrody w Łodzi"),
        practice(6, "bg", "Вода", "Управление на районите и водите"),
    ]);
    assert_eq!(index.find("radweg"), [1]);
    assert_eq!(index.find("ecoles"), [2]);
    assert_eq!(index.find("bicycle"), [3]);
    assert_eq!(index.find("ΑΘΗΝΑ"), [4]);
    assert_eq!(index.find("ogrod"), [5]);
    assert_eq!(index.find("водите"), [6]);
}

#[test]
fn a_text_in_a_language_without_an_analyser_is_found_too() {
    let index = TestIndex::new(&[practice(1, "is", "Göngustígar", "Reykjavík")]);
    assert_eq!(index.find("gongustigar"), [1]);
    assert_eq!(index.search(request_for("reykjavik")).hits[0].language.as_deref(), Some("is"));
}

#[test]
fn a_hit_tells_the_language_that_matched() {
    let mut doc = practice(1, "en", "Water in the city", "Rain is kept where it falls.");
    doc.texts.push(text("de-AT", "Wasser in der Stadt", "Regen bleibt, wo er fällt."));
    let index = TestIndex::new(&[doc]);
    assert_eq!(index.search(request_for("Wasser")).hits[0].language.as_deref(), Some("de-AT"));
    assert_eq!(index.search(request_for("rain water")).hits[0].language.as_deref(), Some("en"));
}

#[test]
fn when_languages_match_alike_the_viewers_is_told() {
    let mut doc = practice(1, "en", "Hamburg", "Port");
    doc.texts.push(text("de", "Hamburg", "Hafen"));
    let index = TestIndex::new(&[doc]);
    for language in ["de", "en"] {
        let request = SearchRequest { languages: vec![language.to_owned()], ..request_for("Hamburg") };
        assert_eq!(index.search(request).hits[0].language.as_deref(), Some(language));
    }
}

#[test]
fn the_language_of_a_query_is_guessed_from_its_words() {
    let mut docs =
        vec![practice(1, "en", "", "the war in the Netherlands"), practice(2, "nl", "", "de oorlog in Nederland, the war genoemd")];
    docs.extend(
        (10..30)
            .map(|id| practice(id, if id % 2 == 0 { "en" } else { "nl" }, "", if id % 2 == 0 { "the city of" } else { "de stad van het" })),
    );
    let index = TestIndex::new(&docs);
    assert_eq!(index.find("what is the war")[0], 1);
}

#[test]
fn names_are_found_unstemmed_and_without_a_language() {
    let mut city = SearchDoc::new(DocKey { kind: "city".to_owned(), id: Uuid::from_u128(7) }, "public");
    city.names = vec!["New York City".to_owned(), "Big Apple".to_owned()];
    let mut target = SearchDoc::new(key(8), "public");
    target.names = vec!["SDG 11.2".to_owned()];
    let index = TestIndex::new(&[city, target]);
    let response = index.search(SearchRequest { snippets: true, ..request_for("big apple") });
    assert_eq!(ids(&response), [7]);
    assert_eq!(response.hits[0].language, None);
    assert_eq!(response.hits[0].snippets[0].field, SnippetField::Name);
    assert_eq!(index.find("11.2"), [8]);
}

#[test]
fn a_word_in_the_title_counts_for_more() {
    let index = TestIndex::new(&[
        practice(1, "en", "A tale", "of trams and other things"),
        practice(2, "en", "A tram", "of tales and other things"),
    ]);
    assert_eq!(index.find("tram"), [2, 1]);
}

#[test]
fn function_words_find_only_when_nothing_else_is_asked() {
    let index = TestIndex::new(&[practice(1, "en", "", "to be or not to be"), practice(2, "en", "", "to the harbour")]);
    assert_eq!(index.find("to the harbour"), [2]);
    assert_eq!(index.find("to be"), [1, 2]);
}

#[test]
fn no_query_is_an_error() {
    let index = TestIndex::new(&[practice(1, "en", "Tram", "lines")]);
    let long = "x ".repeat(100_000);
    for text in ["!!!", "\"", "tram AND (", "*", "a:b", "\u{0}", "-", &long, "🚋🚋", "’’’", "\u{301}"] {
        index.find(text);
    }
    assert_eq!(index.find("tram:\" OR ("), [1]);
    assert_eq!(index.find("!!!"), [0u128; 0]);
}

#[test]
fn without_words_everything_is_listed_newest_first() {
    let docs: Vec<_> = (1..=3).map(|id| SearchDoc { date: id as i64, ..practice(id, "en", "x", "") }).collect();
    let index = TestIndex::new(&docs);
    assert_eq!(index.find("  "), [3, 2, 1]);
    assert_eq!(ids(&index.search(SearchRequest { order: Order::Oldest, ..request_for("x") })), [1, 2, 3]);
}

#[test]
fn nearness_filters_and_orders() {
    let at = |id, latitude, longitude| SearchDoc { point: Some(Point { latitude, longitude }), ..practice(id, "en", "x", "") };
    let index = TestIndex::new(&[at(1, 53.55, 9.99), at(2, 53.87, 10.69), at(3, 48.14, 11.58), practice(4, "en", "x", "")]);
    let here = Point { latitude: 53.9, longitude: 10.7 };
    assert_eq!(ids(&index.search(SearchRequest { order: Order::Nearest(here), ..request_for("x") })), [2, 1, 3, 4]);
    let near = Filter { near: Some(Near { point: here, kilometres: 100.0 }), ..Filter::default() };
    assert_eq!(index.search(SearchRequest { filter: near, ..request_for("x") }).total, 2);
}

#[test]
fn a_facet_ignores_its_own_filter_and_heeds_the_others() {
    let make = |id, theme: &str, country: &str| {
        let mut doc = practice(id, "en", "x", "");
        doc.themes = vec!["all".to_owned(), theme.to_owned()];
        doc.countries = vec![country.to_owned()];
        doc
    };
    let index = TestIndex::new(&[make(1, "water", "DE"), make(2, "water", "FR"), make(3, "heat", "DE"), make(4, "heat", "FR")]);
    let filter = Filter { themes: vec!["water".to_owned()], countries: vec!["DE".to_owned()], ..Filter::default() };
    let response = index.search(SearchRequest { filter, facets: Some(10), ..request_for("x") });
    let told = |values: &[crate::FacetValue]| values.iter().map(|v| format!("{}:{}", v.value, v.count)).collect::<Vec<_>>();
    let facets = response.facets.clone().expect("facets");
    assert_eq!(ids(&response), [1]);
    assert_eq!(told(&facets.themes), ["all:2", "heat:1", "water:1"]);
    assert_eq!(told(&facets.countries), ["DE:1", "FR:1"]);
    assert_eq!(told(&facets.kinds), ["practice:1"]);
}

#[test]
fn snippets_are_cut_from_the_text_that_matched() {
    let mut doc = practice(1, "en", "Rain gardens", "The rain garden keeps the water of the street.");
    doc.texts.push(text("fr", "Jardins de pluie", "L'eau de la rue est gardée par le jardin de pluie."));
    let index = TestIndex::new(&[doc]);
    let snippets = index.search(SearchRequest { snippets: true, ..request_for("jardin") }).hits.remove(0).snippets;
    let told: Vec<String> = snippets
        .iter()
        .map(|s| s.fragments.iter().map(|f| if f.is_match { format!("[{}]", f.text) } else { f.text.clone() }).collect())
        .collect();
    assert_eq!(told, ["[Jardins] de pluie", "L'eau de la rue est gardée par le [jardin] de pluie."]);
}

#[test]
fn a_replaced_document_is_found_as_it_is_now() {
    let index = TestIndex::new(&[practice(1, "en", "Tram", "")]);
    index.put(&[practice(1, "en", "Ferry", "")]);
    assert_eq!(index.find("tram"), [0u128; 0]);
    assert_eq!(index.find("ferry"), [1]);
    index.change(&[(key(1), None)]);
    assert_eq!(index.find("ferry"), [0u128; 0]);
    assert_eq!(index.inner.len(), 0);
}

#[test]
fn of_two_versions_in_one_batch_the_last_stays() {
    let index = TestIndex::new(&[practice(1, "en", "Tram", ""), practice(1, "en", "Ferry", "")]);
    assert_eq!(index.find("tram ferry"), [1]);
    assert_eq!(index.find("tram"), [0u128; 0]);
}

#[test]
fn a_word_the_index_does_not_know_is_corrected_and_told() {
    let index = TestIndex::new(&[
        practice(1, "en", "Rain gardens", "Streets that drink stormwater."),
        practice(2, "en", "Trams", "Lines of the tramway and stormwater."),
        practice(3, "de", "Regenwasser", "Straßen, die trinken."),
    ]);
    let response = index.search(SearchRequest { snippets: true, ..request_for("Rain gadrens") });
    assert_eq!(ids(&response), [1]);
    assert_eq!(response.did_you_mean.as_deref(), Some("Rain gardens"));
    assert!(response.hits[0].snippets[0].fragments.iter().any(|fragment| fragment.is_match && fragment.text == "gardens"));
    assert_eq!(index.find("regenwaser"), [3]);
    // Two steps from nine letters, one from five, none below.
    assert_eq!(index.find("stromwatr"), [1, 2]);
    assert_eq!(index.find("gardans"), [1]);
    assert_eq!(index.find("garvenz"), [0u128; 0]);
    assert_eq!(index.find("ran"), [0u128; 0]);
    assert_eq!(index.search(request_for("trams")).did_you_mean, None);
}

#[test]
fn a_correction_ranks_as_the_word_itself_would_and_counts_a_little_less() {
    let index = TestIndex::new(&[practice(1, "en", "Harbour", "harbour harbour"), practice(2, "en", "Quay", "the harbour of the town")]);
    let scores = |text: &str| index.search(request_for(text)).hits.iter().map(|hit| (hit.key.id, hit.score)).collect::<Vec<_>>();
    for ((meant, score), (found, less)) in scores("harbour").into_iter().zip(scores("harbuor")) {
        assert_eq!(found, meant);
        assert!((less / score - 0.8).abs() < 1e-3, "{less} of {score}");
    }
}

#[test]
fn among_equally_near_words_the_more_frequent_is_meant() {
    let index = TestIndex::new(&[practice(1, "en", "planes", ""), practice(2, "en", "plants", ""), practice(3, "en", "plants", "")]);
    assert_eq!(index.search(request_for("planxs")).did_you_mean.as_deref(), Some("plants"));
}

#[test]
fn a_phrase_must_be_there_as_it_stands() {
    let index = TestIndex::new(&[
        practice(1, "en", "Green roofs", "Roofs that are green in winter."),
        practice(2, "en", "Roofs", "A roof of green tiles beside the water."),
    ]);
    assert_eq!(index.find("\"green roof\""), [1]);
    assert_eq!(index.find("\"roof of green\""), [2]);
    assert_eq!(index.find("water \"green roof\""), [1]);
    assert_eq!(index.find("\"green water\""), [0u128; 0]);
}

#[test]
fn what_is_excluded_is_not_found() {
    let index = TestIndex::new(&[practice(1, "en", "Trams", "by the water"), practice(2, "en", "Trams", "in the heat of summer")]);
    assert_eq!(index.find("tram -water"), [2]);
    assert_eq!(index.find("tram -\"the heat\""), [1]);
    assert_eq!(index.find("-heat"), [1]);
}

#[test]
fn fields_in_the_query_filter_as_the_filter_does() {
    let mut wet = practice(1, "en", "Trams", "");
    wet.themes = vec!["water".to_owned()];
    wet.year = Some(2017);
    let index = TestIndex::new(&[wet, practice(2, "en", "Trams", "")]);
    assert_eq!(index.find("tram theme:water"), [1]);
    assert_eq!(index.find("tram -theme:Water"), [2]);
    assert_eq!(index.find("year:2016..2018"), [1]);
    assert_eq!(index.find("tram kind:practices"), [1, 2]);
    let filter = Filter { themes: vec!["heat".to_owned()], ..Filter::default() };
    assert_eq!(index.search(SearchRequest { filter, ..request_for("tram theme:water") }).total, 0);
}

#[test]
fn a_beginning_stands_for_the_words_that_begin_so() {
    let index = TestIndex::new(&[practice(1, "en", "Harbour", ""), practice(2, "en", "Harvest", ""), practice(3, "en", "Heat", "")]);
    assert_eq!(index.find("har*"), [1, 2]);
    assert_eq!(index.find("harb*"), [1]);
    let response = index.search(SearchRequest { snippets: true, ..request_for("harb*") });
    assert!(response.hits[0].snippets[0].fragments[0].is_match);
}

#[test]
fn german_and_dutch_compounds_are_found_by_their_parts_and_the_other_way_round() {
    let index = TestIndex::new(&[
        practice(1, "de", "Hochwasserschutz", "Der Schutz der Stadt vor Hochwasser."),
        practice(2, "de", "Ein Garten", "Grüne Flächen auf jedem Dach."),
        practice(3, "de", "Dachgarten", "Flächen für alle."),
        practice(4, "nl", "Fietspad", "Een pad voor de fiets, en een nieuwe weg."),
        practice(5, "nl", "Fietsweg", "Door de stad."),
    ]);
    assert_eq!(index.find("Garten"), [2, 3]);
    assert_eq!(index.find("Gartendach"), [2]);
    assert_eq!(index.find("Fiets"), [4, 5]);
}

#[test]
fn an_inflected_part_of_a_compound_is_a_part_of_it_both_ways() {
    let index = TestIndex::new(&[
        practice(1, "de", "Rathäuser", "Der Rat der Stadt und die Bauten, in denen er tagt."),
        practice(2, "de", "Ein Haus", "Das Haus am Markt der Stadt."),
        practice(3, "de", "Kraushaar", "Der Durchlauf der Stadt."),
    ]);
    assert_eq!(sorted(index.find("Haus")), [1, 2]);
    assert_eq!(sorted(index.find("Häuser")), [1, 2]);
    assert_eq!(sorted(index.find("Rathaus")), [1, 2]);
    let saved = |text: &str, doc: &SearchDoc| {
        let mut percolator = crate::Percolator::default();
        percolator.insert(1u8, text, &Filter::default());
        percolator.refresh_vocabulary(&index.inner.view()).expect("words");
        let found = percolator.matcher(&index.inner.view(), "public").candidates(doc).expect("matched");
        !found.certain.is_empty() || !found.uncertain.is_empty()
    };
    let town_halls = practice(1, "de", "Rathäuser", "Der Rat der Stadt und die Bauten, in denen er tagt.");
    assert!(saved("Haus", &town_halls) && saved("Häusern", &town_halls));
    assert!(saved("Rathäuser", &practice(2, "de", "Ein Haus", "Das Haus am Markt der Stadt.")));
}

fn sorted(mut found: Vec<u128>) -> Vec<u128> {
    found.sort_unstable();
    found
}

#[test]
fn similar_things_share_characteristic_words_or_a_theme() {
    let mut translated = practice(2, "fr", "Jardins de pluie", "L'eau de pluie dans la rue.");
    translated.texts.push(text("en", "Gardens for rain", "Streets that drink the rain."));
    let hidden = SearchDoc { audience: "city:1".to_owned(), ..practice(5, "en", "Rain gardens", "Streets that drink the rain.") };
    let index = TestIndex::new(&[
        practice(1, "en", "Rain gardens", "The street drinks the rain that falls on it."),
        translated,
        practice(3, "en", "Trams", "Lines in the street."),
        practice(4, "en", "Opera", "Singing at night."),
        hidden,
    ]);
    let public = ["public".to_owned()];
    let alike = |id, allowed: Option<&[String]>| {
        index.inner.similar(&key(id), allowed, 10).expect("some").into_iter().map(|key| key.id.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(alike(1, Some(&public)), [2, 3]);
    assert_eq!(alike(1, None)[0], 5);
    assert!(alike(5, Some(&public)).is_empty());
}

#[test]
fn of_two_matches_as_good_the_newer_comes_first_and_a_better_one_stays_before() {
    const YEAR: i64 = 31_557_600_000_000;
    let dated = |id, date, body: &str| SearchDoc { date, ..practice(id, "en", "", body) };
    let index =
        TestIndex::new(&[dated(1, 40 * YEAR, "tram line"), dated(2, 50 * YEAR, "tram line"), dated(3, 31 * YEAR, "tram tram line")]);
    assert_eq!(index.find("tram"), [3, 2, 1]);
}

#[test]
fn a_snippet_tells_the_page_it_stands_on() {
    let index = TestIndex::new(&[practice(1, "en", "Plan", "First things.\n\u{c}\nThen trams.\n\u{c}\nLast things.")]);
    let snippets = |text: &str| index.search(SearchRequest { snippets: true, ..request_for(text) }).hits.remove(0).snippets;
    assert_eq!(snippets("tram")[0].page, Some(2));
    assert_eq!(snippets("plan")[0].page, None);
}

#[test]
fn values_are_called_by_their_names_in_any_language() {
    let city = |id, slug: &str, names: &[&str], audience: &str| {
        let mut doc = SearchDoc::new(DocKey { kind: "city".to_owned(), id: Uuid::from_u128(id) }, audience);
        doc.names = names.iter().map(|name| (*name).to_owned()).collect();
        doc.slug = Some(slug.to_owned());
        doc.cities = vec![slug.to_owned()];
        doc
    };
    let mut theme = SearchDoc::new(DocKey { kind: "theme".to_owned(), id: Uuid::from_u128(20) }, "public");
    theme.names = vec!["Mobility".to_owned(), "Mobilität".to_owned(), "Κινητικότητα".to_owned()];
    theme.slug = Some("mobility".to_owned());
    let mut tram = practice(1, "en", "Trams", "");
    tram.cities = vec!["sao-paulo-br".to_owned()];
    tram.themes = vec!["mobility".to_owned()];
    tram.countries = vec!["BR".to_owned()];
    let mut metro = practice(2, "en", "Trams and metros", "");
    metro.cities = vec!["wien".to_owned()];
    metro.countries = vec!["AT".to_owned()];
    let index = TestIndex::new(&[
        tram,
        metro,
        theme,
        city(10, "sao-paulo-br", &["São Paulo"], "public"),
        city(11, "wien", &["Wien", "Vienna"], "public"),
        city(12, "wien", &["Secret name"], "city:1"),
    ]);
    let public = |text: &str| ids(&index.search(SearchRequest { allowed: Some(vec!["public".to_owned()]), ..request_for(text) }));
    assert_eq!(public("tram city:\"São Paulo\""), [1]);
    assert_eq!(public("tram city:\"sao paulo\""), [1]);
    assert_eq!(public("tram city:Vienna"), [2]);
    assert_eq!(public("tram -city:vienna"), [1]);
    assert_eq!(public("tram theme:mobilität"), [1]);
    assert_eq!(public("tram theme:ΚΙΝΗΤΙΚΌΤΗΤΑ"), [1]);
    assert_eq!(public("tram country:Österreich"), [2]);
    assert_eq!(public("tram country:br"), [1]);
    // A name that only a hidden thing has names nothing, and is not said to.
    assert_eq!(public("tram city:\"secret name\""), [0u128; 0]);
    assert_eq!(index.find("tram city:\"secret name\""), [2]);
    let known = |text: &str| {
        index
            .search(SearchRequest { allowed: Some(vec!["public".to_owned()]), ..request_for(text) })
            .interpretation
            .clauses
            .remove(1)
            .values
    };
    assert_eq!(known("tram city:vienna"), ["wien"]);
    assert!(known("tram city:\"secret name\"").is_empty());
}

#[test]
fn apostrophes_of_any_kind_and_language_part_words() {
    let index = TestIndex::new(&[
        practice(1, "fr", "", "La gestion de l’eau d'ici"),
        practice(2, "it", "", "Il ciclo dell'acqua"),
        practice(3, "en", "", "O'Brien’s bridge"),
        practice(4, "ga", "", "Cois na habhann d’uisce"),
    ]);
    for (asked, found) in [("l'eau", 1), ("eau", 1), ("dell’acqua", 2), ("acqua", 2), ("O’Brien", 3), ("brien", 3), ("d'uisce", 4)] {
        assert_eq!(index.find(asked), [found], "{asked}");
    }
}

#[test]
fn accents_tell_a_stemmer_more_and_are_not_needed() {
    let index = TestIndex::new(&[
        practice(1, "es", "", "El jugador metió el balón."),
        practice(2, "es", "", "Meter goles es difícil."),
        practice(3, "es", "", "El arbitro metio la pata."),
    ]);
    let found = |text: &str| index.find(text).into_iter().collect::<std::collections::BTreeSet<_>>();
    // “metió” is a form of “meter”; who types it without its accent finds it all the same.
    assert_eq!(found("metió"), [1, 2, 3].into());
    assert_eq!(found("metio"), [1, 3].into());
    assert_eq!(found("meter"), [1, 2].into());
    assert_eq!(found("\"jugador metió el\""), [1].into());
    let response = index.search(SearchRequest { snippets: true, ..request_for("meter") });
    let hit = response.hits.iter().find(|hit| hit.key == key(1)).expect("found");
    assert!(hit.snippets[0].fragments.iter().any(|fragment| fragment.is_match && fragment.text == "metió"));
}

#[test]
fn every_official_language_finds_its_own_words_with_and_without_accents() {
    for (language, written, asked) in [
        ("bg", "Управление на водите", "водите"),
        ("hr", "Gradovi i vode", "GRADOVI"),
        ("cs", "Městské stromy", "mestske"),
        ("da", "Grønne byer", "gronne"),
        ("nl", "Coöperatie", "cooperatie"),
        ("nl", "Groene daken", "groen dak"),
        ("en", "Green roofs", "roof"),
        ("et", "Linna väljakud", "valjakud"),
        ("fi", "Vihreät katot", "vihreat"),
        ("fr", "Toits végétalisés", "vegetalises"),
        ("de", "Grüne Dächer", "dacher"),
        ("el", "Πράσινες στέγες", "ΠΡΑΣΙΝΕΣ"),
        ("hu", "Zöld tetők", "zold"),
        ("ga", "Díonta glasa", "dionta"),
        ("it", "Città più verdi", "citta"),
        ("lv", "Zaļie jumti", "zalie"),
        ("lt", "Žalieji stogai", "zalieji"),
        ("mt", "Bjut ħodor", "hodor"),
        ("pl", "Zielone łąki", "laki"),
        ("pt", "Telhados à chuva", "telhado"),
        ("ro", "Acoperișuri verzi", "acoperisuri"),
        ("sk", "Zelené strechy", "zelene"),
        ("sl", "Zelene strehe čez mesto", "cez"),
        ("es", "Techos ecológicos", "ecologico"),
        ("sv", "Gröna tak", "grona"),
    ] {
        let index = TestIndex::new(&[practice(1, language, written, ""), practice(2, "xx", "Other", "")]);
        let response = index.search(request_for(asked));
        let told = response.hits.first().and_then(|hit| hit.language.as_deref());
        assert_eq!((ids(&response), told), (vec![1], Some(language)), "{language}: {asked}");
    }
}

#[test]
fn recency_never_passes_a_clearly_better_match() {
    const YEAR: i64 = 31_557_600_000_000;
    let dated = |id, year: i64, body: &str| SearchDoc { date: (year - 1970) * YEAR, ..practice(id, "en", "", body) };
    // The oldest there can be against the newest: a word twice against once, in texts as long.
    let index = TestIndex::new(&[dated(1, 1980, "tram tram line"), dated(2, 2050, "tram line stop"), dated(3, 1980, "tram line stop")]);
    assert_eq!(index.find("tram"), [1, 2, 3]);
}

#[test]
fn a_snippet_holds_to_its_page() {
    let page = |what: &str| {
        format!("{what} stands here. Nothing else is told of it, and so it goes on for a while. {}", "More words fill it. ".repeat(14))
    };
    let index =
        TestIndex::new(&[practice(1, "en", "Plan", &format!("{}\u{c}{}\u{c}{}", page("Harbour"), page("Tramway"), page("Bridge")))]);
    let snippet = index.search(SearchRequest { snippets: true, ..request_for("tramway") }).hits.remove(0).snippets.remove(0);
    let told: String = snippet.fragments.iter().map(|fragment| fragment.text.as_str()).collect();
    assert_eq!(snippet.page, Some(2));
    assert!(
        told.starts_with("Tramway stands here.") && told.ends_with('.') && !told.contains("Bridge") && !told.contains('\u{c}'),
        "{told}"
    );
}
