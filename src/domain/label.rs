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
    for want in wanted {
        if want.primary() == "en" && !labels.contains_key(want.as_str()) {
            break;
        }
        if let Some(label) = labels.get(want.as_str()).or_else(|| labels.get(want.primary())) {
            return label.clone();
        }
    }
    english.to_owned()
}
