//! The rule itself: what a viewer sees, and what they may do.
use sea_orm::{
    ColumnTrait, Condition, EntityTrait,
    sea_query::{Alias, Expr, ExprTrait},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::{Audience, Scope, Viewer, members};

/// A table whose rows can be read from both databases.
pub trait Table: EntityTrait<Model: DeserializeOwned + Send + Sync> {}

impl<E: EntityTrait<Model: DeserializeOwned + Send + Sync>> Table for E {}

/// A table whose rows carry an audience.
pub trait Visible: Table {
    /// The column with the audience key.
    fn audience() -> Self::Column;
}

/// Whether the viewer sees a row of this audience.
pub fn admits(viewer: &Viewer, row: &Audience) -> bool {
    viewer.sees_all() || row.parties().any(|party| viewer.keys().contains(party))
}

/// Whether the viewer shares an audience of one of these scopes with another person: members see members.
pub fn meets(viewer: &Viewer, other: &Viewer, scopes: &[Scope]) -> bool {
    viewer.sees_all() || viewer.keys().intersection(other.keys()).any(|key| scopes.contains(&key.parts().0))
}

/// Whether a viewer of now still sees whatever they saw before.
pub fn keeps(before: &Viewer, now: &Viewer) -> bool {
    now.sees_all() || (!before.sees_all() && before.keys().is_subset(now.keys()))
}

/// The same in SQL: the audience column is one of the viewer's keys, or no condition.
pub fn sql<E: Visible>(viewer: &Viewer) -> Condition {
    shown(viewer, E::default().table_name(), Expr::col(E::audience().as_column_ref()))
}

/// The same for a table and its column that are named, for statements about any kind.
pub fn named(viewer: &Viewer, table: &str, column: &'static str) -> Condition {
    shown(viewer, table, Expr::col(Alias::new(column)))
}

/// Accounts are shown to more than their own audience.
fn shown(viewer: &Viewer, table: &str, column: Expr) -> Condition {
    let held = held(viewer, column);
    if table == members::TABLE && !viewer.sees_all() { Condition::any().add(held).add(members::seen(viewer)) } else { held }
}

fn held(viewer: &Viewer, column: Expr) -> Condition {
    if viewer.sees_all() {
        return Condition::all();
    }
    // Written out for the public, so that indexes of what is public can be used.
    if viewer.is_public() {
        return Condition::all().add(column.eq(Expr::cust("'public'")));
    }
    let own = column.clone().is_in(viewer.keys().iter().map(Audience::key));
    let patterns = viewer.keys().iter().filter_map(Audience::joint_pattern);
    Condition::all().add(patterns.fold(Condition::any().add(own), |any, pattern| any.add(column.clone().like(pattern))))
}

/// The same for the index: the allowed keys, each of which allows audiences of which it is a party, too; or none where everything is.
pub fn index(viewer: &Viewer) -> Option<Vec<String>> {
    (!viewer.sees_all()).then(|| viewer.keys().iter().map(|key| key.key().to_owned()).collect())
}

/// What somebody wants to do to a thing they can see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Create, change, translate, publish or withdraw what belongs to a city or programme.
    Write,
    /// The same where officers of a programme that the city takes part in may, too.
    WriteOrGovern,
    /// Create or change cities, pairings, themes, agendas, programmes: the programme's own frame.
    Govern,
    /// What a city does for itself: be registered for a seminar, as people are for themselves; accept newer rules.
    Join,
    /// Create accounts and tokens.
    Administer,
}

/// Whose a thing is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owners {
    /// Cities whose representatives own it.
    pub cities: Vec<Uuid>,
    /// Programmes whose officers own it.
    pub programmes: Vec<Uuid>,
}

impl Owners {
    /// What cities own.
    pub fn of_cities(cities: impl IntoIterator<Item = Uuid>) -> Self {
        Self { cities: cities.into_iter().collect(), programmes: Vec::new() }
    }

    /// What programmes own.
    pub fn of_programmes(programmes: impl IntoIterator<Item = Uuid>) -> Self {
        Self { cities: Vec::new(), programmes: programmes.into_iter().collect() }
    }
}

/// Whether the viewer may do this to a thing of these owners. Seeing it is asked separately, by the reader.
pub fn may(viewer: &Viewer, act: Act, owners: &Owners) -> bool {
    let represents = || owners.cities.iter().any(|city| viewer.cities.contains(city));
    let officer = || owners.programmes.iter().any(|programme| viewer.programmes.contains(programme));
    viewer.is_administrator
        || match act {
            Act::Write => represents() || officer(),
            Act::WriteOrGovern => represents() || officer() || owners.cities.iter().any(|city| viewer.governed.contains(city)),
            Act::Govern => officer(),
            Act::Join => viewer.person.is_some() && (owners.cities.is_empty() || represents()),
            Act::Administer => false,
        }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::access::Scope;

    fn representative(city: u128) -> Viewer {
        Viewer::person(Uuid::from_u128(99), None, false, BTreeSet::from([Uuid::from_u128(city)]), BTreeSet::new(), [])
    }

    #[test]
    fn a_draft_of_a_city_is_seen_by_its_representatives_only() {
        let draft = Audience::of(Scope::City, Uuid::from_u128(1));
        assert!(admits(&representative(1), &draft));
        assert!(!admits(&representative(2), &draft));
        assert!(!admits(&Viewer::public(), &draft));
        assert!(admits(&Viewer::hub(), &draft));
    }

    #[test]
    fn an_officer_does_not_see_a_citys_drafts() {
        let officer = Viewer::person(Uuid::from_u128(7), None, false, BTreeSet::new(), BTreeSet::from([Uuid::from_u128(3)]), []);
        assert!(!admits(&officer, &Audience::of(Scope::City, Uuid::from_u128(1))));
        assert!(admits(&officer, &Audience::of(Scope::Programme, Uuid::from_u128(3))));
    }

    #[test]
    fn what_a_city_hands_in_is_seen_by_it_and_by_the_officers_and_by_no_other_city() {
        let handed_in = Audience::handed_in(Uuid::from_u128(3), Uuid::from_u128(1));
        let officer =
            |programme| Viewer::person(Uuid::from_u128(7), None, false, BTreeSet::new(), BTreeSet::from([Uuid::from_u128(programme)]), []);
        let member = Viewer::person(
            Uuid::from_u128(8),
            None,
            false,
            BTreeSet::from([Uuid::from_u128(2)]),
            BTreeSet::new(),
            [Audience::of(Scope::Programme, Uuid::from_u128(3))],
        );
        assert!(admits(&representative(1), &handed_in) && admits(&officer(3), &handed_in));
        assert!(!admits(&representative(2), &handed_in) && !admits(&officer(4), &handed_in) && !admits(&member, &handed_in));
        assert!(!admits(&member, &Audience::of(Scope::Officers, Uuid::from_u128(3))));
        assert!(!admits(&Viewer::public(), &handed_in));
    }

    #[test]
    fn what_officers_follow_of_a_pairing_is_seen_by_them_and_its_people_and_by_nobody_else_of_the_programme() {
        let [programme, pairing, other] = [3, 4, 5].map(Uuid::from_u128);
        let followed = Audience::followed(programme, pairing);
        let with = |key: Audience| Viewer::person(Uuid::from_u128(8), None, false, BTreeSet::new(), BTreeSet::new(), [key]);
        let officer = Viewer::person(Uuid::from_u128(7), None, false, BTreeSet::new(), BTreeSet::from([programme]), []);
        assert!(admits(&officer, &followed) && admits(&with(Audience::of(Scope::Pairing, pairing)), &followed));
        assert!(!admits(&with(Audience::of(Scope::Pairing, other)), &followed));
        assert!(!admits(&with(Audience::of(Scope::Programme, programme)), &followed) && !admits(&Viewer::public(), &followed));
        assert!(
            Audience::of(Scope::Pairing, pairing).within(&followed, &[]) && !followed.within(&Audience::of(Scope::Pairing, pairing), &[])
        );
    }

    #[test]
    fn what_is_between_two_cities_is_seen_by_both_and_by_nobody_else() {
        let between = Audience::between(Uuid::from_u128(1), Uuid::from_u128(2));
        let officer = Viewer::person(Uuid::from_u128(7), None, false, BTreeSet::new(), BTreeSet::from([Uuid::from_u128(1)]), []);
        assert!(admits(&representative(1), &between) && admits(&representative(2), &between));
        assert!(!admits(&representative(3), &between) && !admits(&officer, &between) && !admits(&Viewer::public(), &between));
    }

    #[test]
    fn representatives_write_for_their_city_and_do_not_govern() {
        let owners = Owners { cities: vec![Uuid::from_u128(1)], programmes: vec![] };
        assert!(may(&representative(1), Act::Write, &owners));
        assert!(!may(&representative(2), Act::Write, &owners));
        assert!(!may(&representative(1), Act::Govern, &owners));
        assert!(!may(&Viewer::public(), Act::Join, &Owners::default()));
    }
}
