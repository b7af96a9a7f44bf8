//! Cohorts: groups of cities that a source speaks of (“the United States cohort”), in the source's spelling, beside the cities they are here.
use async_graphql::{Context, ID, InputObject, Object, Result};
use futures_util::future::try_join_all;

use super::{Programme, Row, row};
use crate::{
    base::{Code, Id, Result as Done},
    domain::{
        city::{self, City},
        cooperation::stated::StatedLight,
    },
    kernel::column::Item,
    relay::{self, DateValue, context::Asking},
    store::{Json, Refusals},
};

/// Cohorts of a programme at the most, and cities of one.
const MOST: usize = 50;
const MOST_CITIES: usize = 1_000;

/// A group of cities that a source speaks of.
#[derive(Clone, Debug, InputObject)]
pub struct CohortInput {
    /// What it is called, 1 to 300 characters: “United States cohort”.
    pub name: String,
    /// How many cities the source says it has; null where it says none.
    pub stated: Option<i64>,
    /// The cities it names, at most 1,000.
    pub cities: Vec<CohortCityInput>,
    /// Who speaks of it, and where; 1 to 300 characters.
    pub source: String,
    /// The day it was said.
    pub said_on: Option<DateValue>,
    /// The source's own words, up to 5,000 characters.
    pub verbatim: Option<String>,
}

/// A city of a cohort.
#[derive(Clone, Debug, InputObject)]
pub struct CohortCityInput {
    /// The name as the source spells it, 1 to 300 characters.
    pub verbatim: String,
    /// Which city that is; null where it is not known.
    pub city: Option<ID>,
}

/// Records tell cities by their slugs, which the record of a programme sees to.
impl Item for row::Cohort {
    type Input = CohortInput;
    type Record = Self;

    fn of_input(input: CohortInput, path: &str) -> Done<Self> {
        let city = |(index, told): (usize, CohortCityInput)| {
            let city = told.city.map(|city| Id::<City>::parse(&city, &format!("{path}.cities.{index}.city"))).transpose()?;
            Ok(row::CohortCity { verbatim: told.verbatim.trim().to_owned(), city })
        };
        Ok(Self {
            name: input.name.trim().to_owned(),
            stated: input.stated,
            cities: input.cities.into_iter().enumerate().map(city).collect::<Done<_>>()?,
            source: input.source.trim().to_owned(),
            said_on: input.said_on,
            verbatim: input.verbatim,
        })
    }

    fn of_record(record: Self) -> Self {
        record
    }

    fn to_record(&self) -> Self {
        self.clone()
    }
}

/// Each has a name of its own and a source, and names its cities.
pub(super) fn check(cohorts: &Json<Vec<row::Cohort>>, field: &str, longest: usize, refusals: &mut Refusals) -> Done<()> {
    refusals.too_many(field, cohorts.len(), MOST);
    for (index, cohort) in cohorts.iter().enumerate() {
        let at = |part: &str| format!("{field}.{index}.{part}");
        refusals.named(&at("name"), &cohort.name, longest);
        refusals.named(&at("source"), &cohort.source, longest);
        refusals.too_long(&at("verbatim"), cohort.verbatim.as_deref(), 5_000);
        refusals.too_many(&at("cities"), cohort.cities.len(), MOST_CITIES);
        let is_twice = cohorts[..index].iter().any(|other| other.name == cohort.name);
        refusals.refuse_if(is_twice, Code::BadInput, &at("name"), format!("Two cohorts are called “{}”.", cohort.name));
        refusals.refuse_if(cohort.stated.is_some_and(|stated| stated < 0), Code::BadInput, &at("stated"), "A figure is not below zero.");
        for (place, city) in cohort.cities.iter().enumerate() {
            refusals.named(&at(&format!("cities.{place}.verbatim")), &city.verbatim, longest);
            let is_twice = city.city.is_some() && cohort.cities[..place].iter().any(|other| other.city == city.city);
            refusals.refuse_if(is_twice, Code::BadInput, &at(&format!("cities.{place}.city")), "A city is in a cohort once.");
        }
    }
    Ok(())
}

/// A cohort in the graph.
pub struct Cohort {
    programme: Id<Programme>,
    told: row::Cohort,
}

/// All cohorts of a programme.
pub(super) fn all(row: &Row) -> Vec<relay::Object<Cohort>> {
    row.cohorts.iter().cloned().map(|told| relay::Object(Cohort { programme: row.id, told })).collect()
}

impl Cohort {
    /// How many of its cities take part in the programme, as far as the viewer sees them.
    async fn count(&self, ctx: &Context<'_>) -> Done<i64> {
        let known = self.told.cities.iter().filter_map(|told| told.city);
        let programmes = try_join_all(known.map(|city| ctx.joined::<Programme>(&city::PROGRAMMES, city.uuid()))).await?;
        let taking_part = programmes.iter().filter(|all| all.iter().any(|one| one.0.0.id == self.programme)).count();
        Ok(i64::try_from(taking_part).unwrap_or(i64::MAX))
    }

    async fn against_the_list(&self, ctx: &Context<'_>) -> Done<(StatedLight, String)> {
        let what = format!("cities of the {}", self.told.name);
        Ok(StatedLight::of(&what, self.told.stated, Some(self.count(ctx).await?)))
    }
}

/// A group of cities that a source speaks of, beside the cities they are here.
#[Object]
impl Cohort {
    /// What it is called: “United States cohort”.
    async fn name(&self) -> &str {
        &self.told.name
    }

    /// How many cities the source says it has; null where it says none.
    async fn stated(&self) -> Option<i64> {
        self.told.stated
    }

    /// How many of its cities are listed here as taking part in the programme.
    async fn listed(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(self.count(ctx).await?)
    }

    /// Whether the two contradict each other.
    async fn light(&self, ctx: &Context<'_>) -> Result<StatedLight> {
        Ok(self.against_the_list(ctx).await?.0)
    }

    /// Why the light is as it is.
    async fn sentence(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.against_the_list(ctx).await?.1)
    }

    /// The cities it names, in the source's order and spelling.
    async fn cities(&self) -> Vec<relay::Object<CohortCity>> {
        self.told.cities.iter().cloned().map(|told| relay::Object(CohortCity(told))).collect()
    }

    /// Who speaks of it, and where.
    async fn source(&self) -> &str {
        &self.told.source
    }

    /// The day it was said; null where not known.
    async fn said_on(&self) -> Option<DateValue> {
        self.told.said_on
    }

    /// The source's own words.
    async fn verbatim(&self) -> Option<&str> {
        self.told.verbatim.as_deref()
    }
}

/// A city of a cohort in the graph.
pub struct CohortCity(row::CohortCity);

/// A city of a cohort, as the source spells it.
#[Object]
impl CohortCity {
    /// The name as the source spells it: “New York City”.
    async fn verbatim(&self) -> &str {
        &self.0.verbatim
    }

    /// Which city that is; null where it is not known, or not for the viewer to see.
    async fn city(&self, ctx: &Context<'_>) -> Result<Option<relay::Object<City>>> {
        match self.0.city {
            Some(city) => Ok(ctx.load(city).await?),
            None => Ok(None),
        }
    }
}
