//! What several of the commands share.
use async_graphql::ID;
use uuid::Uuid;

use super::super::{Row, Seminar, row};
use crate::{
    access::{Act, Audience},
    base::{Code, Id, Result, refuse_if},
    domain::{
        city::{self, City},
        pairing::{self, Pairing},
        person::Person,
        practice::Practice,
        programme::Programme,
        sharing,
        theme::Theme,
    },
    relay::NodeType,
    store::{Links, Tx},
};

/// The longest place and link, in characters.
const LONGEST: usize = 2_000;

/// Refuses a place that is too long.
pub(in super::super) fn somewhere(place: Option<&str>, path: &str) -> Result<()> {
    let too_long = place.is_some_and(|place| place.chars().count() > LONGEST);
    refuse_if(too_long, Code::TooLong, path, "A place has at most 2,000 characters.")
}

/// Whether the viewer may write this seminar.
pub(super) fn may_write(tx: &Tx<'_>, seminar: &Row) -> Result<()> {
    tx.may(Act::Write, &Seminar::owners(seminar))
}

/// The seminar an input names, locked until the transaction ends, if the viewer may write it and has seen this version.
pub(super) async fn to_change(tx: &Tx<'_>, id: Id<Seminar>, expected_version: Option<i32>) -> Result<Row> {
    let seminar: Row = tx.locked(id, "input.id").await?;
    may_write(tx, &seminar)?;
    tx.expect(&seminar, expected_version)?;
    Ok(seminar)
}

/// Who may see a seminar of this host: everyone, or those it is shared with.
pub(super) async fn audience(tx: &Tx<'_>, host: Id<City>, with: Option<&ID>) -> Result<Audience> {
    match with {
        None => Ok(Audience::public()),
        Some(with) => sharing::draft_of(tx, host, Some(with), "input.shareWith").await,
    }
}

/// Checks that a seminar of this host can belong to this programme and pairing.
pub(super) async fn belongs(tx: &Tx<'_>, host: Id<City>, programme: Option<Id<Programme>>, pairing: Option<Id<Pairing>>) -> Result<()> {
    if let Some(programme) = programme {
        let _: <Programme as NodeType>::Row = tx.seen(programme, "input.programme").await?;
        let takes_part = city::programmes_of(tx, host).await?.contains(&programme.uuid());
        refuse_if(!takes_part, Code::BadInput, "input.programme", "The host does not take part in this programme.")?;
    }
    if let Some(pairing) = pairing {
        let _: <Pairing as NodeType>::Row = tx.seen(pairing, "input.pairing").await?;
        let is_member = pairing::members(tx, pairing).await?.contains(&host.uuid());
        refuse_if(!is_member, Code::BadInput, "input.pairing", "The host is not a city of this pairing.")?;
    }
    Ok(())
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
        if let Some(cities) = &self.cities {
            tx.all_seen::<<City as NodeType>::Row>(cities, "input.cities").await?;
        }
        if let Some(practices) = &self.practices {
            tx.all_seen::<<Practice as NodeType>::Row>(practices, "input.practices").await?;
        }
        if let Some(themes) = &self.themes {
            tx.all_seen::<<Theme as NodeType>::Row>(themes, "input.themes").await?;
        }
        Ok(links)
    }
}

/// The account of the viewer.
pub(super) fn oneself(tx: &Tx<'_>) -> Result<Id<Person>> {
    tx.viewer().account().map(Id::new)
}
