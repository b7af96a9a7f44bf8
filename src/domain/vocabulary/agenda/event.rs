//! What happened to an agenda.
use super::Row;
use crate::events;

events!(
    ADDED = "agendaAdded" Added "An agenda was added." first reference,
    REVISED = "agendaRevised" Changed "An agenda changed." reference,
    ; only new ADDED, changed REVISED
);
