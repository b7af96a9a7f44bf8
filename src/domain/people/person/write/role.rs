//! Roles as they are asked for.
use std::str::FromStr;

use async_graphql::{ID, InputObject};
use sea_orm::{
    QueryFilter,
    sea_query::{Alias, Expr, ExprTrait},
};

use super::super::membership::{Grant, Role};
use crate::{
    base::id,
    domain::{city::City, pairing::Pairing, programme::Programme},
    kernel::prelude::write::*,
    relay::{NodeType, context::TableOf},
    store::Record,
};

/// A role and what it is for.
#[derive(Clone, Debug, PartialEq, Eq, InputObject)]
#[graphql(name = "RoleInput")]
pub struct RoleWanted {
    /// The role.
    pub(super) role: Role,
    /// The city a representative speaks for, by id or slug.
    pub(super) city: Option<ID>,
    /// The programme an officer runs, by id or slug.
    pub(super) programme: Option<ID>,
    /// The pairing a stakeholder takes part in, by id or slug.
    pub(super) pairing: Option<ID>,
}

impl FromStr for RoleWanted {
    type Err = String;

    /// Reads `administrator`, `city-representative:hamburg`, `programme-officer:…`, `stakeholder:…`, `reader`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (word, of) = text.split_once(':').map_or((text, None), |(word, of)| (word, Some(ID::from(of))));
        let bare = |role| Self { role, city: None, programme: None, pairing: None };
        match (word.to_ascii_lowercase().replace('_', "-").as_str(), of) {
            ("administrator", None) => Ok(bare(Role::Administrator)),
            ("reader", None) => Ok(bare(Role::Reader)),
            ("city-representative", Some(of)) => Ok(Self { city: Some(of), ..bare(Role::CityRepresentative) }),
            ("programme-officer", Some(of)) => Ok(Self { programme: Some(of), ..bare(Role::ProgrammeOfficer) }),
            ("stakeholder", Some(of)) => Ok(Self { pairing: Some(of), ..bare(Role::Stakeholder) }),
            _ => Err("a role is one of “administrator”, “reader”, “city-representative:CITY”, “programme-officer:PROGRAMME”, “stakeholder:PAIRING”, with a slug".to_owned()),
        }
    }
}

/// The thing of a kind that a text names by id or slug.
async fn named<T: NodeType>(tx: &Tx<'_>, text: Option<&ID>, path: &str) -> Result<Option<Id<T>>> {
    let Some(text) = text else { return Ok(None) };
    if let Some((prefix, uuid)) = id::split(text)
        && prefix == T::NAME
    {
        let row: T::Row = tx.seen(Id::new(uuid), path).await?;
        return Ok(Some(row.id()));
    }
    let slug = Expr::col((TableOf::<T>::default(), Alias::new("slug"))).eq(text.as_str());
    match tx.first(tx.rows::<TableOf<T>>().filter(slug)).await? {
        Some(row) => Ok(Some(row.id())),
        None => refuse(Code::NotFound, path, format!("There is no {} “{}” that you can see.", T::NAME, text.as_str())),
    }
}

/// The roles behind what is asked for.
pub(super) async fn grants(tx: &Tx<'_>, wanted: &[RoleWanted]) -> Result<Vec<Grant>> {
    let mut grants = Vec::with_capacity(wanted.len());
    for (index, wanted) in wanted.iter().enumerate() {
        grants.push(grant(tx, wanted, &format!("input.roles.{index}")).await?);
    }
    Ok(grants)
}

/// The role behind what is asked for.
pub(super) async fn grant(tx: &Tx<'_>, wanted: &RoleWanted, path: &str) -> Result<Grant> {
    let grant = Grant {
        role: wanted.role,
        city: named::<City>(tx, wanted.city.as_ref(), &format!("{path}.city")).await?,
        programme: named::<Programme>(tx, wanted.programme.as_ref(), &format!("{path}.programme")).await?,
        pairing: named::<Pairing>(tx, wanted.pairing.as_ref(), &format!("{path}.pairing")).await?,
    };
    grant.check(path)?;
    Ok(grant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_from_the_command_line() {
        let hamburg: RoleWanted = "CITY_REPRESENTATIVE:hamburg".parse().unwrap();
        assert_eq!((hamburg.role, hamburg.city), (Role::CityRepresentative, Some(ID::from("hamburg"))));
        assert_eq!("administrator".parse::<RoleWanted>().unwrap().role, Role::Administrator);
        for bad in ["", "boss", "administrator:hamburg", "city-representative", "reader:x"] {
            assert!(bad.parse::<RoleWanted>().is_err(), "{bad}");
        }
    }
}
