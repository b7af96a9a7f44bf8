//! Importing organisations.
use serde::{Deserialize, Serialize};

use super::{
    Organisation, Row,
    row::{Level, OrganisationKind},
};
use crate::{
    base::Result,
    domain::{city::City, programme::Programme},
    kernel::{
        alias::{self, AliasRecord},
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, NamedRecord, Prepared, TextsRecord},
    },
    new_row,
    store::{Json, Tx},
};

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

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let texts = self.texts.prepare(Some("en"))?;
        let row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), context.audience_or_public(self.audience.as_ref())?, {
            name: self.name.trim().to_owned(),
            folded: String::new(),
            names: String::new(),
            organisation_kind: self.organisation_kind,
            level: self.level,
            country: self.country.as_ref().map(|code| code.to_ascii_uppercase()),
            city: self.named.maybe::<City>("city", context)?,
            programme: self.named.maybe::<Programme>("programme", context)?,
            website: self.website.clone(),
            aliases: alias::read(&self.aliases),
            description: texts.original.get("description").cloned(),
            language: texts.language.clone(),
            languages: Json(Vec::new()),
            text_version: 0,
        })
        .derived();
        Ok(Prepared { row, links: Vec::new(), texts: Some(texts) })
    }
}

impl Exportable for OrganisationRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named, texts| {
            Ok(Self {
                texts,
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
        context.written_records(rows, record).await
    }
}
