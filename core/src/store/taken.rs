//! Unique violations become the refusal `TAKEN`, by table and column (SQLite names no constraint).
use sea_orm::{DbErr, SqlErr};

use crate::base::{Code, Refusal};

/// The refusal a unique violation stands for; none for any other error.
pub(super) fn of(cause: &DbErr) -> Option<Refusal> {
    let SqlErr::UniqueConstraintViolation(told) = cause.sql_err()? else { return None };
    // SQLite: “UNIQUE constraint failed: practice.slug”; PostgreSQL: “… constraint "practice_slug_key"”.
    let place = ["slug", "email", "idempotency"].into_iter().find(|column| told.contains(column)).unwrap_or("input");
    Some(Refusal::new(Code::Taken, place, format!("This {place} is in use already; choose another.")))
}
