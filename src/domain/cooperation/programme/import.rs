//! Importing programmes.
use serde::{Deserialize, Serialize};

use super::{
    Programme, Row,
    row::{self, Stated},
};
use crate::{
    access::Audience,
    base::{Code, Fault, Language, Moment, Result, refuse_if},
    domain::theme::Theme,
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, Prepared, Texts, own_id},
        text,
    },
    store::{Json, Links, Tx},
};

#[derive(Debug, Deserialize, Serialize)]
struct TranslationRecord {
    language: Language,
    of_version: Option<i64>,
    name: Option<String>,
    description: Option<String>,
}

/// A record of a programme. Without `language` its text is English.
#[derive(Debug, Deserialize, Serialize)]
pub struct ProgrammeRecord {
    slug: String,
    name: String,
    description: Option<String>,
    language: Option<Language>,
    text_version: Option<i64>,
    source: Option<String>,
    #[serde(default)]
    stated: Vec<Stated>,
    #[serde(default)]
    themes: Vec<String>,
    #[serde(default)]
    translations: Vec<TranslationRecord>,
}

fn fields(name: Option<&str>, description: Option<&str>) -> text::Fields {
    let parts = [("name", name), ("description", description)];
    parts.into_iter().filter_map(|(part, text)| Some((part.to_owned(), text?.trim().to_owned()))).collect()
}

impl Importable for ProgrammeRecord {
    type Row = Row;

    fn slug(&self) -> &str {
        &self.slug
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        refuse_if(self.name.trim().is_empty(), Code::Required, "name", "“name” is empty.")?;
        let negative = self.stated.iter().any(|stated| stated.value < 0);
        refuse_if(negative, Code::BadInput, "stated", "“stated” has a figure below zero.")?;
        let language = self.language.clone().or_else(|| Language::parse("en")).ok_or_else(|| Fault::new("“en” is a language"))?;
        let original = fields(Some(&self.name), self.description.as_deref());
        let row = Row {
            id: own_id::<Programme>(before.map(|row| row.id), context, &self.slug),
            slug: self.slug.clone(),
            version: 0,
            audience: Audience::public(),
            created_at: before.map_or(Moment(0), |row| row.created_at),
            updated_at: Moment(0),
            name: self.name.trim().to_owned(),
            description: original.get("description").cloned(),
            language: language.clone(),
            languages: Json(before.map(|row| row.languages.0.clone()).unwrap_or_default()),
            text_version: before.map_or(0, |row| row.text_version),
            stated: Json(self.stated.clone()),
            source: self.source.clone(),
        };
        let links = vec![Links { join: &row::THEMES, to: context.list::<Theme>(&self.themes, "themes")? }];
        let translations = self.translations.iter().map(|t| text::Draft {
            language: t.language.clone(),
            fields: fields(t.name.as_deref(), t.description.as_deref()),
            of_version: t.of_version,
        });
        let texts = Texts { language, original, translations: translations.collect(), version: self.text_version };
        Ok(Prepared { row, links, texts: Some(texts) })
    }

    fn with_texts(row: &mut Row, saved: text::Saved) {
        row.text_version = saved.text_version;
        row.languages = Json(saved.heads);
    }
}

impl Exportable for ProgrammeRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let (mut themes, texts) = (context.links(&row::THEMES, &rows).await?, context.texts(&rows).await?);
        let translation = |text: &text::Row| TranslationRecord {
            language: text.language.clone(),
            of_version: Some(text.of_version),
            name: text.field("name").map(str::to_owned),
            description: text.field("description").map(str::to_owned),
        };
        let record = |row: Row| Self {
            themes: themes.remove(&row.id.uuid()).unwrap_or_default(),
            translations: texts.translations(row.id.uuid()).into_iter().map(translation).collect(),
            text_version: Some(row.text_version),
            slug: row.slug,
            name: row.name,
            description: row.description,
            language: Some(row.language),
            source: row.source,
            stated: row.stated.0,
        };
        Ok(rows.into_iter().map(record).collect())
    }
}
