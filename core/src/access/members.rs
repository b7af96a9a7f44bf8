//! Members see members: an account is seen by its own audience, by whoever shares another one with its person, and by everyone where its person says so.
//!
//! What somebody is a member of is kept in `membership`; which audiences that puts them into is told here as SQL, and by the viewers that memberships make
//! in memory ([`super::rule::meets`]).
use sea_orm::{
    Condition,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use super::{Audience, Scope, Viewer};

/// The table of accounts.
pub const TABLE: &str = Scope::Person.word();

/// The audiences that several people share, narrow first.
pub const SHARED: [Scope; 3] = [Scope::City, Scope::Pairing, Scope::Programme];

/// The accounts that the viewer sees beside those of their own audiences.
pub(super) fn seen(viewer: &Viewer) -> Condition {
    let column = |name: &'static str| Expr::col((Alias::new(TABLE), Alias::new(name)));
    let mut any = Condition::any().add(column("contact_visible_to").eq("PUBLIC"));
    if let Some(members) = members_with(viewer, &SHARED) {
        any = any.add(column("id").in_subquery(members));
    }
    Condition::all().add(column("state").ne("left")).add(any)
}

/// The ids of the people who share an audience of one of these scopes with the viewer; none where the viewer is in no such audience.
pub fn members_with(viewer: &Viewer, scopes: &[Scope]) -> Option<SelectStatement> {
    let column = |name: &'static str| Expr::col((Alias::new("membership"), Alias::new(name)));
    let mut any = Condition::any();
    for scope in scopes {
        let keys = viewer.keys().iter().map(Audience::parts);
        let held: Vec<Uuid> = keys.filter(|(of, _)| of == scope).filter_map(|(_, id)| id).collect();
        if held.is_empty() {
            continue;
        }
        any = match scope {
            Scope::City => any.add(column("city").is_in(held)),
            Scope::Pairing => {
                any.add(column("pairing").is_in(held.clone())).add(column("city").in_subquery(cities_of("pairing_city", "pairing", held)))
            }
            Scope::Programme => any.add(column("programme").is_in(held.clone())).add(column("city").in_subquery(cities_of(
                "city_programme",
                "programme",
                held,
            ))),
            Scope::Person | Scope::Officers | Scope::Public => any,
        };
    }
    if any.is_empty() {
        return None;
    }
    let mut query = Query::select();
    query.expr(column("person")).from(Alias::new("membership")).and_where(column("state").eq("active")).cond_where(any);
    Some(query)
}

/// The cities that a join links to one of these.
fn cities_of(join: &'static str, to: &'static str, ids: Vec<Uuid>) -> SelectStatement {
    let column = |name: &'static str| Expr::col((Alias::new(join), Alias::new(name)));
    let mut query = Query::select();
    query.expr(column("city")).from(Alias::new(join)).and_where(column(to).is_in(ids));
    query
}
