//! Importing calls.
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Call, Row,
    assessment_rules::AssessmentRules,
    row::State,
    rules::Rules,
    side::{self, Side},
    waiver::{WaivableRule, Waiver},
    weights::MatchWeights,
};
use crate::{
    domain::{city::City, programme::Programme},
    kernel::prelude::import::*,
};

/// A side of a call, as records tell it: cities by their slugs.
#[derive(Debug, Deserialize, Serialize)]
struct SideRecord {
    name: String,
    #[serde(default)]
    countries: Vec<String>,
    #[serde(default)]
    cities: Vec<String>,
}

/// An exception for a city, as records tell it: the city by its slug.
#[derive(Debug, Deserialize, Serialize)]
struct WaiverRecord {
    city: String,
    rule: WaivableRule,
    reason: String,
    on: Date,
}

/// A record of a call. Versions of its rules and other settings that were kept stay, told or not.
#[derive(Deserialize, Serialize)]
pub struct CallRecord {
    slug: String,
    programme: String,
    state: State,
    rules: Rules,
    #[serde(default)]
    earlier_rules: Vec<Rules>,
    /// Those that were kept stay where none are told.
    weights: Option<MatchWeights>,
    #[serde(default)]
    earlier_weights: Vec<MatchWeights>,
    /// The same.
    assessment_rules: Option<AssessmentRules>,
    #[serde(default)]
    earlier_assessment_rules: Vec<AssessmentRules>,
    #[serde(default)]
    cities_see_matches: bool,
    #[serde(default)]
    sides: Vec<SideRecord>,
    #[serde(default)]
    never_closes: bool,
    #[serde(default)]
    waivers: Vec<WaiverRecord>,
    #[serde(flatten)]
    columns: ColumnsRecord<Call>,
}

impl Importable for CallRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let side = |(index, side): (usize, &SideRecord)| {
            let cities = context.list::<City>(&side.cities, &format!("sides.{index}.cities"))?;
            Ok(Side { name: side.name.trim().to_owned(), countries: side::spelt(side.countries.clone()), cities })
        };
        let sides = self.sides.iter().enumerate().map(side).collect::<Result<Vec<_>>>()?;
        let waiver = |record: &WaiverRecord| {
            let city = context.id::<City>(&record.city, "waivers")?.uuid();
            Ok(Waiver { city, rule: record.rule, reason: record.reason.trim().to_owned(), on: record.on })
        };
        let waivers = self.waivers.iter().map(waiver).collect::<Result<_>>()?;
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            programme: context.id::<Programme>(&self.programme, "programme")?,
            state: self.state,
            rules: Json(self.rules.clone()),
            earlier_rules: Json(self.earlier_rules.clone()),
            weights: Json(self.weights.clone().or_else(|| before.map(|before| before.weights.0.clone())).unwrap_or_default()),
            earlier_weights: Json(self.earlier_weights.clone()),
            assessment_rules: Json(
                self.assessment_rules.clone().or_else(|| before.map(|before| before.assessment_rules.0.clone())).unwrap_or_default(),
            ),
            earlier_assessment_rules: Json(self.earlier_assessment_rules.clone()),
            cities_see_matches: self.cities_see_matches,
            sides: Json(sides),
            never_closes: self.never_closes,
            waivers: Json(waivers),
        });
        self.columns.put(&mut row);
        if let Some(before) = before {
            row.keep_versions(before);
        }
        context.set_note(note_of(Call::NAME, &self.slug), row.rules.version.to_string());
        Ok(Prepared { row: row.derived(), links: Vec::new(), texts: None })
    }
}

impl Exportable for CallRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let side = |side: Side| {
            let cities = side.cities.iter().map(|city| context.name(*city)).collect::<Result<_>>()?;
            Ok(SideRecord { name: side.name, countries: side.countries, cities })
        };
        let waiver = |own: Waiver| Ok(WaiverRecord { city: context.name(own.city)?, rule: own.rule, reason: own.reason, on: own.on });
        let record = |row: Row| {
            let programme = context.slug(row.programme)?;
            Ok(Self {
                columns: ColumnsRecord::of(&row),
                programme,
                slug: row.slug,
                state: row.state,
                rules: row.rules.0,
                earlier_rules: row.earlier_rules.0,
                weights: Some(row.weights.0),
                earlier_weights: row.earlier_weights.0,
                assessment_rules: Some(row.assessment_rules.0),
                earlier_assessment_rules: row.earlier_assessment_rules.0,
                cities_see_matches: row.cities_see_matches,
                sides: row.sides.0.into_iter().map(side).collect::<Result<_>>()?,
                never_closes: row.never_closes,
                waivers: row.waivers.0.into_iter().map(waiver).collect::<Result<_>>()?,
            })
        };
        rows.into_iter().map(record).collect()
    }
}

/// Notes the newest versions of the rules of the calls that are there, beside those this import brings.
pub async fn note_rules(tx: &Tx<'_>, context: &mut ImportContext) -> Result<()> {
    for call in tx.all(tx.every::<super::row::Entity>()).await? {
        context.note_first(note_of(Call::NAME, &call.slug), call.rules.version.to_string());
    }
    Ok(())
}

/// The noted newest version of the rules of a call.
pub fn noted_rules(context: &ImportContext, slug: &str) -> Option<i64> {
    context.noted(&note_of(Call::NAME, slug))?.parse().ok()
}
