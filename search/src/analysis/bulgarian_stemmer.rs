//! A light stemmer for Bulgarian, which Snowball has none for.
//!
//! Rules: J. Savoy, "Searching strategies for the Bulgarian language", Information Retrieval 10 (2007): the article goes, then the plural, then what is left of
//! gender and of fleeting vowels. Two lengths are a letter shorter than there, so that "води" and "езици" meet their singular, and "-ище" goes with its plural. Words are folded before; the rules are written for that form.

/// Cuts a folded word down to its stem.
pub fn stem(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return word.to_owned();
    }
    if letters.len() > 5 && (ends(&letters, "ища") || ends(&letters, "ище")) {
        letters.truncate(letters.len() - 3);
        return letters.into_iter().collect();
    }
    cut_article(&mut letters);
    cut_plural(&mut letters);
    if letters.len() > 3 {
        if ends(&letters, "я") {
            letters.pop();
        }
        if matches!(letters.last(), Some('а' | 'о' | 'е')) {
            letters.pop();
        }
    }
    // The vowel that comes and goes: "свободен", "свободна"; "театър", "театри".
    if letters.len() > 4 && ends(&letters, "ен") {
        letters.truncate(letters.len() - 2);
        letters.push('н');
    }
    if letters.len() > 5 && letters[letters.len() - 2] == 'ъ' {
        letters.remove(letters.len() - 2);
    }
    letters.into_iter().collect()
}

fn ends(letters: &[char], ending: &str) -> bool {
    letters.iter().rev().copied().zip(ending.chars().rev()).filter(|(a, b)| a == b).count() == ending.chars().count()
}

fn cut_article(letters: &mut Vec<char>) {
    let cut = match letters.len() {
        7.. if ends(letters, "ият") => 3,
        6.. if ["ът", "то", "те", "та", "ия"].iter().any(|article| ends(letters, article)) => 2,
        5.. if ends(letters, "ят") => 2,
        _ => 0,
    };
    letters.truncate(letters.len() - cut);
}

fn cut_plural(letters: &mut Vec<char>) {
    let length = letters.len();
    if length > 6 {
        if ends(letters, "овци") || ends(letters, "ове") {
            return letters.truncate(length - 3);
        }
        if ends(letters, "еве") {
            letters.truncate(length - 3);
            return letters.push('й');
        }
    }
    if length > 5 {
        if ends(letters, "ища") || ends(letters, "ище") {
            return letters.truncate(length - 3);
        }
        if ends(letters, "та") {
            return letters.truncate(length - 2);
        }
        if letters[length - 1] == 'и' && letters[length - 3] == 'е' {
            letters.pop();
            letters[length - 3] = 'я';
            return;
        }
    }
    if length > 4 {
        // Softened before the plural: "езици" is of "език".
        for (softened, hard) in [("ци", 'к'), ("зи", 'г'), ("си", 'х')] {
            if ends(letters, softened) {
                letters.truncate(length - 2);
                return letters.push(hard);
            }
        }
    }
    if length > 3 && ends(letters, "и") {
        letters.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn a_word_and_its_forms_have_one_stem() {
        for forms in [
            ["град", "градът", "градове", "градовете"].as_slice(),
            &["вода", "водата", "води", "водите"],
            &["район", "районът", "райони", "районите"],
            &["език", "езикът", "езици", "езиците"],
            &["училище", "училището", "училища", "училищата"],
            &["театър", "театърът", "театри", "театрите"],
        ] {
            let stems: Vec<String> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.iter().all(|other| *other == stems[0]), "{forms:?}: {stems:?}");
        }
    }
}
