//! Importing programmes.
use serde::{Deserialize, Serialize};

use super::{
    Programme, Row,
    row::{Cohort, CohortCity},
};
use crate::{domain::city::City, kernel::prelude::import::*, relay::DateValue};

/// A group of cities that a source speaks of, as records tell it: cities by their slugs.
#[derive(Debug, Deserialize, Serialize)]
struct CohortRecord {
    name: String,
    stated: Option<i64>,
    cities: Vec<CohortCityRecord>,
    source: String,
    said_on: Option<DateValue>,
    verbatim: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
struct CohortCityRecord {
    verbatim: String,
    city: Option<String>,
}

/// A record of a programme. Without `language` its text is English.
#[derive(Deserialize, Serialize)]
pub struct ProgrammeRecord {
    slug: String,
    #[serde(default)]
    cohorts: Vec<CohortRecord>,
    #[serde(flatten)]
    columns: ColumnsRecord<Programme>,
    #[serde(flatten)]
    named: NamedRecord<Programme>,
    #[serde(flatten)]
    texts: TextsRecord<Programme>,
}

impl Importable for ProgrammeRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let cohort = |(index, told): (usize, &CohortRecord)| {
            let city = |(place, told): (usize, &CohortCityRecord)| {
                let path = format!("cohorts.{index}.cities.{place}.city");
                let city = told.city.as_deref().map(|city| context.id::<City>(city, &path)).transpose()?;
                Ok(CohortCity { verbatim: told.verbatim.trim().to_owned(), city })
            };
            Ok(Cohort {
                name: told.name.trim().to_owned(),
                stated: told.stated,
                cities: told.cities.iter().enumerate().map(city).collect::<Result<_>>()?,
                source: told.source.trim().to_owned(),
                said_on: told.said_on,
                verbatim: told.verbatim.clone(),
            })
        };
        let cohorts = self.cohorts.iter().enumerate().map(cohort).collect::<Result<_>>()?;
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            cohorts: Json(cohorts),
        });
        self.columns.put(&mut row);
        let texts = self.texts.put(&mut row, Some("en"))?;
        Ok(Prepared { row, links: self.named.links(context)?, texts })
    }
}

impl Exportable for ProgrammeRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let city = |told: CohortCity| {
            Ok(CohortCityRecord { verbatim: told.verbatim, city: told.city.map(|city| context.slug(city)).transpose()? })
        };
        let cohort = |told: Cohort| {
            Ok(CohortRecord {
                name: told.name,
                stated: told.stated,
                cities: told.cities.into_iter().map(city).collect::<Result<_>>()?,
                source: told.source,
                said_on: told.said_on,
                verbatim: told.verbatim,
            })
        };
        let record = |row: Row, named, texts| {
            Ok(Self {
                columns: ColumnsRecord::of(&row),
                texts,
                named,
                cohorts: row.cohorts.0.into_iter().map(cohort).collect::<Result<_>>()?,
                slug: row.slug,
            })
        };
        context.written_records(rows, record).await
    }
}
