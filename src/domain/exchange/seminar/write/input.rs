//! What several of the commands share.
use async_graphql::ID;
use uuid::Uuid;

use super::super::row;
use crate::{
    domain::{city::City, person::Person, sharing},
    kernel::prelude::write::*,
};

/// Who may see a seminar of this host: everyone, or those it is shared with.
pub(super) async fn audience(tx: &Tx<'_>, host: Id<City>, with: Option<&ID>) -> Result<Audience> {
    match with {
        None => Ok(Audience::public()),
        Some(with) => sharing::draft_of(tx, host, Some(with), "input.shareWith").await,
    }
}

/// What a seminar is linked to; none means as it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Linked {
    pub cities: Option<Vec<Uuid>>,
    pub practices: Option<Vec<Uuid>>,
    pub themes: Option<Vec<Uuid>>,
    pub goals: Option<Vec<Uuid>>,
}

impl Linked {
    /// The links that are given.
    pub(super) fn links(self) -> Vec<Links> {
        let all = [(&row::CITIES, self.cities), (&row::PRACTICES, self.practices), (&row::THEMES, self.themes), (&row::GOALS, self.goals)];
        all.into_iter().filter_map(|(join, to)| Links::given(join, to)).collect()
    }
}

/// The account of the viewer.
pub(super) fn oneself(tx: &Tx<'_>) -> Result<Id<Person>> {
    tx.viewer().account().map(Id::new)
}
