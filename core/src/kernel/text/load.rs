//! Which language a reader gets, and loading it.
use std::collections::HashMap;

use async_graphql::Context;
use sea_orm::{Condition, QueryFilter, entity::prelude::*};

use super::{
    Row,
    row::{Column, Entity, Head},
};
use crate::{
    base::{Language, Result},
    relay::{LanguageTag, context::Asking, loaders::Batch},
    store::{Reader, condition::among},
};

/// The language a reader gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The language.
    pub language: Language,
    /// Whether it is the original's.
    pub is_original: bool,
}

/// Chooses: the `languages` argument, else the operation's languages, in the reader's order; the original where none of
/// them is there.
pub fn choose(ctx: &Context<'_>, wanted: Option<&[LanguageTag]>, original: &Language, heads: &[Head]) -> Chosen {
    let asked: Vec<Language>;
    let wanted: &[Language] = match wanted {
        Some(tags) => {
            asked = tags.iter().map(|tag| tag.0.clone()).collect();
            &asked
        }
        None => &ctx.scope().languages,
    };
    if heads.is_empty() || wanted.is_empty() {
        return Chosen { language: original.clone(), is_original: true };
    }
    let offered: Vec<&Language> = std::iter::once(original).chain(heads.iter().map(|head| &head.language)).collect();
    let language = Language::best(wanted, &offered, |tag| tag).map_or(original, |tag| tag);
    Chosen { language: language.clone(), is_original: language == original }
}

/// Texts by subject and language.
struct Texts;

impl Batch for Texts {
    type Key = (Uuid, Language);
    type Value = Row;

    async fn run(&self, reader: Reader, keys: Vec<Self::Key>) -> Result<HashMap<Self::Key, Row>> {
        let mut by_language: HashMap<&Language, Vec<Uuid>> = HashMap::new();
        for (subject, language) in &keys {
            by_language.entry(language).or_default().push(*subject);
        }
        let mut groups: Vec<_> = by_language.into_iter().collect();
        groups.sort();
        let any = groups.into_iter().fold(Condition::any(), |any, (language, subjects)| {
            any.add(
                Condition::all()
                    .add(Column::Language.eq(language.clone()))
                    .add(among(Expr::col(Column::Subject.as_column_ref()), &subjects)),
            )
        });
        let rows = reader.all(reader.parts::<Entity>().filter(any)).await?;
        Ok(rows.into_iter().map(|row| ((row.subject, row.language.clone()), row)).collect())
    }
}

/// The text of a subject in one language. Ask only for subjects the viewer was shown.
pub async fn load(ctx: &Context<'_>, subject: Uuid, language: Language) -> Result<Option<Row>> {
    ctx.scope().loaders.load((), (subject, language), || Ok(Texts)).await
}

/// All texts of several subjects, for the index.
pub async fn of_all(reader: &Reader, subjects: &[Uuid]) -> Result<HashMap<Uuid, Vec<Row>>> {
    let mut found: HashMap<Uuid, Vec<Row>> = HashMap::new();
    for row in reader.all(reader.parts::<Entity>().filter(Column::Subject.is_in(subjects.iter().copied()))).await? {
        found.entry(row.subject).or_default().push(row);
    }
    Ok(found)
}
