//! What is noted after a seminar: who came, and that its documents are there.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::super::{
    Row, Seminar, life,
    registration::{self, Model},
    row::State,
};
use crate::{
    domain::document::{self, DocumentKind},
    kernel::{life::begin, prelude::write::*},
};

/// What `documentSeminar` takes.
#[derive(Clone, Debug, InputObject)]
pub struct DocumentSeminarInput {
    #[graphql(flatten)]
    pub target: Target<Seminar>,
}

/// What `recordSeminarAttendance` takes; of whom nothing is said stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct RecordSeminarAttendanceInput {
    #[graphql(flatten)]
    pub target: Target<Seminar>,
    /// The registrations of those who came.
    #[graphql(default)]
    pub attended: Vec<ID>,
    /// The registrations of those who did not come.
    #[graphql(default)]
    pub absent: Vec<ID>,
    /// How many came without a place, 0 to 1,000,000; null forgets it.
    pub walk_ins: MaybeUndefined<i64>,
}

payload!(DocumentSeminarPayload { seminar: Seminar }, "What `documentSeminar` answers.", "The documented seminar.");
payload!(RecordSeminarAttendancePayload { seminar: Seminar }, "What `recordSeminarAttendance` answers.", "The seminar with who came.");

/// What documents a seminar.
const DOCUMENTS: [DocumentKind; 3] = [DocumentKind::Minutes, DocumentKind::Presentation, DocumentKind::Recording];

impl Command for DocumentSeminarInput {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let before: Row = begin(tx, &life::DOCUMENT, &self.target).await?;
        let kinds = document::kinds_published_about(tx, before.id.uuid()).await?;
        let told = "Nothing documents it yet: publish its minutes, a presentation or a recording (a document of this kind about it) first.";
        refuse_if(!kinds.iter().any(|kind| DOCUMENTS.contains(kind)), Code::Required, "input.id", told)?;
        tx.change(&before, Row { state: State::Documented, ..before.clone() }, &[]).await?;
        Ok(before.id)
    }
}

impl Command for RecordSeminarAttendanceInput {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let before: Row = begin(tx, &life::RECORD_ATTENDANCE, &self.target).await?;
        let came = registration::of_ids(tx, before.id, &self.attended, "input.attended").await?;
        let missed = registration::of_ids(tx, before.id, &self.absent, "input.absent").await?;
        let is_twice = came.iter().any(|one| missed.iter().any(|other| one.id == other.id));
        refuse_if(is_twice, Code::BadInput, "input.absent", "Somebody came and did not come.")?;
        let mut has_moved = false;
        for (row, attended) in came.into_iter().map(|row| (row, true)).chain(missed.into_iter().map(|row| (row, false))) {
            has_moved |= row.attended != Some(attended);
            tx.part(Some(&row), Model { attended: Some(attended), ..row.clone() }).await?;
        }
        let mut after = before.clone();
        self.walk_ins.update_to(&mut after.walk_ins);
        if has_moved {
            tx.touch(&before, after, &life::REVISED).await?;
        } else {
            tx.change(&before, after, &[]).await?;
        }
        Ok(before.id)
    }
}
