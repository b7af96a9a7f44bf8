use super::*;

fn meant(index: &TestIndex, text: &str) -> Option<String> {
    index.search(request_for(text)).did_you_mean
}

#[test]
fn of_near_words_the_one_that_fits_the_rest_of_the_query_is_meant() {
    let mut docs = vec![practice(1, "en", "", "the bakery sells bread in the market")];
    docs.extend((2..9).map(|id| practice(id, "en", "", "broad streets and a wide boulevard")));
    let index = TestIndex::new(&docs);
    assert_eq!(meant(&index, "bakery bredad").as_deref(), Some("bakery bread"));
    assert_eq!(meant(&index, "boulevard broead").as_deref(), Some("boulevard broad"));
    // Without a rest to fit, the more frequent.
    assert_eq!(meant(&index, "bqoad").as_deref(), Some("broad"));
}

#[test]
fn letters_that_changed_places_are_likelier_than_a_wrong_first_one() {
    let mut docs = vec![practice(1, "en", "", "the stream")];
    docs.extend((2..6).map(|id| practice(id, "en", "", "a tsream")));
    docs.push(practice(7, "en", "", "stones"));
    let index = TestIndex::new(&docs);
    assert_eq!(meant(&index, "stpnes").as_deref(), Some("stones"));
    let index = TestIndex::new(&[practice(1, "en", "", "planet"), practice(2, "en", "", "blanet"), practice(3, "en", "", "blanet")]);
    assert_eq!(meant(&index, "plaent").as_deref(), Some("planet"));
}

#[test]
fn an_inflection_nobody_wrote_stays_unless_a_near_word_fits_better() {
    let mut docs: Vec<SearchDoc> = (1..6).map(|id| practice(id, "en", "", "local people of the town")).collect();
    docs.push(practice(10, "en", "", "the harbour is located beside the fortress"));
    let index = TestIndex::new(&docs);
    // “localed” has the stem of “local”, but only “located” stands with the fortress.
    assert_eq!(meant(&index, "fortress localed").as_deref(), Some("fortress located"));
    assert_eq!(meant(&index, "town localed"), None);
    assert_eq!(meant(&index, "localed"), None);
}

#[test]
fn a_word_of_another_language_is_unknown_in_this_one() {
    let mut docs =
        vec![practice(1, "en", "", "the popular museum of the town"), practice(2, "ro", "", "un muzeu populer și vechi din oraș")];
    docs.extend((3..9).map(|id| practice(id, "en", "", "what is the history of the town and of its people")));
    let index = TestIndex::new(&docs);
    assert_eq!(meant(&index, "what is the populer museum of the town").as_deref(), Some("what is the popular museum of the town"));
    // Where nothing tells the language, it is a word.
    assert_eq!(meant(&index, "populer"), None);
}

#[test]
fn below_five_letters_nothing_is_corrected() {
    let index = TestIndex::new(&[practice(1, "en", "", "the water of the street and a surge")]);
    for word in ["watr", "wter", "srge", "sure"] {
        assert_eq!(meant(&index, word), None, "{word}");
        assert!(index.find(word).is_empty(), "{word}");
    }
    assert_eq!(meant(&index, "watar").as_deref(), Some("water"));
}

#[test]
fn a_change_of_the_first_letter_counts_as_two() {
    let index = TestIndex::new(&[practice(1, "en", "", "harbours at the water, a composition of quays")]);
    // One step from five letters, two from nine: a wrong first letter is as many as a long word may be away.
    assert_eq!(meant(&index, "xater"), None);
    assert_eq!(meant(&index, "awter"), None);
    assert_eq!(meant(&index, "komposition").as_deref(), Some("composition"));
    assert_eq!(meant(&index, "kompositoin"), None);
    assert_eq!(meant(&index, "xxcomposition"), None);
}

#[test]
fn a_right_word_is_no_slip_and_what_it_may_have_meant_is_offered() {
    let index = TestIndex::new(&[
        practice(1, "en", "", "The galleries of the town, the depth of its harbour, and later the surge of the sea and a composition."),
        practice(2, "es", "", "La ciudad paga una galería y los camiones de la calle."),
    ]);
    for (word, near) in [("laser", "later"), ("death", "depth"), ("decomposition", "composition")] {
        let response = index.search(request_for(word));
        assert_eq!(response.total, 0, "{word}");
        let clause = &response.interpretation.clauses[0];
        assert!(!clause.is_found && clause.corrected.is_none() && response.interpretation.finds_nothing, "{word}");
        // Far words are not even offered.
        let offered = clause.offered.first().map(String::as_str);
        assert_eq!(response.did_you_mean.as_deref(), offered);
        assert!(offered.is_none_or(|offered| offered == near), "{word}");
    }
    assert_eq!(meant(&index, "laser").as_deref(), Some("later"));
    // Right in Spanish, which the question may be in.
    assert_eq!(index.find("praga"), [0u128; 0]);
    // Beside others, which find what they find.
    let response = index.search(request_for("the laser of the harbour"));
    assert_eq!((ids(&response), response.did_you_mean.as_deref()), (vec![1], Some("the later of the harbour")));
    // Another form of the same word is welcome, and nothing else need be offered.
    let response = index.search(request_for("camión"));
    assert_eq!((ids(&response), response.did_you_mean), (vec![2], None));
    // A slip is put right as ever.
    assert_eq!(meant(&index, "galleriees").as_deref(), Some("galleries"));
}

#[test]
fn every_correction_is_told_of_every_word_and_in_every_language() {
    let index = TestIndex::new(&[
        practice(1, "en", "Rain gardens", "the streets that drink the stormwater of the town"),
        practice(2, "de", "Regengarten", "die Straßen der Stadt und der Garten"),
    ]);
    // Each mistyped word is told, whichever language corrects it.
    assert_eq!(meant(&index, "gadrens strassn").as_deref(), Some("gardens strassen"));
    // One that two languages correct is told as both.
    let index = TestIndex::new(&[practice(1, "en", "", "the garden of the town"), practice(2, "de", "", "die Garben auf dem Feld")]);
    let response = index.search(request_for("garsen"));
    let word = &response.interpretation.clauses[0];
    assert_eq!(word.corrected.as_ref(), word.corrections.first());
    let mut told = word.corrections.clone();
    told.sort_unstable();
    assert_eq!(told, ["garben", "garden"]);
}
