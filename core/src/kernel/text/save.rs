//! Saving texts with their versions.
use sea_orm::{QueryFilter, entity::prelude::*};

use super::{
    Row,
    row::{Column, Entity, Fields, Head},
};
use crate::{
    base::{Language, Result, text::is_blank},
    store::{Json, Tx},
};

/// A translation to save.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its language.
    pub language: Language,
    /// The text.
    pub fields: Fields,
    /// The version of the original it translates; the present one where not told.
    pub of_version: Option<i64>,
    /// The tool that translated it, where a machine did.
    pub tool: Option<String>,
}

/// What the subject's row keeps of its texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// The version of the original.
    pub text_version: i64,
    /// The translations.
    pub heads: Vec<Head>,
    /// Whether any text was saved.
    pub has_changed: bool,
}

/// The texts of a subject that are saved now.
pub async fn translations_of(tx: &Tx<'_>, subject: Uuid) -> Result<Vec<Row>> {
    tx.all(tx.every::<Entity>().filter(Column::Subject.eq(subject))).await
}

/// The texts of several subjects.
pub async fn translations_of_all(tx: &Tx<'_>, subjects: impl Iterator<Item = Uuid>) -> Result<Vec<Row>> {
    tx.all(tx.every::<Entity>().filter(Column::Subject.is_in(subjects))).await
}

/// Saves the original alone; the translations stay as they are.
pub async fn save_original(tx: &mut Tx<'_>, subject: Uuid, language: &Language, fields: Fields, before: &[Row]) -> Result<Saved> {
    save(tx, subject, language, fields, Vec::new(), before, None).await
}

/// Saves the original and these translations; a text that did not change keeps its version. A new original is of the
/// version that is told, else of the first.
pub async fn save(
    tx: &mut Tx<'_>,
    subject: Uuid,
    language: &Language,
    fields: Fields,
    drafts: Vec<Draft>,
    before: &[Row],
    told_version: Option<i64>,
) -> Result<Saved> {
    let old = before.iter().find(|row| row.language == *language);
    let fields: Fields = fields.into_iter().filter(|(_, text)| !is_blank(text)).collect();
    let same = old.is_some_and(|old| old.fields.0 == fields && old.is_original);
    let first = told_version.unwrap_or(1).max(1);
    let text_version = old.map_or(first, |old| if same { old.version } else { old.version + 1 });
    let now = tx.now();
    let row = |language: &Language, is_original, of_version, tool, fields| Row {
        subject,
        language: language.clone(),
        is_original,
        version: if is_original { text_version } else { 0 },
        of_version,
        tool,
        fields: Json(fields),
        updated_at: now,
    };
    let mut has_changed = !same;
    if !same {
        tx.part(old, row(language, true, text_version, None, fields)).await?;
    }
    let mut heads: Vec<Head> = before
        .iter()
        .filter(|row| row.language != *language)
        .map(|row| Head { language: row.language.clone(), of_version: row.of_version, tool: row.tool.clone() })
        .collect();
    for draft in drafts {
        if draft.language == *language {
            continue;
        }
        let of_version = draft.of_version.unwrap_or(text_version).clamp(1, text_version);
        let fields: Fields = draft.fields.into_iter().filter(|(_, text)| !is_blank(text)).collect();
        let old = before.iter().find(|row| row.language == draft.language);
        if !old.is_some_and(|old| old.fields.0 == fields && old.of_version == of_version && old.tool == draft.tool && !old.is_original) {
            tx.part(old, row(&draft.language, false, of_version, draft.tool.clone(), fields)).await?;
            has_changed = true;
        }
        heads.retain(|head| head.language != draft.language);
        heads.push(Head { language: draft.language, of_version, tool: draft.tool });
    }
    heads.sort_by(|a, b| a.language.cmp(&b.language));
    Ok(Saved { text_version, heads, has_changed })
}
