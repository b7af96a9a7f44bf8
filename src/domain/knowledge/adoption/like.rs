//! Which cities like a given one took a practice up: what these made of it tells that city most. Each comes with what the two have in common, in points that add up.
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    Adoption, Row,
    row::{Column, Entity, State},
};
use crate::{
    base::{
        Code, Id, Result as Done, refuse, refuse_if,
        text::{grouped, listed},
    },
    domain::{
        city::{self, City, CityKind, Facts},
        theme,
    },
    kernel::country::Country,
    relay::{NodeType, Object, context::Asking, loaders::Batch},
    store::{Reader, condition::differs},
};

/// Points at the most: of a size that is the same, of all themes in common, of one country, of one kind.
const SIZE: i32 = 40;
const THEMES: i32 = 30;
const COUNTRY: i32 = 20;
const KIND: i32 = 10;
/// From how many times as many inhabitants on two cities are not alike in size.
const FAR: f64 = 10.0;
/// Adoptions of practices that are looked through at the most.
const MOST: u64 = 500;

/// In what two cities are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CityLikeness {
    /// They have about as many inhabitants: 40 points for as many, fewer the further they are apart, none from ten times as many on.
    Size,
    /// They work on the same themes: 30 points for all themes of the city that was asked for.
    Themes,
    /// They are in one country: 20 points.
    Country,
    /// They are the same sort of place: 10 points.
    Kind,
}

/// Something in which two cities are alike.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct CityLikenessReason {
    /// In what.
    pub kind: CityLikeness,
    /// What it counts, from 1.
    pub points: i32,
    /// The same in a sentence, in English.
    pub sentence: String,
}

/// An adoption by a city that is like another one.
#[derive(Clone)]
pub struct AdoptionByLikeCity {
    adoption: Row,
    reasons: Vec<CityLikenessReason>,
}

impl AdoptionByLikeCity {
    fn points(&self) -> i32 {
        self.reasons.iter().map(|reason| reason.points).sum()
    }
}

/// What a city that is like another one made of a practice.
#[Object]
impl AdoptionByLikeCity {
    /// The adoption.
    async fn adoption(&self) -> Object<Adoption> {
        Object(Adoption::of(self.adoption.clone()))
    }

    /// How much the two cities are alike, from 1 to 100: the sum of the reasons' points.
    async fn score(&self) -> i32 {
        self.points()
    }

    /// In what they are alike, what counts most first.
    async fn reasons(&self) -> &[CityLikenessReason] {
        &self.reasons
    }
}

/// The themes of cities, and what themes are called.
struct Themes {
    of: HashMap<Uuid, HashSet<Uuid>>,
    /// By their place in the tree.
    names: Vec<(Uuid, String)>,
}

/// In what two cities are alike; `one` is the one that was asked for.
fn likeness(one: &Facts, other: &Facts, themes: &Themes) -> Vec<CityLikenessReason> {
    let reason = |kind, points, sentence| (points > 0).then_some(CityLikenessReason { kind, points, sentence });
    let inhabitants = |city: &Facts| city.population().map(|population| population.value).filter(|value| *value > 0);
    let size = inhabitants(one).zip(inhabitants(other)).and_then(|(ours, theirs)| {
        let ratio = ours.max(theirs) as f64 / ours.min(theirs) as f64;
        let points = (f64::from(SIZE) * (1.0 - ratio.ln() / FAR.ln())).round() as i32;
        let sentence = format!("{} has {} inhabitants, {} {}.", one.name, grouped(ours), other.name, grouped(theirs));
        reason(CityLikeness::Size, points, sentence)
    });
    let none = HashSet::new();
    let of = |city: &Facts| themes.of.get(&city.id.uuid()).unwrap_or(&none);
    let shared: Vec<&str> = themes
        .names
        .iter()
        .filter(|(theme, _)| of(one).contains(theme) && of(other).contains(theme))
        .map(|(_, name)| name.as_str())
        .collect();
    let points = THEMES * shared.len() as i32 / of(one).len().max(1) as i32;
    let worked_on = reason(CityLikeness::Themes, points, format!("Both work on {}.", listed(&shared)));
    let country = (one.country == other.country).then(|| Country::of(&one.country)).flatten();
    let country =
        country.and_then(|country| reason(CityLikeness::Country, COUNTRY, format!("They share a country: {}.", country.name(&[]))));
    let kind = (one.kind == other.kind).then(|| reason(CityLikeness::Kind, KIND, format!("Both are {}.", many(one.kind)))).flatten();
    let mut reasons: Vec<_> = [size, worked_on, country, kind].into_iter().flatten().collect();
    reasons.sort_by_key(|reason| Reverse(reason.points));
    reasons
}

/// Several places of a kind, in a sentence.
const fn many(kind: CityKind) -> &'static str {
    match kind {
        CityKind::City => "cities of one municipality",
        CityKind::MetropolitanArea => "metropolitan areas",
        CityKind::AssociationOfMunicipalities => "associations of municipalities",
        CityKind::Region => "regions",
    }
}

/// The adoptions of practices by cities like this one, the most alike first.
struct ByCitiesLike(Id<City>);

impl Batch for ByCitiesLike {
    type Key = Uuid;
    type Value = Vec<AdoptionByLikeCity>;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Done<HashMap<Uuid, Self::Value>> {
        let rows = reader.rows::<Entity>().filter(Column::Practice.is_in(keys)).filter(differs(Column::State, State::Withdrawn));
        let rows = rows.filter(Column::City.ne(self.0)).order_by_desc(Column::CreatedAt).order_by_desc(Column::Id);
        let rows = reader.all(rows.limit(MOST)).await?;
        let cities: HashSet<Uuid> = rows.iter().map(|row| row.city.uuid()).chain([self.0.uuid()]).collect();
        let cities: Vec<Uuid> = cities.into_iter().collect();
        let facts: HashMap<Uuid, Facts> =
            city::facts_read(&reader, &cities).await?.into_iter().map(|facts| (facts.id.uuid(), facts)).collect();
        let Some(one) = facts.get(&self.0.uuid()) else {
            return Ok(HashMap::new());
        };
        let mut themes = Themes { of: HashMap::new(), names: Vec::new() };
        for (city, theme) in reader.linked(&city::THEMES, &cities).await? {
            themes.of.entry(city).or_default().insert(theme);
        }
        themes.names = theme::tree(&reader).await?.into_iter().map(|(id, name, _)| (id, name)).collect();
        let mut found: HashMap<Uuid, Vec<AdoptionByLikeCity>> = HashMap::new();
        for row in rows {
            let reasons = facts.get(&row.city.uuid()).map(|other| likeness(one, other, &themes)).unwrap_or_default();
            if !reasons.is_empty() {
                found.entry(row.practice.uuid()).or_default().push(AdoptionByLikeCity { adoption: row, reasons });
            }
        }
        // Of cities that are equally like it the last recorded comes first.
        found.values_mut().for_each(|found| found.sort_by_key(|found| Reverse(found.points())));
        Ok(found)
    }
}

/// The adoptions of a practice by cities like this one, the most alike first.
pub async fn by_cities_like(ctx: &Context<'_>, practice: Uuid, city: &ID, first: i32) -> Result<Option<Vec<Object<AdoptionByLikeCity>>>> {
    let city = Id::<City>::parse(city, "city").map_err(crate::base::Error::from)?;
    let count = match usize::try_from(first) {
        Ok(count) if count <= 20 => count,
        _ => refuse(Code::BadInput, "first", format!("“first” is {first}; it may be 0 to 20."))?,
    };
    let seen = ctx.load(city).await?;
    refuse_if(seen.is_none(), Code::NotFound, "city", format!("There is no city {city} that you can see."))?;
    let found = ctx.scope().loaders.load(city.uuid(), practice, || Ok(ByCitiesLike(city))).await?;
    Ok(Some(found.unwrap_or_default().into_iter().take(count).map(Object).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::city::Population;

    fn city(id: u128, name: &str, country: &str, value: i64) -> Facts {
        let population = Population { boundary: None, value, year: None, source: None, municipality: None };
        Facts {
            id: Id::new(Uuid::from_u128(id)),
            name: name.to_owned(),
            country: country.to_owned(),
            kind: CityKind::City,
            populations: vec![population],
        }
    }

    #[test]
    fn cities_are_alike_by_reasons_that_add_up() {
        let theme = Uuid::from_u128;
        let themes = Themes {
            of: HashMap::from([(theme(1), HashSet::from([theme(7), theme(8)])), (theme(2), HashSet::from([theme(8), theme(9)]))]),
            names: vec![(theme(7), "Energy".to_owned()), (theme(8), "Water".to_owned()), (theme(9), "Waste".to_owned())],
        };
        let told = |one: &Facts, other: &Facts| {
            likeness(one, other, &themes).into_iter().map(|reason| (reason.points, reason.sentence)).collect::<Vec<_>>()
        };
        let (one, other) = (city(1, "Lyon", "FR", 500_000), city(2, "Austin", "US", 1_000_000));
        assert_eq!(
            told(&one, &other),
            [
                (28, "Lyon has 500,000 inhabitants, Austin 1,000,000.".to_owned()),
                (15, "Both work on Water.".to_owned()),
                (10, "Both are cities of one municipality.".to_owned()),
            ]
        );
        let same = told(&one, &one);
        assert_eq!(same.iter().map(|(points, _)| points).sum::<i32>(), 100, "{same:?}");
        // Ten times as many inhabitants is another sort of city.
        let village = Facts { kind: CityKind::Region, ..city(3, "Orle", "GB", 50_000) };
        assert!(told(&one, &village).is_empty());
    }
}
