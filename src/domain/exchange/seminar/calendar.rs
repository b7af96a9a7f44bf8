//! Seminars as a calendar tells them.
use sea_orm::{QueryOrder, QuerySelect};

use super::{
    Seminar, SeminarFilter,
    row::{Column, State},
};
use crate::{
    base::{Moment, Result},
    kernel::Listed,
    store::Reader,
};

/// Seminars of one calendar at the most: those that start last.
const MOST: u64 = 1_000;

/// A seminar with its time and place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Its id, as the graph has it.
    pub id: String,
    /// Counts its changes, from 0.
    pub sequence: u32,
    /// Its title.
    pub title: String,
    /// What it is about; empty where nothing is told.
    pub description: String,
    /// When it starts.
    pub starts_at: Moment,
    /// When it ends, where that is known.
    pub ends_at: Option<Moment>,
    /// The zone whose clocks it goes by.
    pub time_zone: String,
    /// Where.
    pub place: Option<String>,
    /// Where to find more, or to take part.
    pub link: Option<String>,
    /// Whether it is promised to take place, or did.
    pub is_confirmed: bool,
    /// Why it will not take place, if it will not.
    pub cancelled: Option<String>,
    /// When it was added.
    pub created_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
}

/// The seminars a filter finds, in the order of their start.
pub async fn dated(reader: &Reader, filter: &SeminarFilter) -> Result<Vec<Dated>> {
    let select = Seminar::select(reader, filter)?.order_by_desc(Column::StartsAt).order_by_desc(Column::Id).limit(MOST);
    let rows = reader.all(select).await?.into_iter().rev();
    Ok(rows
        .map(|row| Dated {
            id: row.id.to_string(),
            sequence: u32::try_from(row.version - 1).unwrap_or(u32::MAX),
            title: row.title,
            description: row.description,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            time_zone: row.time_zone,
            place: row.place,
            link: row.link,
            is_confirmed: row.state != State::Proposed,
            cancelled: (row.state == State::Cancelled).then(|| row.cancelled_reason.unwrap_or_default()),
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
        .collect())
}
