//! Importing practices.
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Practice, Row,
    row::{self, Indicator, Money, State},
    text as parts,
};
use crate::{
    access::{Audience, Scope},
    base::{Error, Language, Moment, Result},
    domain::{city::City, goal::Goal, pairing::Pairing, theme::Theme},
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, Prepared, Texts, own_id},
        text,
    },
    store::{Json, Links, Tx},
};

/// The parts of a text, as a record has them.
#[derive(Debug, Default, Deserialize, Serialize)]
struct TextRecord {
    #[serde(default)]
    title: String,
    #[serde(default)]
    summary: String,
    body: Option<String>,
    challenge: Option<String>,
    objectives: Option<String>,
    results: Option<String>,
    difficulties: Option<String>,
    lessons: Option<String>,
    transfer_conditions: Option<String>,
    financing: Option<String>,
    legal_basis: Option<String>,
}

impl TextRecord {
    fn of(fields: &text::Fields) -> Result<Self> {
        Ok(serde_json::from_value(serde_json::to_value(fields)?)?)
    }

    fn fields(&self) -> text::Fields {
        let parts = [
            ("title", Some(&self.title)),
            ("summary", Some(&self.summary)),
            ("body", self.body.as_ref()),
            ("challenge", self.challenge.as_ref()),
            ("objectives", self.objectives.as_ref()),
            ("results", self.results.as_ref()),
            ("difficulties", self.difficulties.as_ref()),
            ("lessons", self.lessons.as_ref()),
            ("transfer_conditions", self.transfer_conditions.as_ref()),
            ("financing", self.financing.as_ref()),
            ("legal_basis", self.legal_basis.as_ref()),
        ];
        parts.into_iter().filter_map(|(part, text)| Some((part.to_owned(), text?.clone()))).collect()
    }
}

#[derive(Debug, Deserialize, Serialize)]
struct TranslationRecord {
    language: Language,
    of_version: Option<i64>,
    #[serde(flatten)]
    text: TextRecord,
}

/// A record of a practice. Without `audience` it is public where it has a day of publication, else a draft of its city.
#[derive(Debug, Deserialize, Serialize)]
pub struct PracticeRecord {
    slug: String,
    city: String,
    language: Language,
    text_version: Option<i64>,
    published_on: Option<Date>,
    audience: Option<String>,
    state: Option<State>,
    pairing: Option<String>,
    started_on: Option<Date>,
    ended_on: Option<Date>,
    #[serde(default)]
    themes: Vec<String>,
    #[serde(default)]
    goals: Vec<String>,
    #[serde(default)]
    money: Vec<Money>,
    #[serde(default)]
    indicators: Vec<Indicator>,
    #[serde(default)]
    stakeholders: Vec<String>,
    withdrawn_reason: Option<String>,
    successor: Option<String>,
    #[serde(default)]
    translations: Vec<TranslationRecord>,
    #[serde(flatten)]
    text: TextRecord,
}

impl Importable for PracticeRecord {
    type Row = Row;

    fn slug(&self) -> &str {
        &self.slug
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, tx: &Tx<'_>) -> Result<Prepared<Row>> {
        let city = context.id::<City>(&self.city, "city")?;
        let original = self.text.fields();
        let mut refusals = parts::check(&original, "");
        for translation in &self.translations {
            refusals.extend(parts::check(&translation.text.fields(), &format!("translations.{}.", translation.language)));
        }
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let audience = match &self.audience {
            Some(audience) => context.audience(audience)?,
            None if self.published_on.is_some() => Audience::public(),
            None => Audience::of(Scope::City, city.uuid()),
        };
        let today = before.and_then(|row| row.published_on.clone()).unwrap_or_else(|| Json(tx.now().day()));
        let published_on = match self.published_on {
            Some(day) => Some(Json(day)),
            None => audience.is_public().then_some(today),
        };
        let state = self.state.unwrap_or(if published_on.is_some() { State::Published } else { State::Draft });
        let row = Row {
            id: own_id::<Practice>(before.map(|row| row.id), context, &self.slug),
            slug: self.slug.clone(),
            version: 0,
            audience,
            created_at: before.map_or(Moment(0), |row| row.created_at),
            updated_at: Moment(0),
            city,
            pairing: context.maybe::<Pairing>(self.pairing.as_deref(), "pairing")?,
            state,
            title: self.text.title.trim().to_owned(),
            folded: String::new(),
            summary: self.text.summary.trim().to_owned(),
            language: self.language.clone(),
            languages: Json(before.map(|row| row.languages.0.clone()).unwrap_or_default()),
            text_version: before.map_or(0, |row| row.text_version),
            published_on,
            published_at: before.map_or(tx.now(), |row| row.published_at),
            year: None,
            started_on: self.started_on.map(Json),
            ended_on: self.ended_on.map(Json),
            money: Json(self.money.clone()),
            indicators: Json(self.indicators.clone()),
            stakeholders: Json(self.stakeholders.clone()),
            withdrawn_reason: self.withdrawn_reason.clone(),
            successor: context.maybe::<Practice>(self.successor.as_deref(), "successor")?,
        }
        .derived();
        let links = vec![
            Links { join: &row::THEMES, to: context.list::<Theme>(&self.themes, "themes")? },
            Links { join: &row::GOALS, to: context.list::<Goal>(&self.goals, "goals")? },
        ];
        let translations = self
            .translations
            .iter()
            .map(|t| text::Draft { language: t.language.clone(), fields: t.text.fields(), of_version: t.of_version })
            .collect();
        Ok(Prepared {
            row,
            links,
            texts: Some(Texts { language: self.language.clone(), original, translations, version: self.text_version }),
        })
    }

    fn with_texts(row: &mut Row, saved: text::Saved) {
        row.text_version = saved.text_version;
        row.languages = Json(saved.heads);
    }
}

impl Exportable for PracticeRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let (mut themes, mut goals) = (context.links(&row::THEMES, &rows).await?, context.links(&row::GOALS, &rows).await?);
        let texts = context.texts(&rows).await?;
        let translation = |text: &text::Row| {
            Ok(TranslationRecord {
                language: text.language.clone(),
                of_version: Some(text.of_version),
                text: TextRecord::of(&text.fields)?,
            })
        };
        let record = |row: Row| {
            Ok(Self {
                city: context.slug(row.city)?,
                pairing: context.maybe(row.pairing)?,
                successor: context.maybe(row.successor)?,
                audience: Some(context.audience(&row.audience)?),
                themes: themes.remove(&row.id.uuid()).unwrap_or_default(),
                goals: goals.remove(&row.id.uuid()).unwrap_or_default(),
                text: TextRecord::of(&texts.original(row.id.uuid()))?,
                translations: texts.translations(row.id.uuid()).into_iter().map(translation).collect::<Result<_>>()?,
                text_version: Some(row.text_version),
                slug: row.slug,
                language: row.language,
                published_on: row.published_on.map(|day| day.0),
                state: Some(row.state),
                started_on: row.started_on.map(|day| day.0),
                ended_on: row.ended_on.map(|day| day.0),
                money: row.money.0,
                indicators: row.indicators.0,
                stakeholders: row.stakeholders.0,
                withdrawn_reason: row.withdrawn_reason,
            })
        };
        rows.into_iter().map(record).collect()
    }
}
