//! Names of reference data in several languages: labels kept in the row.
use std::collections::BTreeMap;

use async_graphql::Context;

use crate::{
    base::Language,
    relay::{LanguageTag, context::Asking},
};

/// The best label for the reader, else the English name.
pub fn best(ctx: &Context<'_>, wanted: Option<&[LanguageTag]>, labels: &BTreeMap<String, String>, english: &str) -> String {
    let asked: Vec<Language>;
    let wanted: &[Language] = match wanted {
        Some(tags) => {
            asked = tags.iter().map(|tag| tag.0.clone()).collect();
            &asked
        }
        None => &ctx.scope().languages,
    };
    among(wanted, labels, english).to_owned()
}

fn among<'a>(wanted: &[Language], labels: &'a BTreeMap<String, String>, english: &'a str) -> &'a str {
    for want in wanted {
        if want.primary() == "en" && !labels.contains_key(want.as_str()) {
            break;
        }
        if let Some(label) = labels.get(want.as_str()).or_else(|| labels.get(want.primary())) {
            return label;
        }
    }
    english
}

/// What a value of a filter is called, and where it stands.
#[derive(Clone, Debug)]
pub struct Called {
    /// Its name in the reader's best language.
    pub name: String,
    /// The slug of the value right above it, in a tree.
    pub above: Option<String>,
}

impl Called {
    /// What reference data is called. `path` holds the slugs from the root, the own one last, each with a slash behind it.
    pub fn labelled(wanted: &[Language], labels: &BTreeMap<String, String>, english: &str, path: &str) -> Self {
        let above = path.trim_end_matches('/').rsplit('/').nth(1).map(str::to_owned);
        Self { name: among(wanted, labels, english).to_owned(), above }
    }
}
