//! Importing announcements.
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Announcement, Row,
    row::{self, Claim, State},
};
use crate::{
    access::Audience,
    base::{Code, Language, Moment, Result, refuse_if},
    domain::{city::City, programme::Programme},
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, Prepared, Texts, own_id},
        text,
    },
    store::{Json, Links, Tx},
};

#[derive(Debug, Deserialize, Serialize)]
struct ClaimRecord {
    city: String,
    claim: String,
    verbatim: Option<String>,
    said_on: Option<Date>,
}

#[derive(Debug, Deserialize, Serialize)]
struct TranslationRecord {
    language: Language,
    of_version: Option<i64>,
    title: Option<String>,
    body: Option<String>,
}

/// A record of an announcement.
#[derive(Debug, Deserialize, Serialize)]
pub struct AnnouncementRecord {
    slug: String,
    programme: String,
    title: String,
    body: String,
    language: Language,
    text_version: Option<i64>,
    published_on: Date,
    state: Option<State>,
    source: Option<String>,
    #[serde(default)]
    claims: Vec<ClaimRecord>,
    #[serde(default)]
    translations: Vec<TranslationRecord>,
}

fn fields(title: Option<&str>, body: Option<&str>) -> text::Fields {
    let parts = [("title", title), ("body", body)];
    parts.into_iter().filter_map(|(part, text)| Some((part.to_owned(), text?.trim().to_owned()))).collect()
}

/// What was corrected once stays corrected, whatever the record says.
fn state(before: Option<State>, told: Option<State>, is_corrected: bool) -> State {
    if is_corrected || before == Some(State::Corrected) {
        return State::Corrected;
    }
    told.or(before).unwrap_or(State::Published)
}

impl AnnouncementRecord {
    fn claims(&self, context: &ImportContext) -> Result<Vec<Claim>> {
        let claim = |(index, claim): (usize, &ClaimRecord)| {
            let city = context.id::<City>(&claim.city, &format!("claims.{index}.city"))?;
            Ok(Claim { city, claim: claim.claim.clone(), verbatim: claim.verbatim.clone(), said_on: claim.said_on })
        };
        self.claims.iter().enumerate().map(claim).collect()
    }
}

impl Importable for AnnouncementRecord {
    type Row = Row;

    fn slug(&self) -> &str {
        &self.slug
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        refuse_if(self.title.trim().is_empty(), Code::Required, "title", "“title” is empty.")?;
        refuse_if(self.body.trim().is_empty(), Code::Required, "body", "“body” is empty.")?;
        let claims = self.claims(context)?;
        let mut cities: Vec<_> = claims.iter().map(|claim| claim.city.uuid()).collect();
        cities.sort_unstable();
        cities.dedup();
        let is_corrected = before.is_some_and(|row| row.claims.0 != claims || row.published_on.0 != self.published_on);
        let row = Row {
            id: own_id::<Announcement>(before.map(|row| row.id), context, &self.slug),
            slug: self.slug.clone(),
            version: 0,
            audience: Audience::public(),
            created_at: before.map_or(Moment(0), |row| row.created_at),
            updated_at: Moment(0),
            programme: context.id::<Programme>(&self.programme, "programme")?,
            title: self.title.trim().to_owned(),
            language: self.language.clone(),
            languages: Json(before.map(|row| row.languages.0.clone()).unwrap_or_default()),
            text_version: before.map_or(0, |row| row.text_version),
            published_on: Json(self.published_on),
            published_at: Moment::of_day(self.published_on),
            state: state(before.map(|row| row.state), self.state, is_corrected),
            source: self.source.clone(),
            claims: Json(claims),
        };
        let translations = self.translations.iter().map(|t| text::Draft {
            language: t.language.clone(),
            fields: fields(t.title.as_deref(), t.body.as_deref()),
            of_version: t.of_version,
        });
        let original = fields(Some(&self.title), Some(&self.body));
        let texts = Texts { language: self.language.clone(), original, translations: translations.collect(), version: self.text_version };
        Ok(Prepared { row, links: vec![Links { join: &row::CITIES, to: cities }], texts: Some(texts) })
    }

    fn with_texts(row: &mut Row, saved: text::Saved) {
        if row.text_version > 0 && saved.text_version > row.text_version {
            row.state = State::Corrected;
        }
        row.text_version = saved.text_version;
        row.languages = Json(saved.heads);
    }
}

impl Exportable for AnnouncementRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let texts = context.texts(&rows).await?;
        let claim = |claim: Claim| {
            Ok(ClaimRecord { city: context.slug(claim.city)?, claim: claim.claim, verbatim: claim.verbatim, said_on: claim.said_on })
        };
        let translation = |text: &text::Row| TranslationRecord {
            language: text.language.clone(),
            of_version: Some(text.of_version),
            title: text.field("title").map(str::to_owned),
            body: text.field("body").map(str::to_owned),
        };
        let record = |row: Row| {
            Ok(Self {
                programme: context.slug(row.programme)?,
                body: texts.original(row.id.uuid()).remove("body").unwrap_or_default(),
                translations: texts.translations(row.id.uuid()).into_iter().map(translation).collect(),
                claims: row.claims.0.into_iter().map(claim).collect::<Result<_>>()?,
                text_version: Some(row.text_version),
                slug: row.slug,
                title: row.title,
                language: row.language,
                published_on: row.published_on.0,
                state: Some(row.state),
                source: row.source,
            })
        };
        rows.into_iter().map(record).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_is_not_taken_back_by_importing_the_same_again() {
        assert_eq!(state(None, None, false), State::Published);
        assert_eq!(state(Some(State::Published), Some(State::Published), true), State::Corrected);
        assert_eq!(state(Some(State::Corrected), Some(State::Published), false), State::Corrected);
        assert_eq!(state(None, Some(State::Corrected), false), State::Corrected);
    }
}
