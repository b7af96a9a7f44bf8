//! The table of synonyms, and what each must be.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Synonym;
use crate::{
    access::Audience,
    base::{Code, Id, Language, Moment, Result, refuse, refuse_if},
    search,
    store::Json,
    table,
};

/// Terms of one synonym, and expansions.
const MOST: usize = 20;
/// Words of a term.
const WORDS: usize = 6;
/// Characters of a term.
const LONGEST: usize = 120;

table!(
    /// A row of synonyms.
    "synonym" of Synonym {
        /// The language whose texts are sought; none for every language, and names.
        pub language: Option<Language>,
        pub terms: Json<Vec<String>>,
        pub expansions: Json<Vec<String>>,
    }
);

/// Terms and expansions as they are kept: trimmed, and checked. `path` stands before the names of the fields.
pub(super) fn check(path: &str, terms: &[String], expansions: &[String]) -> Result<(Vec<String>, Vec<String>)> {
    let terms = list(&format!("{path}terms"), terms)?;
    let expansions = list(&format!("{path}expansions"), expansions)?;
    refuse_if(terms.is_empty(), Code::Required, format!("{path}terms"), "“terms” is empty; give the words that are asked for.")?;
    refuse_if(
        expansions.is_empty() && terms.len() < 2,
        Code::Required,
        format!("{path}terms"),
        "One term alone finds nothing else: give another one, or what it also finds in “expansions”.",
    )?;
    let finds_nothing = !expansions.is_empty() && expansions.iter().all(|other| terms.iter().all(|term| search::is_same(term, other)));
    refuse_if(
        finds_nothing,
        Code::BadInput,
        format!("{path}expansions"),
        "The expansions are the terms themselves; give what they also find.",
    )?;
    Ok((terms, expansions))
}

fn list(path: &str, texts: &[String]) -> Result<Vec<String>> {
    refuse_if(texts.len() > MOST, Code::TooLong, path, format!("At most {MOST} are allowed here; make another synonym of the rest."))?;
    let mut kept: Vec<String> = Vec::with_capacity(texts.len());
    for text in texts {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        refuse_if(text.chars().count() > LONGEST, Code::TooLong, path, format!("“{text}” is longer than {LONGEST} characters."))?;
        match search::count_words(&text) {
            0 => return refuse(Code::Required, path, format!("“{text}” has no word in it.")),
            words if words > WORDS => return refuse(Code::TooLong, path, format!("“{text}” has {words} words; {WORDS} are allowed.")),
            _ => {}
        }
        if let Some(same) = kept.iter().find(|other| search::is_same(other, &text)) {
            return refuse(Code::BadInput, path, format!("“{text}” and “{same}” are the same to a search; leave one out."));
        }
        kept.push(text);
    }
    Ok(kept)
}
