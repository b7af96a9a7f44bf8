//! Importing applications.
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Application, Row,
    row::{Line, State, THEMES},
};
use crate::{
    domain::{
        call::{Call, Terms, side_of},
        city::{self, City},
        theme::Theme,
    },
    kernel::prelude::import::*,
    store::Links,
};

/// A challenge or strength, as records tell it: the theme by its slug.
#[derive(Debug, Deserialize, Serialize)]
struct LineRecord {
    theme: Option<String>,
    text: String,
    language: Language,
    importance: Option<i32>,
}

/// A record of an application. Without `state` it is a draft; who may see it follows from whether it was handed in.
#[derive(Deserialize, Serialize)]
pub struct ApplicationRecord {
    slug: String,
    state: Option<State>,
    language: Option<Language>,
    capacity: Option<i64>,
    #[serde(default)]
    opts_out_of_matching: bool,
    #[serde(default)]
    challenges: Vec<LineRecord>,
    #[serde(default)]
    strengths: Vec<LineRecord>,
    #[serde(flatten)]
    columns: ColumnsRecord<Application>,
    #[serde(flatten)]
    named: NamedRecord<Application>,
}

/// What a record takes from its call and city.
#[derive(Deserialize, Serialize)]
struct Origin {
    programme: Uuid,
    name: String,
    side: Option<String>,
    is_of_no_side: bool,
}

impl ApplicationRecord {
    fn origin(&self, context: &ImportContext) -> Result<Origin> {
        match context.noted(&note_of(Application::NAME, &self.slug)) {
            Some(noted) => Ok(serde_json::from_str(noted)?),
            None => refuse(Code::NotFound, "call", "“call” or “city” names what is not there."),
        }
    }

    fn lines(records: &[LineRecord], field: &str, context: &ImportContext) -> Result<Vec<Line>> {
        let line = |(index, record): (usize, &LineRecord)| {
            Ok(Line {
                theme: context.maybe::<Theme>(record.theme.as_deref(), &format!("{field}.{index}.theme"))?.map(crate::base::Id::uuid),
                text: record.text.trim().to_owned(),
                language: record.language.clone(),
                importance: record.importance.unwrap_or(2),
            })
        };
        records.iter().enumerate().map(line).collect()
    }
}

impl Importable for ApplicationRecord {
    type Row = Row;

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(async move {
            let named = |record: &Self| {
                let (call, city) = (record.named.slug("call")?, record.named.slug("city")?);
                Some((record.slug.clone(), context.find(Call::NAME, call)?, context.find(City::NAME, city)?))
            };
            let named: Vec<(String, Uuid, Uuid)> = records.iter().filter_map(|record| named(record)).collect();
            let calls = Terms::of_all(tx, &named.iter().map(|(_, call, _)| *call).collect::<Vec<_>>()).await?;
            let cities = city::facts_of_all(tx, &named.iter().map(|(_, _, city)| *city).collect::<Vec<_>>()).await?;
            for (slug, call, city) in named {
                let (Some(terms), Some(city)) = (calls.get(&call), cities.iter().find(|facts| facts.id.uuid() == city)) else { continue };
                let side = side_of(terms.sides(), city.id.uuid(), &city.country).map(|side| side.name.clone());
                let is_of_no_side = side.is_none() && !terms.sides().is_empty();
                let origin = Origin { programme: terms.programme().uuid(), name: city.name.clone(), side, is_of_no_side };
                context.set_note(note_of(Application::NAME, &slug), serde_json::to_string(&origin)?);
            }
            Ok(())
        })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, tx: &Tx<'_>) -> Result<Prepared<Row>> {
        let (call, city) = (self.named.id::<Call>("call", context)?, self.named.id::<City>("city", context)?);
        let origin = self.origin(context)?;
        let is_same = before.is_some_and(|before| (before.call, before.city) == (call, city));
        let message = format!("{} belongs to no side of the call.", origin.name);
        refuse_if(origin.is_of_no_side && !is_same, Code::BadInput, "city", message)?;
        let state = self.state.unwrap_or(State::Draft);
        // Whoever was on a side when it applied stays on it.
        let side = before.filter(|_| is_same).map_or(origin.side, |before| before.side.clone());
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::of(Scope::City, city.uuid()), {
            call,
            programme: crate::base::Id::new(origin.programme),
            city,
            name: origin.name,
            side,
            state,
            language: self.language.clone().unwrap_or_else(Language::english),
            capacity: self.capacity.unwrap_or(1),
            opts_out_of_matching: self.opts_out_of_matching,
            challenges: Json(Self::lines(&self.challenges, "challenges", context)?),
            strengths: Json(Self::lines(&self.strengths, "strengths", context)?),
        });
        self.columns.put(&mut row);
        if row.submitted_at.is_none() && !matches!(state, State::Draft | State::Withdrawn) {
            row.submitted_at = Some(before.and_then(|before| before.submitted_at).unwrap_or_else(|| tx.now()));
        }
        let row = row.derived();
        let mut links = self.named.links(context)?;
        links.push(Links { join: &THEMES, to: row.themes() });
        Ok(Prepared { row, links, texts: None })
    }
}

impl Exportable for ApplicationRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let line = |line: &Line| {
            let theme = line.theme.map(|theme| context.name(theme)).transpose()?;
            Ok(LineRecord { theme, text: line.text.clone(), language: line.language.clone(), importance: Some(line.importance) })
        };
        let record = |row: Row, named| {
            Ok(Self {
                columns: ColumnsRecord::of(&row),
                named,
                challenges: row.challenges.iter().map(line).collect::<Result<_>>()?,
                strengths: row.strengths.iter().map(line).collect::<Result<_>>()?,
                slug: row.slug,
                state: Some(row.state),
                language: Some(row.language),
                capacity: Some(row.capacity),
                opts_out_of_matching: row.opts_out_of_matching,
            })
        };
        context.records(rows, record).await
    }
}
