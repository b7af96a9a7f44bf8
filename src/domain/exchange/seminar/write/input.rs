//! What several of the commands share.
use async_graphql::ID;
use uuid::Uuid;

use super::super::{Seminar, row};
use crate::{
    access::Audience,
    base::{Id, Result},
    domain::{city::City, person::Person, sharing},
    store::{Links, Tx},
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
}

impl Linked {
    /// Checks that the viewer sees what is linked anew; answers all links, so that the log is told of everyone concerned.
    pub(super) async fn links(&self, tx: &Tx<'_>, seminar: Id<Seminar>) -> Result<Vec<Links>> {
        let mut links = Vec::with_capacity(3);
        for (join, to) in [(&row::CITIES, &self.cities), (&row::PRACTICES, &self.practices), (&row::THEMES, &self.themes)] {
            let to = match to {
                Some(to) => to.clone(),
                None => tx.linked(join, seminar.uuid()).await?,
            };
            links.push(Links { join, to });
        }
        Ok(links)
    }
}

/// The account of the viewer.
pub(super) fn oneself(tx: &Tx<'_>) -> Result<Id<Person>> {
    tx.viewer().account().map(Id::new)
}
