//! Audiences in the graph.
use async_graphql::{Enum, ID, SimpleObject};

use crate::{
    access::{Audience, Scope},
    base::id,
};

/// How wide an audience is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::access::Scope")]
pub enum AudienceScope {
    /// One person.
    Person,
    /// The representatives of one city; of what is between two cities, those of the other one, too.
    City,
    /// The representatives of a pairing's cities and its invited stakeholders.
    Pairing,
    /// A programme's officers; of what a city handed in to them, or they follow of a pairing, its people, too.
    Officers,
    /// A programme's officers and the representatives of its cities.
    Programme,
    /// Everyone.
    Public,
}

/// Who may see a thing.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Audience")]
pub struct AudienceView {
    /// How wide it is.
    pub scope: AudienceScope,
    /// The person, city, pairing or programme whose people are in it; null when it is everyone.
    pub of: Option<ID>,
    /// The city whose representatives are in it, too: that handed it in to the officers, or is the other one of two cities; null for everything else.
    pub city: Option<ID>,
    /// The pairing that the officers follow, whose people are in it, too; null for everything else.
    pub pairing: Option<ID>,
}

impl From<&Audience> for AudienceView {
    fn from(audience: &Audience) -> Self {
        let (scope, of) = audience.parts();
        let id = |scope: Scope, of| ID(id::join(scope.kind(), of));
        let second = |wanted| audience.second().filter(|(scope, _)| *scope == wanted).map(|(scope, of)| id(scope, of));
        Self { scope: scope.into(), of: of.map(|of| id(scope, of)), city: second(Scope::City), pairing: second(Scope::Pairing) }
    }
}
