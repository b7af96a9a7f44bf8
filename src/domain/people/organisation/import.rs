//! Importing organisations.
use serde::{Deserialize, Serialize};

use super::{
    Organisation, Row,
    row::{Alias, Level, OrganisationKind},
};
use crate::{
    access::Audience,
    base::{Moment, Result},
    domain::{city::City, programme::Programme},
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, NamedRecord, Prepared, TextsRecord, own_id},
        text::{Fields, Saved, Written},
    },
    store::{Json, Tx},
};

/// An alias: its name alone, or with its language and source.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum AliasRecord {
    Name(String),
    Full(Alias),
}

/// A record of an organisation. Without `audience` it is public, without `language` its text is English.
#[derive(Deserialize, Serialize)]
pub struct OrganisationRecord {
    slug: String,
    name: String,
    organisation_kind: OrganisationKind,
    level: Option<Level>,
    country: Option<String>,
    website: Option<String>,
    #[serde(default)]
    aliases: Vec<AliasRecord>,
    audience: Option<String>,
    #[serde(flatten)]
    named: NamedRecord<Organisation>,
    #[serde(flatten)]
    texts: TextsRecord<Organisation>,
}

impl Importable for OrganisationRecord {
    type Row = Row;

    fn slug(&self) -> &str {
        &self.slug
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let texts = self.texts.prepare(Some("en"))?;
        let alias = |alias: &AliasRecord| match alias {
            AliasRecord::Name(name) => Alias { name: name.clone(), language: None, source: None },
            AliasRecord::Full(alias) => alias.clone(),
        };
        let row = Row {
            id: own_id::<Organisation>(before.map(|row| row.id), context, &self.slug),
            slug: self.slug.clone(),
            version: 0,
            audience: self.audience.as_deref().map_or_else(|| Ok(Audience::public()), |audience| context.audience(audience))?,
            created_at: before.map_or(Moment(0), |row| row.created_at),
            updated_at: Moment(0),
            name: self.name.trim().to_owned(),
            folded: String::new(),
            names: String::new(),
            organisation_kind: self.organisation_kind,
            level: self.level,
            country: self.country.as_ref().map(|code| code.to_ascii_uppercase()),
            city: self.named.maybe::<City>("city", context)?,
            programme: self.named.maybe::<Programme>("programme", context)?,
            website: self.website.clone(),
            aliases: Json(self.aliases.iter().map(alias).collect()),
            description: texts.original.get("description").cloned(),
            language: texts.language.clone(),
            languages: Json(before.map(|row| row.languages.0.clone()).unwrap_or_default()),
            text_version: before.map_or(0, |row| row.text_version),
        }
        .derived();
        // One that is not described has no texts.
        let texts = row.description.is_some().then_some(texts);
        Ok(Prepared { row, links: Vec::new(), texts })
    }

    fn with_texts(row: &mut Row, saved: Saved, original: &Fields) {
        Organisation::keep(row, saved, original);
    }
}

impl Exportable for OrganisationRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let (named, texts) = (NamedRecord::of_all(&rows, context).await?, context.texts(&rows).await?);
        let record = |(row, named): (Row, _)| {
            Ok(Self {
                texts: TextsRecord::of(&row, &texts),
                named,
                audience: Some(context.audience(&row.audience)?),
                slug: row.slug,
                name: row.name,
                organisation_kind: row.organisation_kind,
                level: row.level,
                country: row.country,
                website: row.website,
                aliases: row.aliases.0.into_iter().map(AliasRecord::Full).collect(),
            })
        };
        rows.into_iter().zip(named).map(record).collect()
    }
}
