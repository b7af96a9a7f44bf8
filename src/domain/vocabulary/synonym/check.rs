//! Whether a synonym may be saved as it is.
use super::Row;
use crate::{kernel::prelude::check::*, search};

/// Terms of one synonym, and expansions.
const MOST: usize = 20;
/// Words of a term.
const WORDS: usize = 6;
/// Characters of a term.
const LONGEST: usize = 120;

/// It has terms, no two of them the same to a search, and finds something by them.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    if !saving.sets(|row| (row.terms.clone(), row.expansions.clone())) {
        return Ok(());
    }
    let (terms, expansions) = (&saving.after.terms.0, &saving.after.expansions.0);
    list("terms", terms, refusals);
    list("expansions", expansions, refusals);
    refusals.refuse_if(terms.is_empty(), Code::Required, "terms", "“terms” is empty; give the words that are asked for.");
    let alone = "One term alone finds nothing else: give another one, or what it also finds in “expansions”.";
    refusals.refuse_if(terms.len() == 1 && expansions.is_empty(), Code::Required, "terms", alone);
    let finds_nothing = !expansions.is_empty() && expansions.iter().all(|other| terms.iter().all(|term| search::is_same(term, other)));
    let same = "The expansions are the terms themselves; give what they also find.";
    refusals.refuse_if(finds_nothing && !terms.is_empty(), Code::BadInput, "expansions", same);
    Ok(())
}

fn list(field: &str, terms: &[String], refusals: &mut Refusals) {
    let many = format!("At most {MOST} are allowed here; make another synonym of the rest.");
    refusals.refuse_if(terms.len() > MOST, Code::TooLong, field, many);
    for (index, term) in terms.iter().enumerate() {
        let words = search::count_words(term);
        refusals.refuse_if(words == 0, Code::Required, field, format!("“{term}” has no word in it."));
        refusals.refuse_if(words > WORDS, Code::TooLong, field, format!("“{term}” has {words} words; {WORDS} are allowed."));
        let is_long = term.chars().count() > LONGEST;
        refusals.refuse_if(is_long, Code::TooLong, field, format!("“{term}” is longer than {LONGEST} characters."));
        if let Some(same) = terms[..index].iter().find(|other| search::is_same(other, term)) {
            let message = format!("“{term}” and “{same}” are the same to a search; leave one out.");
            refusals.refuse_if(words > 0, Code::BadInput, field, message);
        }
    }
}
