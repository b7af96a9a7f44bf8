//! The sides of a call: which cities it brings together with which.
use async_graphql::{Context, ID, InputObject, Object, Result};
use futures_util::future::try_join_all;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    base::{Code, Id, Result as Done, slug},
    domain::city::City,
    kernel::{column::Item, country::Country},
    relay::{self, context::Asking, refs},
    store::{Json, Refusals},
};

/// Sides of a call at the most.
const MOST_SIDES: usize = 20;
/// Countries and cities of a side at the most.
const MOST: usize = 1_000;

/// A side as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// Its name, as the programme calls it.
    pub name: String,
    /// The countries whose cities belong to it.
    pub countries: Vec<String>,
    /// Cities that belong to it, wherever they are.
    pub cities: Vec<Uuid>,
}

/// A side of a call: the cities that are to be brought together with those of the others.
#[derive(Clone, Debug, InputObject)]
pub struct CallSideInput {
    /// Its name, 1 to 100 small letters, digits and hyphens: `north-america`.
    pub name: String,
    /// The countries whose cities belong to it, by ISO 3166-1 two-letter code. Each belongs to one side.
    #[graphql(default)]
    pub countries: Vec<String>,
    /// Cities that belong to it, wherever they are. Each belongs to one side.
    #[graphql(default)]
    pub cities: Vec<ID>,
}

/// Records tell cities by their slugs, which the record of a call sees to.
impl Item for Side {
    type Input = CallSideInput;
    type Record = Self;

    fn of_input(input: CallSideInput, path: &str) -> Done<Self> {
        let cities = refs::ids::<City>(&input.cities, &format!("{path}.cities"))?;
        Ok(Self { name: input.name.trim().to_owned(), countries: spelt(input.countries), cities })
    }

    fn of_record(record: Self) -> Self {
        record
    }

    fn to_record(&self) -> Self {
        self.clone()
    }
}

/// Countries in the one spelling in which they are kept.
pub(super) fn spelt(countries: Vec<String>) -> Vec<String> {
    countries.into_iter().map(|code| Country::one_spelling(code.trim().to_owned())).collect()
}

/// The side a city belongs to: the one that names it, or else its country.
pub fn side_of<'s>(sides: &'s [Side], city: Uuid, country: &str) -> Option<&'s Side> {
    let named = sides.iter().find(|side| side.cities.contains(&city));
    named.or_else(|| sides.iter().find(|side| side.countries.iter().any(|code| code == country)))
}

/// There are none, or two or more; nobody belongs to two, and none is empty.
pub(super) fn check(sides: &Json<Vec<Side>>, field: &str, longest: usize, refusals: &mut Refusals) -> Done<()> {
    refusals.too_many(field, sides.len(), MOST_SIDES);
    refusals.refuse_if(sides.len() == 1, Code::BadInput, field, "A call has two sides or more, or tells none.");
    for (index, side) in sides.iter().enumerate() {
        let at = |part: &str| format!("{field}.{index}.{part}");
        refusals.named(&at("name"), &side.name, longest);
        refusals.too_many(&at("countries"), side.countries.len(), MOST);
        refusals.too_many(&at("cities"), side.cities.len(), MOST);
        let others = &sides[..index];
        let is_twice = others.iter().any(|other| other.name == side.name);
        refusals.refuse_if(is_twice, Code::BadInput, &at("name"), format!("Two sides are called “{}”.", side.name));
        let message = format!("“{}” is no name of a side; write it as in addresses: `north-america`.", side.name);
        refusals.refuse_if(slug::check(&side.name, "").is_err(), Code::BadInput, &at("name"), message);
        let is_empty = side.countries.is_empty() && side.cities.is_empty();
        refusals.refuse_if(is_empty, Code::Required, &at("countries"), format!("Say which countries or cities belong to “{}”.", side.name));
        for (place, code) in side.countries.iter().enumerate() {
            let path = at(&format!("countries.{place}"));
            let is_none = Country::of(code).is_none();
            refusals.refuse_if(is_none, Code::BadInput, &path, Country::unknown(code));
            let is_twice = side.countries[..place].contains(code) || others.iter().any(|other| other.countries.contains(code));
            refusals.refuse_if(is_twice, Code::BadInput, &path, format!("“{code}” belongs to one side, and to that once."));
        }
        for (place, city) in side.cities.iter().enumerate() {
            let is_twice = side.cities[..place].contains(city) || others.iter().any(|other| other.cities.contains(city));
            refusals.refuse_if(is_twice, Code::BadInput, &at(&format!("cities.{place}")), "A city belongs to one side, and to that once.");
        }
    }
    Ok(())
}

/// A side in the graph.
pub struct CallSide(pub(super) Side);

/// A side of a call: the cities that are to be brought together with those of the others.
#[Object]
impl CallSide {
    /// Its name, as the programme calls it: `north-america`.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The countries whose cities belong to it.
    async fn countries(&self) -> Vec<Country> {
        self.0.countries.iter().filter_map(|code| Country::of(code)).collect()
    }

    /// Cities that belong to it, wherever they are.
    async fn cities(&self, ctx: &Context<'_>) -> Result<Vec<relay::Object<City>>> {
        let cities = self.0.cities.iter().map(|city| ctx.load::<City>(Id::new(*city)));
        Ok(try_join_all(cities).await?.into_iter().flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Surface;

    fn side(name: &str, countries: &[&str], cities: &[u128]) -> Side {
        Side {
            name: name.to_owned(),
            countries: countries.iter().map(|code| (*code).to_owned()).collect(),
            cities: cities.iter().copied().map(Uuid::from_u128).collect(),
        }
    }

    fn is_taken(sides: &[Side]) -> bool {
        let mut refusals = Refusals::new(Surface::Record);
        check(&Json(sides.to_vec()), "sides", 100, &mut refusals).expect("no fault");
        refusals.end().is_ok()
    }

    #[test]
    fn a_call_has_no_sides_or_two_and_nobody_is_on_both() {
        assert!(is_taken(&[]));
        assert!(is_taken(&[side("west", &["US", "CA"], &[]), side("east", &["DE"], &[1])]));
        assert!(!is_taken(&[side("west", &["US"], &[])]));
        assert!(!is_taken(&[side("west", &["US"], &[]), side("east", &["US"], &[])]));
        assert!(!is_taken(&[side("west", &["US"], &[1]), side("east", &["DE"], &[1])]));
        assert!(!is_taken(&[side("west", &["US"], &[]), side("west", &["DE"], &[])]));
        assert!(!is_taken(&[side("west", &["US"], &[]), side("east", &[], &[])]));
        assert!(!is_taken(&[side("west", &["XX"], &[]), side("east", &["DE"], &[])]));
    }

    #[test]
    fn a_city_that_is_named_is_on_that_side_whatever_its_country() {
        let sides = [side("west", &["US"], &[]), side("east", &["DE"], &[7])];
        let name = |city, country| side_of(&sides, Uuid::from_u128(city), country).map(|side| side.name.as_str());
        assert_eq!(name(1, "US"), Some("west"));
        assert_eq!(name(7, "US"), Some("east"));
        assert_eq!(name(1, "FR"), None);
    }
}
