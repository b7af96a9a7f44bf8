//! Importing practices.
use futures_util::future::BoxFuture;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Practice, Row,
    review::{Finding, Review, Role},
    row::{Maturity, NEVER, State},
};
use crate::{
    base::{Id, Moment},
    domain::{
        city::City,
        pairing::{self, Pairing},
        person::Person,
        programme::Programme,
    },
    kernel::prelude::import::*,
};

/// What a reviewer said, in the record of a practice.
#[derive(Deserialize, Serialize)]
struct ReviewRecord {
    step: i64,
    steps: i64,
    version: i64,
    words: i64,
    #[serde(default)]
    words_changed: i64,
    programme: Option<String>,
    is_approval: bool,
    #[serde(default)]
    findings: Vec<Finding>,
    reason: Option<String>,
    on: Date,
    reviewer: Option<String>,
    role: Role,
}

impl ReviewRecord {
    fn read(&self, index: usize, context: &ImportContext) -> Result<Review> {
        let reviewer = context.maybe::<Person>(self.reviewer.as_deref(), &format!("reviews.{index}.reviewer"))?;
        let programme = context.maybe::<Programme>(self.programme.as_deref(), &format!("reviews.{index}.programme"))?;
        Ok(Review {
            words_changed: self.words_changed,
            programme: programme.map(Id::uuid),
            step: self.step,
            steps: self.steps,
            version: self.version,
            words: self.words,
            is_approval: self.is_approval,
            findings: self.findings.clone(),
            reason: self.reason.clone(),
            on: self.on,
            reviewer: reviewer.map(Id::uuid),
            role: self.role,
        })
    }

    fn of(review: &Review, context: &ExportContext) -> Result<Self> {
        Ok(Self {
            words_changed: review.words_changed,
            programme: review.programme.map(|programme| context.name(programme)).transpose()?,
            step: review.step,
            steps: review.steps,
            version: review.version,
            words: review.words,
            is_approval: review.is_approval,
            findings: review.findings.clone(),
            reason: review.reason.clone(),
            on: review.on,
            reviewer: review.reviewer.map(|reviewer| context.name(reviewer)).transpose()?,
            role: review.role,
        })
    }
}

/// A record of a practice. Without `audience` it is public where it has a day of publication, else a draft of its city.
#[derive(Deserialize, Serialize)]
pub struct PracticeRecord {
    slug: String,
    published_on: Option<Date>,
    audience: Option<String>,
    state: Option<State>,
    reviews: Option<Vec<ReviewRecord>>,
    review_step: Option<i64>,
    submitted_at: Option<Moment>,
    words_changed: Option<i64>,
    #[serde(flatten)]
    columns: ColumnsRecord<Practice>,
    #[serde(flatten)]
    named: NamedRecord<Practice>,
    #[serde(flatten)]
    texts: TextsRecord<Practice>,
}

impl Importable for PracticeRecord {
    type Row = Row;

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        let named = records.iter().filter_map(|record| context.find("pairing", record.named.slug("pairing")?));
        let pairings: Vec<Uuid> = named.collect();
        Box::pin(async move { tx.know(&pairing::CITIES, &pairings).await })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, tx: &Tx<'_>) -> Result<Prepared<Row>> {
        let city = self.named.id::<City>("city", context)?;
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
        let told = self.reviews.iter().flatten().enumerate();
        let reviews = told.map(|(index, review)| review.read(index, context)).collect::<Result<_>>()?;
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), audience, {
            city,
            pairing: self.named.maybe::<Pairing>("pairing", context)?,
            state,
            published_on,
            published_at: before.map_or(tx.now(), |row| row.published_at),
            successor: self.named.maybe::<Practice>("successor", context)?,
            review_programme: self.named.maybe::<Programme>("review_programme", context)?,
            reviewer: self.named.maybe::<Person>("reviewer", context)?,
            review_step: self.review_step.unwrap_or_default(),
            submitted_at: self.submitted_at.unwrap_or(if matches!(state, State::Submitted | State::InReview) { tx.now() } else { NEVER }),
            words_changed: self.words_changed.unwrap_or_default(),
            reviews: Json(reviews),
            maturity: before.map_or(Maturity::Promising, |row| row.maturity),
        });
        self.columns.put(&mut row);
        let texts = self.texts.put(&mut row, None)?;
        Ok(Prepared { row: row.derived(), links: self.named.links(context)?, texts })
    }
}

impl Exportable for PracticeRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named, texts| {
            Ok(Self {
                columns: ColumnsRecord::of(&row),
                texts,
                named,
                audience: Some(context.audience(&row.audience)?),
                slug: row.slug,
                published_on: row.published_on.map(|day| day.0),
                state: Some(row.state),
                reviews: (!row.reviews.is_empty())
                    .then(|| row.reviews.iter().map(|review| ReviewRecord::of(review, context)).collect())
                    .transpose()?,
                review_step: Some(row.review_step).filter(|step| *step > 0),
                submitted_at: Some(row.submitted_at).filter(|at| *at != NEVER),
                words_changed: Some(row.words_changed).filter(|words| *words > 0),
            })
        };
        context.written_records(rows, record).await
    }
}
